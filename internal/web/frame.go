package web

import (
	"bufio"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

func requestID(r *http.Request) string { return access.RequestID(r.Context()) }

// slowAnswer is how long an answer may take before its line in the log is a warning.
const slowAnswer = 2 * time.Second

// frame is around every request: id, security headers, recovery, one log line. The log line has the pattern, never the path.
func (s *server) frame(pattern string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.deps.Now()
		id := access.NewID(start)
		r = r.WithContext(access.WithRequest(r.Context(), id))
		rec := &recorder{ResponseWriter: w}
		rec.Header().Set("X-Request-Id", id)
		s.secureHeaders(rec, r)
		defer func() {
			if p := recover(); p != nil {
				if e, ok := p.(error); ok && errors.Is(e, http.ErrAbortHandler) {
					panic(p) // the server's own way of cutting an answer off
				}
				s.deps.Log.ErrorContext(r.Context(), "panic", "request", id, "pattern", pattern,
					"panic", panicText(p), "stack", string(debug.Stack()))
				if rec.status == 0 {
					s.renderError(rec, r, fault.New(fault.Internal, ""))
				}
			}
			took := s.deps.Now().Sub(start)
			class := classOf(pattern)
			if s.deps.Answered != nil {
				s.deps.Answered(class, rec.status, took)
			}
			s.deps.Log.Log(r.Context(), levelOf(pattern, class, took), "http", "request", id, "method", r.Method, "pattern", pattern, "status", rec.status,
				"bytes", rec.bytes, "ms", took.Milliseconds(), "actor", access.ActorFrom(r.Context()).UserID)
		}()
		next.ServeHTTP(rec, r)
	})
}

// levelOf is a warning where an answer took long, but for a connection, which lasts as long as its page.
func levelOf(pattern, class string, took time.Duration) slog.Level {
	if took >= slowAnswer && class != ClassLive {
		return slog.LevelWarn
	}
	switch pattern {
	case "/livez", "/readyz", "/*", "/hp/line/up", "/hp/line/down":
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

// Classes of routes that are none of the API.
const (
	ClassLive   = "live"   // connections of live documents
	ClassHealth = "health" // /livez, /readyz
	ClassPage   = "page"   // the client's files
	ClassOther  = "other"  // no route
)

// classOf is the class of a pattern of the table of routes, for the metrics: the first word of an API path. Nothing anybody sent is in it.
func classOf(pattern string) string {
	first, rest, _ := strings.Cut(strings.TrimPrefix(pattern, "/"), "/")
	switch {
	case first == "hp" || first == "yws":
		return ClassLive
	case first == "livez" || first == "readyz":
		return ClassHealth
	case pattern == "/*":
		return ClassPage
	case first != "api":
		return ClassOther
	}
	word, _, _ := strings.Cut(rest, "/")
	if word == "" || word == "*" {
		return ClassOther
	}
	return word
}

// panicText says what the runtime says; of any other panic only the type, because its value may be anybody's text.
func panicText(p any) string {
	if e, ok := p.(runtime.Error); ok {
		return e.Error()
	}
	return fmt.Sprintf("%T", p)
}

// render turns the error of a handler into the answer.
func (s *server) render(h func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.renderError(w, r, err)
		}
	})
}

// recorder notes what was answered. It hands on hijacking (websockets), flushing and deadlines.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader notes the first final status.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 && status >= 200 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write counts bytes.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Unwrap serves http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// Hijack serves websocket libraries that ask for http.Hijacker.
func (r *recorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	r.status = http.StatusSwitchingProtocols
	return http.NewResponseController(r.ResponseWriter).Hijack()
}

// readyWithin bounds each check of /readyz.
const readyWithin = 2 * time.Second
