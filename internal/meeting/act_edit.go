package meeting

import (
	"context"
	"slices"
	"time"

	"kasane/internal/fault"
	"kasane/internal/text"
)

// doEdit changes title, times, place, form or plan before the meeting begins. The event has what is new and nothing else, so that the log tells it.
func doEdit(ctx context.Context, d *deed) error {
	var in editedData
	if err := d.read(&in); err != nil {
		return err
	}
	old := d.st.Meeting
	in = in.against(old)
	if in == (editedData{}) {
		return nil
	}
	m := old
	set(&m.Title, in.Title)
	set(&m.PlannedStart, in.PlannedStart)
	set(&m.PlannedEnd, in.PlannedEnd)
	set(&m.Place, in.Place)
	set(&m.Form, in.Form)
	if err := checkFrame(m); err != nil {
		return err
	}
	if in.PlanID != nil && *in.PlanID != "" {
		p, err := d.s.Plans.ByID(ctx, m.Tenant, *in.PlanID)
		if err != nil || p.CaseID != m.CaseID {
			return fault.New(fault.Invalid, "プランは、この会議のケースのものを選んでください。").On("planId")
		}
	}
	return d.emit(KindEdited, in)
}

// against leaves out what stands like this already.
func (in editedData) against(m Meeting) editedData {
	in.Title, in.Place, in.Form, in.PlanID = differs(in.Title, m.Title), differs(in.Place, m.Place), differs(in.Form, m.Form), differs(in.PlanID, m.PlanID)
	in.PlannedStart, in.PlannedEnd = moved(in.PlannedStart, m.PlannedStart), moved(in.PlannedEnd, m.PlannedEnd)
	return in
}

func differs[T comparable](to *T, from T) *T {
	if to == nil || *to == from {
		return nil
	}
	return to
}

func moved(to *time.Time, from time.Time) *time.Time {
	if to == nil || to.Equal(from) {
		return nil
	}
	utc := to.UTC()
	return &utc
}

// checkFrame checks title, times, place and form of a meeting.
func checkFrame(m Meeting) error {
	if err := first(text.Line("title", "件名", m.Title, 100), text.Line("place", "場所", m.Place, 100)); err != nil {
		return err
	}
	switch m.Form {
	case FormRoom, FormRemote, FormHybrid, FormWritten:
	default:
		return fault.New(fault.Invalid, "開催形態（対面・オンライン・併用・書面）を選んでください。").On("form")
	}
	if m.PlannedStart.IsZero() || m.PlannedEnd.IsZero() || !m.PlannedEnd.After(m.PlannedStart) || m.PlannedEnd.Sub(m.PlannedStart) > 24*time.Hour {
		return fault.New(fault.Invalid, "開始と終了の予定時刻を確かめてください。終了は開始より後、24時間以内です。").On("plannedEnd")
	}
	return nil
}

// needed refuses to take the seat of who runs or records the meeting, or who is invited: they would not find it any more.
func (d *deed) needed(ctx context.Context, agencyID string) error {
	m := d.st.Meeting
	f, err := d.know(ctx)
	if err != nil {
		return err
	}
	for _, u := range f.Users {
		if u.AgencyID == agencyID && (u.ID == m.ChairID || u.ID == m.RecorderID || slices.Contains(m.DeputyIDs, u.ID)) {
			return fault.New(fault.Conflict, "議長・職務代理・記録者の機関の席は外せません。先に「議長・記録者を変える」で別の人にしてください。")
		}
	}
	if slices.ContainsFunc(d.st.Guests, func(g Guest) bool { return g.AgencyID == agencyID && !g.Removed }) {
		return fault.New(fault.Conflict, "この機関として招待している人がいます。先に招待を取り消してください。")
	}
	return nil
}
