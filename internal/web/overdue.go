package web

import (
	"net/http"

	"kasane/internal/access"
)

func (s *server) overdue(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Meeting.Overdue(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, list)
}
