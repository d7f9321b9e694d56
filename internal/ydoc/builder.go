package ydoc

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// Errors of a Builder.
var (
	// ErrRange: the position lies outside the list, or within a surrogate pair.
	ErrRange = errors.New("ydoc: position out of range")
	// ErrGone: the type was deleted, or belongs to another document.
	ErrGone = errors.New("ydoc: type is not in the document")
)

// Builder makes changes on the server: each operation is applied at once, and Update gives them as one update to log and send.
// The first error sticks, takes back what was done since the last Update, and later operations do nothing. Until Update, the document must not be
// changed by other means.
//
// Each Builder of a document needs a client id that no browser has, and two replicas never write under the same one at the same time.
type Builder struct {
	doc    *Doc
	client uint64
	txn    *Txn
	err    error
}

// NewBuilder starts a change of d in the name of client.
func NewBuilder(d *Doc, client uint64) *Builder {
	b := &Builder{doc: d, client: client, txn: d.begin(Unlimited)}
	if client > maxSafe {
		b.fail(fmt.Errorf("ydoc: client id %d is out of range", client))
	}
	return b
}

// Err is the first error.
func (b *Builder) Err() error { return b.err }

// Update ends the change and gives it as one update; nil after an error. The Builder may then be used for the next change.
func (b *Builder) Update() []byte {
	if b.err != nil {
		return nil
	}
	t := b.txn
	b.doc.cleanUp(t)
	b.txn = b.doc.begin(Unlimited)
	return t.Update()
}

func (b *Builder) fail(err error) {
	if b.err != nil {
		return
	}
	b.err = err
	b.txn.rollBack()
}

// ready checks that operations may go on, and that t can be written to as k.
func (b *Builder) ready(t *Type, k Kind) bool {
	if b.err != nil {
		return false
	}
	if t == nil || t.item == nil && b.doc.roots[t.name] != t || t.item != nil && (t.item.deleted() || b.doc.get(t.item.id) != t.item) {
		b.fail(ErrGone)
		return false
	}
	if t.kind == KindUnknown {
		t.kind = k
	}
	if t.kind != k {
		b.fail(fmt.Errorf("ydoc: type is of another kind (%d, not %d)", t.kind, k))
		return false
	}
	return true
}

// insert makes an item of it between left and right and integrates it.
func (b *Builder) insert(t *Type, left, right *item, it *item) {
	if b.err != nil {
		return
	}
	n, ok := b.doc.clients.find(b.client)
	if !ok {
		n = b.doc.addClient(b.client)
		b.txn.newClients++
	}
	it.id = ref{n, b.doc.logs[n].state()}
	it.parent = t
	if left != nil {
		it.origin = left.last()
		it.flags |= flagOrigin
	}
	if right != nil {
		it.rightOrigin = right.id
		it.flags |= flagRight
	}
	if uint64(it.id.clock)+uint64(it.length) > maxClock {
		b.fail(fmt.Errorf("%w: the clock of client %d is used up", ErrLimit, b.client))
		return
	}
	b.doc.integrate(b.txn, it, 0)
	if b.txn.over() {
		b.fail(b.txn.err())
	}
}

// newValue makes content of v.
func (b *Builder) newValue(v Value) *item {
	if v, ok := v.([]byte); ok {
		return newItem(ContentBinary, append([]byte{}, v...), 1)
	}
	buf, err := putAny(nil, v, 0)
	if err != nil {
		b.fail(err)
	}
	return newItem(ContentAny, buf, 1)
}

func newItem(k ContentKind, buf []byte, length int) *item {
	it := &item{kind: k, length: uint32(length)}
	it.setBytes(buf)
	return it
}

func newNested(k Kind) *item {
	it := &item{kind: ContentType, length: 1}
	it.setType(&Type{item: it, kind: k})
	return it
}

// ---- maps ----

func (b *Builder) mapPut(t *Type, key string, it *item) {
	if b.err != nil {
		return
	}
	if !utf8.ValidString(key) {
		b.fail(fmt.Errorf("ydoc: key is not UTF-8"))
		return
	}
	n, ok := b.doc.keys.find(key)
	if !ok {
		n = uint32(len(b.doc.keys.list))
		b.doc.keys.add(key)
		b.txn.newKeys++
	}
	it.sub = n + 1
	b.insert(t, t.entries[it.sub], nil, it)
}

// MapSet puts a value (see Value; also int64, []string) at a key of a map, in place of what was there.
func (b *Builder) MapSet(t *Type, key string, value Value) {
	if b.ready(t, KindMap) {
		b.mapPut(t, key, b.newValue(value))
	}
}

// MapDelete removes a key, if it is there.
func (b *Builder) MapDelete(t *Type, key string) {
	if b.ready(t, KindMap) {
		if it := t.entry(key); it != nil {
			b.doc.delete(b.txn, it)
		}
	}
}

func (b *Builder) mapNested(t *Type, key string, k Kind) *Type {
	it := newNested(k)
	if b.ready(t, KindMap) {
		b.mapPut(t, key, it)
	}
	return it.typ()
}

// MapSetMap puts a new, empty map at a key.
func (b *Builder) MapSetMap(t *Type, key string) *Type { return b.mapNested(t, key, KindMap) }

// MapSetArray puts a new, empty array at a key.
func (b *Builder) MapSetArray(t *Type, key string) *Type { return b.mapNested(t, key, KindArray) }

// MapSetText puts a new text at a key.
func (b *Builder) MapSetText(t *Type, key, initial string) *Type {
	n := b.mapNested(t, key, KindText)
	b.TextInsert(n, 0, initial)
	return n
}

// ---- arrays and texts ----

// at gives the neighbours of position i of the list, cutting what straddles it.
func (b *Builder) at(t *Type, i int) (left, right *item, ok bool) {
	right = t.start
	for i > 0 && right != nil {
		if right.visible() {
			if i < int(right.length) {
				if !b.cutAt(right, i) {
					return nil, nil, false
				}
			}
			i -= int(right.length)
		}
		left, right = right, right.right
	}
	if i != 0 {
		b.fail(ErrRange)
		return nil, nil, false
	}
	return left, right, true
}

// cutAt splits it before its i-th element.
func (b *Builder) cutAt(it *item, i int) bool {
	if it.kind == ContentString && it.size != it.length {
		if _, pair := utf16Offset(it.bytes(), i); pair {
			b.fail(fmt.Errorf("%w: within a surrogate pair", ErrRange))
			return false
		}
	}
	b.doc.startingAt(b.txn, ref{it.id.client, it.id.clock + uint32(i)})
	return true
}

// remove deletes n elements of the list from position i on.
func (b *Builder) remove(t *Type, i, n int) {
	if i < 0 || n < 0 || n > t.length-i {
		b.fail(ErrRange)
		return
	}
	_, it, ok := b.at(t, i)
	if !ok {
		return
	}
	for ; n > 0; it = it.right {
		if !it.visible() {
			continue
		}
		if n < int(it.length) && !b.cutAt(it, n) {
			return
		}
		n -= int(it.length)
		b.doc.delete(b.txn, it)
	}
}

// arrayPut inserts items at position i; they keep their order.
func (b *Builder) arrayPut(t *Type, i int, items ...*item) {
	if b.err != nil {
		return
	}
	left, right, ok := b.at(t, i)
	if !ok {
		return
	}
	for _, it := range items {
		b.insert(t, left, right, it)
		left = it
	}
}

// ArrayInsert puts values at position i of an array.
func (b *Builder) ArrayInsert(t *Type, i int, values ...Value) {
	if !b.ready(t, KindArray) {
		return
	}
	items := make([]*item, len(values))
	for k, v := range values {
		items[k] = b.newValue(v)
	}
	b.arrayPut(t, i, items...)
}

// ArrayPush puts values at the end of an array.
func (b *Builder) ArrayPush(t *Type, values ...Value) {
	if b.ready(t, KindArray) {
		b.ArrayInsert(t, t.length, values...)
	}
}

func (b *Builder) arrayNested(t *Type, i int, k Kind) *Type {
	it := newNested(k)
	if b.ready(t, KindArray) {
		b.arrayPut(t, i, it)
	}
	return it.typ()
}

// ArrayInsertMap puts a new, empty map at position i of an array.
func (b *Builder) ArrayInsertMap(t *Type, i int) *Type { return b.arrayNested(t, i, KindMap) }

// ArrayPushMap puts a new, empty map at the end of an array.
func (b *Builder) ArrayPushMap(t *Type) *Type {
	if !b.ready(t, KindArray) {
		return newNested(KindMap).typ()
	}
	return b.arrayNested(t, t.length, KindMap)
}

// ArrayInsertText puts a new text at position i of an array.
func (b *Builder) ArrayInsertText(t *Type, i int, initial string) *Type {
	n := b.arrayNested(t, i, KindText)
	b.TextInsert(n, 0, initial)
	return n
}

// ArrayDelete removes n elements of an array from position i on.
func (b *Builder) ArrayDelete(t *Type, i, n int) {
	if b.ready(t, KindArray) {
		b.remove(t, i, n)
	}
}

// TextInsert puts s at position i of a text, counted in UTF-16 units. It takes on the formats of the text before it.
func (b *Builder) TextInsert(t *Type, i int, s string) {
	if !b.ready(t, KindText) || s == "" {
		return
	}
	if !utf8.ValidString(s) {
		b.fail(fmt.Errorf("ydoc: text is not UTF-8"))
		return
	}
	buf := []byte(s)
	b.arrayPut(t, i, newItem(ContentString, buf, utf16Len(buf)))
}

// TextDelete removes n UTF-16 units of a text from position i on.
func (b *Builder) TextDelete(t *Type, i, n int) {
	if b.ready(t, KindText) {
		b.remove(t, i, n)
	}
}
