package store_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// A 連携用トークン is kept with its entry or not at all, is found by its hash alone, ends once and stays in its municipality.
func TestTokens(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		agencies, err := s.ListAgencies(ctx, tenant)
		if err != nil || len(agencies) == 0 {
			t.Fatal(agencies, err)
		}
		k := identity.Token{ID: "k1", Tenant: tenant, Hash: "h1", AgencyID: agencies[0].ID, AgencyName: agencies[0].Name, Name: "業務システム",
			Scopes: []identity.TokenScope{identity.TokenCases}, Addresses: []string{"192.0.2.0/24"}, At: storetest.Start, By: "u1", ByName: "管理者",
			ExpiresAt: storetest.Start.Add(time.Hour)}
		entry := func(id string) access.Entry { return w.Entry(id, access.VerbTokenMake) }
		if err := s.AddToken(ctx, k, 2, entry("t1")); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Tokens(ctx, tenant); err != nil || !reflect.DeepEqual(got, []identity.Token{k}) {
			t.Errorf("%+v %v, want %+v", got, err, k)
		}
		if got, err := s.Tokens(ctx, "another"); err != nil || len(got) != 0 {
			t.Errorf("in another municipality: %+v %v", got, err)
		}
		second := k
		second.ID, second.Hash = "k2", "h2"
		if err := s.AddToken(ctx, second, 2, entry("t1")); err == nil {
			t.Error("a token without its entry")
		}
		if _, err := s.TokenByHash(ctx, "h2"); !fault.Is(err, fault.NotFound) {
			t.Errorf("and it is there: %v", err)
		}
		lost := second
		lost.AgencyID = "nowhere"
		if err := s.AddToken(ctx, lost, 2, entry("t2")); !fault.Is(err, fault.NotFound) {
			t.Errorf("of no agency: %v", err)
		}
		if err := s.AddToken(ctx, second, 2, entry("t3")); err != nil {
			t.Fatal(err)
		}
		third := k
		third.ID, third.Hash = "k3", "h3"
		if err := s.AddToken(ctx, third, 2, entry("t4")); !fault.Is(err, fault.Conflict) {
			t.Errorf("one too many: %v", err)
		}
		now := storetest.Start.Add(time.Minute)
		if err := s.EndToken(ctx, "another", "k2", now, entry("t5")); !fault.Is(err, fault.NotFound) {
			t.Errorf("ended from another municipality: %v", err)
		}
		if err := s.EndToken(ctx, tenant, "k2", now, entry("t6")); err != nil {
			t.Error(err)
		}
		if err := s.EndToken(ctx, tenant, "k2", now, entry("t7")); !fault.Is(err, fault.NotFound) {
			t.Errorf("ended twice: %v", err)
		}
		if err := s.AddToken(ctx, third, 2, entry("t8")); err != nil {
			t.Errorf("in the place of the ended one: %v", err)
		}
		if err := s.TouchToken(ctx, tenant, "k1", now, "192.0.2.1"); err != nil {
			t.Error(err)
		}
		got, err := s.TokenByHash(ctx, "h1")
		if err != nil || got.UsedAt == nil || !got.UsedAt.Equal(now) || got.UsedIP != "192.0.2.1" || !reflect.DeepEqual(got.Agency, agencies[0]) {
			t.Errorf("after its use: %+v %v", got, err)
		}
		if got, err := s.TokenByHash(ctx, "h2"); err != nil || got.EndedAt == nil || !got.EndedAt.Equal(now) {
			t.Errorf("the ended one: %+v %v", got, err)
		}
	})
}
