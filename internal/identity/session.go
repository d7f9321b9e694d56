package identity

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// Identify turns the token of a cookie into an actor and keeps the session awake.
// Unauthorized: no such session, ended, its owner may no longer act, or not from there; with a stage (Halted) where it only waits for something.
func (s *Service) Identify(ctx context.Context, token string, c Client) (access.Actor, error) {
	now := s.now()
	p, err := s.acting(ctx, token, c, now)
	if err != nil {
		return access.Actor{}, err
	}
	if now.Sub(p.Session.LastSeen) >= touchEvery {
		if err := s.store.TouchSession(ctx, p.Session.Hash, now); err != nil {
			return access.Actor{}, err
		}
	}
	a := actorOf(p)
	a.IP = c.IP
	return a, nil
}

// ActorOf is a user as they are now, without a session: for work that was asked for and goes on by itself. Forbidden: the account or its agency is closed.
func (s *Service) ActorOf(ctx context.Context, tenant, userID string) (access.Actor, error) {
	u, err := s.store.GetUser(ctx, tenant, userID)
	if err != nil {
		return access.Actor{}, err
	}
	agencies, err := s.store.ListAgencies(ctx, tenant)
	if err != nil {
		return access.Actor{}, err
	}
	p := Principal{Session: Session{Tenant: tenant}, User: u.User, Municipality: access.Municipality{ID: tenant}}
	for _, g := range agencies {
		if g.ID == u.AgencyID {
			p.Agency = g
		}
	}
	if u.Disabled || !p.Agency.Active {
		return access.Actor{}, fault.New(fault.Forbidden, "")
	}
	if p.Set, err = s.store.Rules(ctx, tenant); err != nil {
		return access.Actor{}, err
	}
	return actorOf(p), nil
}

// Recognize is Identify for what a page asks by itself: it does not count as use.
func (s *Service) Recognize(ctx context.Context, token string, c Client) (access.Actor, error) {
	p, err := s.acting(ctx, token, c, s.now())
	if err != nil {
		return access.Actor{}, err
	}
	a := actorOf(p)
	a.IP = c.IP
	return a, nil
}

// acting is a holder whose session owes nothing and is not locked.
func (s *Service) acting(ctx context.Context, token string, c Client, now time.Time) (Principal, error) {
	p, err := s.holder(ctx, token, c, now)
	if err == nil && p.stage() != StageDone {
		err = halted(p.stage())
	}
	return p, err
}

// holder finds the living session of a token, at whatever stage.
func (s *Service) holder(ctx context.Context, token string, c Client, now time.Time) (Principal, error) {
	if !wellFormed(token) {
		return Principal{}, fault.New(fault.Unauthorized, "")
	}
	p, err := s.living(ctx, hashToken(token), now)
	if err == nil && p.Guest == nil && !allowed(p.Agency, c.IP) {
		return Principal{}, fault.New(fault.Unauthorized, addressRefused)
	}
	return p, err
}

// Current asks again about a session known by its id (Actor.SessionID), with the roles of this moment. It does not count as
// use: an open connection on an unattended desk must not keep a session alive. Errors as Identify.
func (s *Service) Current(ctx context.Context, sessionID string) (access.Actor, error) {
	p, err := s.living(ctx, sessionID, s.now())
	if err != nil {
		return access.Actor{}, err
	}
	if p.stage() != StageDone {
		return access.Actor{}, halted(p.stage())
	}
	return actorOf(p), nil
}

// Awake tells whether a session still holds; Unauthorized when not. It does not count as use.
func (s *Service) Awake(ctx context.Context, sessionID string) error {
	_, err := s.Current(ctx, sessionID)
	return err
}

// Holds tells whether a session still makes of its owner the actor it made before; Unauthorized when it has ended, or when roles or agency
// were changed since. An open connection acts in the name of the actor it began with, so it has to begin anew. It does not count as use.
func (s *Service) Holds(ctx context.Context, a access.Actor) error {
	now, err := s.Current(ctx, a.SessionID)
	if err != nil {
		return err
	}
	if now.Tenant != a.Tenant || now.UserID != a.UserID || now.AgencyID != a.AgencyID || now.GuestMeeting != a.GuestMeeting ||
		now.Waiting != a.Waiting || !sameRoles(now.Roles, a.Roles) {
		return fault.New(fault.Unauthorized, "役割か所属が変わりました。画面を読み込み直してください。")
	}
	return nil
}

// living reads a session and judges it; every way a session can end is in this function.
func (s *Service) living(ctx context.Context, hash string, now time.Time) (Principal, error) {
	p, err := s.store.FindPrincipal(ctx, hash)
	if fault.Is(err, fault.NotFound) {
		return Principal{}, fault.New(fault.Unauthorized, "")
	}
	if err != nil {
		return Principal{}, err
	}
	switch {
	case !now.Before(p.Session.ExpiresAt):
		return Principal{}, fault.New(fault.Unauthorized, "サインインから時間がたったため終了しました。もう一度サインインしてください。")
	case now.Sub(p.Session.LastSeen) >= SessionIdle:
		return Principal{}, fault.New(fault.Unauthorized, "しばらく操作がなかったため終了しました。もう一度サインインしてください。")
	case p.Guest != nil && (p.Guest.RevokedAt != nil || p.Guest.Tenant != p.Session.Tenant || !p.Agency.Active):
		return Principal{}, fault.New(fault.Unauthorized, "")
	case p.Guest == nil && (p.User.ID == "" || p.User.Disabled || p.User.Tenant != p.Session.Tenant || !p.Agency.Active):
		return Principal{}, fault.New(fault.Unauthorized, "")
	}
	return p, nil
}

// Run removes dead sessions once an hour until ctx ends; it returns nil then.
func (s *Service) Run(ctx context.Context) error {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			now := s.now()
			// A failed round leaves nothing broken: expired sessions are refused anyway. The next round tries again.
			_ = s.store.PurgeSessions(ctx, now, now.Add(-SessionIdle))
		}
	}
}
