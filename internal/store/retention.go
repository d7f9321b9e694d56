package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/fault"
	"kasane/internal/meeting"
)

// RetentionTable implements archive.Keepings.
func (s *Store) RetentionTable(ctx context.Context, tenant string) (t archive.Table, err error) {
	err = s.read(ctx, func(x *tx) error {
		t, err = retentionTable(ctx, x, tenant)
		return err
	})
	return t, err
}

func retentionTable(ctx context.Context, x *tx, tenant string) (t archive.Table, err error) {
	var body string
	var us int64
	err = x.row(ctx, `SELECT version, body, at, by_user FROM retention_table WHERE tenant = $1 ORDER BY version DESC LIMIT 1`, tenant).Scan(&t.Version, &body, &us, &t.By)
	if errors.Is(err, sql.ErrNoRows) {
		return archive.Table{}, nil
	}
	if err != nil {
		return t, err
	}
	t.At = at(us)
	return t, fromJSON(body, &t.Classes)
}

// SaveRetentionTable implements archive.Keepings.
func (s *Store) SaveRetentionTable(ctx context.Context, tenant string, t archive.Table, e access.Entry) error {
	return s.write(ctx, func(x *tx) error {
		have, err := retentionTable(ctx, x, tenant)
		if err != nil {
			return err
		}
		if have.Version+1 != t.Version {
			return fault.New(fault.Conflict, "ほかの人が文書分類表を先に変更しました。画面を更新して、もう一度お試しください。")
		}
		if _, err := x.exec(ctx, `INSERT INTO retention_table (tenant, version, body, at, by_user) VALUES ($1,$2,$3,$4,$5)`,
			tenant, t.Version, toJSON(t.Classes), micros(t.At), t.By); err != nil {
			return err
		}
		return x.audit(ctx, e)
	})
}

// keepUnder is the retention a paper is sealed with: by the table of the municipality, or while there is none by the years of the kind of meeting.
func keepUnder(ctx context.Context, x *tx, r archive.Record, years int) (archive.Retention, error) {
	table, err := retentionTable(ctx, x, r.Tenant)
	if err != nil {
		return archive.Retention{}, err
	}
	if class, ok := table.For(r.Kind); ok {
		return class.Keep(r.SealedAt), nil
	}
	return archive.Keep(archive.ClassOf(r.Kind), years, r.SealedAt), nil
}

// ArchiveKeeping implements archive.Keepings.
func (s *Store) ArchiveKeeping(ctx context.Context, tenant string, ids []string) (out map[string]archive.Keeping, err error) {
	err = s.read(ctx, func(t *tx) error {
		out, err = keepings(ctx, t, tenant, ids)
		return err
	})
	return out, err
}

// keepings reads what is known of records beside their rows.
func keepings(ctx context.Context, t *tx, tenant string, ids []string) (map[string]archive.Keeping, error) {
	out := map[string]archive.Keeping{}
	for len(ids) > 0 {
		n := min(len(ids), 400)
		if err := keepingsOf(ctx, t, tenant, ids[:n], out); err != nil {
			return nil, err
		}
		ids = ids[n:]
	}
	return out, nil
}

func keepingsOf(ctx context.Context, t *tx, tenant string, ids []string, out map[string]archive.Keeping) error {
	var p params
	tenantIs, in := p.add(tenant), []string{}
	for _, id := range ids {
		in = append(in, p.add(id))
	}
	among := `(` + strings.Join(in, ",") + `)`
	err := t.query(ctx, func(scan func(...any) error) error {
		var id, status string
		var ended nullInt
		k := archive.Keeping{}
		err := scan(&id, &ended, &k.Newest, &status)
		if ended.Valid {
			k.CaseEnded = at(ended.Int64)
		}
		k.Reopened = status == string(meeting.StatusClosed) || status == string(meeting.StatusConfirming)
		out[id] = k
		return err
	}, `SELECT r.id, c.ended_at, (SELECT MAX(x.version) FROM archive_record x WHERE x.tenant = r.tenant AND x.meeting_id = r.meeting_id AND x.kind = r.kind),
			COALESCE((SELECT g.status FROM meeting g WHERE g.tenant = r.tenant AND g.id = r.meeting_id), '')
		FROM archive_record r JOIN case_file c ON c.tenant = r.tenant AND c.id = r.case_id WHERE r.tenant = `+tenantIs+` AND r.id IN `+among, p.v...)
	if err != nil {
		return err
	}
	if err := laterPlans(ctx, t, p, tenantIs, among, out); err != nil {
		return err
	}
	err = t.query(ctx, func(scan func(...any) error) error {
		var x archive.Extension
		var us int64
		err := scan(&x.ID, &x.Record, &x.Until, &x.Reason, &x.By, &x.ByName, &us)
		x.At = at(us)
		k := out[x.Record]
		k.Extensions = append(k.Extensions, x)
		out[x.Record] = k
		return err
	}, `SELECT id, record_id, until, reason, by_user, by_name, at FROM archive_extension WHERE tenant = `+tenantIs+` AND record_id IN `+among+` ORDER BY id`, p.v...)
	if err != nil {
		return err
	}
	err = t.query(ctx, func(scan func(...any) error) error {
		var h archive.Hold
		var us int64
		var lifted nullInt
		err := scan(&h.ID, &h.Record, &h.Reason, &h.By, &h.ByName, &us, &lifted, &h.LiftedBy, &h.LiftedName, &h.LiftReason)
		h.At, h.LiftedAt = at(us), atPtr(lifted)
		k := out[h.Record]
		k.Holds = append(k.Holds, h)
		out[h.Record] = k
		return err
	}, `SELECT id, record_id, reason, by_user, by_name, at, lifted_at, lifted_by, lifted_name, lift_reason FROM archive_hold
		WHERE tenant = `+tenantIs+` AND record_id IN `+among+` ORDER BY id`, p.v...)
	if err != nil {
		return err
	}
	return t.query(ctx, func(scan func(...any) error) error {
		var id, disposal string
		err := scan(&id, &disposal)
		k := out[id]
		k.Proposed = disposal
		out[id] = k
		return err
	}, `SELECT dr.record_id, dr.disposal_id FROM archive_disposal_record dr JOIN archive_disposal d ON d.tenant = dr.tenant AND d.id = dr.disposal_id
		WHERE dr.tenant = `+tenantIs+` AND dr.record_id IN `+among+` AND d.state = 'proposed'`, p.v...)
}

// ArchiveEnding implements archive.Keepings.
func (s *Store) ArchiveEnding(ctx context.Context, sc access.Scope, until string) (out []archive.Record, err error) {
	var p params
	where := archiveScope(sc, &p, "r.tenant", "r.case_id")
	day := p.add(until)
	err = each(ctx, s.r, func(scan func(...any) error) error {
		r, err := scanArchive(scan)
		out = append(out, r)
		return err
	}, `SELECT `+archiveColumns+` FROM archive_record r WHERE `+where+` AND r.disposed_by = '' AND r.retention_years > 0
		AND (r.retention_until <> '' AND r.retention_until <= `+day+` OR r.retention_from = '' AND EXISTS (SELECT 1 FROM case_file c
			WHERE c.tenant = r.tenant AND c.id = r.case_id AND c.ended_at IS NOT NULL)) ORDER BY r.seq`, p.v...)
	return out, s.classify(err)
}

// withBody finds a record of the scope that has its body, with its keeping.
func withBody(ctx context.Context, t *tx, sc access.Scope, id string) (archive.Record, archive.Keeping, error) {
	var p params
	where := archiveScope(sc, &p, "r.tenant", "r.case_id") + ` AND r.id = ` + p.add(id)
	r, err := scanArchive(t.row(ctx, `SELECT `+archiveColumns+` FROM archive_record r WHERE `+where, p.v...).Scan)
	if err != nil {
		return r, archive.Keeping{}, orMissing(err, noRecord)
	}
	if r.Disposed != "" {
		return r, archive.Keeping{}, fault.Newf(fault.Conflict, "文書 %s はもう廃棄されています。", r.Number)
	}
	k, err := keepings(ctx, t, r.Tenant, []string{id})
	return r, k[id], err
}

// AddExtension implements archive.Keepings.
func (s *Store) AddExtension(ctx context.Context, sc access.Scope, x archive.Extension, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		r, k, err := withBody(ctx, t, sc, x.Record)
		if err != nil {
			return err
		}
		st := r.Retention.Stands(k.CaseEnded, k.Extensions...)
		switch {
		case st.Waiting:
			return fault.New(fault.Conflict, "ケースが終結するまで満了日は決まりません。終結してから延長してください。").On("until")
		case st.Until == "" || x.Until <= st.Until:
			return fault.Newf(fault.Conflict, "延長後の満了日は、今の満了日（%s）より後の日にしてください。保存期間は短くできません。", st.Until).On("until")
		}
		if _, err := t.exec(ctx, `INSERT INTO archive_extension (tenant, id, record_id, until, reason, by_user, by_name, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
			r.Tenant, x.ID, r.ID, x.Until, x.Reason, x.By, x.ByName, micros(x.At)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// AddHold implements archive.Keepings.
func (s *Store) AddHold(ctx context.Context, sc access.Scope, h archive.Hold, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		r, _, err := withBody(ctx, t, sc, h.Record)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, `INSERT INTO archive_hold (tenant, id, record_id, reason, by_user, by_name, at, lifted_by, lifted_name, lift_reason)
			VALUES ($1,$2,$3,$4,$5,$6,$7,'','','')`, r.Tenant, h.ID, r.ID, h.Reason, h.By, h.ByName, micros(h.At)); err != nil {
			return err
		}
		return t.audit(ctx, e.InCase(r.CaseID))
	})
}

// LiftHold implements archive.Keepings.
func (s *Store) LiftHold(ctx context.Context, sc access.Scope, h archive.Hold, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		r, _, err := withBody(ctx, t, sc, h.Record)
		if err != nil {
			return err
		}
		if err := t.must(ctx, fault.New(fault.NotFound, "この停止は見つかりません。すでに解かれている可能性があります。"),
			`UPDATE archive_hold SET lifted_at = $1, lifted_by = $2, lifted_name = $3, lift_reason = $4 WHERE tenant = $5 AND record_id = $6 AND id = $7 AND lifted_at IS NULL`,
			micros(*h.LiftedAt), h.LiftedBy, h.LiftedName, h.LiftReason, r.Tenant, r.ID, h.ID); err != nil {
			return err
		}
		return t.audit(ctx, e.InCase(r.CaseID))
	})
}

// MunicipalityName implements archive.Store.
func (s *Store) MunicipalityName(ctx context.Context, tenant string) (name string, err error) {
	err = s.read(ctx, func(t *tx) error {
		return t.row(ctx, `SELECT name FROM municipality WHERE id = $1`, tenant).Scan(&name)
	})
	return name, err
}

// laterPlans tells of plans and matrices that a later meeting of the same case agreed to others in their place. A meeting has its own versions.
func laterPlans(ctx context.Context, t *tx, p params, tenantIs, among string, out map[string]archive.Keeping) error {
	type sealed struct{ id, meeting, number string }
	of := map[[2]string][]sealed{} // by case and kind, in order of sealing
	err := t.query(ctx, func(scan func(...any) error) error {
		var x sealed
		var k [2]string
		err := scan(&x.id, &k[0], &k[1], &x.meeting, &x.number)
		of[k] = append(of[k], x)
		return err
	}, `SELECT r.id, r.case_id, r.kind, r.meeting_id, r.number FROM archive_record r WHERE r.tenant = `+tenantIs+` AND r.kind IN ('plan', 'matrix') AND r.case_id IN
		(SELECT a.case_id FROM archive_record a WHERE a.tenant = `+tenantIs+` AND a.id IN `+among+`) ORDER BY r.seq`, p.v...)
	if err != nil {
		return err
	}
	for _, list := range of {
		last := list[len(list)-1]
		for _, x := range list {
			if k, asked := out[x.id]; asked && x.meeting != last.meeting {
				k.Later = last.number
				out[x.id] = k
			}
		}
	}
	return nil
}
