package store

import (
	"context"
	"reflect"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/plans"
	"kasane/internal/reviews"
)

const reviewColumns = `tenant, id, kind, case_id, plan_id, day, agency_id, agency_name, user_id, user_name, goals, verdict, next_day, person_id, item, said, replaces, recorded_at`

func scanReview(scan func(...any) error) (r reviews.Record, err error) {
	var kind, goals, item, said string
	var recorded int64
	if err := scan(&r.Tenant, &r.ID, &kind, &r.CaseID, &r.PlanID, &r.Day, &r.AgencyID, &r.AgencyName, &r.UserID, &r.UserName, &goals, &r.Verdict, &r.NextDay, &r.PersonID,
		&item, &said, &r.Replaces, &recorded); err != nil {
		return r, err
	}
	r.Kind, r.Item, r.RecordedAt = reviews.Kind(kind), consent.Item(item), at(recorded)
	if err := fromJSON(goals, &r.Goals); err != nil {
		return r, err
	}
	return r, fromJSON(said, &r.Said)
}

// Reviews implements reviews.Store.
func (s *Store) Reviews(ctx context.Context, sc access.Scope, caseID string) (out []reviews.Record, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		if err := caseSeen(ctx, t, sc, caseID); err != nil {
			return err
		}
		return t.query(ctx, func(scan func(...any) error) error {
			r, err := scanReview(scan)
			out = append(out, r)
			return err
		}, `SELECT `+reviewColumns+` FROM plan_review WHERE tenant = $1 AND case_id = $2 ORDER BY day DESC, recorded_at DESC, id DESC LIMIT 300`, sc.Tenant, caseID)
	})
	return out, err
}

// AddReview implements reviews.Store.
func (s *Store) AddReview(ctx context.Context, r reviews.Record, e access.Entry) (added bool, err error) {
	err = s.write(ctx, func(t *tx) error {
		added = false
		if r.Replaces != "" {
			if err := reviewReplaceable(ctx, t, r); err != nil {
				return err
			}
		}
		n, err := t.exec(ctx, `INSERT INTO plan_review (`+reviewColumns+`)
			SELECT p.tenant, $4, $5, p.case_id, p.id, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, CAST($18 AS BIGINT)
			FROM plan p WHERE p.tenant = $1 AND p.case_id = $2 AND p.id = $3 ON CONFLICT DO NOTHING`,
			r.Tenant, r.CaseID, r.PlanID, r.ID, string(r.Kind), r.Day, r.AgencyID, r.AgencyName, r.UserID, r.UserName, toJSON(r.Goals), r.Verdict, r.NextDay, r.PersonID,
			string(r.Item), toJSON(r.Said), r.Replaces, micros(r.RecordedAt))
		if err != nil {
			return err
		}
		if n > 0 {
			added = true
			return t.audit(ctx, e)
		}
		have, err := scanReview(t.row(ctx, `SELECT `+reviewColumns+` FROM plan_review WHERE tenant = $1 AND id = $2`, r.Tenant, r.ID).Scan)
		if err != nil {
			return orMissing(err, fault.New(fault.NotFound, "プランが見つかりません。画面を更新してください。"))
		}
		same := r
		same.RecordedAt, same.AgencyName, same.UserName = have.RecordedAt, have.AgencyName, have.UserName
		if toJSON(have.Goals) != toJSON(same.Goals) || toJSON(have.Said) != toJSON(same.Said) {
			return reviewTaken
		}
		have.Goals, have.Said, same.Goals, same.Said = nil, reviews.Said{}, nil, reviews.Said{}
		if !reflect.DeepEqual(have, same) {
			return reviewTaken
		}
		return nil
	})
	return added, err
}

var reviewTaken = fault.New(fault.Conflict, "この記録は、別の内容ですでに届いています。画面を更新し、変えるときは「訂正」を使ってください。").On("id")

func reviewReplaceable(ctx context.Context, t *tx, r reviews.Record) error {
	var one int
	err := t.row(ctx, `SELECT 1 FROM plan_review WHERE tenant = $1 AND id = $2 AND plan_id = $3 AND agency_id = $4 AND kind = $5`, r.Tenant, r.Replaces, r.PlanID, r.AgencyID, string(r.Kind)).Scan(&one)
	if err != nil {
		return orMissing(err, fault.New(fault.NotFound, "訂正する記録が見つかりません。画面を更新してください。"))
	}
	var by string
	err = t.row(ctx, `SELECT id FROM plan_review WHERE tenant = $1 AND replaces = $2`, r.Tenant, r.Replaces).Scan(&by)
	if err := orMissing(err, nil); err != nil {
		return err
	}
	if by != "" && by != r.ID {
		return fault.New(fault.Conflict, "この記録は、ほかの人が先に訂正しました。画面を更新して、いまの内容を確かめてください。").On("replaces")
	}
	return nil
}

// AgreedPlan implements reviews.Store.
func (s *Store) AgreedPlan(ctx context.Context, sc access.Scope, caseID string) (p reviews.PlanRef, err error) {
	err = s.read(ctx, func(t *tx) error {
		p = reviews.PlanRef{}
		if err := caseSeen(ctx, t, sc, caseID); err != nil {
			return err
		}
		return orMissing(t.row(ctx, `SELECT p.id, p.round FROM plan p WHERE p.tenant = $1 AND p.case_id = $2
			AND EXISTS (SELECT 1 FROM plan_version v WHERE v.tenant = p.tenant AND v.plan_id = p.id AND v.state = $3) ORDER BY p.round DESC LIMIT 1`,
			sc.Tenant, caseID, string(plans.VersionAgreed)).Scan(&p.ID, &p.Round), nil)
	})
	return p, err
}

// WatchedPlans implements reviews.Store.
func (s *Store) WatchedPlans(ctx context.Context, sc access.Scope, after string, limit int) (out []reviews.Watched, err error) {
	var p params
	from := agreedPlans(sc, &p)
	if after != "" {
		from += ` AND c.number < ` + p.add(after)
	}
	newest := func(column string) string {
		return `COALESCE((SELECT r.` + column + ` FROM plan_review r WHERE r.tenant = pl.tenant AND r.plan_id = pl.id
			AND NOT EXISTS (SELECT 1 FROM plan_review y WHERE y.tenant = r.tenant AND y.replaces = r.id AND y.replaces <> '') ORDER BY r.day DESC, r.recorded_at DESC, r.id DESC LIMIT 1), '')`
	}
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var w reviews.Watched
		err := scan(&w.CaseID, &w.CaseNumber, &w.PlanID, &w.Round, &w.LastDay, &w.NextDay)
		out = append(out, w)
		return err
	}, `SELECT pl.case_id, c.number, pl.id, pl.round, `+newest("day")+`, `+newest("next_day")+` FROM `+from+` ORDER BY c.number DESC LIMIT `+p.add(limit), p.v...)
	return out, s.classify(err)
}
