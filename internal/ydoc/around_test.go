package ydoc

import (
	"math/rand/v2"
	"slices"
	"testing"
	"unicode/utf16"
)

// TestAround: what a change wrote, with what stands on both sides of it up to the first space.
func TestAround(t *testing.T) {
	t.Parallel()
	space := func(r rune) bool { return r == ' ' }
	d := New()
	ty := d.Define("t", KindText)
	type change struct {
		do   func(*Builder)
		want []string
	}
	insert := func(at int, s string) func(*Builder) { return func(b *Builder) { b.TextInsert(ty, at, s) } }
	for i, c := range []change{
		{insert(0, "one 二𠮷三 four"), []string{"one 二𠮷三 four"}},
		{insert(7, "X"), []string{" 二𠮷X三 "}},
		{insert(0, "Y"), []string{"Yone "}},
		{insert(ty.Len()+15, "Z"), []string{" fourZ"}},
		{func(b *Builder) { b.TextDelete(ty, 4, 1) }, []string{"Yone二𠮷X三 "}},
		{func(b *Builder) { b.TextDelete(ty, 0, 1); b.TextInsert(ty, 9, " ") }, []string{"  fourZ", "one二𠮷X三 "}},
	} {
		other := New()
		state, err := d.Encode(nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := other.Apply(state); err != nil {
			t.Fatal(err)
		}
		b := NewBuilder(d, uint64(i+1))
		c.do(b)
		txn, err := other.Apply(b.Update())
		if err != nil || b.Err() != nil {
			t.Fatal(err, b.Err())
		}
		got := txn.Around(other.Define("t", KindText), space)
		if !slices.Equal(got, c.want) {
			t.Errorf("%d: %q, want %q; the text is %q", i, got, c.want, other.Define("t", KindText).Text())
		}
	}
}

// TestAroundIsTheText: pieces that nothing ends are the whole text; after many changes at once there is one.
func TestAroundIsTheText(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	d, other := New(), New()
	ty := d.Define("t", KindText)
	for n := range 60 {
		b := NewBuilder(d, uint64(1+n%3))
		for range 1 + rng.IntN(100) {
			before := []rune(ty.Text())
			at := rng.IntN(len(before) + 1)
			unit := len(utf16.Encode(before[:at]))
			if at < len(before) && rng.IntN(3) == 0 {
				b.TextDelete(ty, unit, utf16.RuneLen(before[at]))
			} else {
				b.TextInsert(ty, unit, []string{"a", "字", "𠮷", "é"}[rng.IntN(4)])
			}
		}
		txn, err := other.Apply(b.Update())
		if err != nil {
			t.Fatal(err)
		}
		whole := other.Define("t", KindText)
		for _, piece := range txn.Around(whole, func(rune) bool { return false }) {
			if piece != whole.Text() {
				t.Fatalf("after %d changes: %q is not %q", n, piece, whole.Text())
			}
		}
	}
}
