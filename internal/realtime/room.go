package realtime

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"kasane/internal/fault"
	"kasane/internal/live"
)

// room is one document, or one meeting's channel, on this node. Whoever holds mu owns everything below the line: as a rule the room's goroutine, to
// which the rest of the world speaks through channels; for a moment somebody who brings a thing while the room rests (direct.go). Nobody who holds it
// waits: a helper goroutine asks the database (ops.go), the committer commits.
type room struct {
	hub     *Hub
	key     roomKey
	docID   string // "" for a meeting's channel
	epoch   int    // of the document
	topic   string // where nodes speak about it
	meeting string // "" for a document
	log     *slog.Logger

	held    int // holders, under hub.mu
	unsaved atomic.Bool
	weight  atomic.Int64 // bytes of memory of the document, about
	queued  atomic.Int64 // frames in the channel, and on their way out of it

	frames   chan framed
	entries  chan entry
	exits    chan *member
	words    chan []byte
	hints    chan *hint
	missed   chan struct{}
	ticks    chan *tick
	commits  chan *committed
	results  chan *result
	done     chan struct{}
	lookings chan struct{}
	pokes    chan struct{} // something the goroutine has to see for itself

	mu sync.Mutex
	// ----
	closed    bool           // the goroutine waits, and takes no frames
	doc       *live.Document // nil while it has not been loaded, and in a channel
	version   int64          // newest access version known
	wantSeq   int64          // the log is known to reach so far
	unshown   int64          // first row that was integrated beside uncommitted changes, which may have held it; 0: none
	members   map[*member]struct{}
	arriving  []entry // until the document is loaded
	presence  *presence
	current   *batch // integrated, waits for the commit in flight
	flight    *batch // being committed
	again     []framed
	op        opKind
	reload    bool // load the document again, as soon as no commit is in flight
	repair    bool // read the log from Seq on
	gate      bool // decide the rights of all members again
	mustRead  bool // frames wait until the log was read
	mustGate  bool // frames wait until rights were decided
	staleFrom time.Time
	lastGate  time.Time
	lastBeat  time.Time
	lastLook  time.Time // when the database last answered about the document
	emptyFrom time.Time
	compacted int64 // sequence at which a snapshot was asked for
	flush     *time.Timer
	flushing  bool
	grown     int       // weight added since the document was weighed
	heavy     bool      // said to be large
	apart     bool      // the members know that people on other nodes may be missing
	toldSlow  time.Time // when it was last said that changes are saved late
	dead      bool
}

// framed is one frame of a member. tries counts how often it was taken again after its batch was refused.
type framed struct {
	m     *member
	in    inbound
	read  bool // the log has been read for its sake
	tries int
	at    time.Duration // when it came, since the hub was made
}

type entry struct {
	m    *member
	done chan error
}

// tick is what the look-up found; without known, asked says that the document is gone rather than that nobody could be asked.
type tick struct {
	head         live.Head
	known, asked bool
	apart        bool // from other nodes
}

func newRoom(h *Hub, key roomKey) *room {
	r := &room{hub: h, key: key, log: h.cfg.Log, frames: make(chan framed, 16), entries: make(chan entry), exits: make(chan *member, 16),
		words: make(chan []byte, 16), hints: make(chan *hint, 128), missed: make(chan struct{}, 1), ticks: make(chan *tick, 1),
		commits: make(chan *committed, 1), results: make(chan *result, 1), done: make(chan struct{}), lookings: make(chan struct{}, 1), pokes: make(chan struct{}, 1),
		topic: topicOf(key), members: map[*member]struct{}{}, presence: newPresence()}
	if meeting, ok := strings.CutPrefix(key.name, channelPrefix); ok {
		r.meeting = meeting
	} else {
		r.docID, r.epoch, _ = parseDoc(key)
		r.reload = true
	}
	return r
}

func parseDoc(key roomKey) (id string, epoch int, ok bool) { return live.ParseName(key.name) }

// run is the room's goroutine.
func (r *room) run() {
	defer close(r.done)
	stop := r.begin()
	defer stop()
	r.mu.Lock()
	defer r.mu.Unlock()
	for !r.dead {
		r.advance()
		if r.dead {
			break
		}
		r.step()
	}
	r.end()
}

// begin listens to the other nodes; stop ends that.
//
//go:noinline
func (r *room) begin() (stop func()) {
	deafen := r.hub.cfg.Bus.Subscribe(r.topic, Listener{Message: r.hear, Gap: r.gap})
	flush := time.NewTimer(time.Hour)
	now := r.hub.cfg.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.flush = flush
	r.lastGate, r.lastBeat, r.emptyFrom, r.lastLook = now, now, now, now
	return func() { flush.Stop(); deafen() }
}

// end lets everybody go.
//
//go:noinline
func (r *room) end() {
	r.hub.drop(r)
	r.setWeight(0)
	for _, e := range r.arriving {
		e.done <- fault.New(fault.Unavailable, "")
	}
	for m := range r.members {
		r.remove(m)
	}
}

// step gives the room away, waits for one thing to happen, and deals with it. A room waits for most of its life: what stands on its stack then is kept small, as for
// socket.read, so what deals with the thing is called and not inlined.
func (r *room) step() {
	frames := r.frames
	r.closed = r.busy()
	if r.closed {
		frames = nil
	}
	r.mu.Unlock()
	select {
	case <-r.hub.ctx.Done():
		r.mu.Lock()
		r.dead = true
	case f := <-frames:
		r.mu.Lock()
		r.taken(&f)
	case e := <-r.entries:
		r.mu.Lock()
		r.arrive(e)
	case m := <-r.exits:
		r.mu.Lock()
		r.remove(m)
	case c := <-r.commits:
		r.mu.Lock()
		r.committed(c)
	case x := <-r.results:
		r.mu.Lock()
		r.finish(x)
	case x := <-r.ticks:
		r.mu.Lock()
		r.beat(x)
	case t := <-r.hints:
		r.mu.Lock()
		r.hinted(t)
	case b := <-r.words:
		r.mu.Lock()
		r.say(b)
	case <-r.missed:
		r.mu.Lock()
		r.resync()
	case <-r.lookings:
		r.mu.Lock()
		r.gate = true
	case <-r.flush.C:
		r.mu.Lock()
		r.flushing = false
		r.showPresence()
	case <-r.pokes:
		r.mu.Lock()
	}
}

//go:noinline
func (r *room) taken(f *framed) {
	r.again = append(r.again, *f)
	r.advance() // takes it
	r.queued.Add(-1)
}

//go:noinline
func (r *room) say(b []byte) { r.all(statelessPacket(r.key.name, b)) }

// paused tells that frames have to wait for a helper.
func (r *room) paused() bool {
	return r.docID != "" && (r.doc == nil || r.reload || r.mustRead || r.mustGate)
}

// busy tells that no more frames are taken from the channel for now.
func (r *room) busy() bool { return r.paused() || r.current.full(r.hub.cfg.Limits) }

// advance does what can be done now: frames that waited, the next commit, the next question to the database.
//
//go:noinline
func (r *room) advance() {
	for len(r.again) > 0 && !r.paused() && !r.dead {
		f := r.again[0]
		r.again = r.again[1:]
		r.take(f)
	}
	if r.dead {
		return
	}
	if r.flight == nil && r.current != nil && !r.reload {
		r.submit()
	}
	if r.op == opNone {
		r.startOp()
	}
	if len(r.presence.dirty) > 0 && !r.flushing {
		r.flushing = true
		r.flush.Reset(r.hub.cfg.Timing.Presence)
	}
	r.unsaved.Store(r.flight != nil || r.current != nil || len(r.again) > 0)
}

// ---- from other goroutines ----

// enter brings a member in; false without error means that the room has ended.
func (r *room) enter(ctx context.Context, m *member) (bool, error) {
	e := entry{m: m, done: make(chan error, 1)}
	select {
	case r.entries <- e:
	case <-r.done:
		return false, nil
	case <-ctx.Done():
		return false, fault.Wrap(fault.Unavailable, ctx.Err(), "")
	}
	select {
	case err := <-e.done:
		return err == nil, err
	case <-r.done:
		select {
		case err := <-e.done:
			return err == nil, err
		default:
			return false, nil
		}
	case <-ctx.Done():
		r.exit(m)
		return false, fault.Wrap(fault.Unavailable, ctx.Err(), "")
	}
}

// post hands a frame over; the reader waits here when the room has enough to do.
func (r *room) post(m *member, in inbound) {
	f := framed{m: m, in: in, at: time.Since(r.hub.begun)}
	if r.direct(f) {
		return
	}
	r.queued.Add(1)
	select {
	case r.frames <- f:
	case <-r.done:
	}
}

// quit takes a member out and gives up its hold on the room.
func (r *room) quit(m *member) {
	r.exit(m)
	m.released.Do(func() { r.hub.release(r) })
}

func (r *room) exit(m *member) {
	select {
	case r.exits <- m:
	case <-r.done:
	}
}

// announce gives a message to all members.
func (r *room) announce(ctx context.Context, b []byte) error {
	select {
	case r.words <- b:
	case <-r.done:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// tick gives the newest look-up, in place of one not yet taken.
func (r *room) tick(x tick) {
	if r.resting(func() { r.beat(&x) }) {
		return
	}
	for {
		select {
		case r.ticks <- &x:
			return
		default:
		}
		select {
		case <-r.ticks:
		default:
		}
	}
}

// look asks for a look at the document now.
func (r *room) look() {
	select {
	case r.lookings <- struct{}{}:
	default:
	}
}

// gap tells that bus messages may be missing.
func (r *room) gap() {
	select {
	case r.missed <- struct{}{}:
	default:
	}
}

// hear takes a bus message.
func (r *room) hear(data []byte) {
	t, err := decodeHint(data)
	if err != nil || t.node == r.hub.node {
		return
	}
	select {
	case r.hints <- &t:
	default:
		r.hub.count.hintsLost.Add(1)
		r.gap()
	}
}
