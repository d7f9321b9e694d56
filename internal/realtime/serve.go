package realtime

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gorilla/websocket"

	"kasane/internal/fault"
)

// Hocuspocus serves /hp: many documents on one socket.
func (h *Hub) Hocuspocus() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c := h.accept(w, r, true); c != nil {
			go c.read() // not in the handler: its request, buffers and stack would be held as long as the connection
		}
	})
}

// YWebsocket serves /yws/{name}?meeting=<id>: one document, for tools. The name is the last part of the path.
func (h *Hub) YWebsocket() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
		if c := h.accept(w, r, false); c != nil {
			if !c.isClosing() {
				c.open(name, r.URL.Query().Get("meeting"))
			}
			go c.read()
		}
	})
}

// accept makes a connection of a request, or answers it. Who is not signed in gets a socket all the same, closed at once with 4401: a browser
// cannot see the status of a refused handshake.
func (h *Hub) accept(w http.ResponseWriter, r *http.Request, named bool) *conn {
	if !h.sameOrigin(r) {
		http.Error(w, "origin", http.StatusForbidden)
		return nil
	}
	if h.stopping.Load() || h.count.conns.Load() >= int64(h.cfg.Limits.Connections) {
		w.Header().Set("Retry-After", "2")
		http.Error(w, "try later", http.StatusServiceUnavailable)
		return nil
	}
	actor, err := h.cfg.Identify(r)
	if err == nil && (actor.Tenant == "" || actor.UserID == "") {
		err = fault.New(fault.Unauthorized, "")
	}
	if k := fault.KindOf(err); err != nil && (k == fault.Internal || k == fault.Unavailable) {
		h.cfg.Log.Warn("realtime: identify failed", "error", err)
		w.Header().Set("Retry-After", "2")
		http.Error(w, "try later", http.StatusServiceUnavailable)
		return nil
	}
	up := websocket.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 1024, WriteBufferPool: &h.buffers, CheckOrigin: func(*http.Request) bool { return true }}
	ws, upErr := up.Upgrade(w, r, nil)
	if upErr != nil {
		return nil // the library has answered
	}
	c := newConn(h, ws, actor, named)
	if !h.remember(c) {
		err = fault.New(fault.Unavailable, "")
	}
	if err != nil {
		code := CloseSignedOut
		if !fault.Is(err, fault.Unauthorized) {
			code = closeCodeOf(err)
		}
		if fault.Is(err, fault.Unavailable) {
			code = CloseTryLater
		}
		c.close(code, reasonOf(err))
	}
	return c
}

// sameOrigin decides about the Origin of a request. Tools send none, and carry no cookie of a browser's.
func (h *Hub) sameOrigin(r *http.Request) bool {
	if h.cfg.SameOrigin != nil {
		return h.cfg.SameOrigin(r)
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && strings.EqualFold(u.Host, r.Host)
}
