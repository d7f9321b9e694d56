package store_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/plans"
	"kasane/internal/reviews"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

func reviewed(id string) reviews.Record {
	return reviews.Record{ID: id, Tenant: tenant, Kind: reviews.KindMonitor, CaseID: "c1", PlanID: "pl1", Day: "2026-06-01", AgencyID: "a2", AgencyName: "社協", UserID: "u2", UserName: "渡邉",
		Goals: []reviews.Mark{{Goal: "goal1", Code: "doing"}}, Verdict: "continue", NextDay: "2026-07-01", PersonID: "p1", Item: consent.ItemProgress,
		Said: reviews.Said{Change: "朝起きられる日が増えた", Changes: []string{"17"}}, RecordedAt: storetest.Start}
}

// A record comes once, however often it is sent, and is corrected once, by the agency that wrote it.
func TestReviews(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		all := access.ScopeOf(w.Holder)
		x := reviewed("x1")
		for i, want := range []bool{true, false} {
			if added, err := s.AddReview(ctx, x, w.Entry([]string{"r1", "r2"}[i], access.VerbReviewRecord)); err != nil || added != want {
				t.Errorf("sent for the %d. time: %v %v", i+1, added, err)
			}
		}
		if got, err := s.Reviews(ctx, all, "c1"); err != nil || !reflect.DeepEqual(got, []reviews.Record{x}) {
			t.Errorf("%+v %v, want %+v", got, err, x)
		}
		for what, spoil := range map[string]func(r *reviews.Record){"words": func(r *reviews.Record) { r.Said.Change = "別" }, "goal": func(r *reviews.Record) { r.Goals = nil },
			"verdict": func(r *reviews.Record) { r.Verdict = "replan" }, "writer": func(r *reviews.Record) { r.UserID = "u1" }} {
			other := x
			spoil(&other)
			if _, err := s.AddReview(ctx, other, w.Entry("o"+what, access.VerbReviewRecord)); !fault.Is(err, fault.Conflict) {
				t.Errorf("other %s under the id: %v", what, err)
			}
		}
		lost, foreign, fix, again := reviewed("x2"), reviewed("x3"), reviewed("x4"), reviewed("x5")
		lost.CaseID, foreign.AgencyID, foreign.Replaces, fix.Replaces, again.Replaces = "c9", "a1", "x1", "x1", "x1"
		for i, c := range []struct {
			r    reviews.Record
			kind fault.Kind
			ok   bool
		}{{lost, fault.NotFound, false}, {foreign, fault.NotFound, false}, {fix, 0, true}, {again, fault.Conflict, false}} {
			if _, err := s.AddReview(ctx, c.r, w.Entry("c"+c.r.ID, access.VerbReviewRecord)); (err == nil) != c.ok || !c.ok && !fault.Is(err, c.kind) {
				t.Errorf("%d: %v", i, err)
			}
		}
		late := reviewed("x6")
		if _, err := s.AddReview(ctx, late, w.Entry("r1", access.VerbReviewRecord)); err == nil {
			t.Error("a record without its audit entry")
		}
	})
}

// The newest agreed plan of a case that goes on is watched, with what its newest record says that was not corrected.
func TestWatchedPlans(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		all := access.ScopeOf(w.Holder)
		check := func(what string, sc access.Scope, want ...reviews.Watched) {
			t.Helper()
			if got, err := s.WatchedPlans(ctx, sc, "", 10); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %+v %v, want %+v", what, got, err, want)
			}
		}
		check("no plan was agreed to", all)
		if p, err := s.AgreedPlan(ctx, all, "c1"); err != nil || p.ID != "" {
			t.Errorf("%+v %v", p, err)
		}
		agree(ctx, t, w, s)
		if p, err := s.AgreedPlan(ctx, all, "c1"); err != nil || p != (reviews.PlanRef{ID: "pl1", Round: 1}) {
			t.Errorf("%+v %v", p, err)
		}
		one := reviews.Watched{CaseID: "c1", CaseNumber: "K2026-0001", PlanID: "pl1", Round: 1}
		check("agreed", all, one)
		old, x, fix := reviewed("x0"), reviewed("x1"), reviewed("x2")
		old.Day, old.NextDay, fix.Replaces, fix.NextDay = "2026-05-01", "2026-05-20", "x1", "2026-08-01"
		for _, r := range []reviews.Record{x, old, fix} {
			if _, err := s.AddReview(ctx, r, w.Entry("w"+r.ID, access.VerbReviewRecord)); err != nil {
				t.Fatal(err)
			}
		}
		one.LastDay, one.NextDay = "2026-06-01", "2026-08-01"
		check("with the correction of the newest", all, one)
		check("by membership", access.ScopeOf(w.Member), one)
		check("no member", access.Scope{Tenant: tenant, AgencyID: "a3"})
		if got, err := s.WatchedPlans(ctx, all, "K2026-0001", 10); err != nil || len(got) != 0 {
			t.Errorf("behind the last: %+v %v", got, err)
		}
		c, err := s.Case(ctx, all, "c1")
		if err != nil {
			t.Fatal(err)
		}
		c.Stage, c.UpdatedAt = cases.StageClosed, storetest.Start.Add(time.Hour)
		if err := s.UpdateCase(ctx, c, w.Entry("closed", access.VerbCaseUpdate)); err != nil {
			t.Fatal(err)
		}
		check("終結", all)
	})
}

// agree has the plan of the world agreed to in its meeting.
func agree(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
	t.Helper()
	g1, err := s.MeetingByID(ctx, access.ScopeOf(w.Holder), "g1")
	if err != nil {
		t.Fatal(err)
	}
	frozen := meeting.Change{Tenant: tenant, MeetingID: "g1", Expect: g1.Seq, Meeting: g1, Audit: w.Entry("agreed", access.VerbMeetingAct),
		Events: []meeting.Event{{Tenant: tenant, MeetingID: "g1", Seq: g1.Seq + 1, Kind: meeting.KindPhase, At: storetest.Start, Data: []byte(`{"id":"x"}`)}}}
	frozen.Meeting.Seq++
	frozen.NewVersion = &plans.Version{Tenant: tenant, PlanID: "pl1", CaseID: "c1", N: 1, State: plans.VersionFreezing, MeetingID: "g1", FrozenAt: storetest.Start, FrozenBy: "u1"}
	frozen.EndVersion = &meeting.VersionEnd{PlanID: "pl1", N: 1, State: plans.VersionAgreed, At: storetest.Start}
	if _, err := s.RecordMeeting(ctx, frozen); err != nil {
		t.Fatal(err)
	}
}
