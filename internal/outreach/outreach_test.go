package outreach_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/outreach"
	"kasane/internal/papers"
	"kasane/internal/sheets"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

const tenant = "m1"

// field is a municipality in which nobody has agreed to anything outside of meetings: a2 is a member, a3 becomes one, and p2 is kept from a3.
type field struct {
	*testing.T
	ctx              context.Context
	w                storetest.World
	store            *store.Store
	svc              *outreach.Service
	clock            *storetest.Clock
	raw              *sql.DB
	holder, csw, job access.Actor
}

func newField(t *testing.T) *field {
	t.Helper()
	t.Parallel()
	s, clock, raw := storetest.OpenRaw(t)
	f := &field{T: t, ctx: context.Background(), w: storetest.NewWorld(t, s, tenant), store: s, clock: clock, raw: raw}
	book, err := sheets.Builtin()
	f.ok(err)
	gate := cases.NewGatekeeper(s, nil, clock.Now)
	f.svc = outreach.New(s, gate, live.NewService(s, gate, clock.Now), book, clock.Now)
	f.holder, f.csw = f.w.Holder, f.w.Member
	f.csw.Name, f.csw.AgencyName = "渡邉", "社協"
	f.job = access.Actor{Tenant: tenant, UserID: "u3", AgencyID: "a3", Name: "森", AgencyName: "就労", Roles: []access.Role{access.RoleAgency}}
	f.ok(s.AddMember(f.ctx, tenant, cases.Member{CaseID: "c1", AgencyID: "a3", Since: storetest.Start}, f.w.Entry("member", access.VerbMemberAdd)))
	return f
}

func (f *field) ok(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

func (f *field) want(what string, err error, kind fault.Kind, on string) {
	f.Helper()
	e, _ := err.(*fault.Error)
	if !fault.Is(err, kind) || on != "" && (e == nil || e.Field != on) {
		f.Errorf("%s: %v, want %v on %q", what, err, kind, on)
	}
}

func input(id, person string, item consent.Item, body string) outreach.Input {
	return outreach.Input{ID: "entry-of-the-test-" + id, PersonID: person, Item: item, At: storetest.Start, Method: "visit", Met: []string{"family"}, Place: "door", Body: body}
}

func (f *field) record(a access.Actor, in outreach.Input) {
	f.Helper()
	f.ok(f.send(a, in))
}

// send sends an entry in the name of who wrote it.
func (f *field) send(a access.Actor, in outreach.Input) error {
	in.By = a.UserID
	return f.svc.Record(f.ctx, a, "c1", in)
}

func (f *field) board(a access.Actor) outreach.Board {
	f.Helper()
	b, err := f.svc.Board(f.ctx, a, "c1", false)
	f.ok(err)
	return b
}

func (f *field) sees(what string, a access.Actor, hidden int, want ...string) {
	f.Helper()
	b := f.board(a)
	got := []string{}
	for _, l := range b.Entries {
		got = append(got, l.Body)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, append([]string{}, want...)) || b.Hidden != hidden {
		f.Errorf("%s: %v and %d hidden, want %v and %d", what, got, b.Hidden, want, hidden)
	}
}

// Without consent an entry is read by who wrote it and who holds the record; the others are told that there is one, and of somebody kept from them nothing.
func TestWhoReadsAnEntry(t *testing.T) {
	f := newField(t)
	f.record(f.csw, input("01", "p1", consent.ItemProgress, "声だけ"))
	f.record(f.csw, input("02", "p2", consent.ItemHealth, "長男は起きない"))
	f.record(f.job, input("03", "", consent.ItemProgress, "窓口に母が来た"))
	f.sees("the agency that wrote two", f.csw, 1, "声だけ", "長男は起きない")
	f.sees("who holds the record", f.holder, 0, "声だけ", "長男は起きない", "窓口に母が来た")
	f.sees("an agency from which one is kept", f.job, 1, "窓口に母が来た")
	f.want("about somebody kept from the agency", f.send(f.job, input("04", "p2", consent.ItemProgress, "x")), fault.Invalid, "personId")
	if b := f.board(f.job); slices.ContainsFunc(b.People, func(w outreach.Who) bool { return w.ID == "p2" }) {
		t.Errorf("offered somebody kept from the agency: %+v", b.People)
	}

	r := storetest.NewConsent(tenant, "r2", "p1")
	r.Purposes, r.Scope = []consent.Purpose{consent.PurposeCoordination}, map[string][]consent.Item{"a3": {consent.ItemProgress}}
	r.RecordedAt = storetest.Start.Add(time.Minute)
	f.ok(f.store.InsertConsent(f.ctx, r, storetest.Shown(), f.w.Recorded("consent", r)))
	f.sees("with the consent of one", f.job, 0, "窓口に母が来た", "声だけ")

	f.ok(f.store.RemoveMember(f.ctx, tenant, "c1", "a2", storetest.Start, f.w.Entry("gone", access.VerbMemberRemove)))
	_, err := f.svc.Board(f.ctx, f.csw, "c1", false)
	f.want("removed from the case", err, fault.NotFound, "")
	f.want("removed, and writes", f.send(f.csw, input("05", "p1", consent.ItemProgress, "x")), fault.NotFound, "")
}

// Nobody else has to do with it: a barred colleague, a stranger, guests, observers, and roles without cases.
func TestWhoHasNoPart(t *testing.T) {
	f := newField(t)
	f.record(f.csw, input("01", "p1", consent.ItemProgress, "声だけ"))
	f.ok(f.svc.Plan(f.ctx, f.csw, "c1", outreach.VisitInput{ID: "visit-of-the-test-001", PersonID: "p1", Day: "2026-06-01"}))
	f.ok(f.store.SetBar(f.ctx, tenant, cases.Bar{CaseID: "c1", UserID: "u2", Reason: "親族", By: "u1", At: storetest.Start}, f.w.Entry("bar", access.VerbCaseBar)))
	observer, guest, admin := f.job, f.job, f.job
	observer.Roles, guest.GuestMeeting, admin.Roles, admin.Glass = []access.Role{access.RoleObserver}, "g1", []access.Role{access.RoleAdmin}, "c1"
	stranger, other := f.job, f.holder
	stranger.AgencyID, other.Tenant = "a9", "m2"
	for what, a := range map[string]access.Actor{"barred": f.csw, "stranger": stranger, "another municipality": other, "observer": observer, "guest": guest, "glass": admin, "nobody": {}} {
		kind := fault.NotFound
		switch what {
		case "observer", "guest", "glass":
			kind = fault.Forbidden
		case "nobody":
			kind = fault.Unauthorized
		}
		_, err := f.svc.Board(f.ctx, a, "c1", false)
		f.want(what+" reads", err, kind, "")
		f.want(what+" writes", f.send(a, input("02", "p1", consent.ItemProgress, "x")), kind, "")
		f.want(what+" warns", f.svc.SaveSafety(f.ctx, a, "c1", outreach.SafetyInput{Codes: []string{"dog"}}), kind, "")
		f.want(what+" plans", f.svc.Plan(f.ctx, a, "c1", outreach.VisitInput{ID: "visit-of-the-test-002", Day: "2026-06-02"}), kind, "")
		f.want(what+" drops", f.svc.Change(f.ctx, a, "visit-of-the-test-001", outreach.VisitChange{Drop: true, Version: 1}), kind, "")
		d, err := f.svc.Day(f.ctx, a, "", false)
		if kind == fault.NotFound && (err != nil || len(d.Visits)+len(d.Overdue) > 0) || kind != fault.NotFound && !fault.Is(err, kind) {
			t.Errorf("%s: %+v %v", what, d, err)
		}
	}
}

// What is wrong is said beside its field.
func TestWhatAnEntryNeeds(t *testing.T) {
	f := newField(t)
	for on, spoil := range map[string]func(in *outreach.Input){
		"id": func(in *outreach.Input) { in.ID = "x" }, "personId": func(in *outreach.Input) { in.PersonID = "p9" }, "item": func(in *outreach.Input) { in.Item = consent.ItemAddress },
		"method": func(in *outreach.Input) { in.Method = "" }, "met": func(in *outreach.Input) { in.Met = []string{"self", "none"} }, "place": func(in *outreach.Input) { in.Place = "月" },
		"relation": func(in *outreach.Input) { in.Relation = "x" }, "at": func(in *outreach.Input) { in.At = storetest.Start.Add(time.Hour) }, "body": func(in *outreach.Input) { in.Body = " \n" },
		"nextDay": func(in *outreach.Input) { in.NextDay = "2026-05-31" }, "nextClock": func(in *outreach.Input) { in.NextDay, in.NextClock = "2026-06-02", "25:00" },
	} {
		in := input("01", "p1", consent.ItemProgress, "声だけ")
		spoil(&in)
		f.want(on, f.send(f.csw, in), fault.Invalid, on)
	}
	in := input("01", "p1", consent.ItemProgress, "声だけ")
	in.By = f.holder.UserID
	f.want("of somebody else, over the session of who sits there now", f.svc.Record(f.ctx, f.csw, "c1", in), fault.Unauthorized, "")
	f.sees("nothing was kept", f.holder, 0)
}

// 支援経過記録 stands in the same log: with an agency alone it needs nobody who was met, and what only it has is refused elsewhere.
func TestCourse(t *testing.T) {
	f := newField(t)
	in := input("01", "p1", consent.ItemProgress, "同行の相談")
	in.Kind, in.Method, in.Met, in.Target, in.NextStep = outreach.KindCourse, "09", nil, "保健所", "12月に同行"
	wrong := in
	wrong.Method = "visit"
	f.want("a method of the other list", f.send(f.csw, wrong), fault.Invalid, "method")
	alone := in
	alone.Target = " "
	f.want("with nobody", f.send(f.csw, alone), fault.Invalid, "met")
	outside := input("02", "p1", consent.ItemProgress, "x")
	outside.NextStep = "電話する"
	f.want("次の対応 of a 働きかけ", f.send(f.csw, outside), fault.Invalid, "kind")
	f.record(f.csw, in)
	f.record(f.holder, input("03", "p1", consent.ItemProgress, "家族と話した"))
	b := f.board(f.csw)
	if l := b.Entries[0]; len(b.Entries) != 1 || l.Kind != outreach.KindCourse || l.MethodText != "他機関との会議" || l.Target != "保健所" || l.NextStep != "12月に同行" || len(l.Met) != 0 {
		t.Errorf("%+v", b.Entries)
	}
	var printed papers.CourseDoc
	f.svc.PrintWith(printing{&printed})
	_, name, err := f.svc.Paper(f.ctx, f.csw, "c1")
	if err != nil || name != "R080601_K2026-0001_支援経過記録.pdf" || len(printed.Entries) != 1 || printed.Unseen != 1 || printed.Entries[0].Next != "12月に同行" || printed.Entries[0].Text != "同行の相談" {
		t.Errorf("%s %+v %v", name, printed, err)
	}
	none := f.csw
	none.NoCopies = true
	_, _, err = f.svc.Paper(f.ctx, none, "c1")
	f.want("no copies", err, fault.Forbidden, "")
}

// printing keeps what would be printed.
type printing struct{ doc *papers.CourseDoc }

func (p printing) Course(_ context.Context, m papers.CourseDoc) (papers.Result, error) {
	*p.doc = m
	return papers.Result{PDF: []byte("%PDF")}, nil
}

// 関係の段階 moves with entries; a correction takes the place of what it corrects, and what was there stays below it.
func TestStepsAndCorrections(t *testing.T) {
	f := newField(t)
	for i, relation := range []string{"found", "", "found", "contact"} {
		in := input([]string{"01", "02", "03", "04"}[i], "p1", consent.ItemProgress, relation)
		in.At, in.Relation, in.Body = storetest.Start.AddDate(0, 0, i-9), relation, "到達 "+relation
		f.record(f.csw, in)
	}
	fix := input("05", "p1", consent.ItemProgress, "会話できた")
	fix.At, fix.Relation, fix.Replaces = storetest.Start.AddDate(0, 0, -6), "talk", "entry-of-the-test-04"
	f.want("of another agency", f.send(f.holder, fix), fault.NotFound, "")
	f.record(f.csw, fix)
	again := fix
	again.ID = "entry-of-the-test-06"
	f.want("corrected twice", f.send(f.csw, again), fault.Conflict, "replaces")
	b := f.board(f.csw)
	got := ""
	for _, s := range b.Steps {
		got += s.Label + "→"
	}
	if got != "把握・接触なし→会話できる→" || b.Steps[0].UserName != "渡邉" {
		t.Errorf("%s %+v", got, b.Steps)
	}
	if len(b.Entries) != 4 || b.Entries[0].Body != "会話できた" || len(b.Entries[0].Old) != 1 || b.Entries[0].Old[0].Body != "到達 contact" || !b.Entries[0].MayCorrect {
		t.Errorf("%+v", b.Entries)
	}
	brief, err := f.svc.Board(f.ctx, f.csw, "c1", true)
	if err != nil || len(brief.Entries) != 0 || brief.Total != 4 || brief.Last == nil || brief.Last.Body != "" || len(brief.Steps) != 2 {
		t.Errorf("%+v %v", brief, err)
	}
}

// The words of 安全上の留意 reach whoever may open the case; where somebody is kept from the agency it gets the signs and changes nothing.
func TestSafety(t *testing.T) {
	f := newField(t)
	f.ok(f.svc.SaveSafety(f.ctx, f.csw, "c1", outreach.SafetyInput{Codes: []string{"dog", "pair"}, Note: "門に放し飼いの犬"}))
	var printed papers.CourseDoc
	f.svc.PrintWith(printing{&printed})
	_, _, err := f.svc.Paper(f.ctx, f.csw, "c1")
	f.ok(err)
	if strings.Contains(fmt.Sprint(printed), "犬") {
		t.Errorf("a paper warns of it: %+v", printed)
	}
	f.want("unseen", f.svc.SaveSafety(f.ctx, f.holder, "c1", outreach.SafetyInput{}), fault.Conflict, "")
	f.want("unknown", f.svc.SaveSafety(f.ctx, f.csw, "c1", outreach.SafetyInput{Codes: []string{"x"}, Version: 1}), fault.Invalid, "codes")
	f.want("an agency from which somebody is kept", f.svc.SaveSafety(f.ctx, f.job, "c1", outreach.SafetyInput{Version: 1}), fault.Forbidden, "")
	for _, a := range []access.Actor{f.csw, f.holder} {
		if b := f.board(a); b.Safety.Note != "門に放し飼いの犬" || len(b.Safety.Codes) != 2 || !b.MayWarn {
			t.Errorf("%s: %+v", a.AgencyID, b.Safety)
		}
	}
	if b := f.board(f.job); b.Safety.Note != "" || b.Safety.ByName != "" || len(b.Safety.Codes) != 2 || b.MayWarn {
		t.Errorf("%+v", b.Safety)
	}
}

// live puts an address into the sheet of a person.
func (f *field) live(person, address string) {
	f.Helper()
	docs, err := f.store.EnsureDocs(f.ctx, []live.Meta{{Tenant: tenant, ID: "home-" + person, Epoch: 1, Kind: live.KindSection, CaseID: "c1", OwnerID: person, PersonID: person, Item: consent.ItemAddress}},
		f.w.Entry("home"+person, access.VerbDocOpen))
	f.ok(err)
	_, err = live.NewService(f.store, nil, f.clock.Now).ServerWrite(f.ctx, f.holder, docs[0].ID, func(b *live.Builder) error { b.Text("f/address", address); return nil })
	f.ok(err)
}

// The list of a day gives an address where the gate does, and what was planned before and did not happen; each case in it is in the log.
func TestDay(t *testing.T) {
	f := newField(t)
	f.live("p1", "潮見市東町1-2")
	f.live("p2", "秘密町9")
	for i, a := range []access.Actor{f.csw, f.holder} {
		for j, p := range []string{"p1", "p2"} {
			id := "visit-of-the-test-00" + string(rune('0'+i)) + string(rune('0'+j))
			f.ok(f.svc.Plan(f.ctx, a, "c1", outreach.VisitInput{ID: id, PersonID: p, Day: "2026-06-01", Clock: "10:0" + string(rune('0'+j)), Mine: j == 0}))
		}
	}
	in := input("01", "p1", consent.ItemProgress, "声だけ")
	f.record(f.csw, in)
	day := func(a access.Actor, mine bool) outreach.Day {
		t.Helper()
		d, err := f.svc.Day(f.ctx, a, "", mine)
		f.ok(err)
		return d
	}
	if d := day(f.csw, false); len(d.Visits) != 2 || d.Visits[0].Address != "" || d.Visits[0].AddressWhy == "" || d.Visits[0].Last == nil || d.Visits[0].Last.Body != "" || !d.Visits[0].Own || d.Visits[1].Own {
		t.Errorf("%+v", d.Visits)
	}
	d := day(f.holder, true)
	if len(d.Visits) != 2 || d.Visits[0].Address != "潮見市東町1-2" || d.Visits[0].AddressSecret || d.Visits[1].Address != "秘密町9" || !d.Visits[1].AddressSecret {
		t.Errorf("%+v", d.Visits)
	}
	colleague := f.csw
	colleague.UserID = "u8"
	if d := day(colleague, true); len(d.Visits) != 1 || d.Visits[0].PersonID != "p2" {
		t.Errorf("what is another's: %+v", d.Visits)
	}
	f.clock.Set(storetest.Start.AddDate(0, 0, 3))
	if d := day(f.csw, true); len(d.Visits) != 0 || len(d.Overdue) != 2 || d.Overdue[0].DaysLate != 3 {
		t.Errorf("%+v", d)
	}
	before, err := f.svc.Day(f.ctx, f.csw, "2026-06-02", true)
	if err != nil || len(before.Overdue) != 0 {
		t.Errorf("overdue stands in the list of today only: %+v %v", before.Overdue, err)
	}
	f.want("no day", func() error { _, err := f.svc.Day(f.ctx, f.csw, "きょう", true); return err }(), fault.Invalid, "day")
	f.ok(f.svc.Printed(f.ctx, f.csw, "", true))
	for _, verb := range []access.Verb{access.VerbOutreachDay, access.VerbPagePrint, access.VerbDocOpen} {
		n := 0
		f.ok(f.raw.QueryRow(`SELECT COUNT(*) FROM audit_entry WHERE verb = $1 AND case_id = 'c1'`, string(verb)).Scan(&n))
		if n == 0 {
			t.Errorf("%s of the case is not in the log", verb)
		}
	}
	n := 0
	f.ok(f.raw.QueryRow(`SELECT COUNT(*) FROM audit_entry WHERE target || reason || hash LIKE '%東町%' OR target || reason || hash LIKE '%声だけ%'`).Scan(&n))
	if n > 0 {
		t.Error("words stand in the log")
	}
}

// A visit belongs to the agency that planned it; it is moved, done with an entry, or dropped, once.
func TestVisits(t *testing.T) {
	f := newField(t)
	id := "visit-of-the-test-001"
	plan := outreach.VisitInput{ID: id, PersonID: "p1", Day: "2026-06-03", Mine: true}
	for range 2 { // sent twice
		f.ok(f.svc.Plan(f.ctx, f.csw, "c1", plan))
	}
	f.want("of another agency", f.svc.Change(f.ctx, f.holder, id, outreach.VisitChange{Drop: true, Version: 1}), fault.NotFound, "")
	f.want("in the past", f.svc.Change(f.ctx, f.csw, id, outreach.VisitChange{Day: "2026-05-01", Version: 1}), fault.Invalid, "day")
	f.ok(f.svc.Change(f.ctx, f.csw, id, outreach.VisitChange{Day: "2026-06-04", Clock: "09:30", Version: 1}))
	f.want("an old version", f.svc.Change(f.ctx, f.csw, id, outreach.VisitChange{Drop: true, Version: 1}), fault.Conflict, "")
	in := input("01", "p1", consent.ItemProgress, "声だけ")
	in.VisitID, in.NextDay, in.NextClock, in.NextMine = id, "2026-06-10", "13:00", true
	for range 2 {
		f.record(f.csw, in)
	}
	b := f.board(f.csw)
	if len(b.Visits) != 1 || b.Visits[0].Day != "2026-06-10" || b.Visits[0].Worker != "渡邉" || !b.Visits[0].Mine {
		t.Errorf("%+v", b.Visits)
	}
	if b := f.board(f.job); len(b.Visits) != 0 {
		t.Errorf("an agency without consent sees %+v", b.Visits)
	}
}
