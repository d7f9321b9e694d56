package web

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"runtime/debug"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

type requestIDKey struct{}

func requestID(r *http.Request) string {
	id, _ := r.Context().Value(requestIDKey{}).(string)
	return id
}

// frame is around every request: id, security headers, recovery, one log line. The log line has the pattern, never the path.
func (s *server) frame(pattern string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.deps.Now()
		id := access.NewID(start)
		r = r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id))
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
			level := slog.LevelInfo
			switch pattern {
			case "/livez", "/readyz", "/*", "/hp/line/up", "/hp/line/down":
				level = slog.LevelDebug
			}
			s.deps.Log.Log(r.Context(), level, "http", "request", id, "method", r.Method, "pattern", pattern, "status", rec.status,
				"bytes", rec.bytes, "ms", s.deps.Now().Sub(start).Milliseconds(), "actor", access.ActorFrom(r.Context()).UserID)
		}()
		next.ServeHTTP(rec, r)
	})
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
