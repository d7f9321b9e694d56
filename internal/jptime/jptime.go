// Package jptime writes and reads dates the way Japanese offices do: 和暦 beside 西暦, in Japan's time.
//
// Japan keeps one time zone without summer time, so a fixed +9 h serves and no zone database is needed. The eras are
// a table; a new one is one line. Values before 明治 are written in 西暦 alone.
package jptime

import (
	"fmt"
	"time"
)

// JST is Japan Standard Time (日本標準時).
var JST = time.FixedZone("JST", 9*60*60)

// era is a period of the Japanese calendar (元号), from its first day on.
type era struct {
	name   string
	letter string // R in R8.6.12
	sign   string // ㋿
	first  Date
}

// eras is newest first. 明治 counts from 1868-01-25, its new year's day, to which the era was declared to reach back.
var eras = [...]era{
	{"令和", "R", "㋿", Date{2019, 5, 1}},
	{"平成", "H", "㍻", Date{1989, 1, 8}},
	{"昭和", "S", "㍼", Date{1926, 12, 25}},
	{"大正", "T", "㍽", Date{1912, 7, 30}},
	{"明治", "M", "㍾", Date{1868, 1, 25}},
}

// Date is a calendar day, without time or zone. The zero Date is "not known"; one without a day is a month, to be written and not to be reckoned with.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the day in Japan at an instant.
func DateOf(t time.Time) Date {
	y, m, d := t.In(JST).Date()
	return Date{y, m, d}
}

// Time is the beginning of the day in Japan.
func (d Date) Time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, JST) }

// IsZero tells the unknown date.
func (d Date) IsZero() bool { return d == Date{} }

// Before orders days.
func (d Date) Before(o Date) bool {
	if d.Year != o.Year {
		return d.Year < o.Year
	}
	if d.Month != o.Month {
		return d.Month < o.Month
	}
	return d.Day < o.Day
}

// InMonth is the month the day lies in, and nothing nearer.
func (d Date) InMonth() Date { return Date{Year: d.Year, Month: d.Month} }

// AddDays gives the day n days later.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// String is the ISO form, 2026-11-23.
func (d Date) String() string {
	if d.Day == 0 && d.Month != 0 {
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Wareki is the day in the Japanese calendar: 令和8年11月23日, 令和元年5月1日.
func (d Date) Wareki() string {
	e, ok := d.era()
	switch {
	case ok && d.Day == 0:
		return fmt.Sprintf("%s%s年%d月", e.name, yearOf(d.Year-e.first.Year+1), d.Month)
	case d.Day == 0:
		return fmt.Sprintf("%d年%d月", d.Year, d.Month)
	case ok:
		return fmt.Sprintf("%s%s年%d月%d日", e.name, yearOf(d.Year-e.first.Year+1), d.Month, d.Day)
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
}

// Short is the abbreviated form R8.11.23, for narrow columns and seals.
func (d Date) Short() string {
	e, ok := d.era()
	switch {
	case ok && d.Day == 0:
		return fmt.Sprintf("%s%d.%d", e.letter, d.Year-e.first.Year+1, d.Month)
	case ok:
		return fmt.Sprintf("%s%d.%d.%d", e.letter, d.Year-e.first.Year+1, d.Month, d.Day)
	}
	return d.String()
}

// Compact is R081123, as file names have it.
func (d Date) Compact() string {
	if e, ok := d.era(); ok {
		return fmt.Sprintf("%s%02d%02d%02d", e.letter, d.Year-e.first.Year+1, d.Month, d.Day)
	}
	return fmt.Sprintf("%04d%02d%02d", d.Year, d.Month, d.Day)
}

// Both is 和暦 and 西暦: 令和8年11月23日(2026-11-23); empty for the unknown date.
func (d Date) Both() string {
	if d.IsZero() {
		return ""
	}
	return d.Wareki() + "(" + d.String() + ")"
}

// Weekday is the day of the week in one character, 月.
func (d Date) Weekday() string {
	return [...]string{"日", "月", "火", "水", "木", "金", "土"}[d.Time().Weekday()]
}

// FiscalYear is the business year (年度) the day lies in: April to March, named after its beginning.
func (d Date) FiscalYear() int {
	if d.Month < time.April {
		return d.Year - 1
	}
	return d.Year
}

func (d Date) era() (era, bool) {
	if d.Day == 0 { // a month has the name it ends with
		d.Day = 31
	}
	for _, e := range eras {
		if !d.Before(e.first) {
			return e, true
		}
	}
	return era{}, false
}

func yearOf(n int) string {
	if n == 1 {
		return "元"
	}
	return fmt.Sprint(n)
}

// FormatDate is the day of an instant in 和暦 and 西暦: 令和8年11月23日(2026-11-23). Empty for the zero time.
func FormatDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return DateOf(t).Both()
}

// FormatTime is the time of day in Japan, 15:04. Empty for the zero time.
func FormatTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(JST).Format("15:04")
}

// FormatDateTime is 令和8年11月23日(2026-11-23) 15:04. Empty for the zero time.
func FormatDateTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return FormatDate(t) + " " + FormatTime(t)
}

// FormatShort is R8.11.23 15:04, for narrow columns. Empty for the zero time.
func FormatShort(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return DateOf(t).Short() + " " + FormatTime(t)
}

// FiscalYearName is 令和8年度 for the business year beginning in April of year.
func FiscalYearName(year int) string {
	d := Date{year, time.April, 1}
	e, ok := d.era()
	if year == eras[0].first.Year { // 令和 began a month into the year; offices speak of 令和元年度
		e, ok = eras[0], true
	}
	if !ok {
		return fmt.Sprintf("%d年度", year)
	}
	return e.name + yearOf(year-e.first.Year+1) + "年度"
}

// Age is the age in full years as it is commonly told (満年齢): it goes up on the birthday. Someone born on
// 29 February grows older on 1 March in ordinary years. An unknown birth or one after at gives -1.
func Age(birth, at Date) int {
	if birth.IsZero() || at.Before(birth) {
		return -1
	}
	n := at.Year - birth.Year
	if at.Month < birth.Month || at.Month == birth.Month && at.Day < birth.Day {
		n--
	}
	return n
}

// LegalAge is the age for limits set by law (18歳, 65歳): by 年齢計算ニ関スル法律 a year is complete at the end of
// the day before the birthday, so the limit is reached on that day.
func LegalAge(birth, at Date) int { return Age(birth, at.AddDays(1)) }
