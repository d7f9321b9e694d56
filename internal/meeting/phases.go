package meeting

import (
	"slices"
	"time"

	"kasane/internal/consent"
)

// PhaseDef (進行) is one phase of a meeting as planned.
type PhaseDef struct {
	ID      string `json:"id"`
	Label   string `json:"label"`
	Minutes int    `json:"minutes"` // planned
	Hint    string `json:"hint"`    // what the chair does here
}

// Type (会議種別) is data of the municipality with an effective date: its name, legal basis, rules and retention.
type Type struct {
	ID            string       `json:"id"`
	Name          string       `json:"name"`
	Mode          consent.Mode `json:"mode"`
	Basis         string       `json:"basis"`         // 根拠
	NeedsConsent  bool         `json:"needsConsent"`  // 同意要否
	ChairPost     string       `json:"chairPost"`     // 議長職
	Retention     int          `json:"retention"`     // 保存年限, years
	ConfirmDays   int          `json:"confirmDays"`   // 会議録の確認期間 in days, 0 = the usual week
	EffectiveFrom string       `json:"effectiveFrom"` // 適用開始日, ISO date
	Phases        []PhaseDef   `json:"phases"`
}

// confirmDays is how long those who were there have to look at the 会議録(案).
func (t Type) confirmDays() int {
	if t.ConfirmDays == 0 {
		return 7
	}
	return t.ConfirmDays
}

// The phases of a meeting.
const (
	PhasePurpose   = "purpose"
	PhaseSharing   = "sharing"
	PhaseIssues    = "issues"
	PhaseGoals     = "goals"
	PhaseRoles     = "roles"
	PhaseDecisions = "decisions"
	PhaseNext      = "next"
)

// DefaultPhases is the running order of a 60 minute meeting.
func DefaultPhases() []PhaseDef {
	return []PhaseDef{
		{PhasePurpose, "①目的と論点の確認", 5, "今日決めることを読み上げ、全員で確かめます。"},
		{PhaseSharing, "②状況共有", 15, "各機関が順に、できること・難しいこと・頼みたいことを話します。"},
		{PhaseIssues, "③課題の整理", 10, "課題を並べ、優先順位を決めます。"},
		{PhaseGoals, "④支援目標・支援内容", 10, "目標と支援項目を、本人の言葉を中心に書きます。"},
		{PhaseRoles, "⑤役割分担", 10, "支援項目ごとに◎を1つ決め、各機関が自分の欄に回答します。"},
		{PhaseDecisions, "⑥決定事項の読み上げ確認", 5, "決定事項を読み上げ、プランを確定して各機関の回答を求めます。"},
		{PhaseNext, "⑦次回・宿題", 5, "次回の日程と、それまでの宿題を確かめます。"},
	}
}

// BuiltInTypes are the two types every municipality starts with; periods are defaults to be set by its own rules.
func BuiltInTypes() []Type {
	return []Type{
		{ID: "layered", Name: "重層的支援会議", Mode: consent.ModeLayered, Basis: "重層的支援体制整備事業実施要綱（社会福祉法第106条の4第2項）",
			NeedsConsent: true, ChairPost: "所管課長", Retention: 5, EffectiveFrom: "2021-04-01", Phases: DefaultPhases()},
		{ID: "support", Name: "支援会議", Mode: consent.ModeSupport, Basis: "社会福祉法第106条の6",
			NeedsConsent: false, ChairPost: "所管課長", Retention: 5, EffectiveFrom: "2021-04-01", Phases: DefaultPhases()},
	}
}

// EffectiveTypes picks, per type id, the version in force on a day (ISO date); saved versions win over built-in ones.
func EffectiveTypes(saved []Type, day string) []Type {
	best := map[string]Type{}
	order := []string{}
	take := func(t Type) {
		old, ok := best[t.ID]
		if !ok {
			order = append(order, t.ID)
		}
		if t.EffectiveFrom <= day && (!ok || old.EffectiveFrom <= t.EffectiveFrom) {
			best[t.ID] = t
		}
	}
	for _, t := range BuiltInTypes() {
		take(t)
	}
	saved = slices.Clone(saved)
	slices.SortStableFunc(saved, func(a, b Type) int { return compare(a.EffectiveFrom, b.EffectiveFrom) })
	for _, t := range saved {
		take(t)
	}
	out := make([]Type, 0, len(order))
	for _, id := range order {
		if t, ok := best[id]; ok {
			out = append(out, t)
		}
	}
	return out
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// jst is Japan Standard Time, fixed so that no zone data is needed.
var jst = time.FixedZone("JST", 9*3600)

// day is the calendar day in Japan, ISO.
func day(t time.Time) string { return t.In(jst).Format(time.DateOnly) }
