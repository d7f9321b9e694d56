package ydoc

import (
	"cmp"
	"slices"
)

// maxStructs bounds one update: a struct takes two bytes on the wire and two hundred in memory.
const maxStructs = 500_000

// span is a run of clocks of one client: from..to, to excluded.
type span struct{ from, to uint64 }

// deleteSet holds spans by client.
type deleteSet map[uint64][]span

func (ds deleteSet) add(client uint64, s span) {
	l := ds[client]
	if n := len(l); n > 0 && l[n-1].to == s.from {
		l[n-1].to = s.to
		return
	}
	ds[client] = append(l, s)
}

// normalise sorts the spans of each client and joins those that touch.
func (ds deleteSet) normalise() {
	for client, l := range ds {
		if len(l) < 2 {
			continue
		}
		slices.SortFunc(l, func(a, b span) int { return cmp.Compare(a.from, b.from) })
		w := 0
		for _, s := range l[1:] {
			if s.from <= l[w].to {
				l[w].to = max(l[w].to, s.to)
				continue
			}
			w++
			l[w] = s
		}
		ds[client] = l[:w+1]
	}
}

// block is what an update holds of one client, in clock order, possibly with gaps.
type block struct {
	client uint64
	items  []*item
}

// update is a decoded update that belongs to no document yet.
type update struct {
	blocks  []block
	deletes deleteSet
}

// decoder reads an update. It takes known keys from the document but changes nothing in it.
type decoder struct {
	reader
	doc   *Doc
	keys  map[string]*string
	roots map[string]*Type
	slab  []item
	total int
}

// decode reads b wholly. doc may be nil.
func decode(doc *Doc, b []byte) (*update, error) {
	r := &decoder{reader: reader{b: b}, doc: doc}
	u := &update{}
	n := r.count(3)
	if n > 0 {
		u.blocks = make([]block, 0, min(n, 64))
	}
	var seen map[uint64]bool
	if n > 1 {
		seen = make(map[uint64]bool, min(n, 1024))
	}
	for ; n > 0 && r.err == nil; n-- {
		bl := r.block()
		if seen != nil {
			if seen[bl.client] {
				r.fail("client appears twice")
			}
			seen[bl.client] = true
		}
		u.blocks = append(u.blocks, bl)
	}
	u.deletes = r.deletes()
	if err := r.end(); err != nil {
		return nil, err
	}
	return u, nil
}

// block reads the structs of one client.
func (r *decoder) block() block {
	n := r.count(2)
	if r.total += n; r.total > maxStructs {
		r.fail("too many structs")
		return block{}
	}
	bl := block{client: r.uint()}
	clock := r.uint()
	bl.items = make([]*item, 0, min(n, 4096))
	for ; n > 0 && r.err == nil; n-- {
		it, skip := r.item(ID{bl.client, clock}, n)
		if it == nil {
			clock += skip
		} else if it.length > 0 {
			clock = it.end()
			bl.items = append(bl.items, it)
		} else {
			r.fail("struct without length")
		}
		if clock > maxSafe {
			r.fail("clock out of range")
		}
	}
	return bl
}

// item reads one struct; for a Skip it gives nil and the length of the hole. more is how many structs follow at most.
func (r *decoder) item(id ID, more int) (it *item, skip uint64) {
	info := r.byte()
	kind := ContentKind(info & 31)
	if kind == kindSkip {
		return nil, r.uint()
	}
	it = r.newItem(more)
	it.id, it.kind = id, kind
	if kind == kindGC {
		it.flags = flagDeleted
		it.length = int(r.uint())
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
			it.sub = r.key(r.str())
		}
	}
	r.content(it)
	return it, 0
}

// earlier reads an ID that, if it is the client's own, must be older than id.
func (r *decoder) earlier(id ID) ID {
	o := r.id()
	if o.Client == id.Client && o.Clock >= id.Clock {
		r.fail("struct refers to itself or later")
	}
	return o
}

// newItem takes from a slab: loading a document makes one allocation for many structs, typing makes one for one.
func (r *decoder) newItem(more int) *item {
	if len(r.slab) == 0 {
		r.slab = make([]item, min(more, 64))
	}
	it := &r.slab[0]
	r.slab = r.slab[1:]
	return it
}

// key gives the one copy of a key; keys of the document are shared, new ones join it at integration.
func (r *decoder) key(s []byte) *string {
	if r.doc != nil {
		if k := r.doc.keys[string(s)]; k != nil {
			return k
		}
	}
	k := r.keys[string(s)]
	if k == nil {
		if r.keys == nil {
			r.keys = map[string]*string{}
		}
		str := string(s)
		k = &str
		r.keys[str] = k
	}
	return k
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
		client := r.uint()
		for m := r.count(2); m > 0 && r.err == nil; m-- {
			clock, length := r.uint(), r.uint()
			if clock+length > maxSafe {
				r.fail("deletion out of range")
			}
			if length == 0 || r.err != nil {
				continue
			}
			if ds == nil {
				ds = deleteSet{}
			}
			ds.add(client, span{clock, clock + length})
		}
	}
	return ds
}

// Clients are the ids of the clients that update holds structs of, sorted. Deletions name no author.
func Clients(update []byte) ([]uint64, error) {
	u, err := decode(nil, update)
	if err != nil {
		return nil, err
	}
	ids := make([]uint64, 0, len(u.blocks))
	for _, bl := range u.blocks {
		if len(bl.items) > 0 {
			ids = append(ids, bl.client)
		}
	}
	slices.Sort(ids)
	return ids, nil
}
