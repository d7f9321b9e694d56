package demo

import (
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/meeting"
)

// house4: a pregnant woman from the Philippines and her husband, who must leave the company flat. Her name is long and
// Latin, with a long alias; his has two characters that old systems do not know. Her consent was explained with an
// interpreter; his has run out.
func house4() household {
	return household{
		opened: 390,
		persons: []person{
			{"wife", 31, 64, nil, cases.PersonInput{Name: "MARIA CLARA DE LOS SANTOS TAKAYOSHI VILLANUEVA", Kana: "まりあ くらら で ろす さんとす たかよし びりゃぬえば",
				Alias: "髙𠮷 マリア・クララ・デ・ロス・サントス(通称)", Relation: "本人", Sex: "女", Subject: true}},
			{"husband", 45, -11, nil, cases.PersonInput{Name: "髙𠮷 健", Kana: "たかよし けん", Relation: "夫", Sex: "男", Subject: true}},
		},
		agencies: []involved{{"kodomo", "妊娠期からの相談"}, {"kokusai", "通訳、日本語教室"}, {"sumai", "住まい探し"}, {"jiritsu", "家計・住居確保給付金"}, {"msw", "出産の費用と受診"}},
		moves: []move{
			{day: -380, StageInput: cases.StageInput{Stage: cases.StageIntake}},
			{day: -370, StageInput: cases.StageInput{Stage: cases.StageAssessment}},
			{day: -300, until: -90, StageInput: cases.StageInput{Stage: cases.StageSuspended, Code: "07", Reason: "家計が落ち着き、夫婦とも「今は大丈夫」。夫の契約の更新のころにたずねる約束をした。"}},
			{day: -95, StageInput: cases.StageInput{Stage: cases.StageAssessment, Reason: "夫の契約が終わることが分かり、再開した。"}},
		},
		grounds: []string{"01", "04"}, screened: "住まい・家計・手続が同じ時期に重なり、1つの機関では順番が決められない。夫婦とも支援を希望している。",
		sheets: map[string][]value{"": {
			{"received_agency", "kokusai"}, {"received_by", "𠮷田 リサ"}, {"consent_kind", "with"}, {"urgency", "normal"}, {"route", "01"},
			{"living_together", "yes"}, {"living_together_n", 1.0}, {"living_apart", "yes"}, {"housing", "04"}, {"rent", 30000.0},
			{"handover", "ご主人の契約が終わり、社宅を出る日が決まっています。奥さんは妊娠7か月で、健診を2回休みました。書類の漢字が読めず、市からの手紙をまとめて持ってきました。通訳はタガログ語、やさしい日本語なら少し話せます。"},
			{"chronicle", "{y-6} 来日、食品工場で働く(本人)\n{y-3} 結婚(本人)\n{w-390} 日本語教室で家計の相談があり受付(国際交流協会)\n{w-60} 夫の契約終了が決まる。社宅の退去は{w+75}(夫)"},
			{"income", 186000.0}, {"income_source", "夫の給与"}, {"welfare", "none"}, {"arrears", `["03"]`}, {"arrears_yen", 58000.0}, {"debt", "yes"}, {"debt_yen", 420000.0}, {"debt_n", 1.0}, {"budget_keeper", "夫"},
			{"family_wish", "夫「生まれる前に、落ち着いて暮らせる部屋を決めたい。」"},
			{"summary", "住まい・出産・在留の手続が同じ時期に重なる。出産前に住まいを決めることを最優先とし、手続は国際交流協会が予定表にして夫婦に渡す。"},
			{"supporter_trouble", `["01","04"]`}, {"screening", "4"}, {"screening_on", "{i-370}"},
			{"household_log", "{-390} 面談 𠮷田(通訳) / 家計の相談。夫の同意を得て自立相談につなぐ。\n{-30} 来所 / 手紙の束を一緒に開ける。健診の未受診が2回。\n{-24} 面談 / 妻に、やさしい日本語と通訳で情報共有の説明。同意。"}},
			"wife": {{"address", "重ね市南町6丁目 社宅203"}, {"contact_care", "電話より文字(ひらがな)のメッセージがよい。"}, {"consultation", `["02","03","11"]`},
				{"trouble", "「赤ちゃんが来ます。でも家がなくなります。病院の紙、漢字が多いです。はずかしくて聞けませんでした。」"}, {"application_sign", true}, {"application_on", "{i-24}"},
				{"marriage", "02"}, {"children", "no"}, {"health", "02"}, {"doctor", "重ね総合病院 産婦人科。妊娠7か月。健診を2回受けていない。貧血の薬。"}, {"handbook", `["none"]`}, {"care_level", "none"}, {"insurance", "01"},
				{"work", "not"}, {"jobless", "01"}, {"education", "07"}, {"career", "本国で幼稚園の先生。来日後は食品工場。"}, {"licence", "幼稚園教諭(フィリピン)"},
				{"wish", "「静かな部屋で赤ちゃんを育てたい。日本語をもっと勉強したい。」"}, {"strength", "歌と絵本。日本語教室の友だちが多い。ひらがなは読める。"}, {"clue", "教会の友人と日本語教室の先生を信頼している。"},
				{"need", `["07","09","24","27"]`},
				{"log", "{-30} 来所 𠮷田 / 健診を休んだ理由は「次の紙の意味が分からなかった」。MSWに電話し、翌週の予約を取る。\n{-22} 同行 西田(MSW) / 健診。母子ともに順調。出産育児一時金の直接支払の説明(通訳)。"}},
			"husband": {{"trouble", "「会社の都合で部屋まで出ろと言われて、正直どうしていいか分からない。」"}, {"work", "irregular"}, {"education", "03"}, {"career", "自動車部品の派遣、9年。"}, {"licence", "フォークリフト"}, {"health", "01"}, {"insurance", "01"},
				{"wish", "「同じ町で次の仕事を見つけたい。」"}, {"need", `["07","09","10","12"]`}, {"log", "{-28} 面談 岡本 / 住居確保給付金と求職の相談。"}},
		},
		consents: []given{
			{person: "husband", explained: -385, until: -21, scope: map[string][]consent.Item{"jiritsu": {consent.ItemBasic, consent.ItemIncome, consent.ItemWork}, "kokusai": {consent.ItemBasic, consent.ItemFamily}},
				in: consent.Input{State: consent.StateGranted, Grantor: consent.GrantorSelf, Purposes: []consent.Purpose{consent.PurposeConference, consent.PurposeCoordination}, Method: consent.MethodWritten, ExplainedBy: "𠮷田 リサ"}},
			{person: "wife", explained: -24, until: 340, scope: map[string][]consent.Item{
				"kodomo": {consent.ItemBasic, consent.ItemFamily, consent.ItemHealth, consent.ItemProgress, consent.ItemAddress}, "msw": {consent.ItemBasic, consent.ItemHealth, consent.ItemIncome},
				"kokusai": {consent.ItemBasic, consent.ItemFamily, consent.ItemProgress, consent.ItemAddress}, "sumai": {consent.ItemBasic, consent.ItemFamily, consent.ItemIncome, consent.ItemAddress}},
				in: consent.Input{State: consent.StatePartial, Grantor: consent.GrantorSelf, Purposes: []consent.Purpose{consent.PurposeConference, consent.PurposePlan, consent.PurposeCoordination},
					Method: consent.MethodWritten, MethodNote: "ローマ字で自署。夫が同席。", ExplainedBy: "𠮷田 リサ", ExplainHow: "やさしい日本語版を使い、タガログ語で通訳(𠮷田)。「やめたいときは、いつでもやめられます」を二度確かめた。",
					Details: consent.Details{Explanation: consent.Explanation{Way: consent.WayFace, Care: []consent.Care{consent.CareEasy, consent.CareInterpreter, consent.CareFamily},
						Language: "タガログ語", Interpreter: "𠮷田 リサ", Family: "夫"}}}},
		},
		meetings: []session{house4First(), {typeID: "layered", title: "住まいと暮らしの準備", place: "オンライン", day: 12, hour: 16, minutes: 45, form: meeting.FormRemote,
			seats: []seat{{agency: "soumu", speaker: "kaicho", member: true}, {agency: "takikan", speaker: "jimukyoku", member: true}, {agency: "kodomo", speaker: "kodomo", member: true},
				{agency: "kokusai", speaker: "kokusai", member: true}, {agency: "sumai", speaker: "sumai", member: true}, {agency: "jiritsu", speaker: "jiritsu", member: true}, {agency: "msw", speaker: "msw", member: true}},
			agenda: []meeting.AgendaItem{{Title: "退去の日までの住まい", Purpose: meeting.PurposePolicy, Point: "保証人と初期費用をどう用意するか。", Item: consent.ItemBasic, Person: "wife", Minutes: 20},
				{Title: "健診と出産の費用", Purpose: meeting.PurposePolicy, Point: "次の健診に、だれが通訳として同行するか。", Item: consent.ItemHealth, Person: "wife", Minutes: 15}}}},
	}
}

// house4First: before her move the agencies met once. Two of the tasks set there are late by now, so that the red list of an agency is not empty.
func house4First() session {
	home, health := place{"wife", consent.ItemBasic}, place{"wife", consent.ItemHealth}
	return session{typeID: "layered", title: "退去までの段取り", place: "重ね市 こども家庭センター 相談室", day: -12, hour: 10, minutes: 60, form: meeting.FormRoom,
		seats: []seat{{agency: "soumu", speaker: "kaicho", member: true}, {agency: "takikan", speaker: "jimukyoku", member: true}, {agency: "kodomo", speaker: "kodomo", member: true},
			{agency: "kokusai", speaker: "kokusai", member: true}, {agency: "sumai", speaker: "sumai", member: true}, {agency: "msw", speaker: "msw", member: true}},
		agenda: []meeting.AgendaItem{{Title: "社宅を出る日までの順番", Purpose: meeting.PurposeShare, Kind: meeting.AgendaShare, Point: "住まい・健診・手続を、どの順に、だれが案内するか。", Item: consent.ItemBasic, Person: "wife", Minutes: 40}},
		past: &held{
			minutes: []row{
				{home, "point", nil, map[string]string{"title": "社宅を出る日までの順番", "content": "退去の日が決まっている。部屋を決めてから、転校や郵便などの手続をまとめて案内する。",
					"conclusion": "住まい探しを先に進め、手続は一枚の予定表にして夫婦に渡す。"}},
				{home, "decision", nil, map[string]string{"text": "居住支援法人が部屋を3つまでに絞り、国際交流協会が通訳として内見に同行する。"}},
				{health, "decision", nil, map[string]string{"text": "次の健診に、MSWが付き添う。"}},
				{home, "homework", map[string]any{"agency": "kodomo", "who": "石井 千尋", "due": "{i-4}"}, map[string]string{"text": "ひらがなの予定表をつくり、夫婦に渡す。"}},
				{home, "homework", map[string]any{"agency": "sumai", "who": "渡邊 一郎", "due": "{i-3}"}, map[string]string{"text": "保証人のいらない部屋を3つ探す。"}},
				{home, "homework", map[string]any{"agency": "kokusai", "who": "𠮷田 リサ", "due": "{i+9}"}, map[string]string{"text": "内見の日に通訳として同行する。"}},
			},
			next: [3]string{"{i+12}", "16:00", "住まいの見通し、出産の費用"},
		}}
}
