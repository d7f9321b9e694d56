package cases

import (
	"testing"

	"kasane/internal/consent"
	"kasane/internal/fault"
)

// What is 本人に非開示 is left out of what is made for the person, for every person, item and reader; everything else, and what the staff sees, stays.
func TestToPerson(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.consent(w.mother, consent.Purposes(), map[string][]consent.Item{"a": consent.Items()})
	w.consent(w.son, consent.Purposes(), map[string][]consent.Item{"a": consent.Items()})
	before, err := w.gate.View(ctx, houkatsu, "m1", w.c.ID)
	if err != nil {
		t.Fatal(err)
	}
	kept := Discretion{CaseID: w.c.ID, PersonID: w.mother, Item: consent.ItemAbuse, Reason: "通報者を守るため"}
	house := Discretion{CaseID: w.c.ID, Item: consent.ItemProgress, Reason: "ほかの人から聴いたこと"}
	for _, d := range []Discretion{kept, house} {
		if err := w.SetDiscretion(ctx, secretary, d); err != nil {
			t.Fatal(err)
		}
	}
	for _, actor := range []struct {
		name string
		view func() (View, error)
	}{
		{"an agency", func() (View, error) { return w.gate.ToPerson(ctx, houkatsu, "m1", w.c.ID) }},
		{"a holder", func() (View, error) { return w.gate.ToPerson(ctx, secretary, "m1", w.c.ID) }},
	} {
		v, err := actor.view()
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range v.Persons {
			for j, x := range p.Items {
				hidden := x.Item == consent.ItemAbuse && (p.PersonID == w.mother || p.PersonID == "") || x.Item == consent.ItemProgress && p.PersonID == ""
				if want := before.Persons[i].Items[j].Allow && !hidden; actor.name == "an agency" && x.Allow != want {
					t.Errorf("%s, person %q, %s: %v, not %v", actor.name, p.PersonID, x.Item, x.Allow, want)
				}
				if hidden && (x.Allow || x.Reason != consent.ReasonNotToPerson && actor.name == "a holder") {
					t.Errorf("%s, person %q, %s: %+v", actor.name, p.PersonID, x.Item, x)
				}
			}
		}
	}
	after, err := w.gate.View(ctx, houkatsu, "m1", w.c.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range after.Persons {
		for j, x := range p.Items {
			if x != before.Persons[i].Items[j] {
				t.Errorf("the staff's view changed: %+v", x)
			}
		}
	}
	if err := w.LiftDiscretion(ctx, secretary, w.c.ID, w.mother, consent.ItemAbuse); err != nil {
		t.Fatal(err)
	}
	if list, err := w.Discretions(ctx, secretary, w.c.ID); err != nil || len(list) != 1 || list[0].Item != consent.ItemProgress || list[0].By != secretary.UserID {
		t.Errorf("%+v %v", list, err)
	}
}

func TestDiscretionsAreTheHoldersAffair(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := Discretion{CaseID: w.c.ID, PersonID: w.mother, Item: consent.ItemAbuse, Reason: "理由"}
	if err := w.SetDiscretion(ctx, houkatsu, d); !fault.Is(err, fault.Forbidden) {
		t.Error(err)
	}
	if _, err := w.Discretions(ctx, houkatsu, w.c.ID); !fault.Is(err, fault.Forbidden) {
		t.Error(err)
	}
	for name, change := range map[string]func(*Discretion){
		"no reason": func(d *Discretion) { d.Reason = "" }, "no item": func(d *Discretion) { d.Item = "" }, "nobody": func(d *Discretion) { d.PersonID = "x" },
	} {
		bad := d
		change(&bad)
		if err := w.SetDiscretion(ctx, secretary, bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
