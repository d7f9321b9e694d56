package consent

import (
	"os"
	"strings"
	"testing"
	"time"
)

// column is one dimension of the gate's table.
type column struct {
	name   string
	values []string
}

var columns = []column{
	{"barred", []string{"y", "n"}}, {"holder", []string{"y", "n"}}, {"guest", []string{"y", "n"}}, {"withheld", []string{"y", "n"}}, {"secret", []string{"y", "n"}},
	{"item", []string{"basic", "address"}}, {"member", []string{"y", "n"}}, {"mode", []string{"none", "layered", "support"}},
	{"asked", []string{"conference", "coordination"}}, {"desig", []string{"y", "n"}}, {"open", []string{"y", "n"}},
	{"secrecy", []string{"y", "n"}}, {"state", []string{"none", "pending", "refused", "granted", "partial"}},
	{"period", []string{"before", "first", "last", "over"}}, {"purpose", []string{"y", "n"}},
	{"scope", []string{"both", "noitem", "noagency", "barred", "others"}},
	{"withdrawn", []string{"none", "whole", "agency", "item", "other", "later"}},
}

// The columns by position.
const (
	colBarred = iota
	colHolder
	colGuest
	colWithheld
	colSecret
	colItem
	colMember
	colMode
	colAsked
	colDesig
	colOpen
	colSecrecy
	colState
	colPeriod
	colPurpose
	colScope
	colWithdrawn
)

var allItems = Items()

type tableRow struct {
	want   []int // index of the value, -1 = any
	allow  bool
	reason Reason
	text   string
	hits   int
	lifted bool // in an emergency: allowed by it
	same   bool // with a glass: nothing changes
}

// emergencyEvery picks the situations that are asked with emergencies too: 13 has no divisor in common with the number of values of any column, so every
// value of every column is met, and every pair of them.
const emergencyEvery = 13

// TestGateTable compares Decide with testdata/gate.txt over every combination of the columns.
func TestGateTable(t *testing.T) {
	t.Parallel()
	rows, glass := readTable(t)
	pick := make([]int, len(columns))
	combos, wrong := 0, 0
	for {
		combos++
		row := match(rows, pick)
		if row == nil {
			t.Fatalf("no line answers %s", describe(pick))
		}
		row.hits++
		q, f, records := situation(pick)
		got := Decide(q, f, records)
		check := func(what string, d Decision, allow bool, reason Reason) {
			if d.Allow != allow || d.Reason != reason {
				t.Errorf("%s%s:\n got %v %s, line says %q", describe(pick), what, d.Allow, d.Reason, row.text)
				if wrong++; wrong > 10 {
					t.FailNow()
				}
			}
		}
		check("", got, row.allow, row.reason)
		if combos%emergencyEvery == 0 {
			broken := match(glass, pick)
			if broken == nil {
				t.Fatalf("no line answers a glass at %s", describe(pick))
			}
			broken.hits++
			f.Glass = true
			if broken.same {
				check("with a glass", Decide(q, f, records), row.allow, row.reason)
			} else {
				check("with a glass", Decide(q, f, records), broken.allow, broken.reason)
			}
			f.Glass = false
			f.Emergencies = urgentElsewhere(q)
			check("with emergencies that mean others", Decide(q, f, records), row.allow, row.reason)
			if f.Emergencies = append(f.Emergencies, urgent(q)); row.lifted {
				check("in an emergency", Decide(q, f, records), true, ReasonEmergency)
			} else {
				check("in an emergency", Decide(q, f, records), row.allow, row.reason)
			}
		}
		if got.Allow && got.Reason == ReasonConsent != (got.Record != "") {
			t.Fatalf("%s: record %q", describe(pick), got.Record)
		}
		if !next(pick) {
			break
		}
	}
	for _, r := range append(rows, glass...) {
		if r.hits == 0 {
			t.Errorf("line is never reached: %s", r.text)
		}
	}
	t.Logf("%d situations", combos)
}

func readTable(t *testing.T) (rows, glass []*tableRow) {
	t.Helper()
	data, err := os.ReadFile("testdata/gate.txt")
	if err != nil {
		t.Fatal(err)
	}
	into := &rows
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if line == "glass" {
			into = &glass
			continue
		}
		left, right, ok := strings.Cut(line, "|")
		right, urgent, lifts := strings.Cut(right, "|")
		cells, answer := strings.Fields(left), strings.Fields(right)
		if lifts && strings.TrimSpace(urgent) != "allow emergency" {
			t.Fatalf("bad line: %s", line)
		}
		if !ok || len(cells) != len(columns) || len(answer) != 2 && (into == &rows || len(answer) != 1 || answer[0] != "same") {
			t.Fatalf("bad line: %s", line)
		}
		r := &tableRow{allow: answer[0] == "allow", reason: Reason(answer[len(answer)-1]), text: line, lifted: lifts, same: len(answer) == 1}
		for i, c := range cells {
			v := -1
			for k, name := range columns[i].values {
				if name == c {
					v = k
				}
			}
			if v < 0 && c != "*" {
				t.Fatalf("unknown value %q in column %s", c, columns[i].name)
			}
			r.want = append(r.want, v)
		}
		*into = append(*into, r)
	}
	return rows, glass
}

func match(rows []*tableRow, pick []int) *tableRow {
	for _, r := range rows {
		ok := true
		for i, v := range r.want {
			if v >= 0 && v != pick[i] {
				ok = false
				break
			}
		}
		if ok {
			return r
		}
	}
	return nil
}

func next(pick []int) bool {
	for i := len(pick) - 1; i >= 0; i-- {
		if pick[i]++; pick[i] < len(columns[i].values) {
			return true
		}
		pick[i] = 0
	}
	return false
}

func describe(pick []int) string {
	var b strings.Builder
	for i, c := range columns {
		b.WriteString(c.name + "=" + c.values[pick[i]] + " ")
	}
	return b.String()
}

// urgent is an emergency that answers a question, in its last moment.
func urgent(q Question) Emergency {
	return Emergency{AgencyID: q.AgencyID, Persons: append([]string{"x"}, q.Persons...), Items: []Item{ItemFamily, q.Item}, At: q.At.Add(-EmergencyConfirm + time.Microsecond), Until: q.At.Add(time.Hour)}
}

// urgentElsewhere are emergencies that do not answer it: each differs from urgent by one thing.
func urgentElsewhere(q Question) []Emergency {
	list := make([]Emergency, 7)
	for i := range list {
		list[i] = urgent(q)
	}
	list[0].AgencyID = "b"
	list[1].Items = []Item{ItemFamily}
	list[2].Persons = []string{"x"}
	list[3].At = q.At.Add(-EmergencyConfirm) // lapsed: nobody confirmed it
	list[4].At = q.At.Add(time.Microsecond)
	list[5].Until = q.At
	list[6].EndedAt = &q.At
	return list
}

var (
	from  = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	until = time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC)
)

// situation builds question, facts and records of one combination.
func situation(pick []int) (Question, Facts, []Record) {
	v := func(c int) string { return columns[c].values[pick[c]] }
	y := func(c int) bool { return pick[c] == 0 }
	q := Question{Persons: []string{"p"}, AgencyID: "a", Item: Item(v(colItem)), Purpose: Purpose(v(colAsked))}
	switch v(colPeriod) {
	case "before":
		q.At = from.Add(-time.Microsecond)
	case "first":
		q.At = from
	case "last":
		q.At = until.Add(-time.Microsecond)
	case "over":
		q.At = until
	}
	f := Facts{Barred: y(colBarred), Holder: y(colHolder), Guest: y(colGuest), Withheld: y(colWithheld), AddressSecret: y(colSecret), Member: y(colMember),
		Designated: y(colDesig), MeetingOpen: y(colOpen), Confirmed: y(colSecrecy)}
	switch v(colMode) {
	case "layered":
		f.Mode = ModeLayered
	case "support":
		f.Mode = ModeSupport
	}
	if v(colState) == "none" {
		return q, f, nil
	}
	r := Record{ID: "r", PersonID: "p", Number: "D2026-0001", State: State(v(colState)), From: from, Until: until,
		Scope: map[string][]Item{"b": allItems}, Purposes: []Purpose{PurposeStatistics}}
	if y(colPurpose) {
		r.Purposes = append(r.Purposes, q.Purpose)
	}
	switch v(colScope) {
	case "both":
		r.Scope["a"] = []Item{ItemFamily, q.Item}
	case "noitem":
		r.Scope["a"] = []Item{ItemFamily}
	case "barred":
		r.Scope["a"], r.Others = nil, []Item{q.Item}
	case "others":
		r.Others = []Item{q.Item}
	}
	w := Withdrawal{At: q.At}
	switch v(colWithdrawn) {
	case "none":
		return q, f, []Record{r}
	case "agency":
		w.Agencies = []string{"a"}
	case "item":
		w.Items = []Item{q.Item}
	case "other":
		w.Agencies = []string{"c"}
	case "later":
		w.At = q.At.Add(time.Microsecond)
	}
	r.Withdrawals = []Withdrawal{w}
	return q, f, []Record{r}
}
