package meeting_test

import (
	"slices"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
)

func TestMeetingIsCancelled(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.create(consent.ModeSupport, "近隣からの通報")
	w.act(w.sec, meeting.ActGuestInvite, map[string]string{"guestId": "g1", "name": "客 太郎", "agencyId": "a2"})
	guest := access.Actor{Tenant: "t", UserID: "g1", AgencyID: "a2", GuestMeeting: w.id, Roles: []access.Role{access.RoleGuest}}
	w.act(w.sec, meeting.ActReception, nil)
	if err := w.svc.Join(w.ctx, w.hk, w.id, "c1", meeting.FormRoom); err != nil {
		t.Fatal(err)
	}
	w.act(w.hk, meeting.ActSecrecy, nil)
	w.refused(fault.Forbidden, w.hk, meeting.ActCancel, map[string]string{"reason": "都合"})
	w.refused(fault.Invalid, w.sec, meeting.ActCancel, map[string]string{"reason": " "})
	const why = "台風のため"
	r := w.act(w.sec, meeting.ActCancel, map[string]string{"reason": why})
	if r.Status != meeting.StatusCancelled || r.StatusLabel != "中止" || r.Cancelled == nil || r.Cancelled.Reason != why || r.Cancelled.By != "事務 花子" || lastLine(r) != "会議を中止した。理由: "+why {
		t.Fatalf("%s %+v %s", r.StatusLabel, r.Cancelled, lastLine(r))
	}
	for _, a := range r.Acts {
		if a.Allowed || a.Why == "" {
			t.Errorf("%s: %+v", a.Act, a)
		}
	}
	if i := slices.IndexFunc(r.Attendance, func(a meeting.Attendee) bool { return a.Key == "u3" }); i < 0 || r.Attendance[i].Here() {
		t.Errorf("%+v", r.Attendance)
	}
	if !slices.Equal(w.store.Ended, []string{w.id}) {
		t.Errorf("guests of %v sent away", w.store.Ended)
	}
	if _, err := w.svc.State(w.ctx, guest, w.id); !fault.Is(err, fault.NotFound) {
		t.Errorf("a guest of a cancelled meeting: %v", err)
	}
	// Who was called learns that it is off, and nothing of the case by it; nothing is written any more, and nobody is noted as there.
	mine := w.room(w.hk)
	if mine.Status != meeting.StatusCancelled || mine.Cancelled == nil || mine.Cancelled.Reason != "" {
		t.Errorf("%s %+v", mine.Status, mine.Cancelled)
	}
	for _, a := range []access.Actor{w.hk, w.chair} {
		f, err := w.svc.GateFacts(w.ctx, "t", w.id, a)
		if err != nil || f.Open || f.MayWrite || f.MinutesOpen || !f.Cancelled {
			t.Errorf("%s: %+v %v", a.UserID, f, err)
		}
	}
	if err := w.tryWrite(w.doc(live.KindMinutes, "", consent.ItemBasic), func(b *live.Builder) { b.Text("note", "x") }); err == nil {
		t.Error("the minutes of a cancelled meeting take writing")
	}
	if err := w.svc.Join(w.ctx, w.chair, w.id, "c2", meeting.FormRoom); err != nil || w.room(w.sec).Seq != r.Seq {
		t.Errorf("joining what is off: %v", err)
	}
	b, _, err := w.svc.Invitation(w.ctx, w.hk, w.id, "https://kasane.example")
	if err != nil || !strings.Contains(string(b), "METHOD:CANCEL\r\n") || !strings.Contains(string(b), "STATUS:CANCELLED\r\n") || strings.Contains(string(b), why) {
		t.Errorf("%s %v", b, err)
	}
	w.refused(fault.Conflict, w.sec, meeting.ActReception, nil)
}

func TestCancellingIsForBefore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.seated()
	w.refused(fault.Conflict, w.chair, meeting.ActCancel, map[string]string{"reason": "台風のため"})
}

// A case of a 開催 that is called off is passed over: who was there comes along to the one after it.
func TestCancelledCaseOfASitting(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	all := []string{"a1", "a2", "a3"}
	ids := w.sittingOf(all, all, all)
	first, off, last := ids[0], ids[1], ids[2]
	w.id = off
	w.act(w.chair, meeting.ActCancel, map[string]string{"reason": "ご本人の入院"})
	w.id = first
	if r := w.room(w.chair); r.Sitting == nil || r.Sitting.Next != last {
		t.Fatalf("%+v", r.Sitting)
	}
	w.seated()
	w.resolveAgenda()
	w.write(w.doc(live.KindMinutes, "", consent.ItemBasic), func(b *live.Builder) {
		b.Row("decision", "decision01", "a0", nil, map[string]string{"text": "週に1回訪ねる"})
	})
	w.act(w.chair, meeting.ActClose, nil)
	w.id = last
	if r := w.act(w.chair, meeting.ActReception, nil); len(r.Attendance) != 3 {
		t.Errorf("came along: %+v", r.Attendance)
	}
}
