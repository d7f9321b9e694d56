package meeting

import (
	"slices"
	"time"

	"kasane/internal/consent"
)

type turnsData struct {
	Minutes  int      `json:"minutes"`
	Agencies []string `json:"agencies"`
}

type turnData struct {
	AgencyID string `json:"agencyId"` // whose turn it is now; "" = nobody's
	Skipped  bool   `json:"skipped"`  // who had it was put off and comes later
}

type turnsEndData struct {
	Spoken []string `json:"spoken"`
	Passed []string `json:"passed"` // did not speak
}

type noteData struct {
	ID     string       `json:"id"`
	Kind   NoteKind     `json:"kind"`
	Text   string       `json:"text"`
	Item   consent.Item `json:"item"`
	Person string       `json:"person"`
	Shared bool         `json:"shared,omitempty"`
}

type noteStateData struct {
	IDs    []string `json:"ids"`
	State  string   `json:"state"`
	Reason string   `json:"reason"`
}

type shownData struct {
	Tab string `json:"tab"`
}

type conferenceData struct {
	URL string `json:"url"`
}

func foldTurns(s *State, e Event, d turnsData) {
	t := &Turns{Minutes: d.Minutes, Signal: signalAfter(d.Minutes), Order: []Turn{}, At: e.At}
	for _, id := range d.Agencies {
		t.Order = append(t.Order, Turn{AgencyID: id, State: turnWaiting})
	}
	s.Turns = t
	if len(t.Order) > 0 {
		s.takeTurn(t.Order[0].AgencyID, e)
	}
}

func foldTurn(s *State, e Event, d turnData) {
	if s.Turns == nil {
		return
	}
	s.Turns.leave(d.Skipped, e.At)
	s.takeTurn(d.AgencyID, e)
}

// takeTurn gives turn and floor to an agency; one that came late stands at the end of the order.
func (s *State) takeTurn(agencyID string, e Event) {
	if agencyID != "" {
		if s.Turns.turn(agencyID) == nil {
			s.Turns.Order = append(s.Turns.Order, Turn{AgencyID: agencyID})
		}
		t, at := s.Turns.turn(agencyID), e.At
		t.State, t.BegunAt = turnSpeaking, &at
	}
	foldFloor(s, e, floorData{AgencyID: agencyID})
}

// leave ends the turn of who has it.
func (t *Turns) leave(skipped bool, at time.Time) {
	x := t.turn(t.speaking())
	if x == nil {
		return
	}
	x.Seconds += int(at.Sub(*x.BegunAt) / time.Second)
	x.State, x.BegunAt = turnDone, nil
	if skipped {
		x.State = turnSkipped
		x.Skips++
	}
}

func foldTurnsEnd(s *State, e Event, _ turnsEndData) {
	if s.Turns == nil {
		return
	}
	s.Turns.leave(false, e.At)
	at := e.At
	s.Turns.EndedAt = &at
	s.endFloor(e.At)
}

func foldNote(s *State, e Event, d noteData) {
	s.Notes = append(s.Notes, Note{ID: d.ID, Kind: d.Kind, Text: d.Text, Item: d.Item, Person: d.Person, Shared: d.Shared, By: e.ActorName,
		AgencyID: e.AgencyID, AgencyName: e.AgencyName, At: e.At})
}

func foldNoteState(s *State, _ Event, d noteStateData) {
	for i := range s.Notes {
		if slices.Contains(d.IDs, s.Notes[i].ID) {
			s.Notes[i].State, s.Notes[i].Reason = d.State, d.Reason
		}
	}
}
