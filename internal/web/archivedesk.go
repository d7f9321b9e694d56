package web

import (
	"io"
	"net/http"

	"kasane/internal/access"
	"kasane/internal/archive"
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

// archivePackage streams the transfer package of a 年度. What goes wrong on the way cuts the answer off: a zip without its end opens nowhere.
func (s *server) archivePackage(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Year int `json:"year"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	o, err := s.deps.Archive.Transfer(r.Context(), access.ActorFrom(r.Context()), in.Year)
	if err != nil {
		return err
	}
	begun := false
	err = o.Write(r.Context(), func() io.Writer {
		begun = true
		h := w.Header()
		h.Set("Content-Type", "application/zip")
		h.Set("Content-Disposition", disposition(o.Name(), false))
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		w.WriteHeader(http.StatusOK)
		return patient{w, http.NewResponseController(w)}
	})
	if err != nil && begun {
		s.deps.Log.WarnContext(r.Context(), "a transfer package was cut off", "request", requestID(r), "err", err)
		panic(http.ErrAbortHandler)
	}
	return err
}

// archiveCheck tells what the nightly pass found.
func (s *server) archiveCheck(w http.ResponseWriter, r *http.Request) error {
	var body struct {
		Check *archive.Check `json:"check"` // nil before the first night: that is no fault
	}
	c, err := s.deps.Archive.LastCheck(r.Context(), access.ActorFrom(r.Context()))
	switch {
	case err == nil:
		body.Check = &c
	case !fault.Is(err, fault.NotFound):
		return err
	}
	return s.reply(w, r, body)
}
