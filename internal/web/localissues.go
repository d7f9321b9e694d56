package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/meeting"
)

func (s *server) localIssues(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Meeting.LocalIssues(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, list)
}

func (s *server) localIssueMark(w http.ResponseWriter, r *http.Request) error {
	var in meeting.IssueMarkInput
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Meeting.MarkIssue(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"), chi.URLParam(r, "id"), in); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
