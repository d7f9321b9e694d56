package figures

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"kasane/internal/cases"
	"kasane/internal/jptime"
	"kasane/internal/seedtest"
	"kasane/internal/sheets"
)

// TestCoursesAreCounted recounts スクリーニング, 中断, 終結, 再受付 and フォローアップ by the words of the definitions, month by month.
func TestCoursesAreCounted(t *testing.T) {
	r := rand.New(rand.NewPCG(seedtest.Seed(t), 11))
	from := time.Date(2025, 4, 1, 0, 0, 0, 0, jptime.JST)
	var c Courses
	at := from.AddDate(-1, 0, 0)
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	for range 300 {
		at = at.Add(time.Duration(r.IntN(3*24*60)) * time.Minute)
		who := fmt.Sprint("c", r.IntN(9))
		c.Moves = append(c.Moves, Moved{who, cases.Stage(pick("supporting", "suspended")), cases.Stage(pick("suspended", "closed")), at, pick("01", "04", "")})
		if r.IntN(3) == 0 {
			c.Moves = append(c.Moves, Moved{who, cases.StageClosed, cases.StageReceived, at.Add(time.Minute), ""})
		}
		if r.IntN(6) == 0 {
			c.Again = append(c.Again, AgainFrom{fmt.Sprint("c", r.IntN(12)), at})
		}
		day := at.In(jptime.JST).Format(time.DateOnly)
		c.Screenings = append(c.Screenings, Screened{day, pick("1", "2", "3", "4", "5")})
		c.Followups = append(c.Followups, Heard{day, pick("01", "02", "03", "04")})
	}
	reasons := sheets.CodeList{Codes: []sheets.Code{{Code: "01", Label: "解消"}, {Code: "04", Label: "転居"}, {Code: "05", Label: "死亡"}}}
	g := (span{2025, from.AddDate(2, 0, 0)}).courses(c, reasons)
	got := map[string]Figure{}
	for _, f := range g.Figures {
		got[f.ID] = f
	}
	if _, ok := got["ended-05"]; ok {
		t.Error("a line for a reason that nobody had")
	}
	ended := func(who string, before time.Time) (end time.Time) {
		for _, x := range c.Moves {
			if x.CaseID == who && x.To == "closed" && !x.At.After(before) {
				end = x.At
			}
		}
		return end
	}
	near := func(who string, when time.Time) bool {
		e := ended(who, when)
		return !e.IsZero() && when.Sub(e) <= 365*24*time.Hour
	}
	for m := range 12 {
		first, next := from.AddDate(0, m, 0), from.AddDate(0, m+1, 0)
		in := func(x time.Time) bool { return !x.Before(first) && x.Before(next) }
		on := func(day string) bool { d, _ := time.ParseInLocation(time.DateOnly, day, jptime.JST); return in(d) }
		want := map[string]int{}
		for _, x := range c.Screenings {
			if on(x.Day) {
				want["screened-"+x.Result]++
			}
		}
		for _, x := range c.Moves {
			switch {
			case !in(x.At):
			case x.To == "closed" && x.Code != "":
				want["ended-"+x.Code]++
			case x.To == "suspended" && x.From != "suspended":
				want["paused"]++
			case x.From == "closed":
				want["again"]++
				if near(x.CaseID, x.At) {
					want["again-soon"]++
				}
			}
		}
		for _, x := range c.Again {
			if in(x.At) {
				want["again"]++
				if near(x.FormerID, x.At) {
					want["again-soon"]++
				}
			}
		}
		for _, x := range c.Followups {
			if on(x.Day) {
				want["followups"]++
				if x.Result == "04" {
					want["followups-lost"]++
				}
			}
		}
		for id, f := range got {
			if f.Months[m] == nil || int(*f.Months[m]) != want[id] {
				t.Errorf("%s in month %d: %v, want %d", id, m, f.Months[m], want[id])
			}
		}
		for id := range want {
			if _, ok := got[id]; !ok {
				t.Errorf("no figure %s", id)
			}
		}
	}
}
