package store

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
)

// Discretions implements cases.Store.
func (s *Store) Discretions(ctx context.Context, sc access.Scope, caseID string) (out []cases.Discretion, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		if err := caseSeen(ctx, t, sc, caseID); err != nil {
			return err
		}
		return t.query(ctx, func(scan func(...any) error) error {
			d := cases.Discretion{CaseID: caseID}
			var when int64
			err := scan(&d.PersonID, &d.Item, &d.Reason, &d.By, &when)
			d.At = at(when)
			out = append(out, d)
			return err
		}, `SELECT person_id, item, reason, by_user, at FROM case_discretion WHERE tenant = $1 AND case_id = $2 ORDER BY at, person_id, item`, sc.Tenant, caseID)
	})
	return out, err
}

// SetDiscretion implements cases.Store.
func (s *Store) SetDiscretion(ctx context.Context, tenant string, d cases.Discretion, e access.Entry) error {
	return s.changeAccess(ctx, tenant, d.CaseID, e, func(t *tx) error {
		return t.must(ctx, fault.New(fault.Conflict, "この情報は、もう本人に非開示としてあります。"),
			`INSERT INTO case_discretion (tenant, case_id, person_id, item, reason, by_user, at) VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT DO NOTHING`,
			tenant, d.CaseID, d.PersonID, string(d.Item), d.Reason, d.By, micros(d.At))
	})
}

// LiftDiscretion implements cases.Store.
func (s *Store) LiftDiscretion(ctx context.Context, tenant, caseID, personID string, item consent.Item, e access.Entry) error {
	return s.changeAccess(ctx, tenant, caseID, e, func(t *tx) error {
		return t.must(ctx, fault.New(fault.NotFound, "この情報は本人に非開示としてありません。"),
			`DELETE FROM case_discretion WHERE tenant = $1 AND case_id = $2 AND person_id = $3 AND item = $4`, tenant, caseID, personID, string(item))
	})
}
