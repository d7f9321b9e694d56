package jpl

// Para is a paragraph: its text, its look, and where it stands for the list of problems.
type Para struct {
	Text  string
	Runs  []Run  // the text with readings, instead of Text
	Style *Style // nil takes the surrounding style
	Where string // name of the field; in a table the column's heading when empty
	Name  bool   // the text is a person's name (氏名欄)
}

func (d *Doc) place(p Para) Place {
	at := Place{Where: d.where, Name: p.Name}
	if p.Where != "" {
		at.Where = d.where + "／" + p.Where
	}
	return at
}

// Lines breaks a paragraph to a width in mm. st is used when the paragraph has no style of its own.
func (d *Doc) Lines(p Para, st Style, width float64) []Line {
	if p.Style != nil {
		st = *p.Style
	}
	measure := max(int((width+0.01)/st.em()*1000), 1)
	if p.Runs != nil {
		return Break(d.Faces.ShapeRuns(d.place(p), p.Runs, st.Bold), measure, st.Align == Justify)
	}
	return Break(d.Faces.Shape(d.place(p), p.Text, st.Bold), measure, st.Align == Justify)
}

// maxSpread bounds the extra space between characters of a justified line, in em. Beyond it a line stays ragged;
// wider gaps would also be taken for word spaces by programs that read the text.
const maxSpread = 0.085

// putLine draws a line whose box has its top left corner at x, y.
func (d *Doc) putLine(p *Page, l Line, st Style, x, y, width float64) {
	if len(l.Clusters) == 0 {
		return
	}
	em := st.em()
	ink := float64(l.W-l.Hang) / 1000 * em
	spread := 0.0
	switch st.Align {
	case Center:
		x += (width - ink) / 2
	case End:
		x += width - ink
	case Justify:
		if gaps := l.gaps(); !l.Hard && gaps > 0 {
			if s := (width - ink) / float64(gaps); s > 0 && s <= maxSpread*em {
				spread = s
			}
		}
	}
	base := y + (st.height()-em)/2 + em*0.88
	d.Faces.settle(l.Clusters)
	p.Ops = append(p.Ops, Op{
		Kind: OpText, X: x, Y: base, Clusters: l.Clusters, Size: st.Size, Spread: spread,
		Bold: st.Bold, Color: st.Color, Tag: d.tag(),
	})
	d.putRuby(p, l, st, x, base, spread)
	d.putBlack(p, l, st, x, base, spread)
}

// gaps counts the places between the characters of a line that can take extra space.
func (l Line) gaps() int {
	n := len(l.Clusters)
	for n > 0 && l.Clusters[n-1].R == ' ' {
		n--
	}
	if l.Hang > 0 {
		n--
	}
	return n - 1
}

// Para sets a paragraph in the flow of the page. At a page break at least two of its lines stay on either side.
func (d *Doc) Para(text string, st Style) { d.Set(Para{Text: text}, st) }

// Set is Para for text with a place of its own.
func (d *Doc) Set(p Para, st Style) {
	if d.stopped() {
		return
	}
	if p.Style != nil {
		st = *p.Style
	}
	defer d.Open(st.role(), "")()
	d.y += st.Before
	width := d.Inner() - st.Left
	lines := d.Lines(p, st, width)
	for i, l := range lines {
		if d.breakBefore(i, len(lines), st.height()) {
			d.NewPage()
			if d.stopped() {
				return
			}
		}
		d.putLine(d.page(), l, st, d.geo.Left+st.Left, d.y, width)
		d.y += st.height()
	}
	d.y += st.After
}

// breakBefore says whether line i of n goes to a new page.
func (d *Doc) breakBefore(i, n int, height float64) bool {
	if d.y <= d.geo.Top {
		return false
	}
	fit := int((d.Room() + 1e-6) / height)
	rest := n - i
	switch {
	case fit < 1:
		return true
	case i == 0:
		return rest > 1 && fit < 2
	}
	return fit == 1 && rest == 2 && i > 1 // would leave one line alone on the next page
}

// Put sets text at a place outside the flow and gives the y below it.
func (d *Doc) Put(page *Page, p Para, st Style, x, y, width float64) float64 {
	if p.Style != nil {
		st = *p.Style
	}
	if d.cur == 0 {
		defer d.Open(st.role(), "")()
	}
	for _, l := range d.Lines(p, st, width) {
		d.putLine(page, l, st, x, y, width)
		y += st.height()
	}
	return y
}

// Width is the natural width of a one-line text in mm.
func (d *Doc) Width(text string, st Style) float64 {
	return float64(oneLine(d.Faces.Shape(Place{Where: d.where}, text, st.Bold)).W) / 1000 * st.em()
}
