package store

import (
	"context"
	"time"

	"kasane/internal/cases"
	"kasane/internal/figures"
	"kasane/internal/jptime"
)

// FigureCourses implements figures.Store.
func (s *Store) FigureCourses(ctx context.Context, tenant string, from, to time.Time) (c figures.Courses, err error) {
	first, after := jptime.DateOf(from).String(), jptime.DateOf(to).String()
	err = s.read(ctx, func(t *tx) error {
		c = figures.Courses{}
		if err := t.query(ctx, func(scan func(...any) error) error {
			var x figures.Screened
			err := scan(&x.Day, &x.Result)
			c.Screenings = append(c.Screenings, x)
			return err
		}, `SELECT x.day, x.result FROM screening x WHERE x.tenant = $1 AND x.day >= $2 AND x.day < $3 AND NOT EXISTS (SELECT 1 FROM screening n WHERE n.tenant = x.tenant
			AND n.case_id = x.case_id AND n.case_version = x.case_version AND (n.at > x.at OR n.at = x.at AND n.id > x.id)) ORDER BY x.day, x.id`, tenant, first, after); err != nil {
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
		}, `SELECT case_id, from_stage, to_stage, at, code FROM case_step WHERE tenant = $1 AND (to_stage IN ('suspended', 'closed') OR from_stage = 'closed') ORDER BY at, case_id, version`,
			tenant); err != nil {
			return err
		}
		if err := t.query(ctx, func(scan func(...any) error) error {
			var x figures.AgainFrom
			var when int64
			err := scan(&x.FormerID, &when)
			x.At = at(when)
			c.Again = append(c.Again, x)
			return err
		}, `SELECT f.former_id, c.opened_at FROM case_former f JOIN case_file c ON c.tenant = f.tenant AND c.id = f.case_id WHERE f.tenant = $1 AND c.opened_at >= $2 AND c.opened_at < $3
			ORDER BY c.opened_at, c.id`, tenant, micros(from), micros(to)); err != nil {
			return err
		}
		return t.query(ctx, func(scan func(...any) error) error {
			var x figures.Heard
			err := scan(&x.Day, &x.Result)
			c.Followups = append(c.Followups, x)
			return err
		}, `SELECT done_on, result FROM followup WHERE tenant = $1 AND state = 'done' AND done_on >= $2 AND done_on < $3 ORDER BY done_on, id`, tenant, first, after)
	})
	return c, err
}
