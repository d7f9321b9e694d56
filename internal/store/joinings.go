package store

import (
	"context"
	"database/sql"

	"kasane/internal/access"
	"kasane/internal/community"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/joining"
)

var joiningChanged = fault.New(fault.Conflict, "ほかの人がこの参加支援を先に書きました。画面を更新して、もう一度お試しください。")

// Joinings implements joining.Store.
func (s *Store) Joinings(ctx context.Context, sc access.Scope, caseID string) (out []joining.Joining, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		place := map[string]int{}
		var p params
		where := caseScope(sc, &p, "j.tenant", "j.case_id")
		if caseID != "" {
			where += ` AND j.case_id = ` + p.add(caseID)
		}
		err := t.query(ctx, func(scan func(...any) error) error {
			var j joining.Joining
			var item, needs, fields string
			var when int64
			err := scan(&j.ID, &j.CaseID, &j.PersonID, &item, &needs, &fields, &j.Aim, &j.Wish, &j.Free, &j.District, &j.AgencyID, &j.AgencyName, &j.OpenedOn, &j.EndedOn, &j.N,
				&when, &j.By, &j.ByName, &j.CaseNumber, &j.Name, &j.Kana)
			if err != nil {
				return err
			}
			j.Item, j.At, j.Needs, j.Fields = consent.Item(item), at(when), []string{}, []string{}
			if err := fromJSON(needs, &j.Needs); err != nil {
				return err
			}
			place[j.ID] = len(out)
			out = append(out, j)
			return fromJSON(fields, &out[len(out)-1].Fields)
		}, `SELECT j.id, j.case_id, j.person_id, j.item, j.needs, j.fields, j.aim, j.wish, j.free, j.district, j.agency_id, a.name, j.opened_on, j.ended_on, j.n, j.at, j.by_user, j.by_name,
			c.number, q.name, q.kana FROM joining j JOIN agency a ON a.tenant = j.tenant AND a.id = j.agency_id JOIN case_file c ON c.tenant = j.tenant AND c.id = j.case_id
			JOIN person q ON q.tenant = j.tenant AND q.id = j.person_id WHERE `+where+` ORDER BY j.opened_on, j.id`, p.v...)
		if err != nil {
			return err
		}
		return t.query(ctx, func(scan func(...any) error) error {
			var x joining.Step
			var kind string
			var where, name sql.NullString
			var when int64
			err := scan(&x.ID, &x.JoiningID, &kind, &where, &name, &x.Day, &x.Method, &x.Outcome, &x.Body, &x.AgencyName, &x.By, &x.ByName, &when)
			x.Kind, x.PlaceID, x.PlaceName, x.At = joining.Kind(kind), where.String, name.String, at(when)
			if i, ok := place[x.JoiningID]; ok {
				out[i].Steps = append(out[i].Steps, x)
			}
			return err
		}, `SELECT x.id, x.joining_id, x.kind, x.place_id, l.name, x.day, x.method, x.outcome, x.body, x.agency_name, x.by_user, x.by_name, x.at FROM joining_step x
			JOIN joining j ON j.tenant = x.tenant AND j.id = x.joining_id LEFT JOIN place l ON l.tenant = x.tenant AND l.id = x.place_id
			WHERE `+where+` ORDER BY x.at, x.id`, p.v...)
	})
	return out, err
}

// AddJoining implements joining.Store.
func (s *Store) AddJoining(ctx context.Context, tenant string, j joining.Joining, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		var there int
		if err := t.row(ctx, `SELECT COUNT(*) FROM person WHERE tenant = $1 AND case_id = $2 AND id = $3`, tenant, j.CaseID, j.PersonID).Scan(&there); err != nil {
			return err
		}
		if there == 0 {
			return fault.New(fault.NotFound, "この世帯員は見つかりません。画面を更新してください。")
		}
		if err := goesOn(ctx, t, tenant, j.CaseID, "参加支援を始める"); err != nil {
			return err
		}
		if err := t.must(ctx, fault.New(fault.Conflict, "この人には、同じ情報の区分で続いている参加支援があります。そちらに記録するか、終わらせてから始めてください。"),
			`INSERT INTO joining (tenant, id, case_id, person_id, item, needs, fields, aim, wish, free, district, agency_id, opened_on, ended_on, n, at, by_user, by_name)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,'',$14,$15,$16,$17) ON CONFLICT DO NOTHING`,
			tenant, j.ID, j.CaseID, j.PersonID, string(j.Item), toJSON(j.Needs), toJSON(j.Fields), j.Aim, j.Wish, j.Free, j.District, j.AgencyID, j.OpenedOn, j.N, micros(j.At), j.By, j.ByName); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// SaveJoining implements joining.Store.
func (s *Store) SaveJoining(ctx context.Context, tenant string, j joining.Joining, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.must(ctx, joiningChanged, `UPDATE joining SET needs = $3, fields = $4, aim = $5, wish = $6, free = $7, district = $8, opened_on = $9, n = $10, at = $11, by_user = $12, by_name = $13
			WHERE tenant = $1 AND id = $2 AND n = $10 - 1 AND ended_on = ''`,
			tenant, j.ID, toJSON(j.Needs), toJSON(j.Fields), j.Aim, j.Wish, j.Free, j.District, j.OpenedOn, j.N, micros(j.At), j.By, j.ByName); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// AddStep implements joining.Store.
func (s *Store) AddStep(ctx context.Context, tenant string, j joining.Joining, x joining.Step, agencyID string, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		ended := ""
		if x.Kind == joining.KindEnd {
			ended = x.Day
		}
		if err := t.must(ctx, joiningChanged, `UPDATE joining SET n = $3, ended_on = $4 WHERE tenant = $1 AND id = $2 AND n = $3 - 1 AND ended_on = ''`, tenant, j.ID, j.N, ended); err != nil {
			return err
		}
		var where any
		if x.PlaceID != "" {
			where = x.PlaceID
			var there int
			if err := t.row(ctx, `SELECT COUNT(*) FROM place WHERE tenant = $1 AND id = $2`, tenant, x.PlaceID).Scan(&there); err != nil {
				return err
			}
			if there == 0 {
				return noPlace
			}
		}
		if _, err := t.exec(ctx, `INSERT INTO joining_step (tenant, id, joining_id, kind, place_id, day, method, outcome, body, agency_name, by_user, by_name, at)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`, tenant, x.ID, j.ID, string(x.Kind), where, x.Day, x.Method, x.Outcome, x.Body, x.AgencyName, x.By, x.ByName, micros(x.At)); err != nil {
			return err
		}
		if err := coordinate(ctx, t, tenant, j, x, agencyID); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// coordinate keeps the コーディネート of the place in step: nobody writes the same twice. What somebody wrote there by hand stays theirs.
func coordinate(ctx context.Context, t *tx, tenant string, j joining.Joining, x joining.Step, agencyID string) error {
	switch x.Kind {
	case joining.KindStart:
		_, err := t.exec(ctx, `INSERT INTO place_link (tenant, id, place_id, case_id, person_id, role, since, agency_id, by_user, by_name, made_at, result, result_on, n, at)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,'','',1,$11)`,
			tenant, x.ID, x.PlaceID, j.CaseID, j.PersonID, string(community.RoleParticipant), x.Day, agencyID, x.By, x.ByName, micros(x.At))
		return err
	case joining.KindStop:
		result := community.ResultEnded
		if x.Outcome == joining.Unfit {
			result = community.ResultUnfit
		}
		_, err := t.exec(ctx, `UPDATE place_link SET result = $5, result_on = $6, n = n + 1, at = $7 WHERE tenant = $1 AND place_id = $2 AND case_id = $3 AND person_id = $4 AND result IN ('', $8)
			AND id IN (SELECT y.id FROM joining_step y WHERE y.tenant = $1 AND y.joining_id = $9)`,
			tenant, x.PlaceID, j.CaseID, j.PersonID, string(result), x.Day, micros(x.At), string(community.ResultGoing), j.ID)
		return err
	}
	return nil
}

// Taken implements joining.Store.
func (s *Store) Taken(ctx context.Context, tenant string) (map[string]int, error) {
	out := map[string]int{}
	err := each(ctx, s.r, func(scan func(...any) error) error {
		var id string
		var n int
		err := scan(&id, &n)
		out[id] = n
		return err
	}, `SELECT place_id, COUNT(*) FROM place_link WHERE tenant = $1 AND role = $2 AND result IN ('', $3) GROUP BY place_id`, tenant, string(community.RoleParticipant), string(community.ResultGoing))
	return out, s.classify(err)
}

// PlaceCares implements community.Store.
func (s *Store) PlaceCares(ctx context.Context, tenant, placeID string) (out []community.Care, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		c := community.Care{PlaceID: placeID}
		var when int64
		err := scan(&c.ID, &c.Day, &c.Method, &c.Body, &c.AgencyName, &c.By, &c.ByName, &when)
		c.At = at(when)
		out = append(out, c)
		return err
	}, `SELECT id, day, method, body, agency_name, by_user, by_name, at FROM place_care WHERE tenant = $1 AND place_id = $2 ORDER BY day DESC, id DESC`, tenant, placeID)
	return out, s.classify(err)
}

// AddCare implements community.Store.
func (s *Store) AddCare(ctx context.Context, tenant string, c community.Care, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.must(ctx, noPlace, `INSERT INTO place_care (tenant, id, place_id, day, method, body, agency_name, by_user, by_name, at)
			SELECT p.tenant, $2, p.id, $4, $5, $6, $7, $8, $9, CAST($10 AS BIGINT) FROM place p WHERE p.tenant = $1 AND p.id = $3`,
			tenant, c.ID, c.PlaceID, c.Day, c.Method, c.Body, c.AgencyName, c.By, c.ByName, micros(c.At)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}
