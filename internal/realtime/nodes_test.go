package realtime_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/live/livetest"
	"kasane/internal/realtime"
	"kasane/internal/seedtest"
)

// badBus is one node's view of a shared bus, with faults.
type badBus struct {
	realtime.Bus
	mute                    atomic.Bool // nothing goes out
	drop, double, late      float64     // chance of each post
	down                    atomic.Bool // says it is down
	mu                      sync.Mutex
	rnd                     *rand.Rand
	dropped, doubled, later atomic.Int64
}

func (b *badBus) Up() bool { return !b.down.Load() }

func (b *badBus) chance(p float64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rnd != nil && b.rnd.Float64() < p
}

func (b *badBus) Publish(ctx context.Context, posts ...realtime.Post) error {
	for _, p := range posts {
		switch {
		case b.mute.Load():
			continue
		case b.chance(b.drop):
			b.dropped.Add(1)
			continue
		case b.chance(b.late):
			b.later.Add(1)
			time.AfterFunc(time.Duration(5+rand.IntN(60))*time.Millisecond, func() { _ = b.Bus.Publish(context.Background(), p) })
			continue
		case b.chance(b.double):
			b.doubled.Add(1)
			_ = b.Bus.Publish(ctx, p)
		}
		_ = b.Bus.Publish(ctx, p)
	}
	return nil
}

func TestTwoNodes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	slowPoll := func(c *realtime.Config) { c.Timing.Poll = time.Hour } // only the bus brings news
	n1, n2 := w.node(slowPoll), w.node(slowPoll)
	a, b := n1.dial("a").open(doc1, "").ready(), n2.dial("b").open(doc1, "").ready()
	a.typ("wish", "あ")
	b.until("from node 1", func() bool { return b.text("wish") == "あ" })
	b.typ("wish", "い")
	a.until("from node 2", func() bool { return a.text("wish") == "あい" })
}

// TestLostHints: the bus loses everything; the look-up heals, and counts it.
func TestLostHints(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	silent := func(c *realtime.Config) {
		b := &badBus{Bus: c.Bus}
		b.mute.Store(true)
		b.down.Store(true)
		c.Bus = b
	}
	n1, n2 := w.node(silent), w.node(silent)
	a, b := n1.dial("a").open(doc1, "").ready(), n2.dial("b").open(doc1, "").ready()
	for _, s := range []string{"あ", "い", "う"} {
		a.typ("wish", s)
	}
	b.until("healed", func() bool { return b.text("wish") == "あいう" })
	if s := n2.hub.Stats(); s.GapRepairs == 0 {
		t.Fatalf("%+v", s)
	}
}

// TestChaosBetweenNodes: hints lost, doubled and late, and both nodes writing.
func TestChaosBetweenNodes(t *testing.T) {
	t.Parallel()
	seed := seedtest.Seed(t)
	w := newWorld(t)
	var buses []*badBus
	bad := func(c *realtime.Config) {
		b := &badBus{Bus: c.Bus, drop: 0.2, double: 0.2, late: 0.3, rnd: rand.New(rand.NewPCG(seed, uint64(len(buses))))}
		buses = append(buses, b)
		c.Bus = b
	}
	nodes := []*node{w.node(bad), w.node(bad), w.node(bad)}
	const each = 60
	var open []*open
	for i := range 6 {
		open = append(open, nodes[i%3].dial(string(rune('a'+i))).open(doc1, "").ready())
	}
	var wg sync.WaitGroup
	for i, o := range open {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(seed, uint64(100+i)))
			for k := range each {
				switch r.IntN(4) {
				case 0:
					o.edit(func(c *livetest.Client) []byte { return c.Set("need/need00000a/code", string(rune('a'+k%26))) })
				case 1:
					o.edit(func(c *livetest.Client) []byte { return c.Erase("risk") })
				default:
					o.typ([]string{"wish", "risk"}[r.IntN(2)], string(rune('a'+i)))
				}
				time.Sleep(time.Duration(r.IntN(4)) * time.Millisecond)
			}
		})
	}
	wg.Wait()
	for _, o := range open {
		o.until("acknowledged", func() bool { return o.acks == each })
	}
	d, err := live.NewService(w.store, w.gate, time.Now).ReadDocument(context.Background(), tenant, "doc1")
	if err != nil {
		t.Fatal(err)
	}
	want, _ := d.Canonical()
	for _, o := range open {
		o.until("converged", func() bool { return o.replica.State() == string(want) })
		o.b.mu.Lock()
		if o.replica.Doc.HasPending() {
			t.Error("client holds pending changes")
		}
		o.b.mu.Unlock()
	}
	for i, b := range buses {
		t.Logf("node %d: %d dropped, %d doubled, %d late; repairs %d", i, b.dropped.Load(), b.doubled.Load(), b.later.Load(), nodes[i].hub.Stats().GapRepairs)
	}
}

// TestClientMovesToANodeThatLags: it brings what others wrote, which this node has not seen; that is neither a gap nor a forgery.
func TestClientMovesToANodeThatLags(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lags := func(c *realtime.Config) {
		b := &badBus{Bus: c.Bus}
		b.mute.Store(true)
		c.Bus = b
		c.Timing.Poll = time.Hour
	}
	n1, n2 := w.node(lags), w.node(lags)
	watcher := n2.dial("w").open(doc1, "").ready() // keeps node 2's room open at sequence 0
	a, b := n1.dial("a").open(doc1, "").ready(), n1.dial("b").open(doc1, "").ready()
	b.typ("wish", "ほかの人")
	a.until("seen", func() bool { return a.text("wish") == "ほかの人" })
	a.b.ws.Close()
	a.until("closed", func() bool { return a.b.closed != nil })
	moved := n2.dial("a").openAs(doc1, "", a.replica).ready()
	moved.typ("wish", "の続き")
	moved.until("acknowledged", func() bool { return moved.acks == 1 })
	watcher.until("shown", func() bool { return watcher.text("wish") == "ほかの人の続き" })

	// The same while the session is open already: the client learns it by another way, and builds upon it.
	b.typ("risk", "x")
	b.until("acknowledged", func() bool { return b.acks == 2 })
	b.b.mu.Lock()
	all, err := b.replica.Doc.Encode([]byte{0})
	b.b.mu.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	moved.b.mu.Lock()
	moved.apply(all)
	moved.b.mu.Unlock()
	moved.typ("risk", "y")
	moved.until("acknowledged", func() bool { return moved.acks == 2 })
	watcher.until("shown", func() bool { return watcher.text("risk") == "xy" })
}

// TestReaderSeesItsOwnWriteOnAnotherNode: opening a document brings at least what was committed before.
func TestOpenBringsWhatIsCommitted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lags := func(c *realtime.Config) {
		b := &badBus{Bus: c.Bus}
		b.mute.Store(true)
		c.Bus = b
		c.Timing.Poll = time.Hour
	}
	n1, n2 := w.node(lags), w.node(lags)
	n2.dial("w").open(doc1, "").ready()
	a := n1.dial("a").open(doc1, "").ready()
	a.typ("wish", "あ")
	a.until("acknowledged", func() bool { return a.acks == 1 })
	b := n2.dial("a").open(doc1, "").ready()
	if b.now().wish != "あ" {
		t.Fatalf("reads %q", b.now().wish)
	}
}

// TestServerWriteIsShown: Kasane's own writes reach open documents at once, on all nodes.
func TestServerWriteIsShown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	slowPoll := func(c *realtime.Config) { c.Timing.Poll = time.Hour }
	n1, n2 := w.node(slowPoll), w.node(slowPoll)
	a, b := n1.dial("a").open(doc1, "").ready(), n2.dial("b").open(doc1, "").ready()
	s := live.NewService(w.store, w.gate, time.Now)
	s.OnWrite(n1.hub.Touch)
	if _, err := s.ServerWrite(context.Background(), actorOf("x"), "doc1", func(b *live.Builder) error { b.Text("wish", "雛形"); return nil }); err != nil {
		t.Fatal(err)
	}
	for _, o := range []*open{a, b} {
		o.until("shown", func() bool { return o.text("wish") == "雛形" })
	}
	// On a node without a room of it.
	n3 := w.node(slowPoll)
	s.OnWrite(n3.hub.Touch)
	if _, err := s.ServerWrite(context.Background(), actorOf("x"), "doc1", func(b *live.Builder) error { b.Text("risk", "y"); return nil }); err != nil {
		t.Fatal(err)
	}
	a.until("shown", func() bool { return a.text("risk") == "y" })
}

// TestNodeVanishes: the people of a node that says nothing any more are dropped.
func TestNodeVanishes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var bus *badBus
	n1 := w.node(func(c *realtime.Config) { bus = &badBus{Bus: c.Bus}; c.Bus = bus })
	n2 := w.node()
	a, b := n1.dial("a").open(doc1, "").ready(), n2.dial("b").open(doc1, "").ready()
	a.say(501, 0, `{"at":"x"}`)
	b.until("seen", func() bool { return b.people[501] != nil })
	b.b.never("dropped while its node lives", 600*time.Millisecond, func() bool { return b.people[501] == nil })
	bus.mute.Store(true)
	b.until("dropped", func() bool { return b.people[501] == nil })
}

// TestBlindNodeShowsNothing: a node that cannot ask the database does not show what the bus brings, for a right may have ended meanwhile; when it can ask again
// everything is there.
func TestBlindNodeShowsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var cut atomic.Bool
	n1 := w.node()
	n2 := w.nodeOn(&blindStore{Memory: w.store, cut: &cut})
	a, b := n1.dial("a").open(doc1, "").ready(), n2.dial("b").open(doc1, "").ready()
	a.typ("wish", "あ")
	b.until("sees it", func() bool { return b.text("wish") == "あ" })
	cut.Store(true)
	time.Sleep(1300 * time.Millisecond) // two looks and a second
	a.typ("wish", "い")
	a.until("stored", func() bool { return a.acks == 2 })
	time.Sleep(100 * time.Millisecond)
	if b.now().wish != "あ" {
		t.Fatal("shown to a member nobody could decide about")
	}
	cut.Store(false)
	b.until("heals", func() bool { return b.text("wish") == "あい" })
}

// blindStore cannot be asked while it is cut.
type blindStore struct {
	*livetest.Memory
	cut *atomic.Bool
}

func (s *blindStore) Heads(ctx context.Context, tenant string, ids []string) (map[string]live.Head, error) {
	if s.cut.Load() {
		return nil, fault.New(fault.Unavailable, "")
	}
	return s.Memory.Heads(ctx, tenant, ids)
}

func (s *blindStore) DocMeta(ctx context.Context, tenant, id string) (live.Meta, error) {
	if s.cut.Load() {
		return live.Meta{}, fault.New(fault.Unavailable, "")
	}
	return s.Memory.DocMeta(ctx, tenant, id)
}

func (s *blindStore) Since(ctx context.Context, tenant, id string, seq int64) ([]live.Row, error) {
	if s.cut.Load() {
		return nil, fault.New(fault.Unavailable, "")
	}
	return s.Memory.Since(ctx, tenant, id, seq)
}
