package app

import "testing"

// Memory is given back when little is asked for and much lies idle, and not while people work.
func TestCalm(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		since, now memory
		want       bool
	}{
		"after a rush":        {memory{asked: 1 << 30}, memory{asked: 1<<30 + 1000, live: 50 << 20, used: 90 << 20}, true},
		"free pages":          {memory{}, memory{live: 50 << 20, used: 50 << 20, free: 30 << 20}, true},
		"in the rush":         {memory{asked: 1 << 30}, memory{asked: 1<<30 + 5<<20, live: 50 << 20, used: 90 << 20}, false},
		"nothing to give":     {memory{}, memory{live: 50 << 20, used: 60 << 20, free: 1 << 20}, false},
		"just collected":      {memory{}, memory{live: 50 << 20, used: 49 << 20}, false},
		"thousands listen":    {memory{asked: 1 << 30}, memory{asked: 1<<30 + 3<<20, live: 50 << 20, used: 60 << 20, free: 4 << 20}, true},
		"little of a large":   {memory{}, memory{live: 400 << 20, used: 450 << 20, free: 20 << 20}, false},
		"a small idle server": {memory{}, memory{live: 5 << 20, used: 14 << 20, free: 2 << 20}, false},
	} {
		if got := x.now.calm(x.since); got != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if m := readMemory(); m.asked == 0 || m.used == 0 {
		t.Errorf("the runtime says nothing: %+v", m)
	}
}
