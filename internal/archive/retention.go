package archive

import (
	"fmt"
	"time"
)

// Retention (保存) says how long a record is kept. Dates are ISO days in Japan.
type Retention struct {
	Class string // 文書分類
	Years int    // 保存年限; 0 = 常用
	From  string // 起算日
	Until string // 満了日: the last day it must be kept; "" for 常用
}

// Class (文書分類) is a line of the retention table. The table is data of the municipality (文書管理規程); these are the
// typical values it starts with.
type Class struct {
	ID    string
	Name  string
	Years int
}

// The classes that exist from the start.
const (
	ClassMinutes = "minutes" // 会議録
	ClassCase    = "case"    // 相談・ケース記録: plan, matrix, consent
	ClassDraft   = "ringi"   // 要綱・起案
	ClassSubsidy = "subsidy" // 補助金(交付金)関係
	ClassAudit   = "audit"   // アクセスログ
)

// DefaultClasses is the table of a new municipality.
func DefaultClasses() []Class {
	return []Class{
		{ClassMinutes, "会議録", 5},
		{ClassCase, "相談・ケース記録、同意書", 5},
		{ClassDraft, "要綱・起案", 10},
		{ClassSubsidy, "補助金（交付金）関係", 5},
		{ClassAudit, "アクセスログ・監査ログ", 5},
	}
}

// ClassOf is the class a kind of record belongs to.
func ClassOf(k Kind) string {
	if k == KindMinutes {
		return ClassMinutes
	}
	return ClassCase
}

// jst is Japan Standard Time, fixed so that no zone data is needed.
var jst = time.FixedZone("JST", 9*3600)

// Keep computes the retention of what was completed at an instant (完結日): it counts from 1 April of the year after the
// 年度 of that day, and ends on 31 March. years = 0 means for good (常用).
func Keep(class string, years int, completed time.Time) Retention {
	d := completed.In(jst)
	from := d.Year() + 1
	if d.Month() < time.April {
		from = d.Year()
	}
	r := Retention{Class: class, Years: max(years, 0), From: fmt.Sprintf("%04d-04-01", from)}
	if years > 0 {
		r.Until = fmt.Sprintf("%04d-03-31", from+years)
	}
	return r
}

// Label is the period as shown in a list: 「5年」, 「常用」.
func (r Retention) Label() string {
	if r.Years == 0 {
		return "常用"
	}
	return fmt.Sprintf("%d年", r.Years)
}
