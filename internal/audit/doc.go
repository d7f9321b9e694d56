// Package audit is the append-only log of what was done (監査ログ), as mathematics: no database, no clock.
//
// Every entry is a leaf of a Merkle tree as in RFC 6962. The log of a municipality is one tree; its head (size and root)
// is a Checkpoint, signed with the key of the installation and chained to the one before. Whoever keeps a checkpoint — it is printed in every sealed record — can later show that the log
// of then is the beginning of the log of now (Consistency), that an entry was in it (Inclusion), and, by reading the
// whole log again (Verifier), that no entry was changed, swapped, left out or cut off.
package audit
