package jpl

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"kasane/internal/pdf/fonts"
	"kasane/internal/pdf/fontx"
)

func testFaces(t testing.TB) *Faces {
	t.Helper()
	f, err := NewFaces(Fonts{Regular: fonts.Regular, Bold: fonts.Bold, Fallback: []Source{fontx.Symbols, fonts.Noto}})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// The core of 禁則処理, written down a second time so that the test does not lean on the tables it tests.
const (
	neverFirst = "、。，．・：；？！」』）〕］｝〉》】々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"
	neverLast  = "「『（〔［｛〈《【"
)

func joined(c []Cluster) string {
	var b strings.Builder
	for _, x := range c {
		b.WriteString(x.Text)
	}
	return b.String()
}

// couldBreak says whether a line had any permitted place inside.
func couldBreak(c []Cluster) bool {
	for q := 1; q < len(c); q++ {
		prev := strings.TrimRight(joined(c[:q]), " ")
		last := []rune(prev)
		if len(last) > 0 && !endBad[last[len(last)-1]] && !forbidden(c[q-1].R, c[q].R) {
			return true
		}
	}
	return false
}

func TestBreakingKeepsTextWidthAndKinsoku(t *testing.T) {
	t.Parallel()
	const seed = 20261123
	r := rand.New(rand.NewPCG(seed, 1))
	t.Logf("seed %d", seed)
	pool := []rune("支援会議録本人同意機関役割あいうえおっゃゅょーアイウッ、。，．「」（）『』…―〜・：ABCdef0123 年月日％！？々①㈱ｱｲｳ｡｢｣/&=.,:-𠮷髙☐ \n第回éЖＡ％")
	fa := testFaces(t)
	lines, forced := 0, 0
	for n := range 20000 {
		rs := make([]rune, 1+r.IntN(120))
		for i := range rs {
			rs[i] = pool[r.IntN(len(pool))]
		}
		s, width := string(rs), 3000+r.IntN(30000)
		c := fa.Shape(Place{}, s, n%3 == 0)
		var got strings.Builder
		broken := Break(c, width, n%2 == 0)
		for i, l := range broken {
			lines++
			got.WriteString(joined(l.Clusters))
			if l.Hard && i < len(broken)-1 {
				got.WriteString("\n")
			}
			if l.W-l.Hang > width {
				t.Fatalf("seed %d: %q: line %q is %d wide, measure %d", seed, s, joined(l.Clusters), l.W, width)
			}
			if wrong := rooms(l, width, n%2 == 1 && l.Hard && (i == 0 || broken[i-1].Hard)); wrong != "" {
				t.Fatalf("seed %d: %q: line %q: %s", seed, s, joined(l.Clusters), wrong)
			}
			if i == 0 || broken[i-1].Hard || len(l.Clusters) == 0 {
				continue
			}
			above := broken[i-1].Clusters
			first := l.Clusters[0].R
			last := []rune(strings.TrimRight(joined(above), " "))
			wrong := strings.ContainsRune(neverFirst, first) ||
				len(last) > 0 && strings.ContainsRune(neverLast, last[len(last)-1])
			if !wrong {
				continue
			}
			if couldBreak(above) {
				t.Fatalf("seed %d: %q at %d: 「%s｜%s」 was avoidable", seed, s, width, joined(above), joined(l.Clusters))
			}
			forced++
		}
		if strings.TrimRight(got.String(), "\n") != strings.TrimRight(s, "\n") {
			t.Fatalf("seed %d: text changed\n%q\n%q", seed, s, got.String())
		}
	}
	t.Logf("%d lines, %d without a permitted place", lines, forced)
}

func TestBreakingByHand(t *testing.T) {
	t.Parallel()
	fa := testFaces(t)
	for _, c := range []struct {
		text  string
		em    int
		hang  bool
		lines string // separated by ｜
	}{
		{"本人同意。", 4, true, "本人同意。"},
		{"本人同意。", 4, false, "本人同｜意。"},
		{"会議「録」", 3, false, "会議｜「録」"},
		{"あいうっ", 3, false, "あい｜うっ"},
		{"令和8年12月", 4, false, "令和8年｜12月"},
		{"会議第3回を", 3, false, "会議｜第3回｜を"},
		{"見よhttps://a.jp/bcd", 7, false, "見よhttps://｜a.jp/bcd"},
		{"abcdefghij", 3, false, "abcdef｜ghij"},
		{"一行\n二行", 9, false, "一行｜二行"},
		{"渡邉\U000E0100様", 2, false, "渡邉\U000E0100｜様"},
		{"", 5, false, ""},
	} {
		var got []string
		for _, l := range Break(fa.Shape(Place{}, c.text, false), c.em*1000, c.hang) {
			got = append(got, joined(l.Clusters))
		}
		if s := strings.Join(got, "｜"); s != c.lines {
			t.Errorf("%q in %d em: %q, want %q", c.text, c.em, s, c.lines)
		}
	}
}

func TestProblemsAreListed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		kinds string
	}{
		{"渡邉\U000E0100", ""},
		{"𠮷田 髙 ☑", ""},
		{"😀", "no_glyph:U+1F600"},
		{"\uE000", "no_glyph:U+E000"},
		{"山\U000E01EF", "variation_lost:U+5C71 U+E01EF"},
		{"☎\uFE0E", ""},
		{"a\xffb", "invalid_text:0xFF"},
		{"a\u202Eb\x00", "dropped:U+202E,dropped:U+0000"},
		{"か\u3099", ""},
	} {
		fa := testFaces(t)
		out := fa.Shape(Place{Where: "氏名", Name: true}, c.text, false)
		var got []string
		for _, p := range fa.Problems {
			got = append(got, string(p.Kind)+":"+p.Code)
			if p.Where != "氏名" || !p.Name {
				t.Errorf("%q: problem lost its place: %+v", c.text, p)
			}
		}
		if s := strings.Join(got, ","); s != c.kinds {
			t.Errorf("%q: %s, want %s", c.text, s, c.kinds)
		}
		if len(out) == 0 {
			t.Errorf("%q: nothing drawn", c.text)
		}
	}
}

func TestFallbackThatCannotOpenIsPassedOver(t *testing.T) {
	t.Parallel()
	broken := func() (*fontx.Font, error) { return nil, errors.New("no such file") }
	fa, err := NewFaces(Fonts{Regular: fonts.Regular, Bold: fonts.Bold, Fallback: []Source{broken}})
	if err != nil {
		t.Fatal(err)
	}
	fa.Shape(Place{}, "山田", false)
	if fa.FallbackErr() != nil {
		t.Error("the fallback was opened without need")
	}
	fa.Shape(Place{}, "𠮷田", false)
	if fa.FallbackErr() == nil || len(fa.Problems) != 1 || fa.Problems[0].Kind != NoGlyph {
		t.Errorf("error %v, problems %v", fa.FallbackErr(), fa.Problems)
	}
}

// More glyphs without a code of their own than one font has private codes: a second cut font takes over.
func TestPrivateCodesRunOver(t *testing.T) {
	t.Parallel()
	fa := testFaces(t)
	const n = 7000
	for r := rune(0x30000); r < 0x30000+n; r++ { // no face has these: 〓 with a meaning of its own each
		fa.Shape(Place{}, string(r), false)
	}
	body, codes := 0, 0
	for _, s := range fa.Slots {
		codes += s.Subset.Len()
		if s.Subset.Font() == fa.regular {
			body++
		}
	}
	if body != 2 || codes != n {
		t.Fatalf("%d cut fonts of the body face, %d codes", body, codes)
	}
	if len(fa.Problems) != maxProblems+1 {
		t.Fatalf("%d problems listed", len(fa.Problems))
	}
}

func TestTableDrawsEveryLineOnceInsideTheMargins(t *testing.T) {
	t.Parallel()
	const seed = 7
	r := rand.New(rand.NewPCG(seed, 2))
	for n := range 60 {
		d := NewDoc(context.Background(), testFaces(t), Geometry{W: 210, H: 297, Left: 25, Right: 15, Top: 20, Bottom: 20}, 300)
		tb := &Table{
			Cols: []float64{15, 60, 95}, Pad: 1.2, Continued: "（続き）",
			Body: Style{Size: 9 + float64(r.IntN(4))}, HeadStyle: Style{Size: 9, Bold: true},
			Head: []Row{{Cells: []Cell{Text("番"), Text("名"), Text("内容")}}},
		}
		var want strings.Builder
		for i := range 1 + r.IntN(12) {
			row := Row{NoSplit: r.IntN(2) == 0}
			for k := range 3 {
				s := fmt.Sprintf("⟨%d.%d⟩", i, k)
				if k > 0 {
					s += strings.Repeat("内容を検討した、", r.IntN(1<<r.IntN(10)))
				}
				want.WriteString(s)
				row.Cells = append(row.Cells, Text(s))
			}
			tb.Rows = append(tb.Rows, row)
		}
		d.Skip(float64(r.IntN(200)))
		d.Table(tb)
		got := map[int]string{}
		for _, p := range d.Pages {
			for _, o := range p.Ops {
				if o.Y > p.H-p.Geo.Bottom+0.01 || o.Kind == OpFrame && o.Y+o.Y2 > p.H-p.Geo.Bottom+0.01 {
					t.Fatalf("seed %d, table %d: something stands at %.1f, below the margin", seed, n, o.Y+o.Y2)
				}
				if o.Kind == OpText && o.Tag != 0 {
					got[o.Tag] += joined(o.Clusters)
				}
			}
		}
		var all strings.Builder
		for i := range d.Nodes {
			if d.Nodes[i].Type == "TD" {
				all.WriteString(got[i])
			}
		}
		if all.String() != want.String() {
			t.Fatalf("seed %d, table %d: text of the cells changed", seed, n)
		}
	}
}

func BenchmarkShapeAndBreak(b *testing.B) {
	fa := testFaces(b)
	s := strings.Repeat("本日の会議では、重層的支援会議における支援プランについて検討した。", 30)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Break(fa.Shape(Place{}, s, false), 44000, true)
	}
}
