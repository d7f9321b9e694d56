package ydoc

import "math"

// cleanUp ends a transaction: the content of what was deleted goes, and structs that continue each other become one. It
// joins what yjs joins, so that both encode a document alike.
func (d *Doc) cleanUp(t *Txn) {
	t.deleted = t.deleted.normalise(d.clientID)
	for _, s := range t.deleted {
		l := &d.logs[s.client]
		for i := l.find(s.from); i < len(l.items) && l.items[i].id.clock < s.to; i++ {
			if it := l.items[i]; it.deleted() && it.kind != kindGC {
				collect(it, false)
			}
		}
	}
	for spans, rest := t.deleted.ofClient(); len(spans) > 0; spans, rest = rest.ofClient() {
		d.logs[spans[0].client].mergeSpans(spans)
	}
	for _, s := range t.added {
		l := &d.logs[s.client]
		l.merge(l.find(s.from), len(l.items)-1)
	}
	for i := len(t.seams) - 1; i >= 0; i-- {
		at := t.seams[i].at
		l := &d.logs[at.client]
		k := l.find(at.clock)
		l.merge(k, k+1)
	}
}

// collect drops the content of a deleted item. With its container gone too, nobody needs its place any more, and it becomes GC.
func collect(it *item, orphan bool) {
	if ty := it.typ(); ty != nil {
		for c := ty.start; c != nil; {
			next := c.right
			collect(c, true)
			c = next
		}
		for _, c := range ty.entries {
			for c != nil {
				next := c.left
				collect(c, true)
				c = next
			}
		}
		ty.start, ty.entries, ty.length = nil, nil, 0
	}
	if orphan {
		it.toGC()
		return
	}
	it.kind, it.content = ContentDeleted, content{}
}

// follows tells that b, the next struct of the log, continues a so that both can be one.
func (b *item) follows(a *item) bool {
	if a.kind != b.kind || a.deleted() != b.deleted() {
		return false
	}
	if a.kind == kindGC {
		return true
	}
	return mergesContent(a.kind) && a.right == b && b.is(flagOrigin) && b.origin == a.last() &&
		sameID(a, b, flagRight, a.rightOrigin, b.rightOrigin) && uint64(a.size)+uint64(b.size) <= math.MaxUint32
}

// absorb makes b, which follows a, part of it.
func (a *item) absorb(b *item) {
	if a.kind != kindGC {
		if b.sub != 0 && b.parent.entries[b.sub] == b {
			b.parent.entries[b.sub] = a
		}
		if a.right = b.right; a.right != nil {
			a.right.left = a
		}
		if b.size > 0 {
			a.setBytes(append(a.bytes(), b.bytes()...))
		}
	}
	a.length += b.length
}

// merge joins each of the structs lo..hi with its left neighbour where it can, and goes on to the left of lo as long as that succeeds.
func (l *clientLog) merge(lo, hi int) {
	items := l.items
	lo, hi = max(lo, 1), min(hi, len(items)-1)
	if lo > hi {
		return
	}
	for lo > 1 && items[lo].follows(items[lo-1]) && items[lo-1].follows(items[lo-2]) {
		lo--
	}
	w := lo - 1
	for _, it := range items[lo : hi+1] {
		if it.follows(items[w]) {
			items[w].absorb(it)
			continue
		}
		w++
		items[w] = it
	}
	if w < hi {
		n := w + 1 + copy(items[w+1:], items[hi+1:])
		clear(items[n:])
		l.items = items[:n]
	}
}

// mergeSpans merges around deleted spans of one client, many of them in one pass.
func (l *clientLog) mergeSpans(spans deleteSet) {
	const many = 32
	if n := len(spans); n > many {
		l.mergeAround(span{spans[0].from, spans[n-1].to})
		return
	}
	for i := len(spans) - 1; i >= 0; i-- {
		l.mergeAround(spans[i].span)
	}
}

func (l *clientLog) mergeAround(s span) {
	lo := l.find(s.from)
	if l.items[lo].id.clock < s.from {
		lo++
	}
	l.merge(lo, l.find(s.to-1)+1)
}
