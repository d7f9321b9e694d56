// Package consent holds what a person agreed to (同意) and the gate that follows from it.
//
// A Record says which agencies may receive which items of information of one person, for which purposes, from when
// until when. Records are written once. A person who changes their mind gets a new record, or a withdrawal is added beside
// the old one. The newest record in which the person said yes, partly yes or no stands for their will (InForce).
//
// Decide is the gate: one pure function from a question, the facts of the moment and the records to an answer with a reason.
// testdata/gate.txt is its whole table; the test walks every combination. What holds:
//
//   - What no rule allows is denied, and an incomplete question is denied.
//   - For several persons (a household document) every one of them must be covered.
//   - A withdrawal only ever takes away. Until is exclusive. Nothing old comes back to life.
//   - In a 支援会議 (社会福祉法106条の6) the law stands in for consent, for its designated members who confirmed the duty
//     of secrecy, while it runs; consent and its withdrawal change nothing there.
//   - 住所秘匿 and 非開示 win over consent and over the mode of the meeting.
//
// A withdrawal is stored in one transaction with the events it leaves in running meetings (MeetingNotes) and with
// the bump of the documents' access versions, by which every node takes the documents away from open connections.
package consent
