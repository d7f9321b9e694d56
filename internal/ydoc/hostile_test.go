package ydoc

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"
)

// mutate spoils an update, with pieces of others.
func mutate(r *rand.Rand, pool [][]byte) []byte {
	u := bytes.Clone(pool[r.IntN(len(pool))])
	for range 1 + r.IntN(4) {
		i := 0
		if len(u) > 0 {
			i = r.IntN(len(u))
		}
		switch r.IntN(7) {
		case 0:
			u = u[:i]
		case 1:
			u = append(u[:i:i], u[min(len(u), i+1+r.IntN(8)):]...)
		case 2:
			u = append(u[:i:i], append([]byte{byte(r.Uint32())}, u[i:]...)...)
		case 3:
			o := pool[r.IntN(len(pool))]
			u = append(u[:i:i], o[r.IntN(len(o)):]...)
		case 4:
			u = append(u[:i:i], append([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 15}, u[i:]...)...)
		default:
			if len(u) > 0 {
				u[i] ^= 1 << r.IntN(8)
			}
		}
	}
	if r.IntN(20) == 0 {
		u = make([]byte, r.IntN(40))
		for i := range u {
			u[i] = byte(r.Uint32())
		}
	}
	return u
}

// twist changes what an update refers to, so that it decodes but contradicts itself or the document.
func twist(r *rand.Rand, pool [][]byte) []byte {
	u, err := decode(pool[r.IntN(len(pool))])
	if err != nil {
		return nil
	}
	other, err := decode(pool[r.IntN(len(pool))])
	if err != nil || len(other.blocks) == 0 {
		return nil
	}
	id := func() ref {
		bl := other.blocks[r.IntN(len(other.blocks))]
		if len(bl.items) == 0 {
			return ref{u.client(other.clientID(bl.client)), 0}
		}
		it := bl.items[r.IntN(len(bl.items))]
		return ref{u.client(other.clientID(it.id.client)), it.id.clock + uint32(r.IntN(int(it.length)))}
	}
	b := putUint(nil, uint64(len(u.blocks)))
	for _, bl := range u.blocks {
		b = putUint(putUint(b, uint64(len(bl.items))), u.clientID(bl.client))
		clock := uint32(0)
		if len(bl.items) > 0 {
			clock = bl.items[0].id.clock
		}
		if r.IntN(10) == 0 {
			clock = uint32(r.IntN(int(clock) + 3))
		}
		b = putUint(b, uint64(clock))
		for _, it := range bl.items {
			if it.kind != kindGC && r.IntN(3) == 0 {
				switch r.IntN(4) {
				case 0:
					it.flags = it.flags&^flagParentID | flagOrigin
					it.origin = id()
				case 1:
					it.flags = it.flags&^flagParentID | flagRight
					it.rightOrigin = id()
				case 2:
					it.flags = it.flags&^(flagOrigin|flagRight) | flagParentID
					it.origin = id()
				case 3:
					it.flags &^= flagOrigin | flagRight | flagParentID
					it.parent = &Type{name: []string{"m", "a", "t", "new"}[r.IntN(4)]}
				}
			}
			it.id = ref{bl.client, clock}
			clock = it.end()
			if it.parent == nil && !it.is(flagOrigin|flagRight|flagParentID) {
				it.parent = &Type{name: "m"}
			}
			b = u.fresh.append(b, it, 0, it.length)
		}
	}
	return u.fresh.appendDeletes(b, u.deletes)
}

// TestMalformed throws 20,000 spoiled updates at documents: no panic, no change on error, no hang, and what is accepted leaves a sound document.
func TestMalformed(t *testing.T) {
	t.Parallel()
	seed := uint64(envInt(t, "KASANE_SEED", 1))
	t.Logf("KASANE_SEED=%d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	var pool [][]byte
	var bases [][]byte
	for i := range 12 {
		h := askHistory(t, int(seed)*100+i)
		for _, m := range h.Modes {
			pool = append(pool, m.updates...)
		}
		d := apply(t, New(), h.Modes[0].updates[:h.Modes[0].Updates/2]...)
		b, _ := d.Encode(nil)
		bases = append(bases, b)
	}
	var refused, accepted, resolved int
	var slowest time.Duration
	d := New()
	for i := range 20_000 {
		if i%50 == 0 || d.HasPending() && r.IntN(3) == 0 {
			d = apply(t, New(), bases[r.IntN(len(bases))])
		}
		u := mutate(r, pool)
		if i%2 == 1 {
			u = twist(r, pool)
		}
		before, sv, pending := d.CanonicalJSON(), d.StateVector(), d.pending.count
		start := time.Now()
		touches, terr := d.Touched(u)
		txn, err := d.Apply(u)
		slowest = max(slowest, time.Since(start))
		if err != nil {
			refused++
			if !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrLimit) {
				t.Fatalf("update %d (%x): %v", i, u, err)
			}
			if !bytes.Equal(before, d.CanonicalJSON()) || !bytes.Equal(sv, d.StateVector()) || d.pending.count != pending {
				t.Fatalf("update %d (%x) was refused and changed the document", i, u)
			}
			continue
		}
		accepted++
		checkIntegrity(t, d)
		if terr == nil {
			resolved++
			checkTouches(t, before, d, touches, u)
		}
		if _, err := decode(txn.Update()); err != nil {
			t.Fatalf("update %d (%x): what it added does not decode: %v", i, u, err)
		}
		reload(t, d)
	}
	t.Logf("%d refused, %d accepted, %d of them with places resolved, slowest %v", refused, accepted, resolved, slowest)
	if accepted < 5000 || resolved < 500 {
		t.Error("too few updates were accepted for the test to mean anything")
	}
	if slowest > 2*time.Second {
		t.Errorf("an update took %v", slowest)
	}
}

// checkTouches holds that after an update whose touches were resolved, only what it touched reads otherwise, by root and first key, and nothing waits.
func checkTouches(t testing.TB, before []byte, d *Doc, touches []Touch, u []byte) {
	t.Helper()
	if d.HasPending() {
		t.Fatalf("update %x resolved, but leaves something pending", u)
	}
	touched := map[[2]string]bool{}
	for _, x := range touches {
		touched[[2]string{x.Root, x.Path[0]}] = true
	}
	was, is := partsOf(t, before), partsOf(t, d.CanonicalJSON())
	check := func(p [2]string) {
		if was[p] != is[p] && !touched[p] && !(p[1] == "#" && touched[[2]string{p[0], "~"}]) {
			t.Fatalf("update %x changed %q:\nfrom %s\n  to %s\nbut touches %s", u, p, was[p], is[p], show(touches))
		}
	}
	for p := range was {
		check(p)
	}
	for p := range is {
		check(p)
	}
}

// partsOf takes canonical JSON apart by root and key; the list of a root has the key #.
func partsOf(t testing.TB, canonical []byte) map[[2]string]string {
	t.Helper()
	var roots map[string]struct {
		List json.RawMessage
		Map  map[string]json.RawMessage
	}
	if err := json.Unmarshal(canonical, &roots); err != nil {
		t.Fatalf("canonical JSON %s: %v", canonical, err)
	}
	m := map[[2]string]string{}
	for name, r := range roots {
		m[[2]string{name, "#"}] = string(r.List)
		for k, v := range r.Map {
			if k != "" && strings.ContainsRune(`#~@\`, rune(k[0])) {
				k = `\` + k
			}
			m[[2]string{name, k}] = string(v)
		}
	}
	return m
}

// prepend is n characters put one by one at the head of a text, where others have done so too: the conflict of two such is the
// product of their lengths.
func prepend(client uint64, n int) []byte {
	items := []*item{text("x").in("t")}
	for i := range n - 1 {
		items = append(items, text("x").before(client, uint64(i)))
	}
	return craft(client, 0, items...)
}

// TestBudget: updates that are valid and costly stop, and the document is as it was.
func TestBudget(t *testing.T) {
	t.Parallel()
	deep := []*item{nest(KindMap).in("m").at("k")}
	for i := range uint64(maxDepth) {
		deep = append(deep, nest(KindMap).under(3, i).at("k"))
	}
	t.Run("short conflict", func(t *testing.T) {
		d := apply(t, New(), prepend(1, 300), prepend(2, 300))
		if d.Root("t").Len() != 600 {
			t.Error(d.Root("t").Len())
		}
	})
	for name, u := range map[string][]byte{"long conflict": prepend(2, 3000), "deep nesting": craft(3, 0, deep...)} {
		t.Run(name, func(t *testing.T) {
			d := apply(t, New(), prepend(1, 3000))
			before, _ := d.Encode(nil)
			_, err := d.Apply(u)
			wantErr(t, err, ErrBudget)
			checkIntegrity(t, d)
			if after, _ := d.Encode(nil); !bytes.Equal(after, before) {
				t.Error("what was refused changed the document")
			}
			if apply(t, d, prepend(4, 1)); d.Root("t").Len() != 3001 {
				t.Error(d.Root("t").Len())
			}
		})
	}
	_, err := New().Touched(craft(3, 0, deep...))
	wantErr(t, err, ErrBudget)
	d := apply(t, New(), prepend(1, 3000))
	if _, err := d.ApplyWithBudget(prepend(2, 3000), Unlimited); err != nil {
		t.Error(err)
	}
}

// TestManySplits deletes every other character of a long text: each deletion cuts a struct out of a growing log.
func TestManySplits(t *testing.T) {
	t.Parallel()
	const n = 20_000
	d := apply(t, New(), craft(1, 0, text(string(bytes.Repeat([]byte("x"), n))).in("t")))
	var spans []uint64
	for i := uint64(0); i < n; i += 2 {
		spans = append(spans, i, i+1)
	}
	if _, err := d.ApplyWithBudget(deletion(1, spans...), Unlimited); err != nil {
		t.Fatal(err)
	}
	checkIntegrity(t, d)
	if d.Root("t").Len() != n/2 || d.Structs() != n {
		t.Error(d.Root("t").Len(), d.Structs())
	}
}

// TestMemoryBound: short updates that announce much do not get it. Not parallel, for it measures.
func TestMemoryBound(t *testing.T) {
	huge := []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 15}
	head := []byte{1, 1, 9, 0}
	for name, u := range map[string][]byte{
		"clients":       huge,
		"structs":       append([]byte{1}, append(huge, 9, 0, 0, 0)...),
		"text":          append(append(head, 4, 1, 1, 't'), huge...),
		"values":        append(append(head, 8, 1, 1, 't'), huge...),
		"object":        append(append(head, 8, 1, 1, 't', 1, anyObject), huge...),
		"array":         append(append(head, 8, 1, 1, 't', 1, anyArray), huge...),
		"deletions":     append([]byte{0, 1, 9}, huge...),
		"json":          append(append(head, 2, 1, 1, 't'), huge...),
		"delete beyond": {0, 1, 9, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 15, 5},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := New().Apply(u)
		runtime.ReadMemStats(&after)
		wantErr(t, err, ErrMalformed)
		if n := after.TotalAlloc - before.TotalAlloc; n > 64<<10 {
			t.Errorf("%s: %d bytes allocated for an update of %d", name, n, len(u))
		}
	}
}
