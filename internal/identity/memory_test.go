package identity

import (
	"context"
	"slices"
	"sync"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// memory keeps the contract of Store in maps.
type memory struct {
	mu       sync.Mutex
	munis    []access.Municipality
	agencies map[string]access.Agency
	users    map[string]Account
	sessions map[string]Session
	links    map[string]GuestLink
	attempts map[string]attempt
	factors  []Factor
	set      map[string]Rules
	entries  []access.Entry
	touches  int
}

type attempt struct {
	n            int
	first, until time.Time
}

func newMemory() *memory {
	return &memory{agencies: map[string]access.Agency{}, users: map[string]Account{}, sessions: map[string]Session{},
		links: map[string]GuestLink{}, attempts: map[string]attempt{}, set: map[string]Rules{}}
}

func (m *memory) lock() func() { m.mu.Lock(); return m.mu.Unlock }

func (m *memory) verbs() (v []access.Verb) {
	defer m.lock()()
	for _, e := range m.entries {
		v = append(v, e.Verb)
	}
	return v
}

func (m *memory) AppendAudit(_ context.Context, e ...access.Entry) error {
	defer m.lock()()
	m.entries = append(m.entries, e...)
	return nil
}

func (m *memory) ListMunicipalities(context.Context) ([]access.Municipality, error) {
	defer m.lock()()
	return slices.Clone(m.munis), nil
}

func (m *memory) CreateMunicipality(_ context.Context, t access.Municipality, a access.Agency, u Account, onlyFirst bool, e access.Entry) error {
	defer m.lock()()
	if onlyFirst && len(m.munis) > 0 {
		return fault.New(fault.Conflict, "")
	}
	m.munis = append(m.munis, t)
	m.agencies[a.ID], m.users[u.ID] = a, u
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) ListAgencies(_ context.Context, tenant string) (out []access.Agency, _ error) {
	defer m.lock()()
	for _, a := range m.agencies {
		if a.Tenant == tenant {
			out = append(out, a)
		}
	}
	return out, nil
}

func (m *memory) SaveAgency(_ context.Context, a access.Agency, create bool, e access.Entry) error {
	defer m.lock()()
	if old, ok := m.agencies[a.ID]; !create && (!ok || old.Tenant != a.Tenant) {
		return fault.New(fault.NotFound, "")
	}
	m.agencies[a.ID] = a
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) SaveAgencies(ctx context.Context, all []AgencySaving) error {
	for _, x := range all {
		if err := m.SaveAgency(ctx, x.Agency, x.Create, x.Entry); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) ListUsers(_ context.Context, tenant string) (out []access.User, _ error) {
	defer m.lock()()
	for _, u := range m.users {
		if u.Tenant == tenant {
			out = append(out, u.User)
		}
	}
	return out, nil
}

func (m *memory) GetUser(_ context.Context, tenant, id string) (Account, error) {
	defer m.lock()()
	if u, ok := m.users[id]; ok && u.Tenant == tenant {
		return u, nil
	}
	return Account{}, fault.New(fault.NotFound, "")
}

func (m *memory) AccountByLogin(_ context.Context, tenant, login string) (Account, error) {
	defer m.lock()()
	for _, u := range m.users {
		if u.Tenant == tenant && u.Login == login {
			return u, nil
		}
	}
	return Account{}, fault.New(fault.NotFound, "")
}

func (m *memory) CreateUser(_ context.Context, u Account, e access.Entry) error {
	defer m.lock()()
	m.users[u.ID] = u
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) UpdateUser(_ context.Context, u Account, end bool, e access.Entry) error {
	defer m.lock()()
	if u.PasswordHash == "" {
		u.PasswordHash = m.users[u.ID].PasswordHash
	}
	m.users[u.ID] = u
	for h, s := range m.sessions {
		if end && s.UserID == u.ID {
			delete(m.sessions, h)
		}
	}
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) BeginAttempt(_ context.Context, tenant string, keys []AttemptKey, window, lock time.Duration, now time.Time) (time.Time, error) {
	defer m.lock()()
	var until time.Time
	for _, k := range keys {
		if a := m.attempts[tenant+k.Key]; a.until.After(now) && a.until.After(until) {
			until = a.until
		}
	}
	if !until.IsZero() {
		return until, nil
	}
	for _, k := range keys {
		a := m.attempts[tenant+k.Key]
		if now.Sub(a.first) > window {
			a = attempt{first: now}
		}
		if a.n++; a.n >= k.Limit {
			a.until = now.Add(lock)
		}
		m.attempts[tenant+k.Key] = a
	}
	return time.Time{}, nil
}

func (m *memory) CreateSession(_ context.Context, s Session, f Follow, e access.Entry) error {
	defer m.lock()()
	if f.Of != "" {
		if _, ok := m.sessions[f.Of]; !ok {
			return fault.New(fault.Unauthorized, "")
		}
		delete(m.sessions, f.Of)
	}
	if f.Alone {
		m.endSessions(s.UserID, "")
	}
	m.sessions[s.Hash] = s
	for _, k := range f.Clear {
		delete(m.attempts, s.Tenant+k)
	}
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) FindPrincipal(_ context.Context, hash string) (Principal, error) {
	defer m.lock()()
	s, ok := m.sessions[hash]
	if !ok {
		return Principal{}, fault.New(fault.NotFound, "")
	}
	p := Principal{Session: s, User: m.users[s.UserID].User}
	if g, ok := m.links[s.GuestID]; ok {
		p.Guest, p.Agency = &g, m.agencies[g.AgencyID]
	} else {
		p.Agency = m.agencies[p.User.AgencyID]
	}
	for _, x := range m.munis {
		if x.ID == s.Tenant {
			p.Municipality = x
		}
	}
	if r, ok := m.set[s.Tenant]; ok {
		p.Set = &r
	}
	return p, nil
}

func (m *memory) TouchSession(_ context.Context, hash string, now time.Time) error {
	defer m.lock()()
	if s, ok := m.sessions[hash]; ok {
		s.LastSeen = now
		m.sessions[hash] = s
		m.touches++
	}
	return nil
}

func (m *memory) EndSession(_ context.Context, hash string, e access.Entry) error {
	defer m.lock()()
	delete(m.sessions, hash)
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) PurgeSessions(context.Context, time.Time, time.Time) error { return nil }

func (m *memory) CreateGuest(_ context.Context, g GuestLink, e access.Entry) error {
	defer m.lock()()
	m.links[g.ID] = g
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) GuestByToken(_ context.Context, hash string) (GuestLink, error) {
	defer m.lock()()
	for _, g := range m.links {
		if g.TokenHash == hash {
			return g, nil
		}
	}
	return GuestLink{}, fault.New(fault.NotFound, "")
}

func (m *memory) GetGuest(_ context.Context, tenant, id string) (GuestLink, error) {
	defer m.lock()()
	if g, ok := m.links[id]; ok && g.Tenant == tenant {
		return g, nil
	}
	return GuestLink{}, fault.New(fault.NotFound, "")
}

func (m *memory) ListGuests(_ context.Context, tenant, meeting string) (out []GuestLink, _ error) {
	defer m.lock()()
	for _, g := range m.links {
		if g.Tenant == tenant && g.MeetingID == meeting {
			out = append(out, g)
		}
	}
	return out, nil
}

func (m *memory) open(id string, now time.Time) (GuestLink, error) {
	g := m.links[id]
	if g.ID == "" || g.UsedAt != nil || g.RevokedAt != nil || !g.ExpiresAt.After(now) {
		return g, fault.New(fault.Gone, "")
	}
	return g, nil
}

func (m *memory) GuestAttempt(_ context.Context, _, id string, limit int, now time.Time) error {
	defer m.lock()()
	g, err := m.open(id, now)
	if err != nil || g.Attempts >= limit {
		return fault.New(fault.Gone, "")
	}
	g.Attempts++
	m.links[id] = g
	return nil
}

func (m *memory) UseGuest(_ context.Context, _, id string, s Session, admitted bool, now time.Time, e access.Entry) error {
	defer m.lock()()
	g, err := m.open(id, now)
	if err != nil {
		return err
	}
	g.UsedAt = &now
	if admitted {
		g.AdmittedAt = &now
	}
	m.links[id], m.sessions[s.Hash] = g, s
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) CarryGuest(_ context.Context, _, id, from, to string, admitted bool, end, now time.Time, e access.Entry) error {
	defer m.lock()()
	g, ok := m.links[id]
	if !ok || g.MeetingID != from || g.UsedAt == nil || g.AdmittedAt == nil || g.RevokedAt != nil || !g.ExpiresAt.After(now) {
		return fault.New(fault.NotFound, "")
	}
	g.MeetingID, g.AdmittedAt, g.ExpiresAt, g.Carried = to, nil, end, true
	if admitted {
		g.AdmittedAt = &now
	}
	m.links[id] = g
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) MoveGuests(_ context.Context, _ string, ends map[string]time.Time, e access.Entry) error {
	defer m.lock()()
	for id, end := range ends {
		g := m.links[id]
		g.ExpiresAt = end
		m.links[id] = g
		for h, s := range m.sessions {
			if s.GuestID == id && s.ExpiresAt.After(end) {
				s.ExpiresAt = end
				m.sessions[h] = s
			}
		}
	}
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) RevokeGuest(_ context.Context, _, id string, now time.Time, e access.Entry) error {
	defer m.lock()()
	g := m.links[id]
	g.RevokedAt = &now
	m.links[id] = g
	for h, s := range m.sessions {
		if s.GuestID == id {
			delete(m.sessions, h)
		}
	}
	m.entries = append(m.entries, e)
	return nil
}
