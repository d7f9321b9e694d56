package identity

import (
	"context"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// TokenScope (連携の範囲) is what a token may be used for. Each opens a few routes, in one role of the token's agency and no other.
type TokenScope string

// The scopes.
const (
	TokenCases   TokenScope = "cases"   // the list of cases of the agency: numbers, stages, counts, no names
	TokenIntake  TokenScope = "intake"  // 相談の受付 is written
	TokenFigures TokenScope = "figures" // 集計
	TokenArchive TokenScope = "archive" // the list of sealed records
)

// TokenAny is the scope of routes every token may use.
const TokenAny = "any"

// tokenRoles: as what a token of a scope acts. Figures and records are those of the whole municipality: for its own sections only.
var tokenRoles = []struct {
	Scope TokenScope
	Role  access.Role
	City  bool
	Label string
}{
	{TokenCases, access.RoleAgency, false, "ケースの一覧"},
	{TokenIntake, access.RoleAgency, false, "相談の受付の登録"},
	{TokenFigures, access.RoleCity, true, "集計"},
	{TokenArchive, access.RoleRecords, true, "確定した文書の一覧"},
}

// Bounds of tokens.
const (
	tokenDays   = 400 // longest life
	tokensMost  = 50  // alive, of a municipality
	tokenPrefix = "kasane_"
)

// Token (連携用トークン) is a row without the token itself.
type Token struct {
	ID         string        `json:"id"`
	Tenant     string        `json:"-"`
	Hash       string        `json:"-"` // lower hex SHA-256
	AgencyID   string        `json:"agencyId"`
	AgencyName string        `json:"agencyName"` // as it is called now
	Name       string        `json:"name"`       // the system it is for
	Scopes     []TokenScope  `json:"scopes"`
	Addresses  []string      `json:"addresses"` // CIDR; [] = those of the agency
	At         time.Time     `json:"at"`
	By         string        `json:"-"`
	ByName     string        `json:"byName"`
	ExpiresAt  time.Time     `json:"expiresAt"`
	EndedAt    *time.Time    `json:"endedAt"` // 失効させた日時
	UsedAt     *time.Time    `json:"usedAt"`  // to a minute
	UsedIP     string        `json:"usedIp"`
	Agency     access.Agency `json:"-"`
}

// TokenStore is what tokens need of the store.
type TokenStore interface {
	// AddToken keeps a token with its entry. Conflict: as many as most are alive. NotFound: no such agency.
	AddToken(ctx context.Context, t Token, most int, e access.Entry) error
	// Tokens lists all of a municipality, the newest first.
	Tokens(ctx context.Context, tenant string) ([]Token, error)
	// EndToken revokes. NotFound: no such token, or ended already.
	EndToken(ctx context.Context, tenant, id string, now time.Time, e access.Entry) error
	// TokenByHash gives a token with its agency, whether it lives or not. NotFound: unknown.
	TokenByHash(ctx context.Context, hash string) (Token, error)
	// TouchToken notes the last use.
	TouchToken(ctx context.Context, tenant, id string, now time.Time, ip string) error
	AppendAudit(ctx context.Context, entries ...access.Entry) error
	ListAgencies(ctx context.Context, tenant string) ([]access.Agency, error)
}

// Tokens makes and judges 連携用トークン.
type Tokens struct {
	store TokenStore
	now   func() time.Time
}

// NewTokens makes the service.
func NewTokens(store TokenStore, now func() time.Time) *Tokens { return &Tokens{store, now} }

// TokenChoice is a scope as the form offers it.
type TokenChoice struct {
	ID    TokenScope `json:"id"`
	Label string     `json:"label"`
	City  bool       `json:"city"` // for agencies of the municipality only
}

// TokenDesk is the page of tokens.
type TokenDesk struct {
	Tokens  []Token       `json:"tokens"`
	Scopes  []TokenChoice `json:"scopes"`
	MaxDays int           `json:"maxDays"`
}

// Desk lists the tokens of the municipality.
func (s *Tokens) Desk(ctx context.Context, a access.Actor) (TokenDesk, error) {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return TokenDesk{}, err
	}
	list, err := s.store.Tokens(ctx, a.Tenant)
	out := TokenDesk{Tokens: append([]Token{}, list...), MaxDays: tokenDays}
	for i := range out.Tokens {
		out.Tokens[i].Addresses = append([]string{}, out.Tokens[i].Addresses...)
	}
	for _, r := range tokenRoles {
		out.Scopes = append(out.Scopes, TokenChoice{r.Scope, r.Label, r.City})
	}
	return out, err
}

// TokenInput is what somebody asks for.
type TokenInput struct {
	AgencyID  string       `json:"agencyId"`
	Name      string       `json:"name"`
	Scopes    []TokenScope `json:"scopes"`
	Addresses []string     `json:"addresses"` // as people write them
	Days      int          `json:"days"`      // how long it lives
}

// MadeToken is told once.
type MadeToken struct {
	Token  string `json:"token"` // the secret: never again
	Record Token  `json:"record"`
}

// Make makes a token of an agency.
func (s *Tokens) Make(ctx context.Context, a access.Actor, in TokenInput) (MadeToken, error) {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return MadeToken{}, err
	}
	t, err := s.checked(ctx, a, in)
	if err != nil {
		return MadeToken{}, err
	}
	secret, _ := newToken()
	secret = tokenPrefix + secret
	t.Hash = hashToken(secret)
	if err := s.store.AddToken(ctx, t, tokensMost, a.Audit(t.At, access.VerbTokenMake, t.ID)); err != nil {
		return MadeToken{}, err
	}
	return MadeToken{secret, t}, nil
}

func (s *Tokens) checked(ctx context.Context, a access.Actor, in TokenInput) (Token, error) {
	now := s.now()
	t := Token{ID: access.NewID(now), Tenant: a.Tenant, AgencyID: in.AgencyID, Name: in.Name, At: now, By: a.UserID, ByName: a.Name,
		ExpiresAt: now.Add(time.Duration(in.Days) * 24 * time.Hour)}
	if err := checkLine(in.Name, "name", "連携するシステムの名前", 1, 40); err != nil {
		return t, err
	}
	if in.Days < 1 || in.Days > tokenDays {
		return t, fault.Newf(fault.Invalid, "期限は1日から%d日までで入力してください。", tokenDays).On("days")
	}
	list, err := s.store.ListAgencies(ctx, a.Tenant)
	if err != nil {
		return t, err
	}
	at := slices.IndexFunc(list, func(g access.Agency) bool { return g.ID == in.AgencyID && g.Active })
	if at < 0 {
		return t, fault.New(fault.Invalid, "どの機関のシステムか選んでください。").On("agencyId")
	}
	t.Agency, t.AgencyName = list[at], list[at].Name
	for _, r := range tokenRoles {
		if slices.Contains(in.Scopes, r.Scope) {
			if r.City && !t.Agency.City {
				return t, fault.Newf(fault.Invalid, "「%s」は、市の機関のシステムだけに渡せます。", r.Label).On("scopes")
			}
			t.Scopes = append(t.Scopes, r.Scope)
		}
	}
	if len(t.Scopes) == 0 || len(t.Scopes) != len(in.Scopes) {
		return t, fault.New(fault.Invalid, "できることを1つ以上選んでください。").On("scopes")
	}
	t.Addresses, err = checkAddresses(in.Addresses)
	return t, err
}

// Revoke ends a token at once.
func (s *Tokens) Revoke(ctx context.Context, a access.Actor, id string) error {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return err
	}
	now := s.now()
	return s.store.EndToken(ctx, a.Tenant, id, now, a.Audit(now, access.VerbTokenRevoke, id))
}

// Actor is who a request with a token acts as, for a route of a scope ("" = the route is not for tokens). Unauthorized: unknown, revoked, expired, its agency
// is stopped. Forbidden: not for this route, or not from there. What is refused to a token that is known is written into the log.
func (s *Tokens) Actor(ctx context.Context, secret, scope string, c Client) (access.Actor, error) {
	raw, ok := strings.CutPrefix(secret, tokenPrefix)
	if !ok || !wellFormed(raw) {
		return access.Actor{}, fault.New(fault.Unauthorized, tokenDead)
	}
	t, err := s.store.TokenByHash(ctx, hashToken(secret))
	if fault.Is(err, fault.NotFound) {
		return access.Actor{}, fault.New(fault.Unauthorized, tokenDead)
	}
	if err != nil {
		return access.Actor{}, err
	}
	now := s.now()
	a := access.Actor{Tenant: t.Tenant, UserID: t.ID, SessionID: t.Hash, Name: "連携:" + t.Name, AgencyID: t.AgencyID, AgencyName: t.Agency.Name,
		Token: true, Outside: !t.Agency.City, NoCopies: true, IP: c.IP}
	role, why := t.judge(scope, c.IP, now)
	if why != nil {
		e := a.Audit(now, access.VerbTokenRefused, t.ID).Denied(fault.KindOf(why).String())
		if err := s.store.AppendAudit(ctx, e); err != nil {
			return access.Actor{}, err
		}
		return access.Actor{}, why
	}
	a.Roles = []access.Role{role}
	if t.UsedAt == nil || now.Sub(*t.UsedAt) >= touchEvery {
		if err := s.store.TouchToken(ctx, t.Tenant, t.ID, now, c.IP); err != nil {
			return access.Actor{}, err
		}
	}
	return a, nil
}

const tokenDead = "このトークンは使えません。期限が切れたか、失効しています。"

// judge is the role of a token for a scope, or why there is none.
func (t Token) judge(scope, ip string, now time.Time) (access.Role, error) {
	switch {
	case t.EndedAt != nil, !now.Before(t.ExpiresAt), !t.Agency.Active:
		return "", fault.New(fault.Unauthorized, tokenDead)
	case !allowed(t.Agency, ip), !allowed(access.Agency{Addresses: t.Addresses}, ip):
		return "", fault.New(fault.Forbidden, "このトークンは、この場所のネットワークからは使えません。")
	}
	for _, r := range tokenRoles {
		if slices.Contains(t.Scopes, r.Scope) && (string(r.Scope) == scope || scope == TokenAny) && (t.Agency.City || !r.City) {
			return r.Role, nil
		}
	}
	return "", fault.New(fault.Forbidden, "このトークンでは、この操作はできません。")
}
