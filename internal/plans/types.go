package plans

import (
	"time"

	"kasane/internal/consent"
	"kasane/internal/live"
)

// Plan (支援プラン) is one round of planning for a case. Its text lives in documents, one per person × item.
type Plan struct {
	ID         string    `json:"id"`
	Tenant     string    `json:"-"`
	CaseID     string    `json:"caseId"`
	Round      int       `json:"round"` // 作成回: 1 = 初回, n = 再プラン第n-1回
	PreviousID string    `json:"previousId,omitempty"`
	CreatedAt  time.Time `json:"createdAt"`
	CreatedBy  string    `json:"createdBy"`  // user id
	CreatedFor string    `json:"createdFor"` // 作成機関: agency id at that time
}

// NewDoc is a document to be created; Initial, when not empty, becomes its first committed update (sequence 1).
type NewDoc struct {
	Meta    live.Meta
	Initial []byte
	Clients map[uint64]string // Yjs client id → user, of Initial
}

// VersionState (版の状態).
type VersionState string

// The states of a version. Freezing is the moment between "documents locked" and "hash fixed"; it needs no person to end.
const (
	VersionFreezing VersionState = "freezing"
	VersionProposed VersionState = "proposed" // 合意を求めている
	VersionVoid     VersionState = "void"     // 合意前に編集へ戻した、または合意に至らなかった
	VersionAgreed   VersionState = "agreed"   // 合意した版
)

// DocHead names the exact state of one document: everything up to sequence Head belongs to it.
type DocHead struct {
	DocID    string       `json:"docId"`
	Epoch    int          `json:"epoch"`
	PersonID string       `json:"personId"`
	Item     consent.Item `json:"item"`
	Head     int64        `json:"head"`
}

// Version (版) is the plan at one moment, named by the hash of its canonical JSON. Agreement names the hash.
type Version struct {
	Tenant    string       `json:"-"`
	PlanID    string       `json:"planId"`
	CaseID    string       `json:"caseId"`
	N         int          `json:"n"`
	State     VersionState `json:"state"`
	Hash      string       `json:"hash"` // lower hex SHA-256 of Canonical; "" while freezing
	Canonical []byte       `json:"-"`
	Docs      []DocHead    `json:"-"` // sorted by document id; names persons and classes a reader may not know of
	MeetingID string       `json:"meetingId"`
	FrozenAt  time.Time    `json:"frozenAt"`
	FrozenBy  string       `json:"frozenBy"`
	EndedAt   *time.Time   `json:"endedAt,omitempty"` // when it became void or agreed
}

// Answer (役割の回答) of an agency to one of its own cells.
type Answer string

// The answers.
const (
	AnswerAccept      Answer = "accept"      // 引受
	AnswerConditional Answer = "conditional" // 条件付き (reason)
	AnswerTakeback    Answer = "takeback"    // 持ち帰り (due)
	AnswerDecline     Answer = "decline"     // 辞退 (reason)
)

// Label is the Japanese word of the answer.
func (a Answer) Label() string {
	return map[Answer]string{AnswerAccept: "引受", AnswerConditional: "条件付き", AnswerTakeback: "持ち帰り", AnswerDecline: "辞退"}[a]
}

// RoleAnswer is one answer; answers are never changed, the newest of (plan, action, agency) counts. Whether it still holds
// (the cell is unchanged) is derived when it is shown, never stored.
type RoleAnswer struct {
	ID         string    `json:"id"`
	Tenant     string    `json:"-"`
	PlanID     string    `json:"planId"`
	DocID      string    `json:"docId"`
	ActionID   string    `json:"actionId"`
	AgencyID   string    `json:"agencyId"` // the column, and the agency that answers: always the same
	AgencyName string    `json:"agencyName"`
	Answer     Answer    `json:"answer"`
	Reason     string    `json:"reason,omitempty"`
	Due        string    `json:"due,omitempty"` // ISO date: until when a 持ち帰り is answered
	CellHash   string    `json:"cellHash"`
	UserID     string    `json:"userId"` // user or guest link
	UserName   string    `json:"userName"`
	UserPost   string    `json:"userPost"`
	MeetingID  string    `json:"meetingId,omitempty"`
	At         time.Time `json:"at"`
}

// AnswerView is an answer as shown.
type AnswerView struct {
	RoleAnswer
	Label string `json:"label"`
	// Void: the cell was changed or removed after the answer; it has to be asked again.
	Void bool `json:"void"`
}

// Code (役割) is the mark in a cell of the matrix.
type Code string

// The codes of domain.md §5.
const (
	CodeLead   Code = "lead"   // ◎主担当
	CodeMain   Code = "main"   // ○担当
	CodeAssist Code = "assist" // △協力・後方支援
	CodeWatch  Code = "watch"  // 見 見守り
	CodeInform Code = "inform" // 情 情報共有のみ
	CodeNone   Code = "none"   // － 関与なし
	CodeOpen   Code = "open"   // ？要調整
	CodeSelf   Code = "self"   // 本 本人が取り組むこと
)

// Mark is the sign printed in the cell.
func (c Code) Mark() string {
	return map[Code]string{CodeLead: "◎", CodeMain: "○", CodeAssist: "△", CodeWatch: "見", CodeInform: "情", CodeNone: "－", CodeOpen: "？", CodeSelf: "本"}[c]
}

// Label is the Japanese word of the code.
func (c Code) Label() string {
	return map[Code]string{CodeLead: "主担当", CodeMain: "担当", CodeAssist: "協力・後方支援", CodeWatch: "見守り", CodeInform: "情報共有のみ",
		CodeNone: "関与なし", CodeOpen: "要調整", CodeSelf: "本人が取り組むこと"}[c]
}

// Columns that are not agencies.
const (
	ColumnSelf   = "self"   // 本人
	ColumnFamily = "family" // 家族
)

// Cell (役割分担の欄).
type Cell struct {
	Column  string `json:"column"` // agency id, "self" or "family"
	Code    Code   `json:"code"`
	Content string `json:"content"`
	Limits  string `json:"limits"` // できないこと・条件
	Who     string `json:"who"`
	Freq    string `json:"freq"`
	Start   string `json:"start"`
	Due     string `json:"due"`
	Hash    string `json:"hash"` // what an answer names
}

// Place says whose information, of which class, a row is and in which document it lies.
type Place struct {
	DocID    string       `json:"docId"`
	PersonID string       `json:"personId"` // "" = household
	Item     consent.Item `json:"item"`
}

// Need (課題).
type Need struct {
	Place
	ID       string `json:"id"`
	Ord      string `json:"ord"`
	Code     string `json:"code"`   // 課題コード "01".."29"
	Person   string `json:"person"` // 対象者: person id
	Priority string `json:"priority"`
	Text     string `json:"text"`
}

// Goal (目標).
type Goal struct {
	Place
	ID   string `json:"id"`
	Ord  string `json:"ord"`
	Need string `json:"need"`
	Kind string `json:"kind"` // "long" 長期 | "short" 短期
	Due  string `json:"due"`
	Text string `json:"text"`
}

// Action (支援項目): one row of the role matrix.
type Action struct {
	Place
	ID    string `json:"id"`
	Ord   string `json:"ord"`
	Need  string `json:"need"`
	Goal  string `json:"goal"`
	Text  string `json:"text"`
	Cells []Cell `json:"cells"` // sorted by column; empty cells are left out
}

// Narrative is one of the prose fields of the plan: wish 意向, situation 状況, policy 方針, risk 緊急時.
type Narrative struct {
	Place
	Field string `json:"field"`
	Text  string `json:"text"`
}

// Withheld stands for what a reader may not see: 「同意範囲外」. It never carries text.
type Withheld struct {
	PersonID string       `json:"personId"`
	Item     consent.Item `json:"item"`
	Label    string       `json:"itemLabel"`
	Count    int          `json:"rows"` // rows and filled prose fields in that document
	Actions  int          `json:"actions"`
}

// Body is the plan as read from its documents, in the order of its rows.
type Body struct {
	PlanID         string      `json:"planId"`
	CaseID         string      `json:"caseId"`
	Round          int         `json:"round"`
	Lead           string      `json:"lead"`      // 主担当機関: agency id
	AfterLead      string      `json:"afterLead"` // 終結後の主担当
	PeriodFrom     string      `json:"periodFrom"`
	PeriodTo       string      `json:"periodTo"`
	NextMonitoring string      `json:"nextMonitoring"`
	Programs       []string    `json:"programs"`
	Narratives     []Narrative `json:"narratives"`
	Needs          []Need      `json:"needs"`
	Goals          []Goal      `json:"goals"`
	Actions        []Action    `json:"actions"`
	Withheld       []Withheld  `json:"withheld"`
}

// DocRef is a document as one reader may use it (docs/api.md). Doc is empty when it may not be read.
type DocRef struct {
	Doc           string       `json:"doc"` // name on the live connection: "<id>.<epoch>"
	DocID         string       `json:"docId"`
	Kind          live.Kind    `json:"kind"`
	PersonID      string       `json:"personId"`
	Item          consent.Item `json:"item"`
	ItemLabel     string       `json:"itemLabel"`
	Read          bool         `json:"read"`
	Write         bool         `json:"write"`
	OwnAgencyOnly bool         `json:"ownAgencyOnly"` // cells of the own agency only
	Frozen        bool         `json:"frozen"`
	Reason        string       `json:"reason,omitempty"`
	ReasonLabel   string       `json:"reasonLabel,omitempty"`
}

// Column of the role matrix.
type Column struct {
	ID      string `json:"id"`   // agency id, "self", "family"
	Kind    string `json:"kind"` // "agency" | "self" | "family"
	Name    string `json:"name"`
	Short   string `json:"short"`
	Member  bool   `json:"member"`  // current member of the case
	Present bool   `json:"present"` // attended the meeting; always true outside of one
	Leads   int    `json:"leads"`   // ◎ of this column
	Roles   int    `json:"roles"`   // cells with an active role (◎○△見)
}

// MatrixRow is one 支援項目 of the matrix.
type MatrixRow struct {
	Action   Action       `json:"action"`
	NeedText string       `json:"needText"`
	GoalText string       `json:"goalText"`
	Answers  []AnswerView `json:"answers"`
	// Reason stated why the row has not exactly one ◎ or its ◎ has not accepted.
	Reason string `json:"reason,omitempty"`
}

// Matrix (役割分担表).
type Matrix struct {
	Columns  []Column    `json:"columns"`
	Rows     []MatrixRow `json:"rows"`
	Withheld int         `json:"withheld"` // rows outside of the reader's consent scope
	Warnings []Warning   `json:"warnings"`
}

// Warning is something to look at before the plan is agreed. Blocking ones stop 閉会 of a 重層的支援会議 unless a reason is stated.
type Warning struct {
	Code     string `json:"code"`
	Blocking bool   `json:"blocking"`
	Message  string `json:"message"` // for people, says what to do
	ActionID string `json:"actionId,omitempty"`
	DocID    string `json:"docId,omitempty"`
	Column   string `json:"column,omitempty"`
}

// Person is what a plan needs to know of a 世帯員.
type Person struct {
	ID       string `json:"id"`
	Ord      int    `json:"ord"`
	Name     string `json:"name"`
	Kana     string `json:"kana"`
	Relation string `json:"relation"`
	Subject  bool   `json:"subject"`
}

// MemberAgency is an agency with its membership of the case.
type MemberAgency struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Short  string `json:"short"`
	City   bool   `json:"city"`
	Member bool   `json:"member"` // a member now; former members stay known by name
}

// Household is the case as a plan sees it.
type Household struct {
	CaseID     string
	CaseNumber string
	Persons    []Person       // by Ord
	Agencies   []MemberAgency // every agency of the municipality; members first, in order of joining
}

// View is the plan for one reader (GET /api/plans/{id}).
type View struct {
	Plan     Plan         `json:"plan"`
	Columns  []Column     `json:"columns"`
	Docs     []DocRef     `json:"docs"`
	Withheld []Withheld   `json:"withheld"`
	Body     Body         `json:"body"`
	Matrix   Matrix       `json:"matrix"`
	Answers  []AnswerView `json:"answers"` // newest per action × agency, rows the reader may see
	Warnings []Warning    `json:"warnings"`
	Versions []Version    `json:"versions"` // newest first
	Frozen   *Version     `json:"frozen"`   // the version agreement is asked for now
	// Diff is 前回との差分 against the newest agreed version of this plan or its predecessors, rows the reader may see; nil if none.
	Diff      []Change  `json:"diff"`
	Abilities Abilities `json:"abilities"`
}

// Abilities say what the reader may do, so that the screen never guesses.
type Abilities struct {
	Edit   bool `json:"edit"`   // some document may be written now
	Answer bool `json:"answer"` // the reader's agency has a column
	Ensure bool `json:"ensure"` // may add a document for a further item class
	Take   bool `json:"take"`   // may take the 役割分担表 home for a spreadsheet
}

// Change is one field that differs between two versions.
type Change struct {
	Kind     string       `json:"kind"` // "added" | "removed" | "changed"
	What     string       `json:"what"` // "narrative" | "need" | "goal" | "action" | "cell" | "plan"
	Label    string       `json:"label"`
	RowID    string       `json:"rowId,omitempty"`
	Column   string       `json:"column,omitempty"`
	Field    string       `json:"field,omitempty"`
	PersonID string       `json:"personId"`
	Item     consent.Item `json:"item"`
	Before   string       `json:"before"`
	After    string       `json:"after"`
}
