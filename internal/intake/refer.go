package intake

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
)

// listedAtOnce is how many つなぎ a list shows.
const listedAtOnce = 200

// mayRefer tells whether the actor may hand the case over: whoever is of it and takes 相談 in.
func (p place) mayRefer() bool {
	return access.Can(p.actor, access.ActIntake) && p.actor.AgencyID != "" && p.c.Stage != cases.StageClosed
}

// Options are what can be handed over to an agency. Nothing in it is chosen.
type Options struct {
	ToName string    `json:"toName"`
	Parts  []Offered `json:"parts"`
}

// Options tells a sender what it could hand over to an agency, with what is not possible and why.
func (s *Service) Options(ctx context.Context, actor access.Actor, caseID, to string) (Options, error) {
	p, agency, pass, err := s.toward(ctx, actor, caseID, to)
	if err != nil {
		return Options{}, err
	}
	return Options{agency.Name, p.offered(p.parts(s.set(actor.Tenant)), pass)}, nil
}

// toward gathers a case, an agency it may be handed over to, and what that agency may be given.
func (s *Service) toward(ctx context.Context, actor access.Actor, caseID, to string) (p place, agency access.Agency, pass cases.View, err error) {
	if err := access.Require(actor, access.ActIntake); err != nil {
		return p, agency, pass, err
	}
	if p, err = s.look(ctx, actor, caseID); err != nil {
		return p, agency, pass, err
	}
	if !p.mayRefer() {
		return p, agency, pass, fault.New(fault.Conflict, "終結したケースはつなげません。事務局に再受付を頼んでください。")
	}
	all, err := s.store.ListAgencies(ctx, actor.Tenant)
	if err != nil {
		return p, agency, pass, err
	}
	i := slices.IndexFunc(all, func(a access.Agency) bool { return a.ID == to && a.Active })
	if i < 0 || to == actor.AgencyID {
		return p, agency, pass, fault.New(fault.Invalid, "つなぎ先の機関を選び直してください。").On("to")
	}
	agency = all[i]
	members, err := s.store.Members(ctx, access.Scope{Tenant: actor.Tenant, All: true}, caseID)
	switch {
	case err != nil:
		return p, agency, pass, err
	case slices.ContainsFunc(members, func(m cases.Member) bool { return m.AgencyID == to && m.Until == nil }):
		return p, agency, pass, fault.New(fault.Conflict, agency.Name+"は、すでにこのケースの関わる機関です。").On("to")
	case actor.Holder() && kept(p.persons, to):
		return p, agency, pass, fault.New(fault.Conflict, "本人の情報は、この機関に開示しない設定です（特定機関に非開示）。つなぐ前に設定を確かめてください。").On("to")
	}
	pass, err = s.gate.PassView(ctx, actor.Tenant, caseID, to)
	return p, agency, pass, err
}

// Refer hands a case over. The same input sent again is one つなぎ.
func (s *Service) Refer(ctx context.Context, actor access.Actor, caseID string, in ReferralInput) error {
	now := s.clock()
	if err := in.check(now); err != nil {
		return err
	}
	p, agency, pass, err := s.toward(ctx, actor, caseID, in.To)
	if err != nil {
		return err
	}
	parts, err := choose(p.offered(p.parts(s.set(actor.Tenant)), pass), in.Picks)
	if err != nil {
		return err
	}
	if err := p.namesNobody(in.Reason, parts); err != nil {
		return err
	}
	r := Referral{ID: in.ID, Tenant: actor.Tenant, CaseID: caseID, From: actor.AgencyID, FromName: actor.AgencyName, To: agency.ID, ToName: agency.Name, Reason: in.Reason,
		Wish: in.Wish, Parts: parts, ByID: actor.UserID, ByName: actor.Name, ByPost: actor.Post, At: now, State: StateAsked}
	made, err := s.store.AddReferral(ctx, r, actor.Audit(now, access.VerbReferral, r.ID).InCase(caseID))
	if err != nil || made {
		return err
	}
	have, err := s.store.Referral(ctx, access.ScopeOf(actor), in.ID)
	if err != nil || have.ByID != actor.UserID || have.CaseID != caseID {
		return fault.New(fault.Conflict, "このつなぎは送れませんでした。画面を開き直して、もう一度お試しください。")
	}
	return nil
}

// ReferralLine is a つなぎ in a list, without words.
type ReferralLine struct {
	ID         string        `json:"id"`
	CaseID     string        `json:"caseId"` // "": the reader may not open the case (yet)
	CaseNumber string        `json:"caseNumber"`
	FromName   string        `json:"fromName"`
	ToName     string        `json:"toName"`
	At         time.Time     `json:"at"`
	Wish       string        `json:"wish"`
	State      ReferralState `json:"state"`
	StateLabel string        `json:"stateLabel"`
	Due        string        `json:"due"`
	Days       int           `json:"days"` // over its time
	Mine       bool          `json:"mine"` // the reader's agency is to answer
	// Kept: it does not reach the receiver, from whom the person is kept (特定機関に非開示). Told to who holds the record.
	Kept bool `json:"kept"`
}

// ReferralLists are the つなぎ of the reader's agency, and for who holds the record all that wait.
type ReferralLists struct {
	Received []ReferralLine `json:"received"`
	Sent     []ReferralLine `json:"sent"`
	Waiting  []ReferralLine `json:"waiting"`
	Days     int            `json:"days"`
}

// reader reads つなぎ for one actor at one moment.
type reader struct {
	s       *Service
	actor   access.Actor
	now     time.Time
	days    int
	persons map[string][]cases.Person
}

func (s *Service) reader(ctx context.Context, actor access.Actor) (*reader, error) {
	if err := access.Require(actor, access.ActIntake); err != nil {
		return nil, err
	}
	days, err := s.store.ReferralDays(ctx, actor.Tenant)
	return &reader{s: s, actor: actor, now: s.clock(), days: days, persons: map[string][]cases.Person{}}, err
}

// household reads whom a つなぎ is about.
func (r *reader) household(ctx context.Context, caseID string) ([]cases.Person, error) {
	if p, ok := r.persons[caseID]; ok {
		return p, nil
	}
	p, err := r.s.store.Persons(ctx, access.Scope{Tenant: r.actor.Tenant, All: true}, caseID)
	r.persons[caseID] = p
	return p, err
}

// line is a つなぎ as the actor may see it in a list; false: it is not there for them.
func (r *reader) line(ctx context.Context, x Referral) (ReferralLine, bool, error) {
	persons, err := r.household(ctx, x.CaseID)
	if err != nil {
		return ReferralLine{}, false, err
	}
	held, a := kept(persons, x.To), r.actor
	to, from := a.AgencyID == x.To, a.AgencyID == x.From
	if !a.Holder() && (!to && !from || to && held) {
		return ReferralLine{}, false, nil
	}
	l := ReferralLine{ID: x.ID, CaseID: x.CaseID, CaseNumber: x.CaseNumber, FromName: x.FromName, ToName: x.ToName, At: x.At, Wish: x.Wish, State: x.State,
		StateLabel: x.State.Label(), Due: x.due(), Days: x.Late(r.now, r.days), Mine: x.MayAnswer(a), Kept: held && a.Holder()}
	if !a.Holder() && to && x.State != StateAccepted {
		l.CaseID = ""
	}
	return l, true, nil
}

// lines are those of a list the actor sees.
func (r *reader) lines(ctx context.Context, list []Referral) ([]ReferralLine, error) {
	out := []ReferralLine{}
	for _, x := range list {
		l, ok, err := r.line(ctx, x)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, l)
		}
	}
	return out, nil
}

// Referrals lists the つなぎ of the actor's agency.
func (s *Service) Referrals(ctx context.Context, actor access.Actor) (ReferralLists, error) {
	r, err := s.reader(ctx, actor)
	if err != nil {
		return ReferralLists{}, err
	}
	out := ReferralLists{Days: r.days, Received: []ReferralLine{}, Sent: []ReferralLine{}, Waiting: []ReferralLine{}}
	own, err := s.store.Referrals(ctx, access.ScopeOf(actor), ReferralQuery{AgencyID: actor.AgencyID, Limit: listedAtOnce})
	if err != nil {
		return out, err
	}
	in := slices.DeleteFunc(slices.Clone(own), func(x Referral) bool { return x.To != actor.AgencyID })
	if out.Received, err = r.lines(ctx, in); err != nil {
		return out, err
	}
	if out.Sent, err = r.lines(ctx, slices.DeleteFunc(own, func(x Referral) bool { return x.From != actor.AgencyID })); err != nil {
		return out, err
	}
	if actor.Holder() {
		open, err := s.store.Referrals(ctx, access.ScopeOf(actor), ReferralQuery{Open: true, Limit: listedAtOnce})
		if err != nil {
			return out, err
		}
		if out.Waiting, err = r.lines(ctx, open); err != nil {
			return out, err
		}
	}
	return out, s.store.AppendAudit(ctx, actor.Audit(r.now, access.VerbReferralList, ""))
}

// OverdueReferrals are the つなぎ that wait over their time, the longest first: to who holds the record all, to others those from or to their own agency.
func (s *Service) OverdueReferrals(ctx context.Context, actor access.Actor) ([]ReferralLine, error) {
	out := []ReferralLine{}
	if actor.Guest() || !access.Can(actor, access.ActIntake) {
		return out, nil
	}
	r, err := s.reader(ctx, actor)
	if err != nil {
		return nil, err
	}
	q := ReferralQuery{Open: true, Limit: listedAtOnce}
	if !actor.Holder() {
		q.AgencyID = actor.AgencyID
	}
	list, err := s.store.Referrals(ctx, access.ScopeOf(actor), q)
	if err != nil {
		return nil, err
	}
	if out, err = r.lines(ctx, list); err != nil {
		return nil, err
	}
	out = slices.DeleteFunc(out, func(l ReferralLine) bool { return l.Days == 0 })
	slices.SortStableFunc(out, func(a, b ReferralLine) int { return b.Days - a.Days })
	return out, s.store.AppendAudit(ctx, actor.Audit(r.now, access.VerbOverdue, ""))
}

// ReferralsOf lists the つなぎ of a case. NotFound: the actor has nothing to do with it.
func (s *Service) ReferralsOf(ctx context.Context, actor access.Actor, caseID string) ([]ReferralLine, error) {
	r, err := s.reader(ctx, actor)
	if err != nil {
		return nil, err
	}
	if _, err := s.gate.View(ctx, actor, "", caseID); err != nil {
		return nil, err
	}
	list, err := s.store.Referrals(ctx, access.ScopeOf(actor), ReferralQuery{CaseID: caseID, Limit: listedAtOnce})
	if err != nil {
		return nil, err
	}
	return r.lines(ctx, list)
}
