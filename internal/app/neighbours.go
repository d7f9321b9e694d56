package app

import (
	"sync"
	"time"

	"kasane/internal/realtime"
	"kasane/internal/store"
)

const (
	topicNodes = "nodes"
	// unheardAfter is longer than a dead node counts as running: who died is missing, not out of hearing.
	unheardAfter = store.NodeTimeout + heartbeatEvery
)

// neighbours compares the nodes that the database knows of with those heard by the bus. They differ when a node has no Redis, another one, or cannot
// reach it: each of them believes that all is well.
type neighbours struct {
	mu      sync.Mutex
	heard   map[string]time.Time // by node: when it was heard last by the bus, or first seen in the database
	others  bool                 // there are other nodes
	unheard bool                 // and one of them is out of hearing
	called  time.Time            // when this node last called by the bus; zero: not yet
	lag     time.Duration        // until it heard itself
	waits   bool                 // it has not heard itself yet
}

func newNeighbours() *neighbours { return &neighbours{heard: map[string]time.Time{}} }

// listen begins to hear the others.
func (n *neighbours) listen(bus realtime.Bus, self string, now func() time.Time) {
	bus.Subscribe(topicNodes, realtime.Listener{Gap: func() {}, Message: func(data []byte) {
		n.mu.Lock()
		defer n.mu.Unlock()
		if string(data) == self && n.waits {
			n.waits, n.lag = false, time.Since(n.called)
		}
		if _, known := n.heard[string(data)]; known { // only those the database knows of are remembered
			n.heard[string(data)] = now()
		}
	}})
}

// calls notes that this node calls by the bus now.
func (n *neighbours) calls() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.waits { // a call that was lost goes on to count
		n.called, n.waits = time.Now(), true
	}
}

// late is how long the last call took until this node heard it itself, or has taken so far; false before the first.
func (n *neighbours) late() (time.Duration, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if since := time.Since(n.called); n.waits && since > n.lag {
		return since, true
	}
	return n.lag, !n.called.IsZero()
}

// look takes the nodes that the database knows of.
func (n *neighbours) look(nodes []store.Node, self string, now time.Time) {
	n.mu.Lock()
	defer n.mu.Unlock()
	heard := map[string]time.Time{}
	n.others, n.unheard = false, false
	for _, x := range nodes {
		if x.ID == self {
			continue
		}
		at, known := n.heard[x.ID]
		if !known {
			at = now
		}
		heard[x.ID] = at
		n.others = true
		n.unheard = n.unheard || now.Sub(at) > unheardAfter
	}
	n.heard = heard
}

// apart tells whether people on other nodes may be missing from what is shown here, by whether the bus works.
func (n *neighbours) apart(up bool) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.others && (!up || n.unheard)
}

func (n *neighbours) outOfHearing() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.unheard
}

// apart is asked by the hub. Nodes without Redis never hear another one.
func (h *house) apart() bool { return h.neighbours.apart(h.bus.kind == busRedis && h.bus.Up()) }
