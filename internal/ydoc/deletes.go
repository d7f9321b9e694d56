package ydoc

func (t *Txn) noteDeleted(it *item) {
	t.deleted.add(it.id.client, span{it.id.clock, it.end()})
}

// delete marks it deleted, and with a type all that it holds.
func (d *Doc) delete(t *Txn, it *item) {
	if it.deleted() {
		return
	}
	if it.sub == 0 && it.countable() {
		it.parent.length -= int(it.length)
	}
	it.flags |= flagDeleted
	t.noteDeleted(it)
	ty := it.typ()
	if ty == nil {
		return
	}
	inner := func(c *item) {
		t.work++
		if c.deleted() {
			t.seams = append(t.seams, seam{at: c.id}) // it is about to become GC and may then join its neighbours
			return
		}
		d.delete(t, c)
	}
	for c := ty.start; c != nil; c = c.right {
		inner(c)
	}
	for _, c := range ty.entries {
		inner(c)
	}
}

// applyDeletes deletes what ds names and keeps as pending what has not arrived.
func (d *Doc) applyDeletes(t *Txn, ds deleteSet) {
	for _, s := range ds {
		l := &d.logs[s.client]
		state := l.state()
		if s.to > state {
			d.pending.deletes.add(s.client, span{max(s.from, state), s.to})
			s.to = state
		}
		if s.from < s.to && !t.over() {
			d.deleteSpan(t, l, s.span)
		}
	}
	d.pending.deletes = d.pending.deletes.normalise(d.clientID)
}

func (d *Doc) deleteSpan(t *Txn, l *clientLog, s span) {
	i := l.find(s.from)
	if it := l.items[i]; !it.deleted() && it.id.clock < s.from {
		d.split(t, l, i, s.from-it.id.clock)
		i++
	}
	for ; i < len(l.items) && l.items[i].id.clock < s.to; i++ {
		t.work++
		it := l.items[i]
		if it.deleted() {
			continue
		}
		if it.end() > s.to {
			d.split(t, l, i, s.to-it.id.clock)
		}
		d.delete(t, it)
	}
}

// deleted collects the delete set of the whole document.
func (d *Doc) deleted() deleteSet {
	var ds deleteSet
	for _, n := range d.order() {
		for _, it := range d.logs[n].items {
			if it.deleted() {
				ds.add(n, span{it.id.clock, it.end()})
			}
		}
	}
	return ds
}
