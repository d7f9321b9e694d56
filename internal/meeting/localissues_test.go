package meeting_test

import (
	"slices"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/meeting"
)

// The list has what was shared, of meetings the reader has a part in, and of classes the gate shows them there; holders sort it.
func TestLocalIssuesFollowTheGate(t *testing.T) {
	t.Parallel()
	w := inSession(t, []consent.Item{consent.ItemBasic}, "a1", "a2", "a3")
	note := func(text string, item consent.Item, shared bool) string {
		t.Helper()
		r := w.act(w.sec, meeting.ActNote, map[string]any{"kind": "local", "text": text, "item": item, "shared": shared})
		return r.During.Notes[len(r.During.Notes)-1].ID
	}
	bus := note("夜のバスがない", consent.ItemBasic, true)
	clinic := note("往診する医師がいない", consent.ItemHealth, true)
	note("この会議だけのメモ", consent.ItemBasic, false)
	gone := note("取り消す文", consent.ItemBasic, true)
	w.act(w.sec, meeting.ActNoteState, map[string]any{"id": gone, "state": "dropped"})
	texts := func(a access.Actor) []string {
		t.Helper()
		list, err := w.svc.LocalIssues(w.ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		if list.MaySort != a.Holder() {
			t.Errorf("%s may sort: %t", a.Name, list.MaySort)
		}
		out := []string{}
		for _, i := range list.Issues {
			out = append(out, i.Text)
		}
		return out
	}
	for _, c := range []struct {
		who  access.Actor
		want []string
	}{{w.sec, []string{"夜のバスがない", "往診する医師がいない"}}, {w.hk, []string{"夜のバスがない"}}, {w.out, []string{}}} {
		if got := texts(c.who); !slices.Equal(got, c.want) {
			t.Errorf("%s reads %v, want %v", c.who.Name, got, c.want)
		}
	}
	guest := w.hk
	guest.GuestMeeting = w.id
	if _, err := w.svc.LocalIssues(w.ctx, guest); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a guest: %v", err)
	}
	last := w.store.Audit[len(w.store.Audit)-1]
	if last.Verb != access.VerbLocalIssues {
		t.Errorf("the last entry is %s", last.Verb)
	}
	in := meeting.IssueMarkInput{Theme: "transport", State: "resource"}
	for what, c := range map[string]struct {
		who  access.Actor
		note string
		in   meeting.IssueMarkInput
		want fault.Kind
	}{
		"an agency":     {w.hk, bus, in, fault.Forbidden},
		"a stranger":    {w.out, bus, in, fault.NotFound},
		"no such theme": {w.sec, bus, meeting.IssueMarkInput{Theme: "x", State: "open"}, fault.Invalid},
		"no state":      {w.sec, bus, meeting.IssueMarkInput{Theme: "care"}, fault.Invalid},
		"taken back":    {w.sec, gone, in, fault.NotFound},
		"not a memo":    {w.sec, "none", in, fault.NotFound},
	} {
		if err := w.svc.MarkIssue(w.ctx, c.who, w.id, c.note, c.in); !fault.Is(err, c.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := w.svc.MarkIssue(w.ctx, w.sec, w.id, bus, in); err != nil {
		t.Fatal(err)
	}
	list, err := w.svc.LocalIssues(w.ctx, w.sec)
	if err != nil || list.Issues[0].Theme != "transport" || list.Issues[0].State != "resource" || list.Issues[1].State != meeting.IssueOpen || list.Issues[1].ID != clinic ||
		list.Counts["transport"] != 1 || list.Counts[""] != 1 || list.Issues[0].Meeting != "重層的支援会議　第1回" {
		t.Errorf("%+v %v", list, err)
	}
}
