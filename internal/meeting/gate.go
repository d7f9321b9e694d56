package meeting

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
)

// folder keeps the folds of meetings the gate has been asked about: when rights change, every open document of every connection asks at
// once. The row says how far the log is, so a fold is never older than the row that was read before it.
type folder struct {
	mu    sync.Mutex
	known map[string]*folded
}

type folded struct {
	mu sync.Mutex
	st State
}

// keep bounds how many meetings are remembered; they are forgotten all at once.
const keep = 256

// look brings the fold up to the row and shows it to see, which must not keep or change it.
func (f *folder) look(m Meeting, events func(after int64) ([]Event, error), see func(*State)) error {
	f.mu.Lock()
	if f.known == nil || len(f.known) > keep {
		f.known = map[string]*folded{}
	}
	key := m.Tenant + "/" + m.ID
	e := f.known[key]
	if e == nil {
		e = &folded{}
		f.known[key] = e
	}
	f.mu.Unlock()

	e.mu.Lock()
	defer e.mu.Unlock()
	if e.st.Meeting.Seq < m.Seq {
		next, err := events(e.st.Meeting.Seq)
		if err != nil {
			return err
		}
		for _, x := range next {
			if x.Seq != e.st.Meeting.Seq+1 {
				err = fmt.Errorf("meeting %s: event %d follows %d", m.ID, x.Seq, e.st.Meeting.Seq)
			} else {
				err = e.st.apply(x)
			}
			if err != nil {
				e.st = State{} // half applied: begin again next time
				return fault.Wrap(fault.Internal, err, "")
			}
		}
		e.st.Meeting.ID, e.st.Meeting.Tenant, e.st.Meeting.CaseID = m.ID, m.Tenant, m.CaseID
	}
	see(&e.st)
	return nil
}

// GateFacts tells the consent gate what the meeting knows about an actor at this moment. It implements cases.Meetings.
func (s *Service) GateFacts(ctx context.Context, tenant, meetingID string, actor access.Actor) (cases.MeetingFacts, error) {
	if tenant == "" || meetingID == "" || (actor.Tenant != "" && actor.Tenant != tenant) {
		return cases.MeetingFacts{}, nil
	}
	m, err := s.Store.MeetingByID(ctx, access.Scope{Tenant: tenant, All: true}, meetingID)
	if fault.Is(err, fault.NotFound) {
		return cases.MeetingFacts{}, nil
	}
	if err != nil {
		return cases.MeetingFacts{}, err
	}
	var f cases.MeetingFacts
	err = s.folds.look(m, func(after int64) ([]Event, error) { return s.Store.MeetingEvents(ctx, tenant, meetingID, after) },
		func(st *State) { f = st.gateFacts(tenant, actor) })
	return f, err
}

func (s *State) gateFacts(tenant string, actor access.Actor) cases.MeetingFacts {
	m := s.Meeting
	f := cases.MeetingFacts{Exists: true, CaseID: m.CaseID, Mode: m.Mode, Open: m.Status.Running(), PlanID: m.PlanID}
	seat := s.seat(actor.AgencyID)
	f.Designated = seat != nil && (seat.Member || seat.Designated != nil)
	if m.Mode == consent.ModeLayered {
		f.Designated = seat != nil
	}
	if actor.UserID == "" { // anybody of the agency
		f.Participant = seat != nil
		f.MayWrite = f.Participant && f.Open && !seat.Observer
		return f
	}
	actor.Tenant = tenant
	sub := s.subject(actor)
	f.Participant = sub.is(whoPresent)
	f.Confirmed = s.confirmed(actor.UserID)
	f.WasThere, f.ClosedAt, f.Observer = s.wasThere(sub), m.ClosedAt, seat != nil && seat.Observer
	f.MayPrepare = sub.is(whoSeat) && f.Designated && slices.Contains(preparing, m.Status)
	if slices.Contains(preparing, m.Status) {
		f.PrepareFor = s.entered()
	}
	for _, p := range s.Prepared {
		f.Prepared = append(f.Prepared, p.AgencyID)
	}
	for _, a := range s.Agenda {
		f.Agenda = append(f.Agenda, a.ID)
	}
	f.Cancelled = m.Status == StatusCancelled
	f.MinutesOpen = f.WasThere && m.Status.unconfirmed()
	switch {
	case sub.is(whoHolder | whoRecorder):
		f.MayWrite = slices.Index(Statuses(), m.Status) < slices.Index(Statuses(), StatusClosing) || s.Amending
	case sub.is(whoSeat | whoChair):
		f.MayWrite = f.Open
	}
	return f
}
