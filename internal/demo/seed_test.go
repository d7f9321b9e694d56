package demo_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/demo"
	"kasane/internal/figures"
	"kasane/internal/identity"
	"kasane/internal/intake"
	"kasane/internal/jptime"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/plans"
	"kasane/internal/reviews"
	"kasane/internal/sheets"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

var (
	ctx = context.Background()
	// noon of a Monday in Japan
	noon = time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
)

// town is a seeded demo with the services a server would have.
type town struct {
	*testing.T
	store    *store.Store
	identity *identity.Service
	cases    *cases.Service
	gate     *cases.Gatekeeper
	consent  *consent.Service
	live     *live.Service
	plans    *plans.Service
	meeting  *meeting.Service
	tenant   string
}

func seed(t *testing.T, s *store.Store, now time.Time) *town {
	t.Helper()
	if err := demo.Seed(ctx, s, papers.New(pdf.New(pdf.Options{})), now); err != nil {
		t.Fatal(err)
	}
	return served(t, s, now)
}

// served is a demo that is there already.
func served(t *testing.T, s *store.Store, now time.Time) *town {
	t.Helper()
	printer := papers.New(pdf.New(pdf.Options{}))
	book, err := sheets.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return now }
	w := &town{T: t, store: s}
	w.gate = cases.NewGatekeeper(s, nil, clock)
	w.identity = identity.New(s, identity.Options{Now: clock, DemoAccounts: demo.Accounts()})
	w.cases = cases.NewService(s, w.gate, book, clock)
	w.live = live.NewService(s, w.gate, clock, live.WithFields(cases.SectionFields(book, clock)))
	w.plans = plans.NewService(s, w.live, w.gate, clock)
	w.meeting = meeting.NewService(meeting.Ports{Store: s, Plans: w.plans, Docs: w.live, Gate: w.gate, Books: book, Print: printer, Now: clock, Node: "test"})
	w.gate.SetMeetings(w.meeting)
	w.consent = consent.NewService(s, w.meeting, clock)
	all, err := s.ListMunicipalities(ctx)
	if err != nil || len(all) != 1 || !all[0].Demo {
		t.Fatalf("municipalities %v %v", all, err)
	}
	w.tenant = all[0].ID
	return w
}

// as signs in, as a visitor of the demo does.
func (w *town) as(login string) access.Actor {
	w.Helper()
	_, a, err := w.identity.SignIn(ctx, w.tenant, login, demo.Password, identity.Client{IP: "192.0.2.1"})
	if err != nil {
		w.Fatalf("%s: %v", login, err)
	}
	return a
}

func (w *town) meetings(caseID string) []meeting.Listed {
	w.Helper()
	list, err := w.store.ListMeetings(ctx, access.Scope{Tenant: w.tenant, All: true}, meeting.Query{CaseID: caseID, Limit: 100})
	if err != nil {
		w.Fatal(err)
	}
	return list
}

// households are the four that are written out, in the order of the demo's files; the short cases beside them are counted.
func (w *town) households() []cases.Detail {
	w.Helper()
	list, err := w.cases.List(ctx, w.as("jimukyoku"), cases.Query{})
	if err != nil || len(list) != 8 {
		w.Fatalf("cases %v %v", list, err)
	}
	out := make([]cases.Detail, 4)
	for _, c := range list {
		d, err := w.cases.Get(ctx, w.as("jimukyoku"), "", c.ID)
		if err != nil {
			w.Fatal(err)
		}
		i := slices.IndexFunc([]string{"山\uFA11", "渡邉\U000E0100", "大\uFA10", "MARIA"}, func(s string) bool { return strings.HasPrefix(d.Persons[0].Name, s) })
		if i >= 0 {
			out[i] = d
		}
	}
	return out
}

func TestSeed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := seed(t, s, noon)
		h := w.households()
		if h[1].Persons[1].Name != "渡邉\U000E0100 結菜" || !h[1].Persons[1].AddressSecret || h[3].Persons[1].Name != "髙𠮷 健" || h[2].Stage != cases.StageSeeking {
			t.Errorf("persons are not as written: %+v", h)
		}
		before := w.count()
		if err := demo.Seed(ctx, s, papers.New(pdf.New(pdf.Options{})), noon.AddDate(0, 0, 1)); err != nil {
			t.Fatal(err)
		}
		if after := w.count(); after != before {
			t.Errorf("seeding again: %v, before %v", after, before)
		}
		for _, a := range demo.Accounts() {
			if got := w.as(a.Login); got.Name != a.Name || got.AgencyName != a.Agency {
				t.Errorf("%s signs in as %s, %s", a.Login, got.Name, got.AgencyName)
			}
		}
		t.Run("today's meeting", func(t *testing.T) { w.T = t; w.todaysMeeting(h[0]) })
		t.Run("sheets", func(t *testing.T) { w.T = t; w.sheets(h[0]) })
		t.Run("overdue", func(t *testing.T) { w.T = t; w.overdue() })
		t.Run("red lists", func(t *testing.T) { w.T = t; w.redLists() })
		t.Run("past meeting", func(t *testing.T) { w.T = t; w.pastMeeting(h[0]) })
		t.Run("secret address", func(t *testing.T) { w.T = t; w.secretAddress(h[1]) })
		t.Run("boards", func(t *testing.T) { w.T = t; w.boards(h) })
		t.Run("figures", func(t *testing.T) { w.T = t; w.figures() })
		t.Run("papers", func(t *testing.T) { w.T = t; w.papers(h) })
	})
}

// figures are those of the three meetings that are over, and of the eight cases.
func (w *town) figures() {
	w.Helper()
	book, err := sheets.Builtin()
	if err != nil {
		w.Fatal(err)
	}
	tally := figures.NewTally(w.store, w.live, book, func() string { return jptime.DateOf(noon).String() })
	service := figures.NewService(w.store, book, tally, papers.New(pdf.New(pdf.Options{})), func() time.Time { return noon })
	table, err := service.Table(ctx, w.as("jimukyoku"), 0)
	if err != nil {
		w.Fatal(err)
	}
	w.behind(service, table)
	w.funnel(service)
	got := map[string]float64{}
	for _, g := range table.Groups {
		for _, f := range g.Figures {
			if f.Year != nil {
				got[f.ID] = *f.Year
			}
		}
	}
	for id, want := range map[string]float64{"running": 7, "support-held": 1, "layered-held": 2, "layered-each": 2, "layered-agencies": 11, "layered-minutes": 59, "plans-new": 1} {
		if v, ok := got[id]; !ok || v != want {
			w.Errorf("%s: %v, not %v", id, v, want)
		}
	}
	if table.Shares[0].Total != 8 {
		w.Errorf("%+v", table.Shares[0])
	}
	w.answers(table)
}

// behind: as many cases stand behind every number as it says, and what is counted of 相談の受付 and つなぎ is what their lists show.
func (w *town) behind(service *figures.Service, table figures.Table) {
	w.Helper()
	by, listed := w.as("jimukyoku"), 0
	for _, g := range table.Groups {
		for _, f := range g.Figures {
			if !f.Drill || f.Year == nil || *f.Year == 0 || f.ID == "place-links" { // of those who were brought somewhere one is of no case
				continue
			}
			got, err := service.Cases(ctx, by, figures.Question{Year: table.Year, Figure: f.ID})
			if err != nil {
				w.Fatalf("%s: %v", f.ID, err)
			}
			times := 0
			for _, l := range got.Lines {
				if _, err := w.cases.Get(ctx, by, "", l.CaseID); err != nil {
					w.Errorf("%s: a case that cannot be opened: %v", f.ID, err)
				}
				times += l.Times
			}
			listed += len(got.Lines)
			if got.Total != len(got.Lines) || f.Sums && f.Unit != figures.UnitPersons && float64(times) != *f.Year || float64(got.Total) > *f.Year && f.ID != "layered-held" {
				w.Errorf("%s: %v, and %d cases behind it, counted %d times", f.ID, *f.Year, got.Total, times)
			}
		}
	}
	if listed == 0 {
		w.Error("no case behind any number")
	}
	taken, err := w.store.Intakes(ctx, access.ScopeOf(by), intake.Query{Limit: 200})
	if err != nil {
		w.Fatal(err)
	}
	n := 0
	for _, x := range taken {
		if jptime.DateOf(x.At).FiscalYear() == table.Year {
			n++
		}
	}
	for _, f := range table.Groups[0].Figures {
		if f.ID == "intakes" && *f.Year != float64(n) {
			w.Errorf("%v 相談, and %d in the list", *f.Year, n)
		}
	}
}

// funnel: as many cases stand in each stage as the list of cases has of it.
func (w *town) funnel(service *figures.Service) {
	w.Helper()
	by := w.as("jimukyoku")
	f, err := service.Funnel(ctx, by, 0, nil)
	if err != nil {
		w.Fatal(err)
	}
	all := 0
	for _, s := range f.Stages {
		list, err := w.cases.List(ctx, by, cases.Query{Stage: s.Stage})
		if err != nil {
			w.Fatal(err)
		}
		if s.Now != len(list) {
			w.Errorf("%s: %d, and %d in the list", s.Label, s.Now, len(list))
		}
		if all += s.Now; s.Now == 0 {
			continue
		}
		got, err := service.Cases(ctx, by, figures.Question{Figure: "standing", Row: string(s.Stage)})
		if err != nil || got.Total != s.Now {
			w.Errorf("%s: %d behind %d: %v", s.Label, got.Total, s.Now, err)
		}
	}
	if all != 8 {
		w.Errorf("%d cases stand somewhere", all)
	}
}

// answers are counted from the documents themselves, and are what the table says.
func (w *town) answers(table figures.Table) {
	w.Helper()
	want := map[string]int{}
	list, err := w.cases.List(ctx, w.as("jimukyoku"), cases.Query{})
	if err != nil {
		w.Fatal(err)
	}
	for _, c := range list {
		if jptime.DateOf(c.OpenedAt).FiscalYear() != table.Year {
			continue
		}
		sections, err := w.cases.Sections(ctx, w.as("jimukyoku"), "", c.ID)
		if err != nil {
			w.Fatal(err)
		}
		for _, s := range sections {
			id, _, _ := strings.Cut(s.Doc, ".")
			d, err := w.live.ReadDocument(ctx, w.tenant, id)
			if err != nil {
				w.Fatal(err)
			}
			for _, k := range d.Keys() {
				v, _ := d.Value(k)
				text, _ := v.(string)
				var codes []string
				if json.Unmarshal([]byte(text), &codes) != nil {
					codes = []string{text}
				}
				if v == true {
					codes = []string{"true"}
				}
				for _, code := range codes {
					want[strings.TrimPrefix(k, "f/")+" "+code]++
				}
			}
		}
	}
	book, err := sheets.Builtin()
	if err != nil {
		w.Fatal(err)
	}
	set, n := book.At(jptime.DateOf(noon).String()), 0
	for _, a := range table.Answers {
		f, _ := set.Field(strings.TrimPrefix(a.ID, "answer-"))
		l, _ := set.List(f.Codes)
		for _, r := range a.Rows {
			code := "true"
			for _, c := range l.Codes {
				if c.Label == r.Label {
					code = c.Code
				}
			}
			if r.Count != want[f.ID+" "+code] {
				w.Errorf("%s %s: %d, and %d in the sheets", a.Title, r.Label, r.Count, want[f.ID+" "+code])
			}
			n += r.Count
		}
	}
	if n == 0 || table.Reading {
		w.Errorf("%d choices counted, still reading %v", n, table.Reading)
	}
}

func (w *town) count() [3]int {
	w.Helper()
	all, err := w.store.ListMunicipalities(ctx)
	if err != nil {
		w.Fatal(err)
	}
	list, err := w.cases.List(ctx, w.as("jimukyoku"), cases.Query{})
	if err != nil {
		w.Fatal(err)
	}
	return [3]int{len(all), len(list), len(w.meetings(""))}
}

// todaysMeeting: every agency sees its own part of the mother, and nobody the son.
func (w *town) todaysMeeting(h cases.Detail) {
	i := slices.IndexFunc(w.meetings(h.ID), func(m meeting.Listed) bool { return m.Mode == consent.ModeLayered })
	if i < 0 {
		w.Fatal("no 重層的支援会議")
	}
	m := w.meetings(h.ID)[i]
	if m.Status != meeting.StatusDraft {
		w.Errorf("status %s", m.Status)
	}
	mother, son := h.Persons[0].ID, h.Persons[1].ID
	common := []consent.Item{consent.ItemBasic, consent.ItemFamily, consent.ItemCare, consent.ItemProgress}
	for login, more := range map[string][]consent.Item{"houkatsu": {consent.ItemHealth, consent.ItemDisability, consent.ItemAddress},
		"houkan": {consent.ItemHealth, consent.ItemAddress}, "hokenjo": {consent.ItemHealth}, "csw": {consent.ItemAddress},
		"minsei": {consent.ItemAddress}, "jiritsu": {consent.ItemIncome}, "zeimu": {consent.ItemIncome}} {
		actor := w.as(login)
		v, err := w.gate.View(ctx, actor, m.ID, h.ID)
		if err != nil {
			w.Fatal(err)
		}
		for _, p := range v.Persons {
			for _, c := range p.Items {
				want := p.PersonID != son && (slices.Contains(common, c.Item) || slices.Contains(more, c.Item))
				if c.Allow != want {
					w.Errorf("%s, %s of %s: %v (%s)", login, c.Item, p.PersonID, c.Allow, c.Reason)
				}
			}
		}
		plan, err := w.plans.Get(ctx, actor, m.ID, w.planOf(m.ID))
		if err != nil {
			w.Fatal(err)
		}
		if !slices.ContainsFunc(plan.Withheld, func(x plans.Withheld) bool { return x.PersonID == son && x.Actions == 1 }) {
			w.Errorf("%s is not told that a row of the son is withheld: %+v", login, plan.Withheld)
		}
		for _, a := range plan.Body.Actions {
			if a.PersonID == son {
				w.Errorf("%s reads a row of the son", login)
			}
		}
	}
	plan, err := w.plans.Get(ctx, w.as("jimukyoku"), m.ID, w.planOf(m.ID))
	if err != nil {
		w.Fatal(err)
	}
	if len(plan.Body.Actions) != 7 || len(plan.Body.Needs) != 5 || plan.Body.Lead == "" || len(plan.Warnings) == 0 {
		w.Errorf("plan: %d actions, %d needs, lead %q, warnings %v", len(plan.Body.Actions), len(plan.Body.Needs), plan.Body.Lead, plan.Warnings)
	}
	lines, err := w.cases.Sections(ctx, w.as("houkatsu"), m.ID, h.ID)
	if err != nil {
		w.Fatal(err)
	}
	for _, l := range lines {
		if l.PersonID != mother || l.Item != consent.ItemCare {
			continue
		}
		id, _, _ := strings.Cut(l.Doc, ".")
		d, err := w.live.ReadDocument(ctx, w.tenant, id)
		if err != nil || d.String("f/care_level") != "k2" || !strings.Contains(d.Text("f/care_service"), "デイサービス") {
			w.Errorf("care of the mother: %v", err)
		}
	}
}

// sheets: one agency has handed in its 準備シート, which the others read as far as consent goes; one is still writing.
func (w *town) sheets(h cases.Detail) {
	i := slices.IndexFunc(w.meetings(h.ID), func(m meeting.Listed) bool { return m.Mode == consent.ModeLayered })
	id := w.meetings(h.ID)[i].ID
	for login, want := range map[string][2]int{"jimukyoku": {2, 1}, "houkatsu": {2, 0}, "hokenjo": {2, 0}, "minsei": {1, 1}, "csw": {1, 0}} { // documents of 東部包括, of the 民生委員
		b, err := w.meeting.Prep(ctx, w.as(login), id)
		if err != nil {
			w.Fatal(err)
		}
		got, states := [2]int{}, map[string]string{}
		for _, s := range b.Sheets {
			states[s.Name] = s.State
			for _, d := range s.Docs {
				if !d.Read {
					continue
				}
				got[map[bool]int{true: 0, false: 1}[s.Name == "東部地域包括支援センター"]]++
			}
		}
		if got != want || states["東部地域包括支援センター"] != "done" || states["民生委員・児童委員 東部地区"] != "" {
			w.Errorf("%s reads %v, want %v; %v", login, got, want, states)
		}
	}
}

// overdue: the tasks of the 支援会議 are long past their term; those who hold the record are told, others not of what the law alone had shown. Two
// agencies are late with what the last meeting about house 4 gave them.
func (w *town) overdue() {
	for login, want := range map[string]int{"jimukyoku": 4, "shukan": 4, "kodomo": 1, "sumai": 1, "kokusai": 0, "houkatsu": 0, "csw": 0, "ssw": 0, "kiroku": 0} {
		list, err := w.meeting.Overdue(ctx, w.as(login), "")
		if err != nil || len(list.Lines) != want || list.Next != "" {
			w.Errorf("%s: %+v %v, want %d", login, list, err, want)
			continue
		}
		for _, l := range list.Lines {
			if l.CaseID == "" || !strings.HasPrefix(l.CaseNumber, "K") || l.Days < 3 || l.AgencyName == "" || l.Text == "" || l.Mine != (want == 1) {
				w.Errorf("%s: %+v", login, l)
			}
		}
	}
}

// redLists: every list of what is late has a line for who holds the record, and each agency sees what it is late with itself.
func (w *town) redLists() {
	w.Helper()
	book, err := sheets.Builtin()
	if err != nil {
		w.Fatal(err)
	}
	clock := func() time.Time { return noon }
	looks := reviews.New(w.store, w.gate, w.plans, book, clock)
	counter := intake.New(w.store, w.gate, book, nil, nil, clock)
	lists := map[string]func(access.Actor) (int, error){
		"roles": func(a access.Actor) (int, error) {
			l, err := w.meeting.OverdueRoles(ctx, a, "")
			return len(l.Lines), err
		},
		"monitoring": func(a access.Actor) (int, error) { l, err := looks.Overdue(ctx, a, ""); return len(l.Lines), err },
		"leads":      func(a access.Actor) (int, error) { l, err := w.meeting.WaitingLeads(ctx, a); return len(l.Lines), err },
		"pauses":     func(a access.Actor) (int, error) { l, err := w.cases.OverduePauses(ctx, a); return len(l), err },
		"followups":  func(a access.Actor) (int, error) { l, err := w.cases.OverdueFollowups(ctx, a); return len(l), err },
		"referrals":  func(a access.Actor) (int, error) { l, err := counter.OverdueReferrals(ctx, a); return len(l), err },
	}
	for login, want := range map[string]map[string]int{
		"jimukyoku": {"roles": 1, "monitoring": 1, "leads": 1, "pauses": 1, "followups": 1, "referrals": 1},
		"csw":       {"roles": 1, "monitoring": 1, "pauses": 1, "referrals": 1},
		"houkatsu":  {"monitoring": 1, "leads": 1},
		"jiritsu":   {"pauses": 1, "followups": 1, "referrals": 1},
		"zeimu":     {},
	} {
		for name, of := range lists {
			if got, err := of(w.as(login)); err != nil || got != want[name] {
				w.Errorf("%s, %s: %d %v, want %d", login, name, got, err, want[name])
			}
		}
	}
}

func (w *town) planOf(meetingID string) string {
	w.Helper()
	m, err := w.store.MeetingByID(ctx, access.Scope{Tenant: w.tenant, All: true}, meetingID)
	if err != nil || m.PlanID == "" {
		w.Fatalf("plan of the meeting: %q %v", m.PlanID, err)
	}
	return m.PlanID
}

func (w *town) pastMeeting(h cases.Detail) {
	for _, m := range w.meetings(h.ID) {
		if m.Mode != consent.ModeSupport {
			continue
		}
		room, err := w.meeting.State(ctx, w.as("jimukyoku"), m.ID)
		if err != nil {
			w.Fatal(err)
		}
		if room.Status != meeting.StatusSealed || len(room.Records) != 1 || room.Records[0].Kind != meeting.PaperMinutes || len(room.Problems) != 0 {
			w.Errorf("past meeting: %s, records %v, problems %v", room.Status, room.Records, room.Problems)
		}
		if len(room.Attendance) != 6 || room.Next == nil {
			w.Errorf("attendance %v, next %v", room.Attendance, room.Next)
		}
		return
	}
	w.Error("no 支援会議")
}

// secretAddress: nobody but the holders gets it, though the mother would have agreed to much.
func (w *town) secretAddress(h cases.Detail) {
	for _, login := range []string{"kodomo", "ssw", "sora", "seifuku"} {
		for _, p := range append(h.Persons, cases.PersonCard{}) {
			d, err := w.gate.CanSee(ctx, w.as(login), "", h.ID, p.ID, consent.ItemAddress)
			if err != nil || d.Allow || d.Reason != consent.ReasonSecret {
				w.Errorf("%s: %+v %v", login, d, err)
			}
		}
	}
	if d, _ := w.gate.CanSee(ctx, w.as("shukan"), "", h.ID, h.Persons[0].ID, consent.ItemAddress); !d.Allow {
		w.Errorf("holder: %+v", d)
	}
	if d, _ := w.gate.CanSee(ctx, w.as("ssw"), "", h.ID, h.Persons[0].ID, consent.ItemHealth); d.Reason != consent.ReasonWithdrawn {
		w.Errorf("withdrawn from the school: %+v", d)
	}
}

func (w *town) boards(h []cases.Detail) {
	want := [][]consent.State{{consent.StatePartial, consent.StateUnknown}, {consent.StatePartial, consent.StatePartial, consent.StatePartial},
		{consent.StateRefused}, {consent.StatePartial, consent.StateExpired}}
	for i, d := range h {
		b, err := w.consent.Board(ctx, w.as("jimukyoku"), d.ID)
		if err != nil {
			w.Fatal(err)
		}
		var got []consent.State
		for _, r := range b.Rows {
			got = append(got, r.State)
		}
		if !slices.Equal(got, want[i]) || b.Ready != (i < 2) {
			w.Errorf("household %d: %v ready %v, want %v", i+1, got, b.Ready, want[i])
		}
	}
}

// papers: every name of the demo can be printed.
func (w *town) papers(h []cases.Detail) {
	for _, d := range h {
		for _, m := range w.meetings(d.ID) {
			kinds := []meeting.PaperKind{meeting.PaperMinutes}
			if full, err := w.store.MeetingByID(ctx, access.Scope{Tenant: w.tenant, All: true}, m.ID); err == nil && full.PlanID != "" {
				kinds = append(kinds, meeting.PaperPlan, meeting.PaperMatrix)
			}
			for _, k := range kinds {
				r, _, err := w.meeting.Draft(ctx, w.as("jimukyoku"), m.ID, k)
				if err != nil || len(r.Problems) != 0 || len(r.PDF) == 0 {
					w.Errorf("%s of %q: %v, problems %v", k, m.Title, err, r.Problems)
				}
			}
		}
	}
}

// TestSeedOnOtherDays: a Sunday at the end of a month, a leap day.
func TestSeedOnOtherDays(t *testing.T) {
	t.Parallel()
	for _, day := range []string{"2026-05-31", "2028-02-29"} {
		t.Run(day, func(t *testing.T) {
			t.Parallel()
			s, _ := storetest.Open(t, "sqlite")
			now, err := time.Parse(time.RFC3339, day+"T00:10:00+09:00")
			if err != nil {
				t.Fatal(err)
			}
			w := seed(t, s, now)
			w.boards(w.households())
		})
	}
}
