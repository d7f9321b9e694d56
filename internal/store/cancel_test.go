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
