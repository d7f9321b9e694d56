package jptime

import (
	"slices"
	"testing"
	"time"
)

// As announced by the Cabinet Office (内閣府) for 2024 to 2027, and two years with a 国民の休日.
func TestHolidays(t *testing.T) {
	t.Parallel()
	years := map[int][]string{
		2024: {"01-01", "01-08", "02-11", "02-12", "02-23", "03-20", "04-29", "05-03", "05-04", "05-05", "05-06", "07-15", "08-11", "08-12", "09-16", "09-22", "09-23",
			"10-14", "11-03", "11-04", "11-23"},
		2025: {"01-01", "01-13", "02-11", "02-23", "02-24", "03-20", "04-29", "05-03", "05-04", "05-05", "05-06", "07-21", "08-11", "09-15", "09-23", "10-13", "11-03",
			"11-23", "11-24"},
		2026: {"01-01", "01-12", "02-11", "02-23", "03-20", "04-29", "05-03", "05-04", "05-05", "05-06", "07-20", "08-11", "09-21", "09-22", "09-23", "10-12", "11-03", "11-23"},
		2027: {"01-01", "01-11", "02-11", "02-23", "03-21", "03-22", "04-29", "05-03", "05-04", "05-05", "07-19", "08-11", "09-20", "09-23", "10-11", "11-03", "11-23"},
	}
	for year, want := range years {
		var got []string
		for d := (Date{year, time.January, 1}); d.Year == year; d = d.AddDays(1) {
			if d.Holiday() != "" {
				got = append(got, d.String()[5:])
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d: %v\nwant %v", year, got, want)
		}
	}
	for d, want := range map[Date]string{{2026, 9, 22}: "国民の休日", {2032, 9, 21}: "国民の休日", {2026, 5, 6}: "振替休日", {2025, 11, 24}: "振替休日", {2026, 6, 1}: "", {2019, 5, 1}: "", {2026, 3, 20}: "春分の日"} {
		if got := d.Holiday(); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}

func TestOfficeDay(t *testing.T) {
	t.Parallel()
	for d, want := range map[Date]bool{{2026, 12, 28}: true, {2026, 12, 29}: false, {2027, 1, 1}: false, {2027, 1, 3}: false, {2027, 1, 4}: true, {2026, 6, 6}: false, {2026, 6, 7}: false,
		{2026, 6, 8}: true, {2026, 11, 23}: false} {
		if d.OfficeDay() != want {
			t.Errorf("%s: %v", d, !want)
		}
	}
}
