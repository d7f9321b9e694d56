package papers

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"kasane/internal/fault"
	"kasane/internal/pdf"
)

// Printer makes documents. It is safe for concurrent use.
type Printer struct {
	engine *pdf.Engine
	drawer Drawer
}

// Drawer gives the 外字 of a municipality; nil when it has none.
type Drawer interface {
	Drawings(ctx context.Context, tenant string) (*pdf.Drawings, error)
}

// DrawWith has the printer draw 外字. Call it before the first document.
func (p *Printer) DrawWith(d Drawer) { p.drawer = d }

// New makes a printer on an engine.
func New(e *pdf.Engine) *Printer { return &Printer{engine: e} }

// Result is a finished document.
type Result struct {
	PDF             []byte
	Problems        []pdf.Problem // characters that are not printed as written
	Pages           int
	RendererVersion string // the same model and version give the same bytes
}

// NameProblems are the problems that stand in name fields (氏名). A record with one is not to be sealed.
func (r Result) NameProblems() []pdf.Problem {
	var out []pdf.Problem
	for _, p := range r.Problems {
		if p.Name {
			out = append(out, p)
		}
	}
	return out
}

// print lays a document out and makes the file. Faults: Invalid for a model without the data every file needs,
// TooLarge for more pages than the engine allows, Unavailable when ctx ends first, Internal otherwise.
func (p *Printer) print(ctx context.Context, h Head, kind string, g pdf.Geometry, fill func(*sheet)) (out Result, err error) {
	defer func() { // a meeting must be able to close: a bug in layout is an error, not the end of the process
		if r := recover(); r != nil {
			out, err = Result{}, fault.Wrap(fault.Internal, fmt.Errorf("layout of %s: %v", kind, r), "")
		}
	}()
	if h.At.IsZero() {
		return Result{}, fault.New(fault.Invalid, "文書の日時が定まっていないため、PDFを作れません。").On("at")
	}
	source, err := h.source()
	if err != nil {
		return Result{}, err
	}
	d, err := p.engine.Begin(ctx, g)
	if err != nil {
		return Result{}, fault.Wrap(fault.Internal, err, "")
	}
	kind = h.named(kind)
	s := &sheet{Doc: d, head: h, kind: kind, paper: g}
	d.Header, d.Footer = s.header, s.footer
	d.Faces.Blacking = h.Edit != nil
	if p.drawer != nil && h.Tenant != "" {
		if d.Faces.Drawn, err = p.drawer.Drawings(ctx, h.Tenant); err != nil {
			return Result{}, fault.Wrap(fault.Unavailable, err, "外字を読み込めませんでした。もう一度お試しください。")
		}
	}
	fill(s)
	s.proof()
	s.reasons()
	s.problems()
	r, err := p.engine.Finish(ctx, d, pdf.Meta{
		Title: s.edge(), Author: h.Municipality, Subject: kind, Keywords: joinNonEmpty(" ", s.number(), h.Checkpoint), Time: h.At, Source: source,
	})
	switch {
	case errors.Is(err, pdf.ErrTooLong):
		return Result{}, fault.Wrap(fault.TooLarge, err, "文書のページ数が上限を超えました。記載を分けるか、別紙にしてください。")
	case ctx.Err() != nil:
		return Result{}, fault.Wrap(fault.Unavailable, err, "PDFの作成が時間内に終わりませんでした。もう一度お試しください。")
	case err != nil:
		return Result{}, fault.Wrap(fault.Internal, err, "")
	}
	return Result{PDF: r.PDF, Problems: r.Problems, Pages: r.Pages, RendererVersion: r.Version}, nil
}

// proof sets the checkpoint of the audit log under a sealed record: with it `kasane verify` shows later that nothing of what came before the
// sealing was changed or lost.
func (s *sheet) proof() {
	point, rest, signed := cutCheckpoint(s.head.Checkpoint)
	if point == "" && s.head.Signature == "" {
		return
	}
	s.Need(28)
	s.Skip(3)
	st := smallStyle
	if point == "" { // the log is empty
		s.Para(s.head.Signature, st)
		return
	}
	s.Para("監査ログの到達点と署名（あとから改ざんを調べるための控え）", st)
	if signed {
		point += "\n" + rest[:len(rest)/2] + "\n" + rest[len(rest)/2:]
	}
	s.Para(point, st)
	if s.head.Signature != "" {
		s.Para(s.head.Signature, st)
	}
}

// cutCheckpoint parts "size:root:…" behind the root.
func cutCheckpoint(c string) (point, rest string, signed bool) {
	size, more, ok := strings.Cut(c, ":")
	if !ok {
		return c, "", false
	}
	root, rest, signed := strings.Cut(more, ":")
	return size + ":" + root, ":" + rest, signed
}
