package realtime_test

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"kasane/internal/realtime"
)

// meter counts what comes over a socket.
type meter struct {
	net.Conn
	n *atomic.Int64
}

func (m meter) Read(b []byte) (int, error) {
	n, err := m.Conn.Read(b)
	m.n.Add(int64(n))
	return n, err
}

// dialBrowser dials as browsers do, which offer to take compressed messages.
func (n *node) dialBrowser(user string, deflate bool) (*browser, *atomic.Int64) {
	n.w.t.Helper()
	n.w.actor.Store(user, actorOf(user))
	got := new(atomic.Int64)
	d := websocket.Dialer{EnableCompression: deflate, NetDial: func(network, addr string) (net.Conn, error) {
		c, err := net.Dial(network, addr)
		return meter{c, got}, err
	}}
	ws, _, err := d.Dial(n.url+"/hp", http.Header{"X-Session": {user}})
	if err != nil {
		n.w.t.Fatal(err)
	}
	return n.begin(user, ws), got
}

// TestACrowdIsShown: whoever takes compressed messages sees the same people as whoever does not, for a part of the bytes; nobody is told of
// himself, however many messages it takes.
func TestACrowdIsShown(t *testing.T) {
	t.Parallel()
	const people = 40
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Timing.Presence = 50 * time.Millisecond })
	var crowd []*open
	var bytes [people]*atomic.Int64
	for i := range people {
		b, got := n.dialBrowser(fmt.Sprintf("p%d", i), i%2 == 0)
		bytes[i] = got
		crowd = append(crowd, b.open(doc1, "").ready())
	}
	begun := [2]int64{bytes[0].Load(), bytes[1].Load()}
	for round := range uint64(5) {
		for i, o := range crowd {
			o.say(uint64(7000+i), round, fmt.Sprintf(`{"user":{"name":"x"},"caret":{"key":"wish","anchor":{"type":null,"item":{"client":%d,"clock":1}}},"n":%d}`, 7000+i, round))
		}
		for i, o := range crowd {
			o.until("everybody is seen", func() bool {
				for k := range crowd {
					if k != i && (o.people[uint64(7000+k)]["n"] != float64(round) || o.person(uint64(7000 + k))["id"] != fmt.Sprintf("p%d", k)) {
						return false
					}
				}
				return true
			})
			if o.now().people[uint64(7000+i)] != nil {
				t.Fatal("told of itself")
			}
		}
	}
	small, large := bytes[0].Load()-begun[0], bytes[1].Load()-begun[1]
	t.Logf("compressed %d, plain %d", small, large)
	if small*5 > large*2 {
		t.Errorf("compressed %d, plain %d", small, large)
	}
}

// TestWhoAskedIsToldWhoOnce: a client that remembers who is behind a client id hears it with the first state only; stock clients with each. What
// somebody says of himself reaches neither.
func TestWhoAskedIsToldWhoOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n, far := w.node(), w.node()
	asks := func(o *open) *open {
		o.b.send(doc1, 5, pb(nil, []byte(`{"type":"brief"}`)))
		return o.ready()
	}
	stock := n.dial("stock").open(doc1, "").ready()
	a, other := asks(n.dial("a").open(doc1, "")), asks(far.dial("other").open(doc1, ""))
	b := n.dial("b").open(doc1, "").ready()
	says := func(from *open, clock uint64, named bool, watching ...*open) {
		t.Helper()
		from.say(502, clock, fmt.Sprintf(`{"user":{"name":"市長","id":"boss"},"at":"%d"}`, clock))
		for _, o := range watching {
			o.until("seen", func() bool { return o.people[502]["at"] == fmt.Sprint(clock) })
			if u, ok := o.now().people[502]["user"]; ok != named || ok && u.(map[string]any)["id"] != "b" {
				t.Fatalf("%s is told of %v at %d", o.b.actor.UserID, u, clock)
			}
		}
	}
	says(b, 1, true, stock, a, other)
	says(b, 2, true, stock)
	says(b, 3, false, a, other)
	// Who comes later is told of everybody, and then as the others.
	c := asks(n.dial("c").open(doc1, ""))
	c.until("told", func() bool { return c.person(502)["id"] == "b" })
	says(b, 4, false, a, c, other)
	// Who comes back may be called otherwise.
	moved := actorOf("b")
	moved.AgencyName = "異動先"
	w.actor.Store("b", moved)
	again, err := n.dialSession("b", "")
	if err != nil {
		t.Fatal(err)
	}
	b = again.openAs(doc1, "", b.replica).ready()
	says(b, 5, true, stock, a, c, other)
	for _, o := range []*open{a, other} {
		if u := o.now().people[502]["user"].(map[string]any); u["agency"] != "異動先" {
			t.Fatal("still of the former agency")
		}
	}
	says(b, 6, false, a, c, other)
	// Who asks is answered in full.
	c.b.send(doc1, 3, nil)
	c.until("told again", func() bool { return c.person(502)["id"] == "b" })
}

// TestCompressedMessagesAreBounded: what a client sends is bounded as it is and as it becomes.
func TestCompressedMessagesAreBounded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	b, _ := n.dialBrowser("a", true)
	o := b.open(doc1, "").ready()
	ws := b.ws.(*websocket.Conn)
	ws.EnableWriteCompression(true)
	o.say(501, 0, `{"at":"`+strings.Repeat("x", 900)+`"}`) // compressed, and taken
	c := n.dial("c").open(doc1, "").ready()
	c.until("seen", func() bool { return c.people[501] != nil })
	b.raw(websocket.BinaryMessage, make([]byte, 50<<20)) // 50 kB on the line
	b.until("cut", func() bool { return b.closed != nil && b.closed.Code == realtime.CloseTooBig })
}
