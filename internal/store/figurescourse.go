package store

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/figures"
	"kasane/internal/jptime"
)

// FigureCourses implements figures.Store.
func (s *Store) FigureCourses(ctx context.Context, tenant, user string, from, to time.Time) (c figures.Courses, err error) {
	first, after := jptime.DateOf(from).String(), jptime.DateOf(to).String()
	barred := access.Scope{Tenant: tenant, UserID: user}
	err = s.read(ctx, func(t *tx) error {
		c = figures.Courses{}
		x, moves, again, heard := params{v: []any{tenant, first, after}}, params{v: []any{tenant}}, params{v: []any{tenant, micros(from), micros(to)}}, params{v: []any{tenant, first, after}}
		if err := t.query(ctx, func(scan func(...any) error) error {
			var y figures.Screened
			err := scan(&y.Day, &y.Result)
			c.Screenings = append(c.Screenings, y)
			return err
		}, `SELECT x.day, x.result FROM screening x WHERE x.tenant = $1 AND x.day >= $2 AND x.day < $3 AND NOT EXISTS (SELECT 1 FROM screening n WHERE n.tenant = x.tenant
			AND n.case_id = x.case_id AND n.case_version = x.case_version AND (n.at > x.at OR n.at = x.at AND n.id > x.id))`+unbarred(barred, &x, "x.tenant", "x.case_id")+` ORDER BY x.day, x.id`, x.v...); err != nil {
			return err
		}
		if err := t.query(ctx, func(scan func(...any) error) error {
			var x figures.Moved
			var was, is string
			var when int64
			err := scan(&x.CaseID, &was, &is, &when, &x.Code)
			x.From, x.To, x.At = cases.Stage(was), cases.Stage(is), at(when)
			c.Moves = append(c.Moves, x)
			return err
		}, `SELECT s.case_id, s.from_stage, s.to_stage, s.at, s.code FROM case_step s WHERE s.tenant = $1 AND (s.to_stage IN ('suspended', 'closed') OR s.from_stage = 'closed')`+
			unbarred(barred, &moves, "s.tenant", "s.case_id")+` ORDER BY s.at, s.case_id, s.version`, moves.v...); err != nil {
			return err
		}
		if err := t.query(ctx, func(scan func(...any) error) error {
			var x figures.AgainFrom
			var when int64
			err := scan(&x.FormerID, &when)
			x.At = at(when)
			c.Again = append(c.Again, x)
			return err
		}, `SELECT f.former_id, c.opened_at FROM case_former f JOIN case_file c ON c.tenant = f.tenant AND c.id = f.case_id WHERE f.tenant = $1 AND c.opened_at >= $2 AND c.opened_at < $3`+
			unbarred(barred, &again, "f.tenant", "f.case_id")+unbarred(barred, &again, "f.tenant", "f.former_id")+` ORDER BY c.opened_at, c.id`, again.v...); err != nil {
			return err
		}
		return t.query(ctx, func(scan func(...any) error) error {
			var x figures.Heard
			err := scan(&x.Day, &x.Result)
			c.Followups = append(c.Followups, x)
			return err
		}, `SELECT f.done_on, f.result FROM followup f WHERE f.tenant = $1 AND f.state = 'done' AND f.done_on >= $2 AND f.done_on < $3`+
			unbarred(barred, &heard, "f.tenant", "f.case_id")+` ORDER BY f.done_on, f.id`, heard.v...)
	})
	return c, err
}
