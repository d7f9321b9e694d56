package meeting_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/plans"
)

// task writes a 宿題 into the minutes of the meeting of this world.
func (w *world) task(person string, item consent.Item, id, agency, due, text string) {
	w.t.Helper()
	ref, err := w.svc.EnsureDoc(w.ctx, w.sec, w.id, person, item)
	if err != nil {
		w.t.Fatal(err)
	}
	w.write(ref.DocID, func(b *live.Builder) {
		b.Row("homework", id, "a1", map[string]any{"agency": agency, "who": "担当", "due": due}, map[string]string{"text": text})
	})
}

// overdue is the red list of somebody, as row ids.
func (w *world) overdue(a access.Actor) []string {
	w.t.Helper()
	list, err := w.svc.Overdue(w.ctx, a, "")
	if err != nil {
		w.t.Fatal(err)
	}
	out := []string{}
	for _, l := range list.Lines {
		out = append(out, l.Row)
	}
	return out
}

// TestOverdueFollowsTheGate: who holds the record and the chair read all that is late, an agency its own, and nobody a row of a class the gate keeps from them.
func TestOverdueFollowsTheGate(t *testing.T) {
	t.Parallel()
	w := agreedOn(t, []consent.Item{consent.ItemBasic}) // no 収入
	w.task("", consent.ItemBasic, "home000001", "a3", "2026-11-30", "鍵の預け先を聞く")
	w.task("", consent.ItemBasic, "home000002", "a2", "2026-11-28", "家計簿を送る")
	w.task("", consent.ItemBasic, "home000003", "a3", "2026-12-03", "今日まで") // the day itself is not late
	w.task("", consent.ItemBasic, "home000004", "a3", "", "期限なし")
	w.task("", consent.ItemBasic, "home000005", "", "2026-11-29", "だれの宿題か書いていない")
	w.task("p1", consent.ItemIncome, "home000006", "a3", "2026-11-27", secret)
	w.clock.t = w.clock.t.AddDate(0, 0, 10) // 12月3日
	if got := w.overdue(w.sec); len(got) != 0 {
		t.Errorf("before 閉会: %v", got)
	}
	w.act(w.chair, meeting.ActClose, nil)
	chair := actor("u1", "a1", "議長 一郎", access.RoleChair) // of an agency, so it does not hold the record
	colleague := actor("u8", "a1", "同僚", access.RoleAgency)
	for _, c := range []struct {
		who  access.Actor
		want []string
	}{
		{w.sec, []string{"home000006", "home000002", "home000005", "home000001"}},
		{w.chair, []string{"home000006", "home000002", "home000005", "home000001"}},
		{chair, []string{"home000002", "home000005", "home000001"}},
		{colleague, []string{}},
		{w.hk, []string{"home000001"}},
		{w.out, []string{}},
	} {
		if got := w.overdue(c.who); !slices.Equal(got, c.want) {
			t.Errorf("%s reads %v, want %v", c.who.Name, got, c.want)
		}
	}
	late, err := w.svc.LateTasks(w.ctx, w.sec.Tenant, 5)
	if want := []meeting.LateTask{{"c", w.id, "a2", "2026-11-28"}, {"c", w.id, "", "2026-11-29"}, {"c", w.id, "a3", "2026-11-30"}}; err != nil || !slices.Equal(late, want) {
		t.Errorf("what systems are told of: %+v %v", late, err)
	}
	entries := len(w.store.Audit)
	list, err := w.svc.Overdue(w.ctx, w.hk, "")
	if raw, _ := json.Marshal(list); err != nil || strings.Contains(string(raw), secret) {
		t.Errorf("a row out of the consent: %s %v", raw, err)
	}
	basic := w.doc(live.KindMinutes, "", consent.ItemBasic)
	want := meeting.OverdueLine{CaseID: "c", CaseNumber: "K2026-0001", MeetingID: w.id, Meeting: "重層的支援会議　第1回", DocID: basic, Row: "home000001",
		AgencyName: "地域包括支援センター", Who: "担当", Due: "2026-11-30", Days: 3, Text: "鍵の預け先を聞く", StatusLabel: "未着手", Mine: true}
	if list.Lines[0] != want || list.Next != "" || list.Total != 1 || list.Looked != 1 {
		t.Errorf("%+v", list)
	}
	var verbs []access.Verb
	for _, e := range w.store.Audit[entries:] {
		verbs = append(verbs, e.Verb)
		if e.Verb == access.VerbDocOpen && (e.Target != basic || e.CaseID != "c" || e.MeetingID != w.id) {
			t.Errorf("%+v", e)
		}
	}
	if !slices.Equal(verbs, []access.Verb{access.VerbOverdue, access.VerbDocOpen}) {
		t.Errorf("written down: %v", verbs)
	}
	guest := w.hk
	guest.GuestMeeting = w.id
	if _, err := w.svc.Overdue(w.ctx, guest, ""); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a guest: %v", err)
	}
	if _, err := w.svc.Overdue(w.ctx, access.Actor{}, ""); !fault.Is(err, fault.Unauthorized) {
		t.Errorf("nobody: %v", err)
	}

	// What the agency says of its task counts; what is withdrawn is gone for all but the holders.
	tick := map[string]string{"docId": basic, "row": "home000001", "status": "doing"}
	w.act(w.hk, meeting.ActTick, tick)
	if list, _ = w.svc.Overdue(w.ctx, w.hk, ""); len(list.Lines) != 1 || list.Lines[0].StatusLabel != "実施中" {
		t.Errorf("実施中: %+v", list)
	}
	withdraw(w, consent.Withdrawal{ID: "w1", RecordID: "r1", At: w.clock.now(), ByName: "事務 花子"})
	if got := w.overdue(w.hk); len(got) != 0 {
		t.Errorf("after the withdrawal: %v", got)
	}
	if got := w.overdue(w.sec); len(got) != 4 {
		t.Errorf("the holder: %v", got)
	}
}

// TestWhatIsDoneIsNotOverdue: neither 完了 nor 中止 stays on the list.
func TestWhatIsDoneIsNotOverdue(t *testing.T) {
	t.Parallel()
	w := agreed(t)
	w.task("", consent.ItemBasic, "home000001", "a3", "2026-11-24", "電話する")
	w.task("", consent.ItemBasic, "home000002", "a3", "2026-11-24", "訪ねる")
	w.act(w.chair, meeting.ActClose, nil)
	w.clock.t = w.clock.t.AddDate(0, 0, 2)
	doc := w.doc(live.KindMinutes, "", consent.ItemBasic)
	for i, c := range []map[string]string{{"row": "home000001", "status": "done"}, {"row": "home000002", "status": "dropped", "note": "要らなくなった"}} {
		if got := w.overdue(w.sec); len(got) != 2-i {
			t.Errorf("before %v: %v", c, got)
		}
		c["docId"] = doc
		w.act(w.hk, meeting.ActTick, c)
	}
	if got := w.overdue(w.sec); len(got) != 0 {
		t.Errorf("done: %v", got)
	}
}

// TestOverdueOfASupportMeeting: what the law let the agencies hear in the room does not come into a list; who holds the record has it.
func TestOverdueOfASupportMeeting(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeSupport, "緊急の検討")
	w.fill()
	w.toAgreed()
	w.task("", consent.ItemBasic, "home000001", "a3", "2026-11-24", "鍵の預け先を聞く")
	w.write(w.doc(live.KindMinutes, "", consent.ItemBasic), func(b *live.Builder) {
		b.Row("decision", "decision01", "a0", nil, map[string]string{"text": "隔週で訪問する"})
	})
	w.act(w.chair, meeting.ActClose, nil)
	w.clock.t = w.clock.t.AddDate(0, 0, 2)
	if f, err := w.svc.Followup(w.ctx, w.hk, w.id); err != nil || len(f.Homework) != 1 {
		t.Fatalf("in the meeting, whose minutes are still to be confirmed: %+v %v", f, err)
	}
	if got := w.overdue(w.hk); len(got) != 0 {
		t.Errorf("in the list: %v", got)
	}
	if got := w.overdue(w.sec); len(got) != 1 {
		t.Errorf("the holder: %v", got)
	}
}

// TestOverdueOfACaseOnlyMet: who has a seat and is no member gets its task without a way into the case.
func TestOverdueOfACaseOnlyMet(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3", "a4")
	w.create(consent.ModeLayered, "")
	w.act(w.sec, meeting.ActSeat, map[string]any{"agencyId": "a4", "observer": true, "speaker": "消防 四郎"})
	w.fill()
	w.toAgreed()
	w.task("", consent.ItemBasic, "home000001", "a4", "2026-11-24", "報知器を貸す")
	w.act(w.chair, meeting.ActClose, nil)
	w.clock.t = w.clock.t.AddDate(0, 0, 2)
	list, err := w.svc.Overdue(w.ctx, w.out, "")
	if err != nil || len(list.Lines) != 1 || list.Lines[0].CaseID != "" || list.Lines[0].CaseNumber != "K2026-0001" {
		t.Errorf("%+v %v", list, err)
	}
}

// TestOverdueRoles: terms of roles in the agreed plan that are over, to the agency whose they are and to who holds the record, as far as the gate
// shows the row outside of meetings; a plan nobody agreed to has none.
func TestOverdueRoles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant([]consent.Item{consent.ItemBasic}, "a1", "a2", "a3") // no 収入
	w.create(consent.ModeLayered, "")
	w.fill()
	main := w.doc(live.KindPlan, "", consent.ItemBasic)
	w.write(main, func(b *live.Builder) {
		b.Cell(actionID, "a3", map[string]any{"due": "2026-11-30", "who": "包括 三郎"}, nil)
		b.Cell(actionID, "a2", map[string]any{"due": "2026-12-03"}, nil)
		b.Cell(actionID, "self", map[string]any{"code": "self", "due": "2026-11-25"}, nil)
	})
	w.income(secret) // a row of 収入, its ◎ is a2
	ref, err := w.plans.EnsureDoc(w.ctx, w.sec, "", w.planID, "p1", consent.ItemIncome)
	if err != nil {
		t.Fatal(err)
	}
	w.write(ref.DocID, func(b *live.Builder) {
		b.Cell("action0002", "a3", map[string]any{"code": "main", "due": "2026-11-29"}, map[string]string{"content": secret})
	})
	list := func(a access.Actor) meeting.OverdueRoles {
		t.Helper()
		l, err := w.svc.OverdueRoles(w.ctx, a, "")
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	due := func(a access.Actor) string {
		t.Helper()
		var out []string
		for _, l := range list(a).Lines {
			out = append(out, l.Column+" "+l.Due)
		}
		return strings.Join(out, ", ")
	}
	start := w.clock.t
	w.clock.t = start.AddDate(0, 0, 10) // 12月3日
	if got := list(w.sec); len(got.Lines) != 0 || got.Total != 0 {
		t.Errorf("of a plan that is not agreed: %+v", got)
	}
	w.clock.t = start
	w.toAgreed()
	w.act(w.chair, meeting.ActClose, nil)
	w.clock.t = start.AddDate(0, 0, 10)
	if got := due(w.sec); got != "a3 2026-11-29, a3 2026-11-30" { // the day itself is not late, the person's own column is no agency's
		t.Errorf("who holds the record: %s", got)
	}
	got := list(w.hk)
	raw, _ := json.Marshal(got)
	want := meeting.OverdueRole{CaseID: "c", CaseNumber: "K2026-0001", PlanID: w.planID, Round: 1, DocID: main, ActionID: actionID, Column: "a3", AgencyName: "地域包括支援センター",
		Mark: "◎", CodeLabel: "主担当", Action: "週1回の訪問", Content: "訪問する", Who: "包括 三郎", Due: "2026-11-30", Days: 3, Mine: true}
	if len(got.Lines) != 1 || got.Lines[0] != want || got.Looked != 1 || got.Total != 1 || got.Next != "" || strings.Contains(string(raw), secret) {
		t.Errorf("the agency: %s", raw)
	}
	colleague := actor("u6", "a2", "社協 六郎", access.RoleAgency)
	if got := due(colleague); got != "" {
		t.Errorf("another agency: %s", got)
	}
	if got := due(w.out); got != "" {
		t.Errorf("a stranger: %s", got)
	}
	withdraw(w, consent.Withdrawal{ID: "w1", RecordID: "r1", At: w.clock.now(), ByName: "事務 花子"})
	if got := due(w.hk); got != "" {
		t.Errorf("after the withdrawal: %s", got)
	}
	w.store.Edit(func(f *meeting.Facts) { f.Case.Stage = "closed" })
	if got := due(w.sec); got != "" {
		t.Errorf("of a case that has ended: %s", got)
	}
	guest := w.hk
	guest.GuestMeeting = w.id
	for _, a := range []access.Actor{guest, {}} {
		if _, err := w.svc.OverdueRoles(w.ctx, a, ""); err == nil {
			t.Errorf("%+v reads it", a)
		}
		if _, err := w.svc.WaitingLeads(w.ctx, a); err == nil {
			t.Errorf("%+v reads it", a)
		}
	}
	for _, bad := range []string{"x", "1.", ".a", "-5.a"} {
		if _, err := w.svc.Overdue(w.ctx, w.sec, bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("page %q: %v", bad, err)
		}
	}
}

// TestWaitingLeads: 主担当 that was asked for and not answered is on the list of who is to answer, of who hands over, and of who holds the record;
// its words are not.
func TestWaitingLeads(t *testing.T) {
	t.Parallel()
	w := agreed(t)
	w.act(w.chair, meeting.ActClose, nil)
	o, err := w.plans.OfferLead(w.ctx, w.sec, "c", plans.LeadInput{Kind: plans.LeadNow, To: "a3", Note: secret})
	if err != nil {
		t.Fatal(err)
	}
	list := func(a access.Actor) []meeting.WaitingLead {
		t.Helper()
		l, err := w.svc.WaitingLeads(w.ctx, a)
		if raw, _ := json.Marshal(l); err != nil || strings.Contains(string(raw), secret) {
			t.Fatalf("%s %v", raw, err)
		}
		return l.Lines
	}
	from, other := actor("u6", "a2", "社協 六郎", access.RoleAgency), actor("u7", "a1", "福祉 七郎", access.RoleAgency)
	if l := list(w.hk); len(l) != 1 || !l[0].Mine || l[0].CaseNumber != "K2026-0001" || l[0].OfferID != o.ID || l[0].KindLabel != "主担当機関" || l[0].StateLabel != "返事待ち" {
		t.Errorf("who is to answer: %+v", l)
	}
	if l := list(from); len(l) != 1 || l[0].Mine || l[0].FromName != "社会福祉協議会" {
		t.Errorf("who hands over: %+v", l)
	}
	if len(list(w.sec)) != 1 || len(list(other)) != 0 || len(list(w.out)) != 0 || len(list(actor("u8", "a3", "助言 八子", access.RoleObserver))) != 0 {
		t.Error("the list of somebody else")
	}
	if err := w.plans.AnswerLead(w.ctx, w.hk, "c", o.ID, plans.LeadReply{Answer: plans.AnswerTakeback, Reason: secret, Due: "2026-11-30"}); err != nil {
		t.Fatal(err)
	}
	w.clock.t = w.clock.t.AddDate(0, 0, 20)
	if l := list(w.hk); len(l) != 1 || l[0].Due != "2026-11-30" || !l[0].Late {
		t.Errorf("taken home, and late: %+v", l)
	}
	if err := w.plans.AnswerLead(w.ctx, w.hk, "c", o.ID, plans.LeadReply{Answer: plans.AnswerAccept}); err != nil {
		t.Fatal(err)
	}
	if len(list(w.sec)) != 0 {
		t.Error("answered, and still on the list")
	}
}
