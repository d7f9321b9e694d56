package redisbus_test

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/realtime"
	"kasane/internal/realtime/bustest"
	"kasane/internal/realtime/redisbus"
	"kasane/internal/realtime/redisbus/redistest"
	"kasane/internal/relaytest"
)

func TestContract(t *testing.T) {
	t.Parallel()
	contract(t, redistest.Start(t).URL())
}

// TestRedisDiesAndReturns: the bus says so, asks again for everything, and tells the gap.
func TestRedisDiesAndReturns(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	a, b := open(t, s.URL()), open(t, s.URL())
	boxes := listening(t, b, "x", "y")
	carries(t, a, b, boxes, "before")
	s.Kill()
	redistest.Until(t, "down", func() bool { return !a.Up() && !b.Up() })
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
	s.Restart()
	healed(t, boxes, 2)
	boxes["z"] = z
	healed(t, boxes, 1)
	carries(t, a, b, boxes, "back")
	if slices.Contains(boxes["x"].Messages(), "lost") {
		t.Fatal("a lost post was kept")
	}
}

// TestHangingRedis: it takes connections and bytes, and answers nothing. Posts fail in the caller's time, not in the library's.
func TestHangingRedis(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	a := open(t, s.URL())
	redistest.Until(t, "up", a.Up)
	s.Stop()
	defer s.Continue()
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if err := a.Publish(ctx, realtime.Post{Topic: "x"}); err == nil {
		t.Fatal("posted")
	}
	if d := time.Since(begun); d > 1500*time.Millisecond {
		t.Fatalf("failing took %v of 300 ms", d)
	}
	redistest.Until(t, "down", func() bool { return !a.Up() })
	s.Continue()
	redistest.Until(t, "up again", a.Up)
}

// TestSilentConnection: a connection that died without a word (a firewall forgot it, a machine lost its power) is given up.
func TestSilentConnection(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	way := relaytest.Start(t, "tcp", s.Addr(), relaytest.Rules{})
	a, b := open(t, s.URL()), open(t, "redis://"+way.Addr())
	boxes := listening(t, b, "x", "y")
	carries(t, a, b, boxes, "before")
	way.Mute()
	redistest.Until(t, "down", func() bool { return !b.Up() })
	healed(t, boxes, 2)
	carries(t, a, b, boxes, "after")
}

// TestUnsubscribes: topics nobody listens to are given back, and those that are asked for again at the same moment are not.
func TestUnsubscribes(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	b := open(t, s.URL())
	steady := listening(t, b, "steady")["steady"]
	for _, topic := range []string{"one", "two", "keep", "keep"} {
		_, stop := bustest.Subscribe(t, b, topic)
		stop()
	}
	boxes := listening(t, b, "keep")
	redistest.Until(t, "given back", func() bool { return len(redistest.Names(s)) == 2 })
	carries(t, b, b, boxes, "heard")
	if boxes["keep"].Gaps() != 1 || steady.Gaps() != 1 {
		t.Fatal("subscribed more than once")
	}
}

// TestLeastPermissions: a user with what docs/config.md says and nothing more.
func TestLeastPermissions(t *testing.T) {
	t.Parallel()
	acl := strings.Fields("ACL SETUSER kasane on >secret resetkeys resetchannels &kasane:* -@all +ping +hello +auth +client +publish +subscribe +unsubscribe +spublish +ssubscribe +sunsubscribe +cluster|slots +cluster|shards +command")
	s, c := redistest.Start(t), redistest.NewCluster(t, 2, 0)
	for _, x := range append([]*redistest.Server{s}, c.Servers...) {
		x.Do(acl...)
		x.Do("ACL", "SETUSER", "default", "off")
	}
	for name, urls := range map[string]string{"one": s.URL(), "cluster": c.URL()} {
		urls = strings.ReplaceAll(urls, "redis://", "redis://kasane:secret@")
		t.Run(name, func(t *testing.T) {
			a, b := open(t, urls), open(t, urls)
			carries(t, a, b, listening(t, b, topics...), "heard")
		})
	}
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
		"redis://:secret@s1:26379?master_name=kasane&addr=s2:26379&username=kasane&password=secret": true,
		"http://localhost":         false,
		"":                         false,
		"redis://c1:7000,nonsense": false,
		"redis://:se cret@host":    false,
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
