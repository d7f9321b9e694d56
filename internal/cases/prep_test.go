package cases

import (
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/live"
)

// TestPrepSheets: an agency reads and writes its own 準備シート before anything is shown to it; the others read it as the gate says, once it was
// handed in, in its own meeting; nobody writes for another agency.
func TestPrepSheets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.consent(w.mother, []consent.Purpose{consent.PurposeConference}, map[string][]consent.Item{"a": {consent.ItemBasic}, "x": {consent.ItemBasic}})
	draft := MeetingFacts{Exists: true, CaseID: w.c.ID, Participant: true, Mode: consent.ModeSupport, Designated: true, MayPrepare: true}
	with := func(change func(*MeetingFacts)) MeetingFacts {
		f := draft
		change(&f)
		return f
	}
	set := func(meeting string, f MeetingFacts) {
		for _, g := range []string{"a", "s", "x"} {
			w.hall[meeting+"/"+g] = f
		}
		w.f.meetings[meeting] = w.c.ID
	}
	set("before", draft) // 支援会議, 準備
	set("open", with(func(f *MeetingFacts) { f.Open, f.Confirmed, f.Prepared = true, true, []string{"a"} }))
	set("secret", with(func(f *MeetingFacts) { f.Open, f.Prepared = true, []string{"a"} }))
	set("over", with(func(f *MeetingFacts) { f.MayPrepare, f.Prepared = false, []string{"a"} }))
	set("undesignated", with(func(f *MeetingFacts) { f.Designated, f.MayPrepare = false, false }))
	set("unseated", with(func(f *MeetingFacts) { f.Participant, f.MayPrepare = false, false }))
	layered := func(f *MeetingFacts) { f.Mode, f.Prepared = consent.ModeLayered, []string{"a"} }
	set("layered", with(layered))
	set("unsent", with(func(f *MeetingFacts) { layered(f); f.Prepared = nil }))
	set("entered", with(func(f *MeetingFacts) { f.PrepareFor = []string{"a"} })) // 代行入力
	sheet := func(meeting, agency, person string, i consent.Item) live.Meta {
		return w.doc(live.KindPrep, live.PrepOwner(meeting, agency), person, i)
	}
	frozen := sheet("before", "a", "", consent.ItemBasic)
	frozen.Frozen = true
	observer := agency("a", access.RoleObserver)
	other := agency("x", access.RoleAgency)
	write := live.Rights{Read: true, Write: true}
	no := func(reason string) live.Rights { return live.Rights{Reason: reason} }
	seen := live.Rights{Read: true, Reason: "role"}
	for _, c := range []struct {
		name    string
		actor   access.Actor
		meeting string
		doc     live.Meta
		want    live.Rights
	}{
		{"own, before the meeting, no consent needed", houkatsu, "before", sheet("before", "a", "", consent.ItemHealth), write},
		{"own, about somebody who has consented", houkatsu, "layered", sheet("layered", "a", w.mother, consent.ItemHealth), write},
		{"own, about somebody unknown to it", houkatsu, "before", sheet("before", "a", w.son, consent.ItemBasic), no("member")},
		{"own, frozen", houkatsu, "before", frozen, live.Rights{Read: true, Reason: "frozen"}},
		{"own, after 閉会", houkatsu, "over", sheet("over", "a", "", consent.ItemBasic), live.Rights{Read: true, Reason: "closed"}},
		{"own, not designated", houkatsu, "undesignated", sheet("undesignated", "a", "", consent.ItemBasic), live.Rights{Read: true, Reason: "closed"}},
		{"own, no seat", houkatsu, "unseated", sheet("unseated", "a", "", consent.ItemBasic), no("member")},
		{"own, outside of the meeting", houkatsu, "", sheet("before", "a", "", consent.ItemBasic), no("member")},
		{"own, in another meeting", houkatsu, "open", sheet("before", "a", "", consent.ItemBasic), no("member")},
		{"observer of the same agency, not handed in", observer, "before", sheet("before", "a", "", consent.ItemBasic), no("member")},
		{"guest of the same agency, not handed in", guest("a", "before"), "before", sheet("before", "a", "", consent.ItemBasic), no("member")},
		{"records staff of the same agency", agency("a", access.RoleRecords), "before", sheet("before", "a", "", consent.ItemBasic), no("member")},
		{"another agency, not handed in", other, "unsent", sheet("unsent", "a", w.mother, consent.ItemBasic), no("member")},
		{"another agency, 支援会議 not yet open", other, "before", sheet("before", "a", "", consent.ItemBasic), no("member")},
		{"another agency, 支援会議, secrecy not confirmed", other, "secret", sheet("secret", "a", "", consent.ItemBasic), no("secrecy")},
		{"another agency, 支援会議, confirmed", other, "open", sheet("open", "a", "", consent.ItemHealth), seen},
		{"another agency, consent covers", other, "layered", sheet("layered", "a", w.mother, consent.ItemBasic), seen},
		{"another agency, consent does not cover", other, "layered", sheet("layered", "a", w.mother, consent.ItemHealth), no("consent")},
		{"another agency, 支援会議 over", other, "over", sheet("over", "a", "", consent.ItemBasic), no("closed")},
		{"who holds the record, not handed in", secretary, "before", sheet("before", "a", "", consent.ItemBasic), seen},
		{"who holds the record, outside", secretary, "", sheet("before", "a", "", consent.ItemBasic), seen},
		{"who holds the record, own agency", secretary, "before", sheet("before", "s", w.son, consent.ItemBasic), write},
		{"who holds the record, entered for the agency", secretary, "entered", sheet("entered", "a", "", consent.ItemBasic), write},
		{"who holds the record, entered for another", secretary, "entered", sheet("entered", "x", "", consent.ItemBasic), seen},
		{"who holds the record, entered, from another meeting", secretary, "before", sheet("entered", "a", "", consent.ItemBasic), seen},
		{"the agency itself, entered for it", houkatsu, "entered", sheet("entered", "a", "", consent.ItemBasic), write},
		{"another agency, entered and not handed in", other, "entered", sheet("entered", "a", w.mother, consent.ItemBasic), no("member")},
		{"a sheet of nobody", houkatsu, "before", w.doc(live.KindPrep, "before", "", consent.ItemBasic), no("member")},
		{"an owner that ends in a dot", houkatsu, "before", w.doc(live.KindPrep, "before.", "", consent.ItemBasic), no("member")},
	} {
		if got, err := w.gate.Rights(ctx, c.actor, c.meeting, c.doc); err != nil || !got.Same(c.want) {
			t.Errorf("%s: %+v %v, want %+v", c.name, got, err, c.want)
		}
	}
	rights := func(a access.Actor, meeting string, d live.Meta) live.Rights {
		t.Helper()
		r, err := w.gate.Rights(ctx, a, meeting, d)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	own := sheet("layered", "a", w.mother, consent.ItemBasic)
	if r := rights(houkatsu, "layered", own); r.Until.IsZero() || !r.Until.After(clock) {
		t.Errorf("rights by consent have no end: %+v", r)
	}
	w.f.persons[0].WithheldFrom = []string{"a"}
	if r := rights(houkatsu, "layered", own); r != no("secret") {
		t.Errorf("a person kept from the agency: %+v", r)
	}
	w.f.persons[0].WithheldFrom = nil
	w.f.records[0].Withdrawals = []consent.Withdrawal{{At: clock.Add(-time.Minute)}}
	if r := rights(houkatsu, "layered", own); r.Read {
		t.Errorf("withdrawn: %+v", r)
	}
	w.f.bars = []Bar{{CaseID: w.c.ID, UserID: houkatsu.UserID}}
	if r := rights(houkatsu, "before", sheet("before", "a", "", consent.ItemBasic)); r != no("member") {
		t.Errorf("a colleague kept from the case: %+v", r)
	}
	w.f.bars = nil
	if err := w.RemoveMember(ctx, secretary, w.c.ID, "a"); err != nil {
		t.Fatal(err)
	}
	if r := rights(houkatsu, "before", sheet("before", "a", "", consent.ItemBasic)); r.Read {
		t.Errorf("removed from the case: %+v", r)
	}
}
