package realtime

import (
	"sync/atomic"
	"time"
)

// timeBounds are the upper bounds of the buckets of Times.
var timeBounds = [...]time.Duration{time.Millisecond, 2 * time.Millisecond, 5 * time.Millisecond, 10 * time.Millisecond, 20 * time.Millisecond,
	50 * time.Millisecond, 100 * time.Millisecond, 250 * time.Millisecond, 500 * time.Millisecond, time.Second, 5 * time.Second}

// Stats are the figures of this node. Counters only grow.
type Stats struct {
	Connections int
	Rooms       int
	Documents   int   // loaded
	DocBytes    int64 // of memory that they take, about
	QueuedBytes int64 // waiting to be read by clients
	BusUp       bool

	Appends        Times // calls that committed
	AppendFailures int64 // calls that failed
	Acks           Times // from a change to its 保存済み

	Updates     int64     // changes committed
	Refused     int64     // changes refused
	GapRepairs  int64     // times rows had to be read from the log
	Reloads     int64     // times a room had to load its document again
	Withdrawn   int64     // documents taken from a connection because the right to read was lost
	SlowAcks    int64     // changes whose 保存済み came late
	LastSlow    time.Time // the newest of them
	SlowClients int64     // connections cut because they did not read
	HintsLost   int64     // bus messages that could not be posted or taken in time
	CutPairs    int64     // surrogate pairs cut by editors
}

// Times (所要時間の分布) is how long something took, each time.
type Times struct {
	Count   int64
	Seconds float64         // all together
	Bounds  []time.Duration // of Buckets, upper bounds; the last bucket has none
	Buckets []int64         // not cumulated
}

type counters struct {
	appends, acks                                                                             times
	appendFailures                                                                            atomic.Int64
	updates, refused, repairs, reloads, withdrawn, slow, hintsLost, cutPairs, conns, resident atomic.Int64
	slowAcks, lastSlow                                                                        atomic.Int64
}

// times counts them.
type times struct {
	nanos   atomic.Int64
	buckets [len(timeBounds) + 1]atomic.Int64
}

func (t *times) add(d time.Duration) {
	t.nanos.Add(int64(d))
	i := 0
	for i < len(timeBounds) && d > timeBounds[i] {
		i++
	}
	t.buckets[i].Add(1)
}

func (t *times) read() Times {
	out := Times{Seconds: time.Duration(t.nanos.Load()).Seconds(), Bounds: timeBounds[:]}
	for i := range t.buckets {
		n := t.buckets[i].Load()
		out.Count += n
		out.Buckets = append(out.Buckets, n)
	}
	return out
}

// ByTenant counts the connections of this node by municipality.
func (h *Hub) ByTenant() map[string]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := map[string]int{}
	for c := range h.conns {
		if c.actor.Tenant != "" {
			out[c.actor.Tenant]++
		}
	}
	return out
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
	return Stats{Connections: int(c.conns.Load()), Rooms: rooms, Documents: documents, DocBytes: c.resident.Load(), QueuedBytes: int64(queued), BusUp: h.cfg.Bus.Up(),
		Appends: c.appends.read(), AppendFailures: c.appendFailures.Load(), Acks: c.acks.read(), Updates: c.updates.Load(), Refused: c.refused.Load(),
		GapRepairs: c.repairs.Load(), Reloads: c.reloads.Load(), Withdrawn: c.withdrawn.Load(), SlowClients: c.slow.Load(), SlowAcks: c.slowAcks.Load(), LastSlow: moment(c.lastSlow.Load()),
		HintsLost: c.hintsLost.Load(), CutPairs: c.cutPairs.Load()}
}

// moment is a time kept as nanoseconds; 0 is none.
func moment(nanos int64) time.Time {
	if nanos == 0 {
		return time.Time{}
	}
	return time.Unix(0, nanos)
}
