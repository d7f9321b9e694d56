package web

import (
	"context"
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/identity"
)

func (s *server) agencies(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Identity.Agencies(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"agencies": some(list)})
}

func (s *server) agencySave(w http.ResponseWriter, r *http.Request) error {
	var in identity.AgencyInput
	if err := decode(r, &in); err != nil {
		return err
	}
	g, err := s.deps.Identity.SaveAgency(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"), in)
	if err != nil {
		return err
	}
	s.recheck()
	return s.reply(w, r, g)
}

func (s *server) users(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Identity.Users(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"users": some(list)})
}

func (s *server) directory(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Identity.Directory(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"users": some(list)})
}

func (s *server) userCreate(w http.ResponseWriter, r *http.Request) error {
	var in identity.UserInput
	if err := decode(r, &in); err != nil {
		return err
	}
	u, err := s.deps.Identity.CreateUser(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, u)
}

func (s *server) userUpdate(w http.ResponseWriter, r *http.Request) error {
	var in identity.UserInput
	if err := decode(r, &in); err != nil {
		return err
	}
	u, err := s.deps.Identity.UpdateUser(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"), in)
	if err != nil {
		return err
	}
	s.recheck()
	return s.reply(w, r, u)
}

// recheck cuts the live connections of those whose sessions a change has ended.
func (s *server) recheck() {
	if s.deps.Recheck != nil {
		s.deps.Recheck()
	}
}

// caseChanged has the live documents of a case looked at now: who may see them has changed.
func (s *server) caseChanged(r *http.Request, caseID string) {
	if s.deps.CaseChanged != nil {
		s.deps.CaseChanged(context.WithoutCancel(r.Context()), access.ActorFrom(r.Context()).Tenant, caseID)
	}
}

// some makes an empty list of nil: the client always gets [].
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
