package papers

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"kasane/internal/fault"
	"kasane/internal/pdf"
	"kasane/internal/pdf/pdftest"
)

// drawer gives one 外字 to one municipality.
type drawer struct {
	made *pdf.Drawings
	err  error
}

func (d drawer) Drawings(_ context.Context, tenant string) (*pdf.Drawings, error) {
	if tenant != "m1" {
		return nil, d.err
	}
	return d.made, d.err
}

const (
	drawnName = "渡邊\U000E01EF"
	drawnRead = "渡邊\U000E01EF〔外字MJ文字図形名MJ000001読みなべ〕"
)

func drawing(t testing.TB) drawer {
	t.Helper()
	dots := pdf.Dots{Size: 64, Ink: make([]bool, 64*64)}
	for i := range dots.Ink {
		x, y := i%64, i/64
		dots.Ink[i] = x > 28 && x < 35 || y > 20 && y < 27
	}
	made, err := pdf.NewDrawings([]pdf.Drawing{{Text: "邊\U000E01EF", Spoken: "邊\U000E01EF〔外字 MJ文字図形名 MJ000001 読み なべ〕", Dots: dots}})
	if err != nil {
		t.Fatal(err)
	}
	return drawer{made: made}
}

func withDrawnNames() MinutesDoc {
	d := exampleMinutes()
	d.Chair.Name, d.Community.Text = drawnName, drawnName+"さんの2人の子"
	return d
}

// A name with a registered 外字 is no problem any more in its own municipality, is drawn everywhere the name stands, and reads with its code.
func TestDrawnNamesPrint(t *testing.T) {
	t.Parallel()
	p, ctx, r := printer(), context.Background(), must(t)
	p.DrawWith(drawing(t))
	doc := withDrawnNames()
	if bare := r(p.Minutes(ctx, doc)); len(bare.NameProblems()) == 0 {
		t.Error("without a municipality the name is no problem")
	}
	doc.Tenant = "m2"
	if other := r(p.Minutes(ctx, doc)); len(other.NameProblems()) == 0 {
		t.Error("the 外字 of another municipality is drawn")
	}
	doc.Tenant = "m1"
	res := r(p.Minutes(ctx, doc))
	pdftest.Sound(t, res.PDF)
	if len(res.Problems) != 0 {
		t.Errorf("problems: %+v", res.Problems)
	}
	if read := pdftest.Ink(pdftest.Text(t, res.PDF, "-raw")); strings.Count(read, drawnRead) < 2 || !strings.Contains(read, drawnRead+"さんの2人の子") {
		t.Errorf("read back %d times", strings.Count(read, drawnRead))
	}
	if again := r(p.Minutes(ctx, doc)); !bytes.Equal(again.PDF, res.PDF) {
		t.Error("the same minutes have other bytes")
	}
	broken := printer()
	broken.DrawWith(drawer{err: errors.New("gone")})
	if _, err := broken.Minutes(ctx, doc); !fault.Is(err, fault.Unavailable) {
		t.Errorf("drawings that cannot be read: %v", err)
	}
}

// What is blacked out leaves no trace of its drawing: no glyph, no code, no reading.
func TestBlackedOutDrawingsAreGone(t *testing.T) {
	t.Parallel()
	p, r := printer(), must(t)
	p.DrawWith(drawing(t))
	hidden := func(name string) Result {
		doc := withDrawnNames()
		doc.Tenant, doc.Chair.Name, doc.Community.Text = "m1", name, name
		doc.Edit = func(x Printed) string { return strings.ReplaceAll(x.Text, name, strings.Repeat(string(pdf.Black), 2)) }
		return r(p.Minutes(context.Background(), doc))
	}
	with, without := hidden(drawnName), hidden("田中")
	if !bytes.Equal(with.PDF, without.PDF) {
		t.Error("the bytes tell which name was blacked out")
	}
	if bytes.Contains(with.PDF, []byte("KasaneGaiji")) || strings.Contains(with.RendererVersion, "Gaiji") {
		t.Error("the face of the drawings is in the file")
	}
}
