package cases

import (
	"context"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
)

// TestMinutesStayReadableForConfirmation: what is open after 閉会 is the meeting's own record, to those the meeting names, as long as every
// other condition of the gate holds.
func TestMinutesStayReadableForConfirmation(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	open := MeetingFacts{Exists: true, CaseID: w.c.ID, Participant: true, Mode: consent.ModeSupport, Confirmed: true, Designated: true, MinutesOpen: true, PlanID: "plan"}
	with := func(change func(*MeetingFacts)) MeetingFacts {
		f := open
		change(&f)
		return f
	}
	w.hall["n1/a"], w.hall["n1/x"] = open, open
	w.hall["n2/a"] = with(func(f *MeetingFacts) { f.Confirmed = false })
	w.hall["n3/a"] = with(func(f *MeetingFacts) { f.Designated = false })
	w.hall["n4/a"] = with(func(f *MeetingFacts) { f.MinutesOpen = false })
	w.hall["n5/a"], w.hall["n5/x"] = with(func(f *MeetingFacts) { f.Mode = consent.ModeLayered }), with(func(f *MeetingFacts) { f.Mode = consent.ModeLayered })
	w.hall["n6/a"] = with(func(f *MeetingFacts) { f.CaseID = "another case" })
	w.hall["n7/a"] = with(func(f *MeetingFacts) { f.Participant = false })
	w.hall["n8/a"] = with(func(f *MeetingFacts) { f.MayWrite = true }) // its recorder, while the record is corrected
	minutes := func(m string, i consent.Item) live.Meta { return w.doc(live.KindMinutes, m, w.mother, i) }
	frozen := minutes("n8", consent.ItemBasic)
	frozen.Frozen = true
	read := live.Rights{Read: true, Reason: "closed"}
	no := func(reason string) live.Rights { return live.Rights{Reason: reason} }
	for _, c := range []struct {
		name    string
		actor   access.Actor
		meeting string
		doc     live.Meta
		want    live.Rights
	}{
		{"own minutes", houkatsu, "n1", minutes("n1", consent.ItemHealth), read},
		{"a guest who was there", guest("x", "n1"), "n1", minutes("n1", consent.ItemBasic), read},
		{"the recorder corrects", houkatsu, "n8", minutes("n8", consent.ItemBasic), live.Rights{Read: true, Write: true, OwnAgencyOnly: true}},
		{"the recorder, frozen", houkatsu, "n8", frozen, live.Rights{Read: true, Reason: "frozen"}},
		{"the plan stays shut", houkatsu, "n1", w.doc(live.KindPlan, "plan", w.mother, consent.ItemBasic), no("closed")},
		{"the sheets stay shut", houkatsu, "n1", w.doc(live.KindSection, w.mother, w.mother, consent.ItemBasic), no("closed")},
		{"minutes of another meeting", houkatsu, "n1", minutes("n4", consent.ItemBasic), no("member")},
		{"secrecy not confirmed", houkatsu, "n2", minutes("n2", consent.ItemBasic), no("secrecy")},
		{"not designated", houkatsu, "n3", minutes("n3", consent.ItemBasic), no("member")},
		{"not asked to confirm", houkatsu, "n4", minutes("n4", consent.ItemBasic), no("closed")},
		{"重層: consent alone decides", houkatsu, "n5", minutes("n5", consent.ItemBasic), no("consent")},
		{"重層: consent alone decides for a guest too", guest("x", "n5"), "n5", minutes("n5", consent.ItemBasic), no("consent")},
		{"a meeting of another case", houkatsu, "n6", minutes("n6", consent.ItemBasic), no("member")},
		{"not a participant", houkatsu, "n7", minutes("n7", consent.ItemBasic), no("member")},
		{"outside of the meeting", houkatsu, "", minutes("n1", consent.ItemBasic), no("member")},
		{"no case body", agency("a", access.RoleRecords), "n1", minutes("n1", consent.ItemBasic), no("member")},
	} {
		if got, err := w.gate.Rights(ctx, c.actor, c.meeting, c.doc); err != nil || !got.Same(c.want) {
			t.Errorf("%s: %+v %v, want %+v", c.name, got, err, c.want)
		}
	}
	v, err := w.gate.View(ctx, houkatsu, "n1", w.c.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range v.Persons {
		for _, i := range p.Items {
			if i.Allow {
				t.Fatalf("the case is open after 閉会: %+v", i)
			}
		}
	}
	w.f.persons[0].WithheldFrom = []string{"a"}
	w.f.persons[0].AddressSecret = true
	if r, _ := w.gate.Rights(ctx, houkatsu, "n1", minutes("n1", consent.ItemHealth)); r != no("secret") {
		t.Errorf("withheld from this agency: %+v", r)
	}
	if r, _ := w.gate.Rights(ctx, guest("x", "n1"), "n1", minutes("n1", consent.ItemAddress)); r != no("secret") {
		t.Errorf("secret address: %+v", r)
	}
	w.f.persons[0].WithheldFrom = nil
	if err := w.RemoveMember(ctx, secretary, w.c.ID, "a"); err != nil {
		t.Fatal(err)
	}
	if r, _ := w.gate.Rights(ctx, houkatsu, "n1", minutes("n1", consent.ItemBasic)); r.Read {
		t.Errorf("removed from the case: %+v", r)
	}
}

// TestMinutesOfALayeredMeetingByConsent: after 閉会 of a 重層的支援会議 a guest who was there reads its record as far as consent goes.
func TestMinutesOfALayeredMeetingByConsent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.consent(w.mother, []consent.Purpose{consent.PurposeConference}, map[string][]consent.Item{
		"a": {consent.ItemBasic, consent.ItemAddress}, "x": {consent.ItemBasic, consent.ItemAddress}})
	there := MeetingFacts{Exists: true, CaseID: w.c.ID, Participant: true, Mode: consent.ModeLayered, Confirmed: true, Designated: true, MinutesOpen: true, PlanID: "plan"}
	w.hall["n1/x"], w.hall["n1/a"] = there, there
	f := there
	f.MinutesOpen = false
	w.hall["n2/x"], w.hall["n2/a"] = f, f
	f = there
	f.Confirmed = false
	w.hall["n3/x"] = f
	f = there
	f.Participant = false
	w.hall["n4/x"] = f
	doc := func(kind live.Kind, owner string, i consent.Item) live.Meta { return w.doc(kind, owner, w.mother, i) }
	read := live.Rights{Read: true, Reason: "closed"}
	no := func(reason string) live.Rights { return live.Rights{Reason: reason} }
	for _, c := range []struct {
		name    string
		actor   access.Actor
		meeting string
		doc     live.Meta
		want    live.Rights
	}{
		{"guest, covered", guest("x", "n1"), "n1", doc(live.KindMinutes, "n1", consent.ItemBasic), read},
		{"guest, out of scope", guest("x", "n1"), "n1", doc(live.KindMinutes, "n1", consent.ItemHealth), no("consent")},
		{"guest, person without consent", guest("x", "n1"), "n1", w.doc(live.KindMinutes, "n1", w.son, consent.ItemBasic), no("consent")},
		{"guest, household", guest("x", "n1"), "n1", w.doc(live.KindMinutes, "n1", "", consent.ItemBasic), read},
		{"guest, the plan", guest("x", "n1"), "n1", doc(live.KindPlan, "plan", consent.ItemBasic), no("closed")},
		{"guest, the sheets", guest("x", "n1"), "n1", doc(live.KindSection, w.mother, consent.ItemBasic), no("closed")},
		{"guest, minutes of another meeting", guest("x", "n1"), "n1", doc(live.KindMinutes, "n2", consent.ItemBasic), no("member")},
		{"guest of another meeting", guest("x", "n2"), "n1", doc(live.KindMinutes, "n1", consent.ItemBasic), no("member")},
		{"guest, final or never there", guest("x", "n2"), "n2", doc(live.KindMinutes, "n2", consent.ItemBasic), no("closed")},
		{"guest, secrecy not confirmed", guest("x", "n3"), "n3", doc(live.KindMinutes, "n3", consent.ItemBasic), no("secrecy")},
		{"guest, taken off the list", guest("x", "n4"), "n4", doc(live.KindMinutes, "n4", consent.ItemBasic), no("member")},
		{"agency, covered", houkatsu, "n1", doc(live.KindMinutes, "n1", consent.ItemBasic), read},
		{"agency, covered, was not there", houkatsu, "n2", doc(live.KindMinutes, "n2", consent.ItemBasic), read},
		{"agency, out of scope", houkatsu, "n1", doc(live.KindMinutes, "n1", consent.ItemHealth), no("consent")},
	} {
		if got, err := w.gate.Rights(ctx, c.actor, c.meeting, c.doc); err != nil || !got.Same(c.want) {
			t.Errorf("%s: %+v %v, want %+v", c.name, got, err, c.want)
		}
	}
	basic := func(ask func(context.Context, access.Actor, string, string) (View, error), a access.Actor, meeting string) bool {
		t.Helper()
		v, err := ask(ctx, a, meeting, w.c.ID)
		if err != nil {
			t.Fatal(err)
		}
		return v.Persons[0].Items[0].Allow
	}
	if basic(w.gate.View, guest("x", "n1"), "n1") || !basic(w.gate.MinutesView, guest("x", "n1"), "n1") || basic(w.gate.MinutesView, guest("x", "n2"), "n2") ||
		basic(w.gate.MinutesView, guest("x", "n3"), "n3") {
		t.Error("the paper of the minutes, and it alone, follows the minutes")
	}
	if _, err := w.gate.MinutesView(ctx, guest("x", "n4"), "n4", w.c.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("a stranger: %v", err)
	}
	w.f.persons[0].WithheldFrom = []string{"x"}
	if r, _ := w.gate.Rights(ctx, guest("x", "n1"), "n1", doc(live.KindMinutes, "n1", consent.ItemBasic)); r != no("secret") {
		t.Errorf("withheld from this agency: %+v", r)
	}
	w.f.persons[0].WithheldFrom, w.f.persons[0].AddressSecret = nil, true
	if r, _ := w.gate.Rights(ctx, guest("x", "n1"), "n1", doc(live.KindMinutes, "n1", consent.ItemAddress)); r != no("secret") {
		t.Errorf("secret address: %+v", r)
	}
	w.f.records[0].Withdrawals = []consent.Withdrawal{{At: w.f.records[0].From}}
	if r, _ := w.gate.Rights(ctx, guest("x", "n1"), "n1", doc(live.KindMinutes, "n1", consent.ItemBasic)); r != no("withdrawn") {
		t.Errorf("withdrawn after 閉会: %+v", r)
	}
}

// TestMeetingWritesItsOwnPlanOnly: the context of one meeting opens no pen for the plan of another.
func TestMeetingWritesItsOwnPlanOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := w.doc(live.KindPlan, "plan of another meeting", w.mother, consent.ItemBasic)
	if r, err := w.gate.Rights(ctx, houkatsu, "m2", other); err != nil || !r.Read || r.Write {
		t.Errorf("%+v %v", r, err)
	}
	facts := w.hall["m2/a"]
	facts.PlanID = ""
	w.hall["n9/a"] = facts
	w.f.meetings["n9"] = w.c.ID
	if r, _ := w.gate.Rights(ctx, houkatsu, "n9", other); r.Write {
		t.Errorf("a meeting without a plan: %+v", r)
	}
	if r, _ := w.gate.Rights(ctx, houkatsu, "m2", w.doc(live.KindPlan, "plan", w.mother, consent.ItemBasic)); !r.Write {
		t.Errorf("its own plan: %+v", r)
	}
	if r, _ := w.gate.Rights(ctx, secretary, "", other); !r.Write {
		t.Errorf("a holder: %+v", r)
	}
}
