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
