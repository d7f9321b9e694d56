package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/outreach"
)

// outreachBoard is アウトリーチ of a case; brief leaves the entries out.
func (s *server) outreachBoard(w http.ResponseWriter, r *http.Request) error {
	b, err := s.deps.Outreach.Board(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), r.URL.Query().Get("brief") != "")
	if err != nil {
		return err
	}
	return s.reply(w, r, b)
}

func (s *server) outreachRecord(w http.ResponseWriter, r *http.Request) error {
	var in outreach.Input
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Outreach.Record(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) outreachSafety(w http.ResponseWriter, r *http.Request) error {
	var in outreach.SafetyInput
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Outreach.SaveSafety(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) outreachPlan(w http.ResponseWriter, r *http.Request) error {
	var in outreach.VisitInput
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Outreach.Plan(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) outreachChange(w http.ResponseWriter, r *http.Request) error {
	var in outreach.VisitChange
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Outreach.Change(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"), in); err != nil {
		return err
	}
	return s.done(w, r)
}

// mineOnly tells whether the list is for the asker, and not for the whole agency.
func mineOnly(of string) bool { return of != "agency" }

func (s *server) outreachDay(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	d, err := s.deps.Outreach.Day(r.Context(), access.ActorFrom(r.Context()), q.Get("day"), mineOnly(q.Get("of")))
	if err != nil {
		return err
	}
	return s.reply(w, r, d)
}

func (s *server) outreachOrder(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Day string   `json:"day"`
		IDs []string `json:"ids"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Outreach.Order(r.Context(), access.ActorFrom(r.Context()), in.Day, in.IDs); err != nil {
		return err
	}
	return s.done(w, r)
}

// outreachPrinted notes that the browser printed the list of a day.
func (s *server) outreachPrinted(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Day string `json:"day"`
		Of  string `json:"of"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Outreach.Printed(r.Context(), access.ActorFrom(r.Context()), in.Day, mineOnly(in.Of)); err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{})
}
