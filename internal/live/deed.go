package live

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// Deed (書き込み) is what a person writes into a document by other means than typing: a sheet that comes back from a spreadsheet.
type Deed struct {
	Meta   Meta // as the gate was asked about it
	Rights Rights
	// Write says what; an error of it lets nothing of any deed happen.
	Write func(*Builder) error
	Audit access.Entry
}

// Carry carries deeds out: each is one change by the actor, through the checks that everybody's typing goes through, all committed at once with their audit entries.
// It tells for each what refused it (the document was frozen, its readers changed meanwhile), nil when it stands. A deed that changes nothing leaves no trace.
func (s *Service) Carry(ctx context.Context, actor access.Actor, deeds []Deed) ([]error, error) {
	var batches []Batch
	var of []int
	for i, d := range deeds {
		b, err := s.Prepare(ctx, actor, d.Meta, d.Rights, d.Write)
		if err != nil {
			return nil, err
		}
		if len(b.Rows) == 0 {
			continue
		}
		b.Audit = []access.Entry{d.Audit}
		batches, of = append(batches, b), append(of, i)
	}
	out := make([]error, len(deeds))
	if len(batches) == 0 {
		return out, nil
	}
	done, err := s.store.AppendDocs(ctx, batches)
	if err == nil && len(done) != len(batches) {
		err = fault.Newf(fault.Internal, "live: %d outcomes for %d batches", len(done), len(batches))
	}
	if err != nil {
		return nil, err
	}
	for k, a := range done {
		if out[of[k]] = a.Err; a.Err == nil && s.wrote != nil {
			s.wrote(actor.Tenant, batches[k].DocID)
		}
	}
	return out, nil
}

// ReadAt is ReadDocument as the document stood when the row seq had been committed. NotFound: its log has no such row. Whoever calls has asked the gate.
func (s *Service) ReadAt(ctx context.Context, tenant, docID string, seq int64) (*Document, error) {
	m, err := s.store.DocMeta(ctx, tenant, docID)
	if err != nil {
		return nil, err
	}
	p, done, err := s.past(ctx, m)
	if err != nil {
		return nil, err
	}
	defer done()
	if err := p.known(seq); err != nil {
		return nil, err
	}
	if err := p.to(seq, nil); err != nil {
		return nil, err
	}
	return p.d, nil
}
