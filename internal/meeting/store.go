package meeting

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/live"
	"kasane/internal/plans"
)

// Store keeps meetings. One type implements every store of Kasane; methods shared with another package have the same signature
// and meaning there.
type Store interface {
	Meetings
	Sittings
	DatePolls
	LocalIssues
	Overdues
	Closings
	Around
}

// Meetings are rows, events, and the one transaction in which anything happens.
type Meetings interface {
	// CreateMeeting writes row, first events (Seq 1…), minutes documents and audit entry in one transaction. No is given by the
	// store (1 + the highest of the same case and type id, cancelled ones aside) and the meeting with it is returned. NotFound when the case
	// does not exist.
	CreateMeeting(ctx context.Context, m Meeting, docs []live.Meta, events []Event, e access.Entry) (Meeting, error)
	// MeetingByID returns one meeting. A scope sees it when it sees all cases of the municipality (All), when its AgencyID has a
	// seat (Meeting.Agencies), or when its MeetingID is this one; NotFound otherwise.
	MeetingByID(ctx context.Context, s access.Scope, id string) (Meeting, error)
	// ListMeetings returns the meetings of the scope (same rule), newest planned start first. StatusLabel and Initials
	// are left empty.
	ListMeetings(ctx context.Context, s access.Scope, q Query) ([]Listed, error)
	// MeetingEvents returns the events with Seq > after, in order.
	MeetingEvents(ctx context.Context, tenant, meetingID string, after int64) ([]Event, error)
	// RecordMeeting does everything the Change says in one transaction, or nothing. See Change for order and errors.
	RecordMeeting(ctx context.Context, c Change) (Recorded, error)
}

// Sittings are the 開催.
type Sittings interface {
	// CreateSitting writes the 開催 and its meetings in their order, each as CreateMeeting does it, in one transaction.
	CreateSitting(ctx context.Context, sitting Sitting, list []Called) ([]Meeting, error)
	// SittingOf returns the meetings of the 開催 of a meeting that the scope sees (the rule of MeetingByID), in order; none when the
	// meeting itself is not seen or belongs to no 開催. StatusLabel is left empty.
	SittingOf(ctx context.Context, s access.Scope, meetingID string) ([]SittingCase, error)
}

// Closings are what lies between and after the two transactions of a closing.
type Closings interface {
	// ClosingOf returns the closing of a meeting; NotFound when there is none (any more).
	ClosingOf(ctx context.Context, tenant, meetingID string) (Closing, error)
	// LeaseClosings takes up to max closings (of all municipalities) whose lease ended before now, sets LeaseBy = owner and
	// LeaseUntil = until by conditional update, and returns them.
	LeaseClosings(ctx context.Context, owner string, now, until time.Time, max int) ([]Closing, error)
	// MinutesVersions returns the versions of the minutes, oldest first, without Content and PDF.
	MinutesVersions(ctx context.Context, tenant, meetingID string) ([]MinutesVersion, error)
	// MinutesVersion returns one version whole.
	MinutesVersion(ctx context.Context, tenant, meetingID string, n int) (MinutesVersion, error)
	// SealedOf returns the archive records made by the meeting, in order of sealing.
	SealedOf(ctx context.Context, tenant, meetingID string) ([]SealedRef, error)
	// SealedParts returns the parts of a sealed version of the minutes (Paper.Parts); none for a record from before there were any, or that was disposed of.
	SealedParts(ctx context.Context, tenant, meetingID string, version int) ([]byte, error)
	// AuditCheckpoint is the newest checkpoint of the municipality's audit log, as printed in papers; "" while the log is empty.
	AuditCheckpoint(ctx context.Context, tenant string) (string, error)
}

// Around is what a meeting reads of the rest.
type Around interface {
	// MeetingFacts reads the case with its persons, members, agencies, users and consents in one transaction. NotFound when the
	// case does not exist in the municipality.
	MeetingFacts(ctx context.Context, tenant, caseID string) (Facts, error)
	// Case is the one of cases.Store: a case as the scope sees it, else NotFound.
	Case(ctx context.Context, s access.Scope, id string) (cases.Case, error)
	// MeetingTypes returns the types the municipality has saved (all versions), none if it uses the built-in ones.
	MeetingTypes(ctx context.Context, tenant string) ([]Type, error)
	// SaveMeetingType adds a version of a type. (id, EffectiveFrom) is unique: with replace the one there is overwritten, else Conflict.
	SaveMeetingType(ctx context.Context, tenant string, t Type, replace bool, e access.Entry) error
	// OwnedDocs is the one of plans.Store.
	OwnedDocs(ctx context.Context, tenant string, kind live.Kind, ownerID string) ([]live.Meta, error)
	// ArchiveRecord is the one of archive.Store.
	ArchiveRecord(ctx context.Context, s access.Scope, id string) (archive.Record, error)
	// EnsureDocs is the one of cases.Store.
	EnsureDocs(ctx context.Context, want []live.Meta, e access.Entry) ([]live.Meta, error)
	// KeepNotice keeps a 開催通知 as it was printed, as the next of its meeting, with the entry. NotFound: no such meeting.
	KeepNotice(ctx context.Context, n KeptNotice, e access.Entry) error
	// KeptNotices returns those of a meeting, oldest first.
	KeptNotices(ctx context.Context, tenant, meetingID string) ([]KeptNotice, error)
	// AppendAudit writes entries of reads and refusals, in a transaction of their own.
	AppendAudit(ctx context.Context, entries ...access.Entry) error
}

// KeptNotice is a 開催通知 as it was printed.
type KeptNotice struct {
	Tenant, MeetingID string
	N                 int // 1, 2, 3 … of its meeting; given by the store
	At                time.Time
	SHA256            string // of the file that was given out
	Doc               []byte // JSON of papers.NoticeDoc
}

// Query narrows the list of meetings. Empty fields mean any.
type Query struct {
	CaseID   string
	Statuses []Status
	From, To time.Time // planned start in [From, To)
	Limit    int       // 1 … 200; 0 = 100
	After    Mark      // the last meeting of the page before; zero = from the newest
}

// Mark names a meeting by its place in the list.
type Mark struct {
	Start time.Time
	ID    string
}

// AgreedPlan is the newest plan of a case that a version of was agreed to.
type AgreedPlan struct {
	CaseID     string
	CaseNumber string
	PlanID     string
	Round      int
}

// Overdues are what the red list reads over all cases.
type Overdues interface {
	// CountMeetings counts what ListMeetings would list, whatever the limit and the page.
	CountMeetings(ctx context.Context, s access.Scope, q Query) (int, error)
	// AgreedPlans returns, per case of the scope that is neither 終結 nor 中断, the newest plan with an agreed version, by case number descending; after
	// is the last number of the page before.
	AgreedPlans(ctx context.Context, s access.Scope, after string, limit int) ([]AgreedPlan, error)
	// CountAgreedPlans counts them.
	CountAgreedPlans(ctx context.Context, s access.Scope) (int, error)
	// OpenLeads returns the offers of 主担当 that wait for an answer in cases of the scope, the oldest first, with the number of their case; of agencyID
	// only those to or from it, "" = all. At most limit.
	OpenLeads(ctx context.Context, s access.Scope, agencyID string, limit int) ([]OpenLead, error)
}

// OpenLead is an offer with the number of its case, without words.
type OpenLead struct {
	Offer      plans.LeadOffer
	CaseNumber string
}

// Listed is a Ref with what the service needs to finish it.
type Listed struct {
	Ref
	SubjectKana []string // kana of the subjects in household order; only initials leave the server
}

// Change is one transaction of a meeting. The store does, in this order:
//
//  0. Draw: take the next numbers of the series and call Put with the first; when the transaction fails, they are free again.
//  1. UPDATE the meeting row to Meeting WHERE seq = Expect (Meeting.Seq = Expect + len(Events)); no row → Conflict, nothing is done.
//     Meeting.Agencies replaces the seats that scopes look at.
//  2. Insert Events (Seq Expect+1 …). A KindCorrect of minutes whose newest sealed version was disposed of → Gone, nothing is done.
//  3. Lock all document rows of Freeze, Thaw (and, with BumpAccess, of the case) in id order. Freeze: set frozen, return the
//     heads in Recorded.Heads (a document that is frozen already just gives its head). Thaw: clear frozen. Freezing, thawing and BumpAccess
//     raise the document's access version by one. A document that is not of the meeting's case → NotFound, nothing is done. A freeze
//     that leaves out a document of the same plan or minutes (one made meanwhile) → Conflict, nothing is done. So is a thaw of documents
//     on which a version stands that is agreed or being agreed and is not EndVersion.
//     Append: each batch is written as live.Store.AppendDocs writes it, in id order; one that is refused → its error, nothing is done.
//  4. NewVersion: insert the plan version, Docs[i].Head filled from the heads of step 3; (plan, n) is unique → Conflict.
//  5. FixVersion: set hash, canonical JSON and state proposed WHERE state = freezing; no row → Conflict.
//  6. EndVersion: set the state and ended_at WHERE state = proposed or freezing; no row → Conflict.
//  7. Role: insert the role answer. LeadOffer, LeadAnswer: as plans.Leads writes them.
//  8. PutClosing: insert it, with Heads from step 3. DropClosing: delete the meeting's closing; no row → Conflict.
//  9. Minutes: end the version before (ended_at = Minutes.At) and insert this one; (meeting, n) is unique → Conflict.
//  10. Seal: an archive row per paper, chained to the one before; unique (meeting, kind, version) → Conflict. Ids in Recorded.Sealed.
//  11. EndGuests: revoke the links of the meeting and delete the sessions of its guests.
//  12. Audit.
type Change struct {
	Tenant    string
	MeetingID string
	Draw      *Draw
	Expect    int64
	Events    []Event
	Meeting   Meeting
	Freeze    []string // document ids
	// FreezeAt: heads the caller has read. A document of Freeze that is named here and stands elsewhere → Conflict, nothing is done.
	FreezeAt map[string]int64
	Thaw     []string
	// Append are rows of live documents that are written with the events or not at all.
	Append     []live.Batch
	BumpAccess bool // the gate may answer differently for any document of the case
	EndGuests  bool // every link of the meeting is revoked, and the sessions that came through them end
	NewVersion *plans.Version
	FixVersion *plans.Version // PlanID, N, Hash, Canonical
	EndVersion *VersionEnd
	Role       *plans.RoleAnswer
	LeadOffer  *plans.LeadOffer
	LeadAnswer *plans.LeadAnswer
	PutClosing *Closing
	// DropClosing ends the closing in the transaction that closes the meeting.
	DropClosing bool
	Minutes     *MinutesVersion
	Seal        []Paper
	Audit       access.Entry
}

// Draw takes 文書番号 inside the transaction, so that a closing that fails leaves no gap.
type Draw struct {
	Series string // of the counter, one per 年度
	Count  int
	// Put completes the change, which is a copy whose Events and PutClosing are the caller's. It is called again with other numbers when the
	// transaction has to be run again.
	Put func(c *Change, first int) error
}

// VersionEnd makes a proposed plan version void or agreed.
type VersionEnd struct {
	PlanID string
	N      int
	State  plans.VersionState
	At     time.Time
}

// Recorded is what only the transaction could know.
type Recorded struct {
	Heads  map[string]int64 // by document id, of Change.Freeze
	Sealed []SealedRef
}
