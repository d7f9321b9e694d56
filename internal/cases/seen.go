package cases

import (
	"context"
	"fmt"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
)

// Seen (この機関から見ると) is the case as an agency's people get it: what their own page would hold, no more and no less. It is made by the
// same functions as their page, from the same facts, as somebody of that agency with the ordinary role who has confirmed secrecy. Whoever of
// an agency holds the record (事務局, 所管課) sees more; that is of the person, not of the agency.
type Seen struct {
	// Inside: the agency can open the case at all. Otherwise it is told that there is no such case, and everything here is empty.
	Inside   bool         `json:"inside"`
	Number   string       `json:"number,omitempty"`
	Persons  []PersonCard `json:"persons"`
	Members  []Member     `json:"members"`
	Sections []Section    `json:"sections"`
}

// SeenBy shows a case through the eyes of an agency. Holders only: everybody else has their own page. Nothing is opened or made by it.
func (s *Service) SeenBy(ctx context.Context, actor access.Actor, meetingID, caseID, agencyID string) (Seen, error) {
	if !actor.Holder() {
		return Seen{}, fault.New(fault.Forbidden, "ほかの機関からの見え方を確かめられるのは、事務局と市の所管課だけです。")
	}
	m, err := s.gate.lookAs(ctx, actor.Tenant, meetingID, caseID, agencyID)
	if err != nil {
		return Seen{}, err
	}
	out := Seen{Inside: m.inside(), Persons: []PersonCard{}, Members: []Member{}, Sections: []Section{}}
	if !out.Inside {
		return out, nil
	}
	m.actor.UserID = "someone" // told as the agency is told: that something is kept from it is a secret itself
	c, persons, members, err := s.rows(ctx, m.scope(), caseID)
	if err != nil {
		return Seen{}, err
	}
	out.Number = c.Number
	for _, p := range persons {
		out.Persons = append(out.Persons, m.card(p))
	}
	out.Members = append(out.Members, m.membersTold(members)...)
	out.Sections = s.sectionLines(m, caseID, func(live.Meta, int) {})
	return out, nil
}

// lookAs gathers the facts of one moment for anybody of an agency who has confirmed secrecy.
func (g *Gatekeeper) lookAs(ctx context.Context, tenant, meetingID, caseID, agencyID string) (moment, error) {
	someone := access.Actor{Tenant: tenant, AgencyID: agencyID, Roles: []access.Role{access.RoleAgency}}
	m, err := g.look(ctx, someone, meetingID, caseID)
	m.meeting.Confirmed = true
	return m, err
}

// rows reads what the page of a case is made of.
func (s *Service) rows(ctx context.Context, scope access.Scope, caseID string) (c Case, persons []Person, members []Member, err error) {
	if c, err = s.store.Case(ctx, scope, caseID); err != nil {
		return c, nil, nil, fmt.Errorf("case: %w", err)
	}
	if persons, err = s.store.Persons(ctx, scope, caseID); err != nil {
		return c, nil, nil, fmt.Errorf("persons of a case: %w", err)
	}
	if members, err = s.store.Members(ctx, scope, caseID); err != nil {
		return c, nil, nil, fmt.Errorf("members of a case: %w", err)
	}
	return c, persons, members, nil
}

// membersTold: how another agency is involved is content, not membership.
func (m moment) membersTold(list []Member) []Member {
	out := make([]Member, 0, len(list))
	for _, x := range list {
		if !m.actor.Holder() && x.AgencyID != m.actor.AgencyID {
			x.Note = ""
		}
		out = append(out, x)
	}
	return out
}
