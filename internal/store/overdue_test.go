package store_test

import (
	"context"
	"slices"
	"strconv"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/meeting"
	"kasane/internal/plans"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// A list that is read page by page holds every meeting once, also where several begin at the same time.
func TestPagesOfMeetings(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		holder := access.ScopeOf(w.Holder)
		for i := range 7 {
			m := storetest.NewMeeting(tenant, "page"+strconv.Itoa(i), "")
			m.PlannedStart = storetest.Start.Add(time.Duration(i/3) * time.Hour)
			m.PlannedEnd = m.PlannedStart.Add(time.Hour)
			if _, err := s.CreateMeeting(ctx, m, nil, nil, w.Entry("page"+strconv.Itoa(i), access.VerbMeetingCreate)); err != nil {
				t.Fatal(err)
			}
		}
		whole, err := s.ListMeetings(ctx, holder, meeting.Query{})
		if err != nil || len(whole) < 7 {
			t.Fatal(len(whole), err)
		}
		for size := 1; size <= 4; size++ {
			var ids []string
			var mark meeting.Mark
			for {
				page, err := s.ListMeetings(ctx, holder, meeting.Query{Limit: size, After: mark})
				if err != nil || len(page) > size {
					t.Fatal(len(page), err)
				}
				if len(page) == 0 {
					break
				}
				for _, l := range page {
					ids = append(ids, l.ID)
				}
				mark = meeting.Mark{Start: page[len(page)-1].PlannedStart, ID: page[len(page)-1].ID}
			}
			want := []string{}
			for _, l := range whole {
				want = append(want, l.ID)
			}
			if !slices.Equal(ids, want) {
				t.Errorf("pages of %d: %v, want %v", size, ids, want)
			}
		}
	})
}

// The newest plan that was agreed to stands for its case, as long as the case goes on; offers that wait are listed to who is concerned.
func TestWhatIsOverdue(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		holder, member := access.ScopeOf(w.Holder), access.Scope{Tenant: tenant, AgencyID: "a2"}
		agreed := func(sc access.Scope, after string) []string {
			t.Helper()
			list, err := s.AgreedPlans(ctx, sc, after, 10)
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, p := range list {
				out = append(out, p.PlanID+" "+p.CaseNumber+" "+strconv.Itoa(p.Round))
			}
			if n, err := s.CountAgreedPlans(ctx, sc); after == "" && (err != nil || n != len(out)) {
				t.Errorf("%d counted, %v listed, %v", n, out, err)
			}
			return out
		}
		version := func(id, plan string, n int) {
			t.Helper()
			m, err := s.MeetingByID(ctx, holder, "g1")
			if err != nil {
				t.Fatal(err)
			}
			expect := m.Seq
			m.Seq++
			v := plans.Version{Tenant: tenant, PlanID: plan, CaseID: "c1", N: n, State: plans.VersionFreezing, MeetingID: "g1", FrozenAt: storetest.Start, FrozenBy: "u1"}
			end := meeting.VersionEnd{PlanID: plan, N: n, State: plans.VersionAgreed, At: storetest.Start}
			if _, err := s.RecordMeeting(ctx, meeting.Change{Tenant: tenant, MeetingID: "g1", Expect: expect, Meeting: m, NewVersion: &v, EndVersion: &end, Audit: w.Entry(id, access.VerbMeetingAct),
				Events: []meeting.Event{{Tenant: tenant, MeetingID: "g1", Seq: expect + 1, Kind: meeting.KindPhase, At: storetest.Start, Data: []byte(`{"id":"x"}`)}}}); err != nil {
				t.Fatal(err)
			}
		}
		if got := agreed(holder, ""); len(got) != 0 {
			t.Errorf("nothing is agreed: %v", got)
		}
		version("v1", "pl1", 1)
		if got := agreed(holder, ""); !slices.Equal(got, []string{"pl1 K2026-0001 1"}) {
			t.Errorf("agreed: %v", got)
		}
		if _, err := s.CreatePlan(ctx, plans.Plan{Tenant: tenant, ID: "pl2", CaseID: "c1", PreviousID: "pl1", CreatedAt: storetest.Start, CreatedBy: "u1"}, nil, w.Entry("pl2", access.VerbPlanCreate)); err != nil {
			t.Fatal(err)
		}
		if got := agreed(member, ""); !slices.Equal(got, []string{"pl1 K2026-0001 1"}) { // the new one is only being written
			t.Errorf("a draft: %v", got)
		}
		version("v2", "pl2", 1)
		if got := agreed(member, ""); !slices.Equal(got, []string{"pl2 K2026-0001 2"}) {
			t.Errorf("agreed anew: %v", got)
		}
		for what, sc := range map[string]access.Scope{"nobody": {}, "another municipality": {Tenant: "m2", All: true}, "a stranger": {Tenant: tenant, AgencyID: "none"}} {
			if got := agreed(sc, ""); len(got) != 0 {
				t.Errorf("%s: %v", what, got)
			}
		}
		if got := agreed(holder, "K2026-0001"); len(got) != 0 {
			t.Errorf("the page after: %v", got)
		}

		waiting := func(sc access.Scope, agency string) []meeting.OpenLead {
			t.Helper()
			list, err := s.OpenLeads(ctx, sc, agency, 10)
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		o := plans.LeadOffer{ID: "o1", Tenant: tenant, CaseID: "c1", Kind: plans.LeadNow, From: "a1", FromName: "福祉課", To: "a2", ToName: "社協", Note: "秘密", ByID: "u1", At: storetest.Start}
		if err := s.AddLeadOffer(ctx, o, w.Entry("o1", access.VerbLeadOffer)); err != nil {
			t.Fatal(err)
		}
		home := plans.LeadAnswer{ID: "n1", Tenant: tenant, OfferID: "o1", Answer: plans.AnswerTakeback, Due: "2026-12-24", AgencyID: "a2", At: storetest.Start}
		if err := s.AnswerLead(ctx, home, w.Entry("n1", access.VerbLeadAnswer)); err != nil {
			t.Fatal(err)
		}
		got := waiting(holder, "")
		if len(got) != 1 || got[0].CaseNumber != "K2026-0001" || got[0].Offer.Note != "" || got[0].Offer.State != plans.LeadTakeback || len(got[0].Offer.Answers) != 1 || got[0].Offer.Answers[0].Due != "2026-12-24" {
			t.Errorf("%+v", got)
		}
		if len(waiting(member, "a2")) != 1 || len(waiting(member, "a3")) != 0 || len(waiting(access.Scope{}, "a2")) != 0 || len(waiting(access.Scope{Tenant: tenant, AgencyID: "none"}, "a2")) != 0 {
			t.Error("offers of somebody else")
		}
		yes := home
		yes.ID, yes.Answer, yes.Due, yes.At = "n2", plans.AnswerAccept, "", storetest.Start.Add(time.Hour)
		if err := s.AnswerLead(ctx, yes, w.Entry("n2", access.VerbLeadAnswer)); err != nil {
			t.Fatal(err)
		}
		if len(waiting(holder, "")) != 0 {
			t.Error("an offer that was answered waits")
		}

		c, err := s.Case(ctx, holder, "c1")
		if err != nil {
			t.Fatal(err)
		}
		c.Stage, c.UpdatedAt = cases.StageSuspended, storetest.Start
		if err := s.UpdateCase(ctx, c, w.Entry("stage", access.VerbCaseUpdate)); err != nil {
			t.Fatal(err)
		}
		if got := agreed(holder, ""); len(got) != 0 {
			t.Errorf("of a case that rests: %v", got)
		}
	})
}
