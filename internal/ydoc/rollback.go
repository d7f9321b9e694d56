package ydoc

// rollBack takes back everything the transaction has done to the document; cleanUp must not have begun. What is pending is the caller's to restore.
func (t *Txn) rollBack() {
	d := t.doc
	for _, s := range t.added {
		d.removeFrom(s.client, s.from)
	}
	for _, s := range t.deleted {
		d.logs[s.client].restore(s.span)
	}
	pairs := make(map[ref]string, len(t.pairs))
	for _, p := range t.pairs {
		pairs[p.at] = p.text
	}
	for i := len(t.seams) - 1; i >= 0; i-- {
		if s := t.seams[i]; s.cut && s.at.clock < d.logs[s.at.client].state() {
			d.rejoin(s.at, pairs[s.at])
		}
	}
	for _, name := range t.roots {
		delete(d.roots, name)
	}
	t.forget()
	*t = *d.begin(t.maxWork)
	t.added = t.room[:0]
}

// removeFrom takes the structs of client from clock on out of their lists and out of the log.
func (d *Doc) removeFrom(client, clock uint32) {
	l := &d.logs[client]
	first := l.find(clock)
	for _, it := range l.items[first:] {
		if it.kind != kindGC {
			it.unlink()
		}
	}
	clear(l.items[first:])
	l.items = l.items[:first]
}

// unlink takes it out of its list.
func (it *item) unlink() {
	p := it.parent
	if it.left != nil {
		it.left.right = it.right
	} else if it.sub == 0 {
		p.start = it.right
	}
	switch {
	case it.right != nil:
		it.right.left = it.left
	case it.sub == 0:
	case it.left != nil:
		p.entries[it.sub] = it.left
	default:
		delete(p.entries, it.sub)
	}
	if it.sub == 0 && it.visible() {
		p.length -= int(it.length)
	}
}

// restore brings back what was deleted within s and is still in the log.
func (l *clientLog) restore(s span) {
	if s.from >= l.state() {
		return
	}
	for i := l.find(s.from); i < len(l.items) && l.items[i].id.clock < s.to; i++ {
		it := l.items[i]
		it.flags &^= flagDeleted
		if it.sub == 0 && it.countable() {
			it.parent.length += int(it.length)
		}
	}
}

// rejoin undoes the cut that made the struct at; pair is the surrogate pair that it cut, if any. Later cuts are undone already.
func (d *Doc) rejoin(at ref, pair string) {
	l := &d.logs[at.client]
	i := l.find(at.clock)
	a, b := l.items[i-1], l.items[i]
	if pair != "" {
		left := a.bytes()
		end := len(left) - len(replacement)
		a.setBytes(append(left[:end:end], pair...))
		b.setBytes(b.bytes()[len(replacement):])
	}
	a.absorb(b)
	l.items = append(l.items[:i], l.items[i+1:]...)
}

// root gives the root of that name, made if need be.
func (t *Txn) root(name string) *Type {
	if t.doc.roots[name] == nil {
		t.roots = append(t.roots, name)
	}
	return t.doc.Root(name)
}

// copies are copies of structs that are not integrated: integration changes them, and may be taken back.
func copies(items []*item) []*item {
	slab := make([]item, len(items))
	out := make([]*item, len(items))
	for i, it := range items {
		slab[i] = *it
		out[i] = &slab[i]
		if t := it.typ(); t != nil {
			ty := *t
			ty.item = out[i]
			out[i].setType(&ty)
		}
	}
	return out
}
