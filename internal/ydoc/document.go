package ydoc

import (
	"cmp"
	"math"
	"slices"
	"unsafe"
)

// DefaultBudget is the work Apply allows one update: enough for any honest one, and milliseconds of a processor.
// A step is one struct looked at in a conflict scan, or its like elsewhere.
const DefaultBudget = 500_000

// Unlimited is the budget for bytes that this server has accepted before: its own log and snapshots.
const Unlimited = math.MaxUint64

// maxDepth bounds how deeply types nest, so that no recursion over a document runs away.
const maxDepth = 128

// Doc is a collaborative document (共同編集文書). Not safe for concurrent use: it has one owner.
type Doc struct {
	names
	logs    []clientLog // by the numbers of clients
	roots   map[string]*Type
	pending pending
	mark    uint32 // of the latest conflict scan
	txns    uint64 // how many there were
}

// pending is what arrived before what it depends on.
type pending struct {
	items   map[uint32][]*item // by client, in clock order
	missing map[uint32]uint32  // per client the smallest clock waited for
	count   int
	deletes deleteSet
}

// New makes an empty document.
func New() *Doc { return &Doc{roots: map[string]*Type{}} }

// order gives the clients with structs, highest id first as yjs writes them.
func (d *Doc) order() []uint32 {
	numbers := make([]uint32, 0, len(d.logs))
	for n := range d.logs {
		if len(d.logs[n].items) > 0 {
			numbers = append(numbers, uint32(n))
		}
	}
	return d.descending(numbers)
}

// descending sorts clients, highest id first.
func (n *names) descending(numbers []uint32) []uint32 {
	slices.SortFunc(numbers, func(a, b uint32) int { return cmp.Compare(n.clients.list[b], n.clients.list[a]) })
	return numbers
}

// HasPending tells that structs or deletions wait for others that have not arrived.
func (d *Doc) HasPending() bool { return d.pending.count > 0 || len(d.pending.deletes) > 0 }

// Structs is the number of structs integrated: the measure of what a document costs to hold and to sync.
func (d *Doc) Structs() int {
	n := 0
	for i := range d.logs {
		n += len(d.logs[i].items)
	}
	return n
}

// Size is about how many bytes of memory the document takes.
func (d *Doc) Size() int {
	const perItem = int(unsafe.Sizeof(item{}))
	const pointer = int(unsafe.Sizeof(&item{}))
	const perType, perEntry = int(unsafe.Sizeof(Type{})), 32
	n := int(unsafe.Sizeof(*d))
	for i := range d.logs {
		l := &d.logs[i]
		n += 64 + len(l.items)*perItem + cap(l.items)*pointer
		for _, it := range l.items {
			n += int(it.cap)
			if t := it.typ(); t != nil {
				n += perType + perEntry*len(t.entries)
			}
		}
	}
	for _, k := range d.keys.list {
		n += 48 + len(k)
	}
	for k, t := range d.roots {
		n += 64 + len(k) + perType + perEntry*len(t.entries)
	}
	return n + d.pending.count*(perItem+pointer)
}
