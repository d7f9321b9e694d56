package web

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/notice"
)

// noticesGet tells what the asker wants to be told by mail, and where.
func (s *server) noticesGet(w http.ResponseWriter, r *http.Request) error {
	out, err := s.deps.Notices.Account(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, out)
}

func (s *server) noticesSave(w http.ResponseWriter, r *http.Request) error {
	var in notice.Input
	if err := decode(r, &in); err != nil {
		return err
	}
	out, err := s.deps.Notices.Save(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, out)
}

// noticesRefused lists whose mails are refused; the addresses themselves are nobody else's.
func (s *server) noticesRefused(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Notices.Refusals(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	out := make([]refusedBody, 0, len(list))
	for _, x := range list {
		out = append(out, refusedBody{x.UserID, x.Name, x.AgencyName, x.At, x.Code})
	}
	return s.reply(w, r, map[string]any{"refused": out})
}

// meetingTell tells by mail when a meeting is.
func (s *server) meetingTell(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	out, err := s.deps.Notices.Tell(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"))
	if err != nil {
		return err
	}
	return s.reply(w, r, out)
}

// refusedBody is somebody whose mails are refused, without the address.
type refusedBody struct {
	UserID     string    `json:"userId"`
	Name       string    `json:"name"`
	AgencyName string    `json:"agencyName"`
	At         time.Time `json:"at"`
	Code       int       `json:"code"`
}
