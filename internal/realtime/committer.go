package realtime

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"kasane/internal/fault"
	"kasane/internal/live"
)

// committer appends the batches of all rooms of this node. What comes while one append is under way goes into the next, all together: the busier the
// node the larger the groups. Nobody waits for a timer, but where many write into one document at once: there each commit costs a frame to every member,
// and a few milliseconds of gathering save most of them.
type committer struct {
	appendDocs func(context.Context, []live.Batch) ([]live.Appended, error)
	timeout    time.Duration
	count      *counters
	log        *slog.Logger
	slow       time.Duration

	mu      sync.Mutex
	waiting []commit
	busy    bool
	wake    chan struct{}
	told    time.Time // when a slow commit was last told of
}

// commit is one batch of one room; done takes the outcome.
type commit struct {
	batch live.Batch
	done  func(c committed, alone bool)
}

type committed struct {
	out live.Appended
	err error // of the whole call: it is not known what was stored

	begun, ended time.Time
}

const (
	// maxGroup bounds one append in batches.
	maxGroup = 256
	// crowded is how many changes of one document in one commit tell that many write into it; gather is then the shortest time from one commit to
	// the next.
	crowded = 3
	gather  = 4 * time.Millisecond
)

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
		for more := true; more; {
			begun := time.Now()
			var rows int
			if rows, more = c.group(ctx); rows >= crowded {
				pause(ctx, gather-time.Since(begun))
			}
		}
	}
}

// pause waits, unless ctx ends.
func pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// group takes what waits into one append, and tells how many changes there were in the largest batch of it; false if nothing waited.
func (c *committer) group(ctx context.Context) (rows int, more bool) {
	c.mu.Lock()
	n := min(len(c.waiting), maxGroup)
	group := c.waiting[:n:n]
	c.waiting = c.waiting[n:]
	c.busy = n > 0
	c.mu.Unlock()
	if n == 0 {
		return 0, false
	}
	batches := make([]live.Batch, n)
	for i, x := range group {
		batches[i] = x.batch
		rows = max(rows, len(x.batch.Rows))
	}
	begun := time.Now()
	limited, cancel := context.WithTimeout(ctx, c.timeout)
	out, err := c.appendDocs(limited, batches)
	cancel()
	if err == nil && len(out) != n {
		err = fault.Newf(fault.Internal, "realtime: %d outcomes for %d batches", len(out), n)
	}
	took := time.Since(begun)
	if err == nil {
		c.count.appends.add(took)
	} else {
		c.count.appendFailures.Add(1)
	}
	if took >= c.slow {
		c.tellSlow(batches, took)
	}
	c.mu.Lock()
	alone := n == 1 && len(c.waiting) == 0
	c.mu.Unlock()
	for i, x := range group {
		r := committed{err: err, begun: begun, ended: begun.Add(took)}
		if err == nil {
			r.out = out[i]
		}
		x.done(r, alone)
	}
	return rows, true
}

// tellSlow says that a commit took long, once a minute at most: who committed has to wait for the disk or the database.
func (c *committer) tellSlow(batches []live.Batch, took time.Duration) {
	if time.Since(c.told) < slowQuietly {
		return
	}
	c.told = time.Now()
	rows := 0
	for _, b := range batches {
		rows += len(b.Rows)
	}
	c.log.Warn("realtime: slow commit", "ms", took.Milliseconds(), "documents", len(batches), "rows", rows, "first", batches[0].DocID)
}
