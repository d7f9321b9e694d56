package papers

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"kasane/internal/fault"
	"kasane/internal/pdf/pdftest"
)

func sourcedHead(h Head, source string) Head {
	sum := sha256.Sum256([]byte(source))
	h.Source, h.ContentHash, h.Draft, h.Copy, h.CopyFor, h.Variant, h.Edit, h.Blacked = []byte(source), hex.EncodeToString(sum[:]), false, false, "", "", nil, nil
	return h
}

// A 正本 carries its 元データ as it is; a draft, a copy and every variant for a reader cannot be printed with one, nor with another than its hash names.
func TestOnlyARecordCarriesItsSource(t *testing.T) {
	t.Parallel()
	const source = "{\"漏\":\"纐纈 燐音\"}"
	m := exampleMinutes()
	m.Head = sourcedHead(m.Head, source)
	res := must(t)(printer().Minutes(context.Background(), m))
	pdftest.Sound(t, res.PDF)
	got := filepath.Join(t.TempDir(), SourceName)
	pdftest.Run(t, "pdfdetach", "-save", "1", "-o", got, pdftest.Save(t, res.PDF))
	if b, err := os.ReadFile(got); err != nil || string(b) != source {
		t.Errorf("%q %v", b, err)
	}
	if again := must(t)(printer().Minutes(context.Background(), m)); !bytes.Equal(again.PDF, res.PDF) {
		t.Error("the same record gives another file")
	}
	same := func(p Printed) string { return p.Text }
	for what, spoil := range map[string]func(*Head){
		"案": func(h *Head) { h.Draft = true }, "写し": func(h *Head) { h.Copy = true }, "写し for somebody": func(h *Head) { h.CopyFor = "写し　A" },
		"開示用": func(h *Head) { h.Variant = "開示用" }, "機関別": func(h *Head) { h.Variant = "機関別" }, "匿名版": func(h *Head) { h.Variant = VariantAnonymous },
		"an edit": func(h *Head) { h.Edit = same }, "blacked": func(h *Head) { h.Blacked = []Blacked{} }, "another hash": func(h *Head) { h.ContentHash = minuteHash }, "no hash": func(h *Head) { h.ContentHash = "" },
	} {
		bad := m
		spoil(&bad.Head)
		if out, err := printer().Minutes(context.Background(), bad); !fault.Is(err, fault.Internal) || len(out.PDF) > 0 {
			t.Errorf("%s is printed with the source: %v", what, err)
		}
	}
	for _, look := range []Look{LookPlain, LookRuby, LookEasy, LookLarge} { // 本人交付版, even made of the record's own model
		if out, err := printer().GivenMinutes(context.Background(), m, look); err == nil && bytes.Contains(out.PDF, []byte("/EmbeddedFile")) {
			t.Errorf("a 本人交付版 (%s) carries it", look)
		}
	}
}
