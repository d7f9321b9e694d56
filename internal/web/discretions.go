package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
)

func (s *server) discretionList(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Cases.Discretions(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"))
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"discretions": some(list)})
}

func (s *server) discretionSet(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		PersonID string       `json:"personId"`
		Item     consent.Item `json:"item"`
		Reason   string       `json:"reason"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	d := cases.Discretion{CaseID: chi.URLParam(r, "case"), PersonID: in.PersonID, Item: in.Item, Reason: in.Reason}
	if err := s.deps.Cases.SetDiscretion(r.Context(), access.ActorFrom(r.Context()), d); err != nil {
		return err
	}
	s.caseChanged(r, d.CaseID)
	return s.done(w, r)
}

func (s *server) discretionLift(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		PersonID string       `json:"personId"`
		Item     consent.Item `json:"item"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Cases.LiftDiscretion(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in.PersonID, in.Item); err != nil {
		return err
	}
	s.caseChanged(r, chi.URLParam(r, "case"))
	return s.done(w, r)
}
