package meeting

import (
	"time"

	"kasane/internal/consent"
	"kasane/internal/plans"
)

// State is the fold of a meeting's events. It is for the server: View makes of it what one actor may see.
type State struct {
	Meeting     Meeting
	Phase       string
	Phases      []PhaseState
	Agenda      []AgendaItem
	Current     string // 現在の議題
	Seats       []Seat
	People      []Attendee
	Guests      []Guest
	Hands       []Hand
	Floor       string // agency that has the floor
	floorSince  time.Time
	Turns       *Turns // 一巡, the newest one
	Notes       []Note // 保留・地域課題メモ
	Shown       string // part of the room the chair shows
	Conference  string // 会議システムのURL
	Convened    *Convened
	ModeNote    *Convened // why a 重層的支援会議 is held as 支援会議
	Consents    []string  // numbers in force at 開会
	RowReasons  []RowReason
	Carried     []carriedRow // rows copied from the minutes of 支援会議
	Roles       []plans.RoleAnswer
	Rounds      []Round // one per freeze; the last one is current while Status is agreeing or later
	Objections  []Objection
	Next        *Next
	Withdrawals []WithdrawalNote
	Closing     *ClosingState
	Closed      *ClosedState
	Waivers     []Waiver
	Amending    bool // minutes documents are open for correction
	Proposed    *Proposed
	Confirmed   []Confirmation
	Final       *FinalState
	Editions    int         // how often the minutes were sealed
	Corrections []Reopening // 訂正 of sealed minutes, oldest first
	Handovers   []Handover
	Senses      []Sense
	Suggestions []Suggestion
	Comments    []Comment
	Ticks       []Tick
	Surveys     []Survey
	Cancelled   *Cancelled
	Prepared    []Prepared // 準備シート that were handed in
	PreparedFor []PrepFor  // 代行入力
	lastAt      time.Time
}

// PhaseState is a phase with its times.
type PhaseState struct {
	PhaseDef
	BegunAt *time.Time `json:"begunAt,omitempty"` // last time it was entered
	Seconds int        `json:"seconds"`           // spent in earlier visits
	Current bool       `json:"current"`
}

// Seat (機関の席): one answer per agency.
type Seat struct {
	AgencyID   string     `json:"agencyId"`
	Name       string     `json:"name"`
	Short      string     `json:"short"`
	City       bool       `json:"city"`
	Member     bool       `json:"member"`               // 構成員
	Designated *time.Time `json:"designated,omitempty"` // 構成員外の指定
	Ground     string     `json:"ground,omitempty"`     // reason of the designation
	Observer   bool       `json:"observer"`
	Speaker    string     `json:"speaker"`
	Proxy      string     `json:"proxy"`
	Excused    string     `json:"excused"` // "absent" 欠席 | "left" 退席 | ""
	Excuse     string     `json:"excuse,omitempty"`
	Spoken     int        `json:"spoken"` // seconds with the floor
}

// Span is one stay in the meeting; To is nil while it lasts.
type Span struct {
	From time.Time  `json:"from"`
	To   *time.Time `json:"to,omitempty"`
}

// Attendee (出席者) with the times of coming and going.
type Attendee struct {
	Key         string       `json:"key"`
	Name        string       `json:"name"`
	Kana        string       `json:"kana"`
	Post        string       `json:"post"`
	AgencyID    string       `json:"agencyId"`
	AgencyName  string       `json:"agencyName"`
	Form        Form         `json:"form"` // room | remote
	Guest       bool         `json:"guest"`
	Manual      bool         `json:"manual"` // written down by hand: no account, no connection
	Absent      bool         `json:"absent"`
	Proxy       string       `json:"proxy"`
	Spans       []Span       `json:"spans"`
	Secrecy     *time.Time   `json:"secrecy,omitempty"` // 守秘義務確認
	SecrecyHow  string       `json:"secrecyHow,omitempty"`
	Corrections []Correction `json:"corrections,omitempty"`
	conns       []string
}

// Correction is the trace of a manual change of attendance.
type Correction struct {
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

// Here tells whether the attendee is in the meeting now.
func (a Attendee) Here() bool { return len(a.Spans) > 0 && a.Spans[len(a.Spans)-1].To == nil }

// Attended tells whether the attendee has been there.
func (a Attendee) Attended() bool { return len(a.Spans) > 0 && !a.Absent }

// Guest is an invited person without account; the secrets of the link live in package identity.
type Guest struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Kana     string `json:"kana"`
	Post     string `json:"post"`
	AgencyID string `json:"agencyId"`
	Removed  bool   `json:"removed"`
}

// Hand is a wish to speak; 安全上の懸念, 異議 and 確認 come before 発言.
type Hand struct {
	Key      string    `json:"key"`
	Name     string    `json:"name"`
	AgencyID string    `json:"agencyId"`
	Kind     string    `json:"kind"`
	At       time.Time `json:"at"`
}

// Convened (招集) says who called the meeting on which basis and why.
type Convened struct {
	Convener string    `json:"convener"`
	Basis    string    `json:"basis"`
	Reason   string    `json:"reason"`
	At       time.Time `json:"at"`
	By       string    `json:"by"`
}

// RowReason is why a 支援項目 goes on without one accepted ◎.
type RowReason struct {
	ActionID string       `json:"actionId"`
	PersonID string       `json:"personId"` // with Item the document of the row: an id alone may come twice
	Item     consent.Item `json:"item"`
	Reason   string       `json:"reason"`
	By       string       `json:"by"`
	At       time.Time    `json:"at"`
}

func (r RowReason) row() plans.Row {
	return plans.Row{PersonID: r.PersonID, Item: r.Item, ActionID: r.ActionID}
}

// Round is one asking: a frozen version and the answers to it.
type Round struct {
	PlanID   string
	Version  int
	Hash     string // "" until fixed
	At       time.Time
	By       string
	Answers  []SeatAnswer // newest per agency, in order of first answer
	Revealed *time.Time   // all present seats had answered; never taken back
	Void     string       // reason of reopening
	VoidAt   *time.Time
	Decision *Decision // nil again when an answer changes
}

// SeatAnswer is the answer of one agency to one hash.
type SeatAnswer struct {
	AgencyID   string    `json:"agencyId"`
	AgencyName string    `json:"agencyName"`
	Answer     Answer    `json:"answer"`
	Reason     string    `json:"reason"`
	Due        string    `json:"due"`
	Part       string    `json:"part"`
	Instead    string    `json:"instead"`
	Spot       *Spot     `json:"spot,omitempty"`
	Speaker    string    `json:"speaker"`
	Proxy      string    `json:"proxy"`
	By         string    `json:"by"` // name of who pressed
	Oral       bool      `json:"oral"`
	At         time.Time `json:"at"`
}

// Objection (異議) stays with its text and its raiser, whatever happens to the version.
type Objection struct {
	ID         string     `json:"id"`
	AgencyID   string     `json:"agencyId"`
	AgencyName string     `json:"agencyName"`
	By         string     `json:"by"`
	Version    int        `json:"version"`
	Hash       string     `json:"hash"`
	Reason     string     `json:"reason"`
	Part       string     `json:"part"`
	Instead    string     `json:"instead"`
	Spot       *Spot      `json:"spot,omitempty"`
	At         time.Time  `json:"at"`
	DoneAt     *time.Time `json:"doneAt,omitempty"`
	DoneBy     string     `json:"doneBy,omitempty"`
	DoneHow    string     `json:"doneHow,omitempty"`
}

// Decision (結果) of the chair.
type Decision struct {
	Outcome Outcome   `json:"outcome"`
	Reason  string    `json:"reason"`
	Review  string    `json:"review"`
	By      string    `json:"by"`
	At      time.Time `json:"at"`
}

// Next (次回).
type Next struct {
	Date   string `json:"date"`
	Time   string `json:"time"`
	Agenda string `json:"agenda"`
}

// WithdrawalNote (同意の撤回) during the meeting.
type WithdrawalNote struct {
	PersonID string         `json:"personId"`
	Record   string         `json:"record"`
	Agencies []string       `json:"agencies"`
	Items    []consent.Item `json:"items"`
	At       time.Time      `json:"at"`
	By       string         `json:"by"`
}

// ClosingState is what 閉会 fixed.
type ClosingState struct {
	At      time.Time
	By      string // name
	ByID    string
	Seq     int64
	Numbers map[PaperKind]string
}

// ClosedState is what came of it.
type ClosedState struct {
	Minutes  int // newest version of the 案
	Hash     string
	Problems []Problem // papers that wait to be sealed
	Left     []leftOut
}

// Waiver is the reason recorded for characters (not names) that cannot be printed.
type Waiver struct {
	Paper  PaperKind `json:"paper"`
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// Proposed is the version the attended agencies are asked to confirm.
type Proposed struct {
	Version int       `json:"version"`
	Hash    string    `json:"hash"`
	Until   string    `json:"until"`
	At      time.Time `json:"at"`
}

// Confirmation (会議録の確認) of one agency.
type Confirmation struct {
	AgencyID string    `json:"agencyId"`
	OK       bool      `json:"ok"`
	Opinion  string    `json:"opinion"`
	Version  int       `json:"version"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
}

// FinalState is the sealed minutes.
type FinalState struct {
	Version int       `json:"version"`
	Number  string    `json:"number"`
	Reason  string    `json:"reason"`
	By      string    `json:"by"`
	At      time.Time `json:"at"`
}
