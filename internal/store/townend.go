package store

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

var suspended = fault.New(fault.Unavailable, "この市町村の利用は、いま止められています。再開の時期は、市町村の担当者に尋ねてください。")

// inUse refuses where the municipality is suspended: a link that needs no session does not answer then, either.
func inUse(ctx context.Context, t *tx, tenant string) error {
	var n int
	if err := t.row(ctx, `SELECT COUNT(*) FROM municipality WHERE id = $1 AND suspended_at IS NOT NULL`, tenant).Scan(&n); err != nil || n == 0 {
		return err
	}
	return suspended
}

// SuspendTown lets nobody into a municipality any more, and ends every session in it; or lets people in again.
func (s *Store) SuspendTown(ctx context.Context, tenant string, on bool, e access.Entry) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		var since any
		if on {
			since = micros(t.now)
		}
		if err := t.must(ctx, noTown, `UPDATE municipality SET suspended_at = $1 WHERE id = $2`, since, tenant); err != nil {
			return err
		}
		if on {
			if _, err := t.exec(ctx, `DELETE FROM session WHERE tenant = $1`, tenant); err != nil {
				return err
			}
		}
		return t.audit(ctx, e)
	})
}

// WrittenSince is how much was done in a municipality since a moment: actions of people, and rows typed into documents.
func (s *Store) WrittenSince(ctx context.Context, tenant string, since time.Time) (n int, err error) {
	err = s.read(ctx, func(t *tx) error {
		return t.row(ctx, `SELECT (SELECT COUNT(*) FROM audit_entry WHERE tenant = $1 AND at > $2 AND actor_id NOT IN ('', 'system'))
			+ (SELECT COUNT(*) FROM doc_update WHERE tenant = $1 AND at > $2)`, tenant, micros(since)).Scan(&n)
	})
	return n, err
}

// DeleteTown removes every row of a suspended municipality, of every table, and tells how many of each. The entry that tomb makes of them stands in the log of the
// installation, written in the same transaction.
func (s *Store) DeleteTown(ctx context.Context, tenant string, tomb func(gone map[string]int64) access.Entry) (gone map[string]int64, err error) {
	err = s.lockingWrite(ctx, func(t *tx) error {
		if err := t.must(ctx, fault.New(fault.Conflict, "先に、市町村の利用を止めてください(kasane municipality suspend)。"),
			`UPDATE municipality SET suspended_at = suspended_at WHERE id = $1 AND suspended_at IS NOT NULL`, tenant); err != nil {
			return err
		}
		var err error
		if gone, err = s.clearTown(ctx, t, tenant); err != nil {
			return err
		}
		return t.audit(ctx, tomb(gone))
	})
	return gone, err
}

// SweepTown removes what a request that was under way wrote behind the deletion; it tells how many rows that were.
func (s *Store) SweepTown(ctx context.Context, tenant string) (n int64, err error) {
	err = s.lockingWrite(ctx, func(t *tx) error {
		n = 0
		var there int
		if err := t.row(ctx, `SELECT COUNT(*) FROM municipality WHERE id = $1`, tenant).Scan(&there); err != nil || there > 0 {
			return err // it is there: nothing of it is swept away
		}
		gone, err := s.clearTown(ctx, t, tenant)
		for _, k := range gone {
			n += k
		}
		return err
	})
	return n, err
}

func (s *Store) clearTown(ctx context.Context, t *tx, tenant string) (map[string]int64, error) {
	tables, err := s.shapes(ctx, t)
	if err != nil {
		return nil, err
	}
	gone := map[string]int64{}
	for i := len(tables) - 1; i >= 0; i-- { // those that point to others first
		column := tables[i].townColumn()
		if column == "" {
			continue
		}
		n, err := t.exec(ctx, "DELETE FROM "+tables[i].Name+" WHERE "+column+" = $1", tenant)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			gone[tables[i].Name] = n
		}
	}
	return gone, nil
}
