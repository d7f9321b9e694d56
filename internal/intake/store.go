package intake

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/live"
	"kasane/internal/papers"
)

// NewDoc is a document of a case that is taken in, with its first update.
type NewDoc struct {
	Meta    live.Meta
	Initial []byte
	Clients map[uint64]string
}

// Taken is everything one 受付 writes.
type Taken struct {
	Case   cases.Case
	Person cases.Person
	Member cases.Member
	Record Record
	Docs   []NewDoc
	// End: the 相談 ended at the counter (情報提供のみで終了); nil otherwise.
	End *cases.End
}

// Listed is a 受付 with what its list shows of the case.
type Listed struct {
	Record
	CaseNumber string
	Stage      cases.Stage
}

// Query narrows the list of 受付.
type Query struct {
	AgencyID string // that took it in; "" any
	Triage   Triage // "" any
	After    Cursor // the 受付 before the first
	Reader   string // agency that reads: what is kept from it (特定機関に非開示) is left out; "" nothing is
	Limit    int
}

// Known is a case as the search for 似た相談 looks through it.
type Known struct {
	Case    cases.Case
	Persons []cases.Person
	// Intake is the 受付 of the case, nil for one that was opened otherwise.
	Intake *Record
}

// Store keeps 受付 and つなぎ.
type Store interface {
	// NextNumber gives 1, 2, 3 … per municipality and series; a number is never given twice.
	NextNumber(ctx context.Context, tenant, series string) (int, error)
	// TakeIn writes the case, its person and first member, the record and the documents in one transaction. When the id of the record is taken, nothing
	// is written and the record that has it is returned with made false.
	TakeIn(ctx context.Context, in Taken, e access.Entry) (r Record, made bool, err error)
	// IntakeByID finds the record of that id in the municipality; false: none.
	IntakeByID(ctx context.Context, tenant, id string) (Record, bool, error)
	// IntakeOf finds the record of a case; false: it was opened otherwise. NotFound outside the scope.
	IntakeOf(ctx context.Context, s access.Scope, caseID string) (Record, bool, error)
	// Intakes lists the records of the scope, newest first.
	Intakes(ctx context.Context, s access.Scope, q Query) ([]Listed, error)
	// SetTriage stores the way of r where the stored one is still was and the case is of the stage and version given; with an end, the case ends in the
	// same transaction. Conflict otherwise.
	SetTriage(ctx context.Context, r Record, was Triage, c cases.Case, end *cases.End, e access.Entry) error
	// Known lists the cases of the scope with their households, newest first, at most limit. It takes no name.
	Known(ctx context.Context, s access.Scope, limit int) ([]Known, error)
	// Case, Persons, Members and CaseLinks are those of cases.Store.
	Case(ctx context.Context, s access.Scope, id string) (cases.Case, error)
	Persons(ctx context.Context, s access.Scope, caseID string) ([]cases.Person, error)
	Members(ctx context.Context, s access.Scope, caseID string) ([]cases.Member, error)
	CaseLinks(ctx context.Context, s access.Scope, caseID string) ([]cases.CaseLink, error)
	// ListAgencies lists all agencies of the municipality.
	ListAgencies(ctx context.Context, tenant string) ([]access.Agency, error)
	MunicipalityName(ctx context.Context, tenant string) (string, error)
	// AppendAudit writes entries of reads, in a transaction of their own.
	AppendAudit(ctx context.Context, entries ...access.Entry) error

	Referrals
}

// Referrals keep the つなぎ.
type Referrals interface {
	// AddReferral writes one. When the id is taken, nothing is written and made is false. Conflict when one to that agency is open in the case.
	AddReferral(ctx context.Context, r Referral, e access.Entry) (made bool, err error)
	// Referrals lists with their answers, newest first: those of a case, or ("") of the whole scope. An agency's scope holds what goes out from cases it
	// is of, and what came to it, but nothing that it accepted in a case it is no longer of; what a user is barred from is never in it.
	Referrals(ctx context.Context, s access.Scope, q ReferralQuery) ([]Referral, error)
	// Referral finds one by id; NotFound outside the scope.
	Referral(ctx context.Context, s access.Scope, id string) (Referral, error)
	// AnswerReferral writes an answer and what it makes of the つなぎ; 受領 makes the agency a member of the case in the same transaction. Conflict when it is
	// not open (any more).
	AnswerReferral(ctx context.Context, r Referral, a Answer, e access.Entry) error
	// ReferralDays are those the municipality has set; DefaultDays when it has not.
	ReferralDays(ctx context.Context, tenant string) (int, error)
	SaveReferralDays(ctx context.Context, tenant string, days int, e access.Entry) error
}

// ReferralQuery narrows a list of つなぎ.
type ReferralQuery struct {
	CaseID   string
	AgencyID string // sender or receiver; "" any
	Open     bool   // only those that wait for an answer
	Limit    int
}

// Gate says what somebody may see of a case, and what an agency may be given. *cases.Gatekeeper is it.
type Gate interface {
	View(ctx context.Context, actor access.Actor, meetingID, caseID string) (cases.View, error)
	PassView(ctx context.Context, tenant, caseID, agencyID string) (cases.View, error)
}

// Printer prints the つなぎシート.
type Printer interface {
	Referral(ctx context.Context, d papers.ReferralDoc) (papers.Result, error)
}

// sees answers for one person ("" the household) and item.
type sees func(personID string, item consent.Item) bool

// answers reads a view of the gate.
func answers(v cases.View) sees {
	type key struct {
		person string
		item   consent.Item
	}
	known := map[key]bool{}
	for _, p := range v.Persons {
		for _, i := range p.Items {
			known[key{p.PersonID, i.Item}] = i.Allow
		}
	}
	return func(person string, item consent.Item) bool { return known[key{person, item}] }
}

// clock is now as the store keeps it.
func (s *Service) clock() time.Time { return s.now().UTC().Truncate(time.Microsecond) }
