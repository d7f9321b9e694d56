package store

import (
	"context"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/figures"
)

// FigureSteps implements figures.Store.
func (s *Store) FigureSteps(ctx context.Context, sc access.Scope) (out []figures.Step, err error) {
	var p params
	where := caseScope(sc, &p, "s.tenant", "s.case_id")
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var x figures.Step
		var stage string
		var us int64
		err := scan(&x.CaseID, &stage, &us, &x.Gap)
		x.Stage, x.At = cases.Stage(stage), at(us)
		out = append(out, x)
		return err
	}, `SELECT s.case_id, s.stage, s.at, s.gap FROM stage_entry s WHERE `+where+` ORDER BY s.case_id, s.n`, p.v...)
	return out, s.classify(err)
}

// FigureIntakes implements figures.Store.
func (s *Store) FigureIntakes(ctx context.Context, sc access.Scope, from, to time.Time) (out []figures.Intake, err error) {
	p := params{v: []any{micros(from), micros(to)}}
	where := caseScope(sc, &p, "i.tenant", "i.case_id")
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var x figures.Intake
		var us int64
		var fields string
		if err := scan(&x.CaseID, &us, &x.AgencyName, &x.Route, &x.Triage, &x.Urgency, &fields); err != nil {
			return err
		}
		x.At = at(us)
		out = append(out, x)
		return fromJSON(fields, &out[len(out)-1].Fields)
	}, `SELECT i.case_id, i.at, i.agency_name, i.route, i.triage, i.urgency, i.fields FROM intake i WHERE `+where+` AND i.at >= $1 AND i.at < $2 ORDER BY i.at, i.id`, p.v...)
	return out, s.classify(err)
}

// FigureReferrals implements figures.Store.
func (s *Store) FigureReferrals(ctx context.Context, sc access.Scope, from, to time.Time) (out []figures.Handed, err error) {
	p := params{v: []any{micros(from), micros(to)}}
	where := caseScope(sc, &p, "r.tenant", "r.case_id")
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var x figures.Handed
		var us int64
		err := scan(&x.CaseID, &us, &x.State)
		x.At = at(us)
		out = append(out, x)
		return err
	}, `SELECT r.case_id, r.at, r.state FROM referral r WHERE `+where+` AND r.at >= $1 AND r.at < $2 ORDER BY r.at, r.id`, p.v...)
	return out, s.classify(err)
}

// FigureLines implements figures.Store.
func (s *Store) FigureLines(ctx context.Context, sc access.Scope, ids []string) (out []figures.Line, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		var p params
		where := caseScope(sc, &p, "c.tenant", "c.id")
		var in []string
		for _, id := range ids {
			in = append(in, p.add(id))
		}
		err := t.query(ctx, func(scan func(...any) error) error {
			c, err := scanCase(scan)
			out = append(out, figures.Line{CaseID: c.ID, CaseNumber: c.Number, StageLabel: c.Stage.Label(), Opened: c.OpenedAt})
			return err
		}, `SELECT `+caseColumns+` FROM case_file c WHERE `+where+` AND c.id IN (`+strings.Join(in, ",")+`) ORDER BY c.number`, p.v...)
		if err != nil {
			return err
		}
		kana, err := subjectKanaOf(ctx, t, sc, ids)
		for i := range out {
			out[i].Kana = kana[out[i].CaseID]
		}
		return err
	})
	return out, err
}

// FigureTargets implements figures.Store.
func (s *Store) FigureTargets(ctx context.Context, tenant string, year int) (out []figures.Target, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var x figures.Target
		err := scan(&x.Figure, &x.Value)
		out = append(out, x)
		return err
	}, `SELECT figure, value FROM figure_target WHERE tenant = $1 AND year = $2 ORDER BY figure`, tenant, year)
	return out, s.classify(err)
}

// SaveTargets implements figures.Store.
func (s *Store) SaveTargets(ctx context.Context, by access.Actor, year int, changes []figures.TargetChange, at time.Time, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		for _, c := range changes {
			if err := saveTarget(ctx, t, by, year, c, at); err != nil {
				return err
			}
		}
		return t.audit(ctx, e)
	})
}

// saveTarget writes one, if it still is what its writer saw.
func saveTarget(ctx context.Context, t *tx, by access.Actor, year int, c figures.TargetChange, at time.Time) error {
	overtaken := fault.New(fault.Conflict, "ほかの人が先に目標を変えました。画面を更新して、今の目標を確かめてください。")
	switch {
	case c.Was == nil && c.Value == nil:
		return nil
	case c.Value == nil:
		return t.must(ctx, overtaken, `DELETE FROM figure_target WHERE tenant = $1 AND year = $2 AND figure = $3 AND value = $4`, by.Tenant, year, c.Figure, *c.Was)
	case c.Was == nil:
		return t.must(ctx, overtaken, `INSERT INTO figure_target (tenant, year, figure, value, at, by_user, by_name) VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT DO NOTHING`,
			by.Tenant, year, c.Figure, *c.Value, micros(at), by.UserID, by.Name)
	}
	return t.must(ctx, overtaken, `UPDATE figure_target SET value = $4, at = $5, by_user = $6, by_name = $7 WHERE tenant = $1 AND year = $2 AND figure = $3 AND value = $8`,
		by.Tenant, year, c.Figure, *c.Value, micros(at), by.UserID, by.Name, *c.Was)
}
