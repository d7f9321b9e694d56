package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"kasane/internal/fault"
)

var statusOf = map[fault.Kind]int{
	fault.Internal: http.StatusInternalServerError, fault.Invalid: http.StatusUnprocessableEntity,
	fault.Unauthorized: http.StatusUnauthorized, fault.Forbidden: http.StatusForbidden, fault.NotFound: http.StatusNotFound,
	fault.Conflict: http.StatusConflict, fault.TooLarge: http.StatusRequestEntityTooLarge, fault.RateLimited: http.StatusTooManyRequests,
	fault.Gone: http.StatusGone, fault.Unavailable: http.StatusServiceUnavailable,
}

type errorBody struct {
	Error errorPart `json:"error"`
}

type errorPart struct {
	Kind    string         `json:"kind"`
	Message string         `json:"message"`
	Field   string         `json:"field,omitempty"`
	Details map[string]any `json:"details,omitempty"`
	Request string         `json:"request"` // for a question to the operator: finds the log line
}

// problemBody is the same as RFC 9457 says it, for programs that accept application/problem+json.
type problemBody struct {
	Type     string         `json:"type"` // always about:blank: the kind tells
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Detail   string         `json:"detail"`
	Instance string         `json:"instance"` // urn of the request, as in X-Request-Id
	Kind     string         `json:"kind"`
	Field    string         `json:"field,omitempty"`
	Details  map[string]any `json:"details,omitempty"`
}

const problemType = "application/problem+json"

// renderError answers with kind and message. The cause goes to the log, where only ours is an error.
func (s *server) renderError(w http.ResponseWriter, r *http.Request, err error) {
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) && !fault.Is(err, fault.TooLarge) {
		err = fault.Wrap(fault.TooLarge, err, "送られた内容が大きすぎます。分けて送ってください。")
	}
	if r.Context().Err() != nil && fault.KindOf(err) == fault.Internal {
		err = fault.Wrap(fault.Unavailable, err, "") // the client went away; nobody reads this
	}
	kind := fault.KindOf(err)
	switch kind {
	case fault.Internal:
		s.deps.Log.ErrorContext(r.Context(), "failed", "request", requestID(r), "err", err)
	case fault.Unavailable:
		s.deps.Log.WarnContext(r.Context(), "unavailable", "request", requestID(r), "err", err)
	default:
		s.deps.Log.DebugContext(r.Context(), "refused", "request", requestID(r), "kind", kind.String())
	}
	part := errorPart{Kind: kind.String(), Message: fault.Message(err), Request: requestID(r)}
	var f *fault.Error
	if errors.As(err, &f) && kind != fault.Internal {
		part.Field, part.Details = f.Field, f.Details
	}
	if until, ok := part.Details["until"].(string); ok && kind == fault.RateLimited {
		if t, err := time.Parse(time.RFC3339, until); err == nil {
			w.Header().Set("Retry-After", strconv.Itoa(max(1, int(t.Sub(s.deps.Now()).Seconds()))))
		}
	}
	body, merr := encodeError(r, part, statusOf[kind])
	if merr != nil { // details that are no JSON: a mistake of ours, the message still leaves
		part.Details = nil
		body, _ = encodeError(r, part, statusOf[kind])
	}
	h := w.Header()
	h.Set("Content-Type", errorType(r)+"; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(statusOf[kind])
	_, _ = w.Write(body)
}

// errorType is the form of errors the asker accepts: our own client's, or that of RFC 9457.
func errorType(r *http.Request) string {
	for _, v := range r.Header.Values("Accept") {
		if strings.Contains(strings.ToLower(v), problemType) {
			return problemType
		}
	}
	return "application/json"
}

func encodeError(r *http.Request, e errorPart, status int) ([]byte, error) {
	if errorType(r) != problemType {
		return json.Marshal(errorBody{e})
	}
	return json.Marshal(problemBody{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: e.Message, Instance: "urn:kasane:request:" + e.Request,
		Kind: e.Kind, Field: e.Field, Details: e.Details})
}

// reply answers with JSON, after the audit entry of a read route. What is read has an ETag, the hash of the answer: who has just this gets 304. It is read and
// written into the log all the same.
func (s *server) reply(w http.ResponseWriter, r *http.Request, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if err := s.audited(r); err != nil {
		return err
	}
	h := w.Header()
	if r.Method == http.MethodGet {
		tag := etagOf(body)
		h.Set("ETag", tag)
		if matches(r, tag) {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(body) // the client is gone: nothing to be done
	return nil
}

func etagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + hex.EncodeToString(sum[:16]) + `"`
}

// matches tells whether the asker has it already (If-None-Match).
func matches(r *http.Request, tag string) bool {
	for part := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		if strings.TrimPrefix(strings.TrimSpace(part), "W/") == tag {
			return true
		}
	}
	return false
}

// done answers 204.
func (s *server) done(w http.ResponseWriter, r *http.Request) error {
	if err := s.audited(r); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// download is a file that leaves the house.
type download struct {
	name   string // shown to the user, any characters
	kind   string // content type
	bytes  []byte
	inline bool // our own PDF, shown by the browser; everything else is saved, never shown
}

// send answers with a file, after the audit entry of a read route.
func (s *server) send(w http.ResponseWriter, r *http.Request, d download) error {
	if err := s.audited(r); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", d.kind)
	h.Set("Content-Length", strconv.Itoa(len(d.bytes)))
	h.Set("Content-Disposition", disposition(d.name, d.inline))
	if !d.inline {
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	} else {
		// The browser's own PDF viewer needs its styles and is no script of ours.
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; plugin-types application/pdf; frame-ancestors 'self'; base-uri 'none'; form-action 'none'")
		h.Set("X-Frame-Options", "SAMEORIGIN")
	}
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(d.bytes)
	return nil
}

// disposition writes a file name by RFC 6266/5987: an ASCII shadow for old programs, the exact name in UTF-8.
func disposition(name string, inline bool) string {
	how := "attachment"
	if inline {
		how = "inline"
	}
	shadow := strings.Map(func(r rune) rune {
		if r < 0x20 || r > 0x7e || strings.ContainsRune(`"\/:*?<>|%;`, r) {
			return '_'
		}
		return r
	}, name)
	return how + `; filename="` + shadow + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}
