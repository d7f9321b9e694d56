package identity

import (
	"net/url"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// TestSignOutOfTheService: who came by the service is told where one signs out of it; who came by password is not.
func TestSignOutOfTheService(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		end, at string
	}{{"https://login.example/end?realm=city", "https://login.example/end?client_id=kasane&post_logout_redirect_uri=https%3A%2F%2Fkasane.example%2F&realm=city"},
		{"", ""}, {"javascript:alert(1)", ""}, {"/end", ""}, {"https://", ""}} {
		i := newIssuer(t)
		i.end = c.end
		h := with(t, i)
		_, a, err := way(t, h, i, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		left, err := h.SignOut(ctx, a)
		if err != nil || !left.ByService || left.At != c.at {
			t.Errorf("%q: %+v %v", c.end, left, err)
		}
		if err := h.Awake(ctx, a.SessionID); !fault.Is(err, fault.Unauthorized) {
			t.Errorf("%q: signed out, and still there: %v", c.end, err)
		}
		if left, err = h.SignOut(ctx, a); err != nil || left != (Left{}) {
			t.Errorf("signed out twice: %+v %v", left, err)
		}
		if left, err = h.SignOut(ctx, h.signIn(t, "clerk", goodPassword)); err != nil || left != (Left{}) {
			t.Errorf("by password: %+v %v", left, err)
		}
	}
}

// TestSignOutWhileTheServiceIsAway: the session ends all the same, also when it was opened by a service that is not ours any more.
func TestSignOutWhileTheServiceIsAway(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	i.end = i.URL + "/end"
	h := with(t, i)
	_, a, err := way(t, h, i, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	token, _, err := way(t, h, i, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	i.Close()
	opt := h.Service.oidc.opt
	h.Service.oidc = &service{opt: opt} // started again, and the service does not answer
	if left, err := h.SignOut(ctx, a); err != nil || left != (Left{ByService: true}) {
		t.Errorf("%+v %v", left, err)
	}
	opt.Issuer = "https://other.example"
	h.Service.oidc = &service{opt: opt}
	if left, err := h.Leave(ctx, token, here); err != nil || left != (Left{}) {
		t.Errorf("another service: %+v %v", left, err)
	}
}

// TestSecondStepAfterTheService: the session that follows is still one of the service, and so is a desk that is left at its lock.
func TestSecondStepAfterTheService(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	i.end = i.URL + "/end"
	h := with(t, i)
	admin := h.signIn(t, "admin", goodPassword)
	r := DefaultRules(false)
	r.FactorRoles = []access.Role{access.RoleSecretariat}
	if err := h.SaveRules(ctx, admin, r); err != nil {
		t.Fatal(err)
	}
	token, a, err := way(t, h, i, map[string]any{"amr": []string{"pwd"}}, nil)
	if err != nil || a.UserID != "" {
		t.Fatal(a, err)
	}
	p, err := h.Service.store.FindPrincipal(ctx, hashToken(token))
	if err != nil {
		t.Fatal(err)
	}
	if token, a, err = h.goOn(ctx, p, FactorTOTP, here, h.Service.now()); err != nil || a.UserID != h.clerk.ID {
		t.Fatal(a, err)
	}
	if err := h.Lock(ctx, a); err != nil {
		t.Fatal(err)
	}
	left, err := h.Leave(ctx, token, here)
	if u, uerr := url.Parse(left.At); err != nil || uerr != nil || !left.ByService || u.Path != "/end" {
		t.Errorf("%+v %v", left, err)
	}
}

// TestSignInAnew: where somebody was signed in before, what the service still knows of the browser is not enough, whatever was changed in the address.
func TestSignInAnew(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	h := with(t, i)
	i.anew = true
	now := time.Now().Unix()
	for name, at := range map[string]any{"none": nil, "long ago": now - 3600, "words": "now"} {
		_, _, err := way(t, h, i, map[string]any{"auth_time": at}, nil)
		wantKind(t, "a sign-in of "+name, err, fault.Unauthorized)
	}
	if _, a, err := way(t, h, i, map[string]any{"auth_time": now}, nil); err != nil || a.UserID != h.clerk.ID {
		t.Error(a, err)
	}
	i.anew = false
	if _, a, err := way(t, h, i, map[string]any{"auth_time": now - 3600}, nil); err != nil || a.UserID != h.clerk.ID {
		t.Error("the first time:", a, err)
	}
}
