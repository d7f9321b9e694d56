package ydoc

// rollBack takes back everything the transaction has done to the document; cleanUp must not have begun. What is pending is the caller's to restore.
func (t *Txn) rollBack() {
	d := t.doc
	for client, s := range t.added {
		d.removeFrom(client, s.from)
	}
	for client, spans := range t.deleted {
		if l := d.logs[client]; l != nil {
			for _, s := range spans {
				l.restore(s)
			}
		}
	}
	pairs := make(map[ID]string, len(t.pairs))
	for _, p := range t.pairs {
		pairs[p.at] = p.text
	}
	for i := len(t.seams) - 1; i >= 0; i-- {
		if s := t.seams[i]; s.cut && s.at.Clock < d.state(s.at.Client) {
			d.rejoin(s.at, pairs[s.at])
		}
	}
	for _, name := range t.roots {
		delete(d.roots, name)
	}
	for _, k := range t.keys {
		delete(d.keys, k)
	}
	*t = *d.begin(t.maxWork)
}

// removeFrom takes the structs of client from clock on out of their lists and out of the log.
func (d *Doc) removeFrom(client, clock uint64) {
	l := d.logs[client]
	first := l.find(clock)
	for _, it := range l.items[first:] {
		if it.kind != kindGC {
			it.unlink()
		}
	}
	clear(l.items[first:])
	if l.items = l.items[:first]; first == 0 {
		delete(d.logs, client)
	}
}

// unlink takes it out of its list.
func (it *item) unlink() {
	p := it.parent
	if it.left != nil {
		it.left.right = it.right
	} else if it.sub == nil {
		p.start = it.right
	}
	switch {
	case it.right != nil:
		it.right.left = it.left
	case it.sub == nil:
	case it.left != nil:
		p.entries[*it.sub] = it.left
	default:
		delete(p.entries, *it.sub)
	}
	if it.sub == nil && it.visible() {
		p.length -= it.length
	}
}

// restore brings back what was deleted within s and is still in the log.
func (l *clientLog) restore(s span) {
	if s.from >= l.state() {
		return
	}
	for i := l.find(s.from); i < len(l.items) && l.items[i].id.Clock < s.to; i++ {
		it := l.items[i]
		it.flags &^= flagDeleted
		if it.sub == nil && it.countable() {
			it.parent.length += it.length
		}
	}
}

// rejoin undoes the cut that made the struct at; pair is the surrogate pair that it cut, if any. Later cuts are undone already.
func (d *Doc) rejoin(at ID, pair string) {
	l := d.logs[at.Client]
	i := l.find(at.Clock)
	a, b := l.items[i-1], l.items[i]
	if pair != "" {
		end := len(a.buf) - len(replacement)
		a.buf = append(a.buf[:end:end], pair...)
		b.buf = b.buf[len(replacement):]
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

// key gives the document's copy of a key.
func (t *Txn) key(k *string) *string {
	if have := t.doc.keys[*k]; have != nil {
		return have
	}
	t.doc.keys[*k] = k
	t.keys = append(t.keys, *k)
	return k
}

// copies are copies of structs that are not integrated: integration changes them, and may be taken back.
func copies(items []*item) []*item {
	slab := make([]item, len(items))
	out := make([]*item, len(items))
	for i, it := range items {
		slab[i] = *it
		out[i] = &slab[i]
		if it.typ != nil {
			ty := *it.typ
			ty.item = out[i]
			out[i].typ = &ty
		}
	}
	return out
}
