package app

import (
	"context"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// When memory is given back: a second in which little is asked for, and this much that nobody uses: a quarter of what is in use, so that a large heap is not
// looked through again and again for little. Thousands of people who only listen ask for one to two megabytes a second.
const (
	calmEvery  = time.Second
	calmBytes  = 4 << 20  // asked for within that time
	spareBytes = 12 << 20 // garbage, and free pages that are still ours, at least
)

// memory is what the runtime says of its own.
type memory struct {
	asked uint64 // bytes ever asked for
	live  uint64 // what the last collection left
	used  uint64 // objects, dead ones among them
	free  uint64 // pages without objects that were not given back
}

func readMemory() memory {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}, {Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/free:bytes"}}
	metrics.Read(s)
	return memory{s[0].Value.Uint64(), s[1].Value.Uint64(), s[2].Value.Uint64(), s[3].Value.Uint64()}
}

// calm tells whether little was asked for since, and enough can be given back for a collection to be worth it.
func (m memory) calm(since memory) bool {
	return m.asked-since.asked < calmBytes && m.used-min(m.live, m.used)+m.free > max(spareBytes, m.live/4)
}

// giveBack returns memory to the system when a rush is over: hundreds of people who came in the same minute, a large export. The collector alone would keep it: it
// comes back only when the heap has grown again, which it does not while everybody is quiet. One collection of a calm server costs some milliseconds.
func giveBack(ctx context.Context) error {
	last := readMemory()
	tick := time.NewTicker(calmEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		now := readMemory()
		if now.calm(last) {
			runtime.GC() // each collection halves the stacks that have become too large
			debug.FreeOSMemory()
			now = readMemory()
		}
		last = now
	}
}
