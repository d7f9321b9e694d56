package web

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/fault"
)

func (s *server) archiveList(w http.ResponseWriter, r *http.Request) error {
	f := archive.Filter{Kind: archive.Kind(r.URL.Query().Get("kind")), After: r.URL.Query().Get("after")}
	if y := r.URL.Query().Get("year"); y != "" {
		var err error
		if f.Year, err = strconv.Atoi(y); err != nil {
			return fault.New(fault.Invalid, "年度を確かめてください。").On("year")
		}
	}
	page, err := s.deps.Archive.List(r.Context(), access.ActorFrom(r.Context()), f)
	if err != nil {
		return err
	}
	following(w, r, page.Next)
	return s.reply(w, r, map[string]any{"records": some(page.Lines), "next": page.Next})
}

func (s *server) archiveSearch(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Q     string       `json:"q"`
		Year  int          `json:"year"`
		Kind  archive.Kind `json:"kind"`
		After string       `json:"after"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	page, err := s.deps.Archive.Search(r.Context(), access.ActorFrom(r.Context()), archive.Filter{Text: in.Q, Year: in.Year, Kind: in.Kind, After: in.After})
	if err != nil {
		return err
	}
	following(w, r, page.Next)
	return s.reply(w, r, map[string]any{"records": some(page.Lines), "next": page.Next})
}

func (s *server) archiveFile(w http.ResponseWriter, r *http.Request) error {
	l, b, err := s.deps.Archive.Download(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: l.FileName, kind: "application/pdf", bytes: b})
}

func (s *server) archiveVerify(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		ID string `json:"id"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	rep, err := s.deps.Archive.VerifyAll(r.Context(), access.ActorFrom(r.Context()), in.ID)
	if err != nil {
		return err
	}
	return s.reply(w, r, rep)
}
