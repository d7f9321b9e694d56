package cases

import (
	"slices"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/live"
)

// prepRights says what the actor may do with a document of a 準備シート. Whoever wrote it reads it and goes on writing, also before the gate opens
// the case to them: an agency's own sheet holds nothing but what that agency wrote, so nothing is given to it. Everybody else reads what the
// gate shows them, in the sheet's own meeting and after it was handed in; those who hold the record do not wait for that. Nobody writes into
// the sheet of another agency, but who holds the record while it is entered for that agency (代行入力).
func (m moment) prepRights(doc live.Meta) live.Rights {
	meetingID, agencyID := doc.Sheet()
	holder := m.actor.Holder()
	if meetingID == "" || meetingID != m.meetingID && !holder {
		return live.Rights{Reason: "member"}
	}
	if m.ownSheet(doc.PersonID, agencyID) {
		r := live.Rights{Read: true}
		if doc.PersonID != "" && !holder { // it knows the person as long as consent lasts
			r.Until = consent.NextTurn(m.at, m.facts.Records, m.facts.Emergencies)
		}
		switch {
		case doc.Frozen:
			r.Reason = "frozen"
		case meetingID != m.meetingID || !m.meeting.MayPrepare:
			r.Reason = "closed"
		default:
			r.Write = true
		}
		return r
	}
	if !holder && !slices.Contains(m.meeting.Prepared, agencyID) {
		return live.Rights{Reason: "member"}
	}
	d := m.decide(doc.PersonID, doc.Item)
	if !d.Allow || d.Reason == consent.ReasonBreakGlass {
		return live.Rights{Reason: deniedCode(d.Reason)}
	}
	r := live.Rights{Read: true, Reason: "role"}
	if holder && meetingID == m.meetingID && !doc.Frozen && slices.Contains(m.meeting.PrepareFor, agencyID) { // 代行入力
		return live.Rights{Read: true, Write: true}
	}
	if !holder {
		r.Until = consent.NextTurn(m.at, m.facts.Records, m.facts.Emergencies)
	}
	return r
}

// ownSheet tells whether the actor writes for the agency of a sheet, about the household or about somebody it knows by name.
func (m moment) ownSheet(personID, agencyID string) bool {
	writes := m.actor.Holder() || m.actor.HasAny(access.RoleAgency, access.RoleChair)
	if agencyID == "" || agencyID != m.actor.AgencyID || m.actor.Guest() || !writes || !m.inside() {
		return false
	}
	return personID == "" || m.knows(personID)
}

// knows tells whether the gate tells the actor who a person is, in this meeting or, to a member, outside of it. A person kept from the agency
// (特定機関に非開示) is not known to it.
func (m moment) knows(personID string) bool {
	if m.decide(personID, consent.ItemBasic).Allow {
		return true
	}
	m.meetingID, m.meeting = "", MeetingFacts{}
	return m.inside() && m.decide(personID, consent.ItemBasic).Allow
}
