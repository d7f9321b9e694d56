package realtime_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"kasane/internal/live"
	"kasane/internal/realtime"
)

const interopDir = "testdata/interop"

// stock runs the stock npm clients against a node.
type stock struct {
	t     *testing.T
	out   *bufio.Scanner
	steps io.Writer
}

type seen struct {
	What  string          `json:"what"`
	Value json.RawMessage `json:"value"`
}

func newStock(t *testing.T, n *node, url, kind string) *stock {
	t.Helper()
	if _, err := os.Stat(interopDir + "/node_modules/@hocuspocus/provider/package.json"); err != nil {
		t.Fatalf("the stock clients are not installed: run make deps (npm ci in internal/realtime/%s)", interopDir)
	}
	for _, u := range []string{"a", "b", "c"} {
		n.w.actor.Store(u, actorOf(u))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	cmd := exec.CommandContext(ctx, "node", "run.mjs", kind, url)
	cmd.Dir, cmd.Stderr = interopDir, testWriter{t}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("node is needed for this test: %v", err)
	}
	t.Cleanup(func() { cancel(); _ = cmd.Wait() })
	return &stock{t: t, out: bufio.NewScanner(out), steps: in}
}

// expect reads what the clients have seen next.
func (s *stock) expect(what string) seen {
	s.t.Helper()
	for s.out.Scan() {
		var x seen
		if json.Unmarshal(s.out.Bytes(), &x) != nil {
			s.t.Logf("clients: %s", s.out.Text())
			continue
		}
		if x.What != what {
			s.t.Fatalf("clients: %s %s, expected %s", x.What, x.Value, what)
		}
		return x
	}
	s.t.Fatalf("clients ended before %q: %v", what, s.out.Err())
	return seen{}
}

func (s *stock) step(name string) {
	s.t.Helper()
	if _, err := fmt.Fprintln(s.steps, name); err != nil {
		s.t.Fatal(err)
	}
}

func TestStockHocuspocusProvider(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m := &meetings{out: map[string]bool{}}
	n := w.node(m.config, func(c *realtime.Config) { c.Timing.KeepAlive = 500 * time.Millisecond })
	s := newStock(t, n, n.url, "hocuspocus")
	s.expect("synced")
	s.expect("hold the log")
	release := make(chan struct{})
	w.store.BeforeAppend(func([]live.Batch) error { <-release; return nil })
	s.step("held")
	var held struct {
		Unsynced int
		Seen     string
	}
	if err := json.Unmarshal(s.expect("while held").Value, &held); err != nil || held.Unsynced != 2 || held.Seen != "" {
		t.Fatalf("while the log was held: %+v %v", held, err)
	}
	close(release)
	s.step("released")
	for _, what := range []string{"acknowledged", "converged", "presence", "alone"} {
		s.expect(what)
	}
	var alone struct{ Closes int }
	if err := json.Unmarshal(s.expect("stays alone").Value, &alone); err != nil || alone.Closes != 0 {
		t.Fatalf("a lone client lost its connection %d times, %v", alone.Closes, err)
	}
	for _, what := range []string{"offline", "the other goes on", "caught up", "send"} {
		s.expect(what)
	}
	if err := n.hub.Send(t.Context(), tenant, "meet1", []byte(`{"kind":"phase"}`)); err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"told", "refused", "other document", "denied", "done"} {
		s.expect(what)
	}
	if got := w.logText("doc1"); got != "私は、家で暮らしたい𠮷です" {
		t.Fatalf("log reads %q", got)
	}
}

func TestStockYWebsocketProvider(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	s := newStock(t, n, n.url, "ywebsocket")
	for _, what := range []string{"synced", "converged", "presence", "refused", "done"} {
		s.expect(what)
	}
	if got := w.logText("doc1"); got != "あ" {
		t.Fatalf("log reads %q", got)
	}
}
