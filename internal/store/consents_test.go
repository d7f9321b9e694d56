package store_test

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// The text that was shown is kept with the first record that names it, once per municipality; a changed text is the next version.
func TestConsentTexts(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		list, err := s.ConsentTexts(ctx, tenant)
		want := consent.KeptText{No: 1, Hash: storetest.Shown().Hash(), Text: storetest.Shown(), KeptAt: storetest.Start.Add(time.Minute)}
		if err != nil || !reflect.DeepEqual(list, []consent.KeptText{want}) {
			t.Fatalf("%+v %v, want %+v", list, err, want)
		}
		if err := s.InsertConsent(ctx, storetest.NewConsent(tenant, "r2", "p2"), storetest.Shown(), w.Entry("n1", access.VerbConsentRecord)); err != nil {
			t.Fatal(err)
		}
		own := storetest.Shown()
		own.Paragraphs = append([]string{"変えた文面。\uFA10"}, own.Paragraphs...)
		k := consent.KeptText{Hash: own.Hash(), Text: own, Own: true, KeptAt: storetest.Start, KeptBy: "u1"}
		if no, err := s.KeepText(ctx, tenant, k, w.Entry("n2", access.VerbConsentText)); err != nil || no != 2 {
			t.Fatalf("%d %v", no, err)
		}
		if _, err := s.KeepText(ctx, tenant, k, w.Entry("n3", access.VerbConsentText)); !fault.Is(err, fault.Conflict) {
			t.Errorf("kept twice: %v", err)
		}
		k.No = 2
		if list, err = s.ConsentTexts(ctx, tenant); err != nil || !reflect.DeepEqual(list, []consent.KeptText{want, k}) || list[1].Text.Hash() != k.Hash {
			t.Errorf("%+v %v", list, err)
		}
		k.Own = false
		if no, err := s.KeepText(ctx, "m2", k, access.Entry{ID: "n4", At: storetest.Start, Tenant: "m2", Verb: access.VerbConsentText}); err != nil || no != 1 {
			t.Errorf("another municipality counts for itself: %d %v", no, err)
		}
		// A record that fails leaves no text.
		other := storetest.Shown()
		other.Title = "別の題"
		if err := s.InsertConsent(ctx, storetest.NewConsent(tenant, "r2", "p2"), other, w.Entry("n5", access.VerbConsentRecord)); !fault.Is(err, fault.Conflict) {
			t.Fatalf("number taken: %v", err)
		}
		if list, _ := s.ConsentTexts(ctx, tenant); len(list) != 2 {
			t.Errorf("%d texts are kept", len(list))
		}
	})
}

func TestRenewedOnce(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		r := storetest.NewConsent(tenant, "r2", "p1")
		r.Renews = "r1"
		if err := s.InsertConsent(ctx, r, storetest.Shown(), w.Entry("n1", access.VerbConsentRecord)); err != nil {
			t.Fatal(err)
		}
		r.ID, r.Number = "r3", "D2026-r3"
		if err := s.InsertConsent(ctx, r, storetest.Shown(), w.Entry("n2", access.VerbConsentRecord)); !fault.Is(err, fault.Conflict) || !strings.Contains(fault.Message(err), "更新されています") {
			t.Errorf("renewed twice: %v", err)
		}
		// Records that renew nothing do not stand in each other's way.
		for _, id := range []string{"r4", "r5"} {
			if err := s.InsertConsent(ctx, storetest.NewConsent(tenant, id, "p1"), storetest.Shown(), w.Entry("n"+id, access.VerbConsentRecord)); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestEndingConsents(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		all := access.ScopeOf(w.Holder)
		end := storetest.Start.Add(365 * 24 * time.Hour) // of r1
		ask := func(from, until time.Time) []consent.CaseConsents {
			t.Helper()
			list, err := s.EndingConsents(ctx, all, consent.EndingQuery{From: from, Until: until, Limit: 10})
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		list := ask(end.Add(-time.Hour), end)
		if len(list) != 1 || list[0].CaseID != "c1" || list[0].CaseNumber != "K2026-0001" || len(list[0].Parties) != 2 || len(list[0].Records) != 1 {
			t.Fatalf("%+v", list)
		}
		wd := consent.Withdrawal{ID: "w1", RecordID: "r1", At: storetest.Start.Add(time.Hour), By: "u1", Items: []consent.Item{consent.ItemIncome}, ReceivedBy: "窓口", How: consent.NoticePhone, Told: []string{"a2"}}
		if err := s.Withdraw(ctx, tenant, wd, nil, w.Entry("n1", access.VerbConsentWithdraw)); err != nil {
			t.Fatal(err)
		}
		gateHasTerms(ctx, t, s, w)
		if list = ask(end.Add(-time.Hour), end); len(list) != 1 || !reflect.DeepEqual(list[0].Records[0].Withdrawals, []consent.Withdrawal{wd}) {
			t.Errorf("withdrawals %+v", list)
		}
		if list := ask(end, end.Add(time.Hour)); len(list) != 0 {
			t.Errorf("From is exclusive: %+v", list)
		}
		if list := ask(end.Add(-2*time.Hour), end.Add(-time.Microsecond)); len(list) != 0 {
			t.Errorf("it ends later: %+v", list)
		}
		if list, err := s.EndingConsents(ctx, access.ScopeOf(w.Member), consent.EndingQuery{From: end.Add(-time.Hour), Until: end, Limit: 10}); err != nil || len(list) != 1 {
			t.Errorf("a scope of cases: %+v %v", list, err)
		}
		c, err := s.Case(ctx, all, "c1")
		if err != nil {
			t.Fatal(err)
		}
		c.Stage = cases.StageClosed
		if err := s.UpdateCase(ctx, c, w.Entry("n2", access.VerbCaseUpdate)); err != nil {
			t.Fatal(err)
		}
		if list := ask(end.Add(-time.Hour), end); len(list) != 0 {
			t.Errorf("a closed case: %+v", list)
		}
	})
}

// What the step of the schema writes for records from before is the built-in text, word for word.
func TestTextOfRecordsFromBefore(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, _, raw := storetest.OpenRaw(t)
	storetest.NewWorld(t, s, tenant)
	step, err := os.ReadFile("migrations/0009_consent_desk.sql")
	if err != nil {
		t.Fatal(err)
	}
	_, insert, found := strings.Cut(string(step), "INSERT INTO consent_text")
	if !found {
		t.Fatal("the step keeps no text")
	}
	if _, err := raw.Exec(`DELETE FROM consent_text`); err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Exec("INSERT INTO consent_text" + insert); err != nil {
		t.Fatal(err)
	}
	list, err := s.ConsentTexts(ctx, tenant)
	if err != nil || len(list) != 1 || list[0].No != 1 || list[0].Hash != storetest.Shown().Hash() || list[0].Text.Hash() != list[0].Hash {
		t.Errorf("%+v %v", list, err)
	}
}

// gateHasTerms compares what the gate reads of the consents of c1 with the terms of the whole records.
func gateHasTerms(ctx context.Context, t *testing.T, s *store.Store, w storetest.World) {
	t.Helper()
	whole, err := s.Consents(ctx, access.Scope{Tenant: tenant, All: true}, "c1")
	if err != nil || len(whole) == 0 || !slices.ContainsFunc(whole, func(r consent.Record) bool { return len(r.Withdrawals) > 0 }) {
		t.Fatalf("%d records, none taken back: %v", len(whole), err)
	}
	facts, err := gateCase(ctx, t, s, tenant, "c1", w.Member.AgencyID, w.Member.UserID)
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		whole[i] = whole[i].Terms()
	}
	got, want := fmt.Sprintf("%+v", facts.Records), fmt.Sprintf("%+v", whole) // an empty list and none are the same here
	if got != want {
		t.Errorf("the gate reads\n%s\nwant\n%s", got, want)
	}
}
