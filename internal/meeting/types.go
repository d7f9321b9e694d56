package meeting

import (
	"encoding/json"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/plans"
	"kasane/internal/seal"
)

// Status (会議の状態).
type Status string

// The statuses, in their order.
const (
	StatusDraft      Status = "draft"      // 準備
	StatusReception  Status = "reception"  // 受付
	StatusOpen       Status = "open"       // 開会
	StatusAgreeing   Status = "agreeing"   // 合意
	StatusClosing    Status = "closing"    // 閉会処理中
	StatusClosed     Status = "closed"     // 閉会(会議録 案)
	StatusConfirming Status = "confirming" // 会議録確認
	StatusSealed     Status = "sealed"     // 確定
	StatusCancelled  Status = "cancelled"  // 中止: called off before 開会
)

// Statuses lists every status in order; 中止 stands beside that order.
func Statuses() []Status {
	return []Status{StatusDraft, StatusReception, StatusOpen, StatusAgreeing, StatusClosing, StatusClosed, StatusConfirming, StatusSealed, StatusCancelled}
}

// Label is the Japanese word of the status.
func (s Status) Label() string {
	return map[Status]string{StatusDraft: "準備", StatusReception: "受付", StatusOpen: "開会中", StatusAgreeing: "合意の確認", StatusClosing: "閉会処理中",
		StatusClosed: "閉会（会議録 案）", StatusConfirming: "会議録の確認", StatusSealed: "確定", StatusCancelled: "中止"}[s]
}

// Running tells whether information is shown and things happen: 受付 … 閉会 not yet.
func (s Status) Running() bool {
	return s == StatusReception || s == StatusOpen || s == StatusAgreeing
}

// unconfirmed tells whether the meeting is over and its 会議録 not final: those who were there read it, without a gap in between.
func (s Status) unconfirmed() bool {
	return s == StatusClosing || s == StatusClosed || s == StatusConfirming
}

// Form (開催形態) of a meeting.
type Form string

// The forms.
const (
	FormRoom    Form = "room"    // 対面
	FormRemote  Form = "remote"  // オンライン
	FormHybrid  Form = "hybrid"  // 併用
	FormWritten Form = "written" // 書面
)

// Meeting (会議) is the row of a meeting; everything that happens in it is an Event, and the fields marked (projection) are
// copies of what the fold of the events says, kept for lists, scopes and the gate.
type Meeting struct {
	ID     string `json:"id"`
	Tenant string `json:"-"`
	CaseID string `json:"caseId"`
	PlanID string `json:"planId"` // "" in a 支援会議 without plan
	No     int    `json:"no"`     // 第n回, per case and type
	Title  string `json:"title"`
	// What the type said when the meeting was created; a later change of the type does not change this meeting.
	Type Type `json:"type"`
	// Mode is the legal mode now (projection): a 重層的支援会議 may be held as 支援会議 instead.
	Mode consent.Mode `json:"mode"`

	PlannedStart time.Time `json:"plannedStart"`
	PlannedEnd   time.Time `json:"plannedEnd"`
	Place        string    `json:"place"`
	Form         Form      `json:"form"`
	ChairID      string    `json:"chairId"`    // 議長: user id (projection)
	DeputyIDs    []string  `json:"deputyIds"`  // 職務代理 (projection)
	RecorderID   string    `json:"recorderId"` // 記録者 (projection)

	Status    Status     `json:"status"` // (projection)
	Seq       int64      `json:"seq"`    // sequence of the last event (projection)
	Agencies  []string   `json:"-"`      // agencies with a seat now (projection): they see the meeting
	OpenedAt  *time.Time `json:"openedAt,omitempty"`
	ClosedAt  *time.Time `json:"closedAt,omitempty"` // the instant of 閉会
	CreatedAt time.Time  `json:"createdAt"`
	CreatedBy string     `json:"createdBy"`
}

// Ref is a line of the list of meetings: no names.
type Ref struct {
	ID           string       `json:"id"`
	CaseID       string       `json:"caseId"`
	CaseNumber   string       `json:"caseNumber"`
	Initials     string       `json:"initials"`
	TypeName     string       `json:"typeName"`
	Mode         consent.Mode `json:"mode"`
	No           int          `json:"no"`
	Title        string       `json:"title"`
	Status       Status       `json:"status"`
	StatusLabel  string       `json:"statusLabel"`
	PlannedStart time.Time    `json:"plannedStart"`
	PlannedEnd   time.Time    `json:"plannedEnd"`
	Place        string       `json:"place"`
	Form         Form         `json:"form"`
	// Sitting is the 開催 this meeting belongs to and Pos its place there; "" where no other meeting of it is in the list.
	Sitting string `json:"sitting,omitempty"`
	Pos     int    `json:"pos,omitempty"`
}

// Label is the Japanese word of the form of a meeting.
func (f Form) Label() string {
	return map[Form]string{FormRoom: "対面", FormRemote: "オンライン", FormHybrid: "併用", FormWritten: "書面"}[f]
}

// Event is one thing that happened. Who, agency and post are as known at that time.
type Event struct {
	Tenant     string          `json:"-"`
	MeetingID  string          `json:"-"`
	Seq        int64           `json:"seq"` // 1, 2, 3 … without gaps
	Kind       Kind            `json:"kind"`
	At         time.Time       `json:"at"` // UTC, microseconds
	ActorID    string          `json:"actorId"`
	ActorName  string          `json:"actorName"`
	ActorPost  string          `json:"actorPost"`
	AgencyID   string          `json:"agencyId"`
	AgencyName string          `json:"agencyName"`
	Data       json.RawMessage `json:"data"`
}

// Moves tells whether an edit changed when the meeting is to be.
func (e Event) Moves() bool {
	var d editedData
	return e.Kind == KindEdited && json.Unmarshal(e.Data, &d) == nil && (d.PlannedStart != nil || d.PlannedEnd != nil)
}

// Facts is the case as a meeting sees it, read in one transaction.
type Facts struct {
	Municipality string // name
	Case         cases.Case
	Persons      []cases.Person
	Members      []cases.Member  // current and former, in the order in which they joined
	Agencies     []access.Agency // of the municipality, also inactive ones
	Users        []access.User   // of the municipality: names and posts of chair, recorder, speakers
	Consents     []consent.Record
	Leads        []plans.LeadOffer // 主担当の申し出 of the case, oldest first
	Sourced      []PaperKind       `json:",omitempty"` // papers that carry their 元データ (PDF/A-3a), by the 文書分類表
}

// Purpose (議題の目的) of an agenda item.
type Purpose string

// The purposes.
const (
	PurposeShare  Purpose = "share"  // 共有
	PurposeJudge  Purpose = "judge"  // 判断
	PurposePolicy Purpose = "policy" // 方針決定
	PurposeClose  Purpose = "close"  // 終結
)

// Label is the Japanese word.
func (p Purpose) Label() string {
	return map[Purpose]string{PurposeShare: "共有", PurposeJudge: "判断", PurposePolicy: "方針決定", PurposeClose: "終結"}[p]
}

// AgendaKind (案件の種別) is what the case is brought for.
type AgendaKind string

// The kinds of the list agenda_kind.
const (
	AgendaNew        AgendaKind = "new"        // 新規
	AgendaReplan     AgendaKind = "replan"     // 再プラン
	AgendaMonitoring AgendaKind = "monitoring" // モニタリング
	AgendaClose      AgendaKind = "close"      // 終結
	AgendaSuspend    AgendaKind = "suspend"    // 中断
	AgendaShare      AgendaKind = "share"      // 情報共有
)

// Label is the Japanese word.
func (k AgendaKind) Label() string {
	return map[AgendaKind]string{AgendaNew: "新規", AgendaReplan: "再プラン", AgendaMonitoring: "モニタリング", AgendaClose: "終結",
		AgendaSuspend: "中断", AgendaShare: "情報共有"}[k]
}

// AgendaItem (議題).
type AgendaItem struct {
	ID      string       `json:"id"`
	Title   string       `json:"title"`
	Purpose Purpose      `json:"purpose"`
	Kind    AgendaKind   `json:"kind"`  // 案件の種別, "" = not said
	Point   string       `json:"point"` // 論点
	Item    consent.Item `json:"item"`  // item class its text belongs to
	Person  string       `json:"person"`
	Minutes int          `json:"minutes"` // planned
	// State: "" open, "resolved" 結論あり, "carried" 次回へ
	State string `json:"state"`
	Note  string `json:"note"` // reason of carrying over
}

// Answer (意見) of a seat to the frozen plan.
type Answer string

// The answers.
const (
	AnswerAgree       Answer = "agree"       // 賛成
	AnswerConditional Answer = "conditional" // 条件付き賛成
	AnswerTakeback    Answer = "takeback"    // 持ち帰り
	AnswerObject      Answer = "object"      // 異議
	AnswerAbstain     Answer = "abstain"     // 意見なし
)

// Outcome (結果) of asking the seats.
type Outcome string

// The outcomes.
const (
	OutcomePending     Outcome = "pending"     // 回答待ち
	OutcomeWaiting     Outcome = "waiting"     // 持ち帰りの回答待ち
	OutcomeObjected    Outcome = "objected"    // 異議あり: 修正して再協議 or 不了承 is for the chair to say
	OutcomeApproved    Outcome = "agreed"      // 了承
	OutcomeConditional Outcome = "conditional" // 条件付き了承
	OutcomeRevise      Outcome = "again"       // 修正して再協議
	OutcomeRejected    Outcome = "rejected"    // 不了承
)

// Label is the Japanese word.
func (o Outcome) Label() string {
	return map[Outcome]string{OutcomePending: "回答待ち", OutcomeWaiting: "持ち帰りの回答待ち", OutcomeObjected: "異議あり", OutcomeApproved: "了承",
		OutcomeConditional: "条件付き了承", OutcomeRevise: "修正して再協議", OutcomeRejected: "不了承"}[o]
}

// Label is the Japanese word of the answer.
func (a Answer) Label() string {
	return map[Answer]string{AnswerAgree: "賛成", AnswerConditional: "条件付き賛成", AnswerTakeback: "持ち帰り", AnswerObject: "異議", AnswerAbstain: "意見なし"}[a]
}

// Agreed tells whether the plan is agreed to.
func (o Outcome) Agreed() bool { return o == OutcomeApproved || o == OutcomeConditional }

// PaperKind is a kind of record made by a meeting.
type PaperKind string

// The kinds.
const (
	PaperPlan    PaperKind = "plan"    // プラン（合意版）
	PaperMatrix  PaperKind = "matrix"  // 役割分担表
	PaperMinutes PaperKind = "minutes" // 会議録
)

// Paper is one rendered record, ready to be sealed: the archive row is made of it in the transaction.
type Paper struct {
	Tenant        string
	MeetingID     string
	CaseID        string
	CaseNumber    string
	Kind          PaperKind
	Version       int
	Number        string // 文書番号
	Title         string
	FileName      string
	PDF           []byte
	SHA256        string // lower hex of PDF
	ContentSHA256 string // lower hex of Content
	Content       []byte // canonical JSON of what the paper says
	Parts         []byte // 会議録: the same by whose it is and of which class, for copies; see archive.Record.PartsSHA256
	PartsSHA256   string // lower hex of Parts, "" where there are none
	Pages         int
	Renderer      string    // version of the renderer: same model and version, same bytes
	Retention     int       // 保存年限 in years
	MeetingDay    time.Time // instant of opening
	SealedAt      time.Time // part of the record: fixed at 閉会 or 確定, not the clock of the writer
	SealedBy      string    // user id
	Checkpoint    string    // audit log checkpoint printed in it
	Signature     seal.State
}

// MinutesVersion (会議録の版) before it is sealed.
type MinutesVersion struct {
	Tenant    string     `json:"-"`
	MeetingID string     `json:"-"`
	N         int        `json:"n"`
	Hash      string     `json:"hash"` // lower hex SHA-256 of Content: confirmations name it
	Content   []byte     `json:"-"`    // canonical JSON of what the minutes say
	PDF       []byte     `json:"-"`    // nil while names cannot be printed
	SHA256    string     `json:"sha256"`
	At        time.Time  `json:"at"`
	EndedAt   *time.Time `json:"endedAt,omitempty"` // replaced by a later version
}

// Closing is the state of a closing meeting between its two transactions. Everything the papers say is fixed by it: whoever
// redoes the rendering gets the same bytes.
type Closing struct {
	Tenant     string
	MeetingID  string
	Seq        int64 // the papers tell of the events up to here
	At         time.Time
	By         string // user id
	Heads      map[string]int64
	Numbers    map[PaperKind]string
	Checkpoint string
	Facts      []byte // JSON of the Facts at that instant
	LeaseBy    string
	LeaseUntil time.Time
}

// Problem is something that keeps a record from being sealed; never from closing.
type Problem struct {
	Paper   PaperKind `json:"paper"`
	Name    bool      `json:"name"`  // in a name: it must be solved; elsewhere a recorded reason suffices
	Where   string    `json:"where"` // block of the paper
	Chars   []string  `json:"chars"` // "U+20BB7"
	Message string    `json:"message"`
}

// SealedRef is a sealed record of the meeting.
type SealedRef struct {
	ID       string    `json:"id"`
	Kind     PaperKind `json:"kind"`
	Version  int       `json:"version"`
	Number   string    `json:"number"`
	Title    string    `json:"title"`
	FileName string    `json:"fileName"`
	SHA256   string    `json:"sha256"`
	Pages    int       `json:"pages"`
	SealedAt time.Time `json:"sealedAt"`
}
