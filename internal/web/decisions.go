package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/cases"
)

func (s *server) decisionList(w http.ResponseWriter, r *http.Request) error {
	v, err := s.deps.Cases.Decisions(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"))
	if err != nil {
		return err
	}
	return s.reply(w, r, v)
}

func (s *server) decisionDraft(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Note string `json:"note"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Cases.DraftDecision(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in.Note); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) decisionMark(w http.ResponseWriter, r *http.Request) error {
	var in cases.MarkInput
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Cases.MarkDecision(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), chi.URLParam(r, "id"), in); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) decisionSteps(w http.ResponseWriter, r *http.Request) error {
	steps, err := s.deps.Cases.DecisionSteps(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string][]string{"steps": some(steps)})
}

func (s *server) decisionStepsSave(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Steps []string `json:"steps"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Cases.SetDecisionSteps(r.Context(), access.ActorFrom(r.Context()), in.Steps); err != nil {
		return err
	}
	return s.done(w, r)
}
