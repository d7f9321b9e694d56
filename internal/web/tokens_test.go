package web

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/identity"
)

// tokenOf makes one of 社協 and gives its id.
func (s *scene) tokenOf() string {
	s.t.Helper()
	return s.makeToken(s.welfare.ID, identity.TokenCases).Record.ID
}

// makeToken makes a token of an agency that lives for ten days.
func (h *house) makeToken(agency string, scopes ...identity.TokenScope) identity.MadeToken {
	h.t.Helper()
	made, err := h.deps.Tokens.Make(context.Background(), access.Actor{Tenant: h.tenant, UserID: "test", Name: "管理者", Roles: []access.Role{access.RoleAdmin}},
		identity.TokenInput{AgencyID: agency, Name: "業務システム", Scopes: scopes, Days: 10})
	h.ok(err)
	return made
}

// system is a program with a token.
func (h *house) system(token string) *browser {
	return &browser{h: h, header: http.Header{"Authorization": {"Bearer " + token}, "X-Kasane": nil}}
}

// TestTokenOpensItsScopesOnly: a token with everything it can have gets exactly the routes that name a scope, whatever else its cookie would open, and one of
// another agency less.
func TestTokenOpensItsScopesOnly(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	all := []identity.TokenScope{identity.TokenCases, identity.TokenIntake, identity.TokenFigures, identity.TokenArchive}
	city := s.system(s.makeToken(s.house.city.ID, all...).Token)
	city.cookie = s.as("city").cookie // a cookie beside a token counts nothing
	open := map[string]bool{}
	tries := 0
	for key, a := range s.asks() {
		rt, ok := s.lines()[key]
		if !ok || a.path == "" || rt.action == access.ActPublic && rt.nobody {
			continue
		}
		if tries++; tries%15 == 0 { // failures of an address are counted
			s.clock.Advance(10 * time.Minute)
		}
		got := city.make(rt.method, a)
		if rt.scope == "" {
			if got.status != http.StatusForbidden {
				t.Errorf("%s with a token: %d %.200s", key, got.status, got.body)
			}
			continue
		}
		open[key] = got.status < 300
	}
	for key, was := range open {
		if !was {
			t.Errorf("%s is refused to a token that has the scope", key)
		}
	}
	if len(open) != 7 {
		t.Errorf("%d routes name a scope: %v", len(open), open)
	}
}

// TestTokenIsOfItsAgency: the list of cases is that of the agency, what is written is written by the token, and the log says so.
func TestTokenIsOfItsAgency(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	made := s.makeToken(s.welfare.ID, identity.TokenCases, identity.TokenIntake)
	ours, theirs := s.system(made.Token), s.system(s.makeToken(s.stranger.ID, identity.TokenCases).Token)
	var list struct{ Cases []struct{ ID string } }
	ours.get("/api/cases").into(t, &list)
	if len(list.Cases) == 0 {
		t.Fatal("the agency has a case")
	}
	theirs.get("/api/cases").into(t, &list)
	if len(list.Cases) != 0 {
		t.Errorf("an agency without a case lists %v", list.Cases)
	}
	wantStatus(t, "another scope", theirs.make(post, s.asks()["POST /api/intakes"]), http.StatusForbidden)
	for _, scope := range []identity.TokenScope{identity.TokenFigures, identity.TokenArchive} {
		a := s.as("city").post("/api/tokens", identity.TokenInput{AgencyID: s.welfare.ID, Name: "x", Scopes: []identity.TokenScope{scope}, Days: 10})
		if a.status != http.StatusUnprocessableEntity || a.field() != "scopes" {
			t.Errorf("%s for an agency outside of the city: %d %s", scope, a.status, a.body)
		}
	}
	var taken struct{ CaseID string }
	ours.make(post, s.asks()["POST /api/intakes"]).into(t, &taken)
	var by, agency string
	s.ok(s.raw.QueryRow(`SELECT actor_id, agency_id FROM audit_entry WHERE verb = 'intake.take' AND case_id = $1`, taken.CaseID).Scan(&by, &agency))
	if by != made.Record.ID || agency != s.welfare.ID {
		t.Errorf("the 受付 stands in the log as of %s, %s", by, agency)
	}
	lines := s.as("auditor").post("/api/audit/entries", map[string]any{"verb": "intake.take"})
	if !strings.Contains(string(lines.body), "連携:業務システム") {
		t.Errorf("the log does not name the system: %.300s", lines.body)
	}
}

// TestTokenEnds: by revocation, term, a stopped agency and the rules of addresses, at once; each refusal of a known token stands in the log.
func TestTokenEnds(t *testing.T) {
	t.Parallel()
	h := settled(t)
	admin := h.as("sysadmin")
	boss := access.Actor{Tenant: h.tenant, UserID: "test", Roles: []access.Role{access.RoleAdmin}}
	in := identity.TokenInput{AgencyID: h.welfare.ID, Name: "業務システム", Scopes: []identity.TokenScope{identity.TokenCases}, Days: 10}
	var made identity.MadeToken
	admin.post("/api/tokens", in).into(t, &made)
	sys := h.system(made.Token)
	wantStatus(t, "a living token", sys.get("/api/cases"), http.StatusOK)
	desk := admin.get("/api/tokens")
	if strings.Contains(string(desk.body), made.Token[10:]) || !strings.Contains(string(desk.body), `"usedIp":"127.0.0.1"`) {
		t.Errorf("the list of tokens: %s", desk.body)
	}
	var kept int
	h.ok(h.raw.QueryRow(`SELECT COUNT(*) FROM api_token WHERE hash = $1 OR name = $1`, made.Token).Scan(&kept))
	if kept != 0 {
		t.Error("the token itself is kept")
	}
	for what, secret := range map[string]string{"another": "kasane_" + strings.Repeat("A", 43), "a session": h.as("city").cookie.Value} {
		a := h.system(secret).get("/api/cases")
		if a.status != http.StatusUnauthorized || a.header.Get("WWW-Authenticate") == "" || a.header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d %v", what, a.status, a.header)
		}
	}
	elsewhere := in
	elsewhere.Addresses = []string{"192.0.2.0/24"}
	var far identity.MadeToken
	admin.post("/api/tokens", elsewhere).into(t, &far)
	wantStatus(t, "from elsewhere", h.system(far.Token).get("/api/cases"), http.StatusForbidden)

	_, err := h.ids.SaveAgency(context.Background(), boss, h.welfare.ID, identity.AgencyInput{Name: h.welfare.Name, Short: h.welfare.Short, Category: "csw", Addresses: []string{"192.0.2.1"}})
	h.ok(err)
	wantStatus(t, "from outside of the agency", sys.get("/api/cases"), http.StatusForbidden)
	stopped := false
	_, err = h.ids.SaveAgency(context.Background(), boss, h.welfare.ID, identity.AgencyInput{Name: h.welfare.Name, Short: h.welfare.Short, Category: "csw", Active: &stopped})
	h.ok(err)
	wantStatus(t, "of a stopped agency", sys.get("/api/cases"), http.StatusUnauthorized)
	_, err = h.ids.SaveAgency(context.Background(), boss, h.welfare.ID, identity.AgencyInput{Name: h.welfare.Name, Short: h.welfare.Short, Category: "csw"})
	h.ok(err)
	wantStatus(t, "again", sys.get("/api/cases"), http.StatusOK)
	wantStatus(t, "revoking", admin.post("/api/tokens/"+made.Record.ID+"/revoke", struct{}{}), http.StatusNoContent)
	wantStatus(t, "revoking again", admin.post("/api/tokens/"+made.Record.ID+"/revoke", struct{}{}), http.StatusNotFound)
	wantStatus(t, "revoked", sys.get("/api/cases"), http.StatusUnauthorized)
	var last identity.MadeToken
	admin.post("/api/tokens", in).into(t, &last)
	h.clock.Advance(10 * 24 * time.Hour)
	wantStatus(t, "past its term", h.system(last.Token).get("/api/cases"), http.StatusUnauthorized)
	var refused int
	h.ok(h.raw.QueryRow(`SELECT COUNT(*) FROM audit_entry WHERE verb = 'token.refused' AND result = 'denied' AND agency_id = $1`, h.welfare.ID).Scan(&refused))
	if refused != 5 {
		t.Errorf("%d refusals in the log, want 5", refused)
	}
}

// TestTokenPace: a system that asks too fast waits, and so does an address whose tokens are dead.
func TestTokenPace(t *testing.T) {
	t.Parallel()
	h := settled(t)
	sys := h.system(h.makeToken(h.welfare.ID, identity.TokenCases).Token)
	n := 0
	for n < tokenBurst+10 && sys.get("/api/cases").status == http.StatusOK {
		n++
	}
	if n < tokenBurst || n == tokenBurst+10 { // the clock of the test goes on a little with each look
		t.Errorf("%d at once, want about %d", n, tokenBurst)
	}
	h.clock.Advance(time.Second)
	wantStatus(t, "a second later", sys.get("/api/cases"), http.StatusOK)
	for range deadBurst {
		wantStatus(t, "a dead one", h.system("kasane_nothing").get("/api/cases"), http.StatusUnauthorized)
	}
	wantStatus(t, "of an address of dead ones", sys.get("/api/cases"), http.StatusTooManyRequests)
	h.clock.Advance(time.Minute)
	wantStatus(t, "a minute later", sys.get("/api/cases"), http.StatusOK)
}
