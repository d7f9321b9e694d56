package live

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// Service is what can be done with documents. It holds no documents itself: rooms and readers do.
type Service struct {
	store  Store
	gate   Gate
	now    func() time.Time
	fields func(m Meta, field string) bool
	wrote  func(tenant, docID string)
	// replays holds one place for each log that is being replayed for its history.
	replays chan struct{}
}

// Option changes a Service.
type Option func(*Service)

// WithFields says which sheet fields a section document holds: the sheet definition decides, never the client.
// Without it every field id of the right form is taken.
func WithFields(allowed func(m Meta, field string) bool) Option {
	return func(s *Service) { s.fields = allowed }
}

// NewService makes the service.
func NewService(store Store, gate Gate, now func() time.Time, options ...Option) *Service {
	s := &Service{store: store, gate: gate, now: now, replays: make(chan struct{}, maxReplays)}
	for _, o := range options {
		o(s)
	}
	return s
}

// OnWrite sets what is called after ServerWrite has committed, so that open rooms need not wait for their next look
// (realtime.Hub.Touch). To be set before the first write.
func (s *Service) OnWrite(f func(tenant, docID string)) { s.wrote = f }

// Open decides whether an actor may open a document in the context of a meeting ("" = outside of any). The caller writes the
// audit entry, for a refusal too.
//
// NotFound: there is no such document in the actor's municipality. Gone (code "epoch"): the document has been made anew.
// Forbidden (code: the gate's reason): the gate says no; Rights holds the reason, and Meta is filled for the audit entry.
func (s *Service) Open(ctx context.Context, actor access.Actor, meetingID, docID string, epoch int) (Meta, Rights, error) {
	if actor.Tenant == "" {
		return Meta{}, Rights{}, fault.New(fault.Unauthorized, "")
	}
	m, err := s.store.DocMeta(ctx, actor.Tenant, docID)
	if err != nil {
		return Meta{}, Rights{}, err
	}
	if m.Tenant != actor.Tenant {
		return Meta{}, Rights{}, fault.New(fault.NotFound, "")
	}
	if m.Epoch != epoch {
		return m, Rights{}, refuse(CodeEpoch, "この文書は作り直されました。画面を読み込み直してください。")
	}
	r, err := s.Decide(ctx, actor, meetingID, m)
	if err != nil {
		return m, Rights{}, err
	}
	if !r.Read {
		return m, r, fault.New(fault.Forbidden, "この文書は、同意の範囲と会議への参加の状況により表示できません。必要なときは事務局に相談してください。").With("code", r.Reason)
	}
	return m, r, nil
}

// Decide asks the gate for an actor's rights at this moment. A frozen document takes no writing, whoever asks.
func (s *Service) Decide(ctx context.Context, actor access.Actor, meetingID string, m Meta) (Rights, error) {
	if actor.Tenant == "" || actor.Tenant != m.Tenant {
		return Rights{Reason: "member"}, nil
	}
	r, err := s.gate.Rights(ctx, actor, meetingID, m)
	if err != nil {
		return Rights{}, err
	}
	if !r.Read {
		r.Write = false
	}
	if r.Write && m.Frozen {
		r.Write, r.Reason = false, CodeFrozen
	}
	return r, nil
}

// Round is the service for decisions of one moment (Gate.Round).
func (s *Service) Round() *Service {
	round := *s
	round.gate = s.gate.Round()
	return &round
}

// Meta reads what is known of a document without loading it.
func (s *Service) Meta(ctx context.Context, tenant, docID string) (Meta, error) {
	return s.store.DocMeta(ctx, tenant, docID)
}

// Load builds the document from snapshot and log. It is an error if anything is missing; there is no empty document instead.
func (s *Service) Load(ctx context.Context, tenant, docID string) (*Document, error) {
	l, err := s.store.LoadDoc(ctx, tenant, docID)
	if err != nil {
		return nil, err
	}
	d, err := NewDocument(l)
	if err != nil {
		return nil, err
	}
	d.fields = s.fields
	return d, nil
}

// ReadDocument is Load for other packages of the domain: the committed state, to be read and thrown away. Whoever calls has asked the gate.
func (s *Service) ReadDocument(ctx context.Context, tenant, docID string) (*Document, error) {
	return s.Load(ctx, tenant, docID)
}

// Append commits batches (see Store.AppendDocs).
func (s *Service) Append(ctx context.Context, batches []Batch) ([]Appended, error) {
	return s.store.AppendDocs(ctx, batches)
}

// Since returns the committed rows after seq.
func (s *Service) Since(ctx context.Context, tenant, docID string, seq int64) ([]Row, error) {
	return s.store.Since(ctx, tenant, docID, seq)
}

// Heads returns the current head of each document.
func (s *Service) Heads(ctx context.Context, tenant string, docIDs []string) (map[string]Head, error) {
	return s.store.Heads(ctx, tenant, docIDs)
}

// writeAttempts bounds ServerWrite when the log is busy or just became a new epoch.
const writeAttempts = 4

// ServerWrite lets Kasane itself write into a document, through the same log as everybody, in the name of actor (access.System for work
// without a person). write is called again from a fresh document when the append lost a race, so it must have no effect but on the Builder.
// Conflict (code "frozen"): the document is frozen. Writing nothing appends nothing.
func (s *Service) ServerWrite(ctx context.Context, actor access.Actor, docID string, write func(*Builder) error) (Appended, error) {
	var last error
	for attempt := range writeAttempts {
		if attempt > 0 {
			select {
			case <-ctx.Done():
				return Appended{}, ctx.Err()
			case <-time.After(time.Duration(attempt) * 20 * time.Millisecond):
			}
		}
		a, retry, err := s.writeOnce(ctx, actor, docID, write)
		if err == nil {
			if a.To > 0 && s.wrote != nil {
				s.wrote(actor.Tenant, docID)
			}
			return a, nil
		}
		if last = err; !retry {
			break
		}
	}
	return Appended{}, last
}

func (s *Service) writeOnce(ctx context.Context, actor access.Actor, docID string, write func(*Builder) error) (a Appended, retry bool, err error) {
	d, err := s.Load(ctx, actor.Tenant, docID)
	if err != nil {
		return Appended{}, fault.Is(err, fault.Unavailable), err
	}
	if d.meta.Frozen {
		return Appended{}, false, errFrozen
	}
	b := d.Builder()
	if err := write(b); err != nil {
		return Appended{}, false, err
	}
	update, err := b.Update()
	if err != nil || update == nil {
		return Appended{}, false, err
	}
	out, err := s.store.AppendDocs(ctx, []Batch{{Tenant: actor.Tenant, DocID: docID, Epoch: d.meta.Epoch,
		Rows: []Row{d.Row(actor, update)}, Clients: map[uint64]string{b.client: actor.UserID}}})
	if err == nil && len(out) != 1 {
		err = fault.Newf(fault.Internal, "live: %d outcomes for one batch", len(out))
	}
	if err != nil {
		return Appended{}, fault.Is(err, fault.Unavailable) || fault.Is(err, fault.Conflict), err
	}
	// A document that froze or began a new epoch meanwhile is looked at again; the next attempt says so by itself.
	return out[0], out[0].Err != nil, out[0].Err
}

// Row makes a log row of an update by actor.
func (d *Document) Row(actor access.Actor, update []byte) Row {
	return Row{Update: update, ActorID: actor.UserID, ActorName: actor.Name, AgencyID: actor.AgencyID, AgencyName: actor.AgencyName}
}

// Compact writes a snapshot of a document as of its present head, beside the log. The state is encoded, decoded again and compared before it is
// stored; log rows stay. It reports false when there is nothing new to keep.
func (s *Service) Compact(ctx context.Context, tenant, docID string) (bool, error) {
	l, err := s.store.LoadDoc(ctx, tenant, docID)
	if err != nil || len(l.Rows) == 0 {
		return false, err
	}
	d, err := NewDocument(l)
	if err != nil {
		return false, err
	}
	state, err := d.State()
	if err != nil {
		return false, err
	}
	again, err := NewDocument(Loaded{Meta: l.Meta, Snapshot: state, SnapSeq: l.Meta.Head, Clients: l.Clients})
	if err != nil {
		return false, fmt.Errorf("live: snapshot does not load: %w", err)
	}
	_, was := d.Canonical()
	if _, is := again.Canonical(); is != was || string(again.StateVector()) != string(d.StateVector()) {
		return false, errors.New("live: snapshot differs from its document, not stored")
	}
	return true, s.store.PutSnapshot(ctx, tenant, docID, d.Seq(), state)
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

var errFrozen = refuse(CodeFrozen, "この文書は合意のために固定されているため、書き込めません。直すときは議長に編集の再開を求めてください。")
