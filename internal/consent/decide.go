package consent

import (
	"slices"
	"strings"
	"time"
)

// Decide is the gate (同意ゲート): may this agency receive this item of these persons for this purpose at this moment?
//
// It is pure and it denies whatever no rule allows. The order of the rules is the order of the reasons a person is
// shown: who you are comes before what was agreed.
func Decide(q Question, f Facts, records []Record) Decision {
	switch {
	case f.Barred:
		return deny(ReasonBarred)
	case f.Holder && !f.Guest:
		return Decision{Allow: true, Reason: ReasonHolder}
	case !q.complete():
		return deny(ReasonInvalid)
	case f.Withheld, f.AddressSecret && q.Item == ItemAddress:
		return deny(ReasonSecret)
	case f.Glass && !f.Guest:
		return Decision{Allow: true, Reason: ReasonBreakGlass}
	case !f.Member:
		return deny(ReasonNotMember)
	}
	switch f.Mode {
	case ModeSupport:
		return decideSupport(q, f)
	case ModeLayered:
		if f.Guest && !f.MeetingOpen {
			return deny(ReasonNotOpen)
		}
		if f.Guest && !f.Confirmed {
			return deny(ReasonSecrecy)
		}
		return covered(q, f, records)
	case ModeNone:
		if f.Guest { // a guest link is for one meeting, never for the case
			return deny(ReasonNotMember)
		}
		return covered(q, f, records)
	}
	return deny(ReasonInvalid)
}

// decideSupport: 支援会議. The law stands in for consent, for its members and its own purpose only.
func decideSupport(q Question, f Facts) Decision {
	switch {
	case q.Purpose != PurposeConference:
		return deny(ReasonPurpose)
	case !f.Designated:
		return deny(ReasonUndesignat)
	case !f.MeetingOpen:
		return deny(ReasonNotOpen)
	case !f.Confirmed:
		return deny(ReasonSecrecy)
	}
	return Decision{Allow: true, Reason: ReasonSupport}
}

// covered asks for every person; the first one without cover gives the reason, unless an emergency stands in.
func covered(q Question, f Facts, records []Record) Decision {
	d := consented(q, records)
	if !d.Allow && slices.ContainsFunc(f.Emergencies, func(e Emergency) bool { return e.Covers(q) }) {
		return Decision{Allow: true, Reason: ReasonEmergency}
	}
	return d
}

func consented(q Question, records []Record) Decision {
	var numbers []string
	for _, p := range q.Persons {
		r, reason := cover(q, p, records)
		if reason != ReasonConsent {
			return deny(reason)
		}
		if !slices.Contains(numbers, r.Number) {
			numbers = append(numbers, r.Number)
		}
	}
	return Decision{Allow: true, Reason: ReasonConsent, Record: strings.Join(numbers, "、")}
}

// cover looks at the one record in which the person's latest will stands.
func cover(q Question, personID string, records []Record) (Record, Reason) {
	r, ok := InForce(personID, q.At, records)
	if !ok {
		return r, ReasonNoConsent
	}
	switch Effective(r, q.At) {
	case StateGranted, StatePartial:
	case StateWithdrawn:
		return r, ReasonWithdrawn
	case StateExpired:
		return r, ReasonExpired
	default: // refused, or a state this version does not know
		return r, ReasonNoConsent
	}
	items, named := r.Scope[q.AgencyID]
	if !named {
		items = r.Others
	}
	switch {
	case !slices.Contains(r.Purposes, q.Purpose):
		return r, ReasonPurpose
	case !slices.Contains(items, q.Item):
		return r, ReasonScope
	case r.withdrawn(q.AgencyID, q.Item, q.At):
		return r, ReasonWithdrawn
	}
	return r, ReasonConsent
}

// InForce finds the record that holds the person's latest will at a moment: of those in which the person said yes, partly yes or no and that have
// begun, the one that was said last. A consent that begins to hold later than it was given does not outlive a no that was said in between, nor a
// withdrawal of everything. A newer record takes the place of older ones wholly, also when it
// later expires or is withdrawn: nothing old comes back to life. Records in which nothing was said yet
// (未説明, 保留, 確認不能) change nothing.
func InForce(personID string, at time.Time, records []Record) (Record, bool) {
	best := -1
	for i, r := range records {
		if r.PersonID != personID || !r.will() || r.From.After(at) {
			continue
		}
		if best < 0 || later(r, records[best]) {
			best = i
		}
	}
	if best < 0 {
		return Record{}, false
	}
	for _, r := range records {
		if r.PersonID == personID && r.ID != records[best].ID && r.takesAlong(records[best], at) {
			return r, true
		}
	}
	return records[best], true
}

// takesAlong tells whether the person took r back wholly after they had said x: a consent that had not begun then is taken back with it.
func (r Record) takesAlong(x Record, at time.Time) bool {
	return slices.ContainsFunc(r.Withdrawals, func(w Withdrawal) bool {
		return w.whole() && !w.At.After(at) && x.RecordedAt.Before(w.At) && x.spoken() <= w.At.In(jst).Format(time.DateOnly)
	})
}

func (w Withdrawal) whole() bool { return len(w.Agencies) == 0 && len(w.Items) == 0 }

// Effective is the state of one record at a moment, with expiry and withdrawal derived. A consent that has not begun
// is StatePending. Until is exclusive.
func Effective(r Record, at time.Time) State {
	if r.State != StateGranted && r.State != StatePartial {
		return r.State
	}
	left, gone := r.left(at)
	switch {
	case left == 0 && gone > 0 || r.wholly(at):
		return StateWithdrawn
	case !at.Before(r.Until):
		return StateExpired
	case at.Before(r.From):
		return StatePending
	case gone > 0:
		return StatePartial
	}
	return r.State
}

// NextTurn is the next instant after at at which a record begins, ends or is withdrawn, or an emergency begins or ends: until then the answer of
// Decide does not change by time alone. Zero when there is none.
func NextTurn(at time.Time, records []Record, emergencies []Emergency) time.Time {
	var next time.Time
	turn := func(t time.Time) {
		if t.After(at) && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	for _, r := range records {
		turn(r.From)
		turn(r.Until)
		for _, w := range r.Withdrawals {
			turn(w.At)
		}
	}
	for _, e := range emergencies {
		turn(e.At)
		turn(e.Ends())
	}
	return next
}

// Terms is the part of a record that Decide and NextTurn look at: who said what, for whom and for how long, and what was taken back when. A store
// need not read more for the gate.
func (r Record) Terms() Record {
	out := Record{ID: r.ID, Tenant: r.Tenant, CaseID: r.CaseID, PersonID: r.PersonID, Number: r.Number, State: r.State, Purposes: r.Purposes,
		Scope: r.Scope, Others: r.Others, From: r.From, Until: r.Until, RecordedAt: r.RecordedAt}
	for _, w := range r.Withdrawals {
		out.Withdrawals = append(out.Withdrawals, Withdrawal{ID: w.ID, RecordID: w.RecordID, At: w.At, Agencies: w.Agencies, Items: w.Items})
	}
	return out
}

// Left is what may still be given to which agency at a moment, withdrawals taken off. It does not look at the period.
func (r Record) Left(at time.Time) map[string][]Item {
	out := make(map[string][]Item, len(r.Scope))
	for agency, items := range r.Scope {
		keep := make([]Item, 0, len(items))
		for _, i := range items {
			if !r.withdrawn(agency, i, at) {
				keep = append(keep, i)
			}
		}
		if len(keep) > 0 {
			out[agency] = keep
		}
	}
	return out
}

// left counts what remains and what was withdrawn of the scope, the Others box as one more agency.
func (r Record) left(at time.Time) (left, gone int) {
	count := func(agency string, items []Item) {
		for _, i := range items {
			if r.withdrawn(agency, i, at) {
				gone++
			} else {
				left++
			}
		}
	}
	for agency, items := range r.Scope {
		count(agency, items)
	}
	count("", r.Others)
	return left, gone
}

func (r Record) withdrawn(agency string, item Item, at time.Time) bool {
	return slices.ContainsFunc(r.Withdrawals, func(w Withdrawal) bool {
		return !w.At.After(at) &&
			(len(w.Agencies) == 0 || slices.Contains(w.Agencies, agency)) &&
			(len(w.Items) == 0 || slices.Contains(w.Items, item))
	})
}

func (r Record) wholly(at time.Time) bool {
	return slices.ContainsFunc(r.Withdrawals, func(w Withdrawal) bool {
		return !w.At.After(at) && w.whole()
	})
}

// will tells whether the person said something in it. An unknown state counts, so that it denies.
func (r Record) will() bool {
	return r.State != StateNotExplained && r.State != StatePending && r.State != StateUnknown
}

func later(a, b Record) bool {
	if x, y := a.spoken(), b.spoken(); x != y {
		return x > y
	}
	if !a.RecordedAt.Equal(b.RecordedAt) {
		return a.RecordedAt.After(b.RecordedAt)
	}
	return a.ID > b.ID
}

// spoken is the day in Japan on which the person said it (ISO). A form that begins to hold later was given when it was recorded; one that is recorded
// later was given when it began.
func (r Record) spoken() string {
	t := r.From
	if r.RecordedAt.Before(t) {
		t = r.RecordedAt
	}
	return t.In(jst).Format(time.DateOnly)
}

func (q Question) complete() bool {
	return len(q.Persons) > 0 && !slices.Contains(q.Persons, "") && q.AgencyID != "" && !q.At.IsZero() &&
		q.Item.Valid() && q.Purpose.Valid()
}

func deny(r Reason) Decision { return Decision{Reason: r} }
