package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"kasane/internal/access"
	"kasane/internal/community"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/joining"
)

var joiningChanged = fault.New(fault.Conflict, "ほかの人がこの参加支援を先に書きました。画面を更新して、もう一度お試しください。")

const (
	joiningColumns = `j.id, j.case_id, j.person_id, j.item, j.needs, j.fields, j.aim, j.wish, j.free, j.district, j.agency_id, a.name, j.opened_on, j.ended_on, j.n, j.at, j.by_user, j.by_name,
		c.number, q.name, q.kana`
	joiningTables = `joining j JOIN agency a ON a.tenant = j.tenant AND a.id = j.agency_id JOIN case_file c ON c.tenant = j.tenant AND c.id = j.case_id
		JOIN person q ON q.tenant = j.tenant AND q.id = j.person_id`
)

// Joinings implements joining.Store.
func (s *Store) Joinings(ctx context.Context, sc access.Scope, caseID string) (out []joining.Joining, err error) {
	err = s.read(ctx, func(t *tx) error {
		var p params
		where := caseScope(sc, &p, "j.tenant", "j.case_id")
		if caseID != "" {
			where += ` AND j.case_id = ` + p.add(caseID)
		}
		if out, err = joiningsOf(ctx, t, where+` ORDER BY j.opened_on, j.id`, p.v); err != nil {
			return err
		}
		return stepsInto(ctx, t, out, where, p.v)
	})
	return out, err
}

// JoiningPage implements joining.Store.
func (s *Store) JoiningPage(ctx context.Context, sc access.Scope, q joining.Query) (out []joining.Joining, err error) {
	err = s.read(ctx, func(t *tx) error {
		var p params
		where := caseScope(sc, &p, "j.tenant", "j.case_id")
		if q.State == "" {
			where += ` AND j.ended_on = ''`
		} else {
			where += ` AND j.state = ` + p.add(string(q.State))
		}
		if q.After != (joining.Cursor{}) {
			where += ` AND (j.last_on, j.id) > (` + p.add(q.After.LastOn) + `, ` + p.add(q.After.ID) + `)`
		}
		if out, err = joiningsOf(ctx, t, where+` ORDER BY j.last_on, j.id LIMIT `+p.add(q.Limit), p.v); err != nil || len(out) == 0 {
			return err
		}
		p = params{}
		where = `j.tenant = ` + p.add(sc.Tenant)
		in := make([]string, 0, len(out))
		for _, j := range out {
			in = append(in, p.add(j.ID))
		}
		return stepsInto(ctx, t, out, where+` AND j.id IN (`+strings.Join(in, ",")+`)`, p.v)
	})
	return out, err
}

// CountJoinings implements joining.Store.
func (s *Store) CountJoinings(ctx context.Context, sc access.Scope) (map[joining.State]int, error) {
	out := map[joining.State]int{}
	var p params
	err := each(ctx, s.r, func(scan func(...any) error) error {
		var st string
		var n int
		err := scan(&st, &n)
		out[joining.State(st)] = n
		return err
	}, `SELECT j.state, COUNT(*) FROM joining j WHERE `+caseScope(sc, &p, "j.tenant", "j.case_id")+` GROUP BY j.state`, p.v...)
	return out, s.classify(err)
}

func joiningsOf(ctx context.Context, t *tx, where string, args []any) (out []joining.Joining, err error) {
	err = t.query(ctx, func(scan func(...any) error) error {
		var j joining.Joining
		var item, needs, fields string
		var when int64
		err := scan(&j.ID, &j.CaseID, &j.PersonID, &item, &needs, &fields, &j.Aim, &j.Wish, &j.Free, &j.District, &j.AgencyID, &j.AgencyName, &j.OpenedOn, &j.EndedOn, &j.N,
			&when, &j.By, &j.ByName, &j.CaseNumber, &j.Name, &j.Kana)
		j.Item, j.At, j.Needs, j.Fields = consent.Item(item), at(when), []string{}, []string{}
		if err == nil {
			err = errors.Join(fromJSON(needs, &j.Needs), fromJSON(fields, &j.Fields))
		}
		out = append(out, j)
		return err
	}, `SELECT `+joiningColumns+` FROM `+joiningTables+` WHERE `+where, args...)
	return out, err
}

// stepsInto reads the steps of some in their order.
func stepsInto(ctx context.Context, t *tx, list []joining.Joining, where string, args []any) error {
	place := map[string]int{}
	for i, j := range list {
		place[j.ID] = i
	}
	return t.query(ctx, func(scan func(...any) error) error {
		var x joining.Step
		var kind string
		var where, name sql.NullString
		var when int64
		err := scan(&x.ID, &x.JoiningID, &kind, &where, &name, &x.Day, &x.Method, &x.Outcome, &x.Body, &x.AgencyName, &x.By, &x.ByName, &when)
		x.Kind, x.PlaceID, x.PlaceName, x.At = joining.Kind(kind), where.String, name.String, at(when)
		if i, ok := place[x.JoiningID]; ok {
			list[i].Steps = append(list[i].Steps, x)
		}
		return err
	}, `SELECT x.id, x.joining_id, x.kind, x.place_id, l.name, x.day, x.method, x.outcome, x.body, x.agency_name, x.by_user, x.by_name, x.at FROM joining_step x
		JOIN joining j ON j.tenant = x.tenant AND j.id = x.joining_id LEFT JOIN place l ON l.tenant = x.tenant AND l.id = x.place_id
		WHERE `+where+` ORDER BY x.at, x.id`, args...)
}

// standJoining writes anew what follows from the steps.
func standJoining(ctx context.Context, t *tx, tenant, id string) error {
	where, args := `j.tenant = $1 AND j.id = $2`, []any{tenant, id}
	list, err := joiningsOf(ctx, t, where, args)
	if err != nil || len(list) == 0 {
		return err
	}
	if err := stepsInto(ctx, t, list, where, args); err != nil {
		return err
	}
	_, err = t.exec(ctx, `UPDATE joining SET state = $3, last_on = $4 WHERE tenant = $1 AND id = $2`, tenant, id, string(list[0].Standing()), list[0].LastOn())
	return err
}

// standOld does so for those that were written before anybody listed them in pages.
func (s *Store) standOld(ctx context.Context) error {
	for {
		n := 0
		err := s.write(ctx, func(t *tx) error {
			var list [][2]string
			if err := t.query(ctx, func(scan func(...any) error) error {
				var x [2]string
				err := scan(&x[0], &x[1])
				list = append(list, x)
				return err
			}, `SELECT tenant, id FROM joining WHERE state = '' ORDER BY tenant, id LIMIT 200`); err != nil {
				return err
			}
			for _, x := range list {
				if err := standJoining(ctx, t, x[0], x[1]); err != nil {
					return err
				}
			}
			n = len(list)
			return nil
		})
		if err != nil || n == 0 {
			return err
		}
	}
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
		if err := standJoining(ctx, t, tenant, j.ID); err != nil {
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
		if err := standJoining(ctx, t, tenant, j.ID); err != nil {
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
		if err := errors.Join(coordinate(ctx, t, tenant, j, x, agencyID), standJoining(ctx, t, tenant, j.ID)); err != nil {
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
