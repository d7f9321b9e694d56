package realtime

import (
	"context"
	"sync"
	"time"

	"kasane/internal/fault"
	"kasane/internal/live"
)

// committer appends the batches of all rooms of this node. What comes while one append is under way goes into the next, all together: nobody
// waits for a timer, and the busier the node the larger the groups.
type committer struct {
	appendDocs func(context.Context, []live.Batch) ([]live.Appended, error)
	timeout    time.Duration
	count      *counters

	mu      sync.Mutex
	waiting []commit
	busy    bool
	wake    chan struct{}
}

// commit is one batch of one room; done takes the outcome.
type commit struct {
	batch live.Batch
	done  func(c committed, alone bool)
}

type committed struct {
	out live.Appended
	err error // of the whole call: it is not known what was stored
}

// maxGroup bounds one append in batches.
const maxGroup = 256

func (c *committer) submit(x commit) {
	c.mu.Lock()
	c.waiting = append(c.waiting, x)
	c.mu.Unlock()
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// idle tells that nothing waits and nothing is under way.
func (c *committer) idle() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.waiting) == 0 && !c.busy
}

// run commits until ctx ends.
func (c *committer) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.wake:
		}
		for c.group(ctx) {
		}
	}
}

// group takes what waits into one append.
func (c *committer) group(ctx context.Context) bool {
	c.mu.Lock()
	n := min(len(c.waiting), maxGroup)
	group := c.waiting[:n:n]
	c.waiting = c.waiting[n:]
	c.busy = n > 0
	c.mu.Unlock()
	if n == 0 {
		return false
	}
	batches := make([]live.Batch, n)
	for i, x := range group {
		batches[i] = x.batch
	}
	begun := time.Now()
	limited, cancel := context.WithTimeout(ctx, c.timeout)
	out, err := c.appendDocs(limited, batches)
	cancel()
	if err == nil && len(out) != n {
		err = fault.Newf(fault.Internal, "realtime: %d outcomes for %d batches", len(out), n)
	}
	if err == nil {
		c.count.appended(time.Since(begun))
	} else {
		c.count.appendFailures.Add(1)
	}
	c.mu.Lock()
	alone := n == 1 && len(c.waiting) == 0
	c.mu.Unlock()
	for i, x := range group {
		r := committed{err: err}
		if err == nil {
			r.out = out[i]
		}
		x.done(r, alone)
	}
	return true
}
