// Package backup (控え) is the form in which everything an installation holds is taken away and brought back: the rows of the database, whichever engine it
// is, and the files beside it. It is one stream, made and read in bounded memory.
//
// # The form
//
// A backup file is an age file (https://age-encryption.org/v1) for one or more public keys, around a gzip stream: without Kasane, `age -d -i KEY FILE | gunzip` opens
// it. Inside, each record is one byte for its kind and then:
//
//	'H'  Head as JSON, after its length
//	'F'  name, mode and bytes of a file
//	'T'  Table as JSON: the rows that follow are of this table
//	'R'  a row: each value is a byte (0 nothing, 1 number, 2 text, 3 bytes) and, but for nothing, the number (zigzag) or length and bytes
//	'E'  End as JSON: how many rows and files there were, and the SHA-256 of everything before
//
// Lengths and numbers are varints of encoding/binary. A stream that ends before 'E' is not whole and is refused.
package backup
