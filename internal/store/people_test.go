package store_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/files"
	"kasane/internal/identity"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// Two people set up the installation at the same moment: one wins, and there is one municipality.
func TestFirstSetupOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		var won, lost atomic.Int32
		var wg sync.WaitGroup
		for i := range 5 {
			wg.Go(func() {
				id := fmt.Sprint("m", i)
				err := s.CreateMunicipality(ctx, access.Municipality{ID: id, Code: id}, access.Agency{ID: "a1", Name: "市"},
					identity.Account{User: access.User{ID: "u1", AgencyID: "a1", Login: "admin"}}, true,
					access.Entry{ID: "e", Tenant: id, Verb: access.VerbSetup})
				switch {
				case err == nil:
					won.Add(1)
				case fault.Is(err, fault.Conflict):
					lost.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		list, err := s.ListMunicipalities(ctx)
		if won.Load() != 1 || lost.Load() != 4 || len(list) != 1 || err != nil {
			t.Errorf("%d won, %d lost, %v %v", won.Load(), lost.Load(), list, err)
		}
	})
}

func TestAgenciesAndUsers(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		agencies, err := s.ListAgencies(ctx, tenant)
		if err != nil || len(agencies) != 3 || agencies[0].ID != "a1" || !agencies[0].City || !agencies[2].Active {
			t.Fatalf("%+v %v", agencies, err)
		}
		a := agencies[2]
		a.Active, a.Name = false, "就労支援センター\uFA19"
		if err := s.SaveAgency(ctx, a, false, w.Entry("n1", access.VerbAgencySave)); err != nil {
			t.Fatal(err)
		}
		if list, _ := s.ListAgencies(ctx, tenant); !reflect.DeepEqual(list[2], a) {
			t.Errorf("%+v", list[2])
		}
		a.Name = "福祉課"
		if err := s.SaveAgency(ctx, a, false, w.Entry("n2", access.VerbAgencySave)); !fault.Is(err, fault.Conflict) {
			t.Errorf("name taken: %v", err)
		}
		a.ID = "a9"
		if err := s.SaveAgency(ctx, a, true, w.Entry("n3", access.VerbAgencySave)); !fault.Is(err, fault.Conflict) {
			t.Errorf("name taken by a new one: %v", err)
		}
		a.Name = "別"
		if err := s.SaveAgency(ctx, a, false, w.Entry("n4", access.VerbAgencySave)); !fault.Is(err, fault.NotFound) {
			t.Errorf("update of nothing: %v", err)
		}
		u, err := s.AccountByLogin(ctx, tenant, "shakyo")
		if err != nil || u.Name != "渡邉\U000E0100 一" || u.PasswordHash != "h2" || !slices.Equal(u.Roles, []access.Role{access.RoleAgency}) {
			t.Fatalf("%+v %v", u, err)
		}
		for id, s2 := range map[string]identity.Session{"s1": {UserID: "u2"}, "s2": {UserID: "u1"}} {
			s2.Hash, s2.Tenant, s2.CreatedAt, s2.LastSeen, s2.ExpiresAt = id, tenant, storetest.Start, storetest.Start, storetest.Start.Add(time.Hour)
			if err := s.CreateSession(ctx, s2, identity.Follow{}, w.Entry("s"+id, access.VerbSignIn)); err != nil {
				t.Fatal(err)
			}
		}
		u.Post, u.PasswordHash = "主任", ""
		if err := s.UpdateUser(ctx, u, true, w.Entry("n5", access.VerbUserSave)); err != nil {
			t.Fatal(err)
		}
		u.PasswordHash = "h2"
		if got, err := s.GetUser(ctx, tenant, "u2"); err != nil || !reflect.DeepEqual(got, u) {
			t.Errorf("%+v %v", got, err)
		}
		if _, err := s.FindPrincipal(ctx, "s1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("the session lived on: %v", err)
		}
		if p, err := s.FindPrincipal(ctx, "s2"); err != nil || p.User.ID != "u1" || p.Agency.Name != "福祉課" || p.Guest != nil || p.Session.Tenant != tenant {
			t.Errorf("%+v %v", p, err)
		}
		for name, c := range map[string]struct {
			change func(*identity.Account)
			kind   fault.Kind
			field  string
		}{
			"login":  {func(u *identity.Account) { u.Login = "jimu" }, fault.Conflict, "login"},
			"agency": {func(u *identity.Account) { u.AgencyID = "none" }, fault.Invalid, "agencyId"},
		} {
			v := u
			c.change(&v)
			for _, err := range []error{s.UpdateUser(ctx, v, false, w.Entry("x"+name, access.VerbUserSave)), func() error {
				v.ID = "u9"
				return s.CreateUser(ctx, v, w.Entry("y"+name, access.VerbUserSave))
			}()} {
				if f, ok := err.(*fault.Error); !ok || f.Kind != c.kind || f.Field != c.field {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
		u.ID = "u9"
		if err := s.UpdateUser(ctx, u, false, w.Entry("n6", access.VerbUserSave)); !fault.Is(err, fault.NotFound) {
			t.Errorf("update of nobody: %v", err)
		}
		users, err := s.ListUsers(ctx, tenant)
		if err != nil || len(users) != 2 || users[0].ID != "u1" {
			t.Errorf("%+v %v", users, err)
		}
	})
}

func TestAttempts(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		keys := []identity.AttemptKey{{Key: "login", Limit: 3}, {Key: "addr", Limit: 10}}
		now := storetest.Start
		begin := func() time.Time {
			t.Helper()
			until, err := s.BeginAttempt(ctx, tenant, keys, 10*time.Minute, 15*time.Minute, now)
			if err != nil {
				t.Fatal(err)
			}
			return until
		}
		for i := range 3 {
			if u := begin(); !u.IsZero() {
				t.Fatalf("attempt %d is locked until %v", i, u)
			}
		}
		if u := begin(); !u.Equal(now.Add(15 * time.Minute)) {
			t.Errorf("not locked: %v", u)
		}
		now = now.Add(16 * time.Minute)
		if u := begin(); !u.IsZero() {
			t.Errorf("locked for ever: %v", u)
		}
		if err := s.CreateSession(ctx, identity.Session{Hash: "s1", Tenant: tenant, UserID: "u1", LastSeen: now, ExpiresAt: now.Add(time.Hour)}, identity.Follow{Clear: []string{"login", "addr"}}, w.Entry("n1", access.VerbSignIn)); err != nil {
			t.Fatal(err)
		}
		var free, locked atomic.Int32
		var wg sync.WaitGroup
		for range 12 { // guessing in parallel gains nothing
			wg.Go(func() {
				until, err := s.BeginAttempt(ctx, tenant, keys, 10*time.Minute, 15*time.Minute, now)
				if err != nil {
					t.Error(err)
				}
				if until.IsZero() {
					free.Add(1)
				} else {
					locked.Add(1)
				}
			})
		}
		wg.Wait()
		if free.Load() != 3 || locked.Load() != 9 {
			t.Errorf("%d attempts went on, %d were locked", free.Load(), locked.Load())
		}
		if err := s.PurgeSessions(ctx, now.Add(48*time.Hour), now); err != nil {
			t.Fatal(err)
		}
		if _, err := s.FindPrincipal(ctx, "s1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("expired session: %v", err)
		}
		if n := store.Count(t.Context(), s, "sign_in_attempt"); n != 0 {
			t.Errorf("%d counts left", n)
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		now := storetest.Start
		ses := identity.Session{Hash: "s1", Tenant: tenant, UserID: "u1", CreatedAt: now, LastSeen: now, ExpiresAt: now.Add(time.Hour), IP: "192.0.2.1"}
		if err := s.CreateSession(ctx, ses, identity.Follow{}, w.Entry("n1", access.VerbSignIn)); err != nil {
			t.Fatal(err)
		}
		if err := s.TouchSession(ctx, "s1", now.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		ses.LastSeen = now.Add(time.Minute)
		if p, err := s.FindPrincipal(ctx, "s1"); err != nil || p.Session != ses {
			t.Errorf("%+v %v", p.Session, err)
		}
		if err := s.TouchSession(ctx, "none", now); err != nil {
			t.Error(err)
		}
		for range 2 {
			if err := s.EndSession(ctx, "s1", access.Entry{ID: access.NewID(now), Tenant: tenant, Verb: access.VerbSignOut}); err != nil {
				t.Error(err)
			}
		}
		if _, err := s.FindPrincipal(ctx, "s1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("after the end: %v", err)
		}
	})
}

func TestGuests(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		now := storetest.Start
		g := identity.GuestLink{ID: "l1", Tenant: tenant, MeetingID: "g1", TokenHash: "th", PINHash: "ph", Name: "吉\U000E0100田", Kana: "よしだ", AgencyID: "a3", Post: "医師",
			CreatedBy: "u1", CreatedAt: now, ExpiresAt: now.Add(time.Hour)}
		if err := s.CreateGuest(ctx, g, w.Entry("n1", access.VerbGuestInvite)); err != nil {
			t.Fatal(err)
		}
		for _, change := range []func(*identity.GuestLink){func(g *identity.GuestLink) { g.MeetingID = "none" }, func(g *identity.GuestLink) { g.AgencyID = "none" }} {
			bad := g
			bad.ID, bad.TokenHash = "l2", "other"
			change(&bad)
			if err := s.CreateGuest(ctx, bad, w.Entry("n2", access.VerbGuestInvite)); !fault.Is(err, fault.NotFound) {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		for name, get := range map[string]func() (identity.GuestLink, error){
			"token": func() (identity.GuestLink, error) { return s.GuestByToken(ctx, "th") },
			"id":    func() (identity.GuestLink, error) { return s.GetGuest(ctx, tenant, "l1") },
			"list": func() (identity.GuestLink, error) {
				l, err := s.ListGuests(ctx, tenant, "g1")
				if len(l) != 1 {
					return g, fmt.Errorf("%d links", len(l))
				}
				return l[0], err
			},
		} {
			if got, err := get(); err != nil || !reflect.DeepEqual(got, g) {
				t.Errorf("%s: %+v %v", name, got, err)
			}
		}
		if _, err := s.GetGuest(ctx, "m2", "l1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("another municipality: %v", err)
		}
		for i := range 3 {
			if err := s.GuestAttempt(ctx, tenant, "l1", 2, now); (err == nil) != (i < 2) || i == 2 && !fault.Is(err, fault.Gone) {
				t.Errorf("attempt %d: %v", i, err)
			}
		}
		ses := identity.Session{Tenant: tenant, GuestID: "l1", CreatedAt: now, LastSeen: now, ExpiresAt: now.Add(time.Hour)}
		if err := s.UseGuest(ctx, tenant, "l1", ses, true, now.Add(2*time.Hour), w.Entry("n3", access.VerbGuestEnter)); !fault.Is(err, fault.Gone) {
			t.Errorf("expired: %v", err)
		}
		var won, winner atomic.Int32
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				v := ses
				v.Hash = fmt.Sprint("gs", i)
				err := s.UseGuest(ctx, tenant, "l1", v, true, now, w.Entry(fmt.Sprint("u", i), access.VerbGuestEnter))
				if err == nil {
					won.Add(1)
					winner.Store(int32(i))
					if p, err := s.FindPrincipal(ctx, v.Hash); err != nil || p.Guest == nil || p.Guest.Name != g.Name || p.Agency.ID != "a3" {
						t.Errorf("%+v %v", p, err)
					}
				} else if !fault.Is(err, fault.Gone) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 || store.Count(ctx, s, "session") != 1 {
			t.Errorf("%d entered with one link", won.Load())
		}
		held := now.Add(30 * time.Minute)
		if err := s.MoveGuests(ctx, tenant, map[string]time.Time{"l1": held}, w.Entry("n4", access.VerbGuestMove)); err != nil {
			t.Fatal(err)
		}
		if got, _ := s.GetGuest(ctx, tenant, "l1"); !got.ExpiresAt.Equal(held) {
			t.Errorf("moved: %+v", got)
		}
		if p, err := s.FindPrincipal(ctx, fmt.Sprint("gs", winner.Load())); err != nil || !p.Session.ExpiresAt.Equal(held) {
			t.Errorf("the session outlives the link: %+v %v", p.Session, err)
		}
		for range 2 {
			if err := s.RevokeGuest(ctx, tenant, "l1", now.Add(time.Minute), access.Entry{ID: access.NewID(now), Tenant: tenant, Verb: access.VerbGuestRevoke}); err != nil {
				t.Error(err)
			}
		}
		if got, _ := s.GetGuest(ctx, tenant, "l1"); got.RevokedAt == nil || !got.RevokedAt.Equal(now.Add(time.Minute)) || store.Count(ctx, s, "session") != 0 {
			t.Errorf("revoked: %+v", got)
		}
		if err := s.RevokeGuest(ctx, tenant, "none", now, w.Entry("n5", access.VerbGuestRevoke)); !fault.Is(err, fault.NotFound) {
			t.Errorf("revoke of nothing: %v", err)
		}
	})
}

func TestFiles(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		f := files.File{ID: "f1", Tenant: tenant, CaseID: "c1", Purpose: files.PurposeEvidence, Name: "同意書\u3000写し.pdf", Type: "application/pdf", Size: 3, SHA256: "aa", CreatedBy: "u1", CreatedAt: storetest.Start}
		sealed := []byte{0, 1, 255, 0}
		if err := s.PutFile(ctx, f, sealed, w.Entry("n1", access.VerbFilePut)); err != nil {
			t.Fatal(err)
		}
		all := access.ScopeOf(w.Holder)
		if got, err := s.FileMeta(ctx, all, "f1"); err != nil || got != f {
			t.Errorf("%+v %v", got, err)
		}
		if got, err := s.FileBytes(ctx, all, "f1", w.Entry("n2", access.VerbFileGet)); err != nil || !slices.Equal(got, sealed) {
			t.Errorf("%v %v", got, err)
		}
		before := store.Count(ctx, s, "audit_entry")
		if _, err := s.FileBytes(ctx, access.ScopeOf(w.Member), "f1", w.Entry("n3", access.VerbFileGet)); !fault.Is(err, fault.NotFound) {
			t.Errorf("a member reads evidence: %v", err)
		}
		if store.Count(ctx, s, "audit_entry") != before {
			t.Error("a refused read was noted as done")
		}
		f.ID, f.CaseID = "f2", "none"
		if err := s.PutFile(ctx, f, sealed, w.Entry("n4", access.VerbFilePut)); !fault.Is(err, fault.NotFound) {
			t.Errorf("file of no case: %v", err)
		}
	})
}

// The sealed bytes of every file are listed for a change of keys, and replaced only while they are those that were read.
func TestVault(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		var want []files.Place
		for i := range 7 {
			f := files.File{ID: fmt.Sprintf("f%d", i), Tenant: tenant, CaseID: "c1", Purpose: files.PurposeEvidence, Name: "x", Type: "application/pdf", Size: 3, SHA256: "aa", CreatedBy: "u1", CreatedAt: storetest.Start}
			if err := s.PutFile(ctx, f, fmt.Appendf(nil, "%d sealed bytes", i), w.Entry("n"+f.ID, access.VerbFilePut)); err != nil {
				t.Fatal(err)
			}
			want = append(want, files.Place{Tenant: tenant, ID: f.ID})
		}
		var got []files.Place
		for after := (files.Place{}); ; {
			list, err := s.SealedAfter(ctx, after, 3)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range list {
				after = files.Place{Tenant: f.File.Tenant, ID: f.File.ID}
				got = append(got, after)
				if f.File.CaseID != "c1" || f.File.SHA256 != "aa" || string(f.Head) != f.File.ID[1:]+" sealed" {
					t.Errorf("%+v %q", f.File, f.Head)
				}
			}
			if len(list) == 0 {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		before := store.Count(ctx, s, "audit_entry")
		if ok, err := s.Reseal(ctx, want[2], []byte("other"), []byte("new"), w.Entry("m1", access.VerbFileReseal)); ok || err != nil || store.Count(ctx, s, "audit_entry") != before {
			t.Error("what changed meanwhile was replaced", ok, err)
		}
		if ok, err := s.Reseal(ctx, want[2], []byte("2 sealed bytes"), []byte("new"), access.Entry{}); ok || err == nil {
			t.Error("replaced without an entry", ok, err)
		}
		if ok, err := s.Reseal(ctx, want[2], []byte("2 sealed bytes"), []byte("new"), w.Entry("m2", access.VerbFileReseal)); !ok || err != nil || store.Count(ctx, s, "audit_entry") != before+1 {
			t.Error(ok, err)
		}
		for i, f := range want {
			b, err := s.Sealed(ctx, f)
			if str := string(b); err != nil || (i == 2) != (str == "new") {
				t.Errorf("%s: %q %v", f.ID, b, err)
			}
		}
		if _, err := s.Sealed(ctx, files.Place{Tenant: "other", ID: "f1"}); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
	})
}

// A mutation whose audit entry cannot be written does not happen.
func TestNoEntryNoAction(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		before := store.Dump(t, s)
		for name, deed := range map[string]func(access.Entry) error{
			"agency": func(e access.Entry) error {
				return s.SaveAgency(ctx, access.Agency{Tenant: tenant, ID: "a9", Name: "新"}, true, e)
			},
			"consent": func(e access.Entry) error {
				return s.InsertConsent(ctx, storetest.NewConsent(tenant, "r9", "p1"), storetest.Shown(), e)
			},
			"member": func(e access.Entry) error {
				return s.RemoveMember(ctx, tenant, "c1", "a2", storetest.Start, e)
			},
		} {
			if err := deed(access.Entry{}); err == nil {
				t.Errorf("%s without an entry", name)
			}
			if err := deed(w.Entry("e01", access.VerbAgencySave)); err == nil { // this id is taken
				t.Errorf("%s with an entry that exists", name)
			}
		}
		if after := store.Dump(t, s); !reflect.DeepEqual(before, after) {
			t.Error("something was done without an entry")
		}
		if err := s.SaveAgency(ctx, access.Agency{Tenant: tenant, ID: "a9", Name: "新\x00"}, true, w.Entry("n1", access.VerbAgencySave)); !fault.Is(err, fault.Invalid) {
			t.Errorf("NUL: %v", err)
		}
		if err := s.SaveAgency(ctx, access.Agency{Tenant: tenant, ID: "a9", Name: "\xff"}, true, w.Entry("n1", access.VerbAgencySave)); !fault.Is(err, fault.Invalid) {
			t.Errorf("not UTF-8: %v", err)
		}
	})
}
