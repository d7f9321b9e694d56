package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/webhooks"
)

// hookDesk lists the addresses of 連携先への通知.
func (s *server) hookDesk(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deps.Webhooks.Desk(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, d)
}

// hookAdd makes an address. The secret stands in this answer and nowhere else.
func (s *server) hookAdd(w http.ResponseWriter, r *http.Request) error {
	var in webhooks.Input
	if err := decode(r, &in); err != nil {
		return err
	}
	made, err := s.deps.Webhooks.Add(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, made)
}

// hookChange changes an address, or switches it off or on.
func (s *server) hookChange(w http.ResponseWriter, r *http.Request) error {
	var in webhooks.Input
	if err := decode(r, &in); err != nil {
		return err
	}
	p, err := s.deps.Webhooks.Change(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, p)
}

// hookRemove removes an address with everything of it.
func (s *server) hookRemove(w http.ResponseWriter, r *http.Request) error {
	if err := s.deps.Webhooks.Remove(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id")); err != nil {
		return err
	}
	return s.done(w, r)
}

// hookSecret puts another secret in force.
func (s *server) hookSecret(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Hours int `json:"hours"` // for which the old secret signs, too
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	made, err := s.deps.Webhooks.NewSecret(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"), in.Hours)
	if err != nil {
		return err
	}
	return s.reply(w, r, made)
}

// hookTest sends a test.
func (s *server) hookTest(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	if err := s.deps.Webhooks.Test(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id")); err != nil {
		return err
	}
	return s.done(w, r)
}

// hookDeliveries lists what was sent to an address.
func (s *server) hookDeliveries(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Webhooks.Deliveries(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	return s.reply(w, r, struct {
		Deliveries []webhooks.Sent `json:"deliveries"`
	}{list})
}

// hookAgain sends one that has ended once more.
func (s *server) hookAgain(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	if err := s.deps.Webhooks.Again(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"), chi.URLParam(r, "delivery")); err != nil {
		return err
	}
	return s.done(w, r)
}
