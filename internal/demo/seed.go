package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/community"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/intake"
	"kasane/internal/joining"
	"kasane/internal/jptime"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/outreach"
	"kasane/internal/plans"
	"kasane/internal/sheets"
)

// Stores is everything the services stand on; *store.Store is it.
type Stores interface {
	identity.Store
	cases.Store
	cases.GateStore
	consent.Store
	live.Store
	plans.Store
	meeting.Store
	community.Store
	joining.Store
	outreach.Store
	intake.Store
}

// seeder builds the services over a clock of its own and remembers the ids of what it made.
type seeder struct {
	ctx      context.Context
	now      time.Time
	cal      calendar
	clock    *clock
	book     *sheets.Book
	store    Stores
	identity *identity.Service
	cases    *cases.Service
	consent  *consent.Service
	live     *live.Service
	plans    *plans.Service
	meeting  *meeting.Service
	// community keeps the 社会資源台帳.
	community *community.Service
	outreach  *outreach.Service
	joining   *joining.Service
	intake    *intake.Service

	homes    map[string]*home // by the name of the household
	tenant   string
	agencies map[string]access.Agency // by key
	users    map[string]access.User   // by login
}

// Option is something a demo may have beside.
type Option func(*meeting.Ports)

// SealedBy has the records signed.
func SealedBy(s meeting.Sealer) Option { return func(p *meeting.Ports) { p.Seal = s } }

// Seed makes the demo municipality as if the last year had happened in it. It does nothing when the municipality is there
// already. print renders the records of the meetings that are over; now is today.
func Seed(ctx context.Context, st Stores, print meeting.Printer, now time.Time, more ...Option) error {
	all, err := st.ListMunicipalities(ctx)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	if slices.ContainsFunc(all, func(m access.Municipality) bool { return m.Demo && m.Code == Code }) {
		return nil
	}
	book, err := sheets.Builtin()
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	s := newSeeder(ctx, st, print, book, now, more...)
	s.clock.t = s.cal.at(-400, 9, 0)
	if err := s.people(); err != nil {
		return fmt.Errorf("demo: agencies and users: %w", err)
	}
	var deeds []deed
	for i, h := range households() {
		deeds = append(deeds, s.household(fmt.Sprintf("household %d", i+1), h)...)
	}
	deeds = append(deeds, s.spotsOf()...)
	slices.SortStableFunc(deeds, func(a, b deed) int { return cmp.Compare(a.at.UnixMicro(), b.at.UnixMicro()) })
	return run(s.clock, deeds)
}

func households() []household {
	return append([]household{house1(), house2(), house3(), house4()}, late()...)
}

func newSeeder(ctx context.Context, st Stores, print meeting.Printer, book *sheets.Book, now time.Time, more ...Option) *seeder {
	s := &seeder{ctx: ctx, now: now, cal: calendar{jptime.DateOf(now)}, clock: &clock{now}, book: book, store: st,
		homes: map[string]*home{}, agencies: map[string]access.Agency{}, users: map[string]access.User{}}
	gate := cases.NewGatekeeper(st, nil, s.clock.now)
	s.identity = identity.New(st, identity.Options{Now: s.clock.now})
	s.cases = cases.NewService(st, gate, book, s.clock.now)
	s.consent = consent.NewService(st, nil, s.clock.now)
	s.live = live.NewService(st, gate, s.clock.now, live.WithFields(cases.SectionFields(book, s.clock.now)))
	s.plans = plans.NewService(st, s.live, gate, s.clock.now)
	ports := meeting.Ports{Store: st, Plans: s.plans, Docs: s.live, Gate: gate, Books: book, Print: print, Now: s.clock.now, Node: "demo"}
	for _, add := range more {
		add(&ports)
	}
	s.meeting = meeting.NewService(ports)
	gate.SetMeetings(s.meeting)
	s.consent.SetMeetingNotes(s.meeting)
	s.outreach = outreach.New(st, gate, s.live, book, s.clock.now)
	s.intake = intake.New(st, gate, book, nil, nil, s.clock.now) // no paper is made, no search is marked
	s.joining = joining.NewService(st, gate, book, s.clock.now)
	s.community = community.NewService(st, gate, s.meeting, book, s.clock.now)
	return s
}

// people makes municipality, agencies and users. The first administrator comes with the municipality and gets a password from another
// one, for only the service makes hashes.
func (s *seeder) people() error {
	now := s.clock.now()
	m := access.Municipality{ID: access.NewID(now), Name: cityName, Code: Code, Demo: true, CreatedAt: now}
	s.tenant = m.ID
	first := agencies[0]
	home := access.Agency{ID: access.NewID(now), Tenant: m.ID, Name: first.name, Short: first.short, Category: first.category, City: first.city, Active: true}
	s.agencies[first.key] = home
	i := slices.IndexFunc(users, func(u user) bool { return u.login == "kanri" })
	root := identity.Account{User: s.input(users[i]).user(m.ID, access.NewID(now))}
	s.users[root.Login] = root.User
	if err := s.store.CreateMunicipality(s.ctx, m, home, root, false, s.as("kanri").Audit(now, access.VerbSetup, m.ID)); err != nil {
		return err
	}
	for _, a := range agencies[1:] {
		made, err := s.identity.SaveAgency(s.ctx, s.as("kanri"), "", identity.AgencyInput{Name: a.name, Short: a.short, Category: a.category, City: a.city})
		if err != nil {
			return fmt.Errorf("%s: %w", a.key, err)
		}
		s.agencies[a.key] = made
	}
	for _, u := range users {
		if u.login == "kanri" {
			continue
		}
		made, err := s.identity.CreateUser(s.ctx, s.as("kanri"), s.input(u).UserInput)
		if err != nil {
			return fmt.Errorf("%s: %w", u.login, err)
		}
		s.users[u.login] = made
	}
	_, err := s.identity.UpdateUser(s.ctx, s.as("shukan"), root.ID, s.input(users[i]).UserInput)
	return err
}

type userInput struct{ identity.UserInput }

func (s *seeder) input(u user) userInput {
	return userInput{identity.UserInput{AgencyID: s.agencies[u.agency].ID, Login: u.login, Name: u.name, Kana: u.kana, Post: u.post, Roles: u.roles, Password: Password}}
}

func (in userInput) user(tenant, id string) access.User {
	return access.User{ID: id, Tenant: tenant, AgencyID: in.AgencyID, Login: in.Login, Name: in.Name, Kana: in.Kana, Post: in.Post, Roles: in.Roles}
}

// as is somebody of the demo as an actor.
func (s *seeder) as(login string) access.Actor {
	u := s.users[login]
	a := access.Actor{Tenant: s.tenant, UserID: u.ID, Name: u.Name, Post: u.Post, AgencyID: u.AgencyID, Roles: u.Roles}
	for _, g := range s.agencies {
		if g.ID == u.AgencyID {
			a.AgencyName = g.Name
		}
	}
	return a
}

// home is a household being made.
type home struct {
	*seeder
	name    string
	h       household
	caseID  string
	planID  string
	persons map[string]string // key → id
	records map[int]string    // index of a consent → record id
}

func (s *seeder) household(name string, h household) []deed {
	o := &home{seeder: s, name: name, h: h, persons: map[string]string{"": ""}, records: map[int]string{}}
	s.homes[name] = o
	if h.taken != nil {
		return o.taking(*h.taken)
	}
	deeds := []deed{{s.cal.at(-h.opened, 10, 0), name + ", case", o.open}}
	for i, st := range h.stages {
		// the stages are spread over the time since the case was opened
		day := -h.opened + (i+1)*(h.opened-10)/len(h.stages)
		deeds = append(deeds, deed{s.cal.at(day, 17, 0), name + ", stage", func() error { return o.stage(st) }})
	}
	for _, m := range h.moves {
		deeds = append(deeds, deed{s.cal.at(m.day, 17, 0), name + ", stage", func() error { return o.move(m) }})
	}
	deeds = append(deeds, o.reached()...)
	for i, g := range h.consents {
		deeds = append(deeds, deed{s.cal.at(g.explained, 15, 30), name + ", consent of " + g.person, func() error { return o.consentOf(i, g) }})
		if g.withdrawn != nil {
			deeds = append(deeds, deed{s.cal.at(g.withdrawn.day, 16, 0), name + ", withdrawal of " + g.person, func() error { return o.withdraw(i, *g.withdrawn) }})
		}
	}
	if h.plan != nil {
		deeds = append(deeds, deed{s.cal.at(-h.plan.made, 13, 0), name + ", plan", o.plan})
	}
	for _, m := range h.meetings {
		deeds = append(deeds, o.session(m)...)
	}
	return append(deeds, deed{s.cal.at(-1, 16, 0), name + ", sheets", o.sheets})
}

func (o *home) open() error {
	in := cases.NewCase{OpenedAt: o.cal.day(-o.h.opened).String()}
	for _, p := range o.h.persons {
		p.Birth = o.cal.birth(p.age, p.birthday)
		for _, a := range p.withheld {
			p.WithheldFrom = append(p.WithheldFrom, o.agencies[a].ID)
		}
		in.Persons = append(in.Persons, p.PersonInput)
	}
	c, err := o.seeder.cases.Create(o.ctx, o.as("jimukyoku"), in)
	if err != nil {
		return err
	}
	o.caseID = c.ID
	for _, a := range o.h.agencies {
		if err := o.seeder.cases.AddMember(o.ctx, o.as("jimukyoku"), c.ID, o.agencies[a.agency].ID, a.note); err != nil {
			return err
		}
	}
	d, err := o.seeder.cases.Get(o.ctx, o.as("jimukyoku"), "", c.ID)
	if err != nil {
		return err
	}
	for i, p := range d.Persons {
		o.persons[o.h.persons[i].key] = p.ID
	}
	return nil
}

func (o *home) stage(to cases.Stage) error {
	return o.move(move{StageInput: cases.StageInput{Stage: to}})
}

func (o *home) move(m move) error {
	d, err := o.seeder.cases.Get(o.ctx, o.as("jimukyoku"), "", o.caseID)
	if err != nil {
		return err
	}
	if d.Stage == cases.StageIntake {
		if err := o.screen(m.Stage, d.Version); err != nil {
			return err
		}
	}
	in := m.StageInput
	in.Version, in.Until = d.Version, o.cal.due(m.until)
	_, err = o.seeder.cases.SetStage(o.ctx, o.as("jimukyoku"), o.caseID, in)
	return err
}

// screen says why the household is taken on.
func (o *home) screen(to cases.Stage, version int64) error {
	in := cases.ScreeningInput{Version: version, Day: jptime.DateOf(o.clock.now()).String(), Result: cases.ScreenPlan, Grounds: o.h.grounds, Reason: o.h.screened}
	if to == cases.StageSeeking {
		in.Result = cases.ScreenSeeking
	}
	return o.seeder.cases.Screen(o.ctx, o.as("jimukyoku"), o.caseID, in)
}

func (o *home) consentOf(i int, g given) error {
	in := g.in
	in.CaseID, in.PersonID, in.ExplainedAt = o.caseID, o.persons[g.person], o.clock.now().Add(-90*time.Minute)
	if in.State == consent.StateUnknown {
		in.ExplainedAt = time.Time{}
	}
	if o := in.Details.Oral; o != nil { // heard after the explanation
		heard := *o
		heard.At = in.ExplainedAt.Add(20 * time.Minute)
		in.Details.Oral = &heard
	}
	if g.until != 0 {
		in.Until = o.cal.day(g.explained).AddDays(g.until - g.explained).String()
	}
	in.Scope = map[string][]consent.Item{}
	for a, items := range g.scope {
		in.Scope[o.agencies[a].ID] = items
	}
	in.Sources = nil
	for _, a := range g.in.Sources {
		in.Sources = append(in.Sources, o.agencies[a].ID)
	}
	r, err := o.seeder.consent.Record(o.ctx, o.as("jimukyoku"), in)
	o.records[i] = r.ID
	return err
}

func (o *home) withdraw(i int, w taken) error {
	in := consent.WithdrawInput{RecordID: o.records[i], Items: w.items, Note: w.note}
	for _, a := range w.agencies {
		in.Agencies = append(in.Agencies, o.agencies[a].ID)
	}
	_, err := o.seeder.consent.Withdraw(o.ctx, o.as("jimukyoku"), in)
	return err
}

// sheets fills in the forms.
func (o *home) sheets() error {
	lines, err := o.seeder.cases.Sections(o.ctx, o.as("jimukyoku"), "", o.caseID)
	if err != nil {
		return err
	}
	set := o.book.At(o.cal.today.String())
	for _, l := range lines {
		id, _, _ := strings.Cut(l.Doc, ".")
		who := ""
		for key, person := range o.persons {
			if person == l.PersonID {
				who = key
			}
		}
		owner := sheets.OwnerPerson
		if l.PersonID == "" {
			owner = sheets.OwnerHousehold
		}
		if !o.drawn() && !slices.ContainsFunc(o.h.sheets[who], func(v value) bool { return set.Holds(owner, string(l.Item), v.field) }) {
			continue // a short case has little to say
		}
		write := func(b *live.Builder) error {
			for _, v := range o.h.sheets[who] {
				if !set.Holds(owner, string(l.Item), v.field) {
					continue
				}
				if err := o.field(b, set, v); err != nil {
					return err
				}
			}
			o.draw(b, who, l.Item)
			return nil
		}
		if _, err := o.seeder.live.ServerWrite(o.ctx, o.as("jimukyoku"), id, write); err != nil {
			return fmt.Errorf("%s of %q: %w", l.Item, who, err)
		}
	}
	return nil
}

// drawn tells whether the household has its 世帯の図.
func (o *home) drawn() bool { return len(o.h.drawing.events)+len(o.h.drawing.links) > 0 }

// field writes one value, checked against the sheet.
func (o *home) field(b *live.Builder, set sheets.Set, v value) error {
	f, ok := set.Field(v.field)
	if !ok { // the words of a choice
		text, _ := v.v.(string)
		b.Text("f/"+v.field, o.cal.expand(text))
		return nil
	}
	val := v.v
	if text, isText := val.(string); isText {
		if val = o.cal.expand(text); f.Type == sheets.TypeAgency {
			val = o.agencies[text].ID
		}
	}
	if err := set.Validate(f, val); err != nil {
		return err
	}
	if f.Prose() {
		text, ok := val.(string)
		if !ok {
			return fault.Newf(fault.Internal, "demo: %s is no text", v.field)
		}
		b.Text(f.Key(), text)
		return nil
	}
	b.Set(f.Key(), val)
	return nil
}
