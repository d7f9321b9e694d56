package store

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
)

// NewestChecks implements archive.Checks.
func (s *Store) NewestChecks(ctx context.Context) (map[string]archive.Check, error) {
	out := map[string]archive.Check{}
	err := each(ctx, s.r, func(scan func(...any) error) error {
		var tenant, problems string
		var c archive.Check
		var us, took, ok int64
		if err := scan(&tenant, &us, &took, &ok, &c.Checked, &c.Entries, &problems); err != nil {
			return err
		}
		c.At, c.Took, c.OK = at(us), took/1000, ok != 0
		err := fromJSON(problems, &c.Problems)
		out[tenant] = c
		return err
	}, `SELECT tenant, at, took, ok, checked, entries, problems FROM archive_check c
		WHERE at = (SELECT MAX(m.at) FROM archive_check m WHERE m.tenant = c.tenant)`)
	return out, s.classify(err)
}

// SaveCheck implements archive.Checks.
func (s *Store) SaveCheck(ctx context.Context, tenant string, c archive.Check, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `INSERT INTO archive_check (tenant, at, took, ok, checked, entries, problems) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
			tenant, micros(c.At), c.Took*1000, flag(c.OK), c.Checked, c.Entries, toJSON(c.Problems)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// EndLease gives a piece of work back before its time: what failed may be tried again by any node.
func (s *Store) EndLease(ctx context.Context, tenant, name, holder string) error {
	return s.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `DELETE FROM lease WHERE tenant = $1 AND name = $2 AND holder = $3`, tenant, name, holder)
		return err
	})
}

// TakeLease implements archive.Checks.
func (s *Store) TakeLease(ctx context.Context, tenant, name, holder string, now, until time.Time) (mine bool, err error) {
	err = s.write(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `INSERT INTO lease (tenant, name, holder, until) VALUES ($1,$2,$3,$4)
			ON CONFLICT (tenant, name) DO UPDATE SET holder = $3, until = $4 WHERE lease.until < $5`, tenant, name, holder, micros(until), micros(now))
		mine = n > 0
		return err
	})
	return mine, err
}
