package realtime

import (
	"time"

	"kasane/internal/fault"
	"kasane/internal/live"
)

// want notes that the log reaches to seq.
func (r *room) want(seq int64) { r.wantSeq = max(r.wantSeq, seq) }

// seen takes what the head of the document is now.
func (r *room) seen(h live.Head) {
	if h.Epoch != r.epoch {
		r.endEpoch()
		return
	}
	r.want(h.Head)
	if h.AccessVersion < r.version || r.doc == nil {
		return
	}
	if h.AccessVersion > r.version {
		r.version = h.AccessVersion
		r.gate = true
		r.stale(r.lastLook) // the change came after that, perhaps long ago: the database may have been away
	}
	if frozen := r.doc.Meta().Frozen; frozen != h.Frozen {
		r.doc.SetMeta(h.Frozen, h.AccessVersion)
		r.tellFrozen(h.Frozen)
		r.gate = true
	} else {
		r.doc.SetMeta(frozen, h.AccessVersion)
	}
}

// stale begins the time for which members are kept though their rights could not be decided: at from, the last moment at which they are known to have held.
func (r *room) stale(from time.Time) {
	if r.staleFrom.IsZero() {
		r.staleFrom = from
	}
}

func (r *room) tellFrozen(frozen bool) {
	n := notice{Type: "thawed", Message: "編集が再開されました。"}
	if frozen {
		n = notice{Type: "frozen", Message: "合意のため固定されました。議長が編集を再開するまで書き込めません。"}
	}
	r.all(r.notice(n))
}

// endEpoch ends the room of a document that was made anew.
func (r *room) endEpoch() {
	for m := range r.members {
		r.dismiss(m, CloseEpoch, live.CodeEpoch, r.notice(notice{Type: "epoch", Reason: live.CodeEpoch,
			Message: "この文書は作り直されました。画面を読み込み直してください。"}))
	}
	for _, e := range r.arriving {
		e.done <- fault.New(fault.Gone, "").With("code", live.CodeEpoch)
	}
	r.arriving = nil
	r.dead = true
	r.hub.drop(r)
}

// beat is the room's part of the look-up: heads, rights that end by time, presence, rooms nobody is in.
//
//go:noinline
func (r *room) beat(x *tick) {
	now := r.hub.cfg.Now()
	t := &r.hub.cfg.Timing
	for _, past := range []*time.Time{&r.lastGate, &r.lastBeat, &r.emptyFrom, &r.staleFrom} {
		if past.After(now) { // the clock was put back
			*past = now
		}
	}
	if r.lastLook.After(now) {
		r.lastLook = now.Add(-t.blindness()) // how long ago it was cannot be told
	}
	if r.op == opWait {
		r.op = opNone
	}
	r.reach(x.apart)
	if !r.staleFrom.IsZero() && now.Sub(r.staleFrom) >= t.GateGrace { // before this look-up is read: what it says now can still be decided until the next
		r.fail("rights unknown", fault.New(fault.Unavailable, ""))
		return
	}
	switch {
	case r.docID == "" || r.doc == nil:
	case x.known:
		r.seen(x.head)
		r.lastLook = now
	case x.asked:
		for m := range r.members {
			r.withdraw(m, reasonNotFound)
		}
		r.dead = true
		r.hub.drop(r)
	}
	if r.dead {
		return
	}
	regate := t.Regate
	if r.meeting != "" {
		regate = t.Recheck
	}
	if len(r.members) > 0 && now.Sub(r.lastGate) >= regate {
		r.gate = true
	}
	if r.over(now) {
		r.gate = true
		r.stale(now)
	}
	r.agePresence(now)
	after := t.Evict
	if r.hub.crowded() {
		after = 0
	}
	if len(r.members) == 0 && len(r.arriving) == 0 && r.flight == nil && r.current == nil && r.op == opNone && now.Sub(r.emptyFrom) >= after {
		r.evict()
	}
}

// over tells whether the rights of a member have come to the end that was known for them.
func (r *room) over(now time.Time) bool {
	for m := range r.members {
		if end := m.rights.Until; !end.IsZero() && !now.Before(end) {
			return true
		}
	}
	return false
}

// evict ends a room nobody is in.
func (r *room) evict() {
	if !r.hub.retire(r) {
		return
	}
	r.dead = true
	if r.doc != nil {
		if rows, _ := r.doc.Behind(); rows >= int64(r.hub.cfg.Timing.CompactRows)/10+1 {
			r.askCompact()
		}
	}
}

// resync is what every (re)subscription needs: the log from here on, and presence both ways.
//
//go:noinline
func (r *room) resync() {
	if r.docID != "" {
		r.repair = true
	}
	r.publish(hint{kind: hintQuery})
	if mine := r.presence.mine(); len(mine) > 0 {
		r.publish(hint{kind: hintPresence, entries: mine, full: true})
	}
}

// hinted takes a message of another node.
//
//go:noinline
func (r *room) hinted(t *hint) {
	switch t.kind {
	case hintRows:
		r.hintedRows(t)
	case hintPresence:
		r.presence.remote(t.node, t.entries, t.full, r.hub.cfg.Now())
	case hintQuery:
		if mine := r.presence.mine(); len(mine) > 0 {
			r.publish(hint{kind: hintPresence, entries: mine, full: true})
		}
	case hintStateless:
		if r.meeting != "" {
			r.all(statelessPacket(r.key.name, t.text))
		}
	case hintLook:
		r.gate = true
	}
}

// blind tells that nobody knows whether the members may still see the document: the database has not answered for a while, or what it said of their
// rights could not be decided in time. What is to be shown waits. A look-up in the future was before the clock was put back.
func (r *room) blind() bool {
	now, t := r.hub.cfg.Now(), &r.hub.cfg.Timing
	return r.lastLook.After(now) || now.Sub(r.lastLook) > t.blindness() || !r.staleFrom.IsZero() && now.Sub(r.staleFrom) >= t.GateGrace
}

// blindness is how long a room shows things without an answer of the database.
func (t *Timing) blindness() time.Duration { return 2*t.Poll + time.Second }

// hintedRows shows rows that continue what is known; anything else is read from the log.
func (r *room) hintedRows(t *hint) {
	if r.doc == nil || t.epoch != r.epoch || t.to <= r.doc.Seq() {
		return
	}
	if r.reload || r.blind() || len(t.rows) == 0 || t.from > r.doc.Seq()+1 {
		r.want(t.to)
		return
	}
	rows := make([]live.Row, len(t.rows))
	for i, row := range t.rows {
		rows[i] = live.Row{Seq: t.from + int64(i), Update: row.update, ActorID: row.actor}
	}
	r.replay(rows)
}
