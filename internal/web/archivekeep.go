package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/archive"
)

func (s *server) archiveClasses(w http.ResponseWriter, r *http.Request) error {
	v, err := s.deps.Archive.Classes(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, v)
}

func (s *server) archiveClassesSave(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Version int             `json:"version"`
		Classes []archive.Class `json:"classes"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	v, err := s.deps.Archive.SaveClasses(r.Context(), access.ActorFrom(r.Context()), in.Version, in.Classes)
	if err != nil {
		return err
	}
	return s.reply(w, r, v)
}

func (s *server) archiveEnding(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Archive.Ending(r.Context(), access.ActorFrom(r.Context()), r.URL.Query().Get("until"))
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"records": some(list)})
}

func (s *server) archiveKeeping(w http.ResponseWriter, r *http.Request) error {
	k, err := s.deps.Archive.Keeping(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	return s.reply(w, r, k)
}

func (s *server) archiveExtend(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Until  string `json:"until"`
		Reason string `json:"reason"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	k, err := s.deps.Archive.Extend(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"), in.Until, in.Reason)
	if err != nil {
		return err
	}
	return s.reply(w, r, k)
}

func (s *server) archiveHold(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Reason string `json:"reason"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	k, err := s.deps.Archive.Hold(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"), in.Reason)
	if err != nil {
		return err
	}
	return s.reply(w, r, k)
}

func (s *server) archiveLift(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Reason string `json:"reason"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	k, err := s.deps.Archive.Lift(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"), chi.URLParam(r, "hold"), in.Reason)
	if err != nil {
		return err
	}
	return s.reply(w, r, k)
}

// archiveCorrect begins the 訂正 of a sealed 会議録 and answers with the record as it is kept.
func (s *server) archiveCorrect(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Reason string `json:"reason"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	a, id := access.ActorFrom(r.Context()), chi.URLParam(r, "id")
	if err := s.deps.Meeting.Correct(r.Context(), a, id, in.Reason); err != nil {
		return err
	}
	k, err := s.deps.Archive.Keeping(r.Context(), a, id)
	if err != nil {
		return err
	}
	return s.reply(w, r, k)
}

func (s *server) disposalList(w http.ResponseWriter, r *http.Request) error {
	list, err := s.deps.Archive.Disposals(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"disposals": some(list)})
}

func (s *server) disposalPropose(w http.ResponseWriter, r *http.Request) error {
	var in archive.Proposal
	if err := decode(r, &in); err != nil {
		return err
	}
	v, err := s.deps.Archive.Propose(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, v)
}

func (s *server) disposalDecide(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Approve bool   `json:"approve"`
		Note    string `json:"note"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	v, err := s.deps.Archive.Decide(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id"), in.Approve, in.Note)
	if err != nil {
		return err
	}
	return s.reply(w, r, v)
}

func (s *server) disposalWithdraw(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	if err := s.deps.Archive.Withdraw(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id")); err != nil {
		return err
	}
	return s.done(w, r)
}
