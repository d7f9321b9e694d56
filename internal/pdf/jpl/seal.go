package jpl

// Vermilion is the colour of seals (朱).
var Vermilion = RGB{196, 38, 26}

// sealDiameter is that of an ordinary 認印, mm.
const sealDiameter = 11.0

// Seal draws a round name seal (印影) around x, y: one or two characters above each other, three as well, four in
// two columns from the right, more in one line.
func (d *Doc) Seal(p *Page, x, y float64, name string) {
	defer d.Open("P", "")()
	r := sealDiameter / 2
	p.Circle(x, y, r, 0.4, Vermilion)
	st := Style{Bold: true, Color: Vermilion, Lead: 1}
	at := Para{Text: name, Where: "印影", Name: true}
	c := d.Faces.glyphs(d.place(at), name, true)
	cols, rows := 1, len(c)
	switch {
	case len(c) == 0:
		return
	case len(c) == 4:
		cols, rows = 2, 2
	case len(c) > 4:
		d.fit(p, at, st, x, y, sealDiameter*0.86, sealDiameter*0.3)
		return
	}
	cell := sealDiameter * 0.70 / float64(max(rows, 2))
	st.Size = cell / mmPerPt
	left := x + cell*float64(cols)/2
	for i := range c {
		l := Line{Clusters: c[i : i+1], W: c[i].W, Hard: true}
		st.Align = Center
		d.putLine(p, l, st, left-cell*float64(i/rows+1), y-cell*float64(rows)/2+cell*float64(i%rows), cell)
	}
}

// DateSeal draws a date stamp (日付印) around x, y: three lines in a circle, such as 機関・日付・氏名.
func (d *Doc) DateSeal(p *Page, x, y float64, top, date, name string) {
	defer d.Open("P", "")()
	const r = 8.5
	p.Circle(x, y, r, 0.4, Vermilion)
	for _, dy := range []float64{-2.4, 2.4} {
		const half = 8.15 // half the chord at that height
		p.Line(x-half, y+dy, x+half, y+dy, 0.3, Vermilion)
	}
	st := Style{Bold: true, Color: Vermilion, Lead: 1}
	d.fit(p, Para{Text: top, Where: "日付印"}, st, x, y-4.7, 11.5, 3)
	d.fit(p, Para{Text: date, Where: "日付印"}, st, x, y, 15.5, 3.4)
	d.fit(p, Para{Text: name, Where: "日付印", Name: true}, st, x, y+4.7, 11.5, 3)
}

// fit draws one centred line around x, y, as large as width and height (mm) allow.
func (d *Doc) fit(p *Page, para Para, st Style, x, y, width, height float64) {
	l := oneLine(d.Faces.Shape(d.place(para), para.Text, st.Bold))
	if l.W == 0 {
		return
	}
	em := min(height, width*1000/float64(l.W))
	st.Size, st.Align = em/mmPerPt, Center
	d.putLine(p, l, st, x-width/2, y-em/2, width)
}
