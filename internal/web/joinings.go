package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/community"
	"kasane/internal/joining"
)

// joiningBoard answers with the 参加支援 of a case as its reader sees it.
func (s *server) joiningBoard(w http.ResponseWriter, r *http.Request) error {
	b, err := s.deps.Joining.Board(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"))
	if err != nil {
		return err
	}
	return s.reply(w, r, b)
}

func (s *server) joiningOpen(w http.ResponseWriter, r *http.Request) error {
	var in joining.Input
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Joining.Open(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) joiningSave(w http.ResponseWriter, r *http.Request) error {
	var in joining.Input
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Joining.Save(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), chi.URLParam(r, "id"), in); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) joiningStep(w http.ResponseWriter, r *http.Request) error {
	var in joining.StepInput
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Joining.Step(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), chi.URLParam(r, "id"), in); err != nil {
		return err
	}
	return s.done(w, r)
}

// joiningList answers with 参加支援の状況: a page of every one of the municipality, without words.
func (s *server) joiningList(w http.ResponseWriter, r *http.Request) error {
	v := r.URL.Query()
	o, err := s.deps.Joining.Overview(r.Context(), access.ActorFrom(r.Context()), joining.State(v.Get("state")), v.Get("after"))
	if err != nil {
		return err
	}
	following(w, r, o.Next)
	return s.reply(w, r, o)
}

func (s *server) placeCare(w http.ResponseWriter, r *http.Request) error {
	var in community.CareInput
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Community.AddCare(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "place"), in); err != nil {
		return err
	}
	return s.done(w, r)
}
