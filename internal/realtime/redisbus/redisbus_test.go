package redisbus_test

import (
	"context"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/realtime"
	"kasane/internal/realtime/bustest"
	"kasane/internal/realtime/redisbus"
)

// server is a Redis of the test's own, on a socket in a directory of its own.
type server struct {
	t      *testing.T
	socket string
	cmd    *exec.Cmd
}

func newServer(t *testing.T) *server {
	t.Helper()
	dir, err := os.MkdirTemp("", "kasane-redis") // a short path: sockets' are limited
	if err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, socket: filepath.Join(dir, "s")}
	t.Cleanup(func() { s.kill(); os.RemoveAll(dir) })
	s.start()
	return s
}

func (s *server) start() {
	s.t.Helper()
	s.cmd = exec.Command("redis-server", "--port", "0", "--unixsocket", s.socket, "--save", "", "--appendonly", "no", "--dir", filepath.Dir(s.socket))
	if err := s.cmd.Start(); err != nil {
		s.t.Fatalf("redis-server is needed for this test: %v", err)
	}
	bustest.Until(s.t, "redis", func() bool { _, err := os.Stat(s.socket); return err == nil })
}

func (s *server) kill() {
	if s.cmd != nil {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
		s.cmd = nil
	}
}

func (s *server) bus(t *testing.T) *redisbus.Bus {
	t.Helper()
	b, err := redisbus.Open("unix://"+s.socket, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("run: %v", err)
			}
		case <-time.After(10 * time.Second):
			t.Error("bus does not stop")
		}
	})
	return b
}

func TestContract(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	bustest.Bus(t, func(t *testing.T) (a, b realtime.Bus) { return s.bus(t), s.bus(t) })
}

// TestRedisDiesAndReturns: the bus says so, asks again for everything, and tells the gap.
func TestRedisDiesAndReturns(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	a, b := s.bus(t), s.bus(t)
	x, _ := bustest.Subscribe(t, b, "x")
	y, _ := bustest.Subscribe(t, b, "y")
	bustest.Until(t, "up", func() bool { return a.Up() && b.Up() })
	s.kill()
	os.Remove(s.socket)
	bustest.Until(t, "down", func() bool { return !a.Up() && !b.Up() })
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := a.Publish(ctx, realtime.Post{Topic: "x", Data: []byte("lost")}); err == nil {
		t.Fatal("posted to nobody")
	}
	z := &bustest.Inbox{} // subscribed while Redis is away, without waiting
	begun := time.Now()
	defer b.Subscribe("z", z.Listener())()
	if d := time.Since(begun); d > 500*time.Millisecond {
		t.Fatalf("subscribing took %v", d)
	}
	s.start()
	bustest.Until(t, "up again", func() bool { return a.Up() && b.Up() })
	bustest.Until(t, "gap told", func() bool { return x.Gaps() >= 2 && y.Gaps() >= 2 && z.Gaps() >= 1 })
	for topic, in := range map[string]*bustest.Inbox{"x": x, "y": y, "z": z} {
		if err := a.Publish(context.Background(), realtime.Post{Topic: topic, Data: []byte("back")}); err != nil {
			t.Fatal(err)
		}
		bustest.Until(t, "heard", func() bool { return slices.Equal(in.Messages(), []string{"back"}) })
	}
}

// TestUnsubscribes: topics nobody listens to are given back.
func TestUnsubscribes(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	b := s.bus(t)
	for _, topic := range []string{"one", "two"} {
		_, stop := bustest.Subscribe(t, b, topic)
		stop()
	}
	keep, _ := bustest.Subscribe(t, b, "keep")
	bustest.Until(t, "given back", func() bool {
		out, err := exec.Command("redis-cli", "-s", s.socket, "PUBSUB", "CHANNELS", "kasane:*").Output()
		if err != nil {
			t.Fatalf("redis-cli is needed for this test: %v", err)
		}
		names := strings.Fields(string(out))
		return len(names) == 2 && slices.Contains(names, "kasane:keep") // and the heartbeat
	})
	_ = keep
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	for urls, ok := range map[string]bool{
		"redis://localhost:6379/1":                          true,
		"rediss://user:secret@redis.example:6380":           true,
		"unix:///run/redis.sock":                            true,
		"redis://s1:26379?master_name=kasane&addr=s2:26379": true,
		"redis://c1:7000,redis://c2:7000,redis://c3:7000":   true,
		"redis://c1:7000?cluster=true":                      true,
		"http://localhost":                                  false,
		"":                                                  false,
		"redis://c1:7000,nonsense":                          false,
		"redis://:se cret@host":                             false,
	} {
		_, err := redisbus.Open(urls, log)
		if (err == nil) != ok {
			t.Errorf("%q: %v", urls, err)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the error tells the password: %v", err)
		}
	}
}
