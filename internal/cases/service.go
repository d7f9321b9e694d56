package cases

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/audit"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/sheets"
	"kasane/internal/text"
)

// Service is what can be done with cases (ケース). Everything a person sees of a case goes through the Gatekeeper.
type Service struct {
	store  Store
	gate   *Gatekeeper
	sheets sheets.Books
	now    func() time.Time
	words  *audit.Words // nil: searches leave no mark
}

// NewService makes the service.
func NewService(store Store, gate *Gatekeeper, books sheets.Books, now func() time.Time) *Service {
	return &Service{store: store, gate: gate, sheets: books, now: now}
}

// MarkSearches has words that are searched for marked in the audit log.
func (s *Service) MarkSearches(w *audit.Words) { s.words = w }

// NewCase is what is needed to open a case (受付).
type NewCase struct {
	OpenedAt string        `json:"openedAt"` // 受付日, ISO date; "" = today
	Persons  []PersonInput `json:"persons"`  // the household; at least one with Subject
	Agencies []string      `json:"agencies"` // 関わる機関: first members
}

// PersonInput is one 世帯員 as entered. Names are kept exactly.
type PersonInput struct {
	ID            string   `json:"id"` // "" = new
	Ord           int      `json:"ord"`
	Name          string   `json:"name"`
	Kana          string   `json:"kana"`
	Alias         string   `json:"alias"`
	Relation      string   `json:"relation"`
	Birth         string   `json:"birth"`
	Sex           string   `json:"sex"`
	Subject       bool     `json:"subject"`
	AddressSecret bool     `json:"addressSecret"`
	WithheldFrom  []string `json:"withheldFrom"`
}

// PersonCard is a person as one actor may see it. When Hidden, only id, order, subject flag and, where
// nothing but consent is missing, the initial are filled.
type PersonCard struct {
	Person
	Initial     string         `json:"initial"` // first letter of the kana
	Hidden      bool           `json:"hidden"`
	Reason      consent.Reason `json:"reason"`
	ReasonLabel string         `json:"reasonLabel"`
}

// Detail is a case as one actor may see it.
type Detail struct {
	Case
	StageLabel string       `json:"stageLabel"`
	Next       []Stage      `json:"next"` // stages the case may go to now
	Persons    []PersonCard `json:"persons"`
	Members    []Member     `json:"members"`
	// Holder: the actor holds the record and may change case, persons and members.
	Holder bool `json:"holder"`
	// End is how the case was last told as ended; those who hold the record see it.
	End *End `json:"end,omitempty"`
}

// Create opens a case. Holders only. Errors name the field: persons[0].name …
func (s *Service) Create(ctx context.Context, actor access.Actor, in NewCase) (Case, error) {
	if err := holder(actor); err != nil {
		return Case{}, err
	}
	now := s.time()
	opened, err := openedAt(in.OpenedAt, now)
	if err != nil {
		return Case{}, err
	}
	if err := checkHousehold(in.Persons); err != nil {
		return Case{}, err
	}
	c := Case{ID: access.NewID(now), Tenant: actor.Tenant, Stage: StageReceived, Version: 1, OpenedAt: opened, OpenedBy: actor.UserID, UpdatedAt: now}
	persons := make([]Person, 0, len(in.Persons))
	for i, p := range in.Persons {
		if err := p.check(fmt.Sprintf("persons[%d].", i), now); err != nil {
			return Case{}, err
		}
		p.ID, p.Ord = access.NewID(now), i+1
		persons = append(persons, p.person(actor.Tenant, c.ID, now))
	}
	members := make([]Member, 0, len(in.Agencies))
	for i, a := range in.Agencies {
		if a == "" || slices.Contains(in.Agencies[:i], a) {
			return Case{}, fault.New(fault.Invalid, "関わる機関に、空欄または同じ機関が2つあります。").On(fmt.Sprintf("agencies[%d]", i))
		}
		members = append(members, Member{CaseID: c.ID, AgencyID: a, Since: now})
	}
	// ケースID: K + 年度 + 連番, counted by the fiscal year of 受付, never reused.
	series := fmt.Sprintf("K%04d", fiscalYear(opened))
	n, err := s.store.NextNumber(ctx, actor.Tenant, series)
	if err != nil {
		return Case{}, fmt.Errorf("number of a case: %w", err)
	}
	c.Number = fmt.Sprintf("%s-%04d", series, n)
	e := actor.Audit(now, access.VerbCaseCreate, c.ID).InCase(c.ID)
	if err := s.store.CreateCase(ctx, c, persons, members, e); err != nil {
		return Case{}, fmt.Errorf("create case: %w", err)
	}
	return c, nil
}

// Get returns the case as the actor may see it in the context of a meeting ("" = outside of any).
func (s *Service) Get(ctx context.Context, actor access.Actor, meetingID, caseID string) (Detail, error) {
	m, err := s.gate.look(ctx, actor, meetingID, caseID)
	if err != nil {
		return Detail{}, err
	}
	c, persons, members, err := s.rows(ctx, m.scope(), caseID)
	if err != nil {
		return Detail{}, err
	}
	e := actor.Audit(s.time(), access.VerbCaseOpen, caseID).InCase(caseID).InMeeting(meetingID)
	if err := s.store.AppendAudit(ctx, e); err != nil {
		return Detail{}, fmt.Errorf("audit of opening a case: %w", err)
	}
	d := Detail{Case: c, StageLabel: c.Stage.Label(), Next: []Stage{}, Persons: []PersonCard{}, Members: []Member{}, Holder: actor.Holder()}
	if d.Holder {
		d.Next = append(d.Next, c.Stage.Next()...)
		ending, err := s.store.EndingOf(ctx, m.scope(), caseID)
		if err != nil {
			return Detail{}, fmt.Errorf("end of a case: %w", err)
		}
		d.End = ending.Last
	}
	for _, p := range persons {
		d.Persons = append(d.Persons, m.card(p))
	}
	d.Members = append(d.Members, m.membersTold(members)...)
	return d, nil
}

// List returns the cases of the actor's scope, numbers and initials only. Of a word that was searched for the log keeps the mark.
func (s *Service) List(ctx context.Context, actor access.Actor, q Query) ([]Summary, error) {
	if q.Limit == 0 {
		q.Limit = 50
	}
	switch {
	case q.Limit < 0 || q.Limit > 200:
		return nil, fault.New(fault.Invalid, "一度に表示できるのは200件までです。").On("limit")
	case q.Stage != "" && q.Stage.Label() == "":
		return nil, fault.New(fault.Invalid, "段階を選び直してください。").On("stage")
	case text.GraphemeLen(q.Number) > 60:
		return nil, fault.New(fault.Invalid, "検索の言葉は60文字までです。").On("number")
	}
	list, err := s.store.Cases(ctx, access.ScopeOf(actor), q)
	if err != nil {
		return nil, fmt.Errorf("list cases: %w", err)
	}
	e := actor.Audit(s.time(), access.VerbCaseList, "")
	if strings.TrimSpace(q.Number) != "" {
		e.Reason, e.Hash = access.ReasonSearch, s.words.Mark(actor.Tenant, q.Number)
	}
	if err := s.store.AppendAudit(ctx, e); err != nil {
		return nil, fmt.Errorf("audit of the case list: %w", err)
	}
	for i := range list {
		list[i].Initials = initials(list[i].SubjectKana)
		list[i].SubjectKana = nil
	}
	return list, nil
}

// SavePerson adds (ID "") or changes a person. Holders only.
func (s *Service) SavePerson(ctx context.Context, actor access.Actor, caseID string, in PersonInput) (Person, error) {
	if err := holder(actor); err != nil {
		return Person{}, err
	}
	now := s.time()
	if err := in.check("", now); err != nil {
		return Person{}, err
	}
	persons, err := s.store.Persons(ctx, access.ScopeOf(actor), caseID)
	if err != nil {
		return Person{}, fmt.Errorf("persons of a case: %w", err)
	}
	i := slices.IndexFunc(persons, func(p Person) bool { return p.ID == in.ID })
	switch {
	case in.ID == "" && len(persons) >= maxPersons:
		return Person{}, tooMany
	case in.ID == "":
		in.ID = access.NewID(now)
		if in.Ord == 0 {
			in.Ord = len(persons) + 1
		}
	case i < 0:
		return Person{}, fault.New(fault.NotFound, "この世帯員は見つかりません。画面を更新してください。")
	case in.Ord == 0:
		in.Ord = persons[i].Ord
	}
	if i >= 0 && persons[i].Subject && !in.Subject && subjects(persons) == 1 {
		return Person{}, fault.New(fault.Invalid, "支援の対象者(本人)が一人もいなくなります。先に別の世帯員を本人にしてください。").On("subject")
	}
	p := in.person(actor.Tenant, caseID, now)
	if err := s.store.SavePerson(ctx, p, actor.Audit(now, access.VerbPersonSave, p.ID).InCase(caseID)); err != nil {
		return Person{}, fmt.Errorf("save person: %w", err)
	}
	return p, nil
}

// AddMember makes an agency a member of the case. Holders only.
func (s *Service) AddMember(ctx context.Context, actor access.Actor, caseID, agencyID, note string) error {
	if err := holder(actor); err != nil {
		return err
	}
	if agencyID == "" {
		return fault.New(fault.Invalid, "機関を選んでください。").On("agencyId")
	}
	if err := text.Line("note", "関わり方", note, 100); err != nil {
		return err
	}
	now := s.time()
	m := Member{CaseID: caseID, AgencyID: agencyID, Since: now, Note: note}
	if err := s.store.AddMember(ctx, actor.Tenant, m, actor.Audit(now, access.VerbMemberAdd, agencyID).InCase(caseID)); err != nil {
		return fmt.Errorf("add member: %w", err)
	}
	return nil
}

// RemoveMember ends the membership; the agency loses access at once, also on open connections. Holders only.
func (s *Service) RemoveMember(ctx context.Context, actor access.Actor, caseID, agencyID string) error {
	if err := holder(actor); err != nil {
		return err
	}
	now := s.time()
	e := actor.Audit(now, access.VerbMemberRemove, agencyID).InCase(caseID)
	if err := s.store.RemoveMember(ctx, actor.Tenant, caseID, agencyID, now, e); err != nil {
		return fmt.Errorf("remove member: %w", err)
	}
	return nil
}

// time is now as the store keeps it.
func (s *Service) time() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

func holder(a access.Actor) error {
	if a.Tenant != "" && a.Holder() {
		return nil
	}
	return fault.New(fault.Forbidden, "ケースを変更できるのは、事務局(多機関協働担当)と市の所管課だけです。")
}
