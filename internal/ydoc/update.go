package ydoc

import (
	"cmp"
	"math"
	"slices"
)

// maxStructs bounds one update: a struct takes two bytes on the wire and a hundred in memory.
const maxStructs = 500_000

// span is a run of clocks of one client: from..to, to excluded.
type span struct{ from, to uint32 }

// clientSpan is a span of a client.
type clientSpan struct {
	client uint32
	span
}

// deleteSet is what is deleted, in any order until normalised.
type deleteSet []clientSpan

func (ds *deleteSet) add(client uint32, s span) {
	if n := len(*ds); n > 0 && (*ds)[n-1].client == client && (*ds)[n-1].to == s.from {
		(*ds)[n-1].to = s.to
		return
	}
	*ds = append(*ds, clientSpan{client, s})
}

// normalise sorts by client, highest id first as yjs writes them, and clock, and joins spans that touch. id is the id of a client.
func (ds deleteSet) normalise(id func(uint32) uint64) deleteSet {
	if len(ds) < 2 {
		return ds
	}
	order := func(a, b clientSpan) int {
		if a.client == b.client {
			return cmp.Compare(a.from, b.from)
		}
		return cmp.Compare(id(b.client), id(a.client))
	}
	if !slices.IsSortedFunc(ds, order) {
		slices.SortFunc(ds, order)
	}
	w := 0
	for _, s := range ds[1:] {
		if last := &ds[w]; s.client == last.client && s.from <= last.to {
			last.to = max(last.to, s.to)
			continue
		}
		w++
		ds[w] = s
	}
	return ds[:w+1]
}

// ofClient gives the spans at the head of ds that are of one client, and the rest.
func (ds deleteSet) ofClient() (spans, rest deleteSet) {
	for i := range ds {
		if ds[i].client != ds[0].client {
			return ds[:i], ds[i:]
		}
	}
	return ds, nil
}

// block is what an update holds of one client, in clock order, possibly with gaps.
type block struct {
	client uint32
	items  []*item
}

// update is a decoded update that belongs to no document yet.
type update struct {
	nameReader
	blocks  []block
	deletes deleteSet
	room    [2]block // for the common case
}

// decoder reads an update.
type decoder struct {
	reader
	*nameReader
	roots map[string]*Type
	slab  []item
	total int
}

// decode reads b wholly into u. n are the names of the document; it does not change.
func (u *update) decode(n *names, b []byte) error {
	if uint64(len(b)) > math.MaxUint32 {
		return ErrLimit
	}
	u.doc = n
	r := decoder{reader: reader{b: b}, nameReader: &u.nameReader}
	u.blocks = u.room[:0]
	count := r.count(3)
	for i := 0; i < count && r.err == nil; i++ {
		u.blocks = append(u.blocks, r.block())
	}
	if r.err == nil && u.twice() {
		r.fail("client appears twice")
	}
	u.deletes = r.deletes()
	return r.end()
}

// decode reads an update for which no document is at hand.
func decode(b []byte) (*update, error) {
	u := &update{}
	if err := u.decode(&names{}, b); err != nil {
		return nil, err
	}
	return u, nil
}

// twice tells that two blocks are of one client.
func (u *update) twice() bool {
	if len(u.blocks) <= 8 {
		for i, bl := range u.blocks {
			if slices.ContainsFunc(u.blocks[:i], func(b block) bool { return b.client == bl.client }) {
				return true
			}
		}
		return false
	}
	seen := make([]bool, len(u.doc.clients.list)+len(u.fresh.clients.list))
	for _, bl := range u.blocks {
		if seen[bl.client] {
			return true
		}
		seen[bl.client] = true
	}
	return false
}

// block reads the structs of one client.
func (r *decoder) block() block {
	n := r.count(2)
	if r.total += n; r.total > maxStructs {
		r.limit("too many structs")
		return block{}
	}
	bl := block{client: r.client(r.uint())}
	clock := r.uint()
	if clock > maxClock {
		r.limit("clock beyond 32 bits")
		return block{}
	}
	bl.items = make([]*item, 0, min(n, 4096))
	for ; n > 0 && r.err == nil; n-- {
		it, skip := r.item(ref{bl.client, uint32(clock)}, n)
		if it == nil {
			clock += uint64(skip)
		} else if it.length > 0 {
			clock += uint64(it.length)
			bl.items = append(bl.items, it)
		} else {
			r.fail("struct without length")
		}
		if clock > maxClock {
			r.limit("clock beyond 32 bits")
		}
	}
	return bl
}

// length reads a number of elements.
func (r *decoder) length() uint32 {
	n := r.uint()
	if n > maxClock {
		r.limit("length beyond 32 bits")
		return 0
	}
	return uint32(n)
}

// item reads one struct; for a Skip it gives nil and the length of the hole. more is how many structs follow at most.
func (r *decoder) item(id ref, more int) (it *item, skip uint32) {
	info := r.byte()
	kind := ContentKind(info & 31)
	if kind == kindSkip {
		return nil, r.length()
	}
	it = r.newItem(more)
	it.id, it.kind = id, kind
	if kind == kindGC {
		it.flags = flagDeleted
		it.length = r.length()
		return it, 0
	}
	if info&0x80 != 0 {
		it.origin = r.earlier(id)
		it.flags |= flagOrigin
	}
	if info&0x40 != 0 {
		it.rightOrigin = r.earlier(id)
		it.flags |= flagRight
	}
	if info&0xC0 == 0 { // without neighbours the struct names its container
		if r.uint() == 1 {
			it.parent = r.root(r.str())
		} else {
			it.origin = r.earlier(id)
			it.flags |= flagParentID
		}
		if info&0x20 != 0 {
			it.sub = r.sub(r.str())
		}
	}
	r.content(it)
	return it, 0
}

// earlier reads an ID that, if it is the client's own, must be older than id.
func (r *decoder) earlier(id ref) ref {
	client := r.client(r.uint())
	clock := r.uint()
	if client == id.client && clock >= uint64(id.clock) {
		r.fail("struct refers to itself or later")
	}
	if clock > maxClock {
		r.limit("clock beyond 32 bits")
	}
	return ref{client, uint32(clock)}
}

// newItem takes from a slab: loading a document makes one allocation for many structs, typing makes one for one.
func (r *decoder) newItem(more int) *item {
	if len(r.slab) == 0 {
		const many = 51 // fill one of the allocator's sizes
		r.slab = make([]item, min(more, many))
	}
	it := &r.slab[0]
	r.slab = r.slab[1:]
	return it
}

// root gives a placeholder for a root type.
func (r *decoder) root(s []byte) *Type {
	t := r.roots[string(s)]
	if t == nil {
		if r.roots == nil {
			r.roots = map[string]*Type{}
		}
		t = &Type{name: string(s), unbound: true}
		r.roots[t.name] = t
	}
	return t
}

// deletes reads the delete set.
func (r *decoder) deletes() deleteSet {
	var ds deleteSet
	for n := r.count(2); n > 0 && r.err == nil; n-- {
		id := r.uint()
		for m := r.count(2); m > 0 && r.err == nil; m-- {
			clock, length := r.uint(), r.uint()
			switch {
			case r.err != nil || length == 0:
			case clock+length > maxSafe:
				r.fail("deletion out of range")
			case clock+length > maxClock:
				r.limit("deletion beyond 32 bits")
			default:
				ds.add(r.client(id), span{uint32(clock), uint32(clock + length)})
			}
		}
	}
	return ds
}

// Clients are the ids of the clients that update holds structs of, sorted. Deletions name no author.
func Clients(update []byte) ([]uint64, error) {
	u, err := decode(update)
	if err != nil {
		return nil, err
	}
	ids := make([]uint64, 0, len(u.blocks))
	for _, bl := range u.blocks {
		if len(bl.items) > 0 {
			ids = append(ids, u.clientID(bl.client))
		}
	}
	slices.Sort(ids)
	return ids, nil
}
