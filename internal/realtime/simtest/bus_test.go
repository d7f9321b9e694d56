package simtest

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"kasane/internal/realtime"
)

// bus carries hints between the nodes of a world, badly.
type bus struct {
	mu     sync.Mutex
	rnd    *rand.Rand
	ports  map[*port]struct{}
	drop   float64
	double float64
	late   time.Duration // at most; reorders
}

// port is the bus as one node sees it.
type port struct {
	b *bus

	// under b.mu
	topics map[string]map[*realtime.Listener]struct{}
	down   bool // cut off, and the node knows
	deaf   bool // cut off, and nobody knows
	gone   bool
}

var errBusDown = errors.New("simtest: bus down")

func newBus(seed uint64) *bus {
	return &bus{rnd: rand.New(rand.NewPCG(seed, 0xb05)), ports: map[*port]struct{}{}}
}

func (b *bus) port() *port {
	p := &port{b: b, topics: map[string]map[*realtime.Listener]struct{}{}}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ports[p] = struct{}{}
	return p
}

// Publish implements realtime.Bus.
func (p *port) Publish(ctx context.Context, posts ...realtime.Post) error {
	p.b.mu.Lock()
	defer p.b.mu.Unlock()
	if p.down {
		return errBusDown
	}
	if p.deaf || p.gone {
		return nil
	}
	b := p.b
	for _, x := range posts {
		for to := range b.ports {
			times := 1
			if to != p {
				if b.rnd.Float64() < b.drop {
					times = 0
				} else if b.rnd.Float64() < b.double {
					times = 2
				}
			}
			for range times {
				d := 300 * time.Microsecond
				if b.late > 0 && to != p {
					d += time.Duration(b.rnd.Int64N(int64(b.late)))
				}
				time.AfterFunc(d, func() { to.deliver(x) })
			}
		}
	}
	return nil
}

func (p *port) deliver(x realtime.Post) {
	for _, l := range p.listeners(x.Topic) {
		l.Message(x.Data)
	}
}

// listeners are those of a topic, or of all when it is "".
func (p *port) listeners(topic string) []*realtime.Listener {
	p.b.mu.Lock()
	defer p.b.mu.Unlock()
	if p.down || p.deaf || p.gone {
		return nil
	}
	var out []*realtime.Listener
	for name, set := range p.topics {
		if topic != "" && topic != name {
			continue
		}
		for l := range set {
			out = append(out, l)
		}
	}
	return out
}

// Subscribe implements realtime.Bus.
func (p *port) Subscribe(topic string, l realtime.Listener) func() {
	p.b.mu.Lock()
	if p.topics[topic] == nil {
		p.topics[topic] = map[*realtime.Listener]struct{}{}
	}
	p.topics[topic][&l] = struct{}{}
	up := !p.down
	p.b.mu.Unlock()
	if up {
		time.AfterFunc(time.Millisecond, l.Gap)
	}
	return func() {
		p.b.mu.Lock()
		defer p.b.mu.Unlock()
		delete(p.topics[topic], &l)
	}
}

// Up implements realtime.Bus.
func (p *port) Up() bool {
	p.b.mu.Lock()
	defer p.b.mu.Unlock()
	return !p.down
}

// set changes how the node is cut off. Coming back is a gap, when the node knew.
func (p *port) set(down, deaf bool) {
	p.b.mu.Lock()
	back := p.down && !down
	p.down, p.deaf = down, deaf
	p.b.mu.Unlock()
	if back {
		for _, l := range p.listeners("") {
			l.Gap()
		}
	}
}

// kill takes the node off the bus for good.
func (p *port) kill() {
	p.b.mu.Lock()
	defer p.b.mu.Unlock()
	p.gone = true
	delete(p.b.ports, p)
}
