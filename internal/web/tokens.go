package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
)

// bearer is the 連携用トークン of a request; where there is one, the session cookie counts nothing.
func bearer(r *http.Request) (string, bool) {
	kind, secret, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(kind, "Bearer") {
		return "", false
	}
	return strings.TrimSpace(secret), true
}

// tokenActor is who a token acts as on a route. A route that names no scope is not for tokens, and neither is any live connection: they ask for the cookie.
func (s *server) tokenActor(r *http.Request, rt route, secret string) (access.Actor, error) {
	from, now := s.from(r), s.deps.Now()
	if !s.tokens.alive(from.IP, now) {
		return access.Actor{}, tooManyLinks
	}
	a, err := s.deps.Tokens.Actor(r.Context(), secret, rt.scope, from)
	if fault.Is(err, fault.Unauthorized) || fault.Is(err, fault.Forbidden) {
		s.tokens.fail(from.IP, now)
	}
	return a, err
}

// unknown is said to whom nobody knows: a browser forgets its cookie, a system is told what it has to send.
func (s *server) unknown(w http.ResponseWriter, r *http.Request) {
	if _, token := bearer(r); token {
		w.Header().Set("WWW-Authenticate", `Bearer realm="kasane"`)
		return
	}
	s.dropCookie(w, r)
}

// alive tells whether an address has not failed too often.
func (p *linkPace) alive(ip string, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.of(ip, now).dead.TokensAt(now) >= 1
}

// fail counts a failure of an address.
func (p *linkPace) fail(ip string, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.of(ip, now).dead.AllowN(now, 1)
}

func (s *server) tokenDesk(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deps.Tokens.Desk(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, d)
}

// tokenMake makes a 連携用トークン. The token itself stands in this answer and nowhere else.
func (s *server) tokenMake(w http.ResponseWriter, r *http.Request) error {
	var in identity.TokenInput
	if err := decode(r, &in); err != nil {
		return err
	}
	made, err := s.deps.Tokens.Make(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, made)
}

// tokenRevoke ends a 連携用トークン at once.
func (s *server) tokenRevoke(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	if err := s.deps.Tokens.Revoke(r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "id")); err != nil {
		return err
	}
	return s.done(w, r)
}
