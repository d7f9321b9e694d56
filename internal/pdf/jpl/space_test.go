package jpl

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"kasane/internal/pdf/fontx"
	"kasane/internal/seedtest"
)

// The rules of the room between characters, written down a second time so that the test does not lean on the code it tests.
const (
	opening = "（〔［｛〈《「『【〘〖"
	closing = "）〕］｝〉》」』】〙〗、。，．"
	middle  = "・：；"
)

func isLatin(c Cluster) bool {
	return c.Natural < 1000 && (unicode.In(c.R, unicode.Latin, unicode.Greek, unicode.Cyrillic) || strings.ContainsRune("0123456789%#$&", c.R))
}

func isJapanese(c Cluster) bool {
	return unicode.In(c.R, unicode.Han, unicode.Hiragana) || c.R == 'ー' || unicode.Is(unicode.Katakana, c.R) && c.R < 0x3100
}

// rooms says what is wrong with the room the characters of a line take; it is for text without readings, before drawing. The gaps of a line are the
// widest that fit; they are none in a text that has one line so.
func rooms(l Line, width int, alone bool) string {
	line := l.Clusters
	gap, gaps := 250, 0
	for i := range line {
		if line[i].Gap > 0 {
			gap = min(gap, line[i].Gap)
		}
		if i+1 < len(line) && (isLatin(line[i]) && isJapanese(line[i+1]) || isJapanese(line[i]) && isLatin(line[i+1])) {
			if gaps++; line[i].Gap == 0 {
				gap = 0
			}
		}
	}
	if next := map[int]int{250: 0, 125: 125, 0: 125}[gap]; gaps > 0 && (gap == 0 && !alone || next > 0 && l.W-l.Hang+gaps*next <= width) {
		return fmt.Sprintf("gaps of %d in a line of %d, measure %d", gap, l.W, width)
	}
	for len(line) > 0 && line[len(line)-1].R == ' ' {
		line = line[:len(line)-1]
	}
	sum := 0
	for i, c := range line {
		want := c.Natural
		before, after := rune(0), rune(0)
		if i > 0 {
			before = line[i-1].R
		}
		if i+1 < len(line) {
			after = line[i+1].R
		}
		full := c.Natural == 1000
		switch {
		case full && strings.ContainsRune(opening, c.R) && (i == 0 || strings.ContainsRune(opening+middle, before)),
			full && strings.ContainsRune(closing, c.R) && (i+1 == len(line) || strings.ContainsRune(opening+closing+middle, after)):
			want -= 500
		case i+1 < len(line) && (isLatin(c) && isJapanese(line[i+1]) || isJapanese(c) && isLatin(line[i+1])):
			want += gap
		}
		if c.W != want {
			return fmt.Sprintf("%q takes %d, want %d", c.Text, c.W, want)
		}
		sum += c.W
	}
	if l.W != sum {
		return fmt.Sprintf("%d wide, its characters take %d", l.W, sum)
	}
	return ""
}

func TestRoomByHand(t *testing.T) {
	t.Parallel()
	fa := testFaces(t)
	for _, c := range []struct {
		text  string
		milli int // measure
		hang  bool
		lines string // every line with its width in 1/1000 em
	}{
		{"「あ」「い」。", 9000, false, "「あ」「い」。:5000"}, // ½ + 1 + ½ + ½ blank inside + …
		{"（「『あ』」）", 9000, false, "（「『あ』」）:4000"},
		{"あ・「い」・う", 9000, false, "あ・「い」・う:6000"},
		{"第3回", 9000, false, "第3回:3000"},
		{"A会議B", 9000, false, "A会議B:3500"},
		{"第 3 回", 9000, false, "第 3 回:3500"},
		{"Ａ会議", 9000, false, "Ａ会議:3000"},
		{"（A）", 9000, false, "（A）:1500"},
		{"会議「録」", 3500, false, "会議:2000｜「録」:2000"},
		{"会議「録」", 4500, false, "会議「録」:4500"},
		{"本人同意。", 4500, true, "本人同意。:4500"},
		{"本人同意。", 4000, true, "本人同意。:4500"}, // in the margin
		{"会議B支援", 2500, true, "会議:2000｜B支:1750｜援:1000"},
		{"会議B支援", 2625, true, "会議B:2625｜支援:2000"},
		{"会議B支援", 4500, true, "会議B支:4000｜援:1000"},
		{"会議B支援", 4500, false, "会議B支援:4500"}, // rather no gap than a second line
		{"会議B支援", 4900, false, "会議B支援:4750"},
		{"R8.11.16指定", 6110, false, "R8.11.16指定:6000"},
		{"会議B支援", 2750, false, "会議B:2750｜支援:2000"}, // the gap at a line's end is none
		{"会議。 支援", 3000, false, "会議。 :2500｜支援:2000"},
	} {
		var got []string
		for _, l := range Break(fa.Shape(Place{}, c.text, false), c.milli, c.hang) {
			got = append(got, fmt.Sprintf("%s:%d", joined(l.Clusters), l.W))
		}
		if s := strings.Join(got, "｜"); s != c.lines {
			t.Errorf("%q in %d: %s, want %s", c.text, c.milli, s, c.lines)
		}
	}
}

// What is drawn has the room in the font itself, so no reader of the page sees a gap it could take for a space; a
// cell that is drawn again on the next page is as it was.
func TestTheCutFontHoldsTheRoom(t *testing.T) {
	t.Parallel()
	seed := seedtest.Seed(t)
	r := rand.New(rand.NewPCG(seed, 5))
	pool := []rune("支援会議「」『』（）、。・ABC0123あいうアイウ𠮷髙é　 ")
	d := NewDoc(context.Background(), testFaces(t), Geometry{W: 210, H: 297, Left: 25, Right: 15, Top: 20, Bottom: 20}, 300)
	text := func() string {
		rs := make([]rune, 1+r.IntN(90))
		for i := range rs {
			rs[i] = pool[r.IntN(len(pool))]
		}
		return string(rs)
	}
	for n := range 60 {
		d.Para(text(), Style{Size: 10, Align: Align(n % 4), Bold: n%2 == 0})
	}
	row := Row{}
	for k := range 2 {
		c := Text(strings.Repeat(text(), 1+k*60))
		c.Repeat = k == 0
		row.Cells = append(row.Cells, c)
	}
	d.Table(&Table{Cols: []float64{60, 95}, Pad: 1.2, Body: Style{Size: 9}, Rows: []Row{row}})
	var faces []*fontx.Font
	for _, s := range d.Faces.Slots {
		f, err := fontx.Parse("cut", s.Subset.TTF())
		if err != nil {
			t.Fatal(err)
		}
		faces = append(faces, f)
	}
	narrow := 0
	for _, p := range d.Pages {
		for _, o := range p.Ops {
			for _, c := range o.Clusters {
				g, ok, _ := faces[c.Slot].Glyph(rune(c.Code), 0)
				if !ok || c.W != c.Natural || max(faces[c.Slot].Advance(g)-c.W, c.W-faces[c.Slot].Advance(g)) > 1 {
					t.Fatalf("seed %d: %q takes %d, its glyph %d (found %v)", seed, c.Text, c.W, faces[c.Slot].Advance(g), ok)
				}
				if c.Trim || c.Gap > 0 {
					narrow++
				}
			}
		}
	}
	if narrow < 100 {
		t.Errorf("only %d characters in a room of their own", narrow)
	}
}
