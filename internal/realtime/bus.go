package realtime

import (
	"context"
	"sync"
)

// Post is one message for one topic.
type Post struct {
	Topic string
	Data  []byte
}

// Listener receives what is posted to a topic. Both functions are called from goroutines of the bus and must return at once.
type Listener struct {
	Message func(data []byte)
	// Gap is called when the subscription takes effect, and again each time it does after having been lost: whatever was
	// posted before may be missing.
	Gap func()
}

// Bus carries hints between nodes: at most once, to everybody subscribed at that moment, the sender's own node included. What is posted to one topic
// in one call arrives in that order; nothing else is promised. Contract in bustest.Bus, a suite every implementation passes.
type Bus interface {
	// Publish posts. It may wait for the network, within ctx; an error means that some may not have been posted.
	Publish(ctx context.Context, posts ...Post) error
	// Subscribe begins to listen to a topic and returns how to stop; after that returns, at most one call under way may still arrive. Several
	// listeners may listen to one topic.
	Subscribe(topic string, l Listener) (stop func())
	// Up tells whether posts reach other nodes at present, as far as is known.
	Up() bool
}

// LocalBus is the Bus of a single node: it delivers at once, to listeners of this process only.
type LocalBus struct {
	mu     sync.Mutex
	topics map[string]map[*Listener]struct{}
}

// NewLocalBus makes one.
func NewLocalBus() *LocalBus { return &LocalBus{topics: map[string]map[*Listener]struct{}{}} }

// Publish implements Bus.
func (b *LocalBus) Publish(ctx context.Context, posts ...Post) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, p := range posts {
		b.mu.Lock()
		listeners := make([]*Listener, 0, len(b.topics[p.Topic]))
		for l := range b.topics[p.Topic] {
			listeners = append(listeners, l)
		}
		b.mu.Unlock()
		for _, l := range listeners {
			l.Message(p.Data)
		}
	}
	return nil
}

// Subscribe implements Bus.
func (b *LocalBus) Subscribe(topic string, l Listener) func() {
	p := &l
	b.mu.Lock()
	if b.topics[topic] == nil {
		b.topics[topic] = map[*Listener]struct{}{}
	}
	b.topics[topic][p] = struct{}{}
	b.mu.Unlock()
	l.Gap()
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.topics[topic], p)
		if len(b.topics[topic]) == 0 {
			delete(b.topics, topic)
		}
	}
}

// Up implements Bus: there is no other node.
func (b *LocalBus) Up() bool { return true }

// SilentBus is the Bus of a node that cannot call others: the only one of its database, or one without Redis. Nothing is posted.
type SilentBus struct{}

// Publish implements Bus.
func (SilentBus) Publish(ctx context.Context, _ ...Post) error { return ctx.Err() }

// Subscribe implements Bus.
func (SilentBus) Subscribe(_ string, l Listener) func() {
	l.Gap()
	return func() {}
}

// Up implements Bus.
func (SilentBus) Up() bool { return true }
