package meetingtest

import (
	"context"
	"maps"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/meeting"
)

// DatePoll implements meeting.Store.
func (s *Memory) DatePoll(_ context.Context, tenant, meetingID string) (meeting.DatePoll, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.dates[meetingID]
	if !ok || p.Tenant != tenant {
		return meeting.DatePoll{}, missing()
	}
	p.Options, p.Replies = slices.Clone(p.Options), slices.Clone(p.Replies)
	return p, nil
}

// SaveDatePoll implements meeting.Store.
func (s *Memory) SaveDatePoll(_ context.Context, p meeting.DatePoll, e access.Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.meetings[p.MeetingID]; !ok {
		return missing()
	}
	old := s.dates[p.MeetingID]
	p.Replies = slices.Clone(p.Replies)
	for i := range p.Replies {
		r := &p.Replies[i]
		r.Answers, r.At = map[string]meeting.DateAnswer{}, nil
		for _, was := range old.Replies {
			if was.AgencyID == r.AgencyID {
				r.Answers, r.At = was.Answers, was.At
				if r.TokenHash == "" {
					r.TokenHash = was.TokenHash
				}
			}
		}
	}
	if s.dates == nil {
		s.dates = map[string]meeting.DatePoll{}
	}
	s.dates[p.MeetingID], s.Audit = p, append(s.Audit, e)
	return nil
}

// DateLink implements meeting.Store.
func (s *Memory) DateLink(_ context.Context, hash string) (tenant, meetingID, agencyID string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.dates {
		for _, r := range p.Replies {
			if r.TokenHash == hash {
				return p.Tenant, p.MeetingID, r.AgencyID, nil
			}
		}
	}
	return "", "", "", missing()
}

// AnswerDates implements meeting.Store.
func (s *Memory) AnswerDates(_ context.Context, _, meetingID, hash string, answers map[string]meeting.DateAnswer, at time.Time, e access.Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, r := range s.dates[meetingID].Replies {
		if r.TokenHash == hash {
			s.dates[meetingID].Replies[i].Answers, s.dates[meetingID].Replies[i].At = maps.Clone(answers), &at
			s.Audit = append(s.Audit, e)
			return nil
		}
	}
	return missing()
}
