// Package live is one collaborative document (共同編集文書) as the domain sees it: who may open it, what may be written into it, how it is
// read, frozen states included, and how Kasane itself writes. It is the only package that looks inside with ydoc.
//
// The story: a Service opens a document for an actor by asking the Gate, and loads it from the Store. A Document is the replica in memory:
// Check decides about one update before anything changes, Apply integrates it, Sync answers a browser. Whoever owns the Document (a room
// of package realtime, or ServerWrite here) appends what Apply returned to the log through the Store; what is not in the log has never
// been shown to anybody. Compact writes a snapshot beside the log.
//
// Documents are flat (schema.go): one map "v" of scalars and texts "t:<key>" of plain text. So no two people ever race to create a
// container, every value has one key, and canonical JSON is short.
//
// Invariants:
//   - A document that did not load wholly does not exist: loading fails, and nothing is ever stored from it.
//   - Rows of the log are never changed or removed here; a snapshot is written beside them after it was decoded again and compared.
//   - An update is taken whole or refused whole. Refusals say in Japanese what to do, and carry a stable code (Code).
//   - A Yjs client id belongs to the first user who wrote with it in this document, for ever.
//   - Nothing rebuilds a document from JSON. A restore makes a new epoch.
package live
