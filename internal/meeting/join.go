package meeting

import (
	"context"
	"encoding/json"
	"slices"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
)

// Join notes that a participant has come: conn is the connection ("" = entered by HTTP), form where they say they are, room or remote. A connection
// alone (form "") says only that a page is open: it begins no attendance of somebody with an account, who may be looking; whoever has said where they
// are comes back with it. A guest comes to take part, from afar. Saying another form while one is there corrects it. Outside of 受付 … 合意 nothing is
// noted: looking at a meeting that is prepared or over is no attendance. A second connection of the same person makes no second line.
func (s *Service) Join(ctx context.Context, actor access.Actor, meetingID, conn string, form Form) error {
	if conn == "" {
		conn = connEnter
	}
	return s.note(ctx, actor, meetingID, access.VerbMeetingJoin, func(st *State, d *deed) error {
		p := st.person(actor.UserID)
		here := p != nil && p.Here()
		known := p != nil && slices.Contains(p.conns, conn) || conn == connEnter && here
		if form != FormRoom && form != FormRemote {
			switch {
			case p != nil && p.Attended():
				form = p.Form
			case actor.Guest():
				form = FormRemote
			default:
				return nil
			}
		}
		if known && form == p.Form {
			return nil
		}
		return d.emit(KindJoined, joinedData{Conn: conn, Form: form, Guest: actor.Guest(), Changed: here && form != p.Form})
	})
}

// Leave notes that a connection of a participant has ended. The line of attendance ends with the last one.
func (s *Service) Leave(ctx context.Context, actor access.Actor, meetingID, conn string) error {
	if conn == "" {
		conn = connEnter
	}
	return s.note(ctx, actor, meetingID, access.VerbMeetingLeave, func(st *State, d *deed) error {
		if p := st.person(actor.UserID); p == nil || !slices.Contains(p.conns, conn) {
			return nil
		}
		return d.emit(KindLeft, leftData{Conn: conn})
	})
}

// note appends what happens by itself; it tries again when other events came first.
func (s *Service) note(ctx context.Context, actor access.Actor, meetingID string, verb access.Verb, make func(*State, *deed) error) error {
	var last error
	for range attempts {
		st, sub, err := s.load(ctx, actor, meetingID)
		if err != nil {
			return err
		}
		if !st.Meeting.Status.Running() {
			return nil
		}
		d := s.deed(&st, sub)
		d.audit = verb
		if err := make(&st, d); err != nil || len(d.change.Events) == 0 {
			return err
		}
		if last = d.commit(ctx); !fault.Is(last, fault.Conflict) {
			return last
		}
	}
	return last
}

// ConsentWithdrawn makes the events a withdrawal leaves in every running meeting of the case; it implements consent.MeetingNotes. The
// store of consent appends them in the transaction of the withdrawal.
func (s *Service) ConsentWithdrawn(ctx context.Context, actor access.Actor, r consent.Record, w consent.Withdrawal) ([]consent.Note, error) {
	list, err := s.Store.ListMeetings(ctx, access.Scope{Tenant: actor.Tenant, All: true}, Query{CaseID: r.CaseID, Statuses: running, Limit: 200})
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(withdrawnData{PersonID: r.PersonID, Record: r.Number, Agencies: w.Agencies, Items: w.Items})
	if err != nil {
		return nil, fault.Wrap(fault.Internal, err, "")
	}
	var notes []consent.Note
	for _, m := range list {
		notes = append(notes, consent.Note{MeetingID: m.ID, Kind: string(KindWithdrawn), At: w.At, ActorID: actor.UserID, ActorName: actor.Name,
			AgencyID: actor.AgencyID, AgencyName: actor.AgencyName, Data: data})
	}
	return notes, nil
}

// Noted tells the participants after the withdrawal has been committed; it implements consent.MeetingNotes.
func (s *Service) Noted(ctx context.Context, tenant string, notes []consent.Note) {
	if s.Tell == nil {
		return
	}
	for _, n := range notes {
		m, err := s.Store.MeetingByID(ctx, access.Scope{Tenant: tenant, All: true}, n.MeetingID)
		if err != nil {
			s.Log.WarnContext(ctx, "meeting: participants are told late of a withdrawal", "meeting", n.MeetingID, "err", err)
			continue
		}
		s.Tell.DocsChanged(ctx, tenant, m.CaseID, nil)
		s.Tell.MeetingChanged(ctx, tenant, m.ID, m.Seq)
	}
}
