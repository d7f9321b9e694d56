package pdf

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"kasane/internal/pdf/pdftest"
	"kasane/internal/seedtest"
)

// made is a picture with a ring, a slanting stroke through it and a dot: outlines with a hole, curves and corners.
func made(size int) Dots {
	d := Dots{Size: size, Ink: make([]bool, size*size)}
	for i := range d.Ink {
		x, y := float64(i%size)/float64(size)-0.5, float64(i/size)/float64(size)-0.5
		r := x*x + y*y
		d.Ink[i] = r < 0.18 && r > 0.12 || max(x-y, y-x) < 0.04 && r < 0.2 || x > 0.42 && y < -0.42
	}
	return d
}

const (
	madeText   = "邊\U000E01EF"
	madeSpoken = "邊〔外字 MJ文字図形名 MJ000001 読み なべ〕"
)

func drawings(t testing.TB, list ...Drawing) *Drawings {
	t.Helper()
	d, err := NewDrawings(list)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDrawnCharactersPrintAndAreRead(t *testing.T) {
	t.Parallel()
	own := drawings(t, Drawing{Text: madeText, Spoken: madeSpoken, Dots: made(256)}, Drawing{Text: "\U0002A6DF", Spoken: "x", Dots: made(64)})
	e := New(Options{})
	page := func(own *Drawings) Result {
		return build(t, e, a4, func(d *Doc) {
			d.Faces.Drawn = own
			d.Heading(1, "渡"+madeText+"家の記録", Style{Size: 16, Bold: true})
			d.Set(Para{Text: "氏名は渡" + madeText + "、2人。", Where: "氏名", Name: true}, body)
			d.Table(&Table{Cols: []float64{20, 80}, Pad: 1, Body: Style{Size: 9}, Rows: []Row{{Cells: []Cell{Text("氏名"), Text("「" + madeText + "」")}}}})
			d.Seal(d.Page(), 100, 200, "渡"+madeText)
		})
	}
	res := page(own)
	pdftest.Sound(t, res.PDF)
	if len(res.Problems) != 0 {
		t.Errorf("problems: %+v", res.Problems)
	}
	if !strings.Contains(res.Version, "KasaneGaiji@") {
		t.Errorf("version %q does not name the drawings", res.Version)
	}
	read := pdftest.Ink(pdftest.Text(t, res.PDF, "-raw"))
	spoken := pdftest.Ink(madeSpoken)
	for _, want := range []string{"渡" + spoken + "家の記録", "氏名は渡" + spoken + "、2人。", "「" + spoken + "」"} {
		if !strings.Contains(read, want) {
			t.Errorf("%q is not read back in %q", want, read)
		}
	}
	if again := page(own); !bytes.Equal(again.PDF, res.PDF) {
		t.Error("the same document has other bytes")
	}
	if bare := page(nil); len(bare.Problems) == 0 || bare.Problems[0].Kind != VariationLost {
		t.Errorf("without the drawing: %+v", bare.Problems)
	}
}

// The picture in the file is the picture that was given: both are compared dot by dot.
func TestDrawnCharacterLooksLikeItsPicture(t *testing.T) {
	t.Parallel()
	const em = 80.0
	pic := made(256)
	own := drawings(t, Drawing{Text: madeText, Spoken: madeSpoken, Dots: pic})
	res := build(t, New(Options{}), a4, func(d *Doc) {
		d.Faces.Drawn = own
		d.Footer = nil
		d.Para(madeText, Style{Size: em * 72 / 25.4, Lead: 1})
	})
	w, dots := picture(t, res.PDF)
	wrong := 0
	for i, ink := range pic.Ink {
		x := 25 + (float64(i%pic.Size)+0.5)/float64(pic.Size)*em
		y := 25 + (float64(i/pic.Size)+0.5)/float64(pic.Size)*em
		if (dots[int(y*10)*w+int(x*10)] < 128) != ink {
			wrong++
		}
	}
	if wrong > len(pic.Ink)/100 {
		t.Errorf("%d of %d dots differ", wrong, len(pic.Ink))
	}
}

// A picture never takes the place of a character that can be printed: else whoever registers one could turn 山 into 川.
func TestDrawingsFillGapsAlone(t *testing.T) {
	t.Parallel()
	own := drawings(t, Drawing{Text: "山", Spoken: "川", Dots: made(64)}, Drawing{Text: "渡", Spoken: "川", Dots: made(64)}, Drawing{Text: "邉\U000E0100", Spoken: "川", Dots: made(64)})
	res := build(t, New(Options{}), a4, func(d *Doc) {
		d.Faces.Drawn = own
		d.Para("山渡邉\U000E0100", body)
	})
	if read := pdftest.Text(t, res.PDF); !strings.Contains(read, "山渡邉\U000E0100") || strings.Contains(read, "川") || strings.Contains(res.Version, "Gaiji") {
		t.Errorf("read back as %q, version %s", read, res.Version)
	}
}

func TestPicturesThatAreNoCharacter(t *testing.T) {
	t.Parallel()
	seed := seedtest.Seed(t)
	r := rand.New(rand.NewPCG(seed, 8))
	noise := Dots{Size: 256, Ink: make([]bool, 256*256)}
	board := Dots{Size: 256, Ink: make([]bool, 256*256)}
	for i := range noise.Ink {
		noise.Ink[i] = r.IntN(2) == 0
		board.Ink[i] = (i%256+i/256)%2 == 0
	}
	for name, d := range map[string]Dots{"nothing": {}, "blank": {Size: 64, Ink: make([]bool, 64*64)}, "short": {Size: 64, Ink: make([]bool, 9)}, "noise": noise, "chessboard": board} {
		if Traceable(d) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	for range 200 { // anything else is drawn or refused, and never panics
		n := 1 + r.IntN(40)
		d := Dots{Size: n, Ink: make([]bool, n*n)}
		for i := range d.Ink {
			d.Ink[i] = r.IntN(4) == 0
		}
		if list, err := NewDrawings([]Drawing{{Text: madeText, Spoken: "x", Dots: d}}); err == nil && list == nil {
			t.Fatal("no drawings and no error")
		}
	}
}
