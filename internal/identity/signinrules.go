package identity

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// Rules (サインインの決まり) are what a municipality decides about signing in.
type Rules struct {
	// IdleLockMinutes without touching the PC until the screen is covered (離席ロック); 0 = never.
	IdleLockMinutes int `json:"idleLockMinutes"`
	// MeetingLockMinutes is the same on the pages of a meeting, where people listen more than they type.
	MeetingLockMinutes int `json:"meetingLockMinutes"`
	// OneSession ends the other sessions of a person who signs in.
	OneSession bool `json:"oneSession"`
	// PasswordMin is the least number of characters of a new password.
	PasswordMin int `json:"passwordMin"`
	// FactorRoles must sign in with a second factor (二要素認証).
	FactorRoles []access.Role `json:"factorRoles"`
	// Lobby: guests wait until the chair lets them in (待合室).
	Lobby bool `json:"lobby"`
	// Copies: agencies that are no section of the city may take PDFs and print pages; each copy carries name, agency and time.
	Copies bool `json:"copies"`
}

// Bounds of the rules.
const (
	lockMost        = 60 // minutes: no longer than SessionIdle
	passwordMinMost = 64
)

// DefaultRules are those of a municipality that has set none. A demo is to be looked at without hindrance.
func DefaultRules(demo bool) Rules {
	r := Rules{IdleLockMinutes: 5, MeetingLockMinutes: 30, PasswordMin: passwordMin, FactorRoles: []access.Role{}, Lobby: true}
	if demo {
		r.IdleLockMinutes, r.MeetingLockMinutes, r.PasswordMin, r.Lobby = 0, 0, passwordMinDemo, false
		r.Copies = true
	}
	return r
}

// Rules tells the rules of the actor's municipality.
func (s *Service) Rules(ctx context.Context, a access.Actor) (Rules, error) {
	m, err := s.municipality(ctx, a.Tenant)
	if err != nil {
		return Rules{}, err
	}
	return s.rulesOf(ctx, m)
}

func (s *Service) rulesOf(ctx context.Context, m access.Municipality) (Rules, error) {
	set, err := s.store.Rules(ctx, m.ID)
	if err != nil {
		return Rules{}, err
	}
	return rules(set, m), nil
}

// rules are those set, or those of delivery.
func rules(set *Rules, m access.Municipality) Rules {
	if set == nil {
		return DefaultRules(m.Demo)
	}
	return *set
}

// TakesCopies tells whether an agency may have files and prints (ファイルの受取り・印刷): a section of the city, an agency where somebody holds the record
// (a 多機関協働事業者 by contract), any other where the rules let it. It is the agency's side of Actor.NoCopies.
func (s *Service) TakesCopies(ctx context.Context, a access.Actor, g access.Agency) (bool, error) {
	r, err := s.Rules(ctx, a)
	if err != nil || g.City || r.Copies {
		return err == nil, err
	}
	users, err := s.store.ListUsers(ctx, a.Tenant)
	if err != nil {
		return false, fmt.Errorf("who works in an agency: %w", err)
	}
	return slices.ContainsFunc(users, func(u access.User) bool {
		return u.AgencyID == g.ID && !u.Disabled && (slices.Contains(u.Roles, access.RoleSecretariat) || slices.Contains(u.Roles, access.RoleCity))
	}), nil
}

// SaveRules changes the rules; they hold from the next sign-in and the next page on.
func (s *Service) SaveRules(ctx context.Context, a access.Actor, r Rules) error {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return err
	}
	m, err := s.municipality(ctx, a.Tenant)
	if err != nil {
		return err
	}
	if err := r.check(m.Demo); err != nil {
		return err
	}
	if r.FactorRoles == nil {
		r.FactorRoles = []access.Role{}
	}
	return s.store.SaveRules(ctx, a.Tenant, r, a.Audit(s.now(), access.VerbSignInRules, a.Tenant))
}

func (r Rules) check(demo bool) error {
	least := passwordMin
	if demo {
		least = passwordMinDemo
	}
	for field, minutes := range map[string]int{"idleLockMinutes": r.IdleLockMinutes, "meetingLockMinutes": r.MeetingLockMinutes} {
		if minutes < 0 || minutes > lockMost {
			return fault.Newf(fault.Invalid, "離席ロックまでの時間は0分から%d分までにしてください(0分は使わない)。", lockMost).On(field)
		}
	}
	if r.PasswordMin < least || r.PasswordMin > passwordMinMost {
		return fault.Newf(fault.Invalid, "パスワードの最短の長さは%d文字から%d文字までにしてください。", least, passwordMinMost).On("passwordMin")
	}
	for _, role := range r.FactorRoles {
		if !slices.Contains(storedRoles, role) {
			return fault.New(fault.Invalid, "この役割は選べません。").On("factorRoles")
		}
	}
	return nil
}

// owesFactor tells whether the rules ask a second factor of somebody with these roles.
func (r Rules) owesFactor(roles []access.Role) bool {
	return slices.ContainsFunc(r.FactorRoles, func(x access.Role) bool { return slices.Contains(roles, x) })
}

// away tells whether a page that is opened now finds a desk that was left: the last use lies longer back than the rule, with the time between two
// notes of a use on top.
func (r Rules) away(lastSeen, now time.Time) bool {
	return r.IdleLockMinutes > 0 && now.Sub(lastSeen) >= time.Duration(r.IdleLockMinutes)*time.Minute+touchEvery
}
