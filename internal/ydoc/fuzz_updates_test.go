package ydoc

import (
	"bytes"
	"cmp"
	"errors"
	"reflect"
	"slices"
	"testing"
)

// holds is what updates hold: the clocks of structs without holes, and of deletions, sorted and joined.
func holds(t testing.TB, updates ...[]byte) (structs, deletes []wireDeletion) {
	t.Helper()
	for _, u := range updates {
		blocks, ds, err := scanUpdate(u)
		if err != nil {
			t.Fatalf("%x: %v", u, err)
		}
		deletes = append(deletes, ds...)
		for c := newCursor(u, blocks); !c.done; c.advance() {
			if c.cur.kind() != kindSkip {
				structs = append(structs, wireDeletion{c.cur.client, c.cur.clock, c.cur.end()})
			}
		}
	}
	return joined(structs), joined(deletes)
}

func joined(l []wireDeletion) []wireDeletion {
	slices.SortFunc(l, func(a, b wireDeletion) int {
		return cmp.Or(cmp.Compare(a.client, b.client), cmp.Compare(a.from, b.from))
	})
	var out []wireDeletion
	for _, s := range l {
		if n := len(out); n > 0 && out[n-1].client == s.client && s.from <= out[n-1].to {
			out[n-1].to = max(out[n-1].to, s.to)
		} else {
			out = append(out, s)
		}
	}
	return out
}

// FuzzMerge: no input panics; what is merged holds what the updates hold, no more and no less, and is not much longer.
func FuzzMerge(f *testing.F) {
	b, err := plan(f).Encode(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b, craft(2, 3, text("lo, you").after(2, 2)))
	f.Add(craft(9, 7, garbage(3)), craft(9, 5, garbage(4), text("x").in("t")))
	f.Add(deletion(1, 0, 5), deletion(1, 3, 9, 11, 12))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		_, _, erra := scanUpdate(a)
		_, _, errb := scanUpdate(b)
		merged, err := MergeUpdates(a, b)
		if (err == nil) != (erra == nil && errb == nil) {
			t.Fatalf("%v; of the updates %v, %v", err, erra, errb)
		}
		if err != nil {
			return
		}
		structs, deletes := holds(t, a, b)
		if s, d := holds(t, merged); !reflect.DeepEqual(s, structs) || !reflect.DeepEqual(d, deletes) {
			t.Fatalf("merged %x\n holds %v %v\nwant %v %v", merged, s, d, structs, deletes)
		}
		// A cut struct names its client and clock anew, a hole its length; each update has structs of two bytes.
		if len(merged) > 12*(len(a)+len(b)) {
			t.Fatalf("%d and %d bytes became %d", len(a), len(b), len(merged))
		}
		if _, err := New().Apply(merged); err != nil && !errors.Is(err, ErrLimit) && !errors.Is(err, ErrBudget) {
			t.Fatalf("merged %x: %v", merged, err)
		}
	})
}

// FuzzDiff: no input panics; what is left is what the vector does not know, and all deletions; the vector of an update is the start of what it holds.
func FuzzDiff(f *testing.F) {
	b, err := plan(f).Encode(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b, EncodeStateVector(map[uint64]uint64{1: 2, 2: 3}))
	f.Add(craft(9, 7, text("\U00020BB7").in("t")), EncodeStateVector(map[uint64]uint64{9: 8}))
	f.Fuzz(func(t *testing.T, update, sv []byte) {
		have, err := DecodeStateVector(sv)
		diff, differr := DiffUpdate(update, sv)
		if err != nil || differr != nil {
			if differr == nil {
				t.Fatal("a malformed vector was taken")
			}
			return
		}
		structs, deletes := holds(t, update)
		var want []wireDeletion
		for _, s := range structs {
			if s.from = max(s.from, have[s.client]); s.from < s.to {
				want = append(want, s)
			}
		}
		if s, d := holds(t, diff); !reflect.DeepEqual(s, want) || !reflect.DeepEqual(d, deletes) {
			t.Fatalf("difference %x\n holds %v %v\nwant %v %v", diff, s, d, want, deletes)
		}
		vector, err := StateVectorFromUpdate(update)
		if err != nil {
			t.Fatal(err)
		}
		wantVector := map[uint64]uint64{}
		for _, s := range structs {
			if s.from == 0 {
				wantVector[s.client] = s.to
			}
		}
		if got, err := DecodeStateVector(vector); err != nil || !reflect.DeepEqual(got, wantVector) {
			t.Fatalf("vector %v, %v; want %v", got, err, wantVector)
		}
	})
}

// FuzzRelativePosition: no input panics; what decodes encodes to the same place, and what is found lies within its list.
func FuzzRelativePosition(f *testing.F) {
	for _, p := range []RelativePosition{{id: ID{2, 3}}, {in: inRoot, root: "t", assoc: -1}, {in: inType, id: ID{1, 0}, assoc: 64}} {
		f.Add(p.Encode())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := DecodeRelativePosition(b)
		if err != nil {
			return
		}
		again, err := DecodeRelativePosition(p.Encode())
		if err != nil || again != p || !bytes.Equal(again.Encode(), p.Encode()) {
			t.Fatalf("%v encodes to %v, %v", p, again, err)
		}
		d := plan(t)
		ty, i, ok := d.Resolve(p)
		if !ok {
			return
		}
		if i < 0 || i > ty.Len() {
			t.Fatalf("%v is at %d of %d", p, i, ty.Len())
		}
		if _, err := d.RelativePosition(ty, i, p.Assoc()); err != nil {
			t.Fatal(err)
		}
	})
}
