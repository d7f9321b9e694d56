package store

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/meeting"
)

var noDates = fault.New(fault.NotFound, "この会議の日程調整は見つかりません。")

// DatePoll implements meeting.DatePolls.
func (s *Store) DatePoll(ctx context.Context, tenant, meetingID string) (p meeting.DatePoll, err error) {
	err = s.read(ctx, func(t *tx) error {
		p = meeting.DatePoll{Tenant: tenant, MeetingID: meetingID}
		var options string
		var until, made int64
		err := t.row(ctx, `SELECT options, until, fixed, created_at, created_by FROM date_poll WHERE tenant = $1 AND meeting_id = $2`, tenant, meetingID).
			Scan(&options, &until, &p.Fixed, &made, &p.CreatedBy)
		if err != nil {
			return orMissing(err, noDates)
		}
		p.Until, p.CreatedAt = at(until), at(made)
		if err := fromJSON(options, &p.Options); err != nil {
			return err
		}
		return t.query(ctx, func(scan func(...any) error) error {
			var r meeting.DateReply
			var answers string
			var when *int64
			if err := scan(&r.AgencyID, &r.Must, &r.TokenHash, &answers, &when); err != nil {
				return err
			}
			if when != nil {
				said := at(*when)
				r.At = &said
			}
			p.Replies = append(p.Replies, r)
			return fromJSON(answers, &p.Replies[len(p.Replies)-1].Answers)
		}, `SELECT agency_id, must, token_hash, answers, at FROM date_reply WHERE tenant = $1 AND meeting_id = $2 ORDER BY agency_id`, tenant, meetingID)
	})
	return p, err
}

// SaveDatePoll implements meeting.DatePolls.
func (s *Store) SaveDatePoll(ctx context.Context, p meeting.DatePoll, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.must(ctx, noMeeting, `INSERT INTO date_poll (tenant, meeting_id, options, until, fixed, created_at, created_by)
			SELECT g.tenant, g.id, $3, CAST($4 AS BIGINT), $5, CAST($6 AS BIGINT), $7 FROM meeting g WHERE g.tenant = $1 AND g.id = $2
			ON CONFLICT (tenant, meeting_id) DO UPDATE SET options = excluded.options, until = excluded.until, fixed = excluded.fixed`,
			p.Tenant, p.MeetingID, toJSON(p.Options), micros(p.Until), p.Fixed, micros(p.CreatedAt), p.CreatedBy); err != nil {
			return err
		}
		kept := map[string]bool{}
		for _, r := range p.Replies {
			kept[r.AgencyID] = true
			if _, err := t.exec(ctx, `INSERT INTO date_reply (tenant, meeting_id, agency_id, must, token_hash, answers, at) VALUES ($1,$2,$3,$4,$5,'{}',NULL)
				ON CONFLICT (tenant, meeting_id, agency_id) DO UPDATE SET must = excluded.must,
				token_hash = CASE WHEN excluded.token_hash = '' THEN date_reply.token_hash ELSE excluded.token_hash END`,
				p.Tenant, p.MeetingID, r.AgencyID, flag(r.Must), r.TokenHash); err != nil {
				return err
			}
		}
		var gone []string
		if err := t.query(ctx, func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			if !kept[id] {
				gone = append(gone, id)
			}
			return err
		}, `SELECT agency_id FROM date_reply WHERE tenant = $1 AND meeting_id = $2`, p.Tenant, p.MeetingID); err != nil {
			return err
		}
		for _, id := range gone {
			if _, err := t.exec(ctx, `DELETE FROM date_reply WHERE tenant = $1 AND meeting_id = $2 AND agency_id = $3`, p.Tenant, p.MeetingID, id); err != nil {
				return err
			}
		}
		return t.audit(ctx, e)
	})
}

// DateLink implements meeting.DatePolls.
func (s *Store) DateLink(ctx context.Context, hash string) (tenant, meetingID, agencyID string, err error) {
	err = s.read(ctx, func(t *tx) error {
		if err := t.row(ctx, `SELECT tenant, meeting_id, agency_id FROM date_reply WHERE token_hash = $1`, hash).Scan(&tenant, &meetingID, &agencyID); err != nil {
			return orMissing(err, noDates)
		}
		return inUse(ctx, t, tenant)
	})
	return tenant, meetingID, agencyID, err
}

// AnswerDates implements meeting.DatePolls.
func (s *Store) AnswerDates(ctx context.Context, tenant, meetingID, hash string, answers map[string]meeting.DateAnswer, when time.Time, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.must(ctx, noDates, `UPDATE date_reply SET answers = $4, at = $5 WHERE tenant = $1 AND meeting_id = $2 AND token_hash = $3
			AND NOT EXISTS (SELECT 1 FROM municipality WHERE id = $1 AND suspended_at IS NOT NULL)`,
			tenant, meetingID, hash, toJSON(answers), micros(when)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}
