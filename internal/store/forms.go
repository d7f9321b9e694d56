package store

import (
	"context"
	"fmt"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/forms"
)

// FormVersions implements forms.Store.
func (s *Store) FormVersions(ctx context.Context, tenant string) (out []forms.Version, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var v forms.Version
		var change string
		var when int64
		if err := scan(&v.N, &change, &when, &v.By, &v.ByName); err != nil {
			return err
		}
		v.At = at(when)
		out = append(out, v)
		return fromJSON(change, &out[len(out)-1].Change)
	}, `SELECT n, change, at, by_user, by_name FROM form_version WHERE tenant = $1 ORDER BY n`, tenant)
	return out, s.classify(err)
}

// FormStamp implements forms.Store.
func (s *Store) FormStamp(ctx context.Context, tenant string) (stamp string, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var rows, last, made int64
		err := scan(&rows, &last, &made)
		if rows > 0 {
			stamp = fmt.Sprintf("%d:%d:%d", rows, last, made)
		}
		return err
	}, `SELECT COUNT(*), COALESCE(MAX(n), 0), COALESCE(MAX(at), 0) FROM form_version WHERE tenant = $1`, tenant)
	return stamp, s.classify(err)
}

var formsChanged = fault.New(fault.Conflict, "ほかの人が様式を変更しました。画面を読み込み直してから、もう一度直してください。")

// AddFormVersion implements forms.Store.
func (s *Store) AddFormVersion(ctx context.Context, tenant string, v forms.Version, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.must(ctx, formsChanged, `INSERT INTO form_version (tenant, n, effective_from, change, at, by_user, by_name)
			SELECT $1, CAST($2 AS BIGINT), $3, $4, CAST($5 AS BIGINT), $6, $7
			WHERE CAST($2 AS BIGINT) - 1 = (SELECT COALESCE(MAX(n), 0) FROM form_version WHERE tenant = $1) ON CONFLICT DO NOTHING`,
			tenant, v.N, v.Change.EffectiveFrom, toJSON(v.Change), micros(v.At), v.By, v.ByName); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

var formsApplied = fault.New(fault.Conflict, "この変更はすでに適用されているか、後の変更があります。画面を読み込み直してください。")

var noFormVersion = fault.New(fault.NotFound, "この変更は見つかりません。画面を読み込み直してください。")

// DropFormVersion implements forms.Store.
func (s *Store) DropFormVersion(ctx context.Context, tenant string, n int, today string, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		var one int
		if err := t.row(ctx, `SELECT 1 FROM form_version WHERE tenant = $1 AND n = $2`, tenant, n).Scan(&one); err != nil {
			return orMissing(err, noFormVersion)
		}
		if err := t.must(ctx, formsApplied, `DELETE FROM form_version WHERE tenant = $1 AND n = $2 AND effective_from > $3
			AND n = (SELECT MAX(n) FROM form_version WHERE tenant = $1)`, tenant, n, today); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}
