package realtime

import (
	"testing"
	"time"
)

// Where nobody watches, the way of a keystroke is not measured and nothing is allocated for it.
func TestStrokesCostNothingUnwatched(t *testing.T) {
	r := &room{hub: &Hub{}, current: &batch{}}
	f, c := &framed{}, &committed{}
	if n := testing.AllocsPerRun(1000, func() {
		r.strokeSeen(f, r.watching())
		r.traced(r.current, c, r.watching())
	}); n != 0 || r.current.stroke != nil {
		t.Errorf("%v allocations", n)
	}
	told := 0
	r.hub.cfg.Traced = func(s Stroke) {
		if told++; s.Taken.IsZero() || s.Integrated.Before(s.Taken) || s.Published.IsZero() || s.Failed {
			t.Errorf("%+v", s)
		}
	}
	r.strokeSeen(f, r.watching())
	r.strokeSeen(f, r.watching())
	r.traced(r.current, c, time.Now())
	if told != 1 {
		t.Errorf("told %d times", told)
	}
}
