package realtime_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/realtime"
)

func (w *world) change(id string, f func(*live.Meta)) { w.store.Change(tenant, id, f) }

func TestFreezeAndThaw(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	a, b := n.dial("a").open(doc1, "").ready(), n.dial("b").open(doc1, "").ready()
	w.change("doc1", func(m *live.Meta) { m.Frozen = true; m.AccessVersion++ })
	for _, o := range []*open{a, b} {
		o.until("told of the freeze", func() bool { return o.notice("frozen") != nil && o.scope == "readonly" })
	}
	b.typ("wish", "x")
	b.until("refused", func() bool { return b.isShut && b.closed == live.CodeFrozen })
	w.change("doc1", func(m *live.Meta) { m.Frozen = false; m.AccessVersion++ })
	a.until("told of the thaw", func() bool { return a.notice("thawed") != nil && a.scope == "read-write" })
	a.typ("wish", "あ")
	a.until("acknowledged", func() bool { return a.acks == 1 })
	if w.logText("doc1") != "あ" {
		t.Fatalf("log %q", w.logText("doc1"))
	}
}

// TestWriteRacesFreeze and TestWriteRacesRevocation: the log refuses what the node does not know yet.
func TestWriteRacesFreeze(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Timing.Poll = time.Hour })
	a, b := n.dial("a").open(doc1, "").ready(), n.dial("b").open(doc1, "").ready()
	w.change("doc1", func(m *live.Meta) { m.Frozen = true; m.AccessVersion++ })
	a.typ("wish", "あ")
	a.until("refused", func() bool { return a.isShut && a.closed == live.CodeFrozen && a.acks == 0 })
	b.until("told", func() bool { return b.notice("frozen") != nil })
	if b.now().wish != "" || len(w.store.Rows(tenant, "doc1")) != 0 {
		t.Fatal("a frozen document changed")
	}
}

// TestRightsEndByTheirTime: rights that have an end known from the beginning are decided again at that moment, though nothing moved and long before their turn.
func TestRightsEndByTheirTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	end := time.Now().Add(time.Second)
	w.gate.set("a", live.Rights{Read: true, Reason: "break_glass", Until: end})
	a, b := n.dial("a").open(doc1, "").ready(), n.dial("b").open(doc1, "").ready()
	w.gate.set("a", live.Rights{Reason: "member"})
	c := n.dial("c").open("doc2.1", "").ready()
	w.gate.set("c", live.Rights{Reason: "member"}) // asked at its turn only, which is far away
	b.typ("wish", "あ")
	a.until("shown while it lasts", func() bool { return a.text("wish") == "あ" || a.isShut })
	a.until("ended", func() bool { return a.isShut && a.closed == "member" })
	if late := time.Since(end); late < 0 {
		t.Errorf("ended %v before its time", -late)
	}
	b.typ("wish", "い")
	b.until("the others go on", func() bool { return b.acks == 2 })
	if c.now().closed != "" {
		t.Error("rights without an end were decided again")
	}
}

func TestWriteRacesRevocation(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Timing.Poll = time.Hour })
	a, b := n.dial("a").open(doc1, "").ready(), n.dial("b").open(doc1, "").ready()
	w.gate.set("a", live.Rights{Reason: "withdrawn"})
	w.change("doc1", func(m *live.Meta) { m.AccessVersion++ })
	a.typ("wish", "あ")
	a.until("withdrawn", func() bool { return a.isShut && a.closed == "withdrawn" && a.notice("withdrawn") != nil })
	b.typ("wish", "い")
	b.until("still allowed", func() bool { return b.acks == 1 })
	if got := w.logText("doc1"); got != "い" {
		t.Fatalf("log %q", got)
	}
	if a.now().wish != "あ" {
		t.Fatal("something reached who may not read")
	}
}

// downBus is a bus that is not there.
type downBus struct{}

func (downBus) Publish(context.Context, ...realtime.Post) error { return errors.New("down") }
func (downBus) Subscribe(string, realtime.Listener) func()      { return func() {} }
func (downBus) Up() bool                                        { return false }

// TestRevocationWithoutBus holds the promise of two seconds, with the timing of production.
func TestRevocationWithoutBus(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.bus = downBus{}
	n := w.node(func(c *realtime.Config) { c.Timing = realtime.Timing{DrainSpread: time.Millisecond} })
	ba := n.dial("a")
	a, other := ba.open(doc1, "").ready(), ba.open("doc2.1", "").ready()
	b := n.dial("b").open(doc1, "").ready()
	begun := time.Now()
	w.gate.set("a", live.Rights{Reason: "withdrawn"})
	w.change("doc1", func(m *live.Meta) { m.AccessVersion++ })
	a.until("withdrawn", func() bool { return a.isShut })
	if d := time.Since(begun); d > 2*time.Second {
		t.Fatalf("withdrawn after %v", d)
	}
	b.typ("wish", "秘密")
	b.until("acknowledged", func() bool { return b.acks == 1 })
	a.b.never("text reached who may not read", 100*time.Millisecond, func() bool { return a.text("wish") != "" })
	other.typ("wish", "別")
	other.until("the other document goes on", func() bool { return other.acks == 1 })
	if s := n.hub.Stats(); s.Withdrawn != 1 || s.BusUp {
		t.Fatalf("%+v", s)
	}
	again := ba.open(doc1, "")
	again.until("denied", func() bool { return again.denied == "withdrawn" })
}

// TestConsentEndsByTime: nothing moves, nobody knew when, and yet the answer changes.
func TestConsentEndsByTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Timing.Regate = 100 * time.Millisecond })
	a := n.dial("a").open(doc1, "").ready()
	w.gate.set("a", live.Rights{Reason: "expired"})
	a.until("withdrawn", func() bool { return a.isShut && a.closed == "expired" })
}

// TestConsentEndsToItsTime: with the timing of production nothing is shown two seconds after a consent has ended by itself, and a consent that begins
// brings no sign of it to who may go on.
func TestConsentEndsToItsTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Timing = realtime.Timing{DrainSpread: time.Millisecond} })
	end := time.Now().Add(300 * time.Millisecond)
	w.gate.set("a", live.Rights{Read: true, Write: true, Until: end})
	w.gate.set("c", live.Rights{Read: true, Write: true, Until: end})
	a, b, c := n.dial("a").open(doc1, "").ready(), n.dial("b").open(doc1, "").ready(), n.dial("c").open(doc1, "").ready()
	w.gate.set("a", live.Rights{Reason: "expired"})
	w.gate.set("c", live.Rights{Read: true, Write: true, Until: end.Add(time.Hour)})
	a.until("withdrawn", func() bool { return a.isShut && a.closed == "expired" })
	if late := time.Since(end); late > 2*time.Second {
		t.Fatalf("withdrawn %v after the end", late)
	}
	b.typ("wish", "秘密")
	b.until("acknowledged", func() bool { return b.acks == 1 })
	c.until("goes on", func() bool { return c.text("wish") == "秘密" })
	a.b.never("text reached who may not read", 100*time.Millisecond, func() bool { return a.text("wish") != "" })
	c.b.mu.Lock()
	defer c.b.mu.Unlock()
	told := 0
	for _, n := range c.notices {
		if n["type"] == "rights" {
			told++
		}
	}
	if told != 1 || c.isShut {
		t.Errorf("told of the rights %d times, shut %v", told, c.isShut)
	}
}

// TestGateFails: rights that moved and cannot be decided do not last.
func TestGateFails(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Timing.GateGrace = 300 * time.Millisecond })
	a := n.dial("a").open(doc1, "").ready()
	w.gate.mu.Lock()
	w.gate.err = fault.New(fault.Unavailable, "")
	w.gate.mu.Unlock()
	w.change("doc1", func(m *live.Meta) { m.AccessVersion++ })
	a.until("sent away", func() bool { return a.b.closed != nil && a.b.closed.Code == realtime.CloseTryLater })
}

func TestOpeningIsDeniedAndAudited(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var mu sync.Mutex
	var seen []realtime.Opening
	var auditErr error
	n := w.node(func(c *realtime.Config) {
		c.Opened = func(_ context.Context, o realtime.Opening) error {
			mu.Lock()
			defer mu.Unlock()
			seen = append(seen, o)
			return auditErr
		}
	})
	w.gate.set("a", live.Rights{Reason: "consent"})
	b := n.dial("a")
	for name, reason := range map[string]string{doc1: "consent", "doc1.2": "epoch", "none.1": "not_found", "nonsense": "not_found", "m.x": "not_found"} {
		o := b.open(name, "meeting-1")
		o.until(name+" denied", func() bool { return o.denied == reason })
		o.typ("wish", "x")
	}
	ok := n.dial("b").open(doc1, "meeting-2").ready()
	mu.Lock()
	var denied, opened int
	for _, o := range seen {
		switch {
		case o.Err == nil && o.Actor.UserID == "b" && o.MeetingID == "meeting-2" && o.Meta.CaseID == "c1":
			opened++
		case o.Err != nil && o.Actor.UserID == "a" && o.MeetingID == "meeting-1":
			denied++
		}
	}
	auditErr = errors.New("audit log full")
	mu.Unlock()
	if denied != 3 || opened != 1 {
		t.Fatalf("%d denied, %d opened of %+v", denied, opened, seen)
	}
	if len(w.store.Rows(tenant, "doc1")) != 0 || b.socket() != nil {
		t.Fatal("a denied session wrote, or ended its socket")
	}
	c := n.dial("c").open(doc1, "")
	c.until("no audit row, no document", func() bool { return c.b.closed != nil && c.b.closed.Code == realtime.CloseTryLater })
	if ok.now().socket != nil || c.now().synced {
		t.Fatal("wrong one was closed, or content was sent")
	}
}

func TestNewEpoch(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	a := n.dial("a").open(doc1, "").ready()
	w.change("doc1", func(m *live.Meta) { m.Epoch = 2 })
	a.until("told to reload", func() bool { return a.isShut && a.closed == live.CodeEpoch && a.notice("epoch") != nil })
	n.dial("b").open("doc1.2", "").ready()
}

func TestDocumentIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	a := n.dial("a").open(doc1, "").ready()
	w.store.Remove(tenant, "doc1")
	a.until("withdrawn", func() bool { return a.isShut && a.closed == "not_found" })
}

func TestSessionEnds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n1, n2 := w.node(), w.node(func(c *realtime.Config) { c.Timing.Recheck = time.Hour })
	a, b, c := n1.dial("a"), n2.dial("b"), n1.dial("c")
	w.ended.Store("s-a", true)
	a.until("found by the recheck", func() bool { return a.closed != nil && a.closed.Code == realtime.CloseSignedOut })
	n1.hub.EndSession(tenant, "s-b")
	b.until("told by the other node", func() bool { return b.closed != nil && b.closed.Code == realtime.CloseSignedOut })
	if c.socket() != nil {
		t.Fatal("another session ended")
	}
}

// Somebody was taken out, stopped, or got another password: the sessions are looked at now, on every node.
func TestRecheckNow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	seldom := func(c *realtime.Config) { c.Timing.Recheck = time.Hour }
	n1, n2 := w.node(seldom), w.node(seldom)
	a, b, c := n1.dial("a"), n2.dial("b"), n2.dial("c")
	w.ended.Store("s-a", true)
	w.ended.Store("s-b", true)
	n1.hub.Recheck()
	a.until("here", func() bool { return a.closed != nil && a.closed.Code == realtime.CloseSignedOut })
	b.until("on the other node", func() bool { return b.closed != nil && b.closed.Code == realtime.CloseSignedOut })
	if c.socket() != nil {
		t.Fatal("another session ended")
	}
}

// A session that ends after it was identified and before its connection is known is no way around the end.
func TestSessionEndsWhileItConnects(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var hub *realtime.Hub
	n := w.node(func(c *realtime.Config) {
		c.Timing.Recheck = time.Hour
		identify := c.Identify
		c.Identify = func(r *http.Request) (access.Actor, error) {
			a, err := identify(r)
			w.ended.Store("s-a", true)
			hub.Recheck()
			time.Sleep(100 * time.Millisecond) // the look finds nobody
			return a, err
		}
	})
	hub = n.hub
	a := n.dial("a")
	a.until("closed", func() bool { return a.closed != nil && a.closed.Code == realtime.CloseSignedOut })
}

func TestNotSignedIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Timing.Recheck = time.Hour })
	w.actor.Store("nobody", access.Actor{})
	b, err := n.dialSession("nobody", "")
	if err != nil {
		t.Fatal(err)
	}
	b.open(doc1, "")
	b.until("closed", func() bool { return b.closed != nil && b.closed.Code == realtime.CloseSignedOut })
	if _, err := n.dialSession("nobody", "https://evil.example"); err == nil {
		t.Fatal("a foreign origin was let in")
	}
}
