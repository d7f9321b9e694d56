package main

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"
)

// TestMain lets the bench start its servers from this test: Kasane in its own program, and the relay.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && (os.Args[1] == "kasane" || os.Args[1] == "-relay") {
		main()
		return
	}
	os.Exit(m.Run())
}

// TestBenchRuns holds that the bench runs, that every edit arrives at everybody on every server, and that the measures are judged. It says nothing
// about speed.
func TestBenchRuns(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Fatal("node is missing: run make deps")
	}
	*profile, *dataDir = t.TempDir(), t.TempDir()
	*which, *scenarios = "kasane-sqlite,kasane-yws,hocuspocus,y-websocket,relay", "S1"
	b := &bench{ctx: context.Background(), d: time.Second}
	if err := b.all(); err != nil {
		t.Fatal(err)
	}
	if len(b.measures) < 3 {
		t.Errorf("only %d measures were judged", len(b.measures))
	}
	for name, r := range b.runs[0].results {
		if want := 50 * 49; r.lost != 0 || r.edits.n != want {
			t.Errorf("%s: %d deliveries of %d, %d lost", name, r.edits.n, want, r.lost)
		}
		if r.cpu <= 0 || r.rss <= 0 || r.bytes <= 0 {
			t.Errorf("%s: nothing measured: %+v", name, r)
		}
	}
}

func TestFirstStruct(t *testing.T) {
	for _, c := range []struct {
		name  string
		u     []byte
		clock uint64
	}{
		{"first letter", letter(77, 0), 0},
		{"next letter", letter(77, 300), 300},
		{"first value", scalar(77, 0, "lead", "x"), 0},
		{"next value", scalar(77, 9, "lead", "x"), 9},
	} {
		if client, clock, n := firstStruct(c.u); client != 77 || clock != c.clock || n != 1 {
			t.Errorf("%s: client %d, clock %d, %d long", c.name, client, clock, n)
		}
	}
}
