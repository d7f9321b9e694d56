package identity

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// FactorKind is a way to do the second step of a sign-in (二要素認証).
type FactorKind string

// The kinds.
const (
	FactorTOTP     FactorKind = "totp"     // one-time password of an authenticator app (認証アプリ), RFC 6238
	FactorPasskey  FactorKind = "passkey"  // パスキー: WebAuthn, with a PIN, finger or face
	FactorRecovery FactorKind = "recovery" // 予備コード: ten words on paper, each good once
)

// Factor (二要素認証の手段) is one registered second factor of one account.
type Factor struct {
	ID        string
	Tenant    string
	UserID    string
	Kind      FactorKind
	Name      string // as its owner calls it
	Sealed    []byte // TOTP: the secret, sealed; empty otherwise
	Content   string // passkey: the credential (public); recovery: hashes of the codes that are left, JSON
	Step      int64  // rises with every use: no code is taken twice, of two uses at once one wins
	CreatedAt time.Time
	UsedAt    *time.Time
}

// Sealer keeps secrets of accounts unreadable to whoever has only the database.
type Sealer interface {
	// SealSecret seals what belongs to a place; it opens in that place only.
	SealSecret(place string, plain []byte) []byte
	OpenSecret(place string, sealed []byte) ([]byte, error)
}

// sealOf is what keeps the secrets of a municipality.
func (s *Service) sealOf(ctx context.Context, tenant string) (Sealer, error) {
	if s.opt.SealOf == nil {
		return s.opt.Seal, nil
	}
	return s.opt.SealOf(ctx, tenant)
}

// SecretPlace names the place of a factor's secret for a Sealer.
func SecretPlace(tenant, id string) string { return "factor\x00" + tenant + "\x00" + id }

// OwnFactor is what its owner sees of a factor.
type OwnFactor struct {
	ID        string     `json:"id"`
	Kind      FactorKind `json:"kind"`
	Name      string     `json:"name"`
	Left      int        `json:"left"` // recovery: codes that are left
	CreatedAt time.Time  `json:"createdAt"`
	UsedAt    *time.Time `json:"usedAt"`
}

// factorsMost bounds the factors of one account.
const factorsMost = 10

// OwnFactors lists the second factors of the actor.
func (s *Service) OwnFactors(ctx context.Context, a access.Actor) ([]OwnFactor, error) {
	if a.UserID == "" || a.Guest() {
		return nil, fault.New(fault.Forbidden, "")
	}
	list, err := s.store.Factors(ctx, a.Tenant, a.UserID)
	out := []OwnFactor{}
	for _, f := range list {
		out = append(out, OwnFactor{ID: f.ID, Kind: f.Kind, Name: f.Name, Left: len(f.codes()), CreatedAt: f.CreatedAt, UsedAt: f.UsedAt})
	}
	return out, err
}

// RemoveFactor takes one factor away, after the password. The last one stays while the rules ask for one; the codes on paper go with the last other.
func (s *Service) RemoveFactor(ctx context.Context, a access.Actor, id, password string) error {
	if a.UserID == "" || a.Guest() {
		return fault.New(fault.Forbidden, "")
	}
	list, err := s.store.Factors(ctx, a.Tenant, a.UserID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(list, func(f Factor) bool { return f.ID == id })
	if at < 0 {
		return fault.New(fault.NotFound, "この手段はもう登録されていません。")
	}
	left := slices.Delete(slices.Clone(list), at, at+1)
	r, err := s.Rules(ctx, a)
	if err != nil {
		return err
	}
	bare := len(kinds(left)) == 0 || len(left) == 1 && left[0].Kind == FactorRecovery
	if bare && list[at].Kind != FactorRecovery && r.owesFactor(a.Roles) {
		return fault.New(fault.Conflict, "この役割には二要素認証が必要です。先に別の手段を登録してください。")
	}
	if _, err := s.confirm(ctx, a, password, "password"); err != nil {
		return err
	}
	gone := []string{id}
	if bare && len(left) == 1 {
		gone = append(gone, left[0].ID)
	}
	return s.store.RemoveFactors(ctx, a.Tenant, a.UserID, gone, a.Audit(s.now(), access.VerbFactorRemove, id))
}

// ResetFactors takes all second factors of somebody away who has lost them, and ends the sessions. For administrators; who they are talking to is
// theirs to make sure of.
func (s *Service) ResetFactors(ctx context.Context, a access.Actor, userID string) error {
	if _, err := s.administered(ctx, a, userID); err != nil {
		return err
	}
	if userID == a.UserID {
		return fault.New(fault.Conflict, "自分の二要素認証は、自分の画面で外してください。")
	}
	list, err := s.store.Factors(ctx, a.Tenant, userID)
	if err != nil {
		return err
	}
	var all []string
	for _, f := range list {
		all = append(all, f.ID)
	}
	now := s.now()
	if err := s.store.RemoveFactors(ctx, a.Tenant, userID, all, a.Audit(now, access.VerbFactorRemove, userID)); err != nil {
		return err
	}
	return s.store.EndSessions(ctx, a.Tenant, userID, "", a.Audit(now, access.VerbSessionEnd, userID))
}

// kinds are the ways that a list of factors offers. Codes on paper alone are none: they only help out.
func kinds(list []Factor) []FactorKind {
	out := []FactorKind{}
	for _, k := range []FactorKind{FactorPasskey, FactorTOTP, FactorRecovery} {
		if slices.ContainsFunc(list, func(f Factor) bool { return f.Kind == k && (k != FactorRecovery || len(f.codes()) > 0) }) {
			out = append(out, k)
		}
	}
	if len(out) == 1 && out[0] == FactorRecovery {
		return []FactorKind{}
	}
	return out
}

// codes are the hashes of the codes on paper that are left.
func (f Factor) codes() (out []string) {
	if f.Kind == FactorRecovery {
		_ = json.Unmarshal([]byte(f.Content), &out)
	}
	return out
}

// recoveryCodes is how many codes a sheet holds.
const recoveryCodes = 10

// newRecovery makes codes to be written on paper: 60 bits each, so a plain hash keeps them.
func (s *Service) newRecovery(tenant, userID string, now time.Time) (Factor, []string) {
	var codes, hashes []string
	for range recoveryCodes {
		var b [8]byte
		_, _ = rand.Read(b[:])
		c := strings.ToLower(base32.StdEncoding.EncodeToString(b[:])[:12])
		codes = append(codes, c[:4]+"-"+c[4:8]+"-"+c[8:])
		hashes = append(hashes, hashToken(c))
	}
	raw, _ := json.Marshal(hashes)
	return Factor{ID: access.NewID(now), Tenant: tenant, UserID: userID, Kind: FactorRecovery, Name: "予備コード", Sealed: []byte{}, Content: string(raw), CreatedAt: now}, codes
}

// NewRecovery makes a new sheet of codes in place of the old one, after the password. The codes are shown once.
func (s *Service) NewRecovery(ctx context.Context, a access.Actor, password string) ([]string, error) {
	if a.UserID == "" || a.Guest() {
		return nil, fault.New(fault.Forbidden, "")
	}
	list, err := s.store.Factors(ctx, a.Tenant, a.UserID)
	if err != nil {
		return nil, err
	}
	if len(kinds(list)) == 0 {
		return nil, fault.New(fault.Conflict, "先に認証アプリかパスキーを登録してください。")
	}
	if _, err := s.confirm(ctx, a, password, "password"); err != nil {
		return nil, err
	}
	now := s.now()
	f, codes := s.newRecovery(a.Tenant, a.UserID, now)
	var old []string
	for _, x := range list {
		if x.Kind == FactorRecovery {
			old = append(old, x.ID)
		}
	}
	return codes, s.store.AddFactors(ctx, []Factor{f}, old, a.Audit(now, access.VerbFactorAdd, f.ID))
}
