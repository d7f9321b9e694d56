package jptime

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// DateError is a date that cannot be read; its text is meant for the person who typed it.
type DateError struct{ Message string }

func (e *DateError) Error() string { return e.Message }

var (
	// an era name, letter or sign; the year; and month and day with 年月日 or one kind of separator
	japanese = regexp.MustCompile(`^(令和|平成|昭和|大正|明治|[RHSTM]|[㋿㍻㍼㍽㍾])(元|\d{1,2})(?:年(\d{1,2})月(\d{1,2})日|\.(\d{1,2})\.(\d{1,2})|/(\d{1,2})/(\d{1,2})|-(\d{1,2})-(\d{1,2}))$`)
	western  = regexp.MustCompile(`^()(\d{4})(?:年(\d{1,2})月(\d{1,2})日|\.(\d{1,2})\.(\d{1,2})|/(\d{1,2})/(\d{1,2})|-(\d{1,2})-(\d{1,2}))$`)
)

// halfWidth folds what people type with a Japanese keyboard: full-width digits and letters, separators, spaces.
var halfWidth = strings.NewReplacer(
	"０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9",
	"Ｒ", "R", "Ｈ", "H", "Ｓ", "S", "Ｔ", "T", "Ｍ", "M", "ｒ", "R", "ｈ", "H", "ｓ", "S", "ｔ", "T", "ｍ", "M",
	"r", "R", "h", "H", "s", "S", "t", "T", "m", "M", "．", ".", "。", ".", "／", "/", "－", "-", "ー", "-", " ", "", "　", "",
)

// Parse reads a date as people write it: R8.6.12, 令和8年6月12日, 令和元年5月1日, 2026/6/12, 2026-06-12, also full-width.
// A day outside its era (昭和64年1月8日) or outside the calendar (2月30日) is refused with a *DateError.
func Parse(s string) (Date, error) {
	t := halfWidth.Replace(s)
	m := japanese.FindStringSubmatch(t)
	if m == nil {
		m = western.FindStringSubmatch(t)
	}
	if m == nil {
		return Date{}, &DateError{"日付は「R8.6.12」「令和8年6月12日」「2026/6/12」のように入力してください。"}
	}
	year := 1
	if m[2] != "元" {
		year = atoi(m[2])
	}
	d := Date{Year: year}
	for i := 3; i < len(m); i += 2 {
		if m[i] != "" {
			d.Month, d.Day = time.Month(atoi(m[i])), atoi(m[i+1])
		}
	}
	if m[1] == "" {
		return d.checked()
	}
	return inEra(m[1], d)
}

// inEra moves a date whose year counts from the era's beginning to 西暦.
func inEra(name string, d Date) (Date, error) {
	for i, e := range eras {
		if name != e.name && name != e.letter && name != e.sign {
			continue
		}
		year := d.Year
		d.Year += e.first.Year - 1
		d, err := d.checked()
		if err != nil {
			return Date{}, err
		}
		if year == 0 || d.Before(e.first) {
			return Date{}, &DateError{fmt.Sprintf("%sは元年%d月%d日からです。", e.name, e.first.Month, e.first.Day)}
		}
		if i > 0 && !d.Before(eras[i-1].first) {
			last := eras[i-1].first.AddDays(-1)
			return Date{}, &DateError{fmt.Sprintf("%sは%d年%d月%d日までです。%sで入力してください。",
				e.name, last.Year-e.first.Year+1, last.Month, last.Day, eras[i-1].name)}
		}
		return d, nil
	}
	return Date{}, &DateError{"元号が分かりません。"}
}

// checked refuses days that are not in the calendar.
func (d Date) checked() (Date, error) {
	if d.Month < 1 || d.Month > 12 || d.Day < 1 || DateOf(d.Time()) != d {
		return Date{}, &DateError{fmt.Sprintf("%d月%d日という日はありません。", d.Month, d.Day)}
	}
	return d, nil
}

// atoi reads digits the pattern has already checked.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
