package desk

import (
	"kasane/internal/consent"
	"kasane/internal/papers"
)

// Words in easy Japanese (やさしい日本語): short, concrete, a space between phrases. Kanji get readings on the paper.
var (
	easyItems = map[consent.Item]string{
		consent.ItemBasic: "名前や 生まれた日", consent.ItemFamily: "家族の こと", consent.ItemHealth: "病気や 薬、体と 心の こと",
		consent.ItemDisability: "障害の こと", consent.ItemCare: "介護の こと", consent.ItemIncome: "お金の こと", consent.ItemWork: "仕事の こと",
		consent.ItemSchool: "学校や 子どもの こと", consent.ItemAbuse: "暴力や 怖い こと", consent.ItemJustice: "警察や 裁判の こと",
		consent.ItemProgress: "今までの 相談の こと", consent.ItemMedia: "写真や 声", consent.ItemAddress: "住所や 電話番号",
	}
	easyPurposes = map[consent.Purpose]string{
		consent.PurposeConference: "みんなで 集まって 話す ため", consent.PurposePlan: "計画を 作る ため", consent.PurposeCoordination: "手伝いの 連絡を する ため",
		consent.PurposeOutreach: "家などに 会いに 行く ため", consent.PurposeParticipation: "行く ところや 仕事を 探す ため",
		consent.PurposeStatistics: "数を 調べる ため（名前は 出しません）", consent.PurposeTraining: "勉強の ため（名前は 出しません）",
	}
	easyGrantors = map[consent.Grantor]string{
		consent.GrantorSelf: "自分", consent.GrantorParent: "親など", consent.GrantorGuardian: "後見の 人", consent.GrantorOther: "ほかの 人",
	}
	easyMethods = map[consent.Method]string{
		consent.MethodWritten: "自分で 書く", consent.MethodScribe: "ほかの 人が 書く", consent.MethodOral: "話す", consent.MethodSignature: "画面に 書く", consent.MethodPhone: "電話で 話す",
	}
	easyWays = map[consent.Way]string{
		consent.WayFace: "会って 話す", consent.WayVisit: "家に 行って 話す", consent.WayOnline: "画面で 話す", consent.WayPhone: "電話で 話す", consent.WayLetter: "手紙",
	}
	easyForms = map[string]string{"paper": "紙", "data": "パソコンの 記録", "screen": "画面で 見るだけ", "oral": "話すだけ", "online": "画面の 会議"}
	easyState = map[consent.State]string{
		consent.StateGranted: "「いいです」と 言いました", consent.StatePartial: "一部だけ「いいです」と 言いました", consent.StateRefused: "「いやです」と 言いました",
		consent.StateWithdrawn: "やめました", consent.StateExpired: "期間が 終わりました", consent.StatePending: "まだ 決めて いません",
		consent.StateNotExplained: "まだ 話して いません", consent.StateUnknown: "分かりません",
	}
)

// worded takes the easy wording where the look is easy and there is one.
func worded[K comparable](look papers.Look, easy map[K]string, key K, usual string) string {
	if w := easy[key]; look == papers.LookEasy && w != "" {
		return w
	}
	return usual
}

func methods() []consent.Method {
	return []consent.Method{consent.MethodWritten, consent.MethodScribe, consent.MethodOral, consent.MethodSignature, consent.MethodPhone}
}

func grantors() []consent.Grantor {
	return []consent.Grantor{consent.GrantorSelf, consent.GrantorParent, consent.GrantorGuardian, consent.GrantorOther}
}

func agentKinds() []consent.AgentKind {
	return []consent.AgentKind{consent.AgentParent, consent.AgentMinorGuardian, consent.AgentAdultGuardian, consent.AgentCurator, consent.AgentAssistant, consent.AgentOther}
}
