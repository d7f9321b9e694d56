package store

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/meeting"
)

// KeepNotice implements meeting.Store.
func (s *Store) KeepNotice(ctx context.Context, n meeting.KeptNotice, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.must(ctx, noMeeting, `INSERT INTO meeting_notice (tenant, meeting_id, n, at, sha256, doc)
			SELECT g.tenant, g.id, (SELECT COUNT(*) FROM meeting_notice x WHERE x.tenant = g.tenant AND x.meeting_id = g.id) + 1, CAST($3 AS BIGINT), $4, $5
			FROM meeting g WHERE g.tenant = $1 AND g.id = $2`, n.Tenant, n.MeetingID, micros(n.At), n.SHA256, n.Doc); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// KeptNotices implements meeting.Store.
func (s *Store) KeptNotices(ctx context.Context, tenant, meetingID string) (out []meeting.KeptNotice, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		return t.query(ctx, func(scan func(...any) error) error {
			k := meeting.KeptNotice{Tenant: tenant, MeetingID: meetingID}
			var made int64
			err := scan(&k.N, &made, &k.SHA256, &k.Doc)
			k.At = at(made)
			out = append(out, k)
			return err
		}, `SELECT n, at, sha256, doc FROM meeting_notice WHERE tenant = $1 AND meeting_id = $2 ORDER BY n`, tenant, meetingID)
	})
	return out, err
}
