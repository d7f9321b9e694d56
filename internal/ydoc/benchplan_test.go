package ydoc

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
)

// planUpdates are the updates of a plan that six people write at once: 8,600 edits of 300 cells and 40 texts, with the caret jumping about, which
// makes it as fragmented as such a document gets. The document is what they make.
func planUpdates(b testing.TB) ([][]byte, *Doc) {
	b.Helper()
	r := rand.New(rand.NewPCG(3, 4))
	d := New()
	values := d.Define("v", KindMap)
	builders := make([]*Builder, 6)
	for i := range builders {
		builders[i] = NewBuilder(d, uint64(1_000_000_007*(i+1)))
	}
	texts := make([]*Type, 40)
	at, carets := make([]int, len(builders)), make([]int, len(texts)) // the text that each writes in; the caret of each text
	for i := range texts {
		texts[i] = d.Define(fmt.Sprintf("t:action/%d/body", i), KindText)
	}
	var updates [][]byte
	for range 8600 {
		who := r.IntN(len(builders))
		w := builders[who]
		if r.IntN(8) == 0 {
			at[who] = r.IntN(len(texts))
		}
		t, caret := texts[at[who]], &carets[at[who]]
		if r.IntN(3) == 0 {
			*caret = r.IntN(t.Len() + 1)
		}
		switch n := r.IntN(20); {
		case n < 3:
			w.MapSet(values, fmt.Sprintf("cell/%d/mark", r.IntN(300)), r.IntN(4))
		case n < 6 && *caret > 0:
			*caret--
			w.TextDelete(t, *caret, 1)
		case n < 14:
			w.TextInsert(t, *caret, "支")
			*caret++
		default:
			w.TextInsert(t, *caret, "援会議")
			*caret += 3
		}
		if w.Err() != nil {
			b.Fatal(w.Err())
		}
		updates = append(updates, w.Update())
	}
	return updates, d
}

// BenchmarkPlan is opening a plan from its snapshot, and what it then takes of the heap.
func BenchmarkPlan(b *testing.B) {
	updates, d := planUpdates(b)
	state, err := d.Encode(nil)
	if err != nil {
		b.Fatal(err)
	}
	canonical := len(d.CanonicalJSON())
	structs := d.Structs()
	b.SetBytes(int64(len(state)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := New().ApplyWithBudget(state, Unlimited); err != nil {
			b.Fatal(err)
		}
	}
	loaded := heapOf(b, [][]byte{state})
	typed := heapOf(b, updates)
	b.ReportMetric(loaded, "heap-B/doc")
	b.ReportMetric(loaded/float64(structs), "heap-B/struct")
	b.ReportMetric(typed/float64(structs), "typed-heap-B/struct")
	b.ReportMetric(float64(structs), "structs")
	b.Logf("%d updates, %d bytes encoded, %d bytes of JSON", len(updates), len(state), canonical)
}

// heapOf is how many bytes of heap a document of these updates takes.
func heapOf(b testing.TB, updates [][]byte) float64 {
	b.Helper()
	const n = 10
	docs := make([]*Doc, n)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range docs {
		docs[i] = New()
		for _, u := range updates {
			if _, err := docs[i].ApplyWithBudget(u, Unlimited); err != nil {
				b.Fatal(err)
			}
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(docs)
	return float64(after.HeapAlloc-before.HeapAlloc) / n
}

// BenchmarkPlanApply is the updates of a plan one by one.
func BenchmarkPlanApply(b *testing.B) {
	updates, _ := planUpdates(b)
	d, i := New(), 0
	b.ReportAllocs()
	for b.Loop() {
		if i == len(updates) {
			d, i = New(), 0
		}
		if _, err := d.Apply(updates[i]); err != nil {
			b.Fatal(err)
		}
		i++
	}
}
