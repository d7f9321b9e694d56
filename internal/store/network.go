package store

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/figures"
)

// FigureNetwork implements figures.Store.
func (s *Store) FigureNetwork(ctx context.Context, sc access.Scope, from time.Time) (out figures.NetworkFacts, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = figures.NetworkFacts{}
		var h params
		here := holderScope(sc, &h, "tenant")
		err := t.query(ctx, func(scan func(...any) error) error {
			var a access.Agency
			err := scan(&a.ID, &a.Name, &a.Short)
			out.Agencies = append(out.Agencies, a)
			return err
		}, `SELECT id, name, short FROM agency WHERE `+here+` ORDER BY id`, h.v...)
		if err != nil {
			return err
		}
		p := params{v: []any{string(cases.StageClosed), string(cases.StageSuspended)}}
		where := caseScope(sc, &p, "m.tenant", "m.case_id")
		err = t.query(ctx, func(scan func(...any) error) error {
			var m figures.Membership
			err := scan(&m.CaseID, &m.AgencyID)
			out.Members = append(out.Members, m)
			return err
		}, `SELECT m.case_id, m.agency_id FROM case_member m JOIN case_file c ON c.tenant = m.tenant AND c.id = m.case_id
			WHERE `+where+` AND m.ended_at IS NULL AND c.stage NOT IN ($1, $2) ORDER BY m.case_id, m.ord`, p.v...)
		if err != nil {
			return err
		}
		q := params{v: []any{micros(from)}}
		where = caseScope(sc, &q, "r.tenant", "r.case_id")
		return t.query(ctx, func(scan func(...any) error) error {
			var r figures.Referral
			err := scan(&r.CaseID, &r.From, &r.To, &r.State)
			out.Referrals = append(out.Referrals, r)
			return err
		}, `SELECT r.case_id, r.from_agency, r.to_agency, r.state FROM referral r WHERE `+where+` AND r.at >= $1 ORDER BY r.at, r.id`, q.v...)
	})
	return out, err
}
