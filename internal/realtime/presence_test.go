package realtime_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"kasane/internal/realtime"
)

func (o *open) person(client uint64) map[string]any {
	p := o.people[client]
	if p == nil {
		return nil
	}
	u, _ := p["user"].(map[string]any)
	return u
}

func TestPresence(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	a, b := n.dial("a").open(doc1, "").ready(), n.dial("b").open(doc1, "").ready()
	a.say(501, 0, `{"user":{"name":"市長","id":"boss"},"at":"plan/goal"}`)
	b.until("seen", func() bool { return b.people[501]["at"] == "plan/goal" })
	if u, _ := b.now().people[501]["user"].(map[string]any); u["name"] != "氏名 a" || u["id"] != "a" || u["agencyId"] != "ag-a" || u["agency"] != "機関" || !strings.HasPrefix(u["color"].(string), "#") {
		t.Fatalf("user is what the client said: %v", u)
	}
	b.say(502, 4, `{"at":"x"}`)
	a.until("seen", func() bool { return a.person(502)["id"] == "b" })

	// What b says of a's client is passed over, and so are states that are too large or no objects.
	b.say(501, 9, `{"at":"stolen"}`)
	b.say(501, 10, `null`)
	b.say(502, 5, `{"at":"`+strings.Repeat("x", 4000)+`"}`)
	b.say(502, 6, `[1]`)
	b.say(502, 7, `{"at":"y"}`)
	a.until("the last good one is seen", func() bool { return a.people[502]["at"] == "y" })
	c := n.dial("c").open(doc1, "").ready()
	c.until("a newcomer sees who is there", func() bool { return c.people[501]["at"] == "plan/goal" && c.people[502]["at"] == "y" })
	if a.now().people[501] != nil {
		t.Fatal("told of itself")
	}

	// A connection that dies leaves no ghost.
	b.b.cable()
	for _, o := range []*open{a, c} {
		o.until("gone", func() bool { return o.people[502] == nil })
	}
	// The same browser comes back with the same clock, and is seen at once.
	b2 := n.dial("b").openAs(doc1, "", b.replica).ready()
	b2.say(502, 7, `{"at":"z"}`)
	a.until("back", func() bool { return a.people[502]["at"] == "z" })
	// Another user cannot take the place of one who left.
	b2.b.cable()
	a.until("gone", func() bool { return a.people[502] == nil })
	c.say(502, 100, `{"at":"ghost"}`)
	a.b.never("ghost", 100*time.Millisecond, func() bool { return a.people[502] != nil })
	// QueryAwareness.
	d := n.dial("d").open(doc1, "").ready()
	d.b.mu.Lock()
	clear(d.people)
	clear(d.clocks)
	d.b.mu.Unlock()
	d.b.send(doc1, 3, nil)
	d.until("answered", func() bool { return d.people[501] != nil })
}

// TestPresenceIsMerged: a hundred cursor moves are not a hundred messages.
func TestPresenceIsMerged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Timing.Presence = 75 * time.Millisecond })
	a, b := n.dial("a").open(doc1, "").ready(), n.dial("b").open(doc1, "").ready()
	before := b.now().frames
	for i := range uint64(100) {
		a.say(501, i, `{"n":`+string(rune('0'+i%10))+`}`)
	}
	a.say(501, 100, `{"n":"last"}`)
	b.until("the last one", func() bool { return b.people[501]["n"] == "last" })
	if n := b.now().frames - before; n > 10 {
		t.Fatalf("%d messages", n)
	}
}

// TestSleepingTab: a background tab whose timers are held back stays present as long as it is connected.
func TestSleepingTab(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Timing.Renew = 60 * time.Millisecond })
	a, b := n.dial("a").open(doc1, "").ready(), n.dial("b").open(doc1, "").ready()
	a.say(501, 0, `{}`)
	b.until("renewed", func() bool { return b.clocks[501] >= 4 })
}

// TestKeepAlive: a client alone in a document hears something often enough, also on a socket without documents.
func TestKeepAlive(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Timing.KeepAlive = 50 * time.Millisecond })
	idle := n.dial("idle")
	a := n.dial("a").open(doc1, "").ready()
	for _, b := range []*browser{idle, a.b} {
		b.mu.Lock()
		before := b.frames
		b.mu.Unlock()
		b.until("kept alive", func() bool { return b.frames >= before+3 })
	}
}

func TestPresenceAcrossNodes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n1, n2 := w.node(), w.node()
	a := n1.dial("a").open(doc1, "").ready()
	a.say(501, 0, `{"at":"x"}`)
	b := n2.dial("b").open(doc1, "").ready()
	b.until("seen on the other node", func() bool { return b.people[501]["at"] == "x" && b.person(501)["id"] == "a" })
	b.say(502, 0, `{"at":"y"}`)
	a.until("and back", func() bool { return a.people[502]["at"] == "y" })
	b.b.cable()
	a.until("gone", func() bool { return a.people[502] == nil })

	a2 := n2.dial("a").open(doc1, "").ready()
	a2.say(501, 1, `{"at":"moved"}`) // its old connection is still believed alive on n1
	c := n2.dial("c").open(doc1, "").ready()
	c.until("seen where it moved", func() bool { return c.people[501]["at"] == "moved" })
}

// TestPresenceAfterAReconnection: a stock client forgets who was there when its connection ends, but not their clocks, and passes over what it is told again
// with the same ones.
func TestPresenceAfterAReconnection(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Timing.Renew = time.Hour })
	a, b := n.dial("a").open(doc1, "").ready(), n.dial("b").open(doc1, "").ready()
	a.say(501, 0, `{"at":"x"}`)
	b.until("seen", func() bool { return b.people[501]["at"] == "x" })
	b.b.cable()
	c := n.dial("b").comeBack(b).ready()
	c.until("seen again", func() bool { return c.people[501]["at"] == "x" })
	a.say(501, 1, `{"at":"y"}`)
	c.until("and what follows", func() bool { return c.people[501]["at"] == "y" })
	c.b.mu.Lock()
	clear(c.people)
	c.b.mu.Unlock()
	c.b.send(doc1, 3, nil)
	c.until("answered", func() bool { return c.people[501]["at"] == "y" })
}

// comeBack opens a document as the same page does on a new connection.
func (b *browser) comeBack(old *open) *open {
	old.b.mu.Lock()
	o := &open{b: b, name: old.name, replica: old.replica, people: map[uint64]map[string]any{}, clocks: maps.Clone(old.clocks)}
	old.b.mu.Unlock()
	b.mu.Lock()
	b.docs[o.name] = o
	sv := o.replica.Doc.StateVector()
	b.mu.Unlock()
	b.send(o.name, 2, pb([]byte{0}, nil))
	b.send(o.name, 0, pb([]byte{0}, sv))
	return o
}
