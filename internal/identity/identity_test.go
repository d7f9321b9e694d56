package identity

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

var ctx = context.Background()

const (
	goodPassword = "つゆくさの咲く道12"
	setupCode    = "ABCD-EFGH-IJKL-MNOP"
)

// house is a service over memory, with one municipality, one administrator, one clerk, and a clock that a test can turn.
type house struct {
	*Service
	m            *memory
	mu           sync.Mutex
	clock        time.Time
	muni         access.Municipality
	admin, clerk access.User
}

func (h *house) time() time.Time { h.mu.Lock(); defer h.mu.Unlock(); return h.clock }

func (h *house) pass(d time.Duration) { h.mu.Lock(); defer h.mu.Unlock(); h.clock = h.clock.Add(d) }

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{m: newMemory(), clock: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)}
	h.Service = New(h.m, Options{Now: h.time, SetupCode: setupCode, Seal: plainSeal{}})
	var err error
	h.muni, err = h.Setup(ctx, SetupInput{Code: " abcd-efgh-ijkl-mnop ", Municipality: "潮見市", Agency: "福祉政策課", Name: "髙\uFA11\u3000恵",
		Kana: "たかさき めぐみ", Login: "Admin", Password: goodPassword}, "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	admin := h.signIn(t, "admin", goodPassword)
	h.clerk, err = h.CreateUser(ctx, admin, UserInput{AgencyID: admin.AgencyID, Login: "clerk", Name: "邉\U000E0100 一", Kana: "なべ はじめ",
		Roles: []access.Role{access.RoleSecretariat}, Password: goodPassword})
	if err != nil {
		t.Fatal(err)
	}
	h.admin = access.User{ID: admin.UserID}
	return h
}

func (h *house) signIn(t *testing.T, login, password string) access.Actor {
	t.Helper()
	_, a, err := h.SignIn(ctx, h.muni.ID, login, password, Client{IP: "192.0.2.7"})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func wantKind(t *testing.T, what string, err error, want fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != want {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

func TestSetupOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, err := h.Setup(ctx, SetupInput{Code: setupCode}, "")
	wantKind(t, "second setup", err, fault.Conflict)

	empty := New(newMemory(), Options{Now: h.time, SetupCode: setupCode, Seal: plainSeal{}})
	in := SetupInput{Code: "ABCD-EFGH-IJKL-MNOQ", Municipality: "潮見市", Agency: "課", Name: "名", Login: "admin", Password: goodPassword}
	_, err = empty.Setup(ctx, in, "")
	wantKind(t, "wrong code", err, fault.Forbidden)
	closed := New(newMemory(), Options{Now: h.time})
	in.Code = ""
	_, err = closed.Setup(ctx, in, "")
	wantKind(t, "no code set", err, fault.Forbidden)

	a := h.signIn(t, "admin", goodPassword)
	if a.Name != "髙\uFA11\u3000恵" || !a.Has(access.RoleAdmin) || a.AgencyName != "福祉政策課" {
		t.Errorf("%+v", a)
	}
	if NewSetupCode([]byte("s")) != NewSetupCode([]byte("s")) || NewSetupCode(nil) == NewSetupCode(nil) || len(NewSetupCode(nil)) != 19 {
		t.Error("setup codes")
	}
}

func TestFound(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	f := Founding{Name: "重ね市", Code: "kasane", Demo: true, Agency: AgencyInput{Name: "福祉総務課", City: true},
		Admin: UserInput{Login: "kanri", Name: "星野 実", Roles: []access.Role{access.RoleAdmin}, Password: "kasane"}}
	m, g, u, err := h.Found(ctx, f)
	if err != nil || !m.Demo || !g.Active || u.AgencyID != g.ID {
		t.Fatal(m, g, u, err)
	}
	if _, a, err := h.SignIn(ctx, m.ID, "kanri", "kasane", Client{IP: ""}); err != nil || a.Tenant != m.ID {
		t.Errorf("%+v %v", a, err)
	}
	f.Demo = false
	_, _, _, err = h.Found(ctx, f)
	wantKind(t, "a short password outside of a demo", err, fault.Invalid)
}

func TestSignInAndOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	token, a, err := h.SignIn(ctx, h.muni.ID, " ＣＬＥＲＫ ", goodPassword, Client{IP: "192.0.2.7"})
	if err != nil {
		t.Fatal(err)
	}
	got, err := h.Identify(ctx, token, Client{})
	if err != nil || got.UserID != h.clerk.ID || got.SessionID != a.SessionID || got.Tenant != h.muni.ID {
		t.Fatalf("%+v %v", got, err)
	}
	for hash := range h.m.sessions {
		if hash == token || strings.Contains(hash, token) {
			t.Error("the token is stored")
		}
	}
	if _, err := h.SignOut(ctx, got); err != nil {
		t.Fatal(err)
	}
	_, err = h.Identify(ctx, token, Client{})
	wantKind(t, "signed out", err, fault.Unauthorized)
	for _, bad := range []string{"", "x", token[:42], token + "A", strings.Repeat("あ", 43)} {
		_, err := h.Identify(ctx, bad, Client{})
		wantKind(t, "token "+bad, err, fault.Unauthorized)
	}
	if v := h.m.verbs(); !slices.Contains(v, access.VerbSignIn) || v[len(v)-1] != access.VerbSignOut {
		t.Errorf("audit %v", v)
	}
}

func TestUnknownAndWrongAndDisabledAreAlike(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	admin := h.signIn(t, "admin", goodPassword)
	if _, err := h.UpdateUser(ctx, admin, h.clerk.ID, UserInput{AgencyID: h.clerk.AgencyID, Login: "clerk", Name: "名",
		Roles: []access.Role{access.RoleAgency}, Disabled: true}); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, c := range [][3]string{{h.muni.ID, "nobody", goodPassword}, {h.muni.ID, "admin", "wrong password"},
		{h.muni.ID, "clerk", goodPassword}, {"", "admin", goodPassword}, {"other", "admin", goodPassword}} {
		_, _, err := h.SignIn(ctx, c[0], c[1], c[2], Client{IP: "192.0.2.9"})
		wantKind(t, c[1], err, fault.Unauthorized)
		seen[fault.Message(err)] = true
	}
	if len(seen) != 1 {
		t.Errorf("the messages differ: %v", seen)
	}
	for _, e := range h.m.entries {
		if strings.Contains(e.Reason+e.Target, "nobody") {
			t.Error("an unknown login stands in the audit log")
		}
	}
}

func TestLockOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for i := range accountFailures {
		_, _, err := h.SignIn(ctx, h.muni.ID, "clerk", "wrong", Client{IP: "192.0.2.7"})
		wantKind(t, "failure", err, fault.Unauthorized)
		if i == 1 {
			h.pass(time.Minute)
		}
	}
	_, _, err := h.SignIn(ctx, h.muni.ID, "clerk", goodPassword, Client{IP: "198.51.100.1"})
	wantKind(t, "locked, right password, other address", err, fault.RateLimited)
	if !strings.Contains(fault.Message(err), "09時16分") {
		t.Errorf("message %q", fault.Message(err))
	}
	h.signIn(t, "admin", goodPassword) // others are not touched
	h.pass(lockFor)
	h.signIn(t, "clerk", goodPassword)
	for range accountFailures - 1 {
		_, _, _ = h.SignIn(ctx, h.muni.ID, "clerk", "wrong", Client{IP: "192.0.2.7"})
	}
	h.signIn(t, "clerk", goodPassword) // the fifth try may still be right
	_, _, err = h.SignIn(ctx, h.muni.ID, "clerk", "wrong", Client{IP: "192.0.2.7"})
	wantKind(t, "counted from zero", err, fault.Unauthorized)
}

func TestLockOutOfAnAddress(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for i := range addressFailures {
		_, _, err := h.SignIn(ctx, h.muni.ID, "guess"+string(rune('a'+i)), "wrong", Client{IP: "203.0.113.5"})
		wantKind(t, "guess", err, fault.Unauthorized)
	}
	_, _, err := h.SignIn(ctx, h.muni.ID, "clerk", goodPassword, Client{IP: "203.0.113.5"})
	wantKind(t, "address locked", err, fault.RateLimited)
	h.signIn(t, "clerk", goodPassword)
}

func TestParallelGuessesShareTheCount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var mu sync.Mutex
	kinds := map[fault.Kind]int{}
	var wg sync.WaitGroup
	for range 12 {
		wg.Go(func() {
			_, _, err := h.SignIn(ctx, h.muni.ID, "clerk", "wrong", Client{IP: "192.0.2.7"})
			mu.Lock()
			defer mu.Unlock()
			kinds[fault.KindOf(err)]++
		})
	}
	wg.Wait()
	if kinds[fault.Unauthorized] != accountFailures || kinds[fault.RateLimited] != 12-accountFailures {
		t.Errorf("%v", kinds)
	}
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	open := func() string {
		token, _, err := h.SignIn(ctx, h.muni.ID, "clerk", goodPassword, Client{IP: "192.0.2.7"})
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	idle := open()
	h.pass(SessionIdle - time.Second)
	if _, err := h.Identify(ctx, idle, Client{}); err != nil {
		t.Errorf("in use: %v", err)
	}
	h.pass(SessionIdle)
	_, err := h.Identify(ctx, idle, Client{})
	wantKind(t, "idle", err, fault.Unauthorized)

	busy := open()
	touches := h.m.touches
	for range 24 {
		h.pass(30 * time.Minute)
		if _, err = h.Identify(ctx, busy, Client{}); err != nil {
			break
		}
		if _, err2 := h.Identify(ctx, busy, Client{}); err2 != nil {
			t.Fatal(err2)
		}
	}
	wantKind(t, "absolute", err, fault.Unauthorized)
	if n := h.m.touches - touches; n != 23 {
		t.Errorf("written %d times, want 23", n)
	}

	socket := open()
	a, err := h.Identify(ctx, socket, Client{})
	if err != nil {
		t.Fatal(err)
	}
	h.pass(50 * time.Minute)
	if _, err := h.Current(ctx, a.SessionID); err != nil {
		t.Error(err)
	}
	if err := h.Awake(ctx, a.SessionID); err != nil {
		t.Error(err)
	}
	h.pass(10 * time.Minute)
	wantKind(t, "looked at, never used", h.Awake(ctx, a.SessionID), fault.Unauthorized)
	a = h.signIn(t, "clerk", goodPassword)

	admin := h.signIn(t, "admin", goodPassword)
	in := UserInput{AgencyID: h.clerk.AgencyID, Login: "clerk", Name: "名", Roles: []access.Role{access.RoleAgency}}
	if _, err := h.UpdateUser(ctx, admin, h.clerk.ID, in); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "an open connection with the old roles", h.Holds(ctx, a), fault.Unauthorized)
	if a, err = h.Current(ctx, a.SessionID); err != nil || a.Has(access.RoleSecretariat) {
		t.Errorf("new roles count at once: %+v %v", a.Roles, err)
	}
	if err := h.Holds(ctx, a); err != nil {
		t.Errorf("a connection begun anew: %v", err)
	}
	in.Password = "べつのながいことば"
	_, err = h.UpdateUser(ctx, admin, h.clerk.ID, in)
	wantKind(t, "nine characters", err, fault.Invalid)
	in.Password += "99"
	if _, err := h.UpdateUser(ctx, admin, h.clerk.ID, in); err != nil {
		t.Fatal(err)
	}
	_, err = h.Current(ctx, a.SessionID)
	wantKind(t, "new password", err, fault.Unauthorized)
	a = h.signIn(t, "clerk", in.Password)
	in.Disabled, in.Password = true, ""
	if _, err := h.UpdateUser(ctx, admin, h.clerk.ID, in); err != nil {
		t.Fatal(err)
	}
	_, err = h.Current(ctx, a.SessionID)
	wantKind(t, "disabled", err, fault.Unauthorized)
}

func TestStoppedAgencyEndsSessions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	admin := h.signIn(t, "admin", goodPassword)
	g, err := h.SaveAgency(ctx, admin, "", AgencyInput{Name: "潮見市社会福祉協議会相談支援", Category: "csw"})
	if err != nil || g.Short != "潮見市社会福祉協" || !g.Active {
		t.Fatalf("%+v %v", g, err)
	}
	if _, err := h.CreateUser(ctx, admin, UserInput{AgencyID: g.ID, Login: "csw", Name: "名", Roles: []access.Role{access.RoleAgency},
		Password: goodPassword}); err != nil {
		t.Fatal(err)
	}
	a := h.signIn(t, "csw", goodPassword)
	off := false
	if _, err := h.SaveAgency(ctx, admin, g.ID, AgencyInput{Name: g.Name, Short: g.Short, Active: &off}); err != nil {
		t.Fatal(err)
	}
	_, err = h.Current(ctx, a.SessionID)
	wantKind(t, "agency stopped", err, fault.Unauthorized)
	_, err = h.SaveAgency(ctx, admin, admin.AgencyID, AgencyInput{Name: "課", Active: &off})
	wantKind(t, "own agency", err, fault.Conflict)
}

func TestAccountRules(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	admin := h.signIn(t, "admin", goodPassword)
	base := UserInput{AgencyID: admin.AgencyID, Login: "new.user", Name: "𠮷田 花子", Kana: "よしだ はなこ", Roles: []access.Role{access.RoleAgency}, Password: goodPassword}
	for name, c := range map[string]struct {
		change func(*UserInput)
		field  string
	}{
		"guest role":         {func(u *UserInput) { u.Roles = []access.Role{access.RoleGuest} }, "roles"},
		"unknown role":       {func(u *UserInput) { u.Roles = []access.Role{"root"} }, "roles"},
		"no role":            {func(u *UserInput) { u.Roles = nil }, "roles"},
		"login":              {func(u *UserInput) { u.Login = "よしだ" }, "login"},
		"login with space":   {func(u *UserInput) { u.Login = "a b" }, "login"},
		"no name":            {func(u *UserInput) { u.Name = "　" }, "name"},
		"bidi in name":       {func(u *UserInput) { u.Name = "a\u202Eb" }, "name"},
		"private use":        {func(u *UserInput) { u.Name = "\uE000" }, "name"},
		"line in post":       {func(u *UserInput) { u.Post = "主査\n" }, "post"},
		"kanji in kana":      {func(u *UserInput) { u.Kana = "吉田" }, "kana"},
		"short password":     {func(u *UserInput) { u.Password = "ninechars" }, "password"},
		"login as password":  {func(u *UserInput) { u.Password = "xxNEW.userxx" }, "password"},
		"one character":      {func(u *UserInput) { u.Password = strings.Repeat("ああ", 6) }, "password"},
		"very long password": {func(u *UserInput) { u.Password = strings.Repeat("ab", 101) }, "password"},
		"no agency":          {func(u *UserInput) { u.AgencyID = "" }, "agencyId"},
	} {
		in := base
		c.change(&in)
		_, err := h.CreateUser(ctx, admin, in)
		wantKind(t, name, err, fault.Invalid)
		if f, ok := err.(*fault.Error); !ok || f.Field != c.field {
			t.Errorf("%s: field of %v", name, err)
		}
	}
	u, err := h.CreateUser(ctx, admin, base)
	if err != nil || u.Name != base.Name {
		t.Fatal(err)
	}
	clerk := h.signIn(t, "clerk", goodPassword)
	_, err = h.CreateUser(ctx, clerk, base)
	wantKind(t, "clerk creates", err, fault.Forbidden)
	_, err = h.Users(ctx, clerk)
	wantKind(t, "clerk lists", err, fault.Forbidden)
	_, err = h.UpdateUser(ctx, clerk, h.admin.ID, base)
	wantKind(t, "clerk updates", err, fault.Forbidden)
	self := UserInput{AgencyID: admin.AgencyID, Login: "admin", Name: "髙", Roles: []access.Role{access.RoleCity, access.RoleAdmin}}
	if _, err := h.UpdateUser(ctx, admin, admin.UserID, self); err != nil {
		t.Errorf("own name: %v", err)
	}
	self.Roles = append(self.Roles, access.RoleSecretariat)
	_, err = h.UpdateUser(ctx, admin, admin.UserID, self)
	wantKind(t, "own roles", err, fault.Conflict)
	foreign := admin
	foreign.Tenant = "other"
	_, err = h.UpdateUser(ctx, foreign, h.clerk.ID, base)
	wantKind(t, "other municipality", err, fault.NotFound)
}

func TestHead(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "", "社協": "社協", "一二三四五六七八九": "一二三四五六七八", "一二三四五六七邉\U000E0100九": "一二三四五六七邉\U000E0100"} {
		if got := head(in, shortMax); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func TestPasswordHash(t *testing.T) {
	t.Parallel()
	h := newHasher()
	a, err := h.hash(ctx, "secret")
	if err != nil || !strings.HasPrefix(a, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatal(a, err)
	}
	if b, _ := h.hash(ctx, "secret"); a == b {
		t.Error("no salt")
	}
	older := strings.Replace(a, "m=19456,t=2", "m=64,t=1", 1)
	for enc, want := range map[string]bool{a: true, older: false, "": false, h.dummy: false, "$argon2id$v=19$m=999999999,t=2,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA": false} {
		if ok, err := h.verify(ctx, enc, "secret"); ok != want || err != nil {
			t.Errorf("%q: %v %v", enc, ok, err)
		}
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := h.slots.Acquire(ctx, 1); err != nil {
		t.Fatal(err)
	}
	defer h.slots.Release(1)
	for range 64 { // with the slots taken a request that ended waits for nothing
		if h.slots.TryAcquire(1) {
			defer h.slots.Release(1)
		}
	}
	if _, err := h.hash(gone, "x"); fault.KindOf(err) != fault.Unavailable || err == nil {
		t.Errorf("no slot: %v", err)
	}
}
