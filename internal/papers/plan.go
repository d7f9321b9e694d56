package papers

import (
	"kasane/internal/jptime"
)

// PlanDoc is the 支援プラン, which is the application for the services as well (プラン兼利用申込書).
type PlanDoc struct {
	Head
	PlanNo    string // プラン番号
	Round     string // 作成回: 初回, 再プラン第2回
	CreatedOn jptime.Date
	Author    Person // 作成機関・作成者

	Subject   Person // 本人; Agency and Post are not printed
	Birth     jptime.Date
	AgeGroup  string `json:",omitempty"` // 年代, of a 匿名版 instead of the birth
	Household []HouseholdMember

	Wishes     []Wish // 本人・家族の意向, in their own words
	Situation  Memo   // 世帯の状況・課題の整理
	Priorities []Priority
	LongGoal   Goal
	ShortGoals []Goal
	Policy     Memo // 支援の方針
	Roles      *RoleMatrix

	LeadAgency  string    // 主担当機関
	SubAgencies string    // 副
	AfterAgency string    // 終結後の主担当
	After       After     // whether it has taken that on
	Emergency   []Contact // 連絡網
	Risk        Memo      // 緊急時・リスク対応 in words
	Services    []Check   // 利用する事業
	Extra       []Section

	From, To       jptime.Date // プラン期間
	NextMonitoring jptime.Date

	Consent PlanConsent
	Meeting PlanMeeting
}

// HouseholdMember is a 世帯員 as copied into the plan.
type HouseholdMember struct {
	Name, Kana string
	Relation   string // 続柄
	Birth      jptime.Date
	AgeGroup   string `json:",omitempty"`
	Note       string // 健康・職業・関わる機関
	Withheld   bool   // the whole line is left out
}

// Wish is what someone of the household wants.
type Wish struct {
	Who      string // 本人, 長男, …
	Text     string
	Withheld bool
}

// Priority is a 優先課題.
type Priority struct {
	Rank     int
	Code     string // 課題code
	Issue    string
	Person   string // 対象者
	Grounds  string
	Withheld bool
}

// Goal is a 目標.
type Goal struct {
	Text     string
	Due      jptime.Date
	Withheld bool
}

// Contact is a line of the 緊急時の連絡網.
type Contact struct {
	When, Agency, Name, Phone, Note string
	Withheld                        bool
}

// PlanConsent is the person's consent and application (本人同意・申込欄). Not yet signed prints an empty form to sign.
type PlanConsent struct {
	Signed    bool
	SignedOn  jptime.Date
	Signer    string
	No        string // 同意書番号
	Explainer Person
	Proxy     string // 代筆者
	Relation  string // 代筆者の続柄
	Reason    string // 代筆の理由
}

// PlanMeeting is how the meeting dealt with the plan, and the municipality's decision (支援決定).
type PlanMeeting struct {
	On         jptime.Date
	Result     string // 了承, 条件付き了承, 修正して再協議, 不了承
	Conditions string
	DecidedOn  jptime.Date
	DecidedBy  Person
}

// After says on what 終結後の主担当 rests.
type After struct {
	State     string // 引受, 条件付き引受, 引受はまだありません
	By        string // who of the agency said so
	On        jptime.Date
	Condition string
}
