package web

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/sheets"
)

// formsDesk gives what the municipality has changed in its forms.
func (s *server) formsDesk(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deps.Forms.Desk(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, d)
}

// formsPreview shows the forms as a change would make them; nothing is kept.
func (s *server) formsPreview(w http.ResponseWriter, r *http.Request) error {
	var c sheets.Amendment
	if err := decode(r, &c); err != nil {
		return err
	}
	d, err := s.deps.Forms.Preview(r.Context(), access.ActorFrom(r.Context()), c)
	if err != nil {
		return err
	}
	return s.reply(w, r, d)
}

// formsPublish makes a change that applies from its day on.
func (s *server) formsPublish(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		N      int              `json:"n"` // how many changes were seen
		Change sheets.Amendment `json:"change"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	v, err := s.deps.Forms.Publish(r.Context(), access.ActorFrom(r.Context()), in.N, in.Change)
	if err != nil {
		return err
	}
	return s.reply(w, r, v)
}

// formsWithdraw takes back the last change before its day.
func (s *server) formsWithdraw(w http.ResponseWriter, r *http.Request) error {
	n, err := strconv.Atoi(chi.URLParam(r, "n"))
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	if err := s.deps.Forms.Withdraw(r.Context(), access.ActorFrom(r.Context()), n); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
