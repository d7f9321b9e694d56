package realtime

import (
	"time"

	"kasane/internal/fault"
	"kasane/internal/live"
)

// afterCommit does p now, or when what is integrated so far has been committed.
func (r *room) afterCommit(p pending) {
	switch {
	case r.current != nil:
		r.current.pending = append(r.current.pending, p)
	case r.flight != nil:
		r.flight.pending = append(r.flight.pending, p)
	default:
		r.settle(p)
	}
}

// settle tells who has to be told, now that it is in the log.
func (r *room) settle(p pending) {
	if p.update != nil {
		shown := syncPacket(r.key.name, syncUpdate, p.update)
		for m := range r.members {
			if m != p.f.m {
				r.tell(m, shown)
			}
		}
	}
	if p.f.m.gone {
		return
	}
	var own burst
	r.addAnswers(&own, p)
	if p.ack {
		own.add(r.sequenceFor(p.f.m))
	}
	p.f.m.conn.sendBurst(&own)
}

// addAnswers adds what a committed frame is answered with.
func (r *room) addAnswers(b *burst, p pending) {
	named := p.f.m.conn.named
	if p.ack {
		b.add(statusPacket(r.key.name, true).frame(named))
		r.acked(time.Since(r.hub.begun) - p.f.at)
	}
	for _, a := range p.answer {
		b.add(a.frame(named))
	}
}

// slowQuietly is how long a room that is slow says nothing more of it.
const slowQuietly = time.Minute

// acked notes how long somebody waited for 保存済み, and tells of a room where that is long. What it was is to be seen beside: a slow commit or query has its own line.
func (r *room) acked(took time.Duration) {
	r.hub.count.acks.add(took)
	if took < r.hub.cfg.Timing.Slow {
		return
	}
	r.hub.count.slowAcks.Add(1)
	r.hub.count.lastSlow.Store(time.Now().UnixNano())
	if time.Since(r.toldSlow) < slowQuietly {
		return
	}
	r.toldSlow = time.Now()
	r.log.Warn("realtime: slow room", "doc", r.key.name, "ms", took.Milliseconds(), "members", len(r.members), "waiting", int(r.queued.Load())+len(r.again), "bytes", r.weight.Load())
}

// submit gives the batch to the committer.
func (r *room) submit() {
	b := r.current
	r.current, r.flight = nil, b
	meta := r.doc.Meta()
	r.hub.committer.submit(commit{done: r.settleCommit, batch: live.Batch{Tenant: r.key.tenant, DocID: r.docID, Epoch: meta.Epoch, Rows: b.rows,
		Clients: b.clients, AccessVersion: r.version}})
}

// committed is the moment of truth of a batch.
//
//go:noinline
func (r *room) committed(c *committed) {
	b := r.flight
	r.flight = nil
	switch {
	case c.err != nil:
		// Nobody knows what was stored. Nothing was shown; who comes again sends again, and gets an acknowledgement either way.
		r.traced(b, c, c.ended)
		r.fail("not saved", c.err)
		return
	case c.out.Err != nil:
		r.batchRefused(b, c.out.Err)
		return
	}
	r.hub.count.updates.Add(int64(len(b.rows)))
	if !r.doc.Committed(c.out.From, c.out.To) {
		r.want(c.out.To)
	}
	r.settleAll(b.pending)
	shown := r.watching()
	if r.current == nil {
		r.unshown = 0
	}
	r.heavier(b.bytes)
	if !r.hub.silent {
		r.publish(hint{kind: hintRows, epoch: r.epoch, from: c.out.From, to: c.out.To, rows: b.hintRows()})
	}
	r.traced(b, c, shown)
	r.compactIfLong()
}

// batchRefused loads the document again, without the batch, and takes every frame of it again with fresh rights: what the log refused as a whole,
// frozen or no longer allowed or forged, is then refused to those whose it was.
func (r *room) batchRefused(b *batch, err error) {
	r.log.Info("realtime: batch refused", "doc", r.key.name, "kind", fault.KindOf(err).String())
	frames := b.frames(true)
	if r.current != nil {
		frames = append(frames, r.current.frames(false)...)
		r.current = nil
	}
	r.again = append(frames, r.again...)
	r.reload = true
	kept := r.again[:0]
	for _, f := range r.again {
		if f.tries > maxTries {
			r.refuse(f.m, err)
			continue
		}
		kept = append(kept, f)
	}
	r.again = kept
}

// compactIfLong asks for a snapshot when the next to load would have much to read.
func (r *room) compactIfLong() {
	rows, bytes := r.doc.Behind()
	since := r.doc.Seq() - max(r.compacted, r.doc.Seq()-rows)
	t := &r.hub.cfg.Timing
	if since >= int64(t.CompactRows) || r.compacted == 0 && bytes >= t.CompactBytes && rows > 1 {
		r.askCompact()
	}
}

func (r *room) askCompact() {
	select {
	case r.hub.compacts <- r.key:
		r.compacted = r.doc.Seq()
	default: // next time
	}
}
