package realtime

import (
	"context"
	"errors"
	"strings"
	"sync"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
)

// session is one document, or one meeting's channel, on one connection. While it is being opened, frames wait in its backlog.
type session struct {
	conn *conn
	name string

	mu      sync.Mutex
	state   sessionState
	backlog []inbound
	bytes   int
	room    *room
	member  *member
}

type sessionState uint8

const (
	stateOpening sessionState = iota
	stateOpen
	stateEnded
)

// handle takes one frame; false means it is none.
func (c *conn) handle(b []byte) bool {
	name, in, err := parse(b, c.named)
	if err != nil {
		return false
	}
	if !c.named {
		name = c.only()
	}
	switch in.kind {
	case msgPing:
		c.send((&packet{name: name, kind: msgPong}).frame(c.named))
		return true
	case msgPong:
		return true
	case msgAuth:
		if c.named {
			c.open(name, string(in.body))
		}
		return true
	}
	c.smu.Lock()
	s := c.sessions[name]
	c.smu.Unlock()
	if s == nil {
		return true // closed or refused: what comes late is not an error
	}
	if in.kind == msgClose {
		s.leave()
		return true
	}
	s.deliver(in)
	return true
}

// only is the name of the one document of a y-websocket connection.
func (c *conn) only() string {
	c.smu.Lock()
	defer c.smu.Unlock()
	for name := range c.sessions {
		return name
	}
	return ""
}

// open begins a session; the token is the meeting in whose context the document is read.
func (c *conn) open(name, token string) {
	c.smu.Lock()
	old := c.sessions[name]
	if c.ended || old == nil && len(c.sessions) >= c.hub.cfg.Limits.Documents {
		ended := c.ended
		c.smu.Unlock()
		if !ended {
			c.close(CloseTooManyFrames, "too many documents")
		}
		return
	}
	s := &session{conn: c, name: name}
	c.sessions[name] = s
	c.smu.Unlock()
	if old != nil {
		old.leave()
	}
	c.hub.work.Go(func() { s.join(token) })
}

// deliver hands a frame to the room, or keeps it until there is one. Only the connection's reader calls it.
func (s *session) deliver(in inbound) {
	s.mu.Lock()
	switch s.state {
	case stateOpening:
		s.bytes += len(in.body) + 16
		if s.bytes > s.conn.hub.cfg.Limits.BacklogBytes {
			s.mu.Unlock()
			s.conn.close(CloseTryLater, "backlog")
			return
		}
		s.backlog = append(s.backlog, in)
		s.mu.Unlock()
	case stateOpen:
		r, m := s.room, s.member
		s.mu.Unlock()
		r.post(m, in)
	default:
		s.mu.Unlock()
	}
}

// join opens the session: the gate, the audit entry, the room; then what had to wait.
func (s *session) join(meetingID string) {
	c := s.conn
	m := &member{session: s, conn: c, actor: c.actor, user: c.user, meetingID: meetingID}
	key, err := s.decide(c.ctx, m)
	if err != nil {
		s.denied(err)
		return
	}
	r, err := c.hub.enter(c.ctx, key, m)
	if err != nil {
		s.denied(err)
		return
	}
	s.mu.Lock()
	if s.state == stateEnded {
		s.mu.Unlock()
		r.quit(m)
		return
	}
	s.room, s.member = r, m
	for len(s.backlog) > 0 && s.state == stateOpening {
		waiting := s.backlog
		s.backlog, s.bytes = nil, 0
		s.mu.Unlock()
		for _, in := range waiting {
			r.post(m, in)
		}
		s.mu.Lock()
	}
	if s.state == stateOpening {
		s.state = stateOpen
	}
	s.mu.Unlock()
}

// decide asks whether the session may be, and fills in the member's rights.
func (s *session) decide(ctx context.Context, m *member) (roomKey, error) {
	h := s.conn.hub
	ctx, cancel := context.WithTimeout(ctx, h.cfg.Timing.Ask)
	defer cancel()
	if meetingID, ok := strings.CutPrefix(s.name, channelPrefix); ok {
		if h.cfg.Channels == nil {
			return roomKey{}, fault.New(fault.NotFound, "")
		}
		m.meetingID = meetingID
		m.rights = live.Rights{Read: true, Reason: reasonChannel}
		return roomKey{m.actor.Tenant, s.name}, h.cfg.Channels.Join(ctx, m.actor, meetingID)
	}
	docID, epoch, ok := live.ParseName(s.name)
	if !ok {
		return roomKey{}, fault.New(fault.NotFound, "")
	}
	meta, rights, err := h.cfg.Documents.Open(ctx, m.actor, m.meetingID, docID, epoch)
	if h.cfg.Opened != nil {
		o := Opening{Actor: m.actor, MeetingID: m.meetingID, DocID: docID, Meta: meta, Rights: rights, Err: err}
		if auditErr := h.cfg.Opened(ctx, o); auditErr != nil {
			err = errors.Join(fault.Wrap(fault.Unavailable, auditErr, ""), err)
		}
	}
	m.meta, m.rights, m.version = meta, rights, meta.AccessVersion
	return roomKey{m.actor.Tenant, s.name}, err
}

// denied ends a session that was not opened. What may pass by itself sends the whole connection away to come again; the rest is final for
// this document.
func (s *session) denied(err error) {
	c := s.conn
	if !s.end() {
		return
	}
	reason, kind := reasonOf(err), fault.KindOf(err)
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		kind = fault.Unavailable
	}
	switch kind {
	case fault.Unavailable, fault.RateLimited:
		if c.ctx.Err() == nil {
			c.hub.cfg.Log.Warn("realtime: opening failed", "doc", s.name, "error", err)
		}
		c.close(CloseTryLater, reasonTemporary)
		return
	case fault.Internal: // a document that is broken must not take the others of the page along
		c.hub.cfg.Log.Error("realtime: opening failed", "doc", s.name, "error", err)
	case fault.Unauthorized:
		c.close(CloseSignedOut, reason)
		return
	}
	if !c.named {
		c.close(closeCodeOf(err), reason)
		return
	}
	c.send(authPacket(s.name, authDenied, reason).frame(true))
}

// reasonOf is the stable code of a refusal.
func reasonOf(err error) string {
	if fault.Is(err, fault.NotFound) {
		return reasonNotFound
	}
	return live.Code(err)
}

func closeCodeOf(err error) int {
	switch fault.KindOf(err) {
	case fault.NotFound:
		return CloseNotFound
	case fault.Gone:
		return CloseEpoch
	case fault.Unauthorized:
		return CloseSignedOut
	case fault.Internal:
		return CloseTryLater
	}
	return CloseForbidden
}

// end marks the session as ended and takes it off its connection; false if it was already.
func (s *session) end() bool {
	s.mu.Lock()
	was := s.state
	s.state, s.backlog = stateEnded, nil
	s.mu.Unlock()
	if was == stateEnded {
		return false
	}
	s.conn.smu.Lock()
	if s.conn.sessions[s.name] == s {
		delete(s.conn.sessions, s.name)
	}
	s.conn.smu.Unlock()
	return true
}

// leave ends the session for the client's part. A session still being opened is taken out of its room by join.
func (s *session) leave() {
	if !s.end() {
		return
	}
	s.mu.Lock()
	r, m := s.room, s.member
	s.mu.Unlock()
	if r != nil {
		r.quit(m)
	}
}

// member is a session as its room sees it. Only the room's goroutine touches what is below the line.
type member struct {
	session   *session
	conn      *conn
	actor     access.Actor
	user      []byte
	meetingID string
	meta      live.Meta // as of opening
	released  sync.Once // its hold on the room

	// ----
	rights    live.Rights
	version   int64 // access version at which the rights were decided
	gone      bool
	client    uint64 // of its presence
	hasClient bool
	sequence  bool // wants to be told how far its changes are stored
	brief     bool // remembers who is behind a client id
}
