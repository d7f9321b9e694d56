package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
)

// BeginAttempt implements identity.Sessions. It takes the rows of all keys, in order, before it looks at any.
func (s *Store) BeginAttempt(ctx context.Context, tenant string, keys []identity.AttemptKey, window, lock time.Duration, now time.Time) (lockedUntil time.Time, err error) {
	keys = slices.Clone(keys)
	slices.SortFunc(keys, func(a, b identity.AttemptKey) int { return cmp.Compare(a.Key, b.Key) })
	type count struct{ n, first, locked int64 }
	err = s.lockingWrite(ctx, func(t *tx) error {
		lockedUntil = time.Time{}
		counts := make([]count, len(keys))
		for i, k := range keys {
			c := &counts[i]
			if err := t.row(ctx, `INSERT INTO sign_in_attempt (tenant, attempt_key, n, first_at, locked_until) VALUES ($1,$2,0,$3,0)
				ON CONFLICT (tenant, attempt_key) DO UPDATE SET n = sign_in_attempt.n
				RETURNING n, first_at, locked_until`, tenant, k.Key, micros(now)).Scan(&c.n, &c.first, &c.locked); err != nil {
				return err
			}
			if until := at(c.locked); until.After(now) && until.After(lockedUntil) {
				lockedUntil = until
			}
		}
		if !lockedUntil.IsZero() {
			return nil
		}
		for i, k := range keys {
			c := counts[i]
			if at(c.first).Before(now.Add(-window)) {
				c.n, c.first = 0, micros(now)
			}
			if c.n++; c.n >= int64(k.Limit) {
				c.locked = micros(now.Add(lock))
			}
			if _, err := t.exec(ctx, `UPDATE sign_in_attempt SET n = $1, first_at = $2, locked_until = $3 WHERE tenant = $4 AND attempt_key = $5`,
				c.n, c.first, c.locked, tenant, k.Key); err != nil {
				return err
			}
		}
		return nil
	})
	return lockedUntil, err
}

// CreateSession implements identity.Sessions.
func (s *Store) CreateSession(ctx context.Context, ses identity.Session, clear []string, e access.Entry) error {
	clear = slices.Sorted(slices.Values(clear))
	return s.lockingWrite(ctx, func(t *tx) error {
		for _, k := range clear {
			if _, err := t.exec(ctx, `DELETE FROM sign_in_attempt WHERE tenant = $1 AND attempt_key = $2`, ses.Tenant, k); err != nil {
				return err
			}
		}
		if err := insertSession(ctx, t, ses); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

func insertSession(ctx context.Context, t *tx, s identity.Session) error {
	_, err := t.exec(ctx, `INSERT INTO session (tenant, hash, user_id, guest_id, created_at, last_seen, expires_at, ip) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
		s.Tenant, s.Hash, s.UserID, s.GuestID, micros(s.CreatedAt), micros(s.LastSeen), micros(s.ExpiresAt), s.IP)
	return err
}

// FindPrincipal implements identity.Sessions. The hash of a token is the only key of Kasane that is looked up over all
// municipalities: it is where the municipality comes from.
func (s *Store) FindPrincipal(ctx context.Context, hash string) (p identity.Principal, err error) {
	gone := fault.New(fault.NotFound, "サインインが必要です。もう一度サインインしてください。")
	err = s.read(ctx, func(t *tx) error {
		p = identity.Principal{Session: identity.Session{Hash: hash}}
		ses := &p.Session
		var created, seen, expires int64
		err := t.row(ctx, `SELECT tenant, user_id, guest_id, created_at, last_seen, expires_at, ip FROM session WHERE hash = $1`, hash).
			Scan(&ses.Tenant, &ses.UserID, &ses.GuestID, &created, &seen, &expires, &ses.IP)
		if err != nil {
			return orMissing(err, gone)
		}
		ses.CreatedAt, ses.LastSeen, ses.ExpiresAt = at(created), at(seen), at(expires)
		agency := ""
		if ses.GuestID != "" {
			g, err := guest(ctx, t, `tenant = $1 AND id = $2`, ses.Tenant, ses.GuestID)
			if err != nil {
				return err
			}
			p.Guest, agency = &g, g.AgencyID
		} else {
			u, err := scanAccount(t.row(ctx, `SELECT `+userColumns+` FROM app_user u WHERE u.tenant = $1 AND u.id = $2`, ses.Tenant, ses.UserID).Scan)
			if err != nil {
				return orMissing(err, gone)
			}
			p.User, agency = u.User, u.AgencyID
		}
		p.Agency, err = scanAgency(t.row(ctx, `SELECT `+agencyColumns+` FROM agency a WHERE a.tenant = $1 AND a.id = $2`, ses.Tenant, agency).Scan)
		return orMissing(err, gone)
	})
	return p, err
}

// TouchSession implements identity.Sessions.
func (s *Store) TouchSession(ctx context.Context, hash string, now time.Time) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `UPDATE session SET last_seen = $1 WHERE hash = $2 AND last_seen < $1`, micros(now), hash)
		return err
	})
}

// EndSession implements identity.Sessions.
func (s *Store) EndSession(ctx context.Context, hash string, e access.Entry) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `DELETE FROM session WHERE tenant = $1 AND hash = $2`, e.Tenant, hash); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// PurgeSessions implements identity.Sessions.
func (s *Store) PurgeSessions(ctx context.Context, now, idleSince time.Time) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `DELETE FROM session WHERE expires_at < $1 OR last_seen < $2`, micros(now), micros(idleSince)); err != nil {
			return err
		}
		_, err := t.exec(ctx, `DELETE FROM sign_in_attempt WHERE locked_until <= $1 AND first_at < $2`, micros(now), micros(now.Add(-24*time.Hour)))
		return err
	})
}
