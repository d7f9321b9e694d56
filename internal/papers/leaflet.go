package papers

import (
	"unicode/utf8"

	"kasane/internal/pdf"
)

// Look (様式) is in which form a person gets a paper.
type Look string

// The looks.
const (
	LookPlain Look = "normal" // 通常
	LookRuby  Look = "ruby"   // ふりがな
	LookEasy  Look = "easy"   // やさしい日本語
	LookLarge Look = "large"  // 大きな字
)

// Looks lists every look in the order of the screen.
func Looks() []Look { return []Look{LookPlain, LookRuby, LookEasy, LookLarge} }

// Label is the Japanese name of the look, "" for an unknown one.
func (l Look) Label() string {
	switch l {
	case LookPlain:
		return "通常"
	case LookRuby:
		return "ふりがな"
	case LookEasy:
		return "やさしい日本語"
	case LookLarge:
		return "大きな字"
	}
	return ""
}

// leaflet is a paper for a person: a sheet in one of the looks.
type leaflet struct {
	*sheet
	look Look
}

// scale is how much larger than usual the type is. A paper in easy language is larger too: who needs it reads slowly.
func (l *leaflet) scale() float64 {
	switch l.look {
	case LookLarge:
		return 1.6
	case LookEasy:
		return 1.3
	case LookRuby:
		return 1.15
	case LookPlain:
	}
	return 1
}

func (l *leaflet) ruby() bool { return l.look == LookRuby || l.look == LookEasy }

// say takes the words of a look: easy ones where the look is easy.
func (l *leaflet) say(usual, easy string) string {
	if l.look == LookEasy {
		return easy
	}
	return usual
}

// style is a style of the house in this look: readings need room above the line.
func (l *leaflet) style(st pdf.Style) pdf.Style {
	st.Size *= l.scale()
	st.Follow *= l.scale()
	if l.ruby() {
		st.Lead = max(st.Lead, 1.95)
	}
	return st
}

// p is a paragraph of fixed words, with readings where the look has them.
func (l *leaflet) p(text string) pdf.Para {
	p := pdf.Para{Text: text}
	if l.ruby() {
		p.Runs = furigana(text)
	}
	return p
}

// named is a person's name with its reading.
func (l *leaflet) named(field, name, kana string) pdf.Para {
	p := pdf.Para{Text: name, Where: field, Name: true}
	if kana != "" && l.ruby() {
		p.Runs = []pdf.Run{{Text: name, Reading: kana}}
	}
	return p
}

func (l *leaflet) para(text string, st pdf.Style) { l.Set(l.p(text), l.style(st)) }

func (l *leaflet) h1(text string) {
	st := titleStyle
	st.After = 3
	l.HeadingOf(1, l.p(text), l.style(st))
}

func (l *leaflet) h2(text string) {
	st := sectionStyle
	l.HeadingOf(2, l.p(text), l.style(st))
}

// list makes a table in this look. Wide columns for labels: 12.5 characters of them.
func (l *leaflet) list(cols ...float64) *pdf.Table {
	t := table(cols)
	t.Body, t.HeadStyle = l.style(cellStyle), l.style(headStyle)
	t.Continued = ""
	return t
}

// pairs is a table of labels and values.
func (l *leaflet) pairs() *pdf.Table {
	w := 38 * min(l.scale(), 1.35)
	return l.list(w, l.Inner()-w)
}

// row adds a line to a table of pairs; more paragraphs stand one under the other.
func (l *leaflet) row(t *pdf.Table, name string, value ...pdf.Para) {
	lab := l.p(name)
	st := l.style(labelStyle)
	lab.Style = &st
	for i := range value {
		if value[i].Where == "" {
			value[i].Where = name
		}
	}
	t.Rows = append(t.Rows, pdf.Row{NoSplit: true, MinHeight: 8 * min(l.scale(), 1.4), Cells: []pdf.Cell{
		{Paras: []pdf.Para{lab}, Fill: &nameFill, RowHead: true, Middle: true}, {Paras: value, Middle: true},
	}})
}

// boxGap stands between two boxes. Half-width spaces are left behind where a line ends.
const boxGap = "  "

// keepTogether is the longest label that is never broken over two lines.
const keepTogether = 14

// boxes is a line of check boxes; a box stays with its label.
func (l *leaflet) boxes(list []Check) pdf.Para {
	var p pdf.Para
	for i, c := range list {
		mark := "☐"
		if c.Checked {
			mark = "☑"
		}
		if i > 0 {
			p.Text, p.Runs = p.Text+boxGap, append(p.Runs, pdf.Run{Text: boxGap})
		}
		p.Text, p.Runs = p.Text+mark+c.Label, append(p.Runs, pdf.Run{Text: mark})
		label := []pdf.Run{{Text: c.Label}}
		if l.ruby() {
			label = furigana(c.Label)
		}
		short := utf8.RuneCountInString(c.Label) <= keepTogether
		for j := range label {
			label[j].Whole, label[j].Tied = short, short || j == 0
		}
		p.Runs = append(p.Runs, label...)
	}
	return p
}

// blank is an empty place to write in.
func blank() pdf.Para { return pdf.Para{Text: "　"} }

// Stroke is one stroke of a screen signature: x and y between 0 and 1.
type Stroke [][2]float64

// signed stands for a signature that was given on the screen, which has no text, where somebody marks what a 開示用 copy leaves out.
const signed = "（署名）"

// signature draws the place to sign, or the signature that was given on the screen.
func (l *leaflet) signature(name string, strokes []Stroke) {
	const h = 24.0
	w := l.Inner() * 0.66
	l.Need(h + 12)
	l.para(name, labelStyle)
	g, p := l.Geometry(), l.Page()
	x, y := g.Left, l.Y()+1
	p.Frame(x, y, w, h, 0.3, rule)
	if len(strokes) > 0 && l.edited(name, signed, true, false) != signed { // blacked out: not a stroke of it is drawn
		p.Fill(x+1, y+1, w-2, h-2, black)
		strokes = nil
	}
	// the box of the screen is 3 to 1; it stands in the middle of the place on paper
	sh := h - 4
	sw := min(sh*3, w-4)
	for _, s := range strokes {
		for i := 1; i < len(s); i++ {
			p.Line(x+2+s[i-1][0]*sw, y+2+s[i-1][1]*sh, x+2+s[i][0]*sw, y+2+s[i][1]*sh, 0.45, black)
		}
	}
	l.Skip(h + 3)
}
