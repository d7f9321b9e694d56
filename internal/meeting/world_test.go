package meeting_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/meeting/meetingtest"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/plans"
	"kasane/internal/sheets"
)

var start = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC) // 10:00 JST

// clock moves a second at every look, so that no two events share a time.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(time.Second)
	return c.t
}

// printer is papers.Printer without fonts: the "PDF" is the model as JSON. bad lists texts that cannot be printed in names.
type printer struct {
	mu      sync.Mutex
	minutes []papers.MinutesDoc
	plans   []papers.PlanDoc
	matrix  []byte // source of a 役割分担表
	bad     string
	fail    error
}

func (p *printer) result(kind string, m any, names ...string) (papers.Result, error) {
	if p.fail != nil {
		return papers.Result{}, p.fail
	}
	b, err := json.Marshal(m)
	r := papers.Result{PDF: append([]byte(kind), b...), Pages: 1, RendererVersion: "test"}
	if p.bad != "" && slices.Contains(names, p.bad) {
		r.Problems = []pdf.Problem{{Where: "本人氏名", Code: "U+E000", Name: true}}
	}
	return r, err
}

func (p *printer) Minutes(_ context.Context, m papers.MinutesDoc) (papers.Result, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.minutes = append(p.minutes, m)
	return p.result("minutes", m)
}

func (p *printer) Plan(_ context.Context, m papers.PlanDoc) (papers.Result, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.plans = append(p.plans, m)
	return p.result("plan", m, m.Subject.Name)
}

func (p *printer) RoleMatrix(_ context.Context, m papers.RoleMatrixDoc) (papers.Result, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if m.Source != nil {
		p.matrix = m.Source
	}
	return p.result("matrix", m)
}

func (p *printer) Prep(_ context.Context, m papers.PrepDoc) (papers.Result, error) {
	return p.result("prep", m)
}

func (p *printer) Notice(_ context.Context, m papers.NoticeDoc) (papers.Result, error) {
	return p.result("notice", m)
}

func (p *printer) Attendance(_ context.Context, m papers.AttendanceDoc) (papers.Result, error) {
	return p.result("attendance", m)
}

func (p *printer) Secrecy(_ context.Context, m papers.SecrecyDoc) (papers.Result, error) {
	return p.result("attendance", m)
}

// world is one municipality with one case and everything around a meeting, in memory.
type world struct {
	t     *testing.T
	ctx   context.Context
	clock *clock
	store *meetingtest.Memory
	docs  *live.Service
	plans *plans.Service
	svc   *meeting.Service
	print *printer

	chair, sec, hk, out access.Actor
	planID, id          string
}

func actor(id, agency, name string, roles ...access.Role) access.Actor {
	return access.Actor{Tenant: "t", UserID: id, Name: name, Post: "係長", AgencyID: agency, AgencyName: "機関" + agency, Roles: roles}
}

// use builds the service anew with another printer.
func (w *world) use(p meeting.Printer) {
	ports := w.svc.Ports
	ports.Print = p
	w.svc = meeting.NewService(ports)
}

func newWorld(t *testing.T) *world {
	t.Helper()
	c := &clock{t: start}
	f := meeting.Facts{Municipality: "見本市",
		Case: cases.Case{ID: "c", Tenant: "t", Number: "K2026-0001"},
		Persons: []cases.Person{
			{ID: "p1", Tenant: "t", CaseID: "c", Ord: 1, Name: "髙橋 \uFA11\uFA10子", Kana: "たかはし", Relation: "母", Birth: "1944-05-06", Subject: true},
			{ID: "p2", Tenant: "t", CaseID: "c", Ord: 2, Name: "髙橋 太郎", Kana: "たかはし", Relation: "長男"},
		},
		Agencies: []access.Agency{{ID: "a1", Tenant: "t", Name: "福祉総務課", Short: "福祉", City: true, Active: true}, {ID: "a2", Tenant: "t", Name: "社会福祉協議会", Short: "社協", Active: true},
			{ID: "a3", Tenant: "t", Name: "地域包括支援センター", Short: "包括", Active: true}, {ID: "a4", Tenant: "t", Name: "消防署", Short: "消防", Active: true}},
		Users: []access.User{{ID: "u1", AgencyID: "a1", Name: "議長 一郎", Post: "課長"}, {ID: "u2", AgencyID: "a2", Name: "事務 花子"}, {ID: "u3", AgencyID: "a3", Name: "包括 三郎"}, {ID: "u4", AgencyID: "a4", Name: "消防 四郎"}},
	}
	for _, a := range []string{"a1", "a2", "a3"} {
		f.Members = append(f.Members, cases.Member{CaseID: "c", AgencyID: a, Since: start.Add(-time.Hour)})
	}
	w := &world{t: t, ctx: context.Background(), clock: c, store: meetingtest.New(c.now, f), print: &printer{}}
	gate := cases.NewGatekeeper(w.store, nil, c.now)
	w.docs = live.NewService(w.store.Live, gate, c.now)
	w.plans = plans.NewService(w.store, w.docs, gate, c.now)
	book, err := sheets.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	w.svc = meeting.NewService(meeting.Ports{Store: w.store, Plans: w.plans, Docs: w.docs, Gate: gate, Print: w.print, Books: book, Now: c.now, Node: "n1"})
	gate.SetMeetings(w.svc)
	w.chair = actor("u1", "a1", "議長 一郎", access.RoleCity, access.RoleChair)
	w.sec = actor("u2", "a2", "事務 花子", access.RoleSecretariat)
	w.hk = actor("u3", "a3", "包括 三郎", access.RoleAgency)
	w.out = actor("u4", "a4", "消防 四郎", access.RoleAgency)
	p, err := w.plans.Create(w.ctx, w.sec, "c", "")
	if err != nil {
		t.Fatal(err)
	}
	w.planID = p.ID
	return w
}

// grant records the subject's consent for the agencies.
func (w *world) grant(items []consent.Item, agencies ...string) {
	w.store.Edit(func(f *meeting.Facts) {
		r := consent.Record{ID: "r1", Tenant: "t", CaseID: "c", PersonID: "p1", Number: "D2026-0001", State: consent.StateGranted,
			Purposes: []consent.Purpose{consent.PurposeConference, consent.PurposePlan, consent.PurposeCoordination}, Scope: map[string][]consent.Item{},
			From: start.Add(-24 * time.Hour), Until: start.Add(300 * 24 * time.Hour), RecordedAt: start.Add(-time.Hour)}
		for _, a := range agencies {
			r.Scope[a] = items
		}
		f.Consents = append(slices.Clone(f.Consents), r)
	})
}

func (w *world) create(mode consent.Mode, reason string) {
	w.t.Helper()
	in := meeting.Input{CaseID: "c", Type: string(mode), PlanID: w.planID, Title: "第1回", PlannedStart: start, PlannedEnd: start.Add(time.Hour), Place: "会議室",
		Form: meeting.FormHybrid, ChairID: "u1", RecorderID: "u2", Reason: reason,
		Agenda: []*meeting.AgendaItem{{Title: "役割分担", Purpose: meeting.PurposePolicy, Point: "だれが訪問するか"}}}
	m, err := w.svc.Create(w.ctx, w.sec, in)
	if err != nil {
		w.t.Fatal(err)
	}
	w.id = m.ID
}

// act does an act and fails the test if it is refused.
func (w *world) act(a access.Actor, act meeting.Act, params any) meeting.Room {
	w.t.Helper()
	room, err := w.try(a, act, params)
	if err != nil {
		w.t.Fatalf("%s by %s: %v", act, a.UserID, err)
	}
	return room
}

func (w *world) try(a access.Actor, act meeting.Act, params any) (meeting.Room, error) {
	raw, err := json.Marshal(params)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.svc.Act(w.ctx, a, w.id, act, raw, 1<<40)
}

func (w *world) refused(k fault.Kind, a access.Actor, act meeting.Act, params any) error {
	w.t.Helper()
	_, err := w.try(a, act, params)
	if !fault.Is(err, k) {
		w.t.Fatalf("%s by %s: got %v, want %s", act, a.UserID, err, k)
	}
	return err
}

func (w *world) room(a access.Actor) meeting.Room {
	w.t.Helper()
	r, err := w.svc.State(w.ctx, a, w.id)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// doc finds a document of the plan or the minutes.
func (w *world) doc(kind live.Kind, person string, item consent.Item) string {
	w.t.Helper()
	owner := w.planID
	if kind == live.KindMinutes {
		owner = w.id
	}
	metas, err := w.store.OwnedDocs(w.ctx, "t", kind, owner)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, m := range metas {
		if m.PersonID == person && m.Item == item {
			return m.ID
		}
	}
	w.t.Fatalf("no document %s %q %s", kind, person, item)
	return ""
}

func (w *world) write(doc string, f func(*live.Builder)) {
	w.t.Helper()
	if err := w.tryWrite(doc, f); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) tryWrite(doc string, f func(*live.Builder)) error {
	_, err := w.docs.ServerWrite(w.ctx, w.sec, doc, func(b *live.Builder) error { f(b); return nil })
	return err
}

const actionID = "action0001"

// fill writes a plan that can be agreed: one action, ◎ 包括, ○ 社協.
func (w *world) fill() {
	w.t.Helper()
	w.write(w.doc(live.KindPlan, "", consent.ItemBasic), func(b *live.Builder) {
		b.Set("lead", "a2")
		b.Set("after_lead", "a3")
		b.Text("wish", "家で暮らしたい")
		b.Row("need", "need000001", "a0", map[string]any{"code": "17", "person": "p1", "priority": "1"}, map[string]string{"text": "介護が要る"})
		b.Row("goal", "goal000001", "a0", map[string]any{"need": "need000001", "kind": "long"}, map[string]string{"text": "自宅での生活"})
		b.Row("action", actionID, "a0", map[string]any{"goal": "goal000001", "need": "need000001"}, map[string]string{"text": "週1回の訪問"})
		b.Cell(actionID, "a3", map[string]any{"code": "lead", "freq": "week1", "due": "2027-03-31"}, map[string]string{"content": "訪問する", "limits": "夜間は不可"})
		b.Cell(actionID, "a2", map[string]any{"code": "main"}, map[string]string{"content": "同行する"})
	})
}

// accept lets an agency accept its cell as it stands.
func (w *world) accept(a access.Actor) {
	w.t.Helper()
	v, err := w.svc.PlanView(w.ctx, a, w.id)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, act := range v.Body.Actions {
		if c, ok := act.Cell(a.AgencyID); ok {
			w.act(a, meeting.ActRole, plans.AnswerInput{ActionID: act.ID, Answer: plans.AnswerAccept, CellHash: c.Hash})
		}
	}
}

// seated brings a layered or support meeting to opening with everybody there.
func (w *world) seated() {
	w.t.Helper()
	w.act(w.sec, meeting.ActReception, nil)
	for _, a := range []access.Actor{w.chair, w.sec, w.hk} {
		if err := w.svc.Join(w.ctx, a, w.id, "c-"+a.UserID, meeting.FormRoom); err != nil {
			w.t.Fatal(err)
		}
		w.act(a, meeting.ActSecrecy, nil)
	}
	w.act(w.chair, meeting.ActOpen, nil)
}

func (w *world) answer(a access.Actor, ans meeting.Answer, reason string) meeting.Room {
	w.t.Helper()
	hash := w.room(a).Frozen.Hash
	in := map[string]any{"hash": hash, "answer": ans, "reason": reason}
	if ans == meeting.AnswerTakeback {
		in["due"] = "2026-12-31"
	}
	return w.act(a, meeting.ActAnswer, in)
}

func (w *world) resolveAgenda() {
	w.t.Helper()
	for _, a := range w.room(w.sec).Agenda {
		w.act(w.sec, meeting.ActAgendaState, map[string]string{"id": a.ID, "state": "resolved"})
	}
}

var allItems = consent.Items()

var errCrash = errors.New("node died")
