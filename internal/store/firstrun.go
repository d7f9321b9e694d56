package store

import (
	"context"
	"database/sql"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/firstrun"
)

// FirstRun implements firstrun.Store.
func (s *Store) FirstRun(ctx context.Context, tenant string) (k firstrun.Kept, err error) {
	err = s.read(ctx, func(t *tx) error {
		k = firstrun.Kept{}
		var made int64
		var since, aside, width, height sql.NullInt64
		var stamp sql.NullString
		err := t.row(ctx, `SELECT m.name, m.code, m.demo, m.created_at, f.since_year, f.aside, l.stamp, l.width, l.height FROM municipality m
			LEFT JOIN first_run f ON f.tenant = m.id LEFT JOIN municipality_logo l ON l.tenant = m.id WHERE m.id = $1`, tenant).
			Scan(&k.Town.Name, &k.Town.Code, &k.Demo, &made, &since, &aside, &stamp, &width, &height)
		if err != nil {
			return orMissing(err, fault.New(fault.NotFound, "自治体が見つかりません。"))
		}
		k.Since, k.Town.Since, k.Aside = at(made), int(since.Int64), aside.Int64 != 0 || !aside.Valid && k.Demo
		k.Logo, k.Width, k.Height = stamp.String, int(width.Int64), int(height.Int64)
		return t.query(ctx, func(scan func(...any) error) error {
			var m firstrun.Mark
			var when int64
			err := scan(&m.Step, &when, &m.ByID, &m.ByName)
			m.At = at(when)
			k.Marks = append(k.Marks, m)
			return err
		}, `SELECT step, at, by_user, by_name FROM first_run_step WHERE tenant = $1 ORDER BY at, step`, tenant)
	})
	return k, err
}

var codeTaken = fault.New(fault.Conflict, "この全国地方公共団体コードは、同じ設備を使うほかの自治体が使っています。コードを確かめてください。").On("code")

// SaveTown implements firstrun.Store.
func (s *Store) SaveTown(ctx context.Context, tenant string, v firstrun.Town, e access.Entry) error {
	err := s.write(ctx, func(t *tx) error {
		if err := t.must(ctx, fault.New(fault.NotFound, "自治体が見つかりません。"), `UPDATE municipality SET name = $1, code = $2 WHERE id = $3`, v.Name, v.Code, tenant); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `INSERT INTO first_run (tenant, since_year, aside) SELECT m.id, CAST($2 AS BIGINT), m.demo FROM municipality m WHERE m.id = $1
			ON CONFLICT (tenant) DO UPDATE SET since_year = excluded.since_year`, tenant, v.Since); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
	if s.d.class(err) == classUnique {
		return codeTaken
	}
	return err
}

// SaveLogo implements firstrun.Store.
func (s *Store) SaveLogo(ctx context.Context, tenant string, l firstrun.Logo, m firstrun.Mark, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `INSERT INTO municipality_logo (tenant, picture, width, height, stamp, at, by_user, by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (tenant) DO UPDATE SET picture = excluded.picture, width = excluded.width, height = excluded.height, stamp = excluded.stamp, at = excluded.at,
			by_user = excluded.by_user, by_name = excluded.by_name`, tenant, l.Picture, l.Width, l.Height, l.Stamp, micros(m.At), m.ByID, m.ByName); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// DropLogo implements firstrun.Store.
func (s *Store) DropLogo(ctx context.Context, tenant string, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `DELETE FROM municipality_logo WHERE tenant = $1`, tenant); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// Logo implements firstrun.Store.
func (s *Store) Logo(ctx context.Context, tenant string) (l firstrun.Logo, err error) {
	err = s.read(ctx, func(t *tx) error {
		l = firstrun.Logo{}
		err := t.row(ctx, `SELECT picture, width, height, stamp FROM municipality_logo WHERE tenant = $1`, tenant).Scan(&l.Picture, &l.Width, &l.Height, &l.Stamp)
		return orMissing(err, fault.New(fault.NotFound, "ロゴは登録されていません。"))
	})
	return l, err
}

// MarkStep implements firstrun.Store.
func (s *Store) MarkStep(ctx context.Context, tenant string, m firstrun.Mark, done bool, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		query, args := `DELETE FROM first_run_step WHERE tenant = $1 AND step = $2`, []any{tenant, string(m.Step)}
		if done {
			query = `INSERT INTO first_run_step (tenant, step, at, by_user, by_name) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant, step) DO NOTHING`
			args = append(args, micros(m.At), m.ByID, m.ByName)
		}
		if _, err := t.exec(ctx, query, args...); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// PutAside implements firstrun.Store.
func (s *Store) PutAside(ctx context.Context, tenant string, aside bool, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `INSERT INTO first_run (tenant, since_year, aside) VALUES ($1, 0, $2) ON CONFLICT (tenant) DO UPDATE SET aside = excluded.aside`,
			tenant, flag(aside)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}
