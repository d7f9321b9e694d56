package realtime

import (
	"context"
	"time"

	"kasane/internal/fault"
	"kasane/internal/live"
)

// opKind is what the helper of a room is doing; there is one at a time.
type opKind uint8

const (
	opNone opKind = iota
	opLoad
	opRead
	opGate
	opWait // a question failed: nothing more is asked before the next tick
)

// result is what the helper found.
type result struct {
	kind      opKind
	doc       *live.Document
	rows      []live.Row
	meta      live.Meta
	decisions map[*member]decision
	err       error
}

type decision struct {
	rights live.Rights
	err    error
}

// startOp begins the most urgent question to the database.
func (r *room) startOp() {
	switch {
	case r.reload:
		if r.flight == nil {
			r.load()
		}
	case r.docID != "" && (r.repair || r.behind()):
		r.read()
	case r.gate:
		r.decide()
	}
}

func (r *room) start(kind opKind, ask func(ctx context.Context) result) {
	r.op = kind
	r.hub.work.Go(func() {
		ctx, cancel := context.WithTimeout(r.hub.ctx, r.hub.cfg.Timing.Ask)
		defer cancel()
		x := ask(ctx)
		x.kind = kind
		r.results <- &x // there is room: one at a time
	})
}

// load reads the document, and decides the rights of all members anew.
func (r *room) load() {
	docs, members, shown := r.hub.cfg.Documents, r.list(), int64(-1)
	if r.doc != nil {
		shown = r.doc.Seq()
		if r.unshown > 0 {
			shown = min(shown, r.unshown-1)
		}
	}
	r.start(opLoad, func(ctx context.Context) result {
		doc, err := docs.Load(ctx, r.key.tenant, r.docID)
		if err != nil {
			return result{err: err}
		}
		x := result{doc: doc, meta: doc.Meta()}
		if shown >= 0 { // what came into the log since has not been shown to the members
			if x.rows, err = docs.Since(ctx, r.key.tenant, r.docID, shown); err != nil {
				return result{err: err}
			}
		}
		x.decisions = r.decisions(ctx, members, x.meta)
		return x
	})
}

// read reads the log from where the document stands.
func (r *room) read() {
	docs, seq := r.hub.cfg.Documents, r.doc.Seq()
	r.repair = false
	r.start(opRead, func(ctx context.Context) result {
		rows, err := docs.Since(ctx, r.key.tenant, r.docID, seq)
		return result{rows: rows, err: err}
	})
}

// decide asks for the rights of all members.
func (r *room) decide() {
	docs, members := r.hub.cfg.Documents, r.list()
	r.gate = false
	r.start(opGate, func(ctx context.Context) result {
		if r.meeting != "" {
			return result{decisions: r.channelDecisions(ctx, members)}
		}
		meta, err := docs.Meta(ctx, r.key.tenant, r.docID)
		if err != nil {
			return result{err: err}
		}
		return result{meta: meta, decisions: r.decisions(ctx, members, meta)}
	})
}

func (r *room) list() []*member {
	out := make([]*member, 0, len(r.members))
	for m := range r.members {
		out = append(out, m)
	}
	return out
}

// decisions asks the gate once per session and meeting.
func (r *room) decisions(ctx context.Context, members []*member, meta live.Meta) map[*member]decision {
	asked := map[[2]string]decision{}
	out := make(map[*member]decision, len(members))
	round := r.hub.cfg.Documents.Round()
	for _, m := range members {
		k := [2]string{actorKey(m.actor), m.meetingID}
		d, ok := asked[k]
		if !ok {
			d.rights, d.err = round.Decide(ctx, m.actor, m.meetingID, meta)
			asked[k] = d
		}
		out[m] = d
	}
	return out
}

func (r *room) channelDecisions(ctx context.Context, members []*member) map[*member]decision {
	asked := map[string]error{}
	out := make(map[*member]decision, len(members))
	for _, m := range members {
		k := actorKey(m.actor)
		err, ok := asked[k]
		if !ok {
			err = r.hub.cfg.Channels.Join(ctx, m.actor, r.meeting)
			asked[k] = err
		}
		d := decision{rights: m.rights}
		switch {
		case final(err):
			d.rights = live.Rights{Reason: reasonOf(err)}
		default:
			d.err = err
		}
		out[m] = d
	}
	return out
}

// finish takes what the helper found.
//
//go:noinline
func (r *room) finish(x *result) {
	r.op = opNone
	switch x.kind {
	case opLoad:
		r.loaded(*x)
	case opRead:
		r.wasRead(*x)
	case opGate:
		r.wasDecided(*x)
	}
}

func (r *room) loaded(x result) {
	first := r.doc == nil
	if x.err != nil {
		if first && (final(x.err) || fault.Is(x.err, fault.Internal)) {
			for _, e := range r.arriving {
				e.done <- x.err
			}
			r.arriving, r.dead = nil, true
			return
		}
		r.fail("loading failed", x.err)
		return
	}
	if !first {
		r.hub.count.reloads.Add(1)
	}
	if x.meta.Epoch != r.epoch {
		r.endEpoch()
		return
	}
	wasFrozen := !first && r.doc.Meta().Frozen
	r.doc, r.reload, r.mustRead, r.unshown = x.doc, false, false, 0
	r.weigh()
	if r.version != 0 && x.meta.AccessVersion > r.version {
		r.stale(r.hub.cfg.Now())
	}
	r.version = max(r.version, x.meta.AccessVersion)
	if !first && wasFrozen != x.meta.Frozen {
		r.tellFrozen(x.meta.Frozen)
	}
	r.apply(x.decisions, x.meta.AccessVersion)
	for _, row := range x.rows {
		r.all(syncPacket(r.key.name, syncUpdate, row.Update))
	}
	arriving := r.arriving
	r.arriving = nil
	for _, e := range arriving {
		r.arrive(e)
	}
}

// wasRead integrates rows of the log and shows what is new of them. Own rows and those a hint has brought already are nothing new.
func (r *room) wasRead(x result) {
	if x.err != nil {
		r.log.Warn("realtime: reading the log failed", "doc", r.key.name, "error", x.err)
		r.repair, r.op = true, opWait
		return
	}
	r.mustRead = r.repair // asked for again since this reading began
	if r.replay(x.rows) {
		r.hub.count.repairs.Add(1)
	}
	// What was wanted may have been a head that a lagging reader does not have; the next look-up says it again.
	r.wantSeq = r.doc.Seq()
}

// replay integrates committed rows in order, and tells whether anything was new.
func (r *room) replay(rows []live.Row) (anything bool) {
	for _, row := range rows {
		before := r.doc.Seq()
		novel, err := r.doc.Replay(row)
		if err != nil {
			r.log.Error("realtime: log does not continue", "doc", r.key.name, "seq", row.Seq, "error", err)
			r.spoiledByLog()
			return anything
		}
		if r.unshown == 0 && (r.current != nil || r.flight != nil) && r.doc.Seq() > before {
			// The same change may be on its way here, sent again after a lost acknowledgement. Then it is no news now, and its commit shows it,
			// unless that is refused.
			r.unshown = row.Seq
		}
		if novel != nil {
			anything = true
			r.heavier(len(novel))
			if r.current != nil || r.flight != nil {
				novel = row.Update // beside what is not committed it looks otherwise: a deletion may be of that
			}
			r.all(syncPacket(r.key.name, syncUpdate, novel))
		}
	}
	return anything
}

// spoiledByLog loads again; what waited in the batch is taken again.
func (r *room) spoiledByLog() {
	r.reload = true
	if r.current != nil {
		r.again = append(r.current.frames(false), r.again...)
		r.current = nil
	}
}

func (r *room) wasDecided(x result) {
	if x.err != nil {
		if final(x.err) {
			for m := range r.members {
				r.withdraw(m, reasonOf(x.err))
			}
			return
		}
		r.gate, r.op = true, opWait
		return
	}
	if r.docID != "" {
		r.seen(live.Head{Head: x.meta.Head, Epoch: x.meta.Epoch, Frozen: x.meta.Frozen, AccessVersion: x.meta.AccessVersion})
		if r.dead {
			return
		}
	}
	r.apply(x.decisions, x.meta.AccessVersion)
}

// apply takes decisions made at an access version.
func (r *room) apply(decisions map[*member]decision, version int64) {
	now := r.hub.cfg.Now()
	for m, d := range decisions {
		switch {
		case m.gone:
		case d.err != nil:
			r.gate, r.op = true, opWait
		case !d.rights.Read:
			r.withdraw(m, d.rights.Reason)
		default:
			changed := !m.rights.Same(d.rights)
			scope := m.rights.Write != d.rights.Write
			m.rights, m.version = d.rights, version
			if scope {
				r.tell(m, r.scope(m))
			}
			if changed && r.docID != "" {
				r.tell(m, r.rightsNotice(m))
			}
		}
	}
	r.mustGate = false // a frame of a member not decided yet asks again
	if version < r.version {
		r.gate, r.op = true, opWait // a reader of the database that lags behind
	}
	if !r.gate {
		r.lastGate, r.staleFrom = now, time.Time{}
	}
}
