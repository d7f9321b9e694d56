package reviews_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/papers"
	"kasane/internal/plans"
	"kasane/internal/reviews"
	"kasane/internal/sheets"
	"kasane/internal/store/storetest"
)

const tenant = "m1"

// agreed is an agreed plan with two goals, of which the member agency reads one; the plan says when the next モニタリング is due.
type agreed struct{ *storeOf }

func (agreed) Readable(_ context.Context, a access.Actor, _, planID string) (plans.Body, plans.Household, error) {
	b := plans.Body{PlanID: planID, CaseID: "c1", Round: 1, NextMonitoring: "2026-05-20", Goals: []plans.Goal{{ID: "g1", Kind: "long", Text: "安心して過ごせる"}}}
	if a.Holder() {
		b.Goals = append(b.Goals, plans.Goal{ID: "g2", Kind: "short", Text: "通院する", Due: "2026-12-31"})
	}
	return b, plans.Household{}, nil
}

// storeOf is a store in which the plan of the world was agreed to.
type storeOf struct{ reviews.Store }

func (storeOf) AgreedPlan(context.Context, access.Scope, string) (reviews.PlanRef, error) {
	return reviews.PlanRef{ID: "pl1", Round: 1}, nil
}

func (s storeOf) WatchedPlans(ctx context.Context, sc access.Scope, _ string, _ int) ([]reviews.Watched, error) {
	w := reviews.Watched{CaseID: "c1", CaseNumber: "K2026-0001", PlanID: "pl1", Round: 1}
	all, err := s.Reviews(ctx, sc, "c1")
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if len(all) > 0 {
		w.LastDay, w.NextDay = all[0].Day, all[0].NextDay
	}
	return []reviews.Watched{w}, err
}

type desk struct {
	*testing.T
	ctx              context.Context
	svc              *reviews.Service
	clock            *storetest.Clock
	holder, csw, job access.Actor
	printed          papers.EvaluationDoc
}

func (d *desk) Evaluation(_ context.Context, m papers.EvaluationDoc) (papers.Result, error) {
	d.printed = m
	return papers.Result{PDF: []byte("%PDF")}, nil
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	t.Parallel()
	s, clock := storetest.Open(t, "sqlite")
	w := storetest.NewWorld(t, s, tenant)
	book, err := sheets.Builtin()
	d := &desk{T: t, ctx: context.Background(), clock: clock, holder: w.Holder, csw: w.Member}
	d.ok(err)
	d.ok(s.AddMember(d.ctx, tenant, cases.Member{CaseID: "c1", AgencyID: "a3", Since: storetest.Start}, w.Entry("member", access.VerbMemberAdd)))
	d.job = access.Actor{Tenant: tenant, UserID: "u3", AgencyID: "a3", Roles: []access.Role{access.RoleAgency}}
	of := storeOf{s}
	d.svc = reviews.New(of, cases.NewGatekeeper(s, nil, clock.Now), agreed{&of}, book, clock.Now)
	d.svc.PrintWith(d)
	return d
}

func (d *desk) ok(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d *desk) want(what string, err error, kind fault.Kind, on string) {
	d.Helper()
	e, _ := err.(*fault.Error)
	if !fault.Is(err, kind) || on != "" && (e == nil || e.Field != on) {
		d.Errorf("%s: %v, want %v on %q", what, err, kind, on)
	}
}

func (d *desk) send(a access.Actor, in reviews.Input) error {
	in.By = a.UserID
	return d.svc.Record(d.ctx, a, "c1", in)
}

func (d *desk) board(a access.Actor) reviews.Board {
	d.Helper()
	b, err := d.svc.Board(d.ctx, a, "c1")
	d.ok(err)
	return b
}

func monitor(id string) reviews.Input {
	return reviews.Input{ID: "review-of-the-test-" + id, Kind: reviews.KindMonitor, Day: "2026-06-01", Goals: []reviews.Mark{{Goal: "g1", Code: "doing"}}, Verdict: "continue", NextDay: "2026-06-20",
		PersonID: "p1", Item: consent.ItemProgress, Said: reviews.Said{Change: "朝に起きている"}}
}

func evaluation(id string) reviews.Input {
	in := monitor(id)
	in.Kind, in.Verdict, in.NextDay = reviews.KindEvaluation, "replan", ""
	in.Goals = []reviews.Mark{{Goal: "g1", Code: "done"}, {Goal: "g2", Code: "part"}}
	in.Said = reviews.Said{Changes: []string{"07"}, Found: "通院がまだ", AgencyChanges: []string{"02"}}
	return in
}

// The words are for who wrote them, who holds the record, and whom the gate shows their class; a goal for whom it shows the goal. 評価 is of every goal.
func TestWhoReadsAReview(t *testing.T) {
	d := newDesk(t)
	d.ok(d.send(d.csw, monitor("01")))
	d.ok(d.send(d.csw, monitor("01"))) // sent twice
	d.want("評価 by an agency", d.send(d.csw, evaluation("02")), fault.Forbidden, "")
	half := evaluation("02")
	half.Goals = half.Goals[:1]
	d.want("評価 of half the goals", d.send(d.holder, half), fault.Invalid, "goals")
	d.ok(d.send(d.holder, evaluation("02")))
	all := d.board(d.holder)
	if len(all.Records) != 2 || all.Records[0].Hidden || all.Records[1].Hidden || len(all.Records[0].Goals) != 2 || all.Records[0].Goals[1].Label != "一部達成" || !all.MayEvaluate {
		t.Errorf("%+v", all)
	}
	own := d.board(d.csw)
	last := own.Records[0]
	if own.Records[1].Said.Change != "朝に起きている" || !own.Records[1].MayCorrect || !last.Hidden || last.Said.Found != "" || len(last.ChangeLabels) != 0 || len(last.Goals) != 1 || last.Unseen != 1 ||
		last.MayCorrect || own.MayEvaluate {
		t.Errorf("%+v", own.Records)
	}
	kept := monitor("03")
	kept.PersonID = "p2"
	d.want("about somebody kept from the agency", d.send(d.job, kept), fault.Invalid, "personId")
	d.ok(d.send(d.csw, kept))
	if b := d.board(d.job); len(b.Records) != 2 || slices.ContainsFunc(b.Records, func(l reviews.Line) bool { return l.PersonID == "p2" || !l.Hidden }) {
		t.Errorf("an agency from which one is kept: %+v", b.Records)
	}
	guest := d.csw
	guest.GuestMeeting = "g1"
	_, err := d.svc.Board(d.ctx, guest, "c1")
	d.want("guest", err, fault.Forbidden, "")
	_, err = d.svc.Board(d.ctx, access.Actor{Tenant: tenant, UserID: "u9", AgencyID: "a9", Roles: []access.Role{access.RoleAgency}}, "c1")
	d.want("stranger", err, fault.NotFound, "")
}

// What is wrong is said beside its field.
func TestWhatAReviewNeeds(t *testing.T) {
	d := newDesk(t)
	for on, spoil := range map[string]func(in *reviews.Input){
		"id": func(in *reviews.Input) { in.ID = "x" }, "kind": func(in *reviews.Input) { in.Kind = "x" }, "day": func(in *reviews.Input) { in.Day = "2026-06-02" }, "item": func(in *reviews.Input) { in.Item = consent.ItemAddress },
		"nextDay": func(in *reviews.Input) { in.NextDay = "" }, "goals": func(in *reviews.Input) { in.Goals = []reviews.Mark{{Goal: "g9", Code: "doing"}} }, "verdict": func(in *reviews.Input) { in.Verdict = "suspend" },
		"changes": func(in *reviews.Input) { in.Said.Changes = []string{"01", "01"} }, "change": func(in *reviews.Input) { in.Goals, in.Said.Change = nil, " " },
	} {
		in := monitor("01")
		spoil(&in)
		d.want(on, d.send(d.holder, in), fault.Invalid, on)
	}
	end := evaluation("01")
	end.Verdict = "close"
	d.want("終結 without its reason", d.send(d.holder, end), fault.Invalid, "endReason")
	in := monitor("01")
	in.By = "u9"
	d.want("of somebody else", d.svc.Record(d.ctx, d.holder, "c1", in), fault.Unauthorized, "")
	if b := d.board(d.holder); len(b.Records) != 0 {
		t.Errorf("%+v", b.Records)
	}
}

// モニタリング is due on the day of the plan, then on that of the newest record; what is overdue stands in the red list of who reads the plan.
func TestWhenMonitoringIsDue(t *testing.T) {
	d := newDesk(t)
	check := func(what, due string, late int) {
		t.Helper()
		b := d.board(d.csw)
		list, err := d.svc.Overdue(d.ctx, d.csw, "")
		lines := 0
		if late > 0 {
			lines = 1
		}
		if err != nil || b.Due != due || b.DaysLate != late || len(list.Lines) != lines || lines == 1 && (list.Lines[0].Due != due || list.Lines[0].Days != late) {
			t.Errorf("%s: %q %d, %+v %v", what, b.Due, b.DaysLate, list.Lines, err)
		}
	}
	check("of the plan", "2026-05-20", 12)
	d.ok(d.send(d.csw, monitor("01")))
	check("of the record", "2026-06-20", 0)
	d.clock.Set(time.Date(2026, 6, 21, 9, 0, 0, 0, jptime.JST))
	check("a day later", "2026-06-20", 1)
	done := evaluation("02")
	done.Day = "2026-06-21"
	d.ok(d.send(d.holder, done))
	check("evaluated", "", 0)
	if list, err := d.svc.Overdue(d.ctx, access.Actor{Tenant: tenant, UserID: "u9", AgencyID: "a9", Roles: []access.Role{access.RoleAgency}}, ""); err != nil || len(list.Lines) != 0 {
		t.Errorf("stranger: %+v %v", list, err)
	}
}

// The sheet has what its reader may see, and goes to nobody who takes no copies.
func TestEvaluationSheet(t *testing.T) {
	d := newDesk(t)
	d.ok(d.send(d.holder, evaluation("01")))
	id := "review-of-the-test-01"
	_, name, err := d.svc.Paper(d.ctx, d.holder, "c1", id)
	if err != nil || len(d.printed.Goals) != 2 || d.printed.Goals[1].Result != "一部達成" || d.printed.Left.Text != "通院がまだ" || d.printed.Changes.Text != "孤立の解消" || name != "R080601_K2026-0001_評価シート.pdf" {
		t.Errorf("%s %+v %v", name, d.printed, err)
	}
	_, _, err = d.svc.Paper(d.ctx, d.csw, "c1", id)
	if err != nil || !d.printed.Left.Withheld || d.printed.Left.Text != "" || len(d.printed.Goals) != 1 || d.printed.Unseen != 1 {
		t.Errorf("%+v %v", d.printed, err)
	}
	none := d.csw
	none.NoCopies = true
	_, _, err = d.svc.Paper(d.ctx, none, "c1", id)
	d.want("no copies", err, fault.Forbidden, "")
	_, _, err = d.svc.Paper(d.ctx, d.holder, "c1", "review-of-the-test-99")
	d.want("no such sheet", err, fault.NotFound, "")
	whose := d.board(d.holder).Records[0].Who
	for basic, want := range map[bool]string{true: whose, false: "世帯員"} { // a copy for an agency that may not hold the 基本情報
		doc, err := d.svc.Evaluation(d.ctx, d.holder, "c1", id, func(_ string, i consent.Item) (show, tell bool) { return basic || i != consent.ItemBasic, true })
		if err != nil || doc.About != want || want == "世帯員" == basic && d.board(d.holder).Records[0].PersonID != "" {
			t.Errorf("with 基本情報 %v: %q %v, want %q", basic, doc.About, err, want)
		}
	}
}
