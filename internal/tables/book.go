package tables

import (
	"strings"
	"time"
	"unicode"

	"kasane/internal/text"
)

// Book (表) is what is written: once in the layout of the office, to be printed, and once as a list, one thing a row, to be sorted and counted.
type Book struct {
	Title  string    // 役割分担表
	Status string    // 案, 写し, 版: stands beside the title
	About  []string  // lines under the title: whose it is, of which meeting, of which day
	Note   string    // under them, on the first sheet alone: what the signs mean; "" has none
	Foot   string    // at the foot of every page: who takes it and when; "" says only what it is
	Author string    // 自治体名
	At     time.Time // the file's own date
	Sheet  Grid      // the layout of the office
	List   Grid      // a row for each thing; CSV has this one
}

// Grid is a table with a head.
type Grid struct {
	Name    string // of the sheet
	Columns []Column
	Rows    [][]string // one text for each column
	// Repeat is how many of the first columns stand again on every page beside the others, and stay in sight on the screen.
	Repeat int
	// Bands are the rows whose first text runs over the whole width as a heading.
	Bands []int
	// Portrait: for A4 upright, not A3 lying.
	Portrait bool
	// Named are the columns that say which row it is, in a message to a person.
	Named []int
	// Hidden are columns that are for Kasane and not for the reader; a CSV shows them.
	Hidden []int
	// Fill is the column that is to be written in, counted from 1; 0: none.
	Fill int
	// Picks are, by row, what may be chosen in the column to be written in.
	Picks map[int]Pick
}

// Pick is what a cell offers: a few words, or the rows From to To (counted from 0) of a column of the list.
type Pick struct {
	Words            []string
	Column, From, To int
}

// Column of a grid.
type Column struct {
	Title string
	Width float64 // in characters of the usual size; a kanji is two
}

// Form (保存の形式) of the file.
type Form string

// The forms.
const (
	FormXLSX  Form = "xlsx"
	FormCSV   Form = "csv"    // UTF-8 with a byte order mark
	FormCP932 Form = "csv932" // CP932, for programs that read nothing else
)

// Valid tells whether the form is one of ours.
func (f Form) Valid() bool { return f == FormXLSX || f == FormCSV || f == FormCP932 }

// Extension of the file's name.
func (f Form) Extension() string {
	if f == FormXLSX {
		return ".xlsx"
	}
	return ".csv"
}

// ContentType of the file.
func (f Form) ContentType() string {
	switch f {
	case FormXLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case FormCP932:
		return "text/csv; charset=Shift_JIS"
	}
	return "text/csv; charset=utf-8"
}

// Write writes a book in a form. What CP932 cannot hold is a fault with the list of it, under "lost".
func Write(b Book, f Form) ([]byte, error) {
	switch f {
	case FormXLSX:
		return XLSX(b)
	case FormCP932:
		return CP932(b)
	}
	return CSV(b)
}

// none is the mark 関与なし: a sign alone is no formula.
const none = "－"

// Cell makes a value safe for a spreadsheet that reads it from a CSV: what would be read as a formula is shown as text. Full-width signs count, too: Japanese
// spreadsheets make them narrow. Blanks and characters without ink in front do not hide a sign.
func Cell(s string) string {
	if s == "" || s == none {
		return s
	}
	if strings.ContainsAny(s[:1], "\t\r\n") {
		return "'" + s
	}
	ink := strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	if ink != "" && strings.ContainsAny(string([]rune(ink)[:1]), "=+-@＝＋－＠") {
		return "'" + s
	}
	return s
}

// mark is what stands beside the title.
func (b Book) mark() string {
	if b.Status == "" {
		return b.Title
	}
	return b.Title + "（" + b.Status + "）"
}

// lines is how many lines a text has in a cell of a width; what is not ASCII is two characters wide.
func lines(s string, width float64) int {
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		wide := 0.0
		for _, r := range line {
			if r < 0x80 {
				wide++
			} else {
				wide += 2
			}
		}
		n += max(1, int((wide+width-1)/width))
	}
	return n
}

// clusters cuts a text into what a reader takes for its characters.
func clusters(s string) []string {
	at := text.Boundaries(s)
	out := make([]string, 0, len(at))
	for i := 1; i < len(at); i++ {
		out = append(out, s[at[i-1]:at[i]])
	}
	return out
}
