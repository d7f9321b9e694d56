package store

import (
	"context"
	"sync"
	"time"

	"kasane/internal/access"
)

// noting gathers the audit entries of reads: what arrives while a commit is in flight shares the next one.
type noting struct {
	mu      sync.Mutex
	waiting []*note
	busy    bool
	commits int
}

// note is what one caller waits for.
type note struct {
	entries []access.Entry
	done    chan error // of one
}

// noteWithin bounds one commit of entries: it serves several callers and ends with none of them.
const noteWithin = 30 * time.Second

// AppendAudit writes entries of reads and refusals, in a transaction of their own, and returns when they are durable. Callers at the same time share a
// commit; the entries of one caller are written together or not at all. When ctx ends first it is not known whether they were.
func (s *Store) AppendAudit(ctx context.Context, entries ...access.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	n := &note{entries, make(chan error, 1)}
	s.noting.mu.Lock()
	s.noting.waiting = append(s.noting.waiting, n)
	start := !s.noting.busy
	s.noting.busy = true
	s.noting.mu.Unlock()
	if start {
		go s.writeNotes(context.WithoutCancel(ctx))
	}
	select {
	case err := <-n.done:
		return err
	case <-ctx.Done():
		return s.classify(ctx.Err())
	}
}

// writeNotes commits until nothing waits any more.
func (s *Store) writeNotes(ctx context.Context) {
	for {
		s.noting.mu.Lock()
		batch := s.noting.waiting
		s.noting.waiting, s.noting.busy = nil, len(batch) > 0
		s.noting.commits += min(len(batch), 1)
		s.noting.mu.Unlock()
		if len(batch) == 0 {
			return
		}
		err := s.putNotes(ctx, batch)
		for _, n := range batch {
			if err != nil && len(batch) > 1 { // one of them may be to blame
				n.done <- s.putNotes(ctx, []*note{n})
				continue
			}
			n.done <- err
		}
	}
}

func (s *Store) putNotes(ctx context.Context, batch []*note) error {
	ctx, cancel := context.WithTimeout(ctx, noteWithin)
	defer cancel()
	return s.lockingWrite(ctx, func(t *tx) error {
		for _, n := range batch {
			for _, e := range n.entries {
				if err := t.audit(ctx, e); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
