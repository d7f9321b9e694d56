package realtime_test

import (
	"context"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kasane/internal/live"
	"kasane/internal/realtime"
	"kasane/internal/realtime/redisbus"
	"kasane/internal/realtime/redisbus/redistest"
)

// pair is two nodes on one store that call each other by Redis, with somebody at each document on each.
type pair struct {
	t     *testing.T
	w     *world
	nodes [2]*node
	buses [2]*badBus
	seats []*open        // by document, then by node
	sent  []atomic.Int64 // edits, by seat
	chars []atomic.Int64 // characters in them
}

func newPair(t *testing.T, urls string) *pair {
	p := &pair{t: t, w: newWorld(t)}
	for i := range p.nodes {
		bus, err := redisbus.Open(urls, slog.New(slog.NewTextHandler(io.Discard, nil)))
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		ended := make(chan struct{})
		go func() { defer close(ended); _ = bus.Run(ctx) }()
		t.Cleanup(func() { cancel(); <-ended })
		p.buses[i] = &badBus{Bus: bus, drop: 0.1, double: 0.3, late: 0.4}
		p.nodes[i] = p.w.node(func(c *realtime.Config) {
			c.Bus = redisSays{p.buses[i], bus}
			// as in production, so that what Redis did not bring is seen to be late
			c.Timing.Poll, c.Timing.PollBusDown, c.Timing.Evict = time.Second, 250*time.Millisecond, 300*time.Millisecond
		})
	}
	for _, doc := range []string{"doc1.1", "doc2.1", "doc3.1"} {
		for i, n := range p.nodes {
			p.seats = append(p.seats, n.dial(doc[:4]+string(rune('a'+i))).open(doc, "").ready())
		}
	}
	p.sent, p.chars = make([]atomic.Int64, len(p.seats)), make([]atomic.Int64, len(p.seats))
	redistest.Until(t, "both up", p.up)
	return p
}

// redisSays is a badBus that is up when Redis is.
type redisSays struct {
	*badBus
	redis *redisbus.Bus
}

func (b redisSays) Up() bool { return b.redis.Up() }

// typ types at a seat.
func (p *pair) typ(seat int, text string) {
	p.seats[seat].typ("wish", text)
	p.sent[seat].Add(1)
	p.chars[seat].Add(int64(len(text)))
}

func (p *pair) up() bool   { return p.nodes[0].hub.Stats().BusUp && p.nodes[1].hub.Stats().BusUp }
func (p *pair) down() bool { return !p.nodes[0].hub.Stats().BusUp && !p.nodes[1].hub.Stats().BusUp }

// typing lets everybody type while something happens, and a while longer.
func (p *pair) typing(during func()) {
	p.t.Helper()
	stop := make(chan struct{})
	var work sync.WaitGroup
	for i := range p.seats {
		work.Go(func() {
			for {
				select {
				case <-stop:
					return
				case <-time.After(time.Duration(15+rand.IntN(10)) * time.Millisecond):
				}
				p.typ(i, string(rune('a'+i)))
			}
		})
	}
	time.Sleep(200 * time.Millisecond)
	during()
	time.Sleep(200 * time.Millisecond)
	close(stop)
	work.Wait()
}

// whole checks that everything typed is in the log, once, and on every screen.
func (p *pair) whole() {
	p.t.Helper()
	for i, o := range p.seats {
		if !o.b.within(30*time.Second, func() bool { return int64(o.acks) == p.sent[i].Load() }) {
			p.t.Fatalf("seat %d: %d of %d acknowledged", i, o.now().acks, p.sent[i].Load())
		}
	}
	for i, o := range p.seats {
		d, err := live.NewService(p.w.store, p.w.gate, time.Now).ReadDocument(context.Background(), tenant, o.name[:4])
		if err != nil {
			p.t.Fatal(err)
		}
		first := i / 2 * 2
		if got, want := int64(len(d.Text("wish"))), p.chars[first].Load()+p.chars[first+1].Load(); got != want {
			p.t.Fatalf("%s: %d characters in the log, %d typed", o.name, got, want)
		}
		want, _ := d.Canonical()
		if !o.b.within(30*time.Second, func() bool { return o.replica.State() == string(want) }) {
			p.t.Fatalf("seat %d does not show what is in the log", i)
		}
	}
}

// rings checks that the doorbell works again: words come without being looked up, presence too.
func (p *pair) rings() {
	p.t.Helper()
	redistest.Until(p.t, "up again", p.up)
	time.Sleep(50 * time.Millisecond) // what is still on its way
	repairs := func() int64 { return p.nodes[0].hub.Stats().GapRepairs + p.nodes[1].hub.Stats().GapRepairs }
	before := repairs()
	for i := range p.seats {
		other := p.seats[i^1]
		p.typ(i, "z")
		length := int(p.chars[i].Load() + p.chars[i^1].Load())
		other.until("seen on the other node", func() bool { return len(other.text("wish")) == length })
	}
	// A look-up that comes between commit and hint finds one, too.
	if n := repairs() - before; n > 2 {
		p.t.Errorf("%d of %d changes had to be looked up", n, len(p.seats))
	}
	for i, o := range p.seats {
		word, other := string(rune('A'+rand.IntN(26)))+time.Now().String(), p.seats[i^1]
		client := uint64(501 + i)
		o.say(client, 0, `{"at":"`+word+`"}`)
		other.until("presence on the other node", func() bool { return other.people[client]["at"] == word })
	}
}

// listens checks who listens to what at Redis: two nodes to each open document, and nothing else.
func (p *pair) listens(servers ...*redistest.Server) {
	p.t.Helper()
	want := map[string]int{"sessions": 2, "doc:t1:doc1": 2, "doc:t1:doc2": 2, "doc:t1:doc3": 2}
	redistest.Until(p.t, "subscriptions", func() bool { return maps.Equal(redistest.Subscribers(servers...), want) })
}

// leaves closes everything; no subscription may be left.
func (p *pair) leaves(servers ...*redistest.Server) {
	p.t.Helper()
	for _, o := range p.seats {
		o.b.ws.Close()
	}
	redistest.Until(p.t, "all given back", func() bool { return maps.Equal(redistest.Subscribers(servers...), map[string]int{"sessions": 2}) })
}

func (p *pair) survives(servers []*redistest.Server, during func()) {
	p.t.Helper()
	p.typing(during)
	p.whole()
	p.rings()
	p.whole()
	p.listens(servers...)
}

// others tells that two lists of clients have no connection in common.
func others(before, now string) bool {
	for _, line := range strings.Split(before, "\n") {
		if id, _, ok := strings.Cut(line, " "); ok && strings.Contains("\n"+now, "\n"+id+" ") {
			return false
		}
	}
	return true
}

func TestRedisFaults(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	p := newPair(t, s.URL())
	all := []*redistest.Server{s}
	p.survives(all, func() {}) // it is well at first
	for _, c := range []struct {
		name   string
		during func()
	}{
		{"subscribers are killed", func() {
			for range 3 {
				s.CLI("CLIENT", "KILL", "TYPE", "pubsub")
				time.Sleep(50 * time.Millisecond)
			}
		}},
		{"everything is flushed", func() { s.Do("FLUSHALL"); s.Do("SCRIPT", "FLUSH") }},
		{"stopped and started", func() {
			s.Kill()
			redistest.Until(t, "said to be down", p.down)
			s.Restart()
		}},
		{"hangs", func() {
			s.Stop()
			redistest.Until(t, "said to be down", p.down)
			s.Continue()
		}},
		{"slow subscribers are cut", func() {
			before := s.CLI("CLIENT", "LIST", "TYPE", "pubsub")
			s.Do("CONFIG", "SET", "client-output-buffer-limit", "pubsub 8kb 0 0")
			for i := range p.seats {
				p.typ(i, strings.Repeat("k", 20<<10)) // more than a subscriber may have waiting
				time.Sleep(50 * time.Millisecond)
			}
			redistest.Until(t, "subscribers cut", func() bool { return others(before, s.CLI("CLIENT", "LIST", "TYPE", "pubsub")) })
			s.Do("CONFIG", "SET", "client-output-buffer-limit", "pubsub 32mb 8mb 60")
		}},
		{"lost, doubled and late", func() {
			for _, b := range p.buses {
				b.mu.Lock()
				b.rnd = rand.New(rand.NewPCG(1, 2))
				b.mu.Unlock()
			}
			time.Sleep(time.Second)
			for i, b := range p.buses {
				b.mu.Lock()
				b.rnd = nil
				b.mu.Unlock()
				if b.dropped.Load() == 0 || b.doubled.Load() == 0 || b.later.Load() == 0 {
					t.Errorf("node %d: %d dropped, %d doubled, %d late", i, b.dropped.Load(), b.doubled.Load(), b.later.Load())
				}
			}
			time.Sleep(100 * time.Millisecond) // the late ones
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p.t = t
			p.survives(all, c.during)
		})
		if t.Failed() {
			return
		}
	}
	p.t = t
	p.leaves(all...)
}

// TestSentinelFaults: the master dies.
func TestSentinelFaults(t *testing.T) {
	t.Parallel()
	w := redistest.Sentinel(t)
	p := newPair(t, w.URL())
	p.survives(w.Servers, func() {
		w.Servers[0].Kill()
		redistest.Until(t, "said to be down", p.down)
		redistest.Until(t, "another master", func() bool { return w.Master() == w.Servers[1] })
	})
	p.leaves(w.Servers[1])
}

// TestClusterFaults: a shard fails over, then slots move.
func TestClusterFaults(t *testing.T) {
	t.Parallel()
	c := redistest.NewCluster(t, 3, 1)
	p := newPair(t, c.URL())
	dead := c.Servers[0] // the one with a replica
	names := redistest.Names(dead)
	if len(names) == 0 {
		t.Fatal("no open document has its lane there")
	}
	name := names[0]
	p.survives(c.Servers, func() {
		dead.Kill()
		redistest.Until(t, "said to be down", p.down)
		redistest.Until(t, "another owner", func() bool { o := c.Owner(name); return o != nil && o != dead })
	})
	for _, to := range c.Servers[:3] {
		if to != dead && to != c.Owner(name) {
			p.survives(c.Servers, func() { c.Move(name, to) })
			break
		}
	}
	p.leaves(c.Servers...)
}
