package ydoc

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"
)

// TestAttribute compares with yjs: who made each element of each list, of any part of it.
func TestAttribute(t *testing.T) {
	t.Parallel()
	first, n := envInt(t, "KASANE_SEED", 1), min(envInt(t, "KASANE_SEEDS", 40), 2000)
	elements := 0
	for seed := first; seed < first+n; seed++ {
		r := rand.New(rand.NewPCG(uint64(seed), 3))
		m := askHistory(t, seed).Modes[0]
		d := apply(t, New(), m.updates...)
		var lists []struct {
			Item []uint64
			Root string
			IDs  [][2]uint64
		}
		state, _ := d.Encode(nil)
		if err := json.Unmarshal(ask(t, "authors", state)[0], &lists); err != nil {
			t.Fatal(err)
		}
		for _, l := range lists {
			ty := typeOf(t, d, l.Item, l.Root)
			if ty.Len() != len(l.IDs) {
				t.Fatalf("KASANE_SEED=%d: %d elements, want %d", seed, ty.Len(), len(l.IDs))
			}
			from := r.IntN(ty.Len() + 1)
			to := from + r.IntN(ty.Len()-from+1)
			for _, span := range [][2]int{{0, ty.Len()}, {from, to}} {
				got, err := d.Attribute(ty, span[0], span[1])
				if err != nil {
					t.Fatal(err)
				}
				next := span[0]
				for _, a := range got {
					if a.From != next || a.To <= a.From {
						t.Fatalf("KASANE_SEED=%d: %v goes not on from %d", seed, a, next)
					}
					for ; next < a.To; next++ {
						elements++
						if id := [2]uint64{a.Client, a.Clock + uint64(next-a.From)}; id != l.IDs[next] {
							t.Fatalf("KASANE_SEED=%d: element %d is %v, want %v", seed, next, id, l.IDs[next])
						}
					}
				}
				if next != span[1] {
					t.Fatalf("KASANE_SEED=%d: ends at %d of %d", seed, next, span[1])
				}
			}
		}
	}
	if t.Logf("%d elements", elements); elements < 1000 {
		t.Error("too few for the test to mean anything")
	}
}

func TestAttributeParts(t *testing.T) {
	t.Parallel()
	d := apply(t, plan(t), craft(3, 0, text("\U00020BB7x").after(2, 1).before(2, 2)),
		craft(4, 0, format("bold", "true").after(2, 0).before(2, 1)))
	got, err := d.Attribute(d.Root("t"), 1, 7)
	want := []Attribution{{1, 2, 2, 1}, {2, 5, 3, 0}, {5, 7, 2, 2}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
	// A format in the midst of what one client wrote does not part it.
	if got, err := d.Attribute(d.Root("t"), 0, 2); err != nil || !reflect.DeepEqual(got, []Attribution{{0, 2, 2, 0}}) {
		t.Error(got, err)
	}
	for _, span := range [][2]int{{-1, 2}, {3, 2}, {0, 9}} {
		_, err := d.Attribute(d.Root("t"), span[0], span[1])
		wantErr(t, err, ErrRange)
	}
}
