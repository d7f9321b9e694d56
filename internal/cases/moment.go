package cases

import (
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/live"
	"kasane/internal/text"
)

// moment is everything the gate knows at one moment about one actor in one case.
type moment struct {
	actor     access.Actor
	caseID    string
	meetingID string
	facts     GateCase
	meeting   MeetingFacts
	at        time.Time
}

// inside tells whether the actor has to do with the case at all: holder, current member, participant of the meeting.
func (m moment) inside() bool {
	switch {
	case m.facts.Barred:
		return false
	case m.actor.Holder(), m.glass() != nil:
		return true
	case !m.actor.Guest() && !m.actor.HasAny(access.RoleAgency, access.RoleChair, access.RoleObserver):
		return false // 記録・監査・システム管理: no case body
	case m.facts.Removed:
		return false // a removed agency loses access at once, in meetings too
	case m.meetingID == "":
		// guests and observers have one meeting, never the case
		return m.facts.Member && !m.actor.Guest() && m.actor.HasAny(access.RoleAgency, access.RoleChair)
	case m.actor.Guest() && m.actor.GuestMeeting != m.meetingID:
		return false
	}
	return m.meeting.Exists && m.meeting.CaseID == m.caseID && m.meeting.Participant
}

// glass is the 緊急時の閲覧 the actor reads the case by at this moment, nil for none. It is for the case, not for a meeting: what was said there stays there.
func (m moment) glass() *consent.Glass {
	if !m.actor.Has(access.RoleAdmin) || m.actor.Guest() || m.actor.Holder() || m.meetingID != "" {
		return nil
	}
	i := slices.IndexFunc(m.facts.Glasses, func(g consent.Glass) bool { return g.CaseID == m.caseID && g.UserID == m.actor.UserID && g.Live(m.at) })
	if i < 0 {
		return nil
	}
	return &m.facts.Glasses[i]
}

// scope is what the actor's reads of case rows are limited to.
func (m moment) scope() access.Scope {
	switch {
	case !m.inside():
		return access.Scope{}
	case m.actor.Holder():
		return access.ScopeOf(m.actor)
	case m.glass() != nil:
		return access.Scope{Tenant: m.actor.Tenant, UserID: m.actor.UserID, CaseID: m.caseID}
	case m.meetingID != "":
		return access.Scope{Tenant: m.actor.Tenant, MeetingID: m.meetingID}
	}
	return access.Scope{Tenant: m.actor.Tenant, AgencyID: m.actor.AgencyID}
}

// decide asks the gate for one person ("" = the household) and item.
func (m moment) decide(personID string, item consent.Item) consent.Decision {
	q := consent.Question{AgencyID: m.actor.AgencyID, Item: item, Purpose: consent.PurposeConference, At: m.at}
	f := consent.Facts{Barred: m.facts.Barred, Guest: m.actor.Guest(), Holder: m.actor.Holder(), Member: m.inside(), MeetingOpen: m.meeting.Open,
		Confirmed: m.meeting.Confirmed, Designated: m.meeting.Designated}
	found := false
	for _, p := range m.facts.Persons {
		if personID == "" {
			// the address of a household is that of everybody in it
			f.AddressSecret = f.AddressSecret || p.AddressSecret
		}
		if p.ID != personID && (personID != "" || !p.Subject) {
			continue
		}
		found = true
		q.Persons = append(q.Persons, p.ID)
		f.AddressSecret = f.AddressSecret || p.AddressSecret
		f.Withheld = f.Withheld || slices.Contains(p.WithheldFrom, m.actor.AgencyID)
	}
	f.Emergencies, f.Glass = m.facts.Emergencies, m.glass() != nil
	if !found && personID != "" && !f.Holder {
		return consent.Decision{Reason: consent.ReasonNotMember} // a person of another case
	}
	if m.meetingID != "" {
		f.Mode = m.meeting.Mode
		f.Member = f.Member && f.Mode != consent.ModeNone // a meeting without a legal mode opens nothing
		return consent.Decide(q, f, m.facts.Records)
	}
	q.Purpose = consent.PurposeCoordination
	d := consent.Decide(q, f, m.facts.Records)
	if d.Reason == consent.ReasonPurpose {
		q.Purpose = consent.PurposePlan
		d = consent.Decide(q, f, m.facts.Records)
	}
	return d
}

// rights says what the actor may do with a document of the case.
func (m moment) rights(doc live.Meta) live.Rights {
	holder := m.actor.Holder()
	if doc.Kind == live.KindPrep {
		return m.prepRights(doc)
	}
	if doc.Kind == live.KindMinutes && doc.OwnerID != m.meetingID && !holder {
		// What was said in one meeting is not carried into another by opening it there.
		return live.Rights{Reason: "member"}
	}
	if m.meeting.MinutesOpen && doc.Kind == live.KindMinutes && doc.OwnerID == m.meetingID {
		m.meeting.Open = true // for this one record; every other condition of the gate stands
	}
	d := m.decide(doc.PersonID, doc.Item)
	switch {
	case !d.Allow:
		return live.Rights{Reason: deniedCode(d.Reason)}
	case d.Reason == consent.ReasonBreakGlass:
		return live.Rights{Read: true, Reason: access.ReasonBreakGlass, Until: m.glass().Ends()}
	}
	r := live.Rights{Read: true}
	if !holder {
		r.Until = consent.NextTurn(m.at, m.facts.Records, m.facts.Emergencies)
	}
	observer := m.actor.Has(access.RoleObserver) && !m.actor.HasAny(access.RoleAgency, access.RoleChair)
	switch {
	case doc.Frozen:
		r.Reason = "frozen"
	case holder && (doc.Kind == live.KindSection || doc.Kind == live.KindPlan && m.meetingID == ""):
		r.Write = true
	case !holder && (observer || doc.Kind == live.KindSection || m.meetingID == ""):
		r.Reason = "role"
	case !holder && doc.Kind == live.KindPlan && doc.OwnerID != m.meeting.PlanID:
		r.Reason = "role"
	case !m.meeting.MayWrite:
		r.Reason = "closed"
	default:
		r.Write, r.OwnAgencyOnly = true, !holder
	}
	return r
}

// reasonCode is the stable code of live.Rights for an answer of the gate.
func reasonCode(r consent.Reason) string {
	switch r {
	case consent.ReasonBarred, consent.ReasonNotMember, consent.ReasonUndesignat, consent.ReasonInvalid:
		return "member"
	case consent.ReasonNotOpen:
		return "closed"
	case consent.ReasonSecrecy:
		return "secrecy"
	case consent.ReasonSecret:
		return "secret"
	}
	return "consent"
}

// deniedCode is reasonCode for a document: what was seen before and has ended is told apart from what never was in scope.
func deniedCode(r consent.Reason) string {
	if r == consent.ReasonWithdrawn || r == consent.ReasonExpired {
		return string(r)
	}
	return reasonCode(r)
}

// told is an answer as its reader may hear it: that something is kept from an agency (住所秘匿, 特定機関に非開示) is a secret itself, so
// it reads like any other item out of scope. A holder who looks through an agency's eyes hears the true ground.
func (m moment) told(d consent.Decision) consent.Decision {
	if d.Reason == consent.ReasonSecret && m.actor.UserID != "" {
		d.Reason = consent.ReasonScope
	}
	return d
}

// card masks a person for the actor: name, birth, sex, relation are 基本情報.
func (m moment) card(p Person) PersonCard {
	d := m.decide(p.ID, consent.ItemBasic)
	said := m.told(d).Reason
	c := PersonCard{Person: p, Initial: text.Initial(p.Kana), Reason: said, ReasonLabel: said.Label()}
	if !d.Allow {
		c.Hidden = true
		c.Person = Person{ID: p.ID, CaseID: p.CaseID, Ord: p.Ord, Subject: p.Subject}
		if reasonCode(d.Reason) != "consent" { // withheld from this agency, not yet designated, secrecy not confirmed: not even a letter
			c.Initial = ""
		}
	}
	if !m.actor.Holder() {
		c.WithheldFrom = nil
	}
	return c
}
