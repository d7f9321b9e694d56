package web

import (
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

func TestPaceOfASession(t *testing.T) {
	t.Parallel()
	var p pacer
	now := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	one, two := access.Actor{SessionID: "1"}, access.Actor{SessionID: "2"}
	run := func(a access.Actor, heavy bool) (n int) {
		for p.take(a, heavy, now) == nil {
			if n++; n > 1000 {
				break
			}
		}
		return n
	}
	if n := run(one, true); n != heavyBurst {
		t.Errorf("%d heavy requests at once", n)
	}
	if n := run(one, false); n < paceBurst-heavyBurst-2 || n > paceBurst-heavyBurst {
		t.Errorf("%d more", n)
	}
	if err := p.take(one, false, now); !fault.Is(err, fault.RateLimited) {
		t.Error(err)
	}
	if n := run(two, false); n != paceBurst {
		t.Errorf("another session is held up: %d", n)
	}
	now = now.Add(time.Second)
	if n := run(one, false); n != paceEvery {
		t.Errorf("%d a second later", n)
	}
	if n := run(access.Actor{}, true); n < 1000 {
		t.Errorf("nobody in particular is counted: %d", n)
	}
	now = now.Add(2 * paceForget)
	_ = p.take(two, false, now)
	if len(p.all) != 1 {
		t.Errorf("%d sessions are remembered", len(p.all))
	}
}

// A session that reads everything it may, one after the other, is stopped; a colleague in the same office is not.
func TestReadingAMunicipalityEmpty(t *testing.T) {
	t.Parallel()
	h := settled(t)
	greedy, colleague := h.as("secretariat"), h.as("city")
	stopped := false
	for range 2 * heavyBurst {
		a := greedy.post("/api/cases/search", map[string]any{"q": "K2025"})
		if stopped = a.status == 429; stopped {
			if a.header.Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
			break
		}
	}
	if !stopped {
		t.Error("nothing stops it")
	}
	if a := colleague.get("/api/cases"); a.status != 200 {
		t.Errorf("a colleague: %d", a.status)
	}
	if a := greedy.get("/api/session"); a.status != 200 {
		t.Errorf("the page itself: %d", a.status)
	}
}
