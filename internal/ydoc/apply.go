package ydoc

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Txn is one change of a document: what an update, or a Builder, added to it.
type Txn struct {
	doc     *Doc
	number  uint64
	added   []clientSpan // structs, one span a client
	deleted deleteSet
	seams   []seam
	pairs   []cutPair
	roots   []string // that it made
	// How many names at the end of the document's tables it has brought.
	newClients, newKeys int
	parked              bool // it has its own copy of the maps of what is pending
	work, maxWork       uint64
	failure             error
	room                [1]clientSpan // for the common case
}

// seam is a place between two structs that might be joined (again) when the transaction ends.
type seam struct {
	at  ref  // the right one of the two
	cut bool // this transaction has made two of one
}

// cutPair is a surrogate pair that was cut in two.
type cutPair struct {
	at   ref // the right half
	text string
}

func (d *Doc) begin(maxWork uint64) *Txn {
	d.txns++
	t := &Txn{doc: d, number: d.txns, maxWork: maxWork}
	t.added = t.room[:0]
	return t
}

// over tells that integration has to stop: why is err. It is asked at every step, and therefore small enough to be inlined.
func (t *Txn) over() bool { return t.work > t.maxWork || t.failure != nil }

func (t *Txn) err() error {
	if t.failure == nil && t.over() {
		return fmt.Errorf("%w: too much work", ErrBudget)
	}
	return t.failure
}

// Empty tells that the document already had everything, or that what was new had to wait for missing structs (see HasPending).
func (t *Txn) Empty() bool { return len(t.added) == 0 && len(t.deleted) == 0 }

// Work is the number of steps integration took, the measure of the budget.
func (t *Txn) Work() uint64 { return t.work }

// CutPairs is how many surrogate pairs were cut in two, which replaces both halves by U+FFFD. An editor that edits by character never does;
// yjs replicas that received the pair whole may show it still.
func (t *Txn) CutPairs() int { return len(t.pairs) }

// Apply integrates an update within DefaultBudget. See ApplyWithBudget.
func (d *Doc) Apply(update []byte) (*Txn, error) { return d.ApplyWithBudget(update, DefaultBudget) }

// ApplyWithBudget integrates an update. What is known already is passed over; what depends on missing structs is kept as pending.
// ErrMalformed: the update does not decode. ErrLimit: it goes beyond what a document can hold. ErrBudget: it costs more than maxWork steps.
// After any of them the document is as it was. The bytes are not kept.
func (d *Doc) ApplyWithBudget(bytes []byte, maxWork uint64) (*Txn, error) {
	var u update
	if err := u.decode(&d.names, bytes); err != nil {
		return nil, err
	}
	t := d.begin(maxWork)
	t.adopt(&u.fresh)
	before := d.pending
	d.integrateBlocks(t, u.blocks)
	d.retryPending(t)
	waiting := d.pending.deletes
	d.pending.deletes = nil
	d.applyDeletes(t, waiting)
	d.applyDeletes(t, u.deletes)
	if t.over() {
		d.pending = before
		err := t.err()
		t.rollBack()
		return nil, err
	}
	d.cleanUp(t)
	if t.Empty() && !d.HasPending() {
		t.forget()
	}
	return t, nil
}

// retryPending integrates pending structs as long as something they waited for has come.
func (d *Doc) retryPending(t *Txn) {
	for d.pending.count > 0 && d.pendingReady() && !t.over() {
		was := d.pending
		d.pending.items, d.pending.missing, d.pending.count = nil, nil, 0
		t.work += uint64(was.count)
		blocks := make([]block, 0, len(was.items))
		for c, items := range was.items {
			blocks = append(blocks, block{c, copies(items)})
		}
		d.integrateBlocks(t, blocks)
		if d.pending.count >= was.count {
			return
		}
	}
}

func (d *Doc) pendingReady() bool {
	for c, clock := range d.pending.missing {
		if clock < d.logs[c].state() {
			return true
		}
	}
	return false
}

// park keeps items of one client, in clock order, until the struct missing has come.
func (d *Doc) park(t *Txn, client uint32, items []*item, missing ref) {
	p := &d.pending
	if p.items == nil {
		p.items, p.missing = map[uint32][]*item{}, map[uint32]uint32{}
	} else if !t.parked {
		p.items, p.missing = maps.Clone(p.items), maps.Clone(p.missing)
	}
	t.parked = true
	if clock, ok := p.missing[missing.client]; !ok || missing.clock < clock {
		p.missing[missing.client] = missing.clock
	}
	have := p.items[client]
	all := append(slices.Clone(have), items...)
	if len(have) > 0 {
		slices.SortStableFunc(all, func(a, b *item) int { return cmp.Compare(a.id.clock, b.id.clock) })
	}
	// What an earlier one covers wholly is the same content again.
	next := d.logs[client].state()
	kept := all[:0]
	for _, it := range all {
		if it.end() > next {
			next = it.end()
			kept = append(kept, it)
		}
	}
	p.count += len(kept) - len(have)
	if len(kept) > 0 {
		p.items[client] = kept
	}
}

// feed is the queue of one client's structs during integration.
type feed struct {
	block
	pos     int
	waiting bool   // it is on the stack
	need    uint32 // the clock for which the feed above it on the stack waits
}

// feeds are the queues of one update.
type feeds struct {
	list  []feed
	index map[uint32]*feed // only if there are many
	room  [2]feed
	stack [4]*feed
}

func (fs *feeds) fill(d *Doc, blocks []block) {
	fs.list = fs.room[:0]
	for _, b := range blocks {
		fs.list = append(fs.list, feed{block: b})
	}
	// Higher ids first, as yjs does: it keeps conflict scans short.
	slices.SortFunc(fs.list, func(a, b feed) int {
		return cmp.Compare(d.clients.list[b.client], d.clients.list[a.client])
	})
	if len(fs.list) > 8 {
		fs.index = make(map[uint32]*feed, len(fs.list))
		for i := range fs.list {
			fs.index[fs.list[i].client] = &fs.list[i]
		}
	}
}

func (fs *feeds) get(client uint32) *feed {
	if fs.index != nil {
		return fs.index[client]
	}
	for i := range fs.list {
		if fs.list[i].client == client {
			return &fs.list[i]
		}
	}
	return nil
}

// integrateBlocks integrates what it can and parks the rest.
func (d *Doc) integrateBlocks(t *Txn, blocks []block) {
	var fs feeds
	fs.fill(d, blocks)
	for i := range fs.list {
		d.drain(t, &fs, &fs.list[i])
	}
}

// drain works through one feed; a stack follows dependencies into other feeds, each only as far as needed.
func (d *Doc) drain(t *Txn, fs *feeds, first *feed) {
	stack := append(fs.stack[:0], first)
	first.need, first.waiting = maxClock, true
	for len(stack) > 0 && !t.over() {
		f := stack[len(stack)-1]
		state := d.logs[f.client].state()
		if f.pos == len(f.items) || state > f.need {
			f.waiting = false
			stack = stack[:len(stack)-1]
			continue
		}
		it := f.items[f.pos]
		if it.end() <= state {
			f.pos++
			continue
		}
		missing, blocked := ref{f.client, state}, it.id.clock > state
		if !blocked {
			if missing, blocked = d.missing(it); !blocked {
				d.integrate(t, it, state-it.id.clock)
				f.pos++
				continue
			}
			// A feed already on the stack would be a circle, which no honest client makes.
			if g := fs.get(missing.client); g != nil && !g.waiting && g.pos < len(g.items) {
				g.need, g.waiting = missing.clock, true
				stack = append(stack, g)
				continue
			}
		}
		for _, f := range stack {
			d.park(t, f.client, f.items[f.pos:], missing)
			f.pos, f.waiting = len(f.items), false
		}
		return
	}
}

// missing names a struct that it depends on and the document lacks.
func (d *Doc) missing(it *item) (ref, bool) {
	if it.is(flagOrigin|flagParentID) && d.lacks(it, it.origin) {
		return it.origin, true
	}
	if it.is(flagRight) && d.lacks(it, it.rightOrigin) {
		return it.rightOrigin, true
	}
	return ref{}, false
}

// lacks tells that the document does not have id. A client's own earlier structs are there by order.
func (d *Doc) lacks(it *item, id ref) bool {
	return id.client != it.id.client && id.clock >= d.logs[id.client].state()
}
