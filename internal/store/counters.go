package store

import (
	"context"
)

// NextNumber implements the stores of cases, consent and meeting: 1, 2, 3 … per municipality and series. It is a
// transaction of its own, so a number is never given twice, also when the caller fails afterwards.
func (s *Store) NextNumber(ctx context.Context, tenant, series string) (n int, err error) {
	err = s.lockingWrite(ctx, func(t *tx) error {
		return t.row(ctx, `INSERT INTO counter (tenant, series, n) VALUES ($1,$2,1)
			ON CONFLICT (tenant, series) DO UPDATE SET n = counter.n + 1 RETURNING n`, tenant, series).Scan(&n)
	})
	return n, err
}
