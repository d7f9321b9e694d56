package live

import (
	"errors"
	"fmt"

	"kasane/internal/ydoc"
)

// MaxUpdate and MaxDocument bound one update and a whole document, in bytes as encoded; MaxStructs bounds what a document is made of, which is
// what it costs every browser to hold: a plan of a long case has some 7,000.
const (
	MaxUpdate   = 1 << 20
	MaxDocument = 5 << 20
	MaxStructs  = 500_000
)

// ErrSpoiled: a refused change had already been integrated, or the log cannot be integrated. Load the document again.
var ErrSpoiled = errors.New("live: document must be loaded again")

// Document is the replica of one collaborative document in memory. It has one owner and is not safe for concurrent use.
type Document struct {
	meta    Meta
	doc     *ydoc.Doc
	values  *ydoc.Type
	seq     int64
	snap    int64 // sequence of the snapshot it was loaded from
	tail    int   // bytes of rows since
	size    int   // at most so many bytes encoded; measured again when it matters
	clients map[uint64]string
	fields  func(m Meta, field string) bool
	spoiled bool
}

// NewDocument builds a document from snapshot and log. Any gap, anything left pending and any row that does not apply is an error.
func NewDocument(l Loaded) (*Document, error) {
	d := &Document{meta: l.Meta, doc: ydoc.New(), seq: l.SnapSeq, clients: map[uint64]string{}}
	d.values = d.doc.Define(rootValues, ydoc.KindMap)
	for c, user := range l.Clients {
		d.clients[c] = user
	}
	if l.Snapshot != nil {
		if _, err := d.doc.ApplyWithBudget(l.Snapshot, ydoc.Unlimited); err != nil {
			return nil, fmt.Errorf("live: snapshot of %s at %d: %w", l.Meta.ID, l.SnapSeq, err)
		}
		d.size, d.snap = len(l.Snapshot), l.SnapSeq
	} else if l.SnapSeq != 0 {
		return nil, fmt.Errorf("live: %s has no snapshot at %d", l.Meta.ID, l.SnapSeq)
	}
	for _, r := range l.Rows {
		if _, err := d.Replay(r); err != nil {
			return nil, err
		}
	}
	if d.seq != l.Meta.Head {
		return nil, fmt.Errorf("live: log of %s ends at %d, its head is %d", l.Meta.ID, d.seq, l.Meta.Head)
	}
	if d.doc.HasPending() {
		return nil, fmt.Errorf("live: snapshot of %s is not whole", l.Meta.ID)
	}
	return d, nil
}

// Meta is what was known of the document when it was loaded, with later changes made known by SetMeta.
func (d *Document) Meta() Meta { return d.meta }

// SetMeta notes what has changed: freezing, access version. Head and Epoch stay.
func (d *Document) SetMeta(frozen bool, accessVersion int64) {
	d.meta.Frozen, d.meta.AccessVersion = frozen, accessVersion
}

// Seq is the sequence up to which the log is integrated without a gap.
func (d *Document) Seq() int64 { return d.seq }

// grown counts what was integrated.
func (d *Document) grown(n int) {
	d.size += n
	d.tail += n
}

// fits tells whether n bytes more stay within MaxDocument. What was overwritten or deleted takes no room any more, so it measures before it
// says no.
func (d *Document) fits(n int) bool {
	if d.doc.Structs() > MaxStructs {
		return false
	}
	if d.size+n <= MaxDocument {
		return true
	}
	state, err := d.doc.Encode(nil)
	if err != nil {
		return false
	}
	d.size = len(state)
	return d.size+n <= MaxDocument
}

// Weight is about how many bytes of memory the document takes. It walks the document.
func (d *Document) Weight() int { return d.doc.Size() + 64*len(d.clients) }

// Structs is of how many structs it is made.
func (d *Document) Structs() int { return d.doc.Structs() }

// Behind is how many rows, and bytes of them, lie between the snapshot it was loaded from and Seq: what the next to load has to read.
func (d *Document) Behind() (rows int64, bytes int) { return d.seq - d.snap, d.tail }

// Replay integrates the next committed row and returns what was new of it (nil: nothing). Rows up to Seq are passed over; a gap is ErrGap
// and changes nothing.
func (d *Document) Replay(r Row) ([]byte, error) {
	if d.spoiled {
		return nil, ErrSpoiled
	}
	if r.Seq <= d.seq {
		return nil, nil
	}
	if r.Seq != d.seq+1 {
		return nil, fmt.Errorf("row %d after %d: %w", r.Seq, d.seq, ErrGap)
	}
	txn, err := d.doc.ApplyWithBudget(r.Update, ydoc.Unlimited)
	if err != nil {
		d.spoiled = true
		return nil, fmt.Errorf("live: row %d of %s: %w", r.Seq, d.meta.ID, err)
	}
	if d.doc.HasPending() {
		d.spoiled = true
		return nil, fmt.Errorf("live: row %d of %s depends on what is not in the log", r.Seq, d.meta.ID)
	}
	d.seq = r.Seq
	if txn.Empty() {
		return nil, nil
	}
	novel := txn.Update()
	d.grown(len(novel))
	ids, err := ydoc.Clients(novel)
	if err != nil {
		d.spoiled = true
		return nil, fmt.Errorf("live: row %d of %s: %w", r.Seq, d.meta.ID, err)
	}
	for _, c := range ids {
		d.bind(c, r.ActorID)
	}
	return novel, nil
}

// Committed notes that own changes, integrated by Apply, were committed as rows from..to. It reports false when rows of others lie before
// them: then the log has to be read from Seq on.
func (d *Document) Committed(from, to int64) bool {
	if from > d.seq+1 {
		return false
	}
	d.seq = max(d.seq, to)
	return true
}

func (d *Document) bind(client uint64, user string) {
	if _, ok := d.clients[client]; !ok {
		d.clients[client] = user
	}
}

// Author is the user to whom a Yjs client id is bound in this document, "" if to nobody.
func (d *Document) Author(client uint64) string { return d.clients[client] }

// Sync is the update that brings a replica with the encoded state vector sv up to date. Malformed state vectors are refused.
func (d *Document) Sync(sv []byte) ([]byte, error) {
	if d.spoiled {
		return nil, ErrSpoiled
	}
	if len(sv) == 0 {
		sv = []byte{0}
	}
	u, err := d.doc.Encode(sv)
	if errors.Is(err, ydoc.ErrMalformed) {
		return nil, errMalformed
	}
	return u, err
}

// State is the whole document as one update, for a snapshot.
func (d *Document) State() ([]byte, error) {
	if d.spoiled || d.doc.HasPending() {
		return nil, ErrSpoiled
	}
	return d.doc.Encode(nil)
}

// StateVector tells a browser what the document has.
func (d *Document) StateVector() []byte { return d.doc.StateVector() }

// Spoiled tells that the document has to be loaded again.
func (d *Document) Spoiled() bool { return d.spoiled }
