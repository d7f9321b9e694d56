// Package ydoc is the server's replica of a Yjs 13 document (共同編集文書): it reads and writes update format v1, so a browser with
// stock yjs and this package hold the same document after the same updates, in whatever order and however often they arrive.
//
// The story of an update: decode reads it wholly and copies what it keeps (update.go, content.go); Touched resolves where each struct and each deletion
// would land, so that a caller can authorise before anything changes (touch.go); Apply integrates it (apply.go, integrate.go),
// deletes, collects garbage and merges neighbours as yjs does (deletes.go, gc.go) and returns a Txn, which re-encodes exactly what was new
// (encode.go). Reading is by Type (types.go, json.go, canonical.go); server-side writes go through a Builder (builder.go).
//
// Invariants:
//   - A Doc has one owner: nothing here locks, and nothing here starts a goroutine.
//   - An update that does not decode to its last byte changes nothing (ErrMalformed).
//   - Integration cannot fail, except by exceeding the work budget or the nesting limit (ErrBudget): then all of it is taken back (rollback.go).
//   - What cannot be integrated yet is kept as pending and is part of Encode(nil); what is encoded for a state vector never has holes.
//   - Values of others are kept as the bytes they came in: re-encoding loses nothing, also of kinds this package does not interpret.
//   - The kinds of root types are not on the wire. Whoever knows them says so with Define; nested types always know theirs.
//   - No input makes it panic, and memory stays within a constant factor of the bytes given.
//
// Where an update would make yjs build an inconsistent list (a resent struct whose known part lies in another container), the rest of that struct
// becomes a GC struct here. Touched names such updates ErrForged; callers reject them before browsers see them.
package ydoc
