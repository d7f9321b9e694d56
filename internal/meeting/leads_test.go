package meeting_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/plans"
)

// leads is what somebody sees of 主担当 in the meeting of this world.
func (w *world) leads(a access.Actor) plans.LeadView {
	w.t.Helper()
	v, err := w.svc.Leads(w.ctx, a, w.id)
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

// header reads the 主担当機関 and 終結後の主担当 that the plan names.
func (w *world) header() (lead, after string) {
	w.t.Helper()
	v, err := w.plans.Get(w.ctx, w.sec, "", w.planID)
	if err != nil {
		w.t.Fatal(err)
	}
	return v.Body.Lead, v.Body.AfterLead
}

// TestLeadAfterClosingIsAccepted: the meeting asks an agency to be 終結後の主担当, only that agency answers, and the words are in plan and minutes.
func TestLeadAfterClosingIsAccepted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.act(w.sec, meeting.ActAgenda, map[string]any{"title": "評価", "purpose": "close", "kind": "close", "point": "終結するか"})
	w.refused(fault.Conflict, w.chair, meeting.ActLeadOffer, map[string]any{"kind": "after", "to": "a3"}) // not before 開会
	w.seated()
	if v := w.leads(w.hk); v.Now.AgencyID != "a2" || v.Now.State != plans.LeadPlanned || v.After.AgencyID != "a3" || v.After.State != plans.LeadPlanned || len(v.Kinds) != 0 {
		t.Fatalf("as the plan names it: %+v", v)
	}
	w.refused(fault.Forbidden, w.hk, meeting.ActLeadOffer, map[string]any{"kind": "after", "to": "a2"}) // neither 主担当 nor the desk
	for _, bad := range []map[string]any{{"kind": "", "to": "a3"}, {"kind": "after", "to": "a4"}, {"kind": "after", "to": ""}, {"kind": "after", "to": "a3", "note": strings.Repeat("長", 501)}} {
		w.refused(fault.Invalid, w.chair, meeting.ActLeadOffer, bad)
	}
	w.act(w.chair, meeting.ActLeadOffer, map[string]any{"kind": "after", "to": "a3", "note": "夜の電話は包括へ"})
	w.refused(fault.Conflict, w.chair, meeting.ActLeadOffer, map[string]any{"kind": "after", "to": "a2"}) // one at a time
	o := w.leads(w.hk).Offers[0]
	if !o.Answer || o.Withdraw || o.State != plans.LeadAsked || o.Note != "夜の電話は包括へ" || !w.leads(w.sec).Offers[0].Withdraw || w.leads(w.sec).Offers[0].Answer {
		t.Fatalf("%+v", o)
	}
	say := func(answer, reason, due string) map[string]any {
		return map[string]any{"id": o.ID, "answer": answer, "reason": reason, "due": due}
	}
	w.refused(fault.Forbidden, w.sec, meeting.ActLeadAnswer, say("accept", "", "")) // of another agency
	w.refused(fault.Forbidden, w.hk, meeting.ActLeadAnswer, say("withdraw", "", ""))
	w.refused(fault.NotFound, w.hk, meeting.ActLeadAnswer, map[string]any{"id": "none", "answer": "accept"})
	for _, bad := range []map[string]any{say("conditional", "", ""), say("decline", " ", ""), say("takeback", "", ""), say("takeback", "", "2026-11-22"), say("perhaps", "", ""), say("accept", "", "2026-12-01")} {
		w.refused(fault.Invalid, w.hk, meeting.ActLeadAnswer, bad)
	}
	w.act(w.hk, meeting.ActLeadAnswer, say("takeback", "所長に確かめる", "2026-12-01"))
	if v := w.leads(w.hk); v.Offers[0].State != plans.LeadTakeback || v.After.State != plans.LeadPlanned {
		t.Errorf("taken home: %+v", v)
	}
	r := w.act(w.hk, meeting.ActLeadAnswer, say("conditional", "夜間は救急へ", ""))
	if v := w.leads(w.sec); v.After.AgencyID != "a3" || v.After.State != plans.LeadConditional || v.After.Condition != "夜間は救急へ" || v.After.By != w.hk.Name {
		t.Errorf("accepted: %+v", v.After)
	}
	w.refused(fault.Conflict, w.hk, meeting.ActLeadAnswer, say("accept", "", ""))
	if said := r.Events[len(r.Events)-1].Text; !strings.Contains(said, "終結後の主担当に「条件付き」") || !strings.Contains(said, "夜間は救急へ") {
		t.Errorf("the event says: %s", said)
	}

	// The papers: until the answer the plan says that nobody has accepted.
	accept(w)
	w.act(w.chair, meeting.ActClose, nil)
	m := w.print.minutes[len(w.print.minutes)-1]
	if len(m.Leads) != 1 || m.Leads[0].State != "条件付き引受" || m.Leads[0].Agency != "地域包括支援センター" || m.Leads[0].By != w.hk.Name || m.Leads[0].Reason != "夜間は救急へ" {
		t.Errorf("minutes: %+v", m.Leads)
	}
	if p := w.print.plans[len(w.print.plans)-1]; p.AfterAgency != "地域包括支援センター" || p.After.State != "条件付き引受" || p.After.Condition != "夜間は救急へ" || p.After.By != w.hk.Name || p.After.On.IsZero() {
		t.Errorf("plan: %s %+v", p.AfterAgency, p.After)
	}
}

// accept brings the meeting of a world, which is open, to an agreement.
func accept(w *world) {
	w.t.Helper()
	w.accept(w.hk)
	w.accept(w.sec)
	w.resolveAgenda()
	w.act(w.chair, meeting.ActFreeze, nil)
	for _, a := range []access.Actor{w.chair, w.sec, w.hk} {
		w.answer(a, meeting.AnswerAgree, "")
	}
	w.act(w.chair, meeting.ActDecide, map[string]any{"outcome": "agreed"})
}

// TestNobodyAcceptedIsInThePapers: a meeting that ends a case says so when nobody has taken on what comes after.
func TestNobodyAcceptedIsInThePapers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.act(w.sec, meeting.ActAgenda, map[string]any{"title": "評価", "purpose": "close", "kind": "close", "point": "終結するか"})
	w.seated()
	w.act(w.chair, meeting.ActLeadOffer, map[string]any{"kind": "after", "to": "a3"})
	o := w.leads(w.hk).Offers[0]
	w.act(w.hk, meeting.ActLeadAnswer, map[string]any{"id": o.ID, "answer": "decline", "reason": "担当の区域でない"})
	accept(w)
	w.act(w.chair, meeting.ActClose, nil)
	m := w.print.minutes[len(w.print.minutes)-1]
	if len(m.Leads) != 1 || m.Leads[0].State != "辞退" || m.Leads[0].Reason != "担当の区域でない" {
		t.Errorf("minutes: %+v", m.Leads)
	}
	if p := w.print.plans[len(w.print.plans)-1]; p.AfterAgency != "地域包括支援センター" || p.After.State != "引受はまだありません" {
		t.Errorf("plan: %s %+v", p.AfterAgency, p.After)
	}
}

// TestHandoverOfTheLead: 主担当機関 goes to another agency by offer and answer; until then the old one stays. In the meeting the plan's line follows.
func TestHandoverOfTheLead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	w.refused(fault.Conflict, w.chair, meeting.ActLeadOffer, map[string]any{"kind": "now", "to": "a2"}) // is it already
	w.act(w.sec, meeting.ActLeadOffer, map[string]any{"kind": "now", "to": "a3"})
	o := w.leads(w.hk).Offers[0]
	if lead, _ := w.header(); lead != "a2" || o.From != "a2" {
		t.Fatalf("asked, and moved already: %s %+v", lead, o)
	}
	w.act(w.hk, meeting.ActLeadAnswer, map[string]any{"id": o.ID, "answer": "accept"})
	if lead, after := w.header(); lead != "a3" || after != "a3" {
		t.Errorf("after the acceptance: %s %s", lead, after)
	}
	// The new one may hand it on; the old one, of an agency that holds no record, may not.
	if v := w.leads(w.hk); len(v.Kinds) != 2 {
		t.Errorf("%+v", v.Kinds)
	}
	// An offer that somebody takes back leaves everything as it is.
	w.act(w.hk, meeting.ActLeadOffer, map[string]any{"kind": "now", "to": "a1"})
	o = w.leads(w.hk).Offers[0]
	w.act(w.hk, meeting.ActLeadAnswer, map[string]any{"id": o.ID, "answer": "withdraw"})
	if lead, _ := w.header(); lead != "a3" || w.leads(w.chair).Offers[0].State != plans.LeadWithdrawn {
		t.Errorf("taken back: %s", lead)
	}
}

// TestHandoverOutsideOfAMeeting: on the page of the case, over a plan that is agreed and frozen; audit entries tell who did what.
func TestHandoverOutsideOfAMeeting(t *testing.T) {
	t.Parallel()
	w := agreed(t)
	w.act(w.chair, meeting.ActClose, nil)
	view := func(a access.Actor) plans.LeadView {
		t.Helper()
		v, err := w.plans.Leads(w.ctx, a, "", "c", false)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	lead := actor("u6", "a2", "社協 六郎", access.RoleAgency) // of the 主担当機関, holds no record
	if _, err := w.plans.OfferLead(w.ctx, w.hk, "c", plans.LeadInput{Kind: plans.LeadNow, To: "a1"}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("an agency that is not 主担当: %v", err)
	}
	if _, err := w.plans.OfferLead(w.ctx, lead, "c", plans.LeadInput{Kind: plans.LeadNow, To: "a4"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("to an agency that is not of the case: %v", err)
	}
	if _, err := w.plans.OfferLead(w.ctx, w.out, "c", plans.LeadInput{Kind: plans.LeadNow, To: "a3"}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a stranger: %v", err)
	}
	entries := len(w.store.Audit)
	o, err := w.plans.OfferLead(w.ctx, lead, "c", plans.LeadInput{Kind: plans.LeadNow, To: "a3", Note: "異動のため"})
	if err != nil {
		t.Fatal(err)
	}
	if v := view(w.hk); v.Now.AgencyID != "a2" || v.Offers[0].FromName != "社会福祉協議会" {
		t.Fatalf("until accepted the old one stays: %+v", v)
	}
	if err := w.plans.AnswerLead(w.ctx, w.out, "c", o.ID, plans.LeadReply{Answer: plans.AnswerAccept}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a stranger's answer: %v", err)
	}
	adviser := actor("u7", "a3", "助言 七子", access.RoleObserver)
	if err := w.plans.AnswerLead(w.ctx, adviser, "c", o.ID, plans.LeadReply{Answer: plans.AnswerAccept}); err == nil {
		t.Error("an adviser answers for an agency")
	}
	if err := w.plans.AnswerLead(w.ctx, w.hk, "c", o.ID, plans.LeadReply{Answer: plans.AnswerTakeback, Due: "2026-12-10"}); err != nil {
		t.Fatal(err)
	}
	if err := w.plans.AnswerLead(w.ctx, w.hk, "c", o.ID, plans.LeadReply{Answer: plans.AnswerAccept}); err != nil {
		t.Fatal(err)
	}
	if v := view(lead); v.Now.AgencyID != "a3" || v.Now.State != plans.LeadAccepted || v.Now.At == nil {
		t.Errorf("accepted: %+v", v.Now)
	}
	if lead, _ := w.header(); lead != "a2" {
		t.Errorf("the agreed plan was changed: %s", lead)
	}
	var verbs []string
	for _, e := range w.store.Audit[entries:] {
		if e.Verb == access.VerbLeadOffer || e.Verb == access.VerbLeadAnswer {
			verbs = append(verbs, string(e.Verb)+" "+e.Reason)
			if e.CaseID != "c" || e.Target != o.ID {
				t.Errorf("%+v", e)
			}
		}
	}
	if strings.Join(verbs, ",") != "plan.lead_offer ,plan.lead_answer takeback,plan.lead_answer accept" {
		t.Errorf("written down: %v", verbs)
	}
	guest := w.hk
	guest.GuestMeeting = w.id
	if err := w.plans.AnswerLead(w.ctx, guest, "c", o.ID, plans.LeadReply{Answer: plans.AnswerAccept}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a guest outside of the meeting: %v", err)
	}
	// A plan made from the agreed one still names the old 主担当機関: who writes it is told.
	next, err := w.plans.Create(w.ctx, w.sec, "c", w.planID)
	if err != nil {
		t.Fatal(err)
	}
	differs := func(plan string) bool {
		t.Helper()
		v, err := w.plans.Get(w.ctx, w.sec, "", plan)
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(v.Warnings, func(x plans.Warning) bool { return x.Code == "lead_differs" && x.Column == "a3" && !x.Blocking })
	}
	if differs(w.planID) || !differs(next.ID) {
		t.Error("the agreed plan is warned of, or the new one is not")
	}
	old := w.planID
	w.planID = next.ID
	w.write(w.doc(live.KindPlan, "", consent.ItemBasic), func(b *live.Builder) { b.Set("lead", "a3") })
	if w.planID = old; differs(next.ID) {
		t.Error("warned of what was put right")
	}

	// Of the agency that left the case nothing is left of the 終結後の主担当 it had taken on.
	o, err = w.plans.OfferLead(w.ctx, w.sec, "c", plans.LeadInput{Kind: plans.LeadAfter, To: "a3"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.plans.AnswerLead(w.ctx, w.hk, "c", o.ID, plans.LeadReply{Answer: plans.AnswerAccept}); err != nil {
		t.Fatal(err)
	}
	w.store.Edit(func(f *meeting.Facts) {
		at := w.clock.now()
		f.Members[2].Until = &at
	})
	if v := view(w.sec); v.After.State != plans.LeadPlanned {
		t.Errorf("an agency that left is 終結後の主担当: %+v", v.After)
	}
}

// TestLeadsFollowTheGate: an agency outside of the consent is told that it was asked, and answers; the words stay with those who see the household.
func TestLeadsFollowTheGate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2") // not a3
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	o, err := w.plans.OfferLead(w.ctx, w.sec, "c", plans.LeadInput{Kind: plans.LeadNow, To: "a3", Note: secret})
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range []string{"", w.id} {
		v, err := w.plans.Leads(w.ctx, w.hk, in, "c", false)
		raw, _ := json.Marshal(v)
		if err != nil || strings.Contains(string(raw), secret) || !v.Withheld || len(v.Offers) != 1 || !v.Offers[0].Answer || v.Now.AgencyID != "" || len(v.Kinds) != 0 {
			t.Errorf("in %q: %s %v", in, raw, err)
		}
	}
	w.act(w.hk, meeting.ActLeadAnswer, map[string]any{"id": o.ID, "answer": "decline", "reason": "人がいない"})
	w.act(w.sec, meeting.ActLeadOffer, map[string]any{"kind": "after", "to": "a1", "note": secret})
	if raw, _ := json.Marshal(w.room(w.hk)); strings.Contains(string(raw), secret) {
		t.Error("the note of an offer reached an agency outside of the consent by the log")
	}
	if v, err := w.plans.Leads(w.ctx, w.hk, "", "c", false); err != nil || len(v.Offers) != 1 || len(v.Offers[0].Answers) != 1 || v.Offers[0].Answers[0].Reason != "" {
		t.Errorf("what others were asked: %+v %v", v, err)
	}
	if _, err := w.plans.Leads(w.ctx, w.out, "", "c", false); !fault.Is(err, fault.NotFound) {
		t.Errorf("a stranger: %v", err)
	}
	w.store.Edit(func(f *meeting.Facts) {
		f.Members = append(f.Members[:2:2], cases.Member{CaseID: "c", AgencyID: "a3", Since: start, Until: &start})
	})
	if _, err := w.plans.Leads(w.ctx, w.hk, "", "c", false); !fault.Is(err, fault.NotFound) {
		t.Errorf("an agency that left: %v", err)
	}
}
