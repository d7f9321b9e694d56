package simtest

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// line is one connection in memory that behaves like TCP: bytes arrive in order and late, a writer waits when the other end does not read,
// and what goes wrong is the whole connection: it is cut, or it swallows everything and tells nobody.
type line struct{ up, down *half } // up: what the client says

// half is one direction of a line.
type half struct {
	mu      sync.Mutex
	changed chan struct{} // closed at every change
	parts   []part
	size    int
	window  int // bytes a writer may be ahead; 0: any
	last    time.Time
	rnd     *rand.Rand
	hole    bool // nothing arrives
	slow    time.Duration
	eof     bool // no more will be written
	broken  bool // nothing can be written or read any more
	readBy  time.Time
	writeBy time.Time
	blocked bool // a writer waits, or has waited
	wrote   func([]byte)
}

type part struct {
	at time.Time
	b  []byte
}

func newLine(seed, id uint64, wrote func([]byte)) *line {
	half := func(n uint64, window int, wrote func([]byte)) *half {
		return &half{changed: make(chan struct{}), window: window, rnd: rand.New(rand.NewPCG(seed, id<<8|n)), wrote: wrote}
	}
	return &line{up: half(1, 0, nil), down: half(2, 8<<10, wrote)}
}

func (h *half) change(f func()) {
	h.mu.Lock()
	f()
	close(h.changed)
	h.changed = make(chan struct{})
	h.mu.Unlock()
}

// wait lets the lock go until something changes or the time comes; the zero time never does.
func (h *half) wait(until time.Time) {
	changed := h.changed
	h.mu.Unlock()
	defer h.mu.Lock()
	if until.IsZero() {
		<-changed
		return
	}
	t := time.NewTimer(time.Until(until))
	defer t.Stop()
	select {
	case <-changed:
	case <-t.C:
	}
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func passed(t time.Time) bool { return !t.IsZero() && !time.Now().Before(t) }

func (h *half) read(b []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for {
		var next time.Time
		switch {
		case h.broken:
			return 0, net.ErrClosed
		case len(h.parts) > 0 && !h.hole && !time.Now().Before(h.parts[0].at):
			n := copy(b, h.parts[0].b)
			if h.parts[0].b = h.parts[0].b[n:]; len(h.parts[0].b) == 0 {
				h.parts = h.parts[1:]
			}
			h.size -= n
			close(h.changed)
			h.changed = make(chan struct{})
			return n, nil
		case len(h.parts) == 0 && h.eof && !h.hole:
			return 0, io.EOF
		case passed(h.readBy):
			return 0, os.ErrDeadlineExceeded
		case len(h.parts) > 0 && !h.hole:
			next = h.parts[0].at
		}
		h.wait(earlier(h.readBy, next))
	}
}

func (h *half) write(b []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for {
		switch {
		case h.broken || h.eof:
			return 0, net.ErrClosed
		case passed(h.writeBy):
			return 0, os.ErrDeadlineExceeded
		case h.window == 0 || h.size < h.window:
			at := time.Now().Add(h.slow + time.Duration(200_000+h.rnd.IntN(15_000_000)))
			if at.Before(h.last) {
				at = h.last
			}
			h.last = at
			h.parts = append(h.parts, part{at, append([]byte(nil), b...)})
			h.size += len(b)
			close(h.changed)
			h.changed = make(chan struct{})
			if h.wrote != nil {
				h.wrote(b)
			}
			return len(b), nil
		}
		h.blocked = true
		h.wait(h.writeBy)
	}
}

func (l *line) both(f func(h *half)) {
	for _, h := range []*half{l.up, l.down} {
		h.change(func() { f(h) })
	}
}

// cut ends the line for both ends at once, with what was on its way.
func (l *line) cut() { l.both(func(h *half) { h.broken = true }) }

// swallow makes nothing arrive any more, or lets it arrive again.
func (l *line) swallow(on bool) { l.both(func(h *half) { h.hole = on }) }

// delay makes everything later.
func (l *line) delay(d time.Duration) { l.both(func(h *half) { h.slow = d }) }

// hasBlocked tells that the server had to wait with writing.
func (l *line) hasBlocked() bool {
	l.down.mu.Lock()
	defer l.down.mu.Unlock()
	return l.down.blocked
}

// socket is one end of a line.
type socket struct{ in, out *half }

func (s socket) Read(b []byte) (int, error)  { return s.in.read(b) }
func (s socket) Write(b []byte) (int, error) { return s.out.write(b) }
func (s socket) Close() error {
	s.out.change(func() { s.out.eof = true })
	s.in.change(func() { s.in.broken = true })
	return nil
}
func (s socket) LocalAddr() net.Addr  { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }
func (s socket) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 2} }
func (s socket) SetDeadline(t time.Time) error {
	return errors.Join(s.SetReadDeadline(t), s.SetWriteDeadline(t))
}
func (s socket) SetReadDeadline(t time.Time) error {
	s.in.change(func() { s.in.readBy = t })
	return nil
}
func (s socket) SetWriteDeadline(t time.Time) error {
	s.out.change(func() { s.out.writeBy = t })
	return nil
}

// handshake is the ResponseWriter of a request that wants to become a websocket on a line.
type handshake struct {
	socket
	header http.Header
}

func (w *handshake) Header() http.Header { return w.header }
func (w *handshake) WriteHeader(int)     { _ = w.Close() } // refused
func (w *handshake) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return w.socket, bufio.NewReadWriter(bufio.NewReader(w.socket), bufio.NewWriter(w.socket)), nil
}

// dial opens a websocket to a handler, and gives the client's end after the handshake has been read.
func dial(l *line, handler http.Handler, session string) socket {
	r, err := http.NewRequest(http.MethodGet, "http://kasane.test/hp", nil)
	if err != nil {
		panic(err)
	}
	for k, v := range map[string]string{"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
		"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "X-Session": session} {
		r.Header.Set(k, v)
	}
	r.RemoteAddr = "127.0.0.1:2"
	go handler.ServeHTTP(&handshake{socket: socket{in: l.up, out: l.down}, header: http.Header{}}, r)
	return socket{in: l.down, out: l.up}
}

const (
	opBinary = 2
	opClose  = 8
	opPing   = 9
	opPong   = 10
)

// masked makes a frame as clients send them; the key is zero, which leaves the payload as it is.
func masked(op byte, payload []byte) []byte {
	b := []byte{0x80 | op}
	switch n := len(payload); {
	case n < 126:
		b = append(b, 0x80|byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, 0x80|126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 0x80|127), uint64(n))
	}
	return append(append(b, 0, 0, 0, 0), payload...)
}

// readFrame reads one frame of a server.
func readFrame(r *bufio.Reader) (op byte, payload []byte, err error) {
	var head [2]byte
	if _, err = io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	n := uint64(head[1] & 0x7f)
	var long [8]byte
	switch n {
	case 126:
		_, err = io.ReadFull(r, long[6:])
		n = binary.BigEndian.Uint64(long[:])
	case 127:
		_, err = io.ReadFull(r, long[:])
		n = binary.BigEndian.Uint64(long[:])
	}
	if err != nil {
		return 0, nil, err
	}
	payload = make([]byte, n)
	_, err = io.ReadFull(r, payload)
	return head[0] & 0x0f, payload, err
}
