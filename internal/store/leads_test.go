package store_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/plans"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// One offer of a kind is open at a time, an answer counts once, and both stand with their entry or not at all.
func TestLeads(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		holder := access.ScopeOf(w.Holder)
		list, err := s.Cases(ctx, holder, cases.Query{Limit: 10})
		if err != nil || len(list) == 0 {
			t.Fatal(err)
		}
		c := list[len(list)-1].Case
		members, err := s.Members(ctx, holder, c.ID)
		if err != nil || len(members) == 0 {
			t.Fatalf("members: %v %v", members, err)
		}
		to := members[0].AgencyID
		at := storetest.Start
		offer := func(id string, kind plans.LeadKind) plans.LeadOffer {
			at = at.Add(time.Minute)
			return plans.LeadOffer{ID: id, Tenant: tenant, CaseID: c.ID, Kind: kind, From: "a9", FromName: "元の機関", To: to, ToName: "頼む先", Note: "申し送り", ByID: "u1", ByName: "事務 花子",
				ByAgency: "社協", MeetingID: "g1", At: at, State: plans.LeadAsked, Answers: []plans.LeadAnswer{}}
		}
		answer := func(id string, o plans.LeadOffer, say plans.Answer) plans.LeadAnswer {
			at = at.Add(time.Minute)
			return plans.LeadAnswer{ID: id, Tenant: tenant, OfferID: o.ID, Answer: say, Reason: "条件", Due: "2027-01-31", UserID: "u2", UserName: "返事 三郎", UserPost: "係長", AgencyID: to,
				AgencyName: "頼む先", MeetingID: "g1", At: at}
		}
		first := offer("o1", plans.LeadAfter)
		if err := s.AddLeadOffer(ctx, first, w.Entry("l1", access.VerbLeadOffer)); err != nil {
			t.Fatal(err)
		}
		if err := s.AddLeadOffer(ctx, offer("o2", plans.LeadAfter), w.Entry("l2", access.VerbLeadOffer)); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second one of the kind: %v", err)
		}
		if err := s.AddLeadOffer(ctx, offer("o3", plans.LeadNow), w.Entry("l1", access.VerbLeadOffer)); err == nil {
			t.Error("an offer without its entry")
		}
		lost := offer("o4", plans.LeadNow)
		lost.CaseID = "none"
		if err := s.AddLeadOffer(ctx, lost, w.Entry("l3", access.VerbLeadOffer)); !fault.Is(err, fault.NotFound) {
			t.Errorf("of no case: %v", err)
		}
		home := answer("n1", first, plans.AnswerTakeback)
		if err := s.AnswerLead(ctx, home, w.Entry("l4", access.VerbLeadAnswer)); err != nil {
			t.Fatal(err)
		}
		if err := s.AddLeadOffer(ctx, offer("o5", plans.LeadAfter), w.Entry("l5", access.VerbLeadOffer)); !fault.Is(err, fault.Conflict) {
			t.Errorf("while it is taken home: %v", err)
		}
		if e, err := s.EndingOf(ctx, holder, c.ID); err != nil || e.LeadID != "" {
			t.Errorf("taken home is not accepted: %+v %v", e, err)
		}
		yes := answer("n2", first, plans.AnswerConditional)
		if err := s.AnswerLead(ctx, yes, w.Entry("l6", access.VerbLeadAnswer)); err != nil {
			t.Fatal(err)
		}
		if err := s.AnswerLead(ctx, answer("n3", first, plans.AnswerDecline), w.Entry("l7", access.VerbLeadAnswer)); !fault.Is(err, fault.Conflict) {
			t.Errorf("answered twice: %v", err)
		}
		want := first
		want.State, want.Answers = plans.LeadConditional, []plans.LeadAnswer{home, yes}
		if got, err := s.LeadOffers(ctx, holder, c.ID); err != nil || !reflect.DeepEqual(got, []plans.LeadOffer{want}) {
			t.Errorf("%+v %v, want %+v", got, err, want)
		}
		for what, sc := range map[string]access.Scope{"nobody": {}, "another municipality": {Tenant: "m2", All: true}, "an agency that is not of the case": {Tenant: tenant, AgencyID: "none"}} {
			if _, err := s.LeadOffers(ctx, sc, c.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", what, err)
			}
			if _, err := s.EndingOf(ctx, sc, c.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s, ending: %v", what, err)
			}
		}

		// 終結: what was accepted since the last end counts, of an agency that is still there.
		if e, err := s.EndingOf(ctx, holder, c.ID); err != nil || e.LeadID != to || e.LeadName != "頼む先" || e.Last != nil {
			t.Errorf("accepted: %+v %v", e, err)
		}
		end := cases.End{ID: "e1", Tenant: tenant, CaseID: c.ID, At: at.Add(time.Hour), By: "u1", ByName: "事務 花子", LeadID: to, Reason: "理由"}
		c.Stage, c.UpdatedAt = cases.StageClosed, end.At
		if err := s.EndCase(ctx, c, end, w.Entry("l8", access.VerbCaseUpdate)); err != nil {
			t.Fatal(err)
		}
		if err := s.EndCase(ctx, c, end, w.Entry("l9", access.VerbCaseUpdate)); !fault.Is(err, fault.Conflict) {
			t.Errorf("an old version: %v", err)
		}
		if e, err := s.EndingOf(ctx, holder, c.ID); err != nil || e.LeadID != "" || !reflect.DeepEqual(e.Last, &end) {
			t.Errorf("after the end: %+v %+v %v", e, e.Last, err)
		}
		again := offer("o6", plans.LeadAfter)
		again.At = end.At.Add(time.Hour)
		ok := answer("n4", again, plans.AnswerAccept)
		ok.At = end.At.Add(2 * time.Hour)
		if err := s.AddLeadOffer(ctx, again, w.Entry("m1", access.VerbLeadOffer)); err != nil {
			t.Fatal(err)
		}
		if err := s.AnswerLead(ctx, ok, w.Entry("m2", access.VerbLeadAnswer)); err != nil {
			t.Fatal(err)
		}
		if e, err := s.EndingOf(ctx, holder, c.ID); err != nil || e.LeadID != to {
			t.Errorf("accepted anew: %+v %v", e, err)
		}
		if err := s.RemoveMember(ctx, tenant, c.ID, to, end.At.Add(3*time.Hour), w.Entry("m3", access.VerbMemberRemove)); err != nil {
			t.Fatal(err)
		}
		if e, err := s.EndingOf(ctx, holder, c.ID); err != nil || e.LeadID != "" {
			t.Errorf("of an agency that left: %+v %v", e, err)
		}
	})
}
