package outreach

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/live"
)

// Kind tells 働きかけ記録 from 支援経過記録: one log holds both, in the order of time.
type Kind string

// The kinds.
const (
	KindOutreach Kind = "outreach" // 働きかけ記録
	KindCourse   Kind = "course"   // 支援経過記録
)

// Entry (働きかけ記録, 支援経過記録) is one contact. Names are as known at that time.
type Entry struct {
	ID, Tenant, CaseID string
	Kind               Kind
	PersonID           string // "" = the household
	Item               consent.Item
	AgencyID           string
	AgencyName         string
	UserID             string
	UserName           string
	At                 time.Time
	Method             string   // code of outreach_method, of a 支援経過 of contact_method
	Met                []string // codes of outreach_met
	Place              string   // code of outreach_place, "" = not said
	Body               string
	Target             string // 対象 beside those met: the name of an agency, of a 支援経過
	NextStep           string // 次の対応, of a 支援経過
	Relation           string // 関係の段階 reached with it, a code of relation_stage; "" = as before
	Replaces           string // id of the entry it corrects
	RecordedAt         time.Time
}

// Visit (訪問の予定) is a contact an agency has planned.
type Visit struct {
	ID, Tenant, CaseID string
	PersonID           string // "" = the household
	AgencyID           string
	UserID, UserName   string // whose it is; "" = anybody's of the agency
	Day                string // ISO
	Clock              string // 「14:30」, "" = some time that day
	Ord                int
	State              VisitState
	EntryID            string // the entry by which it was done
	Version            int64
	MadeAt             time.Time
}

// VisitState is what became of a planned visit.
type VisitState string

// The states.
const (
	VisitPlanned VisitState = "planned" // 予定
	VisitDone    VisitState = "done"    // 済み
	VisitDropped VisitState = "dropped" // 取りやめ
)

// DayVisit is a visit with the number of its case.
type DayVisit struct {
	Visit
	CaseNumber string
}

// Safety (安全上の留意) is what whoever visits has to know before.
type Safety struct {
	CaseID   string    `json:"-"`
	Codes    []string  `json:"codes"`  // of the list outreach_safety
	Labels   []string  `json:"labels"` // of the codes; the store keeps none
	Note     string    `json:"note"`
	Version  int64     `json:"version"` // 0 = nothing was ever said
	At       time.Time `json:"at"`
	By       string    `json:"-"`
	ByName   string    `json:"byName"`
	ByAgency string    `json:"byAgency"`
}

// Store keeps it. Whoever reads has asked the gate; the scope limits to the cases somebody can have to do with.
type Store interface {
	// OutreachEntries returns those of a case, newest first, those that were corrected too, at most 500. NotFound outside the scope.
	OutreachEntries(ctx context.Context, s access.Scope, caseID string) ([]Entry, error)
	// OutreachVisits returns those planned in a case, by day, time and place in the list. NotFound outside the scope.
	OutreachVisits(ctx context.Context, s access.Scope, caseID string) ([]Visit, error)
	// OutreachSafety returns what was said last, the zero one when nothing was. NotFound outside the scope.
	OutreachSafety(ctx context.Context, s access.Scope, caseID string) (Safety, error)
	// OutreachDay returns, of an agency, what is planned for a day and before, and what was done of that day; by day, place in the list, time; at most 200.
	OutreachDay(ctx context.Context, s access.Scope, agencyID, day string) ([]DayVisit, error)
	// AddOutreach stores an entry, ends the planned visit done with it ("" = none) and stores the next one (nil = none), with the audit entry. What is
	// there already, word by word, stays, and added is false. Conflict: the id is taken by something else, or the entry to correct was corrected.
	// NotFound: there is no such case, or no such entry of the agency to correct.
	AddOutreach(ctx context.Context, x Entry, done string, next *Visit, e access.Entry) (added bool, err error)
	// SaveOutreachSafety stores it where the stored version is v.Version, and sets version+1; Conflict otherwise.
	SaveOutreachSafety(ctx context.Context, tenant string, v Safety, e access.Entry) error
	// AddOutreachVisit stores one; what is there already under the id stays. NotFound: there is no such case.
	AddOutreachVisit(ctx context.Context, v Visit, e access.Entry) error
	// OutreachVisit finds one; NotFound outside the scope.
	OutreachVisit(ctx context.Context, s access.Scope, id string) (Visit, error)
	// UpdateOutreachVisit changes day, time, worker and state where the version is v.Version and it is planned; Conflict otherwise.
	UpdateOutreachVisit(ctx context.Context, v Visit, e access.Entry) error
	// OrderOutreachVisits puts the visits of an agency and day in the order of the ids; others keep their place. NotFound: there is none of them.
	OrderOutreachVisits(ctx context.Context, tenant, agencyID, day string, ids []string, e access.Entry) error

	// Case and Persons are those of cases.Store, OwnedDocs that of plans.Store.
	Case(ctx context.Context, s access.Scope, id string) (cases.Case, error)
	Persons(ctx context.Context, s access.Scope, caseID string) ([]cases.Person, error)
	OwnedDocs(ctx context.Context, tenant string, kind live.Kind, ownerID string) ([]live.Meta, error)
	MunicipalityName(ctx context.Context, tenant string) (string, error)
	// AppendAudit writes entries of reads, in a transaction of their own.
	AppendAudit(ctx context.Context, entries ...access.Entry) error
}

// Gate is what is asked of the gatekeeper.
type Gate interface {
	Fieldwork(ctx context.Context, actor access.Actor, caseID string) (cases.FieldRights, error)
}

// Docs reads live documents.
type Docs interface {
	ReadDocument(ctx context.Context, tenant, docID string) (*live.Document, error)
}
