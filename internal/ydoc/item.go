package ydoc

import "slices"

// ContentKind says what a struct holds; the numbers are those of the wire.
type ContentKind uint8

// The ten kinds of content, and the struct that garbage collection leaves (gc) with the hole of a merged update (skip).
const (
	kindGC ContentKind = iota
	ContentDeleted
	ContentJSON
	ContentBinary
	ContentString
	ContentEmbed
	ContentFormat
	ContentType
	ContentAny
	ContentDoc
	kindSkip
)

var contentNames = [...]string{"gc", "deleted", "json", "binary", "string", "embed", "format", "type", "any", "doc", "skip"}

// String is the kind's name in lower case.
func (k ContentKind) String() string {
	if int(k) < len(contentNames) {
		return contentNames[k]
	}
	return "unknown"
}

const (
	flagDeleted  = 1 << iota
	flagOrigin   // origin counts
	flagRight    // rightOrigin counts
	flagParentID // not integrated yet: origin holds the ID of the parent's item
)

// item is a struct of the document: a run of elements of one client, linked into the list of its container.
// It is the unit of memory, hence one flat record of 80 bytes for all kinds; the content is in it, see content.go.
type item struct {
	id          ref
	origin      ref // the element that was at its left when it was made
	rightOrigin ref // the one at its right
	left, right *item
	parent      *Type // nil for GC; before integration a placeholder of the root, or nil
	content
	sub    uint32 // the number of the key, for an entry of a map; else zero
	length uint32 // in elements; of text in UTF-16 units
	mark   uint32 // of the conflict scan, and the part of it, in which the item was last seen: cheaper than two sets
	kind   ContentKind
	flags  uint8
}

func (it *item) is(flag uint8) bool { return it.flags&flag != 0 }
func (it *item) deleted() bool      { return it.flags&flagDeleted != 0 }
func (it *item) end() uint32        { return it.id.clock + it.length }
func (it *item) last() ref          { return ref{it.id.client, it.end() - 1} }
func (it *item) countable() bool    { return it.kind != ContentDeleted && it.kind != ContentFormat }

// visible tells whether the item adds to what a reader of its container sees.
func (it *item) visible() bool { return !it.deleted() && it.countable() }

// toGC makes it a GC struct in place.
func (it *item) toGC() {
	*it = item{id: it.id, length: it.length, kind: kindGC, flags: flagDeleted}
}

// leftmost walks to the head of the list of a map key; steps are charged to t, for a hostile history can be long.
func (it *item) leftmost(t *Txn) *item {
	if it == nil {
		return nil
	}
	for it.left != nil {
		t.work++
		it = it.left
	}
	return it
}

// clientLog holds all structs of one client without gap, in clock order.
type clientLog struct {
	items []*item
	txn   uint64 // the latest transaction that added to it, and where that one notes what
	slot  int
}

// state is the next clock expected of the client.
func (l *clientLog) state() uint32 {
	if len(l.items) == 0 {
		return 0
	}
	return l.items[len(l.items)-1].end()
}

// find gives the index of the struct that holds clock, which must be below the state.
func (l *clientLog) find(clock uint32) int {
	hi := len(l.items) - 1
	if l.items[hi].id.clock <= clock {
		return hi
	}
	lo := 0
	for lo < hi {
		mid := int(uint(lo+hi+1) >> 1)
		if l.items[mid].id.clock <= clock {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}

// get gives the struct that holds id, or nil if the document lacks it.
func (d *Doc) get(id ref) *item {
	if int(id.client) >= len(d.logs) {
		return nil
	}
	l := &d.logs[id.client]
	if id.clock >= l.state() {
		return nil
	}
	return l.items[l.find(id.clock)]
}

// startingAt gives the struct that begins at id, endingAt the one that ends with it; both split what straddles. The document must have id.
func (d *Doc) startingAt(t *Txn, id ref) *item {
	l := &d.logs[id.client]
	i := l.find(id.clock)
	it := l.items[i]
	if it.id.clock == id.clock || it.kind == kindGC {
		return it
	}
	return d.split(t, l, i, id.clock-it.id.clock)
}

func (d *Doc) endingAt(t *Txn, id ref) *item {
	l := &d.logs[id.client]
	i := l.find(id.clock)
	it := l.items[i]
	if id.clock != it.end()-1 && it.kind != kindGC {
		d.split(t, l, i, id.clock-it.id.clock+1)
	}
	return it
}

// movesPerStep is how many pointers moved in a log weigh as much as one step of a conflict scan.
const movesPerStep = 128

// split cuts the i-th struct of l after k elements and gives the right part.
func (d *Doc) split(t *Txn, l *clientLog, i int, k uint32) *item {
	a := l.items[i]
	b := &item{
		id:          ref{a.id.client, a.id.clock + k},
		origin:      ref{a.id.client, a.id.clock + k - 1},
		rightOrigin: a.rightOrigin,
		left:        a, right: a.right,
		parent: a.parent, sub: a.sub,
		kind: a.kind, flags: a.flags | flagOrigin,
	}
	t.cut(a, b, k)
	a.right = b
	if b.right != nil {
		b.right.left = b
	} else if b.sub != 0 {
		b.parent.setEntry(b.sub, b)
	}
	l.items = slices.Insert(l.items, i+1, b)
	t.work += uint64(1 + (len(l.items)-i)/movesPerStep)
	t.seams = append(t.seams, seam{b.id, true})
	return b
}

// cut moves the content of a after k elements to b.
func (t *Txn) cut(a, b *item, k uint32) {
	if b.length = a.length - k; a.kind != ContentDeleted {
		whole := a.bytes()
		left, right, pair := splitContent(a.kind, whole, int(k), int(a.length))
		a.setBytes(left)
		b.setBytes(right)
		if pair {
			off := len(left) - len(replacement)
			t.pairs = append(t.pairs, cutPair{b.id, string(whole[off : off+4])})
		}
	}
	a.length = k
}
