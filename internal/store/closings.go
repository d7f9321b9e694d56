package store

import (
	"context"
	"time"

	"kasane/internal/fault"
	"kasane/internal/meeting"
)

const closingColumns = `tenant, meeting_id, seq, at, by_user, heads, numbers, checkpoint, facts, lease_by, lease_until`

func scanClosing(scan func(...any) error) (c meeting.Closing, err error) {
	var us, until int64
	var heads, numbers string
	if err := scan(&c.Tenant, &c.MeetingID, &c.Seq, &us, &c.By, &heads, &numbers, &c.Checkpoint, &c.Facts, &c.LeaseBy, &until); err != nil {
		return c, err
	}
	c.At, c.LeaseUntil = at(us), at(until)
	if err := fromJSON(heads, &c.Heads); err != nil {
		return c, err
	}
	return c, fromJSON(numbers, &c.Numbers)
}

// ClosingOf implements meeting.Closings.
func (s *Store) ClosingOf(ctx context.Context, tenant, meetingID string) (c meeting.Closing, err error) {
	err = s.read(ctx, func(t *tx) error {
		c, err = scanClosing(t.row(ctx, `SELECT `+closingColumns+` FROM meeting_closing WHERE tenant = $1 AND meeting_id = $2`, tenant, meetingID).Scan)
		return orMissing(err, fault.New(fault.NotFound, "この会議は閉会の処理をしていません。"))
	})
	return c, err
}

// LeaseClosings implements meeting.Closings.
func (s *Store) LeaseClosings(ctx context.Context, owner string, now, until time.Time, limit int) (out []meeting.Closing, err error) {
	type key struct{ tenant, meeting string }
	var waiting []key
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var k key
		err := scan(&k.tenant, &k.meeting)
		waiting = append(waiting, k)
		return err
	}, `SELECT tenant, meeting_id FROM meeting_closing WHERE lease_until < $1 ORDER BY at, tenant, meeting_id LIMIT $2`, micros(now), limit)
	if err != nil || len(waiting) == 0 {
		return nil, s.classify(err)
	}
	err = s.lockingWrite(ctx, func(t *tx) error {
		out = nil
		for _, k := range waiting {
			c, err := scanClosing(t.row(ctx, `UPDATE meeting_closing SET lease_by = $1, lease_until = $2
				WHERE tenant = $3 AND meeting_id = $4 AND lease_until < $5 RETURNING `+closingColumns,
				owner, micros(until), k.tenant, k.meeting, micros(now)).Scan)
			if err := orMissing(err, nil); err != nil {
				return err
			}
			if err == nil {
				out = append(out, c)
			}
		}
		return nil
	})
	return out, err
}

func scanMinutes(scan func(...any) error, more ...any) (v meeting.MinutesVersion, err error) {
	var us int64
	var ended nullInt
	err = scan(append([]any{&v.Tenant, &v.MeetingID, &v.N, &v.Hash, &v.SHA256, &us, &ended}, more...)...)
	v.At, v.EndedAt = at(us), atPtr(ended)
	return v, err
}

const minutesColumns = `tenant, meeting_id, n, hash, sha256, at, ended_at`

// MinutesVersions implements meeting.Closings.
func (s *Store) MinutesVersions(ctx context.Context, tenant, meetingID string) (out []meeting.MinutesVersion, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		v, err := scanMinutes(scan)
		out = append(out, v)
		return err
	}, `SELECT `+minutesColumns+` FROM minutes_version WHERE tenant = $1 AND meeting_id = $2 ORDER BY n`, tenant, meetingID)
	return out, s.classify(err)
}

// MinutesVersion implements meeting.Closings.
func (s *Store) MinutesVersion(ctx context.Context, tenant, meetingID string, n int) (v meeting.MinutesVersion, err error) {
	err = s.read(ctx, func(t *tx) error {
		var content, pdf []byte
		v, err = scanMinutes(t.row(ctx, `SELECT `+minutesColumns+`, content, pdf FROM minutes_version WHERE tenant = $1 AND meeting_id = $2 AND n = $3`,
			tenant, meetingID, n).Scan, &content, &pdf)
		v.Content, v.PDF = content, pdf
		if err == nil && len(pdf) == 0 && v.SHA256 != "" {
			return fault.New(fault.Gone, "この会議録は保存期間が満了し、決裁を経て廃棄されました。")
		}
		return orMissing(err, fault.New(fault.NotFound, "会議録のこの版はありません。"))
	})
	return v, err
}

// SealedParts implements meeting.Closings.
func (s *Store) SealedParts(ctx context.Context, tenant, meetingID string, version int) (parts []byte, err error) {
	err = s.read(ctx, func(t *tx) error {
		parts = nil
		err := t.row(ctx, `SELECT parts FROM archive_record WHERE tenant = $1 AND meeting_id = $2 AND kind = 'minutes' AND version = $3`, tenant, meetingID, version).Scan(&parts)
		return orMissing(err, nil)
	})
	return parts, err
}

// SealedOf implements meeting.Closings.
func (s *Store) SealedOf(ctx context.Context, tenant, meetingID string) (out []meeting.SealedRef, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var r meeting.SealedRef
		var kind string
		var us int64
		err := scan(&r.ID, &kind, &r.Version, &r.Number, &r.Title, &r.FileName, &r.SHA256, &r.Pages, &us)
		r.Kind, r.SealedAt = meeting.PaperKind(kind), at(us)
		out = append(out, r)
		return err
	}, `SELECT id, kind, version, number, title, file_name, file_sha256, pages, sealed_at FROM archive_record
		WHERE tenant = $1 AND meeting_id = $2 ORDER BY seq`, tenant, meetingID)
	return out, s.classify(err)
}
