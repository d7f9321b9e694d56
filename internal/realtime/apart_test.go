package realtime_test

import (
	"sync/atomic"
	"testing"
	"time"

	"kasane/internal/realtime"
)

// partial is what a member was told last of whether people are missing from what it is shown; nil: nothing.
func (o *open) partial() any {
	var last any
	for _, n := range o.notices {
		if n["type"] == "presence" {
			last = n["partial"]
		}
	}
	return last
}

// TestMembersAreToldOfAPartialPresence: while the bus is down, and who comes meanwhile; on documents and on channels. No word of it when all is well.
func TestMembersAreToldOfAPartialPresence(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	bus := &badBus{Bus: w.bus}
	n := w.node(func(c *realtime.Config) { c.Bus, c.Channels = bus, &meetings{} })
	a, m := n.dial("a").open(doc1, "").ready(), n.dial("m").open("m.meet1", "")
	m.until("in the channel", func() bool { return m.scope == "readonly" })
	for _, o := range []*open{a, m} {
		o.b.never("told for nothing", 150*time.Millisecond, func() bool { return o.partial() != nil })
	}
	bus.down.Store(true)
	for _, o := range []*open{a, m} {
		o.until("told", func() bool { return o.partial() == true && o.notice("presence")["message"] != "" })
	}
	b := n.dial("b").open(doc1, "").ready()
	b.until("told at entry", func() bool { return b.partial() == true })
	bus.down.Store(false)
	for _, o := range []*open{a, m, b} {
		o.until("told of the end", func() bool { return o.partial() == false })
	}
	c := n.dial("c").open(doc1, "").ready()
	c.b.never("told for nothing", 100*time.Millisecond, func() bool { return c.partial() != nil })
}

// TestApartIsAsked: with Redis up on this node the other one may still be out of hearing; and a lone node whose Redis is away misses nobody.
func TestApartIsAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	bus := &badBus{Bus: w.bus}
	var apart atomic.Bool
	n := w.node(func(c *realtime.Config) { c.Bus, c.Apart = bus, apart.Load })
	a := n.dial("a").open(doc1, "").ready()
	bus.down.Store(true)
	a.b.never("told for nothing", 150*time.Millisecond, func() bool { return a.partial() != nil })
	bus.down.Store(false)
	apart.Store(true)
	a.until("told", func() bool { return a.partial() == true })
}
