package store

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
)

// Bars implements cases.Store.
func (s *Store) Bars(ctx context.Context, sc access.Scope, caseID string) (out []cases.Bar, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		if err := caseSeen(ctx, t, sc, caseID); err != nil {
			return err
		}
		return t.query(ctx, func(scan func(...any) error) error {
			b := cases.Bar{CaseID: caseID}
			var when int64
			err := scan(&b.UserID, &b.Reason, &b.By, &when)
			b.At = at(when)
			out = append(out, b)
			return err
		}, `SELECT user_id, reason, by_user, at FROM case_bar WHERE tenant = $1 AND case_id = $2 ORDER BY at, user_id`, sc.Tenant, caseID)
	})
	return out, err
}

// caseSeen is nil when a case is in scope.
func caseSeen(ctx context.Context, t *tx, sc access.Scope, caseID string) error {
	var p params
	var one int
	where := caseScope(sc, &p, "c.tenant", "c.id")
	return orMissing(t.row(ctx, `SELECT 1 FROM case_file c WHERE `+where+` AND c.id = `+p.add(caseID), p.v...).Scan(&one), noCase)
}

// SetBar implements cases.Store.
func (s *Store) SetBar(ctx context.Context, tenant string, b cases.Bar, e access.Entry) error {
	return s.changeAccess(ctx, tenant, b.CaseID, e, func(t *tx) error {
		var one int
		if err := t.row(ctx, `SELECT 1 FROM app_user WHERE tenant = $1 AND id = $2`, tenant, b.UserID).Scan(&one); err != nil {
			return orMissing(err, noUser)
		}
		return t.must(ctx, fault.New(fault.Conflict, "この職員の閲覧は、もう止めてあります。"),
			`INSERT INTO case_bar (tenant, case_id, user_id, reason, by_user, at) VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT DO NOTHING`,
			tenant, b.CaseID, b.UserID, b.Reason, b.By, micros(b.At))
	})
}

// RemoveBar implements cases.Store.
func (s *Store) RemoveBar(ctx context.Context, tenant, caseID, userID string, e access.Entry) error {
	return s.changeAccess(ctx, tenant, caseID, e, func(t *tx) error {
		return t.must(ctx, fault.New(fault.NotFound, "この職員の閲覧は止められていません。"),
			`DELETE FROM case_bar WHERE tenant = $1 AND case_id = $2 AND user_id = $3`, tenant, caseID, userID)
	})
}

// Barred implements cases.Store.
func (s *Store) Barred(ctx context.Context, tenant, caseID, userID string) (is bool, err error) {
	err = s.read(ctx, func(t *tx) error {
		is, err = barred(ctx, t, tenant, caseID, userID)
		return err
	})
	return is, err
}

func barred(ctx context.Context, t *tx, tenant, caseID, userID string) (bool, error) {
	var n int
	err := t.row(ctx, `SELECT COUNT(*) FROM case_bar WHERE tenant = $1 AND case_id = $2 AND user_id = $3`, tenant, caseID, userID).Scan(&n)
	return n > 0, err
}
