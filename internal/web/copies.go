package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/copies"
)

// copyLimit is room for the marks of a long record.
const copyLimit = 2 << 20

func (s *server) copyDesk(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deps.Copies.Desk(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	if v := visitOf(r); v != nil { // so that the entry is found by its case
		v.caseID = d.CaseID
	}
	return s.reply(w, r, d)
}

// casePapers lists what there is of a case besides its sealed records, for a 開示請求.
func (s *server) casePapers(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Copies.CasePapers(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"))
	if err != nil {
		return err
	}
	return s.reply(w, r, list)
}

func (s *server) copyTexts(w http.ResponseWriter, r *http.Request) error {
	t, err := s.deps.Copies.Texts(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	return s.reply(w, r, t)
}

func (s *server) copyMake(w http.ResponseWriter, r *http.Request) error { return s.copied(w, r, false) }

func (s *server) copyPreview(w http.ResponseWriter, r *http.Request) error {
	return s.copied(w, r, true)
}

func (s *server) copied(w http.ResponseWriter, r *http.Request, preview bool) error {
	var in copies.Wish
	if err := decode(r, &in); err != nil {
		return err
	}
	m, err := s.deps.Copies.Make(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"), in, preview)
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: m.FileName, kind: "application/pdf", bytes: m.PDF})
}
