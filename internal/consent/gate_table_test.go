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
	{"holder", []string{"y", "n"}}, {"guest", []string{"y", "n"}}, {"withheld", []string{"y", "n"}}, {"secret", []string{"y", "n"}},
	{"item", []string{"basic", "address"}}, {"member", []string{"y", "n"}}, {"mode", []string{"none", "layered", "support"}},
	{"asked", []string{"conference", "coordination"}}, {"desig", []string{"y", "n"}}, {"open", []string{"y", "n"}},
	{"secrecy", []string{"y", "n"}}, {"state", []string{"none", "pending", "refused", "granted", "partial"}},
	{"period", []string{"before", "first", "last", "over"}}, {"purpose", []string{"y", "n"}},
	{"scope", []string{"both", "noitem", "noagency", "barred", "others"}},
	{"withdrawn", []string{"none", "whole", "agency", "item", "other", "later"}},
}

// The columns by position.
const (
	colHolder = iota
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
}

// TestGateTable compares Decide with testdata/gate.txt over every combination of the columns.
func TestGateTable(t *testing.T) {
	t.Parallel()
	rows := readTable(t)
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
		if got.Allow != row.allow || got.Reason != row.reason {
			t.Errorf("%s:\n got %v %s, line says %q", describe(pick), got.Allow, got.Reason, row.text)
			if wrong++; wrong > 10 {
				t.FailNow()
			}
		}
		if got.Allow && got.Reason == ReasonConsent != (got.Record != "") {
			t.Fatalf("%s: record %q", describe(pick), got.Record)
		}
		if !next(pick) {
			break
		}
	}
	for _, r := range rows {
		if r.hits == 0 {
			t.Errorf("line is never reached: %s", r.text)
		}
	}
	t.Logf("%d situations", combos)
}

func readTable(t *testing.T) []*tableRow {
	t.Helper()
	data, err := os.ReadFile("testdata/gate.txt")
	if err != nil {
		t.Fatal(err)
	}
	var rows []*tableRow
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		left, right, ok := strings.Cut(line, "|")
		cells, answer := strings.Fields(left), strings.Fields(right)
		if !ok || len(cells) != len(columns) || len(answer) != 2 {
			t.Fatalf("bad line: %s", line)
		}
		r := &tableRow{allow: answer[0] == "allow", reason: Reason(answer[1]), text: line}
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
		rows = append(rows, r)
	}
	return rows
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
	f := Facts{Holder: y(colHolder), Guest: y(colGuest), Withheld: y(colWithheld), AddressSecret: y(colSecret), Member: y(colMember),
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
