package ydoc

import (
	"cmp"
	"container/heap"
	"slices"
)

// MergeUpdates is one update with all that updates say, without building a document: yjs's mergeUpdates, byte by byte. What no update holds
// between two structs of a client is left as a hole (Skip), and structs are not joined: for a compact form apply the updates to a Doc and encode it.
// Where one update holds an element and another the garbage it became, the earlier of the two updates decides; yjs has no rule there, its choice
// hangs on the sorting algorithm of the engine.
// Time and memory grow with the bytes given. ErrMalformed: one of them is no update.
func MergeUpdates(updates ...[]byte) ([]byte, error) {
	m := merger{}
	var deletes []wireDeletion
	for i, u := range updates {
		blocks, ds, err := scanUpdate(u)
		if err != nil {
			return nil, err
		}
		deletes = append(deletes, ds...)
		// yjs writes them so; the merge relies on it.
		slices.SortStableFunc(blocks, func(a, b wireBlock) int { return cmp.Compare(b.client, a.client) })
		c := newCursor(u, blocks)
		if c.order = i; !c.done && c.cur.kind() == kindSkip {
			c.advanceContent()
		}
		if !c.done {
			m.cursors = append(m.cursors, c)
		}
	}
	if len(updates) == 1 {
		return slices.Clone(updates[0]), nil
	}
	heap.Init(&m.cursors)
	for len(m.cursors) > 0 {
		c := m.cursors[0]
		m.step(c)
		// The one that moved stays before others that are at the same place, as in a stable sort.
		m.moves--
		if c.order = m.moves; c.done {
			heap.Pop(&m.cursors)
		} else {
			heap.Fix(&m.cursors, 0)
		}
	}
	if m.writing {
		m.out.put(&m.last)
	}
	return appendWireDeletes(m.out.finish(), deletes), nil
}

// cursors are a heap: the highest client first, of one client the lowest clock.
type cursors []*cursor

func (h cursors) Len() int      { return len(h) }
func (h cursors) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *cursors) Push(x any)   { *h = append(*h, x.(*cursor)) }
func (h *cursors) Pop() any {
	n := len(*h) - 1
	x := (*h)[n]
	*h = (*h)[:n]
	return x
}
func (h cursors) Less(i, j int) bool {
	a, b := h[i], h[j]
	return cmp.Or(cmp.Compare(b.cur.client, a.cur.client), cmp.Compare(a.cur.clock, b.cur.clock), cmp.Compare(a.order, b.order)) < 0
}

// merger is the state of a merge: last is the struct to be written next.
type merger struct {
	cursors cursors
	moves   int
	out     structWriter
	last    wireStruct
	writing bool // last is set
}

// step takes from the cursor that is furthest behind.
func (m *merger) step(c *cursor) {
	first := c.cur.client
	switch {
	case !m.writing:
		m.last, m.writing = c.cur, true
		c.advanceContent()
	default:
		iterated := false
		for !c.done && c.cur.end() <= m.last.end() && c.cur.client >= m.last.client {
			c.advanceContent()
			iterated = true
		}
		if c.done || c.cur.client != first || iterated && c.cur.clock > m.last.end() {
			return
		}
		m.take(c)
	}
	for !c.done && c.cur.client == first && c.cur.clock == m.last.end() {
		m.out.put(&m.last)
		m.last = c.cur
		c.advanceContent()
	}
}

// take brings the struct at c, which holds something new, behind the last one.
func (m *merger) take(c *cursor) {
	cur := c.cur
	if cur.client == m.last.client {
		if end := m.last.end(); end < cur.clock {
			m.out.put(&m.last)
			m.last = wireStruct{client: cur.client, clock: end, length: cur.clock - end, info: byte(kindSkip)}
			return
		} else if end > cur.clock {
			cur = cur.after(end - cur.clock)
		}
		if cur.kind() == kindGC && m.last.kind() == kindGC {
			m.last.length += cur.length
			return
		}
	}
	m.out.put(&m.last)
	m.last = cur
	c.advanceContent()
}

// structWriter writes structs, of which it learns one by one, as the blocks of an update.
type structWriter struct {
	blocks  []byte
	clients uint64
	block   []byte // of client, from its id on
	client  uint64
	count   uint64
}

func (w *structWriter) put(s *wireStruct) {
	if w.count > 0 && w.client != s.client {
		w.flush()
	}
	if w.count == 0 {
		w.client = s.client
		w.block = putUint(putUint(w.block[:0], s.client), s.clock)
	}
	w.block = s.append(w.block)
	w.count++
}

func (w *structWriter) flush() {
	if w.count > 0 {
		w.blocks = append(putUint(w.blocks, w.count), w.block...)
		w.clients++
		w.count = 0
	}
}

// finish gives the update up to its delete set.
func (w *structWriter) finish() []byte {
	w.flush()
	return append(putUint(nil, w.clients), w.blocks...)
}

// appendWireDeletes writes deletions sorted, and joined where they touch.
func appendWireDeletes(b []byte, ds []wireDeletion) []byte {
	slices.SortFunc(ds, func(a, b wireDeletion) int {
		return cmp.Or(cmp.Compare(b.client, a.client), cmp.Compare(a.from, b.from))
	})
	var joined []wireDeletion
	clients := 0
	for _, d := range ds {
		n := len(joined)
		same := n > 0 && joined[n-1].client == d.client
		if same && d.from <= joined[n-1].to {
			joined[n-1].to = max(joined[n-1].to, d.to)
			continue
		}
		if !same {
			clients++
		}
		joined = append(joined, d)
	}
	b = putUint(b, uint64(clients))
	for len(joined) > 0 {
		n := 1
		for n < len(joined) && joined[n].client == joined[0].client {
			n++
		}
		b = putUint(putUint(b, joined[0].client), uint64(n))
		for _, d := range joined[:n] {
			b = putUint(putUint(b, d.from), d.to-d.from)
		}
		joined = joined[n:]
	}
	return b
}

// DiffUpdate is what of update a replica with the encoded state vector sv lacks, without building a document: yjs's diffUpdate. All of its
// deletions remain, for a state vector does not tell which are known. ErrMalformed: update is none, or sv no state vector.
func DiffUpdate(update, sv []byte) ([]byte, error) {
	have, err := DecodeStateVector(sv)
	if err != nil {
		return nil, err
	}
	blocks, deletes, err := scanUpdate(update)
	if err != nil {
		return nil, err
	}
	var w structWriter
	within := false // something of the client was written
	for c := newCursor(update, blocks); !c.done; c.advance() {
		s := c.cur
		within = within && w.client == s.client
		known := have[s.client]
		switch {
		case within:
		case s.kind() == kindSkip || s.end() <= known:
			continue // and no block begins with a hole
		case known > s.clock:
			s = s.after(known - s.clock)
		}
		w.put(&s)
		within = true
	}
	return appendWireDeletes(w.finish(), deletes), nil
}

// StateVectorFromUpdate is the encoded state vector of a document that has this update and nothing else, without building it: yjs's
// encodeStateVectorFromUpdate. Of a client it counts what goes without a hole from its first element. ErrMalformed: update is none.
//
// It does not tell whether the structs could be integrated: what they depend on may be missing.
func StateVectorFromUpdate(update []byte) ([]byte, error) {
	blocks, _, err := scanUpdate(update)
	if err != nil {
		return nil, err
	}
	var b []byte
	clients := uint64(0)
	for _, bl := range blocks {
		r := reader{b: update, p: bl.at}
		end := uint64(0)
		for ; bl.count > 0 && bl.clock == end; bl.count-- {
			s := r.wireStruct(bl.client, end)
			if s.kind() == kindSkip {
				break
			}
			end = s.end()
			bl.clock = end
		}
		if end > 0 {
			b = putUint(putUint(b, bl.client), end)
			clients++
		}
	}
	return append(putUint(nil, clients), b...), nil
}
