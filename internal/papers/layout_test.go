package papers

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"kasane/internal/pdf/pdftest"
)

// A layout changes title, order, headings, boxes and note of each paper, and loses nothing: every usual section is still there.
func TestLayoutOfAnOffice(t *testing.T) {
	t.Parallel()
	p, ctx := printer(), context.Background()
	for _, paper := range LaidPapers() {
		h := Head{Municipality: "見本市", MeetingKind: "まるごと会議", MeetingNo: 1, CaseID: "見本", At: clock(10, 0)}
		print := func(l *Layout) string {
			h.Layout = l
			var r Result
			switch paper.Kind {
			case "minutes":
				r = must(t)(p.Minutes(ctx, SampleMinutes(h, "要綱第3条")))
			case "plan":
				r = must(t)(p.Plan(ctx, SamplePlan(h)))
			default:
				r = must(t)(p.RoleMatrix(ctx, SampleMatrix(h)))
			}
			pdftest.Sound(t, r.PDF)
			return pdftest.Ink(pdftest.Text(t, r.PDF, "-raw"))
		}
		usual := print(nil)
		l := &Layout{Title: "要録", Names: map[string]string{}, Approval: []string{"部長", "課長"}, Note: "この用紙は要綱の様式による。"}
		for _, s := range slices.Backward(paper.Sections) {
			l.Order = append(l.Order, s.Key)
			l.Names[s.Key] = "項目" + s.Key
		}
		got := print(l)
		if strings.Contains(usual, "要録") || !strings.Contains(got, "要録") || !strings.Contains(got, "部長課長") || !strings.Contains(got, "この用紙は要綱の様式による。") {
			t.Errorf("%s: title, boxes or note: %s", paper.Kind, got)
		}
		last := len(got)
		for i, s := range paper.Sections {
			at := strings.Index(got, "項目"+s.Key)
			if at < 0 || at > last {
				t.Errorf("%s: %s stands at %d, the one before at %d", paper.Kind, s.Key, at, last)
			}
			last = at
			if !strings.Contains(usual, s.Title) && s.Key != "meeting" && s.Key != "events" {
				t.Errorf("%s: section %d is not called %s: %s", paper.Kind, i, s.Title, usual)
			}
		}
		if raw, err := json.Marshal(h); err != nil || !strings.Contains(string(raw), `"Layout"`) {
			t.Errorf("the layout is no part of the content: %s", raw)
		}
		if h.Layout = nil; true {
			if raw, _ := json.Marshal(h); strings.Contains(string(raw), "Layout") {
				t.Errorf("contents sealed before would have another hash: %s", raw)
			}
		}
	}
}
