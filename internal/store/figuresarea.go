package store

import (
	"context"

	"kasane/internal/community"
	"kasane/internal/figures"
)

// FigureArea implements figures.Store.
func (s *Store) FigureArea(ctx context.Context, tenant string) (a figures.Area, err error) {
	err = s.read(ctx, func(t *tx) error {
		a = figures.Area{}
		err := t.query(ctx, func(scan func(...any) error) error {
			var p figures.Place
			var state, note string
			var made int64
			var opened nullInt
			err := scan(&p.Kind, &state, &made, &opened, &note)
			p.Open, p.Made, p.Opened, p.OfIssue = state == string(community.StateOpen), at(made), atPtr(opened), note != ""
			a.Places = append(a.Places, p)
			return err
		}, `SELECT kind, state, made_at, opened_at, issue_note FROM place WHERE tenant = $1 ORDER BY id`, tenant)
		if err != nil {
			return err
		}
		err = t.query(ctx, func(scan func(...any) error) error {
			var d figures.PlaceDay
			err := scan(&d.Day, &d.Came[0], &d.Came[1], &d.Came[2], &d.Came[3])
			a.Days = append(a.Days, d)
			return err
		}, `SELECT day, children, young, working, elder FROM place_day WHERE tenant = $1 AND gone_at IS NULL ORDER BY day, id`, tenant)
		if err != nil {
			return err
		}
		return t.query(ctx, func(scan func(...any) error) error {
			var l figures.PlaceLink
			err := scan(&l.Since)
			a.Links = append(a.Links, l)
			return err
		}, `SELECT since FROM place_link WHERE tenant = $1 ORDER BY since, id`, tenant)
	})
	return a, err
}
