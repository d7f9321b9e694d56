package jptime

import "time"

// Holiday names the national holiday (国民の祝日, 振替休日, 国民の休日) a day is; "" for other days. The rules are those in force since 2022 (祝日法); for the years before, in
// which holidays were moved for the Olympic Games and the accession, and after 2099, beyond the formula of the equinoxes, nothing is named.
func (d Date) Holiday() string {
	if d.Year < 2022 || d.Year > 2099 {
		return ""
	}
	if name := d.named(); name != "" {
		return name
	}
	// 振替休日: the first day after a holiday on a Sunday that is no holiday itself.
	for before := d.AddDays(-1); before.named() != ""; before = before.AddDays(-1) {
		if before.weekday() == time.Sunday {
			return "振替休日"
		}
	}
	if d.AddDays(-1).named() != "" && d.AddDays(1).named() != "" {
		return "国民の休日"
	}
	return ""
}

func (d Date) weekday() time.Weekday { return d.Time().Weekday() }

// named is a holiday that has its own name.
func (d Date) named() string {
	monday := func(n int) bool { return d.weekday() == time.Monday && (d.Day+6)/7 == n }
	type md struct {
		month time.Month
		day   int
	}
	fixed := map[md]string{{time.January, 1}: "元日", {time.February, 11}: "建国記念の日", {time.February, 23}: "天皇誕生日", {time.March, equinox(d.Year, 20.8431)}: "春分の日",
		{time.April, 29}: "昭和の日", {time.May, 3}: "憲法記念日", {time.May, 4}: "みどりの日", {time.May, 5}: "こどもの日", {time.August, 11}: "山の日",
		{time.September, equinox(d.Year, 23.2488)}: "秋分の日", {time.November, 3}: "文化の日", {time.November, 23}: "勤労感謝の日"}
	if name := fixed[md{d.Month, d.Day}]; name != "" {
		return name
	}
	switch {
	case d.Month == time.January && monday(2):
		return "成人の日"
	case d.Month == time.July && monday(3):
		return "海の日"
	case d.Month == time.September && monday(3):
		return "敬老の日"
	case d.Month == time.October && monday(2):
		return "スポーツの日"
	}
	return ""
}

// equinox is the day of the month on which the sun crosses the equator, by the formula in use for 1980 to 2099.
func equinox(year int, at1980 float64) int {
	return int(at1980+0.242194*float64(year-1980)) - (year-1980)/4
}

// OfficeDay tells whether the offices of municipalities are open (開庁日): no weekend, no holiday, none of the days from 29 December to 3 January.
func (d Date) OfficeDay() bool {
	switch wd := d.weekday(); {
	case wd == time.Saturday, wd == time.Sunday, d.Holiday() != "":
		return false
	case d.Month == time.December && d.Day >= 29, d.Month == time.January && d.Day <= 3:
		return false
	}
	return true
}
