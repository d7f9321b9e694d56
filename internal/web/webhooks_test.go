package web

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/webhooks"
)

// hookInput is an address as somebody enters it.
func (h *house) hookInput() webhooks.Input {
	return webhooks.Input{AgencyID: h.city.ID, URL: "https://renkei.example.lg.jp/kasane", Note: "相談記録システム", Kinds: []webhooks.Kind{webhooks.KindCase, webhooks.KindSealed}, On: true}
}

func (h *house) boss() access.Actor {
	return access.Actor{Tenant: h.tenant, UserID: "test", Name: "管理者", Roles: []access.Role{access.RoleAdmin}}
}

// hookOf sets an address up.
func (h *house) hookOf() string {
	h.t.Helper()
	made, err := h.deps.Webhooks.Add(context.Background(), h.boss(), h.hookInput())
	h.ok(err)
	return made.Endpoint.ID
}

// sentTo is a message to an address that has ended.
func (h *house) sentTo(hook string) string {
	h.t.Helper()
	ctx := context.Background()
	h.ok(h.deps.Webhooks.Test(ctx, h.boss(), hook))
	now := h.clock.Now()
	list, err := h.store.ClaimWebhooks(ctx, now, now.Add(time.Minute), 1, 1)
	h.ok(err)
	_, err = h.store.EndWebhook(ctx, webhooks.Outcome{Outgoing: list[0], Result: webhooks.StateFailed, At: now, Code: 500, Why: webhooks.WhyAnswer}, access.Entry{})
	h.ok(err)
	return list[0].ID
}

// TestWebhooks: the secret is told once and lies nowhere open; what cannot be sent to is refused with a word; a case that is taken in waits for the address that wants it, and is found by its path with a token.
func TestWebhooks(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	admin := s.as("sysadmin")
	var made webhooks.Made
	answer := admin.post("/api/webhooks", s.hookInput())
	answer.into(t, &made)
	if !strings.HasPrefix(made.Secret, "whsec_") || answer.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v %s", answer.header, answer.body)
	}
	desk := admin.get("/api/webhooks")
	if strings.Contains(string(desk.body), made.Secret) || strings.Contains(s.log.String(), made.Secret) {
		t.Error("the secret is told again")
	}
	var kept int
	s.ok(s.raw.QueryRow(`SELECT COUNT(*) FROM webhook_secret WHERE instr(sealed, $1) > 0`, made.Secret[6:]).Scan(&kept))
	if kept != 0 {
		t.Error("the secret lies open")
	}
	for url, word := range map[string]string{"http://renkei.example/": "KASANE_WEBHOOK_HTTP_HOSTS", "https://10.1.2.3/": "KASANE_WEBHOOK_NETWORKS", "https://127.0.0.1/": "かさねのサーバー自身", "https://169.254.169.254/": "内側"} {
		in := s.hookInput()
		in.URL = url
		a := admin.post("/api/webhooks", in)
		if a.status != http.StatusUnprocessableEntity || a.field() != "url" || !strings.Contains(string(a.body), word) {
			t.Errorf("%s: %d %s", url, a.status, a.body)
		}
	}
	taken := s.as("secretariat").post("/api/cases", map[string]any{"openedAt": s.clock.Now().Format(time.DateOnly), "persons": []map[string]any{{"name": "植田秘密子", "kana": "うえだ", "relation": "本人", "subject": true}}, "agencies": []string{s.welfare.ID}})
	var c struct{ ID string }
	taken.into(t, &c)
	var list struct{ Deliveries []webhooks.Sent }
	admin.get("/api/webhooks/"+made.Endpoint.ID+"/deliveries").into(t, &list)
	if len(list.Deliveries) != 1 || list.Deliveries[0].Kind != webhooks.KindCase || list.Deliveries[0].State != webhooks.StateWaiting {
		t.Fatalf("%+v", list)
	}
	var body string
	s.ok(s.raw.QueryRow(`SELECT body FROM webhook_delivery WHERE endpoint_id = $1`, made.Endpoint.ID).Scan(&body))
	path := `"path":"/api/cases?id=` + c.ID + `"`
	if !strings.Contains(body, path) || strings.Contains(body, "植田") {
		t.Error(body)
	}
	var found struct{ Cases []struct{ ID string } }
	s.system(s.makeToken(s.welfare.ID, "cases").Token).get("/api/cases?id="+c.ID).into(t, &found)
	if len(found.Cases) != 1 || found.Cases[0].ID != c.ID {
		t.Errorf("%+v", found)
	}
	s.system(s.makeToken(s.stranger.ID, "cases").Token).get("/api/cases?id="+c.ID).into(t, &found)
	if len(found.Cases) != 0 {
		t.Errorf("an agency that is not of the case finds %+v", found)
	}
	wantStatus(t, "still being sent", admin.post("/api/webhooks/"+made.Endpoint.ID+"/deliveries/"+list.Deliveries[0].ID+"/again", map[string]any{}), http.StatusConflict)
	in := s.hookInput()
	in.On = false
	var off webhooks.Shown
	admin.send(put, "/api/webhooks/"+made.Endpoint.ID, in).into(t, &off)
	if off.OffWhy != webhooks.OffByHand || off.Waiting != 0 || off.OffLabel == "" {
		t.Errorf("%+v", off)
	}
	wantStatus(t, "a test of one that is off", admin.post("/api/webhooks/"+made.Endpoint.ID+"/test", map[string]any{}), http.StatusConflict)
	wantStatus(t, "removed", admin.do(del, "/api/webhooks/"+made.Endpoint.ID, nil, ""), http.StatusNoContent)
	wantStatus(t, "and gone", admin.get("/api/webhooks/"+made.Endpoint.ID+"/deliveries"), http.StatusNotFound)
}
