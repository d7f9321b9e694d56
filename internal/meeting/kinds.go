package meeting

import (
	"kasane/internal/consent"
	"kasane/internal/plans"
	"time"
)

// Kind names an event. Stable: stored.
type Kind string

// The kinds, each with the type of its data.
const (
	KindCreated       Kind = "created"        // createdData
	KindEdited        Kind = "edited"         // editedData
	KindConvened      Kind = "convened"       // convenedData
	KindMode          Kind = "mode"           // modeData
	KindChair         Kind = "chair"          // chairData
	KindAgenda        Kind = "agenda"         // AgendaItem: added or changed by id
	KindAgendaRemoved Kind = "agenda_removed" // idData
	KindAgendaState   Kind = "agenda_state"   // agendaStateData
	KindProject       Kind = "project"        // idData: 現在の議題
	KindSeat          Kind = "seat"           // seatData
	KindSeatRemoved   Kind = "seat_removed"   // idData (agency)
	KindSeatExcused   Kind = "seat_excused"   // excusedData: 欠席・退席 recorded by hand
	KindDesignated    Kind = "designated"     // designatedData: 構成員外の指定
	KindGuest         Kind = "guest"          // guestData
	KindGuestRemoved  Kind = "guest_removed"  // idData
	KindReception     Kind = "reception"      // none
	KindJoined        Kind = "joined"         // joinedData
	KindLeft          Kind = "left"           // leftData
	KindAttendance    Kind = "attendance"     // attendanceData: manual line or correction
	KindSecrecy       Kind = "secrecy"        // secrecyData: 守秘義務確認
	KindOpened        Kind = "opened"         // openedData
	KindPhase         Kind = "phase"          // idData
	KindHand          Kind = "hand"           // handData
	KindFloor         Kind = "floor"          // floorData
	KindTurns         Kind = "turns"          // turnsData: 一巡 begins
	KindTurn          Kind = "turn"           // turnData
	KindTurnsEnd      Kind = "turns_end"      // turnsEndData
	KindNote          Kind = "note"           // noteData: 保留・地域課題メモ
	KindNoteState     Kind = "note_state"     // noteStateData
	KindComment       Kind = "comment"        // commentData
	KindCommentState  Kind = "comment_state"  // commentStateData
	KindShown         Kind = "shown"          // shownData: what the chair shows
	KindConference    Kind = "conference"     // conferenceData
	KindRowReason     Kind = "row_reason"     // rowReasonData
	KindCarried       Kind = "carried"        // carriedData: 支援会議からの引き継ぎ
	KindRole          Kind = "role"           // plans.RoleAnswer
	KindFreezing      Kind = "freezing"       // freezingData
	KindFrozen        Kind = "frozen"         // frozenData
	KindReopened      Kind = "reopened"       // reasonData
	KindAnswered      Kind = "answered"       // answeredData
	KindObjectionDone Kind = "objection_done" // objectionDoneData
	KindDecided       Kind = "decided"        // decidedData
	KindNext          Kind = "next"           // nextData
	KindWithdrawn     Kind = "withdrawn"      // withdrawnData: 同意の撤回
	KindClosing       Kind = "closing"        // closingData
	KindClosed        Kind = "closed"         // closedData
	KindSealed        Kind = "sealed_papers"  // sealedData: records that waited
	KindWaiver        Kind = "waiver"         // waiverData: reason for characters that cannot be printed
	KindAmend         Kind = "amend"          // reasonData: minutes opened for correction
	KindProposed      Kind = "proposed"       // proposedData
	KindConfirmed     Kind = "confirmed"      // confirmedData
	KindFinal         Kind = "final"          // finalData
	KindCorrect       Kind = "correct"        // correctData: sealed minutes opened again
	KindCorrectUndone Kind = "correct_undone" // reasonData
	KindHandover      Kind = "handover"       // handoverData: 主担当の引き継ぎの申し出
	KindHandoverDone  Kind = "handover_done"  // handoverDoneData
	KindSense         Kind = "sense"          // none: 感触確認
	KindSensed        Kind = "sensed"         // sensedData
	KindSuggested     Kind = "suggested"      // suggestedData: 会議録の修正の申し出
	KindSuggestDone   Kind = "suggest_done"   // suggestDoneData
	KindTicked        Kind = "ticked"         // tickedData: 宿題の進み具合
	KindSurvey        Kind = "survey"         // surveyData
	KindCancelled     Kind = "cancelled"      // reasonData: 中止
	KindPrepared      Kind = "prepared"       // preparedData: 準備シートの提出
	KindPrepFor       Kind = "prep_for"       // prepForData: 準備シートの代行入力
	KindLeadOffered   Kind = "lead_offered"   // plans.LeadOffer: 主担当の申し出
	KindLeadAnswered  Kind = "lead_answered"  // leadAnsweredData
)

type createdData struct {
	Meeting Meeting       `json:"meeting"`
	Phases  []PhaseDef    `json:"phases"`
	Seats   []seatData    `json:"seats"`
	Agenda  []*AgendaItem `json:"agenda"`
}

type idData struct {
	ID string `json:"id"`
}

type reasonData struct {
	Reason string `json:"reason"`
}

type editedData struct {
	Title        *string    `json:"title,omitempty"`
	PlannedStart *time.Time `json:"plannedStart,omitempty"`
	PlannedEnd   *time.Time `json:"plannedEnd,omitempty"`
	Place        *string    `json:"place,omitempty"`
	Form         *Form      `json:"form,omitempty"`
	PlanID       *string    `json:"planId,omitempty"`
}

type convenedData struct {
	Convener string `json:"convener"` // 招集者
	Basis    string `json:"basis"`    // 根拠
	Reason   string `json:"reason"`   // 理由
}

type modeData struct {
	Mode consent.Mode `json:"mode"`
	convenedData
}

type chairData struct {
	Role   string `json:"role"` // "chair" | "deputy" | "recorder"
	UserID string `json:"userId"`
	Name   string `json:"name"`
	Remove bool   `json:"remove,omitempty"`
}

type agendaStateData struct {
	ID    string `json:"id"`
	State string `json:"state"`
	Note  string `json:"note"`
}

type seatData struct {
	AgencyID string `json:"agencyId"`
	Name     string `json:"name"`
	Short    string `json:"short"`
	City     bool   `json:"city"`
	Member   bool   `json:"member"`            // 構成員
	Observer bool   `json:"observer"`          // 助言者: no answer, no writing
	Speaker  string `json:"speaker"`           // 発言者
	Proxy    string `json:"proxy"`             // 代理: who is replaced
	Changed  bool   `json:"changed,omitempty"` // the agency had a seat before
}

type excusedData struct {
	AgencyID string `json:"agencyId"`
	Status   string `json:"status"` // "absent" 欠席 | "left" 退席 | "present" undo
	Reason   string `json:"reason"`
}

type designatedData struct {
	AgencyID string `json:"agencyId"`
	Reason   string `json:"reason"`
}

type guestData struct {
	GuestID    string `json:"guestId"`
	Name       string `json:"name"`
	Kana       string `json:"kana"`
	Post       string `json:"post"`
	AgencyID   string `json:"agencyId"`
	AgencyName string `json:"agencyName"`
}

type joinedData struct {
	Conn    string `json:"conn"` // "enter" until a connection is known
	Form    Form   `json:"form"`
	Guest   bool   `json:"guest,omitempty"`
	Changed bool   `json:"changed,omitempty"` // was there already, and says it is another way
}

type leftData struct {
	Conn string `json:"conn"`
	User string `json:"user,omitempty"` // whose connection, when somebody else (a node that cleans up) reports it
}

type attendanceData struct {
	Key      string     `json:"key"` // user or guest id; "m:…" for a person without any account
	Name     string     `json:"name"`
	Kana     string     `json:"kana"`
	Post     string     `json:"post"`
	AgencyID string     `json:"agencyId"`
	Form     Form       `json:"form"`
	From     *time.Time `json:"from"`
	To       *time.Time `json:"to"`
	Absent   bool       `json:"absent"`
	Proxy    string     `json:"proxy"`
	Reason   string     `json:"reason"` // of the correction
}

type secrecyData struct {
	Key    string `json:"key"`    // who confirmed
	Method string `json:"method"` // "screen" | "paper" (確認書)
}

type openedData struct {
	Consents []string `json:"consents"` // numbers of the records in force
}

type handData struct {
	Up   bool   `json:"up"`
	Kind string `json:"kind"` // "speak" 発言 | "ask" 確認 | "object" 異議 | "safety" 安全上の懸念
}

type floorData struct {
	AgencyID string `json:"agencyId"` // "" = nobody
}

type rowReasonData struct {
	ActionID string       `json:"actionId"`
	Reason   string       `json:"reason"`
	PersonID string       `json:"personId"` // whose row it is, and of which class: the reason is shown to whom the row is shown
	Item     consent.Item `json:"item"`
}

type carriedData struct {
	Rows []carriedRow `json:"rows"`
}

type freezingData struct {
	PlanID  string `json:"planId"`
	Version int    `json:"version"`
}

type frozenData struct {
	PlanID  string `json:"planId"`
	Version int    `json:"version"`
	Hash    string `json:"hash"`
}

type answeredData struct {
	AgencyID string `json:"agencyId"`
	Hash     string `json:"hash"`
	Answer   Answer `json:"answer"`
	Reason   string `json:"reason"`
	Due      string `json:"due"`
	Part     string `json:"part"`           // 異議: which part
	Instead  string `json:"instead"`        // 異議: 代案
	Spot     *Spot  `json:"spot,omitempty"` // 異議: the row or cell
	Speaker  string `json:"speaker"`
	Proxy    string `json:"proxy"`
	Oral     bool   `json:"oral"` // spoken by a person without account, written down by chair or recorder
}

type objectionDoneData struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

type decidedData struct {
	Outcome Outcome `json:"outcome"`
	Hash    string  `json:"hash"`
	Reason  string  `json:"reason"`
	Review  string  `json:"review"` // review date
}

type nextData struct {
	Date   string `json:"date"` // ISO date or ""
	Time   string `json:"time"`
	Agenda string `json:"agenda"`
}

type withdrawnData struct {
	PersonID string         `json:"personId"`
	Record   string         `json:"record"` // 同意書番号
	Agencies []string       `json:"agencies"`
	Items    []consent.Item `json:"items"`
}

type closingData struct {
	Numbers map[PaperKind]string `json:"numbers"`
}

// leftOut is what may not be sealed because no consent covers it at the time of closing.
type leftOut struct {
	PersonID string       `json:"personId"`
	Item     consent.Item `json:"item"`
	Rows     int          `json:"rows"`
}

type closedData struct {
	Minutes  int       `json:"minutes"` // version of the 案
	Hash     string    `json:"hash"`
	Sealed   []string  `json:"sealed"` // document numbers
	Problems []Problem `json:"problems"`
	Left     []leftOut `json:"left"` // not covered by consent at closing: left out of the papers and noted
}

type sealedData struct {
	Sealed []string `json:"sealed"`
}

type waiverData struct {
	Paper  PaperKind `json:"paper"`
	Reason string    `json:"reason"`
}

type proposedData struct {
	Version int          `json:"version"`
	Hash    string       `json:"hash"`
	Until   string       `json:"until"`             // ISO date: last day to answer
	Changed []changedRow `json:"changed,omitempty"` // of a 訂正
}

type confirmedData struct {
	AgencyID string `json:"agencyId"`
	Version  int    `json:"version"`
	Hash     string `json:"hash"`
	OK       bool   `json:"ok"` // false: 意見あり
	Opinion  string `json:"opinion"`
}

type finalData struct {
	Version int    `json:"version"`
	Hash    string `json:"hash"`
	Number  string `json:"number"`
	Reason  string `json:"reason"`
}

// roleData is the answer to a cell as the event keeps it.
type roleData = plans.RoleAnswer
