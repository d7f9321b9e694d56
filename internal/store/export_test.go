package store

import (
	"context"

	"kasane/internal/live"
)

// MakeDocs makes documents for tests.
func MakeDocs(ctx context.Context, s *Store, docs ...live.Meta) error {
	return s.write(ctx, func(t *tx) error { return insertDocs(ctx, t, docs) })
}

// SetFrozen freezes documents for tests.
func SetFrozen(ctx context.Context, s *Store, tenant string, ids []string, frozen bool) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		_, err := setFrozen(ctx, t, tenant, ids, frozen)
		return err
	})
}

// Exec runs any statement for tests.
func Exec(ctx context.Context, s *Store, query string, args ...any) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		_, err := t.exec(ctx, query, args...)
		return err
	})
}
