package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kasane/internal/pdf/pdftest"
)

// Each engine sets the whole record, and the records are as long as their name says.
func TestEachEngineSetsTheRecord(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	dir := t.TempDir()
	for _, engine := range []string{"kasane", "plain", "typst"} {
		file := filepath.Join(dir, engine+".pdf")
		var m measure
		var err error
		if engine == "typst" {
			m, err = outside(engine, 1, 1, file)
		} else {
			m, err = inside(engine, record(1), 1, file)
		}
		if err != nil {
			t.Fatalf("%s: %v", engine, err)
		}
		if m.CPU <= 0 || m.One <= 0 || m.High < m.One || m.Bytes == 0 {
			t.Errorf("%s: %+v", engine, m)
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		ink := pdftest.Ink(pdftest.Run(t, "pdftotext", "-raw", "-enc", "UTF-8", file, "-"))
		for _, words := range []string{"会議録", "生活保護のケースワーカー", "国際交流協会に頼む。", "福祉用具の貸与(介護保険)と、"} {
			if !strings.Contains(ink, pdftest.Ink(words)) && engine != "plain" { // which loses the character at which it breaks a line
				t.Errorf("%s lost %q: %s", engine, words, ink)
			}
		}
		if !strings.Contains(ink, "会議録") {
			t.Errorf("%s: %s", engine, ink)
		}
		if engine != "plain" && !bytes.Contains(b, []byte("pdfaid")) {
			t.Errorf("%s is no archive file", engine)
		}
	}
	for _, s := range sizes {
		b, err := kasane()(record(s.blocks))
		if err != nil {
			t.Fatal(err)
		}
		if got := len(regexp.MustCompile(`/Type /Page\b`).FindAll(b, -1)); got != s.pages {
			t.Errorf("%d blocks fill %d pages, not %d", s.blocks, got, s.pages)
		}
	}
}
