package store

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/notice"
)

// NoticeSettings implements notice.Store.
func (s *Store) NoticeSettings(ctx context.Context, tenant, userID string) (n notice.Settings, err error) {
	err = s.read(ctx, func(t *tx) error {
		var refused nullInt
		n = notice.Settings{}
		err := t.row(ctx, `SELECT address, digest, meetings, refused_at, refused_code FROM notice_address WHERE tenant = $1 AND user_id = $2`, tenant, userID).
			Scan(&n.Address, &n.Digest, &n.Meetings, &refused, &n.Code)
		n.Refused = atPtr(refused)
		return orMissing(err, nil)
	})
	return n, err
}

// SaveNoticeSettings implements notice.Store.
func (s *Store) SaveNoticeSettings(ctx context.Context, tenant, userID string, n notice.Settings, hello *notice.Notice, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `INSERT INTO notice_address (tenant, user_id, address, digest, meetings, changed_at, refused_at, refused_code) VALUES ($1,$2,$3,$4,$5,$6,NULL,0)
			ON CONFLICT (tenant, user_id) DO UPDATE SET address = excluded.address, digest = excluded.digest, meetings = excluded.meetings, changed_at = excluded.changed_at,
				refused_at = NULL, refused_code = 0`, tenant, userID, n.Address, flag(n.Digest), flag(n.Meetings), micros(t.now)); err != nil {
			return err
		}
		if hello != nil {
			var n int
			err := t.row(ctx, `SELECT COUNT(*) FROM notice WHERE tenant = $1 AND user_id = $2 AND kind = $3 AND created_at > $4`, tenant, userID, string(notice.KindHello), micros(hello.Created.AddDate(0, 0, -1))).Scan(&n)
			if err == nil && n < notice.HelloMost {
				_, err = queueNotice(ctx, t, *hello)
			}
			if err != nil {
				return err
			}
		}
		return t.audit(ctx, e)
	})
}

// NoticeReaders implements notice.Store.
func (s *Store) NoticeReaders(ctx context.Context, tenant string) (out []notice.Reader, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var r notice.Reader
		var roles string
		if err := scan(&r.Actor.UserID, &r.Actor.Name, &r.Actor.AgencyID, &r.Actor.AgencyName, &roles, &r.Address, &r.Digest, &r.Meetings); err != nil {
			return err
		}
		r.Actor.Tenant = tenant
		out = append(out, r)
		return fromJSON(roles, &out[len(out)-1].Actor.Roles)
	}, `SELECT u.id, u.name, g.id, g.name, u.roles, a.address, a.digest, a.meetings FROM notice_address a
		JOIN app_user u ON u.tenant = a.tenant AND u.id = a.user_id JOIN agency g ON g.tenant = u.tenant AND g.id = u.agency_id
		WHERE a.tenant = $1 AND a.address <> '' AND a.refused_at IS NULL AND u.disabled = 0 AND g.active = 1 ORDER BY u.id`, tenant)
	return out, s.classify(err)
}

// NoticeRefusals implements notice.Store.
func (s *Store) NoticeRefusals(ctx context.Context, tenant string) (out []notice.Refusal, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var r notice.Refusal
		var us int64
		err := scan(&r.UserID, &r.Name, &r.AgencyID, &r.AgencyName, &us, &r.Code)
		r.At = at(us)
		out = append(out, r)
		return err
	}, `SELECT u.id, u.name, g.id, g.name, a.refused_at, a.refused_code FROM notice_address a
		JOIN app_user u ON u.tenant = a.tenant AND u.id = a.user_id JOIN agency g ON g.tenant = u.tenant AND g.id = u.agency_id
		WHERE a.tenant = $1 AND a.refused_at IS NOT NULL AND u.disabled = 0 ORDER BY a.refused_at DESC, u.id`, tenant)
	return out, s.classify(err)
}

// QueueNotices implements notice.Store.
func (s *Store) QueueNotices(ctx context.Context, list []notice.Notice, entries ...access.Entry) (n int, err error) {
	err = s.write(ctx, func(t *tx) error {
		n = 0
		for _, x := range list {
			added, err := queueNotice(ctx, t, x)
			if err != nil {
				return err
			}
			n += int(added)
		}
		for _, e := range entries {
			if err := t.audit(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

func queueNotice(ctx context.Context, t *tx, n notice.Notice) (int64, error) {
	return t.exec(ctx, `INSERT INTO notice (tenant, id, user_id, about, kind, meeting_id, subject, body, calendar, state, tries, created_at, due_at, expires_at, ended_at, code)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,0,$11,$12,$13,NULL,0) ON CONFLICT DO NOTHING`, n.Tenant, n.ID, n.UserID, n.About, string(n.Kind), n.MeetingID, n.Subject, n.Body, n.Calendar,
		string(notice.StateQueued), micros(n.Created), micros(n.Due), micros(n.Expires))
}

// ClaimNotices implements notice.Store. A row is claimed by a conditional update: of two nodes one gets it.
func (s *Store) ClaimNotices(ctx context.Context, now, until time.Time, limit int) (out []notice.Outgoing, err error) {
	var waits int64
	if err := s.r.QueryRowContext(ctx, `SELECT COUNT(*) FROM notice WHERE ended_at IS NULL AND due_at <= $1`, micros(now)).Scan(&waits); err != nil || waits == 0 {
		return nil, s.classify(err)
	}
	err = s.write(ctx, func(t *tx) error {
		out = nil
		if err := endOld(ctx, t, now); err != nil {
			return err
		}
		var due []notice.Outgoing
		err := t.query(ctx, func(scan func(...any) error) error {
			o, err := scanOutgoing(scan)
			due = append(due, o)
			return err
		}, `SELECT n.tenant, n.id, n.user_id, n.about, n.kind, n.meeting_id, n.subject, n.body, n.calendar, n.tries, n.created_at, n.expires_at, a.address
			FROM notice n JOIN notice_address a ON a.tenant = n.tenant AND a.user_id = n.user_id
			WHERE n.ended_at IS NULL AND n.state = $1 AND n.due_at <= $2 ORDER BY n.due_at, n.tenant, n.id LIMIT $3`, string(notice.StateQueued), micros(now), limit)
		if err != nil {
			return err
		}
		for _, o := range due {
			n, err := t.exec(ctx, `UPDATE notice SET state = $1, tries = tries + 1, due_at = $2 WHERE tenant = $3 AND id = $4 AND state = $5 AND ended_at IS NULL`,
				string(notice.StateSending), micros(until), o.Tenant, o.ID, string(notice.StateQueued))
			if err != nil {
				return err
			}
			if n == 1 {
				o.Tries++
				out = append(out, o)
			}
		}
		return nil
	})
	return out, err
}

func scanOutgoing(scan func(...any) error) (o notice.Outgoing, err error) {
	var kind string
	var created, expires int64
	err = scan(&o.Tenant, &o.ID, &o.UserID, &o.About, &kind, &o.MeetingID, &o.Subject, &o.Body, &o.Calendar, &o.Tries, &created, &expires, &o.To)
	o.Kind, o.Created, o.Expires = notice.Kind(kind), at(created), at(expires)
	return o, err
}

// endOld ends what is not to be sent any more: claimed by somebody who never came back, too late, or not wanted.
func endOld(ctx context.Context, t *tx, now time.Time) error {
	unwanted := `NOT EXISTS (SELECT 1 FROM notice_address a JOIN app_user u ON u.tenant = a.tenant AND u.id = a.user_id
		WHERE a.tenant = notice.tenant AND a.user_id = notice.user_id AND a.address <> '' AND a.refused_at IS NULL AND u.disabled = 0
		AND (notice.kind <> '` + string(notice.KindDigest) + `' OR a.digest = 1) AND (notice.kind <> '` + string(notice.KindMeeting) + `' OR a.meetings = 1))`
	for _, x := range []struct {
		state notice.State
		from  notice.State
		where string
	}{{notice.StateUnsure, notice.StateSending, "due_at <= $2"}, {notice.StateFailed, notice.StateQueued, "expires_at <= $2"}, {notice.StateDropped, notice.StateQueued, "due_at <= $2 AND " + unwanted}} {
		if _, err := t.exec(ctx, `UPDATE notice SET state = $1, ended_at = $2 WHERE ended_at IS NULL AND state = $3 AND `+x.where, string(x.state), micros(now), string(x.from)); err != nil {
			return err
		}
	}
	return nil
}

// EndNotice implements notice.Store.
func (s *Store) EndNotice(ctx context.Context, o notice.Outcome, now time.Time, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		var ended, due any = micros(now), micros(now)
		if o.State == notice.StateQueued {
			ended, due = nil, micros(o.Due)
		}
		n, err := t.exec(ctx, `UPDATE notice SET state = $1, code = $2, ended_at = $3, due_at = $4 WHERE tenant = $5 AND id = $6 AND state = $7`,
			string(o.State), o.Code, ended, due, o.Tenant, o.ID, string(notice.StateSending))
		if err != nil || n == 0 { // another node has given it up
			return err
		}
		if o.State == notice.StateRefused {
			if _, err := t.exec(ctx, `UPDATE notice_address SET refused_at = $1, refused_code = $2 WHERE tenant = $3 AND user_id = $4 AND address = $5`,
				micros(now), o.Code, o.Tenant, o.UserID, o.To); err != nil {
				return err
			}
		}
		if o.State == notice.StateQueued {
			return nil
		}
		return t.audit(ctx, e)
	})
}

// NotifiedMeetings implements notice.Store.
func (s *Store) NotifiedMeetings(ctx context.Context, after time.Time) (out map[string][]string, err error) {
	out = map[string][]string{}
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var tenant, id string
		err := scan(&tenant, &id)
		out[tenant] = append(out[tenant], id)
		return err
	}, `SELECT g.tenant, g.id FROM meeting g WHERE EXISTS (SELECT 1 FROM notice n WHERE n.tenant = g.tenant AND n.meeting_id = g.id AND n.meeting_id <> '' AND (g.planned_start > $1 OR n.expires_at > $1))
		ORDER BY g.tenant, g.id`, micros(after))
	return out, s.classify(err)
}

// ToldOf implements notice.Store. A notice that failed told nothing.
func (s *Store) ToldOf(ctx context.Context, tenant, meetingID string) (out map[string]notice.Last, err error) {
	out = map[string]notice.Last{}
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var user, about string
		if err := scan(&user, &about); err != nil {
			return err
		}
		out[user] = notice.Last{About: about, Count: out[user].Count + 1}
		return nil
	}, `SELECT user_id, about FROM notice WHERE tenant = $1 AND meeting_id = $2 ORDER BY created_at, id`, tenant, meetingID)
	return out, s.classify(err)
}

// PruneNotices implements notice.Store.
func (s *Store) PruneNotices(ctx context.Context, before time.Time) error {
	return s.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `DELETE FROM notice WHERE ended_at < $1`, micros(before))
		return err
	})
}

// NoticeQueue implements notice.Store.
func (s *Store) NoticeQueue(ctx context.Context, tenant string) (q notice.Queue, err error) {
	var oldest int64
	err = s.r.QueryRowContext(ctx, `SELECT COUNT(*), COALESCE(MIN(created_at), 0), (SELECT COUNT(*) FROM notice_address a JOIN app_user u ON u.tenant = a.tenant AND u.id = a.user_id WHERE a.refused_at IS NOT NULL AND u.disabled = 0 AND (a.tenant = $1 OR $1 = ''))
		FROM notice WHERE ended_at IS NULL AND (tenant = $1 OR $1 = '')`, tenant).Scan(&q.Waiting, &oldest, &q.Refused)
	if oldest > 0 {
		q.Oldest = at(oldest)
	}
	return q, s.classify(err)
}
