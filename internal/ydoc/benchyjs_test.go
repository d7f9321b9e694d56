package ydoc

import (
	"encoding/binary"
	"encoding/json"
	"runtime"
	"testing"
	"time"
)

// BenchmarkBesideYjs types the trace in yjs, gives the updates it sent to both, one by one, then the encoded document, and reports what each took
// and Kasane's share of yjs's time: x-apply, x-load. The rounds of the two alternate. Time goes to the best round of each: what is above is the
// machine. KASANE_TRACE=B4 of the automerge paper; `make bench-ydoc` runs it.
func BenchmarkBesideYjs(b *testing.B) {
	edits, err := json.Marshal(patches(trace(b)))
	if err != nil {
		b.Fatal(err)
	}
	updates := unframed(ask(b, "typed", edits)[0])
	state := ask(b, "state")[0]
	const rounds = 5
	var ours, theirs timings
	for range rounds {
		ours.take(b, updates, state)
		theirs.ask(b)
	}
	d := apply(b, New(), updates...)
	again, err := d.Encode(nil)
	if err != nil {
		b.Fatal(err)
	}
	if string(again) != string(state) {
		b.Fatal("the encoded documents differ")
	}
	for b.Loop() { // it forgets what was reported before it
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(len(updates)), "updates")
	b.ReportMetric(float64(ours.apply.Nanoseconds())/float64(len(updates)), "ns/update")
	b.ReportMetric(float64(theirs.apply.Nanoseconds())/float64(len(updates)), "yjs-ns/update")
	b.ReportMetric(float64(ours.apply)/float64(theirs.apply), "x-apply")
	b.ReportMetric(float64(ours.load.Microseconds())/1e3, "load-ms")
	b.ReportMetric(float64(theirs.load.Microseconds())/1e3, "yjs-load-ms")
	b.ReportMetric(float64(ours.load)/float64(theirs.load), "x-load")
	b.ReportMetric(float64(ours.heap)/1e6, "heap-MB")
	b.ReportMetric(float64(theirs.heap)/1e6, "yjs-heap-MB")
	b.ReportMetric(float64(len(state))/1e3, "state-kB")
}

func patches(edits []edit) [][3]any {
	out := make([][3]any, len(edits))
	for i, e := range edits {
		out[i] = [3]any{e.pos, e.del, e.ins}
	}
	return out
}

// unframed takes apart what the oracle sends as one: each update after its length in four bytes.
func unframed(b []byte) (updates [][]byte) {
	for len(b) > 0 {
		n := binary.BigEndian.Uint32(b)
		updates, b = append(updates, b[4:4+n]), b[4+n:]
	}
	return updates
}

// timings is the best of several rounds, and the memory of a loaded document after the last of them.
type timings struct {
	apply, load time.Duration
	heap        uint64
}

func (t *timings) better(apply, load time.Duration, heap uint64) {
	if t.apply == 0 || apply < t.apply {
		t.apply = apply
	}
	if t.load == 0 || load < t.load {
		t.load = load
	}
	t.heap = heap
}

func (t *timings) take(b *testing.B, updates [][]byte, state []byte) {
	runtime.GC()
	start := time.Now()
	d := New()
	for _, u := range updates {
		if _, err := d.Apply(u); err != nil {
			b.Fatal(err)
		}
	}
	applied := time.Since(start)
	runtime.KeepAlive(d)
	d = nil
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start = time.Now()
	e := New()
	if _, err := e.ApplyWithBudget(state, Unlimited); err != nil {
		b.Fatal(err)
	}
	loaded := time.Since(start)
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(e)
	t.better(applied, loaded, after.HeapAlloc-before.HeapAlloc)
}

func (t *timings) ask(b *testing.B) {
	var took struct {
		Apply, Load float64 // milliseconds
		Heap        uint64
	}
	if err := json.Unmarshal(ask(b, "time")[0], &took); err != nil {
		b.Fatal(err)
	}
	ms := func(f float64) time.Duration { return time.Duration(f * float64(time.Millisecond)) }
	t.better(ms(took.Apply), ms(took.Load), took.Heap)
}
