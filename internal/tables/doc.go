// Package tables writes a table that leaves Kasane for a spreadsheet: as .xlsx in the layout of the office, as CSV in UTF-8, and as CSV in CP932 for
// old programs.
//
// Three promises. No text of a case ever runs: what a spreadsheet would take for a formula is text. No character is replaced: a text that CP932 cannot hold
// is refused with the list of what it cannot hold. The same book gives the same bytes.
//
// And it reads one that comes in (Open): .xlsx by a reader of its own, strict and within bounds, because what comes in may be hostile, must come out by the byte, and is not to
// be spooled to disk; CSV in UTF-8, UTF-16 and CP932.
//
// It knows nothing of cases, meetings or readers: whoever makes a Book has asked the gate. It is the only importer of excelize.
package tables
