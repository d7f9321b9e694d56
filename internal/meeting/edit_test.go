package meeting_test

import (
	"strings"
	"testing"
	"time"

	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/meeting"
)

// lastLine is the newest line of the log as somebody reads it.
func lastLine(r meeting.Room) string {
	if len(r.Events) == 0 {
		return ""
	}
	return r.Events[len(r.Events)-1].Text
}

func TestChangeOfAMeetingIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.create(consent.ModeLayered, "")
	before := w.room(w.sec)
	r := w.act(w.sec, meeting.ActEdit, map[string]any{"title": before.Meeting.Title, "place": "第2会議室", "form": "remote",
		"plannedStart": start.AddDate(0, 0, 7), "plannedEnd": start.AddDate(0, 0, 7).Add(90 * time.Minute), "planId": before.PlanID})
	if got, want := lastLine(r), "会議の内容を変えた: 開始 令和8年11月30日(2026-11-30) 10:00、終了 令和8年11月30日(2026-11-30) 11:30、場所「第2会議室」、開催形態 オンライン"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if r.Meeting.Place != "第2会議室" || !r.Meeting.PlannedStart.Equal(start.AddDate(0, 0, 7)) {
		t.Errorf("%+v", r.Meeting)
	}
	// Nothing new is no event.
	if again := w.act(w.sec, meeting.ActEdit, map[string]any{"place": "第2会議室", "plannedStart": start.AddDate(0, 0, 7)}); again.Seq != r.Seq {
		t.Errorf("seq %d after %d: %s", again.Seq, r.Seq, lastLine(again))
	}
	w.refused(fault.Invalid, w.sec, meeting.ActEdit, map[string]any{"plannedEnd": start})
	w.refused(fault.Invalid, w.sec, meeting.ActEdit, map[string]any{"planId": "nobody's"})
	if r = w.act(w.sec, meeting.ActEdit, map[string]any{"planId": ""}); r.PlanID != "" || !strings.Contains(lastLine(r), "プランなし") {
		t.Errorf("%q %s", r.PlanID, lastLine(r))
	}
	w.act(w.sec, meeting.ActReception, nil)
	w.grant(allItems, "a1")
	w.act(w.chair, meeting.ActOpen, nil)
	w.refused(fault.Conflict, w.sec, meeting.ActEdit, map[string]any{"place": "x"})
}

func TestSeatIsToldAsNewOrChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.create(consent.ModeLayered, "")
	if got := lastLine(w.act(w.sec, meeting.ActSeat, map[string]any{"agencyId": "a4", "observer": true})); got != "消防署の席を設けた（助言者）" {
		t.Error(got)
	}
	if got := lastLine(w.act(w.sec, meeting.ActSeat, map[string]any{"agencyId": "a4", "speaker": " 消防 四郎 ", "proxy": "消防 太郎"})); got != "消防署の席を直した（発言者 消防 四郎、代理 消防 太郎）" {
		t.Error(got)
	}
}

func TestSeatThatIsNeededStays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.create(consent.ModeLayered, "")
	// Without a seat the agency would not find the meeting it runs or records.
	for _, agency := range []string{"a1", "a2"} {
		w.refused(fault.Conflict, w.sec, meeting.ActSeatRemove, map[string]string{"id": agency})
	}
	w.act(w.sec, meeting.ActGuestInvite, map[string]string{"guestId": "g1", "name": "客 太郎", "agencyId": "a4"})
	w.refused(fault.Conflict, w.sec, meeting.ActSeatRemove, map[string]string{"id": "a4"})
	w.act(w.sec, meeting.ActGuestRemove, map[string]string{"id": "g1"})
	if r := w.act(w.sec, meeting.ActSeatRemove, map[string]string{"id": "a4"}); len(r.Seats) != 3 || lastLine(r) != "消防署の席を外した" {
		t.Errorf("%d seats, %s", len(r.Seats), lastLine(r))
	}
}
