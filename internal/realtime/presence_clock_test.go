package realtime

import (
	"testing"
	"time"
)

// TestPresenceOfADeadNodeEndsThoughTheClockWasPutBack: what a node that died has left is dropped after its time, counted from when the clock
// was put right, not from the future in which it was heard.
func TestPresenceOfADeadNodeEndsThoughTheClockWasPutBack(t *testing.T) {
	p, now := newPresence(), time.Now()
	p.remote("n2", []awarenessEntry{{client: 7, clock: 3, state: []byte(`{}`)}}, false, now.Add(9*time.Minute))
	p.age(now, time.Hour, 30*time.Second)
	p.age(now.Add(31*time.Second), time.Hour, 30*time.Second)
	if p.states[7] != nil {
		t.Fatal("still there after 31 s")
	}
	p.gone[7] = tombstone{at: now.Add(9 * time.Minute)}
	p.age(now, time.Hour, time.Hour)
	p.age(now.Add(tombstoneAge+time.Second), time.Hour, time.Hour)
	if len(p.gone) > 0 {
		t.Fatal("remembered for ever")
	}
}

// TestPresenceIsRenewedThoughTheClockWasPutBack: a browser asleep in a background tab says nothing itself.
func TestPresenceIsRenewedThoughTheClockWasPutBack(t *testing.T) {
	p, now := newPresence(), time.Now()
	m := &member{user: []byte(`{"id":"u"}`)}
	p.set(m, []awarenessEntry{{client: 7, clock: 3, state: []byte(`{}`)}}, now.Add(9*time.Minute))
	p.age(now, 12*time.Second, time.Hour)
	p.takeDirty()
	p.age(now.Add(13*time.Second), 12*time.Second, time.Hour)
	if len(p.takeDirty()) != 1 {
		t.Fatal("not renewed")
	}
}

// TestANodeThatWasCutOffIsBelievedAtOnce: its clients were dropped because it was not heard, not because they left.
func TestANodeThatWasCutOffIsBelievedAtOnce(t *testing.T) {
	p, now := newPresence(), time.Now()
	said := []awarenessEntry{{client: 7, clock: 3, state: []byte(`{}`)}}
	p.remote("n2", said, true, now)
	p.age(now.Add(31*time.Second), time.Hour, 30*time.Second)
	if p.states[7] != nil {
		t.Fatal("not dropped")
	}
	p.remote("n2", said, true, now.Add(40*time.Second))
	if p.states[7] == nil {
		t.Fatal("not back")
	}
	// Who left is not brought back by what was said before and comes late.
	p.remote("n2", []awarenessEntry{{client: 7, clock: 4}}, false, now.Add(41*time.Second))
	p.remote("n2", said, false, now.Add(42*time.Second))
	if p.states[7] != nil {
		t.Fatal("a ghost")
	}
}
