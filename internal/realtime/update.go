package realtime

import (
	"errors"

	"kasane/internal/fault"
	"kasane/internal/live"
)

// take deals with one frame of a member.
func (r *room) take(f framed) {
	if f.m.gone {
		return
	}
	switch f.in.kind {
	case msgAwareness:
		r.awareness(f.m, f.in.body)
	case msgQueryAwareness:
		r.tellPresence(f.m)
	case msgStateless:
		r.asked(f.m, f.in.body)
	case msgSync, msgSyncReply:
		switch {
		case r.meeting != "":
			r.channelSync(f)
		case f.in.sync == syncStep1:
			r.sync(f)
		default:
			r.update(f)
		}
	}
}

// emptyUpdate is the update that holds nothing, emptyVector the state of nothing.
var emptyUpdate, emptyVector = []byte{0, 0}, []byte{0}

// channelSync satisfies a provider on a channel, which holds no text.
func (r *room) channelSync(f framed) {
	switch {
	case f.in.sync == syncStep1:
		r.tell(f.m, syncPacket(r.key.name, syncStep2, emptyUpdate), syncPacket(r.key.name, syncStep1, emptyVector))
	case string(f.in.body) == string(emptyUpdate):
		r.tell(f.m, statusPacket(r.key.name, true))
	default:
		r.refuse(f.m, fault.New(fault.Forbidden, "この場所には文章を書き込めません。画面を読み込み直してください。").With("code", reasonChannel))
	}
}

// hold puts a frame back until the log has been read, or rights decided.
func (r *room) hold(f framed) { r.again = append([]framed{f}, r.again...) }

// undecided holds a frame of a member whose rights have not been decided since they may have changed.
func (r *room) undecided(f framed) bool {
	if f.m.version >= r.version {
		return false
	}
	r.mustGate, r.gate = true, true
	r.hold(f)
	return true
}

// behind tells that the log is known to be longer than the document, commits of this room aside.
func (r *room) behind() bool { return r.wantSeq > r.doc.Seq() }

// sync answers a state vector with what the client lacks, and asks for what it has.
func (r *room) sync(f framed) {
	if r.undecided(f) {
		return
	}
	if r.behind() && !f.read {
		f.read, r.mustRead, r.repair = true, true, true
		r.hold(f)
		return
	}
	update, err := r.doc.Sync(f.in.body)
	switch {
	case errors.Is(err, live.ErrSpoiled):
		r.reload = true
		r.hold(f)
		return
	case err != nil:
		r.refuse(f.m, err)
		return
	}
	answer := []*packet{syncPacket(r.key.name, syncStep2, update)}
	if f.m.conn.named && f.in.kind == msgSync {
		answer = append(answer, syncPacket(r.key.name, syncStep1, r.doc.StateVector()))
	}
	r.afterCommit(pending{f: f, answer: answer})
}

// update takes a change: checked, integrated, put into the batch. Nobody is told of it yet.
func (r *room) update(f framed) {
	if r.undecided(f) {
		return
	}
	taken := r.watching()
	change, err := r.doc.Check(f.m.actor, f.m.rights, f.in.body)
	if err != nil {
		r.unchecked(f, err)
		return
	}
	applied, err := r.doc.Apply(change)
	if err != nil {
		r.spoiled(f, err)
		return
	}
	p := pending{f: f, ack: true, update: applied.Update}
	if applied.Update == nil {
		r.afterCommit(p)
		return
	}
	if applied.CutPairs > 0 {
		r.hub.count.cutPairs.Add(int64(applied.CutPairs))
		r.log.Warn("realtime: update cut surrogate pairs", "doc", r.key.name, "actor", f.m.actor.UserID, "pairs", applied.CutPairs)
	}
	if r.current == nil {
		r.current = &batch{}
	}
	r.current.add(p, r.doc.Row(f.m.actor, applied.Update), applied.Clients)
	r.strokeSeen(&f, taken)
}

// unchecked deals with an update that Check did not let pass.
func (r *room) unchecked(f framed, err error) {
	gap := errors.Is(err, live.ErrGap)
	switch {
	case errors.Is(err, live.ErrSpoiled):
		r.reload = true
		r.hold(f)
	case (gap || live.Code(err) == live.CodeForged) && !f.read:
		// It may build upon what another node has committed a moment ago, and hold it too.
		f.read, r.mustRead, r.repair = true, true, true
		r.hold(f)
	case gap:
		// Not acknowledged: what the client answers will be, once.
		r.afterCommit(pending{f: f, answer: []*packet{syncPacket(r.key.name, syncStep1, r.doc.StateVector())}})
	default:
		r.refuse(f.m, err)
	}
}

// spoiled deals with a change that was refused when it had already been integrated: the document is loaded again, and what others had
// brought into the waiting batch is taken again.
func (r *room) spoiled(f framed, err error) {
	r.reload = true
	if r.current != nil {
		r.again = append(r.current.frames(false), r.again...)
		r.current = nil
	}
	if errors.Is(err, live.ErrSpoiled) {
		if f.tries++; f.tries <= maxTries {
			r.again = append(r.again, f)
			return
		}
		err = fault.New(fault.Invalid, "")
	}
	r.refuse(f.m, err)
}

// maxTries bounds how often a frame is taken again because its batch was refused.
const maxTries = 3

// batch is what is integrated but not committed, and what has to wait for that.
type batch struct {
	rows    []live.Row
	clients map[uint64]string
	bytes   int
	pending []pending
	stroke  *Stroke // nil: nobody watches
}

// pending waits for a commit: an acknowledgement, a change to show, an answer from a document that held uncommitted changes.
type pending struct {
	f      framed
	ack    bool
	update []byte // to be shown to the others; nil: nothing
	answer []*packet
}

func (b *batch) add(p pending, row live.Row, clients map[uint64]string) {
	b.rows = append(b.rows, row)
	b.bytes += len(row.Update)
	b.pending = append(b.pending, p)
	for c, user := range clients {
		if b.clients == nil {
			b.clients = map[uint64]string{}
		}
		b.clients[c] = user
	}
}

func (b *batch) full(l Limits) bool {
	return b != nil && (len(b.rows) >= l.BatchRows || b.bytes >= l.BatchBytes)
}

// frames are the frames of a batch, to be taken again; retry counts it as another try.
func (b *batch) frames(retry bool) []framed {
	out := make([]framed, len(b.pending))
	for i, p := range b.pending {
		out[i] = p.f
		if retry {
			out[i].tries++
		}
	}
	return out
}

// actors are who wrote the rows, for the hint to other nodes.
func (b *batch) hintRows() []hintRow {
	if b.bytes > maxHintRows {
		return nil
	}
	out := make([]hintRow, len(b.rows))
	for i, r := range b.rows {
		out[i] = hintRow{actor: r.ActorID, update: r.Update}
	}
	return out
}
