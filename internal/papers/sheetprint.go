package papers

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"kasane/internal/pdf"
)

// Room of a form that is filled in by hand, mm.
const (
	lineRoom  = 8.5
	linesRoom = 7.5 // of each of several lines
	signRoom  = 13.0
)

var partStyle = pdf.Style{Size: 11.5, Bold: true, Lead: 1.4, Before: 6, After: 1.5, Follow: 26}

// Sheet prints a sheet of a case in the look of the official form, A4 portrait: boxes, labels at the left, every choice with its mark.
func (p *Printer) Sheet(ctx context.Context, m SheetDoc) (Result, error) {
	kind := m.Title
	if m.Variant == VariantRedacted { // whether somebody has agreed may be blacked out in the body, so the edges do not tell it
		kind, _, _ = strings.Cut(kind, "（")
	}
	return p.print(ctx, m.Head, kind, a4Portrait, func(s *sheet) {
		s.stamp = "印刷　"
		s.block()
		s.about(m)
		for _, part := range m.Parts {
			s.sheetPart(part, m.Blank)
		}
	})
}

// about says which case and whose, above a form that does not ask for it, and of which version the form is.
func (s *sheet) about(m SheetDoc) {
	var row []pdf.Cell
	for _, f := range m.About {
		c := value(f.Label, f.Value)
		switch {
		case f.Withheld:
			c = hidden(1)
		case f.Name:
			c = name(f.Label, f.Value)
		}
		row = append(row, label(f.Label), c)
	}
	st := smallStyle
	st.Align, st.After = pdf.End, 1
	said := "様式　" + m.Version
	if m.reports() { // above, not below: at the end it is alone on a page, now and then
		said += "　　★ 国へ報告とした項目"
	}
	s.Para(said, st)
	if len(row) > 0 {
		s.form(row)
	}
}

// reports tells whether a field of the form is reported.
func (m SheetDoc) reports() bool {
	return slices.ContainsFunc(m.Parts, func(p SheetPart) bool {
		return slices.ContainsFunc(p.Sections, func(x SheetSection) bool {
			return slices.ContainsFunc(x.Rows, func(r SheetRow) bool { return r.Report })
		})
	})
}

func (s *sheet) sheetPart(part SheetPart, blank bool) {
	level, style := 2, sectionStyle
	if part.Person != "" {
		s.HeadingOf(2, pdf.Para{Text: part.Person, Where: "対象者", Name: true}, partStyle)
		level, style.Before, style.Size = 3, 3, 10.5
	}
	for _, x := range part.Sections {
		s.Heading(level, x.Title, style)
		if len(x.Rows) > 0 {
			s.Table(s.sheetRows(x.Rows, blank))
		}
		for _, t := range x.Tables {
			s.sheetTable(t)
		}
	}
}

// sheetRows packs short answers two to a row, as the official form does.
func (s *sheet) sheetRows(rows []SheetRow, blank bool) *pdf.Table {
	t := table(s.formCols())
	var waiting *SheetRow
	half, rule := t.Cols[1]-2*t.Pad, ruler{s.head.Edit != nil}
	flush := func() {
		if waiting != nil {
			t.Rows = append(t.Rows, s.sheetRow(*waiting, t, blank)...)
			waiting = nil
		}
	}
	for i := range rows {
		r := &rows[i]
		switch {
		case !r.short(half, rule):
			flush()
			t.Rows = append(t.Rows, s.sheetRow(*r, t, blank)...)
		case waiting == nil:
			waiting = r
		default:
			row := pdf.Row{Cells: append(s.pair(*waiting, half), s.pair(*r, half)...)}
			if blank {
				row.MinHeight = lineRoom
			}
			t.Rows, waiting = append(t.Rows, row), nil
		}
	}
	flush()
	return t
}

// short tells whether an answer fits into the half of a row.
func (r *SheetRow) short(width float64, rule ruler) bool {
	switch {
	case r.Kind == SheetWide || r.Kind == SheetLong || r.Kind == SheetSign, ruler{}.em(r.Mark(), labelStyle) > 2*26:
		return false
	case r.Kind == SheetChosen:
		lines := choiceLines(r.Choices, width, rule)
		return r.Withheld || len(lines) == 1
	}
	return rule.em(r.Text, cellStyle) <= width
}

func (s *sheet) pair(r SheetRow, width float64) []pdf.Cell {
	c := r.cell(width, ruler{s.head.Edit != nil})
	c.Middle = true
	return []pdf.Cell{label(r.Mark()), c}
}

// sheetRow is a row of its own. Many choices stand below their label, in columns.
func (s *sheet) sheetRow(r SheetRow, t *pdf.Table, blank bool) []pdf.Row {
	width := t.Cols[1] + t.Cols[2] + t.Cols[3] - 2*t.Pad
	c := r.cell(width, ruler{s.head.Edit != nil})
	c.Span, c.Middle = 3, r.Kind != SheetLong
	row := pdf.Row{Cells: []pdf.Cell{label(r.Mark()), c}, NoSplit: r.Kind == SheetChosen && !r.Withheld}
	switch {
	case r.Kind == SheetSign:
		row.MinHeight, row.NoSplit = signRoom, true
		note := pdf.Cell{Paras: []pdf.Para{{Text: r.Note}}, Span: 4}
		if r.Note != "" {
			return []pdf.Row{{Cells: []pdf.Cell{note}, NoSplit: true}, row}
		}
	case blank && r.Kind == SheetLong:
		row.MinHeight = linesRoom * float64(max(r.Lines, 2))
	case blank:
		row.MinHeight = lineRoom
	}
	return []pdf.Row{row}
}

// cell is the answer.
func (r SheetRow) cell(width float64, rule ruler) pdf.Cell {
	switch {
	case r.Withheld:
		return hidden(1)
	case r.Kind == SheetChosen:
		var c pdf.Cell
		for _, l := range choiceLines(r.Choices, width, rule) {
			c.Paras = append(c.Paras, pdf.Para{Text: l, Where: r.Label})
		}
		return c
	case r.Kind == SheetName:
		return name(r.Label, r.Text)
	case r.Kind == SheetDay && r.ByHand:
		return value(r.Label, dayOrEmpty(r.Day))
	case r.Kind == SheetDay:
		return value(r.Label, day(r.Day))
	}
	return value(r.Label, r.Text)
}

// choiceColumns is from how many choices on they stand in columns.
const choiceColumns = 9

// choiceLines sets choices in lines of a width, none cut at the end of a line. Many stand in columns, so that the eye finds one.
func choiceLines(list []SheetChoice, width float64, rule ruler) []string {
	column := 0.0
	if len(list) >= choiceColumns {
		for _, c := range list {
			if w := rule.em(c.Line(), cellStyle); w <= width/3-2 { // a very long one takes more than its column
				column = max(column, w+rule.em("　", cellStyle))
			}
		}
	}
	var out []string
	line, at := "", 0.0
	for _, c := range list {
		text := c.Line()
		w := rule.em(text, cellStyle)
		gap := rule.em("　", cellStyle)
		if column > 0 && line != "" {
			gap = column*float64(int((at+0.01)/column)+1) - at
			if gap < rule.em("　", cellStyle)-0.01 {
				gap += column
			}
		}
		if line == "" {
			line, at = text, w
			continue
		}
		if at+gap+w > width {
			out, line, at = append(out, line), text, w
			continue
		}
		line, at = line+blanks(gap)+text, at+gap+w
	}
	return append(out, line)
}

// blanks fill a gap with full and half blanks.
func blanks(gap float64) string {
	out := ""
	full := ruler{}.em("　", cellStyle)
	for ; gap >= full-0.01; gap -= full {
		out += "　"
	}
	if gap >= full/2-0.01 {
		out += " "
	}
	return out
}

// ruler measures texts without the fonts. Of a paper whose texts are edited it counts characters alone: what is taken out must not decide where a line ends.
type ruler struct{ count bool }

// em is the width of a text in mm as the house's face has it: a kanji is as wide as it is high, ASCII half of that. Nothing is shaped: what is taken out of
// a copy must not come near its fonts.
func (r ruler) em(text string, st pdf.Style) float64 {
	w := 0.0
	for _, c := range text {
		switch {
		case r.count && unicode.In(c, unicode.Mn, unicode.Cf, unicode.Variation_Selector):
		case c < 0x80 && !r.count:
			w += 0.5
		default:
			w++
		}
	}
	return w * st.Size * 25.4 / 72
}

func (s *sheet) sheetTable(x SheetTable) {
	s.Skip(1.5)
	st := labelStyle
	st.After, st.Follow = 0.8, 14
	s.Need(16)
	s.Para(x.Title, st)
	t := table(x.Cols, x.Heads...)
	for _, r := range x.Rows {
		if r.Withheld {
			t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{hidden(len(x.Cols))}})
			continue
		}
		var row pdf.Row
		for i, c := range r.Cells {
			if r.Name == i+1 {
				row.Cells = append(row.Cells, name(x.Heads[i], c))
			} else {
				row.Cells = append(row.Cells, value(x.Heads[i], c))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	for range x.Room {
		t.Rows = append(t.Rows, pdf.Row{Cells: slices.Repeat([]pdf.Cell{pdf.Text("")}, len(x.Cols)), MinHeight: lineRoom})
	}
	s.orNone(t)
}
