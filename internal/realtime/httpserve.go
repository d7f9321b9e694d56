package realtime

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
)

// Headers of the requests of a line. Its id never stands in an address, where logs would keep it.
const (
	headerLine = "X-Kasane-Line"
	headerHave = "X-Kasane-Have" // number of the last frame the client has
	headerMode = "X-Kasane-Mode" // of a request down: "stream", or "poll"
	headerWait = "X-Kasane-Wait" // seconds a poll may wait, when the default is too long for something on the way
)

const (
	maxUp     = 2 * live.MaxUpdate // of one request up
	upWithin  = time.Minute        // its body has come
	upHold    = 5 * time.Second    // it is held back at most; then the rest is sent again
	upWaiting = 2                  // requests up that wait for their turn
)

// OpenLine begins a connection on plain HTTP and answers with its id.
func (h *Hub) OpenLine() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		admitted, err, ok := h.admit(w, r)
		if !ok {
			return
		}
		if err != nil {
			status := http.StatusForbidden
			if fault.Is(err, fault.Unauthorized) {
				status = http.StatusUnauthorized
			}
			http.Error(w, reasonOf(err), status)
			return
		}
		c := newConn(h, admitted.actor, true)
		l, ok := h.openLine(c)
		if !ok {
			tryLater(w, http.StatusTooManyRequests)
			return
		}
		if !h.remember(c, admitted) {
			c.teardown()
			tryLater(w, http.StatusServiceUnavailable)
			return
		}
		answer(w, http.StatusCreated, map[string]any{"line": l.id})
	})
}

// LineUp takes frames of the client: the number of the first, then each with its length.
func (h *Hub) LineUp() http.Handler { return h.onLine((*httpLine).serveUp) }

// LineDown answers with frames for the client: those there are, or as soon as there are some, or all that come.
func (h *Hub) LineDown() http.Handler { return h.onLine((*httpLine).serveDown) }

// CloseLine ends a line for the client's part.
func (h *Hub) CloseLine() http.Handler {
	return h.onLine(func(l *httpLine, w http.ResponseWriter, _ *http.Request) {
		l.conn.teardown()
		w.WriteHeader(http.StatusNoContent)
	})
}

// onLine finds the line of a request. To another session it does not exist.
func (h *Hub) onLine(serve func(*httpLine, http.ResponseWriter, *http.Request)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store, no-transform")
		if !h.sameOrigin(r) {
			http.Error(w, "origin", http.StatusForbidden)
			return
		}
		actor, err := h.cfg.Identify(r)
		switch {
		case err == nil:
		case final(err):
			http.Error(w, "session", http.StatusUnauthorized)
			return
		default:
			tryLater(w, http.StatusServiceUnavailable)
			return
		}
		l := h.lineOf(r.Header.Get(headerLine), actor)
		if l == nil {
			http.Error(w, "no such line", http.StatusNotFound)
			return
		}
		l.seen.Store(time.Now().UnixNano())
		serve(l, w, r)
	})
}

func (h *Hub) lineOf(id string, actor access.Actor) *httpLine {
	h.mu.Lock()
	l := h.lines[id]
	h.mu.Unlock()
	if l == nil || actorKey(l.conn.actor) != actorKey(actor) {
		return nil
	}
	return l
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store, no-transform")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

// gone answers a request on a line that has ended, with the code a websocket would have closed with.
func (l *httpLine) gone(w http.ResponseWriter) bool {
	code, reason, over := l.ended()
	if over {
		answer(w, http.StatusGone, map[string]any{"code": code, "reason": reason})
	}
	return over
}

// ---- up ----

func (l *httpLine) serveUp(w http.ResponseWriter, r *http.Request) {
	c := l.conn
	if l.gone(w) {
		return
	}
	if n, ok := number(r.Header.Get(headerHave)); ok && n > 0 {
		l.have(n) // an older word, held up on its way, is no fault
	}
	if !l.takeTurn(r) {
		tryLater(w, http.StatusTooManyRequests)
		return
	}
	defer func() { <-l.turn }()
	body, err := l.readBody(w, r)
	if tooBig := new(http.MaxBytesError); errors.As(err, &tooBig) {
		c.close(CloseTooBig, "too much at once")
		l.gone(w)
		return
	}
	if err != nil {
		http.Error(w, "body", http.StatusRequestTimeout)
		return
	}
	if c.deaf.Load() {
		tryLater(w, http.StatusServiceUnavailable)
		return
	}
	status := http.StatusOK
	if !l.take(body) {
		status = http.StatusConflict
	}
	if !l.gone(w) {
		answer(w, status, map[string]any{"taken": l.taken})
	}
}

// takeTurn waits until no other request brings frames. One whose body does not arrive makes place: the client has given it up and sends
// again.
func (l *httpLine) takeTurn(r *http.Request) bool {
	if l.waiting.Add(1) > upWaiting {
		l.waiting.Add(-1)
		return false
	}
	defer l.waiting.Add(-1)
	l.rmu.Lock()
	if l.reading != nil {
		_ = l.reading.SetReadDeadline(time.Now())
	}
	l.rmu.Unlock()
	select {
	case l.turn <- struct{}{}:
		return true
	case <-r.Context().Done():
	case <-l.conn.ctx.Done():
	}
	return false
}

func (l *httpLine) readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	rc := http.NewResponseController(w)
	l.rmu.Lock()
	l.reading = rc
	l.rmu.Unlock()
	_ = rc.SetReadDeadline(time.Now().Add(upWithin))
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUp))
	l.rmu.Lock()
	l.reading = nil
	l.rmu.Unlock()
	_ = rc.SetReadDeadline(time.Time{})
	return body, err
}

// take handles the frames that continue what was taken, and passes over those that were. false: there is a gap before the first.
func (l *httpLine) take(body []byte) bool {
	c := l.conn
	r := reader{b: body}
	n := r.uint()
	if r.bad || n == 0 && len(r.b) > 0 {
		c.close(CloseMalformed, "malformed request")
		return true
	}
	if n > l.taken+1 {
		return false
	}
	held := time.Duration(0)
	for ; len(r.b) > 0; n++ {
		size, w := binary.Uvarint(r.b)
		if w > 0 && size > maxFrame {
			c.close(CloseTooBig, "frame too big")
			return true
		}
		frame := r.bytes()
		if r.bad {
			c.close(CloseMalformed, "malformed request")
			return true
		}
		if n <= l.taken {
			continue
		}
		if held >= upHold || c.deaf.Load() || c.isClosing() {
			return true
		}
		if d := l.pace.take(len(frame), time.Now()); d > 0 {
			held += d
			if !c.sleep(d) {
				return true
			}
		}
		l.taken = n
		if !c.handle(frame) {
			c.close(CloseMalformed, "malformed frame")
			return true
		}
	}
	return true
}

func number(s string) (uint64, bool) {
	n, err := strconv.ParseUint(s, 10, 53)
	return n, err == nil
}

// ---- down ----

func (l *httpLine) serveDown(w http.ResponseWriter, r *http.Request) {
	n, ok := number(r.Header.Get(headerHave))
	if !ok {
		http.Error(w, headerHave, http.StatusBadRequest)
		return
	}
	d, ok := l.begin(n)
	if !ok {
		answer(w, http.StatusConflict, map[string]any{"have": n})
		return
	}
	defer l.end(d)
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("X-Accel-Buffering", "no")
	rc := http.NewResponseController(w)
	defer func() { _ = rc.SetWriteDeadline(time.Time{}) }()
	if r.Header.Get(headerMode) == "stream" {
		l.stream(w, r, rc, d, n)
		return
	}
	t := time.NewTimer(l.pollWait(r))
	defer t.Stop()
	out, _, over := l.wait(r, d, n, t.C)
	h.Set("Content-Length", strconv.Itoa(len(out)))
	if l.write(w, rc, out) && over {
		l.conn.teardown()
	}
}

func (l *httpLine) pollWait(r *http.Request) time.Duration {
	wait := l.conn.hub.cfg.Timing.LinePoll
	if s, ok := number(r.Header.Get(headerWait)); ok && s > 0 {
		wait = min(wait, time.Duration(min(s, 60))*time.Second)
	}
	return wait
}

// wait gives the frames after number n as soon as there are some, nothing when the time is up or nobody waits any more.
func (l *httpLine) wait(r *http.Request, d *download, n uint64, limit <-chan time.Time) (out []byte, last uint64, over bool) {
	for {
		if out, last, over = l.after(n); len(out) > 0 {
			return out, last, over
		}
		select {
		case <-d.wake:
		case <-d.gone:
			return nil, n, false
		case <-limit:
			return nil, n, false
		case <-r.Context().Done():
			return nil, n, false
		case <-l.conn.ctx.Done():
			return nil, n, false
		}
	}
}

// stream writes all frames after number n as they come, after a first record at once: if that does not arrive, something on the way collects
// answers, and the client asks by polls.
func (l *httpLine) stream(w http.ResponseWriter, r *http.Request, rc *http.ResponseController, d *download, n uint64) {
	out, over := []byte{recordNothing, 0}, false
	for l.write(w, rc, out) {
		if over {
			l.conn.teardown()
			return
		}
		if out, n, over = l.wait(r, d, n, nil); len(out) == 0 {
			return
		}
	}
}

func (l *httpLine) write(w http.ResponseWriter, rc *http.ResponseController, out []byte) bool {
	_ = rc.SetWriteDeadline(time.Now().Add(l.conn.hub.cfg.Timing.WriteTimeout))
	if _, err := w.Write(out); err != nil {
		return false
	}
	l.conn.lastSent.Store(time.Now().UnixNano())
	return rc.Flush() == nil
}
