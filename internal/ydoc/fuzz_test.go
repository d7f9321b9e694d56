package ydoc

import (
	"bytes"
	"errors"
	"testing"
)

// seedUpdates are updates that go on from plan.
func seedUpdates(f *testing.F) {
	f.Add(craft(9, 0, text("支援\U00020BB7").after(1, 1).before(1, 2)))
	f.Add(craft(9, 0, value(map[string]any{"a": []any{1, 0.5, BigInt(1), nil}}).after(1, 3), nest(KindMap).after(1, 5), value("y").under(9, 1).at("who")))
	f.Add(craft(9, 0, garbage(3), newItem(ContentBinary, []byte{1}, 1).in("a")))
	f.Add(deletion(1, 0, 5))
	f.Add([]byte{1, 2, 9, 0, 10, 3, 4, 1, 1, 't', 1, 'x', 0})
	d := plan(f)
	b, err := d.Encode(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
}

// FuzzApply: no input panics; a refused one changes nothing; an accepted one leaves a sound document that can be stored.
func FuzzApply(f *testing.F) {
	seedUpdates(f)
	f.Fuzz(func(t *testing.T, u []byte) {
		d := plan(t)
		before := d.CanonicalJSON()
		txn, err := d.Apply(u)
		if errors.Is(err, ErrBudget) {
			return
		}
		if err != nil {
			if !bytes.Equal(before, d.CanonicalJSON()) || d.HasPending() {
				t.Fatal("a refused update changed the document")
			}
			return
		}
		checkIntegrity(t, d)
		if _, err := decode(txn.Update()); err != nil {
			t.Fatal(err)
		}
		if again, err := d.Apply(u); err != nil || !again.Empty() {
			t.Fatalf("the same update again: %v", err)
		}
		reload(t, d)
	})
}

// FuzzTouched: what resolves lands where it was said to.
func FuzzTouched(f *testing.F) {
	seedUpdates(f)
	f.Fuzz(func(t *testing.T, u []byte) {
		d := plan(t)
		before := d.CanonicalJSON()
		touches, err := d.Touched(u)
		if err != nil {
			return
		}
		if _, err := d.Apply(u); errors.Is(err, ErrBudget) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		checkTouches(t, before, d, touches, u)
	})
}

// FuzzStateVector: no input panics, and what decodes encodes to something equal.
func FuzzStateVector(f *testing.F) {
	f.Add([]byte{0})
	f.Add(EncodeStateVector(map[uint64]uint64{1: 2, maxSafe: maxSafe}))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := DecodeStateVector(b)
		if err != nil {
			return
		}
		again, err := DecodeStateVector(EncodeStateVector(m))
		if err != nil || len(again) != len(m) {
			t.Fatal(err)
		}
		if _, err := plan(t).Encode(b); err != nil {
			t.Fatal(err)
		}
	})
}
