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

// SignIn checks a password and opens a session; the token goes into the cookie and nowhere else.
//
// Unauthorized: login, password or account do not fit (all alike). RateLimited: locked for the account or the address, with
// the time it ends. tenant "" (no municipality yet) is refused like a wrong password.
func (s *Service) SignIn(ctx context.Context, tenant, login, password, ip string) (token string, a access.Actor, err error) {
	login = foldLogin(login)
	now := s.now()
	account := attemptKey("login", login)
	address := attemptKey("addr", ip)
	if tenant == "" {
		_, err = s.hasher.verify(ctx, "", password)
		return "", access.Actor{}, orElse(err, fault.New(fault.Unauthorized, signInRefused))
	}
	locked, err := s.store.BeginAttempt(ctx, tenant, []AttemptKey{{account, accountFailures}, {address, addressFailures}},
		attemptWindow, lockFor, now)
	if err != nil {
		return "", access.Actor{}, err
	}
	nobody := access.Actor{Tenant: tenant, IP: ip}
	if !locked.IsZero() {
		if err := s.store.AppendAudit(ctx, nobody.Audit(now, access.VerbLocked, "").Denied("locked")); err != nil {
			return "", access.Actor{}, err
		}
		return "", access.Actor{}, fault.Newf(fault.RateLimited,
			"続けて間違えたため、%sまでサインインできません。急ぐときは市の担当者に連絡してください。", locked.In(jst).Format("15時04分")).
			With("until", locked.UTC().Format(time.RFC3339))
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
	token, hash := newToken()
	session := Session{Hash: hash, Tenant: tenant, UserID: acc.ID, CreatedAt: now, LastSeen: now,
		ExpiresAt: now.Add(SessionAbsolute), IP: ip}
	who := access.Actor{Tenant: tenant, UserID: acc.ID, AgencyID: acc.AgencyID, SessionID: hash, IP: ip}
	if err := s.store.CreateSession(ctx, session, []string{account, address}, who.Audit(now, access.VerbSignIn, acc.ID)); err != nil {
		return "", access.Actor{}, err
	}
	p, err := s.store.FindPrincipal(ctx, hash)
	if err != nil {
		return "", access.Actor{}, err
	}
	a = actorOf(p)
	a.IP = ip
	return token, a, nil
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
