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
	logs    map[uint64]*clientLog
	roots   map[string]*Type
	keys    map[string]*string // one copy of each map key
	pending pending
	mark    uint32 // of the latest conflict scan
}

// pending is what arrived before what it depends on.
type pending struct {
	items   map[uint64][]*item // by client, in clock order
	missing map[uint64]uint64  // per client the smallest clock waited for
	count   int
	deletes deleteSet
}

// New makes an empty document.
func New() *Doc {
	return &Doc{logs: map[uint64]*clientLog{}, roots: map[string]*Type{}, keys: map[string]*string{}}
}

// state is the next clock expected of client.
func (d *Doc) state(client uint64) uint64 { return d.logs[client].state() }

// clients are the ids of all clients with structs, highest first as yjs writes them.
func (d *Doc) clients() []uint64 {
	ids := make([]uint64, 0, len(d.logs))
	for c := range d.logs {
		ids = append(ids, c)
	}
	return descending(ids)
}

func descending(ids []uint64) []uint64 {
	slices.SortFunc(ids, func(a, b uint64) int { return cmp.Compare(b, a) })
	return ids
}

// HasPending tells that structs or deletions wait for others that have not arrived.
func (d *Doc) HasPending() bool { return d.pending.count > 0 || len(d.pending.deletes) > 0 }

// Structs is the number of structs integrated: the measure of what a document costs to hold and to sync.
func (d *Doc) Structs() int {
	n := 0
	for _, l := range d.logs {
		n += len(l.items)
	}
	return n
}

// Size is about how many bytes of memory the document takes.
func (d *Doc) Size() int {
	const perItem = int(unsafe.Sizeof(item{})) + int(unsafe.Sizeof(&item{}))
	const perType = int(unsafe.Sizeof(Type{}))
	n := int(unsafe.Sizeof(*d))
	for _, l := range d.logs {
		n += 64 + len(l.items)*perItem
		for _, it := range l.items {
			n += cap(it.buf)
			if it.typ != nil {
				n += perType + 32*len(it.typ.entries)
			}
		}
	}
	for k := range d.keys {
		n += 64 + len(k)
	}
	for k, t := range d.roots {
		n += 64 + len(k) + perType + 32*len(t.entries)
	}
	return n + d.pending.count*perItem
}
