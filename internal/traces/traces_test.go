package traces

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A collector gets a trace as the specification writes it: hex ids, times as strings, the spans within below their root.
func TestCollectorGetsATrace(t *testing.T) {
	t.Parallel()
	var got export
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		if err := json.Unmarshal(raw, &got); err != nil || r.Header.Get("Content-Type") != "application/json" || r.URL.Path != "/v1/traces" {
			t.Errorf("%v %s %s", err, r.URL, raw)
		}
	}))
	defer collector.Close()
	s := New(collector.URL+"/v1/traces", "node1", "1.2.3", slog.New(slog.DiscardHandler))
	at := time.Unix(1700000000, 5)
	s.Add(Span{Name: "keystroke", Start: at, End: at.Add(time.Millisecond), Numbers: map[string]int64{"kasane.rows": 2}}, Span{Name: "commit", Start: at, End: at, Failed: true})
	s.Flush(context.Background())
	if len(got.ResourceSpans) != 1 || *got.ResourceSpans[0].Resource.Attributes[0].Value.String != "kasane" {
		t.Fatalf("%+v", got)
	}
	list := got.ResourceSpans[0].ScopeSpans[0].Spans
	root, within := list[0], list[1]
	if root.TraceID != within.TraceID || within.ParentID != root.SpanID || root.ParentID != "" || !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(root.TraceID) || len(root.SpanID) != 16 {
		t.Errorf("%+v %+v", root, within)
	}
	if root.Start != "1700000000000000005" || root.End != "1700000000001000005" || *root.Attributes[0].Value.Int != "2" || root.Status != nil || within.Status == nil || within.Status.Code != statusError {
		t.Errorf("%+v %+v", root, within)
	}
}

// A collector that is away costs the oldest, and is told of once; the nil sender takes nothing.
func TestCollectorIsAway(t *testing.T) {
	t.Parallel()
	away := httptest.NewServer(http.NotFoundHandler())
	defer away.Close()
	var log strings.Builder
	s := New(away.URL, "n", "1", slog.New(slog.NewTextHandler(&log, nil)))
	for range mostWaiting + 10 {
		s.Add(Span{Name: "x"})
	}
	if len(s.waiting) != mostWaiting || s.lost != 10 {
		t.Errorf("%d wait, %d lost", len(s.waiting), s.lost)
	}
	for range 3 {
		s.Flush(context.Background())
	}
	if n := strings.Count(log.String(), "do not reach"); n != 1 {
		t.Errorf("told %d times: %s", n, &log)
	}
	(*Sender)(nil).Add(Span{})
}
