package archive

import (
	"fmt"
	"time"

	"kasane/internal/jptime"
)

// Retention (保存) says how long a record is kept. Dates are ISO days in Japan.
type Retention struct {
	Class string // 文書分類
	Years int    // 保存年限; 0 = 常用
	From  string // 起算日; "" while the case has not ended (RuleCaseEnd)
	Until string // 満了日: the last day it must be kept; "" for 常用, and while From is ""
}

// Rule (起算日の決まり) says from which day the years count.
type Rule string

// The rules.
const (
	RuleFiscal   Rule = "fiscal"    // 完結した年度の翌年度4月1日
	RuleNextDay  Rule = "next_day"  // 完結した日の翌日
	RuleCalendar Rule = "calendar"  // 完結した年の翌年1月1日
	RuleCaseEnd  Rule = "case_end"  // ケースが終結した年度の翌年度4月1日; 終結 leaves it open until then
	RuleNone     Rule = "permanent" // 常用: never
)

// Rules lists every rule in the order of the screen.
func Rules() []Rule { return []Rule{RuleFiscal, RuleCaseEnd, RuleCalendar, RuleNextDay, RuleNone} }

// Label is the Japanese name of the rule, "" for an unknown one.
func (r Rule) Label() string {
	switch r {
	case RuleFiscal:
		return "確定した年度の翌年度4月1日"
	case RuleNextDay:
		return "確定した日の翌日"
	case RuleCalendar:
		return "確定した年の翌年1月1日"
	case RuleCaseEnd:
		return "ケースが終結した年度の翌年度4月1日"
	case RuleNone:
		return "常用（起算しない）"
	}
	return ""
}

// start is 起算日 of what was completed at an instant; zero for RuleNone.
func (r Rule) start(completed time.Time) jptime.Date {
	d := jptime.DateOf(completed)
	switch r {
	case RuleFiscal, RuleCaseEnd:
		return jptime.Date{Year: d.FiscalYear() + 1, Month: time.April, Day: 1}
	case RuleNextDay:
		return d.AddDays(1)
	case RuleCalendar:
		return jptime.Date{Year: d.Year + 1, Month: time.January, Day: 1}
	case RuleNone:
	}
	return jptime.Date{}
}

// last is 満了日 of years that count from a day.
func last(from jptime.Date, years int) string {
	t := from.Time()
	return jptime.DateOf(time.Date(t.Year()+years, t.Month(), t.Day()-1, 0, 0, 0, 0, jptime.JST)).String()
}

// jst is Japan Standard Time, fixed so that no zone data is needed.
var jst = time.FixedZone("JST", 9*3600)

// Keep computes the retention of what was completed at an instant (完結日) by the usual rule: it counts from 1 April of the year after the
// 年度 of that day, and ends on 31 March. years = 0 means for good (常用).
func Keep(class string, years int, completed time.Time) Retention {
	if years <= 0 {
		return Retention{Class: class, From: RuleFiscal.start(completed).String()}
	}
	return Class{ID: class, Years: years, Rule: RuleFiscal}.Keep(completed)
}

// Keep is the retention of a record of this class that was completed at an instant.
func (c Class) Keep(completed time.Time) Retention {
	r := Retention{Class: c.ID}
	if c.Rule == RuleNone || c.Years <= 0 {
		return r
	}
	r.Years = c.Years
	if c.Rule == RuleCaseEnd { // the case has not ended yet
		return r
	}
	from := c.Rule.start(completed)
	r.From, r.Until = from.String(), last(from, c.Years)
	return r
}

// Label is the period as shown in a list: 「5年」, 「常用」.
func (r Retention) Label() string {
	if r.Years == 0 {
		return "常用"
	}
	return fmt.Sprintf("%d年", r.Years)
}

// Standing (保存の状態) is how long a record is kept as things stand.
type Standing struct {
	From    string // 起算日
	Until   string // 満了日 with every 延長; "" = not known yet, or never
	Waiting bool   // the case has not ended: nobody knows yet
}

// Stands computes the standing. What the record was sealed with is never shortened, whatever the table says today.
func (r Retention) Stands(caseEnded time.Time, extended ...Extension) Standing {
	s := Standing{From: r.From, Until: r.Until}
	if r.Years > 0 && r.From == "" {
		if caseEnded.IsZero() {
			return Standing{Waiting: true}
		}
		from := RuleCaseEnd.start(caseEnded)
		s.From, s.Until = from.String(), last(from, r.Years)
	}
	for _, x := range extended {
		if s.Until != "" && x.Until > s.Until {
			s.Until = x.Until
		}
	}
	return s
}

// Expired tells whether the last day has passed on a day.
func (s Standing) Expired(today string) bool { return s.Until != "" && s.Until < today }
