package cases

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/live"
)

// Store keeps cases, persons, members and the list of their documents.
//
// SavePerson, AddMember and RemoveMember can alter the gate's answer: each bumps, in the same transaction, the access
// version of every document of the case (rows locked in id order).
type Store interface {
	// NextNumber gives 1, 2, 3 … per municipality and series; a number is never given twice.
	NextNumber(ctx context.Context, tenant, series string) (int, error)
	// CreateCase stores the case with its persons and members. Conflict when id or number is taken.
	CreateCase(ctx context.Context, c Case, persons []Person, members []Member, e access.Entry) error
	// Case returns NotFound outside the scope.
	Case(ctx context.Context, s access.Scope, id string) (Case, error)
	// Cases lists the cases of the scope by Number descending, with SubjectKana in household order; Initials is left empty.
	Cases(ctx context.Context, s access.Scope, q Query) ([]Summary, error)
	// MoveCase reads the facts of the case, asks decide, and writes what it answers with stage and updated time of c, in one transaction; decide may be asked
	// again. The version becomes one more. Whatever decide refuses with comes back. NotFound when there is no such case.
	MoveCase(ctx context.Context, c Case, decide func(MoveFacts) (Move, error), e access.Entry) error
	// CaseSteps lists the moves of a case, oldest first; NotFound outside the scope.
	CaseSteps(ctx context.Context, s access.Scope, caseID string) ([]Step, error)
	// PausedCases lists cases in 中断 whose 再開予定日 is before a day, the longest first.
	PausedCases(ctx context.Context, s access.Scope, day string, limit int) ([]Paused, error)
	// Screenings lists those of a case, oldest first; NotFound outside the scope.
	Screenings(ctx context.Context, s access.Scope, caseID string) ([]Screening, error)
	// AddScreening: Conflict when the case is of another version.
	AddScreening(ctx context.Context, x Screening, e access.Entry) error
	// Followups lists the フォローアップ of a case by day; NotFound outside the scope.
	Followups(ctx context.Context, s access.Scope, caseID string) ([]Followup, error)
	// AddFollowup plans one: Conflict unless the case is 終結, Invalid for an agency that is neither of the case nor the maker's own.
	AddFollowup(ctx context.Context, x Followup, e access.Entry) error
	// DoFollowup writes what was heard and plans the next one (nil none), in one transaction. Conflict when it is not planned any more.
	DoFollowup(ctx context.Context, x Followup, next *Followup, e access.Entry) error
	// LateFollowups lists those planned before a day in cases that are 終結, of an agency ("" any), the longest first.
	LateFollowups(ctx context.Context, s access.Scope, agencyID, day string, limit int) ([]LateFollowup, error)
	// CaseByNumber finds a case by its ケースID; NotFound outside the scope.
	CaseByNumber(ctx context.Context, s access.Scope, number string) (Case, error)
	// OpenAgain writes a case that goes on from a former one, with 閲覧遮断 and 本人に非開示 of that; same says who of the former case is who. Conflict when the former
	// one is not 終結.
	OpenAgain(ctx context.Context, c Case, persons []Person, same map[string]string, f Former, e access.Entry) error
	// SetFormer links a case to a former one, in place of what it was linked to; without a FormerID to none. Conflict when that is not 終結, Invalid in a circle.
	SetFormer(ctx context.Context, f Former, e access.Entry) error
	// CaseLinks lists the former case and the later ones of a case, as far as they are in scope; NotFound when it is not itself.
	CaseLinks(ctx context.Context, s access.Scope, caseID string) ([]CaseLink, error)
	// EndingOf tells what stands about 終結 of a case; NotFound outside the scope.
	EndingOf(ctx context.Context, s access.Scope, caseID string) (Ending, error)
	// DecisionSteps are the steps of a 決裁, none when the municipality has set none.
	DecisionSteps(ctx context.Context, tenant string) ([]string, error)
	SaveDecisionSteps(ctx context.Context, tenant string, steps []string, e access.Entry) error
	// Decisions lists the 起案 of a case with what was said, oldest first; NotFound outside the scope.
	Decisions(ctx context.Context, s access.Scope, caseID string) ([]Decision, error)
	// AddDecision: Conflict when one is open, or the case is of another version.
	AddDecision(ctx context.Context, d Decision, e access.Entry) error
	// MarkDecision writes what was said and what it makes of the 起案. Conflict when it is not open, somebody spoke at the step, or (but for VerdictVoid)
	// the case is of another version.
	MarkDecision(ctx context.Context, d Decision, m DecisionMark, state DecisionState, e access.Entry) error
	// Persons returns the household in order of Ord, id; NotFound outside the scope.
	Persons(ctx context.Context, s access.Scope, caseID string) ([]Person, error)
	// SavePerson inserts or updates by id. NotFound when the case does not exist; Conflict when the id
	// belongs to another case.
	SavePerson(ctx context.Context, p Person, e access.Entry) error
	// Members returns current and former memberships in the order in which they were given, at creation and later; NotFound
	// outside the scope.
	Members(ctx context.Context, s access.Scope, caseID string) ([]Member, error)
	// AddMember starts a membership; Conflict when the agency is a current member, NotFound when case or agency is
	// unknown in the municipality.
	AddMember(ctx context.Context, tenant string, m Member, e access.Entry) error
	// RemoveMember ends the current membership at until; NotFound when there is none.
	RemoveMember(ctx context.Context, tenant, caseID, agencyID string, until time.Time, e access.Entry) error
	// Bars lists who is kept from a case, oldest first; NotFound outside the scope. SetBar and RemoveBar bump the documents as AddMember does.
	// SetBar: Conflict when it stands, NotFound when case or user is unknown. RemoveBar: NotFound when there is none.
	Bars(ctx context.Context, s access.Scope, caseID string) ([]Bar, error)
	SetBar(ctx context.Context, tenant string, b Bar, e access.Entry) error
	RemoveBar(ctx context.Context, tenant, caseID, userID string, e access.Entry) error
	Barred(ctx context.Context, tenant, caseID, userID string) (bool, error)
	// Discretions lists what is kept from the person, oldest first; NotFound outside the scope. SetDiscretion: Conflict when it stands, NotFound when the
	// case is unknown. LiftDiscretion: NotFound when there is none.
	Discretions(ctx context.Context, s access.Scope, caseID string) ([]Discretion, error)
	SetDiscretion(ctx context.Context, tenant string, d Discretion, e access.Entry) error
	LiftDiscretion(ctx context.Context, tenant, caseID, personID string, item consent.Item, e access.Entry) error
	// EnsureDocs returns, in the order asked, the document of each (kind, case, owner, person, item), creating those that are
	// missing with the given id, epoch 1 and head 0. Existing ones keep their id. One transaction; the entry is
	// written only when something was created. Conflict when a plan or minutes whose documents are frozen would get a new one.
	EnsureDocs(ctx context.Context, want []live.Meta, e access.Entry) ([]live.Meta, error)
	// AppendAudit writes entries of reads and refusals, in a transaction of their own.
	AppendAudit(ctx context.Context, entries ...access.Entry) error
}

// GateStore gives the gate its facts.
type GateStore interface {
	// GateCase reads everything the gate needs to know of a case in one transaction. NotFound when the case does not
	// exist in the municipality.
	GateCase(ctx context.Context, tenant, caseID, agencyID, userID string) (GateCase, error)
	// GateSelf reads of GateCase only what is the agency's and the user's own: Member, Removed, Barred and Glasses.
	GateSelf(ctx context.Context, tenant, caseID, agencyID, userID string) (GateCase, error)
	// Discretions is that of Store.
	Discretions(ctx context.Context, s access.Scope, caseID string) ([]Discretion, error)
}

// GateCase is one moment's facts of a case for one agency and one user.
type GateCase struct {
	Persons []GatePerson
	// Member: the agency is a current member. Removed: it was one, and is none now.
	Member  bool
	Removed bool
	// Barred: the user is kept from the case (利害関係者の閲覧遮断).
	Barred bool
	// Emergencies are all 緊急開示 of the case, over or not.
	Emergencies []consent.Emergency
	// Glasses are all 緊急時の閲覧 of the case by the user, over or not.
	Glasses []consent.Glass
	// Records are the terms (consent.Record.Terms) of all consent records of the case, oldest first.
	Records []consent.Record
}

// GatePerson is what the gate knows of a person.
type GatePerson struct {
	ID            string
	Subject       bool
	AddressSecret bool
	WithheldFrom  []string
}

// Query narrows the case list.
type Query struct {
	Number   string // part of the case number; a holder also finds by a name of the household. "" = any
	Stage    Stage  // "" = any
	ID       string // this case alone, "" = any
	AgencyID string // cases with this current member, "" = any
	After    string // case number of the last line of the page before, "" = from the start
	Limit    int    // 1 … 200
}
