package meeting

import (
	"context"
	"slices"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/papers"
	"kasane/internal/text"
)

// layout is how the papers of the kind of meeting are set, nil for the usual way. A meeting keeps the version of its type it was called with, so
// a change holds for what is called from its 適用開始日 on.
func (t Type) layout(kind PaperKind) *papers.Layout {
	l, ok := t.Papers[string(kind)]
	if !ok || l.Empty() {
		return nil
	}
	return &l
}

// Bounds of a layout: what fits on the paper.
const (
	maxApproval     = 6
	maxApprovalText = 8
	maxHeading      = 40
	maxNote         = 400
)

// checkPapers looks at the layouts of the papers, and drops those that change nothing.
func (t *Type) checkPapers() error {
	for kind, l := range t.Papers {
		i := slices.IndexFunc(papers.LaidPapers(), func(p papers.Paper) bool { return p.Kind == kind })
		if i < 0 {
			return fault.New(fault.Invalid, "様式を設定する文書を選び直してください。").On("papers")
		}
		if err := checkLayout(papers.LaidPapers()[i], l); err != nil {
			return err
		}
		if l.Empty() {
			delete(t.Papers, kind)
		}
	}
	return nil
}

func checkLayout(p papers.Paper, l papers.Layout) error {
	known := func(key string) bool {
		return slices.ContainsFunc(p.Sections, func(s papers.LaidSection) bool { return s.Key == key })
	}
	seen := map[string]bool{}
	for _, key := range l.Order {
		if !known(key) || seen[key] {
			return fault.New(fault.Invalid, "項目の順序を読み取れません。画面を更新してください。").On("papers")
		}
		seen[key] = true
	}
	if err := text.Line("papers", "表題", l.Title, maxHeading); err != nil {
		return err
	}
	for key, name := range l.Names {
		if !known(key) {
			return fault.New(fault.Invalid, "項目の名前を読み取れません。画面を更新してください。").On("papers")
		}
		if err := text.Line("papers", "項目の見出し", name, maxHeading); err != nil {
			return err
		}
	}
	if len(l.Approval) > maxApproval {
		return fault.Newf(fault.Invalid, "決裁欄は%d欄までにしてください。", maxApproval).On("papers")
	}
	for _, a := range l.Approval {
		if err := first(text.Required("papers", "決裁欄の名前", a), text.Line("papers", "決裁欄の名前", a, maxApprovalText)); err != nil {
			return err
		}
	}
	return text.Memo("papers", "注記", l.Note, maxNote)
}

// PreviewPaper prints a fictional paper in the layout of a type that is being written. Nothing is kept.
func (s *Service) PreviewPaper(ctx context.Context, actor access.Actor, t Type, kind PaperKind) (papers.Result, error) {
	if err := access.Require(actor, access.ActAdminister); err != nil {
		return papers.Result{}, err
	}
	if err := t.checkPapers(); err != nil {
		return papers.Result{}, err
	}
	h := papers.Head{Municipality: "見本市", MeetingKind: t.Name, MeetingNo: 1, CaseID: "見本", Draft: true, At: s.clock(), FormName: t.FormName, Layout: t.layout(kind)}
	switch kind {
	case PaperMinutes:
		return s.Print.Minutes(ctx, papers.SampleMinutes(h, t.Basis))
	case PaperPlan:
		h.FormName = ""
		return s.Print.Plan(ctx, papers.SamplePlan(h))
	case PaperMatrix:
		h.FormName = ""
		return s.Print.RoleMatrix(ctx, papers.SampleMatrix(h))
	}
	return papers.Result{}, fault.New(fault.Invalid, "見本を見る文書を選び直してください。").On("paper")
}
