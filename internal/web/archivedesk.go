package web

import (
	"net/http"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// archiveMatch holds the hash of a file against what is kept; the file itself stays with the asker.
func (s *server) archiveMatch(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		SHA256 string `json:"sha256"`
		Number string `json:"number"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	m, err := s.deps.Archive.Match(r.Context(), access.ActorFrom(r.Context()), in.SHA256, in.Number)
	if err != nil {
		return err
	}
	return s.reply(w, r, m)
}

// archiveMatchFile is archiveMatch for who cannot have the hash made in the browser. The file is read and forgotten.
func (s *server) archiveMatchFile(w http.ResponseWriter, r *http.Request) error {
	select {
	case s.uploads <- struct{}{}:
		defer func() { <-s.uploads }()
	case <-r.Context().Done():
		return fault.Wrap(fault.Unavailable, r.Context().Err(), "")
	}
	f, err := readForm(r)
	if err != nil {
		return err
	}
	m, err := s.deps.Archive.MatchFile(r.Context(), access.ActorFrom(r.Context()), f.bytes)
	if err != nil {
		return err
	}
	return s.reply(w, r, m)
}
