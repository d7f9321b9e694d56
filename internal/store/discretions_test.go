package store_test

import (
	"context"
	"testing"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

func TestDiscretions(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		d := filled[cases.Discretion]()
		d.CaseID, d.Item = "c1", consent.ItemAbuse
		holder := access.ScopeOf(w.Holder)
		if err := s.SetDiscretion(ctx, tenant, d, w.Entry("d1", access.VerbCaseDiscretion)); err != nil {
			t.Fatal(err)
		}
		if err := s.SetDiscretion(ctx, tenant, d, w.Entry("d2", access.VerbCaseDiscretion)); !fault.Is(err, fault.Conflict) {
			t.Errorf("twice: %v", err)
		}
		if list, err := s.Discretions(ctx, holder, "c1"); err != nil || len(list) != 1 || list[0] != d {
			t.Errorf("%+v %v, not %+v", list, err, d)
		}
		if _, err := s.Discretions(ctx, access.Scope{}, "c1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("a stranger: %v", err)
		}
		if err := s.LiftDiscretion(ctx, tenant, "c1", d.PersonID, d.Item, w.Entry("d3", access.VerbCaseDiscretionEnd)); err != nil {
			t.Fatal(err)
		}
		if err := s.LiftDiscretion(ctx, tenant, "c1", d.PersonID, d.Item, w.Entry("d4", access.VerbCaseDiscretionEnd)); !fault.Is(err, fault.NotFound) {
			t.Errorf("lifted twice: %v", err)
		}
	})
}
