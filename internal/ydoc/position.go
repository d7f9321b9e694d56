package ydoc

import "fmt"

// RelativePosition is a place in a list or text that stays where it is while others write around it: yjs's RelativePosition, of which carets and
// comments are made. It holds on to one element, or to an end of the whole list. Two of them are the same place if they are equal (==).
type RelativePosition struct {
	in    positionIn
	id    ID     // of the element, or of the struct that holds the type
	root  string // the name of the root type
	assoc int64
}

// positionIn says what a position holds on to; the numbers are those of the wire.
type positionIn uint8

const (
	inItem positionIn = iota
	inRoot
	inType
)

// Assoc tells to which side the place belongs: below zero to the element before it, else to the one after it. yjs lets it be any integer.
func (p RelativePosition) Assoc() int64 { return p.assoc }

// RelativePosition is the place before element index of t, of a text before that UTF-16 unit. With assoc below zero it stays behind the element
// before it when something is put between; else before the element after it. ErrRange: t is shorter.
func (d *Doc) RelativePosition(t *Type, index int, assoc int64) (RelativePosition, error) {
	if index < 0 || index > t.length {
		return RelativePosition{}, fmt.Errorf("%w: %d of %d", ErrRange, index, t.length)
	}
	p := RelativePosition{in: inRoot, root: t.name, assoc: assoc}
	if t.item != nil {
		p = RelativePosition{in: inType, id: d.id(t.item.id), assoc: assoc}
	}
	if assoc < 0 {
		if index == 0 {
			return p, nil
		}
		index--
	}
	at := func(r ref) RelativePosition { return RelativePosition{id: d.id(r), assoc: assoc} }
	for it := t.start; it != nil; it = it.right {
		if it.visible() {
			if index < int(it.length) {
				return at(ref{it.id.client, it.id.clock + uint32(index)}), nil
			}
			index -= int(it.length)
		}
		if it.right == nil && assoc < 0 {
			return at(it.last()), nil
		}
	}
	return p, nil
}

// Resolve gives the list that p lies in and the index at which it is now, of a text in UTF-16 units. Where what p holds on to was deleted that
// is where it stood. ok is false if the document does not know what p holds on to, or nothing is left of it.
func (d *Doc) Resolve(p RelativePosition) (t *Type, index int, ok bool) {
	switch p.in {
	case inRoot:
		t = d.roots[p.root]
	case inType:
		if it := d.find(p.id); it != nil {
			t = it.typ()
		}
	default:
		return d.resolveItem(p)
	}
	if t == nil {
		return nil, 0, false
	}
	if p.assoc >= 0 {
		index = t.length
	}
	return t, index, true
}

func (d *Doc) resolveItem(p RelativePosition) (*Type, int, bool) {
	it := d.find(p.id)
	if it == nil || it.parent == nil || it.sub != 0 {
		return nil, 0, false
	}
	index := 0
	if holder := it.parent.item; holder != nil && holder.deleted() {
		return it.parent, 0, true
	}
	if it.visible() {
		if index = int(uint32(p.id.Clock) - it.id.clock); p.assoc < 0 {
			index++
		}
	}
	for l := it.left; l != nil; l = l.left {
		if l.visible() {
			index += int(l.length)
		}
	}
	return it.parent, index, true
}

// find gives the struct that holds id, nil if the document lacks it.
func (d *Doc) find(id ID) *item {
	client, ok := d.clients.find(id.Client)
	if !ok || id.Clock > maxClock {
		return nil
	}
	return d.get(ref{client, uint32(id.Clock)})
}

// Encode writes p as yjs's encodeRelativePosition does.
func (p RelativePosition) Encode() []byte {
	b := []byte{byte(p.in)}
	if p.in == inRoot {
		b = putStr(b, p.root)
	} else {
		b = putUint(putUint(b, p.id.Client), p.id.Clock)
	}
	return putSint(b, p.assoc)
}

// DecodeRelativePosition reads what Encode, or yjs, has written. ErrMalformed if it is no position.
func DecodeRelativePosition(b []byte) (RelativePosition, error) {
	r := reader{b: b}
	in := r.uint()
	p := RelativePosition{in: positionIn(min(in, 3))}
	switch p.in {
	case inItem, inType:
		p.id = r.id()
	case inRoot:
		p.root = string(r.str())
	default:
		r.fail("unknown kind of position")
	}
	if r.rest() > 0 {
		p.assoc, _ = r.sint()
	}
	if err := r.end(); err != nil {
		return RelativePosition{}, err
	}
	return p, nil
}
