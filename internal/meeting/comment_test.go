package meeting_test

import (
	"encoding/json"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
)

func TestACommentBecomesAnOpenPoint(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.act(w.sec, meeting.ActSeat, map[string]any{"agencyId": "a4", "observer": true, "speaker": "消防 四郎"})
	w.store.Edit(func(f *meeting.Facts) { f.Consents[0].Scope["a4"] = allItems })
	w.seated()
	advisor := w.out
	advisor.Roles = []access.Role{access.RoleObserver}
	doc := w.doc(live.KindPlan, "", consent.ItemBasic)
	at := func(kind, row, column string) map[string]any {
		return map[string]any{"text": "夜間の連絡先も決めておくとよい。", "spot": map[string]string{"kind": kind, "docId": doc, "row": row, "column": column}}
	}
	if err := w.svc.Join(w.ctx, advisor, w.id, "c-u4", meeting.FormRoom); err != nil {
		t.Fatal(err)
	}
	w.refused(fault.Invalid, advisor, meeting.ActComment, at("goal", "goal000009", ""))
	w.refused(fault.Invalid, advisor, meeting.ActComment, map[string]any{"text": " ", "spot": at("goal", "goal000001", "")["spot"]})
	for _, in := range []map[string]any{at("goal", "goal000001", ""), at("action", actionID, "a3"), at("text", "wish", "")} {
		w.act(advisor, meeting.ActComment, in)
	}
	list := w.room(advisor).During.Comments
	if len(list) != 3 || !list[0].Mine || list[0].Spot.Item != consent.ItemBasic || list[1].Spot.Column != "a3" || list[0].Withheld {
		t.Fatalf("%+v", list)
	}
	w.refused(fault.Forbidden, advisor, meeting.ActCommentState, map[string]string{"id": list[0].ID, "state": "settled"})
	w.refused(fault.Forbidden, w.sec, meeting.ActCommentState, map[string]string{"id": list[0].ID, "state": "withdrawn"})
	w.refused(fault.Invalid, w.sec, meeting.ActCommentState, map[string]string{"id": list[0].ID, "state": "gone"})
	w.refused(fault.NotFound, w.sec, meeting.ActCommentState, map[string]string{"id": "c99", "state": "settled"})
	w.act(advisor, meeting.ActCommentState, map[string]string{"id": list[2].ID, "state": "withdrawn"})
	w.act(w.sec, meeting.ActCommentState, map[string]string{"id": list[1].ID, "state": "settled", "reason": "内容に書き足した"})
	w.act(w.sec, meeting.ActCommentState, map[string]string{"id": list[1].ID, "state": ""})
	r := w.act(w.sec, meeting.ActCommentState, map[string]string{"id": list[0].ID, "state": "point"})
	w.refused(fault.Conflict, w.sec, meeting.ActCommentState, map[string]string{"id": list[0].ID, "state": "settled"})
	if n := r.During.Notes; len(n) != 1 || n[0].Kind != meeting.NotePark || n[0].Text != list[0].Text || n[0].Item != consent.ItemBasic {
		t.Fatalf("the open point: %+v", n)
	}
	if c := r.During.Comments; c[0].State != "point" || c[1].State != "" || c[1].DoneAt != nil || c[2].State != "withdrawn" {
		t.Errorf("%+v", c)
	}
	if err := w.svc.Leave(w.ctx, advisor, w.id, "c-u4"); err != nil {
		t.Fatal(err)
	}
	w.refused(fault.NotFound, actor("u8", "a9", "よその 人", access.RoleAgency), meeting.ActComment, at("goal", "goal000001", ""))
}

func TestACommentFollowsTheGate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant([]consent.Item{consent.ItemBasic}, "a1", "a2", "a3") // no 収入
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	w.income(debt)
	ref, err := w.plans.EnsureDoc(w.ctx, w.sec, "", w.planID, "p1", consent.ItemIncome)
	if err != nil {
		t.Fatal(err)
	}
	in := map[string]any{"text": secret, "spot": map[string]string{"kind": "action", "docId": ref.DocID, "row": "action0002", "column": ""}}
	w.refused(fault.Invalid, w.hk, meeting.ActComment, in) // out of sight
	id := w.act(w.sec, meeting.ActComment, in).During.Comments[0].ID
	w.act(w.sec, meeting.ActCommentState, map[string]string{"id": id, "state": "settled", "reason": secret})
	w.act(w.sec, meeting.ActCommentState, map[string]string{"id": id, "state": "point"})
	seen := w.room(w.hk)
	raw, err := json.Marshal(seen)
	if err != nil {
		t.Fatal(err)
	}
	c := seen.During.Comments
	if strings.Contains(string(raw), secret) || len(c) != 1 || !c[0].Withheld || c[0].Spot != (meeting.Spot{}) || !seen.During.Notes[0].Withheld {
		t.Errorf("a comment reached an agency outside of the consent: %s", raw)
	}
	if own := w.room(w.sec).During.Comments[0]; own.Text != secret || own.Spot.Item != consent.ItemIncome {
		t.Errorf("%+v", own)
	}
}
