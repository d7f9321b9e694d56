package store_test

import (
	"context"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// A 開催 is written with all of its meetings or not at all, and each reader sees of it what a seat, and no 閲覧遮断, lets through.
func TestSittings(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		called := func(id, caseID string, start time.Time, seats ...string) meeting.Called {
			m := storetest.NewMeeting(tenant, id, "")
			m.CaseID, m.PlannedStart, m.Agencies = caseID, start, seats
			return meeting.Called{Meeting: m, Audit: w.Entry(id, access.VerbMeetingCreate)}
		}
		other := cases.Case{ID: "c2", Tenant: tenant, Number: "K2026-0002", Stage: cases.StageIntake, OpenedAt: storetest.Start, UpdatedAt: storetest.Start, Version: 1}
		if err := s.CreateCase(ctx, other, nil, nil, w.Entry("c2", access.VerbCaseCreate)); err != nil {
			t.Fatal(err)
		}
		at := storetest.Start.Add(time.Hour)
		sitting := meeting.Sitting{ID: "s1", Tenant: tenant, CreatedAt: storetest.Start, CreatedBy: "u1"}
		before := store.Count(ctx, s, "audit_entry")
		for _, bad := range []meeting.Called{called("h1", "none", at), called("g1", "c1", at)} { // no such case; an id that is taken
			if _, err := s.CreateSitting(ctx, sitting, []meeting.Called{called("h2", "c1", at), bad}); err == nil {
				t.Error("half a sitting was written")
			}
			if store.Count(ctx, s, "sitting") != 0 || store.Count(ctx, s, "sitting_meeting") != 0 || store.Count(ctx, s, "audit_entry") != before {
				t.Error("something is left of what failed")
			}
			if _, err := s.MeetingByID(ctx, access.ScopeOf(w.Holder), "h2"); !fault.Is(err, fault.NotFound) {
				t.Errorf("half a sitting: %v", err)
			}
		}
		made, err := s.CreateSitting(ctx, sitting, []meeting.Called{called("h2", "c2", at, "a2", "a3"), called("h1", "c1", at.Add(time.Hour), "a2")})
		if err != nil || len(made) != 2 || made[0].ID != "h2" || made[0].No != 1 || made[1].No != 2 {
			t.Fatalf("%+v %v", made, err)
		}
		if n := store.Count(ctx, s, "audit_entry") - before; n != 2 {
			t.Errorf("%d entries for two meetings", n)
		}
		check := func(name string, scope access.Scope, of string, want ...string) {
			t.Helper()
			list, err := s.SittingOf(ctx, scope, of)
			if err != nil || len(list) != len(want) {
				t.Errorf("%s: %+v %v, want %v", name, list, err, want)
				return
			}
			for i, c := range list {
				if c.MeetingID != want[i] {
					t.Errorf("%s: %+v, want %v", name, list, want)
				}
			}
		}
		all := access.ScopeOf(w.Holder)
		check("holder", all, "h1", "h2", "h1")
		check("seat in both", access.Scope{Tenant: tenant, AgencyID: "a2"}, "h2", "h2", "h1")
		check("seat in the first", access.Scope{Tenant: tenant, AgencyID: "a3"}, "h2", "h2")
		check("seat in the first asks for the second", access.Scope{Tenant: tenant, AgencyID: "a3"}, "h1")
		check("guest", access.Scope{Tenant: tenant, MeetingID: "h1"}, "h1", "h1")
		check("alone", all, "g1")
		list, err := s.SittingOf(ctx, all, "h1")
		if err != nil || list[0].CaseNumber != "K2026-0002" || list[0].Status != meeting.StatusDraft || !list[1].PlannedStart.Equal(at.Add(time.Hour)) {
			t.Errorf("%+v %v", list, err)
		}
		refs, err := s.ListMeetings(ctx, all, meeting.Query{})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range refs {
			want := map[string]struct {
				sitting string
				pos     int
			}{"h2": {"s1", 1}, "h1": {"s1", 2}}[r.ID]
			if r.Sitting != want.sitting || r.Pos != want.pos {
				t.Errorf("%s: %q %d", r.ID, r.Sitting, r.Pos)
			}
		}
		if err := s.SetBar(ctx, tenant, cases.Bar{CaseID: "c2", UserID: "u1", Reason: "親族", By: "u2", At: storetest.Start}, w.Entry("bar", access.VerbCaseBar)); err != nil {
			t.Fatal(err)
		}
		check("kept from the first", all, "h1", "h1")
		check("kept from the first asks for it", all, "h2")
	})
}
