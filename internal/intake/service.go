package intake

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/audit"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/sheets"
	"kasane/internal/text"
)

// Service takes 相談 in and hands them over.
type Service struct {
	store Store
	gate  Gate
	books sheets.Books
	print Printer
	words *audit.Words // nil: searches leave no mark
	now   func() time.Time
}

// New makes the service. words may be nil.
func New(store Store, gate Gate, books sheets.Books, print Printer, words *audit.Words, now func() time.Time) *Service {
	return &Service{store: store, gate: gate, books: books, print: print, words: words, now: now}
}

// set are the forms and choices of a municipality today.
func (s *Service) set(tenant string) sheets.Set { return s.books.Of(tenant).At(today(s.clock())) }

// Made is what 受付 answers: where the 相談 stands now.
type Made struct {
	CaseID string `json:"caseId"`
	Number string `json:"number"`
	Triage Triage `json:"triage"`
}

// TakeIn takes a 相談 in (受付). The same input sent again answers with the case that was made of it.
func (s *Service) TakeIn(ctx context.Context, actor access.Actor, in Input) (Made, error) {
	if err := access.Require(actor, access.ActIntake); err != nil {
		return Made{}, err
	}
	if err := checkID(in.ID); err != nil {
		return Made{}, err
	}
	if r, ok, err := s.store.IntakeByID(ctx, actor.Tenant, in.ID); err != nil || ok {
		return s.again(ctx, actor, r, err)
	}
	now := s.clock()
	set := s.set(actor.Tenant)
	if err := in.check(set); err != nil {
		return Made{}, err
	}
	t, err := s.taken(actor, in, set, now)
	if err != nil {
		return Made{}, err
	}
	series := cases.NumberSeries(now)
	n, err := s.store.NextNumber(ctx, actor.Tenant, series)
	if err != nil {
		return Made{}, fmt.Errorf("number of a case: %w", err)
	}
	t.Case.Number = fmt.Sprintf("%s-%04d", series, n)
	r, made, err := s.store.TakeIn(ctx, t, actor.Audit(now, access.VerbIntake, t.Case.ID).InCase(t.Case.ID))
	if err != nil {
		return Made{}, fmt.Errorf("take in: %w", err)
	}
	if !made {
		return s.again(ctx, actor, r, nil)
	}
	return Made{t.Case.ID, t.Case.Number, r.Triage}, nil
}

// again answers what was sent twice. An id somebody else has used is refused without a word about theirs.
func (s *Service) again(ctx context.Context, actor access.Actor, r Record, err error) (Made, error) {
	if err != nil {
		return Made{}, err
	}
	taken := fault.New(fault.Conflict, "この受付は登録できませんでした。画面を開き直して、もう一度お試しください。")
	if r.ByID != actor.UserID {
		return Made{}, taken
	}
	c, err := s.store.Case(ctx, access.ScopeOf(actor), r.CaseID)
	if fault.Is(err, fault.NotFound) {
		return Made{}, taken
	}
	return Made{c.ID, c.Number, r.Triage}, err
}

// taken makes everything a 受付 writes but the number.
func (s *Service) taken(actor access.Actor, in Input, set sheets.Set, now time.Time) (Taken, error) {
	c := cases.Case{ID: access.NewID(now), Tenant: actor.Tenant, Stage: cases.StageReceived, Version: 1, OpenedAt: now, OpenedBy: actor.UserID, UpdatedAt: now}
	p := in.person()
	p.ID, p.Ord = access.NewID(now), 1
	person, err := p.Made(actor.Tenant, c.ID, now)
	if err != nil {
		return Taken{}, err
	}
	r := Record{ID: in.ID, Tenant: actor.Tenant, CaseID: c.ID, PersonID: person.ID, AgencyID: actor.AgencyID, AgencyName: actor.AgencyName, ByID: actor.UserID,
		ByName: actor.Name, At: now, Asker: in.Asker, AskerName: in.AskerName, AskerRelation: in.AskerRelation, Name: in.Name, Kana: in.Kana, Birth: in.Birth, Route: in.Route, AgeBand: in.AgeBand,
		District: in.District, Contact: in.Contact, Trouble: in.Trouble, Fields: in.Fields, Urgency: in.Urgency, Danger: in.Danger, Consent: in.Consent,
		Triage: in.Triage, Note: in.Note, TriageBy: actor.UserID, TriageName: actor.Name, TriageAt: now}
	t := Taken{Case: c, Person: person, Record: r, Member: cases.Member{CaseID: c.ID, AgencyID: actor.AgencyID, Since: now, Note: "相談の受付"}}
	if r.Triage == TriageInfo {
		t.Case.Stage, t.End = cases.StageClosed, ended(actor, c.ID, now)
	}
	t.Docs, err = filled(actor, r, set, now)
	return t, err
}

// ended is the record of a 相談 that ends at the counter.
func ended(actor access.Actor, caseID string, now time.Time) *cases.End {
	return &cases.End{ID: access.NewID(now), Tenant: actor.Tenant, CaseID: caseID, At: now, By: actor.UserID, ByName: actor.Name, Reason: TriageInfo.Label()}
}

// View is a 受付 as one reader may see it.
type View struct {
	At         time.Time `json:"at"`
	AgencyName string    `json:"agencyName"`
	ByName     string    `json:"byName"`
	// The rest is empty where Withheld names its class.
	Asker         string    `json:"asker"`
	AskerName     string    `json:"askerName"`
	AskerRelation string    `json:"askerRelation"`
	Name          string    `json:"name"`
	Kana          string    `json:"kana"`
	Birth         string    `json:"birth"`
	AgeBand       string    `json:"ageBand"`
	District      string    `json:"district"`
	Contact       string    `json:"contact"`
	Route         string    `json:"route"`
	Trouble       string    `json:"trouble"`
	Fields        []string  `json:"fields"`
	Urgency       string    `json:"urgency"`
	Danger        bool      `json:"danger"`
	Consent       Consent   `json:"consent"`
	ConsentLabel  string    `json:"consentLabel"`
	Triage        Triage    `json:"triage"`
	TriageLabel   string    `json:"triageLabel"`
	TriageBy      string    `json:"triageBy"`
	TriageAt      time.Time `json:"triageAt"`
	Note          string    `json:"note"`
	// Withheld are the classes the reader is not shown, by their words.
	Withheld []string `json:"withheld"`
	// MayTriage: the reader may decide anew, in these ways.
	MayTriage []Triage `json:"mayTriage"`
	// MayRefer: the reader may hand the case over.
	MayRefer bool `json:"mayRefer"`
}

// place is one case as one actor stands to it.
type place struct {
	actor   access.Actor
	c       cases.Case
	rec     Record
	has     bool // a 受付 stands in it
	persons []cases.Person
	gate    sees // what the gate shows the actor
	sees    sees // and what its agency typed itself
}

// own tells whether the actor's agency took the case in, and still may read what it wrote itself.
func (p place) own() bool {
	return p.has && !p.actor.Holder() && p.actor.AgencyID == p.rec.AgencyID && p.actor.HasAny(access.RoleAgency, access.RoleChair) &&
		!slices.Contains(p.subject().WithheldFrom, p.actor.AgencyID)
}

func (p place) subject() cases.Person {
	if i := slices.IndexFunc(p.persons, func(x cases.Person) bool { return x.ID == p.rec.PersonID }); i >= 0 {
		return p.persons[i]
	}
	return cases.Person{}
}

// look gathers a case for one actor. NotFound: there is none for them.
func (s *Service) look(ctx context.Context, actor access.Actor, caseID string) (place, error) {
	v, err := s.gate.View(ctx, actor, "", caseID)
	if err != nil {
		return place{}, err
	}
	p := place{actor: actor}
	scope := access.Scope{Tenant: actor.Tenant, All: true} // the gate has let them in
	if p.c, err = s.store.Case(ctx, scope, caseID); err != nil {
		return place{}, err
	}
	if p.persons, err = s.store.Persons(ctx, scope, caseID); err != nil {
		return place{}, err
	}
	if p.rec, p.has, err = s.store.IntakeOf(ctx, scope, caseID); err != nil {
		return place{}, err
	}
	p.gate = answers(v)
	own := p.own()
	secret := slices.ContainsFunc(p.persons, func(x cases.Person) bool { return x.AddressSecret })
	p.sees = func(person string, item consent.Item) bool {
		wrote := own && (person == p.rec.PersonID || person == "") && !(item == consent.ItemAddress && secret)
		return p.gate(person, item) || wrote
	}
	return p, nil
}

// Of is the 受付 of a case, as the reader may see it; nil when the case was opened otherwise.
func (s *Service) Of(ctx context.Context, actor access.Actor, caseID string) (*View, error) {
	p, err := s.look(ctx, actor, caseID)
	if err != nil || !p.has {
		return nil, err
	}
	return s.view(p), nil
}

func (s *Service) view(p place) *View {
	r := p.rec
	v := &View{At: r.At, AgencyName: r.AgencyName, Fields: []string{}, Withheld: []string{}, MayTriage: p.ways(), MayRefer: p.mayRefer()}
	show := func(person string, item consent.Item, fill func()) {
		if p.sees(person, item) {
			fill()
		} else if !slices.Contains(v.Withheld, item.Label()) {
			v.Withheld = append(v.Withheld, item.Label())
		}
	}
	set := s.books.Of(r.Tenant).At(today(r.At))
	show("", consent.ItemBasic, func() {
		v.ByName, v.Asker, v.Route, v.Urgency, v.Danger = r.ByName, r.Asker.Label(), set.Label("route", r.Route), set.Label("urgency", r.Urgency), r.Danger
		v.Fields, v.Consent, v.ConsentLabel = r.fieldLabels(), r.Consent, r.Consent.Label()
		v.Triage, v.TriageLabel, v.TriageBy, v.TriageAt = r.Triage, r.Triage.Label(), r.TriageName, r.TriageAt
	})
	show(r.PersonID, consent.ItemBasic, func() {
		v.Name, v.Kana, v.Birth, v.AgeBand = r.called(), r.Kana, r.Birth, ageBands.label(r.AgeBand)
	})
	show("", consent.ItemFamily, func() { v.AskerName, v.AskerRelation = r.AskerName, r.AskerRelation })
	show(r.PersonID, consent.ItemAddress, func() { v.District, v.Contact = r.District, r.Contact })
	show(r.PersonID, consent.ItemProgress, func() { v.Trouble, v.Note = r.Trouble, r.Note })
	return v
}

// ways are the triages the actor may choose now: who took it in, while nothing has come of it yet, and who holds the record. A 相談 that has gone on is
// ended by the stages of its case.
func (p place) ways() []Triage {
	out := []Triage{}
	if !p.has || !p.own() && !p.actor.Holder() || !access.Can(p.actor, access.ActIntake) || p.c.Stage == cases.StageClosed {
		return out
	}
	for _, t := range Triages() {
		if t != p.rec.Triage && (t != TriageInfo || p.c.Stage == cases.StageReceived) {
			out = append(out, t)
		}
	}
	return out
}

// TriageInput is another way.
type TriageInput struct {
	From Triage `json:"from"` // what the actor saw
	To   Triage `json:"to"`
	Note string `json:"note"`
}

// Decide changes what is done with a 相談.
func (s *Service) Decide(ctx context.Context, actor access.Actor, caseID string, in TriageInput) error {
	if err := access.Require(actor, access.ActIntake); err != nil {
		return err
	}
	p, err := s.look(ctx, actor, caseID)
	if err != nil {
		return err
	}
	if err := text.Memo("note", "判断の理由", in.Note, 500); err != nil {
		return err
	}
	if err := checkTriage(in.To, in.Note); err != nil {
		return err
	}
	switch {
	case !p.has:
		return fault.New(fault.NotFound, "このケースには、受付の記録がありません。")
	case !p.own() && !actor.Holder():
		return fault.New(fault.Forbidden, "受付の判断を変えられるのは、受け付けた機関と事務局です。")
	case in.From != p.rec.Triage:
		return fault.New(fault.Conflict, "ほかの人が先に判断を変えました。画面を更新してください。")
	case !slices.Contains(p.ways(), in.To):
		return fault.Newf(fault.Conflict, "段階が「%s」のケースでは、「%s」にできません。", p.c.Stage.Label(), in.To.Label()).On("to")
	}
	now := s.clock()
	r, was := p.rec, p.rec.Triage
	r.Triage, r.Note, r.TriageBy, r.TriageName, r.TriageAt = in.To, in.Note, actor.UserID, actor.Name, now
	var end *cases.End
	if in.To == TriageInfo {
		end = ended(actor, caseID, now)
	}
	e := actor.Audit(now, access.VerbIntakeTriage, r.ID).InCase(caseID)
	e.Reason = string(in.To)
	return s.store.SetTriage(ctx, r, was, p.c, end, e)
}
