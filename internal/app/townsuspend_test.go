package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"kasane/internal/realtime"
)

// TestSuspendedMunicipalityIsShut: beside a running server a municipality is suspended. Whoever is in it is sent out, with the websocket and the line over plain HTTP they hold;
// neither a link of 日程調整 nor the invitation of a guest answers, with a word that says why; after it was resumed they do again.
func TestSuspendedMunicipalityIsShut(t *testing.T) {
	t.Parallel()
	h, address := servedHouse(t, io.Discard)
	desk := &caller{t: t, url: address}
	session := desk.ask(200, "GET", "/api/session", nil)
	name := session["municipality"].(object)["name"].(string)
	a := desk.ask(200, "POST", "/api/session", object{"login": "jimukyoku", "password": session["demoAccounts"].([]any)[0].(object)["password"]})["actor"].(object)
	date, guest := linksOf(desk, a["agencyId"].(string))

	ws, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(address, "http")+"/hp", http.Header{"Cookie": {desk.cookie}})
	must(t, err)
	defer ws.Close()
	var line struct{ Line string }
	status, raw := desk.send("POST", "/hp/line", "application/octet-stream", nil, nil)
	if err := json.Unmarshal(raw, &line); err != nil || status != http.StatusCreated {
		t.Fatalf("%d %q %v", status, raw, err)
	}
	nobody := &caller{t: t, url: address}
	nobody.ask(200, "POST", "/api/dates/check", object{"token": date})
	nobody.ask(200, "POST", "/api/guest/check", object{"token": guest})

	command := func(deed string) {
		t.Helper()
		var b bytes.Buffer
		if code := Main(context.Background(), Process{Args: []string{"municipality", deed, name, "--data", h.cfg.DataDir}, Lookup: func(string) (string, bool) { return "", false },
			In: strings.NewReader(""), Out: &b, Err: &b}); code != exitOK {
			t.Fatalf("%s: %s", deed, b.String())
		}
	}
	command("suspend")
	var closed *websocket.CloseError
	_ = ws.SetReadDeadline(time.Now().Add(time.Minute)) // far more than it takes
	for err == nil {
		_, _, err = ws.ReadMessage()
	}
	if !errors.As(err, &closed) || closed.Code != realtime.CloseSignedOut {
		t.Errorf("the websocket: %v", err)
	}
	if status, b := desk.send("POST", "/hp/line/down", "application/octet-stream", http.Header{"X-Kasane-Line": {line.Line}}, nil); status < 400 {
		t.Errorf("the line over plain HTTP: %d %q", status, b)
	}
	desk.ask(401, "GET", "/api/cases", nil)
	for path, token := range map[string]string{"/api/dates/check": date, "/api/dates/answer": date, "/api/guest/check": guest} {
		body := object{"token": token}
		if path == "/api/dates/answer" {
			body["answers"] = object{"x": "good"}
		}
		raw, err := json.Marshal(nobody.ask(http.StatusServiceUnavailable, "POST", path, body))
		if err != nil || !strings.Contains(string(raw), "止められています") {
			t.Errorf("%s: %s %v", path, raw, err)
		}
	}
	command("resume")
	nobody.ask(200, "POST", "/api/dates/check", object{"token": date})
	nobody.ask(200, "POST", "/api/guest/check", object{"token": guest})
}

// linksOf makes a link of 日程調整 and the invitation of a guest.
func linksOf(desk *caller, agency string) (date, guest string) {
	desk.t.Helper()
	day := func(n int) string { return time.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	subject := object{"name": "渡邉 試子", "kana": "わたなべ ためしこ", "relation": "本人", "birth": "1950-04-01", "sex": "女", "subject": true}
	id := desk.ask(200, "POST", "/api/cases", object{"openedAt": day(-30), "persons": []any{subject}, "agencies": []string{agency}})["id"].(string)
	start := time.Now().Truncate(30*time.Minute).AddDate(0, 0, 9)
	met := desk.ask(200, "POST", "/api/cases/"+id+"/meetings", object{"type": "support", "mode": "support", "title": "協議", "plannedStart": start, "plannedEnd": start.Add(time.Hour),
		"place": "会議室", "form": "room", "agencies": []string{agency}, "recorderId": desk.id, "agenda": []any{object{"title": "方針", "purpose": "policy", "point": "方針", "item": "basic"}}})["id"].(string)
	made := desk.ask(200, "PUT", "/api/meetings/"+met+"/dates", object{"options": []any{object{"start": start, "end": start.Add(time.Hour)}}, "must": []string{agency}, "until": day(5)})
	_, date, _ = strings.Cut(made["links"].([]any)[0].(object)["url"].(string), "#")
	invited := desk.ask(200, "POST", "/api/meetings/"+met+"/guests", object{"name": "客人 鷺沼", "kana": "きゃくじん さぎぬま", "agencyId": agency, "post": "医師"})
	_, guest, _ = strings.Cut(invited["url"].(string), "#")
	return date, guest
}
