package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/cases"
)

// caseCourse is 段階の経過 of a case with its スクリーニング.
func (s *server) caseCourse(w http.ResponseWriter, r *http.Request) error {
	v, err := s.deps.Cases.Course(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"))
	if err != nil {
		return err
	}
	return s.reply(w, r, v)
}

func (s *server) screen(w http.ResponseWriter, r *http.Request) error {
	var in cases.ScreeningInput
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Cases.Screen(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) followupList(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Cases.Followups(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"))
	if err != nil {
		return err
	}
	return s.reply(w, r, list)
}

func (s *server) followupPlan(w http.ResponseWriter, r *http.Request) error {
	var in cases.FollowupInput
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Cases.PlanFollowup(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) followupDo(w http.ResponseWriter, r *http.Request) error {
	var in cases.HeardInput
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Cases.DoFollowup(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), chi.URLParam(r, "id"), in); err != nil {
		return err
	}
	return s.done(w, r)
}

// caseAgain is 再受付 as a new case.
func (s *server) caseAgain(w http.ResponseWriter, r *http.Request) error {
	var in cases.AgainInput
	if err := decode(r, &in); err != nil {
		return err
	}
	c, err := s.deps.Cases.Again(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]string{"id": c.ID, "number": c.Number})
}

// formerSet links a case to the one it goes on from.
func (s *server) formerSet(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Number string `json:"number"`
		Reason string `json:"reason"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Cases.LinkFormer(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in.Number, in.Reason); err != nil {
		return err
	}
	s.caseChanged(r, chi.URLParam(r, "case"))
	return s.done(w, r)
}
