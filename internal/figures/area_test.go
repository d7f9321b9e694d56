package figures

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/jptime"
	"kasane/internal/tables"
)

// area draws the facts of a register over three 年度.
func area(r *rand.Rand) (a Area) {
	at := func() time.Time {
		return time.Date(2023, 4, 1, 0, 0, 0, 0, jptime.JST).Add(time.Duration(r.Int64N(int64(3 * 365 * 24 * time.Hour))))
	}
	day := func() string { return at().In(jptime.JST).Format(time.DateOnly) }
	for range r.IntN(40) {
		p := Place{Kind: []string{"居場所", "サロン", "その他"}[r.IntN(3)], Made: at(), OfIssue: r.IntN(2) == 0, Open: r.IntN(2) == 0}
		if opened := at(); r.IntN(3) > 0 {
			p.Opened = &opened
		}
		a.Places = append(a.Places, p)
	}
	for range r.IntN(200) {
		a.Days = append(a.Days, PlaceDay{day(), [4]int{r.IntN(3), r.IntN(3), r.IntN(3), r.IntN(30)}})
	}
	for range r.IntN(100) {
		a.Links = append(a.Links, PlaceLink{Since: day()})
	}
	return a
}

// Every figure of the area equals a recount from the facts, for every month and for the year.
func TestAreaEqualsARecount(t *testing.T) {
	t.Parallel()
	each(t, 100, func(t *testing.T, r *rand.Rand) {
		a := area(r)
		year := 2023 + r.IntN(3)
		table := Table{Year: year, At: time.Date(year+2, 4, 1, 0, 0, 0, 0, jptime.JST)}
		table.AddArea(a)
		begin := time.Date(year, 4, 1, 0, 0, 0, 0, jptime.JST)
		for id, count := range map[string]func(in func(time.Time) bool, on func(string) bool) int{
			"places-made": func(in func(time.Time) bool, _ func(string) bool) (n int) {
				for _, p := range a.Places {
					if in(p.Made) {
						n++
					}
				}
				return n
			},
			"places-grown": func(in func(time.Time) bool, _ func(string) bool) (n int) {
				for _, p := range a.Places {
					if p.OfIssue && p.Opened != nil && in(*p.Opened) {
						n++
					}
				}
				return n
			},
			"place-days": func(_ func(time.Time) bool, on func(string) bool) (n int) {
				for _, d := range a.Days {
					if on(d.Day) {
						n++
					}
				}
				return n
			},
			"place-people": func(_ func(time.Time) bool, on func(string) bool) (n int) {
				for _, d := range a.Days {
					if on(d.Day) {
						n += d.Came[0] + d.Came[1] + d.Came[2] + d.Came[3]
					}
				}
				return n
			},
			"place-links": func(_ func(time.Time) bool, on func(string) bool) (n int) {
				for _, l := range a.Links {
					if on(l.Since) {
						n++
					}
				}
				return n
			},
		} {
			f := find(t, table, id)
			for m := range 13 {
				from, to, got := begin.AddDate(0, m, 0), begin.AddDate(0, m+1, 0), f.Year
				if m == 12 {
					from, to = begin, begin.AddDate(1, 0, 0)
				} else {
					got = f.Months[m]
				}
				want := count(func(at time.Time) bool { return !at.Before(from) && at.Before(to) },
					func(day string) bool { return day >= from.Format(time.DateOnly) && day < to.Format(time.DateOnly) })
				if got == nil || *got != float64(want) {
					t.Errorf("%s, month %d of %d: %v, not %d", id, m, year, got, want)
				}
			}
		}
		for _, x := range table.Shares {
			sum := 0
			for _, row := range x.Rows {
				sum += row.Count
			}
			if sum != x.Total {
				t.Errorf("%s: %d in rows, %d in all", x.Title, sum, x.Total)
			}
		}
		if f := find(t, table, "place-people"); f.Year == nil || float64(table.Shares[1].Total) != *f.Year {
			t.Errorf("by generation %d, by month %v", table.Shares[1].Total, f.Year)
		}
	})
}

// Of people who came or were brought small counts are hidden in files; a resource is nobody.
func TestFewPeopleOfTheAreaAreHidden(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 10, 9, 0, 0, 0, jptime.JST)
	table := Table{Year: 2026, At: now}
	table.AddArea(Area{Places: []Place{{Kind: "居場所", Open: true, Made: now, Opened: &now}}, Days: []PlaceDay{{"2026-06-01", [4]int{2, 0, 0, 0}}}, Links: []PlaceLink{{Since: "2026-06-02"}}})
	raw, err := tables.Write(table.book("架空市", false), tables.FormCSV)
	if err != nil {
		t.Fatal(err)
	}
	line := func(label string) string {
		list := strings.Split(string(raw), "\r\n")
		i := slices.IndexFunc(list, func(l string) bool { return strings.Contains(l, ","+label+",") })
		if i < 0 {
			t.Fatalf("no line %s in\n%s", label, raw)
		}
		return list[i]
	}
	for label, want := range map[string]bool{"地域の活動の参加者数": true, "コーディネート件数": true, "こども": true, "社会資源の登録数": false, "地域の活動日数": false, "居場所": false} {
		if got := strings.Contains(line(label), "*"); got != want {
			t.Errorf("%s: hidden %v in %s", label, got, line(label))
		}
	}
}

// Every figure of 参加支援 equals a recount, day by day, from the facts.
func TestJoinedEqualsARecount(t *testing.T) {
	t.Parallel()
	each(t, 60, func(t *testing.T, r *rand.Rand) {
		begin := time.Date(2024, 4, 1, 0, 0, 0, 0, jptime.JST)
		day := func(n int) string { return begin.AddDate(0, 0, n).Format(time.DateOnly) }
		var list []Joining
		for range r.IntN(30) {
			at := r.IntN(500) - 100
			j := Joining{PersonID: string(rune('a' + r.IntN(8))), Opened: day(at)}
			for range r.IntN(6) {
				at += r.IntN(90)
				j.Steps = append(j.Steps, JoiningStep{Kind: []string{"trial", "start", "settle", "stop"}[r.IntN(4)], Planned: r.IntN(3) == 0, PlaceID: string(rune('p' + r.IntN(3))), Day: day(at)})
			}
			if r.IntN(2) == 0 {
				j.Ended = day(at + r.IntN(30))
			}
			list = append(list, j)
		}
		now := begin.AddDate(0, 0, 380)
		table := Table{Year: 2024, At: now}
		table.AddArea(Area{Joined: list})
		for m := range 12 {
			from, to := begin.AddDate(0, m, 0), begin.AddDate(0, m+1, 0)
			people, settled, places := map[string]bool{}, map[string]bool{}, map[string]bool{}
			starts, trials := 0, 0
			for d := from; d.Before(to); d = d.AddDate(0, 0, 1) {
				today := d.Format(time.DateOnly)
				for _, j := range list {
					if j.Opened <= today && (j.Ended == "" || j.Ended >= today) {
						people[j.PersonID] = true
					}
					for i, x := range j.Steps {
						at, _ := time.ParseInLocation(time.DateOnly, x.Day, jptime.JST)
						if x.Kind == "start" && at.AddDate(0, 0, 90).Equal(d) {
							stop := slices.IndexFunc(j.Steps[i:], func(y JoiningStep) bool { return y.Kind == "stop" && y.PlaceID == x.PlaceID })
							if stop < 0 || j.Steps[i+stop].Day >= today {
								settled[j.PersonID] = true
							}
						}
						if x.Day != today {
							continue
						}
						if x.Kind == "start" {
							starts++
							places[x.PlaceID] = true
						}
						if x.Kind == "trial" && !x.Planned {
							trials++
						}
					}
				}
			}
			for id, want := range map[string]int{"join-people": len(people), "join-settled": len(settled), "join-places": len(places), "join-starts": starts, "join-trials": trials} {
				if got := find(t, table, id).Months[m]; got == nil || *got != float64(want) {
					t.Errorf("%s, month %d: %v, not %d", id, m, got, want)
				}
			}
		}
	})
}
