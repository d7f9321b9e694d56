package store

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
)

const glassRows = `SELECT x.tenant, x.id, x.case_id, c.number, x.user_id, x.user_name, x.basis, x.reason, x.at, x.until, x.ended_by, x.ended_at,
	x.reviewed_by, x.reviewed_name, x.reviewed_at, x.finding, x.note
	FROM break_glass x JOIN case_file c ON c.tenant = x.tenant AND c.id = x.case_id WHERE `

func scanGlass(scan func(...any) error) (g consent.Glass, err error) {
	var basis, finding string
	var began, until int64
	var ended, reviewed nullInt
	err = scan(&g.Tenant, &g.ID, &g.CaseID, &g.Number, &g.UserID, &g.UserName, &basis, &g.Reason, &began, &until, &g.EndedBy, &ended,
		&g.ReviewedBy, &g.ReviewedName, &reviewed, &finding, &g.Note)
	g.Basis, g.Finding = consent.Basis(basis), consent.Finding(finding)
	g.At, g.Until, g.EndedAt, g.ReviewedAt = at(began), at(until), atPtr(ended), atPtr(reviewed)
	return g, err
}

// glassesOf reads those of one user in one case, newest first.
func glassesOf(ctx context.Context, t *tx, tenant, caseID, userID string) (out []consent.Glass, err error) {
	err = t.query(ctx, func(scan func(...any) error) error {
		g, err := scanGlass(scan)
		out = append(out, g)
		return err
	}, glassRows+`x.tenant = $1 AND x.case_id = $2 AND x.user_id = $3 ORDER BY x.at DESC, x.id DESC`, tenant, caseID, userID)
	return out, err
}

// GlassCase implements consent.Store.
func (s *Store) GlassCase(ctx context.Context, tenant, userID, number string) (id string, err error) {
	err = s.read(ctx, func(t *tx) error {
		return orMissing(t.row(ctx, `SELECT c.id FROM case_file c WHERE c.tenant = $1 AND c.number = $2
			AND NOT EXISTS (SELECT 1 FROM case_bar b WHERE b.tenant = c.tenant AND b.case_id = c.id AND b.user_id = $3)`, tenant, number, userID).Scan(&id),
			fault.New(fault.NotFound, "このケース番号のケースは見つかりません。番号を確かめてください。").On("number"))
	})
	return id, err
}

// InsertGlass implements consent.Store.
func (s *Store) InsertGlass(ctx context.Context, g consent.Glass, e access.Entry) error {
	return s.changeAccess(ctx, g.Tenant, g.CaseID, e, func(t *tx) error {
		// What is over by its time is closed here, so that the index holds no more than one open row of a user.
		if _, err := t.exec(ctx, `UPDATE break_glass SET ended_at = until WHERE tenant = $1 AND user_id = $2 AND ended_at IS NULL AND until <= $3`,
			g.Tenant, g.UserID, micros(g.At)); err != nil {
			return err
		}
		return t.must(ctx, fault.New(fault.Conflict, "緊急時の閲覧は、一度に1つのケースだけです。今のものを終わらせてからやり直してください。"),
			`INSERT INTO break_glass (tenant, id, case_id, user_id, user_name, basis, reason, at, until, ended_by, ended_at, reviewed_by, reviewed_name, reviewed_at, finding, note)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,'',NULL,'','',NULL,'','') ON CONFLICT DO NOTHING`,
			g.Tenant, g.ID, g.CaseID, g.UserID, g.UserName, string(g.Basis), g.Reason, micros(g.At), micros(g.Until))
	})
}

// EndGlass implements consent.Store.
func (s *Store) EndGlass(ctx context.Context, g consent.Glass, e access.Entry) error {
	return s.changeAccess(ctx, g.Tenant, g.CaseID, e, func(t *tx) error {
		return t.must(ctx, fault.New(fault.Conflict, "この緊急時の閲覧は、もう終わっています。"),
			`UPDATE break_glass SET ended_by = $1, ended_at = $2 WHERE tenant = $3 AND id = $4 AND ended_at IS NULL`,
			g.EndedBy, microsPtr(g.EndedAt), g.Tenant, g.ID)
	})
}

// ReviewGlass implements consent.Store.
func (s *Store) ReviewGlass(ctx context.Context, g consent.Glass, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		err := t.must(ctx, fault.New(fault.Conflict, "この緊急時の閲覧は、ほかの人が先に確認しました。"),
			`UPDATE break_glass SET reviewed_by = $1, reviewed_name = $2, reviewed_at = $3, finding = $4, note = $5
			WHERE tenant = $6 AND id = $7 AND reviewed_at IS NULL AND user_id <> $1`,
			g.ReviewedBy, g.ReviewedName, microsPtr(g.ReviewedAt), string(g.Finding), g.Note, g.Tenant, g.ID)
		if err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// Glass implements consent.Store.
func (s *Store) Glass(ctx context.Context, sc access.Scope, id string) (g consent.Glass, err error) {
	err = s.read(ctx, func(t *tx) error {
		var p params
		where := glassScope(sc, &p, "x.tenant", "x.case_id") + ` AND x.id = ` + p.add(id)
		g, err = scanGlass(t.row(ctx, glassRows+where, p.v...).Scan)
		return orMissing(err, fault.New(fault.NotFound, "緊急時の閲覧の記録が見つかりません。"))
	})
	return g, err
}

// glassMost bounds a list; a municipality that has more has another problem.
const glassMost = 1000

// Glasses implements consent.Store.
func (s *Store) Glasses(ctx context.Context, sc access.Scope, open bool) (out []consent.Glass, err error) {
	var p params
	where := glassScope(sc, &p, "x.tenant", "x.case_id")
	if open {
		where += ` AND x.reviewed_at IS NULL`
	}
	err = each(ctx, s.r, func(scan func(...any) error) error {
		g, err := scanGlass(scan)
		out = append(out, g)
		return err
	}, glassRows+where+` ORDER BY x.at DESC, x.id DESC LIMIT `+p.add(glassMost), p.v...)
	return out, s.classify(err)
}

// OwnGlasses implements consent.Store.
func (s *Store) OwnGlasses(ctx context.Context, tenant, userID string) (out []consent.Glass, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		g, err := scanGlass(scan)
		out = append(out, g)
		return err
	}, glassRows+`x.tenant = $1 AND x.user_id = $2 ORDER BY x.at DESC, x.id DESC LIMIT 200`, tenant, userID)
	return out, s.classify(err)
}
