package store

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
)

const tokenColumns = `k.tenant, k.id, k.hash, k.agency_id, k.name, k.scopes, k.addresses, k.made_at, k.made_by, k.made_name, k.expires_at, k.ended_at, k.used_at, k.used_ip, a.name`

func scanToken(scan func(...any) error, more ...any) (t identity.Token, err error) {
	var scopes, addresses string
	var made, expires int64
	var ended, used nullInt
	if err := scan(append([]any{&t.Tenant, &t.ID, &t.Hash, &t.AgencyID, &t.Name, &scopes, &addresses, &made, &t.By, &t.ByName, &expires, &ended, &used, &t.UsedIP,
		&t.AgencyName}, more...)...); err != nil {
		return t, err
	}
	t.At, t.ExpiresAt, t.EndedAt, t.UsedAt = at(made), at(expires), atPtr(ended), atPtr(used)
	if err := fromJSON(scopes, &t.Scopes); err != nil {
		return t, err
	}
	return t, fromJSON(addresses, &t.Addresses)
}

// AddToken implements identity.TokenStore. The row of the agency is locked by the foreign key; the count of those alive is bounded where it is written.
func (s *Store) AddToken(ctx context.Context, k identity.Token, most int, e access.Entry) error {
	scopes, addresses := toJSON(k.Scopes), toJSON(k.Addresses)
	return s.write(ctx, func(t *tx) error {
		if err := agencyExists(ctx, t, k.Tenant, k.AgencyID); err != nil {
			return err
		}
		if err := t.must(ctx, fault.New(fault.Conflict, "使えるトークンが多すぎます。使っていないものを失効させてから作ってください。"),
			`INSERT INTO api_token (tenant, id, hash, agency_id, name, scopes, addresses, made_at, made_by, made_name, expires_at, used_ip)
			SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '' WHERE
			(SELECT COUNT(*) FROM api_token WHERE tenant = $1 AND ended_at IS NULL AND expires_at > $8) < $12`,
			k.Tenant, k.ID, k.Hash, k.AgencyID, k.Name, scopes, addresses, micros(k.At), k.By, k.ByName, micros(k.ExpiresAt), most); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// Tokens implements identity.TokenStore.
func (s *Store) Tokens(ctx context.Context, tenant string) (out []identity.Token, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		t, err := scanToken(scan)
		out = append(out, t)
		return err
	}, `SELECT `+tokenColumns+` FROM api_token k JOIN agency a ON a.tenant = k.tenant AND a.id = k.agency_id WHERE k.tenant = $1 ORDER BY k.made_at DESC, k.id DESC`, tenant)
	return out, s.classify(err)
}

// EndToken implements identity.TokenStore.
func (s *Store) EndToken(ctx context.Context, tenant, id string, now time.Time, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.must(ctx, fault.New(fault.NotFound, "このトークンはありません。すでに失効しているかもしれません。"),
			`UPDATE api_token SET ended_at = $1 WHERE tenant = $2 AND id = $3 AND ended_at IS NULL`, micros(now), tenant, id); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// TokenByHash implements identity.TokenStore.
func (s *Store) TokenByHash(ctx context.Context, hash string) (out identity.Token, err error) {
	err = s.read(ctx, func(t *tx) error {
		out, err = scanToken(t.row(ctx, `SELECT `+tokenColumns+` FROM api_token k JOIN agency a ON a.tenant = k.tenant AND a.id = k.agency_id
			WHERE k.hash = $1 AND NOT EXISTS (SELECT 1 FROM municipality m WHERE m.id = k.tenant AND m.suspended_at IS NOT NULL)`, hash).Scan)
		if err != nil {
			return orMissing(err, fault.New(fault.NotFound, ""))
		}
		out.Agency, err = scanAgency(t.row(ctx, `SELECT `+agencyColumns+` FROM agency a WHERE a.tenant = $1 AND a.id = $2`, out.Tenant, out.AgencyID).Scan)
		return err
	})
	return out, err
}

// TouchToken implements identity.TokenStore.
func (s *Store) TouchToken(ctx context.Context, tenant, id string, now time.Time, ip string) error {
	return s.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `UPDATE api_token SET used_at = $1, used_ip = $2 WHERE tenant = $3 AND id = $4`, micros(now), ip, tenant, id)
		return err
	})
}
