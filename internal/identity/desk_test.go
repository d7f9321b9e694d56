package identity

import (
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

var here = Client{IP: "192.0.2.7", Device: "Chrome(Windows)"}

func (h *house) enter(t *testing.T, login, password string) (string, access.Actor) {
	t.Helper()
	token, a, err := h.SignIn(ctx, h.muni.ID, login, password, here)
	if err != nil {
		t.Fatal(err)
	}
	return token, a
}

func wantStage(t *testing.T, what string, err error, want Stage) {
	t.Helper()
	if got, ok := Halted(err); !ok || got != want {
		t.Errorf("%s: %v, want stage %q", what, err, want)
	}
}

func TestDeskIsLockedAndUnlocked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	token, a := h.enter(t, "clerk", goodPassword)
	_, err := h.Unlock(ctx, token, goodPassword, here)
	wantKind(t, "unlock what is not locked", err, fault.Conflict)
	if err := h.Lock(ctx, a); err != nil {
		t.Fatal(err)
	}
	_, err = h.Identify(ctx, token, here)
	wantStage(t, "a request of a locked desk", err, StageLocked)
	wantStage(t, "its open connection", h.Holds(ctx, a), StageLocked)
	_, _, err = h.SecondStep(ctx, token, "123456", here)
	wantKind(t, "a second step at a locked desk", err, fault.Conflict)
	_, err = h.BeginTOTP(ctx, token, here)
	wantStage(t, "a factor registered at a locked desk", err, StageLocked)
	st, err := h.Stand(ctx, token, here)
	if err != nil || st.Stage != StageLocked || st.Name != "邉\U000E0100 一" || st.Guest {
		t.Errorf("%+v %v", st, err)
	}
	_, err = h.Unlock(ctx, token, "wrong", here)
	wantKind(t, "wrong password", err, fault.Invalid)
	back, err := h.Unlock(ctx, token, goodPassword, here)
	if err != nil || back.UserID != a.UserID {
		t.Fatal(back, err)
	}
	if _, err := h.Identify(ctx, token, here); err != nil {
		t.Error(err)
	}
	gone, b := h.enter(t, "clerk", goodPassword)
	if err := h.Lock(ctx, b); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Leave(ctx, gone, here); err != nil {
		t.Fatal(err)
	}
	_, err = h.Stand(ctx, gone, here)
	wantKind(t, "left while locked", err, fault.Unauthorized)
	if err := h.Lock(ctx, a); err != nil {
		t.Fatal(err)
	}
	for range accountFailures {
		_, err = h.Unlock(ctx, token, "wrong", here)
	}
	_, err = h.Unlock(ctx, token, goodPassword, here)
	wantKind(t, "after too many wrong ones the session is over, whatever the password", err, fault.Gone)
	_, err = h.Stand(ctx, token, here)
	wantKind(t, "over", err, fault.Unauthorized)
}

// A page opened at a desk that was left finds it locked; use in between, on whatever page, keeps it open. What an open page asks by itself does not lock.
func TestDeskThatWasLeft(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	token, _ := h.enter(t, "clerk", goodPassword)
	for range 4 {
		h.pass(4 * time.Minute)
		if _, err := h.Identify(ctx, token, here); err != nil { // somebody works
			t.Fatal(err)
		}
	}
	if st, err := h.Stand(ctx, token, here); err != nil || st.Stage != StageDone {
		t.Fatal(st, err)
	}
	h.pass(5*time.Minute + touchEvery)
	if _, err := h.Recognize(ctx, token, here); err != nil {
		t.Error("a line that goes on:", err)
	}
	if st, err := h.Stand(ctx, token, here); err != nil || st.Stage != StageLocked {
		t.Fatal("opened after six minutes:", st, err)
	}
	_, err := h.Identify(ctx, token, here)
	wantStage(t, "then", err, StageLocked)

	admin := h.signIn(t, "admin", goodPassword)
	never := DefaultRules(false)
	never.IdleLockMinutes = 0
	if err := h.SaveRules(ctx, admin, never); err != nil {
		t.Fatal(err)
	}
	token, _ = h.enter(t, "clerk", goodPassword)
	h.pass(50 * time.Minute)
	if st, err := h.Stand(ctx, token, here); err != nil || st.Stage != StageDone {
		t.Error("a lock that is switched off:", st, err)
	}
}

func TestGuestUnlocksWithThePIN(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	in := invite(t, h, h.time().Add(time.Hour))
	token, a, err := h.Enter(ctx, in.entry(), here)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Lock(ctx, a); err != nil {
		t.Fatal(err)
	}
	if st, err := h.Stand(ctx, token, here); err != nil || !st.Guest || st.Stage != StageLocked {
		t.Error(st, err)
	}
	_, err = h.Unlock(ctx, token, "x"+in.PIN[1:], here)
	wantKind(t, "wrong PIN", err, fault.Invalid)
	if _, err := h.Unlock(ctx, token, " "+in.PIN, here); err != nil {
		t.Error(err)
	}
}

func TestLobby(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	clerk := h.signIn(t, "clerk", goodPassword)
	in := invite(t, h, h.time().Add(time.Hour))
	_, _, err := h.Admit(ctx, clerk, "m1", in.Link.ID)
	wantKind(t, "let in before coming", err, fault.Conflict)
	token, a, err := h.Enter(ctx, in.entry(), here)
	if err != nil || !a.Waiting {
		t.Fatal(a, err)
	}
	for _, act := range access.Actions() {
		if may := access.Can(a, act); may != (act == access.ActPublic || act == access.ActSession) {
			t.Errorf("waiting, %s: %v", act, may)
		}
	}
	if s := access.ScopeOf(a); !s.Zero() {
		t.Errorf("%+v", s)
	}
	_, _, err = h.Admit(ctx, clerk, "m2", in.Link.ID)
	wantKind(t, "into another meeting", err, fault.NotFound)
	_, _, err = h.Admit(ctx, a, "m1", in.Link.ID)
	wantKind(t, "by a guest", err, fault.Forbidden)
	guest, sworn, err := h.Admit(ctx, clerk, "m1", in.Link.ID)
	if err != nil || !sworn || guest.UserID != a.UserID || guest.Waiting || guest.GuestMeeting != "m1" {
		t.Fatal(guest, err)
	}
	if now, err := h.Identify(ctx, token, here); err != nil || now.Waiting {
		t.Error(now, err)
	}
	wantKind(t, "a connection that began in the lobby", h.Holds(ctx, a), fault.Unauthorized)

	gone := invite(t, h, h.time().Add(time.Hour))
	if _, _, err := h.Enter(ctx, gone.entry(), here); err != nil {
		t.Fatal(err)
	}
	if err := h.Revoke(ctx, clerk, "m1", gone.Link.ID); err != nil {
		t.Fatal(err)
	}
	_, _, err = h.Admit(ctx, clerk, "m1", gone.Link.ID)
	wantKind(t, "let in after the invitation was taken back", err, fault.Conflict)

	open := DefaultRules(false)
	open.Lobby = false
	if err := h.SaveRules(ctx, h.signIn(t, "admin", goodPassword), open); err != nil {
		t.Fatal(err)
	}
	at := invite(t, h, h.time().Add(time.Hour))
	if _, a, err := h.Enter(ctx, at.entry(), here); err != nil || a.Waiting {
		t.Error("without a lobby:", a, err)
	}
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one, a := h.enter(t, "clerk", goodPassword)
	h.pass(time.Second)
	two, b := h.enter(t, "clerk", goodPassword)
	list, err := h.OwnSessions(ctx, b)
	if err != nil || len(list) != 2 || !list[0].This || list[1].This || list[0].Device != here.Device || strings.Contains(b.SessionID, "\x00") {
		t.Fatalf("%+v %v", list, err)
	}
	if len(list[1].ID) >= len(a.SessionID) || !strings.HasPrefix(a.SessionID, list[1].ID) {
		t.Errorf("id %q of %q", list[1].ID, a.SessionID)
	}
	admin := h.signIn(t, "admin", goodPassword)
	wantKind(t, "another's session", h.EndOwn(ctx, admin, list[1].ID), fault.NotFound)
	if err := h.EndOwn(ctx, b, list[1].ID); err != nil {
		t.Fatal(err)
	}
	_, err = h.Identify(ctx, one, here)
	wantKind(t, "ended from elsewhere", err, fault.Unauthorized)
	three, _ := h.enter(t, "clerk", goodPassword)
	if err := h.EndOwn(ctx, b, ""); err != nil {
		t.Fatal(err)
	}
	_, err = h.Identify(ctx, three, here)
	wantKind(t, "all others", err, fault.Unauthorized)
	if _, err := h.Identify(ctx, two, here); err != nil {
		t.Error("the one that asked:", err)
	}
	if list, err := h.SessionsOf(ctx, admin, a.UserID); err != nil || len(list) != 1 || list[0].This {
		t.Error(list, err)
	}
	_, err = h.SessionsOf(ctx, b, admin.UserID)
	wantKind(t, "a clerk looks at the administrator's", err, fault.Forbidden)
	wantKind(t, "a clerk ends the administrator's", h.EndSessionsOf(ctx, b, admin.UserID), fault.Forbidden)
	if err := h.EndSessionsOf(ctx, admin, a.UserID); err != nil {
		t.Fatal(err)
	}
	_, err = h.Identify(ctx, two, here)
	wantKind(t, "ended by the administrator", err, fault.Unauthorized)

	alone := DefaultRules(false)
	alone.OneSession = true
	if err := h.SaveRules(ctx, admin, alone); err != nil {
		t.Fatal(err)
	}
	first, _ := h.enter(t, "clerk", goodPassword)
	h.enter(t, "clerk", goodPassword)
	_, err = h.Identify(ctx, first, here)
	wantKind(t, "one session for each", err, fault.Unauthorized)
}

func TestOwnPassword(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	other, _ := h.enter(t, "clerk", goodPassword)
	mine, a := h.enter(t, "clerk", goodPassword)
	next := "よるの貨物列車と月56"
	wantKind(t, "wrong old one", h.ChangePassword(ctx, a, "wrong", next), fault.Invalid)
	wantKind(t, "too short", h.ChangePassword(ctx, a, goodPassword, "みじかい"), fault.Invalid)
	wantKind(t, "the same", h.ChangePassword(ctx, a, goodPassword, goodPassword), fault.Invalid)
	if err := h.ChangePassword(ctx, a, goodPassword, next); err != nil {
		t.Fatal(err)
	}
	_, err := h.Identify(ctx, other, here)
	wantKind(t, "the other session", err, fault.Unauthorized)
	if _, err := h.Identify(ctx, mine, here); err != nil {
		t.Error("the one that asked:", err)
	}
	_, _, err = h.SignIn(ctx, h.muni.ID, "clerk", goodPassword, here)
	wantKind(t, "the old password", err, fault.Unauthorized)
	h.enter(t, "clerk", next)
	for range accountFailures {
		_ = h.ChangePassword(ctx, a, "wrong", "あかるい駅のきっぷ78")
	}
	wantKind(t, "guessing at an open desk", h.ChangePassword(ctx, a, next, "あかるい駅のきっぷ78"), fault.RateLimited)
}

func TestPasswordsThatAreGuessedFirst(t *testing.T) {
	t.Parallel()
	for _, p := range []string{"1234567890", "0987654321", "abcdefghij", "qwertyuiop", "asdfghjkl;", "password123", "Password2026!", "passwordpassword", "kasane-kasane", "fukushi2026", "市役所市役所市役所2026", "1qaz2wsx3edc",
		"aaaaaaaaaa", "clerkclerk1", "abc123abc123", "12345678901234", "admin123456", "あいうえおかきくけこ", "Qwerty12345", "9876543210abc"} {
		if checkPassword(p, "clerk", passwordMin, false) == nil {
			t.Errorf("%q was taken", p)
		}
	}
	for _, p := range []string{goodPassword, "correct horse battery", "みどりの電車と朝ごはん", "T7#kq0Lm2z", "himawari-no-oka-3", "潮見のかもめ三羽とぶ"} {
		if err := checkPassword(p, "clerk", passwordMin, false); err != nil {
			t.Errorf("%q: %v", p, err)
		}
	}
}

func TestRulesAreChecked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	admin, clerk := h.signIn(t, "admin", goodPassword), h.signIn(t, "clerk", goodPassword)
	r := DefaultRules(false)
	wantKind(t, "by a clerk", h.SaveRules(ctx, clerk, r), fault.Forbidden)
	for name, change := range map[string]func(*Rules){
		"lock of two hours": func(r *Rules) { r.IdleLockMinutes = 120 }, "negative": func(r *Rules) { r.MeetingLockMinutes = -1 },
		"short passwords": func(r *Rules) { r.PasswordMin = 6 }, "endless ones": func(r *Rules) { r.PasswordMin = 100 },
		"guests": func(r *Rules) { r.FactorRoles = []access.Role{access.RoleGuest} },
	} {
		bad := r
		change(&bad)
		wantKind(t, name, h.SaveRules(ctx, admin, bad), fault.Invalid)
	}
	r.PasswordMin = 14
	if err := h.SaveRules(ctx, admin, r); err != nil {
		t.Fatal(err)
	}
	if got, err := h.Rules(ctx, clerk); err != nil || got.PasswordMin != 14 {
		t.Error(got, err)
	}
	_, err := h.CreateUser(ctx, admin, UserInput{AgencyID: admin.AgencyID, Login: "new", Name: "新", Roles: []access.Role{access.RoleAgency}, Password: "みどりの電車と朝ごはん"})
	wantKind(t, "eleven characters", err, fault.Invalid)
}

func TestAddressesOfAnAgency(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	admin := h.signIn(t, "admin", goodPassword)
	admin.IP = "192.0.2.7"
	in := AgencyInput{Name: "福祉政策課", City: true, Addresses: []string{" 192.0.2.0/24 ", "２００１:db8::1", ""}}
	g, err := h.SaveAgency(ctx, admin, admin.AgencyID, in)
	if err != nil || strings.Join(g.Addresses, " ") != "192.0.2.0/24 2001:db8::1/128" {
		t.Fatal(g.Addresses, err)
	}
	token, a := h.enter(t, "clerk", goodPassword)
	for _, ip := range []string{"198.51.100.9", "", "nonsense", "2001:db8::2"} {
		_, _, err := h.SignIn(ctx, h.muni.ID, "clerk", goodPassword, Client{IP: ip})
		wantKind(t, "sign-in from "+ip, err, fault.Forbidden)
		_, err = h.Identify(ctx, token, Client{IP: ip})
		wantKind(t, "a stolen cookie from "+ip, err, fault.Unauthorized)
	}
	for _, ip := range []string{"192.0.2.200", "::ffff:192.0.2.200", "2001:db8::1"} {
		if _, err := h.Identify(ctx, token, Client{IP: ip}); err != nil {
			t.Errorf("from %s: %v", ip, err)
		}
	}
	_, _, err = h.SignIn(ctx, h.muni.ID, "clerk", "wrong", Client{IP: "198.51.100.9"})
	wantKind(t, "a wrong password from elsewhere learns nothing", err, fault.Unauthorized)
	in.Addresses = []string{"198.51.100.0/24"}
	_, err = h.SaveAgency(ctx, admin, admin.AgencyID, in)
	wantKind(t, "locking oneself out", err, fault.Conflict)
	in.Addresses = []string{"192.0.2.x"}
	_, err = h.SaveAgency(ctx, admin, admin.AgencyID, in)
	wantKind(t, "no address", err, fault.Invalid)
	list, err := h.Agencies(ctx, a)
	if err != nil || list[0].Addresses != nil {
		t.Error("a clerk is told the network:", list, err)
	}
	if list, err = h.Agencies(ctx, admin); err != nil || len(list[0].Addresses) != 2 {
		t.Error("the administrator is not:", list, err)
	}
}

func TestStaffAdminStaysInTheOwnAgency(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	admin := h.signIn(t, "admin", goodPassword)
	g, err := h.SaveAgency(ctx, admin, "", AgencyInput{Name: "見本社協"})
	if err != nil {
		t.Fatal(err)
	}
	user := func(a access.Actor, agency, login string, roles ...access.Role) (access.User, error) {
		return h.CreateUser(ctx, a, UserInput{AgencyID: agency, Login: login, Name: "名", Roles: roles, Password: goodPassword})
	}
	if _, err := user(admin, g.ID, "boss", access.RoleStaffAdmin); err != nil {
		t.Fatal(err)
	}
	desk, err := user(admin, g.ID, "desk", access.RoleSecretariat, access.RoleAgency)
	if err != nil {
		t.Fatal(err)
	}
	boss := h.signIn(t, "boss", goodPassword)
	if mate, err := user(boss, "", "mate", access.RoleAgency); err != nil || mate.AgencyID != g.ID {
		t.Error(mate, err)
	}
	list, err := h.Users(ctx, boss)
	if err != nil || len(list) != 3 {
		t.Errorf("%d accounts of the own agency, %v", len(list), err)
	}
	_, err = user(boss, h.clerk.AgencyID, "spy", access.RoleAgency)
	wantKind(t, "in another agency", err, fault.Forbidden)
	for _, role := range []access.Role{access.RoleSecretariat, access.RoleCity, access.RoleAdmin, access.RoleAuditor, access.RoleRecords, access.RoleChair} {
		_, err = user(boss, "", "climber", role)
		wantKind(t, "gives "+string(role), err, fault.Forbidden)
	}
	in := UserInput{Login: "desk", Name: "名", Roles: []access.Role{access.RoleAgency}, Password: goodPassword}
	_, err = h.UpdateUser(ctx, boss, desk.ID, in)
	wantKind(t, "takes over somebody with more rights", err, fault.Forbidden)
	_, err = h.UpdateUser(ctx, boss, h.clerk.ID, in)
	wantKind(t, "changes somebody of another agency", err, fault.NotFound)
	wantKind(t, "resets the factors of somebody with more rights", h.ResetFactors(ctx, boss, desk.ID), fault.Forbidden)
	wantKind(t, "ends sessions elsewhere", h.EndSessionsOf(ctx, boss, h.clerk.ID), fault.NotFound)
	_, err = h.SaveAgency(ctx, boss, g.ID, AgencyInput{Name: "別名"})
	wantKind(t, "changes the agency", err, fault.Forbidden)
	wantKind(t, "changes the rules", h.SaveRules(ctx, boss, DefaultRules(false)), fault.Forbidden)
}

func TestDeviceOf(t *testing.T) {
	t.Parallel()
	for ua, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36":                  "Chrome(Windows)",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36 Edg/149.0.0.0":    "Edge(Windows)",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile Safari/604.1": "Safari(iPhone)",
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                           "Firefox(Linux)",
		"curl/8": "不明な端末", "": "不明な端末",
	} {
		if got := DeviceOf(ua); got != want {
			t.Errorf("%q: %q, want %q", ua, got, want)
		}
	}
}

// A guest who was let into one case goes on to the next in the same session, waits there again, has left the one before, and has confirmed nothing yet.
func TestGuestGoesOnToTheNextCase(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	clerk := h.signIn(t, "clerk", goodPassword)
	in := invite(t, h, h.time().Add(time.Hour))
	carry := func(from, to string) error {
		_, err := h.Carry(ctx, clerk, in.Link.ID, from, to, h.time().Add(2*time.Hour))
		return err
	}
	wantKind(t, "who has not come", carry("m1", "m2"), fault.NotFound)
	token, _, err := h.Enter(ctx, in.entry(), Client{IP: "192.0.2.8"})
	if err != nil {
		t.Fatal(err)
	}
	wantKind(t, "who waits at the first door", carry("m1", "m2"), fault.NotFound)
	if _, _, err := h.Admit(ctx, clerk, "m1", in.Link.ID); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "from a meeting that is not the guest's", carry("m3", "m2"), fault.NotFound)
	guest, err := h.Identify(ctx, token, Client{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Carry(ctx, guest, in.Link.ID, "m1", "m2", h.time())
	wantKind(t, "by oneself", err, fault.Forbidden)
	foreign := clerk
	foreign.Tenant = "other"
	_, err = h.Carry(ctx, foreign, in.Link.ID, "m1", "m2", h.time())
	wantKind(t, "from another municipality", err, fault.NotFound)
	if err := carry("m1", "m2"); err != nil {
		t.Fatal(err)
	}
	now, err := h.Identify(ctx, token, Client{})
	if err != nil || now.GuestMeeting != "m2" || !now.Waiting || now.UserID != guest.UserID {
		t.Fatalf("%+v %v", now, err)
	}
	if err := h.Holds(ctx, guest); err == nil {
		t.Error("what was open of the first case stays open")
	}
	_, _, err = h.Admit(ctx, clerk, "m1", in.Link.ID)
	wantKind(t, "let into the first case again", err, fault.NotFound)
	if _, sworn, err := h.Admit(ctx, clerk, "m2", in.Link.ID); err != nil || sworn {
		t.Errorf("secrecy of the first case counts for the second: %v %v", sworn, err)
	}
	if err := h.Revoke(ctx, clerk, "m2", in.Link.ID); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "who was taken out", carry("m2", "m4"), fault.NotFound)
}
