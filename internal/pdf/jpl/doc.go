// Package jpl lays out Japanese office documents: text with kinsoku, tables that run over pages, seals, headings.
// The result is a display list (pages of drawing operations) plus the structure of the document for a tagged PDF.
// It draws nothing itself, reads no clock and does no I/O apart from the lazy loading of fallback faces.
//
// The story: a Faces knows the fonts; Shape turns text into Clusters (what is drawn, how wide, what it means);
// Break cuts clusters into Lines; Doc places lines on Pages. Layout runs to the end before headers and footers are
// drawn, so that "N／M" is known.
//
// Invariants:
//   - no text is ever lost: the clusters of all lines, joined, are the text shaped (minus line feeds);
//   - a character that cannot be set as written is listed in Faces.Problems, and 〓 stands in its place;
//   - hostile text (broken UTF-8, control characters, 100 KB in one cell) gives problems and pages, not panics;
//   - the same calls give the same pages.
package jpl

import (
	"context"
	"fmt"
)

// Geometry is a page: its size and margins in mm.
type Geometry struct {
	W, H                     float64
	Left, Right, Top, Bottom float64
}

// Doc is a document being laid out. Make one with NewDoc, call its methods in reading order, then Finish.
type Doc struct {
	Faces   *Faces
	Pages   []*Page
	Nodes   []Node    // structure; Nodes[0] is the document itself
	Outline []Outline // bookmarks in reading order
	// Header and Footer draw what stands on every page; they run in Finish, as artifacts.
	Header, Footer func(d *Doc, p *Page, n, total int)

	ctx      context.Context
	geo      Geometry
	y        float64
	cur      int
	artifact bool
	where    string
	maxPages int
	err      error
}

// Node is a structure element of the tagged PDF.
type Node struct {
	Type   string // standard structure type: H1, P, Table, TR, TH, TD
	Parent int    // index in Nodes
	Attr   string // attribute dictionary in PDF syntax, or empty
}

// Outline is a bookmark (しおり).
type Outline struct {
	Title string
	Level int // 0 is the outermost
	Page  int // index in Pages
	Y     float64
}

// NewDoc begins a document with its first page. More than maxPages pages make Err return ErrTooLong.
func NewDoc(ctx context.Context, f *Faces, g Geometry, maxPages int) *Doc {
	d := &Doc{Faces: f, ctx: ctx, geo: g, maxPages: maxPages, Nodes: []Node{{Type: "Document"}}}
	d.NewPage()
	return d
}

// ErrTooLong says that a document passed its page limit.
var ErrTooLong = fmt.Errorf("document has too many pages")

// Err is the first thing that went wrong: ErrTooLong or the context's error. After it nothing more is laid out.
func (d *Doc) Err() error { return d.err }

// stopped checks the deadline; it is asked once per block and per row.
func (d *Doc) stopped() bool {
	if d.err == nil {
		d.err = d.ctx.Err()
	}
	return d.err != nil
}

// NewPage begins a page of the current geometry.
func (d *Doc) NewPage() {
	if len(d.Pages) >= d.maxPages && d.err == nil {
		d.err = ErrTooLong
	}
	if d.err == nil || len(d.Pages) == 0 {
		d.Pages = append(d.Pages, &Page{W: d.geo.W, H: d.geo.H, Geo: d.geo})
	}
	d.y = d.geo.Top
}

// Turn begins a page of another geometry, which holds from there on. An untouched page is reused.
func (d *Doc) Turn(g Geometry) {
	d.geo = g
	if p := d.page(); len(p.Ops) == 0 && !d.bookmarked(len(d.Pages)-1) {
		p.W, p.H, p.Geo = g.W, g.H, g
		d.y = g.Top
		return
	}
	d.NewPage()
}

func (d *Doc) bookmarked(page int) bool {
	return len(d.Outline) > 0 && d.Outline[len(d.Outline)-1].Page == page
}

func (d *Doc) page() *Page { return d.Pages[len(d.Pages)-1] }

// Page is the page being filled.
func (d *Doc) Page() *Page { return d.page() }

// Geometry is that of the page being filled.
func (d *Doc) Geometry() Geometry { return d.geo }

// Room is the height left on the page, in mm.
func (d *Doc) Room() float64 { return d.geo.H - d.geo.Bottom - d.y }

// Inner is the width between the margins, in mm.
func (d *Doc) Inner() float64 { return d.geo.W - d.geo.Left - d.geo.Right }

// Y is the top of what comes next, in mm from the top of the page.
func (d *Doc) Y() float64 { return d.y }

// Skip leaves mm of white space.
func (d *Doc) Skip(mm float64) { d.y += mm }

// Need begins a new page unless mm of height are left.
func (d *Doc) Need(mm float64) {
	if d.Room() < mm && d.y > d.geo.Top {
		d.NewPage()
	}
}

// Section names the part of the document that problems are reported under, until the next call.
func (d *Doc) Section(where string) { d.where = where }

// Bookmark adds an entry to the outline, pointing here.
func (d *Doc) Bookmark(title string, level int) {
	d.Outline = append(d.Outline, Outline{Title: title, Level: level, Page: len(d.Pages) - 1, Y: d.y})
}

// Open adds a structure element below the open one; the returned function closes it.
func (d *Doc) Open(typ, attr string) (closeIt func()) {
	if d.artifact {
		return func() {}
	}
	old := d.cur
	d.Nodes = append(d.Nodes, Node{typ, old, attr})
	d.cur = len(d.Nodes) - 1
	return func() { d.cur = old }
}

func (d *Doc) tag() int {
	if d.artifact {
		return 0
	}
	return d.cur
}

// asArtifact runs draw with everything it draws outside the document's structure.
func (d *Doc) asArtifact(draw func()) {
	old := d.artifact
	d.artifact = true
	draw()
	d.artifact = old
}

// Heading sets a heading of level 1 to 3 with a bookmark; it never stands alone at the foot of a page.
func (d *Doc) Heading(level int, text string, st Style) { d.HeadingOf(level, Para{Text: text}, st) }

// HeadingOf is Heading for a paragraph with readings; the bookmark is its Text.
func (d *Doc) HeadingOf(level int, p Para, st Style) {
	if d.stopped() {
		return
	}
	st.Role = fmt.Sprintf("H%d", level)
	d.Section(p.Text)
	p.Style = nil
	n := 0
	d.measure(func() { n = len(d.Lines(p, st, d.Inner()-st.Left)) })
	d.Need(st.Before + float64(n)*st.height() + st.After + st.Follow)
	if d.y > d.geo.Top { // no gap at the head of a page
		d.y += st.Before
	}
	st.Before = 0
	d.Bookmark(p.Text, level-1)
	d.Set(p, st)
}

// Finish draws headers and footers on every page. Call it once, last.
func (d *Doc) Finish() {
	if d.stopped() {
		return
	}
	d.artifact = true
	d.Section("ページの見出し・欄外")
	for i, p := range d.Pages {
		if d.Header != nil {
			d.Header(d, p, i+1, len(d.Pages))
		}
		if d.Footer != nil {
			d.Footer(d, p, i+1, len(d.Pages))
		}
	}
}
