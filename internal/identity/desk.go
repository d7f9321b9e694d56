package identity

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// OpenSession (サインイン中の端末) is what the owner of a session, or an administrator, is shown of it.
type OpenSession struct {
	ID        string    `json:"id"`
	Device    string    `json:"device"`
	IP        string    `json:"ip"`
	CreatedAt time.Time `json:"createdAt"`
	LastSeen  time.Time `json:"lastSeen"`
	Locked    bool      `json:"locked"`
	This      bool      `json:"this"` // the one that asks
}

// sessionIDLen of the hash is enough to tell the sessions of one person apart, and opens nothing.
const sessionIDLen = 16

// OwnSessions lists the living sessions of the actor, newest first.
func (s *Service) OwnSessions(ctx context.Context, a access.Actor) ([]OpenSession, error) {
	if a.UserID == "" || a.Guest() {
		return nil, fault.New(fault.Forbidden, "")
	}
	return s.openSessions(ctx, a, a.UserID)
}

// SessionsOf lists the living sessions of somebody the actor administers.
func (s *Service) SessionsOf(ctx context.Context, a access.Actor, userID string) ([]OpenSession, error) {
	if _, err := s.administered(ctx, a, userID); err != nil {
		return nil, err
	}
	return s.openSessions(ctx, a, userID)
}

func (s *Service) openSessions(ctx context.Context, a access.Actor, userID string) ([]OpenSession, error) {
	list, err := s.store.ListSessions(ctx, a.Tenant, userID)
	if err != nil {
		return nil, err
	}
	now, out := s.now(), []OpenSession{}
	for _, x := range list {
		if x.Stage != StageDone || !now.Before(x.ExpiresAt) || now.Sub(x.LastSeen) >= SessionIdle {
			continue
		}
		out = append(out, OpenSession{ID: x.Hash[:sessionIDLen], Device: x.Device, IP: x.IP, CreatedAt: x.CreatedAt, LastSeen: x.LastSeen,
			Locked: x.LockedAt != nil, This: x.Hash == a.SessionID})
	}
	return out, nil
}

// EndOwn ends one session of the actor by its id, or with "" all but the one that asks. NotFound: none such.
func (s *Service) EndOwn(ctx context.Context, a access.Actor, id string) error {
	if a.UserID == "" || a.Guest() {
		return fault.New(fault.Forbidden, "")
	}
	e := a.Audit(s.now(), access.VerbSessionEnd, a.UserID)
	if id == "" {
		return s.store.EndSessions(ctx, a.Tenant, a.UserID, a.SessionID, e)
	}
	list, err := s.store.ListSessions(ctx, a.Tenant, a.UserID)
	if err != nil {
		return err
	}
	for _, x := range list {
		if x.Hash[:sessionIDLen] == id {
			return s.store.EndSession(ctx, x.Hash, e)
		}
	}
	return fault.New(fault.NotFound, "このサインインはもう終わっています。")
}

// EndSessionsOf ends all sessions of somebody the actor administers: a lost tablet, somebody who left.
func (s *Service) EndSessionsOf(ctx context.Context, a access.Actor, userID string) error {
	if _, err := s.administered(ctx, a, userID); err != nil {
		return err
	}
	return s.store.EndSessions(ctx, a.Tenant, userID, "", a.Audit(s.now(), access.VerbSessionEnd, userID))
}

// ChangePassword changes the actor's own password and ends the other sessions. Invalid on old or password.
func (s *Service) ChangePassword(ctx context.Context, a access.Actor, old, next string) error {
	if a.UserID == "" || a.Guest() {
		return fault.New(fault.Forbidden, "")
	}
	acc, err := s.confirm(ctx, a, old, "old")
	if err != nil {
		return err
	}
	m, err := s.municipality(ctx, a.Tenant)
	if err != nil {
		return err
	}
	if err := s.checkNewPassword(ctx, m, next, acc.User); err != nil {
		return err
	}
	if next == old {
		return fault.New(fault.Invalid, "今のパスワードと違うものにしてください。").On("password")
	}
	hash, err := s.hasher.hash(ctx, next)
	if err != nil {
		return err
	}
	return s.store.SetPassword(ctx, a.Tenant, a.UserID, hash, a.SessionID, a.Audit(s.now(), access.VerbPassword, a.UserID))
}

// confirm asks for the actor's password again before something that a stranger at the desk must not do. Wrong ones count as at the sign-in.
func (s *Service) confirm(ctx context.Context, a access.Actor, password, field string) (Account, error) {
	acc, err := s.store.GetUser(ctx, a.Tenant, a.UserID)
	if err != nil {
		return Account{}, err
	}
	now := s.now()
	locked, err := s.store.BeginAttempt(ctx, a.Tenant, []AttemptKey{{attemptKey("confirm", a.UserID), accountFailures}}, attemptWindow, lockFor, now)
	if err != nil {
		return Account{}, err
	}
	if !locked.IsZero() {
		return Account{}, lockedOut(locked)
	}
	ok, err := s.hasher.verify(ctx, acc.PasswordHash, password)
	if err != nil {
		return Account{}, err
	}
	if !ok {
		if err := s.store.AppendAudit(ctx, a.Audit(now, access.VerbPassword, a.UserID).Failed("credentials")); err != nil {
			return Account{}, err
		}
		return Account{}, fault.New(fault.Invalid, "今のパスワードが違います。").On(field)
	}
	return acc, s.store.ForgetAttempts(ctx, a.Tenant, attemptKey("confirm", a.UserID))
}
