package meeting_test

import (
	"encoding/json"
	"strings"
	"testing"

	"kasane/internal/consent"
	"kasane/internal/live"
	"kasane/internal/meeting"
)

// TestReasonOfAWithheldRow: the reason of a row belongs to the row's document. A row of the same id in a document that others may read
// neither shows it nor is excused by it.
func TestReasonOfAWithheldRow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant([]consent.Item{consent.ItemBasic}, "a1", "a2", "a3") // no 収入
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	w.income(debt) // action0002 in 収入
	const why = "差押えの通知が来ているため"
	w.act(w.sec, meeting.ActRowReason, map[string]string{"actionId": "action0002", "reason": why})
	w.write(w.doc(live.KindPlan, "", consent.ItemBasic), func(b *live.Builder) {
		b.Row("action", "action0002", "z0", nil, map[string]string{"text": "別の支援項目"})
	})
	v, err := w.svc.PlanView(w.ctx, w.hk, w.id)
	if err != nil {
		t.Fatal(err)
	}
	if raw, _ := json.Marshal(v); strings.Contains(string(raw), why) {
		t.Error("the reason of a row that is withheld is shown with another row")
	}
	stops := false
	for _, x := range v.Warnings {
		stops = stops || x.Code == "no_lead" && x.Blocking
	}
	if !stops {
		t.Errorf("a row without ◎ is excused by the reason of another row: %+v", v.Warnings)
	}
	v, err = w.svc.PlanView(w.ctx, w.sec, w.id)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range v.Matrix.Rows {
		if want := r.Action.Item == consent.ItemIncome; (r.Reason == why) != want {
			t.Errorf("%s of %s: reason %q", r.Action.ID, r.Action.Item, r.Reason)
		}
	}
}
