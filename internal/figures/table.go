package figures

import (
	"fmt"
	"math"
	"time"

	"kasane/internal/jptime"
)

// Unit (単位) is what a figure counts.
type Unit string

// The units. 実数 counts each case once in its column, 延べ as often as it comes.
const (
	UnitHouseholds Unit = "世帯"
	UnitTimes      Unit = "回"
	UnitCases      Unit = "件"
	UnitDistinct   Unit = "件（実）"
	UnitEach       Unit = "件（延べ）"
	UnitAgencies   Unit = "機関（延べ）"
	UnitMinutes    Unit = "分"
	UnitDays       Unit = "日"
	UnitPercent    Unit = "％"
)

// Figure (集計項目) is one line: a value for each month of the 年度, April first, and one for the year, which is not always their sum.
type Figure struct {
	ID         string     `json:"id"`
	Label      string     `json:"label"`
	Unit       Unit       `json:"unit"`
	Definition string     `json:"definition"`
	Reported   bool       `json:"reported"` // ★ likely to be asked for by the state
	Months     []*float64 `json:"months"`   // nil: nothing to say, or still to come
	Year       *float64   `json:"year"`
	Drill      bool       `json:"drill"` // the cases behind it can be listed
	Target     *int       `json:"target,omitempty"`
	Rate       *int       `json:"rate,omitempty"` // of the target, in percent
	// Personal figures count cases or people: small ones could point to somebody.
	Personal bool `json:"-"`
	Sums     bool `json:"-"` // the year is the sum of the months
	Office   bool `json:"-"` // a share of small counts, which could be told from it: it stays in the office
	stands   bool // what is at the end of each month: the year's is that of its last
	of       behind
}

// Group (分類) is a part of the table.
type Group struct {
	Title     string    `json:"title"`
	Programme Programme `json:"programme"`
	Figures   []Figure  `json:"figures"`
}

// Share (内訳) is a distribution.
type Share struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Unit       Unit   `json:"unit"`
	Definition string `json:"definition"`
	Rows       []Row  `json:"rows"`
	Total      int    `json:"total"`
	Reported   bool   `json:"reported"` // ★
	Drill      bool   `json:"drill"`
	// Public counts no cases and no people: nothing of it is hidden.
	Public bool `json:"-"`
}

// Row of a distribution. Stuck, of the stages, are those in which nothing moved for 30 days.
type Row struct {
	Label string   `json:"label"`
	Count int      `json:"count"`
	Stuck *int     `json:"stuck,omitempty"`
	of    []string // the cases behind it
}

// Table (集計表) is the figures of a 年度.
type Table struct {
	Year   int       `json:"year"`
	Name   string    `json:"name"` // 令和8年度（2026年度）
	At     time.Time `json:"at"`
	Months []string  `json:"months"` // 4月 … 3月
	Groups []Group   `json:"groups"`
	Shares []Share   `json:"shares"`
	// Answers are the choices made in the sheets, by field.
	Answers []Share `json:"answers"`
	Reading bool    `json:"reading"` // more sheets are still to be read
	Years   []int   `json:"years"`   // of which there is something, newest first
}

// span is a 年度 with its months.
type span struct {
	year int
	now  time.Time
}

func (s span) begin(month int) time.Time { // month 0 is April, 12 the end of the 年度
	return time.Date(s.year, time.April+time.Month(month), 1, 0, 0, 0, 0, jptime.JST)
}

// month is which month of the 年度 an instant falls into.
func (s span) month(at time.Time) (int, bool) {
	if at.Before(s.begin(0)) || !at.Before(s.begin(12)) {
		return 0, false
	}
	local := at.In(jptime.JST)
	return (int(local.Month()) + 8) % 12, true
}

// begun tells whether a month has begun: what has not is blank and not 0.
func (s span) begun(month int) bool { return !s.now.Before(s.begin(month)) }

// end is the end of a month, or now in the month that runs.
func (s span) end(month int) time.Time {
	if e := s.begin(month + 1); e.Before(s.now) {
		return e
	}
	return s.now
}

func (s span) names() (out []string) {
	for m := range 12 {
		out = append(out, fmt.Sprintf("%d月", (m+3)%12+1))
	}
	return out
}

func number(v float64) *float64 { return &v }

// count is a figure whose year is the sum of its months.
func (s span) count(f Figure, months [12]int) Figure {
	sum := 0
	f.Sums = true
	for m, n := range months {
		sum += n
		f.Months = append(f.Months, s.blank(m, float64(n)))
	}
	f.Year = number(float64(sum))
	return f
}

// distinct is a figure that counts each key once a month, and once a year.
func (s span) distinct(f Figure, months [12]map[string]bool) Figure {
	year := map[string]bool{}
	for m, set := range months {
		for k := range set {
			year[k] = true
		}
		f.Months = append(f.Months, s.blank(m, float64(len(set))))
	}
	f.Year = number(float64(len(year)))
	return f
}

// mean is a figure of averages, to one digit; a month without anything has none.
func (s span) mean(f Figure, sums, counts [12]float64) Figure {
	var sum, count float64
	for m := range 12 {
		sum, count = sum+sums[m], count+counts[m]
		f.Months = append(f.Months, average(sums[m], counts[m]))
	}
	f.Year = average(sum, count)
	return f
}

func average(sum, count float64) *float64 {
	if count == 0 {
		return nil
	}
	return number(math.Round(sum/count*10) / 10)
}

// standing is a figure of the cases that are there at the end of each month; the year's is its last.
func (s span) standing(f Figure, at func(end time.Time) []string) Figure {
	f.Drill, f.stands = true, true
	for m := range 12 {
		if !s.begun(m) {
			f.Months = append(f.Months, nil)
			continue
		}
		f.of[m] = at(s.end(m))
		f.Months = append(f.Months, number(float64(len(f.of[m]))))
		f.Year = f.Months[m]
	}
	return f
}

func (s span) blank(month int, v float64) *float64 {
	if !s.begun(month) {
		return nil
	}
	return number(v)
}
