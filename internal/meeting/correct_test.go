package meeting_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/copies"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/papers"
)

const lessDebt = "消費者金融に八十万円"

// reopen begins a 訂正 and changes two places: a decision that every agency may read, and the debt, which a3 may not.
func (w *world) reopen() meeting.Room {
	w.t.Helper()
	r := w.act(w.chair, meeting.ActCorrect, map[string]string{"reason": "金額の誤り"})
	w.write(w.doc(live.KindMinutes, "", consent.ItemBasic), func(b *live.Builder) {
		b.Row("decision", "decision02", "a1", nil, map[string]string{"text": "火曜に訪問する"})
	})
	w.write(w.doc(live.KindMinutes, "p1", consent.ItemIncome), func(b *live.Builder) {
		b.Text("point/point00001/title", lessDebt)
		b.Text("point/point00001/content", lessDebt)
	})
	return r
}

// reseal has the corrected minutes confirmed and made final.
func (w *world) reseal() meeting.Room {
	w.t.Helper()
	r := w.act(w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-07"})
	w.refused(fault.Conflict, w.chair, meeting.ActFinal, nil)
	for _, a := range []access.Actor{w.chair, w.sec, w.hk} {
		w.act(a, meeting.ActConfirm, map[string]any{"hash": r.Minutes.Hash, "ok": true})
	}
	return w.act(w.chair, meeting.ActFinal, nil)
}

// 訂正: the chair opens sealed minutes with a reason; they are corrected, confirmed again and sealed as the next version of the same number, with a
// 訂正履歴. The version before keeps its bytes, and a copy of it its text.
func TestCorrectionIsAnotherVersion(t *testing.T) {
	t.Parallel()
	w, _, svc := sealedWith(t)
	first := slices.Clone(w.store.Sealed)
	before := map[string]string{}
	for _, wish := range every {
		before[string(wish.Kind)+wish.AgencyID] = inkOf(t, w, svc, "minutes", wish)
	}
	agreed, versions := w.room(w.sec).Frozen, w.store.Versions(w.planID)

	w.refused(fault.Invalid, w.chair, meeting.ActCorrect, map[string]string{"reason": ""})
	for _, a := range []access.Actor{w.sec, w.hk} {
		w.refused(fault.Forbidden, a, meeting.ActCorrect, map[string]string{"reason": "私も"})
	}
	r := w.reopen()
	if r.Status != meeting.StatusClosed || r.Minutes.Final != nil || len(r.Records) != 3 || r.Minutes.Correction == nil || r.Minutes.Correction.Version != 2 || r.Minutes.Correction.Reason != "金額の誤り" {
		t.Fatalf("opened again: %s, %+v", r.Status, r.Minutes)
	}
	if r.StatusLabel != "確定した会議録の訂正中" || r.Minutes.Edition != 1 {
		t.Errorf("under way: %s, edition %d", r.StatusLabel, r.Minutes.Edition)
	}
	if r = w.reseal(); r.Status != meeting.StatusSealed || r.StatusLabel != meeting.StatusSealed.Label() || r.Minutes.Edition != 2 || len(r.Records) != 4 || r.Minutes.Correction != nil || r.Minutes.Final == nil {
		t.Fatalf("sealed again: %s, %d records", r.Status, len(r.Records))
	}
	sealed := w.store.Sealed
	if !reflect.DeepEqual(sealed[:3], first) {
		t.Error("what was sealed is not as it was")
	}
	old, now := sealed[2], sealed[3]
	if now.Version != 2 || now.Number != old.Number || now.FileName == old.FileName || now.ContentSHA256 == old.ContentSHA256 || now.PartsSHA256 == old.PartsSHA256 {
		t.Errorf("the second version: %d %s %s", now.Version, now.Number, now.FileName)
	}
	doc := w.print.minutes[len(w.print.minutes)-1]
	want := []papers.Correction{{Version: 2, At: doc.Corrections[0].At, By: papers.Person{Agency: w.chair.AgencyName, Post: w.chair.Post, Name: w.chair.Name}, Reason: "金額の誤り",
		Places: []string{"検討した項目№1", "決定事項№1（追加）"}}}
	if !reflect.DeepEqual(doc.Corrections, want) || doc.Version != 2 || doc.Corrections[0].At.IsZero() {
		t.Errorf("訂正履歴: %d %+v", doc.Version, doc.Corrections)
	}
	if got := w.room(w.sec).Frozen; !reflect.DeepEqual(got, agreed) || !reflect.DeepEqual(w.store.Versions(w.planID), versions) {
		t.Errorf("the correction of the minutes touched what was agreed: %+v", got)
	}
	for _, wish := range every {
		if got := inkOf(t, w, svc, "minutes", wish); got != before[string(wish.Kind)+wish.AgencyID] || strings.Contains(got, lessDebt) || strings.Contains(got, "火曜に訪問") {
			t.Errorf("%s %s of the first version says another text", wish.Kind, wish.AgencyID)
		}
		got := inkOf(t, w, svc, "minutes2", wish)
		knows := wish.AgencyID == "a2" || wish.Kind == copies.KindAnonymous
		if !strings.Contains(got, "火曜に訪問") || strings.Contains(got, lessDebt) != knows || strings.Contains(got, debt) && wish.AgencyID == "a3" || wish.Kind == copies.KindAgency && !strings.Contains(got, "第2版") {
			t.Errorf("%s %s of the second version: %s", wish.Kind, wish.AgencyID, got)
		}
		if tells := strings.Contains(got, "検討した項目№1"); wish.Kind == copies.KindAgency && tells != knows {
			t.Errorf("%s %s: the 訂正履歴 tells of a place: %v", wish.Kind, wish.AgencyID, tells)
		}
	}
}

// After a withdrawal neither version is copied for an agency, whatever version its text was sealed in.
func TestCorrectionAndWithdrawal(t *testing.T) {
	t.Parallel()
	w, _, svc := sealedWith(t)
	w.reopen()
	w.reseal()
	w.store.Edit(func(f *meeting.Facts) {
		f.Consents[0].Withdrawals = []consent.Withdrawal{{At: w.clock.now()}}
	})
	for _, id := range []string{"minutes", "minutes2"} {
		for _, agency := range []string{"a2", "a3"} {
			if _, err := svc.Make(w.ctx, clerk, id, copies.Wish{Kind: copies.KindAgency, AgencyID: agency, Purpose: "共有"}, false); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s for %s: %v", id, agency, err)
			}
		}
	}
}

// A 訂正 of which nothing came is called off; with words changed, or shown to the agencies, it is not.
func TestCorrectionCalledOff(t *testing.T) {
	t.Parallel()
	w, _, _ := sealedWith(t)
	before := w.room(w.chair)
	decision := w.doc(live.KindMinutes, "", consent.ItemBasic)
	why := map[string]string{"reason": "訂正は要らなかった"}
	w.refused(fault.Conflict, w.chair, meeting.ActCorrectUndo, why)
	w.act(w.chair, meeting.ActCorrect, map[string]string{"reason": "見直し"})
	w.refused(fault.Conflict, w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-07"}) // nothing was corrected
	w.refused(fault.Invalid, w.chair, meeting.ActCorrectUndo, map[string]string{"reason": ""})
	w.refused(fault.Forbidden, w.sec, meeting.ActCorrectUndo, why)
	write := func(text string) error {
		return w.tryWrite(decision, func(b *live.Builder) { b.Text("decision/decision09/text", text); b.Set("decision/decision09/ord", "z") })
	}
	if err := write("直した"); err != nil {
		t.Fatal(err)
	}
	w.refused(fault.Conflict, w.chair, meeting.ActCorrectUndo, why)
	w.write(decision, func(b *live.Builder) { b.Set("decision/decision09/del", true) })
	r := w.act(w.chair, meeting.ActCorrectUndo, why)
	if r.Status != meeting.StatusSealed || !reflect.DeepEqual(r.Minutes.Final, before.Minutes.Final) || r.Minutes.Correction != nil || len(w.store.Sealed) != 3 {
		t.Errorf("called off: %s %+v", r.Status, r.Minutes)
	}
	if err := write("もう書けない"); err == nil {
		t.Error("the minutes of a sealed meeting can be written")
	}
	w.reopen()
	w.act(w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-07"})
	w.act(w.sec, meeting.ActAmend, map[string]string{"reason": "もう一か所"})
	w.refused(fault.Conflict, w.chair, meeting.ActCorrectUndo, why)
	if r = w.reseal(); r.Status != meeting.StatusSealed || w.store.Sealed[3].Version != 2 {
		t.Errorf("%s %d", r.Status, w.store.Sealed[3].Version)
	}
}

// The records desk begins a 訂正 without a part in the meeting: of minutes, of the newest version, once at a time.
func TestCorrectionFromTheDesk(t *testing.T) {
	t.Parallel()
	w, _, _ := sealedWith(t)
	try := func(a access.Actor, kind, reason string) error {
		return w.svc.Correct(w.ctx, a, kind+"-"+w.id, reason)
	}
	for _, a := range []access.Actor{w.sec, w.hk, w.out} {
		if err := try(a, "minutes", "理由"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: %v", a.Name, err)
		}
	}
	for id, kind := range map[string]fault.Kind{"plan": fault.Conflict, "matrix": fault.Conflict, "none": fault.NotFound} {
		if err := w.svc.Correct(w.ctx, clerk, id+"-"+w.id+"-1", "理由"); !fault.Is(err, kind) {
			t.Errorf("%s: %v", id, err)
		}
	}
	first, second := "minutes-"+w.id+"-1", "minutes-"+w.id+"-2"
	if err := w.svc.Correct(w.ctx, clerk, first, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a reason: %v", err)
	}
	if err := w.svc.Correct(w.ctx, clerk, first, "文書主任の指摘"); err != nil {
		t.Fatal(err)
	}
	if last := w.store.Audit[len(w.store.Audit)-1]; last.Verb != access.VerbArchiveCorrect || last.ActorID != clerk.UserID {
		t.Errorf("audit: %+v", last)
	}
	if err := w.svc.Correct(w.ctx, clerk, first, "もう一度"); !fault.Is(err, fault.Conflict) {
		t.Errorf("twice: %v", err)
	}
	if _, err := w.svc.State(w.ctx, clerk, w.id); err == nil {
		t.Error("the records desk reads the meeting")
	}
	w.write(w.doc(live.KindMinutes, "", consent.ItemBasic), func(b *live.Builder) {
		b.Row("decision", "decision02", "a1", nil, map[string]string{"text": "火曜に訪問する"})
	})
	w.reseal()
	doc := w.print.minutes[len(w.print.minutes)-1]
	if c := doc.Corrections[0]; c.By.Name != clerk.Name || c.Reason != "文書主任の指摘" {
		t.Errorf("訂正履歴: %+v", c)
	}
	if err := w.svc.Correct(w.ctx, clerk, first, "古い版を"); !fault.Is(err, fault.Conflict) || !strings.Contains(fault.Message(err), "第2版") {
		t.Errorf("an older version: %v", err)
	}
	if err := w.svc.Correct(w.ctx, clerk, second, "さらに"); err != nil {
		t.Error(err)
	}
}

// Once a 訂正 began, a record from before its parts were kept gives no copy that has to be sorted by class: its documents went on. What is made of the
// whole still says what was sealed.
func TestOlderRecordAfterACorrection(t *testing.T) {
	t.Parallel()
	w, _, svc := sealedWith(t)
	for i := range w.store.Sealed {
		w.store.Sealed[i].Parts, w.store.Sealed[i].PartsSHA256 = nil, ""
	}
	whole := inkOf(t, w, svc, "minutes", copies.Wish{Kind: copies.KindAnonymous})
	look := func(when string) {
		t.Helper()
		for _, wish := range every[:3] {
			wish.Purpose = "共有"
			if _, err := svc.Make(w.ctx, clerk, "minutes", wish, true); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s, %s %s: %v", when, wish.Kind, wish.AgencyID, err)
			}
		}
		if got := inkOf(t, w, svc, "minutes", copies.Wish{Kind: copies.KindAnonymous}); got != whole {
			t.Errorf("%s: another text", when)
		}
	}
	w.reopen()
	look("while it is corrected")
	w.reseal()
	look("after the second version")
	if got := inkOf(t, w, svc, "minutes2", every[0]); !strings.Contains(got, lessDebt) {
		t.Errorf("the second version: %s", got)
	}
}

// What the events keep of a 訂正 has places, no words.
func TestCorrectionKeepsNoWordsInEvents(t *testing.T) {
	t.Parallel()
	w, _, _ := sealedWith(t)
	w.reopen()
	w.reseal()
	events, err := w.store.MeetingEvents(w.ctx, "t", w.id, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, e := range events {
		if e.Kind != meeting.KindProposed {
			continue
		}
		var d struct{ Changed []map[string]any }
		if err := json.Unmarshal(e.Data, &d); err != nil {
			t.Fatal(err)
		}
		found = found || len(d.Changed) == 2
		if strings.Contains(string(e.Data), "万円") || strings.Contains(string(e.Data), "訪問") {
			t.Errorf("%s", e.Data)
		}
	}
	if !found {
		t.Error("no event says what was changed")
	}
}
