package figures

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"kasane/internal/jptime"
)

// reached draws contacts over three 年度; some by a method that a municipality has added.
func reached(r *rand.Rand) (out []Contact) {
	from := time.Date(2024, 4, 1, 0, 0, 0, 0, jptime.JST)
	for range r.IntN(200) {
		out = append(out, Contact{CaseID: fmt.Sprint("c", r.IntN(12)), At: from.Add(time.Duration(r.Int64N(int64(3 * 366 * 24 * time.Hour)))),
			Method: []string{"visit", "along", "phone", "letter", "mail", "other", "boat"}[r.IntN(7)], Met: r.IntN(3) == 0})
	}
	return out
}

// checkReached recounts アウトリーチ by the words of the definitions.
func checkReached(check func(id string, count func(o oracle) int), contacts []Contact) {
	count := func(is func(c Contact) bool) func(o oracle) int {
		return func(o oracle) (n int) {
			for _, c := range contacts {
				if o.in(c.At) && is(c) {
					n++
				}
			}
			return n
		}
	}
	for _, code := range []string{"visit", "along", "phone", "letter", "mail"} {
		check("outreach-"+code, count(func(c Contact) bool { return c.Method == code }))
	}
	check("outreach-other", count(func(c Contact) bool { return c.Method == "other" || c.Method == "boat" }))
	check("outreach-met", count(func(c Contact) bool { return c.Met }))
	check("outreach-cases", func(o oracle) int {
		var seen []string
		for _, c := range contacts {
			if o.in(c.At) && !slices.Contains(seen, c.CaseID) {
				seen = append(seen, c.CaseID)
			}
		}
		return len(seen)
	})
}

// 本人に会えた率 is of visits and of going along only, and leaves the office in no file: a small count could be told from it.
func TestShareOfTheReached(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 1, 0, 0, 0, 0, jptime.JST)
	at := time.Date(2026, 5, 2, 0, 0, 0, 0, jptime.JST)
	table := Count(2026, now, nil, nil, nil, []Contact{{"c1", at, "visit", true}, {"c1", at, "along", false}, {"c1", at, "visit", false}, {"c1", at, "phone", true}})
	f := find(t, table, "outreach-rate")
	if f.Months[1] == nil || *f.Months[1] != 33.3 || f.Months[0] != nil || *f.Year != 33.3 {
		t.Errorf("%v %v", f.Months, f.Year)
	}
	if out := f.cells(false); out[1] != star || out[0] != "" || out[12] != star {
		t.Errorf("outside: %v", out)
	}
	if in := f.cells(true); in[1] != "33.3" {
		t.Errorf("inside: %v", in)
	}
}
