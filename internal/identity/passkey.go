package identity

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// A passkey (パスキー) is asked to verify its owner (PIN, finger, face) and to be found without a login, so it is both steps of a sign-in at once.

// passkeyTime is how long a sign-in with a passkey may take.
const passkeyTime = 3 * time.Minute

// relying makes the party that passkeys of an origin belong to. Conflict: browsers give no passkeys to this address.
func relying(origin string) (*webauthn.WebAuthn, error) {
	u, err := url.Parse(origin)
	if err != nil {
		return nil, fault.Wrap(fault.Conflict, err, noPasskeys)
	}
	w, err := webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: "かさね", RPOrigins: []string{origin},
		AttestationPreference:  protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired}})
	if err != nil {
		return nil, fault.Wrap(fault.Conflict, err, noPasskeys)
	}
	return w, nil
}

const (
	noPasskeys     = "このアドレスではパスキーを使えません。https の名前のアドレスで開いてください。"
	passkeyRefused = "このパスキーでは確かめられませんでした。もう一度試すか、パスワードでサインインしてください。"
)

// passkeyUser is an account as the library sees it.
type passkeyUser struct {
	user    access.User
	factors []Factor
}

// WebAuthnID says nothing of the person: the browser keeps it.
func (u passkeyUser) WebAuthnID() []byte          { return []byte(u.user.Tenant + "/" + u.user.ID) }
func (u passkeyUser) WebAuthnName() string        { return u.user.Login }
func (u passkeyUser) WebAuthnDisplayName() string { return u.user.Name }

func (u passkeyUser) WebAuthnCredentials() (out []webauthn.Credential) {
	for _, f := range u.factors {
		var c webauthn.Credential
		if f.Kind == FactorPasskey && json.Unmarshal([]byte(f.Content), &c) == nil {
			out = append(out, c)
		}
	}
	return out
}

// BeginPasskey gives what the browser asks a new passkey; origin is where the page comes from. Open to a session that acts and to one that owes a factor.
func (s *Service) BeginPasskey(ctx context.Context, token, origin string, c Client) (json.RawMessage, error) {
	p, err := s.enroller(ctx, token, c)
	if err != nil {
		return nil, err
	}
	w, err := relying(origin)
	if err != nil {
		return nil, err
	}
	list, err := s.store.Factors(ctx, p.Session.Tenant, p.Session.UserID)
	if err != nil {
		return nil, err
	}
	u := passkeyUser{p.User, list}
	options, data, err := w.BeginRegistration(u, webauthn.WithExclusions(webauthn.Credentials(u.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return nil, fault.Wrap(fault.Conflict, err, noPasskeys)
	}
	challenge, err := json.Marshal(data)
	if err != nil {
		return nil, err
	}
	if err := s.store.SetChallenge(ctx, p.Session.Hash, "passkey:"+string(challenge)); err != nil {
		return nil, err
	}
	return json.Marshal(options)
}

// ConfirmPasskey registers the passkey the browser has made.
func (s *Service) ConfirmPasskey(ctx context.Context, token, origin string, answer json.RawMessage, name string, c Client) (Enrolled, error) {
	p, err := s.enroller(ctx, token, c)
	if err != nil {
		return Enrolled{}, err
	}
	if name == "" {
		name = "パスキー(" + c.Device + ")"
	}
	if err := checkLine(name, "name", "名前", 1, 40); err != nil {
		return Enrolled{}, err
	}
	w, err := relying(origin)
	if err != nil {
		return Enrolled{}, err
	}
	raw, ok := strings.CutPrefix(p.Session.Challenge, "passkey:")
	var data webauthn.SessionData
	if !ok || json.Unmarshal([]byte(raw), &data) != nil {
		return Enrolled{}, fault.New(fault.Conflict, "登録を最初からやり直してください。")
	}
	won, err := s.store.TakeChallenge(ctx, p.Session.Hash, p.Session.Challenge)
	if err != nil || !won {
		return Enrolled{}, orElse(err, fault.New(fault.Conflict, "登録を最初からやり直してください。"))
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return Enrolled{}, fault.Wrap(fault.Invalid, err, passkeyRefused)
	}
	credential, err := w.CreateCredential(passkeyUser{user: p.User}, data, parsed)
	if err != nil {
		return Enrolled{}, fault.Wrap(fault.Invalid, err, passkeyRefused)
	}
	content, err := json.Marshal(credential)
	if err != nil {
		return Enrolled{}, err
	}
	now := s.now()
	return s.enrol(ctx, p, Factor{ID: access.NewID(now), Tenant: p.Session.Tenant, UserID: p.Session.UserID, Kind: FactorPasskey, Name: name,
		Content: string(content), CreatedAt: now}, c, now)
}

// PasskeyAsk is what the browser needs for a sign-in with a passkey. State is sealed and comes back with the answer: nothing is stored for somebody
// who is nobody yet.
type PasskeyAsk struct {
	Options json.RawMessage `json:"options"`
	State   string          `json:"state"`
}

type passkeyState struct {
	Origin string
	Until  time.Time
	Data   webauthn.SessionData
}

const passkeyPlace = "passkey sign-in"

// AskPasskey begins a sign-in with a passkey, of whomever.
func (s *Service) AskPasskey(_ context.Context, origin string) (PasskeyAsk, error) {
	w, err := relying(origin)
	if err != nil {
		return PasskeyAsk{}, err
	}
	options, data, err := w.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return PasskeyAsk{}, fault.Wrap(fault.Conflict, err, noPasskeys)
	}
	raw, err := json.Marshal(options)
	if err != nil {
		return PasskeyAsk{}, err
	}
	state, err := json.Marshal(passkeyState{origin, s.now().Add(passkeyTime), *data})
	if err != nil {
		return PasskeyAsk{}, err
	}
	return PasskeyAsk{raw, base64.RawURLEncoding.EncodeToString(s.opt.Seal.SealSecret(passkeyPlace, state))}, nil
}

// SignInPasskey opens a session with a passkey; it is both steps at once. Also the second step after a password, and unlocks nothing by itself.
// Unauthorized: no passkey of an account in use, or the answer does not fit. Forbidden: not from this address.
func (s *Service) SignInPasskey(ctx context.Context, state string, answer json.RawMessage, origin string, c Client) (string, access.Actor, error) {
	now := s.now()
	refused := func(err error) (string, access.Actor, error) {
		return "", access.Actor{}, fault.Wrap(fault.Unauthorized, err, passkeyRefused)
	}
	sealed, err := base64.RawURLEncoding.DecodeString(state)
	if err != nil {
		return refused(err)
	}
	raw, err := s.opt.Seal.OpenSecret(passkeyPlace, sealed)
	if err != nil {
		return refused(err)
	}
	var st passkeyState
	if err := json.Unmarshal(raw, &st); err != nil || st.Origin != origin || !now.Before(st.Until) {
		return refused(err)
	}
	w, err := relying(origin)
	if err != nil {
		return "", access.Actor{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return refused(err)
	}
	var owner passkeyUser
	_, credential, err := w.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		owner, err = s.passkeyOwner(ctx, string(handle))
		return owner, err
	}, st.Data, parsed)
	if err != nil {
		if fault.Is(err, fault.Unavailable) {
			return "", access.Actor{}, err
		}
		return refused(err)
	}
	if err := s.passkeyUsed(ctx, owner, credential, now); err != nil {
		return "", access.Actor{}, err
	}
	return s.admit(ctx, opening{user: owner.user, factor: FactorPasskey}, c, now)
}

// passkeyOwner finds the account a passkey says it belongs to.
func (s *Service) passkeyOwner(ctx context.Context, handle string) (passkeyUser, error) {
	tenant, id, _ := strings.Cut(handle, "/")
	acc, err := s.store.GetUser(ctx, tenant, id)
	if err != nil {
		return passkeyUser{}, err
	}
	if acc.Disabled {
		return passkeyUser{}, fault.New(fault.Unauthorized, passkeyRefused)
	}
	list, err := s.store.Factors(ctx, tenant, id)
	return passkeyUser{acc.User, list}, err
}

// passkeyUsed keeps the counter of the passkey. One whose counter went back was copied: it is refused, and so is the second of two uses at once.
func (s *Service) passkeyUsed(ctx context.Context, u passkeyUser, c *webauthn.Credential, now time.Time) error {
	at := slices.IndexFunc(u.factors, func(f Factor) bool {
		var have webauthn.Credential
		return f.Kind == FactorPasskey && json.Unmarshal([]byte(f.Content), &have) == nil && string(have.ID) == string(c.ID)
	})
	if at < 0 || c.Authenticator.CloneWarning {
		e := access.Actor{Tenant: u.user.Tenant, UserID: u.user.ID, AgencyID: u.user.AgencyID}.Audit(now, access.VerbSignInFailed, u.user.ID).Failed("passkey copied")
		return orElse(s.store.AppendAudit(ctx, e), fault.New(fault.Unauthorized, passkeyRefused))
	}
	content, err := json.Marshal(c)
	if err != nil {
		return err
	}
	next := u.factors[at]
	next.Content, next.Step = string(content), next.Step+1
	won, err := s.store.UseFactor(ctx, u.factors[at], next, now)
	if err == nil && !won {
		err = fault.New(fault.Unauthorized, passkeyRefused)
	}
	return err
}
