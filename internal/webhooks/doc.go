// Package webhooks (連携先への通知) tells the systems of a municipality that something has happened, so that they need not ask again and again.
//
// What is sent says what happened, when, to which thing by its id, and where to ask: no name, no number of a case, no word of anybody. The system then asks with its 連携用トークン, and what
// it may know is decided there, by the rights of that moment. An address of an agency outside of the municipality is told of the cases and meetings of this agency alone.
//
// The events are written in the transaction in which they become true (a row for each address that wants them), so that there is none of what did not happen, and one of all that did. A row
// is sent by the node that has claimed it; a node that dies is followed by another. So an event comes at least once, always with the same id, and the order is not promised. It is signed as
// the Standard Webhooks say. Where an address fails it is tried again, later and later, then given up and shown; one that fails for days is switched off.
//
// Nobody can point Kasane at what lies inside: an address is looked at when it is dialled, after its name was resolved (Guard).
package webhooks
