package ydoc

// cleanUp ends a transaction: the content of what was deleted goes, and structs that continue each other become one. It
// joins what yjs joins, so that both encode a document alike.
func (d *Doc) cleanUp(t *Txn) {
	t.deleted.normalise()
	for client, spans := range t.deleted {
		l := d.logs[client]
		for _, s := range spans {
			for i := l.find(s.from); i < len(l.items) && l.items[i].id.Clock < s.to; i++ {
				if it := l.items[i]; it.deleted() && it.kind != kindGC {
					collect(it, false)
				}
			}
		}
	}
	for client, spans := range t.deleted {
		d.logs[client].mergeSpans(spans)
	}
	for client, s := range t.added {
		l := d.logs[client]
		l.merge(l.find(s.from), len(l.items)-1)
	}
	for i := len(t.seams) - 1; i >= 0; i-- {
		at := t.seams[i].at
		l := d.logs[at.Client]
		k := l.find(at.Clock)
		l.merge(k, k+1)
	}
}

// collect drops the content of a deleted item. With its container gone too, nobody needs its place any more, and it becomes GC.
func collect(it *item, orphan bool) {
	if it.kind == ContentType {
		for c := it.typ.start; c != nil; {
			next := c.right
			collect(c, true)
			c = next
		}
		for _, c := range it.typ.entries {
			for c != nil {
				next := c.left
				collect(c, true)
				c = next
			}
		}
		it.typ.start, it.typ.entries, it.typ.length = nil, nil, 0
	}
	if orphan {
		*it = item{id: it.id, length: it.length, kind: kindGC, flags: flagDeleted}
		return
	}
	it.kind, it.buf, it.typ = ContentDeleted, nil, nil
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
		sameID(a, b, flagRight, a.rightOrigin, b.rightOrigin)
}

// absorb makes b, which follows a, part of it.
func (a *item) absorb(b *item) {
	if a.kind != kindGC {
		if b.sub != nil && b.parent.entries[*b.sub] == b {
			b.parent.entries[*b.sub] = a
		}
		if a.right = b.right; a.right != nil {
			a.right.left = a
		}
		a.buf = append(a.buf, b.buf...)
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

// mergeSpans merges around deleted spans, many of them in one pass.
func (l *clientLog) mergeSpans(spans []span) {
	const many = 32
	if n := len(spans); n > many {
		spans = []span{{spans[0].from, spans[n-1].to}}
	}
	for i := len(spans) - 1; i >= 0; i-- {
		lo := l.find(spans[i].from)
		if l.items[lo].id.Clock < spans[i].from {
			lo++
		}
		l.merge(lo, l.find(spans[i].to-1)+1)
	}
}
