package meeting

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
)

// allowed is the table of acts as agreed with the people who run meetings: act | statuses | who. Everything else is refused.
// d 準備 r 受付 o 開会 a 合意 x 閉会処理中 c 閉会 f 会議録確認 s 確定
const allowed = `
edit            | d r     | chair recorder holder
convene         | d r     | chair holder
mode            | d r     | chair holder
chair           | d r o a | chair holder
agenda          | d r o a | chair recorder holder
agenda_remove   | d r     | chair recorder holder
agenda_state    | o a     | chair recorder holder
project         | o a     | chair recorder holder
seat            | d r o a | chair holder
seat_remove     | d r o a | chair holder
seat_excuse     | r o a   | chair recorder holder
designate       | d r o a | chair holder
guest_invite    | d r o a | chair holder
guest_remove    | d r o a | chair holder
reception       | d       | chair recorder holder
secrecy         | r o a   | chair recorder holder agency guest observer
secrecy_paper   | r o a   | chair recorder holder
attendance      | r o a c | chair recorder holder
open            | r       | chair
phase           | o a     | chair recorder holder
hand            | o a     | chair recorder holder agency guest observer
floor           | o a     | chair holder
role            | o a     | chair recorder agency guest
turns           | o a     | chair holder
turn            | o a     | chair holder
turns_end       | o a     | chair holder
note            | o a     | chair recorder holder agency guest
note_state      | o a     | chair recorder holder
comment         | o a     | chair recorder holder agency guest observer
comment_state   | o a     | chair recorder holder agency guest observer
show            | o a     | chair
conference      | d r o a | chair recorder holder
row_reason      | o a     | chair recorder holder
carry           | d r o a | holder
freeze          | o       | chair holder
reopen          | a       | chair holder
answer          | a       | chair recorder agency guest
answer_oral     | a       | chair recorder holder
objection_close | o a     | chair recorder agency guest
decide          | a       | chair
next            | o a     | chair recorder holder
close           | o a     | chair
seal            | c f     | chair recorder holder
amend           | c f     | chair recorder holder
propose         | c       | chair recorder holder
confirm         | f       | chair recorder agency guest
final           | f       | chair
correct         | s       | chair
correct_undo    | c       | chair
handover        | o       | chair recorder agency guest
handover_answer | o       | chair recorder agency guest
lead_offer      | o a     | chair recorder holder agency guest
lead_answer     | o a     | chair recorder holder agency guest
sense           | o       | chair holder
sense_answer    | o       | chair recorder agency guest
suggest         | f       | chair recorder holder agency guest observer
suggest_answer  | c f     | chair
tick            | c f s   | chair recorder agency guest
prepared        | d r o a | chair recorder agency guest
prep_paper      | d r o a | chair recorder holder
prep_for        | d r o a | holder
prep_check      | d r o a | chair recorder agency guest
survey          | c f s   | chair recorder holder agency guest observer
cancel          | d r     | chair holder
`

var letters = map[string]Status{"d": StatusDraft, "r": StatusReception, "o": StatusOpen, "a": StatusAgreeing, "x": StatusClosing, "c": StatusClosed,
	"f": StatusConfirming, "s": StatusSealed}

// cast is one actor for every part, each with a seat but the holder and the strangers.
func cast() map[string]access.Actor {
	user := func(id, agency string, roles ...access.Role) access.Actor {
		return access.Actor{Tenant: "t", UserID: id, AgencyID: agency, Roles: roles}
	}
	guest := user("g1", "a-guest", access.RoleGuest)
	guest.GuestMeeting = "m"
	gone := user("g2", "a-guest", access.RoleGuest)
	gone.GuestMeeting = "m"
	elsewhere := user("g1", "a-guest", access.RoleGuest)
	elsewhere.GuestMeeting = "m2"
	other := user("chair", "a-chair", access.RoleCity)
	other.Tenant = "t2"
	return map[string]access.Actor{
		"chair": user("chair", "a-chair", access.RoleChair), "recorder": user("recorder", "a-rec", access.RoleAgency), "holder": user("holder", "a-hold", access.RoleSecretariat),
		"agency": user("agency", "a-agency", access.RoleAgency), "guest": guest, "observer": user("observer", "a-obs", access.RoleObserver),
		"unseated": user("x", "a-none", access.RoleAgency), "admin": user("y", "a-agency", access.RoleAdmin), "auditor": user("z", "a-agency", access.RoleAuditor),
		"records": user("w", "a-agency", access.RoleRecords), "removed guest": gone, "guest of another meeting": elsewhere, "other municipality": other, "nobody": {},
	}
}

// favourable is a meeting in a status in which no need of the table stands against an act.
func favourable(st Status, act Act) State {
	now := time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
	s := State{Meeting: Meeting{ID: "m", Tenant: "t", Status: st, Mode: consent.ModeSupport, PlanID: "p", ChairID: "chair", RecorderID: "recorder"},
		Convened: &Convened{}, Agenda: []AgendaItem{{ID: "1", State: "resolved"}}, Guests: []Guest{{ID: "g1", AgencyID: "a-guest"}, {ID: "g2", Removed: true}}}
	if act == ActMode || act == ActCarry {
		s.Meeting.Mode = consent.ModeLayered
	}
	for who, a := range cast() {
		if a.AgencyID == "a-none" || a.AgencyID == "a-hold" || s.seat(a.AgencyID) != nil || a.AgencyID == "" {
			continue
		}
		s.Seats = append(s.Seats, Seat{AgencyID: a.AgencyID, Member: true, Observer: who == "observer"})
	}
	for _, seat := range s.Seats {
		key := strings.TrimPrefix(seat.AgencyID, "a-")
		switch key {
		case "rec":
			key = "recorder"
		case "guest":
			key = "g1"
		case "obs":
			key = "observer"
		}
		p := Attendee{Key: key, AgencyID: seat.AgencyID, Spans: []Span{{From: now}}}
		if act != ActSecrecy {
			p.Secrecy = &now
		}
		s.People = append(s.People, p)
		s.Handovers = append(s.Handovers, Handover{ID: "h-" + seat.AgencyID, To: seat.AgencyID})
		s.Objections = append(s.Objections, Objection{ID: "o-" + seat.AgencyID, AgencyID: seat.AgencyID})
	}
	s.Rounds = []Round{{PlanID: "p", Version: 1, Hash: "h", Decision: &Decision{Outcome: OutcomeRevise}}}
	s.Closing, s.Closed = &ClosingState{At: now}, &ClosedState{Minutes: 1, Problems: []Problem{{}}}
	s.Amending = act == ActAttendance
	s.Proposed = &Proposed{Version: 1}
	s.Senses = []Sense{{}}
	if act == ActCorrectUndo {
		s.Corrections = []Reopening{{Version: 2}}
	}
	if act == ActSuggestAnswer {
		s.Suggestions = []Suggestion{{ID: "s1"}}
	}
	s.People = append(s.People, Attendee{Key: "holder", AgencyID: "a-hold", Spans: []Span{{From: now}}})
	if act == ActTurn || act == ActTurnsEnd {
		s.Turns = &Turns{Minutes: 5, Order: []Turn{{AgencyID: "a-agency", State: turnWaiting}}}
	}
	return s
}

func TestTableOfActs(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, line := range strings.Split(strings.TrimSpace(allowed), "\n") {
		cols := strings.Split(line, "|")
		act := Act(strings.TrimSpace(cols[0]))
		var in []Status
		for _, l := range strings.Fields(cols[1]) {
			in = append(in, letters[l])
		}
		who := strings.Fields(cols[2])
		if _, ok := ruleOf(act); !ok {
			t.Errorf("%s is not in the table", act)
		}
		if handlers[act] == nil {
			t.Errorf("%s has no handler", act)
		}
		seen++
		for name, a := range cast() {
			for _, status := range Statuses() {
				s := favourable(status, act)
				sub := s.subject(a)
				err := s.judge(sub, act)
				want := fault.Kind(0)
				switch {
				case !slices.Contains([]string{"chair", "recorder", "holder", "agency", "guest", "observer"}, name):
					want = fault.NotFound
				case !slices.Contains(who, name):
					want = fault.Forbidden
				case !slices.Contains(in, status):
					want = fault.Conflict
				}
				if (want == 0) != (err == nil) || err != nil && !fault.Is(err, want) {
					t.Errorf("%s in %s by %s: %v, want %s", act, status, name, err, want)
				}
				if err != nil && want != fault.NotFound && fault.Message(err) == "" {
					t.Errorf("%s in %s by %s: refusal without a word", act, status, name)
				}
				// The button says the same as the door.
				i := slices.IndexFunc(s.acts(sub), func(x ActState) bool { return x.Act == act })
				if shown := i >= 0; shown != (want == 0 || want == fault.Conflict) || shown && s.acts(sub)[i].Allowed != (err == nil) {
					t.Errorf("%s in %s by %s: button and rule differ", act, status, name)
				}
			}
		}
	}
	if seen != len(table) || seen != len(handlers) {
		t.Errorf("%d acts tested, %d in the table, %d handlers", seen, len(table), len(handlers))
	}
}

func TestOutcomeRule(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		answers   []Answer
		objection bool
		want      Outcome
	}{
		{[]Answer{AnswerAgree, AnswerAgree, AnswerAbstain}, false, OutcomeApproved},
		{[]Answer{AnswerAbstain, AnswerAbstain, AnswerAbstain}, false, OutcomeApproved},
		{[]Answer{AnswerAgree, AnswerConditional, AnswerAbstain}, false, OutcomeConditional},
		{[]Answer{AnswerTakeback, AnswerConditional, AnswerAgree}, false, OutcomeWaiting},
		{[]Answer{AnswerConditional, AnswerAgree, AnswerTakeback}, false, OutcomeWaiting},
		{[]Answer{AnswerObject, AnswerTakeback, AnswerAgree}, true, OutcomeObjected},
		{[]Answer{AnswerAgree, AnswerAgree, AnswerAgree}, true, OutcomeObjected},   // an older one is open
		{[]Answer{AnswerObject, AnswerAgree, AnswerAgree}, false, OutcomeApproved}, // the chair has closed it
		{[]Answer{AnswerAgree, AnswerAgree}, false, OutcomePending},
		{nil, false, OutcomePending},
	} {
		now := time.Unix(0, 0)
		s := State{Meeting: Meeting{Status: StatusAgreeing}, Rounds: []Round{{Hash: "h"}}}
		for i, id := range []string{"a", "b", "c"} {
			s.Seats = append(s.Seats, Seat{AgencyID: id})
			s.People = append(s.People, Attendee{Key: id, AgencyID: id, Spans: []Span{{From: now}}})
			if i < len(c.answers) {
				s.Rounds[0].Answers = append(s.Rounds[0].Answers, SeatAnswer{AgencyID: id, Answer: c.answers[i]})
			}
		}
		// Who was absent or only listens does not hold anybody up.
		s.Seats = append(s.Seats, Seat{AgencyID: "absent"}, Seat{AgencyID: "observer", Observer: true}, Seat{AgencyID: "left", Excused: "left"})
		s.People = append(s.People, Attendee{Key: "o", AgencyID: "observer", Spans: []Span{{From: now}}}, Attendee{Key: "l", AgencyID: "left", Spans: []Span{{From: now}}})
		if c.objection {
			s.Objections = []Objection{{ID: "o1", AgencyID: "a"}}
		}
		if got := s.outcome(); got != c.want {
			t.Errorf("%v, objection %v: %s, want %s", c.answers, c.objection, got, c.want)
		}
	}
}

func TestEveryEventKindIsFolded(t *testing.T) {
	t.Parallel()
	for k := range wordings {
		if folds[k] == nil {
			t.Errorf("%s is worded and not folded", k)
		}
	}
	for k := range during {
		if folds[k] == nil {
			t.Errorf("%s is worded and not folded", k)
		}
	}
	for _, k := range minuted {
		if wordings[k] == nil && during[k] == nil {
			t.Errorf("%s belongs in the minutes and has no words", k)
		}
	}
	for _, k := range slices.Concat(steering, opening) {
		if folds[k] == nil {
			t.Errorf("%s is not folded", k)
		}
	}
}

func TestEffectiveTypes(t *testing.T) {
	t.Parallel()
	saved := []Type{{ID: "support", Name: "まるごと会議", EffectiveFrom: "2027-04-01"}, {ID: "both", Name: "支援検討会議", EffectiveFrom: "2026-04-01"},
		{ID: "support", Name: "古い名", EffectiveFrom: "2025-04-01"}}
	names := func(day string) string {
		var out []string
		for _, x := range EffectiveTypes(saved, day) {
			out = append(out, x.Name)
		}
		return strings.Join(out, " ")
	}
	for day, want := range map[string]string{"2024-01-01": "重層的支援会議 支援会議", "2025-04-01": "重層的支援会議 古い名",
		"2026-11-23": "重層的支援会議 古い名 支援検討会議", "2027-04-01": "重層的支援会議 まるごと会議 支援検討会議"} {
		if got := names(day); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}

func TestAnAnswerToAnotherHashCountsForNothing(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
	var events []Event
	add := func(k Kind, who string, data string) {
		events = append(events, Event{Seq: int64(len(events) + 1), Kind: k, At: at, ActorID: who, AgencyID: who, Data: []byte(data)})
	}
	add(KindCreated, "a", `{"meeting":{"mode":"layered"},"seats":[{"agencyId":"a"},{"agencyId":"b"}]}`)
	add(KindJoined, "a", `{"conn":"x","form":"room"}`)
	add(KindFreezing, "a", `{"planId":"p","version":1}`)
	add(KindAnswered, "a", `{"agencyId":"a","hash":"","answer":"agree"}`) // before the hash was fixed
	add(KindFrozen, "a", `{"planId":"p","version":1,"hash":"h1"}`)
	add(KindReopened, "a", `{"reason":"x"}`)
	add(KindFreezing, "a", `{"planId":"p","version":2}`)
	add(KindFrozen, "a", `{"planId":"p","version":2,"hash":"h2"}`)
	add(KindAnswered, "a", `{"agencyId":"a","hash":"h1","answer":"object","reason":"x"}`) // came late
	add(KindDecided, "a", `{"outcome":"agreed","hash":"h1"}`)
	s, err := Fold(Meeting{ID: "m", Tenant: "t"}, events)
	if err != nil {
		t.Fatal(err)
	}
	if r := s.round(); r.Version != 2 || len(r.Answers) != 0 || r.Revealed != nil || r.Decision != nil || len(s.Objections) != 0 {
		t.Errorf("%+v %+v", r, s.Objections)
	}
	if _, err := Fold(Meeting{}, events[1:]); !fault.Is(err, fault.Internal) {
		t.Errorf("a log with a hole: %v", err)
	}
	events = append(events, Event{Seq: int64(len(events) + 1), Kind: "from_the_future", Data: []byte(`[]`)})
	if s, err := Fold(Meeting{}, events); err != nil || s.Meeting.Seq != int64(len(events)) {
		t.Errorf("a newer kind of event: %v", err)
	}
}

func TestCoverage(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
	record := func(f func(*consent.Record)) consent.Record {
		r := consent.Record{ID: "r", PersonID: "p1", Number: "D1", State: consent.StateGranted, Purposes: []consent.Purpose{consent.PurposePlan},
			Scope: map[string][]consent.Item{"a1": {consent.ItemHealth, consent.ItemAddress}}, From: at.Add(-time.Hour), Until: at.Add(time.Hour), RecordedAt: at.Add(-time.Minute)}
		f(&r)
		return r
	}
	person := func(id string, f func(*cases.Person)) cases.Person {
		p := cases.Person{ID: id, Subject: true}
		f(&p)
		return p
	}
	plain := func(*cases.Person) {}
	for name, c := range map[string]struct {
		r       consent.Record
		persons []cases.Person
		item    consent.Item
		who     string
		want    bool
	}{
		"granted":            {record(func(*consent.Record) {}), []cases.Person{person("p1", plain)}, consent.ItemHealth, "p1", true},
		"household":          {record(func(*consent.Record) {}), []cases.Person{person("p1", plain)}, consent.ItemHealth, "", true},
		"second subject":     {record(func(*consent.Record) {}), []cases.Person{person("p1", plain), person("p2", plain)}, consent.ItemHealth, "", false},
		"nobody is subject":  {record(func(*consent.Record) {}), nil, consent.ItemHealth, "", false},
		"other item":         {record(func(*consent.Record) {}), []cases.Person{person("p1", plain)}, consent.ItemIncome, "p1", false},
		"unnamed agencies":   {record(func(r *consent.Record) { r.Scope, r.Others = nil, []consent.Item{consent.ItemHealth} }), []cases.Person{person("p1", plain)}, consent.ItemHealth, "p1", true},
		"written down later": {record(func(r *consent.Record) { r.RecordedAt = at.Add(time.Second) }), []cases.Person{person("p1", plain)}, consent.ItemHealth, "p1", false},
		"over":               {record(func(r *consent.Record) { r.Until = at }), []cases.Person{person("p1", plain)}, consent.ItemHealth, "p1", false},
		"purpose":            {record(func(r *consent.Record) { r.Purposes = []consent.Purpose{consent.PurposeTraining} }), []cases.Person{person("p1", plain)}, consent.ItemHealth, "p1", false},
		"withdrawn before":   {record(func(r *consent.Record) { r.Withdrawals = []consent.Withdrawal{{At: at.Add(-1)}} }), []cases.Person{person("p1", plain)}, consent.ItemHealth, "p1", false},
		"withdrawn after":    {record(func(r *consent.Record) { r.Withdrawals = []consent.Withdrawal{{At: at.Add(1)}} }), []cases.Person{person("p1", plain)}, consent.ItemHealth, "p1", true},
		"item withdrawn": {record(func(r *consent.Record) {
			r.Withdrawals = []consent.Withdrawal{{At: at, Items: []consent.Item{consent.ItemHealth}}}
		}), []cases.Person{person("p1", plain)}, consent.ItemHealth, "p1", false},
		"address":              {record(func(*consent.Record) {}), []cases.Person{person("p1", plain)}, consent.ItemAddress, "p1", true},
		"secret address":       {record(func(*consent.Record) {}), []cases.Person{person("p1", func(p *cases.Person) { p.AddressSecret = true })}, consent.ItemAddress, "p1", false},
		"household of secrecy": {record(func(*consent.Record) {}), []cases.Person{person("p1", func(p *cases.Person) { p.AddressSecret = true })}, consent.ItemAddress, "", false},
	} {
		f := Facts{Persons: c.persons, Consents: []consent.Record{c.r}}
		if got := f.covered(c.who, c.item, at); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
