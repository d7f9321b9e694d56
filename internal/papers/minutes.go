package papers

import (
	"time"

	"kasane/internal/jptime"
)

// MinutesDoc is the 会議録.
type MinutesDoc struct {
	Head
	LegalBasis string // 根拠条文
	Retention  string // 保存年限, as the municipality words it

	Start, End  time.Time // 開始・終了 as they were
	Place       string
	Form        string // 開催形態: 対面, オンライン, 併用, 書面
	Convener    Person // 招集者
	Chair       Person // 議長
	Facilitator Person // 司会
	Recorder    Person // 記録者

	Attendees []Attendee
	Absentees []Absentee
	Family    string // 本人・家族の同席

	Cases     []CaseLine
	Consents  []ConsentLine
	NoConsent *NoConsent // set for a meeting held without consent

	Items      []MinutesItem
	Statements []Statement
	Decisions  []Decision
	Result     string // the meeting's result: 了承, 条件付き了承, 修正して再協議, 不了承
	Answers    []Answer
	Roles      *RoleMatrix // copy at closing
	Leads      []LeadLine  // 主担当: who was asked, and what was answered
	Homework   []Homework
	Community  Memo // 地域課題・社会資源
	Events     []Event
	Next       *NextMeeting

	Confirmation Confirmation
	Corrections  []Correction
}

// Attendee is an 出席者.
type Attendee struct {
	Person
	Mode      string    // 会場, 遠隔
	In, Out   time.Time // 入退室
	Member    bool      // 構成員
	Appointed string    // 構成員外: 指定日, in words
	SecrecyAt time.Time // 守秘義務の確認; zero prints 未確認
	Sworn     bool      `json:",omitempty"` // 守秘義務の確認 without its time, of a 匿名版
	ProxyFor  string    // 代理出席: for whom (name)
}

// Absentee is a 欠席者.
type Absentee struct {
	Person
	Reason string
	Proxy  string // 代理者の氏名
}

// CaseLine is an 案件 of the agenda.
type CaseLine struct {
	CaseID  string
	Subject string // 対象者の氏名 (or the anonymous wording)
	Kana    string
	Kind    string // 新規, 再プラン, モニタリング, 終結, 中断, 情報共有
}

// ConsentLine is one person's consent as it stood (同意の状況). Consent is given per person.
type ConsentLine struct {
	Person string // 対象者の氏名
	State  string // 同意, 一部同意, …
	No     string // 同意書番号
	Scope  string // 範囲: agencies and items, in words
	On     jptime.Date
	Until  jptime.Date
}

// NoConsent is the ground of a meeting without consent (同意によらない開催).
type NoConsent struct {
	Basis  string // 社会福祉法第106条の6第1項
	Reason string
}

// MinutesItem is one row of 検討した項目 → 検討内容 → 結論 → 残された課題.
type MinutesItem struct {
	No                                     string
	Title, Discussion, Conclusion, Remains string
	Withheld                               bool
}

// Statement is what an agency said, in short (発言要旨).
type Statement struct {
	Agency, Speaker, Text string
	Withheld              bool
}

// Decision is a 決定事項.
type Decision struct {
	No       string
	Text     string
	Method   string // 採決方法: 全員了承, 条件付き, 異論記録
	Withheld bool
}

// Answer is an agency's answer to the plan (各機関の回答).
type Answer struct {
	Agency, Name string
	Answer       string // 賛成, 条件付き賛成, 意見なし, 持ち帰り, 異議
	Reason       string
	At           time.Time
	PlanVersion  string // 第2版
	PlanHash     string // hex; the first 16 digits are printed
}

// LeadLine is one agency that was asked to become 主担当機関 or 終結後の主担当, with its newest answer.
type LeadLine struct {
	Kind, Agency string
	State        string // 返事待ち, 引受, 条件付き引受, 持ち帰り, 辞退, 取り下げ
	By           string // who answered
	At           time.Time
	Reason, Note string
	Due          jptime.Date // of a 持ち帰り
}

// Homework is a 宿題.
type Homework struct {
	No, Agency, Person, Text string
	Due                      jptime.Date
	Withheld                 bool
}

// Event is something that happened in the meeting (出来事), such as 同意の撤回.
type Event struct {
	At       time.Time
	Who      string
	Text     string
	Withheld bool
}

// NextMeeting is the 次回.
type NextMeeting struct {
	At     time.Time
	Place  string
	Agenda string
}

// Confirmation is the 確認 block.
type Confirmation struct {
	Author    Person
	WrittenAt time.Time
	Agencies  []AgencyConfirmation
	ChairAt   time.Time // 議長確認; with it the chair's date stamp is printed
}

// AgencyConfirmation is an agency's word on the minutes.
type AgencyConfirmation struct {
	Agency, Name string
	State        string // 確認済, 意見あり, 期限経過みなし, 未確認
	At           time.Time
	Opinion      string
}
