package realtime

import (
	"encoding/json"
	"slices"
	"time"

	"kasane/internal/fault"
	"kasane/internal/live"
)

// notice is a message of the server about one document, sent as a stateless message. docs/protocol.md lists them.
type notice struct {
	Type          string `json:"type"`
	Doc           string `json:"doc"`
	Reason        string `json:"reason,omitempty"`
	Message       string `json:"message,omitempty"`
	Write         *bool  `json:"write,omitempty"`
	OwnAgencyOnly *bool  `json:"ownAgencyOnly,omitempty"`
	Frozen        *bool  `json:"frozen,omitempty"`
	Seq           *int64 `json:"seq,omitempty"`
	User          string `json:"user,omitempty"`
	Partial       *bool  `json:"partial,omitempty"`
}

func (r *room) notice(n notice) *packet {
	n.Doc = r.key.name
	b, err := json.Marshal(n)
	if err != nil {
		b = []byte("{}")
	}
	return statelessPacket(r.key.name, b)
}

// tell sends packets to one member.
func (r *room) tell(m *member, packets ...*packet) {
	if m.gone {
		return
	}
	for _, p := range packets {
		m.conn.send(p.frame(m.conn.named))
	}
}

// all sends a packet to every member.
func (r *room) all(p *packet) {
	for m := range r.members {
		m.conn.send(p.frame(m.conn.named))
	}
}

// arrive lets a member in, once the document is there.
//
//go:noinline
func (r *room) arrive(e entry) {
	if r.docID != "" && (r.doc == nil || r.reload) {
		r.arriving = append(r.arriving, e)
		return
	}
	m := e.m
	if r.docID != "" {
		if m.meta.Epoch != r.doc.Meta().Epoch {
			e.done <- fault.New(fault.Gone, "").With("code", live.CodeEpoch)
			return
		}
		if m.meta.AccessVersion > r.version {
			r.seen(live.Head{Head: m.meta.Head, Epoch: m.meta.Epoch, Frozen: m.meta.Frozen, AccessVersion: m.meta.AccessVersion})
		} else if m.version < r.version {
			r.gate = true
		}
		r.want(m.meta.Head)
	}
	r.members[m] = struct{}{}
	r.welcome(m)
	if r.meeting != "" {
		r.hub.attend.note(r.hub.ctx, m.actor, r.meeting, +1)
	}
	e.done <- nil
}

// welcome tells a new member what it may do and who is there.
func (r *room) welcome(m *member) {
	r.tell(m, r.scope(m))
	if r.docID != "" {
		r.tell(m, r.rightsNotice(m))
		if !m.conn.named {
			r.tell(m, syncPacket(r.key.name, syncStep1, r.doc.StateVector()))
		}
	}
	if r.apart {
		r.tell(m, r.presenceNotice())
	}
	r.tellPresence(m)
}

func (r *room) scope(m *member) *packet {
	scope := "readonly"
	if m.rights.Write {
		scope = "read-write"
	}
	return authPacket(r.key.name, authAuthenticated, scope)
}

func (r *room) rightsNotice(m *member) *packet {
	frozen := r.doc.Meta().Frozen
	return r.notice(notice{Type: "rights", Write: &m.rights.Write, OwnAgencyOnly: &m.rights.OwnAgencyOnly, Frozen: &frozen, Reason: m.rights.Reason, User: m.actor.UserID})
}

// remove takes a member out, for whatever reason; its connection is not told.
//
//go:noinline
func (r *room) remove(m *member) {
	if m.gone {
		return
	}
	m.gone = true
	i := slices.IndexFunc(r.arriving, func(e entry) bool { return e.m == m })
	if i >= 0 {
		r.arriving = slices.Delete(r.arriving, i, i+1)
	}
	if _, in := r.members[m]; !in {
		return
	}
	delete(r.members, m)
	now := r.hub.cfg.Now()
	r.presence.leave(m, now)
	if r.meeting != "" {
		r.hub.attend.note(r.hub.ctx, m.actor, r.meeting, -1)
	}
	if len(r.members) == 0 {
		r.emptyFrom = now
	}
}

// dismiss ends the document for one member, with words for its client; code closes a y-websocket connection, which has no other way.
func (r *room) dismiss(m *member, code int, reason string, words ...*packet) {
	if m.gone {
		return
	}
	r.tell(m, words...)
	r.tell(m, closePacket(r.key.name, reason))
	if !m.conn.named {
		m.conn.close(code, reason)
	}
	m.session.end()
	r.remove(m)
	m.released.Do(func() { r.hub.release(r) })
}

// refuse ends the document for a member whose update was refused.
func (r *room) refuse(m *member, err error) {
	if m.gone {
		return
	}
	r.hub.count.refused.Add(1)
	code := live.Code(err)
	r.log.Info("realtime: update refused", "doc", r.key.name, "actor", m.actor.UserID, "code", code)
	r.dismiss(m, CloseForbidden, code, statusPacket(r.key.name, false), r.notice(notice{Type: "refused", Reason: code, Message: fault.Message(err)}))
}

// withdraw ends the document for a member that may no longer read it.
func (r *room) withdraw(m *member, reason string) {
	m.conn.purge(r.key.name)
	r.hub.count.withdrawn.Add(1) // from now on nothing of it waits anywhere
	r.dismiss(m, CloseForbidden, reason, r.notice(notice{Type: "withdrawn", Reason: reason,
		Message: "この文書を見られる範囲が変わったため、表示を閉じました。必要なときは事務局に相談してください。"}))
}

// fail sends everybody away to come again, and ends the room: what is not in the log has not happened.
func (r *room) fail(why string, err error) {
	r.log.Warn("realtime: room dropped", "doc", r.key.name, "why", why, "error", err)
	for m := range r.members {
		m.conn.close(CloseTryLater, why)
	}
	for _, e := range r.arriving {
		e.done <- fault.Wrap(fault.Unavailable, err, "")
	}
	r.arriving = nil
	r.dead = true
	r.hub.drop(r)
}

// ---- presence ----

func (r *room) awareness(m *member, body []byte) {
	entries, err := decodeAwareness(body)
	if err != nil {
		m.conn.close(CloseMalformed, "malformed presence")
		return
	}
	r.presence.set(m, entries, r.hub.cfg.Now())
}

func (r *room) publish(t hint) {
	if r.hub.silent {
		return
	}
	t.node = r.hub.node
	r.hub.post(Post{Topic: r.topic, Data: t.encode()})
}

// agePresence renews and expires, and lets other nodes know that this one lives.
func (r *room) agePresence(now time.Time) {
	t := &r.hub.cfg.Timing
	r.presence.age(now, t.Renew, t.NodeExpire)
	if now.Sub(r.lastBeat) >= t.NodeBeat {
		r.lastBeat = now
		if mine := r.presence.mine(); len(mine) > 0 {
			r.publish(hint{kind: hintPresence, entries: mine, full: true})
		}
	}
}
