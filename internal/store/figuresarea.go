package store

import (
	"context"
	"database/sql"

	"kasane/internal/access"
	"kasane/internal/community"
	"kasane/internal/figures"
	"kasane/internal/joining"
)

// FigureArea implements figures.Store.
func (s *Store) FigureArea(ctx context.Context, sc access.Scope) (a figures.Area, err error) {
	err = s.read(ctx, func(t *tx) error {
		a = figures.Area{}
		var p params
		here := holderScope(sc, &p, "tenant")
		err := t.query(ctx, func(scan func(...any) error) error {
			var p figures.Place
			var state, note string
			var made int64
			var opened nullInt
			err := scan(&p.Kind, &state, &made, &opened, &note)
			p.Open, p.Made, p.Opened, p.OfIssue = state == string(community.StateOpen), at(made), atPtr(opened), note != ""
			a.Places = append(a.Places, p)
			return err
		}, `SELECT kind, state, made_at, opened_at, issue_note FROM place WHERE `+here+` ORDER BY id`, p.v...)
		if err != nil {
			return err
		}
		err = t.query(ctx, func(scan func(...any) error) error {
			var d figures.PlaceDay
			err := scan(&d.Day, &d.Came[0], &d.Came[1], &d.Came[2], &d.Came[3])
			a.Days = append(a.Days, d)
			return err
		}, `SELECT day, children, young, working, elder FROM place_day WHERE `+here+` AND gone_at IS NULL ORDER BY day, id`, p.v...)
		if err != nil {
			return err
		}
		if a.Joined, err = figureJoinings(ctx, t, sc); err != nil {
			return err
		}
		p = params{}
		where := holderScope(sc, &p, "l.tenant") + unbarred(sc, &p, "l.tenant", "l.case_id")
		return t.query(ctx, func(scan func(...any) error) error {
			var l figures.PlaceLink
			err := scan(&l.Since, &l.CaseID)
			a.Links = append(a.Links, l)
			return err
		}, `SELECT l.since, COALESCE(l.case_id, '') FROM place_link l WHERE `+where+` ORDER BY l.since, l.id`, p.v...)
	})
	return a, err
}

// figureJoinings reads when each 参加支援 was open, and its steps in their order.
func figureJoinings(ctx context.Context, t *tx, sc access.Scope) (out []figures.Joining, err error) {
	place := map[string]int{}
	var p params
	where := caseScope(sc, &p, "j.tenant", "j.case_id")
	err = t.query(ctx, func(scan func(...any) error) error {
		var j figures.Joining
		var id string
		err := scan(&id, &j.CaseID, &j.PersonID, &j.Opened, &j.Ended)
		place[id] = len(out)
		out = append(out, j)
		return err
	}, `SELECT j.id, j.case_id, j.person_id, j.opened_on, j.ended_on FROM joining j WHERE `+where+` ORDER BY j.opened_on, j.id`, p.v...)
	if err != nil {
		return nil, err
	}
	return out, t.query(ctx, func(scan func(...any) error) error {
		var x figures.JoiningStep
		var id, outcome string
		var where sql.NullString
		err := scan(&id, &x.Kind, &outcome, &where, &x.Day)
		x.PlaceID, x.Planned = where.String, x.Kind == string(joining.KindTrial) && outcome == joining.Planned
		if i, ok := place[id]; ok {
			out[i].Steps = append(out[i].Steps, x)
		}
		return err
	}, `SELECT joining_id, kind, outcome, place_id, day FROM joining_step WHERE tenant = $1 ORDER BY at, id`, sc.Tenant)
}
