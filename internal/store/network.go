package store

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/figures"
)

// FigureNetwork implements figures.Store.
func (s *Store) FigureNetwork(ctx context.Context, tenant string, from time.Time) (out figures.NetworkFacts, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = figures.NetworkFacts{}
		err := t.query(ctx, func(scan func(...any) error) error {
			var a access.Agency
			err := scan(&a.ID, &a.Name, &a.Short)
			out.Agencies = append(out.Agencies, a)
			return err
		}, `SELECT id, name, short FROM agency WHERE tenant = $1 ORDER BY id`, tenant)
		if err != nil {
			return err
		}
		err = t.query(ctx, func(scan func(...any) error) error {
			var m figures.Membership
			err := scan(&m.CaseID, &m.AgencyID)
			out.Members = append(out.Members, m)
			return err
		}, `SELECT m.case_id, m.agency_id FROM case_member m JOIN case_file c ON c.tenant = m.tenant AND c.id = m.case_id
			WHERE m.tenant = $1 AND m.ended_at IS NULL AND c.stage NOT IN ($2, $3) ORDER BY m.case_id, m.ord`, tenant, string(cases.StageClosed), string(cases.StageSuspended))
		if err != nil {
			return err
		}
		return t.query(ctx, func(scan func(...any) error) error {
			var r figures.Referral
			err := scan(&r.CaseID, &r.From, &r.To, &r.State)
			out.Referrals = append(out.Referrals, r)
			return err
		}, `SELECT case_id, from_agency, to_agency, state FROM referral WHERE tenant = $1 AND at >= $2 ORDER BY at, id`, tenant, micros(from))
	})
	return out, err
}
