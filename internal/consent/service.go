package consent

import (
	"context"
	"encoding/json"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// Service records, withdraws and shows consent.
type Service struct {
	store Store
	notes MeetingNotes
	now   func() time.Time
}

// NewService makes the service. notes may be nil (no meetings, tests) or set later with SetMeetingNotes.
func NewService(store Store, notes MeetingNotes, now func() time.Time) *Service {
	return &Service{store: store, notes: notes, now: now}
}

// SetMeetingNotes closes the circle at start-up, before the first call.
func (s *Service) SetMeetingNotes(n MeetingNotes) { s.notes = n }

// Input is a consent record as entered.
type Input struct {
	CaseID      string            `json:"caseId"`
	PersonID    string            `json:"personId"`
	State       State             `json:"state"`
	Grantor     Grantor           `json:"grantor"`
	GrantorName string            `json:"grantorName"`
	GrantorNote string            `json:"grantorNote"`
	GrantorDoc  string            `json:"grantorDoc"`
	Purposes    []Purpose         `json:"purposes"`
	PurposeNote string            `json:"purposeNote"`
	Scope       map[string][]Item `json:"scope"`
	Others      []Item            `json:"others"`
	Sources     []string          `json:"sources"`
	Forms       []string          `json:"forms"`
	From        string            `json:"from"`  // ISO date: first day covered; "" = day of explanation
	Until       string            `json:"until"` // ISO date: last day covered (inclusive, as printed on the form)
	Method      Method            `json:"method"`
	MethodNote  string            `json:"methodNote"`
	ExplainedBy string            `json:"explainedBy"`
	ExplainedAt time.Time         `json:"explainedAt"`
	ExplainHow  string            `json:"explainHow"`
	CopyGivenAt *time.Time        `json:"copyGivenAt"`
	// EvidenceFile and EvidenceSHA256 come from package files.
	EvidenceFile   string          `json:"evidenceFile"`
	EvidenceSHA256 string          `json:"evidenceSha256"`
	Signature      json.RawMessage `json:"signature"`
	FormHash       string          `json:"formHash"` // hash of the text that was shown; must be that of a known form version
}

// WithdrawInput is a withdrawal as entered. Empty Agencies and Items mean everything.
type WithdrawInput struct {
	RecordID string   `json:"recordId"`
	Agencies []string `json:"agencies"`
	Items    []Item   `json:"items"`
	Note     string   `json:"note"`
}

// Board (同意の進捗) shows who has been asked, by whom, with which result.
type Board struct {
	CaseID string     `json:"caseId"`
	At     time.Time  `json:"at"`
	Rows   []BoardRow `json:"rows"` // one per person, subjects first
	// Ready: every subject has a consent in force for the 重層的支援会議.
	Ready bool `json:"ready"`
}

// BoardRow is one person's line.
type BoardRow struct {
	Party
	State      State      `json:"state"` // effective now; StateNotExplained when there is no record
	StateLabel string     `json:"stateLabel"`
	Asked      bool       `json:"asked"`
	Minor      bool       `json:"minor"` // under 18 today: 親権者の同意を確認
	RecordID   string     `json:"recordId,omitempty"`
	Number     string     `json:"number,omitempty"`
	Purposes   []Purpose  `json:"purposes,omitempty"`
	From       *time.Time `json:"from,omitempty"`
	Until      *time.Time `json:"until,omitempty"`
	DaysLeft   int        `json:"daysLeft"` // whole days until it ends; 0 when not in force
	AskedBy    string     `json:"askedBy,omitempty"`
	AskedAt    *time.Time `json:"askedAt,omitempty"`
	Attempts   int        `json:"attempts"` // how many records (explanations) there are
	// Scope is what may be given to which agency now, withdrawals taken off.
	Scope map[string][]Item `json:"scope,omitempty"`
}

var errUnfinished = fault.New(fault.Internal, "")

// Record stores a new consent record. Holders only. Invalid names the field.
func (s *Service) Record(ctx context.Context, actor access.Actor, in Input) (Record, error) {
	return Record{}, errUnfinished
}

// Withdraw takes a record back in whole or part, at once. Running meetings of the case get it into their minutes in
// the same transaction. Holders only.
func (s *Service) Withdraw(ctx context.Context, actor access.Actor, in WithdrawInput) (Record, error) {
	return Record{}, errUnfinished
}

// ListForCase returns all records of a case, oldest first. Holders only; the reading is audited.
func (s *Service) ListForCase(ctx context.Context, actor access.Actor, caseID string) ([]Record, error) {
	return nil, errUnfinished
}

// Board returns who is asked and who is not. Holders only.
func (s *Service) Board(ctx context.Context, actor access.Actor, caseID string) (Board, error) {
	return Board{}, errUnfinished
}
