package meeting

import "time"

// PhaseDef (進行) is one phase of a meeting as planned.
type PhaseDef struct {
	ID      string `json:"id"`
	Label   string `json:"label"`
	Minutes int    `json:"minutes"` // planned
	Hint    string `json:"hint"`    // what the chair does here
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

// jst is Japan Standard Time, fixed so that no zone data is needed.
var jst = time.FixedZone("JST", 9*3600)

// day is the calendar day in Japan, ISO.
func day(t time.Time) string { return t.In(jst).Format(time.DateOnly) }
