package demo

import (
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/meeting"
)

// house1 is the 8050 household: a mother who begins to forget, a son who has not left the house for 22 years. She agreed in
// part; nobody has met him yet. The 重層的支援会議 about her is today's meeting.
func house1() household {
	return household{
		opened: 152,
		persons: []person{
			{"mother", 82, -74, nil, cases.PersonInput{Name: "山\uFA11 キヨ", Kana: "やまさき きよ", Relation: "本人", Sex: "女", Subject: true}},
			{"son", 54, 39, nil, cases.PersonInput{Name: "山\uFA11 隆史", Kana: "やまさき たかし", Relation: "長男", Sex: "男"}},
		},
		agencies: []involved{
			{"houkatsu", "介護保険の相談、月1回の訪問"}, {"csw", "長男への手紙と訪問"}, {"hokenjo", "長男の健康相談の窓口"},
			{"jiritsu", "家計の相談"}, {"zeimu", "国保税の納付相談"}, {"minsei", "見守り、最初の気づき"}, {"houkan", "週1回の訪問看護(血圧・服薬)"},
		},
		stages:  []cases.Stage{cases.StageIntake, cases.StageSeeking, cases.StageAssessment, cases.StagePlanning},
		grounds: []string{"01", "02", "03", "05"}, screened: "介護・家計・長男のことが絡み合い、包括だけでは順番が決められない。母の同意はまだなので、支援会議で役割を整理しながら説明を続ける。",
		sheets:  map[string][]value{"": house1Home, "mother": house1Mother, "son": house1Son},
		drawing: house1Drawing(),
		tries: []try{
			{login: "csw", person: "son", day: -59, method: "letter", met: "none", relation: "indirect", body: "長男あてに手紙(1通目)。返事はいらないこと、月に2回届けることを書いた。"},
			{login: "csw", person: "son", day: -30, method: "visit", met: "family", relation: "indirect", body: "手紙を届ける。母によると、前の手紙は部屋に持っていったとのこと。2階で足音がしたので、ドア越しに名乗って帰る。"},
			{login: "csw", person: "son", day: -9, method: "visit", met: "none", relation: "contact", body: "ドア越しに声をかけると、初めて「はい」と返事。用件だけ伝えて5分で帰る。"},
		},
		consents: []given{
			{person: "son", explained: -45, in: consent.Input{State: consent.StateUnknown,
				MethodNote: "居室のドア越しに声をかけたが返事はない。手紙を置き、同意の説明には至っていない。", ExplainedBy: "井上 拓也"}},
			{person: "mother", explained: -80, in: consent.Input{State: consent.StatePending, Grantor: consent.GrantorSelf, ExplainedBy: "中村 由紀",
				ExplainHow: "自宅の居間で、大きな字の説明書を読み上げながら説明。「息子に聞いてからにしたい」とのこと。"}},
			{person: "mother", explained: -21, until: 343, scope: house1Scope(), in: consent.Input{State: consent.StatePartial, Grantor: consent.GrantorSelf,
				Purposes: []consent.Purpose{consent.PurposeConference, consent.PurposePlan, consent.PurposeCoordination}, Forms: []string{"paper", "data", "screen"},
				Sources: []string{"houkatsu", "houkan", "minsei"}, Method: consent.MethodWritten,
				MethodNote:  "自宅の居間で自署。訪問看護師の林が同席。",
				ExplainedBy: "中村 由紀", ExplainHow: "ふりがな付きの同意書を読み上げ、機関ごとに「この人には何を話してよいか」を一つずつ確かめた。病気のことは「先生と看護婦さんと包括さんだけ」、お金のことは「税金の人と暮らしの相談の人だけ」と希望。",
				Details: consent.Details{Explanation: consent.Explanation{Way: consent.WayVisit, Care: []consent.Care{consent.CareRuby, consent.CareRead}}}}},
		},
		plan: house1Plan(),
		meetings: []session{house1First(), {
			typeID: "layered", title: "初回プランの協議", place: "重ね市役所 2階 第3会議室", day: 0, hour: 14, minutes: 60,
			form: meeting.FormHybrid, withPlan: true, sheets: house1Sheets(),
			seats: []seat{{agency: "soumu", speaker: "kaicho", member: true}, {agency: "takikan", speaker: "jimukyoku", member: true},
				{agency: "houkatsu", speaker: "houkatsu", member: true}, {agency: "csw", speaker: "csw", member: true}, {agency: "hokenjo", speaker: "hokenjo", member: true},
				{agency: "jiritsu", speaker: "jiritsu", member: true}, {agency: "zeimu", speaker: "zeimu", member: true},
				{agency: "minsei", speaker: "minsei", member: true}, {agency: "houkan", speaker: "houkan", member: true}},
			agenda: []meeting.AgendaItem{
				{Title: "介護サービスの再開と見守り", Purpose: meeting.PurposePolicy, Kind: meeting.AgendaNew, Point: "母が受け入れやすい順に、だれが、何から始めるか。", Item: consent.ItemCare, Person: "mother", Minutes: 15},
				{Title: "もの忘れの受診", Purpose: meeting.PurposePolicy, Kind: meeting.AgendaNew, Point: "付き添いと紹介状を、だれが引き受けるか。", Item: consent.ItemHealth, Person: "mother", Minutes: 10},
				{Title: "国保税の滞納と家計", Purpose: meeting.PurposePolicy, Kind: meeting.AgendaNew, Point: "督促と相談をどう両立させるか。家計を一緒に見る人を決める。", Item: consent.ItemIncome, Person: "mother", Minutes: 15},
				{Title: "主担当と緊急時の連絡", Purpose: meeting.PurposeJudge, Kind: meeting.AgendaNew, Point: "倒れたとき、夜間に出かけたとき、最初に動く機関はどこか。", Item: consent.ItemBasic, Person: "mother", Minutes: 10},
			},
		}},
	}
}

// house1Scope is the heart of the demo: everybody gets 基本・家族・介護・経過, few get 健康 or 収入.
func house1Scope() map[string][]consent.Item {
	with := func(more ...consent.Item) []consent.Item {
		return append([]consent.Item{consent.ItemBasic, consent.ItemFamily, consent.ItemCare, consent.ItemProgress}, more...)
	}
	return map[string][]consent.Item{
		"houkatsu": with(consent.ItemHealth, consent.ItemDisability, consent.ItemAddress),
		"houkan":   with(consent.ItemHealth, consent.ItemAddress),
		"hokenjo":  with(consent.ItemHealth),
		"csw":      with(consent.ItemAddress),
		"minsei":   with(consent.ItemAddress),
		"jiritsu":  with(consent.ItemIncome),
		"zeimu":    with(consent.ItemIncome),
	}
}

var house1Home = []value{
	{"received_agency", "houkatsu"}, {"received_by", "中村 由紀"}, {"consent_kind", "with"}, {"urgency", "week"},
	{"route", "06"}, {"route_other", "民生委員・児童委員 東部地区"}, {"source_agency", "minsei"},
	{"visitor_name", "森 節子"}, {"visitor_relation", "04"}, {"visitor_tel", "000-0000-1122"},
	{"handover", "介護は包括で対応できますが、同居の長男には誰も会えていません。いくつものことが絡み合い、包括だけでは順番が決められません。主担当と役割を一緒に整理してほしいです。"},
	{"living_together", "yes"}, {"living_together_n", 1.0}, {"living_apart", "yes"}, {"housing", "01"}, {"rent", 0.0},
	{"genogram", "夫は{y-12}に死別。長男(54)と同居。長女(57)は県外で家庭を持ち、年に一度、盆に電話がある。"},
	{"ecomap", "母: 訪問看護(週1)、包括(月1)、民生委員(月2)、隣家の奥さん(野菜のやりとり)。長男: つながりのある機関なし。宅配の受け取りだけは本人が玄関に出ている。"},
	{"chronicle", "{y-52} 現住所に自宅を建てる(本人)\n{y-32} 長男、大学を卒業して食品会社に就職(本人)\n{y-22} 長男が退職し、自室で過ごすようになる(本人)\n{y-12} 夫が心筋梗塞で死去(本人)\n{y-6} 長女が長男に外へ出るよう勧め、口論になる。以後、長女は帰省していない(民生委員)\n{y-2} 母、自宅で転倒。要介護1(包括)\n{y-1} 訪問介護を週2回利用するも、長男が「知らない人を入れるな」と言い、3か月で中止(包括)\n{w-152} 民生委員が、集金の日を何度も間違えることに気づき包括へ相談(民生委員)"},
	{"income", 118000.0}, {"income_source", "母の老齢基礎年金と遺族厚生年金"}, {"welfare", "none"},
	{"arrears", `["03","04"]`}, {"arrears_yen", 386400.0}, {"debt", "no"}, {"budget_keeper", "母(通帳は茶箪笥の引き出し)"},
	{"involved", "東部地域包括支援センター 中村 / {y-2}から / 介護保険の相談・訪問 / 月1回 / 良好\n訪問看護ステーションあおば 林 / {y-1}から / 訪問 / 週1回 / 良好\n民生委員 森 / {y-9}から / 見守り / 月2回 / 良好\n税務課 清水 / {y-1}から / 書面での連絡 / 未接触"},
	{"family_wish", "長女(電話): 母には施設も考えてほしいが、弟を一人にはできないと母が言うので、それ以上は言えない。自分は遠くて通えない。"},
	{"summary", "母は長男の暮らしを支えることを自分の役目と考えており、人の手を借りることをためらう。その間に、暮らしの細かなところに綻びが出てきた。母が安心して支えを受けられる形を先に整え、その過程で長男と出会う機会をつくる。長男については、支援会議で関わり方を続けて検討する。"},
	{"supporter_trouble", `["01","02","03","05"]`},
	{"supporter_trouble_text", "包括は介護の窓口として入っているが、長男への関わりや家計のことまでは担えない。庁内の連絡が別々に届き、母が混乱している。"},
	{"screening", "4"}, {"screening_on", "{i-128}"},
	{"household_log", "{-152} 電話 民生委員の森さんから包括に相談。「ここ二月ほど、集金に行くたびに払った払わないの話になる」。\n{-149} 訪問 包括中村。母は身なりが整い受け答えも丁寧だが、同じ話を3回。台所に同じ豆腐が7丁。2階から足音。\n{-128} 所内会議 多機関協働として受けることを確認。\n{-94} 支援会議(第1回)。長男への関わり方、これからの見守りを決める。\n{-63} 支援会議(第2回)。母への同意の説明を中村・林の二人で行うことを決める。\n{-21} 訪問 母が同意書に署名(一部同意)。"},
}

var house1Mother = []value{
	{"postcode", "000-0012"}, {"address", "重ね市東町3丁目14番5号"}, {"tel_home", "000-0000-3456"}, {"contact_hours", "午前10時から昼まで"},
	{"contact_care", "電話は長男が出ることがあり、そのときは名乗らず切る。午前中に母あてにかける。"},
	{"consultation", `["01","05","10","12"]`},
	{"trouble", "「忘れっぽくなって、払ったかどうか分からなくなるの。通帳を見ても数字が頭に入らない。あの子のごはんのことを考えると、私がしっかりしなきゃと思うんだけど。」"},
	{"application_sign", true}, {"application_on", "{i-21}"},
	{"marriage", "04"}, {"children", "yes"}, {"children_n", 2.0}, {"children_dep", 0.0},
	{"health", "02"}, {"doctor", "東町内科(高血圧・骨粗鬆症) 月1回、タクシーで通院。降圧薬・骨の薬を一包化。飲み残しが月に6〜8包。朝の薬を夜に飲むことがある({-120} 林)。"},
	{"history_illness", "{y-2} 右橈骨遠位端骨折。高血圧症({y-18}から)。物忘れの受診はまだない。"},
	{"handbook", `["none"]`}, {"jiritsu_iryo", "no"}, {"care_level", "k2"},
	{"care_service", "要介護2(区分変更 {w-58})。訪問看護 週1回。訪問介護は{y-1}に中止したまま。デイサービスは「一度見てみてもいい」と話す。入浴は週1回、浴槽をまたぐのが怖い。鍋を焦がした跡が2つ。"},
	{"insurance", "03"}, {"danger", "自傷他害のおそれなし。{-71}の夕方、買い物の帰りに道が分からなくなり、隣家の奥さんと帰宅。"},
	{"benefit", `["01","03"]`}, {"money_support", "no"},
	{"work", "not"}, {"education", "01"}, {"career", "紡績工場、結婚後は夫の畳店を手伝う。"},
	{"wish", "「この家で、あの子と暮らしたい。施設はいや。迷惑をかけたくないけれど、看護婦さんが来る日はうれしい。」"},
	{"strength", "あいさつと身だしなみを欠かさない。煮物が得意で、隣家に分ける。来てくれる人の名前を手帳に書いている。"},
	{"clue", "訪問看護の日を楽しみにしている。「看護婦さんのすすめなら」と前向きになることがある。手帳に書いたことは信じる。"},
	{"need", `["11","14","16","17"]`}, {"need_ext", `["x01","x10"]`},
	{"log", "{-149} 訪問 中村 / 初回面接。「最近は何でも忘れる」と笑う。手帳を見せてくれる。次回、長男の話は母から出るまで待つ。\n{-120} 訪問 林(訪看) / 手帳に次の訪問日を大きな字で書く。翌週、その日を覚えていた。\n{-71} 電話 森(民生委員) / 夕方に道に迷い、隣家の奥さんと帰宅したとの連絡。けがなし。\n{-58} 訪問 中村 / 区分変更の結果、要介護2。訪問介護の再開は「あの子が嫌がるから」と保留。\n{-35} 訪問 中村・林 / 「デイサービスを一度見てみてもいい」。送迎車が家の前に停まるのは困ると話す。角のポストの前での乗り降りを提案。\n{-21} 訪問 中村・林 / 同意書に署名。「これで皆さんが分かってくれるなら、その方がいい」。"},
}

var house1Son = []value{
	{"consultation", `["13"]`},
	{"trouble", "本人からの相談はない。母の話では、{y-22}に勤めを辞めてから自室で過ごし、食事は母が部屋の前に置く。夜中に台所に下りる。"},
	{"marriage", "01"}, {"children", "no"},
	{"health", "03"}, {"doctor", "通院・服薬なし。母の話では{y-15}に歯科を受診したのが最後。"},
	{"danger", "自傷他害の情報なし。壁に拳ほどの穴が一つ({y-6}、長女との口論のとき)。"},
	{"handbook", `["none"]`}, {"care_level", "none"}, {"insurance", "01"},
	{"work", "not"}, {"jobless", "04"}, {"education", "07"}, {"career", "食品会社で品質管理を10年。退職の理由を母は聞いていない。"},
	{"wish", "(本人からはまだ聞けていない)"},
	{"strength", "宅配の受け取りは自分でする。母が寝込んだ{y-2}の冬、粥を作って部屋に運んだことがある。"},
	{"clue", "手紙は捨てずに読んでいる様子(母)。{-12}、玄関に「豆腐はもう要らない」と書いた紙が貼ってあった。母の買い過ぎを気にしている。"},
	{"need", `["06","12","15","16"]`}, {"need_ext", `["x01","x05","x12"]`}, {"hikikomori_years", 22.0},
	{"log", "{-110} 訪問 井上(CSW) / ドア越しにあいさつ。返事なし。名刺と短い手紙を置く。\n{-87} 訪問 井上 / 2通目の手紙。前回の手紙はなくなっていた。\n{-45} 訪問 井上・辻(保健師) / ドア越しに声をかける。テレビの音が小さくなる。返事なし。\n{-12} 訪問 井上 / 玄関に「豆腐はもう要らない」の貼り紙(長男の字と母)。初めての反応。次の手紙は豆腐のことから書く。"},
}

func house1First() session {
	home := place{"", consent.ItemBasic}
	mother, son := place{"mother", consent.ItemProgress}, place{"son", consent.ItemProgress}
	return session{
		typeID: "support", title: "長男への関わりと見守り", place: "重ね市役所 2階 第3会議室", day: -94, hour: 14, minutes: 60, form: meeting.FormRoom,
		convened: [3]string{"重ね市 福祉総務課長 \uFA19谷 亮", "社会福祉法第106条の6第1項",
			"母の物忘れが進み、同居の長男には誰も会えていない。本人同意が得られていないが、母の体調の急変と火の不始末の心配があり、関わり方を早急に検討する必要がある。"},
		seats: []seat{{agency: "soumu", speaker: "kaicho", member: true}, {agency: "takikan", speaker: "jimukyoku", member: true},
			{agency: "houkatsu", speaker: "houkatsu", member: true}, {agency: "csw", speaker: "csw", member: true},
			{agency: "hokenjo", speaker: "hokenjo", member: true}, {agency: "minsei", speaker: "minsei", member: true}},
		agenda: []meeting.AgendaItem{
			{Title: "世帯の状況の共有", Purpose: meeting.PurposeShare, Point: "各機関が知っていることを合わせ、世帯の姿をそろえる。", Item: consent.ItemBasic, Minutes: 20},
			{Title: "長男への関わり方", Purpose: meeting.PurposePolicy, Point: "だれが、どのような言葉で、どのくらいの間隔で関わるか。", Item: consent.ItemProgress, Person: "son", Minutes: 20},
			{Title: "これからの見守り", Purpose: meeting.PurposePolicy, Point: "体調の急変と火の不始末に、だれが気づき、だれに知らせるか。", Item: consent.ItemProgress, Person: "mother", Minutes: 15},
		},
		past: &held{
			minutes: []row{
				{home, "point", nil, map[string]string{"title": "世帯の状況の共有",
					"content":    "民生委員が気づいた集金日の間違い、包括が見た台所の様子、家族年表を突き合わせた。長男は{y-22}から自室で過ごし、どの機関も会えていないことを確かめた。",
					"conclusion": "母の物忘れと長男の孤立を別々の問題として扱わず、一つの世帯として関わる。", "remaining": "長男の退職の経過を知る人がいない。"}},
				{son, "point", nil, map[string]string{"title": "長男への関わり方",
					"content":    "急な訪問や受診の勧めは、{y-6}の口論の記憶があり逆効果になりやすい。手紙を基本とし、返事を求めない。",
					"conclusion": "社協CSWが月2回、短い手紙を届ける。保健師は2か月に一度同行する。", "remaining": "母が倒れたとき、長男が電話をかけられるか分からない。"}},
				{mother, "point", nil, map[string]string{"title": "これからの見守り",
					"content":    "母は冷暖房を「息子が寝る部屋だけ」にしている。鍋を焦がした跡が2つある。",
					"conclusion": "民生委員の訪問を今後3か月は週1回に増やす。異変は包括へ、夜間は119番。", "remaining": "火災報知器が台所にない。"}},
				{home, "speech", map[string]any{"agency": "minsei"}, map[string]string{"text": "集金のたびに話が食い違うようになった。責められたと思わせたくないので、金額を書いた紙を渡すようにしている。"}},
				{home, "speech", map[string]any{"agency": "houkatsu"}, map[string]string{"text": "母は「私がしっかりしないと」と繰り返す。サービスを断る理由は長男への遠慮であり、本人が嫌がっているわけではない。"}},
				{son, "speech", map[string]any{"agency": "csw"}, map[string]string{"text": "一度目の手紙は翌週なくなっていた。読まれている可能性がある。季節の話だけを書き、用件は書かない。"}},
				{son, "speech", map[string]any{"agency": "hokenjo"}, map[string]string{"text": "受診を目的にせず、健康の話ができる人として名前を覚えてもらうところから始めたい。"}},
				{son, "decision", nil, map[string]string{"text": "社協CSW(井上)が月2回、長男あての手紙を届ける。保健所(辻)が2か月に一度同行する。"}},
				{mother, "decision", nil, map[string]string{"text": "今後3か月は民生委員の訪問を週1回とし、異変は包括に知らせる。夜間・休日は119番。"}},
				{home, "decision", nil, map[string]string{"text": "母への情報共有の同意の説明は、信頼のある包括と訪問看護の二人で、日を改めて行う。"}},
				{mother, "homework", map[string]any{"agency": "houkatsu", "who": "中村 由紀", "due": "{i-70}"}, map[string]string{"text": "台所の火災報知器の設置について、消防の貸与制度を確認する。"}},
				{son, "homework", map[string]any{"agency": "csw", "who": "井上 拓也", "due": "{i-84}"}, map[string]string{"text": "2通目の手紙を届け、前の手紙がどうなっていたかを確かめる。"}},
				{home, "local", nil, map[string]string{"text": "40代以上のひきこもりの人が、家から一歩出たときに立ち寄れる場所が東部地区にない。"}},
			},
			next: [3]string{"{i-63}", "14:00", "母への同意の説明の進め方、長男への手紙の反応"},
		},
	}
}
