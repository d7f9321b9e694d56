package store

import (
	"context"
	"slices"

	"kasane/internal/access"
	"kasane/internal/meeting"
)

// CreateSitting implements meeting.Sittings.
func (s *Store) CreateSitting(ctx context.Context, sitting meeting.Sitting, list []meeting.Called) (out []meeting.Meeting, err error) {
	var cases []string
	for _, c := range list {
		cases = append(cases, c.Meeting.CaseID)
	}
	slices.Sort(cases) // locked in one order, so that two of them do not wait for each other
	err = s.lockingWrite(ctx, func(t *tx) error {
		out = nil
		for _, id := range slices.Compact(cases) {
			if err := lockCase(ctx, t, sitting.Tenant, id); err != nil {
				return err
			}
		}
		if _, err := t.exec(ctx, `INSERT INTO sitting (tenant, id, created_at, created_by) VALUES ($1,$2,$3,$4)`,
			sitting.Tenant, sitting.ID, micros(sitting.CreatedAt), sitting.CreatedBy); err != nil {
			return err
		}
		for i, c := range list {
			m := c.Meeting
			if err := insertMeeting(ctx, t, &m, c.Docs, c.Events, c.Audit); err != nil {
				return err
			}
			if _, err := t.exec(ctx, `INSERT INTO sitting_meeting (tenant, meeting_id, sitting_id, pos) VALUES ($1,$2,$3,$4)`,
				sitting.Tenant, m.ID, sitting.ID, i+1); err != nil {
				return err
			}
			out = append(out, m)
		}
		return nil
	})
	return out, err
}

// SittingOf implements meeting.Sittings.
func (s *Store) SittingOf(ctx context.Context, sc access.Scope, meetingID string) (out []meeting.SittingCase, err error) {
	var p params
	where := meetingScope(sc, &p)
	own := p.add(meetingID)
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var c meeting.SittingCase
		var status string
		var start int64
		err := scan(&c.MeetingID, &c.CaseNumber, &status, &start)
		c.Status, c.PlannedStart = meeting.Status(status), at(start)
		out = append(out, c)
		return err
	}, `SELECT g.id, c.number, g.status, g.planned_start FROM sitting_meeting o
		JOIN sitting_meeting sm ON sm.tenant = o.tenant AND sm.sitting_id = o.sitting_id
		JOIN meeting g ON g.tenant = sm.tenant AND g.id = sm.meeting_id
		JOIN case_file c ON c.tenant = g.tenant AND c.id = g.case_id
		WHERE `+where+` AND o.tenant = g.tenant AND o.meeting_id = `+own+` ORDER BY sm.pos`, p.v...)
	if !slices.ContainsFunc(out, func(c meeting.SittingCase) bool { return c.MeetingID == meetingID }) {
		out = nil
	}
	return out, s.classify(err)
}
