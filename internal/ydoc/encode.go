package ydoc

import (
	"maps"
	"slices"
)

// append writes elements from..to of the struct.
func (it *item) append(b []byte, from, to int) []byte {
	if it.kind == kindGC {
		return putUint(append(b, byte(kindGC)), uint64(to-from))
	}
	origin, hasOrigin := it.origin, it.is(flagOrigin)
	if from > 0 {
		origin, hasOrigin = ID{it.id.Client, it.id.Clock + uint64(from) - 1}, true
	}
	info := byte(it.kind)
	if hasOrigin {
		info |= 0x80
	}
	if it.is(flagRight) {
		info |= 0x40
	}
	if it.sub != nil {
		info |= 0x20
	}
	b = append(b, info)
	if hasOrigin {
		b = putID(b, origin)
	}
	if it.is(flagRight) {
		b = putID(b, it.rightOrigin)
	}
	if !hasOrigin && !it.is(flagRight) {
		switch {
		case it.is(flagParentID):
			b = putID(putUint(b, 0), it.origin)
		case it.parent.item == nil:
			b = putStr(putUint(b, 1), it.parent.name)
		default:
			b = putID(putUint(b, 0), it.parent.item.id)
		}
		if it.sub != nil {
			b = putStr(b, *it.sub)
		}
	}
	return it.appendContent(b, from, to)
}

// appendSpan writes the structs of one client within s, with the head of the block; more counts structs that the caller adds behind.
func (l *clientLog) appendSpan(b []byte, client uint64, s span, more int) []byte {
	if s.from >= s.to {
		return putUint(putUint(putUint(b, uint64(more)), client), s.from)
	}
	lo, hi := l.find(s.from), l.find(s.to-1)
	b = putUint(b, uint64(hi-lo+1+more))
	b = putUint(putUint(b, client), s.from)
	for _, it := range l.items[lo : hi+1] {
		from, to := uint64(0), uint64(it.length)
		if s.from > it.id.Clock {
			from = s.from - it.id.Clock
		}
		if s.to < it.end() {
			to = s.to - it.id.Clock
		}
		b = it.append(b, int(from), int(to))
	}
	return b
}

func (ds deleteSet) append(b []byte) []byte {
	b = putUint(b, uint64(len(ds)))
	for _, c := range descending(slices.Collect(maps.Keys(ds))) {
		b = putUint(putUint(b, c), uint64(len(ds[c])))
		for _, s := range ds[c] {
			b = putUint(putUint(b, s.from), s.to-s.from)
		}
	}
	return b
}

// Update is what the transaction added, as an update: its structs and its deletions, and nothing that was known. Content that was deleted
// since appears as deleted.
func (t *Txn) Update() []byte {
	clients := descending(slices.Collect(maps.Keys(t.added)))
	b := putUint(nil, uint64(len(clients)))
	for _, c := range clients {
		b = t.doc.logs[c].appendSpan(b, c, t.added[c], 0)
	}
	return t.deleted.append(b)
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
	var clients []uint64
	for _, c := range d.clients() {
		if d.state(c) > have[c] {
			clients = append(clients, c)
		}
	}
	b := putUint(make([]byte, 0, 512), uint64(len(clients)))
	for _, c := range clients {
		b = d.logs[c].appendSpan(b, c, span{have[c], d.state(c)}, 0)
	}
	return d.deleted().append(b), nil
}

// encodeAll writes everything, what is pending behind what is integrated.
func (d *Doc) encodeAll() []byte {
	clients := d.clients()
	for c := range d.pending.items {
		if d.logs[c] == nil {
			clients = append(clients, c)
		}
	}
	descending(clients)
	b := putUint(make([]byte, 0, 4096), uint64(len(clients)))
	for _, c := range clients {
		b = d.appendClient(b, c, d.pending.items[c])
	}
	ds := d.deleted()
	for c, spans := range d.pending.deletes {
		ds[c] = append(ds[c], spans...)
	}
	ds.normalise()
	return ds.append(b)
}

// appendClient writes all of one client, with a Skip for each hole between.
func (d *Doc) appendClient(b []byte, client uint64, waiting []*item) []byte {
	state := d.state(client)
	waiting = slices.DeleteFunc(slices.Clone(waiting), func(it *item) bool { return it.end() <= state })
	next := state
	if state == 0 && len(waiting) > 0 {
		next = waiting[0].id.Clock
	}
	var tail []byte
	more := 0
	for _, it := range waiting {
		if it.id.Clock > next {
			tail = putUint(append(tail, byte(kindSkip)), it.id.Clock-next)
			next = it.id.Clock
			more++
		}
		tail = it.append(tail, int(next-it.id.Clock), it.length)
		next = it.end()
		more++
	}
	if state > 0 {
		b = d.logs[client].appendSpan(b, client, span{0, state}, more)
	} else {
		b = putUint(putUint(putUint(b, uint64(more)), client), waiting[0].id.Clock)
	}
	return append(b, tail...)
}

// StateMap is, for each client, the next clock expected of it.
func (d *Doc) StateMap() map[uint64]uint64 {
	m := make(map[uint64]uint64, len(d.logs))
	for c, l := range d.logs {
		m[c] = l.state()
	}
	return m
}

// StateVector is StateMap encoded; equal states give equal bytes.
func (d *Doc) StateVector() []byte { return EncodeStateVector(d.StateMap()) }

// EncodeStateVector writes a state vector, highest client first as yjs does.
func EncodeStateVector(m map[uint64]uint64) []byte {
	b := putUint(make([]byte, 0, 1+12*len(m)), uint64(len(m)))
	for _, c := range descending(slices.Collect(maps.Keys(m))) {
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
