package papers

import (
	"kasane/internal/jptime"
)

// SheetDoc is a sheet of a case (相談受付・申込票, インテーク・アセスメントシート …) as its form asks for it: every field of the form, filled or not, with all its choices.
type SheetDoc struct {
	Head
	Title   string // 表題: 相談受付・申込票（本人同意あり）
	Version string // 様式の版
	// About stands above the form, where the form itself does not ask for it: ケースID, 本人.
	About []Field
	Blank bool // to be filled in by hand: leaves room
	Parts []SheetPart
}

// SheetPart is what the form asks about the household and one person. The first has no heading of its own.
type SheetPart struct {
	Person   string // whose the answers are: 長男　山田 太郎; "" of the first part
	Sections []SheetSection
}

// SheetSection is a titled part of the form.
type SheetSection struct {
	Title  string
	Rows   []SheetRow
	Tables []SheetTable
}

// SheetRow is one field (項目) with its answer.
type SheetRow struct {
	Label    string
	Report   bool // ★ 国へ報告
	House    bool // of the household, not of the person
	Kind     SheetKind
	Text     string      // of SheetText, SheetWide, SheetLong, SheetName
	Day      jptime.Date // of SheetDay
	Choices  []SheetChoice
	Note     string // beside a signature: what it says
	Lines    int    // how many lines of room a form that is filled in by hand leaves
	ByHand   bool   // a day that is written beside a signature
	Withheld bool
}

// SheetKind is how an answer is set.
type SheetKind int

// The kinds.
const (
	SheetText   SheetKind = iota // one line
	SheetWide                    // one line over the whole width
	SheetLong                    // several lines, over the whole width
	SheetName                    // a person's name
	SheetDay                     // 和暦 and 西暦
	SheetChosen                  // choices, all of them
	SheetSign                    // 署名
)

// SheetChoice is one choice with its box.
type SheetChoice struct {
	Label   string
	Checked bool
	Other   bool   // asks for words
	Words   string // その他( )
}

// SheetTable is a table below the fields of a section, such as 世帯員.
type SheetTable struct {
	Title string
	Heads []string
	Cols  []float64 // widths in mm
	Rows  []SheetTableRow
	Room  int // empty rows of a form to be filled in
}

// SheetTableRow is a row of it.
type SheetTableRow struct {
	Cells    []string
	Name     int // which of the cells is a person's name, from 1; 0: none
	Withheld bool
}

// Line is a choice as it stands on paper and in a spreadsheet: ☑ 手帳（2級）.
func (c SheetChoice) Line() string {
	mark := "☐ "
	if c.Checked {
		mark = "☑ "
	}
	switch {
	case c.Words != "":
		return mark + c.Label + "（" + c.Words + "）"
	case c.Other:
		return mark + c.Label + "（　　　）"
	}
	return mark + c.Label
}

// Mark is the label, with the sign of what is reported.
func (r SheetRow) Mark() string {
	if r.Report {
		return r.Label + " ★"
	}
	return r.Label
}

// Plain is the answer in one cell of a spreadsheet: all choices with their boxes, one a line where they are many.
func (r SheetRow) Plain() string {
	switch {
	case r.Withheld:
		return withheld
	case r.Kind == SheetDay:
		return day(r.Day)
	case r.Kind != SheetChosen:
		return r.Text
	}
	out := ""
	for i, c := range r.Choices {
		switch {
		case i == 0:
		case len(r.Choices) > 8 && i%3 == 0:
			out += "\n"
		default:
			out += "　"
		}
		out += c.Line()
	}
	return out
}

// Answer is the answer alone, for a list that is sorted and counted: of choices those that were made.
func (r SheetRow) Answer() string {
	if r.Kind != SheetChosen || r.Withheld {
		return r.Plain()
	}
	return r.chosen("、")
}

// chosen are the choices that were made.
func (r SheetRow) chosen(between string) string {
	out := ""
	for _, c := range r.Choices {
		if !c.Checked {
			continue
		}
		word := c.Label
		if c.Words != "" {
			word += "（" + c.Words + "）"
		}
		out = joinNonEmpty(between, out, word)
	}
	return out
}
