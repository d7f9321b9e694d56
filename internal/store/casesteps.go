package store

import (
	"context"
	"errors"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/plans"
	"kasane/internal/reviews"
)

// MoveCase implements cases.Store.
func (s *Store) MoveCase(ctx context.Context, c cases.Case, decide func(cases.MoveFacts) (cases.Move, error), e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		f, err := moveFacts(ctx, t, c.Tenant, c.ID)
		if err != nil {
			return err
		}
		m, err := decide(f)
		if err != nil {
			return err
		}
		if err := updateCase(ctx, t, c); err != nil {
			return err
		}
		m.Step.Version, m.Step.From, m.Step.To, m.Step.At = c.Version+1, f.Stage, c.Stage, c.UpdatedAt
		if err := insertStep(ctx, t, c.Tenant, c.ID, m.Step); err != nil {
			return err
		}
		if m.End != nil {
			if err := insertEnd(ctx, t, c.Tenant, *m.End); err != nil {
				return err
			}
		}
		return t.audit(ctx, e)
	})
}

// moveFacts gathers what a move is decided by.
func moveFacts(ctx context.Context, t *tx, tenant, caseID string) (f cases.MoveFacts, err error) {
	var stage string
	if err := t.row(ctx, `SELECT stage, version FROM case_file WHERE tenant = $1 AND id = $2`, tenant, caseID).Scan(&stage, &f.Version); err != nil {
		return f, orMissing(err, noCase)
	}
	f.Stage = cases.Stage(stage)
	steps, err := decisionSteps(ctx, t, tenant)
	if err != nil {
		return f, err
	}
	f.Steps = len(steps)
	var n int64
	if err := t.row(ctx, `SELECT COUNT(*) FROM decision WHERE tenant = $1 AND case_id = $2 AND case_version = $3 AND state = $4`,
		tenant, caseID, f.Version, string(cases.DecisionApproved)).Scan(&n); err != nil {
		return f, err
	}
	f.Approved = n > 0
	found, err := screeningsOf(ctx, t, `tenant = $1 AND case_id = $2 AND case_version = $3 ORDER BY at DESC, id DESC LIMIT 1`, tenant, caseID, f.Version)
	if err != nil {
		return f, err
	}
	if len(found) > 0 {
		f.Screening = &found[0]
	}
	f.Ending, err = endingOf(ctx, t, tenant, caseID)
	return f, err
}

// goesOn refuses what is begun in a case that is 中断 or 終結.
func goesOn(ctx context.Context, t *tx, tenant, caseID, what string) error {
	var stage string
	if err := t.row(ctx, `SELECT stage FROM case_file WHERE tenant = $1 AND id = $2`, tenant, caseID).Scan(&stage); err != nil {
		return orMissing(err, noCase)
	}
	switch cases.Stage(stage) {
	case cases.StageSuspended:
		return fault.New(fault.Conflict, "このケースは中断しています。"+what+"には、先に段階を再開してください。")
	case cases.StageClosed:
		return fault.New(fault.Conflict, "このケースは終結しています。"+what+"には、先に再受付してください。")
	}
	return nil
}

func insertStep(ctx context.Context, t *tx, tenant, caseID string, x cases.Step) error {
	_, err := t.exec(ctx, `INSERT INTO case_step (tenant, case_id, version, from_stage, to_stage, at, by_user, by_name, by_agency, code, reason, until_on)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`,
		tenant, caseID, x.Version, string(x.From), string(x.To), micros(x.At), x.ByID, x.ByName, x.AgencyName, x.Code, x.Reason, x.Until)
	return err
}

// CaseSteps implements cases.Store.
func (s *Store) CaseSteps(ctx context.Context, sc access.Scope, caseID string) (out []cases.Step, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		if err := caseSeen(ctx, t, sc, caseID); err != nil {
			return err
		}
		return t.query(ctx, func(scan func(...any) error) error {
			var x cases.Step
			var from, to string
			var when int64
			err := scan(&x.Version, &from, &to, &when, &x.ByID, &x.ByName, &x.AgencyName, &x.Code, &x.Reason, &x.Until)
			x.From, x.To, x.At = cases.Stage(from), cases.Stage(to), at(when)
			out = append(out, x)
			return err
		}, `SELECT version, from_stage, to_stage, at, by_user, by_name, by_agency, code, reason, until_on FROM case_step
			WHERE tenant = $1 AND case_id = $2 ORDER BY version`, sc.Tenant, caseID)
	})
	return out, err
}

// PausedCases implements cases.Store.
func (s *Store) PausedCases(ctx context.Context, sc access.Scope, day string, limit int) (out []cases.Paused, err error) {
	var p params
	where := caseScope(sc, &p, "c.tenant", "c.id") + ` AND c.stage = ` + p.add(string(cases.StageSuspended)) + ` AND st.until_on < ` + p.add(day)
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var x cases.Paused
		var since int64
		err := scan(&x.CaseID, &x.CaseNumber, &since, &x.Until)
		x.Since = jptime.DateOf(at(since)).String()
		out = append(out, x)
		return err
	}, `SELECT c.id, c.number, (SELECT MAX(b.at) FROM case_step b WHERE b.tenant = c.tenant AND b.case_id = c.id AND b.to_stage = 'suspended' AND b.from_stage <> 'suspended'), st.until_on
		FROM case_file c JOIN case_step st ON st.tenant = c.tenant AND st.case_id = c.id AND st.version = c.version
		WHERE `+where+` ORDER BY st.until_on, c.number LIMIT `+p.add(limit), p.v...)
	return out, s.classify(err)
}

// Screenings implements cases.Store.
func (s *Store) Screenings(ctx context.Context, sc access.Scope, caseID string) (out []cases.Screening, err error) {
	err = s.read(ctx, func(t *tx) error {
		if err := caseSeen(ctx, t, sc, caseID); err != nil {
			return err
		}
		out, err = screeningsOf(ctx, t, `tenant = $1 AND case_id = $2 ORDER BY at, id`, sc.Tenant, caseID)
		return err
	})
	return out, err
}

func screeningsOf(ctx context.Context, t *tx, where string, args ...any) (out []cases.Screening, err error) {
	err = t.query(ctx, func(scan func(...any) error) error {
		var x cases.Screening
		var grounds string
		var when int64
		err := scan(&x.Tenant, &x.ID, &x.CaseID, &x.CaseVersion, &x.Day, &x.Result, &grounds, &x.To, &x.ConfirmedOn, &x.Reason, &x.ByID, &x.ByName, &x.AgencyName, &when)
		x.At = at(when)
		out = append(out, x)
		return errors.Join(err, fromJSON(grounds, &out[len(out)-1].Grounds))
	}, `SELECT tenant, id, case_id, case_version, day, result, grounds, to_name, confirmed_on, reason, by_user, by_name, by_agency, at FROM screening WHERE `+where, args...)
	return out, err
}

// AddScreening implements cases.Store.
func (s *Store) AddScreening(ctx context.Context, x cases.Screening, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := atVersion(ctx, t, cases.Decision{Tenant: x.Tenant, CaseID: x.CaseID, CaseVersion: x.CaseVersion}); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `INSERT INTO screening (tenant, id, case_id, case_version, day, result, grounds, to_name, confirmed_on, reason, by_user, by_name, by_agency, at)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`, x.Tenant, x.ID, x.CaseID, x.CaseVersion, x.Day, x.Result, listJSON(x.Grounds), x.To, x.ConfirmedOn, x.Reason,
			x.ByID, x.ByName, x.AgencyName, micros(x.At)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// EndingOf implements cases.Store.
func (s *Store) EndingOf(ctx context.Context, sc access.Scope, caseID string) (f cases.Ending, err error) {
	err = s.read(ctx, func(t *tx) error {
		if _, err := caseInScope(ctx, t, sc, caseID); err != nil {
			return err
		}
		f, err = endingOf(ctx, t, sc.Tenant, caseID)
		return err
	})
	return f, err
}

func endingOf(ctx context.Context, t *tx, tenant, caseID string) (f cases.Ending, err error) {
	var n int64
	if err := t.row(ctx, `SELECT COUNT(*) FROM plan WHERE tenant = $1 AND case_id = $2`, tenant, caseID).Scan(&n); err != nil {
		return f, err
	}
	if f.Planned = n > 0; f.Planned {
		if err := evaluated(ctx, t, tenant, caseID, &f); err != nil {
			return f, err
		}
	}
	var when int64
	last := cases.End{Tenant: tenant, CaseID: caseID}
	err = t.row(ctx, `SELECT id, at, by_user, by_name, lead_id, reason FROM case_end WHERE tenant = $1 AND case_id = $2 ORDER BY at DESC, id DESC LIMIT 1`,
		tenant, caseID).Scan(&last.ID, &when, &last.By, &last.ByName, &last.LeadID, &last.Reason)
	if err := orMissing(err, nil); err != nil {
		return f, err
	}
	if last.ID != "" {
		last.At = at(when)
		f.Last = &last
	}
	// Who accepted after the case was last told as ended, and is still of the case; the newest word counts.
	err = t.row(ctx, `SELECT o.to_agency, o.to_name FROM lead_offer o
		JOIN lead_answer a ON a.tenant = o.tenant AND a.offer_id = o.id AND a.answer IN ($3, $4)
		JOIN case_member m ON m.tenant = o.tenant AND m.case_id = o.case_id AND m.agency_id = o.to_agency AND m.ended_at IS NULL
		WHERE o.tenant = $1 AND o.case_id = $2 AND o.kind = $5 AND o.state IN ($6, $7) AND a.at > $8 ORDER BY a.at DESC, o.id DESC LIMIT 1`,
		tenant, caseID, string(plans.AnswerAccept), string(plans.AnswerConditional), string(plans.LeadAfter), string(plans.LeadAccepted),
		string(plans.LeadConditional), when).Scan(&f.LeadID, &f.LeadName)
	return f, orMissing(err, nil)
}

// evaluated looks for the agreed plan and the 評価 that lets it end: the newest that was not corrected, of the newest agreed plan, and not from before support began anew.
func evaluated(ctx context.Context, t *tx, tenant, caseID string, f *cases.Ending) error {
	var plan, verdict string
	err := t.row(ctx, `SELECT p.id FROM plan p WHERE p.tenant = $1 AND p.case_id = $2
		AND EXISTS (SELECT 1 FROM plan_version v WHERE v.tenant = p.tenant AND v.plan_id = p.id AND v.state = $3) ORDER BY p.round DESC LIMIT 1`,
		tenant, caseID, string(plans.VersionAgreed)).Scan(&plan)
	if f.Agreed = plan != ""; !f.Agreed {
		return orMissing(err, nil)
	}
	err = t.row(ctx, `SELECT r.verdict FROM plan_review r WHERE r.tenant = $1 AND r.plan_id = $2 AND r.kind = $3
		AND NOT EXISTS (SELECT 1 FROM plan_review n WHERE n.tenant = r.tenant AND n.replaces = r.id AND n.replaces <> '')
		AND NOT EXISTS (SELECT 1 FROM case_step b WHERE b.tenant = r.tenant AND b.case_id = $4 AND b.to_stage = $5 AND b.at > r.recorded_at)
		ORDER BY r.day DESC, r.recorded_at DESC, r.id DESC LIMIT 1`, tenant, plan, string(reviews.KindEvaluation), caseID, string(cases.StageSupporting)).Scan(&verdict)
	f.Evaluated = verdict == "close"
	return orMissing(err, nil)
}
