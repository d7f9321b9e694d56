package store

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
)

// CaseByNumber implements cases.Store.
func (s *Store) CaseByNumber(ctx context.Context, sc access.Scope, number string) (c cases.Case, err error) {
	err = s.read(ctx, func(t *tx) error {
		var p params
		where := caseScope(sc, &p, "c.tenant", "c.id")
		c, err = scanCase(t.row(ctx, `SELECT `+caseColumns+` FROM case_file c WHERE `+where+` AND c.number = `+p.add(number), p.v...).Scan)
		return orMissing(err, noCase)
	})
	return c, err
}

// OpenAgain implements cases.Store.
func (s *Store) OpenAgain(ctx context.Context, c cases.Case, persons []cases.Person, same map[string]string, f cases.Former, e access.Entry) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := lockCase(ctx, t, f.Tenant, f.FormerID); err != nil { // whoever is barred from it at this moment is barred from both
			return err
		}
		if err := insertCase(ctx, t, c, persons, nil); err != nil {
			return err
		}
		for was, is := range same {
			if err := takeDiscretions(ctx, t, f, was, is); err != nil {
				return err
			}
		}
		if err := takeDiscretions(ctx, t, f, "", ""); err != nil {
			return err
		}
		if err := setFormer(ctx, t, f); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// takeDiscretions has what is kept from a person (or the household) kept from them in the new case too.
func takeDiscretions(ctx context.Context, t *tx, f cases.Former, was, is string) error {
	_, err := t.exec(ctx, `INSERT INTO case_discretion (tenant, case_id, person_id, item, reason, by_user, at)
		SELECT tenant, $3, $4, item, reason, by_user, at FROM case_discretion WHERE tenant = $1 AND case_id = $2 AND person_id = $5`, f.Tenant, f.FormerID, f.CaseID, is, was)
	return err
}

// SetFormer implements cases.Store.
func (s *Store) SetFormer(ctx context.Context, f cases.Former, e access.Entry) error {
	return s.changeAccess(ctx, f.Tenant, f.CaseID, e, func(t *tx) error {
		if _, err := t.exec(ctx, `DELETE FROM case_former WHERE tenant = $1 AND case_id = $2`, f.Tenant, f.CaseID); err != nil || f.FormerID == "" {
			return err
		}
		return setFormer(ctx, t, f)
	})
}

// setFormer writes the link. The chain of cases goes back and never round; who is kept from the former case (閲覧遮断) is kept from this one.
func setFormer(ctx context.Context, t *tx, f cases.Former) error {
	for id, n := f.FormerID, 0; id != ""; n++ {
		if id == f.CaseID || n > 100 {
			return fault.New(fault.Invalid, "このケースは、もう後のケースとして結びついています。").On("number")
		}
		var before string
		if err := orMissing(t.row(ctx, `SELECT former_id FROM case_former WHERE tenant = $1 AND case_id = $2`, f.Tenant, id).Scan(&before), nil); err != nil {
			return err
		}
		id = before
	}
	if err := t.must(ctx, fault.New(fault.Conflict, "以前のケースが、終結していません。画面を更新してください。").On("number"),
		`INSERT INTO case_former (tenant, case_id, former_id, reason, by_user, by_name, at)
		SELECT c.tenant, $3, c.id, $4, $5, $6, CAST($7 AS BIGINT) FROM case_file c WHERE c.tenant = $1 AND c.id = $2 AND c.stage = $8`,
		f.Tenant, f.FormerID, f.CaseID, f.Reason, f.By, f.ByName, micros(f.At), string(cases.StageClosed)); err != nil {
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO case_bar (tenant, case_id, user_id, reason, by_user, at)
		SELECT tenant, $3, user_id, reason, by_user, at FROM case_bar WHERE tenant = $1 AND case_id = $2 ON CONFLICT DO NOTHING`, f.Tenant, f.FormerID, f.CaseID)
	return err
}

// CaseLinks implements cases.Store.
func (s *Store) CaseLinks(ctx context.Context, sc access.Scope, caseID string) (out []cases.CaseLink, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		if err := caseSeen(ctx, t, sc, caseID); err != nil {
			return err
		}
		var p params
		where := caseScope(sc, &p, "c.tenant", "c.id")
		id := p.add(caseID)
		return t.query(ctx, func(scan func(...any) error) error {
			var l cases.CaseLink
			var stage string
			var when, later int64
			err := scan(&l.CaseID, &l.Number, &stage, &when, &l.Reason, &later)
			l.Stage, l.At, l.Later = cases.Stage(stage), at(when), later == 1
			out = append(out, l)
			return err
		}, `SELECT c.id, c.number, c.stage, f.at, f.reason, CASE WHEN f.former_id = `+id+` THEN 1 ELSE 0 END FROM case_former f
			JOIN case_file c ON c.tenant = f.tenant AND (c.id = f.former_id AND f.case_id = `+id+` OR c.id = f.case_id AND f.former_id = `+id+`)
			WHERE `+where+` ORDER BY f.at, c.id`, p.v...)
	})
	return out, err
}
