package pdfa_test

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"kasane/internal/pdf/draw"
	"kasane/internal/pdf/fonts"
	"kasane/internal/pdf/jpl"
	"kasane/internal/pdf/pdfa"
	"kasane/internal/pdf/pdftest"
)

var at = time.Date(2026, 11, 23, 15, 4, 5, 0, time.FixedZone("JST", 9*3600))

// drawn is a small document before the rewriting, and what the rewriting must know.
func drawn(t testing.TB) ([]byte, pdfa.Input) {
	t.Helper()
	faces, err := jpl.NewFaces(jpl.Fonts{Regular: fonts.Regular, Bold: fonts.Bold, Fallback: []jpl.Source{fonts.Noto}})
	if err != nil {
		t.Fatal(err)
	}
	d := jpl.NewDoc(context.Background(), faces, jpl.Geometry{W: 210, H: 297, Left: 20, Right: 20, Top: 20, Bottom: 20}, 9)
	d.Heading(1, "会議録", jpl.Style{Size: 14})
	d.Para("𠮷田さんと渡邉\U000E0100さん", jpl.Style{Size: 10})
	d.Page().Frame(20, 100, 50, 20, 0.2, jpl.RGB{})
	d.Finish()
	raw, err := draw.Render(context.Background(), d, at)
	if err != nil {
		t.Fatal(err)
	}
	in := pdfa.Input{Title: "表題<&>", Lang: "ja-JP", Time: at, Marks: raw.Marks, Fonts: map[string]pdfa.Font{}}
	for i, s := range faces.Slots {
		in.Fonts[raw.Fonts[i]] = pdfa.Font{PostScript: s.Subset.Font().Name, Meaning: s.Subset.Meaning()}
	}
	for _, n := range d.Nodes {
		in.Nodes = append(in.Nodes, pdfa.Node{Type: n.Type, Parent: n.Parent, Attr: n.Attr})
	}
	in.Outline = []pdfa.Bookmark{{Title: "一", Level: 0}, {Title: "一の一", Level: 3}, {Title: "一の二", Level: 1}, {Title: "二𠮷", Level: 0}, {Title: "深", Level: 9}}
	return raw.PDF, in
}

func rewritten(t testing.TB) []byte {
	t.Helper()
	raw, in := drawn(t)
	out, err := pdfa.Rewrite(raw, in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRewrittenFileIsSound(t *testing.T) {
	t.Parallel()
	out := rewritten(t)
	pdftest.Sound(t, out)
	if got := pdftest.Ink(pdftest.Text(t, out, "-raw")); got != "会議録𠮷田さんと渡邉\U000E0100さん" {
		t.Errorf("text %q", got)
	}
	meta := pdftest.Run(t, "pdfinfo", "-meta", pdftest.Save(t, out))
	if !strings.Contains(meta, "表題&lt;&amp;&gt;") || !strings.Contains(meta, "2026-11-23T15:04:05+09:00") {
		t.Errorf("metadata:\n%s", meta)
	}
}

func TestDrawnFileAloneDoesNotPass(t *testing.T) {
	t.Parallel()
	raw, _ := drawn(t)
	if got := pdfa.Lint(raw); len(got) < 5 {
		t.Errorf("a file without the rewriting gives only %v", got)
	}
}

// Each fault planted in a good file must be found.
func TestLintFindsFaults(t *testing.T) {
	t.Parallel()
	good := rewritten(t)
	if got := pdfa.Lint(good); len(got) != 0 {
		t.Fatalf("a good file: %v", got)
	}
	for _, c := range []struct{ old, new, say string }{
		{"%PDF-1.7", "%PDF-1.3", "header"},
		{"\xE2\xE3\xCF\xD3", "abcd", "header"},
		{"/ID [", "/IX [", "/ID"},
		{"/Metadata ", "/Netadata ", "metadata"},
		{"<pdfaid:conformance>A", "<pdfaid:conformance>B", "conformance"},
		{"/GTS_PDFA1", "/GTS_PDFX1", "output intent"},
		{"/FontFile2", "/FontFileX", "not embedded"},
		{"/ToUnicode", "/ToUnicodX", "means nothing|has no meaning"},
		{"/MarkInfo", "/NarkInfo", "MarkInfo"},
		{"/StructTreeRoot ", "/StructTreeRuut ", "structure tree"},
		{"/Lang (ja-JP)", "/Lung (ja-JP)", "/Lang"},
		{"/Tabs /S>>", "/JS 1 >>  ", "/JS"},
		{"/Tabs /S>>", "/AA <<>>>>", "/AA"},
		{"/StructParents 0", "/StructParents 7", "StructParents"},
		{"/Nums [0 [", "/Nums [9 [", "parent tree"},
		{"\n%%EOF", "\n%%EOX", "EOF"},
		{"/BaseFont /", "/BaseFunt /", "subset"},
		{"/CIDToGIDMap", "/CIDToGIDMax", "glyph map"},
	} {
		bad := bytes.ReplaceAll(good, []byte(c.old), []byte(c.new))
		if bytes.Equal(bad, good) {
			t.Errorf("%s is not in the file", c.old)
			continue
		}
		if got := strings.Join(pdfa.Lint(bad), "\n"); !regexp.MustCompile(c.say).MatchString(got) {
			t.Errorf("%s → %s is found as %q, want %s", c.old, c.new, got, c.say)
		}
	}
}

func TestForeignFilesAreRefused(t *testing.T) {
	t.Parallel()
	raw, in := drawn(t)
	for name, spoil := range map[string]func([]byte) []byte{
		"empty":           func([]byte) []byte { return nil },
		"no table":        func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("startxref"), []byte("startxxxx")) },
		"shifted offsets": func(b []byte) []byte { return bytes.Replace(b, []byte("%PDF-1.3\n"), []byte("%PDF-1.3\n\n"), 1) },
		"other line ends": func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("endobj\n"), []byte("endobj\r")) },
		"unknown font":    func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("/utf8f0"), []byte("/utf8f9")) },
		"no root":         func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("/Root "), []byte("/Ruut ")) },
		"cut short":       func(b []byte) []byte { return b[:len(b)/2] },
	} {
		if _, err := pdfa.Rewrite(spoil(bytes.Clone(raw)), in); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	in.Marks = append(in.Marks, nil)
	if _, err := pdfa.Rewrite(raw, in); err == nil {
		t.Error("wrong number of pages: accepted")
	}
}

func TestOutlineHoldsItsLevels(t *testing.T) {
	t.Parallel()
	out := string(rewritten(t))
	// 一 has two entries below it, 二 one; the root sees two at the top.
	for _, want := range []string{`/Type /Outlines/First \d+ 0 R/Last \d+ 0 R/Count 5`, `/Next \d+ 0 R/First \d+ 0 R/Last \d+ 0 R/Count 2`, `/First \d+ 0 R/Last \d+ 0 R/Count 1>>`} {
		if !regexp.MustCompile(want).MatchString(out) {
			t.Errorf("no %s", want)
		}
	}
	if !strings.Contains(out, "<FEFF4E8CD842DFB7>") {
		t.Error("二𠮷 is not written in UTF-16")
	}
}
