package pdf

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kasane/internal/pdf/pdftest"
	"kasane/internal/seedtest"
)

// TestTypesetTextComesBackToTheLetter: the room between characters is no space in the text layer. Every short line is read
// back as it was written, a long paragraph once its lines are joined, however the reader puts the page together.
func TestTypesetTextComesBackToTheLetter(t *testing.T) {
	t.Parallel()
	seed := seedtest.Seed(t)
	r := rand.New(rand.NewPCG(seed, 6))
	pool := []rune("支援会議録同意機関あいうえおアイウー「」『』（）、。・：ABCxyz019%é𠮷髙①々")
	text := func(n int) string {
		rs := make([]rune, n)
		for i := range rs {
			rs[i] = pool[r.IntN(len(pool))]
		}
		return string(rs)
	}
	var short, cells []string
	for i := range 120 {
		short = append(short, fmt.Sprintf("〔%d%s〕", i, text(4+r.IntN(20))))
		cells = append(cells, fmt.Sprintf("【%d%s】", i, text(2+r.IntN(8))))
	}
	long := "令和8年11月23日（月）、「KASANE」のB会議室（3F）で、支援員2名・保健師1名が話した。「家から出たくない。」「母と2人で暮らす（今は）。」" +
		strings.Repeat("本人は「週2回、A型事業所（9:30〜15:00）へ通いたい」と述べ、『Bの家』・「C園」の2か所を見学した。", 9)
	res := build(t, New(Options{}), a4, func(d *Doc) {
		for i, s := range short {
			d.Para(s, Style{Size: 10.5, Align: Align(i % 4), Bold: i%5 == 0})
		}
		d.NewPage()
		d.Para(long, body)
		d.NewPage()
		tb := &Table{Cols: []float64{80, 80}, Pad: 1, Body: Style{Size: 9}}
		for i := 0; i < len(cells); i += 2 {
			tb.Rows = append(tb.Rows, Row{Cells: []Cell{Text(cells[i]), Text(cells[i+1])}})
		}
		d.Table(tb)
	})
	pdftest.Sound(t, res.PDF)
	for _, order := range [][]string{{"-raw"}, nil, {"-layout"}} {
		read := pdftest.Text(t, res.PDF, order...)
		for _, s := range append(short, cells...) {
			if !strings.Contains(read, s) {
				t.Errorf("seed %d, pdftotext %v: %q is not read back", seed, order, s)
			}
		}
		var flat strings.Builder
		for l := range strings.Lines(read) {
			flat.WriteString(strings.TrimSpace(l))
		}
		if !strings.Contains(flat.String(), long) {
			t.Errorf("pdftotext %v: the paragraph is not read back", order)
		}
	}
}

// picture is the first page in grey, ten dots to the millimetre, row by row.
func picture(t *testing.T, pdf []byte) (width int, dots []byte) {
	t.Helper()
	const dpi = 254
	out := filepath.Join(t.TempDir(), "page")
	pdftest.Run(t, "pdftoppm", "-gray", "-singlefile", "-r", fmt.Sprint(dpi), pdftest.Save(t, pdf), out)
	data, err := os.ReadFile(out + ".pgm")
	if err != nil {
		t.Fatal(err)
	}
	var w, h, depth int
	if _, err := fmt.Sscanf(string(data[:min(64, len(data))]), "P5\n%d %d\n%d", &w, &h, &depth); err != nil {
		t.Fatal(err)
	}
	return w, data[len(data)-w*h:]
}

// ink gives the first and the last column of the picture that is not white, in millimetres from the left edge.
func ink(t *testing.T, pdf []byte) (left, right float64) {
	t.Helper()
	w, dots := picture(t, pdf)
	first, last := w, 0
	for ; len(dots) > 0; dots = dots[w:] {
		if i := bytes.IndexFunc(dots[:w], func(r rune) bool { return r < 128 }); i >= 0 {
			first = min(first, i)
		}
		for x := w - 1; x >= 0; x-- {
			if dots[x] < 128 {
				last = max(last, x)
				break
			}
		}
	}
	return float64(first) / 10, float64(last) / 10
}

// TestInkStandsWhereTheLayoutSays: brackets at the edges of a line stand at the edge, in the picture and not in the numbers alone.
func TestInkStandsWhereTheLayoutSays(t *testing.T) {
	t.Parallel()
	const em = 20.0 // mm
	st := Style{Size: em * 72 / 25.4}
	for _, c := range []struct {
		text        string
		align       Align
		left, right float64 // edges of the room, mm; ink stands within a fifth of an em inside
	}{
		{"「あ」", Start, 25, 25 + 2*em},
		{"「あ」", End, 192 - 2*em, 192},
		{"（「あ」）", Start, 25, 25 + 3*em},
		{"あ「い」・「う」。", Start, 25, 25 + 7*em},
		{"HあH", Start, 25, 25 + 2.5*em},
	} {
		d := build(t, New(Options{}), a4, func(d *Doc) {
			st := st
			st.Align = c.align
			d.Footer = nil
			d.Para(c.text, st)
		})
		if l, r := ink(t, d.PDF); l < c.left-0.2 || l > c.left+em/5 || r > c.right+0.2 || r < c.right-em/4 {
			t.Errorf("%s: ink from %.1f to %.1f mm, room from %.1f to %.1f", c.text, l, r, c.left, c.right)
		}
	}
}
