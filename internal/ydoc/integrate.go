package ydoc

// integrate puts it into the document; the first off elements are there already. All it depends on must be present.
func (d *Doc) integrate(t *Txn, it *item, off int) {
	t.work++
	if it.kind == kindGC {
		it.id.Clock += uint64(off)
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
		*it = item{id: it.id, length: it.length, kind: kindGC, flags: flagDeleted}
		d.add(t, it)
		return
	}
	if left == nil && (right == nil || right.left != nil) || left != nil && left.right != right {
		left = d.scan(t, it, left, right)
	}
	d.link(t, it, left)
	if it.sub == nil && it.visible() {
		p.length += it.length
	}
	d.add(t, it)
	switch it.kind {
	case ContentType:
		if it.typ.depth = p.depth + 1; it.typ.depth > maxDepth {
			t.failure = "types nest too deeply"
		}
	case ContentDeleted:
		t.noteDeleted(it)
	}
	if p.item != nil && p.item.deleted() || it.sub != nil && it.right != nil {
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
			it.parent = p.typ
		}
		it.origin = ID{}
		it.flags &^= flagParentID
	case it.parent.unbound:
		it.parent = t.root(it.parent.name)
	}
	if it.parent != nil && it.sub != nil {
		it.sub = t.key(it.sub)
	}
	return left, right
}

// skipKnown cuts the first off elements from it and gives the struct that holds the last of them. If that one lies elsewhere the rest has no place.
func (d *Doc) skipKnown(t *Txn, it *item, off int) *item {
	rest := &item{}
	t.cut(it, rest, off)
	it.buf, it.length = rest.buf, rest.length
	it.id.Clock += uint64(off)
	it.origin = ID{it.id.Client, it.id.Clock - 1}
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
	case it.sub != nil:
		o = it.parent.entries[*it.sub].leftmost(t)
	default:
		o = it.parent.start
	}
	d.renewMarks()
	before, conflict := d.nextMark(), d.nextMark()
	for ; o != nil && o != right && !t.over(); o = o.right {
		t.work++
		o.seenBefore, o.seenConflict = before, conflict
		if sameID(it, o, flagOrigin, it.origin, o.origin) {
			if o.id.Client < it.id.Client {
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
		if oo.seenBefore != before {
			break
		}
		if oo.seenConflict != conflict {
			left = o
			conflict = d.nextMark()
		}
	}
	return left
}

// sameID compares two optional IDs.
func sameID(a, b *item, flag uint8, x, y ID) bool {
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
	for _, l := range d.logs {
		for _, it := range l.items {
			it.seenBefore, it.seenConflict = 0, 0
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
	case it.sub != nil:
		it.right = p.entries[*it.sub].leftmost(t)
	default:
		it.right = p.start
		p.start = it
	}
	if it.right != nil {
		it.right.left = it
		return
	}
	if it.sub != nil { // the newest value of its key: the one before it is overwritten
		p.setEntry(*it.sub, it)
		if left != nil {
			d.delete(t, left)
		}
	}
}

// add appends it to its client's log.
func (d *Doc) add(t *Txn, it *item) {
	l := d.logs[it.id.Client]
	if l == nil {
		l = &clientLog{}
		d.logs[it.id.Client] = l
	}
	s, ok := t.added[it.id.Client]
	if !ok {
		s.from = it.id.Clock
	}
	s.to = it.end()
	t.added[it.id.Client] = s
	l.items = append(l.items, it)
}
