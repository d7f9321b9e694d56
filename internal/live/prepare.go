package live

import (
	"context"
	"strings"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// Prepare makes what write says into one change by the actor, through the checks that everybody's typing goes through, as a batch for
// whoever commits it together with rows of its own. m is the document as the gate was asked about it: what has moved since refuses the
// batch when it is committed. A batch without rows: nothing would change.
func (s *Service) Prepare(ctx context.Context, actor access.Actor, m Meta, r Rights, write func(*Builder) error) (Batch, error) {
	at, err := s.Load(ctx, actor.Tenant, m.ID)
	if err != nil {
		return Batch{}, err
	}
	judge, err := s.Load(ctx, actor.Tenant, m.ID)
	if err != nil {
		return Batch{}, err
	}
	if at.meta.Epoch != m.Epoch || at.meta.AccessVersion != m.AccessVersion || judge.seq != at.seq {
		return Batch{}, fault.New(fault.Conflict, "この文書を見られる人の範囲が変わりました。もう一度お試しください。")
	}
	b := at.Builder()
	if err := write(b); err != nil {
		return Batch{}, err
	}
	update, err := b.Update()
	if err != nil || update == nil {
		return Batch{}, err
	}
	return judge.batch(actor, m, r, update)
}

// batch judges an update as if a browser of the actor had sent it, and makes the batch to be appended.
func (d *Document) batch(actor access.Actor, m Meta, r Rights, update []byte) (Batch, error) {
	c, err := d.Check(actor, r, update)
	if err != nil {
		return Batch{}, err
	}
	a, err := d.Apply(c)
	if err != nil {
		return Batch{}, err
	}
	return Batch{Tenant: actor.Tenant, DocID: m.ID, Epoch: m.Epoch, AccessVersion: m.AccessVersion, Rows: []Row{d.Row(actor, a.Update)}, Clients: a.Clients}, nil
}

// OrdAfter is a key of order behind another one, as the browsers' fractional index makes it for a row at the end of a list.
func OrdAfter(last string) string {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	for i := range len(last) {
		low := strings.IndexByte(digits, last[i])
		if low >= 0 && low < len(digits)-1 {
			return last[:i] + digits[(low+len(digits))/2:][:1]
		}
	}
	return last + "V"
}
