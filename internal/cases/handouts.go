package cases

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
)

// HandoutRights is what one actor may have of the hand-outs (資料) of a meeting at one moment.
type HandoutRights struct {
	m     moment
	ended bool
}

// Handouts answers for the hand-outs of a meeting: as the gate answers while the meeting runs, and for keep after 閉会, when it counts as open for who
// was there. Then they are gone (資料回収), but for who holds the record; with 中止 they are gone at once. NotFound: the actor has no part in the meeting.
func (g *Gatekeeper) Handouts(ctx context.Context, actor access.Actor, meetingID string, keep time.Duration) (HandoutRights, error) {
	if actor.Tenant == "" || meetingID == "" {
		return HandoutRights{}, noCase()
	}
	f, err := g.meetingFacts(ctx, actor, meetingID)
	if err != nil {
		return HandoutRights{}, err
	}
	if !f.Exists {
		return HandoutRights{}, noCase()
	}
	m, err := g.look(ctx, actor, meetingID, f.CaseID)
	if err != nil {
		return HandoutRights{}, err
	}
	if !m.inside() {
		return HandoutRights{}, noCase()
	}
	r := HandoutRights{m: m}
	if at := m.meeting.ClosedAt; at != nil && !actor.Holder() {
		r.ended = !m.at.Before(at.Add(keep))
		r.m.meeting.Open = m.meeting.WasThere && !r.ended
	}
	if m.meeting.Cancelled && !actor.Holder() {
		r.ended, r.m.meeting.Open = true, false
	}
	return r, nil
}

// Sees tells whether a hand-out about a person ("" = the household) and item is shown.
func (r HandoutRights) Sees(personID string, item consent.Item) bool {
	return r.m.caseID != "" && !r.ended && r.m.decide(personID, item).Allow
}

// Knows tells whether a person is of the household.
func (r HandoutRights) Knows(personID string) bool {
	return personID == "" || slices.ContainsFunc(r.m.facts.Persons, func(p GatePerson) bool { return p.ID == personID })
}

// Ended tells whether the time of the hand-outs is over for this reader.
func (r HandoutRights) Ended() bool { return r.ended }

// Observer tells whether the actor watches the meeting without a say.
func (r HandoutRights) Observer() bool {
	a := r.m.actor
	return r.m.meeting.Observer && !a.Holder() || a.Has(access.RoleObserver) && !a.HasAny(access.RoleAgency, access.RoleChair)
}

// Over tells whether nothing is handed out any more: after 閉会 and 中止.
func (r HandoutRights) Over() bool { return r.m.meeting.ClosedAt != nil || r.m.meeting.Cancelled }

// CaseID of the meeting.
func (r HandoutRights) CaseID() string { return r.m.caseID }

// ClosedAt is the instant of 閉会, nil before.
func (r HandoutRights) ClosedAt() *time.Time { return r.m.meeting.ClosedAt }

// Agenda are the ids of the items of the agenda.
func (r HandoutRights) Agenda() []string { return r.m.meeting.Agenda }
