package meeting_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/plans"
)

// income puts a row of class 収入 into plan and minutes.
func (w *world) income(text string) {
	w.t.Helper()
	ref, err := w.plans.EnsureDoc(w.ctx, w.sec, "", w.planID, "p1", consent.ItemIncome)
	if err != nil {
		w.t.Fatal(err)
	}
	w.write(ref.DocID, func(b *live.Builder) {
		b.Row("action", "action0002", "a1", nil, map[string]string{"text": text})
		b.Cell("action0002", "a2", map[string]any{"code": "lead"}, nil)
	})
	ref, err = w.svc.EnsureDoc(w.ctx, w.sec, w.id, "p1", consent.ItemIncome)
	if err != nil {
		w.t.Fatal(err)
	}
	w.write(ref.DocID, func(b *live.Builder) {
		b.Row("point", "point00001", "a1", nil, map[string]string{"title": text, "content": text})
	})
}

const debt = "消費者金融に三百万円"

func TestWithheldRowsReachNobodyOutOfScope(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant([]consent.Item{consent.ItemBasic}, "a1", "a2", "a3") // no 収入
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	w.income(debt)
	v, err := w.svc.PlanView(w.ctx, w.hk, w.id)
	if err != nil {
		t.Fatal(err)
	}
	room := w.room(w.hk)
	b, _ := json.Marshal([]any{v, room})
	if strings.Contains(string(b), debt) {
		t.Fatal("text out of scope")
	}
	if len(v.Withheld) != 1 || v.Withheld[0].Item != consent.ItemIncome || v.Withheld[0].Count != 1 || v.Matrix.Withheld != 1 || len(v.Body.Actions) != 1 {
		t.Errorf("withheld: %+v, matrix %d", v.Withheld, v.Matrix.Withheld)
	}
	for _, d := range append(v.Docs, room.Docs...) {
		if !d.Read && (d.Doc != "" || d.DocID != "" || d.ReasonLabel != "同意範囲外") {
			t.Errorf("a withheld document is named: %+v", d)
		}
	}
	for _, kind := range []meeting.PaperKind{meeting.PaperMinutes, meeting.PaperPlan, meeting.PaperMatrix} {
		res, _, err := w.svc.Draft(w.ctx, w.hk, w.id, kind)
		if err != nil || strings.Contains(string(res.PDF), debt) || !strings.Contains(string(res.PDF), `"Withheld":true`) {
			t.Errorf("draft %s: %v", kind, err)
		}
		if res, _, err = w.svc.Draft(w.ctx, w.sec, w.id, kind); err != nil || !strings.Contains(string(res.PDF), debt) {
			t.Errorf("draft %s for the holder: %v", kind, err)
		}
	}
	if _, err := w.plans.EnsureDoc(w.ctx, w.hk, w.id, w.planID, "p1", consent.ItemHealth); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a document out of scope was made: %v", err)
	}
}

func TestWhatConsentDoesNotCoverIsLeftOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant([]consent.Item{consent.ItemBasic, consent.ItemIncome}, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	w.income(debt)
	w.accept(w.hk)
	w.accept(w.sec)
	w.act(w.chair, meeting.ActFreeze, nil)
	for _, a := range []access.Actor{w.chair, w.sec, w.hk} {
		w.answer(a, meeting.AnswerAgree, "")
	}
	w.act(w.chair, meeting.ActDecide, map[string]string{"outcome": "agreed"})
	w.resolveAgenda()
	withdraw(w, consent.Withdrawal{ID: "w1", RecordID: "r1", At: w.clock.now(), ByName: "事務 花子", Items: []consent.Item{consent.ItemIncome}})
	if r := w.room(w.hk); len(r.Withdrawals) != 1 || r.Withdrawals[0].All {
		t.Errorf("%+v", r.Withdrawals)
	}
	w.act(w.chair, meeting.ActClose, nil)
	for _, p := range w.store.Sealed {
		if strings.Contains(string(p.PDF)+string(p.Content), debt) {
			t.Errorf("%s holds what was withdrawn", p.Kind)
		}
	}
	m := w.print.minutes[len(w.print.minutes)-1]
	var said []string
	for _, e := range m.Events {
		said = append(said, e.Text)
	}
	all := strings.Join(said, "\n")
	if !strings.Contains(all, "の同意（D2026-0001）が撤回された。範囲: 収入・家計・債務") || !strings.Contains(all, "「収入・家計・債務」の記載（2件）を確定する記録から除いた") {
		t.Errorf("the minutes do not say so:\n%s", all)
	}
	if raw, _ := json.Marshal(m); strings.Contains(string(raw), debt) {
		t.Error("the minutes hold what was withdrawn")
	}
	if v := w.store.Versions(w.planID); v[0].Hash == w.store.Sealed[0].ContentSHA256 {
		t.Error("content hash pretends that nothing was left out")
	}
	// The person without consent stands there without name.
	if raw, _ := json.Marshal(w.print.plans); strings.Contains(string(raw), "太郎") || strings.Contains(string(raw), "長男") {
		t.Error("a household member without consent is named")
	}
}

// withdraw does what package consent and its store do.
func withdraw(w *world, wd consent.Withdrawal) {
	w.t.Helper()
	notes, err := w.svc.ConsentWithdrawn(w.ctx, w.sec, w.store.Facts.Consents[0], wd)
	if err != nil {
		w.t.Fatal(err)
	}
	w.store.Withdraw("r1", wd, notes)
	w.svc.Noted(w.ctx, "t", notes)
}

func TestWithdrawalInTheMiddle(t *testing.T) {
	t.Parallel()
	for _, mode := range []consent.Mode{consent.ModeLayered, consent.ModeSupport} {
		w := newWorld(t)
		w.grant(allItems, "a1", "a2", "a3")
		w.create(mode, "支援が要る")
		w.fill()
		w.seated()
		if v, err := w.svc.PlanView(w.ctx, w.hk, w.id); err != nil || len(v.Body.Actions) != 1 {
			t.Fatal(err)
		}
		withdraw(w, consent.Withdrawal{ID: "w1", RecordID: "r1", At: w.clock.now(), ByName: "事務 花子"})
		v, err := w.svc.PlanView(w.ctx, w.hk, w.id)
		if err != nil {
			t.Fatal(err)
		}
		if gone := len(v.Body.Actions) == 0; gone != (mode == consent.ModeLayered) {
			t.Errorf("%s: %d actions after the withdrawal", mode, len(v.Body.Actions))
		}
		r := w.room(w.sec)
		last := r.Events[len(r.Events)-1]
		if last.Kind != meeting.KindWithdrawn || !strings.Contains(last.Text, "範囲: 全部") {
			t.Errorf("%s: %+v", mode, last)
		}
		if mode == consent.ModeSupport && !strings.Contains(last.Text, "構成員への表示は続く") {
			t.Errorf("%s", last.Text)
		}
		w.act(w.chair, meeting.ActPhase, map[string]string{"id": meeting.PhaseSharing}) // the meeting goes on
	}
}

func TestGuest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3", "a4")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	g := access.Actor{Tenant: "t", UserID: "g1", Name: "消防 六郎", AgencyID: "a4", AgencyName: "消防署", Roles: []access.Role{access.RoleGuest}, GuestMeeting: w.id}
	if _, err := w.svc.State(w.ctx, g, w.id); !fault.Is(err, fault.NotFound) {
		t.Fatalf("uninvited: %v", err)
	}
	w.act(w.sec, meeting.ActGuestInvite, map[string]string{"guestId": "g1", "name": "消防 六郎", "agencyId": "a4"})
	r := w.room(g)
	if !r.You.MustConfirm || len(r.Attendance) != 0 || len(r.Events) != 0 || !r.TextWithheld || r.Agenda[0].Title != "同意範囲外" {
		t.Errorf("before 守秘義務確認: %+v %v", r.You, r.Agenda)
	}
	if _, err := w.svc.PlanView(w.ctx, g, w.id); !fault.Is(err, fault.NotFound) {
		t.Errorf("plan before 守秘義務確認: %v", err)
	}
	if err := w.svc.Join(w.ctx, g, w.id, "ws", ""); err != nil {
		t.Fatal(err)
	}
	w.act(g, meeting.ActSecrecy, nil)
	if v, err := w.svc.PlanView(w.ctx, g, w.id); err != nil || len(v.Body.Actions) != 1 {
		t.Errorf("guest reads: %v", err)
	}
	if f, _ := w.svc.GateFacts(w.ctx, "t", w.id, g); !f.MayWrite || !f.Confirmed {
		t.Errorf("%+v", f)
	}
	w.act(w.chair, meeting.ActFreeze, nil)
	w.answer(g, meeting.AnswerAgree, "")
	other := g
	other.GuestMeeting = "another"
	if _, err := w.svc.State(w.ctx, other, w.id); !fault.Is(err, fault.NotFound) {
		t.Errorf("guest of another meeting: %v", err)
	}
	w.act(w.sec, meeting.ActGuestRemove, map[string]string{"id": "g1"})
	if _, err := w.svc.State(w.ctx, g, w.id); !fault.Is(err, fault.NotFound) {
		t.Errorf("removed guest: %v", err)
	}
	if f, _ := w.svc.GateFacts(w.ctx, "t", w.id, g); f.Participant || f.MayWrite {
		t.Errorf("removed guest at the gate: %+v", f)
	}
}

func TestStrangersSeeNothing(t *testing.T) {
	t.Parallel()
	w := agreed(t)
	w.act(w.chair, meeting.ActClose, nil)
	other := w.sec
	other.Tenant = "t2"
	for name, a := range map[string]access.Actor{"other municipality": other, "nobody": {}, "agency without seat": w.out,
		"admin": actor("u9", "a1", "管理", access.RoleAdmin), "records": actor("u8", "a1", "文書", access.RoleRecords)} {
		if _, err := w.svc.State(w.ctx, a, w.id); err == nil {
			t.Errorf("%s reads the room", name)
		}
		if _, err := w.svc.PlanView(w.ctx, a, w.id); err == nil {
			t.Errorf("%s reads the plan", name)
		}
		if _, _, err := w.svc.Draft(w.ctx, a, w.id, meeting.PaperMinutes); err == nil {
			t.Errorf("%s prints", name)
		}
		if err := w.svc.Join(w.ctx, a, w.id, "x", meeting.FormRoom); err == nil {
			t.Errorf("%s joins", name)
		}
		if _, err := w.svc.EnsureDoc(w.ctx, a, w.id, "p1", consent.ItemHealth); err == nil {
			t.Errorf("%s makes documents", name)
		}
		if list, _ := w.svc.List(w.ctx, a, meeting.Query{}); len(list) != 0 {
			t.Errorf("%s lists meetings", name)
		}
		if f, _ := w.svc.GateFacts(w.ctx, a.Tenant, w.id, a); f.Participant || f.MayWrite {
			t.Errorf("%s at the gate: %+v", name, f)
		}
		if _, err := w.plans.Get(w.ctx, a, "", w.planID); err == nil && name != "agency without seat" {
			t.Errorf("%s reads the plan outside", name)
		}
	}
	list, err := w.svc.List(w.ctx, w.hk, meeting.Query{})
	if err != nil || len(list) != 1 || list[0].Initials != "た" {
		t.Errorf("%v %v", list, err)
	}
}

func TestAttendance(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.create(consent.ModeSupport, "支援が要る")
	join := func(a access.Actor, conn string) {
		t.Helper()
		if err := w.svc.Join(w.ctx, a, w.id, conn, meeting.FormRemote); err != nil {
			t.Fatal(err)
		}
	}
	leave := func(a access.Actor, conn string) {
		t.Helper()
		if err := w.svc.Leave(w.ctx, a, w.id, conn); err != nil {
			t.Fatal(err)
		}
	}
	join(w.hk, "early") // 準備: looking is no attendance
	if r := w.room(w.sec); len(r.Attendance) != 0 {
		t.Fatal(r.Attendance)
	}
	w.act(w.sec, meeting.ActReception, nil)
	join(w.hk, "")
	join(w.hk, "ws1")
	join(w.hk, "ws2")
	leave(w.hk, "ws1")
	leave(w.hk, "unknown")
	if p := w.room(w.sec).Attendance[0]; len(p.Spans) != 1 || p.Spans[0].To != nil || p.Form != meeting.FormRemote {
		t.Fatalf("%+v", p)
	}
	leave(w.hk, "ws2")
	join(w.hk, "ws3")
	if p := w.room(w.sec).Attendance[0]; len(p.Spans) != 2 || !p.Here() {
		t.Fatalf("%+v", p)
	}
	from, to := start, start.Add(5*time.Second)
	fix := map[string]any{"key": "u3", "name": "包括 三郎", "agencyId": "a3", "form": "room", "from": from, "to": to}
	w.refused(fault.Invalid, w.sec, meeting.ActAttendance, fix) // no reason
	fix["reason"] = "会場で出席していた"
	w.refused(fault.Forbidden, w.hk, meeting.ActAttendance, fix)
	w.act(w.sec, meeting.ActAttendance, fix)
	p := w.room(w.sec).Attendance[0]
	if len(p.Spans) != 1 || p.Form != meeting.FormRoom || len(p.Corrections) != 1 || p.Corrections[0].By != "事務 花子" {
		t.Fatalf("%+v", p)
	}
	fix["name"] = "別の人"
	w.refused(fault.Invalid, w.sec, meeting.ActAttendance, fix)
}

func TestPlansOutsideOfMeetings(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.fill()
	if _, err := w.plans.Create(w.ctx, w.hk, "c", ""); !fault.Is(err, fault.Forbidden) {
		t.Errorf("an agency made a plan: %v", err)
	}
	if _, err := w.plans.Create(w.ctx, w.sec, "c", ""); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second first plan: %v", err)
	}
	v, err := w.plans.Get(w.ctx, w.hk, "", w.planID)
	if err != nil {
		t.Fatal(err)
	}
	cell, _ := v.Body.Actions[0].Cell("a3")
	if cell.Hash != plans.CellHash("週1回の訪問", cell) {
		t.Error("cell hash")
	}
	if _, err := w.plans.AnswerRole(w.ctx, w.hk, "", w.planID, plans.AnswerInput{ActionID: actionID, Answer: plans.AnswerAccept, CellHash: strings.Repeat("0", 64)}); !fault.Is(err, fault.Conflict) {
		t.Errorf("answer to another content: %v", err)
	}
	if _, err := w.plans.AnswerRole(w.ctx, w.hk, "", w.planID, plans.AnswerInput{ActionID: actionID, Answer: plans.AnswerAccept, CellHash: cell.Hash}); err != nil {
		t.Fatal(err)
	}
	next, err := w.plans.Create(w.ctx, w.sec, "c", w.planID)
	if err != nil || next.Round != 2 {
		t.Fatalf("%+v %v", next, err)
	}
	n, err := w.plans.Get(w.ctx, w.sec, "", next.ID)
	if err != nil || len(n.Body.Actions) != 1 || n.Body.Actions[0].ID != actionID || n.Body.Actions[0].Cells[1].Content != "訪問する" || len(n.Answers) != 0 {
		t.Fatalf("the next plan begins with the last one: %+v %v", n.Body.Actions, err)
	}
}

func TestDiffAgainstTheAgreedVersion(t *testing.T) {
	t.Parallel()
	w := agreed(t)
	w.act(w.chair, meeting.ActClose, nil)
	next, err := w.plans.Create(w.ctx, w.sec, "c", w.planID)
	if err != nil {
		t.Fatal(err)
	}
	old := w.planID
	w.planID = next.ID
	w.write(w.doc(live.KindPlan, "", consent.ItemBasic), func(b *live.Builder) {
		b.Cell(actionID, "a3", map[string]any{"code": "main", "due": nil}, map[string]string{"limits": ""})
		b.Row("goal", "goal000002", "b0", map[string]any{"kind": "short"}, map[string]string{"text": "通院する"})
		b.Set("need/need000001/del", true)
		b.Set("after_lead", "a1")
	})
	v, err := w.plans.Get(w.ctx, w.sec, "", next.ID)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range v.Diff {
		got = append(got, c.Kind+" "+c.What+" "+c.Field+" "+c.Before+"→"+c.After)
	}
	want := []string{"changed plan after_lead 地域包括支援センター→福祉総務課", "removed need  介護が要る→", "added goal  →通院する",
		"changed cell code ◎主担当→○担当", "removed cell limits 夜間は不可→", "removed cell due 2027-03-31→"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if d, err := w.plans.Compare(w.ctx, w.sec, "", old, 1, 0); err != nil || len(d) != 0 {
		t.Errorf("an agreed plan differs from itself: %v %v", d, err)
	}
}
