//go:build linux

package faults_test

import (
	"syscall"
	"testing"
	"time"
)

// outAtMost is how long a restart of one node may keep a person from the meeting.
const outAtMost = 5 * time.Second

// TestRollingRestart restarts two nodes one after the other, as an upgrade does, while twelve people type: nobody loses a word, and nobody is out for long.
func TestRollingRestart(t *testing.T) {
	t.Setenv("KASANE_FAULT_PEOPLE", "12")
	s := newStage(t, 3)
	s.crowd.progress("all type")
	for i, n := range s.nodes {
		n.signal(syscall.SIGTERM)
		n.wait(t)
		n.start()
		n.well()
		d := s.crowd.progress("all type again")
		t.Logf("node %d is back; everybody's words stored again after %v", i, d.Round(time.Millisecond))
	}
	shown := s.crowd.settle()
	s.crowd.judge("on the screens", shown)
	for where, found := range s.stored() {
		if found != shown {
			t.Errorf("%s: %q; shown: %q", where, found, shown)
		}
	}
	longest, moved := time.Duration(0), 0
	for _, p := range s.crowd.people {
		p.mu.Lock()
		if longest = max(longest, p.longest); p.longest > 0 {
			moved++
		}
		p.mu.Unlock()
	}
	if moved < len(s.crowd.people)/2 {
		t.Errorf("only %d of %d people lost a connection: nothing was tried", moved, len(s.crowd.people))
	}
	if longest > outAtMost {
		t.Errorf("somebody was out for %v", longest)
	}
	t.Logf("%d of %d people had to move, the longest time out was %v", moved, len(s.crowd.people), longest.Round(time.Millisecond))
}
