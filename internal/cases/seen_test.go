package cases

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/seedtest"
)

// shuffle makes consents, secrets, memberships and meetings at random.
func (w *world) shuffle(rnd *rand.Rand) {
	some := func() []consent.Item {
		var out []consent.Item
		for _, i := range consent.Items() {
			if rnd.IntN(2) == 0 {
				out = append(out, i)
			}
		}
		return out
	}
	w.f.records = nil
	for _, p := range []string{w.mother, w.son} {
		for range rnd.IntN(3) {
			purposes := consent.Purposes()[rnd.IntN(3) : 3+rnd.IntN(4)]
			w.consent(p, purposes, map[string][]consent.Item{"a": some(), "b": some()})
			r := &w.f.records[len(w.f.records)-1]
			switch rnd.IntN(6) {
			case 0:
				r.Until = r.From.Add(time.Second)
			case 1:
				r.State = consent.StateRefused
			case 2:
				r.Withdrawals = []consent.Withdrawal{{At: r.From, Agencies: []string{"a"}, Items: some()}}
			case 3:
				r.Others = some()
			}
		}
	}
	for i := range w.f.persons {
		w.f.persons[i].AddressSecret, w.f.persons[i].WithheldFrom = rnd.IntN(3) == 0, nil
		w.f.persons[i].Subject = i == 0 || rnd.IntN(2) == 0
		if rnd.IntN(4) == 0 {
			w.f.persons[i].WithheldFrom = []string{[]string{"a", "x"}[rnd.IntN(2)]}
		}
	}
	for id, f := range w.hall {
		f.Open, f.Designated, f.Participant, f.MinutesOpen = rnd.IntN(4) > 0, rnd.IntN(4) > 0, rnd.IntN(4) > 0, false
		f.Confirmed = true // as the view assumes
		w.hall[id] = f
	}
	if rnd.IntN(5) == 0 {
		until := w.f.cases[0].OpenedAt
		w.f.members[0].Until = &until
	}
}

// TestSeenByIsWhatTheAgencyGets: whatever was agreed, withdrawn, kept secret, and whichever meeting is asked for, 「この機関から見ると」 holds exactly
// the persons, members and records that the page of somebody of that agency holds, and the gate says the same of every item.
func TestSeenByIsWhatTheAgencyGets(t *testing.T) {
	t.Parallel()
	seed := seedtest.Seed(t)
	rnd := rand.New(rand.NewPCG(seed, 1))
	shown, hidden, outside := 0, 0, 0
	for n := range 400 {
		w := newWorld(t)
		w.shuffle(rnd)
		for _, id := range []string{"a", "b", "x"} {
			for _, meeting := range []string{"", "m1", "m2", "m3"} {
				at := fmt.Sprintf("seed %d, case %d, agency %s, meeting %q", seed, n, id, meeting)
				actor := agency(id)
				seen, err := w.SeenBy(ctx, secretary, meeting, w.c.ID, id)
				if err != nil {
					t.Fatalf("%s: %v", at, err)
				}
				page, err := w.Get(ctx, actor, meeting, w.c.ID)
				if seen.Inside != (err == nil) {
					t.Fatalf("%s: inside %v, the page says %v", at, seen.Inside, err)
				}
				if err != nil {
					outside++
					if !fault.Is(err, fault.NotFound) || len(seen.Persons)+len(seen.Members)+len(seen.Sections) > 0 || seen.Number != "" {
						t.Fatalf("%s: %+v %v", at, seen, err)
					}
					continue
				}
				if !reflect.DeepEqual(seen.Persons, page.Persons) || !reflect.DeepEqual(seen.Members, page.Members) || seen.Number != page.Number {
					t.Fatalf("%s:\nseen %+v\npage %+v", at, seen, page)
				}
				lines, err := w.Sections(ctx, actor, meeting, w.c.ID)
				if err != nil || len(lines) != len(seen.Sections) {
					t.Fatalf("%s: %d lines, seen %d, %v", at, len(lines), len(seen.Sections), err)
				}
				for i, l := range lines {
					l.Doc = "" // the name of a document is for who opens it
					if l != seen.Sections[i] {
						t.Fatalf("%s: the agency's line %+v, seen %+v", at, l, seen.Sections[i])
					}
					d, err := w.gate.CanSee(ctx, actor, meeting, w.c.ID, l.PersonID, l.Item)
					if err != nil || d.Allow != seen.Sections[i].Read {
						t.Fatalf("%s: the gate says %+v %v of %+v", at, d, err, l)
					}
					if l.Read {
						shown++
					} else {
						hidden++
					}
				}
				w.sameChips(t, at, actor, meeting)
			}
		}
	}
	if shown < 1000 || hidden < 1000 || outside < 100 {
		t.Errorf("seed %d: %d shown, %d hidden, %d outside: the test hardly looks", seed, shown, hidden, outside)
	}
}

// sameChips: the strip of the holder allows what the gate allows the agency, chip by chip.
func (w *world) sameChips(t *testing.T, at string, actor access.Actor, meeting string) {
	t.Helper()
	v, err := w.gate.ViewAs(ctx, secretary, meeting, w.c.ID, actor.AgencyID)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range v.Persons {
		for _, i := range p.Items {
			d, err := w.gate.CanSee(ctx, actor, meeting, w.c.ID, p.PersonID, i.Item)
			if err != nil || d.Allow != i.Allow || d.Reason != i.Reason || d.Record != i.Record {
				t.Fatalf("%s: chip %+v of %q, the gate says %+v %v", at, i, p.PersonID, d, err)
			}
		}
	}
}

func TestSeenByIsForHoldersAndMakesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.consent(w.mother, consent.Purposes(), map[string][]consent.Item{"a": consent.Items()})
	for _, who := range []access.Actor{houkatsu, agency("a", access.RoleObserver), agency("z"), guest("x", "m1"), {}} {
		if _, err := w.SeenBy(ctx, who, "", w.c.ID, who.AgencyID); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%v: %v", who.Roles, err)
		}
	}
	docs, audit := len(w.f.docs), len(w.f.audit)
	seen, err := w.SeenBy(ctx, secretary, "", w.c.ID, "a")
	if err != nil || !seen.Inside || len(seen.Sections) == 0 {
		t.Fatalf("%+v %v", seen, err)
	}
	if len(w.f.docs) != docs || len(w.f.audit) != audit {
		t.Error("looking through an agency's eyes made documents or entries")
	}
	stranger := secretary
	stranger.Tenant = "u"
	if _, err := w.SeenBy(ctx, stranger, "", w.c.ID, "a"); !fault.Is(err, fault.NotFound) {
		t.Errorf("another municipality: %v", err)
	}
}
