package store_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// Readers at the same time share commits; each returns when its own entry is there, and one that may not be written fails alone.
func TestReadsShareACommit(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		const readers = 60
		together := func(round string, bad int) {
			var wg sync.WaitGroup
			gate := make(chan struct{})
			for i := range readers {
				wg.Go(func() {
					<-gate
					id := fmt.Sprint(round, i)
					e := w.Entry(id, access.VerbCaseOpen)
					if i == bad {
						e.ID = "e01" // is there already
					}
					err := s.AppendAudit(ctx, e)
					if (i == bad) != (err != nil) {
						t.Errorf("reader %d: %v", i, err)
					}
					if i != bad && store.Count(ctx, s, "audit_entry WHERE id = '"+id+"'") != 1 {
						t.Errorf("reader %d reads before its entry is there", i)
					}
				})
			}
			close(gate)
			wg.Wait()
		}
		before := store.NoteCommits(s)
		together("read", -1)
		if n := store.NoteCommits(s) - before; n > readers/2 {
			t.Errorf("%d commits for %d readers", n, readers)
		} else {
			t.Logf("%d commits for %d readers", n, readers)
		}
		together("again", 7) // whoever shares its commit is written alone after it failed: what that costs hangs on who came with it
		if err := s.AppendAudit(ctx, access.Entry{}); err == nil {
			t.Error("an empty entry is written")
		}
		gone, cancel := context.WithTimeout(ctx, time.Nanosecond)
		defer cancel()
		if err := s.AppendAudit(gone, w.Entry("gone", access.VerbCaseOpen)); err == nil {
			t.Log("written before the reader was gone")
		}
	})
}
