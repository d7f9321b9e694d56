package cases

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
)

// View is persons × items × answer, for the chips of the screen.
type View struct {
	AgencyID string       `json:"agencyId"`
	Mode     consent.Mode `json:"mode"`
	Persons  []PersonView `json:"persons"` // the household ("") first
}

// PersonView is one line of a View.
type PersonView struct {
	PersonID string     `json:"personId"`
	Items    []ItemView `json:"items"`
}

// ItemView is one chip.
type ItemView struct {
	Item        consent.Item   `json:"item"`
	Label       string         `json:"label"`
	Allow       bool           `json:"allow"`
	Reason      consent.Reason `json:"reason"`
	ReasonLabel string         `json:"reasonLabel"`
	Record      string         `json:"record,omitempty"` // 同意書番号
}

// View answers for the actor itself.
func (g *Gatekeeper) View(ctx context.Context, actor access.Actor, meetingID, caseID string) (View, error) {
	m, err := g.look(ctx, actor, meetingID, caseID)
	if err != nil {
		return View{}, err
	}
	if !m.inside() {
		return View{}, noCase()
	}
	return m.view(), nil
}

// MinutesView is View for the paper of a meeting's own minutes: who is asked to confirm it in a 重層的支援会議 sees after 閉会 what consent
// covers, guests too. A 支援会議 shows names and agenda while it runs only.
func (g *Gatekeeper) MinutesView(ctx context.Context, actor access.Actor, meetingID, caseID string) (View, error) {
	m, err := g.look(ctx, actor, meetingID, caseID)
	if err != nil {
		return View{}, err
	}
	if !m.inside() {
		return View{}, noCase()
	}
	if m.meeting.MinutesOpen && m.meeting.Mode == consent.ModeLayered {
		m.meeting.Open = true
	}
	return m.view(), nil
}

// ViewAs answers for an agency (「この機関から見ると」), assuming its people have confirmed secrecy. Holders may ask for
// any agency, others for their own.
func (g *Gatekeeper) ViewAs(ctx context.Context, actor access.Actor, meetingID, caseID, agencyID string) (View, error) {
	if !actor.Holder() {
		if agencyID != actor.AgencyID {
			return View{}, fault.New(fault.Forbidden, "ほかの機関からの見え方を確かめられるのは、事務局と市の所管課だけです。")
		}
		return g.View(ctx, actor, meetingID, caseID)
	}
	m, err := g.lookAs(ctx, actor.Tenant, meetingID, caseID, agencyID)
	if err != nil {
		return View{}, err
	}
	return m.view(), nil
}

func (m moment) view() View {
	v := View{AgencyID: m.actor.AgencyID, Mode: m.meeting.Mode, Persons: []PersonView{m.personView("")}}
	for _, p := range m.facts.Persons {
		v.Persons = append(v.Persons, m.personView(p.ID))
	}
	return v
}

func (m moment) personView(personID string) PersonView {
	v := PersonView{PersonID: personID}
	for _, item := range consent.Items() {
		d := m.told(m.decide(personID, item))
		v.Items = append(v.Items, ItemView{Item: item, Label: item.Label(), Allow: d.Allow, Reason: d.Reason, ReasonLabel: d.Reason.Label(), Record: d.Record})
	}
	return v
}
