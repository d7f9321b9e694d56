package consent

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"kasane/internal/seedtest"
)

var people = []string{"p1", "p2", "p3"}
var agencies = []string{"a", "b", "c"}

type gen struct{ *rand.Rand }

func newGen(t *testing.T) gen {
	t.Helper()
	seed := seedtest.Seed(t)
	return gen{rand.New(rand.NewPCG(seed, 1))}
}

func (g gen) items() []Item {
	var out []Item
	for _, i := range allItems {
		if g.IntN(2) == 0 {
			out = append(out, i)
		}
	}
	return out
}

func (g gen) agencies() []string {
	var out []string
	for _, a := range agencies {
		if g.IntN(2) == 0 {
			out = append(out, a)
		}
	}
	return out
}

func (g gen) moment() time.Time { return from.Add(time.Duration(g.IntN(40)-10) * 24 * time.Hour) }

func (g gen) record() Record {
	states := []State{StateGranted, StateGranted, StateGranted, StatePartial, StatePending, StateRefused, StateUnknown, StateNotExplained, "?"}
	r := Record{ID: string(rune('A' + g.IntN(26))), PersonID: people[g.IntN(3)], Number: "n", State: states[g.IntN(len(states))],
		From: g.moment(), RecordedAt: g.moment(), Scope: map[string][]Item{}}
	r.Until = r.From.Add(time.Duration(g.IntN(30)) * 24 * time.Hour)
	for _, p := range Purposes() {
		if g.IntN(3) > 0 {
			r.Purposes = append(r.Purposes, p)
		}
	}
	for _, a := range g.agencies() {
		r.Scope[a] = g.items()
	}
	if g.IntN(4) == 0 {
		r.Others = g.items()
	}
	for g.IntN(3) == 0 {
		r.Withdrawals = append(r.Withdrawals, g.withdrawal())
	}
	return r
}

func (g gen) withdrawal() Withdrawal {
	w := Withdrawal{At: g.moment()}
	if g.IntN(2) == 0 {
		w.Agencies = g.agencies()
	}
	if g.IntN(2) == 0 {
		w.Items = g.items()
	}
	return w
}

// emergencies are few, and some are confirmed or ended.
func (g gen) emergencies() (out []Emergency) {
	for range g.IntN(3) {
		at := g.moment().Add(time.Duration(g.IntN(1000)) * time.Minute)
		e := Emergency{AgencyID: agencies[g.IntN(3)], Persons: people[:1+g.IntN(3)], Items: g.items(), At: at, Until: at.Add(time.Duration(1+g.IntN(72)) * time.Hour)}
		if end := at.Add(time.Duration(g.IntN(40)) * time.Hour); g.IntN(2) == 0 {
			e.ConfirmedAt = &end
		} else if g.IntN(2) == 0 {
			e.EndedAt = &end
		}
		out = append(out, e)
	}
	return out
}

func (g gen) situation() (Question, Facts, []Record) {
	q := Question{AgencyID: append(agencies, "x")[g.IntN(4)], Item: allItems[g.IntN(len(allItems))],
		Purpose: Purposes()[g.IntN(2)], At: g.moment()}
	for range 1 + g.IntN(3) {
		q.Persons = append(q.Persons, people[g.IntN(3)])
	}
	b := func() bool { return g.IntN(4) > 0 }
	f := Facts{Guest: !b(), Member: b(), Mode: []Mode{ModeNone, ModeLayered, ModeLayered, ModeSupport, "?"}[g.IntN(5)], MeetingOpen: b(),
		Confirmed: b(), Designated: b(), AddressSecret: !b(), Withheld: !b()}
	var records []Record
	for range g.IntN(9) {
		records = append(records, g.record())
	}
	return q, f, records
}

// TestGateProperties asks random questions and compares answers with each other.
func TestGateProperties(t *testing.T) {
	t.Parallel()
	g := newGen(t)
	allowed := 0
	for range 60_000 {
		q, f, records := g.situation()
		got := Decide(q, f, records)
		if got.Allow {
			allowed++
		}
		// every person must be covered by themselves
		all := true
		for _, p := range q.Persons {
			one := q
			one.Persons = []string{p}
			all = all && Decide(one, f, records).Allow
		}
		if got.Allow != all {
			t.Fatalf("together %v, one by one %v: %+v %+v %+v", got, all, q, f, records)
		}
		// a withdrawal only takes away
		if len(records) > 0 {
			more := append([]Record(nil), records...)
			n := g.IntN(len(more))
			more[n].Withdrawals = append(append([]Withdrawal(nil), more[n].Withdrawals...), g.withdrawal())
			if after := Decide(q, f, more); after.Allow && !got.Allow {
				t.Fatalf("a withdrawal opened the gate: %+v %+v", q, more)
			}
		}
		// the order in which records are read does not matter
		mixed := append([]Record(nil), records...)
		g.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if again := Decide(q, f, mixed); again.Allow != got.Allow && distinct(records) {
			t.Fatalf("order changes the answer: %v %v: %+v %+v", got, again, q, records)
		}
		// a refusal said last closes everything that rests on consent
		if got.Reason == ReasonConsent {
			no := Record{ID: "no", PersonID: q.Persons[0], State: StateRefused, From: q.At, RecordedAt: q.At.Add(time.Hour * 9999)}
			if Decide(q, f, append(append([]Record(nil), records...), no)).Allow {
				t.Fatal("consent outlives a refusal")
			}
		}
		// the gate looks at nothing but the terms
		terms, full := make([]Record, len(records)), slices.Clone(records)
		for i, r := range records {
			terms[i] = r.Terms()
			r.Grantor, r.GrantorName, r.Sources, r.Forms = GrantorOther, "代理", []string{"a9"}, []string{"print"}
			r.ExplainedAt, r.Renews, r.Method = g.moment(), "A", MethodOral
			full[i] = r
		}
		if x, y := Decide(q, f, terms), Decide(q, f, full); x != got || y != got {
			t.Fatalf("%v by the records, %v by their terms, %v by more: %+v %+v", got, x, y, q, records)
		}
		checkEnd(t, q, f, records, got)
		f.Emergencies = g.emergencies()
		checkTurn(t, g, q, f, records, Decide(q, f, records))
		if x, y := NextTurn(q.At, terms, f.Emergencies), NextTurn(q.At, full, f.Emergencies); !x.Equal(y) {
			t.Fatalf("the next turn by the terms %v, by the records %v", x, y)
		}
	}
	if allowed < 1000 {
		t.Fatalf("only %d questions were allowed: the generator tests nothing", allowed)
	}
}

// checkEnd: what rests on consent ends with the first Until of the records it rests on, to the instant.
func checkEnd(t *testing.T, q Question, f Facts, records []Record, got Decision) {
	t.Helper()
	if got.Reason != ReasonConsent {
		return
	}
	r, _ := InForce(q.Persons[0], q.At, records)
	q.At = r.Until
	if next, _ := InForce(q.Persons[0], q.At, records); next.ID == r.ID && next.From.Equal(r.From) && Decide(q, f, records).Allow {
		t.Fatalf("allowed at Until %v of %+v", q.At, r)
	}
}

// checkTurn: until the next turn the answer stays, whatever the time.
func checkTurn(t *testing.T, g gen, q Question, f Facts, records []Record, got Decision) {
	t.Helper()
	next := NextTurn(q.At, records, f.Emergencies)
	span := 100 * 24 * time.Hour
	if !next.IsZero() {
		span = next.Sub(q.At)
	}
	for _, d := range []time.Duration{span - 1, time.Duration(g.Int64N(int64(span)))} {
		then := q
		then.At = q.At.Add(d)
		if again := Decide(then, f, records); again != got {
			t.Fatalf("%v at %v, %v at %v, and the next turn is %v: %+v", got, q.At, again, then.At, next, records)
		}
	}
}

func distinct(records []Record) bool {
	seen := map[string]bool{}
	for _, r := range records {
		k := r.PersonID + r.ID // an id is given once
		if seen[k] {
			return false
		}
		seen[k] = true
	}
	return true
}

func TestIncompleteQuestionsAreDenied(t *testing.T) {
	t.Parallel()
	good := Question{Persons: []string{"p"}, AgencyID: "a", Item: ItemBasic, Purpose: PurposeConference, At: from}
	f := Facts{Member: true, Mode: ModeSupport, MeetingOpen: true, Confirmed: true, Designated: true}
	if d := Decide(good, f, nil); !d.Allow {
		t.Fatalf("the complete question is denied: %v", d)
	}
	for name, spoil := range map[string]func(*Question){
		"no person":       func(q *Question) { q.Persons = nil },
		"empty person":    func(q *Question) { q.Persons = []string{"p", ""} },
		"no agency":       func(q *Question) { q.AgencyID = "" },
		"no time":         func(q *Question) { q.At = time.Time{} },
		"unknown item":    func(q *Question) { q.Item = "everything" },
		"unknown purpose": func(q *Question) { q.Purpose = "" },
	} {
		q := good
		spoil(&q)
		if d := Decide(q, f, nil); d.Allow || d.Reason != ReasonInvalid {
			t.Errorf("%s: %v", name, d)
		}
	}
	f.Mode = "court"
	if d := Decide(good, f, nil); d.Allow {
		t.Errorf("unknown mode: %v", d)
	}
}

func TestNewRecordReplacesOldOne(t *testing.T) {
	t.Parallel()
	rec := func(id string, s State, begin, recorded, days int) Record {
		return Record{ID: id, PersonID: "p", Number: id, State: s, From: from.AddDate(0, 0, begin), Until: from.AddDate(0, 0, begin+days),
			RecordedAt: from.AddDate(0, 0, recorded), Purposes: Purposes(), Scope: map[string][]Item{"a": allItems}}
	}
	ask := func(day int, records ...Record) Reason {
		q := Question{Persons: []string{"p"}, AgencyID: "a", Item: ItemBasic, Purpose: PurposeConference, At: from.AddDate(0, 0, day)}
		return Decide(q, Facts{Member: true}, records).Reason
	}
	old := rec("old", StateGranted, 0, 0, 300)
	for _, c := range []struct {
		name  string
		day   int
		other Record
		want  Reason
	}{
		{"refused later", 20, rec("new", StateRefused, 10, 10, 0), ReasonNoConsent},
		{"refused later, not yet", 9, rec("new", StateRefused, 10, 10, 0), ReasonConsent},
		{"a refusal written down late still counts from its day", 20, rec("new", StateRefused, 10, 19, 0), ReasonNoConsent},
		{"an earlier refusal recorded afterwards", 20, rec("new", StateRefused, -5, 19, 0), ReasonConsent},
		{"same day: what was recorded last", 20, rec("new", StateRefused, 0, 1, 0), ReasonNoConsent},
		{"only explained: nothing changes", 20, rec("new", StatePending, 10, 10, 0), ReasonConsent},
		{"could not be asked: nothing changes", 20, rec("new", StateUnknown, 10, 10, 0), ReasonConsent},
		{"a newer one that ran out does not revive the old", 50, rec("new", StateGranted, 10, 10, 5), ReasonExpired},
		{"begins in the future", 5, rec("new", StateRefused, 10, 4, 0), ReasonConsent},
	} {
		if got := ask(c.day, old, c.other); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	gone := rec("new", StateGranted, 10, 10, 300)
	gone.Withdrawals = []Withdrawal{{At: from.AddDate(0, 0, 15)}}
	if got := ask(20, old, gone); got != ReasonWithdrawn {
		t.Errorf("withdrawn newer one: %s", got)
	}
}

func TestEffective(t *testing.T) {
	t.Parallel()
	r := Record{State: StateGranted, From: from, Until: until, Scope: map[string][]Item{"a": {ItemBasic, ItemCare}}, Others: []Item{ItemBasic}}
	w := func(ws ...Withdrawal) Record {
		c := r
		c.Withdrawals = ws
		return c
	}
	at := from.AddDate(0, 1, 0)
	for _, c := range []struct {
		name string
		r    Record
		at   time.Time
		want State
	}{
		{"in force", r, at, StateGranted},
		{"first instant", r, from, StateGranted},
		{"before", r, from.Add(-1), StatePending},
		{"end is exclusive", r, until, StateExpired},
		{"last instant", r, until.Add(-1), StateGranted},
		{"whole", w(Withdrawal{At: at}), at, StateWithdrawn},
		{"whole, a moment before", w(Withdrawal{At: at}), at.Add(-1), StateGranted},
		{"part", w(Withdrawal{At: at, Items: []Item{ItemCare}}), at, StatePartial},
		{"something that was never given", w(Withdrawal{At: at, Items: []Item{ItemSchool}}), at, StateGranted},
		{"all parts", w(Withdrawal{At: at, Items: []Item{ItemCare}}, Withdrawal{At: at, Items: []Item{ItemBasic}}), at, StateWithdrawn},
		{"named agencies only, the box remains", w(Withdrawal{At: at, Agencies: []string{"a"}}), at, StatePartial},
		{"withdrawn, then over", w(Withdrawal{At: at}), until, StateWithdrawn},
		{"refused stays refused", Record{State: StateRefused}, until, StateRefused},
	} {
		if got := Effective(c.r, c.at); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestEveryCodeHasALabel(t *testing.T) {
	t.Parallel()
	for _, r := range Reasons() {
		if r.Label() == "" {
			t.Errorf("reason %s", r)
		}
	}
	for _, i := range Items() {
		if !i.Valid() {
			t.Errorf("item %s", i)
		}
	}
	for _, p := range Purposes() {
		if !p.Valid() {
			t.Errorf("purpose %s", p)
		}
	}
	for _, s := range []State{StateNotExplained, StatePending, StateGranted, StatePartial, StateRefused, StateWithdrawn, StateExpired, StateUnknown} {
		if s.Label() == "" {
			t.Errorf("state %s", s)
		}
	}
}
