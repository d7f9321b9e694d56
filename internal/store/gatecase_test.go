package store_test

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"kasane/internal/cases"
	"kasane/internal/store"
)

// gateCase is Store.GateCase, held against GateSelf: what is the agency's and the user's own is the same in both.
func gateCase(ctx context.Context, t *testing.T, s *store.Store, tenant, caseID, agencyID, userID string) (cases.GateCase, error) {
	t.Helper()
	g, err := s.GateCase(ctx, tenant, caseID, agencyID, userID)
	self, selfErr := s.GateSelf(ctx, tenant, caseID, agencyID, userID)
	want := cases.GateCase{Member: g.Member, Removed: g.Removed, Barred: g.Barred, Glasses: g.Glasses}
	if !reflect.DeepEqual(self, want) || (err == nil) != (selfErr == nil) || err != nil && !errors.Is(selfErr, err) && selfErr.Error() != err.Error() {
		t.Errorf("the own part alone is %+v (%v), in the whole %+v (%v)", self, selfErr, want, err)
	}
	return g, err
}
