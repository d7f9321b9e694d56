package archive

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Class (文書分類) is a line of the 文書分類表. The table is data of the municipality (文書管理規程), with typical values to begin with.
type Class struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Years int    `json:"years"` // 保存年限; 0 with RuleNone
	Rule  Rule   `json:"rule"`  // 起算日
	Kinds []Kind `json:"kinds"` // the records that fall into it; none: it is only listed
	Note  string `json:"note"`  // 根拠
	// Source: 会議録 and 支援プラン of this class carry their 元データ from the next sealing on (PDF/A-3a); without it every file is PDF/A-2a.
	Source bool `json:"source,omitempty"`
}

// The classes that exist from the start.
const (
	ClassMinutes  = "minutes"  // 会議録
	ClassCase     = "case"     // 相談・ケース記録: plan, matrix, consent
	ClassDraft    = "ringi"    // 要綱・起案
	ClassSubsidy  = "subsidy"  // 補助金(交付金)関係
	ClassAudit    = "audit"    // アクセスログ
	ClassDisposal = "disposal" // 廃棄証明書
)

// DefaultClasses is the table of a new municipality. Its years for records yield to those of the kind of meeting (会議種別) until the
// municipality saves a table of its own.
func DefaultClasses() []Class {
	return []Class{
		{ClassMinutes, "会議録", 5, RuleFiscal, []Kind{KindMinutes}, "", false},
		{ClassCase, "相談・ケース記録、同意書", 5, RuleFiscal, []Kind{KindPlan, KindMatrix}, "", false},
		{ClassDraft, "要綱・起案", 10, RuleFiscal, []Kind{}, "", false},
		{ClassSubsidy, "補助金（交付金）関係", 5, RuleFiscal, []Kind{}, "", false},
		{ClassAudit, "アクセスログ・監査ログ", 5, RuleFiscal, []Kind{}, "", false},
		{ClassDisposal, "廃棄証明書", 0, RuleNone, []Kind{KindDisposal}, "", false},
	}
}

// ClassOf is the class a kind of record belongs to while there is no table.
func ClassOf(k Kind) string {
	switch k {
	case KindMinutes:
		return ClassMinutes
	case KindDisposal:
		return ClassDisposal
	case KindPlan, KindMatrix:
	}
	return ClassCase
}

// Table (文書分類表) is a version of the classes of a municipality.
type Table struct {
	Version int // 0: the built-in one
	Classes []Class
	At      time.Time
	By      string // user id
}

// For is the class of a kind of record; false when the table was never saved.
func (t Table) For(k Kind) (Class, bool) {
	if t.Version == 0 {
		return Class{}, false
	}
	i := slices.IndexFunc(t.Classes, func(c Class) bool { return slices.Contains(c.Kinds, k) })
	if i < 0 {
		return Class{}, false
	}
	return t.Classes[i], true
}

// Sourced tells whether records of a kind carry their 元データ. A 役割分担表 never does: its content is the whole plan, and the sheet shows a part of it.
func (t Table) Sourced(k Kind) bool {
	c, ok := t.For(k)
	return ok && c.Source && carries(k)
}

func carries(k Kind) bool { return k == KindMinutes || k == KindPlan }

// TableView is the table as the screen shows it.
type TableView struct {
	Version int     `json:"version"`
	Classes []Class `json:"classes"`
	Rules   []Named `json:"rules"`
	Kinds   []Named `json:"kinds"`
	MaySave bool    `json:"maySave"`
}

// Named is a code with its name.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Classes returns the 文書分類表 in force.
func (s *Service) Classes(ctx context.Context, a access.Actor) (TableView, error) {
	if err := access.Require(a, access.ActArchiveRead); err != nil {
		return TableView{}, err
	}
	t, err := s.store.RetentionTable(ctx, a.Tenant)
	if err != nil {
		return TableView{}, err
	}
	return s.table(a, t), nil
}

func (s *Service) table(a access.Actor, t Table) TableView {
	v := TableView{Version: t.Version, Classes: t.Classes, MaySave: access.Can(a, access.ActArchiveKeep)}
	if t.Version == 0 {
		v.Classes = DefaultClasses()
	}
	for _, r := range Rules() {
		v.Rules = append(v.Rules, Named{string(r), r.Label()})
	}
	for _, k := range Kinds() {
		v.Kinds = append(v.Kinds, Named{string(k), k.Label()})
	}
	return v
}

// SaveClasses makes a new version of the table after the one that was seen. It holds for what is sealed from now on; what was sealed keeps its
// period.
func (s *Service) SaveClasses(ctx context.Context, a access.Actor, seen int, classes []Class) (TableView, error) {
	if err := access.Require(a, access.ActArchiveKeep); err != nil {
		return TableView{}, err
	}
	now := s.now()
	if err := checkClasses(classes, func() string { return access.NewID(now) }); err != nil {
		return TableView{}, err
	}
	t := Table{Version: seen + 1, Classes: classes, At: now, By: a.UserID}
	if err := s.store.SaveRetentionTable(ctx, a.Tenant, t, a.Audit(now, access.VerbArchiveClasses, fmt.Sprint(t.Version))); err != nil {
		return TableView{}, err
	}
	return s.table(a, t), nil
}

// checkClasses holds a table against what a table must be, and gives new lines their ids.
func checkClasses(classes []Class, newID func() string) error {
	if len(classes) == 0 || len(classes) > 60 {
		return fault.New(fault.Invalid, "文書分類は1件から60件までにしてください。").On("classes")
	}
	ids, of := map[string]bool{}, map[Kind]int{}
	for i := range classes {
		c := &classes[i]
		at := func(field, message string) error {
			return fault.Newf(fault.Invalid, "%d行目: %s", i+1, message).On(fmt.Sprintf("classes.%d.%s", i, field))
		}
		if c.ID == "" {
			c.ID = newID()
		}
		if c.Kinds == nil {
			c.Kinds = []Kind{}
		}
		for _, err := range []error{text.Required("name", "分類の名前", c.Name), text.Line("name", "分類の名前", c.Name, 60), text.Line("note", "根拠", c.Note, 100), text.Line("id", "分類", c.ID, 40)} {
			if err != nil {
				return at("name", fault.Message(err))
			}
		}
		switch {
		case ids[c.ID]:
			return at("name", "同じ分類が2度あります。")
		case c.Source && !slices.ContainsFunc(c.Kinds, carries):
			return at("source", "元データを付けられるのは、会議録か支援プランが入る分類だけです。")
		case c.Rule.Label() == "":
			return at("rule", "起算日の決まりを選んでください。")
		case c.Rule == RuleNone && c.Years != 0:
			return at("years", "常用の分類には年数を付けません。")
		case c.Rule != RuleNone && (c.Years < 1 || c.Years > 100):
			return at("years", "保存年限は1年から100年まで、または常用にしてください。")
		}
		ids[c.ID] = true
		for _, k := range c.Kinds {
			if !slices.Contains(Kinds(), k) {
				return at("kinds", "文書の種別を選び直してください。")
			}
			if of[k]++; of[k] > 1 {
				return at("kinds", k.Label()+"が2つの分類に入っています。")
			}
			if k == KindDisposal && c.Rule != RuleNone {
				return at("rule", "廃棄証明書は、廃棄した証として残すため常用の分類にしてください。")
			}
		}
	}
	for _, k := range Kinds() {
		if of[k] == 0 {
			return fault.Newf(fault.Invalid, "%sが入る分類がありません。どれか1つの分類に入れてください。", k.Label()).On("classes")
		}
	}
	return nil
}
