package live

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"

	"kasane/internal/access"
	"kasane/internal/ydoc"
)

// Builder collects what Kasane itself writes into a document: templates, demonstration data, restored rows. Every key must be one of the
// schema. The first error sticks.
type Builder struct {
	d       *Document
	b       *ydoc.Builder
	client  uint64
	changed bool
	err     error
}

// Builder starts a change. Until its Update the document must not be changed by other means, and after an error it is spoiled.
func (d *Document) Builder() *Builder {
	client := newClientID(d.clients)
	return &Builder{d: d, b: ydoc.NewBuilder(d.doc, client), client: client}
}

// Document is what the change is made on, to be read.
func (b *Builder) Document() *Document { return b.d }

// newClientID draws a client id that is not in use. Browsers draw theirs from the same 32 bits.
func newClientID(used map[uint64]string) uint64 {
	for {
		var b [4]byte
		_, _ = rand.Read(b[:]) // never fails since Go 1.24
		c := uint64(binary.BigEndian.Uint32(b[:]))
		if _, taken := used[c]; !taken && c != 0 {
			return c
		}
	}
}

// Set puts a scalar (string, int, float64, bool, nil) at a key. Setting what is there already changes nothing.
func (b *Builder) Set(key string, value any) {
	p, ok := b.place(key, false)
	if !ok {
		return
	}
	if err := checkValue(p, value); err != nil {
		b.fail(fmt.Errorf("live: value of %s: %w", key, err))
		return
	}
	if have, ok := b.d.Value(key); ok && have == value {
		return
	}
	b.b.MapSet(b.d.values, key, value)
	b.changed = true
}

// Text makes the text at a key read s. What is common at its beginning and end stays, with its authors.
func (b *Builder) Text(key, s string) {
	p, ok := b.place(key, true)
	if !ok {
		return
	}
	if err := checkText(s); err != nil {
		b.fail(fmt.Errorf("live: text of %s: %w", key, err))
		return
	}
	t := b.d.doc.Define(textPrefix+key, ydoc.KindText)
	have := t.Text()
	if have == s {
		return
	}
	from, gone, put := difference(have, s)
	b.b.TextDelete(t, utf16Len(have[:from]), utf16Len(gone))
	b.b.TextInsert(t, utf16Len(have[:from]), put)
	b.changed = true
	if t.Len() > p.limit {
		b.fail(errBigText)
	}
}

// Row puts a row: its order, scalars and texts by their names in the row.
func (b *Builder) Row(kind, id, ord string, values map[string]any, texts map[string]string) {
	at := kind + "/" + id + "/"
	b.Set(at+"ord", ord)
	for name, v := range values {
		b.Set(at+name, v)
	}
	for name, s := range texts {
		b.Text(at+name, s)
	}
}

// Cell puts a role cell of an action: column is an agency id, ColumnSelf or ColumnFamily.
func (b *Builder) Cell(action, column string, values map[string]any, texts map[string]string) {
	at := "cell/" + action + "/" + column + "/"
	for name, v := range values {
		b.Set(at+name, v)
	}
	for name, s := range texts {
		b.Text(at+name, s)
	}
}

// Update ends the change: nil if nothing changed.
func (b *Builder) Update() ([]byte, error) {
	if b.err == nil {
		b.err = b.b.Err()
	}
	if b.err != nil {
		b.d.spoiled = true
		return nil, b.err
	}
	if !b.changed {
		return nil, nil
	}
	b.changed = false
	return b.b.Update(), nil
}

func (b *Builder) place(key string, text bool) (place, bool) {
	if b.err != nil {
		return place{}, false
	}
	p, ok := placeOf(b.d.meta.Kind, key, text)
	ok = ok && b.d.holds(key)
	if !ok {
		b.fail(fmt.Errorf("live: a %s document has no key %q: %w", b.d.meta.Kind, key, errGrammar))
	}
	return p, ok
}

func (b *Builder) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// Draft makes the first update of a document that does not exist yet, in the name of actor: to be stored as row 1 in the transaction that
// creates it, with the client ids to bind.
func Draft(m Meta, actor access.Actor, write func(*Builder) error) (update []byte, clients map[uint64]string, err error) {
	m.Head = 0
	d, err := NewDocument(Loaded{Meta: m})
	if err != nil {
		return nil, nil, err
	}
	b := d.Builder()
	if err := write(b); err != nil {
		return nil, nil, err
	}
	if update, err = b.Update(); err != nil || update == nil {
		return nil, nil, err
	}
	return update, map[uint64]string{b.client: actor.UserID}, nil
}

// difference finds what has to go and to come between the common beginning and end of two strings, never within a character.
func difference(have, want string) (from int, gone, put string) {
	h, w := []rune(have), []rune(want)
	i := 0
	for i < len(h) && i < len(w) && h[i] == w[i] {
		i++
	}
	j := 0
	for j < len(h)-i && j < len(w)-i && h[len(h)-1-j] == w[len(w)-1-j] {
		j++
	}
	return len(string(h[:i])), string(h[i : len(h)-j]), string(w[i : len(w)-j])
}

func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		if n++; r > 0xFFFF {
			n++
		}
	}
	return n
}

// Ord is the i-th key of a list in order, as the browsers' fractional index makes them when rows are only ever appended.
func Ord(i int) string {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	if i < len(digits) {
		return "a" + digits[i:i+1]
	}
	i -= len(digits)
	return "b" + digits[i/62%62:i/62%62+1] + digits[i%62:i%62+1]
}
