package store_test

import (
	"context"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/meeting"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// With 中止 the links of the meeting die, used or not, and nobody else's; there is no new one.
func TestCancelledMeetingEndsItsGuests(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		now := storetest.Start
		other := storetest.NewMeeting(tenant, "g2", "")
		if _, err := s.CreateMeeting(ctx, other, nil, nil, w.Entry("m2", access.VerbMeetingCreate)); err != nil {
			t.Fatal(err)
		}
		link := func(id, meetingID string) identity.GuestLink {
			return identity.GuestLink{ID: id, Tenant: tenant, MeetingID: meetingID, TokenHash: "t" + id, PINHash: "p", Name: "客", AgencyID: "a3", CreatedBy: "u1", CreatedAt: now, ExpiresAt: now.Add(time.Hour)}
		}
		for id, m := range map[string]string{"used": "g1", "fresh": "g1", "else": "g2"} {
			if err := s.CreateGuest(ctx, link(id, m), w.Entry("n"+id, access.VerbGuestInvite)); err != nil {
				t.Fatal(err)
			}
		}
		for _, id := range []string{"used", "else"} {
			ses := identity.Session{Hash: "s" + id, Tenant: tenant, GuestID: id, CreatedAt: now, LastSeen: now, ExpiresAt: now.Add(time.Hour)}
			if err := s.UseGuest(ctx, tenant, id, ses, true, now, w.Entry("e"+id, access.VerbGuestEnter)); err != nil {
				t.Fatal(err)
			}
		}
		m, err := s.MeetingByID(ctx, access.ScopeOf(w.Holder), "g1")
		if err != nil {
			t.Fatal(err)
		}
		expect := m.Seq
		m.Status, m.Seq = meeting.StatusCancelled, expect+1
		c := meeting.Change{Tenant: tenant, MeetingID: "g1", Expect: expect, Meeting: m, EndGuests: true, Audit: w.Entry("c1", access.VerbMeetingAct),
			Events: []meeting.Event{{Tenant: tenant, MeetingID: "g1", Seq: expect + 1, Kind: meeting.KindCancelled, At: now, Data: []byte(`{"reason":"台風のため"}`)}}}
		stale := c
		stale.Expect = expect + 7
		if _, err := s.RecordMeeting(ctx, stale); !fault.Is(err, fault.Conflict) {
			t.Fatal(err)
		}
		if _, err := s.FindPrincipal(ctx, "sused"); err != nil {
			t.Errorf("what was refused has ended a session: %v", err)
		}
		if _, err := s.RecordMeeting(ctx, c); err != nil {
			t.Fatal(err)
		}
		for id, dead := range map[string]bool{"used": true, "fresh": true, "else": false} {
			if g, err := s.GetGuest(ctx, tenant, id); err != nil || (g.RevokedAt != nil) != dead {
				t.Errorf("%s: %+v %v", id, g, err)
			}
		}
		if _, err := s.FindPrincipal(ctx, "sused"); !fault.Is(err, fault.NotFound) {
			t.Errorf("a session of a cancelled meeting: %v", err)
		}
		if _, err := s.FindPrincipal(ctx, "selse"); err != nil {
			t.Errorf("another meeting's guest: %v", err)
		}
		if err := s.CreateGuest(ctx, link("late", "g1"), w.Entry("nlate", access.VerbGuestInvite)); !fault.Is(err, fault.NotFound) {
			t.Errorf("a link to a cancelled meeting: %v", err)
		}
		list, err := s.ListMeetings(ctx, access.ScopeOf(w.Holder), meeting.Query{Statuses: []meeting.Status{meeting.StatusCancelled}})
		if err != nil || len(list) != 1 || list[0].ID != "g1" {
			t.Errorf("%+v %v", list, err)
		}
	})
}

// A guest goes on to the next case once let in, with the session that is open; not from another meeting, not to a cancelled one, not when revoked.
func TestGuestIsCarried(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		now := storetest.Start
		off := storetest.NewMeeting(tenant, "g3", "")
		off.Status = meeting.StatusCancelled
		for _, m := range []meeting.Meeting{storetest.NewMeeting(tenant, "g2", ""), off} {
			if _, err := s.CreateMeeting(ctx, m, nil, nil, w.Entry("m"+m.ID, access.VerbMeetingCreate)); err != nil {
				t.Fatal(err)
			}
		}
		g := identity.GuestLink{ID: "l1", Tenant: tenant, MeetingID: "g1", TokenHash: "t1", PINHash: "p", Name: "客", AgencyID: "a3", CreatedBy: "u1", CreatedAt: now, ExpiresAt: now.Add(time.Hour)}
		if err := s.CreateGuest(ctx, g, w.Entry("n1", access.VerbGuestInvite)); err != nil {
			t.Fatal(err)
		}
		end := now.Add(3 * time.Hour)
		n := 0
		carry := func(from, to string, admitted bool) error {
			n++
			return s.CarryGuest(ctx, tenant, "l1", from, to, admitted, end, now, w.Entry("c"+string(rune('a'+n)), access.VerbGuestCarry))
		}
		refused := func(what, from, to string) {
			t.Helper()
			before := store.Count(ctx, s, "audit_entry")
			if err := carry(from, to, true); !fault.Is(err, fault.NotFound) || store.Count(ctx, s, "audit_entry") != before {
				t.Errorf("%s: %v", what, err)
			}
		}
		refused("not come", "g1", "g2")
		ses := identity.Session{Hash: "s1", Tenant: tenant, GuestID: "l1", CreatedAt: now, LastSeen: now, ExpiresAt: now.Add(time.Hour)}
		if err := s.UseGuest(ctx, tenant, "l1", ses, false, now, w.Entry("e1", access.VerbGuestEnter)); err != nil {
			t.Fatal(err)
		}
		refused("in the lobby", "g1", "g2")
		if err := s.AdmitGuest(ctx, tenant, "l1", now, w.Entry("a1", access.VerbGuestAdmit)); err != nil {
			t.Fatal(err)
		}
		refused("from elsewhere", "g2", "g1")
		refused("to a cancelled one", "g1", "g3")
		refused("to nowhere", "g1", "none")
		if err := carry("g1", "g2", false); err != nil {
			t.Fatal(err)
		}
		if p, err := s.FindPrincipal(ctx, "s1"); err != nil || p.Guest.MeetingID != "g2" || p.Guest.AdmittedAt != nil || !p.Guest.Carried || !p.Guest.ExpiresAt.Equal(end) {
			t.Errorf("%+v %v", p.Guest, err)
		}
		if list, _ := s.ListGuests(ctx, tenant, "g1"); len(list) != 0 {
			t.Errorf("still of the first: %+v", list)
		}
		if err := s.AdmitGuest(ctx, tenant, "l1", now, w.Entry("a2", access.VerbGuestAdmit)); err != nil {
			t.Fatal(err)
		}
		if err := s.RevokeGuest(ctx, tenant, "l1", now, w.Entry("r1", access.VerbGuestRevoke)); err != nil {
			t.Fatal(err)
		}
		refused("revoked", "g2", "g1")
	})
}
