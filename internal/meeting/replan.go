package meeting

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// replanAround plans the other meetings of a 開催 that are still prepared around the one whose date was fixed: the cases follow one another as before,
// each as long as it was. The date of a 開催 is one: it moves for a case the actor has no part in, too, which is told to nobody but those who have.
// Done again it changes nothing.
func (s *Service) replanAround(ctx context.Context, actor access.Actor, m Meeting, o DateOption) error {
	list, err := s.Store.SittingOf(ctx, access.Scope{Tenant: m.Tenant, All: true}, m.ID)
	if err != nil {
		return err
	}
	here := slices.IndexFunc(list, func(c SittingCase) bool { return c.MeetingID == m.ID })
	if here < 0 {
		return nil
	}
	end := o.End
	for _, c := range list[here+1:] {
		if err := s.replan(ctx, actor, c.MeetingID, func(length time.Duration) (time.Time, time.Time) {
			begin := end
			end = begin.Add(length)
			return begin, end
		}); err != nil {
			return err
		}
	}
	begin := o.Start
	for i := here - 1; i >= 0; i-- {
		if err := s.replan(ctx, actor, list[i].MeetingID, func(length time.Duration) (time.Time, time.Time) {
			last := begin
			begin = last.Add(-length)
			return begin, last
		}); err != nil {
			return err
		}
	}
	return nil
}

// replan gives a meeting in preparation other times, by how long it is.
func (s *Service) replan(ctx context.Context, actor access.Actor, id string, when func(time.Duration) (time.Time, time.Time)) error {
	st, err := s.whole(ctx, actor.Tenant, id)
	if err != nil || st.Meeting.Status != StatusDraft {
		return err
	}
	begin, end := when(st.Meeting.PlannedEnd.Sub(st.Meeting.PlannedStart))
	for range attempts {
		in := editedData{PlannedStart: &begin, PlannedEnd: &end}.against(st.Meeting)
		if in == (editedData{}) {
			return nil
		}
		d := s.deed(&st, st.subject(actor))
		d.act = ActEdit
		if err = d.emit(KindEdited, in); err != nil {
			return err
		}
		if err = d.commit(ctx); !fault.Is(err, fault.Conflict) {
			return err
		}
		if st, err = s.whole(ctx, actor.Tenant, id); err != nil || st.Meeting.Status != StatusDraft {
			return err
		}
	}
	return err
}
