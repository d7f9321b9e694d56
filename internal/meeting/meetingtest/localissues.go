package meetingtest

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"kasane/internal/access"
	"kasane/internal/meeting"
)

// NotedMeetings implements meeting.Store.
func (s *Memory) NotedMeetings(ctx context.Context, sc access.Scope) (out []string, err error) {
	for _, id := range s.noted() {
		if _, err := s.MeetingByID(ctx, sc, id); err == nil {
			out = append(out, id)
		}
	}
	return out, nil
}

func (s *Memory) noted() (out []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, list := range s.events {
		if slices.ContainsFunc(list, func(e meeting.Event) bool {
			return e.Kind == meeting.KindNote && bytes.Contains(e.Data, []byte(`"shared":true`))
		}) {
			out = append(out, id)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return s.meetings[b].PlannedStart.Compare(s.meetings[a].PlannedStart) })
	return out
}

// IssueMarks implements meeting.Store.
func (s *Memory) IssueMarks(context.Context, string) (map[string]meeting.IssueMark, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.issues), nil
}

// MarkIssue implements meeting.Store.
func (s *Memory) MarkIssue(_ context.Context, _ string, m meeting.IssueMark, e access.Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.meetings[m.MeetingID]; !ok {
		return missing()
	}
	if s.issues == nil {
		s.issues = map[string]meeting.IssueMark{}
	}
	s.issues[m.NoteID], s.Audit = m, append(s.Audit, e)
	return nil
}
