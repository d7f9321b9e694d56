// Package figures (集計) counts what a municipality reports: of a 年度, month by month, each figure with its definition. It sees when things happened and nothing
// else of a case: no name, no text. What leaves the office has small cells suppressed (suppress.go).
//
// A case its reader is kept from (閲覧遮断) is counted for others, not for them: the cases behind a number can be listed (drill.go), and what is counted beyond the list would tell of it.
//
// Every figure is counted anew from the facts each time. Only the choices made in the sheets (tally.go) are read out of their documents beforehand: a reading says of which
// state of a document it is, and is made anew when the document has changed.
package figures
