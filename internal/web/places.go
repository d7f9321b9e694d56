package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/community"
	"kasane/internal/tables"
)

// placeSearch lists what matches of the 社会資源台帳. What is looked for travels in the body: an address stands in logs of proxies.
func (s *server) placeSearch(w http.ResponseWriter, r *http.Request) error {
	var in community.Query
	if err := decode(r, &in); err != nil {
		return err
	}
	page, err := s.deps.Community.Search(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, page)
}

// placeFile answers with the same as a file.
func (s *server) placeFile(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		community.Query
		As tables.Form `json:"as"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	file, name, err := s.deps.Community.File(r.Context(), access.ActorFrom(r.Context()), in.Query, in.As)
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: name, kind: in.As.ContentType(), bytes: file})
}

// placeGet answers with a place, its activity days, and the links its reader may see.
func (s *server) placeGet(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deps.Community.Get(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "place"))
	if err != nil {
		return err
	}
	return s.reply(w, r, d)
}

// placeSave registers a place, or changes the one in the path.
func (s *server) placeSave(w http.ResponseWriter, r *http.Request) error {
	var in community.Input
	if err := decode(r, &in); err != nil {
		return err
	}
	p, err := s.deps.Community.Save(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "place"), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"id": p.ID, "n": p.N})
}

func (s *server) placeDay(w http.ResponseWriter, r *http.Request) error {
	var in community.DayInput
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Community.AddDay(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "place"), in); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) placeDayDrop(w http.ResponseWriter, r *http.Request) error {
	if err := s.deps.Community.DropDay(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "place"), chi.URLParam(r, "id")); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) placeLink(w http.ResponseWriter, r *http.Request) error {
	var in community.LinkInput
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Community.AddLink(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "place"), in); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) placeResult(w http.ResponseWriter, r *http.Request) error {
	var in community.ResultInput
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Community.SetResult(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "place"), chi.URLParam(r, "id"), in); err != nil {
		return err
	}
	return s.done(w, r)
}
