package app

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func TestGCPercent(t *testing.T) {
	for live, want := range map[uint64]int{0: 100, 1: 10_000, 4 << 20: 1000, 20 << 20: 200, 40 << 20: 100, 1 << 32: 100} {
		if got := gcPercent(live); got != want {
			t.Errorf("%d bytes in use: %d %%, want %d", live, got, want)
		}
	}
}

// The setting follows what is in use, collection after collection. Not parallel: it is one for the process.
func TestHeapRoomFollows(t *testing.T) {
	was := debug.SetGCPercent(100)
	t.Cleanup(func() { debug.SetGCPercent(was) })
	given := func() int {
		p := debug.SetGCPercent(50)
		debug.SetGCPercent(p)
		return p
	}
	giveHeapRoom(func(string) (string, bool) { return "80", true })
	if runtime.GC(); given() != 100 {
		t.Fatalf("GOGC was set, and is not obeyed: %d", given())
	}
	giveHeapRoom(func(string) (string, bool) { return "", false })
	settles := func(what string, ok func(int) bool) {
		t.Helper()
		for end := time.Now().Add(10 * time.Second); !ok(given()); time.Sleep(time.Millisecond) {
			if runtime.GC(); time.Now().After(end) {
				t.Fatalf("%s: %d %%", what, given())
			}
		}
	}
	settles("little in use", func(p int) bool { return p > 150 })
	much := make([][]byte, 200)
	for i := range much {
		much[i] = make([]byte, 1<<20)
	}
	settles("much in use", func(p int) bool { return p == 100 })
	runtime.KeepAlive(much)
	much = nil
	settles("little again", func(p int) bool { return p > 150 })
}
