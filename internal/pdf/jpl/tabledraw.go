package jpl

// tableSetter carries a table through the pages.
type tableSetter struct {
	d      *Doc
	t      *Table
	heads  []laidRow
	headH  float64
	room   float64 // height of an empty page
	min    float64 // two lines: less is not worth beginning
	repeat bool    // heads are drawn on later pages (not when they fill half a page)
}

func (s *tableSetter) drawHeads() {
	for _, h := range s.heads {
		from := make([]int, len(h.cells))
		s.piece(h, from, s.t.rest(h, from), &s.t.HeadFill)
	}
}

// turn goes to the next page; what it repeats there is no part of the structure.
func (s *tableSetter) turn() {
	s.d.NewPage()
	if s.d.err != nil {
		return
	}
	s.d.asArtifact(func() {
		if s.t.Continued != "" {
			st := s.t.Body
			st.Size *= 0.9
			s.d.Para(s.t.Continued, st)
		}
		if s.repeat {
			s.drawHeads()
		}
	})
}

// row draws a row, over as many pages as it takes. Short rows move whole; long ones are cut between lines.
func (s *tableSetter) row(r laidRow, fill *RGB) {
	d, from := s.d, make([]int, len(r.cells))
	full := s.t.rest(r, from)
	room := s.room - s.headH - 6
	if left := d.Room(); full > left && d.y > d.geo.Top && (r.row.NoSplit && full <= room || full <= room/4 || left < s.min) {
		s.turn()
	}
	for d.err == nil {
		next, done := s.piece(r, from, min(s.t.rest(r, from), d.Room()), fill)
		if done {
			return
		}
		from = next
		s.turn()
	}
}

// piece draws the lines from index from on of every cell that fit in h, with borders; done says that none is left.
func (s *tableSetter) piece(r laidRow, from []int, h float64, fill *RGB) (next []int, done bool) {
	d, p, t := s.d, s.d.page(), s.t
	next, done = make([]int, len(r.cells)), true
	progress := false
	for i, c := range r.cells {
		next[i] = from[i] + fitting(c.lines[from[i]:], h-2*t.padY())
		progress = progress || next[i] > from[i]
		done = done && next[i] == len(c.lines)
	}
	if !done && !progress { // a line higher than the page: draw it all the same
		for i, c := range r.cells {
			next[i] = min(from[i]+1, len(c.lines))
		}
	}
	h = max(h, 2*t.padY())
	for i, c := range r.cells {
		s.cell(p, r, c, from[i], next[i], h, fill)
	}
	for _, c := range r.cells {
		p.Frame(d.geo.Left+c.x, d.y, c.w, h, 0.2, t.Rule)
	}
	d.y += h
	return next, done
}

// fitting is the number of lines that fit in h, leaving no single line over when that can be helped.
func fitting(lines []laidLine, h float64) int {
	n := 0
	for _, l := range lines {
		if h -= l.st.height(); h < -1e-6 {
			break
		}
		n++
	}
	if n > 2 && n == len(lines)-1 {
		n--
	}
	return n
}

func (s *tableSetter) cell(p *Page, r laidRow, c laidCell, from, to int, h float64, fill *RGB) {
	d, t := s.d, s.t
	x, y := d.geo.Left+c.x, d.y
	if c.cell.Fill != nil {
		fill = c.cell.Fill
	}
	if fill != nil {
		p.Fill(x, y, c.w, h, *fill)
	}
	if of := min(c.cell.Bar.Of, 1); of > 0 && from == 0 {
		p.Fill(x+t.Pad, y+h*0.22, (c.w-2*t.Pad)*of, h*0.56, c.cell.Bar.Color)
	}
	lines := c.lines[from:to]
	again := c.cell.Repeat && from > 0 && from == len(c.lines)
	if again {
		lines = c.lines
	}
	used := 0.0
	for _, l := range lines {
		used += l.st.height()
	}
	ty := y + t.padY()
	if r.head || c.cell.Middle && from == 0 && to == len(c.lines) {
		ty = y + (h-used)/2
	}
	old, oldArtifact := d.cur, d.artifact
	d.cur = c.node
	d.artifact = oldArtifact || again
	for _, l := range lines {
		if again && ty+l.st.height() > y+h {
			break
		}
		d.putLine(p, l.line, l.st, x+t.Pad+l.st.Left, ty, c.w-2*t.Pad-l.st.Left)
		ty += l.st.height()
	}
	d.cur, d.artifact = old, oldArtifact
}
