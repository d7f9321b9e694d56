package web

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// How many requests one session may make: far above what hands do, far below what a script does to read a municipality empty. Addresses are not
// counted here: a whole city office is one address.
const (
	paceEvery  = 20 // requests a second, on the long run
	paceBurst  = 300
	heavyEvery = 1 // PDFs, files, searches, checks of the archive
	heavyBurst = 40
	// a system asks by the clock, not by hand
	tokenEvery      = 2
	tokenBurst      = 60
	tokenHeavyEvery = 0.1
	tokenHeavyBurst = 10
	paceForget      = 10 * time.Minute // without a request
)

// pacer keeps the pace of the sessions that ask this node.
type pacer struct {
	mu   sync.Mutex
	all  map[string]*pace
	last time.Time // of the last forgetting
}

type pace struct {
	light, heavy *rate.Limiter
	seen         time.Time
}

// paced keeps the pace of a session or token, and of all the tokens of a municipality together.
func (s *server) paced(ctx context.Context, a access.Actor, heavy bool) error {
	if err := s.pace.take(a, heavy, s.deps.Now()); err != nil || !a.Token || s.deps.TokenAsks == nil {
		return err
	}
	return s.deps.TokenAsks(ctx, a.Tenant)
}

// take refuses a request that comes too soon, with how long to wait.
func (p *pacer) take(a access.Actor, heavy bool, now time.Time) error {
	if a.SessionID == "" {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.all == nil {
		p.all = map[string]*pace{}
	}
	if now.Sub(p.last) > paceForget {
		for id, s := range p.all {
			if now.Sub(s.seen) > paceForget {
				delete(p.all, id)
			}
		}
		p.last = now
	}
	s := p.all[a.SessionID]
	if s == nil {
		s = &pace{light: rate.NewLimiter(paceEvery, paceBurst), heavy: rate.NewLimiter(heavyEvery, heavyBurst)}
		if a.Token {
			s = &pace{light: rate.NewLimiter(tokenEvery, tokenBurst), heavy: rate.NewLimiter(tokenHeavyEvery, tokenHeavyBurst)}
		}
		p.all[a.SessionID] = s
	}
	s.seen = now
	if s.light.AllowN(now, 1) && (!heavy || s.heavy.AllowN(now, 1)) {
		return nil
	}
	return fault.New(fault.RateLimited, "操作が続いたため一時的に止めています。数秒待ってからお試しください。").With("until", now.Add(5*time.Second).UTC().Format(time.RFC3339))
}
