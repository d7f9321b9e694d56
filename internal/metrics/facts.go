package metrics

import "time"

// Facts are the figures of a moment. A pointer that is nil is not known, and its metric is left out: a figure that is not there is seen by an alert, a wrong one is
// believed.
type Facts struct {
	Sockets, Rooms int
	Commits, Acks  Times
	AppendErrors   int64
	SlowClients    int64

	BusUp   bool
	BusLag  *time.Duration // one call by the bus, to this node itself; nil: there is none
	BusLost int64          // hints that were late or did not get through

	DBWaited     time.Duration
	Sessions     *int64
	AuditWaiting *int64
	Sealing      *int64         // meetings whose record is not sealed
	SealingSince *time.Duration // since the oldest of them was closed; 0: none waits

	BackupAge *time.Duration // of the newest; nil: there is none, or none is to be made
	DiskFree  *uint64
	Checks    map[string]bool // by name of the check of /readyz: whether it is well
}

// Times is how long something took, each time.
type Times struct {
	Count   int64
	Seconds float64
	Bounds  []time.Duration // of Buckets, upper bounds; the last bucket has none
	Buckets []int64         // not cumulated
}
