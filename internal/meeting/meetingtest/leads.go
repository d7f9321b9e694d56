package meetingtest

import (
	"context"
	"slices"

	"kasane/internal/access"
	"kasane/internal/plans"
)

// LeadOffers implements plans.Leads.
func (s *Memory) LeadOffers(_ context.Context, sc access.Scope, caseID string) ([]plans.LeadOffer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if caseID != s.Facts.Case.ID || !s.caseVisible(sc) {
		return nil, missing()
	}
	return slices.Clone(s.Facts.Leads), nil
}

// AddLeadOffer implements plans.Leads.
func (s *Memory) AddLeadOffer(_ context.Context, o plans.LeadOffer, e access.Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, open := plans.OpenLead(s.Facts.Leads, o.Kind); open {
		return conflict()
	}
	s.Facts.Leads, s.Audit = append(s.Facts.Leads, o), append(s.Audit, e)
	return nil
}

// AnswerLead implements plans.Leads.
func (s *Memory) AnswerLead(_ context.Context, a plans.LeadAnswer, e access.Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.asked(a.OfferID) {
		return conflict()
	}
	s.answerLead(a)
	s.Audit = append(s.Audit, e)
	return nil
}

func (s *Memory) asked(offer string) bool {
	return slices.ContainsFunc(s.Facts.Leads, func(o plans.LeadOffer) bool { return o.ID == offer && o.State.Open() })
}

func (s *Memory) answerLead(a plans.LeadAnswer) {
	s.Facts.Leads = slices.Clone(s.Facts.Leads)
	for i := range s.Facts.Leads {
		if o := &s.Facts.Leads[i]; o.ID == a.OfferID {
			o.Answers = append(slices.Clone(o.Answers), a)
			o.State = a.State()
		}
	}
}
