package store

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/casesheets"
)

// CountSheetCopies implements casesheets.Store.
func (s *Store) CountSheetCopies(ctx context.Context, tenant, caseID, form string) (n int, err error) {
	err = s.read(ctx, func(t *tx) error {
		return t.row(ctx, `SELECT COUNT(*) FROM sheet_copy WHERE tenant = $1 AND case_id = $2 AND form = $3`, tenant, caseID, form).Scan(&n)
	})
	return n, err
}

// AddSheetCopy implements casesheets.Store.
func (s *Store) AddSheetCopy(ctx context.Context, c casesheets.Copy, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `INSERT INTO sheet_copy (tenant, case_id, form, n, kind, agency_id, agency_name, file_sha256, at, by_user, by_name)
			SELECT c.tenant, c.id, $3, CAST($4 AS BIGINT), $5, $6, $7, $8, CAST($9 AS BIGINT), $10, $11 FROM case_file c WHERE c.tenant = $1 AND c.id = $2
			AND (SELECT COUNT(*) FROM sheet_copy x WHERE x.tenant = $1 AND x.case_id = $2 AND x.form = $3) + 1 = CAST($4 AS BIGINT)`,
			c.Tenant, c.CaseID, c.Form, c.N, c.Kind, c.AgencyID, c.AgencyName, c.SHA256, micros(c.At), c.By, c.ByName)
		if err != nil {
			return err
		}
		if n != 1 {
			return casesheets.ErrTaken
		}
		return t.audit(ctx, e)
	})
}
