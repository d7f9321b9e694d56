package web

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// TestEveryRouteIsDeclared walks the real router: what it serves is what the table declares, and each line of the table has
// an action that exists and says how it reaches the audit log.
func TestEveryRouteIsDeclared(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	handler, err := New(h.deps)
	if err != nil {
		t.Fatal(err)
	}
	s := &server{deps: h.deps}
	declared := map[string]bool{}
	for _, rt := range s.routes() {
		key := rt.method + " " + rt.pattern
		if declared[key] {
			t.Errorf("%s is declared twice", key)
		}
		declared[key] = true
		if !slices.Contains(access.Actions(), rt.action) {
			t.Errorf("%s: action %q does not exist", key, rt.action)
		}
		switch rt.audit.by {
		case byService, byWeb:
			if rt.audit.verb == "" {
				t.Errorf("%s: no audit verb", key)
			}
		case byNobody:
			if rt.audit.why == "" {
				t.Errorf("%s: silent without a reason", key)
			}
		default:
			t.Errorf("%s does not say how it is audited", key)
		}
		if rt.method != get && rt.action == access.ActPublic && !regexp.MustCompile(`^/api/(session(/(unlock|leave|factor|passkey.*|enrol/.*))?|setup|guest/.*|dates/.*)$`).MatchString(rt.pattern) {
			t.Errorf("%s changes something for everybody", key)
		}
		if rt.nobody && rt.action != access.ActPublic {
			t.Errorf("%s does not ask who it is", key)
		}
	}
	outside := []string{"/*", "/api/*", "/hp", "/yws/*"}
	err = chi.Walk(handler.(chi.Router), func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if !declared[method+" "+pattern] && !slices.Contains(outside, pattern) {
			t.Errorf("%s %s is served but not declared", method, pattern)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// fill puts something that does not exist into the placeholders of a pattern.
func fill(pattern string) string {
	return regexp.MustCompile(`\{[a-z]+\}`).ReplaceAllString(pattern, "01nothere")
}

// try sends a request of the right form with an empty body.
func (b *browser) try(rt route) answer {
	b.h.t.Helper()
	if rt.multipart {
		return b.do(rt.method, fill(rt.pattern), strings.NewReader("--x--\r\n"), "multipart/form-data; boundary=x")
	}
	if rt.method == get {
		return b.get(fill(rt.pattern))
	}
	if rt.binary {
		return b.do(rt.method, fill(rt.pattern), strings.NewReader("{}"), "application/octet-stream")
	}
	return b.do(rt.method, fill(rt.pattern), strings.NewReader("{}"), "application/json")
}

// TestEveryRouteAsksWhoItIs: signed out is 401; every role is refused or let in by the table of access, nothing else.
func TestEveryRouteAsksWhoItIs(t *testing.T) {
	t.Parallel()
	h := settled(t)
	s := &server{deps: h.deps}
	roles := map[string]access.Role{"secretariat": access.RoleSecretariat, "city": access.RoleCity, "chair": access.RoleChair, "agency": access.RoleAgency,
		"observer": access.RoleObserver, "records": access.RoleRecords, "auditor": access.RoleAuditor, "sysadmin": access.RoleAdmin}
	for _, rt := range s.routes() {
		if rt.action == access.ActPublic {
			continue
		}
		wantKind(t, "signed out: "+rt.method+" "+rt.pattern, h.browser().try(rt), fault.Unauthorized)
	}
	for login, role := range roles {
		b := h.as(login)
		for _, rt := range s.routes() {
			if rt.action == access.ActPublic || rt.method == del && rt.pattern == "/api/session" || rt.pattern == "/api/session/lock" {
				continue
			}
			may := access.Can(access.Actor{Tenant: "t", UserID: "u", Roles: []access.Role{role}}, rt.action)
			a := b.try(rt)
			if refused := a.status == http.StatusForbidden; !may && !refused || a.status == http.StatusInternalServerError || a.status == http.StatusUnauthorized {
				t.Errorf("%s %s %s: status %d (may: %v): %.200s", login, rt.method, rt.pattern, a.status, may, a.body)
			}
		}
	}
}

// TestEveryChangeIsGuarded: no header, a foreign origin, a foreign fetch site and a wrong content type are refused on
// every route that is not GET, before anything else happens.
func TestEveryChangeIsGuarded(t *testing.T) {
	t.Parallel()
	h := settled(t)
	s := &server{deps: h.deps}
	for _, rt := range s.routes() {
		if rt.method == get {
			continue
		}
		key := rt.method + " " + rt.pattern
		for what, header := range map[string]http.Header{
			"no X-Kasane":    {"X-Kasane": nil},
			"foreign origin": {"Origin": {"https://evil.example"}},
			"null origin":    {"Origin": {"null"}},
			"cross-site":     {"Sec-Fetch-Site": {"cross-site"}},
			"same-site":      {"Sec-Fetch-Site": {"same-site"}},
		} {
			b := h.as("city")
			b.header = header
			wantKind(t, what+": "+key, b.try(rt), fault.Forbidden)
		}
		for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", ""} {
			b := h.as("city")
			wantKind(t, kind+": "+key, b.do(rt.method, fill(rt.pattern), strings.NewReader("{}"), kind), fault.Invalid)
		}
		who := "city"
		if rt.action == access.ActGlassBreak {
			who = "sysadmin" // nobody else may
		}
		b := h.as(who)
		b.header = http.Header{"Origin": {h.http.URL}, "Sec-Fetch-Site": {"same-origin"}}
		if a := b.try(rt); a.status == http.StatusForbidden && rt.action != access.ActPublic {
			t.Errorf("own origin refused: %s: %s", key, a.body)
		}
	}
}

// TestEveryRouteRefusesMyNumber: an 個人番号 in whatever field of whatever request is refused before anything is looked at, in words that say
// what to do, and nothing of it stays.
func TestEveryRouteRefusesMyNumber(t *testing.T) {
	t.Parallel()
	h := settled(t)
	s := &server{deps: h.deps}
	asked := 0
	for _, rt := range s.routes() {
		if rt.method == get || rt.method == del || rt.binary || rt.multipart {
			continue
		}
		b := h.browser()
		for _, login := range []string{"city", "secretariat", "sysadmin", "auditor"} {
			if rt.action != access.ActPublic && access.Can(access.Actor{Tenant: "t", UserID: "u", Roles: []access.Role{roleOf(login)}}, rt.action) {
				b = h.as(login)
				break
			}
		}
		for _, body := range []string{`{"note":"番号は 1234-5678-9018 です"}`, `{"params":{"list":["１２３４５６７８９０１８"]}}`, `{"123456789018":1}`} {
			path := strings.Replace(fill(rt.pattern), "/api/docs/01nothere", "/api/docs/01nothere.1", 1) // documents are named with their epoch
			a := b.do(rt.method, path, strings.NewReader(body), "application/json")
			if asked++; a.kind() != fault.Invalid.String() || !strings.Contains(string(a.body), "個人番号は保存できません") {
				t.Errorf("%s %s: %d %.200s", rt.method, rt.pattern, a.status, a.body)
			}
		}
	}
	if asked < 60 {
		t.Errorf("only %d requests were made", asked)
	}
	a := h.as("secretariat").upload(h.caseID, "番号_123456789018.pdf", pdfBytes)
	if a.kind() != fault.Invalid.String() || a.field() != "file" || !strings.Contains(string(a.body), "個人番号") {
		t.Errorf("file name: %d %s", a.status, a.body)
	}
	if strings.Contains(h.log.String(), "123456789018") || strings.Contains(h.log.String(), "1234-5678-9018") {
		t.Error("the number is in the log")
	}
}

func roleOf(login string) access.Role {
	if login == "sysadmin" {
		return access.RoleAdmin
	}
	return access.Role(login)
}
