package meeting_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"kasane/internal/meeting"
)

// TestShapeOfTheRoom: the browser is written against these keys, and lists are never null.
func TestShapeOfTheRoom(t *testing.T) {
	t.Parallel()
	w := agreed(t)
	r := w.act(w.chair, meeting.ActClose, nil)
	v, err := w.svc.PlanView(w.ctx, w.sec, w.id)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, want string
		value      any
		nullable   []string
	}{
		{"room", "acts agenda answers attendance basis blockers cancelled caseNumber consent convened current decision docNumbers docs during events floor frozen guests handovers hands meeting minutes next now objections outcome outcomeLabel outcomes phase phases planId problems records rowReasons seats sense seq sitting status statusLabel survey textWithheld typeName withdrawals you",
			r, []string{"cancelled", "convened", "decision", "frozen", "minutes", "next", "sense", "sitting"}},
		{"plan", "abilities answers body columns diff docs frozen matrix plan versions warnings withheld", v, []string{"frozen", "diff"}},
		{"body", "actions afterLead caseId goals lead narratives needs nextMonitoring periodFrom periodTo planId programs round withheld", v.Body, nil},
		{"matrix", "columns rows warnings withheld", v.Matrix, nil},
		{"answers", "earlier last list missing own revealed", r.Answers, []string{"own", "last"}},
		{"minutes", "amending confirmed days edition final hash lapsed readable suggestions until version versions waiting", r.Minutes, []string{"final"}},
	} {
		raw, err := json.Marshal(c.value)
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := json.Unmarshal(raw, &m); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(slices.Sorted(maps.Keys(m)), " "); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
		for k, x := range m {
			if x == nil && !slices.Contains(c.nullable, k) {
				t.Errorf("%s.%s is null", c.name, k)
			}
		}
	}
}

func BenchmarkFold(b *testing.B) {
	t := &testing.T{}
	w := agreed(t)
	events, err := w.store.MeetingEvents(w.ctx, "t", w.id, 0)
	if err != nil {
		b.Fatal(err)
	}
	for len(events) < 500 { // a busy meeting: people come and go, hands go up
		e := events[len(events)-1]
		e.Seq++
		e.Kind, e.Data = meeting.KindHand, []byte(`{"up":true,"kind":"speak"}`)
		events = append(events, e)
	}
	for b.Loop() {
		if _, err := meeting.Fold(meeting.Meeting{ID: w.id, Tenant: "t"}, events); err != nil {
			b.Fatal(err)
		}
	}
}
