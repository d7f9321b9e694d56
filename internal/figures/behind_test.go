package figures

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"kasane/internal/cases"
	"kasane/internal/jptime"
	"kasane/internal/sheets"
)

// The cases behind a number are as many as it says: those of a figure that sums as often as they count, those of a month once each otherwise.
func TestBehindANumberStandsItsSum(t *testing.T) {
	t.Parallel()
	each(t, 100, func(t *testing.T, r *rand.Rand) {
		list, plans, held := city(r)
		year := 2024 + r.IntN(3)
		now := time.Date(year, 4, 1, 0, 0, 0, 0, jptime.JST).Add(time.Duration(r.Int64N(int64(500 * 24 * time.Hour))))
		table := Count(year, now, list, plans, held, reached(r))
		drilled := 0
		for _, g := range table.Groups {
			for _, f := range g.Figures {
				if !f.Drill || f.ID == "support-held" || f.ID == "layered-held" { // a 開催 has several cases
					continue
				}
				drilled++
				for m := -1; m < 12; m++ {
					value := f.Year
					if m >= 0 {
						value = f.Months[m]
					}
					if value == nil {
						continue
					}
					times := 0
					behind := f.Behind(m)
					for _, n := range behind {
						times += n
					}
					if f.Sums && times != int(*value) || !f.Sums && len(behind) != int(*value) {
						t.Errorf("%s, month %d: %v, and %d cases %d times", f.ID, m, *value, len(behind), times)
					}
				}
			}
		}
		if drilled < 10 {
			t.Errorf("only %d figures have cases behind them", drilled)
		}
		for _, x := range table.Shares {
			for _, row := range x.Rows {
				if x.Drill && len(row.of) != row.Count {
					t.Errorf("%s %s: %d, and %d cases", x.ID, row.Label, row.Count, len(row.of))
				}
			}
		}
	})
}

// The flow through the stages equals a recount that looks at every case by itself.
func TestFlowEqualsARecount(t *testing.T) {
	t.Parallel()
	each(t, 200, func(t *testing.T, r *rand.Rand) {
		begin := time.Date(2026, 4, 1, 0, 0, 0, 0, jptime.JST)
		from, to := begin.AddDate(0, r.IntN(6), 0), begin.AddDate(0, 6+r.IntN(6), 0)
		now := begin.AddDate(0, 24, r.IntN(40))
		stages := cases.Stages()
		var steps []Step
		of := map[string][]Step{}
		for c := range 1 + r.IntN(30) {
			at := begin.AddDate(0, 0, r.IntN(300)-60)
			for range 1 + r.IntN(6) {
				s := Step{fmt.Sprintf("c%02d", c), stages[r.IntN(len(stages))], at, r.IntN(5) == 0}
				steps, of[s.CaseID] = append(steps, s), append(of[s.CaseID], s)
				at = at.Add(time.Duration(r.IntN(50*24)) * time.Hour)
			}
		}
		for _, got := range Flow(steps, from, to, now) {
			entered, left, standing, long := 0, []float64{}, []float64{}, 0
			for _, way := range of {
				came := false
				for i, s := range way {
					if s.Stage != got.Stage {
						continue
					}
					came = came || !s.At.Before(from) && s.At.Before(to)
					if i == len(way)-1 {
						d := now.Sub(s.At).Hours() / 24
						if standing = append(standing, d); d >= 30 && s.Stage != cases.StageClosed {
							long++
						}
					} else if next := way[i+1].At; !s.Gap && !next.Before(from) && next.Before(to) {
						left = append(left, next.Sub(s.At).Hours()/24)
					}
				}
				if came {
					entered++
				}
			}
			if got.Entered != entered || got.Left != len(left) || got.Now != len(standing) || got.Long != long || !middle(got.Days, left) || !middle(got.Waiting, standing) {
				t.Errorf("%+v, not %d entered, %v left, %v standing, %d long", got, entered, left, standing, long)
			}
		}
	})
}

// middle tells whether v is the median: as many are not above it as are not below.
func middle(v *float64, list []float64) bool {
	if v == nil || len(list) == 0 {
		return v == nil && len(list) == 0
	}
	slices.Sort(list)
	want := (list[(len(list)-1)/2] + list[len(list)/2]) / 2
	return math.Abs(*v-want) <= 0.05001
}

// 相談の受付 and つなぎ equal a recount, for every month and the year.
func TestIntakesEqualARecount(t *testing.T) {
	t.Parallel()
	each(t, 100, func(t *testing.T, r *rand.Rand) {
		begin := time.Date(2026, 4, 1, 0, 0, 0, 0, jptime.JST)
		at := func() time.Time { return begin.AddDate(0, 0, r.IntN(500)-60) }
		var taken []Intake
		var handed []Handed
		for i := range r.IntN(80) {
			taken = append(taken, Intake{CaseID: fmt.Sprint("c", i), At: at(), AgencyName: fmt.Sprint("機関", r.IntN(4)), Triage: []string{"own", "refer", "joint", "info"}[r.IntN(4)], Urgency: []string{"now", "week", ""}[r.IntN(3)]})
			handed = append(handed, Handed{CaseID: fmt.Sprint("c", r.IntN(5)), At: at(), State: []string{"asked", "checking", "accepted", "declined", "withdrawn"}[r.IntN(5)]})
		}
		table := Table{Year: 2026, At: begin.AddDate(2, 0, 0)}
		table.AddIntakes(sheets.Set{}, taken, handed)
		for m := -1; m < 12; m++ {
			from, to := begin, begin.AddDate(1, 0, 0)
			if m >= 0 {
				from, to = begin.AddDate(0, m, 0), begin.AddDate(0, m+1, 0)
			}
			want := map[string]int{"intakes": 0, "intakes-urgent": 0, "intakes-joint": 0, "intakes-agencies": 0, "handed": 0, "handed-accepted": 0}
			where := map[string]bool{}
			for _, x := range taken {
				if x.At.Before(from) || !x.At.Before(to) {
					continue
				}
				want["intakes"]++
				where[x.AgencyName] = true
				if x.Urgency == "now" {
					want["intakes-urgent"]++
				}
				if x.Triage == "joint" {
					want["intakes-joint"]++
				}
			}
			want["intakes-agencies"] = len(where)
			for _, x := range handed {
				if !x.At.Before(from) && x.At.Before(to) && x.State != "withdrawn" {
					want["handed"]++
					if x.State == "accepted" {
						want["handed-accepted"]++
					}
				}
			}
			for id, n := range want {
				f := find(t, table, id)
				got := f.Year
				if m >= 0 {
					got = f.Months[m]
				}
				if got == nil || int(*got) != n {
					t.Errorf("%s, month %d: %v, not %d", id, m, got, n)
				}
			}
		}
		for _, x := range table.Shares {
			sum := 0
			for _, row := range x.Rows {
				sum += row.Count
			}
			if total := find(t, table, "intakes").Year; sum != x.Total || float64(sum) != *total {
				t.Errorf("%s: %d in rows, %d in all, %v 相談", x.ID, sum, x.Total, *total)
			}
		}
	})
}

// A target stands beside its figure with how much of it is reached; where a file hides the number, it hides that, too.
func TestTargetsBesideTheFigures(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 10, 9, 0, 0, 0, jptime.JST)
	opened := time.Date(2026, 5, 1, 0, 0, 0, 0, jptime.JST)
	var list []Case
	for i := range 3 {
		list = append(list, Case{ID: fmt.Sprint(i), Stage: cases.StageReceived, Opened: opened, Updated: opened})
	}
	table := Count(2026, now, list, nil, nil, nil)
	table.AddTargets([]Target{{"opened", 40}, {"ended", 0}, {"outreach-rate", 5}, {"no such", 1}})
	tail := func(id string, inside bool) []string {
		c := find(t, table, id).cells(inside)
		return c[len(c)-3:]
	}
	for id, want := range map[string][2][]string{"opened": {{star, "40", star}, {"3", "40", "7"}}, "ended": {{"0", "0", ""}, {"0", "0", ""}}, "consent": {{"0", "", ""}, {"0", "", ""}}} {
		for i, inside := range []bool{false, true} {
			if got := tail(id, inside); !slices.Equal(got, want[i]) {
				t.Errorf("%s, inside %v: %v, not %v", id, inside, got, want[i])
			}
		}
	}
	if f := find(t, table, "outreach-rate"); f.Target != nil {
		t.Error("a share of small counts has a target")
	}
	seen := map[string]bool{}
	for _, a := range aims() {
		if seen[a.Figure] || a.Figure == "outreach-rate" || a.Programme == "" || a.Group == "" {
			t.Errorf("%+v", a)
		}
		seen[a.Figure] = true
	}
	for _, id := range suggested {
		if !seen[id] {
			t.Errorf("%s is suggested, and there is no such figure", id)
		}
	}
}
