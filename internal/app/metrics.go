package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"kasane/internal/metrics"
	"kasane/internal/realtime"
)

// openMetrics begins to count and to listen where metrics are asked for. It is not the port of the people: who reads metrics is not asked who they are.
func (h *house) openMetrics() (err error) {
	if h.cfg.MetricsAddr == "" {
		return nil
	}
	h.metrics = metrics.New(h.version, h.facts)
	h.scraped, err = net.Listen("tcp", h.cfg.MetricsAddr)
	return err
}

// answered counts the answers of web, once there is somebody to count for.
func (h *house) answered() func(class string, status int, took time.Duration) {
	return func(class string, status int, took time.Duration) {
		if m := h.metrics; m != nil {
			m.Answered(class, status, took)
		}
		h.tracedAnswer(class, status, took)
	}
}

// scrapes is the server of the metrics; it does nothing where there is none.
type scrapes struct {
	server *http.Server
	at     net.Listener
}

func (h *house) scrapes() scrapes {
	if h.scraped == nil {
		return scrapes{}
	}
	return scrapes{at: h.scraped, server: &http.Server{Handler: h.metrics.Handler(), ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 15 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(h.log.Handler(), slog.LevelWarn)}}
}

func (s scrapes) serve() error {
	if s.server == nil {
		return nil
	}
	if err := s.server.Serve(s.at); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func (s scrapes) close() error {
	if s.server == nil {
		return nil
	}
	return s.server.Close()
}

// facts gathers the figures of this moment. What cannot be asked is left out.
func (h *house) facts(ctx context.Context) metrics.Facts {
	s := h.hub.Stats()
	f := metrics.Facts{Sockets: s.Connections, Rooms: s.Rooms, Commits: timesOf(s.Appends), Acks: timesOf(s.Acks), AppendErrors: s.AppendFailures, SlowClients: s.SlowClients,
		BusUp: h.bus.kind == busLocal || s.BusUp, BusLost: s.HintsLost, Checks: map[string]bool{}}
	if lag, ok := h.neighbours.late(); ok && h.bus.kind == busRedis {
		f.BusLag = &lag
	}
	l, err := h.store.Load(ctx)
	f.DBWaited = l.Waited
	if err == nil {
		f.Sessions, f.AuditWaiting, f.Sealing = &l.Sessions, &l.AuditWaiting, &l.Closings
		since := time.Duration(0)
		if !l.ClosingSince.IsZero() {
			since = max(0, time.Since(l.ClosingSince))
		}
		f.SealingSince = &since
	} else {
		h.log.WarnContext(ctx, "metrics of the database are left out", "err", err)
	}
	if at, ok := h.nightly.newest(); ok {
		age := time.Since(at)
		f.BackupAge = &age
	}
	if free, ok := freeBytes(existing(h.cfg.DataDir)); ok {
		f.DiskFree = &free
	}
	for _, c := range h.checks() {
		f.Checks[c.Name] = c.Run(ctx) == nil
	}
	return f
}

func timesOf(t realtime.Times) metrics.Times {
	return metrics.Times{Count: t.Count, Seconds: t.Seconds, Bounds: t.Bounds, Buckets: t.Buckets}
}
