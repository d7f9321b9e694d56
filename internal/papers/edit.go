package papers

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kasane/internal/pdf"
)

// Printed is one text of a document as it stands on the paper: a paragraph, a cell, a heading. Its number is its place in the order of printing: the
// same document has the same numbers whenever it is printed.
type Printed struct {
	No      int    `json:"no"`
	Section string `json:"section"` // the heading it stands under
	Field   string `json:"field"`   // the column or the label beside it
	Text    string `json:"text"`
	Name    bool   `json:"name"`  // a person's name (氏名欄)
	Fixed   bool   `json:"fixed"` // a heading or a label, as a rule words of the form
}

// Edit gives what is printed instead of a text. It is asked once for each before anything is measured or drawn, so what it takes out is neither in the
// pages nor in the fonts, bookmarks or properties of the file. Headers and footers of the pages are not asked about: they say what the Head says.
type Edit func(Printed) string

// edited asks the document's Edit about a text.
func (s *sheet) edited(field, text string, name, fixed bool) string {
	if s.head.Edit == nil || text == "" {
		return text
	}
	p := Printed{No: s.printed, Section: s.under, Field: field, Text: text, Name: name, Fixed: fixed}
	s.printed++
	return s.head.Edit(p)
}

func (s *sheet) editPara(p pdf.Para, field string, fixed bool) pdf.Para {
	if s.head.Edit == nil {
		return p
	}
	if p.Where != "" {
		field = p.Where
	}
	runs := p.Runs
	if runs != nil { // readings tell the text as well, so they go with it
		p.Text, p.Runs = plainOf(runs), nil
	}
	was := p.Text
	p.Text = s.edited(field, was, p.Name, fixed)
	if p.Text == was && !slices.ContainsFunc(runs, func(r pdf.Run) bool { return r.Reading != "" }) {
		p.Runs = runs // they say where a line may end, and no more
	}
	return p
}

func plainOf(runs []pdf.Run) string {
	out := ""
	for _, r := range runs {
		out += r.Text
	}
	return out
}

// editTable edits the cells of a table, once.
func (s *sheet) editTable(t *pdf.Table) {
	if s.head.Edit == nil || s.tables[t] {
		return
	}
	if s.tables == nil {
		s.tables = map[*pdf.Table]bool{}
	}
	s.tables[t] = true
	for r := range t.Rows {
		col, beside := 0, ""
		for c := range t.Rows[r].Cells {
			cell := &t.Rows[r].Cells[c]
			field := columnTitle(t, col)
			if field == "" {
				field = beside
			}
			paras := make([]pdf.Para, 0, len(cell.Paras)) // a cell may share its paragraphs with another document
			for _, p := range cell.Paras {
				if cell.RowHead {
					beside = p.Text
				}
				paras = append(paras, s.editPara(p, field, cell.RowHead && len(cell.Paras) == 1 && p.Where == "" && !p.Name))
			}
			cell.Paras = paras
			col += max(cell.Span, 1)
		}
	}
}

// columnTitle is the words over a column, "" without.
func columnTitle(t *pdf.Table, col int) string {
	at := 0
	if len(t.Head) == 0 {
		return ""
	}
	for _, c := range t.Head[len(t.Head)-1].Cells {
		if at += max(c.Span, 1); col < at {
			return plainCell(c)
		}
	}
	return ""
}

func plainCell(c pdf.Cell) string {
	out := ""
	for _, p := range c.Paras {
		out += p.Text
	}
	return out
}

// editHeads edits the heads of a table: as a rule words of the form, in the matrix the names of agencies.
func (s *sheet) editHeads(t *pdf.Table) {
	if s.head.Edit == nil || s.heads[t] {
		return
	}
	if s.heads == nil {
		s.heads = map[*pdf.Table]bool{}
	}
	s.heads[t] = true
	for r := range t.Head {
		for c := range t.Head[r].Cells {
			for i := range t.Head[r].Cells[c].Paras {
				p := &t.Head[r].Cells[c].Paras[i]
				p.Text = s.edited("見出し", p.Text, p.Name, true)
			}
		}
	}
}

// The ways onto the paper, each through Edit.

// Table sets a table.
func (s *sheet) Table(t *pdf.Table) { s.editTable(t); s.editHeads(t); s.Doc.Table(t) }

// TableHeight measures a table.
func (s *sheet) TableHeight(t *pdf.Table) float64 {
	s.editTable(t)
	s.editHeads(t)
	return s.Doc.TableHeight(t)
}

// guessHeight measures a table that will not be the one printed. Where texts are edited only their lengths are measured: nothing of what is taken out
// may come near the fonts.
func (s *sheet) guessHeight(t *pdf.Table) float64 {
	if s.head.Edit != nil {
		for _, rows := range [][]pdf.Row{t.Head, t.Rows} {
			for _, r := range rows {
				for _, c := range r.Cells {
					for i := range c.Paras {
						c.Paras[i].Text, c.Paras[i].Runs = strings.Repeat("■", utf8.RuneCountInString(c.Paras[i].Text)), nil
					}
				}
			}
		}
	}
	return s.Doc.TableHeight(t)
}

// Para sets a paragraph.
func (s *sheet) Para(text string, st pdf.Style) { s.Set(pdf.Para{Text: text}, st) }

// Set sets a paragraph with a place of its own.
func (s *sheet) Set(p pdf.Para, st pdf.Style) { s.Doc.Set(s.editPara(p, "", false), st) }

// Heading sets a heading.
func (s *sheet) Heading(level int, text string, st pdf.Style) {
	s.HeadingOf(level, pdf.Para{Text: text}, st)
}

// HeadingOf sets a heading with readings.
func (s *sheet) HeadingOf(level int, p pdf.Para, st pdf.Style) {
	s.under = p.Text
	s.Doc.HeadingOf(level, s.editPara(p, "", true), st)
}

// Put sets a text outside of the flow.
func (s *sheet) Put(page *pdf.Page, p pdf.Para, st pdf.Style, x, y, width float64) float64 {
	return s.Doc.Put(page, s.editPara(p, "", false), st, x, y, width)
}

// DateSeal draws a date stamp.
func (s *sheet) DateSeal(p *pdf.Page, x, y float64, top, date, name string) {
	s.Doc.DateSeal(p, x, y, top, s.edited("日付印", date, false, false), s.edited("日付印", name, true, false))
}

// Texts are what a document prints, in order. print makes the document with the Edit given to it.
func Texts(h Head, print func(Head) error) ([]Printed, error) {
	var out []Printed
	h.Edit = func(p Printed) string {
		out = append(out, p)
		return p.Text
	}
	if h.At.IsZero() {
		h.At = time.Unix(0, 0)
	}
	return out, print(h)
}
