package papers

import (
	"fmt"
	"strings"

	"kasane/internal/jptime"
	"kasane/internal/pdf"
)

// Paper sizes with their margins; the left one leaves room for binding (左とじ代).
var (
	a4Portrait  = pdf.Geometry{W: 210, H: 297, Left: 25, Right: 15, Top: 26, Bottom: 24}
	a4Landscape = pdf.Geometry{W: 297, H: 210, Left: 22, Right: 12, Top: 26, Bottom: 24}
	a3Landscape = pdf.Geometry{W: 420, H: 297, Left: 25, Right: 15, Top: 26, Bottom: 24}
)

// Colours. All text is dark enough to read in a copy.
var (
	black    = pdf.RGB{0, 0, 0}
	grey     = pdf.RGB{90, 90, 90}
	rule     = pdf.RGB{110, 110, 110}
	headFill = pdf.RGB{226, 232, 240}
	nameFill = pdf.RGB{243, 245, 248}
	leadFill = pdf.RGB{224, 236, 250}
	openFill = pdf.RGB{255, 243, 214}
	red      = pdf.RGB{176, 24, 24}
)

// Styles of the house.
var (
	titleStyle   = pdf.Style{Size: 17, Bold: true, Align: pdf.Center, Lead: 1.4, After: 1}
	sectionStyle = pdf.Style{Size: 11.5, Bold: true, Lead: 1.4, Before: 4.5, After: 1.2, Follow: 18}
	bodyStyle    = pdf.Style{Size: 10, Lead: 1.55, Align: pdf.Justify, Left: 2}
	noteStyle    = pdf.Style{Size: 8.5, Lead: 1.45, Color: grey, Left: 2}
	cellStyle    = pdf.Style{Size: 9, Lead: 1.42}
	labelStyle   = pdf.Style{Size: 9, Lead: 1.42, Bold: true}
	headStyle    = pdf.Style{Size: 8.5, Lead: 1.35, Bold: true, Align: pdf.Center}
	smallStyle   = pdf.Style{Size: 7.5, Lead: 1.35, Color: grey}
	hiddenStyle  = pdf.Style{Size: 9, Lead: 1.42, Color: grey}
	edgeStyle    = pdf.Style{Size: 8, Lead: 1.4, Color: black}
)

const continued = "（前ページからの続き）"

// sheet is a document being filled.
type sheet struct {
	*pdf.Doc
	head    Head
	kind    string
	paper   pdf.Geometry // the document's first and usual paper
	section int          // number of the section being set
	stamp   string       // what the time in the footer is; 確定 or 案の作成 when empty

	key           string // of the section being set, until its heading stands
	under         string // the heading above what is being set
	printed       int    // texts the Edit was asked about
	tables, heads map[*pdf.Table]bool
}

// title is the document's name in the file's properties and on the screen of a reader.
func (s *sheet) title() string {
	t := joinNonEmpty("　", s.head.MeetingKind, s.round(), s.kind)
	switch {
	case s.head.Draft:
		t += "（案）"
	case s.head.Copy:
		t += "（写し）"
	}
	if s.head.Variant != "" {
		t += "（" + s.head.Variant + "）"
	}
	return t
}

// edge is what stands at the head of every page and in the properties of the file. Of a 開示用 copy it is the kind alone: what the title names may be
// blacked out in the body.
func (s *sheet) edge() string {
	if s.head.Blacked != nil {
		return s.kind + "（" + s.head.Variant + "）"
	}
	return s.title()
}

// number is the 文書番号 at the foot and in the properties, and nothing in a 開示用 copy.
func (s *sheet) number() string {
	if s.head.Blacked != nil {
		return ""
	}
	return s.head.DocumentNo
}

// round is 第3回.
func (s *sheet) round() string {
	if s.head.MeetingNo <= 0 {
		return ""
	}
	return fmt.Sprintf("第%d回", s.head.MeetingNo)
}

// h2 begins a numbered section.
func (s *sheet) h2(title string) {
	s.section++
	s.Heading(2, fmt.Sprintf("%d　%s", s.section, s.heading(title)), sectionStyle)
}

// keepHeight is the height up to which a table stays in one piece with its heading, mm.
const keepHeight = 75.0

// listing sets a section that is one table; a small one does not run over the foot of a page.
func (s *sheet) listing(title string, t *pdf.Table) {
	if h := s.TableHeight(t); h <= keepHeight {
		s.Need(h + 12)
	}
	s.h2(title)
	s.orNone(t)
}

// orNone sets a table, or なし when it has no rows.
func (s *sheet) orNone(t *pdf.Table) {
	if len(t.Rows) == 0 {
		s.none()
		return
	}
	s.Table(t)
}

// memo sets a free text, or says that there is none or that it is withheld.
func (s *sheet) memo(m Memo) {
	switch {
	case m.Withheld:
		s.Para(withheld, noteStyle)
	case strings.TrimSpace(m.Text) == "":
		s.none()
	default:
		s.Para(m.Text, bodyStyle)
	}
}

func (s *sheet) none() { s.Para("なし", noteStyle) }

// table makes a table with the house's look.
func table(cols []float64, heads ...string) *pdf.Table {
	t := &pdf.Table{
		Cols: cols, Body: cellStyle, HeadStyle: headStyle, Pad: 1.3,
		HeadFill: headFill, Rule: rule, Continued: continued,
	}
	if len(heads) > 0 {
		var row pdf.Row
		for _, h := range heads {
			row.Cells = append(row.Cells, pdf.Text(h))
		}
		t.Head = []pdf.Row{row}
	}
	return t
}

// label is the cell that names the value beside it.
func label(text string) pdf.Cell {
	st := labelStyle
	return pdf.Cell{Paras: []pdf.Para{{Text: text, Style: &st}}, Fill: &nameFill, RowHead: true, Middle: true}
}

// value is a cell whose problems are reported under a field's name.
func value(field, text string) pdf.Cell {
	return pdf.Cell{Paras: []pdf.Para{{Text: text, Where: field}}}
}

// name is a cell that holds a person's name.
func name(field, text string) pdf.Cell {
	return pdf.Cell{Paras: []pdf.Para{{Text: text, Where: field, Name: true}}}
}

// repeated is a short cell drawn again where its row goes on on the next page.
func repeated(text string) pdf.Cell {
	return pdf.Cell{Paras: []pdf.Para{{Text: text}}, Repeat: true}
}

// person is a cell with agency and post on one line, the name and its reading on the next.
func person(field string, p Person) pdf.Cell {
	var c pdf.Cell
	if org := joinNonEmpty("　", p.Agency, p.Post); org != "" {
		c.Paras = append(c.Paras, pdf.Para{Text: org, Where: field})
	}
	return pdf.Cell{Paras: append(c.Paras, namePara(field, p)...)}
}

// namePara is a name with its reading in small type below.
func namePara(field string, p Person) []pdf.Para {
	out := []pdf.Para{{Text: p.Name, Where: field, Name: true}}
	if p.Kana != "" {
		st := smallStyle
		out = append(out, pdf.Para{Text: "（" + p.Kana + "）", Style: &st, Where: field, Name: true})
	}
	return out
}

// due is a calendar day in a narrow column: 和暦 above, 西暦 small below.
func due(d jptime.Date) pdf.Cell {
	if d.IsZero() {
		return pdf.Text("")
	}
	st := smallStyle
	return pdf.Cell{Paras: []pdf.Para{{Text: d.Short()}, {Text: "(" + d.String() + ")", Style: &st}}}
}

// hidden is the cell in the place of what the reader may not see.
func hidden(span int) pdf.Cell {
	st := hiddenStyle
	return pdf.Cell{Paras: []pdf.Para{{Text: withheld, Style: &st}}, Span: span}
}

// form sets label and value pairs, two pairs to a row; a value with span 3 takes a row of its own.
func (s *sheet) form(rows ...[]pdf.Cell) {
	t := table(s.formCols())
	t.Continued = ""
	for _, r := range rows {
		for i := range r {
			r[i].Middle = true
		}
		t.Rows = append(t.Rows, pdf.Row{Cells: r})
	}
	s.Table(t)
}

// formCols are the widths of a form: label, value, label, value.
func (s *sheet) formCols() []float64 {
	const labels = 28.2
	w := s.Inner() / 2
	return []float64{labels, w - labels, labels, w - labels}
}

// wide stretches a value over the rest of its row.
func wide(c pdf.Cell) pdf.Cell {
	c.Span = 3
	return c
}

// block sets the head of the document: title, number, and the boxes of the approval line.
func (s *sheet) block() {
	if s.head.FormName != "" {
		s.Para(s.head.FormName, edgeStyle)
	}
	top := s.Y()
	s.approval(top)
	s.Heading(1, s.title(), titleStyle)
	s.note()
}

// approval draws the 決裁欄 at the right margin, below the title's line.
func (s *sheet) approval(top float64) {
	n := len(s.head.boxes())
	if n == 0 {
		return
	}
	const w, head, box = 17.0, 5.5, 15.0
	g := s.Geometry()
	x, y := g.W-g.Right-w*float64(n), top
	st := pdf.Style{Size: 8, Align: pdf.Center, Lead: 1.2}
	for i, title := range s.head.boxes() {
		left := x + w*float64(i)
		s.Page().Fill(left, y, w, head, headFill)
		s.Page().Frame(left, y, w, head, 0.2, rule)
		s.Page().Frame(left, y+head, w, box, 0.2, rule)
		s.Put(s.Page(), pdf.Para{Text: title, Where: "決裁欄"}, st, left, y+1, w)
	}
	s.Skip(head + box + 2)
}

// header draws 取扱区分, the meeting and, on a draft, 案 at the head of a page.
func (s *sheet) header(d *pdf.Doc, p *pdf.Page, n, total int) {
	g := p.Geo
	y := g.Top - 11
	mark := s.head.Handling
	if mark == "" {
		mark = "取扱注意・部外秘"
	}
	st := pdf.Style{Size: 9, Bold: true, Align: pdf.Center, Lead: 1.2, Color: red}
	w := d.Width(mark, st) + 5
	p.Frame(g.Left, y, w, 5.6, 0.35, red)
	d.Put(p, pdf.Para{Text: mark}, st, g.Left, y+0.85, w)
	if word := s.standing(); word != "" {
		p.Frame(g.Left+w+3, y, 10, 5.6, 0.35, red)
		d.Put(p, pdf.Para{Text: word}, st, g.Left+w+3, y+0.85, 10)
	}
	right := edgeStyle
	right.Align = pdf.End
	d.Put(p, pdf.Para{Text: s.edge()}, right, g.Left, y+1, g.W-g.Left-g.Right)
	p.Line(g.Left, y+7, g.W-g.Right, y+7, 0.2, rule)
}

// standing is what the paper is when it is not the record: 案 or 写し.
func (s *sheet) standing() string {
	switch {
	case s.head.Draft:
		return "案"
	case s.head.Copy || s.head.Variant != "":
		return "写し"
	}
	return ""
}

// footer draws 文書番号, 版, 確定日時, the content's hash and N／M頁 at the foot of a page.
func (s *sheet) footer(d *pdf.Doc, p *pdf.Page, n, total int) {
	g := p.Geo
	y, w := g.H-g.Bottom+6, g.W-g.Left-g.Right
	p.Line(g.Left, y, g.W-g.Right, y, 0.2, rule)
	fixed := "確定　"
	switch {
	case s.stamp != "":
		fixed = s.stamp
	case s.head.Draft:
		fixed = "案の作成　"
	case s.head.Copy || s.head.Variant != "":
		fixed = "写しの作成　"
	}
	left := joinNonEmpty("　", s.number(), s.version(), fixed+s.made())
	st := edgeStyle
	st.Size = 7.5
	d.Put(p, pdf.Para{Text: left}, st, g.Left, y+1.2, w)
	if hash := short(s.head.ContentHash); hash != "" {
		st.Align = pdf.End
		d.Put(p, pdf.Para{Text: "内容のハッシュ　" + hash}, st, g.Left, y+1.2, w)
	}
	st.Size, st.Align = 9, pdf.Center
	d.Put(p, pdf.Para{Text: fmt.Sprintf("%d／%d頁", n, total)}, st, g.Left, y+5.5, w)
	s.copyMark(d, p)
}

// made is when the paper was made: of a 匿名版 the month.
func (s *sheet) made() string {
	if s.head.Variant == VariantAnonymous {
		return jptime.DateOf(s.head.At).InMonth().Wareki()
	}
	return jptime.FormatDateTime(s.head.At)
}

// copyMark says on every page whose copy it is: pale across the sheet, so that no photograph of a part goes without, and in plain ink at the foot.
func (s *sheet) copyMark(d *pdf.Doc, p *pdf.Page) {
	if s.head.CopyFor == "" {
		return
	}
	g := p.Geo
	pale := pdf.Style{Size: 13, Lead: 1.2, Color: pdf.RGB{226, 226, 226}}
	w := d.Width(s.head.CopyFor, pale)
	p.Under(func() {
		for i, y := 0, g.Top+12; y < g.H-g.Bottom-8; i, y = i+1, y+34 {
			for x := g.Left - float64(i%2)*w/2; x < g.W; x += w + 25 {
				d.Put(p, pdf.Para{Text: s.head.CopyFor}, pale, x, y, w+1)
			}
		}
	})
	st := edgeStyle
	st.Size, st.Color = 7.5, red
	d.Put(p, pdf.Para{Text: s.head.CopyFor}, st, g.Left, g.H-g.Bottom+16, g.W-g.Left-g.Right)
}

func (s *sheet) version() string {
	if s.head.Version <= 0 {
		return ""
	}
	return fmt.Sprintf("第%d版", s.head.Version)
}

// short is the part of a hash that is printed.
func short(hash string) string { return hash[:min(16, len(hash))] }

func joinNonEmpty(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}
