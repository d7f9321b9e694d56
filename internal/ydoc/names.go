package ydoc

import "math"

// maxClock bounds the clocks of structs in a document, so that an id takes eight bytes in memory. On the wire clocks have 53 bits.
const maxClock = math.MaxUint32

// ref is an ID within a document: the client is its place in the document's table.
type ref struct{ client, clock uint32 }

// table numbers values in the order in which they came.
type table[T comparable] struct {
	list  []T
	index map[T]uint32 // only if there are many
}

func (t *table[T]) find(v T) (uint32, bool) {
	if t.index != nil {
		i, ok := t.index[v]
		return i, ok
	}
	for i := range t.list {
		if t.list[i] == v {
			return uint32(i), true
		}
	}
	return 0, false
}

// add numbers a value that is not there yet.
func (t *table[T]) add(v T) {
	t.list = append(t.list, v)
	if t.index != nil {
		t.index[v] = uint32(len(t.list) - 1)
		return
	}
	const many = 8
	if len(t.list) > many {
		t.index = make(map[T]uint32, 2*many)
		for i, v := range t.list {
			t.index[v] = uint32(i)
		}
	}
}

// truncate forgets all but the first n values.
func (t *table[T]) truncate(n int) {
	for _, v := range t.list[n:] {
		delete(t.index, v)
	}
	clear(t.list[n:])
	t.list = t.list[:n]
}

// names are what a document calls by number: client ids, and keys of maps.
type names struct {
	clients table[uint64]
	keys    table[string]
}

// id is the ID that r stands for.
func (n *names) id(r ref) ID { return ID{n.clients.list[r.client], uint64(r.clock)} }

// clientID is the id of a client.
func (n *names) clientID(client uint32) uint64 { return n.clients.list[client] }

// key is the key that sub stands for: zero is none.
func (n *names) key(sub uint32) string { return n.keys.list[sub-1] }

// nameReader numbers the names of an update: those of the document as the document does, new ones behind them, without changing the document.
type nameReader struct {
	doc        *names // may be empty
	fresh      names
	last       uint64 // the client asked for last
	lastNumber uint32
	any        bool // last is set
}

func (n *nameReader) client(id uint64) uint32 {
	if n.any && id == n.last {
		return n.lastNumber
	}
	i, ok := n.doc.clients.find(id)
	if !ok {
		base := uint32(len(n.doc.clients.list))
		if i, ok = n.fresh.clients.find(id); !ok {
			i = uint32(len(n.fresh.clients.list))
			n.fresh.clients.add(id)
		}
		i += base
	}
	n.last, n.lastNumber, n.any = id, i, true
	return i
}

// sub numbers a key, from one on.
func (n *nameReader) sub(key []byte) uint32 {
	if i, ok := n.doc.keys.find(string(key)); ok {
		return i + 1
	}
	i, ok := n.fresh.keys.find(string(key))
	if !ok {
		i = uint32(len(n.fresh.keys.list))
		n.fresh.keys.add(string(key))
	}
	return uint32(len(n.doc.keys.list)) + i + 1
}

// clientID is the client of a number that client gave.
func (n *nameReader) clientID(i uint32) uint64 {
	if known := uint32(len(n.doc.clients.list)); i >= known {
		return n.fresh.clients.list[i-known]
	}
	return n.doc.clients.list[i]
}

// keyOf is the key of a number that sub gave.
func (n *nameReader) keyOf(sub uint32) string {
	if known := uint32(len(n.doc.keys.list)); sub > known {
		return n.fresh.keys.list[sub-1-known]
	}
	return n.doc.keys.list[sub-1]
}

// adopt makes the fresh names of an update those of the document, where they have the same numbers.
func (t *Txn) adopt(fresh *names) {
	d := t.doc
	for _, c := range fresh.clients.list {
		d.addClient(c)
	}
	for _, k := range fresh.keys.list {
		d.keys.add(k)
	}
	t.newClients += len(fresh.clients.list)
	t.newKeys += len(fresh.keys.list)
}

// forget takes back the names that the transaction has brought. Nothing may use them.
func (t *Txn) forget() {
	d := t.doc
	n := len(d.logs) - t.newClients
	d.clients.truncate(n)
	clear(d.logs[n:])
	d.logs = d.logs[:n]
	d.keys.truncate(len(d.keys.list) - t.newKeys)
	t.newClients, t.newKeys = 0, 0
}

// addClient gives a client that the document does not know a number and an empty log.
func (d *Doc) addClient(id uint64) uint32 {
	d.clients.add(id)
	d.logs = append(d.logs, clientLog{})
	return uint32(len(d.logs) - 1)
}

// stateOf is the next clock expected of a client, which the document may not know.
func (d *Doc) stateOf(client uint32) uint32 {
	if int(client) >= len(d.logs) {
		return 0
	}
	return d.logs[client].state()
}
