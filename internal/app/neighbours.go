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
}

func newNeighbours() *neighbours { return &neighbours{heard: map[string]time.Time{}} }

// listen begins to hear the others.
func (n *neighbours) listen(bus realtime.Bus, now func() time.Time) {
	bus.Subscribe(topicNodes, realtime.Listener{Gap: func() {}, Message: func(data []byte) {
		n.mu.Lock()
		defer n.mu.Unlock()
		if _, known := n.heard[string(data)]; known { // only those the database knows of are remembered
			n.heard[string(data)] = now()
		}
	}})
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
