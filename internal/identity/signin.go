package identity

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// jst is Japan's zone without zone data; it has had no summer time since 1951.
var jst = time.FixedZone("JST", 9*60*60)

const signInRefused = "ログイン名またはパスワードが違います。大文字・小文字を確かめて、もう一度入力してください。"

// SignIn checks a password and opens a session; the token goes into the cookie and nowhere else. Where a second factor is owed the session does not
// act yet: the actor is zero, and Stand tells what is missing.
//
// Unauthorized: login, password or account do not fit (all alike). RateLimited: locked for the account or the address, with
// the time it ends. Forbidden: the agency's people may not come from this address. tenant "" (no municipality yet) is refused like a wrong password.
func (s *Service) SignIn(ctx context.Context, tenant, login, password string, c Client) (token string, a access.Actor, err error) {
	login = foldLogin(login)
	now := s.now()
	account := attemptKey("login", login)
	address := attemptKey("addr", c.IP)
	if tenant == "" {
		_, err = s.hasher.verify(ctx, "", password)
		return "", access.Actor{}, orElse(err, fault.New(fault.Unauthorized, signInRefused))
	}
	locked, err := s.store.BeginAttempt(ctx, tenant, []AttemptKey{{account, accountFailures}, {address, addressFailures}},
		attemptWindow, lockFor, now)
	if err != nil {
		return "", access.Actor{}, err
	}
	nobody := access.Actor{Tenant: tenant, IP: c.IP}
	if !locked.IsZero() {
		if err := s.store.AppendAudit(ctx, nobody.Audit(now, access.VerbLocked, "").Denied("locked")); err != nil {
			return "", access.Actor{}, err
		}
		return "", access.Actor{}, lockedOut(locked)
	}
	acc, err := s.store.AccountByLogin(ctx, tenant, login)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return "", access.Actor{}, err
	}
	ok, err := s.hasher.verify(ctx, acc.PasswordHash, password)
	if err != nil {
		return "", access.Actor{}, err
	}
	if !ok || acc.Disabled {
		if err := s.store.AppendAudit(ctx, nobody.Audit(now, access.VerbSignInFailed, acc.ID).Failed("credentials")); err != nil {
			return "", access.Actor{}, err
		}
		return "", access.Actor{}, fault.New(fault.Unauthorized, signInRefused)
	}
	return s.admit(ctx, opening{user: acc.User, clear: []string{account, address}}, c, now)
}

// admit opens the session of somebody whose account was proved: by the password, or by the sign-in service of the municipality, which may have asked
// for a second factor itself (with).
func (s *Service) admit(ctx context.Context, o opening, c Client, now time.Time) (string, access.Actor, error) {
	u := o.user
	if err := s.comesFrom(ctx, u, c, now); err != nil {
		return "", access.Actor{}, err
	}
	m, err := s.municipality(ctx, u.Tenant)
	if err != nil {
		return "", access.Actor{}, err
	}
	r, err := s.rulesOf(ctx, m)
	if err != nil {
		return "", access.Actor{}, err
	}
	o.tenant, o.rules = u.Tenant, r
	if o.factor == "" {
		list, err := s.store.Factors(ctx, u.Tenant, u.ID)
		switch {
		case err != nil:
			return "", access.Actor{}, err
		case len(kinds(list)) > 0:
			o.stage = StageFactor
		case r.owesFactor(u.Roles):
			o.stage = StageEnrol
		}
	}
	return s.open(ctx, o, c, now)
}

// comesFrom refuses an address the agency does not allow.
func (s *Service) comesFrom(ctx context.Context, u access.User, c Client, now time.Time) error {
	all, err := s.store.ListAgencies(ctx, u.Tenant)
	if err != nil {
		return err
	}
	for _, g := range all {
		if g.ID != u.AgencyID || allowed(g, c.IP) {
			continue
		}
		who := access.Actor{Tenant: u.Tenant, UserID: u.ID, AgencyID: u.AgencyID, IP: c.IP}
		if err := s.store.AppendAudit(ctx, who.Audit(now, access.VerbSignInFailed, u.ID).Denied("address")); err != nil {
			return err
		}
		return fault.New(fault.Forbidden, addressRefused)
	}
	return nil
}

// foldLogin makes what was typed comparable: login names are ASCII, so upper case and full-width letters are slips of the keyboard.
func foldLogin(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, strings.TrimSpace(s))
	return strings.ToLower(s)
}

// attemptKey hides what is counted: neither logins nor addresses stand in the table in clear.
func attemptKey(kind, value string) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + value))
	return kind + ":" + hex.EncodeToString(sum[:16])
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}
