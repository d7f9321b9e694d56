package cases

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/live"
)

// Round implements live.Gate: the same answers as the gate itself, from facts that are read once. The consents of a household are by far the
// most of what is read, and they are the same for everybody who is asked about.
func (g *Gatekeeper) Round() live.Gate {
	round := &Gatekeeper{store: &roundStore{GateStore: g.store, cases: map[[2]string]GateCase{}, selves: map[[4]string]GateCase{}}, now: g.now}
	if g.meetings != nil {
		round.meetings = &roundMeetings{Meetings: g.meetings, facts: map[[5]string]MeetingFacts{}}
	}
	return round
}

// roundStore keeps the facts of a case, and those of each agency and user. What could not be read is read again.
type roundStore struct {
	GateStore
	cases  map[[2]string]GateCase
	selves map[[4]string]GateCase
}

// GateCase implements GateStore.
func (s *roundStore) GateCase(ctx context.Context, tenant, caseID, agencyID, userID string) (GateCase, error) {
	of, who := [2]string{tenant, caseID}, [4]string{tenant, caseID, agencyID, userID}
	facts, known := s.cases[of]
	if !known {
		read, err := s.GateStore.GateCase(ctx, tenant, caseID, agencyID, userID)
		if err != nil {
			return GateCase{}, err
		}
		s.cases[of], s.selves[who] = read, read
		return read, nil
	}
	self, known := s.selves[who]
	if !known {
		var err error
		if self, err = s.GateStore.GateSelf(ctx, tenant, caseID, agencyID, userID); err != nil {
			return GateCase{}, err
		}
		s.selves[who] = self
	}
	facts.Member, facts.Removed, facts.Barred, facts.Glasses = self.Member, self.Removed, self.Barred, self.Glasses
	return facts, nil
}

// roundMeetings keeps what a meeting says of somebody.
type roundMeetings struct {
	Meetings
	facts map[[5]string]MeetingFacts
}

// GateFacts implements Meetings.
func (m *roundMeetings) GateFacts(ctx context.Context, tenant, meetingID string, actor access.Actor) (MeetingFacts, error) {
	k := [5]string{tenant, meetingID, actor.AgencyID, actor.UserID, actor.SessionID}
	if f, known := m.facts[k]; known {
		return f, nil
	}
	f, err := m.Meetings.GateFacts(ctx, tenant, meetingID, actor)
	if err == nil {
		m.facts[k] = f
	}
	return f, err
}
