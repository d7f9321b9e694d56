package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/files"
	"kasane/internal/handouts"
)

var noHandout = fault.New(fault.NotFound, "資料が見つかりません。回収されたか、閲覧できる期間が終わりました。")

const handoutBook = `SELECT h.meeting_id, h.agenda_id, h.person_id, h.item, h.by_name, h.by_agency, h.taken_back,
	f.id, f.tenant, f.case_id, f.purpose, f.name, f.type, f.size, f.sha256, f.created_by, f.created_at
	FROM handout h JOIN file_blob f ON f.tenant = h.tenant AND f.id = h.id
	JOIN meeting g ON g.tenant = h.tenant AND g.id = h.meeting_id WHERE `

const handoutRows = handoutBook + `h.taken_back IS NULL AND `

func scanHandout(scan func(...any) error) (h handouts.Handout, err error) {
	var item, purpose string
	var made int64
	var back sql.NullInt64
	f := &h.File
	err = scan(&h.MeetingID, &h.AgendaID, &h.PersonID, &item, &h.ByName, &h.ByAgency, &back,
		&f.ID, &f.Tenant, &f.CaseID, &purpose, &f.Name, &f.Type, &f.Size, &f.SHA256, &f.CreatedBy, &made)
	h.Item, f.Purpose, f.CreatedAt = consent.Item(item), files.Purpose(purpose), at(made)
	if back.Valid {
		when := at(back.Int64)
		h.TakenBack = &when
	}
	return h, err
}

// PutHandout implements handouts.Store.
func (s *Store) PutHandout(ctx context.Context, h handouts.Handout, sealed []byte, e access.Entry) error {
	f := h.File
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := t.must(ctx, noMeeting, `INSERT INTO file_blob (tenant, id, case_id, purpose, name, type, size, sha256, created_by, created_at, sealed)
			SELECT g.tenant, $2, g.case_id, $4, $5, $6, CAST($7 AS BIGINT), $8, $9, CAST($10 AS BIGINT), $11 FROM meeting g WHERE g.tenant = $1 AND g.case_id = $3 AND g.id = $12`,
			f.Tenant, f.ID, f.CaseID, string(f.Purpose), f.Name, f.Type, f.Size, f.SHA256, f.CreatedBy, micros(f.CreatedAt), sealed, h.MeetingID); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `INSERT INTO handout (tenant, id, meeting_id, case_id, agenda_id, person_id, item, by_name, by_agency, taken_back)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,NULL)`, f.Tenant, f.ID, h.MeetingID, f.CaseID, h.AgendaID, h.PersonID, string(h.Item), h.ByName, h.ByAgency); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// Handouts implements handouts.Store.
func (s *Store) Handouts(ctx context.Context, sc access.Scope, meetingID string) ([]handouts.Handout, error) {
	return s.handedOut(ctx, sc, handoutRows, meetingID)
}

// HandoutBook implements handouts.Store.
func (s *Store) HandoutBook(ctx context.Context, sc access.Scope, meetingID string) ([]handouts.Handout, error) {
	return s.handedOut(ctx, sc, handoutBook, meetingID)
}

func (s *Store) handedOut(ctx context.Context, sc access.Scope, rows, meetingID string) (out []handouts.Handout, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		var p params
		where := meetingScope(sc, &p)
		return t.query(ctx, func(scan func(...any) error) error {
			h, err := scanHandout(scan)
			out = append(out, h)
			return err
		}, rows+where+` AND g.id = `+p.add(meetingID)+` ORDER BY f.created_at, f.id`, p.v...)
	})
	return out, err
}

// Handout implements handouts.Store.
func (s *Store) Handout(ctx context.Context, sc access.Scope, meetingID, id string) (h handouts.Handout, err error) {
	err = s.read(ctx, func(t *tx) error {
		var p params
		where := meetingScope(sc, &p)
		h, err = scanHandout(t.row(ctx, handoutRows+where+` AND g.id = `+p.add(meetingID)+` AND h.id = `+p.add(id), p.v...).Scan)
		return orMissing(err, noHandout)
	})
	return h, err
}

// HandoutReceipts implements handouts.Store.
func (s *Store) HandoutReceipts(ctx context.Context, sc access.Scope, meetingID string) (out []handouts.Receipt, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		var p params
		where := meetingScope(sc, &p)
		return t.query(ctx, func(scan func(...any) error) error {
			var r handouts.Receipt
			var deed string
			var when int64
			err := scan(&r.ID, &r.HandoutID, &r.UserID, &r.UserName, &r.AgencyID, &r.AgencyName, &deed, &when)
			r.Deed, r.At = handouts.Deed(deed), at(when)
			out = append(out, r)
			return err
		}, `SELECT r.id, r.handout_id, r.user_id, r.user_name, r.agency_id, r.agency_name, r.deed, r.at FROM handout_receipt r
			JOIN handout h ON h.tenant = r.tenant AND h.id = r.handout_id JOIN meeting g ON g.tenant = h.tenant AND g.id = h.meeting_id
			WHERE `+where+` AND g.id = `+p.add(meetingID)+` ORDER BY r.at, r.id`, p.v...)
	})
	return out, err
}

// ReceiveHandout implements handouts.Store.
func (s *Store) ReceiveHandout(ctx context.Context, tenant string, r handouts.Receipt, e access.Entry) (sealed []byte, err error) {
	err = s.lockingWrite(ctx, func(t *tx) error {
		if err := t.must(ctx, noHandout, `INSERT INTO handout_receipt (tenant, id, handout_id, user_id, user_name, agency_id, agency_name, deed, at)
			SELECT h.tenant, $2, h.id, $4, $5, $6, $7, $8, CAST($9 AS BIGINT) FROM handout h WHERE h.tenant = $1 AND h.id = $3 AND h.taken_back IS NULL`,
			tenant, r.ID, r.HandoutID, r.UserID, r.UserName, r.AgencyID, r.AgencyName, string(r.Deed), micros(r.At)); err != nil {
			return err
		}
		if err := t.row(ctx, `SELECT sealed FROM file_blob WHERE tenant = $1 AND id = $2`, tenant, r.HandoutID).Scan(&sealed); err != nil {
			return orMissing(err, noHandout)
		}
		return t.audit(ctx, e)
	})
	return sealed, err
}

// TakeBackHandout implements handouts.Store.
func (s *Store) TakeBackHandout(ctx context.Context, tenant, id string, now time.Time, e access.Entry) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := t.must(ctx, noHandout, `UPDATE handout SET taken_back = $3 WHERE tenant = $1 AND id = $2 AND taken_back IS NULL`, tenant, id, micros(now)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// HandoutDays implements handouts.Store.
func (s *Store) HandoutDays(ctx context.Context, tenant string) (days int, err error) {
	err = s.read(ctx, func(t *tx) error {
		err := t.row(ctx, `SELECT days FROM handout_days WHERE tenant = $1`, tenant).Scan(&days)
		if errors.Is(err, sql.ErrNoRows) {
			days, err = handouts.DefaultDays, nil
		}
		return err
	})
	return days, err
}

// SaveHandoutDays implements handouts.Store.
func (s *Store) SaveHandoutDays(ctx context.Context, tenant string, days int, e access.Entry) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `INSERT INTO handout_days (tenant, days) VALUES ($1, $2) ON CONFLICT (tenant) DO UPDATE SET days = excluded.days`, tenant, days); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}
