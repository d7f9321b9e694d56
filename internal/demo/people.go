package demo

import (
	"kasane/internal/access"
	"kasane/internal/identity"
)

// Password opens every account of the demo.
const Password = "kasane"

// Code is the code of the demo municipality; by it Seed knows that it has been here.
const Code = "kasane"

const cityName = "重ね市"

var agencies = []agency{
	{"soumu", "重ね市 福祉総務課", "福祉総務課", "shokan", true},
	{"takikan", "重ね市社会福祉協議会 多機関協働推進室", "多機関協働", "takikan", false},
	{"csw", "重ね市社会福祉協議会 地域福祉係(CSW)", "社協CSW", "shakyo", false},
	{"houkatsu", "東部地域包括支援センター", "東部包括", "houkatsu", false},
	{"hokenjo", "重ね保健所 保健予防課", "保健所", "hokenjo", false},
	{"jiritsu", "自立相談支援機関 くらしサポート重ね", "自立相談", "jiritsu", false},
	{"zeimu", "重ね市 税務課", "税務課", "zei", true},
	{"minsei", "民生委員・児童委員 東部地区", "民生委員", "minsei", false},
	{"houkan", "訪問看護ステーション あおば", "訪看あおば", "houkan", false},
	{"kodomo", "重ね市 こども家庭センター", "こども家庭", "kodomo", true},
	{"ssw", "重ね市立東中学校 スクールソーシャルワーカー", "東中SSW", "kyoi", false},
	{"sora", "相談支援事業所 そら", "相談そら", "soudan", false},
	{"seifuku", "重ね市 生活福祉課", "生活福祉課", "fukushi", true},
	{"houterasu", "法テラス重ね", "法テラス", "houterasu", false},
	{"shobo", "重ね市消防本部 予防課", "消防", "shobo", true},
	{"kankyo", "重ね市 環境課", "環境課", "kankyo", true},
	{"msw", "重ね総合病院 患者支援センター(MSW)", "重ね病院", "iryo", false},
	{"kokusai", "重ね市国際交流協会", "国際交流", "tabunka", false},
	{"sumai", "居住支援法人 すまいの縁側", "すまい縁側", "kyoju", false},
}

var users = []user{
	{"jimukyoku", "takikan", "佐藤 恵", "さとう めぐみ", "主任相談支援員", []access.Role{access.RoleSecretariat}, "事務局: ケース・同意・プラン・会議をすべて準備できます"},
	{"kaicho", "soumu", "\uFA19谷 亮", "かみや りょう", "課長", []access.Role{access.RoleCity, access.RoleChair}, "議長: 会議を開会し、合意を求め、閉会します"},
	{"shukan", "soumu", "髙橋 直子", "たかはし なおこ", "主幹", []access.Role{access.RoleCity, access.RoleAdmin}, "市の所管課: すべてのケースと利用者の管理"},
	{"houkatsu", "houkatsu", "中村 由紀", "なかむら ゆき", "主任介護支援専門員", []access.Role{access.RoleAgency}, "地域包括: 健康・介護まで見えます"},
	{"csw", "csw", "井上 拓也", "いのうえ たくや", "コミュニティソーシャルワーカー", []access.Role{access.RoleAgency}, "社協CSW: 健康・医療は「同意範囲外」です"},
	{"hokenjo", "hokenjo", "辻 麻衣", "つじ まい", "保健師", []access.Role{access.RoleAgency}, "保健所: 健康は見え、家計は見えません"},
	{"jiritsu", "jiritsu", "岡本 健太", "おかもと けんた", "相談支援員", []access.Role{access.RoleAgency}, "自立相談: 家計は見え、健康は見えません"},
	{"zeimu", "zeimu", "清水 誠", "しみず まこと", "徴収係長", []access.Role{access.RoleAgency}, "税務課: 家計のうち同意された範囲だけ"},
	{"minsei", "minsei", "森 節子", "もり せつこ", "民生委員・児童委員", []access.Role{access.RoleAgency}, "民生委員: 見守りに必要な範囲だけ"},
	{"houkan", "houkan", "林 あかり", "はやし あかり", "看護師", []access.Role{access.RoleAgency}, ""},
	{"kodomo", "kodomo", "石井 千尋", "いしい ちひろ", "家庭児童相談員", []access.Role{access.RoleAgency}, "こども家庭センター: 住所を秘匿している世帯の主担当"},
	{"ssw", "ssw", "原 美由紀", "はら みゆき", "スクールソーシャルワーカー", []access.Role{access.RoleAgency}, ""},
	{"sora", "sora", "藤田 大輔", "ふじた だいすけ", "相談支援専門員", []access.Role{access.RoleAgency}, ""},
	{"seifuku", "seifuku", "長谷川 剛", "はせがわ つよし", "査察指導員", []access.Role{access.RoleAgency}, ""},
	{"houterasu", "houterasu", "白石 弘", "しらいし ひろし", "弁護士", []access.Role{access.RoleAgency}, ""},
	{"shobo", "shobo", "大野 隆", "おおの たかし", "予防係長", []access.Role{access.RoleAgency}, ""},
	{"kankyo", "kankyo", "村上 文子", "むらかみ ふみこ", "主査", []access.Role{access.RoleAgency}, ""},
	{"msw", "msw", "西田 彩", "にしだ あや", "医療ソーシャルワーカー", []access.Role{access.RoleAgency}, ""},
	{"kokusai", "kokusai", "𠮷田 リサ", "よしだ りさ", "相談員(通訳)", []access.Role{access.RoleAgency}, ""},
	{"sumai", "sumai", "渡邊 一郎", "わたなべ いちろう", "居住支援員", []access.Role{access.RoleAgency}, ""},
	{"jogen", "houterasu", "齋藤 秀樹", "さいとう ひでき", "スーパーバイザー", []access.Role{access.RoleObserver}, ""},
	{"kiroku", "soumu", "濵田 久美", "はまだ くみ", "文書担当", []access.Role{access.RoleRecords}, "記録担当: 確定した文書と台帳だけ。ケースの中身は見えません"},
	{"kansa", "soumu", "内藤 清", "ないとう きよし", "情報担当", []access.Role{access.RoleAuditor}, "監査: 誰が何を見たかの記録だけ"},
	{"kanri", "soumu", "星野 実", "ほしの みのる", "システム管理者", []access.Role{access.RoleAdmin}, "システム管理者: 利用者と機関の設定だけ"},
}

var roleLabels = map[access.Role]string{access.RoleSecretariat: "事務局", access.RoleCity: "市所管課", access.RoleChair: "議長",
	access.RoleAgency: "支援関係機関", access.RoleObserver: "助言者", access.RoleRecords: "記録担当", access.RoleAuditor: "監査",
	access.RoleAdmin: "システム管理者"}

// Accounts are the accounts offered on the sign-in page of the demo.
func Accounts() []identity.DemoAccount {
	names := map[string]string{}
	for _, a := range agencies {
		names[a.key] = a.name
	}
	var out []identity.DemoAccount
	for _, u := range users {
		if u.hint == "" {
			continue
		}
		label := roleLabels[u.roles[0]]
		if u.login == "kaicho" {
			label = roleLabels[access.RoleChair]
		}
		out = append(out, identity.DemoAccount{Login: u.login, Password: Password, Name: u.name, Agency: names[u.agency],
			RoleLabel: label, Hint: u.hint})
	}
	return out
}
