package web

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"

	"kasane/internal/fault"
)

// livez tells that the process answers; it looks at nothing else.
func (s *server) livez(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := w.Write([]byte("ok\n"))
	return err
}

type checkBody struct {
	Name    string `json:"name"`
	Label   string `json:"label"`
	OK      bool   `json:"ok"`
	Message string `json:"message"`
	notice  bool
}

// readyz runs every check at once, each within readyWithin; 503 when one fails that is no mere notice. It tells kinds of trouble, never causes.
func (s *server) readyz(w http.ResponseWriter, r *http.Request) error {
	list := make([]checkBody, len(s.deps.Ready))
	ctx, cancel := context.WithTimeout(r.Context(), readyWithin)
	defer cancel()
	var wg sync.WaitGroup
	for i, c := range s.deps.Ready {
		wg.Go(func() {
			list[i] = checkBody{Name: c.Name, Label: c.Label, OK: true, Message: "正常です。", notice: c.Notice}
			if err := c.Run(ctx); err != nil {
				list[i].OK, list[i].Message = false, fault.Message(err)
				s.deps.Log.WarnContext(ctx, "not ready", "check", c.Name, "err", err)
			}
		})
	}
	wg.Wait()
	status := http.StatusOK
	for _, c := range list {
		if !c.OK && !c.notice {
			status = http.StatusServiceUnavailable
		}
	}
	body, err := json.Marshal(map[string]any{"ready": status == http.StatusOK, "checks": list})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, err = w.Write(body)
	return err
}
