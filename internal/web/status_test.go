package web

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"

	"kasane/internal/access"
)

// The worst line is the state of all; agencies and guests do not get the page.
func TestStatusPage(t *testing.T) {
	t.Parallel()
	lines := []StatusLine{{Name: "a", State: StatusFine}}
	var asked string
	h := settled(t, func(d *Deps) {
		d.Status = func(_ context.Context, a access.Actor) []StatusLine { asked = a.Tenant; return lines }
	})
	ask := func(login string) answer { return h.as(login).get("/api/status") }
	for _, c := range []struct{ add, want string }{{"", StatusFine}, {StatusLook, StatusLook}, {StatusWrong, StatusWrong}, {StatusFine, StatusWrong}, {StatusLook, StatusWrong}} {
		if c.add != "" {
			lines = append(lines, StatusLine{Name: "b", State: c.add})
		}
		a := ask("secretariat")
		wantStatus(t, "status", a, http.StatusOK)
		var got struct {
			State string
			Lines []StatusLine
		}
		h.ok(json.Unmarshal(a.body, &got))
		if got.State != c.want || len(got.Lines) != len(lines) || asked != h.tenant {
			t.Errorf("after %s: %s %d lines, of %s", c.add, got.State, len(got.Lines), asked)
		}
	}
	for _, login := range []string{"agency", "chair", "observer", "records", "auditor"} {
		if a := ask(login); a.status != http.StatusForbidden {
			t.Errorf("%s: %d", login, a.status)
		}
	}
}

// The class of a route is a word of the table of routes, so that nothing sent by anybody becomes a label.
func TestClassesOfRoutes(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]string{"/api/cases/{case}/persons/{id}": "cases", "/api/status": "status", "/hp": ClassLive, "/hp/line/up": ClassLive, "/yws/*": ClassLive, "/readyz": ClassHealth,
		"/*": ClassPage, "/api/*": ClassOther, "*": ClassOther} {
		if got := classOf(pattern); got != want {
			t.Errorf("%s: %s, want %s", pattern, got, want)
		}
	}
	classes := map[string]bool{}
	for _, rt := range (&server{}).routes() {
		classes[classOf(rt.pattern)] = true
	}
	if len(classes) < 10 || len(classes) > 60 {
		t.Errorf("%d classes", len(classes))
	}
}
