package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

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

// invitation answers with the meeting as an entry of a calendar.
func (s *server) invitation(w http.ResponseWriter, r *http.Request) error {
	b, name, err := s.deps.Meeting.Invitation(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"), s.publicOrigin(r)+s.deps.Settings.BasePath)
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: "text/calendar; charset=utf-8", bytes: b})
}
