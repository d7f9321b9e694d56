package jpl

import "fmt"

// Cell is a table cell: paragraphs, one under the other.
type Cell struct {
	Paras   []Para
	Span    int  // columns covered; 0 means 1
	Fill    *RGB // background
	RowHead bool // heads its row (見出しセル)
	Middle  bool // vertically centred when it fits
	Repeat  bool // drawn again when its row goes on on the next page (№, 担当)
	Bar     Bar  // a bar over a part of its width; the number it shows stands in a cell of its own
}

// Bar is a length from 0 to 1 in a colour: an ornament, which nobody hears read out.
type Bar struct {
	Of    float64
	Color RGB
}

// Text makes a cell of one paragraph.
func Text(s string) Cell { return Cell{Paras: []Para{{Text: s}}} }

// Row is a table row.
type Row struct {
	Cells     []Cell
	NoSplit   bool // moves whole to the next page if it fits there
	MinHeight float64
}

// Table is a table. Its heads are drawn again on every page it reaches.
type Table struct {
	Cols            []float64 // widths in mm
	Head            []Row
	Rows            []Row
	Body, HeadStyle Style
	Pad             float64
	HeadFill        RGB
	Zebra           *RGB   // background of every second row
	Rule            RGB    // colour of the borders
	Continued       string // set above the table on its second and later pages
}

// laidCell is a cell with its lines broken.
type laidCell struct {
	lines []laidLine
	node  int
	x, w  float64 // relative to the table
	cell  *Cell
}

type laidLine struct {
	line Line
	st   Style
}

type laidRow struct {
	cells []laidCell
	row   *Row
	head  bool
}

func (t *Table) padY() float64 { return t.Pad * 0.8 }

// rest is the height the lines from index from on need in the row.
func (t *Table) rest(r laidRow, from []int) float64 {
	h := 0.0
	whole := true
	for i, c := range r.cells {
		s := 2 * t.padY()
		for _, l := range c.lines[from[i]:] {
			s += l.st.height()
		}
		h = max(h, s)
		whole = whole && from[i] == 0
	}
	if whole {
		h = max(h, r.row.MinHeight)
	}
	return h
}

// Table sets a table in the flow of the page.
func (d *Doc) Table(t *Table) {
	if d.stopped() || len(t.Cols) == 0 {
		return
	}
	defer d.Open("Table", "")()
	set := tableSetter{d: d, t: t, room: d.geo.H - d.geo.Top - d.geo.Bottom}
	for i := range t.Head {
		h := d.layRow(t, &t.Head[i], true)
		set.heads = append(set.heads, h)
		set.headH += t.rest(h, make([]int, len(h.cells)))
	}
	set.repeat = set.headH < set.room/2
	set.min = t.Body.height()*2 + 2*t.Pad
	need := set.headH + set.min
	if len(t.Rows) > 0 { // the head goes with the first row if that is short
		first := 0.0
		d.measure(func() { r := d.layRow(t, &t.Rows[0], false); first = t.rest(r, make([]int, len(r.cells))) })
		if first < set.room/4 {
			need = set.headH + first
		}
	}
	d.Need(need)
	set.drawHeads()
	for i := range t.Rows {
		if d.stopped() {
			return
		}
		var fill *RGB
		if t.Zebra != nil && i%2 == 1 {
			fill = t.Zebra
		}
		set.row(d.layRow(t, &t.Rows[i], false), fill)
	}
}

// measure runs f without leaving structure or problems behind.
func (d *Doc) measure(f func()) {
	n, quiet := len(d.Nodes), d.Faces.quiet
	d.Faces.quiet = true
	f()
	d.Nodes, d.Faces.quiet = d.Nodes[:n], quiet
}

// layRow breaks the lines of a row and adds its structure.
func (d *Doc) layRow(t *Table, r *Row, head bool) laidRow {
	out := laidRow{row: r, head: head}
	defer d.Open("TR", "")()
	x, col := 0.0, 0
	for i := range r.Cells {
		c := &r.Cells[i]
		lc := laidCell{cell: c, x: x}
		title := t.title(col)
		for range max(c.Span, 1) {
			if col < len(t.Cols) {
				lc.w += t.Cols[col]
			}
			col++
		}
		x += lc.w
		st := t.Body
		if head {
			st = t.HeadStyle
		}
		for _, p := range c.Paras {
			if p.Where == "" && !head {
				p.Where = title
			}
			use := st
			if p.Style != nil {
				use = *p.Style
			}
			for _, l := range d.Lines(p, st, lc.w-2*t.Pad-use.Left) {
				lc.lines = append(lc.lines, laidLine{l, use})
			}
		}
		closeCell := d.Open(cellRole(c, head))
		lc.node = d.tag()
		closeCell()
		out.cells = append(out.cells, lc)
	}
	return out
}

// title is the text heading a column, used to say where a problem stands.
func (t *Table) title(col int) string {
	if len(t.Head) == 0 {
		return ""
	}
	at := 0
	for _, c := range t.Head[len(t.Head)-1].Cells {
		if at += max(c.Span, 1); col < at {
			if len(c.Paras) > 0 {
				return c.Paras[0].Text
			}
			return ""
		}
	}
	return ""
}

func cellRole(c *Cell, head bool) (typ, attr string) {
	typ = "TD"
	switch {
	case head:
		typ, attr = "TH", "/O /Table/Scope /Column"
	case c.RowHead:
		typ, attr = "TH", "/O /Table/Scope /Row"
	}
	if c.Span > 1 {
		if attr == "" {
			attr = "/O /Table"
		}
		attr += fmt.Sprintf("/ColSpan %d", c.Span)
	}
	return typ, attr
}

// TableHeight is the height a table would take on one endless page, in mm. It leaves nothing on the page.
func (d *Doc) TableHeight(t *Table) (h float64) {
	d.measure(func() {
		for i := range t.Head {
			r := d.layRow(t, &t.Head[i], true)
			h += t.rest(r, make([]int, len(r.cells)))
		}
		for i := range t.Rows {
			r := d.layRow(t, &t.Rows[i], false)
			h += t.rest(r, make([]int, len(r.cells)))
		}
	})
	return h
}
