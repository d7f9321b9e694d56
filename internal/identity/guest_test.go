package identity

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

const guestName = "渡邉\U000E0100　正"

func invite(t *testing.T, h *house, end time.Time) Invited {
	t.Helper()
	clerk := h.signIn(t, "clerk", goodPassword)
	in, err := h.Invite(ctx, clerk, Invitation{MeetingID: "m1", MeetingEnd: end, Name: guestName, Kana: "わたなべ ただし", AgencyID: clerk.AgencyID, Post: "医師"})
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func (in Invited) entry() Entry {
	return Entry{Token: in.Token, PIN: in.PIN, Name: guestName, Agency: "福祉政策課", Secrecy: true}
}

func TestGuestEntersOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	in := invite(t, h, h.time().Add(90*time.Minute))
	if len(in.PIN) != 6 || strings.Contains(in.Link.PINHash, in.PIN) || in.Link.TokenHash == in.Token {
		t.Errorf("%+v", in)
	}
	if err := h.Check(ctx, in.Token); err != nil {
		t.Fatal(err)
	}
	e := in.entry()
	e.Name, e.Agency = "  渡邉\U000E0100 正 ", "福祉政策課 " // white space as other hands write it
	token, a, err := h.Enter(ctx, e, Client{IP: "192.0.2.8"})
	if err != nil {
		t.Fatal(err)
	}
	if a.GuestMeeting != "m1" || a.Name != guestName || !slices.Equal(a.Roles, []access.Role{access.RoleGuest}) || a.Holder() {
		t.Errorf("%+v", a)
	}
	again, err := h.Identify(ctx, token, Client{})
	if err != nil || again.GuestMeeting != "m1" || again.UserID != in.Link.ID {
		t.Fatalf("%+v %v", again, err)
	}
	if err := h.Holds(ctx, a); err != nil {
		t.Errorf("a guest's own connection: %v", err)
	}
	wantKind(t, "check after use", h.Check(ctx, in.Token), fault.Gone)
	_, _, err = h.Enter(ctx, in.entry(), Client{IP: "192.0.2.8"})
	wantKind(t, "replay", err, fault.Gone)
	h.pass(3*time.Hour + 30*time.Minute)
	_, err = h.Identify(ctx, token, Client{})
	wantKind(t, "session after the link's end", err, fault.Unauthorized)
}

func TestGuestLinkDies(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	clerk := h.signIn(t, "clerk", goodPassword)

	wrong := invite(t, h, h.time())
	for i := range guestFailures {
		e := wrong.entry()
		switch i { // each of the three counts, and looks alike
		case 0:
			e.PIN = "x" + wrong.PIN[1:]
		case 1:
			e.Name = "渡部 正"
		case 2:
			e.Agency = "別の課"
		default:
			e.PIN = ""
		}
		_, _, err := h.Enter(ctx, e, Client{IP: ""})
		if i < guestFailures-1 {
			wantKind(t, "wrong", err, fault.Unauthorized)
			if fault.Message(err) != linkRefused {
				t.Errorf("message %q", fault.Message(err))
			}
		} else {
			wantKind(t, "fifth", err, fault.Gone)
		}
	}
	_, _, err := h.Enter(ctx, wrong.entry(), Client{IP: ""})
	wantKind(t, "right PIN after five wrong", err, fault.Gone)

	unsure := invite(t, h, h.time())
	e := unsure.entry()
	e.Secrecy = false
	for range 9 {
		_, _, err := h.Enter(ctx, e, Client{IP: ""})
		wantKind(t, "secrecy", err, fault.Invalid)
	}
	if _, _, err := h.Enter(ctx, unsure.entry(), Client{IP: ""}); err != nil {
		t.Errorf("an unticked box counted as an attempt: %v", err)
	}

	late := invite(t, h, h.time().Add(time.Hour))
	h.pass(20 * time.Hour)
	wantKind(t, "expired", h.Check(ctx, late.Token), fault.Gone)
	_, _, err = h.Enter(ctx, late.entry(), Client{IP: ""})
	wantKind(t, "enter expired", err, fault.Gone)

	clerk = h.signIn(t, "clerk", goodPassword)
	revoked := invite(t, h, h.time())
	token, _, err := h.Enter(ctx, revoked.entry(), Client{IP: ""})
	if err != nil {
		t.Fatal(err)
	}
	wantKind(t, "revoke through another meeting", h.Revoke(ctx, clerk, "m2", revoked.Link.ID), fault.NotFound)
	foreign := clerk
	foreign.Tenant = "other"
	wantKind(t, "revoke from another municipality", h.Revoke(ctx, foreign, "m1", revoked.Link.ID), fault.NotFound)
	if err := h.Revoke(ctx, clerk, "m1", revoked.Link.ID); err != nil {
		t.Fatal(err)
	}
	_, err = h.Identify(ctx, token, Client{})
	wantKind(t, "revoked", err, fault.Unauthorized)

	for _, unknown := range []string{"", "x", strings.Repeat("A", 43)} {
		err := h.Check(ctx, unknown)
		wantKind(t, "unknown", err, fault.Gone)
		if fault.Message(err) != linkDead {
			t.Errorf("an unknown link reads %q", fault.Message(err))
		}
	}
}

func TestLinkEnd(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC) // 9:00 in Japan
	for name, c := range map[string]struct {
		end  time.Time
		want time.Duration
	}{
		"today":    {now.Add(2 * time.Hour), 15 * time.Hour},
		"planned":  {now.Add(24 * time.Hour), 39 * time.Hour},
		"late":     {now.Add(14 * time.Hour), 16 * time.Hour}, // 23:00: two hours are longer than the day
		"a month":  {now.Add(30 * 24 * time.Hour), 30*24*time.Hour + 15*time.Hour},
		"far away": {now.Add(90 * 24 * time.Hour), 60 * 24 * time.Hour},
		"over":     {now.Add(-30 * time.Hour), 2 * time.Hour},
		"unknown":  {time.Time{}, 2 * time.Hour},
	} {
		if got := linkEnd(now, c.end).Sub(now); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestTwoEnterAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	in := invite(t, h, h.time())
	var mu sync.Mutex
	won := 0
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if _, _, err := h.Enter(ctx, in.entry(), Client{IP: ""}); err == nil {
				mu.Lock()
				won++
				mu.Unlock()
			} else if !fault.Is(err, fault.Gone) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if won != 1 {
		t.Errorf("%d entered", won)
	}
}

func TestInviteRefuses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	clerk := h.signIn(t, "clerk", goodPassword)
	guest := access.Actor{Tenant: h.muni.ID, UserID: "g", GuestMeeting: "m1", Roles: []access.Role{access.RoleGuest}}
	_, err := h.Invite(ctx, guest, Invitation{MeetingID: "m1", Name: "名", AgencyID: clerk.AgencyID})
	wantKind(t, "a guest invites", err, fault.Forbidden)
	_, err = h.Guests(ctx, guest, "m1")
	wantKind(t, "a guest lists", err, fault.Forbidden)
	wantKind(t, "a guest revokes", h.Revoke(ctx, guest, "m1", "x"), fault.Forbidden)
	_, err = h.Invite(ctx, clerk, Invitation{MeetingID: "m1", Name: "名", AgencyID: "nowhere"})
	wantKind(t, "unknown agency", err, fault.Invalid)
	_, err = h.Invite(ctx, clerk, Invitation{MeetingID: "m1", Name: "", AgencyID: clerk.AgencyID})
	wantKind(t, "no name", err, fault.Invalid)
}

func TestStoppedAgencyEndsItsGuests(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	admin := h.signIn(t, "admin", goodPassword)
	g, err := h.SaveAgency(ctx, admin, "", AgencyInput{Name: "見本訪問看護", Category: "medical"})
	if err != nil {
		t.Fatal(err)
	}
	in, err := h.Invite(ctx, admin, Invitation{MeetingID: "m1", MeetingEnd: h.time().Add(time.Hour), Name: guestName, Kana: "わたなべ", AgencyID: g.ID})
	if err != nil {
		t.Fatal(err)
	}
	e := in.entry()
	e.Agency = g.Name
	_, a, err := h.Enter(ctx, e, Client{IP: "192.0.2.8"})
	if err != nil {
		t.Fatal(err)
	}
	off := false
	if _, err := h.SaveAgency(ctx, admin, g.ID, AgencyInput{Name: g.Name, Category: g.Category, Active: &off}); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "agency stopped", h.Awake(ctx, a.SessionID), fault.Unauthorized)
}

// Guesses at many links from one address add up; a right PIN forgives them.
func TestGuessesAtManyLinks(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	from := Client{IP: "203.0.113.9"}
	for i := range addressFailures {
		e := invite(t, h, h.time().Add(time.Hour)).entry()
		e.PIN = "x"
		_, _, err := h.Enter(ctx, e, from)
		if i == 3 {
			if _, _, err := h.Enter(ctx, invite(t, h, h.time().Add(time.Hour)).entry(), Client{IP: "198.51.100.2"}); err != nil {
				t.Fatal("another address:", err)
			}
		}
		wantKind(t, "guess", err, fault.Unauthorized)
	}
	right := invite(t, h, h.time().Add(time.Hour)).entry()
	_, _, err := h.Enter(ctx, right, from)
	wantKind(t, "the right PIN after twenty wrong ones elsewhere", err, fault.RateLimited)
	h.pass(lockFor)
	h.signIn(t, "clerk", goodPassword)
	if _, _, err := h.Enter(ctx, right, from); err != nil {
		t.Error("a quarter of an hour later:", err)
	}
}

// A name is compared as a person would: variants of a kanji, widths and white space are one; another name is another name.
func TestNameOfAGuestAsOthersWriteIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		invited, typed string
		same           bool
	}{
		{"髙橋 直子", "高橋直子", true}, {"山\uFA11 一", "山崎　一", true}, {"渡邉\U000E0100　正", "渡辺 正", true}, {"ﾜﾀﾅﾍﾞ 正", "わたなべ正", true},
		{"福祉政策課", "福祉政策課 ", true}, {"髙橋 直子", "高梨 直子", false}, {"渡邉 正", "渡部 正", false}, {"髙橋 直子", "", false},
	} {
		if sameWriting(c.typed, c.invited) != c.same {
			t.Errorf("%q for %q: %v", c.typed, c.invited, !c.same)
		}
	}
	h := newHouse(t)
	in := invite(t, h, h.time().Add(time.Hour))
	e := in.entry()
	e.Name = "渡辺正"
	_, a, err := h.Enter(ctx, e, Client{IP: "192.0.2.8"})
	if err != nil || a.Name != guestName {
		t.Errorf("the name as invited stays: %q %v", a.Name, err)
	}
}

// When the day of the meeting changes its links follow; a session does not outlive them, and what was revoked stays dead.
func TestLinksFollowTheMeeting(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	clerk := h.signIn(t, "clerk", goodPassword)
	first := h.time().Add(48 * time.Hour)
	in, revoked := invite(t, h, first), invite(t, h, first)
	if err := h.Revoke(ctx, clerk, "m1", revoked.Link.ID); err != nil {
		t.Fatal(err)
	}
	later := first.AddDate(0, 0, 7)
	if err := h.MeetingMoved(ctx, clerk, "m1", later); err != nil {
		t.Fatal(err)
	}
	if g, _ := h.store.GetGuest(ctx, clerk.Tenant, in.Link.ID); !g.ExpiresAt.Equal(in.Link.ExpiresAt.AddDate(0, 0, 7)) {
		t.Errorf("%v, want a week after %v", g.ExpiresAt, in.Link.ExpiresAt)
	}
	wantKind(t, "a revoked link of a meeting that moved", h.Check(ctx, revoked.Token), fault.Gone)
	wantKind(t, "a guest moves it", h.MeetingMoved(ctx, access.Actor{Tenant: clerk.Tenant, GuestMeeting: "m1"}, "m1", later), fault.Forbidden)
	h.pass(4 * 24 * time.Hour)
	if err := h.Check(ctx, in.Token); err != nil {
		t.Errorf("after the first day: %v", err)
	}
	clerk = h.signIn(t, "clerk", goodPassword)
	if err := h.MeetingMoved(ctx, clerk, "m1", first); err != nil { // back to a day that is over
		t.Fatal(err)
	}
	wantKind(t, "moved back", h.Check(ctx, in.Token), fault.Gone)
}
