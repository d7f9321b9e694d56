package realtime

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gorilla/websocket"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// Hocuspocus serves /hp: many documents on one socket.
func (h *Hub) Hocuspocus() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s := h.accept(w, r, true); s != nil {
			go s.read() // not in the handler: its request, buffers and stack would be held as long as the connection
		}
	})
}

// YWebsocket serves /yws/{name}?meeting=<id>: one document, for tools. The name is the last part of the path.
func (h *Hub) YWebsocket() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
		if s := h.accept(w, r, false); s != nil {
			if !s.conn.isClosing() {
				s.conn.open(name, r.URL.Query().Get("meeting"))
			}
			go s.read()
		}
	})
}

// admission is who was let in, and the count of ended sessions before it was asked.
type admission struct {
	actor access.Actor
	ends  int64
}

// admit decides about a request that wants to begin a connection; false: it was answered. Who is not signed in is admitted with an error, for the
// line to tell in its own way.
func (h *Hub) admit(w http.ResponseWriter, r *http.Request) (admission, error, bool) {
	if !h.sameOrigin(r) {
		http.Error(w, "origin", http.StatusForbidden)
		return admission{}, nil, false
	}
	if h.stopping.Load() || h.count.conns.Load() >= int64(h.cfg.Limits.Connections) {
		tryLater(w, http.StatusServiceUnavailable)
		return admission{}, nil, false
	}
	ends := h.ends.Load()
	actor, err := h.cfg.Identify(r)
	if err == nil && (actor.Tenant == "" || actor.UserID == "") {
		err = fault.New(fault.Unauthorized, "")
	}
	if k := fault.KindOf(err); err != nil && (k == fault.Internal || k == fault.Unavailable) {
		h.cfg.Log.Warn("realtime: identify failed", "error", err)
		tryLater(w, http.StatusServiceUnavailable)
		return admission{}, nil, false
	}
	return admission{actor, ends}, err, true
}

func tryLater(w http.ResponseWriter, status int) {
	w.Header().Set("Retry-After", "2")
	http.Error(w, "try later", status)
}

// accept makes a websocket of a request, or answers it. Who is not signed in gets a socket all the same, closed at once with 4401: a browser
// cannot see the status of a refused handshake.
func (h *Hub) accept(w http.ResponseWriter, r *http.Request, named bool) *socket {
	admitted, err, ok := h.admit(w, r)
	if !ok {
		return nil
	}
	up := websocket.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 1024, WriteBufferPool: &h.buffers, CheckOrigin: func(*http.Request) bool { return true },
		EnableCompression: offersDeflate(r.Header)}
	ws, upErr := up.Upgrade(w, r, nil)
	if upErr != nil {
		return nil // the library has answered
	}
	c := newConn(h, admitted.actor, named)
	s := c.carry(ws, up.EnableCompression)
	if !h.remember(c, admitted) {
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
	return s
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
