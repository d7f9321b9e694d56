package store

import (
	"context"
	"slices"

	"kasane/internal/archive"
	"kasane/internal/fault"
	"kasane/internal/meeting"
)

// correctionOpen tells whether a 訂正 of the minutes of a meeting is under way. It takes the row of the meeting, as the beginning of a 訂正 does: the two do
// not pass each other.
func correctionOpen(ctx context.Context, t *tx, r archive.Record) (bool, error) {
	if r.Kind != archive.KindMinutes {
		return false, nil
	}
	var status string
	err := t.row(ctx, `UPDATE meeting SET status = status WHERE tenant = $1 AND id = $2 RETURNING status`, r.Tenant, r.MeetingID).Scan(&status)
	return status == string(meeting.StatusClosed) || status == string(meeting.StatusConfirming), orMissing(err, nil)
}

// correctable refuses the beginning of a 訂正 where the newest version of the minutes was disposed of. The row of the meeting is taken already.
func correctable(ctx context.Context, t *tx, c meeting.Change, _ *meeting.Recorded) error {
	if !slices.ContainsFunc(c.Events, func(e meeting.Event) bool { return e.Kind == meeting.KindCorrect }) {
		return nil
	}
	var number, disposed string
	err := t.row(ctx, `SELECT number, disposed_by FROM archive_record WHERE tenant = $1 AND meeting_id = $2 AND kind = 'minutes' ORDER BY version DESC LIMIT 1`,
		c.Tenant, c.MeetingID).Scan(&number, &disposed)
	if err := orMissing(err, nil); err != nil {
		return err
	}
	if disposed != "" {
		return fault.Newf(fault.Gone, "文書 %s は保存期間が満了し、決裁を経て廃棄されました。訂正はできません。", number)
	}
	return nil
}

// eraseDrafts takes away the drafts a version of the minutes came of: those up to the one that was sealed, and not those of a version before it that
// still stands (訂正).
func eraseDrafts(ctx context.Context, t *tx, r archive.Record) error {
	_, err := t.exec(ctx, `UPDATE minutes_version SET content = $1, pdf = $1 WHERE tenant = $2 AND meeting_id = $3
		AND n <= (SELECT MAX(v.n) FROM minutes_version v WHERE v.tenant = $2 AND v.meeting_id = $3 AND v.hash = $4)
		AND NOT EXISTS (SELECT 1 FROM archive_record r JOIN minutes_version v ON v.tenant = r.tenant AND v.meeting_id = r.meeting_id AND v.hash = r.content_sha256
			WHERE r.tenant = $2 AND r.meeting_id = $3 AND r.kind = 'minutes' AND r.version < $5 AND r.disposed_by = '' AND v.n >= minutes_version.n)`,
		[]byte{}, r.Tenant, r.MeetingID, r.ContentSHA256, r.Version)
	return err
}
