package realtime_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/realtime"
)

// meetings decides who may be in a channel, and notes who came and went.
type meetings struct {
	mu     sync.Mutex
	out    map[string]bool
	events []string
}

func (m *meetings) Join(_ context.Context, a access.Actor, meetingID string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if meetingID != "meet1" {
		return fault.New(fault.NotFound, "")
	}
	if m.out[a.UserID] {
		return fault.New(fault.Forbidden, "").With("code", "member")
	}
	return nil
}

func (m *meetings) note(what string) func(context.Context, access.Actor, string) {
	return func(_ context.Context, a access.Actor, meetingID string) {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.events = append(m.events, fmt.Sprint(what, " ", a.UserID, " ", meetingID))
	}
}

func (m *meetings) seen() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.events)
}

func (m *meetings) config(c *realtime.Config) {
	c.Channels, c.OnJoin, c.OnLeave = m, m.note("join"), m.note("leave")
}

func TestMeetingChannel(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m := &meetings{out: map[string]bool{}}
	n1, n2 := w.node(m.config), w.node(m.config)
	const channel = "m.meet1"
	a, b := n1.dial("a").open(channel, "").ready(), n2.dial("b").open(channel, "").ready()
	if a.now().scope != "readonly" {
		t.Fatalf("scope %q", a.now().scope)
	}
	doc := a.b.open(doc1, "").ready()
	const word = `{"kind":"phase","seq":12,"text":"③課題の整理"}`
	if err := n1.hub.Send(context.Background(), tenant, "meet1", []byte(word)); err != nil {
		t.Fatal(err)
	}
	for _, o := range []*open{a, b} {
		o.until("told", func() bool { return slices.Contains(o.texts, word) })
	}
	if slices.Contains(doc.now().texts, word) {
		t.Fatal("a document got a meeting's message")
	}
	if err := n1.hub.Send(context.Background(), "t2", "meet1", []byte(`{"kind":"foreign"}`)); err != nil {
		t.Fatal(err)
	}
	b.say(77, 0, `{"hand":true}`)
	a.until("presence", func() bool { return a.people[77]["hand"] == true })

	denied := a.b.open("m.other", "")
	denied.until("no such meeting", func() bool { return denied.denied == "not_found" })

	// Text does not belong here.
	x := n1.dial("x").open(channel, "").ready()
	x.typ("wish", "x")
	x.until("refused", func() bool { return x.isShut && x.closed == "channel" })

	// Who is no longer admitted goes, with the next look.
	m.mu.Lock()
	m.out["b"] = true
	m.mu.Unlock()
	b.until("out", func() bool { return b.isShut && b.closed == "member" })
	a.until("presence gone", func() bool { return a.people[77] == nil })
	for _, s := range a.now().texts {
		if s == `{"kind":"foreign"}` {
			t.Fatal("a message crossed municipalities")
		}
	}
}

func TestAttendance(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m := &meetings{out: map[string]bool{}}
	// Long beside what a reload takes, also over plain HTTP on a machine that has other things to do.
	const grace = time.Second
	n := w.node(m.config, func(c *realtime.Config) { c.Timing.LeaveGrace = grace })
	tab1 := n.dial("a").open("m.meet1", "").ready()
	tab2 := n.dial("a").open("m.meet1", "").ready()
	n.dial("b").open("m.meet1", "").ready()
	tab1.b.ws.Close()
	time.Sleep(grace + 200*time.Millisecond) // the other tab is still there
	if got := m.seen(); !slices.Equal(got, []string{"join a meet1", "join b meet1"}) {
		t.Fatalf("events %v", got)
	}
	tab2.b.ws.Close()
	time.Sleep(60 * time.Millisecond)
	tab3 := n.dial("a").open("m.meet1", "").ready() // a reload of the page is no leaving
	time.Sleep(grace + 200*time.Millisecond)
	if got := m.seen(); len(got) != 2 {
		t.Fatalf("events %v", got)
	}
	tab3.b.send("m.meet1", 7, nil)
	deadline := time.Now().Add(wait)
	for len(m.seen()) < 3 && time.Now().Before(deadline) {
		time.Sleep(10 * time.Millisecond)
	}
	if got := m.seen(); !slices.Equal(got, []string{"join a meet1", "join b meet1", "leave a meet1"}) {
		t.Fatalf("events %v", got)
	}
}
