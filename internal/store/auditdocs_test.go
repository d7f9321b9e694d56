package store_test

import (
	"context"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/live"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// What is typed into a document within some seconds gets one entry in the audit log; other entries, and a checkpoint that is asked for, wait for nothing.
func TestTypedRowsAreGathered(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			s, clock := storetest.Open(t, engine)
			w := storetest.NewWorld(t, s, tenant)
			makeDocs(t, s, "n1", "n2")
			typed := func(doc string) {
				b := batch(doc, 1, "u1", "x")
				b.Clients = nil
				if out, err := s.AppendDocs(ctx, []live.Batch{b}); err != nil || out[0].Err != nil {
					t.Fatal(out, err)
				}
			}
			if err := s.SequenceWaiting(ctx); err != nil { // also the sweep of the start
				t.Fatal(err)
			}
			before := store.Count(ctx, s, "audit_entry WHERE verb = 'document.log'")
			due := func(want, wantWaiting int) {
				t.Helper()
				want += before
				if err := s.SequenceDue(ctx); err != nil {
					t.Fatal(err)
				}
				got, waiting := store.Count(ctx, s, "audit_entry WHERE verb = 'document.log'"), store.Count(ctx, s, "audit_entry WHERE leaf IS NULL")
				if got != want || waiting != wantWaiting {
					t.Errorf("%d entries for what was typed, want %d; %d entries without a place, want %d", got, want, waiting, wantWaiting)
				}
			}
			typed("n1")
			clock.Advance(3 * time.Second)
			if err := s.AppendAudit(ctx, w.Entry("e1", access.VerbCaseOpen)); err != nil {
				t.Fatal(err)
			}
			due(0, 0)
			clock.Advance(3 * time.Second)
			typed("n1")
			typed("n2")
			clock.Advance(5 * time.Second)
			due(1, 0) // both rows of n1
			due(1, 0)
			typed("n1")
			if _, err := s.AuditCheckpoint(ctx, tenant); err != nil {
				t.Fatal(err)
			}
			due(3, 0)
			clock.Advance(20 * time.Second)
			due(3, 0)
		})
	}
}
