package realtime

import (
	"sync/atomic"
	"time"
)

// appendBounds are the upper bounds of the append latency buckets.
var appendBounds = [...]time.Duration{time.Millisecond, 2 * time.Millisecond, 5 * time.Millisecond, 10 * time.Millisecond, 20 * time.Millisecond,
	50 * time.Millisecond, 100 * time.Millisecond, 250 * time.Millisecond, 500 * time.Millisecond, time.Second, 5 * time.Second}

// Stats are the figures of this node. Counters only grow.
type Stats struct {
	Connections int
	Rooms       int
	Documents   int   // loaded
	DocBytes    int64 // of memory that they take, about
	QueuedBytes int64 // waiting to be read by clients
	BusUp       bool

	Appends        int64 // calls that committed
	AppendFailures int64 // calls that failed
	AppendSeconds  float64
	AppendBounds   []time.Duration // of AppendBuckets, upper bounds; the last bucket has none
	AppendBuckets  []int64         // calls by latency, not cumulated

	Updates     int64 // changes committed
	Refused     int64 // changes refused
	GapRepairs  int64 // times rows had to be read from the log
	Reloads     int64 // times a room had to load its document again
	Withdrawn   int64 // documents taken from a connection because the right to read was lost
	SlowClients int64 // connections cut because they did not read
	HintsLost   int64 // bus messages that could not be posted or taken in time
	CutPairs    int64 // surrogate pairs cut by editors
}

type counters struct {
	appends, appendFailures, appendNanos                                                      atomic.Int64
	buckets                                                                                   [len(appendBounds) + 1]atomic.Int64
	updates, refused, repairs, reloads, withdrawn, slow, hintsLost, cutPairs, conns, resident atomic.Int64
}

func (c *counters) appended(d time.Duration) {
	c.appends.Add(1)
	c.appendNanos.Add(int64(d))
	i := 0
	for i < len(appendBounds) && d > appendBounds[i] {
		i++
	}
	c.buckets[i].Add(1)
}

// Stats gives the figures of this moment.
func (h *Hub) Stats() Stats {
	h.mu.Lock()
	rooms, documents, queued := len(h.rooms), 0, 0
	for _, r := range h.rooms {
		if r.weight.Load() > 0 {
			documents++
		}
	}
	for c := range h.conns {
		c.mu.Lock()
		queued += c.queued
		c.mu.Unlock()
	}
	h.mu.Unlock()
	c := &h.count
	s := Stats{Connections: int(c.conns.Load()), Rooms: rooms, Documents: documents, DocBytes: c.resident.Load(), QueuedBytes: int64(queued), BusUp: h.cfg.Bus.Up(), Appends: c.appends.Load(), AppendFailures: c.appendFailures.Load(),
		AppendSeconds: time.Duration(c.appendNanos.Load()).Seconds(), AppendBounds: appendBounds[:], Updates: c.updates.Load(), Refused: c.refused.Load(),
		GapRepairs: c.repairs.Load(), Reloads: c.reloads.Load(), Withdrawn: c.withdrawn.Load(), SlowClients: c.slow.Load(),
		HintsLost: c.hintsLost.Load(), CutPairs: c.cutPairs.Load()}
	for i := range c.buckets {
		s.AppendBuckets = append(s.AppendBuckets, c.buckets[i].Load())
	}
	return s
}
