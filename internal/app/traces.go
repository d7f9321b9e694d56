package app

import (
	"context"
	"time"

	"kasane/internal/realtime"
	"kasane/internal/traces"
)

// openTraces begins to send traces where a collector is named.
func (h *house) openTraces() {
	if h.cfg.TracesURL != "" {
		h.traces = traces.New(h.cfg.TracesURL, h.cfg.Node, h.version, h.log)
	}
}

// sendTraces is the work of the sender; it does nothing where there is none.
func (h *house) sendTraces(ctx context.Context) error {
	if h.traces == nil {
		<-ctx.Done()
		return nil
	}
	return h.traces.Run(ctx)
}

// traced is what the live connections tell of the way of a keystroke; nil where nobody wants to know.
func (h *house) traced() func(realtime.Stroke) {
	if h.cfg.TracesURL == "" {
		return nil
	}
	return func(s realtime.Stroke) {
		h.traces.Add(traces.Span{Name: "keystroke", Start: s.In, End: s.Published, Failed: s.Failed,
			Numbers: map[string]int64{"kasane.rows": int64(s.Rows), "kasane.bytes": int64(s.Bytes), "kasane.members": int64(s.Members)}},
			traces.Span{Name: "frame in", Start: s.In, End: s.Taken},
			traces.Span{Name: "decode", Start: s.Taken, End: s.Integrated},
			traces.Span{Name: "queue", Start: s.Integrated, End: s.Commit},
			traces.Span{Name: "commit", Start: s.Commit, End: s.Committed, Failed: s.Failed},
			traces.Span{Name: "fan-out", Start: s.Committed, End: s.Shown},
			traces.Span{Name: "publish", Start: s.Shown, End: s.Published})
	}
}

// tracedAnswer is the span of a request: the class of its route, never its path.
func (h *house) tracedAnswer(class string, status int, took time.Duration) {
	if h.traces == nil {
		return
	}
	now := time.Now()
	h.traces.Add(traces.Span{Name: "http " + class, Start: now.Add(-took), End: now, Failed: status >= 500, Numbers: map[string]int64{"http.response.status_code": int64(status)}})
}
