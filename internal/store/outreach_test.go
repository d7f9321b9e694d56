package store_test

import (
	"context"
	"reflect"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/outreach"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

func triedEntry(id string) outreach.Entry {
	return outreach.Entry{Kind: outreach.KindOutreach, ID: id, Tenant: tenant, CaseID: "c1", PersonID: "p1", Item: consent.ItemProgress, AgencyID: "a2", AgencyName: "社協", UserID: "u2", UserName: "渡邉",
		At: storetest.Start, Method: "visit", Met: []string{"family"}, Place: "door", Body: "戸は開かず、声だけ。", Relation: "indirect", RecordedAt: storetest.Start.Add(time.Hour)}
}

func plannedVisit(id string) outreach.Visit {
	return outreach.Visit{ID: id, Tenant: tenant, CaseID: "c1", PersonID: "p1", AgencyID: "a2", UserID: "u2", UserName: "渡邉", Day: "2026-06-02", Clock: "14:30", Ord: 1000,
		State: outreach.VisitPlanned, Version: 1, MadeAt: storetest.Start}
}

// reached puts one of everything of アウトリーチ into a world, under the ids that the scope test asks for.
func reached(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
	t.Helper()
	v := plannedVisit("f1")
	v.AgencyID = "f1"
	if _, err := s.AddOutreach(ctx, triedEntry("f1"), "", &v, w.Entry("reach1", access.VerbOutreachLog)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddReview(ctx, reviewed("f1"), w.Entry("reach3", access.VerbReviewRecord)); err != nil {
		t.Fatal(err)
	}
	safety := outreach.Safety{CaseID: "c1", Codes: []string{"dog"}, Note: "犬", At: storetest.Start, By: "u2"}
	if err := s.SaveOutreachSafety(ctx, tenant, safety, w.Entry("reach2", access.VerbOutreachSafety)); err != nil {
		t.Fatal(err)
	}
}

// An entry comes once, however often it is sent; what was planned is done with it and the next one planned, all in one transaction with the audit entry.
func TestOutreachEntries(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		all := access.ScopeOf(w.Holder)
		if err := s.AddOutreachVisit(ctx, plannedVisit("v1"), w.Entry("o1", access.VerbOutreachPlan)); err != nil {
			t.Fatal(err)
		}
		x, next := triedEntry("x1"), plannedVisit("v2")
		next.Day = "2026-06-09"
		if _, err := s.AddOutreach(ctx, x, "v1", &next, w.Entry("o1", access.VerbOutreachLog)); err == nil { // the audit entry is there already
			t.Error("an entry without its audit entry")
		}
		for i, want := range []bool{true, false, false} {
			if added, err := s.AddOutreach(ctx, x, "v1", &next, w.Entry([]string{"o2", "o3", "o2"}[i], access.VerbOutreachLog)); err != nil || added != want {
				t.Errorf("sent for the %d. time: %v %v", i+1, added, err)
			}
		}
		if got, err := s.OutreachEntries(ctx, all, "c1"); err != nil || !reflect.DeepEqual(got, []outreach.Entry{x}) {
			t.Errorf("%+v %v, want %+v", got, err, x)
		}
		if got, err := s.OutreachVisits(ctx, all, "c1"); err != nil || !reflect.DeepEqual(got, []outreach.Visit{next}) {
			t.Errorf("planned: %+v %v", got, err)
		}
		if v, err := s.OutreachVisit(ctx, all, "v1"); err != nil || v.State != outreach.VisitDone || v.EntryID != "x1" || v.Version != 2 {
			t.Errorf("done: %+v %v", v, err)
		}
		other := x
		other.Body = "別の文"
		if _, err := s.AddOutreach(ctx, other, "", nil, w.Entry("o4", access.VerbOutreachLog)); !fault.Is(err, fault.Conflict) {
			t.Errorf("other words under the id: %v", err)
		}
		lost := triedEntry("x2")
		lost.CaseID = "c9"
		if _, err := s.AddOutreach(ctx, lost, "", nil, w.Entry("o5", access.VerbOutreachLog)); !fault.Is(err, fault.NotFound) {
			t.Errorf("of no case: %v", err)
		}
	})
}

// Of several who correct an entry at once one is kept; nobody corrects what another agency wrote.
func TestOutreachCorrections(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		if _, err := s.AddOutreach(ctx, triedEntry("x1"), "", nil, w.Entry("o1", access.VerbOutreachLog)); err != nil {
			t.Fatal(err)
		}
		foreign := triedEntry("x9")
		foreign.AgencyID, foreign.Replaces = "a1", "x1"
		if _, err := s.AddOutreach(ctx, foreign, "", nil, w.Entry("o9", access.VerbOutreachLog)); !fault.Is(err, fault.NotFound) {
			t.Errorf("corrected by another agency: %v", err)
		}
		var wg sync.WaitGroup
		errs := make([]error, 3)
		for i, id := range []string{"y1", "y2", "y3"} {
			wg.Go(func() {
				y := triedEntry(id)
				y.Replaces, y.Body = "x1", "訂正 "+id
				_, errs[i] = s.AddOutreach(ctx, y, "", nil, w.Entry("c"+id, access.VerbOutreachLog))
			})
		}
		wg.Wait()
		kept := 0
		for _, err := range errs {
			if err == nil {
				kept++
			} else if !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		}
		got, err := s.OutreachEntries(ctx, access.ScopeOf(w.Holder), "c1")
		if err != nil || kept != 1 || len(got) != 2 {
			t.Errorf("%d kept, %+v %v", kept, got, err)
		}
	})
}

// The list of a day holds what is planned up to it and what was done that day, in the order somebody gave it.
func TestOutreachDays(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		all := access.ScopeOf(w.Holder)
		for id, when := range map[string][2]string{"v1": {"2026-06-02", ""}, "v2": {"2026-06-02", "09:00"}, "v3": {"2026-05-30", ""}, "v4": {"2026-06-03", ""}} {
			v := plannedVisit(id)
			v.Day, v.Clock = when[0], when[1]
			if err := s.AddOutreachVisit(ctx, v, w.Entry("a"+id, access.VerbOutreachPlan)); err != nil {
				t.Fatal(err)
			}
		}
		check := func(what string, sc access.Scope, agency string, want ...string) {
			t.Helper()
			list, err := s.OutreachDay(ctx, sc, agency, "2026-06-02")
			var got []string
			for _, v := range list {
				got = append(got, v.ID)
				if v.CaseNumber != "K2026-0001" {
					t.Errorf("%+v", v)
				}
			}
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %v %v, want %v", what, got, err, want)
			}
		}
		check("by time", all, "a2", "v3", "v2", "v1")
		check("by membership", access.ScopeOf(w.Member), "a2", "v3", "v2", "v1")
		check("another agency", all, "a1")
		check("no member", access.Scope{Tenant: tenant, AgencyID: "a3"}, "a2")
		if err := s.OrderOutreachVisits(ctx, tenant, "a2", "2026-06-02", []string{"v1", "v2"}, w.Entry("o1", access.VerbOutreachPlan)); err != nil {
			t.Fatal(err)
		}
		check("in order", all, "a2", "v3", "v1", "v2")
		for agency, id := range map[string]string{"a1": "v1", "a2": "none"} {
			if err := s.OrderOutreachVisits(ctx, tenant, agency, "2026-06-02", []string{id}, w.Entry("o2", access.VerbOutreachPlan)); !fault.Is(err, fault.NotFound) {
				t.Errorf("order of %s: %v", agency, err)
			}
		}
		v := plannedVisit("v1")
		v.State = outreach.VisitDropped
		for i, want := range []bool{true, false} { // the second one comes too late
			err := s.UpdateOutreachVisit(ctx, v, w.Entry([]string{"o3", "o4"}[i], access.VerbOutreachPlan))
			if (err == nil) != want || !want && !fault.Is(err, fault.Conflict) {
				t.Errorf("dropped: %v", err)
			}
		}
		check("dropped", all, "a2", "v3", "v2")
		v = plannedVisit("v3")
		v.Day = "2026-06-02"
		if err := s.UpdateOutreachVisit(ctx, v, w.Entry("o5", access.VerbOutreachPlan)); err != nil {
			t.Fatal(err)
		}
		check("moved", all, "a2", "v2", "v3")
	})
}

// 安全上の留意 is what was said last; who did not see it does not overwrite it.
func TestOutreachSafety(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		all := access.ScopeOf(w.Holder)
		v := outreach.Safety{CaseID: "c1", Codes: []string{"dog", "pair"}, Note: "犬がいる", At: storetest.Start, By: "u2", ByName: "渡邉", ByAgency: "社協"}
		for i, want := range []bool{true, false} {
			err := s.SaveOutreachSafety(ctx, tenant, v, w.Entry([]string{"s1", "s2"}[i], access.VerbOutreachSafety))
			if (err == nil) != want || !want && !fault.Is(err, fault.Conflict) {
				t.Errorf("first: %v", err)
			}
		}
		v.Version = 1
		if got, err := s.OutreachSafety(ctx, all, "c1"); err != nil || !reflect.DeepEqual(got, v) {
			t.Errorf("%+v %v", got, err)
		}
		v.Codes, v.Note = nil, ""
		for i, want := range []bool{true, false} {
			err := s.SaveOutreachSafety(ctx, tenant, v, w.Entry([]string{"s3", "s4"}[i], access.VerbOutreachSafety))
			if (err == nil) != want || !want && !fault.Is(err, fault.Conflict) {
				t.Errorf("second: %v", err)
			}
		}
		v.Version = 2
		if got, err := s.OutreachSafety(ctx, all, "c1"); err != nil || !reflect.DeepEqual(got, v) {
			t.Errorf("%+v %v", got, err)
		}
		v.CaseID, v.Version = "c9", 0
		if err := s.SaveOutreachSafety(ctx, tenant, v, w.Entry("s5", access.VerbOutreachSafety)); !fault.Is(err, fault.NotFound) {
			t.Errorf("of no case: %v", err)
		}
	})
}
