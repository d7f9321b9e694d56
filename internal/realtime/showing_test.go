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
