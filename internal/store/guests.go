package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/meeting"
)

const guestColumns = `tenant, id, meeting_id, token_hash, pin_hash, name, kana, agency_id, post, created_by, created_at, expires_at, attempts, used_at, revoked_at, admitted_at, carried`

var (
	noGuest   = fault.New(fault.NotFound, "招待が見つかりません。招待した人に確かめてください。")
	guestGone = fault.New(fault.Gone, "この招待は使えません。期限が切れたか、もう使われたか、取り消されています。招待した人に連絡してください。")
)

func scanGuest(scan func(...any) error) (g identity.GuestLink, err error) {
	var created, expires int64
	var used, revoked, admitted nullInt
	var carried int
	err = scan(&g.Tenant, &g.ID, &g.MeetingID, &g.TokenHash, &g.PINHash, &g.Name, &g.Kana, &g.AgencyID, &g.Post, &g.CreatedBy,
		&created, &expires, &g.Attempts, &used, &revoked, &admitted, &carried)
	g.CreatedAt, g.ExpiresAt, g.UsedAt, g.RevokedAt, g.AdmittedAt = at(created), at(expires), atPtr(used), atPtr(revoked), atPtr(admitted)
	g.Carried = carried != 0
	return g, err
}

func guest(ctx context.Context, t *tx, where string, args ...any) (identity.GuestLink, error) {
	g, err := scanGuest(t.row(ctx, `SELECT `+guestColumns+` FROM guest_link WHERE `+where, args...).Scan)
	return g, orMissing(err, noGuest)
}

// CreateGuest implements identity.Guests.
func (s *Store) CreateGuest(ctx context.Context, g identity.GuestLink, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		var one int
		if err := t.row(ctx, `SELECT 1 FROM meeting WHERE tenant = $1 AND id = $2 AND status <> $3`, g.Tenant, g.MeetingID, string(meeting.StatusCancelled)).Scan(&one); err != nil {
			return orMissing(err, fault.New(fault.NotFound, "会議が見つかりません。"))
		}
		if err := agencyExists(ctx, t, g.Tenant, g.AgencyID); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `INSERT INTO guest_link (`+guestColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)`,
			g.Tenant, g.ID, g.MeetingID, g.TokenHash, g.PINHash, g.Name, g.Kana, g.AgencyID, g.Post, g.CreatedBy,
			micros(g.CreatedAt), micros(g.ExpiresAt), g.Attempts, microsPtr(g.UsedAt), microsPtr(g.RevokedAt), microsPtr(g.AdmittedAt), flag(g.Carried)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// GuestByToken implements identity.Guests.
func (s *Store) GuestByToken(ctx context.Context, tokenHash string) (g identity.GuestLink, err error) {
	err = s.read(ctx, func(t *tx) error {
		if g, err = guest(ctx, t, `token_hash = $1`, tokenHash); err != nil {
			return err
		}
		return inUse(ctx, t, g.Tenant)
	})
	return g, err
}

// GetGuest implements identity.Guests.
func (s *Store) GetGuest(ctx context.Context, tenant, id string) (g identity.GuestLink, err error) {
	err = s.read(ctx, func(t *tx) error {
		g, err = guest(ctx, t, `tenant = $1 AND id = $2`, tenant, id)
		return err
	})
	return g, err
}

// ListGuests implements identity.Guests.
func (s *Store) ListGuests(ctx context.Context, tenant, meetingID string) (out []identity.GuestLink, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		g, err := scanGuest(scan)
		out = append(out, g)
		return err
	}, `SELECT `+guestColumns+` FROM guest_link WHERE tenant = $1 AND meeting_id = $2 ORDER BY created_at, id`, tenant, meetingID)
	return out, s.classify(err)
}

const guestUsable = ` used_at IS NULL AND revoked_at IS NULL AND expires_at > `

// GuestAttempt implements identity.Guests.
func (s *Store) GuestAttempt(ctx context.Context, tenant, id string, limit int, now time.Time) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		return t.must(ctx, guestGone, `UPDATE guest_link SET attempts = attempts + 1
			WHERE tenant = $1 AND id = $2 AND attempts < $3 AND`+guestUsable+`$4`, tenant, id, limit, micros(now))
	})
}

// UseGuest implements identity.Guests.
func (s *Store) UseGuest(ctx context.Context, tenant, id string, ses identity.Session, admitted bool, now time.Time, e access.Entry) error {
	var in any
	if admitted {
		in = micros(now)
	}
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := t.must(ctx, guestGone, `UPDATE guest_link SET used_at = $1, admitted_at = $4 WHERE tenant = $2 AND id = $3 AND`+guestUsable+`$1`,
			micros(now), tenant, id, in); err != nil {
			return err
		}
		if err := insertSession(ctx, t, ses); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// AdmitGuest implements identity.Guests.
func (s *Store) AdmitGuest(ctx context.Context, tenant, id string, now time.Time, e access.Entry) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := t.must(ctx, noGuest, `UPDATE guest_link SET admitted_at = COALESCE(admitted_at, $1) WHERE tenant = $2 AND id = $3`,
			micros(now), tenant, id); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// CarryGuest implements identity.Guests.
func (s *Store) CarryGuest(ctx context.Context, tenant, id, from, to string, admitted bool, end, now time.Time, e access.Entry) error {
	var in any
	if admitted {
		in = micros(now)
	}
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := t.must(ctx, noGuest, `UPDATE guest_link SET meeting_id = $1, admitted_at = $2, expires_at = $3, carried = 1
			WHERE tenant = $4 AND id = $5 AND meeting_id = $6 AND used_at IS NOT NULL AND admitted_at IS NOT NULL AND revoked_at IS NULL AND expires_at > $7
			AND EXISTS (SELECT 1 FROM meeting WHERE tenant = $4 AND id = $1 AND status <> $8)`,
			to, in, micros(end), tenant, id, from, micros(now), string(meeting.StatusCancelled)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// MoveGuests implements identity.Guests.
func (s *Store) MoveGuests(ctx context.Context, tenant string, ends map[string]time.Time, e access.Entry) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		for _, id := range slices.Sorted(maps.Keys(ends)) {
			if _, err := t.exec(ctx, `UPDATE guest_link SET expires_at = $1 WHERE tenant = $2 AND id = $3`, micros(ends[id]), tenant, id); err != nil {
				return err
			}
			if _, err := t.exec(ctx, `UPDATE session SET expires_at = $1 WHERE tenant = $2 AND guest_id = $3 AND expires_at > $1`, micros(ends[id]), tenant, id); err != nil {
				return err
			}
		}
		return t.audit(ctx, e)
	})
}

// RevokeGuest implements identity.Guests.
func (s *Store) RevokeGuest(ctx context.Context, tenant, id string, now time.Time, e access.Entry) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := t.must(ctx, noGuest, `UPDATE guest_link SET revoked_at = COALESCE(revoked_at, $1) WHERE tenant = $2 AND id = $3`,
			micros(now), tenant, id); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `DELETE FROM session WHERE tenant = $1 AND guest_id = $2`, tenant, id); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// endGuests revokes the links of a meeting and ends the sessions that came through them (step 11 of a Change).
func endGuests(ctx context.Context, t *tx, c meeting.Change, _ *meeting.Recorded) error {
	if !c.EndGuests {
		return nil
	}
	if _, err := t.exec(ctx, `UPDATE guest_link SET revoked_at = COALESCE(revoked_at, $1) WHERE tenant = $2 AND meeting_id = $3`,
		micros(t.now), c.Tenant, c.MeetingID); err != nil {
		return err
	}
	_, err := t.exec(ctx, `DELETE FROM session WHERE tenant = $1 AND guest_id IN (SELECT id FROM guest_link WHERE tenant = $1 AND meeting_id = $2)`,
		c.Tenant, c.MeetingID)
	return err
}
