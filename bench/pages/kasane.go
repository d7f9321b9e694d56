package main

import (
	"context"
	"sync"
	"time"

	"kasane/internal/pdf"
)

var at = time.Date(2026, 11, 23, 15, 4, 5, 0, time.FixedZone("JST", 9*3600))

// kasane sets a record as the product does: our layout, PDF/A-2a and PDF/UA-1.
func kasane() func(text) ([]byte, error) {
	e := pdf.New(pdf.Options{})
	return func(t text) ([]byte, error) {
		d, err := e.Begin(context.Background(), pdf.Geometry{W: 210, H: 297, Left: 25, Right: 18, Top: 25, Bottom: 22})
		if err != nil {
			return nil, err
		}
		d.Heading(1, t.Title, pdf.Style{Size: 16, Bold: true, After: 4})
		for _, b := range t.Blocks {
			d.Heading(2, b.Heading, pdf.Style{Size: 12, Bold: true, Before: 4, After: 2, Follow: 15})
			for _, p := range b.Paras {
				d.Para(p, pdf.Style{Size: 10.5, Lead: 1.7, Align: pdf.Justify, After: 1.5})
			}
			table := &pdf.Table{
				Cols: []float64{12, 35, 80, 40}, Pad: 1.3, HeadFill: pdf.RGB{230, 236, 242}, Rule: pdf.RGB{90, 90, 90},
				Body: pdf.Style{Size: 9.5}, HeadStyle: pdf.Style{Size: 9.5, Bold: true, Align: pdf.Center}, Head: []pdf.Row{cells(t.Head)},
			}
			for _, r := range b.Rows {
				table.Rows = append(table.Rows, cells(r))
			}
			d.Table(table)
		}
		r, err := e.Finish(context.Background(), d, pdf.Meta{Title: t.Title, Author: "事務局", Time: at})
		return r.PDF, err
	}
}

func cells(words []string) (r pdf.Row) {
	for _, w := range words {
		r.Cells = append(r.Cells, pdf.Text(w))
	}
	return r
}

// together draws a record n times at once and gives the first error.
func together(n int, draw func(text) ([]byte, error), t text) (first error) {
	var wg sync.WaitGroup
	var once sync.Mutex
	for range n {
		wg.Go(func() {
			if _, err := draw(t); err != nil {
				once.Lock()
				first = err
				once.Unlock()
			}
		})
	}
	wg.Wait()
	return first
}
