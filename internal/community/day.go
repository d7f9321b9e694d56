package community

import (
	"time"

	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/text"
)

// Counts are people by generation (世代).
type Counts struct {
	Children int `json:"children"` // こども
	Young    int `json:"young"`    // 若者
	Working  int `json:"working"`  // 現役
	Elder    int `json:"elder"`    // 高齢
}

func (c Counts) plus(o Counts) Counts {
	return Counts{c.Children + o.Children, c.Young + o.Young, c.Working + o.Working, c.Elder + o.Elder}
}

// Day (活動日) is how many people came to a place on a day.
type Day struct {
	ID      string `json:"id"`
	PlaceID string `json:"-"`
	Day     string `json:"day"` // ISO
	Counts
	Note   string    `json:"note"`
	At     time.Time `json:"at"`
	By     string    `json:"-"`
	ByName string    `json:"byName"`
}

// DayInput is an activity day as it is written.
type DayInput struct {
	Day string `json:"day"`
	Counts
	Note string `json:"note"`
}

const maxCame = 9_999

func (in DayInput) check(today jptime.Date) error {
	if err := past("day", "活動日", in.Day, today); err != nil {
		return err
	}
	for _, n := range []struct {
		key   string
		value int
	}{{"children", in.Children}, {"young", in.Young}, {"working", in.Working}, {"elder", in.Elder}} {
		if n.value < 0 || n.value > maxCame {
			return fault.Newf(fault.Invalid, "人数は、0から%dまでの数で入力してください。", maxCame).On(n.key)
		}
	}
	return text.Line("note", "メモ", in.Note, 100)
}

// earliest is the first day a record of this register can have: before it there was no scheme to report on.
const earliest = "2000-01-01"

// past takes a day that has come.
func past(key, label, day string, today jptime.Date) error {
	t, err := time.Parse(time.DateOnly, day)
	switch {
	case err != nil:
		return fault.Newf(fault.Invalid, "%sを、年月日で入力してください。", label).On(key)
	case t.Format(time.DateOnly) > today.String():
		return fault.Newf(fault.Invalid, "%sに、まだ来ていない日は入れられません。", label).On(key)
	case day < earliest:
		return fault.Newf(fault.Invalid, "%sの年を確かめてください。", label).On(key)
	}
	return nil
}

// Tally (年度の合計) is what came together in a 年度.
type Tally struct {
	Year int    `json:"year"`
	Name string `json:"name"`
	Days int    `json:"days"`
	Counts
}

func tally(year int, list []Day) Tally {
	t := Tally{Year: year, Name: jptime.FiscalYearName(year)}
	for _, d := range list {
		when, err := time.ParseInLocation(time.DateOnly, d.Day, jptime.JST)
		if err != nil || jptime.DateOf(when).FiscalYear() != year {
			continue
		}
		t.Days++
		t.Counts = t.plus(d.Counts)
	}
	return t
}
