package store_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/fault"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// The nightly pass: made once, kept with its entry, seen by who may verify and by nobody else; one flipped byte is found by the
// next one.
func TestNightlyCheck(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		sealed(t, w)
		var now atomic.Int64
		start := storetest.Start.Add(time.Hour)
		now.Store(start.UnixMicro())
		svcNow := func() time.Time { return time.UnixMicro(now.Add(1000)) }
		svc := archive.NewService(s, svcNow)
		svc.Believe(storetest.Trust)
		if _, err := svc.LastCheck(ctx, w.Holder); !fault.Is(err, fault.NotFound) {
			t.Errorf("before the first: %v", err)
		}
		pass := func(later time.Duration) {
			t.Helper()
			now.Store(start.Add(later).UnixMicro())
			since := svcNow()
			due, err := svc.ChecksDue(ctx, start)
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // a node died behind the pass, and another began anew
				for _, tenant := range due {
					if _, err := svc.CheckNow(ctx, tenant, since, func(int) {}, func() {}); err != nil {
						t.Error(err)
					}
				}
			}
		}
		pass(time.Minute)
		if n := store.Count(ctx, s, "archive_check"); n != 0 {
			t.Errorf("%d passes before their time", n)
		}
		pass(time.Hour)
		c, err := svc.LastCheck(ctx, w.Holder)
		if err != nil || !c.OK || c.Checked != 3 || store.Count(ctx, s, "archive_check") != 1 || svc.Sound(ctx) != nil {
			t.Fatalf("%+v %v", c, err)
		}
		if _, err := svc.LastCheck(ctx, w.Member); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a member reads it: %v", err)
		}
		auditor := access.Actor{Tenant: "m9", UserID: "x", Roles: []access.Role{access.RoleAuditor}}
		if _, err := svc.LastCheck(ctx, auditor); !fault.Is(err, fault.NotFound) {
			t.Errorf("another municipality reads it: %v", err)
		}
		if err := store.Exec(ctx, s, `UPDATE archive_record SET file = $1 WHERE seq = 2`, []byte("%PDF x")); err != nil {
			t.Fatal(err)
		}
		pass(2 * time.Hour)
		if c, err := svc.LastCheck(ctx, w.Holder); err != nil || !c.OK {
			t.Errorf("again before its time: %+v %v", c, err)
		}
		pass(40 * time.Hour)
		c, err = svc.LastCheck(ctx, w.Holder)
		if err != nil || c.OK || len(c.Problems) != 1 || c.Problems[0].FileName != "R080601_matrix_v1.pdf" || !fault.Is(svc.Sound(ctx), fault.Conflict) {
			t.Errorf("a changed file: %+v %v", c, err)
		}
		if n := store.Count(ctx, s, "audit_entry WHERE verb = 'archive.check'"); n != 2 {
			t.Errorf("%d entries of 2 passes", n)
		}
	})
}
