package ydoc

import "slices"

func (t *Txn) noteDeleted(it *item) {
	if t.deleted == nil {
		t.deleted = deleteSet{}
	}
	t.deleted.add(it.id.Client, span{it.id.Clock, it.end()})
}

// delete marks it deleted, and with a type all that it holds.
func (d *Doc) delete(t *Txn, it *item) {
	if it.deleted() {
		return
	}
	if it.sub == nil && it.countable() {
		it.parent.length -= it.length
	}
	it.flags |= flagDeleted
	t.noteDeleted(it)
	if it.kind != ContentType {
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
	for c := it.typ.start; c != nil; c = c.right {
		inner(c)
	}
	for _, c := range it.typ.entries {
		inner(c)
	}
}

// applyDeletes deletes what ds names and keeps as pending what has not arrived.
func (d *Doc) applyDeletes(t *Txn, ds deleteSet) {
	for client, spans := range ds {
		l := d.logs[client]
		state := l.state()
		for _, s := range spans {
			if s.to > state {
				if d.pending.deletes == nil {
					d.pending.deletes = deleteSet{}
				}
				d.pending.deletes.add(client, span{max(s.from, state), s.to})
				s.to = state
			}
			if s.from < s.to && !t.over() {
				d.deleteSpan(t, l, s)
			}
		}
	}
	d.pending.deletes.normalise()
}

func (d *Doc) deleteSpan(t *Txn, l *clientLog, s span) {
	i := l.find(s.from)
	if it := l.items[i]; !it.deleted() && it.id.Clock < s.from {
		d.split(t, l, i, int(s.from-it.id.Clock))
		i++
	}
	for ; i < len(l.items) && l.items[i].id.Clock < s.to; i++ {
		t.work++
		it := l.items[i]
		if it.deleted() {
			continue
		}
		if it.end() > s.to {
			d.split(t, l, i, int(s.to-it.id.Clock))
		}
		d.delete(t, it)
	}
}

// deleted collects the delete set of the whole document.
func (d *Doc) deleted() deleteSet {
	ds := deleteSet{}
	for client, l := range d.logs {
		var spans []span
		for _, it := range l.items {
			if !it.deleted() {
				continue
			}
			if n := len(spans); n > 0 && spans[n-1].to == it.id.Clock {
				spans[n-1].to = it.end()
			} else {
				spans = append(spans, span{it.id.Clock, it.end()})
			}
		}
		if spans != nil {
			ds[client] = slices.Clip(spans)
		}
	}
	return ds
}
