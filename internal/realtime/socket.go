package realtime

import (
	"io"
	"net"
	"time"

	"github.com/gorilla/websocket"
)

// socket is a websocket. Frames are written straight to the network as they were prepared, so that one frame serves a whole room; the library
// reads, and writes nothing after the handshake.
type socket struct {
	conn     *conn
	ws       *websocket.Conn
	net      net.Conn
	deflate  bool      // the client takes compressed messages
	direct   *direct   // nil where there is no such way; under conn.mu
	flushing bool      // under conn.mu
	lastPing time.Time // of the ticking goroutine
}

// carry makes a websocket the connection's line.
func (c *conn) carry(ws *websocket.Conn, deflate bool) *socket {
	s := &socket{conn: c, ws: ws, net: ws.NetConn(), deflate: deflate, direct: newDirect(ws.NetConn()), lastPing: time.Now()}
	c.line = s
	return s
}

func (s *socket) try(b []byte) int {
	if s.flushing || s.direct == nil {
		return 0
	}
	return s.direct.write(b)
}

func (s *socket) ready() {
	if !s.flushing {
		s.flushing = true
		go s.flush()
	}
}

func (s *socket) tick(now time.Time) {
	if now.Sub(s.lastPing) >= s.conn.hub.cfg.Timing.Ping {
		s.lastPing = now
		s.conn.send(wsFrame(opPing, nil))
	}
}

func (s *socket) cut() { _ = s.net.Close() }

// flush writes until nothing is left.
func (s *socket) flush() {
	c := s.conn
	for {
		c.mu.Lock()
		batch, size := c.queue, 0
		if len(batch) == 0 {
			_ = s.net.SetWriteDeadline(time.Time{}) // try would find it passed
			s.flushing = false
			closing := c.closing
			c.mu.Unlock()
			if closing { // the reader ends when the client answers, or soon
				_ = s.net.SetReadDeadline(time.Now().Add(2 * time.Second))
			}
			return
		}
		c.queue, c.torn = nil, false
		c.mu.Unlock()
		for _, f := range batch {
			size += len(f)
		}
		c.lastSent.Store(time.Now().UnixNano())
		_ = s.net.SetWriteDeadline(time.Now().Add(c.hub.cfg.Timing.WriteTimeout))
		buffers := net.Buffers(batch)
		if _, err := buffers.WriteTo(s.net); err != nil {
			c.mu.Lock()
			c.closing, c.queue, s.flushing = true, nil, false
			c.mu.Unlock()
			_ = s.net.Close() // ends the reader
			return
		}
		c.mu.Lock()
		c.queued -= size
		c.mu.Unlock()
	}
}

// read reads frames until the connection ends. It is the connection's own goroutine, and waits for most of its life: what stands on its stack then is kept small, for
// below a quarter of it the runtime halves the stack (4 kB instead of 8 for each of thousands of connections). So everything that is done with a frame
// stands in functions of its own, which are off the stack while the next one is waited for.
func (s *socket) read() {
	defer s.conn.teardown()
	l := s.listen()
	for {
		kind, r, err := s.ws.NextReader()
		if err != nil || !l.take(kind, r) {
			return
		}
	}
}

// listener is what the reading of a socket remembers between two frames.
type listener struct {
	s     *socket
	wait  time.Duration
	heard time.Time
	pace  *pace
}

//go:noinline
func (s *socket) listen() *listener {
	c := s.conn
	l := &listener{s: s, wait: c.hub.cfg.Timing.PongWait, pace: newPace(c.hub.cfg.Limits, time.Now())}
	l.alive()
	s.ws.SetPongHandler(func(string) error { l.alive(); return nil })
	s.ws.SetPingHandler(func(data string) error { l.alive(); c.send(wsFrame(opPong, []byte(data))); return nil })
	s.ws.SetCloseHandler(func(int, string) error { s.answerClose(); return nil })
	return l
}

// alive moves the deadline, now and then: setting it costs as much as reading a frame.
func (l *listener) alive() {
	if now := time.Now(); now.Sub(l.heard) > l.wait/16 {
		l.heard = now
		_ = l.s.net.SetReadDeadline(now.Add(l.wait + l.wait/16))
	}
}

// take reads one frame to its end and does what it asks; false ends the reading.
//
//go:noinline
func (l *listener) take(kind int, r io.Reader) bool {
	c := l.s.conn
	b, err := l.s.message(r)
	if err != nil {
		return false
	}
	if c.isClosing() {
		return true // until the client has answered, or the deadline
	}
	l.alive()
	if c.deaf.Load() {
		return true
	}
	if kind != websocket.BinaryMessage {
		c.close(CloseUnsupported, "binary frames only")
		return true
	}
	if d := l.pace.take(len(b), time.Now()); d > 0 && !c.sleep(d) {
		return false
	}
	if !c.handle(b) {
		c.close(CloseMalformed, "malformed frame")
	}
	return true
}

// message reads one message to its end. The limit holds for what is sent, and for what it becomes when it was compressed: a thousand bytes may be a million.
// It is not the library's: that leaves the rest of the message unread, and a socket closed on unread bytes is reset, which can destroy the close
// frame before the client has seen why.
func (s *socket) message(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxFrame+1))
	if err == nil && len(b) > maxFrame {
		s.conn.close(CloseTooBig, "too big")
	}
	return b, err
}

// answerClose answers a client that closes, unless this side began.
func (s *socket) answerClose() {
	c := s.conn
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closing {
		return
	}
	frame := closeFrame(websocket.CloseNormalClosure, "")
	if s.direct != nil {
		c.closing = true
		_ = c.tryLocked(frame)
		return
	}
	c.endLocked(frame)
}
