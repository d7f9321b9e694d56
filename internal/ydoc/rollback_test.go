package ydoc

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"
)

// imprint is all of a document that an update could change.
func imprint(t testing.TB, d *Doc) []byte {
	t.Helper()
	b, err := d.Encode(nil)
	if err != nil {
		t.Fatal(err)
	}
	b = append(b, d.CanonicalJSON()...)
	for _, n := range []int{d.Structs(), len(d.roots), len(d.keys.list), len(d.clients.list), len(d.logs), d.pending.count, len(d.pending.missing)} {
		b = putUint(b, uint64(n))
	}
	return b
}

// TestRollBack breaks updates of random histories off after a few steps, in all orders of arrival: each time the document is as it was, and
// in the end it is what it would have been.
func TestRollBack(t *testing.T) {
	t.Parallel()
	first, n := envInt(t, "KASANE_SEED", 1), min(envInt(t, "KASANE_SEEDS", 60), 500)
	refused := 0
	for seed := first; seed < first+n; seed++ {
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		for _, m := range askHistory(t, seed).Modes {
			d := New()
			for i, u := range m.updates {
				before := imprint(t, d)
				_, err := d.ApplyWithBudget(u, uint64(r.IntN(12)))
				if err == nil {
					continue
				}
				if !errors.Is(err, ErrBudget) {
					t.Fatal(err)
				}
				refused++
				checkIntegrity(t, d)
				if !bytes.Equal(before, imprint(t, d)) {
					t.Fatalf("KASANE_SEED=%d, %s: update %d was refused and changed the document", seed, m.Name, i)
				}
				apply(t, d, u)
			}
			checkIntegrity(t, d)
			if got := string(d.CanonicalJSON()); got != m.json || !bytes.Equal(d.StateVector(), m.sv) {
				t.Fatalf("KASANE_SEED=%d, %s: content\n got %s\nwant %s", seed, m.Name, got, m.json)
			}
		}
	}
	t.Logf("%d updates were broken off", refused)
	if refused < n {
		t.Error("too few for the test to mean anything")
	}
}

// TestBuilderRollBack: an error of a Builder takes back what it did before.
func TestBuilderRollBack(t *testing.T) {
	t.Parallel()
	d := plan(t)
	before := imprint(t, d)
	b := NewBuilder(d, 7)
	b.TextDelete(d.Root("t"), 1, 3)
	b.MapSetText(d.Root("m"), "new", "x")
	b.MapDelete(d.Root("m"), "rows")
	b.TextInsert(d.Root("t"), 99, "beyond the end")
	wantErr(t, b.Err(), ErrRange)
	checkIntegrity(t, d)
	if !bytes.Equal(before, imprint(t, d)) {
		t.Errorf("changed: %s", d.CanonicalJSON())
	}
	if b.Update() != nil {
		t.Error("a Builder that failed gives an update")
	}
	c := NewBuilder(d, 7)
	c.TextInsert(d.Root("t"), 0, "and ")
	if c.Update(); c.Err() != nil || d.Root("t").Text() != "and hello" {
		t.Error(d.Root("t").Text(), c.Err())
	}
}
