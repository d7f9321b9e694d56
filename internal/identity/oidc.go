package identity

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// FactorOIDC is a second step that the sign-in service of the municipality says it has asked for itself.
const FactorOIDC FactorKind = "oidc"

// OIDCOptions name the sign-in service of the municipality (庁内の認証基盤, OpenID Connect).
type OIDCOptions struct {
	Issuer, ClientID, ClientSecret string
	// Claim of the ID token that is the login of an account here.
	Claim string
	// Name on the button of the sign-in page.
	Name string
	// Redirect is the address of our own the browser comes back to.
	Redirect string
	// Home is the address of our own the browser comes back to when it has signed out there.
	Home string
}

const (
	oidcTime    = 10 * time.Minute // from the button to the way back
	oidcWait    = 8 * time.Second  // for an answer of the service
	oidcSkew    = time.Minute      // between its clock and ours
	oidcPlace   = "oidc sign-in"
	oidcRefused = "認証基盤でのサインインを確かめられませんでした。もう一度試すか、市の担当者に相談してください。"
	oidcUnknown = "この利用者は、かさねに登録されていないか、停止されています。市の担当者に相談してください。"
	oidcAway    = "認証基盤につながりません。少し待ってもう一度試すか、パスワードでサインインしてください。"
)

// service is the sign-in service; what it says of itself is read when it is first needed, and again while it has not answered.
type service struct {
	opt      OIDCOptions
	mu       sync.Mutex
	provider *oidc.Provider
}

// connect reads the service's own description. Unavailable: it does not answer.
func (v *service) connect(ctx context.Context) (*oidc.Provider, *oauth2.Config, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.provider == nil {
		// The provider keeps this context's client for its keys, so the context must outlive the request.
		p, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), &http.Client{Timeout: oidcWait}), v.opt.Issuer)
		if err != nil {
			return nil, nil, fault.Wrap(fault.Unavailable, err, oidcAway)
		}
		v.provider = p
	}
	return v.provider, &oauth2.Config{ClientID: v.opt.ClientID, ClientSecret: v.opt.ClientSecret, Endpoint: v.provider.Endpoint(),
		RedirectURL: v.opt.Redirect, Scopes: []string{oidc.ScopeOpenID, "profile", "email"}}, nil
}

// OIDCName is what the button of the sign-in page is called; "" without a sign-in service.
func (s *Service) OIDCName() string {
	if s.oidc == nil {
		return ""
	}
	return s.oidc.opt.Name
}

// oidcState goes with the browser, sealed: only the browser that left comes back.
type oidcState struct {
	State, Nonce, Verifier, Tenant string
	Until                          time.Time
	Since                          time.Time // zero, or when: whom the service still knows has to show anew who they are
}

// AskOIDC gives the address at the sign-in service, and what the browser keeps until it comes back. With anew the service's own session of the browser is not
// enough: somebody left here, and whoever comes shows who they are. NotFound: there is no such service.
func (s *Service) AskOIDC(ctx context.Context, tenant string, anew bool) (url, kept string, err error) {
	if s.oidc == nil {
		return "", "", fault.New(fault.NotFound, "")
	}
	_, conf, err := s.oidc.connect(ctx)
	if err != nil {
		return "", "", err
	}
	state, _ := newToken()
	nonce, _ := newToken()
	now := s.now()
	st := oidcState{State: state, Nonce: nonce, Verifier: oauth2.GenerateVerifier(), Tenant: tenant, Until: now.Add(oidcTime)}
	ask := []oauth2.AuthCodeOption{oidc.Nonce(nonce), oauth2.S256ChallengeOption(st.Verifier)}
	if anew {
		st.Since = now
		ask = append(ask, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	raw, err := json.Marshal(st)
	if err != nil {
		return "", "", err
	}
	return conf.AuthCodeURL(state, ask...),
		base64.RawURLEncoding.EncodeToString(s.opt.Seal.SealSecret(oidcPlace, raw)), nil
}

// FinishOIDC opens a session for whom the service vouches. The account is the one bound to the service's own id of the person; at the first use, the one
// whose login is the claim, which is bound then. The service's word for a second factor (amr) counts as one.
//
// Unauthorized: the answer does not fit, or nobody here is meant. Unavailable: the service does not answer. Forbidden: not from this address.
func (s *Service) FinishOIDC(ctx context.Context, kept, state, code string, c Client) (token string, a access.Actor, err error) {
	if s.oidc == nil {
		return "", access.Actor{}, fault.New(fault.NotFound, "")
	}
	st, err := s.cameBack(kept, state)
	if err != nil {
		return "", access.Actor{}, err
	}
	claims, err := s.oidc.redeem(ctx, st, code)
	if err != nil {
		return "", access.Actor{}, err
	}
	now := s.now()
	acc, err := s.vouched(ctx, st.Tenant, claims, c, now)
	if err != nil {
		return "", access.Actor{}, err
	}
	o := opening{user: acc.User, service: s.oidc.opt.Issuer}
	if claims.second() {
		o.factor = FactorOIDC
	}
	return s.admit(ctx, o, c, now)
}

func (s *Service) cameBack(kept, state string) (st oidcState, err error) {
	sealed, err := base64.RawURLEncoding.DecodeString(kept)
	if err != nil {
		return st, fault.Wrap(fault.Unauthorized, err, oidcRefused)
	}
	raw, err := s.opt.Seal.OpenSecret(oidcPlace, sealed)
	if err == nil {
		err = json.Unmarshal(raw, &st)
	}
	if err != nil || subtle.ConstantTimeCompare([]byte(st.State), []byte(state)) != 1 || !s.now().Before(st.Until) {
		return st, fault.Wrap(fault.Unauthorized, err, oidcRefused)
	}
	return st, nil
}

// vouch is what the service says of somebody.
type vouch struct {
	issuer, subject string
	login           string
	methods         []string // amr, RFC 8176
}

func (v vouch) second() bool {
	return slices.ContainsFunc(v.methods, func(m string) bool { return slices.Contains([]string{"mfa", "otp", "hwk", "swk", "fpt", "face"}, m) })
}

// bound is how an account remembers whom the service means.
func (v vouch) bound() string { return v.issuer + "\n" + v.subject }

// redeem exchanges the code and checks the ID token: signature, issuer, audience, time and nonce.
func (v *service) redeem(ctx context.Context, st oidcState, code string) (vouch, error) {
	provider, conf, err := v.connect(ctx)
	if err != nil {
		return vouch{}, err
	}
	client := &http.Client{Timeout: oidcWait}
	answer, err := conf.Exchange(context.WithValue(ctx, oauth2.HTTPClient, client), code, oauth2.VerifierOption(st.Verifier))
	if err != nil {
		var told *oauth2.RetrieveError
		if errors.As(err, &told) {
			return vouch{}, fault.Wrap(fault.Unauthorized, err, oidcRefused)
		}
		return vouch{}, fault.Wrap(fault.Unavailable, err, oidcAway)
	}
	raw, _ := answer.Extra("id_token").(string)
	id, err := provider.Verifier(&oidc.Config{ClientID: v.opt.ClientID}).Verify(oidc.ClientContext(ctx, client), raw)
	if err != nil || subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(st.Nonce)) != 1 {
		return vouch{}, fault.Wrap(fault.Unauthorized, err, oidcRefused)
	}
	var claims map[string]any
	if err := id.Claims(&claims); err != nil {
		return vouch{}, fault.Wrap(fault.Unauthorized, err, oidcRefused)
	}
	if !st.Since.IsZero() { // what was asked stood in an address, which can be changed
		at, ok := claims["auth_time"].(float64)
		if !ok || time.Unix(int64(at), 0).Before(st.Since.Add(-oidcSkew)) {
			return vouch{}, fault.New(fault.Unauthorized, oidcRefused)
		}
	}
	out := vouch{issuer: id.Issuer, subject: id.Subject}
	out.login, _ = claims[v.opt.Claim].(string)
	if list, ok := claims["amr"].([]any); ok {
		for _, m := range list {
			if word, ok := m.(string); ok {
				out.methods = append(out.methods, word)
			}
		}
	}
	return out, nil
}

// vouched finds the account the service means, and binds it at the first use.
func (s *Service) vouched(ctx context.Context, tenant string, v vouch, c Client, now time.Time) (Account, error) {
	refuse := func(id string) (Account, error) {
		e := access.Actor{Tenant: tenant, IP: c.IP}.Audit(now, access.VerbSignInFailed, id).Failed("oidc")
		return Account{}, orElse(s.store.AppendAudit(ctx, e), fault.New(fault.Unauthorized, oidcUnknown))
	}
	acc, err := s.store.AccountBySubject(ctx, tenant, v.bound())
	if fault.Is(err, fault.NotFound) {
		login := foldLogin(v.login)
		if login == "" || strings.ContainsAny(login, "\n\x00") {
			return refuse("")
		}
		if acc, err = s.store.AccountByLogin(ctx, tenant, login); err == nil && acc.Subject != "" {
			return refuse(acc.ID) // the login went to somebody else at the service
		}
	}
	switch {
	case fault.Is(err, fault.NotFound):
		return refuse("")
	case err != nil:
		return Account{}, err
	case acc.Disabled:
		return refuse(acc.ID)
	case acc.Subject == "":
		who := access.Actor{Tenant: tenant, UserID: acc.ID, AgencyID: acc.AgencyID, IP: c.IP}
		err = s.store.BindSubject(ctx, tenant, acc.ID, v.bound(), who.Audit(now, access.VerbSubjectBind, acc.ID))
	}
	return acc, err
}
