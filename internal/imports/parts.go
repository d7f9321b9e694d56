package imports

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// partOf is how many cases are written at once when an import goes on in the background: others write in between.
const partOf = 50

// rounds bounds how often an import looks again when somebody took rows in at the same moment.
const rounds = 3

// Check tells whether an order can be begun, as Do would: nothing is done.
func (s *Service) Check(ctx context.Context, actor access.Actor, f File, o Order) error {
	if !idForm.MatchString(o.ID) {
		return fault.New(fault.Invalid, "送信の形式が正しくありません。画面を開き直してください。").On("id")
	}
	_, begun, err := s.begun(ctx, actor, o.ID)
	if err != nil || begun {
		return err
	}
	l, err := s.look(ctx, actor, f, o.How, s.clock())
	if err == nil {
		_, _, err = l.chosen(actor, o)
	}
	return err
}

// DoInParts takes the rows in like Do, some at a time, and goes on where an earlier attempt at the same order ended: a row is known by its mark and comes in once.
// at is when it was ordered, for all of them. progress is told how many cases of how many are there.
func (s *Service) DoInParts(ctx context.Context, actor access.Actor, f File, o Order, at time.Time, progress func(done, total int)) (b Batch, err error) {
	for range rounds {
		var more bool
		if b, more, err = s.part(ctx, actor, f, o, at, progress); !more {
			break
		}
	}
	b.StateLabel = b.State.Label()
	return b, err
}

// part is one attempt; more tells that another one may go on from what is there.
func (s *Service) part(ctx context.Context, actor access.Actor, f File, o Order, at time.Time, progress func(done, total int)) (b Batch, more bool, err error) {
	b, begun, err := s.begun(ctx, actor, o.ID)
	if err != nil {
		return b, false, err
	}
	if begun {
		at = b.At
	}
	l, err := s.look(ctx, actor, f, o.How, at)
	if err != nil {
		return b, false, err
	}
	var list []NewCase
	if begun {
		list, err = l.rest(actor, o)
	} else {
		list, b.Refused, err = l.chosen(actor, o)
	}
	if err != nil {
		return b, false, err
	}
	total := b.Made + len(list)
	progress(b.Made, total)
	for chunk := range slices.Chunk(list, partOf) {
		if err := ctx.Err(); err != nil {
			return b, false, err
		}
		if begun {
			b, err = s.store.AddToImport(ctx, actor.Tenant, o.ID, chunk)
		} else {
			b, begun, err = s.first(ctx, actor, l, o, b.Refused, chunk)
		}
		if err != nil {
			return b, fault.Is(err, fault.Conflict) && b.State != StateUndone && b.State != StatePartly, err
		}
		if !begun { // another node began it at this very moment
			return b, true, fault.New(fault.Conflict, "")
		}
		progress(b.Made, total)
	}
	return b, false, nil
}

// begun finds the import of an order that was begun before.
func (s *Service) begun(ctx context.Context, actor access.Actor, id string) (Batch, bool, error) {
	if err := access.Require(actor, access.ActImport); err != nil {
		return Batch{}, false, err
	}
	list, err := s.store.Imports(ctx, access.ScopeOf(actor))
	if err != nil {
		return Batch{}, false, err
	}
	i := slices.IndexFunc(list, func(b Batch) bool { return b.ID == id })
	switch {
	case i < 0:
		return Batch{}, false, nil
	case list[i].State != StateDone:
		return list[i], true, fault.New(fault.Conflict, "この取込は、取り込んでいる間に取り消されました。")
	}
	b, err := s.again(actor, list[i])
	return b, true, err
}

// first writes the batch with its first cases.
func (s *Service) first(ctx context.Context, actor access.Actor, l looking, o Order, refused int, list []NewCase) (Batch, bool, error) {
	b := Batch{ID: o.ID, Tenant: actor.Tenant, FileName: l.file.Name, FileHash: l.file.hash(), ByID: actor.UserID, ByName: actor.Name, At: l.c.now, Rows: len(l.rows), Made: len(list), Refused: refused, State: StateDone}
	e := actor.Audit(l.c.now, access.VerbImport, b.ID)
	e.Hash = b.FileHash
	return s.store.AddImport(ctx, b, list, l.remembered(), e)
}

// rest are the rows of an order that is under way and are not there yet.
func (l looking) rest(actor access.Actor, o Order) (list []NewCase, err error) {
	for _, r := range l.rows {
		if r.done || r.bad() || slices.Contains(o.Skip, r.no) {
			continue
		}
		n, err := l.c.madeRow(actor, r)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, nil
}
