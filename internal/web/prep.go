package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
)

func (s *server) prepBoard(w http.ResponseWriter, r *http.Request) error {
	board, err := s.deps.Meeting.Prep(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"))
	if err != nil {
		return err
	}
	return s.reply(w, r, board)
}

// prepPaper answers with the 準備シート as the reader may see them, or with the empty form.
func (s *server) prepPaper(w http.ResponseWriter, r *http.Request) error {
	res, name, err := s.deps.Meeting.PrepPaper(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"), r.URL.Query().Get("blank") != "")
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: "application/pdf", bytes: res.PDF, inline: true})
}
