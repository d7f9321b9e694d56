package ydoc

import (
	"iter"
	"maps"
	"slices"
	"strings"
)

// Kind is the sort of a shared type.
type Kind uint8

// The kinds. A root type's kind is unknown until Define or a Builder says it; the wire does not.
const (
	KindUnknown Kind = iota
	KindArray
	KindMap
	KindText
	KindElement
	KindFragment
	KindHook
	KindXMLText
)

// named kinds carry a name on the wire.
func (k Kind) named() bool { return k == KindElement || k == KindHook }

// textual kinds are read as text with formats.
func (k Kind) textual() bool { return k == KindText || k == KindXMLText }

// Type is a shared type of the document: a list, a set of entries by key, or (text with attributes, XML) both.
// It stays valid while the document does; a Type that was deleted reads as empty.
type Type struct {
	item    *item  // that holds it; nil for a root
	doc     *Doc   // nil until integrated
	name    string // of a root, an XML element or a hook
	start   *item
	entries map[uint32]*item // the last item of each key, deleted or not
	length  int
	kind    Kind
	depth   uint8
	unbound bool // stands for the root of that name in an update that is not integrated
}

func (t *Type) setEntry(key uint32, it *item) {
	if t.entries == nil {
		t.entries = map[uint32]*item{}
	}
	t.entries[key] = it
}

// entry is the last item of a key.
func (t *Type) entry(key string) *item {
	if len(t.entries) == 0 {
		return nil
	}
	n, ok := t.doc.keys.find(key)
	if !ok {
		return nil
	}
	return t.entries[n+1]
}

// Kind is what the type is, KindUnknown for a root nobody has defined.
func (t *Type) Kind() Kind { return t.kind }

// Name is the name of a root, an XML element or a hook.
func (t *Type) Name() string { return t.name }

// Len is the number of elements of a list, of a text its UTF-16 units.
func (t *Type) Len() int { return t.length }

// MapKeys are the keys with a value, sorted.
func (t *Type) MapKeys() []string {
	keys := make([]string, 0, len(t.entries))
	for k, it := range t.entries {
		if !it.deleted() {
			keys = append(keys, t.doc.key(k))
		}
	}
	slices.Sort(keys)
	return keys
}

// MapGet is the value of a key. A key set to undefined has a value: Undefined.
func (t *Type) MapGet(key string) (Value, bool) {
	it := t.entry(key)
	if it == nil || it.deleted() {
		return nil, false
	}
	return it.lastValue(), true
}

// MapType is the nested type at key, nil if there is none.
func (t *Type) MapType(key string) *Type {
	v, _ := t.MapGet(key)
	n, _ := v.(*Type)
	return n
}

// MapClient is the client that wrote the present value of key.
func (t *Type) MapClient(key string) (uint64, bool) {
	it := t.entry(key)
	if it == nil || it.deleted() {
		return 0, false
	}
	return t.doc.clients.list[it.id.client], true
}

// Values iterates over the elements of a list in order. Of a text it yields the stored pieces, embeds and nested types: use Text or Delta to read one.
func (t *Type) Values() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		for it := t.start; it != nil; it = it.right {
			if it.visible() && !it.each(yield) {
				return
			}
		}
	}
}

// Get is the i-th element of a list.
func (t *Type) Get(i int) (Value, bool) {
	for v := range t.Values() {
		if i == 0 {
			return v, true
		}
		i--
	}
	return nil, false
}

// Text is the text without formats and embeds.
func (t *Type) Text() string {
	var sb strings.Builder
	for it := t.start; it != nil; it = it.right {
		if !it.deleted() && it.kind == ContentString {
			sb.Write(it.bytes())
		}
	}
	return sb.String()
}

// Run is a stretch of text by one client.
type Run struct {
	Text   string
	Client uint64
}

// TextRuns is the visible text of t in order with the client that wrote each stretch; neighbours by one client are one run.
func (d *Doc) TextRuns(t *Type) []Run {
	var runs []Run
	var sb strings.Builder
	var client uint32
	flush := func() {
		if sb.Len() > 0 {
			runs = append(runs, Run{sb.String(), d.clients.list[client]})
			sb.Reset()
		}
	}
	for it := t.start; it != nil; it = it.right {
		if it.deleted() || it.kind != ContentString {
			continue
		}
		if it.id.client != client {
			flush()
			client = it.id.client
		}
		sb.Write(it.bytes())
	}
	flush()
	return runs
}

// Root is the root type of that name. One that does not exist yet is made, empty; an empty root is part of no encoding.
func (d *Doc) Root(name string) *Type {
	t := d.roots[name]
	if t == nil {
		t = &Type{doc: d, name: name}
		d.roots[name] = t
	}
	return t
}

// Define is Root, and says what kind it is for JSON, Touched and Builder.
func (d *Doc) Define(name string, k Kind) *Type {
	t := d.Root(name)
	t.kind = k
	return t
}

// RootNames are the names of the roots that hold anything visible, sorted.
func (d *Doc) RootNames() []string {
	var names []string
	for _, n := range slices.Sorted(maps.Keys(d.roots)) {
		if !d.roots[n].empty() {
			names = append(names, n)
		}
	}
	return names
}

// empty tells that nothing is visible in t.
func (t *Type) empty() bool {
	for it := t.start; it != nil; it = it.right {
		if it.visible() {
			return false
		}
	}
	for _, it := range t.entries {
		if !it.deleted() {
			return false
		}
	}
	return true
}
