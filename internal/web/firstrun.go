package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/firstrun"
)

// agenciesLimit is for a list of 関係機関 as a file, in base64.
const agenciesLimit = 3 << 20

// agenciesLook reads a table of 関係機関 and says what saving it would do.
func (s *server) agenciesLook(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		File []byte `json:"file"`
		Text string `json:"text"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	out, err := s.deps.FirstRun.LookAtAgencies(r.Context(), access.ActorFrom(r.Context()), in.File, in.Text)
	if err != nil {
		return err
	}
	return s.reply(w, r, out)
}

// agenciesTake saves rows of such a table, all or none.
func (s *server) agenciesTake(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Agencies []firstrun.AgencyRow `json:"agencies"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	list, err := s.deps.FirstRun.TakeAgencies(r.Context(), access.ActorFrom(r.Context()), in.Agencies)
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"agencies": some(list)})
}

func (s *server) town(w http.ResponseWriter, r *http.Request) error {
	t, err := s.deps.FirstRun.Town(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, t)
}

func (s *server) townSave(w http.ResponseWriter, r *http.Request) error {
	var in firstrun.Town
	if err := decode(r, &in); err != nil {
		return err
	}
	t, err := s.deps.FirstRun.SaveTown(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, t)
}

// townLogo gives the mark, a PNG Kasane has written itself.
func (s *server) townLogo(w http.ResponseWriter, r *http.Request) error {
	l, err := s.deps.FirstRun.Logo(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.send(w, r, download{name: "logo.png", kind: "image/png", bytes: l.Picture})
}

func (s *server) townLogoSave(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Picture []byte `json:"picture"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	l, err := s.deps.FirstRun.SetLogo(r.Context(), access.ActorFrom(r.Context()), in.Picture)
	if err != nil {
		return err
	}
	return s.reply(w, r, l)
}

func (s *server) townLogoDrop(w http.ResponseWriter, r *http.Request) error {
	if err := s.deps.FirstRun.DropLogo(r.Context(), access.ActorFrom(r.Context())); err != nil {
		return err
	}
	return s.done(w, r)
}

func (s *server) firstRun(w http.ResponseWriter, r *http.Request) error {
	way, err := s.deps.FirstRun.Way(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, way)
}

func (s *server) firstRunAside(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Aside bool `json:"aside"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.FirstRun.PutAside(r.Context(), access.ActorFrom(r.Context()), in.Aside); err != nil {
		return err
	}
	return s.firstRun(w, r)
}

func (s *server) firstRunMark(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Done bool `json:"done"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.FirstRun.MarkStep(r.Context(), access.ActorFrom(r.Context()), firstrun.Step(chi.URLParam(r, "id")), in.Done); err != nil {
		return err
	}
	return s.firstRun(w, r)
}
