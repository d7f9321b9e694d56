package store

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/audit"
	"kasane/internal/fault"
	"kasane/internal/files"
)

var noTown = fault.New(fault.NotFound, "この市町村は登録されていません。")

// TownKeys implements files.TownKeyStore.
func (s *Store) TownKeys(ctx context.Context, tenant string) (out []files.TownKey, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var k files.TownKey
		var us int64
		err := scan(&k.Tenant, &k.ID, &k.Purpose, &k.Wrapped, &us)
		k.MadeAt = at(us)
		out = append(out, k)
		return err
	}, `SELECT tenant, id, purpose, wrapped, made_at FROM municipality_key WHERE tenant = $1 ORDER BY id DESC`, tenant)
	return out, s.classify(err)
}

// AddTownKey implements files.TownKeyStore.
func (s *Store) AddTownKey(ctx context.Context, k files.TownKey, alone bool, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `INSERT INTO municipality_key (tenant, id, purpose, wrapped, made_at)
			SELECT $1, $2, $3, $4, CAST($5 AS BIGINT) WHERE EXISTS (SELECT 1 FROM municipality WHERE id = $1)
			AND (CAST($6 AS BIGINT) = 0 OR NOT EXISTS (SELECT 1 FROM municipality_key WHERE tenant = $1 AND purpose = $3))`,
			k.Tenant, k.ID, k.Purpose, k.Wrapped, micros(k.MadeAt), flag(alone))
		if err != nil {
			return err
		}
		if n == 1 {
			return t.audit(ctx, e)
		}
		var there int
		return orMissing(t.row(ctx, `SELECT 1 FROM municipality WHERE id = $1`, k.Tenant).Scan(&there), noTown)
	})
}

// RewrapTownKey implements files.TownKeyStore.
func (s *Store) RewrapTownKey(ctx context.Context, was files.TownKey, wrapped []byte, e access.Entry) (done bool, err error) {
	err = s.write(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `UPDATE municipality_key SET wrapped = $1 WHERE tenant = $2 AND id = $3 AND wrapped = $4`, wrapped, was.Tenant, was.ID, was.Wrapped)
		if done = n == 1; err != nil || !done {
			return err
		}
		return t.audit(ctx, e)
	})
	return done && err == nil, err
}

// DropTownKeys implements files.TownKeyStore.
func (s *Store) DropTownKeys(ctx context.Context, tenant string, ids []string, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		for _, id := range ids {
			if _, err := t.exec(ctx, `DELETE FROM municipality_key WHERE tenant = $1 AND id = $2`, tenant, id); err != nil {
				return err
			}
		}
		return t.audit(ctx, e)
	})
}

// TownsWithoutKeys are the municipalities that have no key for one of so many purposes.
func (s *Store) TownsWithoutKeys(ctx context.Context, purposes int) (out []string, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		out = append(out, id)
		return err
	}, `SELECT m.id FROM municipality m WHERE (SELECT COUNT(DISTINCT k.purpose) FROM municipality_key k WHERE k.tenant = m.id) < $1 ORDER BY m.id`, purposes)
	return out, s.classify(err)
}

// AuditOrigins implements archive.Source.
func (s source) AuditOrigins(ctx context.Context, tenant string) (out []audit.Origin, err error) {
	err = s.t.query(ctx, func(scan func(...any) error) error {
		var o audit.Origin
		var key string
		var us int64
		if err := scan(&o.Size, &key, &us); err != nil {
			return err
		}
		o.At = at(us)
		if k, err := audit.ParsePublicKey(key); err == nil { // one that cannot be read makes nothing genuine
			o.Key = k
		}
		out = append(out, o)
		return nil
	}, `SELECT size, public_key, at FROM municipality_origin WHERE tenant = $1 ORDER BY size`, tenant)
	return out, err
}
