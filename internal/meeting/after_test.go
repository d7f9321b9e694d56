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
	"kasane/internal/plans"
)

const secret = "通院先を母に知られたくない"

func TestHandoverOfALead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	doc := w.doc(live.KindPlan, "", consent.ItemBasic)
	offer := map[string]any{"docId": doc, "actionId": actionID, "to": "a2", "stay": "watch", "note": "地区が変わった"}
	w.refused(fault.Conflict, w.sec, meeting.ActHandover, offer) // has no ◎
	for name, in := range map[string]map[string]any{"to itself": {"to": "a3"}, "no seat": {"to": "a9"}, "stays ◎": {"stay": "lead"}} {
		bad := map[string]any{"docId": doc, "actionId": actionID, "to": "a2", "stay": "watch"}
		for k, v := range in {
			bad[k] = v
		}
		if _, err := w.try(w.hk, meeting.ActHandover, bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.refused(fault.NotFound, w.hk, meeting.ActHandover, map[string]any{"docId": "other", "actionId": actionID, "to": "a2", "stay": "watch"})
	r := w.act(w.hk, meeting.ActHandover, offer)
	w.refused(fault.Conflict, w.hk, meeting.ActHandover, offer) // one at a time
	h := r.Handovers[0]
	if h.FromName == "" || h.ToName == "" || h.DoneAt != nil || w.code("a3") != plans.CodeLead || w.code("a2") != plans.CodeMain {
		t.Fatalf("the ◎ moved before it was accepted: %+v", h)
	}
	w.refused(fault.Forbidden, w.hk, meeting.ActHandoverAnswer, map[string]any{"id": h.ID, "accept": true})
	w.refused(fault.Invalid, w.sec, meeting.ActHandoverAnswer, map[string]any{"id": h.ID, "accept": false})
	r = w.act(w.sec, meeting.ActHandoverAnswer, map[string]any{"id": h.ID, "accept": true})
	if w.code("a3") != plans.CodeWatch || w.code("a2") != plans.CodeLead || !r.Handovers[0].Accepted {
		t.Fatalf("accepted: %s, %s", w.code("a3"), w.code("a2"))
	}
	said := r.Events[len(r.Events)-2].Text
	if !strings.Contains(said, h.FromName) || !strings.Contains(said, h.ToName) {
		t.Errorf("the event names both agencies: %s", said)
	}
	v, err := w.svc.PlanView(w.ctx, w.sec, w.id)
	if err != nil || len(v.Answers) != 1 || v.Answers[0].Void || v.Answers[0].AgencyID != "a2" {
		t.Errorf("the new ◎ is accepted as it stands: %+v, %v", v.Answers, err)
	}
	w.refused(fault.Conflict, w.sec, meeting.ActHandoverAnswer, map[string]any{"id": h.ID, "accept": true})

	// Taken back by who offered it.
	r = w.act(w.sec, meeting.ActHandover, map[string]any{"docId": doc, "actionId": actionID, "to": "a3"})
	r = w.act(w.sec, meeting.ActHandoverAnswer, map[string]any{"id": r.Handovers[1].ID, "accept": false})
	if r.Handovers[1].DoneAt == nil || r.Handovers[1].Accepted || w.code("a2") != plans.CodeLead {
		t.Errorf("taken back: %+v", r.Handovers[1])
	}
	// The ◎ went elsewhere meanwhile: nothing is moved by an old offer.
	r = w.act(w.sec, meeting.ActHandover, map[string]any{"docId": doc, "actionId": actionID, "to": "a3"})
	w.write(doc, func(b *live.Builder) { b.Cell(actionID, "a2", map[string]any{"code": "assist"}, nil) })
	w.refused(fault.Conflict, w.hk, meeting.ActHandoverAnswer, map[string]any{"id": r.Handovers[2].ID, "accept": true})
}

func (w *world) code(agency string) plans.Code {
	w.t.Helper()
	v, err := w.svc.PlanView(w.ctx, w.sec, w.id)
	if err != nil {
		w.t.Fatal(err)
	}
	a, _ := v.Body.Action(actionID)
	c, _ := a.Cell(agency)
	return c.Code
}

func TestAHandoverIsShownWithItsRow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant([]consent.Item{consent.ItemBasic}, "a1", "a2", "a3") // no 収入
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	w.income(debt) // its ◎ is a2
	ref, err := w.plans.EnsureDoc(w.ctx, w.sec, "", w.planID, "p1", consent.ItemIncome)
	if err != nil {
		t.Fatal(err)
	}
	r := w.act(w.sec, meeting.ActHandover, map[string]any{"docId": ref.DocID, "actionId": "action0002", "to": "a3", "note": secret})
	if raw, _ := json.Marshal(w.room(w.hk)); len(r.Handovers) != 1 || len(w.room(w.hk).Handovers) != 0 || strings.Contains(string(raw), secret) {
		t.Error("an offer reached an agency outside of the consent")
	}
	w.refused(fault.NotFound, w.hk, meeting.ActHandoverAnswer, map[string]any{"id": r.Handovers[0].ID, "accept": true})
	w.act(w.sec, meeting.ActHandoverAnswer, map[string]any{"id": r.Handovers[0].ID, "accept": false, "reason": secret})
	if raw, _ := json.Marshal(w.room(w.hk)); strings.Contains(string(raw), secret) {
		t.Error("the reason of an end reached an agency outside of the consent")
	}
}

func TestSenseIsHiddenUntilAllHaveTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	w.refused(fault.Conflict, w.hk, meeting.ActSenseAnswer, map[string]string{"feel": "good"})
	w.act(w.chair, meeting.ActSense, nil)
	w.refused(fault.Invalid, w.hk, meeting.ActSenseAnswer, map[string]string{"feel": "great"})
	w.act(w.hk, meeting.ActSenseAnswer, map[string]string{"feel": "worry", "note": secret})
	w.act(w.sec, meeting.ActSenseAnswer, map[string]string{"feel": "good"})
	r := w.room(w.chair)
	if raw, _ := json.Marshal(r); r.Sense.Revealed || len(r.Sense.List) != 0 || strings.Contains(string(raw), secret) || len(r.Sense.Missing) != 1 {
		t.Fatalf("seen early: %+v", r.Sense)
	}
	if own := w.room(w.hk).Sense.Own; own == nil || own.Note != secret {
		t.Error("one's own word is shown")
	}
	r = w.act(w.chair, meeting.ActSenseAnswer, map[string]string{"feel": "mind"})
	if !r.Sense.Revealed || len(r.Sense.List) != 3 || r.Sense.List[0].Note != secret {
		t.Fatalf("not revealed: %+v", r.Sense)
	}
	// It binds nobody: the plan is frozen, and every seat is asked in earnest.
	r = w.act(w.chair, meeting.ActFreeze, nil)
	if !r.Sense.Over || len(r.Answers.Missing) != 3 {
		t.Errorf("after the freeze: %+v %+v", r.Sense, r.Answers)
	}
}

func TestAnObjectionStandsAtItsPlace(t *testing.T) {
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
	r := w.act(w.chair, meeting.ActFreeze, nil)
	object := map[string]any{"hash": r.Frozen.Hash, "answer": "object", "reason": secret, "part": secret,
		"spot": map[string]string{"kind": "action", "docId": ref.DocID, "row": "action0002", "column": "a2"}}
	if _, err := w.try(w.hk, meeting.ActAnswer, object); !fault.Is(err, fault.Invalid) {
		t.Errorf("a place out of sight: %v", err)
	}
	w.act(w.sec, meeting.ActAnswer, object)
	w.answer(w.chair, meeting.AnswerAgree, "")
	w.answer(w.hk, meeting.AnswerAgree, "")
	o := w.room(w.sec).Objections[0]
	if o.Spot == nil || o.Spot.PersonID != "p1" || o.Spot.Item != consent.ItemIncome || o.Spot.Column != "a2" || o.Reason != secret {
		t.Fatalf("the objection has lost its place: %+v", o)
	}
	w.refused(fault.Conflict, w.hk, meeting.ActObjectionClose, map[string]string{"id": o.ID, "reason": "x"}) // neither raiser nor chair
	// What is said of a row out of scope is not told; that there is an objection is.
	seen := w.room(w.hk)
	if raw, _ := json.Marshal(seen); len(seen.Objections) != 1 || seen.Objections[0].Spot != nil || strings.Contains(string(raw), secret) {
		t.Errorf("an objection reached an agency outside of the consent: %+v", seen.Objections)
	}
	for _, a := range []access.Actor{w.sec, w.hk} {
		res, _, err := w.svc.Draft(w.ctx, a, w.id, meeting.PaperMinutes)
		if err != nil || strings.Contains(string(res.PDF), secret) != (a.UserID == w.sec.UserID) {
			t.Errorf("draft for %s: %v", a.UserID, err)
		}
	}
	// Asked again: everybody is told what it said last, so that it looks at what changed.
	w.act(w.chair, meeting.ActReopen, map[string]string{"reason": "直す"})
	w.act(w.chair, meeting.ActFreeze, nil)
	if l := w.room(w.sec).Answers.Last; l == nil || l.Version != 1 || l.Answer != meeting.AnswerObject {
		t.Errorf("last answer: %+v", l)
	}
	if l := w.room(w.hk).Answers.Last; l == nil || l.Answer != meeting.AnswerAgree {
		t.Errorf("another agency has its own: %+v", l)
	}
}

func TestHomeworkIsTickedByItsAgency(t *testing.T) {
	t.Parallel()
	w := agreed(t)
	w.write(w.doc(live.KindMinutes, "", consent.ItemBasic), func(b *live.Builder) {
		b.Row("homework", "home000001", "a1", map[string]any{"agency": "a3", "due": "2026-11-30"}, map[string]string{"text": "鍵の預け先を聞く"})
		b.Row("homework", "home000002", "a2", map[string]any{"agency": "a2", "due": "2026-12-20"}, map[string]string{"text": "家計簿を送る"})
	})
	doc := w.doc(live.KindMinutes, "", consent.ItemBasic)
	tick := map[string]string{"docId": doc, "row": "home000001", "status": "doing", "note": "電話した"}
	w.refused(fault.Conflict, w.hk, meeting.ActTick, tick) // not before 閉会
	w.act(w.chair, meeting.ActClose, nil)
	if f, err := w.svc.Followup(w.ctx, w.hk, w.id); err != nil || len(f.Homework) != 2 || f.Homework[0].StatusLabel != "未着手" || !f.Homework[0].Mine || f.Homework[1].Mine || f.Late != 0 {
		t.Fatalf("%+v %v", f, err)
	}
	w.refused(fault.Forbidden, w.sec, meeting.ActTick, tick)
	w.refused(fault.NotFound, w.hk, meeting.ActTick, map[string]string{"docId": doc, "row": "home000009", "status": "done"})
	w.refused(fault.Invalid, w.hk, meeting.ActTick, map[string]string{"docId": doc, "row": "home000001", "status": "dropped"})
	w.act(w.hk, meeting.ActTick, tick)
	w.clock.t = w.clock.t.AddDate(0, 0, 10) // past the term
	f, err := w.svc.Followup(w.ctx, w.sec, w.id)
	if err != nil || f.Late != 1 || !f.Homework[0].Late || f.Homework[0].Note != "電話した" || f.Homework[0].StatusLabel != "実施中" {
		t.Fatalf("late: %+v %v", f, err)
	}
	tick["status"] = "done"
	w.act(w.hk, meeting.ActTick, tick)
	if f, _ = w.svc.Followup(w.ctx, w.sec, w.id); f.Late != 0 {
		t.Errorf("done is not late: %+v", f)
	}
	if _, err := w.svc.Followup(w.ctx, w.out, w.id); !fault.Is(err, fault.NotFound) {
		t.Errorf("an agency without a part: %v", err)
	}
}

func TestCorrectionRoundAndSurvey(t *testing.T) {
	t.Parallel()
	w := agreed(t)
	w.act(w.chair, meeting.ActClose, nil)
	r := w.act(w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-01"})
	if r.Minutes.Lapsed || r.Minutes.Days != 7 {
		t.Errorf("%+v", r.Minutes)
	}
	ask := map[string]any{"hash": r.Minutes.Hash, "where": "決定事項1", "text": secret}
	w.refused(fault.NotFound, w.out, meeting.ActSuggest, ask)
	absent := w.hk
	absent.UserID, absent.Name = "u9", "欠席 した人" // of the same agency, and was not there
	w.refused(fault.Conflict, absent, meeting.ActSuggest, ask)
	w.refused(fault.Conflict, absent, meeting.ActSurvey, nil)
	w.refused(fault.Conflict, w.hk, meeting.ActSuggest, map[string]any{"hash": "old", "where": "x", "text": "y"})
	w.refused(fault.Invalid, w.hk, meeting.ActSuggest, map[string]any{"hash": r.Minutes.Hash, "where": "x"})
	r = w.act(w.hk, meeting.ActSuggest, ask)
	s := r.Minutes.Suggestions[0]
	if s.By != w.hk.Name || s.Text != secret || s.Withheld {
		t.Fatalf("%+v", s)
	}
	for _, a := range []access.Actor{w.chair, w.sec, w.hk} {
		w.act(a, meeting.ActConfirm, map[string]any{"hash": r.Minutes.Hash, "ok": true})
	}
	w.refused(fault.Conflict, w.chair, meeting.ActFinal, nil) // a suggestion without an answer
	w.refused(fault.Invalid, w.chair, meeting.ActSuggestAnswer, map[string]any{"id": s.ID, "accept": false})
	w.act(w.chair, meeting.ActSuggestAnswer, map[string]any{"id": s.ID, "accept": false, "reason": "発言のとおりです"})
	w.clock.t = w.clock.t.AddDate(0, 0, 20)
	if r = w.room(w.hk); !r.Minutes.Lapsed || r.Minutes.Suggestions[0].Answer != "発言のとおりです" {
		t.Errorf("%+v", r.Minutes)
	}
	scores := map[string]int{"purpose": 4, "voice": 2, "role": 3, "person": 4}
	w.refused(fault.Invalid, w.hk, meeting.ActSurvey, map[string]any{"scores": map[string]int{"purpose": 4}})
	w.act(w.hk, meeting.ActSurvey, map[string]any{"scores": scores, "note": "時間が短い"})
	r = w.act(w.hk, meeting.ActSurvey, map[string]any{"scores": scores, "note": "もう少し時間がほしい"}) // the newest counts
	if r.Survey.Own == nil || r.Survey.Count != 1 || len(r.Survey.Results) != 0 {
		t.Errorf("the own answer only: %+v", r.Survey)
	}
	if got := w.room(w.sec).Survey.Results; len(got) != 1 || got[0].Name != w.hk.Name || got[0].Note != "もう少し時間がほしい" {
		t.Errorf("for who holds the record: %+v", got)
	}
	w.act(w.chair, meeting.ActFinal, nil)
	raw, _ := json.Marshal(w.print.minutes[len(w.print.minutes)-1])
	if !strings.Contains(string(raw), "反映しないことにした") || strings.Contains(string(raw), "もう少し時間がほしい") {
		t.Error("the sealed minutes tell of suggestions, not of the survey")
	}
}

func TestASuggestionIsShownWithItsClass(t *testing.T) {
	t.Parallel()
	w := agreedOn(t, []consent.Item{consent.ItemBasic}) // no 収入
	w.act(w.chair, meeting.ActClose, nil)
	r := w.act(w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-01"})
	ask := map[string]any{"hash": r.Minutes.Hash, "where": "収入", "text": secret, "personId": "p1", "item": "income"}
	w.refused(fault.Invalid, w.hk, meeting.ActSuggest, ask)
	w.act(w.sec, meeting.ActSuggest, ask)
	seen := w.room(w.hk)
	if raw, _ := json.Marshal(seen); strings.Contains(string(raw), secret) || len(seen.Minutes.Suggestions) != 1 || !seen.Minutes.Suggestions[0].Withheld {
		t.Errorf("a suggestion reached an agency outside of the consent: %+v", seen.Minutes.Suggestions)
	}
}

// TestAnAnswerToASuggestionIsNotTheOwnWord: who made a suggestion keeps their own words when the class is out of their reach meanwhile, not what
// the chair answered.
func TestAnAnswerToASuggestionIsNotTheOwnWord(t *testing.T) {
	t.Parallel()
	w := agreed(t)
	w.act(w.chair, meeting.ActClose, nil)
	r := w.act(w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-01"})
	r = w.act(w.hk, meeting.ActSuggest, map[string]any{"hash": r.Minutes.Hash, "where": "収入", "text": "額が違う", "personId": "p1", "item": "income"})
	w.act(w.chair, meeting.ActSuggestAnswer, map[string]any{"id": r.Minutes.Suggestions[0].ID, "accept": true, "reason": secret})
	if s := w.room(w.hk).Minutes.Suggestions[0]; s.Answer != secret {
		t.Fatalf("%+v", s)
	}
	w.store.Edit(func(f *meeting.Facts) { f.Consents[0].Scope["a3"] = []consent.Item{consent.ItemBasic} })
	seen := w.room(w.hk)
	s := seen.Minutes.Suggestions[0]
	if raw, _ := json.Marshal(seen); strings.Contains(string(raw), secret) || s.Text != "額が違う" || !s.Accepted {
		t.Errorf("%+v", s)
	}
}

// TestTheNextMeetingOpensWithWhatIsLeft: tasks and put-off 議題 go on, in the same legal form, to whom the gate showed them then.
func TestTheNextMeetingOpensWithWhatIsLeft(t *testing.T) {
	t.Parallel()
	w := agreed(t)
	first := w.id
	w.write(w.doc(live.KindMinutes, "", consent.ItemBasic), func(b *live.Builder) {
		b.Row("homework", "home000001", "a1", map[string]any{"agency": "a3", "due": "2026-11-20"}, map[string]string{"text": "鍵の預け先を聞く"})
	})
	w.act(w.sec, meeting.ActAgendaState, map[string]string{"id": w.room(w.sec).Agenda[0].ID, "state": "carried", "note": "時間切れ"})
	parked := w.act(w.sec, meeting.ActNote, map[string]any{"kind": "park", "text": "夜の連絡先", "item": "basic"}).During.Notes
	w.act(w.sec, meeting.ActNoteState, map[string]string{"id": parked[len(parked)-1].ID, "state": "carried", "reason": "調べてから"})
	w.act(w.chair, meeting.ActClose, nil)
	w.create(consent.ModeLayered, "")
	f, err := w.svc.Followup(w.ctx, w.hk, w.id)
	if err != nil || len(f.Homework) != 1 || f.Homework[0].MeetingID != first || !f.Homework[0].Mine || f.Late != 1 || len(f.Carried) != 2 || f.Carried[0].Note != "時間切れ" ||
		f.Carried[0].Purpose != meeting.PurposePolicy || f.Carried[1].Kind != "park" || f.Carried[1].Title != "夜の連絡先" || f.Carried[1].Item != consent.ItemBasic {
		t.Fatalf("%+v %v", f, err)
	}
	second := w.id
	w.id = first // the task is ticked where it was set
	w.act(w.hk, meeting.ActTick, map[string]string{"docId": f.Homework[0].DocID, "row": "home000001", "status": "done"})
	if f, _ = w.svc.Followup(w.ctx, w.sec, second); f.Late != 0 || f.Homework[0].Status != "done" || f.Homework[0].Mine {
		t.Errorf("%+v", f)
	}
	// Consent is asked today: what was withdrawn does not come along.
	withdraw(w, consent.Withdrawal{ID: "w1", RecordID: "r1", At: w.clock.now(), ByName: "事務 花子"})
	w.id = second
	f, err = w.svc.Followup(w.ctx, w.hk, second)
	if raw, _ := json.Marshal(f); err != nil || strings.Contains(string(raw), "鍵") || strings.Contains(string(raw), "時間切れ") || strings.Contains(string(raw), "夜の") || strings.Contains(string(raw), "調べて") {
		t.Errorf("after the withdrawal: %s %v", raw, err)
	}
	w.create(consent.ModeSupport, "緊急の検討")
	if f, err = w.svc.Followup(w.ctx, w.sec, w.id); err != nil || len(f.Homework)+len(f.Carried) != 0 {
		t.Errorf("a meeting of another legal form: %+v %v", f, err)
	}
}
