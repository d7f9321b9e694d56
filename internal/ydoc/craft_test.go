package ydoc

import (
	"errors"
	"testing"
)

// craft writes an update of one client by hand, as no editor would.
func craft(client, clock uint64, items ...*item) []byte {
	b := putUint(nil, 1)
	b = putUint(b, uint64(len(items)))
	b = putUint(putUint(b, client), clock)
	for _, it := range items {
		it.id = ID{client, clock}
		clock = it.end()
		b = it.append(b, 0, it.length)
	}
	return deleteSet(nil).append(b)
}

// deletion is an update that only deletes.
func deletion(client, from, to uint64) []byte {
	return deleteSet{client: {{from, to}}}.append(putUint(nil, 0))
}

// text is a struct that holds s, value one that holds v, nest one that holds a type.
func text(s string) *item {
	return &item{kind: ContentString, buf: []byte(s), length: utf16Len([]byte(s))}
}

func value(v Value) *item {
	b, err := putAny(nil, v, 0)
	if err != nil {
		panic(err)
	}
	return &item{kind: ContentAny, buf: b, length: 1}
}

func nest(k Kind) *item { return newNested(k) }

// in, at, before, after and under say where a struct goes.
func (it *item) in(root string) *item {
	it.parent = &Type{name: root}
	return it
}

func (it *item) under(client, clock uint64) *item {
	it.origin = ID{client, clock}
	it.flags |= flagParentID
	return it
}

func (it *item) at(key string) *item {
	it.sub = &key
	return it
}

func (it *item) after(client, clock uint64) *item {
	it.origin = ID{client, clock}
	it.flags |= flagOrigin
	return it
}

func (it *item) before(client, clock uint64) *item {
	it.rightOrigin = ID{client, clock}
	it.flags |= flagRight
	return it
}

func wantErr(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
}
