package demo

import "kasane/internal/consent"

// house1Plan is the draft for today's meeting: needs and goals are there, the matrix is half filled on purpose. One row has no ◎,
// one is empty, one lies with the son, for whom nobody has consent: it shows as 「同意範囲外」.
func house1Plan() *plan {
	home := place{"", consent.ItemBasic}
	m := func(i consent.Item) place { return place{"mother", i} }
	son := place{"son", consent.ItemProgress}
	return &plan{
		made:  14,
		heads: map[string]any{"lead": "houkatsu", "period_from": "{i+0}", "period_to": "{i+180}", "next_monitoring": "{i+60}", "programs": `["outreach"]`},
		texts: []prose{
			{home, "wish", "母「この家で暮らしたい。施設はいや。迷惑をかけたくないけれど、看護婦さんが来る日はうれしい。」\n長女(電話)「母に無理をさせたくない。自分は遠くて通えない。」"},
			{home, "situation", "母(82)は要介護2。訪問看護は受け入れているが、訪問介護は中止したまま。家の中のことを一人で担い、暮らしの細かなところに綻びが出てきた。母は自分がしっかりしなければという思いが強く、助けを求めることをためらう。"},
			{home, "policy", "母が「来てくれてうれしい」と思える人から順に支え手を増やす。一度に何もかも進めず、訪問看護の日を軸に一つずつ。決めたことは大きな字で手帳に書く。"},
			{home, "risk", "倒れている・応答がない: 119番。日中の異変: 東部包括(中村)。夜間・休日: 119番のあと包括の夜間転送電話へ。道に迷ったとき: 民生委員(森)と隣家に連絡。"},
			{m(consent.ItemHealth), "situation", "もの忘れの受診はまだない。朝の薬を夜に飲むことがあり、飲み残しが月に6〜8包。血圧は訪問看護の測定で上が150前後。"},
			{m(consent.ItemIncome), "situation", "月11万8千円の年金のほとんどを食費と光熱費に使う。国保税の滞納は38万6,400円。督促状を「怖い手紙」と呼び、封を切らずに引き出しに入れている。"},
			{son, "situation", "手紙は受け取られている。{-12}に「豆腐はもう要らない」の貼り紙があり、母の買い過ぎを気にしている。これまでで初めての反応。"},
		},
		needs: []need{
			{m(consent.ItemCare), "need00care1", "17", "mother", "1", "入浴と調理が一人では難しくなってきたが、サービスの再開をためらっている。"},
			{m(consent.ItemHealth), "need0health", "14", "mother", "2", "薬の飲み間違いがあり、物忘れについて一度も受診していない。"},
			{m(consent.ItemIncome), "need0income", "11", "mother", "3", "家計の見通しが立たず、国保税の滞納が増えている。"},
			{m(consent.ItemFamily), "need0family", "16", "mother", "4", "母が家の中のことを一人で抱え、休む時間がない。"},
			{son, "need000son1", "15", "son", "5", "22年間、家族以外との関わりがない。"},
		},
		goals: []goal{
			{m(consent.ItemCare), "goal00long1", "need00care1", "long", 180, "母が、この家で、来てくれる人を楽しみにしながら暮らし続ける。"},
			{m(consent.ItemCare), "goal00care1", "need00care1", "short", 60, "デイサービスを一度見学し、週1回の入浴の場所を決める。"},
			{m(consent.ItemHealth), "goal0health", "need0health", "short", 45, "訪問看護の付き添いで、もの忘れ外来を受診する。"},
			{m(consent.ItemIncome), "goal0income", "need0income", "short", 60, "「怖い手紙」を一緒に開け、払える額の分納を始める。"},
			{m(consent.ItemFamily), "goal0family", "need0family", "short", 90, "母が週に半日、自分のために過ごせる時間をつくる。"},
			{son, "goal000son1", "need000son1", "short", 90, "手紙の往復が一度でも成り立つ。"},
		},
		acts: []action{
			{m(consent.ItemCare), "act00visit1", "goal00care1", "need00care1", "デイサービスの見学と、ポスト前での送迎の試し", []cell{
				{column: "houkatsu", code: "lead", content: "事業所と日程を調整し、見学に同行する。送迎車は角のポスト前で乗り降りする。", who: "中村 由紀", freq: "1回", start: 3, due: 30},
				{column: "houkan", code: "assist", content: "訪問のたびに見学の日を手帳で一緒に確かめる。", who: "林 あかり", freq: "週1回", start: 1, due: 30},
				{column: "self", code: "self", content: "見学の日を手帳に書く。気に入ったかどうかを伝える。", due: 30},
				{column: "zeimu", code: "none"},
			}},
			{m(consent.ItemCare), "act000watch", "goal00long1", "need00care1", "見守りの輪(声かけと異変の連絡)", []cell{
				{column: "minsei", code: "watch", content: "月2回の訪問。雨戸が10時を過ぎて閉まっていたら包括に電話する。", limits: "夜間・早朝の訪問はできない。", who: "森 節子", freq: "月2回", start: 1, due: 180},
				{column: "csw", code: "assist", content: "隣家の奥さんと月1回話し、気づきを集める。", who: "井上 拓也", freq: "月1回", start: 1, due: 180},
				{column: "houkatsu", code: "lead", content: "連絡を受けたら当日中に訪問し、関係機関に知らせる。", limits: "土日の訪問は翌営業日になる。", who: "中村 由紀", freq: "随時", start: 0, due: 180},
			}},
			{m(consent.ItemHealth), "act0memory1", "goal0health", "need0health", "もの忘れ外来の受診", []cell{
				{column: "houkan", code: "main", content: "受診の日に付き添う。飲み残しの記録を主治医に渡す。", who: "林 あかり", freq: "1回", start: 7, due: 45},
				{column: "hokenjo", code: "assist", content: "もの忘れ相談医の予約枠を確保する。", limits: "送迎はできない。", who: "辻 麻衣", freq: "1回", start: 1, due: 20},
				{column: "houkatsu", code: "open", content: "東町内科からの紹介状をだれが依頼するか。"},
			}},
			{m(consent.ItemIncome), "act000letter", "goal0income", "need0income", "督促状を一緒に開け、分納の相談をする", []cell{
				{column: "jiritsu", code: "lead", content: "訪問看護の日に合わせて訪問し、書類を一緒に開ける。分納額の案をつくる。", who: "岡本 健太", freq: "月1回", start: 5, due: 30},
				{column: "zeimu", code: "inform", content: "相談の期間、電話での督促を控える。分納の誓約は窓口か訪問で受ける。", limits: "滞納処分の停止は約束できない。延滞金の計算は止まらない。", who: "清水 誠", freq: "随時", start: 0, due: 60},
			}},
			{m(consent.ItemIncome), "act000budget", "goal0income", "need0income", "月の家計を一枚の紙にする", nil},
			{m(consent.ItemFamily), "act00respite", "goal0family", "need0family", "母が自分のために過ごす半日をつくる", []cell{
				{column: "csw", code: "open", content: "地区の「お茶の会」に誘えるか。留守の間のことをどうするか。", who: "井上 拓也"},
				{column: "family", code: "self", content: "長女: 月に一度、母に電話をする。", freq: "月1回", due: 90},
			}},
			{son, "act0000sonlt", "goal000son1", "need000son1", "長男への手紙を続ける", []cell{
				{column: "csw", code: "lead", content: "月2回、季節と豆腐のことを書いた短い手紙を届ける。返事は求めない。", who: "井上 拓也", freq: "月2回", start: 1, due: 90},
				{column: "hokenjo", code: "assist", content: "2か月に一度同行し、名刺を入れ替える。", who: "辻 麻衣", freq: "随時", start: 1, due: 90},
			}},
		},
	}
}
