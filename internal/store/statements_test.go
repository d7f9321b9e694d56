package store_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"kasane/internal/live"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// TestManyAppendsAndReads: statements are prepared while others use the pool, and used by many at once; nothing is lost, nothing waits for itself.
func TestManyAppendsAndReads(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		makeDocs(t, s, "d1")
		var all sync.WaitGroup
		const writers, each = 4, 50
		errs := make(chan error, 2*writers)
		for i := range writers {
			all.Go(func() {
				for k := range each {
					out, err := s.AppendDocs(ctx, []live.Batch{batch("d1", uint64(i), "u1", fmt.Sprintf("%d-%d", i, k))})
					if err == nil {
						err = out[0].Err
					}
					if err != nil {
						errs <- err
						return
					}
				}
			})
			all.Go(func() {
				for n := 1; n <= each; n++ {
					ids := make([]string, n%9+1)
					for k := range ids {
						ids[k] = "d1"
					}
					if heads, err := s.Heads(ctx, tenant, ids); err != nil || len(heads) != 1 {
						errs <- fmt.Errorf("%d heads, %v", len(heads), err)
						return
					}
				}
			})
		}
		all.Wait()
		select {
		case err := <-errs:
			t.Fatal(err)
		default:
		}
		rows, err := s.Since(ctx, tenant, "d1", 0)
		if err != nil || len(rows) != writers*each {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
	})
}
