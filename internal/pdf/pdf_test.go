package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"kasane/internal/pdf/fonts"
	"kasane/internal/pdf/fontx"
	"kasane/internal/pdf/pdfa"
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

// Every character and every variation the faces carry, drawn and read back.
func TestEveryCharacterOfTheFacesComesBack(t *testing.T) {
	t.Parallel()
	biz, err := fonts.Regular()
	if err != nil {
		t.Fatal(err)
	}
	noto, err := fonts.Noto()
	if err != nil {
		t.Fatal(err)
	}
	set := map[string]bool{}
	for _, f := range []*fontx.Font{biz, noto} {
		for r := range f.Runes {
			if !unicode.IsSpace(r) && unicode.IsPrint(r) && !unicode.Is(unicode.M, r) {
				set[string(r)] = true
			}
		}
		for base, selector := range f.Variations {
			set[string(base)+string(selector)] = true
		}
	}
	all := slices.Sorted(maps.Keys(set))
	t.Logf("%d characters and variations", len(all))
	if len(all) < 15000 {
		t.Fatalf("only %d characters", len(all))
	}
	r := build(t, New(Options{}), a4, func(d *Doc) {
		for part := range slices.Chunk(all, 40) {
			d.Para("｜"+strings.Join(part, "")+"｜", Style{Size: 7, Lead: 1.4})
		}
	})
	pdftest.Sound(t, r.PDF)
	if len(r.Problems) > 0 {
		t.Errorf("%d problems, such as %+v", len(r.Problems), r.Problems[0])
	}
	text := pdftest.Ink(strings.ReplaceAll(pdftest.Text(t, r.PDF, "-raw"), "頁", ""))
	bad := 0
	for part := range slices.Chunk(all, 40) {
		if want := "｜" + strings.ReplaceAll(strings.Join(part, ""), "頁", "") + "｜"; !strings.Contains(text, want) {
			if bad++; bad < 4 {
				_, got, _ := strings.Cut(text, want[:12])
				t.Errorf("not read back: %s\nnear: %.300s", want, got)
			}
		}
	}
	if bad > 0 {
		t.Errorf("%d of %d lines are not read back", bad, len(all)/40)
	}
}

func sample(t testing.TB, e *Engine, blocks int) Result {
	return build(t, e, a4, func(d *Doc) {
		d.Heading(1, "会議録", Style{Size: 16, Bold: true})
		for i := range blocks {
			d.Heading(2, fmt.Sprintf("議題%d　渡邉\U000E0100さんと𠮷田さん", i+1), Style{Size: 12, Bold: true, Before: 3, After: 1, Follow: 15})
			d.Para(strings.Repeat("母は「介護を受けながら家で暮らしたい」と話し、長男は「家から出たくない」と述べた。", 6), body)
			tb := &Table{
				Cols: []float64{12, 35, 80, 40}, Pad: 1.3, HeadFill: RGB{230, 236, 242}, Rule: RGB{90, 90, 90},
				Body: Style{Size: 9.5}, HeadStyle: Style{Size: 9.5, Bold: true, Align: Center},
				Head: []Row{{Cells: []Cell{Text("№"), Text("項目"), Text("検討内容"), Text("結論")}}},
			}
			for k := range 4 {
				tb.Rows = append(tb.Rows, Row{Cells: []Cell{
					Text(fmt.Sprint(k + 1)), Text("服薬の管理"), Text(strings.Repeat("物忘れが進み、服薬の管理が難しい。", 4)), Text("☑ 訪問看護を調整する"),
				}})
			}
			d.Table(tb)
			d.Seal(d.Page(), 150, 20, "髙橋")
			d.DateSeal(d.Page(), 180, 20, "地域包括", "R8.11.23", "𠮷田")
		}
	})
}

func TestSameDocumentSameBytes(t *testing.T) {
	want := sample(t, New(Options{}), 4)
	for _, procs := range []int{1, 4} {
		old := runtime.GOMAXPROCS(procs)
		for n := range 10 {
			if got := sample(t, New(Options{}), 4); !bytes.Equal(got.PDF, want.PDF) || got.Version != want.Version {
				t.Errorf("GOMAXPROCS %d, run %d: other bytes", procs, n)
			}
		}
		runtime.GOMAXPROCS(old)
	}
}

func TestConcurrentDocumentsDoNotMeet(t *testing.T) {
	t.Parallel()
	e := New(Options{Parallel: 3})
	want := sample(t, e, 2)
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			if got := sample(t, e, 2); !bytes.Equal(got.PDF, want.PDF) {
				t.Error("a document drawn beside others has other bytes")
			}
		})
	}
	wg.Wait()
	pdftest.Sound(t, want.PDF)
}

func TestGarbageGivesProblemsNotPanics(t *testing.T) {
	t.Parallel()
	const seed = 42
	r := rand.New(rand.NewPCG(seed, 4))
	t.Logf("seed %d", seed)
	e := New(Options{})
	garbage := func() string {
		if r.IntN(2) == 0 {
			b := make([]byte, r.IntN(400))
			for i := range b {
				b[i] = byte(r.Uint32())
			}
			return string(b)
		}
		var b strings.Builder
		for range r.IntN(150) {
			b.WriteRune(rune(r.IntN(0x110000)))
		}
		return b.String()
	}
	for n := range 300 {
		res := build(t, e, a4, func(d *Doc) {
			d.Heading(1+r.IntN(3), garbage(), Style{Size: 14, Bold: true})
			d.Para(garbage(), body)
			d.Table(&Table{
				Cols: []float64{20, 80, 60}, Pad: 1, Body: Style{Size: 9}, HeadStyle: Style{Size: 9},
				Head: []Row{{Cells: []Cell{Text(garbage()), Text("b"), Text("c")}}},
				Rows: []Row{{Cells: []Cell{Text(garbage()), Text(garbage())}}, {}, {Cells: []Cell{{Span: 9}, Text("x")}}},
			})
			d.Seal(d.Page(), 100, 100, garbage())
			d.DateSeal(d.Page(), 100, 100, garbage(), garbage(), garbage())
		})
		for _, m := range pdfa.Lint(res.PDF) {
			t.Errorf("seed %d, document %d: %s", seed, n, m)
		}
		if n%100 == 0 {
			pdftest.Sound(t, res.PDF)
		}
	}
}

func TestExtraFaceIsOpenedForTheNameThatNeedsIt(t *testing.T) {
	t.Parallel()
	noto, err := fonts.Noto()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "extra.ttf")
	s := noto.NewSubset()
	g, _, _ := noto.Glyph('𠮷', 0)
	if _, ok := s.Code(g, "\u9FFC", fontx.Fit{}); !ok { // an extra face that has a character no other face has
		t.Fatal("no code")
	}
	if err := os.WriteFile(path, s.TTF(), 0o600); err != nil {
		t.Fatal(err)
	}
	rare := func(e *Engine) Result {
		return build(t, e, a4, func(d *Doc) { d.Set(Para{Text: "\u9FFC", Where: "氏名", Name: true}, body) })
	}
	without := rare(New(Options{}))
	if len(without.Problems) != 1 || !without.Problems[0].Name || without.Problems[0].Kind != NoGlyph {
		t.Errorf("without the face: %+v", without.Problems)
	}
	with := rare(New(Options{ExtraFont: path}))
	if len(with.Problems) != 0 || !strings.Contains(with.Version, "KasaneExtra@") {
		t.Errorf("with the face: %+v, %s", with.Problems, with.Version)
	}
	pdftest.Sound(t, with.PDF)
	gone := New(Options{ExtraFont: path + ".gone"})
	if gone.Check() == nil {
		t.Error("a missing extra face passes the check")
	}
	if r := rare(gone); len(r.Problems) != 1 {
		t.Errorf("a missing extra face: %+v", r.Problems)
	}
	if err := New(Options{ExtraFont: path}).Check(); err != nil {
		t.Error(err)
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	e := New(Options{MaxPages: 3})
	d, err := e.Begin(context.Background(), a4)
	if err != nil {
		t.Fatal(err)
	}
	d.Table(&Table{Cols: []float64{160}, Body: body, Rows: []Row{{Cells: []Cell{Text(strings.Repeat("長い", 50000))}}}})
	d.Para(strings.Repeat("長い", 50000), body)
	if _, err := e.Finish(context.Background(), d, Meta{Time: at}); !errors.Is(err, ErrTooLong) {
		t.Errorf("a document of many pages: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	if d, err = e.Begin(ctx, a4); err != nil {
		t.Fatal(err)
	}
	cancel()
	d.Para("遅い", body)
	if _, err := e.Finish(ctx, d, Meta{Time: at}); !errors.Is(err, context.Canceled) {
		t.Errorf("a document past its deadline: %v", err)
	}
}

func TestBigCellRunsOverPages(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("支援の経過を記す。", 100_000/27)
	r := build(t, New(Options{}), wide, func(d *Doc) {
		d.Table(&Table{Cols: []float64{200, 100}, Pad: 1, Body: Style{Size: 9}, Rows: []Row{{Cells: []Cell{Text(text), Text("短い")}}}})
		d.Turn(a4)
		d.Para("次の大きさ", body)
	})
	pdftest.Sound(t, r.PDF)
	if got := strings.Count(pdftest.Ink(pdftest.Text(t, r.PDF)), "支援の経過を記す。"); got < 100_000/27-60 || r.Pages < 4 {
		t.Errorf("%d sentences on %d pages", got, r.Pages)
	}
	if info := pdftest.Run(t, "pdfinfo", pdftest.Save(t, r.PDF)); !strings.Contains(info, "試験𠮷") || !strings.Contains(info, "Tagged:          yes") {
		t.Errorf("pdfinfo: %s", info)
	}
}

func benchmark(b *testing.B, blocks, pages int) {
	e := New(Options{})
	if got := sample(b, e, blocks).Pages; got != pages {
		b.Fatalf("%d pages, want %d", got, pages)
	}
	b.ReportAllocs()
	for b.Loop() {
		sample(b, e, blocks)
	}
}

func Benchmark5Pages(b *testing.B)  { benchmark(b, 9, 5) }
func Benchmark50Pages(b *testing.B) { benchmark(b, 98, 50) }
