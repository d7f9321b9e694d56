package meeting_test

import (
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/papers"
)

// A layout holds for what is called from its 適用開始日 on; a meeting that exists keeps its own.
func TestLayoutOfATypeFromItsDayOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	city := actor("u1", "a1", "市 一郎", access.RoleCity)
	save := func(from, title string) {
		t.Helper()
		ty := meeting.Type{ID: "support", Name: "支援会議", Mode: consent.ModeSupport, Basis: "要綱", Retention: 5, EffectiveFrom: from,
			Papers: map[string]papers.Layout{"minutes": {Title: title, Approval: []string{"部長"}, Order: []string{"decisions"}}, "plan": {}}}
		if err := w.svc.SaveType(w.ctx, city, ty); err != nil {
			t.Fatal(err)
		}
	}
	draft := func() string {
		t.Helper()
		res, _, err := w.svc.Draft(w.ctx, w.sec, w.id, meeting.PaperMinutes)
		if err != nil {
			t.Fatal(err)
		}
		return string(res.PDF)
	}
	save("2026-11-01", "最初の要録")
	w.create(consent.ModeSupport, "急ぎ")
	w.seated()
	if got := draft(); !strings.Contains(got, "最初の要録") || !strings.Contains(got, `"Approval":`) {
		t.Errorf("the layout is not in the paper: %.300s", got)
	}
	save("2026-11-23", "あとの要録")
	if got := draft(); !strings.Contains(got, "最初の要録") || strings.Contains(got, "あとの要録") {
		t.Error("a meeting that exists changed its papers")
	}
}

func TestLayoutsThatDoNotFit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	city := actor("u1", "a1", "市 一郎", access.RoleCity)
	long := strings.Repeat("長", 41)
	for name, l := range map[string]map[string]papers.Layout{
		"no such paper": {"consent": {Title: "x"}}, "no such section": {"minutes": {Order: []string{"nothing"}}}, "twice": {"minutes": {Order: []string{"held", "held"}}},
		"a long title": {"plan": {Title: long}}, "a long heading": {"plan": {Names: map[string]string{"goals": long}}}, "a heading of nothing": {"plan": {Names: map[string]string{"x": "y"}}},
		"seven boxes": {"matrix": {Approval: []string{"1", "2", "3", "4", "5", "6", "7"}}}, "a box without a name": {"matrix": {Approval: []string{" "}}},
		"two lines": {"minutes": {Title: "a\nb"}}, "a long note": {"minutes": {Note: strings.Repeat("長", 401)}},
	} {
		ty := meeting.Type{ID: "x", Name: "会議", Mode: consent.ModeSupport, Basis: "要綱", Retention: 5, EffectiveFrom: "2026-12-01", Papers: l}
		if err := w.svc.SaveType(w.ctx, city, ty); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := w.svc.PreviewPaper(w.ctx, city, ty, meeting.PaperMinutes); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s, 見本: %v", name, err)
		}
	}
	if _, err := w.svc.PreviewPaper(w.ctx, w.sec, meeting.Type{}, meeting.PaperMinutes); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a 事務局 sets papers: %v", err)
	}
	if _, err := w.svc.PreviewPaper(w.ctx, city, meeting.Type{Name: "会議"}, "prep"); !fault.Is(err, fault.Invalid) {
		t.Errorf("a paper without a layout: %v", err)
	}
}
