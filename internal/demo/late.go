package demo

import (
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/intake"
	"kasane/internal/meeting"
	"kasane/internal/plans"
)

// late are short cases beside the four households: each is there for one of the red lists (期限を過ぎた宿題), so that a newcomer sees what the list is for.
// They are opened after the others, whose numbers stand in the manual.
func late() []household { return []household{lateRoles(), latePause(), lateFollowup(), lateReferral()} }

// lateRoles: a plan was agreed to two months ago. A role and its モニタリング are over their day, and nobody has said yet whether they stay on afterwards.
func lateRoles() household {
	father := func(i consent.Item) place { return place{"father", i} }
	all := []consent.Item{consent.ItemBasic, consent.ItemFamily, consent.ItemCare, consent.ItemProgress}
	return household{
		opened:   96,
		persons:  []person{{"father", 71, 40, nil, cases.PersonInput{Name: "島田 義雄", Kana: "しまだ よしお", Relation: "本人", Sex: "男", Subject: true}}},
		agencies: []involved{{"houkatsu", "介護保険の申請と見守り"}, {"csw", "地区の集まりへのつなぎ"}, {"minsei", "月1回の訪問"}},
		moves: []move{
			{day: -92, StageInput: cases.StageInput{Stage: cases.StageIntake}},
			{day: -88, StageInput: cases.StageInput{Stage: cases.StageAssessment}},
			{day: -80, StageInput: cases.StageInput{Stage: cases.StagePlanning}},
			{day: -56, StageInput: cases.StageInput{Stage: cases.StageDecided}},
			{day: -55, StageInput: cases.StageInput{Stage: cases.StageSupporting}},
		},
		grounds: []string{"01", "02"}, screened: "妻を亡くしたあと閉じこもりがちで、介護と地域の両方の支えが要る。だれが中心になるかが決まっていない。",
		sheets: map[string][]value{"": {{"received_agency", "houkatsu"}, {"received_by", "中村 由紀"}, {"consent_kind", "with"}, {"urgency", "normal"}, {"route", "03"}, {"living_together", "no"}, {"housing", "01"}}},
		consents: []given{{person: "father", explained: -86, until: 250, scope: map[string][]consent.Item{"houkatsu": all, "csw": all, "minsei": all},
			in: consent.Input{State: consent.StatePartial, Grantor: consent.GrantorSelf, Purposes: []consent.Purpose{consent.PurposeConference, consent.PurposePlan, consent.PurposeCoordination},
				Method: consent.MethodWritten, ExplainedBy: "中村 由紀", ExplainHow: "自宅で同意書を読み上げ、渡す機関を一つずつ確かめた。"}}},
		plan: &plan{
			made:  70,
			heads: map[string]any{"lead": "houkatsu", "period_from": "{i-60}", "period_to": "{i+120}", "next_monitoring": "{i-5}", "programs": `["outreach"]`},
			texts: []prose{{place{"", consent.ItemBasic}, "wish", "「妻がいないと、だれとも話さない日がある。昔の囲碁仲間の顔が見たい。」"}},
			needs: []need{{father(consent.ItemProgress), "late0need01", "15", "father", "1", "妻を亡くしてから、だれとも話さない日が続いている。"}},
			goals: []goal{{father(consent.ItemProgress), "late0goal01", "late0need01", "short", 60, "月に2回、囲碁の集まりに出かける。"}},
			acts: []action{
				{father(consent.ItemProgress), "late00act01", "late0goal01", "late0need01", "囲碁の集まりの見学に付き添う", []cell{
					{column: "csw", code: "lead", content: "公民館の囲碁の会に話を通し、最初の2回は一緒に行く。", who: "井上 拓也", freq: "月2回", start: -50, due: -9},
					{column: "minsei", code: "watch", content: "訪問のときに、行けたかどうかをたずねる。", who: "森 節子", freq: "月1回", start: -50, due: 120}}},
				{father(consent.ItemCare), "late00act02", "late0goal01", "late0need01", "介護保険の申請", []cell{
					{column: "houkatsu", code: "lead", content: "申請書を一緒に書き、認定調査に立ち会う。", who: "中村 由紀", freq: "1回", start: -50, due: 30}}}},
		},
		meetings: []session{{typeID: "layered", title: "プランの協議", place: "重ね市社会福祉協議会 会議室", day: -60, hour: 10, minutes: 60, form: meeting.FormRoom, withPlan: true,
			seats: []seat{{agency: "soumu", speaker: "kaicho", member: true}, {agency: "takikan", speaker: "jimukyoku", member: true}, {agency: "houkatsu", speaker: "houkatsu", member: true},
				{agency: "csw", speaker: "csw", member: true}, {agency: "minsei", speaker: "minsei", member: true}},
			agenda: []meeting.AgendaItem{{Title: "役割の分担", Purpose: meeting.PurposePolicy, Point: "外に出るきっかけを、だれがどうつくるか。", Item: consent.ItemProgress, Person: "father", Minutes: 30}},
			past: &held{agreed: true,
				minutes: []row{{father(consent.ItemProgress), "decision", nil, map[string]string{"text": "囲碁の会を入口にし、社協CSWが最初の2回に付き添う。"}}},
				next:    [3]string{"{i-5}", "10:00", "囲碁の会の様子"}}}},
		offers: []offer{{day: -8, in: plans.LeadInput{Kind: plans.LeadAfter, Note: "認定が出たあと、終結後も東部包括に中心になってほしい。"}, to: "houkatsu"}},
	}
}

// latePause: the day on which it was to be looked at again has gone by.
func latePause() household {
	return household{
		opened:   94,
		persons:  []person{{"woman", 48, 100, nil, cases.PersonInput{Name: "古川 美和", Kana: "ふるかわ みわ", Relation: "本人", Sex: "女", Subject: true}}},
		agencies: []involved{{"jiritsu", "家計の相談"}, {"csw", "顔見知りの関係"}},
		moves: []move{
			{day: -91, StageInput: cases.StageInput{Stage: cases.StageIntake}},
			{day: -85, StageInput: cases.StageInput{Stage: cases.StageSeeking}},
			{day: -62, until: -6, StageInput: cases.StageInput{Stage: cases.StageSuspended, Code: "08", Reason: "手紙にも電話にも返事がない。二か月たったら、社協CSWがもう一度たずねる。"}},
		},
		grounds: []string{"05"}, screened: "家計と健康の両方に心配があるが、本人が関わりを望んでいない。",
		sheets: map[string][]value{"": {{"received_agency", "jiritsu"}, {"consent_kind", "without"}, {"urgency", "normal"}, {"route", "06"}}},
		tries:  []try{{login: "csw", day: -70, method: "letter", met: "none", relation: "found", body: "手紙を届ける。返事はない。"}},
	}
}

// lateFollowup: support has ended, and nobody has asked yet how they are.
func lateFollowup() household {
	return household{
		opened:   92,
		persons:  []person{{"man", 39, -30, nil, cases.PersonInput{Name: "木下 亮太", Kana: "きのした りょうた", Relation: "本人", Sex: "男", Subject: true}}},
		agencies: []involved{{"jiritsu", "住居確保給付金"}, {"csw", "フードバンク"}},
		moves:    []move{{day: -84, StageInput: cases.StageInput{Stage: cases.StageClosed}}},
		sheets:   map[string][]value{"": {{"received_agency", "jiritsu"}, {"consent_kind", "with"}, {"urgency", "week"}, {"route", "01"}}},
		asks:     []asking{{agency: "jiritsu", planned: -80, due: -4}},
	}
}

// lateReferral: a counter has handed a 相談 on, and the other agency has not answered.
func lateReferral() household {
	return household{
		opened: 13,
		taken: &taking{login: "csw", to: "jiritsu",
			in: intake.Input{ID: "demo0intake0000000001", Asker: intake.AskerSelf, Name: "白井 恵子", Kana: "しらい けいこ", AgeBand: "50", Sex: "女", District: "南町", Contact: "携帯は夕方なら出られる",
				Route: "01", Trouble: "パートの時間が減り、来月の家賃が払えそうにない。電気も止まりそう。", Fields: []string{"poverty"}, Urgency: "week", Consent: intake.ConsentYes, Triage: intake.TriageRefer},
			reason: "家賃と電気代の相談です。住居確保給付金が使えるか、みてください。"},
	}
}
