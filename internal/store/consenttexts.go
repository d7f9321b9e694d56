package store

import (
	"context"
	"database/sql"
	"errors"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
)

// KeepText implements consent.Store.
func (s *Store) KeepText(ctx context.Context, tenant string, k consent.KeptText, e access.Entry) (no int, err error) {
	err = s.write(ctx, func(t *tx) error {
		fresh, err := keepText(ctx, t, tenant, k)
		if err != nil {
			return err
		}
		if !fresh {
			return fault.New(fault.Conflict, "同じ文面の版がすでにあります。")
		}
		if err := t.row(ctx, `SELECT no FROM consent_text WHERE tenant = $1 AND hash = $2`, tenant, k.Hash).Scan(&no); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
	return no, err
}

// keepText stores a version of the text with the next number, unless it is there; fresh tells whether it was stored now. Two new texts at
// the same moment want the same number: the later one takes the next.
func keepText(ctx context.Context, t *tx, tenant string, k consent.KeptText) (fresh bool, err error) {
	for range attempts {
		n, err := t.exec(ctx, `INSERT INTO consent_text (tenant, hash, no, body, own, kept_at, kept_by)
			SELECT $1, $2, COALESCE(MAX(no), 0) + 1, $3, CAST($4 AS BIGINT), CAST($5 AS BIGINT), $6 FROM consent_text WHERE tenant = $1
			ON CONFLICT DO NOTHING`, tenant, k.Hash, toJSON(k.Text), flag(k.Own), micros(k.KeptAt), k.KeptBy)
		if err != nil || n > 0 {
			return n > 0, err
		}
		var there int
		if err = t.row(ctx, `SELECT 1 FROM consent_text WHERE tenant = $1 AND hash = $2`, tenant, k.Hash).Scan(&there); !errors.Is(err, sql.ErrNoRows) {
			return false, err
		}
	}
	return false, fault.New(fault.Conflict, "ちょうど別の文面が保存されました。もう一度お試しください。")
}

// ConsentTexts implements consent.Store.
func (s *Store) ConsentTexts(ctx context.Context, tenant string) (out []consent.KeptText, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		return t.query(ctx, func(scan func(...any) error) error {
			var k consent.KeptText
			var body string
			var own, at64 int64
			if err := scan(&k.No, &k.Hash, &body, &own, &at64, &k.KeptBy); err != nil {
				return err
			}
			k.Own, k.KeptAt = own != 0, at(at64)
			if err := fromJSON(body, &k.Text); err != nil {
				return err
			}
			out = append(out, k)
			return nil
		}, `SELECT no, hash, body, own, kept_at, kept_by FROM consent_text WHERE tenant = $1 ORDER BY no`, tenant)
	})
	return out, err
}
