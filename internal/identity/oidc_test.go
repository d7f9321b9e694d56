package identity

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// issuer is a sign-in service that says what a test wants it to say; a real one is met in the browser (e2e/tests/signin.test.mjs).
type issuer struct {
	*httptest.Server
	key    *rsa.PrivateKey
	claims map[string]any
	signer *rsa.PrivateKey // another key than the published one, or nil
	alg    jose.SignatureAlgorithm
	asked  url.Values // of the last exchange
	refuse bool
	anew   bool   // Kasane asks for a new sign-in
	end    string // where one signs out of it, "" = nowhere
}

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{key: key, alg: jose.RS256}
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(v)
	}
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		says := map[string]any{"issuer": i.URL, "authorization_endpoint": i.URL + "/auth", "token_endpoint": i.URL + "/token", "jwks_uri": i.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256"}}
		if i.end != "" {
			says["end_session_endpoint"] = i.end
		}
		answer(w, says)
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: &key.PublicKey, KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("/token", func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		i.asked = r.PostForm
		if i.refuse {
			w.WriteHeader(http.StatusBadRequest)
			answer(w, map[string]string{"error": "invalid_grant"})
			return
		}
		answer(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": i.token(t)})
	})
	i.Server = httptest.NewServer(mux)
	t.Cleanup(i.Close)
	return i
}

func (i *issuer) token(t *testing.T) string {
	t.Helper()
	key := i.key
	if i.signer != nil {
		key = i.signer
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: i.alg, Key: jose.JSONWebKey{Key: key, KeyID: "k"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(i.claims)
	if err != nil {
		t.Fatal(err)
	}
	sig, err := signer.Sign(raw)
	if err != nil {
		t.Fatal(err)
	}
	out, err := sig.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// with is a house with a sign-in service.
func with(t *testing.T, i *issuer) *house {
	t.Helper()
	h := newHouse(t)
	h.mu.Lock()
	h.clock = time.Now()
	h.mu.Unlock()
	h.Service.oidc = &service{opt: OIDCOptions{Issuer: i.URL, ClientID: "kasane", ClientSecret: "s", Claim: "preferred_username", Name: "庁内の認証基盤", Redirect: "https://kasane.example/api/oidc/callback",
		Home: "https://kasane.example/"}}
	return h
}

// way goes to the service and back; change may spoil what comes back.
func way(t *testing.T, h *house, i *issuer, claims map[string]any, change func(kept, state *string)) (string, access.Actor, error) {
	t.Helper()
	to, kept, err := h.AskOIDC(ctx, h.muni.ID, i.anew)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if q.Get("code_challenge_method") != "S256" || q.Get("redirect_uri") != "https://kasane.example/api/oidc/callback" ||
		(q.Get("prompt") == "login" && q.Get("max_age") == "0") != i.anew {
		t.Error(to)
	}
	now := time.Now()
	i.claims = map[string]any{"iss": i.URL, "aud": "kasane", "sub": "s-1", "exp": now.Add(time.Minute).Unix(), "iat": now.Unix(), "nonce": q.Get("nonce"), "preferred_username": "Clerk"}
	for k, v := range claims {
		i.claims[k] = v
	}
	state := q.Get("state")
	if change != nil {
		change(&kept, &state)
	}
	return h.FinishOIDC(ctx, kept, state, "code", here)
}

func TestSignInWithTheServiceOfTheMunicipality(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	h := with(t, i)
	token, a, err := way(t, h, i, nil, nil)
	if err != nil || a.UserID != h.clerk.ID {
		t.Fatal(a, err)
	}
	if i.asked.Get("code_verifier") == "" {
		t.Error("exchanged without PKCE")
	}
	if _, err := h.Identify(ctx, token, here); err != nil {
		t.Error(err)
	}
	// bound: the login may change on either side; another person under the same login is refused
	if _, a, err = way(t, h, i, map[string]any{"preferred_username": "married-name"}, nil); err != nil || a.UserID != h.clerk.ID {
		t.Error(a, err)
	}
	_, _, err = way(t, h, i, map[string]any{"sub": "s-2"}, nil)
	wantKind(t, "another person under the login of somebody bound", err, fault.Unauthorized)
	_, _, err = way(t, h, i, map[string]any{"sub": "s-3", "preferred_username": "nobody"}, nil)
	wantKind(t, "unknown here", err, fault.Unauthorized)
	_, _, err = way(t, h, i, map[string]any{"sub": "s-4", "preferred_username": 7}, nil)
	wantKind(t, "a claim that is no text", err, fault.Unauthorized)

	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for name, claims := range map[string]map[string]any{
		"another client's token": {"aud": "other"}, "another issuer's": {"iss": "https://evil.example"}, "an old one": {"exp": time.Now().Add(-time.Hour).Unix()},
		"another nonce": {"nonce": "x"}, "no nonce": {"nonce": nil},
	} {
		_, _, err := way(t, h, i, claims, nil)
		wantKind(t, name, err, fault.Unauthorized)
	}
	i.signer = other
	_, _, err = way(t, h, i, nil, nil)
	wantKind(t, "signed by another key", err, fault.Unauthorized)
	i.signer, i.alg = nil, jose.PS512
	_, _, err = way(t, h, i, nil, nil)
	wantKind(t, "signed in a way the service does not use", err, fault.Unauthorized)
	i.alg, i.refuse = jose.RS256, true
	_, _, err = way(t, h, i, nil, nil)
	wantKind(t, "a code the service does not know", err, fault.Unauthorized)
	i.refuse = false
	_, _, err = way(t, h, i, nil, func(_, state *string) { *state = "x" })
	wantKind(t, "another state", err, fault.Unauthorized)
	_, _, err = way(t, h, i, nil, func(kept, _ *string) { *kept = "" })
	wantKind(t, "another browser", err, fault.Unauthorized)
	_, _, err = way(t, h, i, nil, func(_, _ *string) { h.pass(oidcTime) })
	wantKind(t, "too late", err, fault.Unauthorized)
}

func TestServiceAndSecondFactor(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	h := with(t, i)
	admin := h.signIn(t, "admin", goodPassword)
	r := DefaultRules(false)
	r.FactorRoles = []access.Role{access.RoleSecretariat}
	if err := h.SaveRules(ctx, admin, r); err != nil {
		t.Fatal(err)
	}
	token, a, err := way(t, h, i, map[string]any{"amr": []string{"pwd"}}, nil)
	if err != nil || a.UserID != "" {
		t.Fatal("the service asked a password only, and the rules ask more:", a, err)
	}
	_, err = h.Identify(ctx, token, here)
	wantStage(t, "then", err, StageEnrol)
	if _, a, err = way(t, h, i, map[string]any{"amr": []string{"pwd", "mfa"}}, nil); err != nil || a.UserID != h.clerk.ID {
		t.Error(a, err)
	}
	in := UserInput{AgencyID: h.clerk.AgencyID, Login: "clerk", Name: "邉", Roles: []access.Role{access.RoleSecretariat}, Disabled: true}
	if _, err := h.UpdateUser(ctx, admin, h.clerk.ID, in); err != nil {
		t.Fatal(err)
	}
	_, _, err = way(t, h, i, map[string]any{"amr": []string{"mfa"}}, nil)
	wantKind(t, "stopped here", err, fault.Unauthorized)
}

func TestServiceIsAway(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	h := with(t, i)
	h.Service.oidc.opt.Issuer = "http://127.0.0.1:1"
	_, _, err := h.AskOIDC(ctx, h.muni.ID, false)
	wantKind(t, "no answer", err, fault.Unavailable)
	h.Service.oidc.opt.Issuer = i.URL // it is there again: nothing has to be restarted
	if _, a, err := way(t, h, i, nil, nil); err != nil || a.UserID != h.clerk.ID {
		t.Error(a, err)
	}
	none := newHouse(t)
	_, _, err = none.AskOIDC(ctx, none.muni.ID, false)
	wantKind(t, "no service", err, fault.NotFound)
	if none.OIDCName() != "" {
		t.Error("a button to nowhere")
	}
}
