// Package plans is the support plan (支援プラン) of a case: what is read from its live documents, who has which role, who has
// accepted it, and which version was agreed.
//
// A plan is a set of documents, one per person × item class, in the flat schema of package live. Body merges them into needs, goals
// and actions in the order of their rows; the role matrix (役割分担表) is a view of the actions. Nothing here is stored beside the
// documents but versions (the exact state named by a hash) and answers of agencies to their own cells.
//
// Invariants:
//   - an answer names the hash of the cell it answers; a later change of the cell shows it as void, derived at every reading;
//   - an agency answers for itself only, also when the secretariat would like to help;
//   - a version's canonical JSON is computed from the committed rows up to the heads locked by the freeze, and from nothing else;
//   - a reader gets no byte of a document the gate withholds: such a document becomes a Withheld entry with counts.
package plans
