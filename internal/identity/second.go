package identity

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// codeRefused does not tell which kind of code was nearly right.
const codeRefused = "コードが違います。認証アプリの6桁か、まだ使っていない予備コードを入力してください。"

// SecondStep finishes a sign-in with the code of an app or of the sheet of paper. Unauthorized: no sign-in that waits for it. Invalid: wrong code.
// RateLimited: wrong too often.
func (s *Service) SecondStep(ctx context.Context, token, code string, c Client) (string, access.Actor, error) {
	now := s.now()
	p, err := s.waiting(ctx, token, c, now)
	if err != nil {
		return "", access.Actor{}, err
	}
	list, err := s.store.Factors(ctx, p.Session.Tenant, p.Session.UserID)
	if err != nil {
		return "", access.Actor{}, err
	}
	seal, err := s.sealOf(ctx, p.Session.Tenant)
	if err != nil {
		return "", access.Actor{}, err
	}
	for _, f := range list {
		next, ok := take(seal, f, code, now)
		if !ok {
			continue
		}
		won, err := s.store.UseFactor(ctx, f, next, now)
		if err != nil {
			return "", access.Actor{}, err
		}
		if won {
			return s.goOn(ctx, p, f.Kind, c, now)
		}
	}
	return "", access.Actor{}, s.secondFailed(ctx, p, c, now, fault.New(fault.Invalid, codeRefused).On("code"))
}

// waiting is a session that stands at the second step; the attempt is counted before anything is compared.
func (s *Service) waiting(ctx context.Context, token string, c Client, now time.Time) (Principal, error) {
	p, err := s.holder(ctx, token, c, now)
	if err != nil {
		return p, err
	}
	if p.stage() != StageFactor {
		return p, fault.New(fault.Conflict, "サインインを最初からやり直してください。")
	}
	locked, err := s.store.BeginAttempt(ctx, p.Session.Tenant, []AttemptKey{{secondKey(p), accountFailures}}, attemptWindow, lockFor, now)
	if err != nil {
		return p, err
	}
	if !locked.IsZero() {
		return p, lockedOut(locked)
	}
	return p, nil
}

func secondKey(p Principal) string { return attemptKey("factor", p.Session.UserID) }

// take tells what a factor is after it was used with a code; false when the code is not its.
func take(seal Sealer, f Factor, code string, now time.Time) (Factor, bool) {
	next := f
	switch f.Kind {
	case FactorTOTP:
		secret, err := seal.OpenSecret(SecretPlace(f.Tenant, f.ID), f.Sealed)
		if err != nil {
			return f, false
		}
		step, ok := totpStep(string(secret), code, now, f.Step)
		next.Step = step
		return next, ok
	case FactorRecovery:
		left := f.codes()
		word := hashToken(strings.NewReplacer("-", "", " ", "", "ー", "", "−", "").Replace(foldLogin(code)))
		at := slices.Index(left, word)
		if at < 0 {
			return f, false
		}
		raw, _ := json.Marshal(slices.Delete(left, at, at+1))
		next.Content, next.Step = string(raw), f.Step+1
		return next, true
	}
	return f, false
}

func (s *Service) secondFailed(ctx context.Context, p Principal, c Client, now time.Time, why error) error {
	a := actorOf(p)
	a.IP = c.IP
	if err := s.store.AppendAudit(ctx, a.Audit(now, access.VerbSignInFailed, a.UserID).Failed("factor")); err != nil {
		return err
	}
	return why
}

// goOn makes a session that acts of one that waited: with a new token, so that whoever saw the old one has nothing.
func (s *Service) goOn(ctx context.Context, p Principal, with FactorKind, c Client, now time.Time) (string, access.Actor, error) {
	return s.open(ctx, opening{tenant: p.Session.Tenant, user: p.User, rules: p.rules(), factor: with, follows: p.Session.Hash, service: p.Session.Service,
		clear: []string{secondKey(p)}}, c, now)
}

// opening is a session about to be made.
type opening struct {
	tenant  string
	user    access.User
	rules   Rules
	stage   Stage
	factor  FactorKind
	follows string   // hash of the session it takes the place of
	clear   []string // attempts that are forgiven
	service string   // issuer of the sign-in service that vouches
}

// open makes a session and the actor behind it; nobody acts while something is owed.
func (s *Service) open(ctx context.Context, o opening, c Client, now time.Time) (string, access.Actor, error) {
	token, hash := newToken()
	ses := Session{Hash: hash, Tenant: o.tenant, UserID: o.user.ID, CreatedAt: now, LastSeen: now, ExpiresAt: now.Add(SessionAbsolute), IP: c.IP,
		Device: c.Device, Stage: o.stage, Factor: string(o.factor), Service: o.service}
	if o.stage != StageDone {
		ses.ExpiresAt = now.Add(stageTime)
	}
	who := access.Actor{Tenant: o.tenant, UserID: o.user.ID, AgencyID: o.user.AgencyID, SessionID: hash, IP: c.IP}
	e := who.Audit(now, access.VerbSignIn, o.user.ID)
	if o.stage != StageDone {
		e.Reason = string(o.stage) // not in yet
	} else if o.factor != "" {
		e.Reason = string(o.factor)
	}
	if s.opt.Quota != nil && o.stage == StageDone {
		if err := s.opt.Quota.Enter(ctx, o.tenant, o.user); err != nil {
			return "", access.Actor{}, err
		}
	}
	how := Follow{Clear: o.clear, Of: o.follows, Alone: o.rules.OneSession && o.stage == StageDone}
	if err := s.store.CreateSession(ctx, ses, how, e); err != nil {
		return "", access.Actor{}, err
	}
	if o.stage != StageDone {
		return token, access.Actor{}, nil
	}
	p, err := s.store.FindPrincipal(ctx, hash)
	if err != nil {
		return "", access.Actor{}, err
	}
	a := actorOf(p)
	a.IP = c.IP
	return token, a, nil
}

// lockedOut is the refusal while an account is locked.
func lockedOut(until time.Time) error {
	return fault.Newf(fault.RateLimited,
		"続けて間違えたため、%sまでサインインできません。急ぐときは市の担当者に連絡してください。", until.In(jst).Format("15時04分")).
		With("until", until.UTC().Format(time.RFC3339))
}
