package ydoc

import (
	"cmp"
	"maps"
	"slices"
)

// append writes elements from..to of a struct.
func (n *names) append(b []byte, it *item, from, to uint32) []byte {
	if it.kind == kindGC {
		return putUint(append(b, byte(kindGC)), uint64(to-from))
	}
	origin, hasOrigin := it.origin, it.is(flagOrigin)
	if from > 0 {
		origin, hasOrigin = ref{it.id.client, it.id.clock + from - 1}, true
	}
	info := byte(it.kind)
	if hasOrigin {
		info |= 0x80
	}
	if it.is(flagRight) {
		info |= 0x40
	}
	if it.sub != 0 {
		info |= 0x20
	}
	b = append(b, info)
	if hasOrigin {
		b = n.putRef(b, origin)
	}
	if it.is(flagRight) {
		b = n.putRef(b, it.rightOrigin)
	}
	if !hasOrigin && !it.is(flagRight) {
		switch {
		case it.is(flagParentID):
			b = n.putRef(putUint(b, 0), it.origin)
		case it.parent.item == nil:
			b = putStr(putUint(b, 1), it.parent.name)
		default:
			b = n.putRef(putUint(b, 0), it.parent.item.id)
		}
		if it.sub != 0 {
			b = putStr(b, n.key(it.sub))
		}
	}
	return it.appendContent(b, from, to)
}

func (n *names) putRef(b []byte, r ref) []byte {
	return putUint(putUint(b, n.clients.list[r.client]), uint64(r.clock))
}

// appendSpan writes the structs of one client within s, with the head of the block; more counts structs that the caller adds behind.
func (d *Doc) appendSpan(b []byte, client uint32, s span, more int) []byte {
	l, id := &d.logs[client], d.clients.list[client]
	if s.from >= s.to {
		return putUint(putUint(putUint(b, uint64(more)), id), uint64(s.from))
	}
	lo, hi := l.find(s.from), l.find(s.to-1)
	b = putUint(b, uint64(hi-lo+1+more))
	b = putUint(putUint(b, id), uint64(s.from))
	for _, it := range l.items[lo : hi+1] {
		from, to := uint32(0), it.length
		if s.from > it.id.clock {
			from = s.from - it.id.clock
		}
		if s.to < it.end() {
			to = s.to - it.id.clock
		}
		b = d.append(b, it, from, to)
	}
	return b
}

// appendDeletes writes a normalised delete set.
func (n *names) appendDeletes(b []byte, ds deleteSet) []byte {
	clients := 0
	for i := range ds {
		if i == 0 || ds[i].client != ds[i-1].client {
			clients++
		}
	}
	b = putUint(b, uint64(clients))
	for spans, rest := ds.ofClient(); len(spans) > 0; spans, rest = rest.ofClient() {
		b = putUint(putUint(b, n.clients.list[spans[0].client]), uint64(len(spans)))
		for _, s := range spans {
			b = putUint(putUint(b, uint64(s.from)), uint64(s.to-s.from))
		}
	}
	return b
}

// Update is what the transaction added, as an update: its structs and its deletions, and nothing that was known. Content that was deleted
// since appears as deleted.
func (t *Txn) Update() []byte {
	d := t.doc
	ids := d.clients.list
	if len(t.added) > 1 {
		// A copy, for the document notes places in added.
		t.added = slices.SortedFunc(slices.Values(t.added), func(a, b clientSpan) int { return cmp.Compare(ids[b.client], ids[a.client]) })
	}
	b := putUint(nil, uint64(len(t.added)))
	for _, s := range t.added {
		b = d.appendSpan(b, s.client, s.span, 0)
	}
	return d.appendDeletes(b, t.deleted)
}

// Encode is the update that brings a replica with the encoded state vector sv up to date. It never has holes, so it may be served to browsers.
// With sv nil it is the whole document including what is pending, for storage: loading it gives the same document, still waiting.
// ErrMalformed: sv is no state vector.
func (d *Doc) Encode(sv []byte) ([]byte, error) {
	if sv == nil {
		return d.encodeAll(), nil
	}
	have, err := DecodeStateVector(sv)
	if err != nil {
		return nil, err
	}
	clients := slices.DeleteFunc(d.order(), func(c uint32) bool { return uint64(d.logs[c].state()) <= have[d.clients.list[c]] })
	b := putUint(make([]byte, 0, 512), uint64(len(clients)))
	for _, c := range clients {
		b = d.appendSpan(b, c, span{uint32(have[d.clients.list[c]]), d.logs[c].state()}, 0)
	}
	return d.appendDeletes(b, d.deleted()), nil
}

// encodeAll writes everything, what is pending behind what is integrated.
func (d *Doc) encodeAll() []byte {
	clients := d.order()
	for c := range d.pending.items {
		if len(d.logs[c].items) == 0 {
			clients = append(clients, c)
		}
	}
	d.descending(clients)
	b := putUint(make([]byte, 0, 4096), uint64(len(clients)))
	for _, c := range clients {
		b = d.appendClient(b, c, d.pending.items[c])
	}
	ds := append(d.deleted(), d.pending.deletes...)
	return d.appendDeletes(b, ds.normalise(d.clientID))
}

// appendClient writes all of one client, with a Skip for each hole between.
func (d *Doc) appendClient(b []byte, client uint32, waiting []*item) []byte {
	state := d.logs[client].state()
	waiting = slices.DeleteFunc(slices.Clone(waiting), func(it *item) bool { return it.end() <= state })
	next := state
	if state == 0 && len(waiting) > 0 {
		next = waiting[0].id.clock
	}
	var tail []byte
	more := 0
	for _, it := range waiting {
		if it.id.clock > next {
			tail = putUint(append(tail, byte(kindSkip)), uint64(it.id.clock-next))
			next = it.id.clock
			more++
		}
		tail = d.append(tail, it, next-it.id.clock, it.length)
		next = it.end()
		more++
	}
	if state > 0 {
		b = d.appendSpan(b, client, span{0, state}, more)
	} else {
		b = putUint(putUint(putUint(b, uint64(more)), d.clients.list[client]), uint64(waiting[0].id.clock))
	}
	return append(b, tail...)
}

// StateMap is, for each client, the next clock expected of it.
func (d *Doc) StateMap() map[uint64]uint64 {
	m := make(map[uint64]uint64, len(d.logs))
	for _, n := range d.order() {
		m[d.clients.list[n]] = uint64(d.logs[n].state())
	}
	return m
}

// StateVector is StateMap encoded; equal states give equal bytes.
func (d *Doc) StateVector() []byte {
	order := d.order()
	b := putUint(make([]byte, 0, 1+12*len(order)), uint64(len(order)))
	for _, n := range order {
		b = putUint(putUint(b, d.clients.list[n]), uint64(d.logs[n].state()))
	}
	return b
}

// EncodeStateVector writes a state vector, highest client first as yjs does.
func EncodeStateVector(m map[uint64]uint64) []byte {
	b := putUint(make([]byte, 0, 1+12*len(m)), uint64(len(m)))
	ids := slices.Sorted(maps.Keys(m))
	for _, c := range slices.Backward(ids) {
		b = putUint(putUint(b, c), m[c])
	}
	return b
}

// DecodeStateVector reads a state vector. ErrMalformed if it is none.
func DecodeStateVector(b []byte) (map[uint64]uint64, error) {
	r := reader{b: b}
	n := r.count(2)
	m := make(map[uint64]uint64, min(n, 1024))
	for ; n > 0 && r.err == nil; n-- {
		c := r.uint()
		m[c] = r.uint()
	}
	if err := r.end(); err != nil {
		return nil, err
	}
	return m, nil
}
