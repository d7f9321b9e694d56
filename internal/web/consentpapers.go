package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/desk"
	"kasane/internal/papers"
)

// look and paper read which sheet in which form is wanted; without a word the usual one.
func look(r *http.Request) papers.Look {
	if v := r.URL.Query().Get("style"); v != "" {
		return papers.Look(v)
	}
	return papers.LookPlain
}

func paper(r *http.Request) desk.Paper {
	if v := r.URL.Query().Get("paper"); v != "" {
		return desk.Paper(v)
	}
	return desk.PaperConsent
}

// consentBlank is a sheet to be signed by one person of the case.
func (s *server) consentBlank(w http.ResponseWriter, r *http.Request) error {
	f, err := s.deps.Desk.Blank(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case"), r.URL.Query().Get("person"), paper(r), look(r))
	if err != nil {
		return err
	}
	return s.sendPaper(w, r, f)
}

// consentForm is the 同意書 or the 撤回届 of a record.
func (s *server) consentForm(w http.ResponseWriter, r *http.Request) error {
	return s.consentPaper(w, r, paper(r))
}

// consentReceipt is the copy for the person.
func (s *server) consentReceipt(w http.ResponseWriter, r *http.Request) error {
	return s.consentPaper(w, r, desk.PaperReceipt)
}

func (s *server) consentPaper(w http.ResponseWriter, r *http.Request, p desk.Paper) error {
	f, err := s.deps.Desk.Of(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"), p, look(r))
	if err != nil {
		return err
	}
	return s.sendPaper(w, r, f)
}

func (s *server) sendPaper(w http.ResponseWriter, r *http.Request, f desk.File) error {
	return s.send(w, r, download{name: f.Name, kind: "application/pdf", bytes: f.Bytes, inline: true})
}

// consentExport is a record for other systems.
func (s *server) consentExport(w http.ResponseWriter, r *http.Request) error {
	as := r.URL.Query().Get("as")
	data, name, err := s.deps.Desk.Export(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"), as)
	if err != nil {
		return err
	}
	kind := "application/json"
	if as == "fhir" {
		kind = "application/fhir+json"
	}
	return s.send(w, r, download{name: name, kind: kind, bytes: data})
}
