package live

import (
	"context"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
)

// Kind says what a document is part of.
type Kind string

// The kinds. Each document holds the information of one person (or of the household) and one item class.
const (
	KindSection Kind = "section" // 世帯員の記録: intake sheet fields of one person and item
	KindPlan    Kind = "plan"    // プラン: needs, goals, actions, role cells of one person and item
	KindMinutes Kind = "minutes" // 会議録: points, speeches, decisions of one person and item
	KindPrep    Kind = "prep"    // 準備シート: what one agency writes before a meeting, of one person and item
)

// Kinds lists every kind.
func Kinds() []Kind { return []Kind{KindSection, KindPlan, KindMinutes, KindPrep} }

// Meta is what is known about a document without loading it.
type Meta struct {
	Tenant   string
	ID       string
	Epoch    int // a restore or reset makes a new epoch; old clients are told to reload
	Kind     Kind
	CaseID   string
	OwnerID  string // person id, plan id, meeting id or PrepOwner, by Kind
	PersonID string // "" = the household: every subject of the case must have consented
	Item     consent.Item
	Head     int64 // sequence of the last committed update
	Frozen   bool
	// AccessVersion is bumped, in the same transaction, by every change that can alter the gate's answer.
	AccessVersion int64
}

// Name is the document's name on the wire.
func (m Meta) Name() string { return wireName(m.ID, m.Epoch) }

// PrepOwner is the owner of the documents of one agency's 準備シート for a meeting.
func PrepOwner(meetingID, agencyID string) string { return meetingID + "." + agencyID }

// Sheet tells whose 準備シート for which meeting a document is part of; "" for any other kind.
func (m Meta) Sheet() (meetingID, agencyID string) {
	if m.Kind != KindPrep {
		return "", ""
	}
	meetingID, agencyID, _ = strings.Cut(m.OwnerID, ".")
	return meetingID, agencyID
}

// Row is one committed update of the log.
type Row struct {
	Seq    int64
	Update []byte
	// Who wrote it, as known then.
	ActorID    string
	ActorName  string
	AgencyID   string
	AgencyName string
	At         time.Time
}

// Batch is what arrived for one document while the previous commit was in flight.
type Batch struct {
	Tenant string
	DocID  string
	Epoch  int
	Rows   []Row // Seq is given by the store: head+1 …
	// Clients binds Yjs client ids to who used them first in this document (user or guest id).
	Clients map[uint64]string
	// AccessVersion is the one at which the writers' rights were decided. When the document's has moved since, the batch is
	// refused (Conflict): a write never outruns a revocation, whatever message was lost. 0 = not compared (Kasane's own writes).
	AccessVersion int64
	// Audit entries of a deed that is more than typing (a restore): written in the same transaction, or nothing is.
	Audit []access.Entry
}

// Appended is the outcome of one batch. Err (fault) is set when this batch was refused (frozen, or access version moved:
// Conflict; client id of another user: Forbidden; another epoch: Gone; no such document: NotFound); other batches of the
// same call are not affected.
type Appended struct {
	From, To int64
	At       time.Time
	Err      error
}

// Head is one line of the poll every node makes for its open rooms.
type Head struct {
	Head          int64
	Epoch         int
	Frozen        bool
	AccessVersion int64
}

// Loaded is everything needed to build the document, read in one transaction.
type Loaded struct {
	Meta     Meta
	Snapshot []byte // full state at SnapSeq, nil if none
	SnapSeq  int64
	Rows     []Row // SnapSeq+1 … Meta.Head
	Clients  map[uint64]string
}

// Store keeps the logs. Contract in livetest.Store, a suite every implementation passes.
type Store interface {
	// DocMeta returns NotFound if there is no such document in the municipality.
	DocMeta(ctx context.Context, tenant, id string) (Meta, error)
	// LoadDoc reads snapshot and log in one transaction.
	LoadDoc(ctx context.Context, tenant, id string) (Loaded, error)
	// Since returns the committed rows after seq, in order.
	Since(ctx context.Context, tenant, id string, seq int64) ([]Row, error)
	// AppendDocs commits all batches in one durable transaction and returns one outcome per batch, in order.
	// An error of the call itself means nothing of any batch was stored.
	AppendDocs(ctx context.Context, batches []Batch) ([]Appended, error)
	// Heads returns the current head of each document asked for (missing ones are absent).
	Heads(ctx context.Context, tenant string, ids []string) (map[string]Head, error)
	// PutSnapshot stores a verified full state at seq; a snapshot never replaces a newer one.
	PutSnapshot(ctx context.Context, tenant, id string, seq int64, state []byte) error
}

// Rights is what one actor may do with one document, decided by the gate at one moment.
type Rights struct {
	Read  bool
	Write bool
	// Reason is a stable code when Read or Write is false ("consent", "member", "secrecy", "frozen", "role", "closed", "break_glass").
	Reason string
	// Until is when they end by themselves, or may do so and are decided again: a consent begins or ends then. Zero: when something moves.
	Until time.Time
	// OwnAgencyOnly limits Write to prose, rows and the role cells of the actor's own agency (see Document.Check).
	OwnAgencyOnly bool
}

// Same tells whether two rights let an actor do the same, for the same reason.
func (r Rights) Same(o Rights) bool {
	o.Until = r.Until
	return r == o
}

// Gate decides what an actor may see. meetingID is the meeting in whose context it asks, "" outside of any.
// It is asked at every open and again whenever AccessVersion moves.
type Gate interface {
	Rights(ctx context.Context, actor access.Actor, meetingID string, m Meta) (Rights, error)
	// Round is the gate for the questions of one moment, all people in a document or all documents of a page: a fact is read once, when it is
	// first asked for. It is for one goroutine, and is thrown away with the answers.
	Round() Gate
}
