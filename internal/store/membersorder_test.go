package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// Agencies that joined a case at one instant stand in the order they were given, not in that of their ids; one that comes back is last.
func TestMembersStandInTheOrderGiven(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		now := storetest.Start.Add(time.Minute)
		member := func(agency string, at time.Time) cases.Member {
			return cases.Member{CaseID: "c9", AgencyID: agency, Since: at}
		}
		given := []cases.Member{member("a3", now), member("a1", now)}
		if err := s.CreateCase(ctx, cases.Case{ID: "c9", Tenant: tenant, Number: "K2026-0099", OpenedAt: now, UpdatedAt: now}, nil, given, w.Entry("o1", access.VerbCaseCreate)); err != nil {
			t.Fatal(err)
		}
		if err := s.AddMember(ctx, tenant, member("a2", now), w.Entry("o2", access.VerbMemberAdd)); err != nil {
			t.Fatal(err)
		}
		sameOrder(ctx, t, s, []string{"a3", "a1", "a2"})
		later := now.Add(time.Hour)
		if err := s.RemoveMember(ctx, tenant, "c9", "a3", later, w.Entry("o3", access.VerbMemberRemove)); err != nil {
			t.Fatal(err)
		}
		if err := s.AddMember(ctx, tenant, member("a3", now), w.Entry("o4", access.VerbMemberAdd)); err != nil {
			t.Fatal(err)
		}
		sameOrder(ctx, t, s, []string{"a1", "a2", "a3"})
	})
}

// sameOrder asks all who list the members of c9.
func sameOrder(ctx context.Context, t *testing.T, s *store.Store, want []string) {
	t.Helper()
	current := func(list []cases.Member) (ids []string) {
		for _, m := range list {
			if m.Until == nil {
				ids = append(ids, m.AgencyID)
			}
		}
		return ids
	}
	list, err := s.Members(ctx, access.Scope{Tenant: tenant, All: true}, "c9")
	if got := current(list); err != nil || !slices.Equal(got, want) {
		t.Errorf("case: %v, want %v (%v)", got, want, err)
	}
	facts, err := s.MeetingFacts(ctx, tenant, "c9")
	if got := current(facts.Members); err != nil || !slices.Equal(got, want) {
		t.Errorf("meeting: %v, want %v (%v)", got, want, err)
	}
	h, err := s.PlanHousehold(ctx, tenant, "c9")
	var columns []string
	for _, a := range h.Agencies {
		if a.Member {
			columns = append(columns, a.ID)
		}
	}
	if err != nil || !slices.Equal(columns, want) {
		t.Errorf("plan: %v, want %v (%v)", columns, want, err)
	}
}
