package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/outreach"
)

const reachColumns = `tenant, id, case_id, person_id, item, agency_id, agency_name, user_id, user_name, at, method, met, place, body, relation, replaces, recorded_at, kind, target, next_step`

func scanOutreach(scan func(...any) error) (x outreach.Entry, err error) {
	var item, met, kind string
	var when, recorded int64
	if err := scan(&x.Tenant, &x.ID, &x.CaseID, &x.PersonID, &item, &x.AgencyID, &x.AgencyName, &x.UserID, &x.UserName, &when, &x.Method, &met, &x.Place, &x.Body,
		&x.Relation, &x.Replaces, &recorded, &kind, &x.Target, &x.NextStep); err != nil {
		return x, err
	}
	x.Kind, x.Item, x.At, x.RecordedAt = outreach.Kind(kind), consent.Item(item), at(when), at(recorded)
	return x, fromJSON(met, &x.Met)
}

// OutreachEntries implements outreach.Store.
func (s *Store) OutreachEntries(ctx context.Context, sc access.Scope, caseID string) (out []outreach.Entry, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		if err := caseSeen(ctx, t, sc, caseID); err != nil {
			return err
		}
		return t.query(ctx, func(scan func(...any) error) error {
			x, err := scanOutreach(scan)
			out = append(out, x)
			return err
		}, `SELECT `+reachColumns+` FROM outreach_entry WHERE tenant = $1 AND case_id = $2 ORDER BY at DESC, recorded_at DESC, id DESC LIMIT 500`, sc.Tenant, caseID)
	})
	return out, err
}

// AddOutreach implements outreach.Store.
func (s *Store) AddOutreach(ctx context.Context, x outreach.Entry, done string, next *outreach.Visit, e access.Entry) (added bool, err error) {
	err = s.write(ctx, func(t *tx) error {
		added = false
		if x.Replaces != "" {
			if err := replaceable(ctx, t, x); err != nil {
				return err
			}
		}
		n, err := t.exec(ctx, `INSERT INTO outreach_entry (`+reachColumns+`)
			SELECT c.tenant, $3, c.id, $4, $5, $6, $7, $8, $9, CAST($10 AS BIGINT), $11, $12, $13, $14, $15, $16, CAST($17 AS BIGINT), $18, $19, $20
			FROM case_file c WHERE c.tenant = $1 AND c.id = $2 ON CONFLICT DO NOTHING`,
			x.Tenant, x.CaseID, x.ID, x.PersonID, string(x.Item), x.AgencyID, x.AgencyName, x.UserID, x.UserName, micros(x.At), x.Method, toJSON(x.Met), x.Place, x.Body,
			x.Relation, x.Replaces, micros(x.RecordedAt), string(x.Kind), x.Target, x.NextStep)
		if err != nil {
			return err
		}
		if n == 0 {
			return alreadyThere(ctx, t, x)
		}
		added = true
		if done != "" { // somebody may have done or dropped it meanwhile: the entry stands all the same
			if _, err := t.exec(ctx, `UPDATE outreach_visit SET state = $1, entry_id = $2, version = version + 1
				WHERE tenant = $3 AND id = $4 AND case_id = $5 AND agency_id = $6 AND state = $7`,
				string(outreach.VisitDone), x.ID, x.Tenant, done, x.CaseID, x.AgencyID, string(outreach.VisitPlanned)); err != nil {
				return err
			}
		}
		if next != nil {
			if _, err := insertVisit(ctx, t, *next); err != nil {
				return err
			}
		}
		return t.audit(ctx, e)
	})
	return added, err
}

// replaceable tells whether an entry may take the place of another: one of the same case and agency that still stands, or stands corrected by this very entry.
func replaceable(ctx context.Context, t *tx, x outreach.Entry) error {
	var one int
	err := t.row(ctx, `SELECT 1 FROM outreach_entry WHERE tenant = $1 AND id = $2 AND case_id = $3 AND agency_id = $4`, x.Tenant, x.Replaces, x.CaseID, x.AgencyID).Scan(&one)
	if err != nil {
		return orMissing(err, fault.New(fault.NotFound, "訂正する記録が見つかりません。画面を更新してください。"))
	}
	var by string
	err = t.row(ctx, `SELECT id FROM outreach_entry WHERE tenant = $1 AND replaces = $2`, x.Tenant, x.Replaces).Scan(&by)
	if err := orMissing(err, nil); err != nil {
		return err
	}
	if by != "" && by != x.ID {
		return fault.New(fault.Conflict, "この記録は、ほかの人が先に訂正しました。画面を更新して、いまの内容を確かめてください。").On("replaces")
	}
	return nil
}

// alreadyThere is nil when an entry was kept before, word by word: it was sent again because no answer came.
func alreadyThere(ctx context.Context, t *tx, x outreach.Entry) error {
	have, err := scanOutreach(t.row(ctx, `SELECT `+reachColumns+` FROM outreach_entry WHERE tenant = $1 AND id = $2`, x.Tenant, x.ID).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return noCase
	}
	if err != nil {
		return err
	}
	same := have.CaseID == x.CaseID && have.PersonID == x.PersonID && have.Item == x.Item && have.AgencyID == x.AgencyID && have.UserID == x.UserID && have.At.Equal(x.At) &&
		have.Method == x.Method && slices.Equal(have.Met, x.Met) && have.Place == x.Place && have.Body == x.Body && have.Relation == x.Relation && have.Replaces == x.Replaces &&
		have.Kind == x.Kind && have.Target == x.Target && have.NextStep == x.NextStep
	if !same {
		return fault.New(fault.Conflict, "この記録は、別の内容ですでに届いています。画面を更新し、変えるときは「訂正」を使ってください。").On("id")
	}
	return nil
}

var noVisit = fault.New(fault.NotFound, "この予定は見つかりません。画面を更新してください。")

const visitColumns = `v.tenant, v.id, v.case_id, v.person_id, v.agency_id, v.user_id, v.user_name, v.day, v.clock, v.ord, v.state, v.entry_id, v.version, v.made_at`

// lastPlace is where a visit stands in the list of its day until somebody puts it elsewhere: behind all that were put in order, by its time.
const lastPlace = 1000

const visitOrder = `v.day, v.ord, CASE WHEN v.clock = '' THEN '99' ELSE v.clock END, v.made_at, v.id`

func scanVisit(scan func(...any) error, more ...any) (v outreach.Visit, err error) {
	var state string
	var made int64
	err = scan(append([]any{&v.Tenant, &v.ID, &v.CaseID, &v.PersonID, &v.AgencyID, &v.UserID, &v.UserName, &v.Day, &v.Clock, &v.Ord, &state, &v.EntryID, &v.Version, &made}, more...)...)
	v.State, v.MadeAt = outreach.VisitState(state), at(made)
	return v, err
}

// insertVisit tells how many rows were added: none when the id is taken or there is no such case.
func insertVisit(ctx context.Context, t *tx, v outreach.Visit) (int64, error) {
	return t.exec(ctx, `INSERT INTO outreach_visit (tenant, id, case_id, person_id, agency_id, user_id, user_name, day, clock, ord, state, entry_id, version, made_at)
		SELECT c.tenant, $3, c.id, $4, $5, $6, $7, $8, $9, CAST($10 AS BIGINT), $11, '', 1, CAST($12 AS BIGINT) FROM case_file c WHERE c.tenant = $1 AND c.id = $2 ON CONFLICT DO NOTHING`,
		v.Tenant, v.CaseID, v.ID, v.PersonID, v.AgencyID, v.UserID, v.UserName, v.Day, v.Clock, lastPlace, string(outreach.VisitPlanned), micros(v.MadeAt))
}

// AddOutreachVisit implements outreach.Store.
func (s *Store) AddOutreachVisit(ctx context.Context, v outreach.Visit, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		n, err := insertVisit(ctx, t, v)
		if err != nil {
			return err
		}
		if n > 0 {
			return t.audit(ctx, e)
		}
		var caseID, agencyID string
		if err := t.row(ctx, `SELECT case_id, agency_id FROM outreach_visit WHERE tenant = $1 AND id = $2`, v.Tenant, v.ID).Scan(&caseID, &agencyID); err != nil {
			return orMissing(err, noCase)
		}
		if caseID != v.CaseID || agencyID != v.AgencyID {
			return fault.New(fault.Conflict, "この予定の番号は使われています。画面を更新して、もう一度入力してください。").On("id")
		}
		return nil
	})
}

// OutreachVisits implements outreach.Store.
func (s *Store) OutreachVisits(ctx context.Context, sc access.Scope, caseID string) (out []outreach.Visit, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		if err := caseSeen(ctx, t, sc, caseID); err != nil {
			return err
		}
		return t.query(ctx, func(scan func(...any) error) error {
			v, err := scanVisit(scan)
			out = append(out, v)
			return err
		}, `SELECT `+visitColumns+` FROM outreach_visit v WHERE v.tenant = $1 AND v.case_id = $2 AND v.state = $3 ORDER BY `+visitOrder+` LIMIT 100`,
			sc.Tenant, caseID, string(outreach.VisitPlanned))
	})
	return out, err
}

// OutreachVisit implements outreach.Store.
func (s *Store) OutreachVisit(ctx context.Context, sc access.Scope, id string) (v outreach.Visit, err error) {
	err = s.read(ctx, func(t *tx) error {
		var p params
		where := caseScope(sc, &p, "v.tenant", "v.case_id")
		v, err = scanVisit(t.row(ctx, `SELECT `+visitColumns+` FROM outreach_visit v WHERE `+where+` AND v.id = `+p.add(id), p.v...).Scan)
		return orMissing(err, noVisit)
	})
	return v, err
}

// OutreachDay implements outreach.Store.
func (s *Store) OutreachDay(ctx context.Context, sc access.Scope, agencyID, day string) (out []outreach.DayVisit, err error) {
	var p params
	where := caseScope(sc, &p, "v.tenant", "v.case_id") + ` AND v.agency_id = ` + p.add(agencyID)
	d := p.add(day)
	where += ` AND (v.state = ` + p.add(string(outreach.VisitPlanned)) + ` AND v.day <= ` + d + ` OR v.state = ` + p.add(string(outreach.VisitDone)) + ` AND v.day = ` + d + `)`
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var x outreach.DayVisit
		var err error
		x.Visit, err = scanVisit(scan, &x.CaseNumber)
		out = append(out, x)
		return err
	}, `SELECT `+visitColumns+`, c.number FROM outreach_visit v JOIN case_file c ON c.tenant = v.tenant AND c.id = v.case_id
		WHERE `+where+` ORDER BY `+visitOrder+` LIMIT 200`, p.v...)
	return out, s.classify(err)
}

// UpdateOutreachVisit implements outreach.Store. On another day it stands last.
func (s *Store) UpdateOutreachVisit(ctx context.Context, v outreach.Visit, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.must(ctx, fault.New(fault.Conflict, "この予定は、ほかの人が先に変えました。画面を更新してください。"),
			`UPDATE outreach_visit SET ord = CASE WHEN day = $1 THEN ord ELSE CAST($2 AS BIGINT) END, day = $1, clock = $3, user_id = $4, user_name = $5, state = $6, version = version + 1
			WHERE tenant = $7 AND id = $8 AND version = $9 AND state = $10`,
			v.Day, lastPlace, v.Clock, v.UserID, v.UserName, string(v.State), v.Tenant, v.ID, v.Version, string(outreach.VisitPlanned)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// OrderOutreachVisits implements outreach.Store.
func (s *Store) OrderOutreachVisits(ctx context.Context, tenant, agencyID, day string, ids []string, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		var found int64
		for i, id := range ids {
			n, err := t.exec(ctx, `UPDATE outreach_visit SET ord = CAST($1 AS BIGINT) WHERE tenant = $2 AND id = $3 AND agency_id = $4 AND day = $5`, i+1, tenant, id, agencyID, day)
			if err != nil {
				return err
			}
			found += n
		}
		if found == 0 {
			return noVisit
		}
		return t.audit(ctx, e)
	})
}

// OutreachSafety implements outreach.Store.
func (s *Store) OutreachSafety(ctx context.Context, sc access.Scope, caseID string) (v outreach.Safety, err error) {
	err = s.read(ctx, func(t *tx) error {
		v = outreach.Safety{}
		if err := caseSeen(ctx, t, sc, caseID); err != nil {
			return err
		}
		var codes string
		var when int64
		err := t.row(ctx, `SELECT codes, note, version, at, by_user, by_name, by_agency FROM outreach_safety WHERE tenant = $1 AND case_id = $2`, sc.Tenant, caseID).
			Scan(&codes, &v.Note, &v.Version, &when, &v.By, &v.ByName, &v.ByAgency)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		v.CaseID, v.At = caseID, at(when)
		return fromJSON(codes, &v.Codes)
	})
	return v, err
}

// SaveOutreachSafety implements outreach.Store.
func (s *Store) SaveOutreachSafety(ctx context.Context, tenant string, v outreach.Safety, e access.Entry) error {
	changed := fault.New(fault.Conflict, "安全上の留意は、ほかの人が先に変えました。画面を更新して、いまの内容を確かめてください。")
	codes := toJSON(v.Codes)
	if v.Codes == nil {
		codes = "[]"
	}
	return s.write(ctx, func(t *tx) error {
		var err error
		if v.Version == 0 {
			if err := caseSeen(ctx, t, access.Scope{Tenant: tenant, All: true}, v.CaseID); err != nil {
				return err
			}
			err = t.must(ctx, changed, `INSERT INTO outreach_safety (tenant, case_id, codes, note, version, at, by_user, by_name, by_agency) VALUES ($1,$2,$3,$4,1,$5,$6,$7,$8) ON CONFLICT DO NOTHING`,
				tenant, v.CaseID, codes, v.Note, micros(v.At), v.By, v.ByName, v.ByAgency)
		} else {
			err = t.must(ctx, changed, `UPDATE outreach_safety SET codes = $1, note = $2, version = version + 1, at = $3, by_user = $4, by_name = $5, by_agency = $6
				WHERE tenant = $7 AND case_id = $8 AND version = $9`, codes, v.Note, micros(v.At), v.By, v.ByName, v.ByAgency, tenant, v.CaseID, v.Version)
		}
		if err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}
