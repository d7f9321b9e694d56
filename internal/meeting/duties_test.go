package meeting_test

import (
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/meeting"
)

func (w *world) duties(a access.Actor) meeting.Duties {
	w.t.Helper()
	d, err := w.svc.Duties(w.ctx, a, 7)
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

// TestDutiesFollowTheGate: what is counted for somebody is their agency's own, as far as the gate shows it, and leaves no line in the log of who looked at what.
func TestDutiesFollowTheGate(t *testing.T) {
	t.Parallel()
	late := func(items []consent.Item) (*world, int) {
		w := agreedOn(t, items)
		w.task("", consent.ItemBasic, "home000001", "a3", "2026-11-30", "鍵の預け先を聞く")
		w.task("", consent.ItemBasic, "home000002", "a2", "2026-11-28", "家計簿を送る")
		w.task("p1", consent.ItemIncome, "home000006", "a3", "2026-11-27", secret)
		w.clock.t = w.clock.t.AddDate(0, 0, 10)
		w.act(w.chair, meeting.ActClose, nil)
		return w, w.duties(w.hk).Late
	}
	_, all := late(allItems)
	w, basic := late([]consent.Item{consent.ItemBasic}) // no 収入
	before := len(w.store.Audit)
	if own := w.duties(w.hk).Late; basic < 1 || all != basic+1 || own != basic {
		t.Errorf("late: %d with consent for all, %d without 収入, %d", all, basic, own)
	}
	if d := w.duties(w.out); d != (meeting.Duties{}) {
		t.Errorf("an agency that has nothing to do with it: %+v", d)
	}
	if d := w.duties(access.Actor{Tenant: w.hk.Tenant, UserID: "u", AgencyID: "a3", Roles: []access.Role{access.RoleRecords}}); d != (meeting.Duties{}) {
		t.Errorf("somebody without meetings: %+v", d)
	}
	if _, err := w.svc.Duties(w.ctx, access.Actor{}, 7); err == nil {
		t.Error("counted for nobody")
	}
	if after := len(w.store.Audit); after != before {
		t.Errorf("counting wrote %d entries", after-before)
	}
}

// TestMinutesWaitForAnAgency: the 会議録(案) counts for each agency that attended until it has confirmed.
func TestMinutesWaitForAnAgency(t *testing.T) {
	t.Parallel()
	w := agreedOn(t, allItems)
	if d := w.duties(w.hk); d.Minutes != 0 {
		t.Fatalf("before 閉会: %+v", d)
	}
	w.act(w.chair, meeting.ActClose, nil)
	r := w.act(w.sec, meeting.ActPropose, map[string]any{"until": "2026-12-20"})
	if d := w.duties(w.hk); d.Minutes != 1 {
		t.Errorf("proposed: %+v", d)
	}
	w.act(w.hk, meeting.ActConfirm, map[string]any{"hash": r.Minutes.Hash, "ok": true})
	if d := w.duties(w.hk); d.Minutes != 0 {
		t.Errorf("confirmed: %+v", d)
	}
}

// TestCallLeavesOut: what leaves the house about a meeting is its time and a link; who does not see it is not called.
func TestCallLeavesOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.create(consent.ModeLayered, "")
	w.act(w.sec, meeting.ActEdit, map[string]any{"place": "鶯谷の自宅", "title": "髙橋家の支援"})
	if d := w.duties(w.hk); d.Meetings != 1 {
		t.Errorf("a meeting of these days: %+v", d)
	}
	c, err := w.svc.Call(w.ctx, w.sec.Tenant, w.id, "https://kasane.example")
	if err != nil || !c.Open || c.Cancelled || len(c.Seats) == 0 {
		t.Fatalf("%+v %v", c, err)
	}
	ics := strings.ReplaceAll(string(c.Calendar), "\r\n ", "")
	for _, want := range []string{"SUMMARY:会議(かさね)\r\n", "DTSTART:20261123T010000Z\r\n", "URL:https://kasane.example/meetings/" + w.id + "\r\n", "STATUS:CONFIRMED\r\n"} {
		if !strings.Contains(ics, want) {
			t.Errorf("%q is missing in\n%s", want, ics)
		}
	}
	for _, secret := range []string{"鶯谷", "髙橋", "LOCATION", "支援会議", "重層", "K2026"} {
		if strings.Contains(ics, secret) {
			t.Errorf("the calendar says %q", secret)
		}
	}
	for who, want := range map[*access.Actor]bool{&w.hk: true, &w.sec: true, &w.out: false} {
		if got, err := w.svc.Sees(w.ctx, *who, w.id); err != nil || got != want {
			t.Errorf("%s sees it: %v %v", who.Name, got, err)
		}
	}
	w.act(w.chair, meeting.ActCancel, map[string]any{"reason": "日程が合わない"})
	if c, err = w.svc.Call(w.ctx, w.sec.Tenant, w.id, ""); err != nil || c.Open || !c.Cancelled || !strings.Contains(string(c.Calendar), "METHOD:CANCEL") {
		t.Errorf("called off: %+v %v", c, err)
	}
}
