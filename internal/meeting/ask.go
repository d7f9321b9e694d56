package meeting

import (
	"slices"

	"kasane/internal/access"
)

// round is the current round, nil when the plan is not frozen for agreement in this meeting.
func (s *State) round() *Round {
	if len(s.Rounds) == 0 || s.Rounds[len(s.Rounds)-1].VoidAt != nil {
		return nil
	}
	return &s.Rounds[len(s.Rounds)-1]
}

func (s *State) seat(agencyID string) *Seat {
	for i := range s.Seats {
		if s.Seats[i].AgencyID == agencyID {
			return &s.Seats[i]
		}
	}
	return nil
}

func (s *State) person(key string) *Attendee {
	for i := range s.People {
		if s.People[i].Key == key {
			return &s.People[i]
		}
	}
	return nil
}

func (s *State) guest(id string) *Guest {
	for i := range s.Guests {
		if s.Guests[i].ID == id {
			return &s.Guests[i]
		}
	}
	return nil
}

// attended tells whether anybody of the agency has been in the meeting.
func (s *State) attended(agencyID string) bool {
	return slices.ContainsFunc(s.People, func(a Attendee) bool { return a.AgencyID == agencyID && a.Attended() })
}

// asked lists the agencies whose answer the meeting waits for: a seat that answers, somebody of it has come, and it was not
// recorded as having left. A cut connection does not take the question away.
func (s *State) asked() []string {
	var out []string
	for _, seat := range s.Seats {
		if !seat.Observer && seat.Excused == "" && s.attended(seat.AgencyID) {
			out = append(out, seat.AgencyID)
		}
	}
	return out
}

// missing lists the agencies that are asked and have not answered the current hash.
func (s *State) missing() []string {
	r := s.round()
	if r == nil {
		return nil
	}
	var out []string
	for _, id := range s.asked() {
		if !slices.ContainsFunc(r.Answers, func(a SeatAnswer) bool { return a.AgencyID == id }) {
			out = append(out, id)
		}
	}
	return out
}

// openObjections lists the objections nobody has closed.
func (s *State) openObjections() []Objection {
	var out []Objection
	for _, o := range s.Objections {
		if o.DoneAt == nil {
			out = append(out, o)
		}
	}
	return out
}

// outcome is what the answers say by the rule of domain.md §4.6; only asked agencies count.
func (s *State) outcome() Outcome {
	r := s.round()
	if r == nil || r.Hash == "" || len(s.asked()) == 0 || len(s.missing()) > 0 {
		return OutcomePending
	}
	if len(s.openObjections()) > 0 {
		return OutcomeObjected
	}
	asked := s.asked()
	out := OutcomeApproved
	for _, a := range r.Answers {
		switch {
		case !slices.Contains(asked, a.AgencyID):
		case a.Answer == AnswerTakeback:
			return OutcomeWaiting
		case a.Answer == AnswerConditional:
			out = OutcomeConditional
		}
	}
	return out
}

// subject is an actor with its part in this meeting.
type subject struct {
	actor access.Actor
	who   who
}

func (s subject) is(w who) bool { return s.who&w != 0 }

// subject finds the part an actor has. An actor of another municipality, or without any tie to the meeting, has none.
func (s *State) subject(a access.Actor) subject {
	m := s.Meeting
	sub := subject{actor: a}
	if a.Tenant == "" || a.Tenant != m.Tenant {
		return sub
	}
	seat := s.seat(a.AgencyID)
	if a.Guest() {
		g := s.guest(a.UserID)
		if a.GuestMeeting != m.ID || g == nil || g.Removed {
			return sub
		}
		sub.who = whoPresent
		if seat != nil && !seat.Observer && !a.Has(access.RoleObserver) {
			sub.who |= whoSeat
		}
		return sub
	}
	if a.UserID == "system" {
		return subject{actor: a, who: whoSystem}
	}
	if a.Holder() {
		sub.who |= whoHolder | whoPresent
	}
	if a.UserID != "" && (a.UserID == m.ChairID || slices.Contains(m.DeputyIDs, a.UserID)) {
		sub.who |= whoChair | whoPresent
	}
	if a.UserID != "" && a.UserID == m.RecorderID {
		sub.who |= whoRecorder | whoPresent
	}
	if seat != nil && a.HasAny(access.RoleAgency, access.RoleSecretariat, access.RoleCity, access.RoleChair, access.RoleObserver) {
		sub.who |= whoPresent
		if !seat.Observer && a.HasAny(access.RoleAgency, access.RoleSecretariat, access.RoleCity, access.RoleChair) {
			sub.who |= whoSeat
		}
	}
	return sub
}
