package demo

import (
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/meeting"
)

// house2: a mother with depression and two children who fled from violence. The address is secret for all three, and the
// ward's welfare commissioner, a relative of the father, gets nothing. The mother consented for herself and, as holder of
// parental authority, for the children; one agency she took back in part.
func house2() household {
	consentFor := func(person string, grantor consent.Grantor, scope map[string][]consent.Item) given {
		g := given{person: person, explained: -66, until: 298, scope: scope, in: consent.Input{State: consent.StatePartial, Grantor: grantor,
			Purposes: []consent.Purpose{consent.PurposeConference, consent.PurposePlan, consent.PurposeCoordination}, Forms: []string{"data", "screen", "oral"},
			Method: consent.MethodWritten, ExplainedBy: "石井 千尋", ExplainHow: "こども家庭センターの面接室。休みながら2回に分けて説明。",
			Details: consent.Details{Explanation: consent.Explanation{Way: consent.WayFace, Care: []consent.Care{consent.CareRead}}}}}
		if grantor == consent.GrantorParent {
			g.in.GrantorName, g.in.GrantorDoc = "渡邉\U000E0100 美咲", "戸籍全部事項証明書(単独親権)"
			g.in.Details.Agent = &consent.Agent{Kind: consent.AgentParent, Relation: "母"}
		}
		return g
	}
	mother := consentFor("mother", consent.GrantorSelf, map[string][]consent.Item{
		"kodomo":  {consent.ItemBasic, consent.ItemFamily, consent.ItemHealth, consent.ItemDisability, consent.ItemIncome, consent.ItemWork, consent.ItemSchool, consent.ItemAbuse, consent.ItemProgress},
		"sora":    {consent.ItemBasic, consent.ItemFamily, consent.ItemHealth, consent.ItemDisability, consent.ItemProgress},
		"seifuku": {consent.ItemBasic, consent.ItemFamily, consent.ItemIncome, consent.ItemWork},
		"ssw":     {consent.ItemBasic, consent.ItemFamily, consent.ItemSchool, consent.ItemHealth},
		// 法テラス: what it needs for the divorce, nothing of the illness
		"houterasu": {consent.ItemBasic, consent.ItemAbuse},
	})
	mother.withdrawn = &taken{day: -18, agencies: []string{"ssw"}, items: []consent.Item{consent.ItemHealth},
		note: "電話で申し出。「学校には病気のことまでは知られたくない。娘が気にする。」"}
	children := map[string][]consent.Item{
		"kodomo": {consent.ItemBasic, consent.ItemFamily, consent.ItemSchool, consent.ItemHealth, consent.ItemAbuse, consent.ItemProgress},
		"ssw":    {consent.ItemBasic, consent.ItemFamily, consent.ItemSchool, consent.ItemProgress},
	}
	secret := func(name, kana, relation, sex string, subject bool) cases.PersonInput {
		return cases.PersonInput{Name: name, Kana: kana, Relation: relation, Sex: sex, Subject: subject, AddressSecret: true}
	}
	return household{
		opened: 101,
		persons: []person{
			{"mother", 38, 120, []string{"minsei"}, secret("渡邉\U000E0100 美咲", "わたなべ みさき", "本人", "女", true)},
			{"daughter", 14, -33, []string{"minsei"}, secret("渡邉\U000E0100 結菜", "わたなべ ゆいな", "長女", "女", true)},
			{"brother", 7, -150, []string{"minsei"}, secret("渡邉\U000E0100 蒼太", "わたなべ そうた", "次男", "男", false)},
		},
		agencies: []involved{{"kodomo", "主担当。週1回の面接"}, {"ssw", "長女の登校の相談"}, {"sora", "母の障害福祉サービスの相談"},
			{"seifuku", "生活保護の申請の相談"}, {"houterasu", "離婚・養育費の相談"}},
		stages:  []cases.Stage{cases.StageIntake, cases.StageAssessment, cases.StagePlanning},
		grounds: []string{"01", "04"}, screened: "長女の家事の負担を引き受ける制度がなく、学校と福祉が分かれて見ている。母は情報共有に前向きで、プランを作って役割を決める。",
		drawing: house2Drawing(),
		sheets: map[string][]value{"": {
			{"received_agency", "kodomo"}, {"received_by", "石井 千尋"}, {"consent_kind", "with"}, {"urgency", "week"}, {"route", "06"},
			{"route_other", "東中学校 スクールソーシャルワーカー"}, {"source_agency", "ssw"},
			{"handover", "長女の欠席が続き家庭訪問したところ、母が寝込み、長女が弟の世話と家事をしていました。転居前のことは母から直接聞いてください。住所は学校でも管理職とSSWだけが知っています。"},
			{"living_together", "yes"}, {"living_together_n", 2.0}, {"living_apart", "yes"}, {"housing", "02"}, {"rent", 52000.0},
			{"chronicle", "{y-15} 結婚(母)\n{y-14} 長女が生まれる(母)\n{y-7} 次男が生まれる。このころから夫の暴言と物を壊す行為が続く(母)\n{y-1} 長女の前で母が殴られ、翌朝に子ども二人を連れて家を出る(母)\n{y-1} 一時保護を経て重ね市に転入。住民票の閲覧制限(DV等支援措置)を申し出る(こども家庭センター)\n{w-101} 長女の欠席が月12日となり、SSWが家庭訪問(学校)"},
			{"genogram", "母と子ども二人の三人世帯。父とは別居中で、居所を知られてはならない。母方の祖母は他県で施設に入所している。"},
			{"income", 143000.0}, {"income_source", "傷病手当金と児童手当"}, {"welfare", "applying"}, {"arrears", `["01"]`}, {"arrears_yen", 104000.0}, {"debt", "no"}, {"budget_keeper", "母。しんどい日は長女が買い物をする。"},
			{"involved", "こども家庭センター 石井 / {w-101}から / 面接・訪問 / 週1回 / 良好\n東中学校SSW 原 / {w-130}から / 登校の相談 / 週1回 / 良好\n相談支援事業所そら 藤田 / {w-60}から / サービス等利用計画 / 月1回 / 普通"},
			{"family_wish", "長女「お母さんが朝起きられる日は、学校に行ける。弟の宿題はだれかに見てほしい。」"},
			{"summary", "母の病状が家族の毎日を左右し、長女が大人の役割を引き受けている。長女を責めずに荷物を下ろすこと、母の治療を続けられる暮らしを整えること、居所を守ることを同時に進める。"},
			{"supporter_trouble", `["01","04"]`}, {"supporter_trouble_text", "学校は登校、福祉は母の病気と分かれて見ており、長女の家事の負担を引き受ける制度が見当たらない。"},
			{"screening", "4"}, {"screening_on", "{i-88}"},
			{"household_log", "{-101} 訪問 原(SSW) / 長女が玄関に出る。台所に弟の弁当。\n{-98} 面談 石井 / 母、30分で疲れて横になる。次回から短く2回に分ける。\n{-66} 面談 石井 / 情報共有の同意。夫の親族が民生委員にいるため、民生委員には何も伝えないよう強く希望。\n{-40} 他機関との会議 / 生活保護の申請、家賃の滞納の相談。\n{-18} 電話 / SSWへの健康情報の共有を撤回。"}},
			"mother": {{"address", "重ね市西町(以下、主担当が別に管理)"}, {"contact_hours", "午後2時から4時"}, {"contact_care", "電話は非通知にしない。留守番電話に名前を残さない。郵便は局留め。"},
				{"consultation", `["01","03","04","11","14"]`}, {"trouble", "「朝、体が動かない。子どもに弁当も作れない自分が情けない。あの人に見つかるのがこわくて、洗濯物も外に干せない。」"},
				{"application_sign", true}, {"application_on", "{i-66}"},
				{"marriage", "05"}, {"marriage_other", "別居中・離婚協議の準備"}, {"children", "yes"}, {"children_n", 2.0}, {"children_dep", 2.0},
				{"health", "02"}, {"doctor", "重ね総合病院 心療内科(うつ病) 2週に1回。抗うつ薬・睡眠薬。"}, {"history_illness", "{y-1} うつ病の診断。"}, {"danger", "「消えたくなる」と話すことがある(最後は{w-72})。具体的な計画はない。夜間はこころの電話相談の番号を渡している。"},
				{"handbook", `["applying"]`}, {"jiritsu_iryo", "yes"}, {"disability_level", "none"}, {"care_level", "none"}, {"insurance", "02"},
				{"benefit", `["05","06"]`}, {"work", "irregular"}, {"education", "05"}, {"licence", "調理師"}, {"career", "病院の給食調理を8年。休職中。"},
				{"abuse", "{y-7}ころから夫による暴言・物を壊す行為。{y-1}に長女の前で殴られ、避難。保護命令の期間は終わっている。居所は夫とその親族に知られていない。"},
				{"wish", "「治して、また給食を作りたい。子どもには子どもでいてほしい。」"}, {"strength", "調理の腕。子どもの前では声を荒らげない。困ったことをメモにして持ってくる。"}, {"clue", "台所の話になると表情が動く。"},
				{"need", `["06","09","18","22","23"]`}, {"need_ext", `["x03"]`},
				{"log", "{-98} 面談 石井 / 受診は続いているが、薬が切れる前の数日に寝込む。\n{-72} 電話 石井 / 「消えたくなる」。主治医に連絡し、翌日の受診に同行。\n{-30} 面談 石井・藤田 / 家事援助の利用を検討。「人を家に入れるのがこわい」。最初は石井が同席することに。"}},
			"daughter": {{"wish", "「部活に戻りたい。でも、お母さんの薬の日は家にいたい。」"}, {"strength", "料理と段取り。弟の宿題を毎日見ている。吹奏楽部でクラリネットを吹いていた。"},
				{"school", "東中学校2年。今年度の欠席は月8〜12日。別室登校は給食までなら来られる。担任とSSWに居所を知らせている。学校からの家庭への連絡はSSWを通す。"},
				{"need", `["18","19"]`}, {"need_ext", `["x03"]`}, {"clue", "音楽室なら来られる。"}, {"log", "{-95} 面談 原(SSW) / 家事の時間を一緒に表にする。平日4時間。\n{-26} 面談 原 / 音楽室で顧問と話す。「楽器、まだあった」。"}},
			"brother": {{"school", "東小学校1年。欠席なし。宿題の丸付けを姉がしている。放課後は学童保育。"}, {"strength", "人なつこい。給食を残さない。"}, {"log", "{-60} 電話 / 学童の指導員より、迎えの時間に姉が来ることが多いと連絡。"}},
		},
		consents: []given{mother, consentFor("daughter", consent.GrantorParent, children), consentFor("brother", consent.GrantorParent, children)},
		plan: &plan{made: 20,
			heads: map[string]any{"lead": "kodomo", "period_from": "{i+5}", "period_to": "{i+180}", "next_monitoring": "{i+65}", "programs": `["sanka"]`},
			texts: []prose{{place{"", consent.ItemBasic}, "wish", "母「子どもには子どもでいてほしい。」\n長女「部活に戻りたい。」"},
				{place{"", consent.ItemBasic}, "policy", "長女から家事を取り上げるのではなく、長女が選べる時間を増やす。母の負担の少ない曜日から始める。居所に関わる情報は主担当だけが扱う。"}},
			needs: []need{{place{"daughter", consent.ItemSchool}, "need0school", "19", "daughter", "1", "家事と弟の世話のため、登校と部活動をあきらめている。"},
				{place{"mother", consent.ItemHealth}, "need0moth06", "06", "mother", "2", "薬が切れる前の数日に寝込み、家族の一日が止まる。"}},
			goals: []goal{{place{"daughter", consent.ItemSchool}, "goal0school", "need0school", "short", 60, "週に2日、音楽室に登校する。"},
				{place{"mother", consent.ItemHealth}, "goal0moth06", "need0moth06", "short", 60, "受診の間隔と薬の日数を主治医と相談し直す。"}},
			acts: []action{{place{"daughter", consent.ItemSchool}, "act0school1", "goal0school", "need0school", "音楽室への登校", []cell{
				{column: "ssw", code: "lead", content: "顧問と登校の日を決め、朝に校門で迎える。", who: "原 美由紀", freq: "週2回", start: 6, due: 60},
				{column: "kodomo", code: "assist", content: "登校の日の朝、母に電話を入れる。", who: "石井 千尋", freq: "週2回", start: 6, due: 60}}},
				{place{"mother", consent.ItemHealth}, "act0moth060", "goal0moth06", "need0moth06", "受診の付き添いと薬の日数の相談", []cell{
					{column: "sora", code: "lead", content: "次の受診に同行し、寝込む日の記録を主治医に見せる。", who: "藤田 大輔", freq: "1回", start: 8, due: 30}}}}},
		meetings: []session{{typeID: "layered", title: "初回プランの協議", place: "重ね市 こども家庭センター 相談室", day: 5, hour: 10, minutes: 60, form: meeting.FormHybrid, withPlan: true,
			seats: []seat{{agency: "soumu", speaker: "kaicho", member: true}, {agency: "takikan", speaker: "jimukyoku", member: true}, {agency: "kodomo", speaker: "kodomo", member: true},
				{agency: "ssw", speaker: "ssw", member: true}, {agency: "sora", speaker: "sora", member: true}, {agency: "seifuku", speaker: "seifuku", member: true}},
			agenda: []meeting.AgendaItem{{Title: "長女の時間を取り戻す", Purpose: meeting.PurposePolicy, Point: "家事をだれが、どの曜日に引き受けるか。", Item: consent.ItemSchool, Person: "daughter", Minutes: 25},
				{Title: "母の治療と家事の支え", Purpose: meeting.PurposePolicy, Point: "寝込む日の前後をどう支えるか。", Item: consent.ItemHealth, Person: "mother", Minutes: 20}}}},
	}
}
