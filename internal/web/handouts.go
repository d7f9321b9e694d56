package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/handouts"
)

func (s *server) handoutList(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Handouts.List(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"))
	if err != nil {
		return err
	}
	return s.reply(w, r, list)
}

func (s *server) handoutGive(w http.ResponseWriter, r *http.Request) error {
	select {
	case s.uploads <- struct{}{}:
		defer func() { <-s.uploads }()
	case <-r.Context().Done():
		return fault.Wrap(fault.Unavailable, r.Context().Err(), "")
	}
	f, err := readForm(r, "agendaId", "personId", "item")
	if err != nil {
		return err
	}
	id, err := s.deps.Handouts.Give(r.Context(), access.ActorFrom(r.Context()), handouts.Input{MeetingID: chi.URLParam(r, "meeting"), AgendaID: f.fields["agendaId"],
		PersonID: f.fields["personId"], Item: consent.Item(f.fields["item"]), Name: f.name, Bytes: f.bytes})
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]string{"id": id})
}

// handoutOpen gives the bytes to the viewer of the page. It is a POST, so there is no address that shows a hand-out, and what is sent is never inline.
func (s *server) handoutOpen(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	return s.handout(w, r, handouts.DeedView)
}

func (s *server) handoutCopy(w http.ResponseWriter, r *http.Request) error {
	return s.handout(w, r, handouts.DeedCopy)
}

func (s *server) handout(w http.ResponseWriter, r *http.Request, deed handouts.Deed) error {
	f, b, err := s.deps.Handouts.Open(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"), chi.URLParam(r, "id"), deed)
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: f.Name, kind: f.Type, bytes: b})
}

func (s *server) handoutTakeBack(w http.ResponseWriter, r *http.Request) error {
	if err := s.deps.Handouts.TakeBack(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"), chi.URLParam(r, "id")); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) handoutDays(w http.ResponseWriter, r *http.Request) error {
	n, err := s.deps.Handouts.Days(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]int{"days": n})
}

func (s *server) handoutDaysSave(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Days int `json:"days"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Handouts.SetDays(r.Context(), access.ActorFrom(r.Context()), in.Days); err != nil {
		return err
	}
	return s.done(w, r)
}
