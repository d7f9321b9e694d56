package meetingtest

import (
	"context"
	"slices"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/meeting"
)

// Case implements meeting.Store.
func (s *Memory) Case(_ context.Context, sc access.Scope, id string) (cases.Case, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if id != s.Facts.Case.ID || !s.caseVisible(sc) {
		return cases.Case{}, missing()
	}
	return s.Facts.Case, nil
}

// CreateSitting implements meeting.Store.
func (s *Memory) CreateSitting(ctx context.Context, _ meeting.Sitting, list []meeting.Called) ([]meeting.Meeting, error) {
	var out []meeting.Meeting
	var ids []string
	for _, c := range list {
		m, err := s.CreateMeeting(ctx, c.Meeting, c.Docs, c.Events, c.Audit)
		if err != nil {
			return nil, err
		}
		out, ids = append(out, m), append(ids, m.ID)
	}
	s.Join(ids...)
	return out, nil
}

// Join makes a 開催 of meetings that exist: the one case of this store stands for several.
func (s *Memory) Join(ids ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sittings = append(s.sittings, ids)
}

// SittingOf implements meeting.Store.
func (s *Memory) SittingOf(ctx context.Context, sc access.Scope, meetingID string) ([]meeting.SittingCase, error) {
	s.mu.Lock()
	i := slices.IndexFunc(s.sittings, func(ids []string) bool { return slices.Contains(ids, meetingID) })
	var ids []string
	if i >= 0 {
		ids = s.sittings[i]
	}
	s.mu.Unlock()
	if _, err := s.MeetingByID(ctx, sc, meetingID); err != nil {
		return nil, nil //nolint:nilerr // not seen: no 開催
	}
	var out []meeting.SittingCase
	for _, id := range ids {
		if m, err := s.MeetingByID(ctx, sc, id); err == nil {
			out = append(out, meeting.SittingCase{MeetingID: id, CaseNumber: s.Facts.Case.Number, Status: m.Status, PlannedStart: m.PlannedStart})
		}
	}
	return out, nil
}
