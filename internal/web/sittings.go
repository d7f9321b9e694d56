package web

import (
	"net/http"

	"kasane/internal/access"
	"kasane/internal/meeting"
)

// sittingCreate calls for the meetings of a 開催.
func (s *server) sittingCreate(w http.ResponseWriter, r *http.Request) error {
	var in meeting.SittingInput
	if err := decode(r, &in); err != nil {
		return err
	}
	list, err := s.deps.Meeting.CreateSitting(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	ids := []string{}
	for _, m := range list {
		ids = append(ids, m.ID)
	}
	return s.reply(w, r, map[string]any{"meetings": ids})
}
