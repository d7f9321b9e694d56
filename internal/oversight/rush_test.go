package oversight

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/jptime"
)

// The sliding window counts what counting every window anew counts; and it keeps no more than the cases of a window.
func TestRushAgainstCountingAnew(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		window, most := time.Hour, 1+rnd.IntN(6)
		at := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
		var looks []Look
		for range 400 {
			at = at.Add(time.Duration(rnd.IntN(3)) * time.Duration(rnd.IntN(25)) * time.Minute)
			looks = append(looks, Look{At: at, Actor: fmt.Sprint("u", rnd.IntN(3)), Case: fmt.Sprint("c", rnd.IntN(12)), Verb: access.VerbCaseOpen})
		}
		r := newRush("hour", window, most)
		over := map[string]int{} // per actor: how many looks stand in a window that is over
		peak := map[string]int{}
		for i, l := range looks {
			r.see(l)
			cases := map[string]bool{}
			for _, o := range looks[:i+1] {
				if o.Actor == l.Actor && o.At.After(l.At.Add(-window)) {
					cases[o.Case] = true
				}
			}
			if n := len(r.people[l.Actor].last); n != len(cases) {
				t.Fatalf("seed %d, look %d: %d cases in the window, want %d", seed, i, n, len(cases))
			}
			if len(r.people[l.Actor].order) > 2*len(cases)+65 {
				t.Fatalf("seed %d: %d places are kept for %d cases", seed, len(r.people[l.Actor].order), len(cases))
			}
			if len(cases) > most {
				over[l.Actor]++
				peak[l.Actor] = max(peak[l.Actor], len(cases))
			}
		}
		got := map[string]int{}
		for _, b := range r.done() {
			got[b.ActorID] = max(got[b.ActorID], b.Cases)
			if b.To.Before(b.From) || b.Cases <= most {
				t.Errorf("seed %d: %+v", seed, b)
			}
		}
		for actor := range over {
			if got[actor] != peak[actor] {
				t.Errorf("seed %d: %s had %d at most, the report says %d", seed, actor, peak[actor], got[actor])
			}
		}
		if len(got) != len(over) {
			t.Errorf("seed %d: %v, want %v", seed, got, over)
		}
	}
}

func TestPeriod(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 1, 20, 0, 0, 0, time.UTC) // 2 June in Japan
	from, to, err := period("", "", now)
	if err != nil || !from.Equal(jptime.Date{Year: 2026, Month: 5, Day: 3}.Time()) || !to.Equal(jptime.Date{Year: 2026, Month: 6, Day: 3}.Time()) {
		t.Error(from, to, err)
	}
	if from, to, err = period("2025-06-01", "2026-06-01", now); err != nil || to.Sub(from) != 366*24*time.Hour {
		t.Error(from, to, err)
	}
	for _, bad := range [][2]string{{"2025-05-31", "2026-06-01"}, {"2026-06-02", "2026-06-01"}, {"R8.6.1", ""}, {"", "2026-13-01"}} {
		if _, _, err := period(bad[0], bad[1], now); err == nil {
			t.Errorf("%v is taken", bad)
		}
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	k := Key{time.UnixMicro(1780272000000001).UTC(), "01jz"}
	if got, err := parseKey(k.String()); err != nil || got != k {
		t.Error(got, err)
	}
	for _, bad := range []string{"x", "1.", ".a", "a.b", "1780272000000001"} {
		if _, err := parseKey(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	if err := DefaultSettings().check(); err != nil {
		t.Error(err)
	}
	for _, bad := range []Settings{{From: "8", To: "17:15", PerHour: 1, PerDay: 1}, {From: "17:15", To: "08:30", PerHour: 1, PerDay: 1}, {From: "08:30", To: "25:00", PerHour: 1, PerDay: 1},
		{From: "08:30", To: "17:15", PerDay: 1}, {From: "08:30", To: "17:15", PerHour: 1, PerDay: 1001}} {
		if bad.check() == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
	h := DefaultSettings().hours(jptime.Date{Year: 2026, Month: 9, Day: 18}.Time(), jptime.Date{Year: 2026, Month: 9, Day: 25}.Time())
	if h.From != 510 || h.To != 1035 || len(h.Closed) != 3 {
		t.Errorf("%+v", h)
	}
}
