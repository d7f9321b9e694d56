package store

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/files"
	"kasane/internal/identity"
	"kasane/internal/webhooks"
)

const factorColumns = `tenant, id, user_id, kind, name, sealed, content, step, created_at, used_at`

func scanFactor(scan func(...any) error) (f identity.Factor, err error) {
	var created int64
	var used nullInt
	err = scan(&f.Tenant, &f.ID, &f.UserID, &f.Kind, &f.Name, &f.Sealed, &f.Content, &f.Step, &created, &used)
	f.CreatedAt, f.UsedAt = at(created), atPtr(used)
	return f, err
}

// Factors implements identity.Factors.
func (s *Store) Factors(ctx context.Context, tenant, userID string) (out []identity.Factor, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		f, err := scanFactor(scan)
		out = append(out, f)
		return err
	}, `SELECT `+factorColumns+` FROM factor WHERE tenant = $1 AND user_id = $2 ORDER BY created_at, id`, tenant, userID)
	return out, s.classify(err)
}

// AddFactors implements identity.Factors.
func (s *Store) AddFactors(ctx context.Context, add []identity.Factor, old []string, e access.Entry) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		for _, f := range add {
			if err := removeFactors(ctx, t, f.Tenant, f.UserID, old); err != nil {
				return err
			}
			sealed := f.Sealed
			if sealed == nil {
				sealed = []byte{}
			}
			if _, err := t.exec(ctx, `INSERT INTO factor (`+factorColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
				f.Tenant, f.ID, f.UserID, string(f.Kind), f.Name, sealed, f.Content, f.Step, micros(f.CreatedAt), microsPtr(f.UsedAt)); err != nil {
				return err
			}
		}
		return t.audit(ctx, e)
	})
}

func removeFactors(ctx context.Context, t *tx, tenant, userID string, ids []string) error {
	for _, id := range ids {
		if _, err := t.exec(ctx, `DELETE FROM factor WHERE tenant = $1 AND user_id = $2 AND id = $3`, tenant, userID, id); err != nil {
			return err
		}
	}
	return nil
}

// RemoveFactors implements identity.Factors.
func (s *Store) RemoveFactors(ctx context.Context, tenant, userID string, ids []string, e access.Entry) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := removeFactors(ctx, t, tenant, userID, ids); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// UseFactor implements identity.Factors.
func (s *Store) UseFactor(ctx context.Context, was, next identity.Factor, now time.Time) (won bool, err error) {
	err = s.lockingWrite(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `UPDATE factor SET step = $1, content = $2, used_at = $3 WHERE tenant = $4 AND id = $5 AND content = $6 AND step = $7`,
			next.Step, next.Content, micros(now), was.Tenant, was.ID, was.Content, was.Step)
		won = n == 1
		return err
	})
	return won && err == nil, err
}

// SecretsAfter implements files.SecretVault.
func (s *Store) SecretsAfter(ctx context.Context, after files.Place, limit int) (out []files.Secret, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var x files.Secret
		var signs int
		err := scan(&x.Place.Tenant, &x.Place.ID, &x.Sealed, &signs)
		if x.Bound = identity.SecretPlace(x.Place.Tenant, x.Place.ID); signs == 1 {
			x.Bound = webhooks.SecretPlace(x.Place.Tenant, x.Place.ID)
		}
		out = append(out, x)
		return err
	}, `SELECT tenant, id, sealed, 0 FROM factor WHERE (tenant > $1 OR tenant = $1 AND id > $2) AND kind = 'totp'
		UNION ALL SELECT tenant, id, sealed, 1 FROM webhook_secret WHERE (tenant > $1 OR tenant = $1 AND id > $2) ORDER BY tenant, id LIMIT $3`, after.Tenant, after.ID, limit)
	return out, s.classify(err)
}

// ResealSecret implements files.SecretVault.
func (s *Store) ResealSecret(ctx context.Context, p files.Place, was, now []byte, e access.Entry) (done bool, err error) {
	err = s.lockingWrite(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `UPDATE factor SET sealed = $1 WHERE tenant = $2 AND id = $3 AND sealed = $4`, now, p.Tenant, p.ID, was)
		if err == nil && n == 0 {
			n, err = t.exec(ctx, `UPDATE webhook_secret SET sealed = $1 WHERE tenant = $2 AND id = $3 AND sealed = $4`, now, p.Tenant, p.ID, was)
		}
		if done = n == 1; err != nil || !done {
			return err
		}
		return t.audit(ctx, e)
	})
	return done && err == nil, err
}
