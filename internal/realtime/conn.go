package realtime

import (
	"bytes"
	"context"
	"sync"
	"sync/atomic"
	"time"

	"kasane/internal/access"
	"kasane/internal/live"
)

// maxFrame is the largest frame read: an update, its name and its head.
const maxFrame = live.MaxUpdate + 1024

// conn is one connection of one actor, on whatever line it came.
type conn struct {
	hub   *Hub
	line  line
	named bool // frames carry document names: Hocuspocus
	actor access.Actor
	user  []byte // the actor's presence, as JSON
	ctx   context.Context
	stop  context.CancelFunc

	lastSent atomic.Int64 // Unix nanoseconds
	deaf     atomic.Bool  // the node stops: what comes now is not taken any more

	mu      sync.Mutex
	queue   [][]byte // prepared frames that wait; on HTTP until the client says that it has them
	queued  int      // bytes, of what is being written too
	closing bool
	torn    bool // the first frame in the queue is the rest of one

	smu      sync.Mutex
	sessions map[string]*session
	ended    bool
}

// line carries the frames of a connection (回線): a websocket (socket.go), or requests of plain HTTP (httpline.go).
type line interface {
	// try writes at once what the network takes without waiting, and tells how many bytes that were; 0 where there is no such way. It is called
	// with conn.mu held and nothing in the queue.
	try(b []byte) int
	// ready tells that one frame more waits in the queue. It is called with conn.mu held and does not wait.
	ready()
	// tick is called every few seconds.
	tick(now time.Time)
	// cut ends the line at once. It may be called more than once.
	cut()
}

func newConn(h *Hub, actor access.Actor, named bool) *conn {
	c := &conn{hub: h, named: named, actor: actor, user: userOf(actor), sessions: map[string]*session{}}
	c.ctx, c.stop = context.WithCancel(h.ctx)
	c.lastSent.Store(time.Now().UnixNano())
	return c
}

// send queues a prepared frame; nil is nothing. It never waits. A client that does not read is cut.
func (c *conn) send(frame []byte) {
	if frame == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closing || c.tooSlowLocked() {
		return
	}
	if n := c.tryLocked(frame); n < len(frame) {
		c.enqueueLocked(frame[n:])
		c.torn = c.torn || n > 0
	}
}

// tooSlowLocked cuts a client that has too much waiting.
func (c *conn) tooSlowLocked() bool {
	if c.queued <= c.hub.cfg.Limits.QueueBytes {
		return false
	}
	c.hub.count.slow.Add(1)
	c.queue, c.torn = nil, false
	c.endLocked(closeFrame(CloseTryLater, "slow"))
	return true
}

// tryLocked writes past the queue when that is empty, and tells how much.
func (c *conn) tryLocked(b []byte) int {
	if c.queued > 0 || len(c.queue) > 0 {
		return 0
	}
	n := c.line.try(b)
	if n > 0 {
		c.lastSent.Store(time.Now().UnixNano())
	}
	return n
}

func (c *conn) enqueueLocked(frame []byte) {
	c.queue = append(c.queue, frame)
	c.queued += len(frame)
	c.line.ready()
}

// purge takes the text and presence of a document that may no longer be read out of what waits. The place in the queue stays: places are counted.
func (c *conn) purge(name string) {
	head := putStr(nil, name)
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, f := range c.queue {
		if i == 0 && c.torn {
			continue // its beginning is on its way
		}
		if c.named && carriesText(f, head) || !c.named && len(f) > 0 && f[0] == opBinary {
			c.queued -= len(f)
			c.queue[i] = nil
		}
	}
}

// carriesText tells whether a prepared frame carries text or presence of the document whose name head is.
func carriesText(frame, head []byte) bool {
	op, b := unframe(frame)
	if op != opBinary || !bytes.HasPrefix(b, head) || len(b) == len(head) {
		return false
	}
	switch b[len(head)] {
	case msgSync, msgSyncReply, msgAwareness:
		return true
	}
	return false
}

// close ends the connection after what is queued has been written.
func (c *conn) close(code int, reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closing {
		c.endLocked(closeFrame(code, reason))
	}
}

func (c *conn) endLocked(frame []byte) {
	c.closing = true
	c.enqueueLocked(frame)
}

func (c *conn) isClosing() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closing
}

func (c *conn) sleep(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-c.ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// teardown ends everything of the connection.
func (c *conn) teardown() {
	c.stop()
	c.smu.Lock()
	c.ended = true
	sessions := c.sessions
	c.sessions = map[string]*session{}
	c.smu.Unlock()
	for _, s := range sessions {
		s.leave()
	}
	c.mu.Lock()
	c.closing = true
	c.mu.Unlock()
	c.line.cut()
	c.hub.forget(c)
}

// tick keeps a quiet connection alive: browsers' providers give up after 30 s without a message, and pings do not count for them.
func (c *conn) tick(now time.Time) {
	t := &c.hub.cfg.Timing
	if now.Sub(time.Unix(0, c.lastSent.Load())) >= t.KeepAlive {
		c.lastSent.Store(now.UnixNano())
		p := awarenessPacket("", []byte{0})
		c.send(p.frame(c.named))
	}
	c.line.tick(now)
}

// pace is a token bucket of messages and bytes. Who exceeds it is read more slowly, nothing is refused: a long paste and the edits of an
// afternoon without network are honest.
type pace struct {
	messages, bytes       float64
	maxMessages, maxBytes float64
	perMessage, perByte   float64
	at                    time.Time
}

func newPace(l Limits, now time.Time) *pace {
	p := &pace{maxMessages: 4 * l.Messages, maxBytes: 8 * l.Bytes, perMessage: l.Messages, perByte: l.Bytes, at: now}
	p.messages, p.bytes = p.maxMessages, p.maxBytes
	return p
}

// take counts one message of n bytes and says how long to wait before it is handled.
func (p *pace) take(n int, now time.Time) time.Duration {
	s := max(now.Sub(p.at).Seconds(), 0)
	p.at = now
	p.messages = min(p.messages+s*p.perMessage, p.maxMessages) - 1
	p.bytes = min(p.bytes+s*p.perByte, p.maxBytes) - float64(n)
	wait := max(-p.messages/p.perMessage, -p.bytes/p.perByte, 0)
	return time.Duration(wait * float64(time.Second))
}
