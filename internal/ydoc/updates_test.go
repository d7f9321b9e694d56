package ydoc

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// TestUpdates compares MergeUpdates, DiffUpdate and StateVectorFromUpdate with yjs, byte by byte: of updates in all orders, of what was merged
// with holes, of garbage, and of state vectors that lie within structs.
func TestUpdates(t *testing.T) {
	t.Parallel()
	first, n := envInt(t, "KASANE_SEED", 1), min(envInt(t, "KASANE_SEEDS", 50), 2000)
	compared := 0
	for seed := first; seed < first+n; seed++ {
		r := rand.New(rand.NewPCG(uint64(seed), 2))
		h := askHistory(t, seed)
		for _, m := range h.Modes {
			var updates [][]byte
			for _, u := range m.updates {
				if r.IntN(4) > 0 { // what is left out leaves holes
					updates = append(updates, u)
				}
			}
			if len(updates) < 2 {
				updates = append(m.updates[:len(m.updates):len(m.updates)], h.Modes[0].updates...)
			}
			// Merges of merges, and of states in which much is garbage.
			half := mergeLikeYjs(t, seed, updates[:len(updates)/2]...)
			rest := mergeLikeYjs(t, seed, updates[len(updates)/2:]...)
			whole := mergeLikeYjs(t, seed, half, rest, m.encoded)
			for _, u := range [][]byte{half, rest, whole, m.encoded} {
				sv := randomVector(r, m.sv)
				diffed := ask(t, "diff", sv, u)[0]
				if got, err := DiffUpdate(u, sv); err != nil || !bytes.Equal(got, diffed) {
					t.Fatalf("KASANE_SEED=%d: diff of %x for %x\n got %x, %v\nwant %x", seed, u, sv, got, err, diffed)
				}
				mergeLikeYjs(t, seed, diffed, half)
				want := ask(t, "vectors", u)[0]
				if got, err := StateVectorFromUpdate(u); err != nil || !bytes.Equal(got, want) {
					t.Fatalf("KASANE_SEED=%d: vector of %x\n got %x, %v\nwant %x", seed, u, got, err, want)
				}
				compared += 3
			}
			// Nothing is lost on the way: a document of the merged is the document of all.
			d, e := apply(t, New(), whole), apply(t, New(), append(updates, m.encoded)...)
			if got, want := d.CanonicalJSON(), e.CanonicalJSON(); !bytes.Equal(got, want) || string(got) != m.json {
				t.Fatalf("KASANE_SEED=%d: merged\n got %s\nwant %s", seed, got, want)
			}
		}
	}
	t.Logf("%d results compared", compared)
}

func mergeLikeYjs(t *testing.T, seed int, updates ...[]byte) []byte {
	t.Helper()
	answer := ask(t, "merge", updates...)
	yjs, want := answer[0], answer[1]
	got, err := MergeUpdates(updates...)
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("KASANE_SEED=%d: merge of %x\n got %x, %v\nwant %x", seed, updates, got, err, want)
	}
	if !bytes.Equal(yjs, want) { // yjs has no rule here: then both must at least say the same
		if a, b := apply(t, New(), got), apply(t, New(), yjs); !bytes.Equal(a.CanonicalJSON(), b.CanonicalJSON()) {
			t.Fatalf("KASANE_SEED=%d: merge of %x\n got %s\nwant %s", seed, updates, a.CanonicalJSON(), b.CanonicalJSON())
		}
	}
	return want
}

// randomVector is a state vector that knows parts of what sv knows, and a client that nobody knows.
func randomVector(r *rand.Rand, sv []byte) []byte {
	m, err := DecodeStateVector(sv)
	if err != nil {
		panic(err)
	}
	for c, clock := range m {
		switch r.IntN(4) {
		case 0:
			delete(m, c)
		case 1:
			m[c] = clock + 1
		default:
			m[c] = uint64(r.IntN(int(clock) + 1))
		}
	}
	m[77] = 3
	return EncodeStateVector(m)
}

// TestUpdatesOrder: what yjs's merge loses, for other implementations write the blocks of an update in another order, is kept.
func TestUpdatesOrder(t *testing.T) {
	t.Parallel()
	b := putUint(nil, 2)
	b = labBlock(b, 1, 0, text("one").in("t"))
	b = append(labBlock(b, 5, 0, text("fives").in("u")), 0)
	merged, err := MergeUpdates(b, craft(5, 0, text("five").in("u")))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(apply(t, New(), merged).CanonicalJSON()), string(apply(t, New(), b).CanonicalJSON()); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if none, err := MergeUpdates(); err != nil || !bytes.Equal(none, []byte{0, 0}) {
		t.Errorf("nothing merged: %x, %v", none, err)
	}
	// Clocks that no document holds are no matter for bytes.
	far := append(append([]byte{1, 1, 9}, putUint(nil, 1<<40)...), 4, 1, 1, 't', 2, 'x', 'y', 0)
	if got, err := DiffUpdate(far, EncodeStateVector(map[uint64]uint64{9: 1<<40 + 1})); err != nil || !bytes.HasSuffix(got, []byte{1, 'y', 0}) {
		t.Errorf("%x, %v", got, err)
	}
}

// TestUpdatesMalformed: what does not decode is refused, whichever of several it is.
func TestUpdatesMalformed(t *testing.T) {
	t.Parallel()
	good, err := plan(t).Encode(nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range good {
		bad := good[:i]
		_, err := MergeUpdates(good, bad)
		wantErr(t, err, ErrMalformed)
		_, err = MergeUpdates(bad)
		wantErr(t, err, ErrMalformed)
		_, err = DiffUpdate(bad, []byte{0})
		wantErr(t, err, ErrMalformed)
		_, err = StateVectorFromUpdate(bad)
		wantErr(t, err, ErrMalformed)
	}
	_, err = DiffUpdate(good, []byte{1})
	wantErr(t, err, ErrMalformed)
}
