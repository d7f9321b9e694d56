package ydoc

import (
	"errors"
	"sync"
	"testing"
)

// lab numbers the names of structs that tests make by hand.
var lab struct {
	sync.Mutex
	names
}

func labRef(client, clock uint64) ref {
	lab.Lock()
	defer lab.Unlock()
	n, ok := lab.clients.find(client)
	if !ok {
		n = uint32(len(lab.clients.list))
		lab.clients.add(client)
	}
	return ref{n, uint32(clock)}
}

func labKey(key string) uint32 {
	lab.Lock()
	defer lab.Unlock()
	n, ok := lab.keys.find(key)
	if !ok {
		n = uint32(len(lab.keys.list))
		lab.keys.add(key)
	}
	return n + 1
}

// labBlock writes structs of one client by hand, in the order given.
func labBlock(b []byte, client, clock uint64, items ...*item) []byte {
	id := labRef(client, clock)
	lab.Lock()
	defer lab.Unlock()
	b = putUint(putUint(putUint(b, uint64(len(items))), client), clock)
	for _, it := range items {
		it.id = id
		id.clock = it.end()
		b = lab.append(b, it, 0, it.length)
	}
	return b
}

// craft writes an update of one client by hand, as no editor would.
func craft(client, clock uint64, items ...*item) []byte {
	return append(labBlock(putUint(nil, 1), client, clock, items...), 0)
}

// deletion is an update that only deletes.
func deletion(client uint64, spans ...uint64) []byte {
	b := putUint(putUint([]byte{0, 1}, client), uint64(len(spans)/2))
	for ; len(spans) > 0; spans = spans[2:] {
		b = putUint(putUint(b, spans[0]), spans[1]-spans[0])
	}
	return b
}

// text is a struct that holds s, value one that holds v, nest one that holds a type.
func text(s string) *item { return newItem(ContentString, []byte(s), utf16Len([]byte(s))) }

func value(v Value) *item {
	b, err := putAny(nil, v, 0)
	if err != nil {
		panic(err)
	}
	return newItem(ContentAny, b, 1)
}

func nest(k Kind) *item { return newNested(k) }

func nestNamed(k Kind, name string) *item {
	it := newNested(k)
	it.typ().name = name
	return it
}

func garbage(length uint32) *item { return &item{kind: kindGC, length: length, flags: flagDeleted} }

func format(key, value string) *item {
	return newItem(ContentFormat, putStr(putStr(nil, key), value), 1)
}

// in, at, before, after and under say where a struct goes.
func (it *item) in(root string) *item {
	it.parent = &Type{name: root}
	return it
}

func (it *item) under(client, clock uint64) *item {
	it.origin = labRef(client, clock)
	it.flags |= flagParentID
	return it
}

func (it *item) at(key string) *item {
	it.sub = labKey(key)
	return it
}

func (it *item) after(client, clock uint64) *item {
	it.origin = labRef(client, clock)
	it.flags |= flagOrigin
	return it
}

func (it *item) before(client, clock uint64) *item {
	it.rightOrigin = labRef(client, clock)
	it.flags |= flagRight
	return it
}

func wantErr(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
}
