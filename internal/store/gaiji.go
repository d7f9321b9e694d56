package store

import (
	"context"
	"fmt"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/gaiji"
)

// Gaiji implements gaiji.Store.
func (s *Store) Gaiji(ctx context.Context, tenant string) (out []gaiji.Letter, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var l gaiji.Letter
		var kind string
		var retired, when int64
		err := scan(&l.ID, &l.Text, &kind, &l.Code, &l.Reading, &l.Note, &l.Picture, &retired, &l.N, &when, &l.By, &l.ByName)
		l.Kind, l.Retired, l.At = gaiji.CodeKind(kind), retired != 0, at(when)
		out = append(out, l)
		return err
	}, `SELECT id, letters, code_kind, code, reading, note, picture, retired, n, at, by_user, by_name FROM gaiji WHERE tenant = $1 ORDER BY id`, tenant)
	return out, s.classify(err)
}

// GaijiStamp implements gaiji.Store.
func (s *Store) GaijiStamp(ctx context.Context, tenant string) (stamp string, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var rows, changes int64
		err := scan(&rows, &changes)
		if rows > 0 {
			stamp = fmt.Sprintf("%d:%d", rows, changes)
		}
		return err
	}, `SELECT COUNT(*), CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM gaiji WHERE tenant = $1`, tenant)
	return stamp, s.classify(err)
}

var gaijiChanged = fault.New(fault.Conflict, "ほかの人が同じ外字を登録または変更しました。一覧を読み込み直してから、もう一度お試しください。")

// SaveGaiji implements gaiji.Store.
func (s *Store) SaveGaiji(ctx context.Context, tenant string, l gaiji.Letter, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		args := []any{tenant, l.ID, l.Text, string(l.Kind), l.Code, l.Reading, l.Note, l.Picture, flag(l.Retired), l.N, micros(l.At), l.By, l.ByName}
		query := `INSERT INTO gaiji (tenant, id, letters, code_kind, code, reading, note, picture, retired, n, at, by_user, by_name)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING`
		if l.N > 1 {
			query = `UPDATE gaiji SET letters = $3, code_kind = $4, code = $5, reading = $6, note = $7, picture = $8, retired = $9, n = $10, at = $11,
				by_user = $12, by_name = $13 WHERE tenant = $1 AND id = $2 AND n = $10 - 1
				AND NOT EXISTS (SELECT 1 FROM gaiji o WHERE o.tenant = $1 AND o.letters = $3 AND o.id <> $2)`
		}
		if err := t.must(ctx, gaijiChanged, query, args...); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}
