package cases

import "time"

// Stage (段階) of a case in the flow of domain.md §2.2.
type Stage string

// The stages used so far; the transitions are data in stages.go.
const (
	StageReceived   Stage = "received"   // 受付
	StageIntake     Stage = "intake"     // インテーク
	StageSeeking    Stage = "seeking"    // 同意に向けて働きかけ中
	StageAssessment Stage = "assessment" // アセスメント
	StagePlanning   Stage = "planning"   // プラン案
	StageDecided    Stage = "decided"    // 支援決定
	StageSupporting Stage = "supporting" // 支援中
	StageClosed     Stage = "closed"     // 終結
	StageSuspended  Stage = "suspended"  // 中断
)

// Case (ケース) is one household's matter: several persons, several agencies.
type Case struct {
	ID        string    `json:"id"`
	Tenant    string    `json:"-"`
	Number    string    `json:"number"` // ケースID: K2026-0001, 年度+連番, never reused
	Stage     Stage     `json:"stage"`
	Version   int64     `json:"version"`
	OpenedAt  time.Time `json:"openedAt"` // 受付日
	OpenedBy  string    `json:"openedBy"`
	UpdatedAt time.Time `json:"updatedAt"`
}

// Person (世帯員). Name and kana are 基本情報 and kept exactly as entered; everything else about a person lives in
// section documents, one per item class.
type Person struct {
	ID       string `json:"id"`
	Tenant   string `json:"-"`
	CaseID   string `json:"caseId"`
	Ord      int    `json:"ord"`
	Name     string `json:"name"`
	Kana     string `json:"kana"`
	Alias    string `json:"alias,omitempty"` // 通称・別名
	Relation string `json:"relation"`        // 続柄: 本人, 母, 長男 …
	Birth    string `json:"birth"`           // ISO date, may be partial ("1944", "1944-05") or ""
	Sex      string `json:"sex"`             // 男 / 女 / その他 / 不明・回答しない
	// Subject: 本人 of the support (consent subject of the plan); a case may have several.
	Subject bool `json:"subject"`
	// AddressSecret: 住所秘匿(DV等支援措置).
	AddressSecret bool `json:"addressSecret"`
	// WithheldFrom (特定機関に非開示): ids of agencies that get nothing of this person, whatever consent or meeting says.
	WithheldFrom []string  `json:"withheldFrom,omitempty"`
	UpdatedAt    time.Time `json:"updatedAt"`
}

// Member (関わる機関) is an agency's membership of a case.
type Member struct {
	CaseID   string     `json:"caseId"`
	AgencyID string     `json:"agencyId"`
	Since    time.Time  `json:"since"`
	Until    *time.Time `json:"until,omitempty"`
	Note     string     `json:"note"` // how it is involved, one line
}

// Summary is a line of the case list: number and initials only, never a full name.
type Summary struct {
	Case
	Initials string `json:"initials"` // ふりがな頭文字 of the subjects, e.g. 「た・よ」
	// SubjectKana is what Initials is made from; it never leaves the server.
	SubjectKana []string `json:"-"`
	Persons     int      `json:"persons"`
	Agencies    int      `json:"agencies"`
	// NextMeeting is the planned start of the next meeting, if any.
	NextMeeting *time.Time `json:"nextMeeting,omitempty"`
	// Until is 再開予定日 of a case in 中断, ISO; "" otherwise.
	Until string `json:"until,omitempty"`
}
