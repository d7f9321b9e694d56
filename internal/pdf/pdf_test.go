package pdf

import (
	"context"
	"strings"
	"testing"
	"time"

	"kasane/internal/pdf/pdftest"
)

var (
	a4   = Geometry{W: 210, H: 297, Left: 25, Right: 18, Top: 25, Bottom: 22}
	wide = Geometry{W: 420, H: 297, Left: 20, Right: 15, Top: 25, Bottom: 22}
	at   = time.Date(2026, 11, 23, 15, 4, 5, 0, time.FixedZone("JST", 9*3600))
	body = Style{Size: 10.5, Lead: 1.6, Align: Justify}
)

// hardNames are names that break ordinary software.
var hardNames = []string{
	"𠮷田", "髙橋", "山\uFA11", "渡邉\U000E0100", "渡邊\U000E0100", "\uFA10本", "\uFA19谷", "葛\U000E0100城",
	"Nguyễn Thị Thu Hà", "Søren Åkesson", "José Núñez Ágreda", "François Lefèvre", "Łukasz Żółć",
	"か\u3099", "は\u309Aん", "ｱｲｳｴｵ", "①②⑳㈱㍻㋿", "№１〜２～３", "e\u0301té", "☐未 ☑済 ☒否 ✔",
}

func build(t testing.TB, e *Engine, g Geometry, fill func(*Doc)) Result {
	t.Helper()
	d, err := e.Begin(context.Background(), g)
	if err != nil {
		t.Fatal(err)
	}
	d.Footer = func(d *Doc, p *Page, n, total int) {
		d.Put(p, Para{Text: "頁"}, Style{Size: 8, Align: Center}, p.Geo.Left, p.H-15, p.W-p.Geo.Left-p.Geo.Right)
	}
	fill(d)
	r, err := e.Finish(context.Background(), d, Meta{Title: "試験𠮷", Author: "事務局", Subject: "題", Keywords: "K-1", Time: at})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestHardNamesComeBackExactly(t *testing.T) {
	t.Parallel()
	e := New(Options{})
	r := build(t, e, a4, func(d *Doc) {
		d.Heading(1, "𠮷田家の記録", Style{Size: 16, Bold: true})
		for _, n := range hardNames {
			d.Para(n, body)
			d.Para(n, Style{Size: 12, Bold: true})
		}
	})
	pdftest.Sound(t, r.PDF)
	if len(r.Problems) != 0 {
		t.Errorf("problems: %v", r.Problems)
	}
	text := pdftest.Text(t, r.PDF, "-raw")
	for _, n := range hardNames {
		if got := strings.Count(pdftest.Ink(text), pdftest.Ink(n)); got < 2 {
			t.Errorf("%q (%x) read back %d times", n, n, got)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}
