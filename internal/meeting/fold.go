package meeting

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/plans"
)

// Fold computes the state from all events of a meeting, in order. m gives the row's fixed fields; everything else comes from the
// events. An event that cannot be read is Internal: the log is ours.
func Fold(m Meeting, events []Event) (State, error) {
	s := State{}
	for i, e := range events {
		if e.Seq != int64(i+1) {
			return State{}, fault.Wrap(fault.Internal, fmt.Errorf("meeting %s: event %d stands at %d", m.ID, e.Seq, i+1), "")
		}
		if err := s.apply(e); err != nil {
			return State{}, fault.Wrap(fault.Internal, fmt.Errorf("meeting %s: event %d (%s): %w", m.ID, e.Seq, e.Kind, err), "")
		}
	}
	s.Meeting.ID, s.Meeting.Tenant, s.Meeting.CaseID, s.Meeting.No = m.ID, m.Tenant, m.CaseID, m.No
	return s, nil
}

// apply takes one event in. Unknown kinds change nothing but the sequence: an older program may read a newer log.
func (s *State) apply(e Event) error {
	if f, ok := folds[e.Kind]; ok {
		if err := f(s, e); err != nil {
			return err
		}
	}
	s.Meeting.Seq = e.Seq
	s.lastAt = e.At
	return nil
}

// on decodes the data of an event before handing it to the fold of its kind.
func on[T any](f func(*State, Event, T)) func(*State, Event) error {
	return func(s *State, e Event) error {
		var d T
		if len(e.Data) > 0 {
			if err := json.Unmarshal(e.Data, &d); err != nil {
				return err
			}
		}
		f(s, e, d)
		return nil
	}
}

// folds says what each kind of event does to the state.
var folds = map[Kind]func(*State, Event) error{
	KindCreated:       on(foldCreated),
	KindEdited:        on(foldEdited),
	KindConvened:      on(func(s *State, e Event, d convenedData) { s.Convened = convened(e, d) }),
	KindMode:          on(foldMode),
	KindChair:         on(foldChair),
	KindAgenda:        on(foldAgenda),
	KindAgendaRemoved: on(foldAgendaRemoved),
	KindAgendaState:   on(foldAgendaState),
	KindProject:       on(func(s *State, _ Event, d idData) { s.Current = d.ID }),
	KindSeat:          on(foldSeat),
	KindSeatRemoved:   on(foldSeatRemoved),
	KindSeatExcused:   on(foldExcused),
	KindDesignated:    on(foldDesignated),
	KindGuest:         on(foldGuest),
	KindGuestRemoved:  on(foldGuestRemoved),
	KindReception:     on(func(s *State, _ Event, _ struct{}) { s.Meeting.Status = StatusReception }),
	KindJoined:        on(foldJoined),
	KindLeft:          on(foldLeft),
	KindAttendance:    on(foldAttendance),
	KindSecrecy:       on(foldSecrecy),
	KindOpened:        on(foldOpened),
	KindPhase:         on(func(s *State, e Event, d idData) { s.enter(d.ID, e.At) }),
	KindHand:          on(foldHand),
	KindFloor:         on(foldFloor),
	KindTurns:         on(foldTurns),
	KindTurn:          on(foldTurn),
	KindTurnsEnd:      on(foldTurnsEnd),
	KindNote:          on(foldNote),
	KindNoteState:     on(foldNoteState),
	KindShown:         on(func(s *State, _ Event, d shownData) { s.Shown = d.Tab }),
	KindConference:    on(func(s *State, _ Event, d conferenceData) { s.Conference = d.URL }),
	KindRowReason:     on(foldRowReason),
	KindCarried:       on(func(s *State, _ Event, d carriedData) { s.Carried = append(s.Carried, d.Rows...) }),
	KindRole:          on(func(s *State, _ Event, d roleData) { s.Roles = append(s.Roles, d) }),
	KindFreezing:      on(foldFreezing),
	KindFrozen:        on(foldFrozen),
	KindReopened:      on(foldReopened),
	KindAnswered:      on(foldAnswered),
	KindObjectionDone: on(foldObjectionDone),
	KindDecided:       on(foldDecided),
	KindNext:          on(func(s *State, _ Event, d nextData) { s.Next = &Next{d.Date, d.Time, d.Agenda} }),
	KindWithdrawn:     on(foldWithdrawn),
	KindClosing:       on(foldClosing),
	KindClosed:        on(foldClosed),
	KindSealed:        on(func(s *State, _ Event, _ sealedData) { s.dropProblems() }),
	KindWaiver:        on(foldWaiver),
	KindAmend:         on(foldAmend),
	KindProposed:      on(foldProposed),
	KindConfirmed:     on(foldConfirmed),
	KindFinal:         on(foldFinal),
	KindCorrect:       on(foldCorrect),
	KindCorrectUndone: on(foldCorrectUndone),
	KindHandover:      on(foldHandover),
	KindHandoverDone:  on(foldHandoverDone),
	KindSense:         on(foldSense),
	KindSensed:        on(foldSensed),
	KindSuggested:     on(foldSuggested),
	KindSuggestDone:   on(foldSuggestDone),
	KindComment:       on(foldComment),
	KindCommentState:  on(foldCommentState),
	KindTicked:        on(foldTicked),
	KindSurvey:        on(foldSurvey),
	KindCancelled:     on(foldCancelled),
	KindPrepared:      on(foldPrepared),
	KindLeadOffered:   on(func(*State, Event, plans.LeadOffer) {}), // the offers are those of the case; the event is for the minutes
	KindLeadAnswered:  on(func(*State, Event, leadAnsweredData) {}),
	KindPrepFor:       on(foldPrepFor),
}

func foldCreated(s *State, e Event, d createdData) {
	s.Meeting = d.Meeting
	s.Meeting.Tenant, s.Meeting.ID = e.Tenant, e.MeetingID
	s.Meeting.Status = StatusDraft
	s.Meeting.CreatedAt, s.Meeting.CreatedBy = e.At, e.ActorID
	for _, p := range d.Phases {
		s.Phases = append(s.Phases, PhaseState{PhaseDef: p})
	}
	s.seated()
	for _, seat := range d.Seats {
		foldSeat(s, e, seat)
	}
	for _, a := range d.Agenda {
		s.Agenda = append(s.Agenda, *a)
	}
}

func foldEdited(s *State, _ Event, d editedData) {
	m := &s.Meeting
	set(&m.Title, d.Title)
	set(&m.PlannedStart, d.PlannedStart)
	set(&m.PlannedEnd, d.PlannedEnd)
	set(&m.Place, d.Place)
	set(&m.Form, d.Form)
	set(&m.PlanID, d.PlanID)
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

func convened(e Event, d convenedData) *Convened {
	return &Convened{Convener: d.Convener, Basis: d.Basis, Reason: d.Reason, At: e.At, By: e.ActorName}
}

func foldMode(s *State, e Event, d modeData) {
	s.Meeting.Mode = d.Mode
	s.ModeNote = convened(e, d.convenedData)
	if d.Mode == consent.ModeSupport {
		s.Convened = s.ModeNote
	}
}

func foldChair(s *State, _ Event, d chairData) {
	m := &s.Meeting
	switch d.Role {
	case "chair":
		m.ChairID = d.UserID
	case "recorder":
		m.RecorderID = d.UserID
	case "deputy":
		m.DeputyIDs = slices.DeleteFunc(slices.Clone(m.DeputyIDs), func(id string) bool { return id == d.UserID })
		if !d.Remove {
			m.DeputyIDs = append(m.DeputyIDs, d.UserID)
		}
	}
}

func foldAgenda(s *State, _ Event, d AgendaItem) {
	for i := range s.Agenda {
		if s.Agenda[i].ID == d.ID {
			d.State, d.Note = s.Agenda[i].State, s.Agenda[i].Note
			s.Agenda[i] = d
			return
		}
	}
	s.Agenda = append(s.Agenda, d)
}

func foldAgendaRemoved(s *State, _ Event, d idData) {
	s.Agenda = slices.DeleteFunc(s.Agenda, func(a AgendaItem) bool { return a.ID == d.ID })
	if s.Current == d.ID {
		s.Current = ""
	}
}

func foldAgendaState(s *State, _ Event, d agendaStateData) {
	for i := range s.Agenda {
		if s.Agenda[i].ID == d.ID {
			s.Agenda[i].State, s.Agenda[i].Note = d.State, d.Note
		}
	}
}

func foldOpened(s *State, e Event, d openedData) {
	s.Meeting.Status = StatusOpen
	at := e.At
	s.Meeting.OpenedAt = &at
	s.Consents = d.Consents
	if len(s.Phases) > 0 {
		s.enter(s.Phases[0].ID, e.At)
	}
}

// enter begins a phase and adds up the one before.
func (s *State) enter(id string, at time.Time) {
	s.leavePhase(at)
	for i := range s.Phases {
		if s.Phases[i].ID == id {
			s.Phase = id
			s.Phases[i].Current = true
			s.Phases[i].BegunAt = &at
		}
	}
}

func (s *State) leavePhase(at time.Time) {
	for i := range s.Phases {
		p := &s.Phases[i]
		if p.Current {
			p.Seconds += int(at.Sub(*p.BegunAt) / time.Second)
			p.Current = false
		}
	}
	s.Phase = ""
}

func foldHand(s *State, e Event, d handData) {
	s.Hands = slices.DeleteFunc(s.Hands, func(h Hand) bool { return h.Key == e.ActorID })
	if !d.Up {
		return
	}
	s.Hands = append(s.Hands, Hand{Key: e.ActorID, Name: e.ActorName, AgencyID: e.AgencyID, Kind: d.Kind, At: e.At})
	slices.SortStableFunc(s.Hands, func(a, b Hand) int { return handRank(a.Kind) - handRank(b.Kind) })
}

func handRank(kind string) int {
	return slices.Index([]string{"safety", "object", "ask", "speak"}, kind)
}

func foldFloor(s *State, e Event, d floorData) {
	s.endFloor(e.At)
	s.Floor, s.floorSince = d.AgencyID, e.At
	s.Hands = slices.DeleteFunc(s.Hands, func(h Hand) bool { return h.AgencyID == d.AgencyID })
}

func (s *State) endFloor(at time.Time) {
	if seat := s.seat(s.Floor); seat != nil {
		seat.Spoken += int(at.Sub(s.floorSince) / time.Second)
	}
	s.Floor = ""
}

func foldRowReason(s *State, e Event, d rowReasonData) {
	now := RowReason{d.ActionID, d.PersonID, d.Item, d.Reason, e.ActorName, e.At}
	s.RowReasons = slices.DeleteFunc(s.RowReasons, func(r RowReason) bool { return r.row() == now.row() })
	if d.Reason != "" {
		s.RowReasons = append(s.RowReasons, now)
	}
}

func foldWithdrawn(s *State, e Event, d withdrawnData) {
	s.Withdrawals = append(s.Withdrawals, WithdrawalNote{PersonID: d.PersonID, Record: d.Record, Agencies: d.Agencies,
		Items: d.Items, At: e.At, By: e.ActorName})
}

func objectionID(e Event) string { return eventID("o", e) }

// eventID names what an event brought about.
func eventID(prefix string, e Event) string { return prefix + strconv.FormatInt(e.Seq, 10) }
