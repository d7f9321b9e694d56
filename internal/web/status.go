package web

import (
	"net/http"

	"kasane/internal/access"
)

// The states of a StatusLine (稼働状況).
const (
	StatusFine  = "fine"  // 正常
	StatusLook  = "look"  // works, and wants looking after
	StatusWrong = "wrong" // has to be mended
)

// StatusLine is one line of the page 稼働状況: what is so, and what to do about it, for people who are no engineers.
type StatusLine struct {
	Name   string `json:"name"`
	Label  string `json:"label"`
	State  string `json:"state"`
	What   string `json:"what"`
	Advice string `json:"advice"` // "" when nothing is to be done
}

// status answers with the state of the installation: the worst line is the state of all.
func (s *server) status(w http.ResponseWriter, r *http.Request) error {
	lines := []StatusLine{}
	if s.deps.Status != nil {
		lines = s.deps.Status(r.Context(), access.ActorFrom(r.Context()))
	}
	state := StatusFine
	for _, l := range lines {
		if l.State == StatusWrong || l.State == StatusLook && state == StatusFine {
			state = l.State
		}
	}
	return s.reply(w, r, map[string]any{"state": state, "at": s.deps.Now(), "lines": lines})
}
