// Package pdf makes the records of Kasane: pages of Japanese text, tables, seals and headings, as archive files
// (PDF/A-2a, PDF/UA-1) in which every name is drawn and read back exactly as it was written.
//
// The path of a document: an Engine gives a Doc (package jpl lays it out); the caller fills it; Engine.Finish draws
// it (package draw, the only importer of gofpdf) and makes it an archive file (package pdfa). Package fontx cuts the
// fonts, package fonts carries them.
//
// Invariants:
//   - the same document gives the same bytes, whatever the process, the hour and the number of processors
//     (within one Go release: the compressor of the standard library is part of the bytes);
//   - no text, however hostile, panics or is silently dropped: what cannot be printed as written is a Problem;
//   - the files hold no program, no link, no encryption, no attachment.
package pdf
