package consent

import (
	"encoding/json"
	"time"
)

// Item is one class of information (情報の項目) that consent can grant or withhold. A document holds exactly one.
type Item string

// The items of domain.md §6.4, plus 住所・連絡先, which is withheld by itself far more often than 基本情報.
const (
	ItemBasic      Item = "basic"      // 基本情報
	ItemFamily     Item = "family"     // 家族
	ItemHealth     Item = "health"     // 健康・医療
	ItemDisability Item = "disability" // 障害
	ItemCare       Item = "care"       // 介護
	ItemIncome     Item = "income"     // 収入・家計・債務
	ItemWork       Item = "work"       // 就労・学歴
	ItemSchool     Item = "school"     // 学校・子ども
	ItemAbuse      Item = "abuse"      // 虐待・DV
	ItemJustice    Item = "justice"    // 司法・前歴
	ItemProgress   Item = "progress"   // 支援経過
	ItemMedia      Item = "media"      // 写真・録音
	ItemAddress    Item = "address"    // 住所・連絡先
)

// Items lists every item in the order of the consent form.
func Items() []Item {
	return []Item{ItemBasic, ItemFamily, ItemHealth, ItemDisability, ItemCare, ItemIncome, ItemWork, ItemSchool,
		ItemAbuse, ItemJustice, ItemProgress, ItemMedia, ItemAddress}
}

// Valid tells whether it is one of Items.
func (i Item) Valid() bool { return i.Label() != "" }

// Label is the Japanese name of the item as printed on the consent form.
func (i Item) Label() string {
	switch i {
	case ItemBasic:
		return "基本情報"
	case ItemFamily:
		return "家族"
	case ItemHealth:
		return "健康・医療"
	case ItemDisability:
		return "障害"
	case ItemCare:
		return "介護"
	case ItemIncome:
		return "収入・家計・債務"
	case ItemWork:
		return "就労・学歴"
	case ItemSchool:
		return "学校・子ども"
	case ItemAbuse:
		return "虐待・DV"
	case ItemJustice:
		return "司法・前歴"
	case ItemProgress:
		return "支援経過"
	case ItemMedia:
		return "写真・録音"
	case ItemAddress:
		return "住所・連絡先"
	}
	return ""
}

// Purpose (目的) is what the information may be used for.
type Purpose string

// The purposes of domain.md §6.4.
const (
	PurposeConference    Purpose = "conference"    // 重層的支援会議での協議
	PurposePlan          Purpose = "plan"          // プラン作成
	PurposeCoordination  Purpose = "coordination"  // 支援提供の連絡調整
	PurposeOutreach      Purpose = "outreach"      // アウトリーチ
	PurposeParticipation Purpose = "participation" // 参加支援の調整
	PurposeStatistics    Purpose = "statistics"    // 統計(匿名)
	PurposeTraining      Purpose = "training"      // 事例検討・研修(匿名)
)

// Purposes lists every purpose in form order.
func Purposes() []Purpose {
	return []Purpose{PurposeConference, PurposePlan, PurposeCoordination, PurposeOutreach, PurposeParticipation, PurposeStatistics, PurposeTraining}
}

// Valid tells whether it is one of Purposes.
func (p Purpose) Valid() bool { return p.Label() != "" }

// Label is the Japanese name of the purpose.
func (p Purpose) Label() string {
	switch p {
	case PurposeConference:
		return "重層的支援会議での協議"
	case PurposePlan:
		return "プラン作成"
	case PurposeCoordination:
		return "支援提供の連絡調整"
	case PurposeOutreach:
		return "アウトリーチ"
	case PurposeParticipation:
		return "参加支援の調整"
	case PurposeStatistics:
		return "統計(匿名)"
	case PurposeTraining:
		return "事例検討・研修(匿名)"
	}
	return ""
}

// State (同意の状態) of a record as written down; expiry and withdrawal are derived at the time of asking.
type State string

// The states of domain.md §6.4.
const (
	StateNotExplained State = "not_explained" // 未説明
	StatePending      State = "pending"       // 説明済・保留
	StateGranted      State = "granted"       // 同意
	StatePartial      State = "partial"       // 一部同意
	StateRefused      State = "refused"       // 不同意
	StateWithdrawn    State = "withdrawn"     // 撤回 (whole)
	StateExpired      State = "expired"       // 期限満了 (derived)
	StateUnknown      State = "unknown"       // 確認不能
)

// Label is the Japanese name of the state.
func (s State) Label() string {
	switch s {
	case StateNotExplained:
		return "未説明"
	case StatePending:
		return "説明済・保留"
	case StateGranted:
		return "同意"
	case StatePartial:
		return "一部同意"
	case StateRefused:
		return "不同意"
	case StateWithdrawn:
		return "撤回"
	case StateExpired:
		return "期限満了"
	case StateUnknown:
		return "確認不能"
	}
	return ""
}

// Method (方法) is how consent was given.
type Method string

// The methods of domain.md §6.4.
const (
	MethodWritten   Method = "written"   // 書面(自署)
	MethodScribe    Method = "scribe"    // 書面(代筆)
	MethodOral      Method = "oral"      // 口頭
	MethodSignature Method = "signature" // 電子署名・タッチ署名
	MethodPhone     Method = "phone"     // 電話
)

// Grantor (同意者) is who gave consent for the person.
type Grantor string

// The grantors of domain.md §6.4.
const (
	GrantorSelf     Grantor = "self"     // 本人
	GrantorParent   Grantor = "parent"   // 親権者・未成年後見人
	GrantorGuardian Grantor = "guardian" // 成年後見人・保佐人・補助人
	GrantorOther    Grantor = "other"    // その他代理
)

// Record (同意書) is one person's consent: which agencies may receive which items for which purposes, from when until when.
// It is never edited; a change is a new record, a withdrawal is added beside it.
type Record struct {
	ID       string  `json:"id"`
	Tenant   string  `json:"-"`
	CaseID   string  `json:"caseId"`
	PersonID string  `json:"personId"`
	Number   string  `json:"number"` // 同意書番号
	State    State   `json:"state"`
	Grantor  Grantor `json:"grantor"`
	// GrantorName where the grantor is not the person; by which right they act stands in Details.Agent. GrantorNote is free text.
	GrantorName string    `json:"grantorName,omitempty"`
	GrantorNote string    `json:"grantorNote,omitempty"`
	GrantorDoc  string    `json:"grantorDoc,omitempty"` // 確認書類: how the grantor's identity or representation was checked
	Purposes    []Purpose `json:"purposes"`
	PurposeNote string    `json:"purposeNote,omitempty"`
	// Scope: agency id → items that agency may receive (提供先機関 × 情報の項目). What is not listed is withheld.
	Scope map[string][]Item `json:"scope"`
	// Others: items for 「その他会議が必要と認める機関」, agencies not named in Scope. A separate box on the form, off by default.
	Others []Item `json:"others,omitempty"`
	// Sources (提供元機関): the agencies whose information this is; empty means the holder of the case.
	Sources []string `json:"sources,omitempty"`
	// Forms (記録形態): codes of sheets.RecordForms.
	Forms []string  `json:"forms,omitempty"`
	From  time.Time `json:"from"`
	Until time.Time `json:"until"` // exclusive: the first instant no longer covered
	// Method and how it was explained.
	Method      Method    `json:"method"`
	MethodNote  string    `json:"methodNote,omitempty"` // free text; in records from before Details it holds listener, scribe and so on
	ExplainedBy string    `json:"explainedBy"`          // name of the person who explained
	ExplainedAt time.Time `json:"explainedAt"`
	ExplainHow  string    `json:"explainHow,omitempty"` // how the explanation went, free text
	Details     Details   `json:"details"`
	// Evidence: an uploaded sheet (file id and SHA-256) or the strokes of a screen signature.
	EvidenceFile   string          `json:"evidenceFile,omitempty"`
	EvidenceSHA256 string          `json:"evidenceSha256,omitempty"`
	Signature      json.RawMessage `json:"signature,omitempty"`   // [[{x,y,t}…]…], 0..1 coordinates
	CopyGivenAt    *time.Time      `json:"copyGivenAt,omitempty"` // 本人控え交付
	FormVersion    string          `json:"formVersion"`
	FormHash       string          `json:"formHash"`         // SHA-256 of the consent text shown; the text itself is kept once (KeptText)
	Renews         string          `json:"renews,omitempty"` // id of the record this one renews (更新)
	RecordedBy     string          `json:"recordedBy"`
	RecordedAt     time.Time       `json:"recordedAt"`
	Withdrawals    []Withdrawal    `json:"withdrawals,omitempty"`
}

// Withdrawal (撤回) of a record in whole or part. Empty Agencies and Items mean everything.
type Withdrawal struct {
	ID       string    `json:"id"`
	RecordID string    `json:"recordId"`
	At       time.Time `json:"at"`
	By       string    `json:"by"` // user id of the one who recorded it
	ByName   string    `json:"byName"`
	Agencies []string  `json:"agencies,omitempty"`
	Items    []Item    `json:"items,omitempty"`
	Note     string    `json:"note,omitempty"`
	// ReceivedBy (受付者) is who took the words of the person, where it was not the one who recorded it.
	ReceivedBy string `json:"receivedBy,omitempty"`
	How        Notice `json:"how,omitempty"`
	// Told (周知先): the agencies that were told.
	Told []string `json:"told,omitempty"`
	// EvidenceFile and EvidenceSHA256 are the scan of the 撤回届, from package files.
	EvidenceFile   string `json:"evidenceFile,omitempty"`
	EvidenceSHA256 string `json:"evidenceSha256,omitempty"`
}

// Notice (申し出の方法) is how a person took their consent back.
type Notice string

// The ways to take consent back.
const (
	NoticeSheet Notice = "sheet" // 撤回届
	NoticeOral  Notice = "oral"  // 口頭
	NoticePhone Notice = "phone" // 電話
	NoticeOther Notice = "other" // その他
)

// Label is the Japanese name of the notice.
func (n Notice) Label() string {
	switch n {
	case NoticeSheet:
		return "撤回届"
	case NoticeOral:
		return "口頭"
	case NoticePhone:
		return "電話"
	case NoticeOther:
		return "その他"
	}
	return ""
}

// Mode (会議の法的な形) is the legal mode in which information is read.
type Mode string

// The modes. ModeNone: outside of any meeting (case page, follow-up).
const (
	ModeNone    Mode = ""
	ModeSupport Mode = "support" // 支援会議 (社会福祉法106条の6): no consent needed, confirmed members only
	ModeLayered Mode = "layered" // 重層的支援会議: consent is the precondition
)
