// Package draw turns laid-out pages into the bytes of a PDF with gofpdf. It is the only importer of gofpdf and uses
// a handful of its calls: pages, fonts, single-line text, lines, rectangles, circles. The others lose text, panic or
// write files that readers reject; a test keeps them out.
//
// gofpdf shares nothing between documents here (every document brings its own cut fonts), panics become errors, and
// the same pages give the same bytes.
package draw

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/jung-kurt/gofpdf"

	"kasane/internal/pdf/jpl"
)

// Raw is a drawn document before it is made an archive file.
type Raw struct {
	PDF   []byte
	Fonts []string // gofpdf's name of the font of every slot, "" for an unused one
	Marks [][]int  // page → number of the marked content → structure node
}

const ptPerMM = 72 / 25.4

// Render draws the pages of a finished document. at becomes the file's dates.
func Render(ctx context.Context, d *jpl.Doc, at time.Time) (out Raw, err error) {
	defer func() {
		if r := recover(); r != nil {
			out, err = Raw{}, fmt.Errorf("draw: %v", r)
		}
	}()
	p := gofpdf.NewCustom(&gofpdf.InitType{OrientationStr: "P", UnitStr: "mm", Size: gofpdf.SizeType{Wd: 210, Ht: 297}})
	p.SetAutoPageBreak(false, 0)
	p.SetMargins(0, 0, 0)
	p.SetCatalogSort(true)
	p.SetCompression(false) // the library makes a compressor of a megabyte for each page; package pdfa has one for all
	p.SetCreationDate(at)
	p.SetModificationDate(at)
	w := writer{p: p, d: d, names: make([]string, len(d.Faces.Slots))}
	for i, s := range d.Faces.Slots {
		if s.Subset.Len() > 0 {
			w.names[i] = "f" + strconv.Itoa(i)
			out.Fonts = append(out.Fonts, "utf8"+w.names[i])
			p.AddUTF8FontFromBytes(w.names[i], "", s.Subset.TTF())
			continue
		}
		out.Fonts = append(out.Fonts, "")
	}
	for _, page := range d.Pages {
		if err := ctx.Err(); err != nil {
			return Raw{}, err
		}
		out.Marks = append(out.Marks, w.page(page))
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		return Raw{}, fmt.Errorf("draw: %w", err)
	}
	out.PDF = b.Bytes()
	return out, nil
}

// writer is the state of the page being drawn, so that nothing is set twice.
type writer struct {
	p     *gofpdf.Fpdf
	d     *jpl.Doc
	names []string

	slot   int
	size   float64
	spread float64
	heavy  bool
}

// page draws one page and says which structure node each marked content belongs to.
func (w *writer) page(page *jpl.Page) (marks []int) {
	w.p.AddPageFormat("P", gofpdf.SizeType{Wd: page.W, Ht: page.H})
	w.slot, w.size, w.spread, w.heavy = -1, 0, 0, false
	tag := -1
	for i := range page.Ops {
		o := &page.Ops[i]
		if o.Tag != tag {
			if tag >= 0 {
				w.p.RawWriteStr("EMC")
			}
			if tag = o.Tag; tag == 0 {
				w.p.RawWriteStr("/Artifact BMC")
			} else {
				w.p.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", w.d.Nodes[tag].Type, len(marks)))
				marks = append(marks, tag)
			}
		}
		w.op(o)
	}
	if w.spread != 0 {
		w.p.RawWriteStr("0 Tc")
	}
	if w.heavy {
		w.p.RawWriteStr("0 Tr")
	}
	if tag >= 0 {
		w.p.RawWriteStr("EMC")
	}
	return marks
}

func (w *writer) op(o *jpl.Op) {
	r, g, b := int(o.Color[0]), int(o.Color[1]), int(o.Color[2])
	switch o.Kind {
	case jpl.OpText:
		w.text(o)
		return
	case jpl.OpFill:
		w.p.SetFillColor(r, g, b)
		w.p.Rect(o.X, o.Y, o.X2, o.Y2, "F")
		return
	}
	w.p.SetDrawColor(r, g, b)
	w.p.SetLineWidth(o.Width)
	switch o.Kind {
	case jpl.OpLine:
		w.p.Line(o.X, o.Y, o.X2, o.Y2)
	case jpl.OpFrame:
		w.p.Rect(o.X, o.Y, o.X2, o.Y2, "D")
	case jpl.OpCircle:
		w.p.Circle(o.X, o.Y, o.X2, "D")
	}
}

// text draws a line, one call per run of characters that share a font and keep their natural width.
func (w *writer) text(o *jpl.Op) {
	w.p.SetTextColor(int(o.Color[0]), int(o.Color[1]), int(o.Color[2]))
	if o.Spread != w.spread {
		w.spread = o.Spread
		w.p.RawWriteStr(fmt.Sprintf("%.4f Tc", w.spread*ptPerMM))
	}
	x, em := o.X, o.Size/ptPerMM
	for i := 0; i < len(o.Clusters); {
		run, width := make([]rune, 0, len(o.Clusters)-i), 0
		slot, j := o.Clusters[i].Slot, i
		for j < len(o.Clusters) && o.Clusters[j].Slot == slot {
			c := o.Clusters[j]
			if (c.Lead != 0 || c.Spoken != "") && j > i {
				break
			}
			run, width = append(run, rune(c.Code)), width+c.W
			j++
			if c.W != c.Natural || c.Spoken != "" {
				break
			}
		}
		if slot != w.slot || o.Size != w.size {
			w.slot, w.size = slot, o.Size
			w.p.SetFont(w.names[slot], "", o.Size)
		}
		w.thicken(o, slot)
		spoken := o.Clusters[i].Spoken != "" && o.Tag != 0 // what is no content of the document is not read
		if spoken {
			w.p.RawWriteStr("/Span <</ActualText <" + utf16Hex(o.Clusters[i].Spoken) + ">>> BDC")
		}
		w.p.Text(x+float64(o.Clusters[i].Lead)/1000*em, o.Y, string(run))
		if spoken {
			w.p.RawWriteStr("EMC")
		}
		x += float64(width)/1000*em + o.Spread*float64(j-i)
		i = j
	}
}

// utf16Hex is a text as PDF writes it in hexadecimal.
func utf16Hex(s string) string {
	var b strings.Builder
	b.WriteString("FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

// thicken strokes the outlines of bold text set in a fallback face, which has no bold of its own.
func (w *writer) thicken(o *jpl.Op, slot int) {
	heavy := o.Bold && !w.d.Faces.Slots[slot].Bold
	if heavy {
		w.p.SetDrawColor(int(o.Color[0]), int(o.Color[1]), int(o.Color[2]))
		w.p.SetLineWidth(o.Size / ptPerMM * 0.028)
	}
	if heavy == w.heavy {
		return
	}
	w.heavy = heavy
	if heavy {
		w.p.RawWriteStr("2 Tr")
	} else {
		w.p.RawWriteStr("0 Tr")
	}
}
