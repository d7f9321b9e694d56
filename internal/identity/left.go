package identity

import (
	"context"
	"net/url"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// Left (サインアウト後) is what a session that has ended leaves behind at the sign-in service of the municipality.
type Left struct {
	// ByService: the service vouched for it, and still knows the browser. The next sign-in from there by the service has to be a new one (AskOIDC).
	ByService bool
	// At is where one signs out of the service as well; "" = it has no such address, or does not answer.
	At string
}

// SignOut ends the actor's session.
func (s *Service) SignOut(ctx context.Context, a access.Actor) (Left, error) {
	if a.SessionID == "" {
		return Left{}, nil
	}
	p, err := s.store.FindPrincipal(ctx, a.SessionID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return Left{}, err
	}
	if err := s.store.EndSession(ctx, a.SessionID, a.Audit(s.now(), access.VerbSignOut, a.UserID)); err != nil {
		return Left{}, err
	}
	return s.left(ctx, p.Session), nil
}

// Leave ends the session of a token at whatever stage it stands: somebody else takes the desk, or the sign-in begins anew.
func (s *Service) Leave(ctx context.Context, token string, c Client) (Left, error) {
	p, err := s.holder(ctx, token, c, s.now())
	if err != nil {
		return Left{}, err
	}
	a := actorOf(p)
	a.IP = c.IP
	if err := s.store.EndSession(ctx, p.Session.Hash, a.Audit(s.now(), access.VerbSignOut, a.UserID)); err != nil {
		return Left{}, err
	}
	return s.left(ctx, p.Session), nil
}

// left is asked when the session is over: whether the service answers changes nothing of that.
func (s *Service) left(ctx context.Context, ses Session) Left {
	if s.oidc == nil || ses.Service == "" || ses.Service != s.oidc.opt.Issuer {
		return Left{}
	}
	return Left{ByService: true, At: s.oidc.ending(ctx)}
}

// ending is the address at which one signs out of the service (OpenID Connect RP-Initiated Logout). The ID token is not sent along, though the service would
// ask nothing then: it names the person, and addresses are kept in histories and logs.
func (v *service) ending(ctx context.Context) string {
	provider, _, err := v.connect(ctx)
	if err != nil {
		return ""
	}
	var says struct {
		End string `json:"end_session_endpoint"`
	}
	if err := provider.Claims(&says); err != nil {
		return ""
	}
	u, err := url.Parse(says.End)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	q := u.Query()
	q.Set("client_id", v.opt.ClientID)
	q.Set("post_logout_redirect_uri", v.opt.Home)
	u.RawQuery = q.Encode()
	return u.String()
}
