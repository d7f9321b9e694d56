package meeting_test

import (
	"bytes"
	"testing"

	"kasane/internal/access"
	"kasane/internal/meeting"
)

// What the 文書分類表 says when a paper is sealed decides whether it carries its 元データ, and that is what its hash names; drafts and 役割分担表 never do.
func TestSealedPapersCarryTheirSource(t *testing.T) {
	t.Parallel()
	for _, sourced := range [][]meeting.PaperKind{nil, {meeting.PaperMinutes, meeting.PaperPlan}} {
		w := agreed(t)
		w.store.Facts.Sourced = sourced
		w.act(w.chair, meeting.ActClose, nil)
		if d := w.print.minutes[len(w.print.minutes)-1]; !d.Draft || d.Source != nil {
			t.Errorf("a draft with %d bytes of source", len(d.Source))
		}
		if w.print.matrix != nil {
			t.Error("the 役割分担表 carries the plan")
		}
		r := w.act(w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-07"})
		for _, a := range []access.Actor{w.chair, w.sec, w.hk} {
			w.act(a, meeting.ActConfirm, map[string]any{"hash": r.Minutes.Hash, "ok": true})
		}
		w.act(w.chair, meeting.ActFinal, nil)
		plan, minutes := w.print.plans[len(w.print.plans)-1], w.print.minutes[len(w.print.minutes)-1]
		for _, p := range w.store.Sealed {
			var got []byte
			switch p.Kind {
			case meeting.PaperPlan:
				got = plan.Source
			case meeting.PaperMinutes:
				got = minutes.Source
			case meeting.PaperMatrix:
				continue
			}
			if sourced == nil && got != nil || sourced != nil && (len(got) == 0 || !bytes.Equal(got, p.Content)) {
				t.Errorf("%s with %v: %d bytes of source, %d of content", p.Kind, sourced, len(got), len(p.Content))
			}
		}
		if _, _, err := w.svc.Draft(w.ctx, w.sec, w.id, meeting.PaperPlan); err != nil {
			t.Fatal(err)
		}
		if d := w.print.plans[len(w.print.plans)-1]; d.Source != nil {
			t.Error("a copy of the agreed plan carries the source")
		}
	}
}
