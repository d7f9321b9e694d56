package pdf

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"kasane/internal/pdf/draw"
	"kasane/internal/pdf/fonts"
	"kasane/internal/pdf/fontx"
	"kasane/internal/pdf/jpl"
	"kasane/internal/pdf/pdfa"
)

// The words of layout, so that callers need this package alone.
type (
	Doc      = jpl.Doc
	Page     = jpl.Page
	Geometry = jpl.Geometry
	Style    = jpl.Style
	Align    = jpl.Align
	RGB      = jpl.RGB
	Para     = jpl.Para
	Run      = jpl.Run
	Cell     = jpl.Cell
	Bar      = jpl.Bar
	Row      = jpl.Row
	Table    = jpl.Table
	Problem  = jpl.Problem
	Kind     = jpl.Kind
	Place    = jpl.Place

	Drawing  = jpl.Drawing
	Drawings = jpl.Drawings
	Dots     = fontx.Dots
)

// The kinds of problem and the alignments.
const (
	NoGlyph       = jpl.NoGlyph
	VariationLost = jpl.VariationLost
	InvalidText   = jpl.InvalidText
	Dropped       = jpl.Dropped

	Start   = jpl.Start
	Center  = jpl.Center
	End     = jpl.End
	Justify = jpl.Justify
)

// Black stands for one character that was blacked out, in a document whose Faces.Blacking is set.
const Black = jpl.Black

// version changes whenever the same document would give other bytes for a reason in this package or below it.
const version = "kasane-pdf/2"

// DefaultMaxPages is the page limit of a document.
const DefaultMaxPages = 300

// ErrTooLong says that a document passed the page limit.
var ErrTooLong = jpl.ErrTooLong

// Options are what an installation may choose.
type Options struct {
	ExtraFont string // path of one more TrueType face, such as IPAmj明朝 for names in the family register; "" for none
	MaxPages  int    // 0 means DefaultMaxPages
	Parallel  int    // documents drawn at the same time; 0 means GOMAXPROCS
}

// Engine makes documents. It is safe for concurrent use; one per process is enough.
type Engine struct {
	fonts jpl.Fonts
	extra jpl.Source
	max   int
	slots chan struct{}
}

// New makes an engine. Nothing is read yet: faces are opened when the first document needs them.
func New(o Options) *Engine {
	if o.MaxPages <= 0 {
		o.MaxPages = DefaultMaxPages
	}
	if o.Parallel <= 0 {
		o.Parallel = runtime.GOMAXPROCS(0)
	}
	e := &Engine{max: o.MaxPages, slots: make(chan struct{}, o.Parallel)}
	e.fonts = jpl.Fonts{
		Regular: fonts.Regular, Bold: fonts.Bold,
		Fallback: []jpl.Source{sync.OnceValues(fontx.Symbols), fonts.Noto},
	}
	if o.ExtraFont != "" {
		e.extra = sync.OnceValues(func() (*fontx.Font, error) {
			data, err := os.ReadFile(o.ExtraFont)
			if err != nil {
				return nil, err
			}
			return fontx.Parse("KasaneExtra", data)
		})
		e.fonts.Fallback = append(e.fonts.Fallback, e.extra)
	}
	return e
}

// Check opens every face, so that a wrong path is found at start-up or by a readiness probe instead of in a meeting.
func (e *Engine) Check() error {
	var errs []error
	for _, open := range append([]jpl.Source{e.fonts.Regular, e.fonts.Bold}, e.fonts.Fallback...) {
		if _, err := open(); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// Begin starts a document; ctx bounds its layout.
func (e *Engine) Begin(ctx context.Context, g Geometry) (*Doc, error) {
	faces, err := jpl.NewFaces(e.fonts)
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return jpl.NewDoc(ctx, faces, g, e.max), nil
}

// Unprintable lists the characters of a text that cannot be printed as written, without making a document.
// Screens use it to warn before anything is confirmed.
func (e *Engine) Unprintable(at Place, text string) ([]Problem, error) {
	faces, err := jpl.NewFaces(e.fonts)
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	faces.Shape(at, text, false)
	return faces.Problems, nil
}

// Prints tells whether the faces alone print a text as it is written.
func (e *Engine) Prints(text string) (bool, error) {
	found, err := e.Unprintable(Place{}, text)
	return err == nil && len(found) == 0, err
}

// NewDrawings makes 外字 ready for documents, whose Faces.Drawn takes them.
func NewDrawings(list []Drawing) (*Drawings, error) { return jpl.NewDrawings(list) }

// Traceable says whether a picture can be drawn as a character.
func Traceable(d Dots) error { return fontx.Traceable(d) }

// Meta is what the file says about itself.
type Meta struct {
	Title, Author, Subject, Keywords string
	Time                             time.Time // time of confirmation (確定日時); the file's only date
	Source                           *Source   // what the document was made from, as a file inside: PDF/A-3a; nil: PDF/A-2a
}

// Source is a file inside the document.
type Source = pdfa.Source

// Result is a finished file.
type Result struct {
	PDF      []byte
	Pages    int
	Problems []Problem
	Version  string // renderer, Go release and the faces drawn with; the same version and input give the same bytes
}

// Finish draws a document that has been filled. It waits for its turn when many are drawn at once.
func (e *Engine) Finish(ctx context.Context, d *Doc, m Meta) (Result, error) {
	d.Finish()
	if err := d.Err(); err != nil {
		return Result{}, fmt.Errorf("pdf: %w", err)
	}
	select {
	case e.slots <- struct{}{}:
		defer func() { <-e.slots }()
	case <-ctx.Done():
		return Result{}, fmt.Errorf("pdf: %w", ctx.Err())
	}
	raw, err := draw.Render(ctx, d, m.Time)
	if err != nil {
		return Result{}, fmt.Errorf("pdf: %w", err)
	}
	out, err := pdfa.Rewrite(raw.PDF, archiveInput(d, raw, m))
	if err != nil {
		return Result{}, fmt.Errorf("pdf: %w", err)
	}
	return Result{PDF: out, Pages: len(d.Pages), Problems: d.Faces.Problems, Version: versionOf(d)}, nil
}

func archiveInput(d *Doc, raw draw.Raw, m Meta) pdfa.Input {
	in := pdfa.Input{
		Title: m.Title, Author: m.Author, Subject: m.Subject, Keywords: m.Keywords,
		Creator: "Kasane", Producer: version, Lang: "ja-JP", Time: m.Time,
		Fonts: map[string]pdfa.Font{}, Marks: raw.Marks, Source: m.Source,
	}
	for i, s := range d.Faces.Slots {
		in.Fonts[raw.Fonts[i]] = pdfa.Font{PostScript: s.Subset.Font().Name, Meaning: s.Subset.Meaning()}
	}
	for _, b := range d.Outline {
		y := (d.Pages[b.Page].H - b.Y) * 72 / 25.4
		in.Outline = append(in.Outline, pdfa.Bookmark{Title: b.Title, Level: b.Level, Page: b.Page, Y: y})
	}
	for _, n := range d.Nodes {
		in.Nodes = append(in.Nodes, pdfa.Node{Type: n.Type, Parent: n.Parent, Attr: n.Attr})
	}
	return in
}

// versionOf names what the bytes depend on besides the document itself.
func versionOf(d *Doc) string {
	parts := []string{version, runtime.Version()}
	for _, s := range d.Faces.Slots {
		f := s.Subset.Font()
		parts = append(parts, f.Name+"@"+f.Digest[:8])
	}
	slices.Sort(parts[2:])
	return strings.Join(slices.Compact(parts), " ")
}

// Text makes a table cell of one paragraph.
func Text(s string) Cell { return jpl.Text(s) }
