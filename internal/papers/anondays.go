package papers

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A day without its month (25日に訪問) tells a day to whoever was there, and may be a number of days as well (3日に1回). What is a day by what stands around it is
// taken out; what can be either is asked about.

const anonymousDay = "某日"

var loneDay = regexp.MustCompile(`(?:` + arabic + `{1,3}|` + kanjiNum + `{1,4})日` + weekday)

var (
	// dayBehind follow a day and no number of days.
	dayBehind = strings.Fields("付 午前 午後 朝 早朝 未明 昼 夕 夜 深夜 ごろ 頃 は も から まで より へ 以降 以前 現在 時点 締 〆")
	// spanBehind follow a number of days.
	spanBehind = strings.Fields("間 後 目 分 ほど 程 くらい ぐらい 位 以内 以上 以下 未満 おき 置き ごと 毎 余 あまり 連続 続 たっ 経 かか 遅れ 前後 前 当たり あたり 中 程度 数")
	// spanBefore stand before a number of days, or before a day that comes in every month.
	spanBefore = strings.Fields("毎月 週 約 後 計 延べ のべ 全 残り あと 連続 過去 最大 最長 最低 満 各 年 続けて 毎 第 ×")
	// monthBefore name the month of the day without a number.
	monthBefore = strings.Fields("今月 当月 同月 翌月 先月 前月 来月 今月の 当月の 同月の 翌月の 先月の 前月の 来月の 同 翌")
)

// loneDays are the days without a month: those that are days for sure, or those that may be.
func loneDays(s string, sure bool) []Hit {
	return placesOf(loneDay, s, func(s string, at, to int) bool {
		day, asked := dayAt(s, at, to)
		return day && sure || asked && !sure
	}, always(anonymousDay))
}

// dayAt tells whether a number with 日 is a day, or may be one.
func dayAt(s string, at, to int) (day, asked bool) {
	before, behind := s[:at], s[to:]
	n := dayNumber(s[at:to])
	last, _ := utf8.DecodeLastRuneInString(before)
	ends := func(list []string) bool {
		return slices.ContainsFunc(list, func(w string) bool { return strings.HasSuffix(before, w) })
	}
	begins := func(list []string) bool {
		return slices.ContainsFunc(list, func(w string) bool { return strings.HasPrefix(behind, w) })
	}
	named := ends(monthBefore)
	switch {
	case n < 1 || n > 31 || numeral(last) || strings.ContainsRune("/.／．-", last):
		return false, false
	case !named && (last == '月' || ends(spanBefore)), begins(spanBehind), often(behind):
		return false, false
	case named, strings.ContainsAny(s[at:to], "(（"), strings.HasPrefix(behind, "に"), n > 1 && begins(dayBehind):
		return true, false
	}
	return false, n > 1
}

// often tells whether a number of days is how often something is: 3日に1回.
func often(behind string) bool {
	rest, ok := strings.CutPrefix(behind, "に")
	if !ok {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest)
	return numeral(next) || strings.ContainsRune("何数幾", next)
}

// dayNumber reads the number before 日.
func dayNumber(s string) int {
	s, _, _ = strings.Cut(s, "日")
	n, value := numberAt(letters(s), 0)
	if n == 0 || len(value) > 2 {
		return 0
	}
	out := 0
	for _, d := range value {
		out = out*10 + int(d-'0')
	}
	return out
}
