package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/plans"
)

// leads tells who is 主担当 of a case and who was asked.
func (s *server) leads(w http.ResponseWriter, r *http.Request) error {
	v, err := s.leadView(r)
	if err != nil {
		return err
	}
	return s.reply(w, r, v)
}

func (s *server) leadView(r *http.Request) (plans.LeadView, error) {
	ctx, a, id, in := r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), inMeeting(r)
	if in == "" {
		return s.deps.Plans.Leads(ctx, a, "", id, false)
	}
	if err := s.caseOfMeeting(r, in, id); err != nil {
		return plans.LeadView{}, err
	}
	return s.deps.Meeting.Leads(ctx, a, in)
}

// caseOfMeeting refuses a meeting of another case.
func (s *server) caseOfMeeting(r *http.Request, in, caseID string) error {
	m, err := s.row(r, in)
	if err == nil && m.CaseID != caseID {
		err = fault.New(fault.NotFound, "")
	}
	return err
}

func (s *server) leadOffer(w http.ResponseWriter, r *http.Request) error {
	var in plans.LeadInput
	if err := decode(r, &in); err != nil {
		return err
	}
	ctx, a, id, at := r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), inMeeting(r)
	if at != "" { // an act of the meeting, so that it stands in its events
		if err := s.caseOfMeeting(r, at, id); err != nil {
			return err
		}
		if err := s.act(ctx, a, at, meeting.ActLeadOffer, in); err != nil {
			return err
		}
	} else if _, err := s.deps.Plans.OfferLead(ctx, a, id, in); err != nil {
		return err
	}
	return s.leads(w, r)
}

func (s *server) leadAnswer(w http.ResponseWriter, r *http.Request) error {
	var in plans.LeadReply
	if err := decode(r, &in); err != nil {
		return err
	}
	ctx, a, id, at, offer := r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), inMeeting(r), chi.URLParam(r, "id")
	if at != "" {
		if err := s.caseOfMeeting(r, at, id); err != nil {
			return err
		}
		said := struct {
			ID string `json:"id"`
			plans.LeadReply
		}{offer, in}
		if err := s.act(ctx, a, at, meeting.ActLeadAnswer, said); err != nil {
			return err
		}
	} else if err := s.deps.Plans.AnswerLead(ctx, a, id, offer, in); err != nil {
		return err
	}
	return s.leads(w, r)
}
