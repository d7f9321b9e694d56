package meeting_test

import (
	"encoding/json"
	"strings"
	"testing"

	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/meeting"
)

// TestScreenWithoutWhatIsKeptFromThePerson: a text of a class that is 本人に非開示 stands on the desk of the staff and not on a screen the person may look at:
// neither in the agenda nor among the notes nor in the log of the meeting.
func TestScreenWithoutWhatIsKeptFromThePerson(t *testing.T) {
	t.Parallel()
	const secret, open = "近隣からの通報", "訪問の曜日"
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.seated()
	for _, person := range []string{"p1", ""} {
		w.act(w.sec, meeting.ActAgenda, map[string]string{"title": secret + person, "purpose": string(meeting.PurposePolicy), "point": secret, "item": string(consent.ItemAbuse), "person": person})
		w.act(w.sec, meeting.ActNote, map[string]string{"kind": string(meeting.NotePark), "text": secret, "item": string(consent.ItemAbuse), "person": person})
	}
	w.act(w.sec, meeting.ActAgenda, map[string]string{"title": open, "purpose": string(meeting.PurposePolicy), "point": open, "item": string(consent.ItemBasic)})
	w.store.Kept = []cases.Discretion{{CaseID: "c", PersonID: "p1", Item: consent.ItemAbuse, Reason: "通報者を守るため"}}
	screen, err := w.svc.Screen(w.ctx, w.chair, w.id)
	if err != nil {
		t.Fatal(err)
	}
	told := func(r meeting.Room) string {
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if s := told(screen); strings.Contains(s, secret) || strings.Contains(s, "通報者") || !strings.Contains(s, open) {
		t.Errorf("on the screen: %s", s)
	}
	if s := told(w.room(w.chair)); !strings.Contains(s, secret+"p1") || !strings.Contains(s, open) {
		t.Errorf("at the desk: %s", s)
	}
}
