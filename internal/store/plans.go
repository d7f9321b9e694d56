package store

import (
	"context"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/plans"
)

var noPlan = fault.New(fault.NotFound, "プランが見つかりません。削除されたか、見る権限がない可能性があります。")

const planColumns = `pl.tenant, pl.id, pl.case_id, pl.round, pl.previous_id, pl.created_at, pl.created_by, pl.created_for`

func scanPlan(scan func(...any) error) (p plans.Plan, err error) {
	var created int64
	err = scan(&p.Tenant, &p.ID, &p.CaseID, &p.Round, &p.PreviousID, &created, &p.CreatedBy, &p.CreatedFor)
	p.CreatedAt = at(created)
	return p, err
}

// CreatePlan implements plans.Store. The row of the case is its lock, so two plans made at once get two rounds or one of
// them is refused.
func (s *Store) CreatePlan(ctx context.Context, p plans.Plan, docs []plans.NewDoc, e access.Entry) (plans.Plan, error) {
	err := s.lockingWrite(ctx, func(t *tx) error {
		if err := lockCase(ctx, t, p.Tenant, p.CaseID); err != nil {
			return err
		}
		if err := goesOn(ctx, t, p.Tenant, p.CaseID, "プランを作る"); err != nil {
			return err
		}
		var newest string
		err := t.row(ctx, `SELECT id, round FROM plan WHERE tenant = $1 AND case_id = $2 ORDER BY round DESC LIMIT 1`, p.Tenant, p.CaseID).Scan(&newest, &p.Round)
		if err := orMissing(err, nil); err != nil {
			return err
		}
		if newest != p.PreviousID {
			return fault.New(fault.Conflict, "このケースにはほかの新しいプランがあります。画面を更新して、もとにするプランを選び直してください。")
		}
		if newest == "" {
			p.Round = 0
		}
		p.Round++
		if _, err := t.exec(ctx, `INSERT INTO plan (tenant, id, case_id, round, previous_id, created_at, created_by, created_for)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
			p.Tenant, p.ID, p.CaseID, p.Round, p.PreviousID, micros(p.CreatedAt), p.CreatedBy, p.CreatedFor); err != nil {
			return err
		}
		if err := firstUpdates(ctx, t, docs, e); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
	if err == nil {
		for _, d := range docs {
			s.written.add(d.Meta.Tenant, s.clock(), d.Meta.ID)
		}
	}
	return p, err
}

// firstUpdates makes documents, each with its first row by the actor of the entry where there is one.
func firstUpdates(ctx context.Context, t *tx, docs []plans.NewDoc, e access.Entry) error {
	author := live.Row{ActorID: e.ActorID, AgencyID: e.AgencyID}
	err := t.row(ctx, `SELECT u.name, a.name FROM app_user u JOIN agency a ON a.tenant = u.tenant AND a.id = u.agency_id
		WHERE u.tenant = $1 AND u.id = $2`, e.Tenant, e.ActorID).Scan(&author.ActorName, &author.AgencyName)
	if err := orMissing(err, nil); err != nil {
		return err
	}
	docs = slices.Clone(docs)
	slices.SortFunc(docs, func(a, b plans.NewDoc) int { return strings.Compare(a.Meta.ID, b.Meta.ID) })
	for _, d := range docs {
		if err := insertDocs(ctx, t, []live.Meta{d.Meta}); err != nil {
			return err
		}
		if len(d.Initial) == 0 {
			continue
		}
		row := author
		row.Update = d.Initial
		if _, _, err := appendDoc(ctx, t, live.Batch{Tenant: d.Meta.Tenant, DocID: d.Meta.ID, Epoch: 1, Rows: []live.Row{row}, Clients: d.Clients}); err != nil {
			return err
		}
	}
	return nil
}

// PlanByID implements plans.Store.
func (s *Store) PlanByID(ctx context.Context, sc access.Scope, id string) (pl plans.Plan, err error) {
	err = s.read(ctx, func(t *tx) error {
		var p params
		where := planScope(sc, &p) + ` AND pl.id = ` + p.add(id)
		pl, err = scanPlan(t.row(ctx, `SELECT `+planColumns+` FROM plan pl WHERE `+where, p.v...).Scan)
		return orMissing(err, noPlan)
	})
	return pl, err
}

// PlansOfCase implements plans.Store.
func (s *Store) PlansOfCase(ctx context.Context, sc access.Scope, caseID string) (out []plans.Plan, err error) {
	var p params
	where := planScope(sc, &p) + ` AND pl.case_id = ` + p.add(caseID)
	err = each(ctx, s.r, func(scan func(...any) error) error {
		pl, err := scanPlan(scan)
		out = append(out, pl)
		return err
	}, `SELECT `+planColumns+` FROM plan pl WHERE `+where+` ORDER BY pl.round DESC`, p.v...)
	return out, s.classify(err)
}

// OwnedDocs implements plans.Store and meeting.Store.
func (s *Store) OwnedDocs(ctx context.Context, tenant string, kind live.Kind, ownerID string) (out []live.Meta, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		m, err := scanDoc(scan)
		out = append(out, m)
		return err
	}, `SELECT `+docColumns+` FROM doc WHERE tenant = $1 AND kind = $2 AND owner_id = $3 ORDER BY person_id, item, id`, tenant, string(kind), ownerID)
	return out, s.classify(err)
}

const versionColumns = `tenant, plan_id, case_id, n, state, hash, docs, meeting_id, frozen_at, frozen_by, ended_at`

func scanVersion(scan func(...any) error, more ...any) (v plans.Version, err error) {
	var state, docs string
	var frozen int64
	var ended nullInt
	if err := scan(append([]any{&v.Tenant, &v.PlanID, &v.CaseID, &v.N, &state, &v.Hash, &docs, &v.MeetingID, &frozen, &v.FrozenBy, &ended}, more...)...); err != nil {
		return v, err
	}
	v.State, v.FrozenAt, v.EndedAt = plans.VersionState(state), at(frozen), atPtr(ended)
	return v, fromJSON(docs, &v.Docs)
}

// PlanVersions implements plans.Store.
func (s *Store) PlanVersions(ctx context.Context, tenant, planID string) (out []plans.Version, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		v, err := scanVersion(scan)
		out = append(out, v)
		return err
	}, `SELECT `+versionColumns+` FROM plan_version WHERE tenant = $1 AND plan_id = $2 ORDER BY n DESC`, tenant, planID)
	return out, s.classify(err)
}

// PlanVersion implements plans.Store.
func (s *Store) PlanVersion(ctx context.Context, tenant, planID string, n int) (v plans.Version, err error) {
	err = s.read(ctx, func(t *tx) error {
		var canonical []byte
		v, err = scanVersion(t.row(ctx, `SELECT `+versionColumns+`, canonical FROM plan_version WHERE tenant = $1 AND plan_id = $2 AND n = $3`,
			tenant, planID, n).Scan, &canonical)
		v.Canonical = canonical
		return orMissing(err, fault.New(fault.NotFound, "この版のプランはありません。"))
	})
	return v, err
}

// PlanAnswers implements plans.Store.
func (s *Store) PlanAnswers(ctx context.Context, tenant, planID string) (out []plans.RoleAnswer, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		a := plans.RoleAnswer{Tenant: tenant, PlanID: planID}
		var answer string
		var us int64
		err := scan(&a.ID, &a.DocID, &a.ActionID, &a.AgencyID, &a.AgencyName, &answer, &a.Reason, &a.Due, &a.CellHash,
			&a.UserID, &a.UserName, &a.UserPost, &a.MeetingID, &us)
		a.Answer, a.At = plans.Answer(answer), at(us)
		out = append(out, a)
		return err
	}, `SELECT id, doc_id, action_id, agency_id, agency_name, answer, reason, due, cell_hash, user_id, user_name, user_post, meeting_id, at
		FROM role_answer WHERE tenant = $1 AND plan_id = $2 ORDER BY at, id`, tenant, planID)
	return out, s.classify(err)
}

// AddPlanAnswer implements plans.Store.
func (s *Store) AddPlanAnswer(ctx context.Context, a plans.RoleAnswer, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := insertAnswer(ctx, t, a); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

func insertAnswer(ctx context.Context, t *tx, a plans.RoleAnswer) error {
	return t.must(ctx, noPlan, `INSERT INTO role_answer (tenant, id, plan_id, doc_id, action_id, agency_id, agency_name, answer, reason, due,
			cell_hash, user_id, user_name, user_post, meeting_id, at)
		SELECT pl.tenant, $2, pl.id, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, CAST($16 AS BIGINT)
		FROM plan pl WHERE pl.tenant = $1 AND pl.id = $3`,
		a.Tenant, a.ID, a.PlanID, a.DocID, a.ActionID, a.AgencyID, a.AgencyName, string(a.Answer), a.Reason, a.Due,
		a.CellHash, a.UserID, a.UserName, a.UserPost, a.MeetingID, micros(a.At))
}

// PlanHousehold implements plans.Store.
func (s *Store) PlanHousehold(ctx context.Context, tenant, caseID string) (h plans.Household, err error) {
	err = s.read(ctx, func(t *tx) error {
		h = plans.Household{CaseID: caseID}
		if err := t.row(ctx, `SELECT number FROM case_file WHERE tenant = $1 AND id = $2`, tenant, caseID).Scan(&h.CaseNumber); err != nil {
			return orMissing(err, noCase)
		}
		persons, err := personsOf(ctx, t, tenant, caseID)
		if err != nil {
			return err
		}
		for _, p := range persons {
			h.Persons = append(h.Persons, plans.Person{ID: p.ID, Ord: p.Ord, Name: p.Name, Kana: p.Kana, Relation: p.Relation, Subject: p.Subject})
		}
		return t.query(ctx, func(scan func(...any) error) error {
			var a plans.MemberAgency
			err := scan(&a.ID, &a.Name, &a.Short, &a.City, &a.Member)
			h.Agencies = append(h.Agencies, a)
			return err
		}, `SELECT a.id, a.name, a.short, a.city, CASE WHEN m.agency_id IS NULL THEN 0 ELSE 1 END FROM agency a
			LEFT JOIN case_member m ON m.tenant = a.tenant AND m.agency_id = a.id AND m.case_id = $2 AND m.ended_at IS NULL
			WHERE a.tenant = $1
			ORDER BY CASE WHEN m.agency_id IS NULL THEN 1 ELSE 0 END, m.ord, a.category, a.name, a.id`, tenant, caseID)
	})
	return h, err
}
