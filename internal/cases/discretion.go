package cases

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Discretion (本人に非開示) says that one class of information about a person must not reach the person or the household: a 虐待通報, what somebody else has
// told. Staff who may see it see it as before; whatever is made for the person asks ToPerson.
type Discretion struct {
	CaseID   string       `json:"-"`
	PersonID string       `json:"personId"` // "" = the household
	Item     consent.Item `json:"item"`
	Reason   string       `json:"reason"`
	By       string       `json:"by"`
	At       time.Time    `json:"at"`
}

// covers tells whether a text about a person ("" = the household) falls under it: the household's texts of the class tell of everybody in it.
func (d Discretion) covers(personID string, item consent.Item) bool {
	return d.Item == item && (d.PersonID == personID || personID == "")
}

// Discretions lists what is kept from the person, oldest first. Holders only.
func (s *Service) Discretions(ctx context.Context, actor access.Actor, caseID string) ([]Discretion, error) {
	if err := holder(actor); err != nil {
		return nil, err
	}
	list, err := s.store.Discretions(ctx, access.ScopeOf(actor), caseID)
	if err != nil {
		return nil, fmt.Errorf("discretions of a case: %w", err)
	}
	return list, nil
}

// SetDiscretion keeps a class of information from the person from now on, also on open screens. Holders only, with a reason. Conflict: it is kept
// already. NotFound: no such case or person.
func (s *Service) SetDiscretion(ctx context.Context, actor access.Actor, d Discretion) error {
	if err := holder(actor); err != nil {
		return err
	}
	if !d.Item.Valid() {
		return fault.New(fault.Invalid, "本人に非開示とする情報の項目を選んでください。").On("item")
	}
	if err := text.Required("reason", "理由", d.Reason); err != nil {
		return err
	}
	if err := text.Memo("reason", "理由", d.Reason, 200); err != nil {
		return err
	}
	persons, err := s.store.Persons(ctx, access.ScopeOf(actor), d.CaseID)
	if err != nil {
		return fmt.Errorf("discretion: %w", err)
	}
	if d.PersonID != "" && !slices.ContainsFunc(persons, func(p Person) bool { return p.ID == d.PersonID }) {
		return fault.New(fault.Invalid, "だれの情報かを選び直してください。").On("personId")
	}
	now := s.time()
	d.By, d.At = actor.UserID, now
	e := actor.Audit(now, access.VerbCaseDiscretion, d.PersonID).InCase(d.CaseID)
	e.Reason = string(d.Item)
	if err := s.store.SetDiscretion(ctx, actor.Tenant, d, e); err != nil {
		return fmt.Errorf("discretion: %w", err)
	}
	return nil
}

// LiftDiscretion ends it. Holders only. NotFound: there is none.
func (s *Service) LiftDiscretion(ctx context.Context, actor access.Actor, caseID, personID string, item consent.Item) error {
	if err := holder(actor); err != nil {
		return err
	}
	e := actor.Audit(s.time(), access.VerbCaseDiscretionEnd, personID).InCase(caseID)
	e.Reason = string(item)
	if err := s.store.LiftDiscretion(ctx, actor.Tenant, caseID, personID, item, e); err != nil {
		return fmt.Errorf("discretion: %w", err)
	}
	return nil
}

// ToPerson is View for what the person gets to see: the screen in the room, papers for them. Whoever makes it must be allowed to see it as well.
func (g *Gatekeeper) ToPerson(ctx context.Context, actor access.Actor, meetingID, caseID string) (View, error) {
	v, err := g.View(ctx, actor, meetingID, caseID)
	if err != nil {
		return View{}, err
	}
	kept, err := g.store.Discretions(ctx, access.Scope{Tenant: actor.Tenant, All: true}, caseID)
	if err != nil {
		return View{}, fmt.Errorf("what is kept from the person: %w", err)
	}
	for _, p := range v.Persons {
		for i := range p.Items {
			x := &p.Items[i]
			if x.Allow && slices.ContainsFunc(kept, func(d Discretion) bool { return d.covers(p.PersonID, x.Item) }) {
				x.Allow, x.Reason, x.ReasonLabel, x.Record = false, consent.ReasonNotToPerson, consent.ReasonNotToPerson.Label(), ""
			}
		}
	}
	return v, nil
}
