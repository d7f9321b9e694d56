package realtime

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// httpLine carries the frames of a connection in requests of plain HTTP (予備の回線), for networks that let no websocket through: the client's
// frames come in the bodies of requests, the server's leave in their answers. Both directions are counted, so that a request that was
// cut off is simply made again: what was taken is not taken twice, and what was not acknowledged is sent again. No goroutine belongs to a line;
// the requests do the work, and the hub's tick ends a line from which nothing comes any more.
//
// Frames wait in the connection's own queue until the client says that it has them, so the bound on what one client may leave unread is the same
// as on a websocket.
type httpLine struct {
	conn *conn
	id   string
	seen atomic.Int64 // the last request, Unix nanoseconds

	// Under conn.mu.
	pushed uint64    // number of the newest frame queued; they count from 1
	had    uint64    // the client has these
	down   *download // the request that takes frames down
	bye    []byte    // the frame that ends the line
	byeAt  time.Time

	// Of the request that has the turn to bring frames up.
	turn    chan struct{}
	waiting atomic.Int32
	taken   uint64 // number of the newest frame of the client that was taken
	pace    *pace

	rmu     sync.Mutex
	reading *http.ResponseController // the request whose body is being read
}

// download is one request that waits for frames, or streams them.
type download struct {
	wake chan struct{} // something was queued
	gone chan struct{} // another request took its place
}

// linger is how long the news that a line has ended waits for a client that does not ask.
const linger = 5 * time.Second

// openLine makes a connection on plain HTTP. Whoever knows the id and has the session's cookie speaks for it; nobody else.
func (h *Hub) openLine(c *conn) (*httpLine, bool) {
	var secret [32]byte
	_, _ = rand.Read(secret[:]) // never fails since Go 1.24
	l := &httpLine{conn: c, id: base64.RawURLEncoding.EncodeToString(secret[:]), turn: make(chan struct{}, 1), pace: newPace(h.cfg.Limits, time.Now())}
	l.seen.Store(time.Now().UnixNano())
	c.line = l
	session := actorKey(c.actor)
	h.mu.Lock()
	defer h.mu.Unlock()
	n := 0
	for _, other := range h.lines {
		if actorKey(other.conn.actor) == session {
			n++
		}
	}
	if n >= h.cfg.Limits.Lines {
		return nil, false
	}
	h.lines[l.id] = l
	return l, true
}

func (l *httpLine) try([]byte) int { return 0 }

func (l *httpLine) ready() {
	l.pushed++
	q := l.conn.queue
	if op, b := unframe(q[len(q)-1]); op == opClose {
		l.bye, l.byeAt = b, time.Now()
	}
	if l.down != nil {
		select {
		case l.down.wake <- struct{}{}:
		default:
		}
	}
}

// tick ends a line that nobody asks for any more.
func (l *httpLine) tick(now time.Time) {
	l.conn.mu.Lock()
	over := l.bye != nil && now.Sub(l.byeAt) >= linger
	l.conn.mu.Unlock()
	if over || now.Sub(time.Unix(0, l.seen.Load())) >= l.conn.hub.cfg.Timing.PongWait {
		l.conn.hub.work.Go(l.conn.teardown)
	}
}

func (l *httpLine) cut() {
	l.conn.stop()
	h := l.conn.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.lines, l.id)
}

// have takes the client's word that it has the frames up to number n; false when it cannot have them, or has said more before: a
// request that was held up on its way.
func (l *httpLine) have(n uint64) bool {
	c := l.conn
	c.mu.Lock()
	defer c.mu.Unlock()
	return l.haveLocked(n)
}

func (l *httpLine) haveLocked(n uint64) bool {
	c := l.conn
	if n < l.had || n > l.pushed {
		return false
	}
	l.had = n
	first := l.pushed - uint64(len(c.queue)) + 1 // number of the first frame that waits: a slow client's queue is dropped
	if n < first {
		return true
	}
	k := int(n - first + 1)
	for i, f := range c.queue[:k] {
		c.queued -= len(f)
		c.queue[i] = nil
	}
	if c.queue = c.queue[k:]; len(c.queue) == 0 {
		c.queue = nil
	}
	return true
}

// begin gives a request the frames after number n, in place of one that had them before.
func (l *httpLine) begin(n uint64) (*download, bool) {
	c := l.conn
	c.mu.Lock()
	defer c.mu.Unlock()
	if !l.haveLocked(n) {
		return nil, false
	}
	if l.down != nil {
		close(l.down.gone)
	}
	l.down = &download{wake: make(chan struct{}, 1), gone: make(chan struct{})}
	return l.down, true
}

func (l *httpLine) end(d *download) {
	l.conn.mu.Lock()
	defer l.conn.mu.Unlock()
	if l.down == d {
		l.down = nil
	}
}

// Kinds of record in an answer; each is a byte, a length and that many bytes.
const (
	recordNothing = 0 // says only that the line lives; not counted
	recordFrame   = 1 // without content: one that may not be read any more
	recordClose   = 2 // code in two bytes, reason; the last
)

// maxAnswer is how many bytes of frames are written together.
const maxAnswer = 256 << 10

// after gives the frames after number n as records, the number of the last of them, and whether it ends the line.
func (l *httpLine) after(n uint64) (out []byte, last uint64, over bool) {
	c := l.conn
	c.mu.Lock()
	defer c.mu.Unlock()
	first := l.pushed - uint64(len(c.queue)) + 1
	last = max(n, first-1)
	for _, f := range c.queue[last+1-first:] {
		if len(out) > 0 && len(out)+len(f) > maxAnswer {
			break
		}
		last++
		op, b := unframe(f)
		kind := byte(recordFrame)
		if op == opClose {
			kind, over = recordClose, true
		}
		out = append(binary.AppendUvarint(append(out, kind), uint64(len(b))), b...)
	}
	return out, last, over
}

// ended gives the reason for which the line has ended, or is ending.
func (l *httpLine) ended() (code int, reason string, over bool) {
	l.conn.mu.Lock()
	defer l.conn.mu.Unlock()
	if len(l.bye) < 2 {
		return 0, "", false
	}
	return int(binary.BigEndian.Uint16(l.bye)), string(l.bye[2:]), true
}
