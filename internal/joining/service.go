package joining

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/community"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/sheets"
)

// Service is what can be done with 参加支援.
type Service struct {
	store Store
	gate  Gate
	books sheets.Books
	now   func() time.Time
}

// NewService makes the service.
func NewService(st Store, gate Gate, books sheets.Books, now func() time.Time) *Service {
	return &Service{store: st, gate: gate, books: books, now: now}
}

func (s *Service) clock() time.Time             { return s.now().UTC().Truncate(time.Microsecond) }
func (s *Service) today() jptime.Date           { return jptime.DateOf(s.now()) }
func (s *Service) set(tenant string) sheets.Set { return s.books.Of(tenant).At(s.today().String()) }

// Board (参加支援の画面) is what one reader sees of it in a case.
type Board struct {
	People   []Person `json:"people"` // with whom one may begin
	Joinings []Line   `json:"joinings"`
	Items    []Class  `json:"items"`
}

// Person is somebody of the case whose 基本情報 the reader sees, with the classes the reader sees of them.
type Person struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	Items []string `json:"items"`
}

// Class is a class of information with its word.
type Class struct {
	Item  consent.Item `json:"item"`
	Label string       `json:"label"`
}

// Line is a 参加支援 as its reader sees it.
type Line struct {
	Joining
	State      State        `json:"state"`
	StateLabel string       `json:"stateLabel"`
	ItemLabel  string       `json:"itemLabel"`
	NeedLabels []string     `json:"needLabels"`
	AimLabel   string       `json:"aimLabel"`
	Uses       []Use        `json:"uses"`
	MayWrite   bool         `json:"mayWrite"`
	Suggested  []Suggestion `json:"suggested"` // for whoever writes, while it is open
}

// sight is what a reader sees of the persons of a case.
type sight map[string][]consent.Item

func (g sight) sees(person string, item consent.Item) bool {
	return slices.Contains(g[person], consent.ItemBasic) && slices.Contains(g[person], item)
}

// look asks the gate. NotFound for whoever has no part in the case.
func (s *Service) look(ctx context.Context, actor access.Actor, caseID string) (sight, error) {
	if err := access.Require(actor, access.ActJoining); err != nil {
		return nil, err
	}
	v, err := s.gate.View(ctx, actor, "", caseID)
	if err != nil {
		return nil, err
	}
	out := sight{}
	for _, p := range v.Persons {
		for _, i := range p.Items {
			if i.Allow && p.PersonID != "" {
				out[p.PersonID] = append(out[p.PersonID], i.Item)
			}
		}
	}
	return out, nil
}

// mayWrite: who holds the record, and the agency that accompanies the person.
func mayWrite(a access.Actor, agencyID string) bool {
	return a.Holder() || a.Has(access.RoleAgency) && a.AgencyID != "" && a.AgencyID == agencyID
}

// Board shows a case.
func (s *Service) Board(ctx context.Context, actor access.Actor, caseID string) (Board, error) {
	g, err := s.look(ctx, actor, caseID)
	if err != nil {
		return Board{}, err
	}
	list, err := s.store.Joinings(ctx, access.ScopeOf(actor), caseID)
	if err != nil {
		return Board{}, err
	}
	list = slices.DeleteFunc(list, func(j Joining) bool { return !g.sees(j.PersonID, j.Item) })
	persons, err := s.store.Persons(ctx, access.ScopeOf(actor), caseID)
	if err != nil {
		return Board{}, err
	}
	b := Board{People: people(actor, g, persons), Joinings: []Line{}, Items: []Class{}}
	for _, i := range Items() {
		b.Items = append(b.Items, Class{i, i.Label()})
	}
	places, taken, err := s.resources(ctx, actor, list)
	if err != nil {
		return Board{}, err
	}
	for _, j := range slices.Backward(list) {
		l := s.line(actor, j)
		if l.MayWrite && l.State != StateEnded {
			l.Suggested = suggest(s.set(actor.Tenant), j, places, taken)
		}
		b.Joinings = append(b.Joinings, l)
	}
	return b, s.store.AppendAudit(ctx, actor.Audit(s.clock(), access.VerbJoiningOpen, "").InCase(caseID))
}

// people are those with whom the reader may begin.
func people(actor access.Actor, g sight, persons []cases.Person) []Person {
	out := []Person{}
	for _, p := range persons {
		if !g.sees(p.ID, consent.ItemBasic) || !actor.Holder() && !actor.Has(access.RoleAgency) {
			continue
		}
		x := Person{ID: p.ID, Name: p.Name, Items: []string{}}
		for _, i := range Items() {
			if g.sees(p.ID, i) {
				x.Items = append(x.Items, string(i))
			}
		}
		out = append(out, x)
	}
	return out
}

// resources reads the register, when there is something to suggest for.
func (s *Service) resources(ctx context.Context, actor access.Actor, list []Joining) (places []community.Place, taken map[string]int, err error) {
	if !slices.ContainsFunc(list, func(j Joining) bool { return j.EndedOn == "" && mayWrite(actor, j.AgencyID) }) {
		return nil, nil, nil
	}
	if places, err = s.store.Places(ctx, actor.Tenant); err != nil {
		return nil, nil, err
	}
	taken, err = s.store.Taken(ctx, actor.Tenant)
	return places, taken, err
}

func (s *Service) line(actor access.Actor, j Joining) Line {
	set := s.set(actor.Tenant)
	l := Line{Joining: j, State: j.Standing(), ItemLabel: j.Item.Label(), NeedLabels: []string{}, Uses: append([]Use{}, j.uses()...), Suggested: []Suggestion{},
		MayWrite: mayWrite(actor, j.AgencyID)}
	l.StateLabel = l.State.Label()
	for _, n := range j.Needs {
		l.NeedLabels = append(l.NeedLabels, set.Label("join_need", n))
	}
	if j.Aim != "" {
		l.AimLabel = set.Label("join_aim", j.Aim)
	}
	l.Steps = []Step{}
	for _, x := range slices.Backward(j.Steps) {
		x.KindLabel = x.Kind.Label()
		if x.Method != "" {
			x.MethodLabel = set.Label("join_method", x.Method)
		}
		if x.Outcome != "" {
			x.OutcomeLabel = set.Label(outcomes[x.Kind], x.Outcome)
		}
		l.Steps = append(l.Steps, x)
	}
	return l
}

// Open begins a 参加支援 with a person whose 基本情報 and class the actor sees.
func (s *Service) Open(ctx context.Context, actor access.Actor, caseID string, in Input) error {
	g, err := s.look(ctx, actor, caseID)
	if err != nil {
		return err
	}
	if !actor.Holder() && !actor.Has(access.RoleAgency) {
		return fault.New(fault.Forbidden, "")
	}
	if in.PersonID == "" {
		return fault.New(fault.Invalid, "だれの参加支援かを選んでください。").On("personId")
	}
	if err := in.check(s.set(actor.Tenant), Joining{}, s.today()); err != nil {
		return err
	}
	if !g.sees(in.PersonID, in.Item) {
		return fault.New(fault.NotFound, "この人の参加支援は始められません。見る権限がないか、選んだ情報の区分が同意の範囲外です。")
	}
	now := s.clock()
	j := in.joining(Joining{ID: access.NewID(now), CaseID: caseID, PersonID: in.PersonID, Item: in.Item, AgencyID: actor.AgencyID})
	j.At, j.By, j.ByName = now, actor.UserID, actor.Name
	return s.store.AddJoining(ctx, actor.Tenant, j, actor.Audit(now, access.VerbJoiningSave, j.ID).InCase(caseID))
}

// joining is the input as a row upon what stood there.
func (in Input) joining(old Joining) Joining {
	j := old
	j.Needs, j.Fields, j.Aim, j.Wish, j.Free, j.District, j.OpenedOn = append([]string{}, in.Needs...), append([]string{}, in.Fields...), in.Aim, in.Wish, in.Free, in.District, in.OpenedOn
	j.N = old.N + 1
	return j
}

var stale = fault.New(fault.Conflict, "ほかの人がこの参加支援を先に書きました。画面を更新して、もう一度お試しください。")

// own finds one the actor sees and writes.
func (s *Service) own(ctx context.Context, actor access.Actor, caseID, id string, n int) (Joining, error) {
	g, err := s.look(ctx, actor, caseID)
	if err != nil {
		return Joining{}, err
	}
	list, err := s.store.Joinings(ctx, access.ScopeOf(actor), caseID)
	if err != nil {
		return Joining{}, err
	}
	i := slices.IndexFunc(list, func(j Joining) bool { return j.ID == id && g.sees(j.PersonID, j.Item) })
	switch {
	case i < 0:
		return Joining{}, fault.New(fault.NotFound, "この参加支援は見つかりません。画面を更新してください。")
	case !mayWrite(actor, list[i].AgencyID):
		return Joining{}, fault.New(fault.Forbidden, "書けるのは、担当の機関と、事務局・市の所管課です。")
	case list[i].N != n:
		return Joining{}, stale
	}
	return list[i], nil
}

// Save changes what is looked for. The class stays: what was written under one is not opened to more readers by a choice.
func (s *Service) Save(ctx context.Context, actor access.Actor, caseID, id string, in Input) error {
	old, err := s.own(ctx, actor, caseID, id, in.N)
	if err != nil {
		return err
	}
	if err := in.check(s.set(actor.Tenant), old, s.today()); err != nil {
		return err
	}
	switch {
	case in.Item != old.Item:
		return fault.New(fault.Invalid, "情報の区分は、後から変えられません。").On("item")
	case old.EndedOn != "":
		return fault.New(fault.Conflict, "この参加支援は終わっています。続けるときは、新しく始めてください。")
	case slices.ContainsFunc(old.Steps, func(x Step) bool { return x.Day < in.OpenedOn }):
		return fault.New(fault.Invalid, "始めた日より前の記録があります。日を確かめてください。").On("openedOn")
	}
	now := s.clock()
	j := in.joining(old)
	j.At, j.By, j.ByName = now, actor.UserID, actor.Name
	return s.store.SaveJoining(ctx, actor.Tenant, j, actor.Audit(now, access.VerbJoiningSave, id).InCase(caseID))
}

// Step adds a step.
func (s *Service) Step(ctx context.Context, actor access.Actor, caseID, id string, in StepInput) error {
	j, err := s.own(ctx, actor, caseID, id, in.N)
	if err != nil {
		return err
	}
	if err := in.check(s.set(actor.Tenant), j, s.today()); err != nil {
		return err
	}
	now := s.clock()
	x := Step{ID: access.NewID(now), JoiningID: id, Kind: in.Kind, PlaceID: in.PlaceID, Day: in.Day, Method: in.Method, Outcome: in.Outcome, Body: in.Body,
		AgencyName: actor.AgencyName, By: actor.UserID, ByName: actor.Name, At: now}
	j.N++
	return s.store.AddStep(ctx, actor.Tenant, j, x, actor.AgencyID, actor.Audit(now, access.VerbJoiningStep, x.ID).InCase(caseID))
}
