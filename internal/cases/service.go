package cases

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
)

// Service is what can be done with cases (ケース). Everything a person sees of a case goes through the Gatekeeper.
type Service struct {
	store Store
	gate  *Gatekeeper
	now   func() time.Time
}

// NewService makes the service.
func NewService(store Store, gate *Gatekeeper, now func() time.Time) *Service {
	return &Service{store: store, gate: gate, now: now}
}

// NewCase is what is needed to open a case (受付).
type NewCase struct {
	OpenedAt string        `json:"openedAt"` // 受付日, ISO date; "" = today
	Persons  []PersonInput `json:"persons"`  // the household; at least one with Subject
	Agencies []string      `json:"agencies"` // 関わる機関: first members
}

// PersonInput is one 世帯員 as entered. Names are kept exactly.
type PersonInput struct {
	ID            string   `json:"id"` // "" = new
	Ord           int      `json:"ord"`
	Name          string   `json:"name"`
	Kana          string   `json:"kana"`
	Alias         string   `json:"alias"`
	Relation      string   `json:"relation"`
	Birth         string   `json:"birth"`
	Sex           string   `json:"sex"`
	Subject       bool     `json:"subject"`
	AddressSecret bool     `json:"addressSecret"`
	WithheldFrom  []string `json:"withheldFrom"`
}

// PersonCard is a person as one actor may see it. When Hidden, only id, order, subject flag and initial are filled.
type PersonCard struct {
	Person
	Initial     string         `json:"initial"` // first letter of the kana
	Hidden      bool           `json:"hidden"`
	Reason      consent.Reason `json:"reason"`
	ReasonLabel string         `json:"reasonLabel"`
}

// Detail is a case as one actor may see it.
type Detail struct {
	Case
	StageLabel string       `json:"stageLabel"`
	Next       []Stage      `json:"next"` // stages the case may go to now
	Persons    []PersonCard `json:"persons"`
	Members    []Member     `json:"members"`
	// Holder: the actor holds the record and may change case, persons and members.
	Holder bool `json:"holder"`
}

// Section (世帯員の記録) is one document of sheet fields: one person (or the household) and one item class.
type Section struct {
	Doc         string       `json:"doc"` // wire name; "" when it may not be read
	PersonID    string       `json:"personId"`
	Item        consent.Item `json:"item"`
	Label       string       `json:"label"`
	Read        bool         `json:"read"`
	Write       bool         `json:"write"`
	Reason      string       `json:"reason,omitempty"`      // why not, see live.Rights
	ReasonLabel string       `json:"reasonLabel,omitempty"` // 「同意範囲外」 …
}

var errUnfinished = fault.New(fault.Internal, "")

// Create opens a case. Holders only. Errors name the field: persons[0].name …
func (s *Service) Create(ctx context.Context, actor access.Actor, in NewCase) (Case, error) {
	return Case{}, errUnfinished
}

// Get returns the case as the actor may see it in the context of a meeting ("" = outside of any).
func (s *Service) Get(ctx context.Context, actor access.Actor, meetingID, caseID string) (Detail, error) {
	return Detail{}, errUnfinished
}

// List returns the cases of the actor's scope, numbers and initials only.
func (s *Service) List(ctx context.Context, actor access.Actor, q Query) ([]Summary, error) {
	return nil, errUnfinished
}

// SavePerson adds (ID "") or changes a person. Holders only.
func (s *Service) SavePerson(ctx context.Context, actor access.Actor, caseID string, in PersonInput) (Person, error) {
	return Person{}, errUnfinished
}

// SetStage moves the case along the flow; version is the one the actor saw.
func (s *Service) SetStage(ctx context.Context, actor access.Actor, caseID string, to Stage, version int64) (Case, error) {
	return Case{}, errUnfinished
}

// AddMember makes an agency a member of the case. Holders only.
func (s *Service) AddMember(ctx context.Context, actor access.Actor, caseID, agencyID, note string) error {
	return errUnfinished
}

// RemoveMember ends the membership; the agency loses access at once, also on open connections. Holders only.
func (s *Service) RemoveMember(ctx context.Context, actor access.Actor, caseID, agencyID string) error {
	return errUnfinished
}

// Sections returns one line per person × item that the sheets know, the household first.
func (s *Service) Sections(ctx context.Context, actor access.Actor, meetingID, caseID string) ([]Section, error) {
	return nil, errUnfinished
}

// EnsureDocument returns the document of (kind, owner, person, item), making it when missing. It asks no gate: callers
// are services that have decided, and whoever opens the document is asked again.
// ownerID: person id (household: case id) for sections, plan id, meeting id.
func (s *Service) EnsureDocument(ctx context.Context, actor access.Actor, caseID string, kind live.Kind, ownerID, personID string, item consent.Item) (live.Meta, error) {
	return live.Meta{}, errUnfinished
}

// Rights implements live.Gate. A refusal is written to the audit log.
func (g *Gatekeeper) Rights(ctx context.Context, actor access.Actor, meetingID string, m live.Meta) (live.Rights, error) {
	return live.Rights{}, errUnfinished
}

// CanSee answers for reads outside of live documents: REST, PDFs, exports. personID "" = the household.
func (g *Gatekeeper) CanSee(ctx context.Context, actor access.Actor, meetingID, caseID, personID string, item consent.Item) (consent.Decision, error) {
	return consent.Decision{}, errUnfinished
}

// View is persons × items × answer, for the chips of the screen.
type View struct {
	AgencyID string       `json:"agencyId"`
	Mode     consent.Mode `json:"mode"`
	Persons  []PersonView `json:"persons"` // the household ("") first
}

// PersonView is one line of a View.
type PersonView struct {
	PersonID string     `json:"personId"`
	Items    []ItemView `json:"items"`
}

// ItemView is one chip.
type ItemView struct {
	Item        consent.Item   `json:"item"`
	Label       string         `json:"label"`
	Allow       bool           `json:"allow"`
	Reason      consent.Reason `json:"reason"`
	ReasonLabel string         `json:"reasonLabel"`
	Record      string         `json:"record,omitempty"` // 同意書番号
}

// View answers for the actor itself.
func (g *Gatekeeper) View(ctx context.Context, actor access.Actor, meetingID, caseID string) (View, error) {
	return View{}, errUnfinished
}

// ViewAs answers for an agency (「この機関から見ると」), assuming its people have confirmed secrecy. Holders may ask for
// any agency, others for their own.
func (g *Gatekeeper) ViewAs(ctx context.Context, actor access.Actor, meetingID, caseID, agencyID string) (View, error) {
	return View{}, errUnfinished
}
