package store

import (
	"context"
	"database/sql"
	"math"
	"time"

	"kasane/internal/access"
	"kasane/internal/community"
	"kasane/internal/consent"
	"kasane/internal/fault"
)

var (
	noPlace      = fault.New(fault.NotFound, "この資源は台帳にありません。一覧を読み込み直してください。")
	placeChanged = fault.New(fault.Conflict, "ほかの人がこの資源を先に変えました。入力を控えてから画面を更新し、もう一度お試しください。")
	noPlaceHome  = fault.New(fault.Invalid, "担当機関を選び直してください。").On("agencyId")
)

const placeColumns = `p.id, p.name, p.kind, p.fields, p.district, p.address, p.lat, p.lng, p.capacity, p.hours, p.contact, p.terms, p.state, p.agency_id, a.name, p.note,
	p.issue_meeting, p.issue_note, p.made_at, p.opened_at, p.n, p.at, p.by_user, p.by_name
	FROM place p JOIN agency a ON a.tenant = p.tenant AND a.id = p.agency_id`

func scanPlace(scan func(...any) error) (p community.Place, err error) {
	var fields, state string
	var lat, lng, capacity, opened nullInt
	var made, when int64
	err = scan(&p.ID, &p.Name, &p.Kind, &fields, &p.District, &p.Address, &lat, &lng, &capacity, &p.Hours, &p.Contact, &p.Terms, &state, &p.AgencyID, &p.AgencyName, &p.Note,
		&p.IssueMeeting, &p.IssueNote, &made, &opened, &p.N, &when, &p.By, &p.ByName)
	if err != nil {
		return p, err
	}
	p.Fields = []string{}
	if err := fromJSON(fields, &p.Fields); err != nil {
		return p, err
	}
	p.State, p.MadeAt, p.OpenedAt, p.At = community.State(state), at(made), atPtr(opened), at(when)
	p.Lat, p.Lng = degrees(lat), degrees(lng)
	if capacity.Valid {
		n := int(capacity.Int64)
		p.Capacity = &n
	}
	return p, nil
}

// degrees reads a point on the map that is kept in millionths.
func degrees(v nullInt) *float64 {
	if !v.Valid {
		return nil
	}
	d := float64(v.Int64) / 1e6
	return &d
}

// millionths is how a degree is kept.
func millionths(v *float64) any {
	if v == nil {
		return nil
	}
	return int64(math.Round(*v * 1e6))
}

// Places implements community.Store.
func (s *Store) Places(ctx context.Context, tenant string) (out []community.Place, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		p, err := scanPlace(scan)
		out = append(out, p)
		return err
	}, `SELECT `+placeColumns+` WHERE p.tenant = $1 ORDER BY p.id`, tenant)
	return out, s.classify(err)
}

// Place implements community.Store.
func (s *Store) Place(ctx context.Context, tenant, id string) (p community.Place, err error) {
	err = s.read(ctx, func(t *tx) error {
		p, err = scanPlace(t.row(ctx, `SELECT `+placeColumns+` WHERE p.tenant = $1 AND p.id = $2`, tenant, id).Scan)
		return orMissing(err, noPlace)
	})
	return p, err
}

// SavePlace implements community.Store.
func (s *Store) SavePlace(ctx context.Context, tenant string, p community.Place, issue string, e access.Entry) error {
	var capacity any
	if p.Capacity != nil {
		capacity = int64(*p.Capacity)
	}
	return s.write(ctx, func(t *tx) error {
		var known int
		if err := t.row(ctx, `SELECT COUNT(*) FROM agency WHERE tenant = $1 AND id = $2`, tenant, p.AgencyID).Scan(&known); err != nil {
			return err
		}
		if known == 0 {
			return noPlaceHome
		}
		args := []any{tenant, p.ID, p.Name, p.Kind, toJSON(p.Fields), p.District, p.Address, millionths(p.Lat), millionths(p.Lng), capacity, p.Hours, p.Contact, p.Terms,
			string(p.State), p.AgencyID, p.Note, microsPtr(p.OpenedAt), p.N, micros(p.At), p.By, p.ByName}
		query := `UPDATE place SET name = $3, kind = $4, fields = $5, district = $6, address = $7, lat = $8, lng = $9, capacity = $10, hours = $11, contact = $12, terms = $13,
			state = $14, agency_id = $15, note = $16, opened_at = $17, n = $18, at = $19, by_user = $20, by_name = $21 WHERE tenant = $1 AND id = $2 AND n = $18 - 1`
		if p.N == 1 {
			args = append(args, p.IssueMeeting, p.IssueNote, micros(p.MadeAt))
			query = `INSERT INTO place (tenant, id, name, kind, fields, district, address, lat, lng, capacity, hours, contact, terms, state, agency_id, note, opened_at, n, at, by_user,
				by_name, issue_meeting, issue_note, made_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24) ON CONFLICT DO NOTHING`
		}
		if err := t.must(ctx, placeChanged, query, args...); err != nil {
			return err
		}
		if issue != "" {
			if err := t.must(ctx, noMeeting, `INSERT INTO local_issue (tenant, note_id, meeting_id, theme, state, at, by_user)
				SELECT g.tenant, $3, g.id, '', $4, CAST($5 AS BIGINT), $6 FROM meeting g WHERE g.tenant = $1 AND g.id = $2
				ON CONFLICT (tenant, note_id) DO UPDATE SET state = excluded.state, at = excluded.at, by_user = excluded.by_user`,
				tenant, p.IssueMeeting, p.IssueNote, issue, micros(p.At), p.By); err != nil {
				return err
			}
		}
		return t.audit(ctx, e)
	})
}

// PlaceDays implements community.Store.
func (s *Store) PlaceDays(ctx context.Context, tenant, placeID string) (out []community.Day, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		d := community.Day{PlaceID: placeID}
		var when int64
		err := scan(&d.ID, &d.Day, &d.Children, &d.Young, &d.Working, &d.Elder, &d.Note, &when, &d.By, &d.ByName)
		d.At = at(when)
		out = append(out, d)
		return err
	}, `SELECT id, day, children, young, working, elder, note, at, by_user, by_name FROM place_day WHERE tenant = $1 AND place_id = $2 AND gone_at IS NULL
		ORDER BY day DESC, id DESC`, tenant, placeID)
	return out, s.classify(err)
}

// AddDay implements community.Store.
func (s *Store) AddDay(ctx context.Context, tenant string, d community.Day, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.must(ctx, noPlace, `INSERT INTO place_day (tenant, id, place_id, day, children, young, working, elder, note, at, by_user, by_name, gone_at)
			SELECT p.tenant, $2, p.id, $4, CAST($5 AS BIGINT), CAST($6 AS BIGINT), CAST($7 AS BIGINT), CAST($8 AS BIGINT), $9, CAST($10 AS BIGINT), $11, $12, NULL
			FROM place p WHERE p.tenant = $1 AND p.id = $3`,
			tenant, d.ID, d.PlaceID, d.Day, d.Children, d.Young, d.Working, d.Elder, d.Note, micros(d.At), d.By, d.ByName); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// DropDay implements community.Store.
func (s *Store) DropDay(ctx context.Context, tenant, placeID, id string, now time.Time, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.must(ctx, fault.New(fault.NotFound, "この活動日は見つかりません。画面を更新してください。"),
			`UPDATE place_day SET gone_at = $4 WHERE tenant = $1 AND place_id = $2 AND id = $3 AND gone_at IS NULL`, tenant, placeID, id, micros(now)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// PlaceLinks implements community.Store.
func (s *Store) PlaceLinks(ctx context.Context, tenant, placeID string) (out []community.Link, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		l := community.Link{PlaceID: placeID}
		var role, result string
		var caseID, number, person, name, agency, item sql.NullString
		var made, when int64
		err := scan(&l.ID, &caseID, &number, &person, &name, &role, &l.Since, &l.AgencyID, &agency, &l.By, &l.ByName, &made, &result, &l.ResultOn, &l.N, &when, &item)
		l.Item = consent.Item(item.String)
		l.CaseID, l.CaseNumber, l.PersonID, l.Name, l.AgencyName = caseID.String, number.String, person.String, name.String, agency.String
		l.Role, l.Result, l.MadeAt, l.At = community.Role(role), community.Result(result), at(made), at(when)
		out = append(out, l)
		return err
	}, `SELECT l.id, l.case_id, c.number, l.person_id, q.name, l.role, l.since, l.agency_id, a.name, l.by_user, l.by_name, l.made_at, l.result, l.result_on, l.n, l.at, j.item
		FROM place_link l LEFT JOIN case_file c ON c.tenant = l.tenant AND c.id = l.case_id LEFT JOIN person q ON q.tenant = l.tenant AND q.id = l.person_id
		LEFT JOIN agency a ON a.tenant = l.tenant AND a.id = l.agency_id
		LEFT JOIN joining_step x ON x.tenant = l.tenant AND x.id = l.id LEFT JOIN joining j ON j.tenant = x.tenant AND j.id = x.joining_id
		WHERE l.tenant = $1 AND l.place_id = $2 ORDER BY l.since DESC, l.id DESC`, tenant, placeID)
	return out, s.classify(err)
}

// AddLink implements community.Store.
func (s *Store) AddLink(ctx context.Context, tenant string, l community.Link, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		var caseID, person any
		if l.CaseID != "" {
			var there int
			if err := t.row(ctx, `SELECT COUNT(*) FROM person WHERE tenant = $1 AND case_id = $2 AND id = $3`, tenant, l.CaseID, l.PersonID).Scan(&there); err != nil {
				return err
			}
			if there == 0 {
				return fault.New(fault.NotFound, "この世帯員は見つかりません。画面を更新してください。")
			}
			caseID, person = l.CaseID, l.PersonID
		}
		if err := t.must(ctx, noPlace, `INSERT INTO place_link (tenant, id, place_id, case_id, person_id, role, since, agency_id, by_user, by_name, made_at, result, result_on, n, at)
			SELECT p.tenant, $2, p.id, $4, $5, $6, $7, $8, $9, $10, CAST($11 AS BIGINT), $12, $13, CAST($14 AS BIGINT), CAST($15 AS BIGINT)
			FROM place p WHERE p.tenant = $1 AND p.id = $3`,
			tenant, l.ID, l.PlaceID, caseID, person, string(l.Role), l.Since, l.AgencyID, l.By, l.ByName, micros(l.MadeAt), string(l.Result), l.ResultOn, l.N, micros(l.At)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// SetLink implements community.Store.
func (s *Store) SetLink(ctx context.Context, tenant string, l community.Link, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.must(ctx, fault.New(fault.Conflict, "ほかの人がこのつなぎの結果を先に記録しました。画面を更新してください。"),
			`UPDATE place_link SET result = $4, result_on = $5, n = $6, at = $7 WHERE tenant = $1 AND place_id = $2 AND id = $3 AND n = $6 - 1`,
			tenant, l.PlaceID, l.ID, string(l.Result), l.ResultOn, l.N, micros(l.At)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}
