package meeting

import (
	"slices"
	"time"
)

func foldFreezing(s *State, e Event, d freezingData) {
	s.Meeting.Status = StatusAgreeing
	s.endSense()
	s.Rounds = append(s.Rounds, Round{PlanID: d.PlanID, Version: d.Version, At: e.At, By: e.ActorName})
}

func foldFrozen(s *State, _ Event, d frozenData) {
	if r := s.round(); r != nil && r.Version == d.Version {
		r.Hash = d.Hash
	}
}

func foldReopened(s *State, e Event, d reasonData) {
	s.Meeting.Status = StatusOpen
	if r := s.round(); r != nil {
		at := e.At
		r.Void, r.VoidAt, r.Decision = d.Reason, &at, nil
	}
}

func foldAnswered(s *State, e Event, d answeredData) {
	r := s.round()
	if r == nil || r.Hash != d.Hash {
		return // an answer counts only for the hash it names
	}
	name := e.AgencyName
	if seat := s.seat(d.AgencyID); seat != nil {
		name = seat.Name
	}
	a := SeatAnswer{AgencyID: d.AgencyID, AgencyName: name, Answer: d.Answer, Reason: d.Reason, Due: d.Due, Part: d.Part,
		Instead: d.Instead, Spot: d.Spot, Speaker: d.Speaker, Proxy: d.Proxy, By: e.ActorName, Oral: d.Oral, At: e.At}
	if i := slices.IndexFunc(r.Answers, func(x SeatAnswer) bool { return x.AgencyID == d.AgencyID }); i >= 0 {
		r.Answers[i] = a
	} else {
		r.Answers = append(r.Answers, a)
	}
	r.Decision = nil
	s.settleObjections(e, d.AgencyID, "あらためて回答した")
	if d.Answer == AnswerObject {
		s.Objections = append(s.Objections, Objection{ID: objectionID(e), AgencyID: d.AgencyID, AgencyName: name, By: e.ActorName,
			Version: r.Version, Hash: d.Hash, Reason: d.Reason, Part: d.Part, Instead: d.Instead, Spot: d.Spot, At: e.At})
	}
	s.reveal(e.At)
}

// settleObjections closes the open objections of an agency: its newer answer speaks for it.
func (s *State) settleObjections(e Event, agencyID, how string) {
	for i := range s.Objections {
		if o := &s.Objections[i]; o.AgencyID == agencyID && o.DoneAt == nil {
			at := e.At
			o.DoneAt, o.DoneBy, o.DoneHow = &at, e.ActorName, how
		}
	}
}

// reveal opens the answers once every asked agency has answered. It never closes them again.
func (s *State) reveal(at time.Time) {
	s.revealSense(at)
	r := s.round()
	if r == nil || r.Revealed != nil || r.Hash == "" || len(r.Answers) == 0 || len(s.missing()) > 0 {
		return
	}
	r.Revealed = &at
}

func foldObjectionDone(s *State, e Event, d objectionDoneData) {
	for i := range s.Objections {
		if o := &s.Objections[i]; o.ID == d.ID && o.DoneAt == nil {
			at := e.At
			o.DoneAt, o.DoneBy, o.DoneHow = &at, e.ActorName, d.Reason
		}
	}
}

func foldDecided(s *State, e Event, d decidedData) {
	if r := s.round(); r != nil && r.Hash == d.Hash {
		r.Decision = &Decision{Outcome: d.Outcome, Reason: d.Reason, Review: d.Review, By: e.ActorName, At: e.At}
	}
}

func foldClosing(s *State, e Event, d closingData) {
	s.Meeting.Status = StatusClosing
	at := e.At
	s.Meeting.ClosedAt = &at
	s.leavePhase(at)
	s.endFloor(at)
	s.Hands = nil
	for i := range s.People {
		s.People[i].conns = nil
		s.People[i].end(at)
	}
	s.Closing = &ClosingState{At: at, By: e.ActorName, ByID: e.ActorID, Seq: e.Seq, Numbers: d.Numbers}
}

func foldClosed(s *State, _ Event, d closedData) {
	s.Meeting.Status = StatusClosed
	s.Closed = &ClosedState{Minutes: d.Minutes, Hash: d.Hash, Problems: d.Problems, Left: d.Left}
}

func (s *State) dropProblems() {
	if s.Closed != nil {
		s.Closed.Problems = nil
	}
}

func foldWaiver(s *State, e Event, d waiverData) {
	s.Waivers = append(s.Waivers, Waiver{Paper: d.Paper, Reason: d.Reason, By: e.ActorName, At: e.At})
}

func foldAmend(s *State, _ Event, _ reasonData) {
	s.Meeting.Status = StatusClosed
	s.Amending, s.Proposed = true, nil
}

func foldProposed(s *State, e Event, d proposedData) {
	s.Meeting.Status = StatusConfirming
	s.Amending = false
	s.corrected(func(c *Reopening) { c.Proposed, c.Changed = true, d.Changed })
	s.Proposed = &Proposed{Version: d.Version, Hash: d.Hash, Until: d.Until, At: e.At}
	if s.Closed != nil {
		s.Closed.Minutes, s.Closed.Hash = d.Version, d.Hash
	}
}

func foldConfirmed(s *State, e Event, d confirmedData) {
	s.Confirmed = slices.DeleteFunc(s.Confirmed, func(c Confirmation) bool { return c.AgencyID == d.AgencyID && c.Version == d.Version })
	s.Confirmed = append(s.Confirmed, Confirmation{AgencyID: d.AgencyID, OK: d.OK, Opinion: d.Opinion, Version: d.Version, By: e.ActorName, At: e.At})
}

func foldFinal(s *State, e Event, d finalData) {
	s.Meeting.Status = StatusSealed
	s.Editions++
	s.Final = &FinalState{Version: d.Version, Number: d.Number, Reason: d.Reason, By: e.ActorName, At: e.At}
}
