package app

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// heapRoom is how much a small heap may grow between two collections, in bytes. By its own rule the collector of a process with 5 MB in use comes back
// after every 5 MB; in a meeting of fifty people it took a twelfth of the processor time.
const heapRoom = 40 << 20

// giveHeapRoom lets small heaps grow by heapRoom before they are collected; heaps above that are collected when they have doubled, as always. It looks
// again after each collection. Who set GOGC has decided otherwise.
func giveHeapRoom(lookup func(string) (string, bool)) {
	if _, set := lookup("GOGC"); set {
		return
	}
	tuneHeap()
}

// leanHeap is for a command that carries everything there is from one place to another, a row at a time: a row may hold a file of 20 MB, and copies that are done with are not to
// pile up until there are as many as were ever in use at once. Who set GOGC has decided otherwise.
func leanHeap(lookup func(string) (string, bool)) (back func()) {
	if _, set := lookup("GOGC"); set {
		return func() {}
	}
	before := debug.SetGCPercent(20)
	return func() { debug.SetGCPercent(before) }
}

func tuneHeap() {
	debug.SetGCPercent(gcPercent(liveHeap()))
	cycle := new([16]byte) // dies at once, and is noticed by the next collection
	runtime.SetFinalizer(cycle, func(*[16]byte) { tuneHeap() })
}

// gcPercent is the growth in percent of what a collection left that brings on the next one.
func gcPercent(live uint64) int {
	if live == 0 || live >= heapRoom {
		return 100
	}
	return int(min(heapRoom*100/live, 10_000))
}

// liveHeap is what the last collection left, in bytes; 0 before the first.
func liveHeap() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	if s[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return s[0].Value.Uint64()
}
