package app

import (
	"context"
	"testing"
	"time"

	"kasane/internal/realtime"
	"kasane/internal/store"
)

func TestNeighbours(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC)
	bus, n := realtime.NewLocalBus(), newNeighbours()
	n.listen(bus, "a/1", func() time.Time { return now })
	two := []store.Node{{ID: "a/1", Bus: busRedis}, {ID: "b/1", Bus: busRedis}}
	round := func(says ...string) {
		now = now.Add(heartbeatEvery)
		for _, id := range says {
			if err := bus.Publish(context.Background(), realtime.Post{Topic: topicNodes, Data: []byte(id)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	n.look(two[:1], "a/1", now)
	if n.apart(false) {
		t.Error("a lone node misses somebody")
	}
	n.look(two, "a/1", now)
	if n.apart(true) {
		t.Error("not given time to be heard")
	}
	if !n.apart(false) {
		t.Error("no bus, and nobody is missed")
	}
	for range 10 {
		round("a/1", "b/1", "nobody/1")
		n.look(two, "a/1", now)
		if n.apart(true) {
			t.Fatal("heard, and missed")
		}
	}
	if _, kept := n.heard["nobody/1"]; kept {
		t.Error("remembers whoever says a name")
	}
	for range 4 {
		round("a/1")
		n.look(two, "a/1", now)
	}
	if n.apart(true) {
		t.Error("missed before it would be known to have died")
	}
	round("a/1")
	n.look(two, "a/1", now)
	if !n.apart(true) || !n.outOfHearing() {
		t.Error("out of hearing, and nobody says so")
	}
	round("a/1", "b/1")
	n.look(two, "a/1", now)
	if n.apart(true) {
		t.Error("heard again, and still missed")
	}
	n.look(two[:1], "a/1", now)
	if n.apart(false) {
		t.Error("misses who has left")
	}
}
