package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/reviews"
)

func (s *server) reviewBoard(w http.ResponseWriter, r *http.Request) error {
	b, err := s.deps.Reviews.Board(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"))
	if err != nil {
		return err
	}
	return s.reply(w, r, b)
}

func (s *server) reviewRecord(w http.ResponseWriter, r *http.Request) error {
	var in reviews.Input
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Reviews.Record(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), in); err != nil {
		return err
	}
	return s.done(w, r)
}

// reviewPaper answers with the 評価シート as the reader may see it.
func (s *server) reviewPaper(w http.ResponseWriter, r *http.Request) error {
	res, name, err := s.deps.Reviews.Paper(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: "application/pdf", bytes: res.PDF, inline: true})
}

// coursePaper answers with 支援経過記録 as the reader may see it.
func (s *server) coursePaper(w http.ResponseWriter, r *http.Request) error {
	res, name, err := s.deps.Outreach.Paper(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"))
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: "application/pdf", bytes: res.PDF, inline: true})
}
