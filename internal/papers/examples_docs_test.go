package papers

import (
	"strings"

	"kasane/internal/jptime"
)

func exampleMinutes() MinutesDoc {
	h := exampleHead()
	h.Approval = []string{"課長", "係長", "担当"}
	roles := exampleMatrix()
	return MinutesDoc{
		Head: h, LegalBasis: "社会福祉法第106条の4第2項第5号・みなと野市重層的支援体制整備事業実施要綱第7条（本人同意に基づく情報の共有）",
		Retention: "5年（令和9年4月1日から起算）", Start: clock(14, 0), End: clock(15, 42),
		Place: "市役所2階 第3会議室", Form: "併用（会場・オンライン）", Convener: chair, Chair: chair, Facilitator: csw, Recorder: recorder,
		Attendees: exampleAttendees(),
		Absentees: []Absentee{{Person: welfare, Reason: "担当地区の見守り対応のため", Proxy: ""}, {Person: Person{Agency: "みなと野市高齢福祉課", Post: "主査", Name: "𠮷野 薫", Kana: "よしの かおる"}, Reason: "別会議", Proxy: "髙木 誠司"}},
		Family:    "本人（母）が14時5分から14時30分まで同席（会場）",
		Cases:     []CaseLine{{CaseID: "K2025-0012", Subject: "葛\U000E0100城 \uFA10江", Kana: "かつらぎ つかえ", Kind: "再プラン"}},
		Consents: []ConsentLine{
			{Person: "葛\U000E0100城 \uFA10江（母）", State: "一部同意", No: "同2025-0031", Scope: "提供先：出席の全機関。項目：基本、家族、介護、収入・家計。健康・医療は地域包括支援センターと保健所に限る。", On: date(2026, 10, 2), Until: date(2027, 9, 30)},
			{Person: "葛\U000E0100城 \uFA19一（長男）", State: "未説明", Scope: "長男の情報は、母の同意の範囲で家族として知り得たことに限って扱う。"},
		},
		Items: []MinutesItem{
			{No: "1", Title: "母の介護と服薬", Discussion: "要介護2。物忘れが進み、薬の飲み忘れが週に3回ほどある。通所介護は「人が多いところは疲れる」と8月から休んでいる。訪問看護なら受けてもよいと話している。" + strings.Repeat("長男が夜間に母の食事を用意していることが分かり、家の中で助け合いが続いていることを確かめた。", 3), Conclusion: "区分変更を申請し、訪問看護の導入を先に進める。通所介護は見学からやり直す。", Remains: "主治医の意見書の時期。冬の間の見守りの回数。"},
			{No: "2", Title: "長男との関係づくり", Discussion: "22年間ひきこもり、受診なし。社協の手紙は読んでいる様子がある（玄関の箱から無くなっている）。「家から出たくない」「（母が）心配だ」と母に話したことがある。", Conclusion: "手紙を月2回続ける。訪問は母への支援の機会に合わせ、声をかけるだけにとどめる。", Remains: "会えた後に何を話すか。就労の話は本人から出るまでしない。"},
			{No: "3", Title: "漏れてはならない題", Discussion: "漏れてはならない検討内容", Conclusion: "漏れてはならない結論", Remains: "漏れてはならない課題", Withheld: true},
			{No: "4", Title: "家計と国保税の滞納", Discussion: "収入は母の年金（月9万8千円）のみ。国保税の滞納は3期分。灯油代がかさむ冬を前に、支払いの順番を母と一緒に決める必要がある。" + strings.Repeat("電気と水道の滞納はない。", 4), Conclusion: "家計改善支援を始め、収納課と分納を相談する。", Remains: "生活保護の要否は1月に改めて検討する。"},
		},
		Statements: []Statement{
			{Agency: houkatsu.Agency, Speaker: houkatsu.Name, Text: "母は「介護を受けながら、できるだけ家で暮らしたい」と話している。区分変更と訪問看護の導入は当センターが主となって進める。"},
			{Agency: csw.Agency, Speaker: csw.Name, Text: "長男への手紙は続けたい。返事を求めない書き方にしている。訪問は二人で行く。"},
			{Agency: health.Agency, Speaker: health.Name, Text: "漏れてはならない発言", Withheld: true},
			{Agency: taxOffice.Agency, Speaker: taxOffice.Name, Text: "分納の額は課内で検討する。相談が続いている間は催告の前に連絡する。"},
		},
		Decisions: []Decision{
			{No: "1", Text: "再プラン（第2版）を条件付きで了承する。条件は、収納課の分納についての回答（11月30日まで）を確かめること。", Method: "条件付き"},
			{No: "2", Text: "プラン全体の主担当機関を東部地域包括支援センターとする。", Method: "全員了承"},
			{No: "3", Text: "漏れてはならない決定", Method: "全員了承", Withheld: true},
		},
		Result:  "条件付き了承",
		Answers: exampleAnswers(), Roles: &roles,
		Homework: []Homework{
			{No: "1", Agency: taxOffice.Agency, Person: taxOffice.Name, Text: "分納の可否と額を課内で確かめ、事務局へ回答する。", Due: date(2026, 11, 30)},
			{No: "2", Agency: houkatsu.Agency, Person: houkatsu.Name, Text: "区分変更の申請書を母と作り、主治医に意見書を依頼する。", Due: date(2026, 12, 4)},
			{No: "3", Agency: health.Agency, Person: health.Name, Text: "漏れてはならない宿題", Withheld: true},
		},
		Community: Memo{Text: "冬の間、灯油の配達を頼める店が東部地区に1軒しかない。社協の「ちょこっと手伝い」に配達の見守りを加えられないか、生活支援コーディネーターと協議する。"},
		Events: []Event{
			{At: clock(14, 2), Who: health.Name, Text: "遠隔で入室（接続の確認のため2分遅れ）"},
			{At: clock(14, 48), Who: "葛\U000E0100城 \uFA10江", Text: "同意の一部撤回（健康・医療の情報を収納課に提供すること）。14時48分に反映し、収納課の画面から該当の項目を除いた。"},
			{At: clock(15, 22), Who: taxOffice.Name, Text: "№3の役割について持ち帰りと回答"},
		},
		Next:         &NextMeeting{At: clock(14, 0).AddDate(0, 0, 63), Place: "市役所2階 第3会議室", Agenda: "モニタリング（介護サービスの導入後の様子、分納の状況）、生活保護の要否"},
		Confirmation: exampleConfirmation(),
		Corrections:  []Correction{{Version: 2, At: clock(17, 5), By: recorder, Reason: "№4の滞納の期数を「2期」から「3期」に訂正（収納課の申出）", Places: []string{"検討した項目№4", "宿題№1"}}},
	}
}

func exampleAnswers() []Answer {
	out := []Answer{}
	for i, p := range []Person{houkatsu, csw, health, selfHelp, taxOffice} {
		a := Answer{Agency: p.Agency, Name: p.Name, Answer: "賛成", At: clock(15, 30+i), PlanVersion: "第2版", PlanHash: planHash}
		switch i {
		case 2:
			a.Answer, a.Reason = "条件付き賛成", "長男に会えるまでは家族への支援に限る。"
		case 4:
			a.Answer, a.Reason = "持ち帰り", "分納は課内の決裁が要る。"
		}
		out = append(out, a)
	}
	return out
}

func exampleConfirmation() Confirmation {
	return Confirmation{
		Author: recorder, WrittenAt: clock(16, 30), ChairAt: clock(17, 15),
		Agencies: []AgencyConfirmation{
			{Agency: houkatsu.Agency, Name: houkatsu.Name, State: "確認済", At: clock(16, 45)},
			{Agency: csw.Agency, Name: csw.Name, State: "確認済", At: clock(16, 50)},
			{Agency: taxOffice.Agency, Name: taxOffice.Name, State: "意見あり", At: clock(17, 1), Opinion: "滞納は3期分である。（第2版で訂正）"},
			{Agency: health.Agency, Name: health.Name, State: "期限経過みなし"},
		},
	}
}

func examplePlan() PlanDoc {
	h := exampleHead()
	h.Approval = []string{"部長", "課長", "係長", "担当"}
	roles := exampleMatrix()
	return PlanDoc{
		Head: h, PlanNo: "P2025-0012-2", Round: "再プラン第1回", CreatedOn: date(2026, 11, 23), Author: houkatsu,
		Subject: Person{Name: "葛\U000E0100城 \uFA10江", Kana: "かつらぎ つかえ"}, Birth: date(1944, 5, 3),
		Household: []HouseholdMember{
			{Name: "葛\U000E0100城 \uFA19一", Kana: "かつらぎ しんいち", Relation: "長男", Birth: date(1972, 8, 19), Note: "ひきこもり22年、受診なし。母の夜の食事を用意している。"},
			{Name: "漏れてはならない氏名", Relation: "長女（別居）", Birth: date(1974, 1, 1), Note: "漏れてはならない事情", Withheld: true},
		},
		Wishes: []Wish{
			{Who: "本人（母）", Text: "この家で、できるだけ長く暮らしたい。息子のことが心配で、自分がいなくなったらと思うと眠れない。人に迷惑はかけたくない。"},
			{Who: "長男", Text: "（本人にはまだ会えていない。母によれば「家から出たくない」「（母が）心配だ」と話している。）"},
			{Who: "長女", Text: "漏れてはならない意向", Withheld: true},
		},
		Situation: Memo{Text: "母（82歳）は要介護2で物忘れが進み、服薬と金銭の管理が難しくなっている。長男（54歳）は22年間ひきこもり、受診も相談もない。収入は母の年金のみで、国保税に滞納がある。\n介護、ひきこもり、家計のそれぞれに相談先はあるが、母を支える機関と長男を支える機関が別々に動いており、家に入る人と時機をそろえる必要がある。長男は母の食事を用意するなど、家の中で役割を持っている。この力を損なわない支援の順番を考える。"},
		Priorities: []Priority{
			{Rank: 1, Code: "17", Issue: "介護", Person: "葛\U000E0100城 \uFA10江", Grounds: "飲み忘れが週3回。冬の間の転倒と脱水が心配される。"},
			{Rank: 2, Code: "15", Issue: "社会的孤立（ニート・ひきこもりなどを含む）", Person: "葛\U000E0100城 \uFA19一", Grounds: "母の介護が進むほど孤立が深まるおそれがある。"},
			{Rank: 3, Code: "09", Issue: "経済的困窮", Person: "世帯", Grounds: "国保税3期分の滞納。"},
			{Rank: 4, Code: "01", Issue: "漏れてはならない課題", Withheld: true},
		},
		LongGoal:   Goal{Text: "母が住み慣れた家で安心して暮らし、長男が自分のペースで人とのつながりを持てる。", Due: date(2027, 11, 30)},
		ShortGoals: []Goal{{Text: "訪問看護を週1回受け、薬を飲み忘れない。", Due: date(2027, 1, 31)}, {Text: "長男が支援者の手紙を受け取り、玄関先で一言を交わす。", Due: date(2027, 3, 31)}, {Text: "国保税の分納を始め、毎月の収支が分かる。", Due: date(2026, 12, 25)}},
		Policy:     Memo{Text: "母の介護を入り口に、家に入る人を限り、時機をそろえる。長男には働きかけを急がず、母への支援を通じて顔の見える関係をつくる。家計は母と一緒に表を作り、支払いの順番を決める。"},
		Roles:      &roles, LeadAgency: "東部地域包括支援センター（𠮷田）", SubAgencies: "社会福祉協議会（渡邉\U000E0100）", AfterAgency: "東部地域包括支援センター",
		Emergency: []Contact{
			{When: "母の転倒・急病", Agency: "消防（救急）", Phone: "119", Note: "かかりつけ：みなと野内科"},
			{When: "平日の昼間", Agency: houkatsu.Agency, Name: houkatsu.Name, Phone: "000-0000-1111", Note: "不在時は当番"},
			{When: "夜間・休日", Agency: "市役所宿直", Phone: "000-0000-2222", Note: "福祉総務課長へ連絡"},
		},
		Services: []Check{{"参加支援事業", false}, {"アウトリーチ等を通じた継続的支援事業", true}, {"包括的相談支援のみ", false}, {"その他（制度サービス：訪問看護、家計改善支援）", true}},
		Extra: []Section{{Title: "アウトリーチ等プラン（長男）", Fields: []Field{
			{Label: "把握の経路", Value: "地域包括支援センターの訪問"}, {Label: "接触の状況", Value: "家族のみ（本人には会えていない）"},
			{Label: "接触の方法・頻度", Value: "手紙（月2回）、母への訪問の同行（月1回）"}, {Label: "安全の確保", Value: "訪問は二人で行う。"},
			{Label: "主治医", Value: "漏れてはならない医師名", Name: true, Withheld: true},
		}}},
		From: date(2026, 12, 1), To: date(2027, 11, 30), NextMonitoring: date(2027, 1, 25),
		Consent: PlanConsent{Signed: true, SignedOn: date(2026, 11, 23), Signer: "葛\U000E0100城 \uFA10江", No: "同2025-0031", Explainer: houkatsu},
		Meeting: PlanMeeting{On: date(2026, 11, 23), Result: "条件付き了承", Conditions: "収納課の分納についての回答を11月30日までに確かめる。", DecidedOn: jptime.Date{Year: 2026, Month: 12, Day: 1}, DecidedBy: Person{Agency: "みなと野市", Post: "福祉部長", Name: "髙\uFA11 修"}},
	}
}
