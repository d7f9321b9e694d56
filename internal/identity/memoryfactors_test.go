package identity

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// plainSeal keeps the contract of Sealer without hiding anything: a secret opens in its own place only.
type plainSeal struct{}

func (plainSeal) SealSecret(place string, plain []byte) []byte {
	return append([]byte(place+"\x01"), plain...)
}

func (plainSeal) OpenSecret(place string, sealed []byte) ([]byte, error) {
	if plain, ok := bytes.CutPrefix(sealed, []byte(place+"\x01")); ok {
		return plain, nil
	}
	return nil, errors.New("another place")
}

func (m *memory) endSessions(userID, keep string) {
	for h, s := range m.sessions {
		if s.UserID == userID && h != keep {
			delete(m.sessions, h)
		}
	}
}

func (m *memory) AccountBySubject(_ context.Context, tenant, subject string) (Account, error) {
	defer m.lock()()
	for _, u := range m.users {
		if u.Tenant == tenant && u.Subject == subject && subject != "" {
			return u, nil
		}
	}
	return Account{}, fault.New(fault.NotFound, "")
}

func (m *memory) BindSubject(_ context.Context, _, userID, subject string, e access.Entry) error {
	defer m.lock()()
	u := m.users[userID]
	if u.Subject != "" {
		return fault.New(fault.Conflict, "")
	}
	u.Subject = subject
	m.users[userID] = u
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) Rules(_ context.Context, tenant string) (*Rules, error) {
	defer m.lock()()
	if r, ok := m.set[tenant]; ok {
		return &r, nil
	}
	return nil, nil
}

func (m *memory) SaveRules(_ context.Context, tenant string, r Rules, e access.Entry) error {
	defer m.lock()()
	m.set[tenant] = r
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) SetPassword(_ context.Context, _, userID, hash, keep string, e access.Entry) error {
	defer m.lock()()
	u := m.users[userID]
	u.PasswordHash = hash
	m.users[userID] = u
	m.endSessions(userID, keep)
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) ForgetAttempts(_ context.Context, tenant string, keys ...string) error {
	defer m.lock()()
	for _, k := range keys {
		delete(m.attempts, tenant+k)
	}
	return nil
}

func (m *memory) ListSessions(_ context.Context, tenant, userID string) (out []Session, _ error) {
	defer m.lock()()
	for _, s := range m.sessions {
		if s.Tenant == tenant && s.UserID == userID {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Session) int { return b.CreatedAt.Compare(a.CreatedAt) })
	return out, nil
}

func (m *memory) EndSessions(_ context.Context, _, userID, keep string, e access.Entry) error {
	defer m.lock()()
	m.endSessions(userID, keep)
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) LockSession(_ context.Context, hash string, at *time.Time, e access.Entry) error {
	defer m.lock()()
	if s, ok := m.sessions[hash]; ok {
		if at == nil {
			s.LastSeen = e.At
		}
		s.LockedAt = at
		m.sessions[hash] = s
	}
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) SetChallenge(_ context.Context, hash, challenge string) error {
	defer m.lock()()
	if s, ok := m.sessions[hash]; ok {
		s.Challenge = challenge
		m.sessions[hash] = s
	}
	return nil
}

func (m *memory) TakeChallenge(_ context.Context, hash, challenge string) (bool, error) {
	defer m.lock()()
	s, ok := m.sessions[hash]
	if !ok || s.Challenge != challenge {
		return false, nil
	}
	s.Challenge = ""
	m.sessions[hash] = s
	return true, nil
}

func (m *memory) AdmitGuest(_ context.Context, _, id string, now time.Time, e access.Entry) error {
	defer m.lock()()
	g, ok := m.links[id]
	if !ok {
		return fault.New(fault.NotFound, "")
	}
	g.AdmittedAt = &now
	m.links[id] = g
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) Factors(_ context.Context, tenant, userID string) (out []Factor, _ error) {
	defer m.lock()()
	for _, f := range m.factors {
		if f.Tenant == tenant && f.UserID == userID {
			out = append(out, f)
		}
	}
	return out, nil
}

func (m *memory) drop(ids []string) {
	m.factors = slices.DeleteFunc(m.factors, func(f Factor) bool { return slices.Contains(ids, f.ID) })
}

func (m *memory) AddFactors(_ context.Context, add []Factor, old []string, e access.Entry) error {
	defer m.lock()()
	m.drop(old)
	m.factors = append(m.factors, add...)
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) RemoveFactors(_ context.Context, _, _ string, ids []string, e access.Entry) error {
	defer m.lock()()
	m.drop(ids)
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) UseFactor(_ context.Context, was, next Factor, now time.Time) (bool, error) {
	defer m.lock()()
	for i, f := range m.factors {
		if f.ID == was.ID && f.Step == was.Step && f.Content == was.Content {
			next.UsedAt = &now
			m.factors[i] = next
			return true, nil
		}
	}
	return false, nil
}
