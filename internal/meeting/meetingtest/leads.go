package meetingtest

import (
	"context"
	"slices"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/meeting"
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

// CountMeetings implements meeting.Overdues.
func (s *Memory) CountMeetings(ctx context.Context, sc access.Scope, q meeting.Query) (int, error) {
	list, err := s.ListMeetings(ctx, sc, q)
	return len(list), err
}

// AgreedPlans implements meeting.Overdues.
func (s *Memory) AgreedPlans(_ context.Context, sc access.Scope, after string, _ int) ([]meeting.AgreedPlan, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.Facts.Case
	if after != "" && c.Number >= after || c.Stage == cases.StageClosed || c.Stage == cases.StageSuspended {
		return nil, nil
	}
	for _, p := range slices.Backward(s.Plans) {
		agreed := slices.ContainsFunc(s.versions[p.ID], func(v plans.Version) bool { return v.State == plans.VersionAgreed })
		if agreed && s.planVisible(sc, p) {
			return []meeting.AgreedPlan{{CaseID: c.ID, CaseNumber: c.Number, PlanID: p.ID, Round: p.Round}}, nil
		}
	}
	return nil, nil
}

// CountAgreedPlans implements meeting.Overdues.
func (s *Memory) CountAgreedPlans(ctx context.Context, sc access.Scope) (int, error) {
	list, err := s.AgreedPlans(ctx, sc, "", 1)
	return len(list), err
}

// OpenLeads implements meeting.Overdues.
func (s *Memory) OpenLeads(_ context.Context, sc access.Scope, agencyID string, _ int) ([]meeting.OpenLead, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []meeting.OpenLead
	for _, o := range s.Facts.Leads {
		if s.caseVisible(sc) && o.State.Open() && (agencyID == "" || o.To == agencyID || o.From == agencyID) {
			o.Note = ""
			out = append(out, meeting.OpenLead{Offer: o, CaseNumber: s.Facts.Case.Number})
		}
	}
	return out, nil
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
