package ydoc

import (
	"bytes"
	"testing"
	"unsafe"
)

// TestMemory holds what a plan's document takes: one allocation of 80 bytes a struct, and little beside. Not parallel, for it measures.
func TestMemory(t *testing.T) {
	if n := unsafe.Sizeof(item{}); n != 80 {
		t.Errorf("a struct takes %d bytes", n)
	}
	updates, d := planUpdates(t)
	state, err := d.Encode(nil)
	if err != nil {
		t.Fatal(err)
	}
	structs := float64(d.Structs())
	for how, updates := range map[string][][]byte{"loaded": {state}, "written": updates} {
		heap := heapOf(t, updates)
		t.Logf("%s: %.0f bytes, %.1f a struct", how, heap, heap/structs)
		if heap > 1<<20 || heap > 130*structs || heap < 80*structs {
			t.Errorf("%s: %.0f bytes of heap for %.0f structs", how, heap, structs)
		}
	}
	if size, heap := float64(d.Size()), heapOf(t, updates); size < heap/2 || size > heap*2 {
		t.Errorf("Size says %.0f, the heap %.0f", size, heap)
	}
}

// TestClockLimit: clocks of more than 32 bits are sound on the wire and refused here, with the document as it was.
func TestClockLimit(t *testing.T) {
	t.Parallel()
	const last = maxClock - 1
	beyond := func(b ...byte) []byte { return append(append([]byte{1}, b...), 0) }
	clock := func(n uint64) []byte { return putUint(nil, n) }
	for name, u := range map[string][]byte{
		"first clock":     craft(9, maxClock, text("x").in("t")),
		"last element":    craft(9, last, text("xy").in("t")),
		"far beyond":      beyond(append([]byte{1, 9}, append(clock(1<<40), 4, 1, 1, 't', 1, 'x')...)...),
		"origin":          beyond(append([]byte{1, 9, 0, 0x84, 7}, append(clock(1<<32), 1, 'x')...)...),
		"container":       beyond(append([]byte{1, 9, 0, 4, 0, 7}, append(clock(1<<32), 1, 'x')...)...),
		"hole":            beyond(append(append([]byte{2, 9, 0, 10}, clock(1<<32)...), 4, 1, 1, 't', 1, 'x')...),
		"garbage":         beyond(append([]byte{1, 9, 0, 0}, clock(1<<32)...)...),
		"deleted content": beyond(append([]byte{1, 9, 0, 1, 1, 1, 't'}, clock(1<<32)...)...),
		"deletion":        deletion(9, 1<<32, 1<<32+1),
	} {
		d := plan(t)
		before := imprint(t, d)
		_, err := d.Apply(u)
		wantErr(t, err, ErrLimit)
		_, err = d.Touched(u)
		wantErr(t, err, ErrLimit)
		if !bytes.Equal(before, imprint(t, d)) {
			t.Errorf("%s: what was refused changed the document", name)
		}
	}
	// Up to the limit all works, also for a Builder.
	d := apply(t, New(), craft(9, 0, garbage(last), text("x").in("t")))
	checkIntegrity(t, d)
	b := NewBuilder(d, 9)
	b.TextInsert(d.Root("t"), 1, "y")
	wantErr(t, b.Err(), ErrLimit)
	if got := reload(t, d).Root("t").Text(); got != "x" {
		t.Errorf("text %q", got)
	}
	if _, err := d.Encode(EncodeStateVector(map[uint64]uint64{9: 1 << 40})); err != nil {
		t.Error("a state vector may have seen more:", err)
	}
}

// TestNamesForgotten: ids and keys that an update brings and that nothing then uses are not kept.
func TestNamesForgotten(t *testing.T) {
	t.Parallel()
	d := plan(t)
	before := imprint(t, d)
	for c := uint64(100); c < 200; c++ {
		apply(t, d, craft(2, 0, text("hello").after(c, 0)), craft(2, 0, value(int(c)).in("m").at("key"+string(rune(c)))))
	}
	if !bytes.Equal(before, imprint(t, d)) {
		t.Errorf("%d clients, %d keys", len(d.clients.list), len(d.keys.list))
	}
}
