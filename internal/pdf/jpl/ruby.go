package jpl

// Run is a piece of a paragraph with its reading (ルビ). Without a reading it is plain text.
type Run struct {
	Text    string
	Reading string
	Whole   bool // no line begins inside it
	Tied    bool // nor with it: it belongs to the run before
}

// Ruby is the reading above a group of characters; it hangs at the group's first cluster. A group is never broken over two lines.
type Ruby struct {
	Clusters []Cluster
	W        int // natural width, 1/1000 of the reading's own em
	N        int // clusters of the group
}

// rubySize is the size of a reading against the text below it.
const rubySize = 0.5

// ShapeRuns turns runs into clusters, with the readings where there are any. A reading wider than its group pushes the group's characters apart.
func (f *Faces) ShapeRuns(at Place, runs []Run, bold bool) []Cluster {
	var out []Cluster
	for _, r := range runs {
		group := f.glyphs(at, r.Text, bold)
		if r.Reading != "" && len(group) > 0 {
			f.annotate(at, group, r.Reading)
		}
		for i := range group {
			group[i].Tied = group[i].Tied || r.Whole && i > 0 || r.Tied
		}
		out = append(out, group...)
	}
	return space(out)
}

func (f *Faces) annotate(at Place, group []Cluster, reading string) {
	ruby := &Ruby{Clusters: f.glyphs(at, reading, false), N: len(group)}
	base := 0
	for i := range group {
		if group[i].R == '\n' { // no reading over two lines
			return
		}
		group[i].Tied = i > 0
		base += group[i].W
	}
	for _, c := range ruby.Clusters {
		ruby.W += c.W
	}
	if more := int(float64(ruby.W)*rubySize) - base; more > 0 {
		each := more / len(group)
		for i := range group {
			group[i].Lead = each / 2
			group[i].W += each
		}
	}
	group[0].Ruby = ruby
}

// putRuby draws the readings of a line whose first character stands at x on the base line.
func (d *Doc) putRuby(p *Page, l Line, st Style, x, base, spread float64) {
	em := st.em()
	for i, c := range l.Clusters {
		if c.Ruby != nil {
			width := spread * float64(c.Ruby.N-1)
			group := l.Clusters[i:min(i+c.Ruby.N, len(l.Clusters))]
			for _, g := range group {
				width += float64(g.W) / 1000 * em
			}
			width -= float64(group[len(group)-1].Gap) / 1000 * em // that to the next letter is not above the group
			natural := float64(c.Ruby.W) / 1000 * em * rubySize
			gap := max(width-natural, 0) / float64(len(c.Ruby.Clusters))
			left := x + gap/2
			if natural > width {
				left = x - (natural-width)/2
			}
			p.Ops = append(p.Ops, Op{
				Kind: OpText, X: left, Y: base - em*(0.88+0.12*rubySize+0.03), Clusters: c.Ruby.Clusters, Size: st.Size * rubySize, Spread: gap,
				Color: st.Color, // an artifact: a reader that speaks has the text itself
			})
		}
		x += float64(c.W)/1000*em + spread
	}
}
