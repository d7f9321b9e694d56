package realtime_test

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/live/livetest"
	"kasane/internal/realtime"
)

const (
	tenant = "t1"
	doc1   = "doc1.1"
	wait   = 5 * time.Second
)

// gate is a live.Gate that tests change.
type gate struct {
	mu     sync.Mutex
	rights map[string]live.Rights // by user id, or by user id and document, with a space between
	err    error
}

// Round implements live.Gate.
func (g *gate) Round() live.Gate { return g }

func (g *gate) Rights(_ context.Context, a access.Actor, _ string, m live.Meta) (live.Rights, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.err != nil {
		return live.Rights{}, g.err
	}
	for _, key := range []string{a.UserID + " " + m.ID, a.UserID} {
		if r, ok := g.rights[key]; ok {
			return r, nil
		}
	}
	return live.Rights{Read: true, Write: true}, nil
}

func (g *gate) set(user string, r live.Rights) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.rights[user] = r
}

// world is what several nodes share.
type world struct {
	t     *testing.T
	store *livetest.Memory
	gate  *gate
	bus   realtime.Bus
	actor sync.Map // session token → access.Actor
	ended sync.Map // session id → bool
	over  string   // what browsers connect by: "" is a websocket, else the mode of a line over plain HTTP
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, store: livetest.NewMemory(time.Now), gate: &gate{rights: map[string]live.Rights{}}, bus: realtime.NewLocalBus(), over: overHTTP(t)}
	for _, id := range []string{"doc1", "doc2", "doc3"} {
		w.store.Seed(live.Meta{Tenant: tenant, ID: id, Epoch: 1, Kind: live.KindPlan, CaseID: "c1", AccessVersion: 1})
	}
	return w
}

// node is one running hub.
type node struct {
	w    *world
	hub  *realtime.Hub
	url  string
	stop func()
}

func quick() realtime.Timing {
	return realtime.Timing{Poll: 50 * time.Millisecond, PollBusDown: 25 * time.Millisecond, Recheck: 50 * time.Millisecond, Presence: 10 * time.Millisecond,
		LeaveGrace: 150 * time.Millisecond, NodeBeat: 50 * time.Millisecond, NodeExpire: 400 * time.Millisecond, DrainSpread: 50 * time.Millisecond, DrainWait: 2 * time.Second}
}

func (w *world) node(change ...func(*realtime.Config)) *node { return w.nodeOn(w.store, change...) }

func (w *world) nodeOn(store live.Store, change ...func(*realtime.Config)) *node {
	w.t.Helper()
	cfg := realtime.Config{Documents: live.NewService(store, w.gate, time.Now), Bus: w.bus, Now: time.Now, Timing: quick(),
		Log: slog.New(slog.NewTextHandler(testWriter{w.t}, &slog.HandlerOptions{Level: slog.LevelWarn})),
		Identify: func(r *http.Request) (access.Actor, error) {
			a, ok := w.actor.Load(r.Header.Get("X-Session"))
			if !ok {
				return access.Actor{}, fault.New(fault.Unauthorized, "")
			}
			return a.(access.Actor), nil
		},
		Valid: func(_ context.Context, a access.Actor) error {
			if _, ended := w.ended.Load(a.SessionID); ended {
				return fault.New(fault.Unauthorized, "")
			}
			return nil
		}}
	for _, f := range change {
		f(&cfg)
	}
	hub := realtime.NewHub(cfg)
	mux := http.NewServeMux()
	mux.Handle("/hp", hub.Hocuspocus())
	mux.Handle("/yws/", hub.YWebsocket())
	mux.Handle("POST /hp/line", hub.OpenLine())
	mux.Handle("POST /hp/line/up", hub.LineUp())
	mux.Handle("POST /hp/line/down", hub.LineDown())
	mux.Handle("DELETE /hp/line", hub.CloseLine())
	srv := httptest.NewServer(mux)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- hub.Run(ctx) }()
	n := &node{w: w, hub: hub, url: "ws" + strings.TrimPrefix(srv.URL, "http")}
	n.stop = sync.OnceFunc(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				w.t.Errorf("run: %v", err)
			}
		case <-time.After(15 * time.Second):
			w.t.Error("hub does not stop")
		}
		srv.CloseClientConnections()
		srv.Close()
	})
	w.t.Cleanup(n.stop)
	return n
}

// testWriter logs to the test while it runs.
type testWriter struct{ t *testing.T }

func (w testWriter) Write(b []byte) (int, error) {
	if w.t.Context().Err() == nil {
		w.t.Log(strings.TrimSpace(string(b)))
	}
	return len(b), nil
}

// carrier is the client's end of a line; a websocket is one.
type carrier interface {
	WriteMessage(kind int, frame []byte) error
	ReadMessage() (kind int, frame []byte, err error)
	Close() error
}

// browser is one connection on the Hocuspocus path, with a replica for each document it opens.
type browser struct {
	t     *testing.T
	ws    carrier
	actor access.Actor

	mu     sync.Mutex
	docs   map[string]*open
	closed *websocket.CloseError
	cond   *sync.Cond
	wmu    sync.Mutex
	frames int
}

// open is one document of a browser.
type open struct {
	b       *browser
	name    string
	replica *livetest.Client
	scope   string
	denied  string
	closed  string // reason of CLOSE
	isShut  bool
	synced  bool
	acks    int // SyncStatus(1)
	nacks   int
	notices []map[string]any
	texts   []string // stateless messages as they came
	people  map[uint64]map[string]any
	clocks  map[uint64]uint64
	asked   int // SyncStep1 of the server
	noReply bool
}

var clients atomic.Uint64

func actorOf(user string) access.Actor {
	return access.Actor{Tenant: tenant, UserID: user, SessionID: "s-" + user, Name: "氏名 " + user, AgencyID: "ag-" + user, AgencyName: "機関", Roles: []access.Role{access.RoleSecretariat}}
}

func (n *node) dial(user string) *browser {
	n.w.t.Helper()
	b, err := n.tryDial(user)
	if err != nil {
		n.w.t.Fatal(err)
	}
	return b
}

func (n *node) tryDial(user string) (*browser, error) {
	n.w.actor.Store(user, actorOf(user))
	return n.dialSession(user, "")
}

// dialSession dials with a session as it is.
func (n *node) dialSession(user, origin string) (*browser, error) {
	header := http.Header{"X-Session": {user}}
	if origin != "" {
		header.Set("Origin", origin)
	}
	ws, err := n.connect(header)
	if err != nil {
		return nil, err
	}
	return n.begin(user, ws), nil
}

func (n *node) begin(user string, ws carrier) *browser {
	b := &browser{t: n.w.t, ws: ws, actor: actorOf(user), docs: map[string]*open{}}
	b.cond = sync.NewCond(&b.mu)
	n.w.t.Cleanup(func() { ws.Close() })
	go b.read()
	return b
}

func (n *node) connect(header http.Header) (carrier, error) {
	if n.w.over != "" {
		return n.line(header)
	}
	ws, _, err := websocket.DefaultDialer.Dial(n.url+"/hp", header)
	return ws, err
}

// cable pulls the cable: the server is not told.
func (b *browser) cable() {
	if ws, ok := b.ws.(*websocket.Conn); ok {
		ws.NetConn().Close()
		return
	}
	b.ws.(*httpCarrier).stop()
}

func (b *browser) read() {
	for {
		_, data, err := b.ws.ReadMessage()
		b.mu.Lock()
		if err != nil {
			var ce *websocket.CloseError
			if !errors.As(err, &ce) {
				ce = &websocket.CloseError{Code: websocket.CloseAbnormalClosure, Text: err.Error()}
			}
			b.closed = ce
			b.cond.Broadcast()
			b.mu.Unlock()
			return
		}
		b.frames++
		b.take(data)
		b.cond.Broadcast()
		b.mu.Unlock()
	}
}

type lib0 struct{ b []byte }

func (r *lib0) uint() uint64 {
	n, w := binary.Uvarint(r.b)
	r.b = r.b[w:]
	return n
}
func (r *lib0) bytes() []byte {
	n := r.uint()
	s := r.b[:n]
	r.b = r.b[n:]
	return s
}
func pu(b []byte, n uint64) []byte { return binary.AppendUvarint(b, n) }
func pb(b, s []byte) []byte        { return append(pu(b, uint64(len(s))), s...) }

// take handles one frame as @hocuspocus/provider does.
func (b *browser) take(data []byte) {
	r := &lib0{data}
	name := string(r.bytes())
	o := b.docs[name]
	if o == nil {
		return
	}
	switch kind := r.uint(); kind {
	case 0:
		switch r.uint() {
		case 0:
			o.asked++
			if o.noReply {
				return
			}
			u, err := o.replica.Doc.Encode(r.bytes())
			if err != nil {
				b.t.Errorf("state vector of the server: %v", err)
			}
			go b.send(name, 0, pb([]byte{1}, u))
		case 1:
			o.synced = true
			o.apply(r.bytes())
		case 2:
			o.apply(r.bytes())
		}
	case 1:
		o.presence(r.bytes())
	case 2:
		switch r.uint() {
		case 1:
			o.denied = string(r.bytes())
		case 2:
			o.scope = string(r.bytes())
		}
	case 5:
		s := string(r.bytes())
		o.texts = append(o.texts, s)
		var n map[string]any
		if json.Unmarshal([]byte(s), &n) == nil {
			o.notices = append(o.notices, n)
		}
	case 7:
		o.closed, o.isShut = string(r.bytes()), true
	case 8:
		if r.uint() == 1 {
			o.acks++
		} else {
			o.nacks++
		}
	case 10:
	default:
		b.t.Errorf("unknown message type %d, which stock providers throw at", kind)
	}
}

func (o *open) apply(u []byte) {
	if err := o.replica.Apply(u); err != nil {
		o.b.t.Errorf("update of the server: %v", err)
	}
}

func (o *open) presence(u []byte) {
	r := &lib0{u}
	for n := r.uint(); n > 0; n-- {
		client, clock, state := r.uint(), r.uint(), r.bytes()
		if string(state) == "null" {
			if clock >= o.clocks[client] {
				delete(o.people, client)
				o.clocks[client] = clock
			}
			continue
		}
		if old, ok := o.clocks[client]; ok && clock <= old {
			continue
		}
		var s map[string]any
		if err := json.Unmarshal(state, &s); err != nil {
			o.b.t.Errorf("presence %q: %v", state, err)
		}
		o.people[client], o.clocks[client] = s, clock
	}
}

func (b *browser) send(name string, kind byte, body []byte) {
	b.raw(websocket.BinaryMessage, append(append(pb(nil, []byte(name)), kind), body...))
}

func (b *browser) raw(kind int, frame []byte) {
	b.wmu.Lock()
	defer b.wmu.Unlock()
	_ = b.ws.WriteMessage(kind, frame)
}

// open opens a document as the provider does: token, state vector, presence.
func (b *browser) open(name, meeting string) *open {
	return b.openAs(name, meeting, livetest.NewClient(1_000_000+clients.Add(1)))
}

func (b *browser) openAs(name, meeting string, replica *livetest.Client) *open {
	o := &open{b: b, name: name, replica: replica, people: map[uint64]map[string]any{}, clocks: map[uint64]uint64{}}
	b.mu.Lock()
	b.docs[name] = o
	sv := replica.Doc.StateVector()
	b.mu.Unlock()
	b.send(name, 2, pb([]byte{0}, []byte(meeting)))
	b.send(name, 0, pb([]byte{0}, sv))
	return o
}

// ready waits until the document is synced, its own content acknowledged.
func (o *open) ready() *open {
	o.b.t.Helper()
	o.until("opened", func() bool { return o.synced && o.acks >= 1 })
	o.b.mu.Lock()
	defer o.b.mu.Unlock()
	o.acks = 0
	return o
}

// until waits for a condition, which is evaluated under the browser's lock.
func (o *open) until(what string, ok func() bool) {
	o.b.t.Helper()
	o.b.until(what, ok)
}

func (b *browser) until(what string, ok func() bool) {
	b.t.Helper()
	if !b.within(wait, ok) {
		b.mu.Lock()
		defer b.mu.Unlock()
		s := ""
		for _, o := range b.docs {
			s += fmt.Sprintf("\n%s: scope %q denied %q closed %v %q synced %v acks %d nacks %d notices %v people %v state %s", o.name, o.scope, o.denied, o.isShut, o.closed,
				o.synced, o.acks, o.nacks, o.notices, o.people, o.replica.State())
		}
		b.t.Fatalf("%s: not within %v; socket %v%s", what, wait, b.closed, s)
	}
}

func (b *browser) within(d time.Duration, ok func() bool) bool {
	deadline := time.Now().Add(d)
	timer := time.AfterFunc(d, func() { b.mu.Lock(); b.cond.Broadcast(); b.mu.Unlock() })
	defer timer.Stop()
	b.mu.Lock()
	defer b.mu.Unlock()
	for !ok() {
		if !time.Now().Before(deadline) {
			return false
		}
		b.cond.Wait()
	}
	return true
}

// glimpse is what a browser has seen of a document at one moment.
type glimpse struct {
	acks, asked, frames         int
	scope, closed, denied, wish string
	synced                      bool
	texts                       []string
	notices                     []map[string]any
	people                      map[uint64]map[string]any
	socket                      *websocket.CloseError
}

func (o *open) now() glimpse {
	o.b.mu.Lock()
	defer o.b.mu.Unlock()
	return glimpse{acks: o.acks, asked: o.asked, frames: o.b.frames, scope: o.scope, closed: o.closed, denied: o.denied, wish: o.text("wish"),
		synced: o.synced, texts: slices.Clone(o.texts), notices: slices.Clone(o.notices), people: maps.Clone(o.people), socket: o.b.closed}
}

func (b *browser) socket() *websocket.CloseError {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.closed
}

func (g glimpse) notice(kind string) map[string]any {
	for _, n := range g.notices {
		if n["type"] == kind {
			return n
		}
	}
	return nil
}

// never asserts that a condition does not come true within d.
func (b *browser) never(what string, d time.Duration, bad func() bool) {
	b.t.Helper()
	if b.within(d, bad) {
		b.t.Fatalf("%s", what)
	}
}

// edit changes the replica and sends the update.
func (o *open) edit(f func(*livetest.Client) []byte) {
	o.b.mu.Lock()
	u := f(o.replica)
	o.b.mu.Unlock()
	o.b.send(o.name, 0, pb([]byte{2}, u))
}

func (o *open) typ(key, s string) {
	o.edit(func(c *livetest.Client) []byte { return c.Type(key, s) })
}

func (o *open) text(key string) string { return o.replica.Text(key) }

// notice finds a notice of a type.
func (o *open) notice(kind string) map[string]any {
	for _, n := range o.notices {
		if n["type"] == kind {
			return n
		}
	}
	return nil
}

// state says something of itself in the presence.
func (o *open) say(client, clock uint64, state string) {
	b := pb(pu(pu([]byte{1}, client), clock), []byte(state))
	o.b.send(o.name, 1, pb(nil, b))
}

func (w *world) logText(id string) string {
	w.t.Helper()
	d, err := live.NewService(w.store, w.gate, time.Now).ReadDocument(context.Background(), tenant, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return d.Text("wish")
}
