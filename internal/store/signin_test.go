package store_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/files"
	"kasane/internal/identity"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// session opens one for u1.
func session(ctx context.Context, t *testing.T, w storetest.World, s *store.Store, hash string, f identity.Follow) error {
	t.Helper()
	now := storetest.Start
	return s.CreateSession(ctx, identity.Session{Hash: hash, Tenant: tenant, UserID: "u1", CreatedAt: now, LastSeen: now, ExpiresAt: now.Add(time.Hour)}, f, w.Entry("e"+hash, access.VerbSignIn))
}

// hashes are the sessions of u1.
func hashes(ctx context.Context, t *testing.T, s *store.Store) (out []string) {
	t.Helper()
	list, err := s.ListSessions(ctx, tenant, "u1")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range list {
		out = append(out, x.Hash)
	}
	slices.Sort(out)
	return out
}

func TestSessionsFollowAndEnd(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		ok := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		has := func(want ...string) {
			t.Helper()
			if got := hashes(ctx, t, s); !slices.Equal(got, want) {
				t.Errorf("%v, want %v", got, want)
			}
		}
		ok(session(ctx, t, w, s, "a", identity.Follow{}))
		ok(session(ctx, t, w, s, "b", identity.Follow{Of: "a"}))
		has("b")
		if err := session(ctx, t, w, s, "c", identity.Follow{Of: "a"}); !fault.Is(err, fault.Unauthorized) {
			t.Errorf("a second step taken twice: %v", err)
		}
		has("b")
		ok(session(ctx, t, w, s, "d", identity.Follow{Alone: true}))
		has("d")
		ok(session(ctx, t, w, s, "f", identity.Follow{}))
		ok(s.SetPassword(ctx, tenant, "u1", "$new", "f", w.Entry("p", access.VerbPassword)))
		has("f")
		if u, err := s.GetUser(ctx, tenant, "u1"); err != nil || u.PasswordHash != "$new" {
			t.Error(u.PasswordHash, err)
		}
		if err := s.SetPassword(ctx, tenant, "nobody", "$", "", w.Entry("p2", access.VerbPassword)); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
		if _, err := s.AccountBySubject(ctx, tenant, ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody bound to nobody is found: %v", err)
		}
		ok(s.BindSubject(ctx, tenant, "u1", "iss\ns1", w.Entry("b1", access.VerbSubjectBind)))
		if u, err := s.AccountBySubject(ctx, tenant, "iss\ns1"); err != nil || u.ID != "u1" {
			t.Error(u, err)
		}
		for user, subject := range map[string]string{"u1": "iss\ns2", "u2": "iss\ns1"} {
			if err := s.BindSubject(ctx, tenant, user, subject, w.Entry("b"+user, access.VerbSubjectBind)); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s bound to %q: %v", user, subject, err)
			}
		}
		for deed, err := range map[string]error{
			"end":  s.EndSessions(ctx, tenant, "u1", "", access.Entry{}),
			"lock": s.LockSession(ctx, "f", &storetest.Start, access.Entry{}),
			"rule": s.SaveRules(ctx, tenant, identity.DefaultRules(false), access.Entry{}),
		} {
			if err == nil {
				t.Errorf("%s without an entry", deed)
			}
		}
		has("f")
		first, second := storetest.Start, storetest.Start.Add(time.Minute)
		ok(s.LockSession(ctx, "f", &first, w.Entry("l1", access.VerbLock)))
		ok(s.LockSession(ctx, "f", &second, w.Entry("l2", access.VerbLock)))
		if p, err := s.FindPrincipal(ctx, "f"); err != nil || p.Session.LockedAt == nil || !p.Session.LockedAt.Equal(first) {
			t.Error(p.Session.LockedAt, err)
		}
		e := w.Entry("l3", access.VerbUnlock)
		e.At = second
		ok(s.LockSession(ctx, "f", nil, e))
		if p, err := s.FindPrincipal(ctx, "f"); err != nil || p.Session.LockedAt != nil || !p.Session.LastSeen.Equal(second) {
			t.Error(p.Session, err)
		}
		ok(s.SetChallenge(ctx, "f", "x"))
		for i, want := range []bool{true, false} {
			if won, err := s.TakeChallenge(ctx, "f", "x"); won != want || err != nil {
				t.Error(i, won, err)
			}
		}
		ok(s.EndSessions(ctx, tenant, "u1", "", w.Entry("z", access.VerbSessionEnd)))
		has()
		if r, err := s.Rules(ctx, "no such municipality"); r != nil || err != nil {
			t.Error(r, err)
		}
	})
}

func TestFactorIsUsedOnce(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		factor := func(id string, kind identity.FactorKind, sealed string) identity.Factor {
			return identity.Factor{ID: id, Tenant: tenant, UserID: "u1", Kind: kind, Name: "名", Sealed: []byte(sealed), Content: "c", CreatedAt: storetest.Start}
		}
		all := []identity.Factor{factor("x1", identity.FactorTOTP, "one"), factor("x2", identity.FactorRecovery, ""), factor("x3", identity.FactorTOTP, "three")}
		if err := s.AddFactors(ctx, all, nil, access.Entry{}); err == nil {
			t.Error("added without an entry")
		}
		if err := s.AddFactors(ctx, all, nil, w.Entry("a1", access.VerbFactorAdd)); err != nil {
			t.Fatal(err)
		}
		next := all[1]
		next.Step, next.Content = 1, "less"
		var wg sync.WaitGroup
		var mu sync.Mutex
		won := 0
		for range 4 {
			wg.Go(func() {
				ok, err := s.UseFactor(ctx, all[1], next, storetest.Start)
				if err != nil {
					t.Error(err)
				}
				if ok {
					mu.Lock()
					won++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if won != 1 {
			t.Errorf("%d of four uses at once won", won)
		}
		var got []string
		for after := (files.Place{}); ; {
			list, err := s.SecretsAfter(ctx, after, 1)
			if err != nil {
				t.Fatal(err)
			}
			if len(list) == 0 {
				break
			}
			after = list[0].Place
			got = append(got, fmt.Sprintf("%s %s %t", after.ID, list[0].Sealed, list[0].Bound == identity.SecretPlace(tenant, after.ID)))
		}
		if !slices.Equal(got, []string{"x1 one true", "x3 three true"}) {
			t.Error(got)
		}
		place := files.Place{Tenant: tenant, ID: "x1"}
		for i, c := range []struct {
			was  string
			want bool
		}{{"other", false}, {"one", true}, {"one", false}} {
			if ok, err := s.ResealSecret(ctx, place, []byte(c.was), []byte("new"), w.Entry(fmt.Sprint("s", i), access.VerbFileReseal)); ok != c.want || err != nil {
				t.Error(i, ok, err)
			}
		}
		if err := s.RemoveFactors(ctx, tenant, "u2", []string{"x1"}, w.Entry("r1", access.VerbFactorRemove)); err != nil {
			t.Fatal(err)
		}
		if err := s.AddFactors(ctx, []identity.Factor{factor("x4", identity.FactorRecovery, "")}, []string{"x2"}, w.Entry("a2", access.VerbFactorAdd)); err != nil {
			t.Fatal(err)
		}
		list, err := s.Factors(ctx, tenant, "u1")
		if err != nil || len(list) != 3 || string(list[0].Sealed) != "new" || list[2].ID != "x4" {
			t.Errorf("%+v %v", list, err)
		}
	})
}
