package identity

import (
	"context"
	"errors"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// Stage is how far a session has come. Only a session that owes nothing and is not locked acts.
type Stage string

// The stages.
const (
	StageDone   Stage = ""       // signed in
	StageFactor Stage = "factor" // the password was right; the second factor is owed
	StageEnrol  Stage = "enrol"  // the password was right; the rules ask for a second factor and there is none yet
	StageLocked Stage = "locked" // 離席ロック: signed in, the desk was left
)

// stageTime is how long a session may stand at the second factor.
const stageTime = 10 * time.Minute

// Standing (サインインの状態) is what the sign-in page needs to know of a token that does not act (yet).
type Standing struct {
	Stage        Stage
	Name         string
	Guest        bool
	Municipality access.Municipality
	Factors      []FactorKind // with which the second step can be done
}

// Halted tells at which stage a session stands that was refused; false when there is none, or it has ended.
func Halted(err error) (Stage, bool) {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Unauthorized {
		return "", false
	}
	s, ok := f.Details["stage"].(string)
	return Stage(s), ok
}

func halted(s Stage) error {
	message := "二要素認証がまだ終わっていません。"
	if s == StageLocked {
		message = "離席中のため画面をロックしています。パスワードを入力すると続きから使えます。"
	}
	return fault.New(fault.Unauthorized, message).With("stage", string(s))
}

// stage is where a living session stands.
func (p Principal) stage() Stage {
	if p.Session.LockedAt != nil {
		return StageLocked
	}
	return p.Session.Stage
}

// Stand tells where the session of a token stands. Asked when a page is opened: a desk that was left longer than the rules allow is locked by it.
// Unauthorized: no session.
func (s *Service) Stand(ctx context.Context, token string, c Client) (Standing, error) {
	now := s.now()
	p, err := s.holder(ctx, token, c, now)
	if err != nil {
		return Standing{}, err
	}
	if p.stage() == StageDone && p.rules().away(p.Session.LastSeen, now) {
		if err := s.lock(ctx, p, c, now); err != nil {
			return Standing{}, err
		}
		p.Session.LockedAt = &now
	}
	st := Standing{Stage: p.stage(), Name: p.name(), Guest: p.Guest != nil, Municipality: p.Municipality}
	if st.Stage != StageFactor {
		return st, nil
	}
	list, err := s.store.Factors(ctx, p.Session.Tenant, p.Session.UserID)
	st.Factors = kinds(list)
	return st, err
}

// Lock covers the session of an actor (離席ロック); its live connections end when they are looked at again.
func (s *Service) Lock(ctx context.Context, a access.Actor) error {
	now := s.now()
	return s.store.LockSession(ctx, a.SessionID, &now, a.Audit(now, access.VerbLock, a.UserID))
}

func (s *Service) lock(ctx context.Context, p Principal, c Client, now time.Time) error {
	a := actorOf(p)
	a.IP = c.IP
	return s.store.LockSession(ctx, p.Session.Hash, &now, a.Audit(now, access.VerbLock, a.UserID))
}

// Unlock takes the cover away with the password, for a guest with the PIN. Unauthorized: no session. Conflict: it is not locked. Invalid: the secret is wrong. Gone: wrong
// too often, the session has ended.
func (s *Service) Unlock(ctx context.Context, token, secret string, c Client) (access.Actor, error) {
	now := s.now()
	p, err := s.holder(ctx, token, c, now)
	if err != nil {
		return access.Actor{}, err
	}
	a := actorOf(p)
	a.IP = c.IP
	switch p.stage() {
	case StageDone: // another tab was faster
		return access.Actor{}, fault.New(fault.Conflict, "ロックはもう解除されています。")
	case StageLocked:
	default:
		return access.Actor{}, halted(p.stage())
	}
	hash, key := "", attemptKey("unlock", p.Session.Hash)
	if p.Guest != nil {
		hash, secret = p.Guest.PINHash, foldLogin(secret)
	} else {
		acc, err := s.store.GetUser(ctx, a.Tenant, a.UserID)
		if err != nil {
			return access.Actor{}, err
		}
		hash = acc.PasswordHash
	}
	locked, err := s.store.BeginAttempt(ctx, a.Tenant, []AttemptKey{{key, accountFailures}}, attemptWindow, lockFor, now)
	if err != nil {
		return access.Actor{}, err
	}
	ok := false
	if locked.IsZero() {
		if ok, err = s.hasher.verify(ctx, hash, secret); err != nil {
			return access.Actor{}, err
		}
	}
	switch {
	case ok:
		if err := s.store.LockSession(ctx, p.Session.Hash, nil, a.Audit(now, access.VerbUnlock, a.UserID)); err != nil {
			return access.Actor{}, err
		}
		return a, s.store.ForgetAttempts(ctx, a.Tenant, key)
	case !locked.IsZero():
		e := a.Audit(now, access.VerbSignOut, a.UserID)
		e.Reason = "unlock failed"
		if err := s.store.EndSession(ctx, p.Session.Hash, e); err != nil {
			return access.Actor{}, err
		}
		return access.Actor{}, fault.New(fault.Gone, "続けて間違えたため、サインインを終了しました。もう一度サインインしてください。")
	}
	if err := s.store.AppendAudit(ctx, a.Audit(now, access.VerbUnlock, a.UserID).Failed("credentials")); err != nil {
		return access.Actor{}, err
	}
	message := "パスワードが違います。もう一度入力してください。"
	if p.Guest != nil {
		message = "PINが違います。もう一度入力してください。"
	}
	return access.Actor{}, fault.New(fault.Invalid, message).On("secret")
}
