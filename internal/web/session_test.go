package web

import (
	"bytes"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
)

func TestSetupSignInSignOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browser()
	var body sessionBody
	b.get("/api/session").into(t, &body)
	if body.State != "setup" || body.Municipality != nil || body.Actor != nil {
		t.Errorf("%+v", body)
	}
	in := identity.SetupInput{Code: "wrong", Municipality: "潮見市", Agency: "福祉政策課", Name: "髙\uFA11 恵", Kana: "たかさき めぐみ", Login: "admin", Password: password}
	wantKind(t, "wrong code", b.post("/api/setup", in), fault.Forbidden)
	in.Code = setupCode
	a := b.post("/api/setup", in)
	a.into(t, &body)
	if body.State != "signed_in" || body.Actor.Name != in.Name || body.Municipality.Name != "潮見市" || body.Actor.AgencyName != "福祉政策課" {
		t.Errorf("%s", a.body)
	}
	if len(body.DraftKeys) != 1 || len(body.DraftKeys[0]) != 32 {
		t.Fatalf("draft keys %v", body.DraftKeys)
	}
	draft := body.DraftKeys[0]
	cookie := a.header.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "SameSite=Strict", "Path=/"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("cookie %q lacks %s", cookie, want)
		}
	}
	if strings.Contains(cookie, "Secure") || strings.Contains(cookie, "Expires") || strings.Contains(string(a.body), b.cookie.Value) {
		t.Errorf("cookie %q over plain HTTP; body %s", cookie, a.body)
	}
	wantKind(t, "second setup", h.browser().post("/api/setup", in), fault.Conflict)

	first := *b.cookie
	again := h.browser()
	again.cookie = &first
	if again.post("/api/session", map[string]string{"login": "admin", "password": password}).into(t, &body); body.State != "signed_in" {
		t.Errorf("%+v", body)
	}
	if !bytes.Equal(body.DraftKeys[0], draft) {
		t.Error("a new session of the same user has another draft key: what the browser kept cannot be read")
	}
	old := h.browser()
	old.cookie = &first
	wantKind(t, "the session signed in over", old.get("/api/users"), fault.Unauthorized)
	if old.cookie != nil {
		t.Error("a dead cookie is kept")
	}
	wantStatus(t, "sign out", again.do(http.MethodDelete, "/api/session", nil, ""), http.StatusNoContent)
	if again.cookie != nil {
		t.Error("the cookie stays")
	}
	b.cookie = nil
	body = sessionBody{}
	if b.get("/api/session").into(t, &body); body.State != "signed_out" || body.DraftKeys != nil {
		t.Errorf("%+v", body)
	}
	if strings.Contains(h.log.String(), "髙") || strings.Contains(h.log.String(), password) || strings.Contains(h.log.String(), first.Value) {
		t.Error("a name, a password or a token stands in the log")
	}
}

func TestSignInLocks(t *testing.T) {
	t.Parallel()
	h := settled(t)
	b := h.browser()
	for range 5 {
		wantKind(t, "wrong", b.post("/api/session", map[string]string{"login": "agency", "password": "wrong"}), fault.Unauthorized)
	}
	a := b.post("/api/session", map[string]string{"login": "agency", "password": password})
	wantKind(t, "locked", a, fault.RateLimited)
	if a.header.Get("Retry-After") == "" || !strings.Contains(string(a.body), "まで") || b.cookie != nil {
		t.Errorf("%v %s", a.header, a.body)
	}
	var body sessionBody
	b.post("/api/session", map[string]string{"login": "records", "password": password}).into(t, &body)
	if body.Actor == nil || body.Actor.Roles[0] != access.RoleRecords {
		t.Errorf("%+v", body)
	}
	if len(body.DemoAccounts) != 0 {
		t.Error("accounts are offered")
	}
}

func TestDisabledUserIsOutAtOnce(t *testing.T) {
	t.Parallel()
	h := settled(t)
	agency, admin := h.as("agency"), h.as("sysadmin")
	wantStatus(t, "in", agency.get("/api/agencies"), http.StatusOK)
	var users struct{ Users []access.User }
	admin.get("/api/users").into(t, &users)
	for _, u := range users.Users {
		if u.Login == "agency" {
			in := map[string]any{"agencyId": u.AgencyID, "login": u.Login, "name": u.Name, "roles": u.Roles, "disabled": true}
			wantStatus(t, "disable", admin.send(http.MethodPut, "/api/users/"+u.ID, in), http.StatusOK)
		}
	}
	wantKind(t, "out", agency.get("/api/agencies"), fault.Unauthorized)
}

func TestUsersThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	admin := h.as("sysadmin")
	in := map[string]any{"agencyId": h.welfare.ID, "login": "new", "name": "𠮷田\u3000邉\U000E0100", "kana": "よしだ なべ", "roles": []string{"agency"}, "password": password}
	a := admin.post("/api/users", in)
	var u access.User
	a.into(t, &u)
	if u.Name != "𠮷田\u3000邉\U000E0100" || strings.Contains(string(a.body), "argon2") {
		t.Errorf("%s", a.body)
	}
	dup := admin.post("/api/users", in)
	wantKind(t, "login taken", dup, fault.Conflict)
	if dup.field() != "login" {
		t.Errorf("field %q", dup.field())
	}
	in["roles"] = []string{"guest"}
	wantKind(t, "guest role", admin.post("/api/users", in), fault.Invalid)
	in["roles"], in["agencyId"], in["login"] = []string{"agency"}, "nowhere", "other"
	wantKind(t, "unknown agency", admin.post("/api/users", in), fault.Invalid)
	wantKind(t, "unknown user", admin.send(http.MethodPut, "/api/users/nobody", map[string]any{"agencyId": h.welfare.ID, "login": "x1", "name": "x", "roles": []string{"agency"}}), fault.NotFound)
	wantKind(t, "agency", admin.send(http.MethodPut, "/api/agencies/nowhere", map[string]any{"name": "x"}), fault.NotFound)
}

// TestDirectory: those who prepare meetings see who could chair them, and of these people only what stands here.
func TestDirectory(t *testing.T) {
	t.Parallel()
	h := settled(t)
	var got struct{ Users []map[string]any }
	read := func(login string) map[string]bool {
		t.Helper()
		got.Users = nil
		h.as(login).get("/api/directory").into(t, &got)
		names := map[string]bool{}
		for _, u := range got.Users {
			names[u["name"].(string)] = true
			for key := range u {
				if key != "id" && key != "name" && key != "post" && key != "agencyId" {
					t.Errorf("%s sees %q of %v", login, key, u["name"])
				}
			}
		}
		return names
	}
	for _, login := range []string{"secretariat", "city", "chair"} {
		names := read(login)
		for name, want := range map[string]bool{"chair": true, "secretariat": true, "agency": true, "stranger": true, "records": false, "auditor": false, "sysadmin": false} {
			if names[name] != want {
				t.Errorf("%s: %s in the directory: %v, want %v", login, name, names[name], want)
			}
		}
	}
	for _, login := range []string{"agency", "observer", "records", "auditor", "sysadmin", "stranger"} {
		wantKind(t, login, h.as(login).get("/api/directory"), fault.Forbidden)
	}
	wantKind(t, "signed out", h.browser().get("/api/directory"), fault.Unauthorized)

	city := h.as("city")
	acc, err := h.store.AccountByLogin(t.Context(), h.tenant, "agency")
	h.ok(err)
	in := identity.UserInput{AgencyID: acc.AgencyID, Login: acc.Login, Name: acc.Name, Kana: acc.Kana, Roles: acc.Roles, Disabled: true}
	wantStatus(t, "disable", city.send(http.MethodPut, "/api/users/"+acc.ID, in), http.StatusOK)
	off := false
	wantStatus(t, "stop", city.send(http.MethodPut, "/api/agencies/"+h.stranger.ID, identity.AgencyInput{Name: h.stranger.Name, Short: "別", Active: &off}), http.StatusOK)
	if names := read("secretariat"); names["agency"] || names["stranger"] || !names["chair"] {
		t.Errorf("after stopping an account and an agency: %v", names)
	}
}

func TestClientAddress(t *testing.T) {
	t.Parallel()
	nets := []netip.Prefix{netip.MustParsePrefix("10.77.0.0/24"), netip.MustParsePrefix("::1/128")}
	for name, c := range map[string]struct {
		remote string
		xff    []string
		proto  string
		want   string
		secure bool
	}{
		"direct":                  {"198.51.100.7:1", nil, "", "198.51.100.7", false},
		"direct, lying":           {"198.51.100.7:1", []string{"203.0.113.1"}, "https", "198.51.100.7", false},
		"proxy":                   {"10.77.0.2:1", []string{"203.0.113.1"}, "https", "203.0.113.1", true},
		"proxy, client lies":      {"10.77.0.2:1", []string{"192.0.2.99, 203.0.113.1"}, "http", "203.0.113.1", false},
		"two proxies":             {"10.77.0.2:1", []string{"203.0.113.1, 10.77.0.3"}, "", "203.0.113.1", false},
		"two headers":             {"10.77.0.2:1", []string{"192.0.2.99", "203.0.113.1"}, "", "203.0.113.1", false},
		"rubbish":                 {"10.77.0.2:1", []string{"<script>"}, "", "10.77.0.2", false},
		"IPv6 proxy":              {"[::1]:1", []string{"2001:db8::1"}, "HTTPS", "2001:db8::1", true},
		"IPv4 in IPv6":            {"[::ffff:10.77.0.2]:1", []string{"203.0.113.1"}, "", "203.0.113.1", false},
		"trusted network as peer": {"10.77.1.2:1", []string{"203.0.113.1"}, "https", "10.77.1.2", false},
	} {
		s := &server{deps: Deps{Settings: Settings{TrustedProxies: nets}}}
		r := &http.Request{RemoteAddr: c.remote, Header: http.Header{"X-Forwarded-For": c.xff}}
		if c.proto != "" {
			r.Header.Set("X-Forwarded-Proto", c.proto)
		}
		if got := s.clientIP(r); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if got := s.secure(r); got != c.secure {
			t.Errorf("%s: secure %v", name, got)
		}
	}
}

func TestSecureCookieBehindProxy(t *testing.T) {
	t.Parallel()
	h := settled(t, func(d *Deps) { d.Settings.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")} })
	b := h.browser()
	b.header = http.Header{"X-Forwarded-Proto": {"https"}, "X-Forwarded-For": {"203.0.113.9"}}
	a := b.post("/api/session", map[string]string{"login": "city", "password": password})
	if !strings.Contains(a.header.Get("Set-Cookie"), "Secure") || a.header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%v", a.header)
	}
}

// TestLineIsNoUse: a page that is left open asks for what is new by itself, and its session ends all the same.
func TestLineIsNoUse(t *testing.T) {
	t.Parallel()
	h := settled(t, func(d *Deps) { d.Realtime = http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}) })
	b, other := h.as("city"), h.as("agency")
	for range 3 {
		h.clock.Advance(identity.SessionIdle / 4)
		for _, path := range []string{"/hp/line", "/hp/line/up", "/hp/line/down"} {
			wantStatus(t, path, b.do(http.MethodPost, path, strings.NewReader(""), "application/octet-stream"), http.StatusOK)
		}
		wantStatus(t, "a request of its user", other.get("/api/sheets"), http.StatusOK)
	}
	h.clock.Advance(identity.SessionIdle / 4)
	wantKind(t, "left open", b.do(http.MethodPost, "/hp/line/down", strings.NewReader(""), "application/octet-stream"), fault.Unauthorized)
	wantStatus(t, "used", other.get("/api/sheets"), http.StatusOK)
}

// TestHostOfAMunicipality: under the host name of one municipality only that one is named and signs in, and links lead back there.
func TestHostOfAMunicipality(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(d *Deps) {
		d.Settings.PublicURL = "https://kasane.example.lg.jp"
		d.Settings.Hosts = map[string]string{"shiomi.example.lg.jp": "012025", "tonari.example.lg.jp": "012033", "gone.example.lg.jp": "999999"}
	})
	ids := map[string]string{}
	for name, code := range map[string]string{"潮見市": "012025", "隣の町": "012033"} {
		m, _, _, err := h.ids.Found(t.Context(), identity.Founding{Name: name, Code: code, Agency: identity.AgencyInput{Name: name + "福祉課", City: true},
			Admin: identity.UserInput{Login: "boss" + code, Name: "管理者", Roles: []access.Role{access.RoleAdmin}, Password: password}})
		h.ok(err)
		ids[code] = m.ID
	}
	at := func(host string) *browser {
		b := h.browser()
		b.header = http.Header{"Host": {host}}
		return b
	}
	var body sessionBody
	if at("kasane.example.lg.jp").get("/api/session").into(t, &body); len(body.Others) != 2 {
		t.Errorf("the common name: %+v", body)
	}
	body = sessionBody{}
	if at("Shiomi.example.lg.jp").get("/api/session").into(t, &body); body.State != "signed_out" || body.Municipality == nil || body.Municipality.Name != "潮見市" || body.Others != nil {
		t.Errorf("its own name: %+v", body)
	}
	a := at("gone.example.lg.jp").get("/api/session")
	if a.into(t, &body); strings.Contains(string(a.body), "潮見市") || strings.Contains(string(a.body), "setup") {
		t.Errorf("the name of one that is not there: %s", a.body)
	}
	b := at("shiomi.example.lg.jp")
	b.post("/api/session", map[string]string{"login": "boss012025", "password": password}).into(t, &body)
	if body.State != "signed_in" || body.Municipality.ID != ids["012025"] {
		t.Errorf("signed in at its own name: %+v", body)
	}
	for _, named := range []string{"", ids["012033"]} {
		in := map[string]string{"login": "boss012033", "password": password, "municipality": named}
		wantKind(t, "the neighbour's account", at("shiomi.example.lg.jp").post("/api/session", in), fault.Unauthorized)
	}
	r := func(host string) *http.Request { return &http.Request{Host: host, Header: http.Header{}} }
	s := &server{deps: h.deps}
	if got := s.publicOrigin(r("tonari.example.lg.jp")); got != "http://tonari.example.lg.jp" {
		t.Errorf("links lead to %s", got)
	}
	if got := s.publicOrigin(r("kasane.example.lg.jp")); got != "https://kasane.example.lg.jp" {
		t.Errorf("links lead to %s", got)
	}
}
