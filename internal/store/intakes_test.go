package store_test

import (
	"context"
	"reflect"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/figures"
	"kasane/internal/intake"
	"kasane/internal/live"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// takenIn is a 相談 as an agency takes it in: id of the record, id of its case.
func takenIn(id, caseID, agency string) intake.Taken {
	at := storetest.Start
	r := intake.Record{ID: id, Tenant: tenant, CaseID: caseID, PersonID: "q" + caseID, AgencyID: agency, AgencyName: "受付機関", ByID: "u2", ByName: "窓口 太郎", At: at,
		Asker: intake.AskerFamily, AskerName: "長女", AskerRelation: "娘", Name: "髙橋 \uFA10子", Kana: "たかはし つかこ", Birth: "1944-05-03", Route: "03", District: "東町",
		Contact: "090-0000-0000", Trouble: "夜に眠れない\n食べていない", Fields: []string{"care", "poverty"}, Urgency: "now", Danger: true, Consent: intake.ConsentNotYet,
		Triage: intake.TriageOwn, TriageBy: "u2", TriageName: "窓口 太郎", TriageAt: at}
	return intake.Taken{Case: cases.Case{ID: caseID, Tenant: tenant, Number: "K2026-" + caseID, Stage: cases.StageReceived, Version: 1, OpenedAt: at, OpenedBy: "u2", UpdatedAt: at},
		Person: cases.Person{ID: r.PersonID, Tenant: tenant, CaseID: caseID, Ord: 1, Name: r.Name, Kana: r.Kana, Relation: "本人", Birth: r.Birth, Subject: true, UpdatedAt: at},
		Member: cases.Member{CaseID: caseID, AgencyID: agency, Since: at, Note: "相談の受付"}, Record: r,
		Docs: []intake.NewDoc{{Meta: live.Meta{Tenant: tenant, ID: "d" + caseID, Epoch: 1, Kind: live.KindSection, CaseID: caseID, OwnerID: r.PersonID, PersonID: r.PersonID,
			Item: consent.ItemProgress}, Initial: []byte{0, 0}}}}
}

// handedOver is a つなぎ of a case.
func handedOver(id, caseID, from, to string) intake.Referral {
	return intake.Referral{ID: id, Tenant: tenant, CaseID: caseID, From: from, FromName: "元", To: to, ToName: "先", Reason: "介護の相談", Wish: "2026-06-10",
		Parts: []intake.Part{{Key: "plain", Label: "事実", Lines: []intake.PartLine{{Label: "分野", Value: "高齢・介護"}}},
			{Key: "basic:p1", PersonID: "p1", Item: consent.ItemBasic, Label: "基本情報", Lines: []intake.PartLine{{Label: "氏名", Value: "田中 \uFA10子", Name: true}}}},
		ByID: "u2", ByName: "窓口 太郎", ByPost: "主任", At: storetest.Start, State: intake.StateAsked, Answers: []intake.Answer{}}
}

// What is sent twice, also at the same moment, is one 相談 with one case; everything of it comes back as it was.
func TestIntake(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		var made [4]bool
		var ids [4]string
		var wait sync.WaitGroup
		for i := range made {
			wait.Go(func() {
				in := takenIn("i1", []string{"ca", "cb", "cc", "cd"}[i], "a2")
				r, ok, err := s.TakeIn(ctx, in, w.Entry("t"+in.Case.ID, access.VerbIntake))
				if err != nil {
					t.Error(err)
				}
				made[i], ids[i] = ok, r.CaseID
			})
		}
		wait.Wait()
		n := 0
		for i := range made {
			if made[i] {
				n++
			}
			if ids[i] != ids[0] {
				t.Errorf("answers name different cases: %v", ids)
			}
		}
		if n != 1 {
			t.Fatalf("%d cases were made of one 相談", n)
		}
		want := takenIn("i1", ids[0], "a2").Record
		if got, ok, err := s.IntakeByID(ctx, tenant, "i1"); err != nil || !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("%v %v\n%+v\n%+v", ok, err, got, want)
		}
		if _, ok, _ := s.IntakeByID(ctx, "m9", "i1"); ok {
			t.Error("another municipality finds it")
		}
		member := access.ScopeOf(w.Member)
		if got, ok, err := s.IntakeOf(ctx, member, ids[0]); err != nil || !ok || got.ID != "i1" {
			t.Errorf("%v %v %v", got, ok, err)
		}
		if _, ok, err := s.IntakeOf(ctx, member, "c1"); err != nil || ok {
			t.Errorf("a case that was opened otherwise: %v %v", ok, err)
		}
		if _, _, err := s.IntakeOf(ctx, access.Scope{Tenant: tenant, AgencyID: "a3"}, ids[0]); !fault.Is(err, fault.NotFound) {
			t.Errorf("another agency: %v", err)
		}
		known, err := s.Known(ctx, access.ScopeOf(w.Holder), 10)
		if err != nil || len(known) != 2 || known[0].Intake == nil || known[0].Intake.ID != "i1" || len(known[0].Persons) != 1 || known[1].Intake != nil || len(known[1].Persons) != 2 {
			t.Errorf("%+v %v", known, err)
		}
		if docs, err := s.OwnedDocs(ctx, tenant, live.KindSection, want.PersonID); err != nil || len(docs) != 1 || docs[0].Head != 1 {
			t.Errorf("documents: %+v %v", docs, err)
		}
		if _, _, err := s.TakeIn(ctx, takenIn("i2", "ce", "a9"), w.Entry("t9", access.VerbIntake)); err == nil {
			t.Error("an agency that is none")
		}
	})
}

// The way of a 相談 is changed by who saw the one before; 情報提供のみで終了 ends the case in the same transaction.
func TestTriage(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		in := takenIn("i1", "ca", "a2")
		if _, _, err := s.TakeIn(ctx, in, w.Entry("t1", access.VerbIntake)); err != nil {
			t.Fatal(err)
		}
		r := in.Record
		r.Triage, r.Note, r.TriageAt = intake.TriageJoint, "二つの機関では足りない", storetest.Start.Add(time.Hour)
		if err := s.SetTriage(ctx, r, intake.TriageRefer, in.Case, nil, w.Entry("t2", access.VerbIntakeTriage)); !fault.Is(err, fault.Conflict) {
			t.Errorf("somebody else decided before: %v", err)
		}
		if err := s.SetTriage(ctx, r, intake.TriageOwn, in.Case, nil, w.Entry("t3", access.VerbIntakeTriage)); err != nil {
			t.Fatal(err)
		}
		one, err := s.Intakes(ctx, access.ScopeOf(w.Holder), intake.Query{Limit: 1})
		if err != nil || len(one) != 1 {
			t.Fatalf("%+v %v", one, err)
		}
		rest, err := s.Intakes(ctx, access.ScopeOf(w.Holder), intake.Query{Limit: 500, After: intake.Cursor{At: one[0].At, ID: one[0].ID}})
		all, allErr := s.Intakes(ctx, access.ScopeOf(w.Holder), intake.Query{Limit: 500})
		if err != nil || allErr != nil || !reflect.DeepEqual(append(one, rest...), all) {
			t.Errorf("%+v and then %+v, of %+v: %v %v", one, rest, all, err, allErr)
		}
		// What is kept from an agency takes no place in its pages: a short page would tell that it is there, and the place of the next one its id.
		if err := store.Exec(ctx, s, `UPDATE person SET withheld_from = $2 WHERE tenant = $1 AND id = $3`, tenant, `["a3","a2"]`, all[0].PersonID); err != nil {
			t.Fatal(err)
		}
		for agency, want := range map[string]int{"a2": len(all) - 1, "a3": len(all) - 1, "a": len(all), "": len(all)} {
			if got, err := s.Intakes(ctx, access.ScopeOf(w.Holder), intake.Query{Limit: 500, Reader: agency}); err != nil || len(got) != want {
				t.Errorf("withheld from a2 and a3, to %q: %d of %d, want %d %v", agency, len(got), len(all), want, err)
			}
		}
		if err := store.Exec(ctx, s, `UPDATE person SET withheld_from = '[]' WHERE tenant = $1 AND id = $2`, tenant, all[0].PersonID); err != nil {
			t.Fatal(err)
		}
		list, err := s.Intakes(ctx, access.ScopeOf(w.Member), intake.Query{Triage: intake.TriageJoint, AgencyID: "a2", Limit: 5})
		if err != nil || len(list) != 1 || list[0].Kana == "" || list[0].Kana != in.Record.Kana || list[0].Note != r.Note || list[0].CaseNumber != in.Case.Number || list[0].Stage != cases.StageReceived {
			t.Errorf("%+v %v", list, err)
		}
		r.Triage = intake.TriageInfo
		end := &cases.End{ID: "x1", Tenant: tenant, CaseID: "ca", At: storetest.Start.Add(2 * time.Hour), By: "u2", ByName: "窓口 太郎", Reason: "情報提供のみで終了"}
		stale := in.Case
		stale.Version = 7
		if err := s.SetTriage(ctx, r, intake.TriageJoint, stale, end, w.Entry("t4", access.VerbIntakeTriage)); !fault.Is(err, fault.Conflict) {
			t.Errorf("a case that was moved meanwhile: %v", err)
		}
		if err := s.SetTriage(ctx, r, intake.TriageJoint, in.Case, end, w.Entry("t5", access.VerbIntakeTriage)); err != nil {
			t.Fatal(err)
		}
		c, err := s.Case(ctx, access.ScopeOf(w.Holder), "ca")
		if err != nil || c.Stage != cases.StageClosed || c.Version != 2 {
			t.Errorf("%+v %v", c, err)
		}
		ending, err := s.EndingOf(ctx, access.ScopeOf(w.Holder), "ca")
		if err != nil || ending.Last == nil || ending.Last.Reason != end.Reason {
			t.Errorf("%+v %v", ending, err)
		}
	})
}

// A つなぎ is open once per receiver; 受領 makes a member and says so to open documents, 辞退 does not; who is barred, or no longer of the case, has none.
func TestReferrals(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		sender, receiver, holder := access.ScopeOf(w.Member), access.Scope{Tenant: tenant, AgencyID: "a3", UserID: "u3"}, access.ScopeOf(w.Holder)
		r := handedOver("f1", "c1", "a2", "a3")
		for n, want := range []bool{true, false} { // sent twice
			if made, err := s.AddReferral(ctx, r, w.Entry([]string{"r1", "r2"}[n], access.VerbReferral)); err != nil || made != want {
				t.Fatalf("%v %v", made, err)
			}
		}
		net, err := s.FigureNetwork(ctx, allOf(tenant), storetest.Start)
		if err != nil || len(net.Agencies) < 2 || len(net.Members) == 0 || len(net.Referrals) != 1 || net.Referrals[0] != (figures.Referral{CaseID: "c1", From: "a2", To: "a3", State: "asked"}) {
			t.Errorf("what the network is drawn from: %+v %v", net, err)
		}
		for _, q := range []struct {
			tenant string
			from   time.Time
		}{{"elsewhere", storetest.Start}, {tenant, storetest.Start.AddDate(1, 0, 0)}} {
			if net, err := s.FigureNetwork(ctx, allOf(q.tenant), q.from); err != nil || len(net.Referrals) != 0 || q.tenant == "elsewhere" && len(net.Agencies)+len(net.Members) > 0 {
				t.Errorf("of %s from %v: %+v %v", q.tenant, q.from, net, err)
			}
		}
		if _, err := s.AddReferral(ctx, handedOver("f2", "c1", "a2", "a3"), w.Entry("r3", access.VerbReferral)); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second open one: %v", err)
		}
		if _, err := s.AddReferral(ctx, handedOver("f3", "none", "a2", "a3"), w.Entry("r4", access.VerbReferral)); !fault.Is(err, fault.NotFound) {
			t.Errorf("of no case: %v", err)
		}
		sees := func(sc access.Scope) int {
			list, err := s.Referrals(ctx, sc, intake.ReferralQuery{Limit: 10})
			if err != nil {
				t.Fatal(err)
			}
			return len(list)
		}
		if a, b, c := sees(sender), sees(receiver), sees(holder); a != 1 || b != 1 || c != 1 {
			t.Fatalf("%d %d %d", a, b, c)
		}
		want := r
		want.CaseNumber = "K2026-0001"
		if got, err := s.Referral(ctx, receiver, "f1"); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%v\n%+v\n%+v", err, got, want)
		}
		before := versions(t, s, w.Docs)
		say := func(id string, word intake.Word) error {
			return s.AnswerReferral(ctx, r, intake.Answer{ID: id, Tenant: tenant, ReferralID: "f1", Word: word, Reason: "理由", Due: "2026-06-20", UserID: "u3", UserName: "先 花子",
				UserPost: "係", AgencyID: "a3", AgencyName: "先", At: storetest.Start.Add(time.Hour)}, w.Entry("say"+id, access.VerbReferralAnswer))
		}
		if err := say("n1", intake.WordCheck); err != nil {
			t.Fatal(err)
		}
		if reflect.DeepEqual(before, versions(t, s, w.Docs)) == false {
			t.Error("確認中 changed who may see documents")
		}
		if err := say("n2", intake.WordAccept); err != nil {
			t.Fatal(err)
		}
		for i, v := range versions(t, s, w.Docs) {
			if v <= before[i] {
				t.Errorf("document %s does not know of the new member", w.Docs[i])
			}
		}
		if err := say("n3", intake.WordDecline); !fault.Is(err, fault.Conflict) {
			t.Errorf("after 受領: %v", err)
		}
		members, err := s.Members(ctx, holder, "c1")
		if err != nil || len(members) != 2 || members[1].AgencyID != "a3" || members[1].Until != nil {
			t.Errorf("%+v %v", members, err)
		}
		if got, err := s.Referral(ctx, receiver, "f1"); err != nil || got.State != intake.StateAccepted || len(got.Answers) != 2 || got.Answers[0].Due != "2026-06-20" {
			t.Errorf("%+v %v", got, err)
		}
		if err := s.RemoveMember(ctx, tenant, "c1", "a3", storetest.Start.Add(2*time.Hour), w.Entry("out", access.VerbMemberRemove)); err != nil {
			t.Fatal(err)
		}
		if n := sees(receiver); n != 0 {
			t.Error("an agency that is no longer of the case still has what it accepted")
		}
		again := handedOver("f4", "c1", "a2", "a3")
		if made, err := s.AddReferral(ctx, again, w.Entry("r5", access.VerbReferral)); err != nil || !made {
			t.Fatalf("handing over again: %v %v", made, err)
		}
		if n := sees(receiver); n != 1 {
			t.Errorf("%d", n)
		}
		if err := s.SetBar(ctx, tenant, cases.Bar{CaseID: "c1", UserID: "u2", Reason: "親族", By: "u1", At: storetest.Start}, w.Entry("bar", access.VerbCaseBar)); err != nil {
			t.Fatal(err)
		}
		if n := sees(sender); n != 0 {
			t.Error("who is barred sees the つなぎ of the case")
		}
		if n := sees(access.Scope{Tenant: tenant, AgencyID: "a3", UserID: "u2"}); n != 0 {
			t.Error("who is barred gets it as receiver")
		}
		if days, err := s.ReferralDays(ctx, tenant); err != nil || days != intake.DefaultDays {
			t.Errorf("%d %v", days, err)
		}
		for _, n := range []int{3, 5} {
			if err := s.SaveReferralDays(ctx, tenant, n, w.Entry([]string{"", "", "", "y3", "", "y5"}[n], access.VerbReferralDays)); err != nil {
				t.Fatal(err)
			}
		}
		if days, _ := s.ReferralDays(ctx, tenant); days != 5 {
			t.Errorf("%d", days)
		}
	})
}
