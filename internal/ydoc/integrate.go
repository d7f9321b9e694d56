package ydoc

import "fmt"

// integrate puts it into the document; the first off elements are there already. All it depends on must be present.
func (d *Doc) integrate(t *Txn, it *item, off uint32) {
	t.work++
	if it.kind == kindGC {
		it.id.clock += off
		it.length -= off
		d.add(t, it)
		return
	}
	left, right := d.resolve(t, it)
	if off > 0 {
		left = d.skipKnown(t, it, off)
	}
	p := it.parent
	if p == nil {
		it.toGC()
		d.add(t, it)
		return
	}
	if left == nil && (right == nil || right.left != nil) || left != nil && left.right != right {
		left = d.scan(t, it, left, right)
	}
	d.link(t, it, left)
	if it.sub == 0 && it.visible() {
		p.length += int(it.length)
	}
	d.add(t, it)
	switch it.kind {
	case ContentType:
		ty := it.typ()
		if ty.doc, ty.depth = d, p.depth+1; ty.depth > maxDepth {
			t.failure = fmt.Errorf("%w: types nest too deeply", ErrBudget)
		}
	case ContentDeleted:
		t.noteDeleted(it)
	}
	if p.item != nil && p.item.deleted() || it.sub != 0 && it.right != nil {
		d.delete(t, it)
	}
}

// resolve finds the neighbours and the container of it. A container that is gone, or that never was one, leaves parent nil.
func (d *Doc) resolve(t *Txn, it *item) (left, right *item) {
	if it.is(flagOrigin) {
		left = d.endingAt(t, it.origin)
	}
	if it.is(flagRight) {
		right = d.startingAt(t, it.rightOrigin)
	}
	switch {
	case left != nil && left.kind == kindGC || right != nil && right.kind == kindGC:
		it.parent = nil
	case left != nil:
		it.parent, it.sub = left.parent, left.sub
	case right != nil:
		it.parent, it.sub = right.parent, right.sub
	case it.is(flagParentID):
		it.parent = nil
		if p := d.get(it.origin); p != nil && p.kind == ContentType {
			it.parent = p.typ()
		}
		it.origin = ref{}
		it.flags &^= flagParentID
	case it.parent.unbound:
		it.parent = t.root(it.parent.name)
	}
	return left, right
}

// skipKnown cuts the first off elements from it and gives the struct that holds the last of them. If that one lies elsewhere the rest has no place.
func (d *Doc) skipKnown(t *Txn, it *item, off uint32) *item {
	rest := &item{}
	t.cut(it, rest, off)
	it.content, it.length = rest.content, rest.length
	it.id.clock += off
	it.origin = ref{it.id.client, it.id.clock - 1}
	it.flags |= flagOrigin
	left := d.endingAt(t, it.origin)
	if left.kind == kindGC || left.parent != it.parent || left.sub != it.sub {
		it.parent = nil
	}
	return left
}

// scan finds the left neighbour of it among the structs that others have put at the same place: yjs's conflict resolution, which every replica must
// repeat exactly.
func (d *Doc) scan(t *Txn, it, left, right *item) *item {
	var o *item
	switch {
	case left != nil:
		o = left.right
	case it.sub != 0:
		o = it.parent.entries[it.sub].leftmost(t)
	default:
		o = it.parent.start
	}
	d.renewMarks()
	ids := d.clients.list
	id := ids[it.id.client]
	first := d.nextMark() // what carries it or a later one was passed in this scan
	conflict := first     // what carries it was passed since left was set
	for ; o != nil && o != right && !t.over(); o = o.right {
		t.work++
		o.mark = conflict
		if sameID(it, o, flagOrigin, it.origin, o.origin) {
			if ids[o.id.client] < id {
				left = o
				conflict = d.nextMark()
			} else if sameID(it, o, flagRight, it.rightOrigin, o.rightOrigin) {
				break
			}
			continue
		}
		if !o.is(flagOrigin) {
			break
		}
		oo := d.get(o.origin)
		if oo.mark < first {
			break
		}
		if oo.mark != conflict {
			left = o
			conflict = d.nextMark()
		}
	}
	return left
}

// sameID compares two optional IDs.
func sameID(a, b *item, flag uint8, x, y ref) bool {
	return a.is(flag) == b.is(flag) && (!a.is(flag) || x == y)
}

// nextMark gives a mark that no item carries.
func (d *Doc) nextMark() uint32 {
	d.mark++
	return d.mark
}

// renewMarks starts the marks anew long before they run out. Not within a scan, which must recognise its own.
func (d *Doc) renewMarks() {
	if d.mark < 1<<31 {
		return
	}
	for i := range d.logs {
		for _, it := range d.logs[i].items {
			it.mark = 0
		}
	}
	d.mark = 0
}

// link puts it after left, or at the head of its list.
func (d *Doc) link(t *Txn, it, left *item) {
	p := it.parent
	it.left = left
	switch {
	case left != nil:
		it.right = left.right
		left.right = it
	case it.sub != 0:
		it.right = p.entries[it.sub].leftmost(t)
	default:
		it.right = p.start
		p.start = it
	}
	if it.right != nil {
		it.right.left = it
		return
	}
	if it.sub != 0 { // the newest value of its key: the one before it is overwritten
		p.setEntry(it.sub, it)
		if left != nil {
			d.delete(t, left)
		}
	}
}

// add appends it to its client's log.
func (d *Doc) add(t *Txn, it *item) {
	l := &d.logs[it.id.client]
	if l.txn != t.number {
		l.txn, l.slot = t.number, len(t.added)
		t.added = append(t.added, clientSpan{it.id.client, span{it.id.clock, it.id.clock}})
	}
	t.added[l.slot].to = it.end()
	l.items = append(l.items, it)
}
