package app

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"kasane/internal/realtime"
)

func fetchText(t *testing.T, address string) (int, string) {
	t.Helper()
	res, err := http.Get(address) //nolint:noctx // a test
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(raw)
}

// nothingPersonalInTheMetrics scrapes after a whole meeting was held: the figures moved, and no word and no id of it stands in them. The port of the people has no metrics.
func nothingPersonalInTheMetrics(t *testing.T, h *house, public string, planted []string) {
	t.Helper()
	status, got := fetchText(t, "http://"+h.scraped.Addr().String()+"/metrics")
	if status != http.StatusOK {
		t.Fatalf("metrics: %d", status)
	}
	for _, s := range planted {
		if s = strings.Trim(s, `"`); len(s) > 3 && strings.Contains(got, s) {
			t.Errorf("%q stands in the metrics", s)
		}
	}
	for _, must := range []string{`kasane_http_requests_total\{class="meetings",status="200"\} [1-9]`, `kasane_http_requests_total\{class="cases",status="422"\} [1-9]`, `kasane_commit_seconds_count [1-9]`,
		`kasane_ack_seconds_count [1-9]`, `kasane_ack_seconds_bucket\{le="5"\} [1-9]`, `kasane_sessions [1-9]`, `kasane_rooms \d`, `kasane_bus_up 1`, `kasane_check_ok\{check="database"\} 1`,
		`kasane_disk_free_bytes [1-9]`, `kasane_audit_waiting \d`, `kasane_sealing_waiting 0`, `kasane_http_request_seconds_count\{class="plans"\} [1-9]`, `process_open_fds \d`, `go_goroutines \d`} {
		if !regexp.MustCompile(`(?m)^` + must).MatchString(got) {
			t.Errorf("the metrics do not say %s", must)
		}
	}
	labels := regexp.MustCompile(`(?m)^kasane_http_requests_total\{class="([^"]*)"`).FindAllStringSubmatch(got, -1)
	for _, l := range labels {
		if !regexp.MustCompile(`^[a-z][a-z-]*$`).MatchString(l[1]) {
			t.Errorf("class %q is no word of the table of routes", l[1])
		}
	}
	if _, body := fetchText(t, public+"/metrics"); strings.Contains(body, "kasane_sockets") {
		t.Error("the port of the people gives metrics")
	}
	if status, _ := fetchText(t, "http://"+h.scraped.Addr().String()+"/api/session"); status != http.StatusNotFound {
		t.Errorf("the port of the metrics answers more than those: %d", status)
	}
}

// A call by the bus is timed until this node hears it itself; one that is lost goes on to count.
func TestBusLag(t *testing.T) {
	t.Parallel()
	bus, n := realtime.NewLocalBus(), newNeighbours()
	n.listen(bus, "a/1", time.Now)
	if _, ok := n.late(); ok {
		t.Error("late before the first call")
	}
	n.calls()
	if lag, ok := n.late(); !ok || lag < 0 {
		t.Errorf("%v %v", lag, ok)
	}
	n.mu.Lock()
	n.called = n.called.Add(-time.Minute) // and nobody answered
	n.mu.Unlock()
	n.calls()
	if lag, _ := n.late(); lag < time.Minute {
		t.Errorf("a lost call counts for %v", lag)
	}
	if err := bus.Publish(context.Background(), realtime.Post{Topic: topicNodes, Data: []byte("b/1")}); err != nil {
		t.Fatal(err)
	}
	if !n.waits {
		t.Error("another node's call was taken for its own")
	}
	if err := bus.Publish(context.Background(), realtime.Post{Topic: topicNodes, Data: []byte("a/1")}); err != nil {
		t.Fatal(err)
	}
	if n.waits {
		t.Error("did not hear itself")
	}
	n.calls()
	if err := bus.Publish(context.Background(), realtime.Post{Topic: topicNodes, Data: []byte("a/1")}); err != nil {
		t.Fatal(err)
	}
	if lag, ok := n.late(); !ok || lag >= time.Minute {
		t.Errorf("after a call that was heard: %v", lag)
	}
}

// Without the setting nothing listens, and a port that is taken is found at the start.
func TestMetricsAreAskedFor(t *testing.T) {
	t.Parallel()
	h := &house{log: slog.New(slog.DiscardHandler)}
	if err := h.openMetrics(); err != nil || h.scraped != nil || h.metrics != nil {
		t.Fatal(h.scraped, err)
	}
	h.cfg.MetricsAddr = "127.0.0.1:0"
	if err := h.openMetrics(); err != nil {
		t.Fatal(err)
	}
	defer h.scraped.Close()
	second := &house{log: h.log}
	second.cfg.MetricsAddr = h.scraped.Addr().String()
	if err := second.openMetrics(); err == nil {
		t.Error("two listen at one place")
	}
}
