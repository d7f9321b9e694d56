package consent

import (
	"context"
	"encoding/json"
	"time"

	"kasane/internal/access"
)

// Store keeps consent records. Records are never updated; withdrawals are added beside them.
//
// Whatever can alter the gate's answer bumps, in the same transaction, the access version of every document of the case
// that belongs to the person or to the household (person id ""), locking document rows in id order.
type Store interface {
	// NextNumber gives 1, 2, 3 … per municipality and series; a number is never given twice, also when the
	// caller fails afterwards.
	NextNumber(ctx context.Context, tenant, series string) (int, error)
	// InsertConsent stores the record with its audit entry and bumps the access versions; the text that was shown is kept with it,
	// unless it is kept already. NotFound when the case or the person (of that case) does not exist in the municipality; Conflict
	// when the id or number is taken, or when the record it renews has been renewed.
	InsertConsent(ctx context.Context, r Record, shown FormText, e access.Entry) error
	// KeepText keeps a new version of the text and gives its number. Conflict when the text is kept already.
	KeepText(ctx context.Context, tenant string, k KeptText, e access.Entry) (no int, err error)
	// ConsentTexts returns the kept versions of the municipality by number. They hold nothing of anybody.
	ConsentTexts(ctx context.Context, tenant string) ([]KeptText, error)
	// InsertEmergency stores a 緊急開示 and bumps the documents of the case; Invalid on agencyId when the agency is no current member. UpdateEmergency
	// stores confirmation and end, and bumps; Conflict when somebody else did meanwhile. Emergency: NotFound outside the scope. Emergencies: those that
	// began in [from, to), newest first; caseID "" = of every case, for Scope.All and Scope.Audit; of one case for Scope.All alone.
	InsertEmergency(ctx context.Context, x Emergency, e access.Entry) error
	UpdateEmergency(ctx context.Context, x Emergency, e access.Entry) error
	Emergency(ctx context.Context, s access.Scope, id string) (Emergency, error)
	Emergencies(ctx context.Context, s access.Scope, caseID string, from, to time.Time) ([]Emergency, error)
	// GlassCase finds a case by its number for 緊急時の閲覧; NotFound where there is none or the user is kept from it.
	GlassCase(ctx context.Context, tenant, userID, number string) (caseID string, err error)
	// InsertGlass stores a 緊急時の閲覧; Conflict while the user has another one open. EndGlass stores the end. Both bump the documents of the case. ReviewGlass
	// stores the review; Conflict when there is one, or the reviewer is who broke it. Glass: NotFound outside the scope. Glasses: newest first; open: those
	// without a review. OwnGlasses: of one user, newest first. Scope.All and Scope.Audit see them.
	InsertGlass(ctx context.Context, g Glass, e access.Entry) error
	EndGlass(ctx context.Context, g Glass, e access.Entry) error
	ReviewGlass(ctx context.Context, g Glass, e access.Entry) error
	Glass(ctx context.Context, s access.Scope, id string) (Glass, error)
	Glasses(ctx context.Context, s access.Scope, open bool) ([]Glass, error)
	OwnGlasses(ctx context.Context, tenant, userID string) ([]Glass, error)
	// Withdraw stores the withdrawal, appends each note as the next event of its meeting, bumps the access versions and
	// writes the entry: one transaction. NotFound when the record does not exist in the municipality; Conflict when a
	// meeting of the case is running that has no note, because it began after the notes were made.
	Withdraw(ctx context.Context, tenant string, w Withdrawal, notes []Note, e access.Entry) error
	// Consents returns all records of a case with their withdrawals (both oldest first: RecordedAt, id). NotFound
	// when the case is outside the scope.
	Consents(ctx context.Context, s access.Scope, caseID string) ([]Record, error)
	// Consent returns one record with its withdrawals; NotFound outside the scope.
	Consent(ctx context.Context, s access.Scope, id string) (Record, error)
	// EndingConsents returns, by case number, at most Limit cases of the scope that are neither 終結 nor 中断 and in which a consent ends
	// in the span, whole with their persons and records.
	EndingConsents(ctx context.Context, s access.Scope, q EndingQuery) ([]CaseConsents, error)
	// Parties returns the persons of a case in household order; NotFound when the case is outside the scope.
	Parties(ctx context.Context, s access.Scope, caseID string) ([]Party, error)
	// AgencyNames returns the names of those of the agencies that exist in the municipality.
	AgencyNames(ctx context.Context, tenant string, ids []string) (map[string]string, error)
	// AppendAudit writes entries of reads and refusals, in a transaction of their own.
	AppendAudit(ctx context.Context, entries ...access.Entry) error
}

// Party is a person of the case as the consent board needs it.
type Party struct {
	PersonID string `json:"personId"`
	Name     string `json:"name"`
	Kana     string `json:"kana"`
	Relation string `json:"relation"`
	Birth    string `json:"birth"`
	Subject  bool   `json:"subject"`
}

// Note is one event a withdrawal leaves in a running meeting. Package meeting makes it (kind and data are its own);
// here it is only carried into the transaction of the withdrawal.
type Note struct {
	MeetingID  string
	Kind       string // event kind as package meeting names it
	At         time.Time
	ActorID    string
	ActorName  string
	AgencyID   string
	AgencyName string
	Data       json.RawMessage
}

// MeetingNotes is what package meeting gives to consent, so that a withdrawal stands in the minutes of every meeting
// of the case that is running.
type MeetingNotes interface {
	// ConsentWithdrawn returns the events to be stored together with the withdrawal (none when no meeting runs).
	ConsentWithdrawn(ctx context.Context, actor access.Actor, r Record, w Withdrawal) ([]Note, error)
	// Noted is called after the commit, so that the participants are told. It must not fail the withdrawal.
	Noted(ctx context.Context, tenant string, notes []Note)
}
