package store

import (
	"context"
	"errors"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
)

// DecisionSteps implements cases.Store.
func (s *Store) DecisionSteps(ctx context.Context, tenant string) (steps []string, err error) {
	err = s.read(ctx, func(t *tx) error {
		steps, err = decisionSteps(ctx, t, tenant)
		return err
	})
	return steps, err
}

func decisionSteps(ctx context.Context, t *tx, tenant string) (steps []string, err error) {
	var labels string
	if err := t.row(ctx, `SELECT labels FROM decision_steps WHERE tenant = $1`, tenant).Scan(&labels); err != nil {
		return nil, orMissing(err, nil)
	}
	return steps, fromJSON(labels, &steps)
}

// SaveDecisionSteps implements cases.Store.
func (s *Store) SaveDecisionSteps(ctx context.Context, tenant string, steps []string, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `INSERT INTO decision_steps (tenant, labels) VALUES ($1, $2) ON CONFLICT (tenant) DO UPDATE SET labels = excluded.labels`,
			tenant, listJSON(steps)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// Decisions implements cases.Store.
func (s *Store) Decisions(ctx context.Context, sc access.Scope, caseID string) (out []cases.Decision, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		if _, err := caseInScope(ctx, t, sc, caseID); err != nil {
			return err
		}
		place := map[string]int{}
		err := t.query(ctx, func(scan func(...any) error) error {
			d := cases.Decision{Tenant: sc.Tenant, CaseID: caseID, Marks: []cases.DecisionMark{}}
			var labels, state string
			var when int64
			err := scan(&d.ID, &d.CaseVersion, &d.Note, &labels, &d.ByID, &d.ByName, &d.ByPost, &when, &state)
			d.At, d.State, place[d.ID] = at(when), cases.DecisionState(state), len(out)
			out = append(out, d)
			return errors.Join(err, fromJSON(labels, &out[len(out)-1].Steps))
		}, `SELECT id, case_version, note, labels, by_user, by_name, by_post, at, state FROM decision WHERE tenant = $1 AND case_id = $2 ORDER BY at, id`, sc.Tenant, caseID)
		if err != nil || len(out) == 0 {
			return err
		}
		return t.query(ctx, func(scan func(...any) error) error {
			var id, verdict string
			var m cases.DecisionMark
			var when int64
			err := scan(&id, &m.N, &verdict, &m.Reason, &m.ByID, &m.ByName, &m.ByPost, &when)
			m.Verdict, m.At = cases.Verdict(verdict), at(when)
			d := &out[place[id]]
			d.Marks = append(d.Marks, m)
			return err
		}, `SELECT m.decision_id, m.n, m.verdict, m.reason, m.by_user, m.by_name, m.by_post, m.at FROM decision_mark m
			JOIN decision d ON d.tenant = m.tenant AND d.id = m.decision_id WHERE d.tenant = $1 AND d.case_id = $2 ORDER BY m.decision_id, m.n`, sc.Tenant, caseID)
	})
	return out, err
}

// AddDecision implements cases.Store.
func (s *Store) AddDecision(ctx context.Context, d cases.Decision, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := atVersion(ctx, t, d); err != nil {
			return err
		}
		if err := t.must(ctx, fault.New(fault.Conflict, "決裁中の起案があります。取り下げてから、あらためて起案してください。"),
			`INSERT INTO decision (tenant, id, case_id, case_version, note, labels, by_user, by_name, by_post, at, state) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)
			ON CONFLICT DO NOTHING`, d.Tenant, d.ID, d.CaseID, d.CaseVersion, d.Note, listJSON(d.Steps), d.ByID, d.ByName, d.ByPost, micros(d.At), string(d.State)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// atVersion refuses what was meant for the case as it stood before.
func atVersion(ctx context.Context, t *tx, d cases.Decision) error {
	var v int64
	if err := t.row(ctx, `SELECT version FROM case_file WHERE tenant = $1 AND id = $2`, d.Tenant, d.CaseID).Scan(&v); err != nil {
		return orMissing(err, noCase)
	}
	if v != d.CaseVersion {
		return fault.New(fault.Conflict, "ケースの段階が先に変わりました。画面を更新してください。")
	}
	return nil
}

// MarkDecision implements cases.Store.
func (s *Store) MarkDecision(ctx context.Context, d cases.Decision, m cases.DecisionMark, state cases.DecisionState, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if m.Verdict != cases.VerdictVoid {
			if err := atVersion(ctx, t, d); err != nil {
				return err
			}
		}
		first := fault.New(fault.Conflict, "ほかの人が先に決裁しました。画面を更新してください。")
		if err := t.must(ctx, first, `UPDATE decision SET state = $1 WHERE tenant = $2 AND id = $3 AND state = $4`,
			string(state), d.Tenant, d.ID, string(cases.DecisionOpen)); err != nil {
			return err
		}
		if err := t.must(ctx, first, `INSERT INTO decision_mark (tenant, decision_id, n, verdict, reason, by_user, by_name, by_post, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
			ON CONFLICT DO NOTHING`, d.Tenant, d.ID, m.N, string(m.Verdict), m.Reason, m.ByID, m.ByName, m.ByPost, micros(m.At)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}
