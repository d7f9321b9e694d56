package meeting_test

import (
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/meeting"
)

// TestMeetingShowsItsOwnPlan: in the context of a meeting its plan is read and those before it, for comparison; a plan made later is
// not the meeting's, whoever knows its id.
func TestMeetingShowsItsOwnPlan(t *testing.T) {
	t.Parallel()
	for _, mode := range []consent.Mode{consent.ModeLayered, consent.ModeSupport} {
		w := newWorld(t)
		w.grant(allItems, "a1", "a2", "a3", "a4")
		first := w.planID
		second, err := w.plans.Create(w.ctx, w.sec, "c", first)
		if err != nil {
			t.Fatal(err)
		}
		w.planID = second.ID
		w.create(mode, "支援が要る")
		third, err := w.plans.Create(w.ctx, w.sec, "c", second.ID)
		if err != nil {
			t.Fatal(err)
		}
		if mode == consent.ModeSupport {
			w.act(w.sec, meeting.ActConvene, map[string]string{"convener": "福祉総務課", "basis": "社会福祉法106条の6", "reason": "支援が要る"})
		}
		w.seated()
		g := access.Actor{Tenant: "t", UserID: "g1", Name: "包括 六郎", AgencyID: "a3", AgencyName: "地域包括支援センター", Roles: []access.Role{access.RoleGuest}, GuestMeeting: w.id}
		w.act(w.sec, meeting.ActGuestInvite, map[string]string{"guestId": "g1", "name": "包括 六郎", "agencyId": "a3"})
		if err := w.svc.Join(w.ctx, g, w.id, "ws", ""); err != nil {
			t.Fatal(err)
		}
		w.act(g, meeting.ActSecrecy, nil)
		for _, c := range []struct {
			name  string
			actor access.Actor
			plan  string
			sees  bool
		}{
			{"guest, the meeting's", g, second.ID, true},
			{"guest, the one before", g, first, true},
			{"guest, a later one", g, third.ID, false},
			{"agency, the meeting's", w.hk, second.ID, true},
			{"agency, a later one", w.hk, third.ID, false},
			{"holder, a later one", w.sec, third.ID, true},
		} {
			if _, err := w.plans.Get(w.ctx, c.actor, w.id, c.plan); c.sees && err != nil || !c.sees && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %s reads: %v", mode, c.name, err)
			}
			if _, err := w.plans.EnsureDoc(w.ctx, c.actor, w.id, c.plan, "p1", consent.ItemBasic); !c.sees && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %s makes a document: %v", mode, c.name, err)
			}
		}
		if _, err := w.plans.Get(w.ctx, w.hk, "", third.ID); err != nil {
			t.Errorf("%s: a member of the case reads it outside of the meeting: %v", mode, err)
		}
	}
}
