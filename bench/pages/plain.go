package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/jung-kurt/gofpdf"
)

// fontFile is a face of the product, unpacked.
func fontFile(name string) ([]byte, error) {
	f, err := os.Open(filepath.Join("internal", "pdf", "fonts", name+".ttf.gz"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// bare leaves out what the library cannot draw: it panics at characters beyond U+FFFF.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '𠮷':
			return '吉'
		case r > 0xFFFF:
			return -1
		}
		return r
	}, s)
}

// plain sets a record with the drawing library alone: whole faces, its own MultiCell, no archive form.
func plain() (func(text) ([]byte, error), error) {
	regular, err := fontFile("BIZUDGothic-Regular")
	if err != nil {
		return nil, err
	}
	bold, err := fontFile("BIZUDGothic-Bold")
	if err != nil {
		return nil, err
	}
	return func(t text) ([]byte, error) {
		p := gofpdf.New("P", "mm", "A4", "")
		p.SetMargins(25, 25, 18)
		p.SetAutoPageBreak(true, 22)
		p.AddUTF8FontFromBytes("biz", "", regular)
		p.AddUTF8FontFromBytes("biz", "B", bold)
		p.AddPage()
		p.SetFont("biz", "B", 16)
		p.MultiCell(0, 10, bare(t.Title), "", "L", false)
		for _, b := range t.Blocks {
			p.SetFont("biz", "B", 12)
			p.MultiCell(0, 8, bare(b.Heading), "", "L", false)
			p.SetFont("biz", "", 10.5)
			for _, s := range b.Paras {
				p.MultiCell(0, 6.3, bare(s), "", "L", false)
			}
			plainTable(p, t.Head, b.Rows)
		}
		var out bytes.Buffer
		err := p.Output(&out)
		return out.Bytes(), err
	}, nil
}

func plainTable(p *gofpdf.Fpdf, head []string, rows [][]string) {
	widths, line := []float64{12, 35, 80, 40}, 5.0
	for i, r := range append([][]string{head}, rows...) {
		p.SetFont("biz", map[bool]string{true: "B"}[i == 0], 9.5)
		high := 0.0
		for k, c := range r {
			high = max(high, float64(len(p.SplitText(bare(c), widths[k]-2.6)))*line+2.6)
		}
		if p.GetY()+high > 297-22 {
			p.AddPage()
		}
		x, y := p.GetXY()
		for k, c := range r {
			p.Rect(x, y, widths[k], high, "D")
			p.SetXY(x+1.3, y+1.3)
			p.MultiCell(widths[k]-2.6, line, bare(c), "", "L", false)
			x += widths[k]
		}
		p.SetXY(25, y+high)
	}
}
