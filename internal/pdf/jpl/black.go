package jpl

// Black (墨) in a text stands for one character that was blacked out. It is a noncharacter, so no text of a person holds it; it means something only
// in a document whose Faces say so, and is dropped like any other control character elsewhere.
const Black = '\uFDD0'

// blackSign is what a blacked-out character is in the text layer: who has the paper read aloud hears that something was there.
const blackSign = '■'

// black is the cluster of a blacked-out character. All take the same room, so that the bar tells how many there are and nothing else.
func (f *Faces) black(bold bool) Cluster {
	font, gid, _ := f.find(blackSign, 0, bold)
	if font == nil {
		return f.missing(blackSign, string(blackSign), bold)
	}
	c := f.cluster(font, gid, blackSign, string(blackSign))
	c.W, c.Black = 1000, true
	return c
}

// putBlack draws one bar over every run of blacked-out characters of a line whose first character stands at x on the base line.
func (d *Doc) putBlack(p *Page, l Line, st Style, x, base, spread float64) {
	em := st.em()
	from, open := x, false
	bar := func(to float64) {
		if open {
			p.Fill(from, base-em*0.9, to-from, em*1.06, RGB{})
			open = false
		}
	}
	for _, c := range l.Clusters {
		if c.Black != open {
			bar(x)
			from, open = x, c.Black
		}
		x += float64(c.W)/1000*em + spread
	}
	bar(x - spread)
}
