package store_test

import (
	"context"
	"errors"
	"testing"

	"kasane/internal/access"
	"kasane/internal/casesheets"
	"kasane/internal/fault"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// Copies of a sheet are counted for each form without gaps, with the entry or not at all.
func TestSheetCopies(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		add := func(caseID, form string, n int, entry string) error {
			return s.AddSheetCopy(ctx, casesheets.Copy{Tenant: tenant, CaseID: caseID, Form: form, N: n, Kind: "agency", AgencyID: "a2", AgencyName: "社協", SHA256: "h", At: storetest.Start, By: "u1", ByName: "髙橋"},
				w.Entry(entry, access.VerbSheetPaper))
		}
		for i, err := range []error{add("c1", "uketsuke", 1, "y1"), add("c1", "uketsuke", 2, "y2"), add("c1", "assessment", 1, "y3")} {
			if err != nil {
				t.Fatal(i, err)
			}
		}
		for what, err := range map[string]error{"a number again": add("c1", "uketsuke", 2, "y4"), "a gap": add("c1", "uketsuke", 4, "y5"), "no case": add("c9", "uketsuke", 1, "y6")} {
			if !errors.Is(err, casesheets.ErrTaken) && !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if n, err := s.CountSheetCopies(ctx, tenant, "c1", "uketsuke"); err != nil || n != 2 {
			t.Error(n, err)
		}
		if n, err := s.CountSheetCopies(ctx, "m9", "c1", "uketsuke"); err != nil || n != 0 {
			t.Error(n, err)
		}
		if n := store.Count(ctx, s, "audit_entry WHERE id IN ('y1', 'y2', 'y3', 'y4', 'y5', 'y6')"); n != 3 {
			t.Errorf("%d entries", n)
		}
	})
}
