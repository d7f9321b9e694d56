package meeting_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/plans"
)

// agreed brings a layered meeting to the point where only 閉会 is left.
func agreed(t *testing.T) *world {
	t.Helper()
	return agreedOn(t, allItems)
}

// agreedOn is agreed where the consent covers only some items.
func agreedOn(t *testing.T, items []consent.Item) *world {
	t.Helper()
	w := newWorld(t)
	w.grant(items, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.toAgreed()
	return w
}

// toAgreed holds a meeting whose plan is written until the agencies have agreed.
func (w *world) toAgreed() {
	w.t.Helper()
	w.seated()
	w.accept(w.hk)
	w.accept(w.sec)
	w.act(w.chair, meeting.ActFreeze, nil)
	for _, a := range []access.Actor{w.chair, w.sec, w.hk} {
		w.answer(a, meeting.AnswerAgree, "")
	}
	w.act(w.chair, meeting.ActDecide, map[string]string{"outcome": "agreed"})
	w.resolveAgenda()
}

func TestLayeredFromDraftToSealed(t *testing.T) {
	t.Parallel()
	w := agreed(t)
	w.act(w.sec, meeting.ActNext, map[string]string{"date": "2027-02-01", "agenda": "モニタリング"})
	r := w.act(w.chair, meeting.ActClose, nil)
	if r.Status != meeting.StatusClosed || len(r.Records) != 2 || len(r.Problems) != 0 || r.Minutes.Version != 1 {
		t.Fatalf("after closing: %s, %d records, %v, %+v", r.Status, len(r.Records), r.Problems, r.Minutes)
	}
	v := w.store.Versions(w.planID)
	if len(v) != 1 || v[0].State != plans.VersionAgreed || w.store.Sealed[0].ContentSHA256 != v[0].Hash {
		t.Fatalf("version %s %s, sealed %s", v[0].State, v[0].Hash, w.store.Sealed[0].ContentSHA256)
	}
	if err := w.tryWrite(w.doc(live.KindPlan, "", consent.ItemBasic), func(b *live.Builder) { b.Set("lead", "a1") }); !fault.Is(err, fault.Conflict) {
		t.Errorf("an agreed plan takes writing: %v", err)
	}
	w.refused(fault.Invalid, w.sec, meeting.ActPropose, map[string]string{"until": "2026-01-01"})
	w.act(w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-07"})
	hash := w.room(w.hk).Minutes.Hash
	w.act(w.hk, meeting.ActConfirm, map[string]any{"hash": hash, "ok": false, "opinion": "訪問は隔週です"})
	w.act(w.sec, meeting.ActAmend, map[string]string{"reason": "包括の意見により"})
	w.write(w.doc(live.KindMinutes, "", consent.ItemBasic), func(b *live.Builder) {
		b.Row("decision", "decision01", "a0", nil, map[string]string{"text": "隔週で訪問する"})
	})
	r = w.act(w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-07"})
	if r.Minutes.Version != 2 || r.Minutes.Hash == hash || len(r.Minutes.Waiting) != 3 {
		t.Fatalf("second version: %+v", r.Minutes)
	}
	w.refused(fault.Conflict, w.hk, meeting.ActConfirm, map[string]any{"hash": hash, "ok": true})
	w.refused(fault.Conflict, w.chair, meeting.ActFinal, nil)
	for _, a := range []access.Actor{w.chair, w.sec, w.hk} {
		w.act(a, meeting.ActConfirm, map[string]any{"hash": r.Minutes.Hash, "ok": true})
	}
	r = w.act(w.chair, meeting.ActFinal, nil)
	if r.Status != meeting.StatusSealed || len(r.Records) != 3 {
		t.Fatalf("final: %s, %d records", r.Status, len(r.Records))
	}
	last := w.print.minutes[len(w.print.minutes)-1]
	if last.Draft || last.Confirmation.ChairAt.IsZero() || last.Confirmation.Agencies[2].State != "確認済" || last.Decisions[0].Text != "隔週で訪問する" {
		t.Errorf("sealed minutes: %+v", last.Confirmation)
	}
	for _, a := range r.Acts {
		if a.Allowed && a.Act != meeting.ActTick && a.Act != meeting.ActSurvey && a.Act != meeting.ActCorrect {
			t.Errorf("%s is allowed in a sealed meeting", a.Act)
		}
	}
}

func TestLayeredDoesNotOpenWithoutConsent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.create(consent.ModeLayered, "")
	w.act(w.sec, meeting.ActReception, nil)
	err := w.refused(fault.Conflict, w.chair, meeting.ActOpen, nil)
	if m := fault.Message(err); !strings.Contains(m, "同意を記録する") || !strings.Contains(m, "支援会議として開催する") {
		t.Errorf("the refusal offers no way out: %s", m)
	}
	w.refused(fault.Invalid, w.chair, meeting.ActMode, map[string]string{"reason": ""})
	r := w.act(w.chair, meeting.ActMode, map[string]string{"convener": "福祉総務課長", "reason": "生命の危険があるため"})
	if r.Meeting.Mode != consent.ModeSupport || r.TypeName != "支援会議" || r.Basis != "社会福祉法第106条の6" {
		t.Fatalf("%+v", r.Meeting)
	}
	w.refused(fault.Conflict, w.chair, meeting.ActOpen, nil) // 守秘義務
	w.act(w.chair, meeting.ActSecrecy, nil)
	w.act(w.chair, meeting.ActOpen, nil)
}

func TestSupportMeeting(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.create(consent.ModeSupport, "")
	w.refused(fault.Conflict, w.sec, meeting.ActReception, nil)
	w.refused(fault.Invalid, w.sec, meeting.ActConvene, map[string]string{"convener": "課長"})
	w.act(w.sec, meeting.ActConvene, map[string]string{"convener": "課長", "reason": "近隣からの通報"})
	w.fill()
	w.act(w.sec, meeting.ActSeat, map[string]any{"agencyId": "a4"})
	w.act(w.sec, meeting.ActReception, nil)
	facts := func(a access.Actor) bool {
		f, err := w.svc.GateFacts(w.ctx, "t", w.id, a)
		if err != nil || !f.Exists {
			t.Fatal(f, err)
		}
		return f.Designated && f.Confirmed && f.Open && f.Participant
	}
	if facts(w.out) {
		t.Error("構成員外 passes before designation")
	}
	w.act(w.out, meeting.ActSecrecy, nil)
	if r := w.room(w.out); facts(w.out) || len(r.Docs) != 0 || !r.You.Undesignated {
		t.Errorf("構成員外 sees %v before designation", r.Docs)
	}
	w.act(w.chair, meeting.ActDesignate, map[string]string{"agencyId": "a4", "reason": "出火のおそれ"})
	if !facts(w.out) {
		t.Error("designated and confirmed, still nothing")
	}
	if v, err := w.svc.PlanView(w.ctx, w.out, w.id); err != nil || len(v.Body.Actions) != 1 {
		t.Errorf("designated agency reads the plan: %v %v", v.Body.Actions, err)
	}
	if r := w.room(w.hk); !r.You.MustConfirm || !r.TextWithheld || len(r.Events) != 0 || len(r.Docs) != 0 {
		t.Errorf("before 守秘義務確認: %+v %v", r.You, r.Events)
	}
	if _, err := w.svc.PlanView(w.ctx, w.hk, w.id); !fault.Is(err, fault.NotFound) {
		t.Errorf("plan before 守秘義務確認: %v", err)
	}
	w.act(w.chair, meeting.ActSecrecy, nil)
	if err := w.svc.Join(w.ctx, w.out, w.id, "x", meeting.FormRemote); err != nil {
		t.Fatal(err)
	}
	w.act(w.chair, meeting.ActOpen, nil)
	w.resolveAgenda()
	w.refused(fault.Conflict, w.chair, meeting.ActClose, nil) // no decision
	w.write(w.doc(live.KindMinutes, "", consent.ItemBasic), func(b *live.Builder) {
		b.Row("decision", "decision01", "a0", nil, map[string]string{"text": "消防が訪問する"})
	})
	r := w.act(w.chair, meeting.ActClose, nil)
	if r.Status != meeting.StatusClosed || len(r.Records) != 0 {
		t.Fatalf("%s %v", r.Status, r.Records)
	}
	m := w.print.minutes[len(w.print.minutes)-1]
	if m.NoConsent == nil || m.NoConsent.Reason != "近隣からの通報" || m.LegalBasis != "社会福祉法第106条の6" || m.Attendees[len(m.Attendees)-1].Appointed == "" {
		t.Errorf("minutes of a 支援会議: %+v", m.NoConsent)
	}
	if f, _ := w.svc.GateFacts(w.ctx, "t", w.id, w.out); f.Open || f.MayWrite {
		t.Error("open after closing")
	}
	if err := w.tryWrite(w.doc(live.KindPlan, "", consent.ItemBasic), func(b *live.Builder) { b.Set("lead", "a1") }); err != nil {
		t.Errorf("a plan that was not agreed goes on: %v", err)
	}
}

func TestAnswersStayHiddenUntilAllHaveAnswered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	w.act(w.chair, meeting.ActFreeze, nil)
	const secret = "本人が怖がっている"
	w.answer(w.hk, meeting.AnswerObject, secret)
	w.answer(w.chair, meeting.AnswerAgree, "")
	for _, a := range []access.Actor{w.chair, w.sec} {
		r := w.room(a)
		b, _ := json.Marshal(r)
		if strings.Contains(string(b), secret) || strings.Contains(string(b), "「異議」") || r.Answers.Revealed || r.Outcome != meeting.OutcomePending {
			t.Errorf("%s sees the answer early", a.UserID)
		}
		if a.UserID == "u1" && (r.Answers.Own == nil || r.Answers.Own.Answer != meeting.AnswerAgree) {
			t.Error("own answer is hidden")
		}
		res, _, err := w.svc.Draft(w.ctx, a, w.id, meeting.PaperMinutes)
		if err != nil || strings.Contains(string(res.PDF), secret) {
			t.Errorf("draft tells early: %v", err)
		}
	}
	if r := w.room(w.sec); !r.Seats[2].Answered || len(r.Answers.Missing) != 1 || r.Answers.Missing[0] != "a2" {
		t.Errorf("who is missing: %v", r.Answers.Missing)
	}
	if err := w.svc.Leave(w.ctx, w.sec, w.id, "c-u2"); err != nil { // a cut line does not open the answers
		t.Fatal(err)
	}
	if w.room(w.chair).Answers.Revealed {
		t.Error("revealed because somebody was cut off")
	}
	r := w.answer(w.sec, meeting.AnswerAbstain, "")
	if !r.Answers.Revealed || r.Outcome != meeting.OutcomeObjected || len(r.Objections) != 1 || r.Objections[0].Reason != secret {
		t.Fatalf("after all: %+v", r.Answers)
	}
	w.refused(fault.Conflict, w.chair, meeting.ActDecide, map[string]string{"outcome": "agreed"})
	w.act(w.chair, meeting.ActReopen, map[string]string{"reason": "異議により修正"})
	if o := w.room(w.chair).Objections; len(o) != 1 || o[0].DoneAt != nil || o[0].Reason != secret {
		t.Errorf("the objection is gone after reopening: %+v", o)
	}
}

func TestReopenVoidsAndChangedCellVoidsAcceptance(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	w.accept(w.hk)
	w.act(w.chair, meeting.ActFreeze, nil)
	first := w.room(w.hk).Frozen.Hash
	doc := w.doc(live.KindPlan, "", consent.ItemBasic)
	if err := w.tryWrite(doc, func(b *live.Builder) { b.Text("wish", "x") }); !fault.Is(err, fault.Conflict) {
		t.Fatalf("frozen document takes writing: %v", err)
	}
	w.answer(w.hk, meeting.AnswerAgree, "")
	w.act(w.chair, meeting.ActReopen, map[string]string{"reason": "直す"})
	if v := w.store.Versions(w.planID); v[0].State != plans.VersionVoid {
		t.Errorf("version is %s", v[0].State)
	}
	w.write(doc, func(b *live.Builder) {
		b.Cell(actionID, "a3", nil, map[string]string{"content": "訪問する。"}) // one character
	})
	v, err := w.svc.PlanView(w.ctx, w.hk, w.id)
	if err != nil || len(v.Answers) != 1 || !v.Answers[0].Void {
		t.Fatalf("acceptance of the old content: %+v %v", v.Answers, err)
	}
	w.act(w.chair, meeting.ActFreeze, nil)
	r := w.room(w.hk)
	if r.Frozen.Hash == first || r.Frozen.Version != 2 || r.Answers.Own != nil || len(r.Answers.Earlier) != 1 {
		t.Fatalf("second asking: %+v %+v", r.Frozen, r.Answers)
	}
	w.refused(fault.Conflict, w.hk, meeting.ActAnswer, map[string]any{"hash": first, "answer": "agree"})
	for _, a := range []access.Actor{w.chair, w.sec, w.hk} {
		w.answer(a, meeting.AnswerAgree, "")
	}
	w.act(w.chair, meeting.ActDecide, map[string]string{"outcome": "agreed"})
	w.resolveAgenda()
	err = w.refused(fault.Conflict, w.chair, meeting.ActClose, nil)
	if !strings.Contains(fault.Message(err), "もう一度回答") {
		t.Errorf("void acceptance of the ◎ does not stop closing: %s", fault.Message(err))
	}
	w.act(w.chair, meeting.ActRowReason, map[string]string{"actionId": actionID, "reason": "句点だけの修正で、口頭で引受を確認した"})
	w.act(w.chair, meeting.ActClose, nil)
}

func TestOnlyTheOwnAgencyAnswersForIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	v, err := w.svc.PlanView(w.ctx, w.sec, w.id)
	if err != nil {
		t.Fatal(err)
	}
	cell, _ := v.Body.Actions[0].Cell("a3")
	w.refused(fault.Forbidden, w.sec, meeting.ActRole, map[string]any{"actionId": actionID, "agencyId": "a3", "answer": "accept", "cellHash": cell.Hash})
	w.refused(fault.Conflict, w.sec, meeting.ActRole, map[string]any{"actionId": actionID, "answer": "accept", "cellHash": cell.Hash})
	w.refused(fault.Invalid, w.hk, meeting.ActRole, map[string]any{"actionId": actionID, "answer": "decline", "cellHash": cell.Hash})
	w.refused(fault.Invalid, w.hk, meeting.ActRole, map[string]any{"actionId": actionID, "answer": "takeback", "cellHash": cell.Hash})
	w.act(w.chair, meeting.ActFreeze, nil)
	hash := w.room(w.sec).Frozen.Hash
	w.refused(fault.Forbidden, w.sec, meeting.ActAnswer, map[string]any{"agencyId": "a3", "hash": hash, "answer": "agree"})
	w.refused(fault.Forbidden, w.sec, meeting.ActAnswerOral, map[string]any{"agencyId": "a3", "hash": hash, "answer": "agree", "speaker": "包括 三郎"})
	w.refused(fault.NotFound, w.out, meeting.ActAnswer, map[string]any{"hash": hash, "answer": "agree"})
	for _, ans := range []string{"conditional", "takeback", "object"} {
		w.refused(fault.Invalid, w.hk, meeting.ActAnswer, map[string]any{"hash": hash, "answer": ans})
	}
}

func TestOralAnswerOfSomebodyWithoutAccount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	w.act(w.sec, meeting.ActAttendance, map[string]any{"name": "消防 五郎", "post": "署長", "agencyId": "a4", "form": "room", "from": w.clock.now(), "reason": "会場で出席"})
	w.act(w.chair, meeting.ActFreeze, nil)
	for _, a := range []access.Actor{w.chair, w.sec, w.hk} {
		w.answer(a, meeting.AnswerAgree, "")
	}
	r := w.room(w.sec)
	if r.Answers.Revealed || len(r.Answers.Missing) != 1 || r.Answers.Missing[0] != "a4" {
		t.Fatalf("%+v", r.Answers)
	}
	w.refused(fault.Invalid, w.sec, meeting.ActAnswerOral, map[string]any{"agencyId": "a4", "hash": r.Frozen.Hash, "answer": "agree", "speaker": "だれか"})
	r = w.act(w.sec, meeting.ActAnswerOral, map[string]any{"agencyId": "a4", "hash": r.Frozen.Hash, "answer": "conditional", "reason": "夜間を除く", "speaker": "消防 五郎"})
	if !r.Answers.Revealed || r.Outcome != meeting.OutcomeConditional || !r.Answers.List[3].Oral {
		t.Fatalf("%+v %s", r.Answers, r.Outcome)
	}
}

func TestTwoPeoplePressCloseAtOnce(t *testing.T) {
	t.Parallel()
	w := agreed(t)
	w.act(w.chair, meeting.ActChair, map[string]string{"role": "deputy", "userId": "u2"})
	seq := w.room(w.chair).Seq
	var wg sync.WaitGroup
	errs := make([]error, 2)
	for i, a := range []access.Actor{w.chair, w.sec} {
		wg.Go(func() { _, errs[i] = w.svc.Act(w.ctx, a, w.id, meeting.ActClose, nil, seq) })
	}
	wg.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Fatalf("one must win: %v", errs)
	}
	for _, err := range errs {
		if err != nil && (!fault.Is(err, fault.Conflict) || !strings.Contains(fault.Message(err), "すでに")) {
			t.Errorf("the other is told: %v", err)
		}
	}
	if len(w.store.Sealed) != 2 {
		t.Errorf("%d records", len(w.store.Sealed))
	}
}

func TestOutdatedStepIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.seated()
	seq := w.room(w.chair).Seq
	if err := w.svc.Join(w.ctx, w.hk, w.id, "second", meeting.FormRemote); err != nil { // somebody comes in: no reason to refuse
		t.Fatal(err)
	}
	step := func(id string) error {
		raw, _ := json.Marshal(map[string]string{"id": id})
		_, err := w.svc.Act(w.ctx, w.chair, w.id, meeting.ActPhase, raw, seq)
		return err
	}
	if err := step(meeting.PhaseSharing); err != nil {
		t.Fatal(err)
	}
	if err := step(meeting.PhaseIssues); !fault.Is(err, fault.Conflict) || !strings.Contains(fault.Message(err), "すでに議長の操作で") {
		t.Fatalf("second press with the old state: %v", err)
	}
}

func TestCrashBetweenTheTransactionsIsRecovered(t *testing.T) {
	t.Parallel()
	w := agreed(t)
	w.print.fail = errCrash
	r := w.act(w.chair, meeting.ActClose, nil) // transaction A stands
	if r.Status != meeting.StatusClosing || len(w.store.Sealed) != 0 {
		t.Fatalf("%s", r.Status)
	}
	w.print.fail = nil
	if n, err := w.svc.Recover(w.ctx); n != 0 || err != nil {
		t.Fatalf("a closing under lease was taken: %d %v", n, err)
	}
	w.store.Edit(func(f *meeting.Facts) { f.Persons[0].Name = "改姓 後子" }) // what happens later must not be in the papers
	w.clock.t = w.clock.t.Add(2 * time.Minute)
	if n, err := w.svc.Recover(w.ctx); n != 1 || err != nil {
		t.Fatalf("recover: %d %v", n, err)
	}
	r = w.room(w.chair)
	if r.Status != meeting.StatusClosed || len(r.Records) != 2 {
		t.Fatalf("%s %d", r.Status, len(r.Records))
	}
	if n, err := w.svc.Recover(w.ctx); n != 0 || err != nil {
		t.Fatalf("twice: %d %v", n, err)
	}
	if p := w.print.plans[0]; p.Subject.Name != "髙橋 \uFA11\uFA10子" || !p.At.Equal(*r.Meeting.ClosedAt) {
		t.Errorf("the paper tells of later things: %s at %s", p.Subject.Name, p.At)
	}
}

func TestCrashInTheSecondTransactionSealsOnce(t *testing.T) {
	t.Parallel()
	w := agreed(t)
	died := false
	w.store.BeforeRecord = func(c meeting.Change) error {
		if c.DropClosing && !died {
			died = true
			return fault.Wrap(fault.Unavailable, errCrash, "")
		}
		return nil
	}
	if r := w.act(w.chair, meeting.ActClose, nil); r.Status != meeting.StatusClosing {
		t.Fatal(r.Status)
	}
	w.clock.t = w.clock.t.Add(2 * time.Minute)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { _, _ = w.svc.Recover(w.ctx) })
	}
	wg.Wait()
	if r := w.room(w.chair); r.Status != meeting.StatusClosed || len(w.store.Sealed) != 2 {
		t.Fatalf("%s, %d records", r.Status, len(w.store.Sealed))
	}
}

func TestFreezeIsFinishedByWhoeverLooks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	died := false
	w.store.BeforeRecord = func(c meeting.Change) error {
		if c.FixVersion != nil && !died {
			died = true
			return fault.Wrap(fault.Unavailable, errCrash, "")
		}
		return nil
	}
	r := w.act(w.chair, meeting.ActFreeze, nil)
	if !died || r.Frozen == nil || r.Frozen.Hash == "" {
		t.Fatalf("%v %+v", died, r.Frozen)
	}
	if v := w.store.Versions(w.planID); len(v) != 1 || v[0].State != plans.VersionProposed || v[0].Hash != r.Frozen.Hash {
		t.Fatalf("%+v", v)
	}
}

func TestUnprintableNameNeverStopsClosing(t *testing.T) {
	t.Parallel()
	w := agreed(t)
	w.print.bad = "髙橋 \uFA11\uFA10子"
	r := w.act(w.chair, meeting.ActClose, nil)
	if r.Status != meeting.StatusClosed || len(r.Records) != 1 || len(r.Problems) != 1 || !r.Problems[0].Name {
		t.Fatalf("%s %v %v", r.Status, r.Records, r.Problems)
	}
	w.refused(fault.Conflict, w.sec, meeting.ActSeal, map[string]any{"waivers": []any{map[string]string{"paper": "plan", "reason": "字形がない"}}})
	w.print.bad = ""
	r = w.act(w.sec, meeting.ActSeal, nil)
	if len(r.Records) != 2 || len(r.Problems) != 0 {
		t.Fatalf("%v %v", r.Records, r.Problems)
	}
	w.refused(fault.Conflict, w.sec, meeting.ActSeal, nil)
}

// What is sealed carries the version that was agreed to, not a count of its own.
func TestSealedPlanHasTheVersionAgreedTo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	w.accept(w.hk)
	w.accept(w.sec)
	w.act(w.chair, meeting.ActFreeze, nil)
	w.act(w.chair, meeting.ActReopen, map[string]string{"reason": "直す"})
	w.act(w.chair, meeting.ActFreeze, nil)
	for _, a := range []access.Actor{w.chair, w.sec, w.hk} {
		w.answer(a, meeting.AnswerAgree, "")
	}
	w.act(w.chair, meeting.ActDecide, map[string]string{"outcome": "agreed"})
	w.resolveAgenda()
	w.act(w.sec, meeting.ActNext, map[string]string{"date": "2027-02-01", "agenda": "モニタリング"})
	w.act(w.chair, meeting.ActClose, nil)
	if len(w.store.Sealed) != 2 {
		t.Fatalf("%d records", len(w.store.Sealed))
	}
	for _, p := range w.store.Sealed {
		if p.Version != 2 || !strings.Contains(p.FileName, "_v2") {
			t.Errorf("%s: version %d, %s", p.Title, p.Version, p.FileName)
		}
	}
}
