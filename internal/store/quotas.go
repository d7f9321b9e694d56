package store

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/meeting"
	"kasane/internal/quota"
)

// Quota implements quota.Store.
func (s *Store) Quota(ctx context.Context, tenant string) (l quota.Limits, err error) {
	err = s.read(ctx, func(t *tx) error {
		l = quota.Limits{}
		var raw string
		if err := t.row(ctx, `SELECT quota FROM municipality WHERE id = $1`, tenant).Scan(&raw); err != nil || raw == "" {
			return orMissing(err, noTown)
		}
		return fromJSON(raw, &l)
	})
	return l, err
}

// Quotas implements quota.Store.
func (s *Store) Quotas(ctx context.Context) (out map[string]quota.Limits, err error) {
	out = map[string]quota.Limits{}
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var id, raw string
		var l quota.Limits
		if err := scan(&id, &raw); err != nil {
			return err
		}
		err := fromJSON(raw, &l)
		out[id] = l
		return err
	}, `SELECT id, quota FROM municipality WHERE quota <> ''`)
	return out, s.classify(err)
}

// SetQuota sets the limits of a municipality.
func (s *Store) SetQuota(ctx context.Context, tenant string, l quota.Limits, e access.Entry) error {
	if err := l.Valid(); err != nil {
		return err
	}
	raw := ""
	if l != (quota.Limits{}) {
		raw = toJSON(l)
	}
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := t.must(ctx, noTown, `UPDATE municipality SET quota = $1 WHERE id = $2`, raw, tenant); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// Kept implements quota.Store.
func (s *Store) Kept(ctx context.Context, tenant string) (u quota.Use, err error) {
	err = s.read(ctx, func(t *tx) error {
		var records int64
		if err := t.row(ctx, `SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM file_blob WHERE tenant = $1`, tenant).Scan(&u.Storage); err != nil {
			return err
		}
		if err := t.row(ctx, `SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM archive_record WHERE tenant = $1 AND disposed_by = ''`, tenant).Scan(&records); err != nil {
			return err
		}
		u.Storage += records
		return t.row(ctx, `SELECT COUNT(*) FROM app_user WHERE tenant = $1 AND disabled = 0`, tenant).Scan(&u.Members)
	})
	return u, err
}

// Sits implements quota.Store.
func (s *Store) Sits(ctx context.Context, tenant, caseID, agencyID string) (sits bool, err error) {
	err = s.read(ctx, func(t *tx) error {
		p := params{v: []any{tenant}}
		where := ""
		if caseID != "" {
			where += ` AND g.case_id = ` + p.add(caseID)
		}
		if agencyID != "" {
			where += ` AND EXISTS (SELECT 1 FROM meeting_agency ma WHERE ma.tenant = g.tenant AND ma.meeting_id = g.id AND ma.agency_id = ` + p.add(agencyID) + `)`
		}
		var n int
		err := t.row(ctx, `SELECT COUNT(*) FROM meeting g WHERE g.tenant = $1 AND g.status IN (`+p.add(string(meeting.StatusReception))+`, `+p.add(string(meeting.StatusOpen))+`, `+p.add(string(meeting.StatusAgreeing))+`, `+
			p.add(string(meeting.StatusClosing))+`)`+where, p.v...).Scan(&n)
		sits = n > 0
		return err
	})
	return sits, err
}

// TellSockets says how many live connections of each municipality a node has.
func (s *Store) TellSockets(ctx context.Context, node string, sockets map[string]int) error {
	raw := ""
	if len(sockets) > 0 {
		raw = toJSON(sockets)
	}
	return s.lockingWrite(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `UPDATE node SET sockets = $1 WHERE id = $2`, raw, node)
		return err
	})
}
