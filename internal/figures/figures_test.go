package figures

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/jptime"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/pdf/pdfa"
	"kasane/internal/pdf/pdftest"
	"kasane/internal/seedtest"
	"kasane/internal/tables"
)

// each runs fn with n seeds.
func each(t *testing.T, n uint64, fn func(t *testing.T, r *rand.Rand)) {
	t.Helper()
	first := seedtest.Seed(t)
	for i := range n {
		fn(t, rand.New(rand.NewPCG(first+i, 7)))
		if t.Failed() {
			t.Fatalf("seed %d", first+i)
		}
	}
}

// city draws the facts of a municipality over three 年度.
func city(r *rand.Rand) (list []Case, plans []Plan, held []Meeting) {
	from := time.Date(2024, 4, 1, 0, 0, 0, 0, jptime.JST)
	day := func() time.Time { return from.Add(time.Duration(r.Int64N(int64(3 * 366 * 24 * time.Hour)))) }
	ptr := func(t time.Time) *time.Time { return &t }
	stages := cases.Stages()
	for i := range 30 + r.IntN(60) {
		c := Case{ID: fmt.Sprint("c", i), Stage: stages[r.IntN(len(stages))], Opened: day(), Updated: day(), Sex: []string{"男", "女", "その他", "不明・回答しない", ""}[r.IntN(5)],
			Birth: []string{"", "1944", "1971-04", "2019-12-31", "2006-02-29", "1960-06-15"}[r.IntN(6)]}
		if c.Stage == cases.StageClosed {
			c.Ended = ptr(c.Opened.Add(time.Duration(r.IntN(400)) * 24 * time.Hour))
		}
		for range r.IntN(3) {
			x := Consent{From: c.Opened.Add(time.Duration(r.IntN(90)) * 24 * time.Hour)}
			x.Until = x.From.Add(time.Duration(r.IntN(700)) * 24 * time.Hour)
			if r.IntN(3) == 0 {
				x.Withdrawn = ptr(x.From.Add(time.Duration(r.IntN(300)) * 24 * time.Hour))
			}
			c.Consents = append(c.Consents, x)
		}
		list = append(list, c)
	}
	for i := range 40 + r.IntN(80) {
		g := Meeting{ID: fmt.Sprint("g", i), CaseID: fmt.Sprint("c", r.IntN(20)), Mode: []consent.Mode{consent.ModeSupport, consent.ModeLayered}[r.IntN(2)], Closed: day(),
			Agencies: r.IntN(9), People: r.IntN(12), Issues: r.IntN(3)}
		g.Opened = g.Closed.Add(-time.Duration(10+r.IntN(90)) * time.Minute)
		g.Remote = r.IntN(g.People + 1)
		if r.IntN(2) == 0 {
			g.Sitting = fmt.Sprint("s", r.IntN(10))
		}
		if r.IntN(2) == 0 {
			g.Sealed = ptr(g.Closed.Add(time.Duration(r.IntN(30*24)) * time.Hour))
		}
		held = append(held, g)
		if g.Mode == consent.ModeLayered {
			plans = append(plans, Plan{CaseID: g.CaseID, Agreed: g.Closed, Round: 1 + r.IntN(3)})
		}
	}
	return list, plans, held
}

func find(t *testing.T, table Table, id string) Figure {
	t.Helper()
	for _, g := range table.Groups {
		for _, f := range g.Figures {
			if f.ID == id {
				return f
			}
		}
	}
	t.Fatalf("no figure %s", id)
	return Figure{}
}

// oracle counts a figure by looking at every fact for every month, by the words of its definition.
type oracle struct {
	from, to time.Time // of the month
	now      time.Time
}

func (o oracle) in(at time.Time) bool { return !at.Before(o.from) && at.Before(o.to) }

// Every figure equals a recount from the facts, for every month and for the year.
func TestFiguresEqualARecount(t *testing.T) {
	t.Parallel()
	each(t, 200, func(t *testing.T, r *rand.Rand) {
		list, plans, held := city(r)
		year := 2024 + r.IntN(3)
		now := time.Date(year, 4, 1, 0, 0, 0, 0, jptime.JST).Add(time.Duration(r.Int64N(int64(500 * 24 * time.Hour))))
		contacts := reached(r)
		table := Count(year, now, list, plans, held, contacts)
		begin := time.Date(year, 4, 1, 0, 0, 0, 0, jptime.JST)
		check := func(id string, count func(o oracle) int) {
			t.Helper()
			f := find(t, table, id)
			for m := range 13 {
				o := oracle{begin.AddDate(0, m, 0), begin.AddDate(0, m+1, 0), now}
				got := f.Year
				if m == 12 {
					o.from, o.to = begin, begin.AddDate(1, 0, 0)
				} else {
					got = f.Months[m]
				}
				if m < 12 && now.Before(o.from) {
					if got != nil {
						t.Errorf("%s, month %d has not begun: %v", id, m, *got)
					}
					continue
				}
				if got == nil || *got != float64(count(o)) {
					t.Errorf("%s, month %d of %d at %v: %v, not %d", id, m, year, now, got, count(o))
				}
			}
		}
		check("opened", func(o oracle) (n int) {
			for _, c := range list {
				if o.in(c.Opened) {
					n++
				}
			}
			return n
		})
		check("ended", func(o oracle) (n int) {
			for _, c := range list {
				if c.Ended != nil && o.in(*c.Ended) {
					n++
				}
			}
			return n
		})
		check("plans-again", func(o oracle) (n int) {
			for _, p := range plans {
				if o.in(p.Agreed) && p.Round > 1 {
					n++
				}
			}
			return n
		})
		checkReached(check, contacts)
		for mode, id := range map[consent.Mode]string{consent.ModeSupport: "support", consent.ModeLayered: "layered"} {
			some := func(o oracle, key func(Meeting) string) int {
				var seen []string
				for _, g := range held {
					if k := key(g); o.in(g.Closed) && g.Mode == mode && !slices.Contains(seen, k) {
						seen = append(seen, k)
					}
				}
				return len(seen)
			}
			check(id+"-held", func(o oracle) int {
				return some(o, func(g Meeting) string {
					if g.Sitting != "" {
						return g.Sitting
					}
					return g.ID
				})
			})
			check(id+"-cases", func(o oracle) int { return some(o, func(g Meeting) string { return g.CaseID }) })
			check(id+"-each", func(o oracle) int { return some(o, func(g Meeting) string { return g.ID }) })
			check(id+"-agencies", func(o oracle) (n int) {
				for _, g := range held {
					if o.in(g.Closed) && g.Mode == mode {
						n += g.Agencies
					}
				}
				return n
			})
		}
		last := begin
		for m := range 12 {
			if !now.Before(begin.AddDate(0, m, 0)) {
				last = begin.AddDate(0, m+1, 0)
			}
		}
		for id, want := range map[string]bool{"consent": true, "no-consent": false} {
			check(id, func(o oracle) (n int) {
				if o.to.Sub(o.from) > 40*24*time.Hour { // the year's is that of its last month
					o.to = last
				}
				end := o.to
				if now.Before(end) {
					end = now
				}
				for _, c := range list {
					if !c.Opened.Before(end) || c.Ended != nil && c.Ended.Before(end) {
						continue
					}
					some := false
					for _, x := range c.Consents {
						some = some || x.From.Before(end) && !x.Until.Before(end) && (x.Withdrawn == nil || !x.Withdrawn.Before(end))
					}
					if some == want {
						n++
					}
				}
				return n
			})
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
	})
}

// Nobody finds a small count by subtracting: of what is not shown there are two values at least, and they are not small together.
func TestSmallCellsCannotBeFound(t *testing.T) {
	t.Parallel()
	each(t, 2000, func(t *testing.T, r *rand.Rand) {
		values, total := make([]int, 1+r.IntN(12)), 0
		for i := range values {
			values[i] = max(0, r.IntN(14)-4)
			total += values[i]
		}
		cells, sum := hidden(values, total, true)
		n, of := 0, 0
		for i, v := range values {
			if v > 0 && v < smallest && !cells[i] {
				t.Errorf("%v: %d is shown", values, v)
			}
			if cells[i] {
				n, of = n+1, of+v
			}
			if v == 0 && cells[i] {
				t.Errorf("%v: a 0 is hidden", values)
			}
		}
		if total > 0 && total < smallest && !sum {
			t.Errorf("%v: the total %d is shown", values, total)
		}
		if n > 0 && !sum && (n < 2 || of < smallest) {
			t.Errorf("%v: %d hidden, %d together, and the total is shown", values, n, of)
		}
	})
}

// What leaves the office has stars, what stays has numbers, and both say which they are.
func TestFileSaysWhatItIs(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 10, 9, 0, 0, 0, jptime.JST)
	opened := time.Date(2026, 5, 1, 0, 0, 0, 0, jptime.JST)
	list := []Case{{ID: "1", Stage: cases.StageReceived, Opened: opened, Updated: opened, Sex: "男", Birth: "1944"}, {ID: "2", Stage: cases.StageReceived, Opened: opened, Updated: now, Sex: "女"}}
	table := Count(2026, now, list, nil, nil, nil)
	for inside, want := range map[bool][]string{false: {"提出・公表用", ",0,*,0,,,,,,,,,,*,,\r\n", "本人の性別,男,件（実）,,年度の中で受け付けたケースの本人。,,,,,,,,,,,,,*,,\r\n"}, true: {"庁内用", ",0,2,0,,,,,,,,,,2,,\r\n", ",,,,,,,,,,,,,1,,\r\n"}} {
		raw, err := tables.Write(table.book("架空市", inside), tables.FormCSV)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(string(raw), w) {
				t.Errorf("inside %v: no %q in\n%s", inside, w, raw)
			}
		}
		if _, err := tables.Write(table.book("架空市", inside), tables.FormXLSX); err != nil {
			t.Error(err)
		}
	}
	if x := table.Shares[0]; x.Rows[0].Label != "受付" || x.Rows[0].Count != 2 || x.Rows[0].Stuck == nil || *x.Rows[0].Stuck != 1 {
		t.Errorf("%+v", x)
	}
}

// The paper says what the file says, number by number, and no small count that the file hides; it is sound as an archive file.
func TestPaperSaysWhatTheFileSays(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(seedtest.Seed(t), 3))
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, jptime.JST)
	list, plans, held := city(r)
	table := Count(2026, now, list, plans, held, reached(r))
	for _, inside := range []bool{false, true} {
		doc := table.paper(access.Actor{Tenant: "t1", Name: "渡邉\U000E0100 一", AgencyName: "福祉政策課"}, "架空市", inside)
		rows := table.book("架空市", inside).Sheet.Rows
		for _, p := range doc.Parts {
			for _, l := range p.Lines {
				if want := rows[0]; want[0] != p.Title || want[1] != l.Label || !slices.Equal(want[3:], l.Cells) {
					t.Errorf("%v is printed as %s, %s, %v", want, p.Title, l.Label, l.Cells)
				}
				rows = rows[1:]
			}
		}
		for _, x := range slices.Concat(table.Shares, table.Answers) {
			own := rows[:len(x.Rows)+1]
			rows = rows[len(own):]
			i := slices.IndexFunc(doc.Shares, func(s papers.FiguresShare) bool { return s.Title == x.Title })
			if i < 0 {
				if x.Total > 0 || !slices.Contains(doc.Empty, x.Title) {
					t.Errorf("%s is not printed", x.Title)
				}
				continue
			}
			for k, r := range doc.Shares[i].Rows {
				if r.Label != own[k][1] || r.Count != own[k][3+len(table.Months)] || r.Count == star && r.Of != 0 {
					t.Errorf("%v is printed as %+v", own[k], r)
				}
			}
		}
		paper, err := papers.New(pdf.New(pdf.Options{})).Figures(t.Context(), doc)
		if err != nil {
			t.Fatal(err)
		}
		if msgs := pdfa.Lint(paper.PDF); len(msgs) > 0 || len(paper.Problems) > 0 {
			t.Errorf("%v %v", msgs, paper.Problems)
		}
		pdftest.Sound(t, paper.PDF)
		text := pdftest.Ink(pdftest.Text(t, paper.PDF, "-raw"))
		for _, want := range []string{"集計表", "架空市", "渡邉\U000E0100 一", table.Groups[0].Figures[0].Definition, map[bool]string{false: "提出・公表用", true: "庁内用"}[inside]} {
			if !strings.Contains(text, pdftest.Ink(want)) {
				t.Errorf("inside %v: %q is not printed", inside, want)
			}
		}
		if to := os.Getenv("KASANE_SHOTS"); to != "" {
			if err := os.WriteFile(fmt.Sprint(to, "/figures-", inside, ".pdf"), paper.PDF, 0o600); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestAgeBands(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 6, 10, 0, 0, 0, 0, jptime.JST)
	for birth, want := range map[string]string{"": "", "x": "", "2026-06-10": "10歳未満", "2016-06-10": "10代", "2016-06-11": "10歳未満", "1961-06-11": "60〜64歳", "1961-06-10": "65〜74歳", "1944": "75〜84歳", "1941-06": "85歳以上", "2030": ""} {
		got := ""
		if i := band(birth, at); i < len(bands) {
			got = bands[i].label
		}
		if got != want {
			t.Errorf("%q: %q, not %q", birth, got, want)
		}
	}
}
