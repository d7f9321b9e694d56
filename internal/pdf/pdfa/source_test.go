package pdfa_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kasane/internal/pdf/pdfa"
	"kasane/internal/pdf/pdftest"
)

func sourced(t testing.TB, data string) []byte {
	t.Helper()
	raw, in := drawn(t)
	in.Source = &pdfa.Source{Name: "content.json", MIME: "application/json", About: "元データ", Data: []byte(data)}
	out, err := pdfa.Rewrite(raw, in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// With its source the file is PDF/A-3a: anybody takes out the very bytes that went in, and the same document gives the same file. Without it there is none.
func TestSourceIsTakenOutAsItWentIn(t *testing.T) {
	t.Parallel()
	const data = "{\"氏名\":\"𠮷田\\u0000\",\"n\":1}"
	out := sourced(t, data)
	pdftest.Sound(t, out)
	if !bytes.Equal(out, sourced(t, data)) {
		t.Error("the same document gives another file")
	}
	path := pdftest.Save(t, out)
	got := filepath.Join(t.TempDir(), "got.json")
	pdftest.Run(t, "pdfdetach", "-save", "1", "-o", got, path)
	if b, err := os.ReadFile(got); err != nil || string(b) != data {
		t.Errorf("%q %v", b, err)
	}
	if meta := pdftest.Run(t, "pdfinfo", "-meta", path); !strings.Contains(meta, "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>") {
		t.Errorf("metadata:\n%s", meta)
	}
	if list := pdftest.Run(t, "qpdf", "--list-attachments", "--verbose", path); !strings.Contains(list, "content.json") {
		t.Errorf("qpdf: %s", list)
	}
	if list := pdftest.Run(t, "pdfdetach", "-list", pdftest.Save(t, rewritten(t))); !strings.Contains(list, "0 embedded files") {
		t.Errorf("without: %s", list)
	}
	for _, c := range []struct{ old, new, say string }{
		{"<pdfaid:part>3", "<pdfaid:part>2", "not allowed in PDF/A-2a"},
		{"<pdfaid:part>3", "<pdfaid:part>4", "neither"},
		{"/AFRelationship /Source", "/AFRelationship /Xource", "AFRelationship"},
		{"/AF [", "/AX [", "associated file"},
		{"/CheckSum <", "/CheckSum <0", "check sum"},
		{"/ModDate (D:2026", "/NodDate (D:2026", "check sum"},
		{"application#2Fjson", "application#2Fxson", "as its specification"},
		{"/UF <FEFF", "/UX <FEFF", "/UF"},
		{"/Desc <FEFF", "/Dxsc <FEFF", "/Desc"},
		{"/GTS_PDFA1", "/EF <<>> 1", "second file|output intent"},
	} {
		bad := bytes.ReplaceAll(out, []byte(c.old), []byte(c.new))
		if c.old == "/CheckSum <" { // a digit changed, nothing moved
			i := bytes.Index(out, []byte(c.old)) + len(c.old)
			bad = bytes.Clone(out)
			bad[i] ^= 1
		}
		if f := strings.Join(pdfa.Lint(bad), "\n"); !regexp.MustCompile(c.say).MatchString(f) {
			t.Errorf("%s → %s is found as %q, want %s", c.old, c.new, f, c.say)
		}
	}
	signed, _, err := pdfa.AddSeal(out, seal)
	if err != nil {
		t.Fatal(err)
	}
	pdftest.Sound(t, signed)
	if list := pdftest.Run(t, "pdfdetach", "-list", pdftest.Save(t, signed)); !strings.Contains(list, "1 embedded file") {
		t.Errorf("signed: %s", list)
	}
	spliced := bytes.Replace(rewritten(t), []byte("/Tabs /S>>"), []byte("/EF <<>>  "), 1)
	if f := strings.Join(pdfa.Lint(spliced), "\n"); !strings.Contains(f, "not allowed in PDF/A-2a") {
		t.Errorf("a file inside a 2a: %q", f)
	}
}
