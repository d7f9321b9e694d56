package realtime

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
)

// Hub is this node's part of all live documents: its connections, its rooms, its committer.
type Hub struct {
	cfg       Config
	node      string
	silent    bool            // other nodes cannot be called
	begun     time.Time       // it was made
	ctx       context.Context // ends when everything has been saved and closed
	cancel    context.CancelFunc
	committer *committer
	attend    *attendance
	posts     chan Post
	compacts  chan roomKey
	rechecks  chan struct{}
	work      sync.WaitGroup
	count     counters
	stopping  atomic.Bool
	ends      atomic.Int64 // counts the times sessions were ended or to be looked at again

	stopListening func()
	buffers       sync.Pool // of handshakes

	mu    sync.Mutex
	rooms map[roomKey]*room
	conns map[*conn]struct{}
	lines map[string]*httpLine // by id
}

// roomKey names a room: a document with its epoch, or a meeting's channel.
type roomKey struct{ tenant, name string }

const (
	channelPrefix = "m."
	topicSessions = "sessions"
)

// topicOf is where nodes speak about a channel, or about a document whatever its epoch: who knows only the document's id can post there.
func topicOf(k roomKey) string {
	if id, _, ok := parseDoc(k); ok && !strings.HasPrefix(k.name, channelPrefix) {
		return topicOfDoc(k.tenant, id)
	}
	return "room:" + k.tenant + ":" + k.name
}

func topicOfDoc(tenant, docID string) string { return "doc:" + tenant + ":" + docID }

// NewHub makes a hub. It serves while Run runs.
func NewHub(cfg Config) *Hub {
	cfg.Limits.defaults()
	cfg.Timing.defaults()
	h := &Hub{cfg: cfg, node: newNodeID(), begun: time.Now(), posts: make(chan Post, 4096), compacts: make(chan roomKey, 256), rechecks: make(chan struct{}, 1),
		rooms: map[roomKey]*room{}, conns: map[*conn]struct{}{}, lines: map[string]*httpLine{}}
	_, h.silent = cfg.Bus.(SilentBus)
	h.ctx, h.cancel = context.WithCancel(context.Background())
	h.committer = &committer{appendDocs: cfg.Documents.Append, timeout: cfg.Timing.Append, count: &h.count, log: cfg.Log, slow: cfg.Timing.Slow, wake: make(chan struct{}, 1)}
	h.attend = newAttendance(cfg, h.stopping.Load)
	// From the first connection on a node hears of sessions that end.
	h.stopListening = cfg.Bus.Subscribe(topicSessions, Listener{Message: h.sessionHint, Gap: func() {}})
	return h
}

func newNodeID() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return hex.EncodeToString(b[:])
}

// Run serves until ctx ends, then stops in order: no new frames are taken, what was taken is committed and acknowledged, connections are sent away with 1012
// a few at a time, rooms end. It returns nil.
func (h *Hub) Run(ctx context.Context) error {
	h.work.Go(func() { h.committer.run(h.ctx) })
	h.work.Go(func() { h.publish(h.ctx) })
	h.work.Go(func() { h.poll(h.ctx) })
	h.work.Go(func() { h.recheck(h.ctx) })
	h.work.Go(func() { h.keepAlive(h.ctx) })
	h.work.Go(func() { h.compact(h.ctx) })
	h.work.Go(func() { h.attend.run(h.ctx) })
	<-ctx.Done()
	h.drain()
	h.stopListening()
	h.cancel()
	h.work.Wait()
	return nil
}

// drain brings everything that was taken into the log, and sends the connections away.
func (h *Hub) drain() {
	h.stopping.Store(true)
	conns := h.connections()
	for _, c := range conns {
		c.deaf.Store(true)
	}
	deadline := time.Now().Add(h.cfg.Timing.DrainWait)
	for !h.settled() && time.Now().Before(deadline) {
		time.Sleep(5 * time.Millisecond)
	}
	pause := h.cfg.Timing.DrainSpread / time.Duration(len(conns)+1)
	for _, c := range conns {
		c.close(CloseRestart, "restart")
		time.Sleep(min(pause, 50*time.Millisecond))
	}
	deadline = time.Now().Add(h.cfg.Timing.DrainWait)
	for h.count.conns.Load() > 0 && time.Now().Before(deadline) {
		time.Sleep(5 * time.Millisecond)
	}
	for _, c := range h.connections() {
		c.line.cut()
	}
}

// settled tells that no room and no commit has anything left to do for frames that were taken.
func (h *Hub) settled() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.rooms {
		if r.unsaved.Load() || r.queued.Load() > 0 {
			return false
		}
	}
	return h.committer.idle()
}

func (h *Hub) connections() []*conn {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := make([]*conn, 0, len(h.conns))
	for c := range h.conns {
		out = append(out, c)
	}
	return out
}

// remember takes a connection in. A session that ended after it was identified and before it stood here was missed by who looked for its
// connections: it is looked at again.
func (h *Hub) remember(c *conn, a admission) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.conns[c] = struct{}{}
	h.count.conns.Add(1)
	if h.ends.Load() != a.ends {
		h.askRecheck()
	}
	return !h.stopping.Load()
}

func (h *Hub) forget(c *conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := h.conns[c]; ok {
		delete(h.conns, c)
		h.count.conns.Add(-1)
	}
}

// enter brings a member into its room, which is loaded when it is the first.
func (h *Hub) enter(ctx context.Context, key roomKey, m *member) (*room, error) {
	for range 3 {
		r, err := h.room(key)
		if err != nil {
			return nil, err
		}
		entered, err := r.enter(ctx, m)
		if entered {
			return r, nil
		}
		h.release(r)
		if err != nil {
			return nil, err
		}
		// The room ended at this moment: another one takes its place.
	}
	return nil, fault.New(fault.Unavailable, "")
}

// room gives the room of a key and holds it, until release.
func (h *Hub) room(key roomKey) (*room, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.stopping.Load() {
		return nil, fault.New(fault.Unavailable, "")
	}
	r := h.rooms[key]
	if r == nil && h.crowded() {
		return nil, errCrowded()
	}
	if r == nil {
		r = newRoom(h, key)
		h.rooms[key] = r
		h.work.Go(r.run)
	}
	r.held++
	return r, nil
}

func (h *Hub) release(r *room) {
	h.mu.Lock()
	defer h.mu.Unlock()
	r.held--
}

// retire takes a room out, unless somebody holds it.
func (h *Hub) retire(r *room) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if r.held > 0 {
		return false
	}
	h.dropLocked(r)
	return true
}

// drop takes a room out whoever holds it: the next to come gets a new one.
func (h *Hub) drop(r *room) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.dropLocked(r)
}

func (h *Hub) dropLocked(r *room) {
	if h.rooms[r.key] == r {
		delete(h.rooms, r.key)
	}
}

func (h *Hub) open() []*room {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := make([]*room, 0, len(h.rooms))
	for _, r := range h.rooms {
		out = append(out, r)
	}
	return out
}

// Send gives a message to everybody in a meeting's channel, on all nodes. json is passed on as it is.
func (h *Hub) Send(ctx context.Context, tenant, meetingID string, json []byte) error {
	key := roomKey{tenant, channelPrefix + meetingID}
	h.mu.Lock()
	r := h.rooms[key]
	h.mu.Unlock()
	h.post(Post{Topic: topicOf(key), Data: hint{kind: hintStateless, node: h.node, text: json}.encode()})
	if r == nil {
		return nil
	}
	return r.announce(ctx, json)
}

// Touch makes the open rooms of a document, on all nodes, look at its head, frozen state and access version now instead of within a second: after a write
// of Kasane itself, a freeze, a change of consent.
func (h *Hub) Touch(tenant, docID string) {
	for _, r := range h.open() {
		if r.key.tenant == tenant && r.docID == docID {
			r.look()
		}
	}
	h.post(Post{Topic: topicOfDoc(tenant, docID), Data: hint{kind: hintLook, node: h.node}.encode()})
}

// EndSession closes the connections of a session on all nodes at once: sign-out, a revoked guest link. Without it they end at the next
// recheck.
func (h *Hub) EndSession(tenant, sessionID string) {
	h.endSession(tenant, sessionID)
	h.post(Post{Topic: topicSessions, Data: hint{kind: hintSession, node: h.node, tenant: tenant, text: []byte(sessionID)}.encode()})
}

func (h *Hub) endSession(tenant, sessionID string) {
	h.ends.Add(1)
	for _, c := range h.connections() {
		if c.actor.Tenant == tenant && c.actor.SessionID == sessionID {
			c.close(CloseSignedOut, "session")
		}
	}
}

// Recheck looks at all sessions on all nodes now, not at the next turn: a guest was taken out, an account stopped, a password changed.
func (h *Hub) Recheck() {
	h.recheckSoon()
	h.post(Post{Topic: topicSessions, Data: hint{kind: hintRecheck, node: h.node}.encode()})
}

func (h *Hub) recheckSoon() {
	h.ends.Add(1)
	h.askRecheck()
}

func (h *Hub) askRecheck() {
	select {
	case h.rechecks <- struct{}{}:
	default: // one is asked for already
	}
}

func (h *Hub) sessionHint(data []byte) {
	t, err := decodeHint(data)
	if err != nil || t.node == h.node {
		return
	}
	switch t.kind {
	case hintSession:
		h.work.Go(func() { h.endSession(t.tenant, string(t.text)) })
	case hintRecheck:
		h.recheckSoon()
	}
}

// final tells that an error ends what it was asked about, rather than being a failure to ask.
func final(err error) bool {
	switch fault.KindOf(err) {
	case fault.Unauthorized, fault.Forbidden, fault.NotFound, fault.Gone:
		return err != nil
	}
	return false
}

// heads asks for the heads of documents of one municipality.
func (h *Hub) heads(tenant string, ids []string) (map[string]live.Head, error) {
	ctx, cancel := context.WithTimeout(h.ctx, h.cfg.Timing.Ask)
	defer cancel()
	return h.cfg.Documents.Heads(ctx, tenant, ids)
}

// actorKey tells sessions apart.
func actorKey(a access.Actor) string { return a.Tenant + "\x00" + a.SessionID + "\x00" + a.UserID }
