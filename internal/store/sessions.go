package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
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

// ForgetAttempts implements identity.Sessions.
func (s *Store) ForgetAttempts(ctx context.Context, tenant string, keys ...string) error {
	return s.lockingWrite(ctx, func(t *tx) error { return forget(ctx, t, tenant, keys) })
}

func forget(ctx context.Context, t *tx, tenant string, keys []string) error {
	for _, k := range slices.Sorted(slices.Values(keys)) {
		if _, err := t.exec(ctx, `DELETE FROM sign_in_attempt WHERE tenant = $1 AND attempt_key = $2`, tenant, k); err != nil {
			return err
		}
	}
	return nil
}

// CreateSession implements identity.Sessions.
func (s *Store) CreateSession(ctx context.Context, ses identity.Session, f identity.Follow, e access.Entry) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := forget(ctx, t, ses.Tenant, f.Clear); err != nil {
			return err
		}
		if f.Of != "" {
			if err := t.must(ctx, fault.New(fault.Unauthorized, ""), `DELETE FROM session WHERE tenant = $1 AND hash = $2`, ses.Tenant, f.Of); err != nil {
				return err
			}
		}
		if f.Alone {
			if err := endSessions(ctx, t, ses.Tenant, ses.UserID, ""); err != nil {
				return err
			}
		}
		if err := insertSession(ctx, t, ses); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

const sessionColumns = `s.tenant, s.hash, s.user_id, s.guest_id, s.created_at, s.last_seen, s.expires_at, s.ip, s.stage, s.factor, s.device, s.challenge, s.locked_at, s.service`

func scanSession(scan func(...any) error, more ...any) (s identity.Session, err error) {
	var created, seen, expires int64
	var locked nullInt
	err = scan(append([]any{&s.Tenant, &s.Hash, &s.UserID, &s.GuestID, &created, &seen, &expires, &s.IP, &s.Stage, &s.Factor, &s.Device, &s.Challenge, &locked, &s.Service}, more...)...)
	s.CreatedAt, s.LastSeen, s.ExpiresAt, s.LockedAt = at(created), at(seen), at(expires), atPtr(locked)
	return s, err
}

func insertSession(ctx context.Context, t *tx, s identity.Session) error {
	return t.must(ctx, suspended, `INSERT INTO session (tenant, hash, user_id, guest_id, created_at, last_seen, expires_at, ip, stage, factor, device, service)
		SELECT $1, $2, $3, $4, CAST($5 AS BIGINT), CAST($6 AS BIGINT), CAST($7 AS BIGINT), $8, $9, $10, $11, $12
		WHERE NOT EXISTS (SELECT 1 FROM municipality WHERE id = $1 AND suspended_at IS NOT NULL)`,
		s.Tenant, s.Hash, s.UserID, s.GuestID, micros(s.CreatedAt), micros(s.LastSeen), micros(s.ExpiresAt), s.IP, string(s.Stage), s.Factor, s.Device, s.Service)
}

// endSessions ends those of a user but one.
func endSessions(ctx context.Context, t *tx, tenant, userID, keep string) error {
	_, err := t.exec(ctx, `DELETE FROM session WHERE tenant = $1 AND user_id = $2 AND hash <> $3`, tenant, userID, keep)
	return err
}

// ListSessions implements identity.Sessions.
func (s *Store) ListSessions(ctx context.Context, tenant, userID string) (out []identity.Session, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		x, err := scanSession(scan)
		out = append(out, x)
		return err
	}, `SELECT `+sessionColumns+` FROM session s WHERE s.tenant = $1 AND s.user_id = $2 ORDER BY s.created_at DESC, s.hash`, tenant, userID)
	return out, s.classify(err)
}

// EndSessions implements identity.Sessions.
func (s *Store) EndSessions(ctx context.Context, tenant, userID, keep string, e access.Entry) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := endSessions(ctx, t, tenant, userID, keep); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// LockSession implements identity.Sessions.
func (s *Store) LockSession(ctx context.Context, hash string, when *time.Time, e access.Entry) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		var err error
		if when != nil {
			_, err = t.exec(ctx, `UPDATE session SET locked_at = COALESCE(locked_at, $1) WHERE tenant = $2 AND hash = $3`, micros(*when), e.Tenant, hash)
		} else {
			_, err = t.exec(ctx, `UPDATE session SET locked_at = NULL, last_seen = $1 WHERE tenant = $2 AND hash = $3`, micros(e.At), e.Tenant, hash)
		}
		if err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// SetChallenge implements identity.Sessions.
func (s *Store) SetChallenge(ctx context.Context, hash, challenge string) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `UPDATE session SET challenge = $1 WHERE hash = $2`, challenge, hash)
		return err
	})
}

// TakeChallenge implements identity.Sessions.
func (s *Store) TakeChallenge(ctx context.Context, hash, challenge string) (won bool, err error) {
	err = s.lockingWrite(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `UPDATE session SET challenge = '' WHERE hash = $1 AND challenge = $2`, hash, challenge)
		won = n == 1
		return err
	})
	return won && err == nil, err
}

// FindPrincipal implements identity.Sessions. The hash of a token is the only key of Kasane that is looked up over all
// municipalities: it is where the municipality comes from.
func (s *Store) FindPrincipal(ctx context.Context, hash string) (p identity.Principal, err error) {
	gone := fault.New(fault.NotFound, "サインインが必要です。もう一度サインインしてください。")
	err = s.read(ctx, func(t *tx) error {
		p = identity.Principal{}
		var founded int64
		var rules string
		m := &p.Municipality
		p.Session, err = scanSession(t.row(ctx, `SELECT `+sessionColumns+`, m.id, m.name, m.code, m.demo, m.created_at, m.sign_in
			FROM session s JOIN municipality m ON m.id = s.tenant WHERE s.hash = $1 AND m.suspended_at IS NULL`, hash).Scan, &m.ID, &m.Name, &m.Code, &m.Demo, &founded, &rules)
		if err != nil {
			return orMissing(err, gone)
		}
		m.CreatedAt = at(founded)
		if p.Set, err = readRules(rules); err != nil {
			return err
		}
		ses, agency := &p.Session, ""
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

// readRules reads the rules of sign-in; nil where none are set.
func readRules(raw string) (*identity.Rules, error) {
	if raw == "" {
		return nil, nil
	}
	r := new(identity.Rules)
	return r, fromJSON(raw, r)
}

// Rules implements identity.Municipalities.
func (s *Store) Rules(ctx context.Context, tenant string) (r *identity.Rules, err error) {
	err = s.read(ctx, func(t *tx) error {
		r = nil
		var raw string
		err := t.row(ctx, `SELECT sign_in FROM municipality WHERE id = $1`, tenant).Scan(&raw)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil {
			r, err = readRules(raw)
		}
		return err
	})
	return r, err
}

// SaveRules implements identity.Municipalities.
func (s *Store) SaveRules(ctx context.Context, tenant string, r identity.Rules, e access.Entry) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := t.must(ctx, fault.New(fault.NotFound, ""), `UPDATE municipality SET sign_in = $1 WHERE id = $2`, toJSON(r), tenant); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
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
