package store

import (
	"context"

	"kasane/internal/meeting"
)

// NextNumber implements the stores of cases, consent and meeting: 1, 2, 3 … per municipality and series. It is a
// transaction of its own, so a number is never given twice, also when the caller fails afterwards.
func (s *Store) NextNumber(ctx context.Context, tenant, series string) (n int, err error) {
	err = s.lockingWrite(ctx, func(t *tx) error {
		n, err = draw(ctx, t, tenant, series, 1)
		return err
	})
	return n, err
}

// draw takes the next numbers of a series inside a transaction and gives the first: when the transaction fails, they are free again.
func draw(ctx context.Context, t *tx, tenant, series string, count int) (first int, err error) {
	err = t.row(ctx, `INSERT INTO counter (tenant, series, n) VALUES ($1,$2,$3)
		ON CONFLICT (tenant, series) DO UPDATE SET n = counter.n + $3 RETURNING n`, tenant, series, count).Scan(&first)
	return first - count + 1, err
}

// drawNumbers gives a closing its 文書番号 (step 0).
func drawNumbers(ctx context.Context, t *tx, c meeting.Change, _ *meeting.Recorded) error {
	if c.Draw == nil {
		return nil
	}
	first, err := draw(ctx, t, c.Tenant, c.Draw.Series, c.Draw.Count)
	if err != nil {
		return err
	}
	return c.Draw.Put(&c, first)
}
