package meeting_test

import (
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
)

// TestWhoWasThereReadsWhatIsConfirmed: from 閉会 to 確定, without a gap while the papers are made, who was there reads the minutes; in a
// 重層的支援会議 as far as consent goes, and a guest as well.
func TestWhoWasThereReadsWhatIsConfirmed(t *testing.T) {
	t.Parallel()
	const said = "訪問は隔週とする"
	for _, mode := range []consent.Mode{consent.ModeLayered, consent.ModeSupport} {
		w := newWorld(t)
		w.grant([]consent.Item{consent.ItemBasic}, "a1", "a2", "a3", "a4")
		w.create(mode, "支援が要る")
		guests := map[string]access.Actor{}
		for _, id := range []string{"there", "silent", "away"} { // silent does not confirm secrecy, away does not come
			g := access.Actor{Tenant: "t", UserID: id, Name: "消防 " + id, AgencyID: "a4", AgencyName: "消防署", Roles: []access.Role{access.RoleGuest}, GuestMeeting: w.id}
			w.act(w.sec, meeting.ActGuestInvite, map[string]string{"guestId": id, "name": g.Name, "agencyId": "a4"})
			guests[id] = g
		}
		if mode == consent.ModeSupport {
			w.act(w.sec, meeting.ActDesignate, map[string]string{"agencyId": "a4", "reason": "救急搬送の状況を知るため"})
		}
		w.fill()
		w.seated()
		for _, id := range []string{"there", "silent"} {
			if err := w.svc.Join(w.ctx, guests[id], w.id, "ws"+id, ""); err != nil {
				t.Fatal(err)
			}
		}
		w.act(guests["there"], meeting.ActSecrecy, nil)
		w.income(debt)
		w.write(w.doc(live.KindMinutes, "", consent.ItemBasic), func(b *live.Builder) {
			b.Row("decision", "decision01", "a0", nil, map[string]string{"text": said})
		})
		if mode == consent.ModeLayered {
			w.accept(w.hk)
			w.accept(w.sec)
			w.act(w.chair, meeting.ActFreeze, nil)
			for _, a := range []access.Actor{w.chair, w.sec, w.hk, guests["there"]} {
				w.answer(a, meeting.AnswerAgree, "")
			}
			w.act(w.chair, meeting.ActDecide, map[string]string{"outcome": "agreed"})
		}
		w.resolveAgenda()
		minutes := func(item consent.Item, person string) live.Meta {
			return live.Meta{Tenant: "t", ID: w.doc(live.KindMinutes, person, item), Kind: live.KindMinutes, CaseID: "c", OwnerID: w.id, PersonID: person, Item: item}
		}
		reads := func(a access.Actor, m live.Meta) bool {
			t.Helper()
			r, err := w.svc.Gate.Rights(w.ctx, a, w.id, m)
			if err != nil || r.Write && !a.Holder() {
				t.Errorf("%s: %s of %s: %+v %v", mode, a.UserID, m.Item, r, err)
			}
			return r.Read
		}
		plan := live.Meta{Tenant: "t", ID: w.doc(live.KindPlan, "", consent.ItemBasic), Kind: live.KindPlan, CaseID: "c", OwnerID: w.planID, Item: consent.ItemBasic}
		basic, income := minutes(consent.ItemBasic, ""), minutes(consent.ItemIncome, "p1")
		look := func(when meeting.Status, open bool) {
			t.Helper()
			if m := w.room(w.sec); m.Status != when {
				t.Fatalf("%s: %s, want %s", mode, m.Status, when)
			}
			g := guests["there"]
			for name, x := range map[string]struct{ got, want bool }{
				"guest":               {reads(g, basic), open},
				"guest, out of scope": {reads(g, income), open && mode == consent.ModeSupport},
				"guest, the plan":     {reads(g, plan), false},
				"guest, no secrecy":   {reads(guests["silent"], basic), false},
				"guest, not there":    {reads(guests["away"], basic), false},
				"agency":              {reads(w.hk, basic), open || mode == consent.ModeLayered},
			} {
				if x.got != x.want {
					t.Errorf("%s, %s, %s: reads %v", mode, when, name, x.got)
				}
			}
			res, _, err := w.svc.Draft(w.ctx, g, w.id, meeting.PaperMinutes)
			switch text := string(res.PDF); {
			case when == meeting.StatusClosing: // the papers are being made
			case err != nil:
				t.Errorf("%s, %s: draft of the guest: %v", mode, when, err)
			case strings.Contains(text, said) != open, mode == consent.ModeLayered && strings.Contains(text, debt),
				mode == consent.ModeLayered && strings.Contains(text, "\uFA11") != open:
				t.Errorf("%s, %s: draft of the guest: %s", mode, when, text)
			}
			if l := w.room(g).Minutes; l != nil && mode == consent.ModeLayered && l.Readable != open {
				t.Errorf("%s, %s: readable %v", mode, when, l.Readable)
			}
		}
		w.print.fail = errCrash
		if _, err := w.try(w.chair, meeting.ActClose, nil); err != nil && !fault.Is(err, fault.Internal) {
			t.Logf("closing: %v", err)
		}
		w.print.fail = nil
		look(meeting.StatusClosing, true)
		w.clock.t = w.clock.t.AddDate(0, 0, 1)
		if _, err := w.svc.Recover(w.ctx); err != nil {
			t.Fatal(err)
		}
		look(meeting.StatusClosed, true)
		w.act(w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-07"})
		look(meeting.StatusConfirming, true)
		w.act(guests["there"], meeting.ActConfirm, map[string]any{"hash": w.room(w.sec).Minutes.Hash, "ok": true})
		w.clock.t = w.clock.t.AddDate(0, 0, 30)
		w.act(w.chair, meeting.ActFinal, nil)
		look(meeting.StatusSealed, false)
	}
}
