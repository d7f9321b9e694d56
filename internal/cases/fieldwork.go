package cases

import (
	"context"
	"slices"

	"kasane/internal/access"
	"kasane/internal/consent"
)

// FieldRights is what one actor may have of the records of アウトリーチ of a case at one moment, outside of any meeting.
type FieldRights struct{ m moment }

// Fieldwork answers for the records of アウトリーチ: for staff of a current member of the case and for who holds the record. NotFound for everybody else:
// a guest or an observer has one meeting and never the case, and 緊急時の閲覧 is not for this.
func (g *Gatekeeper) Fieldwork(ctx context.Context, actor access.Actor, caseID string) (FieldRights, error) {
	m, err := g.look(ctx, actor, "", caseID)
	if err != nil {
		return FieldRights{}, err
	}
	if !m.inside() || m.glass() != nil {
		return FieldRights{}, noCase()
	}
	return FieldRights{m}, nil
}

// Sees tells whether what an agency recorded about a person ("" = the household) and item is shown: as the gate answers. An agency goes on seeing
// what it recorded itself, also without consent, for nothing is given to it by that; but nothing of somebody who is kept from it.
func (r FieldRights) Sees(agencyID, personID string, item consent.Item) bool {
	d := r.m.decide(personID, item)
	if d.Allow {
		return true
	}
	own := agencyID != "" && agencyID == r.m.actor.AgencyID && r.m.inside()
	return own && d.Reason != consent.ReasonSecret && d.Reason != consent.ReasonBarred && d.Reason != consent.ReasonNotMember
}

// Secret tells whether somebody is kept from the actor's agency, so that not even the number of records about them is told.
func (r FieldRights) Secret(personID string, item consent.Item) bool {
	return r.m.decide(personID, item).Reason == consent.ReasonSecret
}

// Address tells whether the address of a person is given to the actor, and if not, why, as the actor may hear it.
func (r FieldRights) Address(personID string) (given bool, why string) {
	d := r.m.decide(personID, consent.ItemAddress)
	return d.Allow, r.m.told(d).Reason.Label()
}

// Hidden tells whether the address of a person is 住所秘匿; only who holds the record asks.
func (r FieldRights) Hidden(personID string) bool {
	return slices.ContainsFunc(r.m.facts.Persons, func(p GatePerson) bool { return p.AddressSecret && (personID == "" || p.ID == personID) })
}

// Spared tells whether words about the household as a whole are kept from the actor's agency, because one of the household is (特定機関に非開示).
func (r FieldRights) Spared() bool {
	return !r.m.actor.Holder() && slices.ContainsFunc(r.m.facts.Persons, func(p GatePerson) bool { return slices.Contains(p.WithheldFrom, r.m.actor.AgencyID) })
}

// Knows tells whether a person is of the household; "" is the household itself.
func (r FieldRights) Knows(personID string) bool {
	return personID == "" || slices.ContainsFunc(r.m.facts.Persons, func(p GatePerson) bool { return p.ID == personID })
}

// Card is a person as the actor may see it.
func (r FieldRights) Card(p Person) PersonCard { return r.m.card(p) }

// Subjects are the persons the support is for, in household order.
func (r FieldRights) Subjects() (ids []string) {
	for _, p := range r.m.facts.Persons {
		if p.Subject {
			ids = append(ids, p.ID)
		}
	}
	return ids
}
