package meeting

import (
	"context"
	"slices"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/plans"
)

// Duties (待っている件数) is what waits for somebody, in numbers: what a mail may say.
type Duties struct {
	Leads    int // 主担当 that the own agency was asked for and has not answered
	Minutes  int // 会議録(案) that the own agency has not confirmed
	Late     int // 宿題 and roles of the own agency past their term
	Meetings int // that are to be in the next days
}

// dutyPages bounds how far back is looked for what is late: beyond it a number says nothing any more.
const dutyPages = 5

// Duties counts for one person by that person's own rights, as the pages after signing in would show it. Nothing is shown to anybody, so nothing is in the audit log.
func (s *Service) Duties(ctx context.Context, actor access.Actor, days int) (d Duties, err error) {
	if err := overdueAsker(actor); err != nil {
		return d, err
	}
	if !access.Can(actor, access.ActMeetingRead) {
		return d, nil
	}
	scope := access.ScopeOf(actor)
	scope.Archive = false
	if actor.AgencyID != "" && actor.HasAny(access.RoleAgency, access.RoleChair, access.RoleSecretariat, access.RoleCity) {
		leads, err := s.Store.OpenLeads(ctx, scope, actor.AgencyID, overduePage)
		if err != nil {
			return d, err
		}
		for _, l := range leads {
			if l.Offer.To == actor.AgencyID {
				d.Leads++
			}
		}
	}
	if d.Minutes, err = s.unconfirmed(ctx, actor, scope); err != nil {
		return d, err
	}
	if d.Late, err = s.ownLate(ctx, actor, scope); err != nil {
		return d, err
	}
	now := s.clock()
	d.Meetings, err = s.Store.CountMeetings(ctx, scope, Query{Statuses: []Status{StatusDraft, StatusReception}, From: now, To: now.AddDate(0, 0, days)})
	return d, err
}

// unconfirmed counts the minutes that wait for the word of the actor's agency.
func (s *Service) unconfirmed(ctx context.Context, actor access.Actor, scope access.Scope) (n int, err error) {
	list, err := s.Store.ListMeetings(ctx, scope, Query{Statuses: []Status{StatusConfirming}, Limit: overduePage})
	if err != nil {
		return 0, err
	}
	for _, l := range list {
		st, sub, err := s.load(ctx, actor, l.ID)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return 0, err
		}
		seat := st.seat(actor.AgencyID)
		if seat == nil || seat.Observer || !sub.is(whoSeat) || st.Proposed == nil || !st.attended(actor.AgencyID) {
			continue
		}
		if !slices.ContainsFunc(st.Confirmed, func(c Confirmation) bool { return c.AgencyID == actor.AgencyID && c.Version == st.Proposed.Version }) {
			n++
		}
	}
	return n, nil
}

// ownLate counts the tasks and roles of the actor's agency past their term.
func (s *Service) ownLate(ctx context.Context, actor access.Actor, scope access.Scope) (n int, err error) {
	r := s.overdueReader(actor, scope)
	q := Query{Statuses: over, Limit: overduePage}
	for range dutyPages {
		listed, err := s.Store.ListMeetings(ctx, scope, q)
		if err != nil {
			return 0, err
		}
		for _, l := range listed {
			lines, err := r.meeting(ctx, l)
			if err != nil {
				return 0, err
			}
			for _, line := range lines {
				if line.Mine {
					n++
				}
			}
		}
		if len(listed) < overduePage {
			break
		}
		last := listed[len(listed)-1]
		q.After = Mark{last.PlannedStart, last.ID}
	}
	after := ""
	for range dutyPages {
		list, err := s.Store.AgreedPlans(ctx, scope, after, overduePage)
		if err != nil {
			return 0, err
		}
		for _, p := range list {
			lines, err := s.overdueCells(ctx, actor, p, r.now)
			if err != nil {
				return 0, err
			}
			for _, line := range lines {
				if line.Mine {
					n++
				}
			}
		}
		if len(list) < overduePage {
			break
		}
		after = list[len(list)-1].CaseNumber
	}
	return n, nil
}

// Call (会議の予定) is what may leave the house about a meeting: when it is, whom it concerns, and that it was called off.
type Call struct {
	Meeting   Meeting
	Open      bool // it has not begun
	Seats     []plans.MemberAgency
	Calendar  []byte
	Cancelled bool
}

// Call reads it for Kasane itself. The calendar has neither kind nor place: both say something of the case, and a place is often somebody's home.
func (s *Service) Call(ctx context.Context, tenant, meetingID, origin string) (Call, error) {
	st, err := s.whole(ctx, tenant, meetingID)
	if err != nil {
		return Call{}, err
	}
	m := st.Meeting
	c := Call{Meeting: m, Open: m.Status == StatusDraft || m.Status == StatusReception, Cancelled: m.Status == StatusCancelled}
	for _, seat := range st.Seats {
		c.Seats = append(c.Seats, plans.MemberAgency{ID: seat.AgencyID, Name: seat.Name})
	}
	m.Place = ""
	c.Calendar = calendar(m, "会議(かさね)", origin, s.clock())
	return c, nil
}

// Sees tells whether the actor finds the meeting in the list after signing in.
func (s *Service) Sees(ctx context.Context, actor access.Actor, meetingID string) (bool, error) {
	scope := access.ScopeOf(actor)
	scope.Archive = false
	_, err := s.Store.MeetingByID(ctx, scope, meetingID)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}
