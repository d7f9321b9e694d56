package cases

import (
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
)

var sysadmin = access.Actor{Tenant: "t", UserID: "u-admin", AgencyID: "s", Roles: []access.Role{access.RoleAdmin}}

// now is the clock as the store keeps it.
var now = clock.Truncate(time.Microsecond)

func broken(w *world, at, until time.Time) consent.Glass {
	return consent.Glass{ID: "g", Tenant: "t", CaseID: w.c.ID, UserID: sysadmin.UserID, At: at, Until: until}
}

// A 緊急時の閲覧 opens its case to its administrator for reading, while it lasts; each of the others differs by one thing and opens nothing.
func TestGlassOpensOneCaseToOnePersonForAWhile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	good := broken(w, now, now.Add(time.Microsecond))
	ended := now
	with := func(change func(*consent.Glass)) consent.Glass {
		g := good
		change(&g)
		return g
	}
	no := live.Rights{Reason: "member"}
	yes := live.Rights{Read: true, Reason: access.ReasonBreakGlass, Until: good.Until}
	actor := func(roles ...access.Role) access.Actor { a := sysadmin; a.Roles = roles; return a }
	atMeeting := actor(access.RoleAdmin)
	for name, c := range map[string]struct {
		actor   access.Actor
		glass   consent.Glass
		meeting string
		want    live.Rights
	}{
		"in its last moment":        {sysadmin, good, "", yes},
		"over":                      {sysadmin, with(func(g *consent.Glass) { g.Until = now }), "", no},
		"not begun":                 {sysadmin, with(func(g *consent.Glass) { g.At = now.Add(time.Microsecond) }), "", no},
		"taken back":                {sysadmin, with(func(g *consent.Glass) { g.EndedAt = &ended }), "", no},
		"of another case":           {sysadmin, with(func(g *consent.Glass) { g.CaseID = "c9" }), "", no},
		"of another administrator":  {sysadmin, with(func(g *consent.Glass) { g.UserID = "u-other" }), "", no},
		"no administrator any more": {actor(access.RoleAuditor), good, "", no},
		"in a meeting":              {atMeeting, good, "m2", no},
	} {
		w.f.glasses = []consent.Glass{c.glass}
		for _, kind := range []live.Kind{live.KindSection, live.KindPlan} {
			got, err := w.gate.Rights(ctx, c.actor, c.meeting, w.doc(kind, "plan", w.son, consent.ItemHealth))
			if err != nil || got != c.want {
				t.Errorf("%s, %s: %+v %v, want %+v", name, kind, got, err, c.want)
			}
		}
		if got, err := w.gate.Rights(ctx, c.actor, c.meeting, w.doc(live.KindMinutes, "m2", w.son, consent.ItemHealth)); err != nil || got.Read {
			t.Errorf("%s: minutes %+v %v", name, got, err)
		}
		_, err := w.Get(ctx, c.actor, c.meeting, w.c.ID)
		if (err == nil) != c.want.Read || err != nil && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: the page: %v", name, err)
		}
	}
}

// What is kept from everybody stays: 閲覧遮断, 住所秘匿, 特定機関に非開示; and nothing takes writing.
func TestGlassLiftsNoSecrecy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.f.glasses = []consent.Glass{broken(w, now, now.Add(time.Hour))}
	see := func(person string, i consent.Item) bool {
		t.Helper()
		d, err := w.gate.CanSee(ctx, sysadmin, "", w.c.ID, person, i)
		if err != nil || d.Allow && d.Reason != consent.ReasonBreakGlass {
			t.Fatal(d, err)
		}
		return d.Allow
	}
	for _, i := range consent.Items() {
		for _, p := range []string{"", w.mother, w.son} {
			if !see(p, i) {
				t.Errorf("%s of %q is not shown", i, p)
			}
		}
	}
	lines, err := w.Sections(ctx, sysadmin, "", w.c.ID)
	if err != nil || len(lines) < 10 {
		t.Fatal(lines, err)
	}
	for _, l := range lines {
		if !l.Read || l.Write || l.Doc == "" {
			t.Errorf("%+v", l)
		}
	}
	d, err := w.Get(ctx, sysadmin, "", w.c.ID)
	if err != nil || d.Holder || len(d.Next) != 0 || d.Persons[1].Hidden || d.Persons[1].Name == "" {
		t.Errorf("%+v %v", d, err)
	}
	w.f.persons[1].AddressSecret = true
	if see(w.son, consent.ItemAddress) || see("", consent.ItemAddress) || !see(w.son, consent.ItemBasic) {
		t.Error("住所秘匿")
	}
	w.f.persons[0].WithheldFrom = []string{sysadmin.AgencyID}
	if see(w.mother, consent.ItemBasic) || !see(w.son, consent.ItemBasic) {
		t.Error("特定機関に非開示")
	}
	if see("p9", consent.ItemBasic) {
		t.Error("a person of another case")
	}
	w.f.bars = []Bar{{CaseID: w.c.ID, UserID: sysadmin.UserID}}
	if see(w.son, consent.ItemBasic) {
		t.Error("閲覧遮断")
	}
	if _, err := w.Get(ctx, sysadmin, "", w.c.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("閲覧遮断: %v", err)
	}
	if _, err := w.SavePerson(ctx, sysadmin, w.c.ID, PersonInput{Name: "x", Relation: "母"}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("writing: %v", err)
	}
}
