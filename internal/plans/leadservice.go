package plans

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
)

// Leads keep who was asked to become 主担当 and what was answered. An offer made or answered inside a meeting is part of its transaction: see
// meeting.Change.
type Leads interface {
	// LeadOffers returns the offers of a case with their answers, oldest first. NotFound outside of the scope.
	LeadOffers(ctx context.Context, s access.Scope, caseID string) ([]LeadOffer, error)
	// AddLeadOffer writes an offer. Conflict when one of the kind is open in the case, NotFound when there is no such case.
	AddLeadOffer(ctx context.Context, o LeadOffer, e access.Entry) error
	// AnswerLead writes an answer and what it makes of its offer. Conflict when the offer is not open (any more).
	AnswerLead(ctx context.Context, a LeadAnswer, e access.Entry) error
}

// LeadView is what one reader may see of 主担当 of a case.
type LeadView struct {
	Now    LeadHolder  `json:"now"`
	After  LeadHolder  `json:"after"`
	Offers []LeadLine  `json:"offers"` // newest first
	Kinds  []LeadLabel `json:"kinds"`  // what the reader may ask for; none when the reader may not
	// Withheld: the reader sees only what concerns its own agency, without words.
	Withheld bool `json:"withheld"`
}

// LeadLine is an offer with what the reader may do with it.
type LeadLine struct {
	LeadOffer
	KindLabel  string `json:"kindLabel"`
	StateLabel string `json:"stateLabel"`
	Answer     bool   `json:"mayAnswer"`
	Withdraw   bool   `json:"mayWithdraw"`
}

// LeadLabel is a kind with its word.
type LeadLabel struct {
	Kind  LeadKind `json:"kind"`
	Label string   `json:"label"`
}

// sight says how much of a case's 主担当 somebody sees: all, or only that the own agency was asked.
type sight int

const (
	seesNothing sight = iota
	seesOwn
	seesAll
)

// leadSight asks the gate for the household's 基本情報, in which 主担当 stands.
func (s *Service) leadSight(ctx context.Context, actor access.Actor, meetingID, caseID string) (sight, error) {
	if actor.Tenant == "" {
		return seesNothing, fault.New(fault.Unauthorized, "")
	}
	r, err := s.gate.Rights(ctx, actor, meetingID, live.Meta{Tenant: actor.Tenant, Kind: live.KindPlan, CaseID: caseID, Item: consent.ItemBasic})
	switch {
	case err != nil:
		return seesNothing, err
	case r.Read:
		return seesAll, nil
	case Disclosed(r):
		return seesOwn, nil
	}
	return seesNothing, fault.New(fault.NotFound, "")
}

// LeadPlace gathers where an offer of a case stands, for whoever the gate lets see the case; Desk is left to the meeting.
func (s *Service) LeadPlace(ctx context.Context, actor access.Actor, meetingID, caseID string) (LeadPlace, error) {
	p, _, err := s.leadPlace(ctx, actor, meetingID, caseID)
	return p, err
}

func (s *Service) leadPlace(ctx context.Context, actor access.Actor, meetingID, caseID string) (LeadPlace, sight, error) {
	sees, err := s.leadSight(ctx, actor, meetingID, caseID)
	if err != nil {
		return LeadPlace{}, sees, err
	}
	whole := access.Scope{Tenant: actor.Tenant, All: true} // the gate has said yes
	p := LeadPlace{CaseID: caseID, MeetingID: meetingID}
	if p.Offers, err = s.store.LeadOffers(ctx, whole, caseID); err != nil {
		return p, sees, err
	}
	h, err := s.store.PlanHousehold(ctx, actor.Tenant, caseID)
	if err != nil {
		return p, sees, err
	}
	known := func(id string) (string, bool) {
		i := slices.IndexFunc(h.Agencies, func(a MemberAgency) bool { return a.ID == id })
		if i < 0 {
			return "", false
		}
		return h.Agencies[i].Name, h.Agencies[i].Member
	}
	p.To = known
	now, after, agreed, err := s.planned(ctx, whole, caseID)
	if err != nil {
		return p, sees, err
	}
	p.Now = LeadOf(LeadNow, now, p.Offers, agreed, known)
	p.After = LeadOf(LeadAfter, after, p.Offers, agreed, known)
	return p, sees, nil
}

// planned reads whom the plans of a case name: the newest agreed version counts for 主担当機関, a plan that is being written only where none is
// agreed; 終結後の主担当 is what the newest plan says.
func (s *Service) planned(ctx context.Context, scope access.Scope, caseID string) (now, after string, agreed time.Time, err error) {
	list, err := s.store.PlansOfCase(ctx, scope, caseID)
	if err != nil {
		return "", "", agreed, err
	}
	for i, p := range list {
		_, parts, _, err := s.Whole(ctx, scope.Tenant, p.ID)
		if err != nil {
			return "", "", agreed, err
		}
		body := ReadBody(p, parts)
		if i == 0 {
			now, after = body.Lead, body.AfterLead
		}
		versions, err := s.store.PlanVersions(ctx, scope.Tenant, p.ID)
		if err != nil {
			return "", "", agreed, err
		}
		if j := slices.IndexFunc(versions, func(v Version) bool { return v.State == VersionAgreed }); j >= 0 {
			if agreed = versions[j].FrozenAt; i > 0 { // what is agreed stays as it was agreed to: its documents are frozen
				now = body.Lead
			}
			break
		}
	}
	return now, after, agreed, nil
}

// Leads is who is 主担当 of a case and who was asked, for one reader, in a meeting or ("") outside of any. Who is outside of the consent, but whose
// agency was asked, reads that it was, and answers; the words stay with those who see the household's 基本情報.
func (s *Service) Leads(ctx context.Context, actor access.Actor, meetingID, caseID string, desk bool) (LeadView, error) {
	p, sees, err := s.leadPlace(ctx, actor, meetingID, caseID)
	if err != nil {
		return LeadView{}, err
	}
	p.Desk = desk
	v := LeadView{Offers: []LeadLine{}, Kinds: []LeadLabel{}, Withheld: sees != seesAll}
	if sees == seesAll {
		v.Now, v.After = p.Now, p.After
		if MayOfferLead(actor, p) {
			for _, k := range []LeadKind{LeadNow, LeadAfter} {
				v.Kinds = append(v.Kinds, LeadLabel{k, k.Label()})
			}
		}
	}
	for _, o := range slices.Backward(p.Offers) {
		own := actor.AgencyID != "" && (o.To == actor.AgencyID || o.From == actor.AgencyID)
		if sees != seesAll {
			if !own {
				continue
			}
			o = o.wordless()
		}
		v.Offers = append(v.Offers, LeadLine{LeadOffer: o, KindLabel: o.Kind.Label(), StateLabel: o.State.Label(), Answer: MayAnswerLead(actor, o),
			Withdraw: MayWithdrawLead(actor, o, desk)})
	}
	return v, nil
}

// wordless is the offer without what people wrote.
func (o LeadOffer) wordless() LeadOffer {
	o.Note = ""
	o.Answers = slices.Clone(o.Answers)
	for i := range o.Answers {
		o.Answers[i].Reason = ""
	}
	return o
}

// OfferLead asks an agency outside of a meeting.
func (s *Service) OfferLead(ctx context.Context, actor access.Actor, caseID string, in LeadInput) (LeadOffer, error) {
	if actor.Guest() {
		return LeadOffer{}, fault.New(fault.Forbidden, "招待された方は、会議の中で頼んでください。")
	}
	p, sees, err := s.leadPlace(ctx, actor, "", caseID)
	if err != nil {
		return LeadOffer{}, err
	}
	if sees != seesAll {
		return LeadOffer{}, fault.New(fault.Forbidden, "同意の範囲により、このケースの主担当を頼むことはできません。")
	}
	to := p.To
	p.To = func(id string) (string, bool) { // outside of a meeting only who is of the case
		name, member := to(id)
		return name, member
	}
	now := s.clock()
	o, err := MakeLead(actor, in, p, now)
	if err != nil {
		return LeadOffer{}, err
	}
	return o, s.store.AddLeadOffer(ctx, o, actor.Audit(now, access.VerbLeadOffer, o.ID).InCase(caseID))
}

// AnswerLead answers or takes back an offer outside of a meeting.
func (s *Service) AnswerLead(ctx context.Context, actor access.Actor, caseID, offerID string, in LeadReply) error {
	if actor.Guest() {
		return fault.New(fault.Forbidden, "招待された方は、会議の中で返事をしてください。")
	}
	p, _, err := s.leadPlace(ctx, actor, "", caseID)
	if err != nil {
		return err
	}
	o, err := p.Offer(offerID)
	if err != nil {
		return err
	}
	now := s.clock()
	a, err := AnswerLead(actor, o, in, p, now)
	if err != nil {
		return err
	}
	e := actor.Audit(now, access.VerbLeadAnswer, o.ID).InCase(caseID)
	e.Reason = string(in.Answer)
	return s.store.AnswerLead(ctx, a, e)
}

// Offer finds an offer of the case.
func (p LeadPlace) Offer(id string) (LeadOffer, error) {
	i := slices.IndexFunc(p.Offers, func(o LeadOffer) bool { return o.ID == id })
	if i < 0 {
		return LeadOffer{}, fault.New(fault.NotFound, "この申し出は見つかりません。画面を更新してください。")
	}
	return p.Offers[i], nil
}

// handedOver warns when a plan that is being written names another 主担当機関 than the one that has accepted it since the newest agreement: a plan made
// from the one before still has the old name.
func (s *Service) handedOver(ctx context.Context, r reading, body Body, versions []Version) (Warning, error) {
	main := slices.ContainsFunc(r.parts, func(p Part) bool { return p.PersonID == "" && p.Item == consent.ItemBasic })
	if !main || slices.ContainsFunc(versions, func(v Version) bool { return v.State == VersionAgreed }) {
		return Warning{}, nil // not the reader's to see, or agreed as it stands
	}
	offers, err := s.store.LeadOffers(ctx, access.Scope{Tenant: r.plan.Tenant, All: true}, r.plan.CaseID)
	if err != nil {
		return Warning{}, err
	}
	o, ok := accepted(offers, LeadNow, time.Time{})
	if !ok || o.To == body.Lead {
		return Warning{}, nil
	}
	_, _, agreed, err := s.planned(ctx, access.Scope{Tenant: r.plan.Tenant, All: true}, r.plan.CaseID)
	if err != nil || !o.last().At.After(agreed) {
		return Warning{}, err
	}
	return Warning{Code: "lead_differs", Column: o.To, Message: "主担当機関は、" + o.ToName + "が引き受けています。プランの「主担当機関」を確かめてください。"}, nil
}
