// Package traces sends spans to a collector of OpenTelemetry: OTLP over HTTP with JSON, as its stable specification says (docs/decisions/0018-traces.md).
//
// A trace of Kasane is of one process and over when it is handed in, so nothing is carried through contexts: whoever measured a path hands its spans in. They wait in a
// bounded queue and go out together; a collector that is away costs the oldest of them and nobody's time. Attributes are numbers and words of the program, never
// an id of a person, a case or a document.
package traces

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Span is a stretch of time with a name.
type Span struct {
	Name       string
	Start, End time.Time
	Failed     bool
	Numbers    map[string]int64
	Words      map[string]string
}

// What waits and goes out at once, and how often.
const (
	mostWaiting = 4096
	mostAtOnce  = 512
	sendEvery   = 2 * time.Second
	sendWithin  = 5 * time.Second
	tellEvery   = 10 * time.Minute
)

// Sender sends spans. The nil Sender takes none.
type Sender struct {
	url    string
	about  []attribute
	log    *slog.Logger
	client *http.Client

	mu      sync.Mutex
	waiting []span
	lost    int
	told    time.Time
}

// New makes a sender to the address of a collector's traces, e.g. http://127.0.0.1:4318/v1/traces. node and version are told with all of them.
func New(url, node, version string, log *slog.Logger) *Sender {
	about := []attribute{word("service.name", "kasane"), word("service.instance.id", node), word("service.version", version)}
	return &Sender{url: url, about: about, log: log, client: &http.Client{Timeout: sendWithin}}
}

// Add takes a trace: a span and those within it.
func (s *Sender) Add(root Span, within ...Span) {
	if s == nil {
		return
	}
	trace, id := newID(16), newID(8)
	list := []span{made(trace, id, "", root)}
	for _, x := range within {
		list = append(list, made(trace, newID(8), id, x))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting = append(s.waiting, list...)
	if over := len(s.waiting) - mostWaiting; over > 0 {
		s.lost += over
		s.waiting = append([]span(nil), s.waiting[over:]...)
	}
}

// Run sends until ctx ends, then once more.
func (s *Sender) Run(ctx context.Context) error {
	tick := time.NewTicker(sendEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
			defer cancel()
			s.Flush(last)
			return nil
		case <-tick.C:
			s.Flush(ctx)
		}
	}
}

// Flush sends what waits. What cannot be sent is lost, and that is told once in a while.
func (s *Sender) Flush(ctx context.Context) {
	for ctx.Err() == nil {
		s.mu.Lock()
		n := min(len(s.waiting), mostAtOnce)
		list := s.waiting[:n:n]
		s.waiting = s.waiting[n:]
		s.mu.Unlock()
		if n == 0 {
			return
		}
		if err := s.send(ctx, list); err != nil {
			s.gave(ctx, n, err)
			return
		}
	}
}

func (s *Sender) gave(ctx context.Context, n int, err error) {
	s.mu.Lock()
	s.lost += n
	tell := time.Since(s.told) >= tellEvery
	lost := s.lost
	if tell {
		s.told, s.lost = time.Now(), 0
	}
	s.mu.Unlock()
	if tell {
		s.log.WarnContext(ctx, "traces do not reach the collector", "lost", lost, "err", err)
	}
}

func (s *Sender) send(ctx context.Context, list []span) error {
	body, err := json.Marshal(export{[]resourceSpans{{resource{s.about}, []scopeSpans{{scope{"kasane"}, list}}}}})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := s.client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10))
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("the collector answers %s", res.Status)
	}
	return nil
}

// The JSON of OTLP: ids are hex, 64-bit numbers are strings.
type (
	export struct {
		ResourceSpans []resourceSpans `json:"resourceSpans"`
	}
	resourceSpans struct {
		Resource   resource     `json:"resource"`
		ScopeSpans []scopeSpans `json:"scopeSpans"`
	}
	resource struct {
		Attributes []attribute `json:"attributes"`
	}
	scopeSpans struct {
		Scope scope  `json:"scope"`
		Spans []span `json:"spans"`
	}
	scope struct {
		Name string `json:"name"`
	}
	span struct {
		TraceID    string      `json:"traceId"`
		SpanID     string      `json:"spanId"`
		ParentID   string      `json:"parentSpanId,omitempty"`
		Name       string      `json:"name"`
		Kind       int         `json:"kind"`
		Start      string      `json:"startTimeUnixNano"`
		End        string      `json:"endTimeUnixNano"`
		Attributes []attribute `json:"attributes,omitempty"`
		Status     *status     `json:"status,omitempty"`
	}
	status struct {
		Code int `json:"code"`
	}
	attribute struct {
		Key   string `json:"key"`
		Value value  `json:"value"`
	}
	value struct {
		String *string `json:"stringValue,omitempty"`
		Int    *string `json:"intValue,omitempty"`
	}
)

const (
	kindInternal = 1
	kindServer   = 2
	statusError  = 2
)

func word(key, v string) attribute { return attribute{key, value{String: &v}} }

func number(key string, n int64) attribute {
	v := strconv.FormatInt(n, 10)
	return attribute{key, value{Int: &v}}
}

func made(trace, id, parent string, x Span) span {
	out := span{TraceID: trace, SpanID: id, ParentID: parent, Name: x.Name, Kind: kindInternal, Start: nanos(x.Start), End: nanos(x.End)}
	if parent == "" {
		out.Kind = kindServer
	}
	for k, v := range x.Numbers {
		out.Attributes = append(out.Attributes, number(k, v))
	}
	for k, v := range x.Words {
		out.Attributes = append(out.Attributes, word(k, v))
	}
	if x.Failed {
		out.Status = &status{statusError}
	}
	return out
}

func nanos(t time.Time) string { return strconv.FormatInt(t.UnixNano(), 10) }

func newID(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return hex.EncodeToString(b)
}
