package realtime

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"kasane/internal/access"
	"kasane/internal/live"
)

// maxFrame is the largest frame read: an update, its name and its head.
const maxFrame = live.MaxUpdate + 1024

// conn is one socket of one actor. Frames are written straight to the network as they were prepared, so that one frame serves a whole room;
// the library reads, and writes nothing after the handshake.
type conn struct {
	hub   *Hub
	ws    *websocket.Conn
	net   net.Conn
	named bool // frames carry document names: Hocuspocus
	actor access.Actor
	user  []byte // the actor's presence, as JSON
	ctx   context.Context
	stop  context.CancelFunc

	lastSent atomic.Int64 // Unix nanoseconds
	lastPing atomic.Int64
	deaf     atomic.Bool // the node stops: what comes now is not taken any more

	mu       sync.Mutex
	queue    [][]byte
	queued   int // bytes, of what is being written too
	flushing bool
	closing  bool

	smu      sync.Mutex
	sessions map[string]*session
	ended    bool
}

func newConn(h *Hub, ws *websocket.Conn, actor access.Actor, named bool) *conn {
	c := &conn{hub: h, ws: ws, net: ws.NetConn(), named: named, actor: actor, user: userOf(actor), sessions: map[string]*session{}}
	c.ctx, c.stop = context.WithCancel(h.ctx)
	now := time.Now().UnixNano()
	c.lastSent.Store(now)
	c.lastPing.Store(now)
	return c
}

// send queues a prepared frame; nil is nothing. It never waits. A client that does not read is cut.
func (c *conn) send(frame []byte) {
	if frame == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closing {
		return
	}
	if c.queued > c.hub.cfg.Limits.QueueBytes {
		c.hub.count.slow.Add(1)
		c.queue = nil
		c.endLocked(closeFrame(CloseTryLater, "slow"))
		return
	}
	c.pushLocked(frame)
}

func (c *conn) pushLocked(frame []byte) {
	c.queue = append(c.queue, frame)
	c.queued += len(frame)
	if !c.flushing {
		c.flushing = true
		go c.flush()
	}
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
	c.pushLocked(frame)
}

// flush writes until nothing is left.
func (c *conn) flush() {
	for {
		c.mu.Lock()
		batch, size := c.queue, 0
		if len(batch) == 0 {
			c.flushing = false
			closing := c.closing
			c.mu.Unlock()
			if closing { // the reader ends when the client answers, or soon
				_ = c.net.SetReadDeadline(time.Now().Add(2 * time.Second))
			}
			return
		}
		c.queue = nil
		c.mu.Unlock()
		for _, f := range batch {
			size += len(f)
		}
		c.lastSent.Store(time.Now().UnixNano())
		_ = c.net.SetWriteDeadline(time.Now().Add(c.hub.cfg.Timing.WriteTimeout))
		buffers := net.Buffers(batch)
		if _, err := buffers.WriteTo(c.net); err != nil {
			c.mu.Lock()
			c.closing, c.queue, c.flushing = true, nil, false
			c.mu.Unlock()
			_ = c.net.Close() // ends the reader
			return
		}
		c.mu.Lock()
		c.queued -= size
		c.mu.Unlock()
	}
}

// read reads frames until the connection ends. It is the connection's own goroutine.
func (c *conn) read() {
	defer c.teardown()
	c.ws.SetReadLimit(maxFrame)
	wait := c.hub.cfg.Timing.PongWait
	alive := func() { _ = c.net.SetReadDeadline(time.Now().Add(wait)) }
	alive()
	c.ws.SetPongHandler(func(string) error { alive(); return nil })
	c.ws.SetPingHandler(func(data string) error { alive(); c.send(wsFrame(opPong, []byte(data))); return nil })
	c.ws.SetCloseHandler(func(int, string) error { c.answerClose(); return nil })
	pace := newPace(c.hub.cfg.Limits, time.Now())
	for {
		kind, b, err := c.ws.ReadMessage()
		if err != nil {
			return
		}
		if c.isClosing() {
			continue // until the client has answered, or the deadline
		}
		alive()
		if c.deaf.Load() {
			continue
		}
		if kind != websocket.BinaryMessage {
			c.close(CloseUnsupported, "binary frames only")
			continue
		}
		if d := pace.take(len(b), time.Now()); d > 0 && !c.sleep(d) {
			return
		}
		if !c.handle(b) {
			c.close(CloseMalformed, "malformed frame")
		}
	}
}

// answerClose answers a client that closes, unless this side began.
func (c *conn) answerClose() {
	if c.isClosing() {
		return
	}
	_ = c.net.SetWriteDeadline(time.Now().Add(time.Second))
	_, _ = c.net.Write(closeFrame(websocket.CloseNormalClosure, ""))
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
	_ = c.ws.Close()
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
	if now.Sub(time.Unix(0, c.lastPing.Load())) >= t.Ping {
		c.lastPing.Store(now.UnixNano())
		c.send(wsFrame(opPing, nil))
	}
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
