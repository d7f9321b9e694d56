package store

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
)

// Followups implements cases.Store.
func (s *Store) Followups(ctx context.Context, sc access.Scope, caseID string) (out []cases.Followup, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		if err := caseSeen(ctx, t, sc, caseID); err != nil {
			return err
		}
		return t.query(ctx, func(scan func(...any) error) error {
			var x cases.Followup
			var state string
			var made int64
			var done nullInt
			err := scan(&x.Tenant, &x.ID, &x.CaseID, &x.AgencyID, &x.AgencyName, &x.DueOn, &x.MadeBy, &x.MadeName, &made, &state, &x.Method, &x.Result, &x.Note, &x.DoneOn, &x.DoneBy,
				&x.DoneName, &x.DoneAgency, &x.DoneByName, &done)
			x.State, x.MadeAt, x.DoneAt = cases.FollowupState(state), at(made), atPtr(done)
			out = append(out, x)
			return err
		}, `SELECT tenant, id, case_id, agency_id, agency_name, due_on, made_by, made_name, made_at, state, method, result, note, done_on, done_by, done_name, done_agency, done_agency_name, done_at
			FROM followup WHERE tenant = $1 AND case_id = $2 ORDER BY due_on, id`, sc.Tenant, caseID)
	})
	return out, err
}

// AddFollowup implements cases.Store.
func (s *Store) AddFollowup(ctx context.Context, x cases.Followup, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := insertFollowup(ctx, t, x); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

func insertFollowup(ctx context.Context, t *tx, x cases.Followup) error {
	var stage string
	if err := t.row(ctx, `SELECT stage FROM case_file WHERE tenant = $1 AND id = $2`, x.Tenant, x.CaseID).Scan(&stage); err != nil {
		return orMissing(err, noCase)
	}
	if cases.Stage(stage) != cases.StageClosed {
		return fault.New(fault.Conflict, "フォローアップは、終結したケースで決めます。続いているケースでは、アウトリーチの訪問の予定かモニタリングを使ってください。")
	}
	// The municipality's own agency need not be a member: it holds the record.
	return t.must(ctx, fault.New(fault.Invalid, "関わる機関の中から選んでください。").On("agencyId"),
		`INSERT INTO followup (tenant, id, case_id, agency_id, agency_name, due_on, made_by, made_name, made_at, state, method, result, note, done_on, done_by, done_name, done_agency, done_agency_name)
		SELECT a.tenant, $3, $4, a.id, a.name, $5, $6, $7, CAST($8 AS BIGINT), $9, '', '', '', '', '', '', '', '' FROM agency a WHERE a.tenant = $1 AND a.id = $2
		AND (EXISTS (SELECT 1 FROM case_member m WHERE m.tenant = a.tenant AND m.case_id = $4 AND m.agency_id = a.id AND m.ended_at IS NULL)
			OR EXISTS (SELECT 1 FROM app_user u WHERE u.tenant = a.tenant AND u.id = $6 AND u.agency_id = a.id))`,
		x.Tenant, x.AgencyID, x.ID, x.CaseID, x.DueOn, x.MadeBy, x.MadeName, micros(x.MadeAt), string(x.State))
}

// DoFollowup implements cases.Store.
func (s *Store) DoFollowup(ctx context.Context, x cases.Followup, next *cases.Followup, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.must(ctx, fault.New(fault.Conflict, "このフォローアップは、すでに記録されています。画面を更新してください。"),
			`UPDATE followup SET state = $1, method = $2, result = $3, note = $4, done_on = $5, done_by = $6, done_name = $7, done_agency = $8, done_agency_name = $9, done_at = $10
			WHERE tenant = $11 AND id = $12 AND state = $13`, string(x.State), x.Method, x.Result, x.Note, x.DoneOn, x.DoneBy, x.DoneName, x.DoneAgency, x.DoneByName, microsPtr(x.DoneAt),
			x.Tenant, x.ID, string(cases.FollowupPlanned)); err != nil {
			return err
		}
		if next != nil {
			if err := insertFollowup(ctx, t, *next); err != nil {
				return err
			}
		}
		return t.audit(ctx, e)
	})
}

// LateFollowups implements cases.Store.
func (s *Store) LateFollowups(ctx context.Context, sc access.Scope, agencyID, day string, limit int) (out []cases.LateFollowup, err error) {
	var p params
	where := caseScope(sc, &p, "f.tenant", "f.case_id") + ` AND f.state = 'planned' AND c.stage = ` + p.add(string(cases.StageClosed)) + ` AND f.due_on < ` + p.add(day)
	if agencyID != "" {
		where += ` AND f.agency_id = ` + p.add(agencyID)
	}
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var x cases.LateFollowup
		err := scan(&x.CaseID, &x.CaseNumber, &x.AgencyName, &x.DueOn)
		out = append(out, x)
		return err
	}, `SELECT c.id, c.number, f.agency_name, f.due_on FROM followup f JOIN case_file c ON c.tenant = f.tenant AND c.id = f.case_id
		WHERE `+where+` ORDER BY f.due_on, c.number, f.id LIMIT `+p.add(limit), p.v...)
	return out, s.classify(err)
}
