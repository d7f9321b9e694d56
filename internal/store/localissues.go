package store

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/meeting"
)

// NotedMeetings implements meeting.LocalIssues.
func (s *Store) NotedMeetings(ctx context.Context, sc access.Scope) (out []string, err error) {
	var p params
	where := meetingScope(sc, &p)
	kind, shared := p.add(string(meeting.KindNote)), p.add(`%"shared":true%`)
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		out = append(out, id)
		return err
	}, `SELECT g.id FROM meeting g WHERE `+where+` AND EXISTS (SELECT 1 FROM meeting_event e WHERE e.tenant = g.tenant AND e.meeting_id = g.id
		AND e.kind = `+kind+` AND e.data LIKE `+shared+`) ORDER BY g.planned_start DESC, g.id DESC LIMIT 200`, p.v...)
	return out, s.classify(err)
}

// IssueMarks implements meeting.LocalIssues.
func (s *Store) IssueMarks(ctx context.Context, tenant string) (map[string]meeting.IssueMark, error) {
	out := map[string]meeting.IssueMark{}
	err := each(ctx, s.r, func(scan func(...any) error) error {
		var m meeting.IssueMark
		var theme, state string
		var when int64
		err := scan(&m.NoteID, &m.MeetingID, &theme, &state, &when, &m.By)
		m.Theme, m.State, m.At = meeting.IssueTheme(theme), meeting.IssueState(state), at(when)
		out[m.NoteID] = m
		return err
	}, `SELECT note_id, meeting_id, theme, state, at, by_user FROM local_issue WHERE tenant = $1`, tenant)
	return out, s.classify(err)
}

// MarkIssue implements meeting.LocalIssues.
func (s *Store) MarkIssue(ctx context.Context, tenant string, m meeting.IssueMark, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.must(ctx, noMeeting, `INSERT INTO local_issue (tenant, note_id, meeting_id, theme, state, at, by_user)
			SELECT g.tenant, $3, g.id, $4, $5, CAST($6 AS BIGINT), $7 FROM meeting g WHERE g.tenant = $1 AND g.id = $2
			ON CONFLICT (tenant, note_id) DO UPDATE SET theme = excluded.theme, state = excluded.state, at = excluded.at, by_user = excluded.by_user`,
			tenant, m.MeetingID, m.NoteID, string(m.Theme), string(m.State), micros(m.At), m.By); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}
