package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/gaiji"
)

// gaijiList gives the 外字 with their pictures, which are PNG files Kasane has written itself.
func (s *server) gaijiList(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Gaiji.List(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	if list == nil {
		list = []gaiji.Letter{}
	}
	return s.reply(w, r, list)
}

// gaijiSave registers a 外字, or changes the one in the path.
func (s *server) gaijiSave(w http.ResponseWriter, r *http.Request) error {
	var in gaiji.Input
	if err := decode(r, &in); err != nil {
		return err
	}
	l, err := s.deps.Gaiji.Save(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, l)
}
