package jptime

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestFormat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at          time.Time
		both, short string
	}{
		{time.Date(2026, 11, 23, 6, 4, 0, 0, time.UTC), "令和8年11月23日(2026-11-23)", "R8.11.23 15:04"},
		{time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC), "令和8年11月23日(2026-11-23)", "R8.11.23 00:00"},
		{time.Date(2026, 11, 22, 14, 59, 59, 0, time.UTC), "令和8年11月22日(2026-11-22)", "R8.11.22 23:59"},
		{time.Date(2019, 5, 1, 0, 0, 0, 0, JST), "令和元年5月1日(2019-05-01)", "R1.5.1 00:00"},
		{time.Date(2019, 4, 30, 0, 0, 0, 0, JST), "平成31年4月30日(2019-04-30)", "H31.4.30 00:00"},
		{time.Date(1989, 1, 7, 0, 0, 0, 0, JST), "昭和64年1月7日(1989-01-07)", "S64.1.7 00:00"},
		{time.Date(1926, 12, 25, 0, 0, 0, 0, JST), "昭和元年12月25日(1926-12-25)", "S1.12.25 00:00"},
		{time.Date(1912, 7, 29, 0, 0, 0, 0, JST), "明治45年7月29日(1912-07-29)", "M45.7.29 00:00"},
		{time.Date(1850, 1, 2, 0, 0, 0, 0, JST), "1850年1月2日(1850-01-02)", "1850-01-02 00:00"},
		{time.Time{}, "", ""},
	} {
		if got := FormatDate(c.at); got != c.both {
			t.Errorf("%v: %s, want %s", c.at, got, c.both)
		}
		if got := FormatShort(c.at); got != c.short {
			t.Errorf("%v: %s, want %s", c.at, got, c.short)
		}
	}
	d := Date{2025, 6, 12}
	if d.Compact() != "R070612" || d.Weekday() != "木" {
		t.Errorf("%s %s", d.Compact(), d.Weekday())
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"R8.6.12":        "2026-06-12",
		"r8/6/12":        "2026-06-12",
		"Ｒ８．６．１２":        "2026-06-12",
		"令和8年6月12日":      "2026-06-12",
		"㋿8年6月12日":       "2026-06-12",
		"令和 ８年 ６月１２日":    "2026-06-12",
		"2026/6/12":      "2026-06-12",
		"2026-06-12":     "2026-06-12",
		"2026年6月12日":     "2026-06-12",
		"令和元年5月1日":       "2019-05-01",
		"平成31年4月30日":     "2019-04-30",
		"S64.1.7":        "1989-01-07",
		"昭和元年12月25日":     "1926-12-25",
		"大正15年12月24日":    "1926-12-24",
		"M45.7.29":       "1912-07-29",
		"R8.2.28":        "2026-02-28",
		"2024/2/29":      "2024-02-29",
		"昭和64年1月8日":      "!64年1月7日まで",
		"平成31年5月1日":      "!令和で",
		"令和元年4月30日":      "!5月1日から",
		"大正元年7月29日":      "!7月30日から",
		"S0.12.31":       "!から",
		"R8.2.29":        "!2月29日",
		"2026/13/1":      "!13月1日",
		"2026/0/1":       "!0月1日",
		"":               "!のように",
		"来週":             "!のように",
		"R8.6":           "!のように",
		"R8.6-12":        "!のように",
		"20260612":       "!のように",
		"X8.6.12":        "!のように",
		"R8.6.12; DROP'": "!のように",
	} {
		got, err := Parse(in)
		if say, bad := strings.CutPrefix(want, "!"); bad {
			var d *DateError
			if !errors.As(err, &d) || !strings.Contains(d.Message, say) {
				t.Errorf("%q: %v, %v; want an error with %s", in, got, err, say)
			}
			continue
		}
		if err != nil || got.String() != want {
			t.Errorf("%q: %v, %v; want %s", in, got, err, want)
		}
	}
}

// Every day of every era is read back from each way of writing it.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for d := (Date{1873, 1, 1}); d.Year < 2060; d = d.AddDays(1) {
		for _, s := range []string{d.Wareki(), d.Short(), d.String()} {
			if got, err := Parse(s); err != nil || got != d {
				t.Fatalf("%s read as %v, %v; want %v", s, got, err, d)
			}
		}
	}
}

func TestAge(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		birth, at        Date
		common, byStatue int
	}{
		{Date{1944, 5, 3}, Date{2026, 5, 2}, 81, 82},
		{Date{1944, 5, 3}, Date{2026, 5, 3}, 82, 82},
		{Date{1944, 5, 3}, Date{2026, 5, 1}, 81, 81},
		{Date{2008, 4, 1}, Date{2026, 3, 31}, 17, 18},
		{Date{2004, 2, 29}, Date{2026, 2, 28}, 21, 22},
		{Date{2004, 2, 29}, Date{2026, 3, 1}, 22, 22},
		{Date{2026, 5, 3}, Date{2026, 5, 3}, 0, 0},
		{Date{2027, 5, 3}, Date{2026, 5, 3}, -1, -1},
		{Date{}, Date{2026, 5, 3}, -1, -1},
	} {
		if got := Age(c.birth, c.at); got != c.common {
			t.Errorf("Age(%v, %v) = %d, want %d", c.birth, c.at, got, c.common)
		}
		if got := LegalAge(c.birth, c.at); got != c.byStatue {
			t.Errorf("LegalAge(%v, %v) = %d, want %d", c.birth, c.at, got, c.byStatue)
		}
	}
}

func TestFiscalYear(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		d    Date
		year int
		name string
	}{
		{Date{2026, 3, 31}, 2025, "令和7年度"},
		{Date{2026, 4, 1}, 2026, "令和8年度"},
		{Date{2019, 4, 15}, 2019, "令和元年度"},
		{Date{2019, 3, 31}, 2018, "平成30年度"},
	} {
		if y := c.d.FiscalYear(); y != c.year || FiscalYearName(y) != c.name {
			t.Errorf("%v: %d %s, want %d %s", c.d, y, FiscalYearName(y), c.year, c.name)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("R8.6.12")
	f.Add("昭和64年1月8日")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Parse(s)
		if err != nil {
			return
		}
		if again, err := Parse(d.Wareki()); err != nil && d.Year >= 1868 || err == nil && again != d {
			t.Errorf("%q: %v, written %s, read %v %v", s, d, d.Wareki(), again, err)
		}
	})
}

func TestMonths(t *testing.T) {
	t.Parallel()
	for d, want := range map[Date][3]string{
		{2026, 11, 25}: {"令和8年11月(2026-11)", "R8.11", "2026-11"}, {2019, 5, 1}: {"令和元年5月(2019-05)", "R1.5", "2019-05"},
		{2019, 4, 30}: {"平成31年4月(2019-04)", "H31.4", "2019-04"}, {1860, 1, 2}: {"1860年1月(1860-01)", "1860-01", "1860-01"}, {}: {"", "", ""},
	} {
		m := d.InMonth()
		if d.IsZero() != m.IsZero() {
			t.Errorf("%v: known or not", d)
		}
		if got := [3]string{m.Both(), m.Short(), m.String()}; !d.IsZero() && got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}
