package archive

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/audit"
)

// SealReason marks the audit entry a store writes for each sealed record: Target is its id, Hash its chain hash.
const SealReason = "record"

// Query narrows the list. Empty fields mean any.
type Query struct {
	From, To time.Time // sealed in [From, To)
	Kind     Kind
	Text     string // part of number, title, file name or case number, whatever the variant of a letter
	Before   int64  // those sealed before this place in the chain; 0 = from the newest
	Limit    int    // 1 … 500; 0 = 500
}

// Store keeps sealed records. They are written by meeting.Store in the transaction of a closing and never changed.
type Store interface {
	// ArchiveRecords returns the sealed records of the scope (Scope.Archive), newest first.
	ArchiveRecords(ctx context.Context, s access.Scope, q Query) ([]Record, error)
	// ArchiveIDs returns the ids of all records of the scope.
	ArchiveIDs(ctx context.Context, s access.Scope) (map[string]bool, error)
	// ArchiveDrafts returns minutes that are still 案, newest first: State, Kind, Title, case, meeting, Version,
	// hashes and SealedAt (when the draft was made) are filled; ID and Number are empty.
	ArchiveDrafts(ctx context.Context, s access.Scope, q Query) ([]Record, error)
	// ArchiveRecord returns one record; NotFound outside the scope.
	ArchiveRecord(ctx context.Context, s access.Scope, id string) (Record, error)
	// ArchiveVersions returns every version of the paper a record is one of, oldest first; the record alone where it belongs to no meeting. NotFound
	// outside the scope.
	ArchiveVersions(ctx context.Context, s access.Scope, id string) ([]Record, error)
	// ArchiveByHash finds the record with this file, or else the 案 of minutes with it, and the newest version beside it; NotFound outside the
	// scope. ArchiveByNumber finds a record by its 文書番号.
	ArchiveByHash(ctx context.Context, s access.Scope, sha string) (Found, error)
	ArchiveByNumber(ctx context.Context, s access.Scope, number string) (Found, error)
	// ArchiveFile returns the file and writes the entry in the same transaction; NotFound outside the scope.
	ArchiveFile(ctx context.Context, s access.Scope, id string, e access.Entry) ([]byte, error)
	// AppendAudit writes entries of reads and refusals, in a transaction of their own.
	AppendAudit(ctx context.Context, entries ...access.Entry) error
	// MunicipalityName, AuditCheckpoint: what a certificate says.
	MunicipalityName(ctx context.Context, tenant string) (string, error)
	AuditCheckpoint(ctx context.Context, tenant string) (string, error)
	Keepings
	Disposals
	Checks
	Snapshots
}

// Snapshots let a verification read while others write.
type Snapshots interface {
	// AtOneMoment calls fn with everything as it stood at one moment.
	AtOneMoment(ctx context.Context, fn func(Source) error) error
}

// Source is what a verification reads: everything of a municipality, as it is stored. It takes no scope and gives no text
// of a case to anybody; the callbacks see one row at a time, in order.
type Source interface {
	// ListMunicipalities returns all, ordered by creation.
	ListMunicipalities(ctx context.Context) ([]access.Municipality, error)
	// EachRecord gives every record in order of Seq, with file and content.
	EachRecord(ctx context.Context, tenant string, fn func(Kept) error) error
	// ChainHead is where the chain ends: Seq and chain hash of the last record; 0 and "" before the first.
	ChainHead(ctx context.Context, tenant string) (seq int64, chainHash string, err error)
	// EachHashed gives other stored content that is named by a hash: agreed and proposed plan versions, minutes, consent records and
	// withdrawals with the hashes the audit log holds of them, texts of the consent form.
	EachHashed(ctx context.Context, tenant string, fn func(Hashed) error) error
	// EachAuditEntry gives the sequenced entries of the audit log in order of their leaf numbers, with the stored leaf hash.
	EachAuditEntry(ctx context.Context, tenant string, fn func(leaf int64, e access.Entry, hash []byte) error) error
	// AuditCheckpoints returns the checkpoints of the audit log, smallest first.
	AuditCheckpoints(ctx context.Context, tenant string) ([]audit.Kept, error)
	// AuditOrigins tells with which keys the log was signed before the municipality moved here, smallest size first.
	AuditOrigins(ctx context.Context, tenant string) ([]audit.Origin, error)
	// HashOfRows is the hash over rows of a live document's log, as the sequencer made it.
	HashOfRows(ctx context.Context, tenant, docID string, rows audit.Rows) (string, error)
	// UserNames gives the names of everybody with an account, by id.
	UserNames(ctx context.Context, tenant string) (map[string]string, error)
	// DisposalsWaiting gives the entries of disposals (VerbArchiveDispose) that have no leaf number yet.
	DisposalsWaiting(ctx context.Context, tenant string) ([]access.Entry, error)
	// RowsNoted is how far the log of each live document is in the audit log, as the sequencer remembers it.
	RowsNoted(ctx context.Context, tenant string) (map[string]int64, error)
}

// Kept is a record as it is stored.
type Kept struct {
	Record
	File, Content []byte
	Parts         []byte // the content by whose it is and of which class; see Record.PartsSHA256
	Findable      bool   // its search copy is the one its words give
}

// PartsAsSealed tells whether the parts are those that were sealed.
func (k Kept) PartsAsSealed() bool {
	if k.PartsSHA256 == "" {
		return len(k.Parts) == 0
	}
	return Sum(k.Parts) == k.PartsSHA256
}

// Hashed is a stored content with the hash it is known by.
type Hashed struct {
	What   string // in Japanese, with its id: 「会議録(案) …」
	Hash   string // lower hex SHA-256
	Stored []byte
}
