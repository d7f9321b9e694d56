package demo

import (
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/meeting"
)

// house3: a man who lives alone among what he has collected and wants no help. He refused consent, was asked again, and
// is thinking it over. So it is a 支援会議, with fire brigade and environment section designated as 構成員外.
func house3() household {
	return household{
		opened:   118,
		persons:  []person{{"man", 67, -200, nil, cases.PersonInput{Name: "大\uFA10 𠮷三", Kana: "おおつか きちぞう", Relation: "本人", Sex: "男", Subject: true}}},
		agencies: []involved{{"houkatsu", "月2回の訪問"}, {"csw", "近隣との間に入る"}, {"jiritsu", "債務の相談"}, {"minsei", "見守り"}, {"msw", "足の傷の受診"}},
		moves: []move{
			{day: -116, StageInput: cases.StageInput{Stage: cases.StageClosed}},
			{day: -104, StageInput: cases.StageInput{Stage: cases.StageReceived, Reason: "フォローアップで足の傷が分かり、関わりを続けることにした。"}},
			{day: -103, StageInput: cases.StageInput{Stage: cases.StageIntake}},
			{day: -96, StageInput: cases.StageInput{Stage: cases.StageSeeking}},
		},
		asks: []asking{{agency: "csw", planned: -115, due: -106, done: -105, result: "02", note: "公民館の襖の修理をたのむと戸口に出てきた。右足のすねに傷。「医者は嫌いだ」。"}},
		tries: []try{
			{login: "csw", day: -117, method: "visit", met: "self", relation: "talk", body: "玄関先で20分。建具の話になると笑顔。家の中の話になると戸を閉める。"},
			{login: "csw", day: -61, method: "visit", met: "self", relation: "talk", body: "公民館の襖を直してもらう。報酬は受け取らず、缶コーヒーを1本。"},
			{login: "houkatsu", day: -47, method: "visit", met: "self", relation: "talk", body: "右足のすねの傷にガーゼを渡す。受診の話はまだしない。"},
		},
		grounds: []string{"04", "05", "07"}, screened: "本人は関わりを望んでいないが、火の備えと足の傷が心配される。同意に向けて関係をつくりながら、支援会議で見守りを決める。",
		sheets: map[string][]value{"": {
			{"received_agency", "csw"}, {"received_by", "井上 拓也"}, {"consent_kind", "without"}, {"urgency", "week"}, {"route", "04"}, {"visitor_name", "隣家の方"}, {"visitor_relation", "03"},
			{"handover", "隣家から「においと虫がひどい。火事が心配」と社協に電話。本人は玄関先では話すが、家の中には入れない。片づけの話になると戸を閉める。"},
			{"living_together", "no"}, {"living_apart", "yes"}, {"housing", "01"}, {"rent", 0.0},
			{"chronicle", "{y-40} 建具職人として独立(本人)\n{y-9} 妻が亡くなる(民生委員)\n{y-6} 工場の火災で仕事道具を失い、廃業(本人)\n{y-4} 自宅の前に木材や家電が増え始める(隣家)\n{y-1} 近隣の3軒から市に苦情(環境課)\n{w-118} 隣家が社協に相談(社協CSW)"},
			{"income", 74000.0}, {"income_source", "老齢基礎年金"}, {"welfare", "none"}, {"arrears", `["02","04"]`}, {"arrears_yen", 212000.0}, {"debt", "yes"}, {"debt_yen", 1340000.0}, {"debt_n", 3.0}, {"budget_keeper", "本人"},
			{"involved", "社協CSW 井上 / {w-118}から / 訪問 / 週1回 / 普通\n東部地域包括支援センター 中村 / {w-100}から / 訪問 / 月2回 / 普通\n民生委員 森 / {y-9}から / 見守り / 月2回 / 良好"},
			{"summary", "妻の死と廃業の後、物を集めることが暮らしの支えになっている。ごみを減らすことを目的にせず、足の傷の手当てと火の備えを入口に関係をつくる。"},
			{"supporter_trouble", `["04","05","07"]`}, {"supporter_trouble_text", "環境課には撤去を求める声が届くが、根拠となる条例がない。どの段階で消防に相談してよいのか分からない。"},
			{"screening", "3"}, {"screening_on", "{i-96}"},
			{"household_log", "{-118} 電話 隣家より社協へ。\n{-117} 訪問 井上 / 玄関先で20分。建具の話になると笑顔。\n{-90} 訪問 井上・中村 / 情報共有の説明。「役所に言うなら二度と来るな」。不同意。\n{-47} 訪問 中村 / 右足のすねに傷。ガーゼを受け取る。\n{-10} 訪問 井上 / 同意の話をもう一度。「考えとく」。"}},
			"man": {{"address", "重ね市北町1丁目2番8号"}, {"contact_care", "午前中は寝ている。夕方4時ころに行くと玄関先に出てくる。"}, {"trouble", "「これはごみじゃねえ。直せば使える。人に迷惑はかけてねえ。」"},
				{"marriage", "04"}, {"children", "no"}, {"health", "03"}, {"doctor", "通院なし。右足のすねの傷に市販の軟膏を塗っている。"}, {"danger", "石油ストーブの周りに木材がある。本人は「火の扱いは職人だ」と話す。"}, {"handbook", `["none"]`}, {"care_level", "none"}, {"insurance", "01"},
				{"benefit", `["01"]`}, {"money_support", "no"}, {"work", "not"}, {"jobless", "04"}, {"education", "01"}, {"licence", "建具製作技能士 1級"}, {"career", "建具職人を40年。"},
				{"wish", "「ほっといてくれ。」\n(別の日)「この鉋だけは、だれか使うやつに渡したい。」"}, {"strength", "木のことなら何でも知っている。約束の時間は守る。"}, {"clue", "建具の修理を頼まれると、必ず出てくる。"},
				{"need", `["02","09","10","14","15"]`}, {"need_ext", `["x04","x06","x07","x09"]`},
				{"log", "{-117} 訪問 井上 / 公民館の襖が外れる話をすると「敷居に蝋を塗れ」。\n{-61} 訪問 井上 / 公民館の襖を直してもらう。報酬は受け取らず、缶コーヒー1本。\n{-47} 訪問 中村 / 足の傷。受診は「医者は嫌いだ」。MSWに相談。\n{-10} 訪問 井上 / 同意書を置いてくる。「考えとく」。"}}},
		consents: []given{
			{person: "man", explained: -90, in: consent.Input{State: consent.StateRefused, Grantor: consent.GrantorSelf, Method: consent.MethodOral,
				ExplainedBy: "井上 拓也", Details: consent.Details{
					Oral:        &consent.Oral{Hearer: "井上 拓也", Witness: "中村 由紀", Place: "自宅の玄関先", Words: "「役所に言うなら二度と来るな」。"},
					Explanation: consent.Explanation{Way: consent.WayVisit, Care: []consent.Care{consent.CareRead}}}}},
			{person: "man", explained: -10, in: consent.Input{State: consent.StatePending, Grantor: consent.GrantorSelf, ExplainedBy: "井上 拓也", ExplainHow: "大きな字の同意書を置き、断ってよいことを伝えた。"}},
		},
		meetings: []session{{typeID: "support", title: "暮らしの備えの検討", place: "重ね市社会福祉協議会 会議室", day: 8, hour: 15, minutes: 60, form: meeting.FormRoom,
			convened: [3]string{"重ね市 福祉総務課長 \uFA19谷 亮", "社会福祉法第106条の6第1項", "本人の同意が得られていないが、石油ストーブの周りに木材があり、足の傷の悪化も心配される。本人との関係を壊さない見守りの体制を検討する。"},
			seats: []seat{{agency: "soumu", speaker: "kaicho", member: true}, {agency: "takikan", speaker: "jimukyoku", member: true}, {agency: "csw", speaker: "csw", member: true},
				{agency: "houkatsu", speaker: "houkatsu", member: true}, {agency: "jiritsu", speaker: "jiritsu", member: true}, {agency: "minsei", speaker: "minsei", member: true},
				{agency: "shobo", speaker: "shobo", designated: "石油ストーブと可燃物の距離、住宅用火災警報器の貸与について助言を得るため。"},
				{agency: "kankyo", speaker: "kankyo", designated: "近隣からの苦情の経過を共有し、撤去を前提としない対応を合わせるため。"}},
			agenda: []meeting.AgendaItem{{Title: "火の備え", Purpose: meeting.PurposePolicy, Point: "本人が受け入れやすい形で、火災警報器とストーブの置き場所をどう話すか。", Item: consent.ItemProgress, Person: "man", Minutes: 20},
				{Title: "足の傷の受診", Purpose: meeting.PurposePolicy, Point: "医者嫌いの本人に、だれが、どこで診てもらう形を提案するか。", Item: consent.ItemHealth, Person: "man", Minutes: 20},
				{Title: "近隣との間", Purpose: meeting.PurposeShare, Point: "苦情への返事を一本にする。", Item: consent.ItemBasic, Person: "man", Minutes: 15}}}},
	}
}
