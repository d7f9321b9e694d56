package store

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/files"
)

var noFile = fault.New(fault.NotFound, "ファイルが見つかりません。")

// PutFile implements files.Store.
func (s *Store) PutFile(ctx context.Context, f files.File, sealed []byte, e access.Entry) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := t.must(ctx, noCase, `INSERT INTO file_blob (tenant, id, case_id, purpose, name, type, size, sha256, created_by, created_at, sealed)
			SELECT c.tenant, $2, c.id, $4, $5, $6, CAST($7 AS BIGINT), $8, $9, CAST($10 AS BIGINT), $11 FROM case_file c WHERE c.tenant = $1 AND c.id = $3`,
			f.Tenant, f.ID, f.CaseID, string(f.Purpose), f.Name, f.Type, f.Size, f.SHA256, f.CreatedBy, micros(f.CreatedAt), sealed); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// FileMeta implements files.Store.
func (s *Store) FileMeta(ctx context.Context, sc access.Scope, id string) (f files.File, err error) {
	err = s.read(ctx, func(t *tx) error {
		f, err = fileMeta(ctx, t, sc, id)
		return err
	})
	return f, err
}

func fileMeta(ctx context.Context, t *tx, sc access.Scope, id string) (f files.File, err error) {
	var p params
	where := fileScope(sc, &p, "f.tenant", "f.case_id")
	var purpose string
	var created int64
	err = t.row(ctx, `SELECT f.id, f.tenant, f.case_id, f.purpose, f.name, f.type, f.size, f.sha256, f.created_by, f.created_at
		FROM file_blob f WHERE `+where+` AND f.purpose <> 'handout' AND f.id = `+p.add(id), p.v...).
		Scan(&f.ID, &f.Tenant, &f.CaseID, &purpose, &f.Name, &f.Type, &f.Size, &f.SHA256, &f.CreatedBy, &created)
	f.Purpose, f.CreatedAt = files.Purpose(purpose), at(created)
	return f, orMissing(err, noFile)
}

// FileBytes implements files.Store.
func (s *Store) FileBytes(ctx context.Context, sc access.Scope, id string, e access.Entry) (sealed []byte, err error) {
	err = s.lockingWrite(ctx, func(t *tx) error {
		f, err := fileMeta(ctx, t, sc, id)
		if err != nil {
			return err
		}
		if err := t.row(ctx, `SELECT sealed FROM file_blob WHERE tenant = $1 AND id = $2`, f.Tenant, f.ID).Scan(&sealed); err != nil {
			return orMissing(err, noFile)
		}
		return t.audit(ctx, e)
	})
	return sealed, err
}

// SealedAfter implements files.Vault.
func (s *Store) SealedAfter(ctx context.Context, after files.Place, limit int) (out []files.Sealed, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var f files.Sealed
		var purpose string
		var created int64
		err := scan(&f.File.Tenant, &f.File.ID, &f.File.CaseID, &purpose, &f.File.Name, &f.File.Type, &f.File.Size, &f.File.SHA256, &f.File.CreatedBy, &created, &f.Head)
		f.File.Purpose, f.File.CreatedAt = files.Purpose(purpose), at(created)
		out = append(out, f)
		return err
	}, `SELECT tenant, id, case_id, purpose, name, type, size, sha256, created_by, created_at, substr(sealed, 1, 8) FROM file_blob
		WHERE tenant > $1 OR tenant = $1 AND id > $2 ORDER BY tenant, id LIMIT $3`, after.Tenant, after.ID, limit)
	return out, s.classify(err)
}

// Sealed implements files.Vault.
func (s *Store) Sealed(ctx context.Context, p files.Place) (sealed []byte, err error) {
	err = s.read(ctx, func(t *tx) error {
		return orMissing(t.row(ctx, `SELECT sealed FROM file_blob WHERE tenant = $1 AND id = $2`, p.Tenant, p.ID).Scan(&sealed), noFile)
	})
	return sealed, err
}

// Reseal implements files.Vault.
func (s *Store) Reseal(ctx context.Context, p files.Place, was, now []byte, e access.Entry) (done bool, err error) {
	err = s.lockingWrite(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `UPDATE file_blob SET sealed = $1 WHERE tenant = $2 AND id = $3 AND sealed = $4`, now, p.Tenant, p.ID, was)
		if done = n == 1; err != nil || !done {
			return err
		}
		return t.audit(ctx, e)
	})
	return done && err == nil, err
}
