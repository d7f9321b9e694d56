package meeting_test

import (
	"testing"

	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/meeting"
)

// Somebody sits there with two screens and says on one of them where they are: when both are closed, the stay is over.
func TestTwoScreensOfOnePerson(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.act(w.sec, meeting.ActReception, nil)
	join := func(conn string, form meeting.Form) {
		t.Helper()
		if err := w.svc.Join(w.ctx, w.hk, w.id, conn, form); err != nil {
			t.Fatal(err)
		}
	}
	here := func() bool {
		for _, a := range w.room(w.sec).Attendance {
			if a.Key == w.hk.UserID {
				return a.Here()
			}
		}
		return false
	}
	join("", meeting.FormRoom)
	join("screen1", "")
	join("screen2", "")
	join("", meeting.FormRemote) // said on the second
	for i, conn := range []string{"screen1", "screen2"} {
		if !here() {
			t.Fatal("is there no more, before", conn, "ended")
		}
		if err := w.svc.Leave(w.ctx, w.hk, w.id, conn); err != nil {
			t.Fatal(i, err)
		}
	}
	if here() {
		t.Error("the attendance stays open")
	}
}

// An open page is no attendance: who looks has not come, and who comes says from where, once, and may put it right.
func TestLookingIsNoAttendance(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.act(w.sec, meeting.ActReception, nil)
	join := func(conn string, form meeting.Form) {
		t.Helper()
		if err := w.svc.Join(w.ctx, w.hk, w.id, conn, form); err != nil {
			t.Fatal(err)
		}
	}
	line := func() (meeting.Attendee, bool) {
		for _, a := range w.room(w.sec).Attendance {
			if a.Key == w.hk.UserID {
				return a, true
			}
		}
		return meeting.Attendee{}, false
	}
	join("tab", "")
	w.act(w.hk, meeting.ActSecrecy, nil) // says nothing about where one is
	join("tab", "")
	if a, _ := line(); a.Attended() || w.room(w.hk).You.Here {
		t.Fatalf("an open page is counted as attendance: %+v", a)
	}
	for _, s := range w.room(w.sec).Seats {
		if s.AgencyID == "a3" && s.Asked {
			t.Error("its agency is asked")
		}
	}
	join("tab", meeting.FormRemote)
	if a, ok := line(); !ok || a.Form != meeting.FormRemote || !a.Here() || a.Secrecy == nil {
		t.Fatalf("%+v", a)
	}
	seq := w.room(w.sec).Seq
	join("tab", "")
	join("tab", meeting.FormRemote)
	if r := w.room(w.sec); r.Seq != seq {
		t.Errorf("said again: %s", lastLine(r))
	}
	join("tab", meeting.FormRoom) // came by car after all
	if a, _ := line(); a.Form != meeting.FormRoom || len(a.Spans) != 1 || len(a.Corrections) != 0 {
		t.Errorf("%+v", a)
	}
	if got := lastLine(w.room(w.sec)); got != "出席のしかたを「会場」に直した" {
		t.Error(got)
	}
	// The page that was open before ends the stay, and comes back as it was said.
	if err := w.svc.Leave(w.ctx, w.hk, w.id, "tab"); err != nil {
		t.Fatal(err)
	}
	if a, _ := line(); a.Here() {
		t.Error("still there")
	}
	join("tab2", "")
	if a, _ := line(); !a.Here() || a.Form != meeting.FormRoom || len(a.Spans) != 2 {
		t.Errorf("%+v", a)
	}
	w.refused(fault.Forbidden, w.hk, meeting.ActAttendance, map[string]any{"key": w.hk.UserID, "form": "room"}) // others' lines stay the recorder's
}
