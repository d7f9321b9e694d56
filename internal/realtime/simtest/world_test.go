package simtest

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/live/livetest"
	"kasane/internal/realtime"
)

const tenant = "t1"

var docs = []string{"doc1", "doc2"}

// world is everything of one run.
type world struct {
	t       *testing.T
	seed    uint64
	rnd     *rand.Rand // of the faults; only the test's goroutine draws from it
	log     *livetest.Memory
	consent *consent
	bus     *bus
	clients []*client
	began   time.Time
	mild    bool // hardly anything fails: what takes effect late has no excuse
	lecture bool // one writes, the others listen: on a node where nobody writes, no writing makes a room look at rights
	places  []*place

	mu      sync.Mutex
	index   map[string]map[string]bool // words of the log by document
	read    map[string]int             // rows in the index
	owners  map[uint64]*client         // by line
	faults  []string
	starts  uint64
	history []string
}

// place is where one node stands; one that ended is followed by another.
type place struct {
	mu   sync.Mutex
	node *node // nil while there is none
}

// node is one running hub.
type node struct {
	hub     *realtime.Hub
	handler http.Handler
	data    *database
	port    *port
	out     chan struct{} // closed at its crash
	stop    context.CancelFunc
	ended   chan struct{}

	mu    sync.Mutex
	jump  time.Duration // of its clock
	lines []*line
}

func newWorld(t *testing.T, seed uint64) *world {
	w := &world{t: t, seed: seed, rnd: rand.New(rand.NewPCG(seed, 1)), log: livetest.NewMemory(time.Now), consent: &consent{no: map[[2]string]refusal{}},
		bus: newBus(seed), began: time.Now(), index: map[string]map[string]bool{}, read: map[string]int{}}
	for _, id := range docs {
		w.log.Seed(live.Meta{Tenant: tenant, ID: id, Epoch: 1, Kind: live.KindPlan, CaseID: "c1", AccessVersion: 1})
		w.index[id] = map[string]bool{}
	}
	for range 2 {
		p := &place{}
		p.node = w.newNode()
		w.places = append(w.places, p)
	}
	w.mild, w.lecture = w.rnd.IntN(3) == 0, w.rnd.IntN(3) == 0
	for i := range 4 + w.rnd.IntN(5) {
		w.clients = append(w.clients, newClient(w, i))
	}
	return w
}

func (w *world) newNode() *node {
	w.starts++
	n := &node{port: w.bus.port(), out: make(chan struct{}), ended: make(chan struct{})}
	n.data = &database{w: w, log: w.log, out: n.out, rnd: rand.New(rand.NewPCG(w.seed, 0xdb00+w.starts))}
	now := func() time.Time {
		n.mu.Lock()
		defer n.mu.Unlock()
		return time.Now().Add(n.jump)
	}
	n.hub = realtime.NewHub(realtime.Config{Documents: live.NewService(n.data, n.data, now), Bus: n.port, Now: now, Log: slog.New(slog.DiscardHandler),
		Limits: realtime.Limits{QueueBytes: queueBytes},
		Timing: realtime.Timing{CompactRows: 40},
		Identify: func(r *http.Request) (access.Actor, error) {
			u := r.Header.Get("X-Session")
			return access.Actor{Tenant: tenant, UserID: u, SessionID: "s-" + u, Name: u, AgencyID: "a", Roles: []access.Role{access.RoleSecretariat}}, nil
		}})
	n.handler = n.hub.Hocuspocus()
	ctx, cancel := context.WithCancel(context.Background())
	n.stop = cancel
	go func() {
		defer close(n.ended)
		if err := n.hub.Run(ctx); err != nil {
			w.fail("run: %v", err)
		}
	}()
	return n
}

const queueBytes = 32 << 10

func (p *place) get() *node {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.node
}

// revive starts a node where there is none: a place that was drained and crashed has two reasons to.
func (p *place) revive(w *world) {
	if p.get() == nil {
		p.set(w.newNode())
	}
}

func (p *place) set(n *node) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.node = n
}

// pick is what a balancer does: any node that is there.
func (w *world) pick(r *rand.Rand) *node {
	i := r.IntN(len(w.places))
	for k := range w.places {
		if n := w.places[(i+k)%len(w.places)].get(); n != nil {
			return n
		}
	}
	return nil
}

func (w *world) connected(c *client) {
	n := c.node
	n.mu.Lock()
	defer n.mu.Unlock()
	n.lines = append(n.lines, c.line)
	select {
	case <-n.out:
		c.line.cut()
	default:
	}
}

// kill ends a node at this instant: its lines break, nothing of it reaches anybody any more. It may be called from the node itself.
func (w *world) kill(p *place, n *node) {
	p.mu.Lock()
	if p.node != n {
		p.mu.Unlock()
		return
	}
	p.node = nil
	p.mu.Unlock()
	n.port.kill()
	n.mu.Lock()
	close(n.out)
	lines := n.lines
	n.mu.Unlock()
	for _, l := range lines {
		l.cut()
	}
	n.stop()
}

func (w *world) fail(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.faults) < 5 {
		w.faults = append(w.faults, fmt.Sprintf("at %v: ", time.Since(w.began))+fmt.Sprintf(format, args...))
	}
}

func (w *world) note(format string, args ...any) {
	w.history = append(w.history, fmt.Sprintf("%v ", time.Since(w.began))+fmt.Sprintf(format, args...))
}

// stored tells whether a word is in the log.
func (w *world) stored(doc, x string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.index[doc][x] {
		return true
	}
	rows := w.log.Rows(tenant, doc)
	for _, row := range rows[w.read[doc]:] {
		for _, found := range word.FindAll(row.Update, -1) {
			w.index[doc][string(found)] = true
		}
	}
	w.read[doc] = len(rows)
	return w.index[doc][x]
}

// shown holds what a client was shown against the log.
func (w *world) shown(o *opened, update []byte) {
	for _, x := range word.FindAll(update, -1) {
		if !w.stored(o.id, string(x)) {
			w.fail("commit, then show: %s saw %s of %s, which is not in the log", o.c.user, x, o.id)
		}
	}
}

// The gate's no takes effect within 2 s (docs/protocol.md), and on the way there may lie one frame time of the simulated database. Where the database fails, a node
// learns of it at its next look-up (1 s), keeps its members for GateGrace (5 s), and ends the room at the look-up after that; if that one hangs, the node
// is blind and shows nothing from 3 s after the last that was answered.
const (
	withdrawnWithin = 2*time.Second + 100*time.Millisecond
	troubledWithin  = (1+5+3)*time.Second + 200*time.Millisecond
)

// watcher looks at every byte a node writes to a connection.
func (w *world) watcher(c *client, n *node) func([]byte) {
	user, opened := c.user, false
	return func(b []byte) {
		if !opened { // the answer of the handshake
			if i := bytes.Index(b, []byte("\r\n\r\n")); i >= 0 {
				opened, b = true, b[i+4:]
			} else {
				return
			}
		}
		for r := bufio.NewReader(bytes.NewReader(b)); ; {
			op, payload, err := readFrame(r)
			if err != nil {
				return
			}
			if op == opBinary {
				w.watch(user, n, payload)
			}
		}
	}
}

func (w *world) watch(user string, n *node, payload []byte) {
	r := &lib0{b: payload}
	name := string(r.bytes())
	kind := r.uint()
	if name == "" || kind != 0 && kind != 1 { // the others carry nothing of the document
		return
	}
	since, no := w.consent.unread(user, name[:len(name)-2])
	if !no {
		return
	}
	within := withdrawnWithin
	n.data.locked(func() {
		if n.data.cut != cutNone || n.data.gate != cutNone || !n.data.trouble.Before(since.Add(-time.Second)) {
			within = troubledWithin
		}
	})
	if late := time.Since(since); late > within {
		w.fail("I2: %s was sent a frame of kind %d of %s %v after the gate's no (allowed %v)", user, kind, name, late, within)
	}
}

// change alters a document as a freeze or a change of consent does, in one transaction with its access version, and tells the nodes or not.
func (w *world) change(doc string, f func(*live.Meta)) {
	w.log.Change(tenant, doc, func(m *live.Meta) { m.AccessVersion++; f(m) })
	if n := w.pick(w.rnd); n != nil && w.rnd.IntN(2) == 0 {
		n.hub.Touch(tenant, doc)
	}
}

func (w *world) meta(doc string) live.Meta {
	m, err := w.log.DocMeta(context.Background(), tenant, doc)
	if err != nil && !fault.Is(err, fault.NotFound) {
		w.fail("meta: %v", err)
	}
	return m
}

func (w *world) document(doc string) *live.Document {
	d, err := live.NewService(w.log, nil, time.Now).ReadDocument(context.Background(), tenant, doc)
	if err != nil {
		w.fail("the log of %s does not load: %v", doc, err)
		return nil
	}
	return d
}
