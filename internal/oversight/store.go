package oversight

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
)

// Store is the audit log as it is asked, and the few rows that belong to the asking.
type Store interface {
	Log
	Names
	Desk
}

// Log reads audit entries. Scope.Audit or Scope.All sees them; the zero Scope sees nothing.
type Log interface {
	// AuditPage returns entries, newest first. No more than Scan rows are looked at: next is where to go on, the zero Key at the end of the log.
	AuditPage(ctx context.Context, s access.Scope, q Query) (page []access.Entry, next Key, err error)
	// EachLook gives entries oldest first and tells how many; After and Limit do not count.
	EachLook(ctx context.Context, s access.Scope, q Query, fn func(Look) error) (int, error)
	// Tally counts entries by user, agency, verb and result.
	Tally(ctx context.Context, s access.Scope, q Query) ([]Count, error)
	// Searches returns the entries of lists that were asked for with one of the marks (access.ReasonSearch), newest first.
	Searches(ctx context.Context, s access.Scope, q Query, marks []string) ([]access.Entry, error)
	// AppendAudit writes entries durably.
	AppendAudit(ctx context.Context, entries ...access.Entry) error
}

// Names resolves identifiers at the moment they are shown. What is not there any more is missing.
type Names interface {
	// AuditNames resolves ids, for Scope.Audit and Scope.All.
	AuditNames(ctx context.Context, s access.Scope, ask Ask) (Named, error)
	// CaseNumbered finds a case by its number, for Scope.Audit and Scope.All; fault.NotFound.
	CaseNumbered(ctx context.Context, s access.Scope, number string) (id string, err error)
	// IncidentCase returns what a case consists of, for Scope.All; fault.NotFound.
	IncidentCase(ctx context.Context, s access.Scope, caseID string) (CaseFacts, error)
	ListUsers(ctx context.Context, tenant string) ([]access.User, error)
	ListAgencies(ctx context.Context, tenant string) ([]access.Agency, error)
}

// Desk keeps the settings and the exports. Every mutation writes its entry in the same transaction.
type Desk interface {
	// OversightSettings are those of the municipality, for Scope.Audit and Scope.All; false where nobody has set any.
	OversightSettings(ctx context.Context, s access.Scope) (Settings, bool, error)
	SaveOversightSettings(ctx context.Context, tenant string, v Settings, e access.Entry) error
	// SaveIncident keeps that an export was made, why, and how much it told.
	SaveIncident(ctx context.Context, i Incident, e access.Entry) error
	// Incidents returns the exports of the municipality, newest first, for Scope.All; not those that were asked by a case the reader is kept from.
	Incidents(ctx context.Context, s access.Scope) ([]Incident, error)
}

// Look is an entry as reports read it.
type Look struct {
	ID      string
	At      time.Time
	Actor   string
	Agency  string
	Verb    access.Verb
	Case    string
	Meeting string
	Target  string
	To      string // the agency that got a copy of a record (機関別の写し); "" for every other look
}

// Count is how often.
type Count struct {
	Actor  string
	Agency string
	Verb   access.Verb
	Result string
	N      int
}

// Ask are ids to resolve.
type Ask struct{ Users, Agencies, Cases, Docs []string }

// Named are the names of ids.
type Named struct {
	Users    map[string]Staff
	Agencies map[string]string
	Cases    map[string]string // ケースID as people write it
	Docs     map[string]Doc
}

// Staff (職員) is who acted: a user, or a guest by invitation.
type Staff struct {
	Name, Post string
	Guest      bool
}

// Doc is a live document by what it holds.
type Doc struct {
	ID     string
	Kind   string // section, plan, minutes
	Owner  string // plan id, meeting id
	Person string // "" = the household
	Item   consent.Item
	Empty  bool // nothing was ever written
}

// CaseFacts are the parts of a case that entries speak of.
type CaseFacts struct {
	Number   string
	Persons  []Person
	Docs     []Doc
	Plans    map[string]string // meeting id → plan id
	Records  map[string]Record // sealed record id → what it is
	Evidence map[string]string // file id → person id, of consent sheets
	Handouts map[string]Doc    // 資料, by id: person and item
}

// Person (世帯員) as a report names those concerned.
type Person struct {
	ID, Name, Kana string
	Ord            int
	AddressSecret  bool
}

// Record is a sealed record by what it was made from.
type Record struct{ Kind, Meeting string }
