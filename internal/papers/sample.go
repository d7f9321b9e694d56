package papers

import (
	"time"

	"kasane/internal/jptime"
)

// Samples (見本) show a layout with a fictional household.

var (
	sampleChair  = Person{Agency: "福祉総務課", Post: "課長", Name: "見本 一郎", Kana: "みほん いちろう"}
	sampleHelper = Person{Agency: "地域包括支援センター", Post: "主任", Name: "見本 花子", Kana: "みほん はなこ"}
)

func sampleRoles() *RoleMatrix {
	return &RoleMatrix{Agencies: []MatrixAgency{{Name: "本人"}, {Name: "地域包括支援センター", Lead: true}, {Name: "社会福祉協議会"}},
		Rows: []MatrixRow{{No: "1", Issue: "介護", Item: "介護サービスの調整", Cells: []MatrixCell{{Code: "本", Content: "通院を続ける。"},
			{Code: "◎", Content: "申請を手伝う。", Frequency: "週1回", Answer: "引受", AnsweredBy: "見本 花子"}, {Code: "見", Content: "見守り"}}}}}
}

// SampleMinutes is a 会議録 of nobody.
func SampleMinutes(h Head, basis string) MinutesDoc {
	from := time.Date(h.At.Year(), h.At.Month(), h.At.Day(), 14, 0, 0, 0, jptime.JST)
	return MinutesDoc{Head: h, LegalBasis: basis, Retention: "5年", Start: from, End: from.Add(time.Hour), Place: "第1会議室", Form: "対面",
		Convener: sampleChair, Chair: sampleChair, Recorder: sampleHelper,
		Attendees: []Attendee{{Person: sampleChair, Mode: "会場", In: from, Out: from.Add(time.Hour), Member: true, SecrecyAt: from},
			{Person: sampleHelper, Mode: "会場", In: from, Out: from.Add(time.Hour), Member: true, SecrecyAt: from}},
		Cases:      []CaseLine{{CaseID: h.CaseID, Subject: "見本 太郎", Kana: "みほん たろう", Kind: "新規"}},
		Consents:   []ConsentLine{{Person: "見本 太郎", State: "同意", No: "D-0001", Scope: "地域包括支援センター（基本情報）", On: jptime.DateOf(from)}},
		Items:      []MinutesItem{{No: "1", Title: "暮らしの様子", Discussion: "通院が途切れがちである。", Conclusion: "訪問を始める。", Remains: "交通手段"}},
		Statements: []Statement{{Agency: "地域包括支援センター", Speaker: "見本 花子", Text: "月に2回訪問している。"}},
		Decisions:  []Decision{{No: "1", Text: "地域包括支援センターが主に関わる。", Method: "全員了承"}}, Result: "了承",
		Answers:      []Answer{{Agency: "地域包括支援センター", Name: "見本 花子", Answer: "賛成", At: from.Add(50 * time.Minute), PlanVersion: "第1版"}},
		Homework:     []Homework{{No: "1", Agency: "地域包括支援センター", Person: "見本 花子", Text: "受診に付き添う。", Due: jptime.DateOf(from).AddDays(14)}},
		Community:    Memo{Text: "通院の足が足りない。"},
		Next:         &NextMeeting{At: from.AddDate(0, 1, 0), Place: "第1会議室", Agenda: "進み具合の確認"},
		Confirmation: Confirmation{Author: sampleHelper, WrittenAt: from.Add(2 * time.Hour), Agencies: []AgencyConfirmation{{Agency: "地域包括支援センター", Name: "見本 花子", State: "未確認"}}},
		Roles:        sampleRoles()}
}

// SamplePlan is a 支援プラン of nobody.
func SamplePlan(h Head) PlanDoc {
	on := jptime.DateOf(h.At)
	return PlanDoc{Head: h, PlanNo: h.CaseID + "-P01", Round: "初回", CreatedOn: on, Author: sampleHelper, Subject: Person{Name: "見本 太郎", Kana: "みほん たろう"},
		Birth: jptime.Date{Year: 1950, Month: 4, Day: 1}, Wishes: []Wish{{Who: "本人", Text: "家で暮らし続けたい。"}}, Situation: Memo{Text: "通院が途切れがちである。"},
		Priorities: []Priority{{Rank: 1, Code: "17 介護", Issue: "介護サービスの調整", Person: "見本 太郎"}}, LongGoal: Goal{Text: "家での暮らしを続ける。", Due: on.AddDays(365)},
		ShortGoals: []Goal{{Text: "通院を再開する。", Due: on.AddDays(90)}}, Policy: Memo{Text: "本人の願いを聞きながら進める。"}, LeadAgency: "地域包括支援センター",
		Risk: Memo{Text: "夜間は119番"}, Services: []Check{{"参加支援事業", false}, {"包括的相談支援のみ", true}}, From: on, To: on.AddDays(180), NextMonitoring: on.AddDays(90), Roles: sampleRoles()}
}

// SampleMatrix is a 役割分担表 of nobody.
func SampleMatrix(h Head) RoleMatrixDoc {
	return RoleMatrixDoc{Head: h, Subject: Person{Name: "見本 太郎", Kana: "みほん たろう"}, PlanNo: h.CaseID + "-P01　初回", LeadAgency: "地域包括支援センター",
		MeetingDate: jptime.DateOf(h.At), Matrix: *sampleRoles()}
}
