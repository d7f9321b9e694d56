package meeting_test

import (
	"slices"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/plans"
)

// eventful is a 支援会議 in which everything happens that the minutes have to tell, up to just before 閉会.
func eventful(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.create(consent.ModeLayered, "")
	w.act(w.sec, meeting.ActAgenda, map[string]any{"title": "住まい", "purpose": "share", "kind": "monitoring", "point": "どこで暮らすか"})
	w.act(w.sec, meeting.ActReception, nil)
	w.act(w.chair, meeting.ActMode, map[string]string{"convener": "福祉総務課長", "reason": "同意がとれない"})
	w.act(w.sec, meeting.ActSeat, map[string]any{"agencyId": "a4", "speaker": "消防 四郎", "proxy": "署長"})
	w.act(w.chair, meeting.ActDesignate, map[string]string{"agencyId": "a4", "reason": "出火のおそれ"})
	for _, a := range []access.Actor{w.chair, w.sec, w.hk, w.out} {
		if err := w.svc.Join(w.ctx, a, w.id, "c-"+a.UserID, meeting.FormRemote); err != nil {
			t.Fatal(err)
		}
		w.act(a, meeting.ActSecrecy, nil)
	}
	w.act(w.sec, meeting.ActAttendance, map[string]any{"name": "髙橋 太郎", "post": "長男", "form": "room", "from": w.clock.now(), "reason": "本人・家族の同席"})
	w.act(w.sec, meeting.ActAttendance, map[string]any{"name": "民生 七子", "agencyId": "a4", "form": "room", "absent": true, "reason": "急用"})
	w.act(w.chair, meeting.ActOpen, nil)
	w.act(w.chair, meeting.ActChair, map[string]string{"role": "deputy", "userId": "u2"})
	w.fill()
	w.grant(allItems, "a3")
	withdraw(w, consent.Withdrawal{ID: "w1", RecordID: "r1", At: w.clock.now(), Agencies: []string{"a3"}})
	w.accept(w.sec)
	w.act(w.chair, meeting.ActRowReason, map[string]string{"actionId": actionID, "reason": "包括は後日受諾"})
	w.act(w.chair, meeting.ActFreeze, nil)
	for _, a := range []access.Actor{w.chair, w.sec, w.out} {
		w.answer(a, meeting.AnswerAgree, "")
	}
	r := w.answer(w.hk, meeting.AnswerObject, "訪問は毎日が要る")
	w.act(w.chair, meeting.ActReopen, map[string]string{"reason": "異議を受けて修正"})
	w.act(w.chair, meeting.ActObjectionClose, map[string]string{"id": r.Objections[0].ID, "reason": "頻度を見直した"})
	w.act(w.chair, meeting.ActFreeze, nil)
	w.refused(fault.Forbidden, w.sec, meeting.ActSecrecyPaper, map[string]string{"key": "u4"})
	w.act(w.sec, meeting.ActSeatExcuse, map[string]string{"agencyId": "a4", "status": "left", "reason": "出動"})
	for _, a := range []access.Actor{w.chair, w.sec} {
		w.answer(a, meeting.AnswerAgree, "")
	}
	w.answer(w.hk, meeting.AnswerConditional, "夜間を除く")
	w.act(w.chair, meeting.ActDecide, map[string]string{"outcome": "conditional", "review": "2027-03-01"})
	agenda := w.room(w.sec).Agenda
	w.act(w.sec, meeting.ActAgendaState, map[string]string{"id": agenda[0].ID, "state": "resolved"})
	w.act(w.sec, meeting.ActAgendaState, map[string]string{"id": agenda[1].ID, "state": "carried", "note": "時間切れ"})
	w.write(w.doc(live.KindMinutes, "", consent.ItemBasic), func(b *live.Builder) {
		b.Row("point", "point00001", "a0", map[string]any{"agenda": agenda[0].ID}, map[string]string{"content": "頻度", "conclusion": "週1回", "remaining": "夜間"})
		b.Row("speech", "speech0001", "a0", map[string]any{"agency": "a4"}, map[string]string{"text": "出火が心配"})
		b.Row("decision", "decision01", "a0", nil, map[string]string{"text": "週1回訪問する"})
		b.Row("decision", "decision02", "a1", map[string]any{"del": true}, map[string]string{"text": "消した決定"})
		b.Row("homework", "homework01", "a0", map[string]any{"agency": "a3", "who": "包括 三郎", "due": "2026-12-10"}, map[string]string{"text": "訪問日を決める"})
		b.Row("local", "local00001", "a0", nil, map[string]string{"text": "夜間の見守りがない"})
	})
	w.act(w.sec, meeting.ActNext, map[string]string{"date": "2027-02-01", "agenda": "夜間の体制"})
	return w
}

func TestMinutesHoldEverythingThatHappened(t *testing.T) {
	t.Parallel()
	w := eventful(t)
	w.act(w.chair, meeting.ActClose, nil)
	m := w.print.minutes[len(w.print.minutes)-1]
	var said []string
	for i, e := range m.Events {
		said = append(said, e.Text)
		if i > 0 && e.At.Before(m.Events[i-1].At) {
			t.Errorf("the log runs backwards at %q", e.Text)
		}
	}
	all := strings.Join(said, "\n")
	for _, want := range []string{"支援会議（社会福祉法第106条の6）として開催", "同意がとれない", "構成員外として指定した。理由: 出火のおそれ", "出欠を訂正した: 髙橋 太郎", "開会した",
		"事務 花子を職務代理とした", "同意（D2026-0001）が撤回された。範囲: 地域包括支援センター", "包括は後日受諾", "第1版として確定", "「異議」と回答した。理由: 訪問は毎日が要る",
		"編集に戻した", "異議の取り扱いを決めた。理由: 頻度を見直した", "第2版として確定", "消防署を退席とした", "「条件付き了承」", "議題「住まい」を次回へ持ち越した。理由: 時間切れ", "閉会した"} {
		if !strings.Contains(all, want) {
			t.Errorf("missing %q in\n%s", want, all)
		}
	}
	if m.Result != "条件付き了承" || len(m.Answers) != 3 || m.Answers[2].Reason != "夜間を除く" || m.Answers[0].PlanVersion != "第2版" || m.Answers[0].PlanHash == "" {
		t.Errorf("answers: %+v", m.Answers)
	}
	if len(m.Attendees) != 5 || m.Attendees[3].ProxyFor != "署長" || m.Attendees[3].Appointed == "" || m.Attendees[0].SecrecyAt.IsZero() || m.Attendees[0].Out != m.End || !m.Attendees[0].Member {
		t.Errorf("attendees: %+v", m.Attendees)
	}
	if len(m.Absentees) != 1 || m.Absentees[0].Name != "民生 七子" || m.Absentees[0].Reason != "急用" || m.Family != "髙橋 太郎　長男" {
		t.Errorf("absent: %+v, family %q", m.Absentees, m.Family)
	}
	if len(m.Decisions) != 1 || m.Decisions[0].Method != "条件付き" || m.Homework[0].Agency != "地域包括支援センター" || m.Community.Text != "夜間の見守りがない" || m.Items[0].Title != "役割分担" || m.Statements[0].Speaker != "消防 四郎" {
		t.Errorf("prose: %+v %+v %+v", m.Decisions, m.Homework, m.Items)
	}
	if m.Cases[0].Kind != "モニタリング" || m.Cases[0].Subject != "髙橋 \uFA11\uFA10子" || m.Consents[0].No != "D2026-0001" || m.NoConsent.Reason != "同意がとれない" {
		t.Errorf("case: %+v %+v %+v", m.Cases, m.Consents, m.NoConsent)
	}
	if m.Next == nil || !m.Next.At.IsZero() || !strings.Contains(m.Next.Agenda, "令和9年2月1日") || m.DocumentNo != "KS2026-0001" || m.Roles.Rows[0].NoLeadReason == "" {
		t.Errorf("next %+v, number %s", m.Next, m.DocumentNo)
	}
	if !slices.ContainsFunc(m.Roles.Rows[0].Cells, func(c papers.MatrixCell) bool {
		return c.Code == "◎" && c.Answer == "提案中" && c.Frequency == "週1"
	}) {
		t.Errorf("matrix: %+v", m.Roles.Rows)
	}
}

// TestRealPapers prints a whole meeting with the real printer, and the same closing twice gives the same bytes.
func TestRealPapers(t *testing.T) {
	t.Parallel()
	w := eventful(t)
	w.use(papers.New(pdf.New(pdf.Options{})))
	r := w.act(w.chair, meeting.ActClose, nil)
	if r.Status != meeting.StatusClosed || len(r.Records) != 2 || len(r.Problems) != 0 {
		t.Fatalf("%s %v %v", r.Status, r.Records, r.Problems)
	}
	if n := r.Records[0].FileName; n != "R081123_支援会議_第01回_K2026-0001_支援プラン_v2.pdf" {
		t.Errorf("file name %s", n)
	}
	for _, kind := range []meeting.PaperKind{meeting.PaperMinutes, meeting.PaperPlan, meeting.PaperMatrix} {
		res, name, err := w.svc.Draft(w.ctx, w.sec, w.id, kind)
		what := "案"
		if kind != meeting.PaperMinutes { // agreed to
			what = "写し"
		}
		if err != nil || len(res.PDF) < 1000 || !strings.Contains(name, what) {
			t.Errorf("%s: %d bytes, %s, %v", kind, len(res.PDF), name, err)
		}
	}
}

func TestLayeredMayEndWithoutAgreement(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	w.resolveAgenda()
	w.refused(fault.Conflict, w.chair, meeting.ActClose, nil)
	w.act(w.chair, meeting.ActFreeze, nil)
	w.refused(fault.Conflict, w.chair, meeting.ActClose, nil)
	w.answer(w.hk, meeting.AnswerTakeback, "所長の判断")
	w.answer(w.chair, meeting.AnswerAgree, "")
	r := w.answer(w.sec, meeting.AnswerAgree, "")
	if r.Outcome != meeting.OutcomeWaiting {
		t.Fatal(r.Outcome)
	}
	w.refused(fault.Conflict, w.chair, meeting.ActDecide, map[string]string{"outcome": "agreed"})
	w.refused(fault.Conflict, w.chair, meeting.ActDecide, map[string]string{"outcome": "rejected", "reason": "x"})
	w.refused(fault.Invalid, w.chair, meeting.ActDecide, map[string]string{"outcome": "again"})
	w.act(w.chair, meeting.ActDecide, map[string]string{"outcome": "again", "reason": "持ち帰りの回答を待って再協議"})
	r = w.act(w.chair, meeting.ActClose, nil)
	if r.Status != meeting.StatusClosed || len(r.Records) != 0 || w.store.Versions(w.planID)[0].State != plans.VersionVoid {
		t.Fatalf("%s %v", r.Status, r.Records)
	}
	if err := w.tryWrite(w.doc(live.KindPlan, "", consent.ItemBasic), func(b *live.Builder) { b.Text("policy", "続ける") }); err != nil {
		t.Errorf("the plan goes on: %v", err)
	}
}

func TestAttendedAgenciesReadWhatTheyConfirm(t *testing.T) {
	t.Parallel()
	w := eventful(t)
	w.act(w.chair, meeting.ActClose, nil)
	draft := func(a access.Actor) string {
		t.Helper()
		res, _, err := w.svc.Draft(w.ctx, a, w.id, meeting.PaperMinutes)
		if err != nil {
			t.Fatal(err)
		}
		return string(res.PDF)
	}
	if s := draft(w.hk); !strings.Contains(s, "週1回訪問する") || strings.Contains(s, "髙橋 \uFA11") {
		t.Error("after 閉会 whoever was there reads the minutes, and nothing else of the case")
	}
	w.act(w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-07"})
	if s := draft(w.hk); !strings.Contains(s, "週1回訪問する") || !w.room(w.hk).Minutes.Readable {
		t.Error("asked to confirm what it cannot read")
	}
	kept, _, err := w.svc.MinutesFile(w.ctx, w.sec, w.id, 1)
	if err != nil || string(kept.PDF) != draft(w.hk) {
		t.Errorf("holders and agencies read the same file: %v", err)
	}
	if _, _, err := w.svc.MinutesFile(w.ctx, w.hk, w.id, 2); !fault.Is(err, fault.Forbidden) {
		t.Errorf("another version: %v", err)
	}
	w.store.Edit(func(f *meeting.Facts) { f.Persons[1].WithheldFrom = []string{"a3"} })
	if _, _, err := w.svc.Draft(w.ctx, w.hk, w.id, meeting.PaperMinutes); !fault.Is(err, fault.Forbidden) {
		t.Errorf("特定機関に非開示: %v", err)
	}
	stranger := w.hk
	stranger.UserID = "u77" // same agency, was not there
	if s := draft(stranger); strings.Contains(s, "週1回訪問する") {
		t.Error("a colleague who did not confirm secrecy reads the minutes")
	}
	w.clock.t = w.clock.t.AddDate(0, 0, 20)
	r := w.act(w.chair, meeting.ActFinal, nil) // nobody answered: the period is over
	if r.Status != meeting.StatusSealed || w.print.minutes[len(w.print.minutes)-1].Confirmation.Agencies[0].State != "期限経過みなし" {
		t.Errorf("%s", r.Status)
	}
	w.store.Edit(func(f *meeting.Facts) { f.Persons[1].WithheldFrom = nil })
	if s := draft(w.hk); strings.Contains(s, "週1回訪問する") {
		t.Error("a 支援会議 shows its minutes after they are final")
	}
}

func TestReadingIsAuditedOnce(t *testing.T) {
	t.Parallel()
	w := agreed(t)
	count := func(v access.Verb) int {
		n := 0
		for _, e := range w.store.Audit {
			if e.Verb == v && e.ActorID == "u3" {
				n++
			}
		}
		return n
	}
	a, b := count(access.VerbMeetingOpen), count(access.VerbPlanOpen)
	for range 5 {
		w.room(w.hk)
		if _, err := w.svc.PlanView(w.ctx, w.hk, w.id); err != nil {
			t.Fatal(err)
		}
	}
	if a == 0 || b == 0 || count(access.VerbMeetingOpen) > a || count(access.VerbPlanOpen) > b {
		t.Errorf("meeting %d → %d, plan %d → %d", a, count(access.VerbMeetingOpen), b, count(access.VerbPlanOpen))
	}
	w.clock.t = w.clock.t.Add(11 * 60e9)
	w.room(w.hk)
	if count(access.VerbMeetingOpen) != a+1 {
		t.Error("a later reading leaves no line")
	}
}

func TestWhatIsProposedIsWhatIsFrozen(t *testing.T) {
	t.Parallel()
	w := eventful(t)
	w.act(w.chair, meeting.ActClose, nil)
	w.act(w.sec, meeting.ActAmend, map[string]string{"reason": "直す"})
	doc := w.doc(live.KindMinutes, "", consent.ItemBasic)
	late := false
	w.store.BeforeRecord = func(c meeting.Change) error {
		if c.Minutes != nil && !late { // somebody types between the reading and the freeze
			late = true
			w.write(doc, func(b *live.Builder) {
				b.Row("decision", "decision09", "z0", nil, map[string]string{"text": "滑り込みの決定"})
			})
		}
		return nil
	}
	r := w.act(w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-07"})
	v, err := w.store.MinutesVersion(w.ctx, "t", w.id, r.Minutes.Version)
	if err != nil || !late || !strings.Contains(string(v.Content), "滑り込みの決定") || v.Hash != r.Minutes.Hash {
		t.Errorf("version %d does not hold what was frozen: %v", r.Minutes.Version, err)
	}
	if err := w.tryWrite(doc, func(b *live.Builder) { b.Text("decision/decision09/text", "あとから") }); !fault.Is(err, fault.Conflict) {
		t.Errorf("proposed minutes take writing: %v", err)
	}
}
