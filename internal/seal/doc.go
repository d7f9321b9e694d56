// Package seal is the electronic signature (電子署名) of an installation: its own certificate authority (認証局), kept in a folder outside the database, the
// signing of what is sealed, with a time stamp (時刻認証, RFC 3161) where an authority for that is configured, and the checking of what was signed.
//
// Nothing here ever keeps a record from being sealed: without an authority, with one that ran out, or with a time-stamp authority that does not answer, the
// record is sealed all the same and says which of these it was.
package seal
