package meeting

import (
	"time"

	"kasane/internal/consent"
	"kasane/internal/plans"
)

// Room is the meeting for one actor (GET /api/meetings/{id}): what its screen shows, and nothing it may not know.
type Room struct {
	Meeting     Meeting      `json:"meeting"`
	CaseNumber  string       `json:"caseNumber"`
	TypeName    string       `json:"typeName"`
	Basis       string       `json:"basis"`
	Status      Status       `json:"status"`
	StatusLabel string       `json:"statusLabel"`
	Seq         int64        `json:"seq"`
	Now         time.Time    `json:"now"` // server time, for timers
	Phase       string       `json:"phase"`
	Phases      []PhaseState `json:"phases"`
	Agenda      []AgendaLine `json:"agenda"`
	Current     string       `json:"current"`
	Seats       []SeatLine   `json:"seats"`
	Attendance  []Attendee   `json:"attendance"`
	Guests      []Guest      `json:"guests"` // for those who run the meeting
	Hands       []Hand       `json:"hands"`
	Floor       string       `json:"floor"`
	During      During       `json:"during"`
	Convened    *Convened    `json:"convened"`
	You         You          `json:"you"`
	Frozen      *FrozenLine  `json:"frozen"`
	Answers     AnswersLine  `json:"answers"`
	Objections  []Objection  `json:"objections"`
	Outcome     Outcome      `json:"outcome"`
	OutcomeText string       `json:"outcomeLabel"`
	Decision    *Decision    `json:"decision"`
	// Outcomes the chair may choose now.
	Outcomes     []Choice         `json:"outcomes"`
	Acts         []ActState       `json:"acts"`
	Docs         []plans.DocRef   `json:"docs"` // of the minutes; withheld ones have no name
	PlanID       string           `json:"planId"`
	Consent      ConsentStrip     `json:"consent"`
	Withdrawals  []WithdrawalLine `json:"withdrawals"`
	Events       []EventLine      `json:"events"`
	Next         *Next            `json:"next"`
	Blockers     []Blocker        `json:"blockers"` // of 閉会, for those who run the meeting
	RowReasons   []RowReason      `json:"rowReasons"`
	Records      []SealedRef      `json:"records"`
	Minutes      *MinutesLine     `json:"minutes"`
	Problems     []Problem        `json:"problems"` // why records wait to be sealed
	DocNumbers   []string         `json:"docNumbers"`
	Handovers    []Handover       `json:"handovers"`
	Sense        *SenseLine       `json:"sense"`
	Survey       *SurveyLine      `json:"survey"`
	Cancelled    *Cancelled       `json:"cancelled"`    // 中止
	Sitting      *SittingLine     `json:"sitting"`      // 開催 of several cases, as far as the reader has a part in it
	TextWithheld bool             `json:"textWithheld"` // reasons and notes are left out: no right to 基本情報 of the household
}

// You is the actor's own part.
type You struct {
	Chair     bool   `json:"chair"`
	Recorder  bool   `json:"recorder"`
	Holder    bool   `json:"holder"`
	Seat      string `json:"seat"` // agency id one answers for, "" = none
	Here      bool   `json:"here"` // attendance is noted
	Confirmed bool   `json:"confirmed"`
	// MustConfirm: nothing of the case is shown before 守秘義務 is confirmed.
	MustConfirm bool `json:"mustConfirm"`
	// Prepared: the own agency's 準備シート is in.
	Prepared bool `json:"prepared"`
	// Undesignated: the agency is not 構成員 and not yet designated.
	Undesignated bool `json:"undesignated"`
}

// AgendaLine is an agenda item as the reader may see it.
type AgendaLine struct {
	AgendaItem
	PurposeLabel string `json:"purposeLabel"`
	KindLabel    string `json:"kindLabel"`
	Withheld     bool   `json:"withheld"`
}

// SeatLine is a seat with what may be known of its answer.
type SeatLine struct {
	Seat
	Attended bool `json:"attended"`
	Here     bool `json:"here"`
	Asked    bool `json:"asked"`    // its answer is waited for
	Answered bool `json:"answered"` // to the current hash
	Own      bool `json:"own"`
}

// FrozenLine is the version agreement is asked for.
type FrozenLine struct {
	Version int       `json:"version"`
	Hash    string    `json:"hash"` // "" for the moment in which it is computed
	At      time.Time `json:"at"`
	By      string    `json:"by"`
}

// AnswersLine: who has answered; what was answered only when revealed (and one's own always).
type AnswersLine struct {
	Revealed bool         `json:"revealed"`
	Missing  []string     `json:"missing"` // agency ids
	Own      *SeatAnswer  `json:"own"`
	List     []AnswerText `json:"list"` // empty until revealed
	Earlier  []PastRound  `json:"earlier"`
	// Last is the own answer to an earlier version: what changed since is worth a look.
	Last *LastAnswer `json:"last"`
}

// AnswerText is a revealed answer with its word.
type AnswerText struct {
	SeatAnswer
	Label string `json:"label"`
}

// PastRound is an asking that became void.
type PastRound struct {
	Version int          `json:"version"`
	Hash    string       `json:"hash"`
	VoidAt  time.Time    `json:"voidAt"`
	Void    string       `json:"void"`
	List    []AnswerText `json:"list"`
}

// Choice is a selectable code.
type Choice struct {
	Code  string `json:"code"`
	Label string `json:"label"`
}

// ConsentStrip (同意の帯) says on what ground information is shown, and what each agency may see.
type ConsentStrip struct {
	Mode     consent.Mode  `json:"mode"`
	Label    string        `json:"label"` // the banner
	InForce  bool          `json:"inForce"`
	Until    *time.Time    `json:"until"` // the earliest end, exclusive
	Agencies []AgencyChips `json:"agencies"`
}

// AgencyChips is one row of the strip: the items of the household this agency may see, by every subject's consent or by law.
type AgencyChips struct {
	AgencyID string         `json:"agencyId"`
	Items    []consent.Item `json:"items"`
	All      bool           `json:"all"` // every item, by law (支援会議); Items is empty then
}

// WithdrawalLine is a withdrawal during the meeting; the person is named by id only.
type WithdrawalLine struct {
	PersonID string    `json:"personId"`
	At       time.Time `json:"at"`
	All      bool      `json:"all"`
}

// MinutesLine is the 会議録 after closing.
type MinutesLine struct {
	Version   int              `json:"version"`
	Hash      string           `json:"hash"`
	Amending  bool             `json:"amending"`
	Until     string           `json:"until"`
	Versions  []MinutesVersion `json:"versions"`
	Confirmed []Confirmation   `json:"confirmed"`
	Waiting   []string         `json:"waiting"` // agencies that have not confirmed
	Final     *FinalState      `json:"final"`
	// Suggestions of who was there (修正の申し出).
	Suggestions []Suggestion `json:"suggestions"`
	// Lapsed: the period is over; who has not answered counts as 期限経過みなし.
	Lapsed bool `json:"lapsed"`
	// Days is the usual length of the period, by the type of the meeting.
	Days int `json:"days"`
	// Edition is how often the 会議録 was sealed: the number of its newest sealed version.
	Edition int `json:"edition"`
	// Correction under way (訂正); nil when there is none.
	Correction *CorrectionLine `json:"correction,omitempty"`
	// Readable: the PDF of the 案 shows the actor what it is asked to confirm.
	Readable bool `json:"readable"`
}
