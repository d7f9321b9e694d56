package app

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"kasane/internal/access"
	"kasane/internal/store/storetest"
	"kasane/internal/web"
	"kasane/internal/ydoc"
)

// TestQuotaByCommand: limits are set, changed one at a time, listed and taken away by the command, on both engines.
func TestQuotaByCommand(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			url := ""
			if engine == "postgres" {
				url = storetest.Empty(t)
			}
			x := newSite(t, url, drillKey)
			must(t, x.open().Close())
			if code, out := x.run("municipality add", "--name", "潮見市", "--code", "012025", "--agency", "福祉政策課", "--admin", "山田花子", "--login", "yamada"); code != exitOK {
				t.Fatal(out)
			}
			try := func(want int, say string, args ...string) {
				t.Helper()
				if code, out := x.run("municipality quota", args...); code != want || !strings.Contains(out, say) {
					t.Errorf("%v: %d %s", args, code, out)
				}
			}
			try(exitOK, "上限なし", "潮見市")
			try(exitOK, "ファイルと記録の容量 20GB、利用者の数 5人", "潮見市", "--storage", "20GB", "--members", "5")
			try(exitOK, "利用者の数 1人、同時の接続 600件、連携用トークンの要求(1分) 300回", "潮見市", "--members", "1", "--connections", "600", "--requests", "300")
			try(exitFail, "「たくさん」は大きさとして読めません", "潮見市", "--storage", "たくさん")
			try(exitFail, "0以上", "潮見市", "--members", "-1")
			try(exitFail, "「浜町」という市町村はありません", "浜町", "--members", "1")
			try(exitUsage, "指定してください", "--members", "1")
			code, out := x.run("municipality list")
			if code != exitOK || !strings.Contains(out, "ファイルと記録の容量 0B / 20GB(0%)、利用者の数 1人 / 1人(100%)←上限に達しました") || !strings.Contains(out, "同時の接続 0件 / 600件") {
				t.Errorf("%d %s", code, out)
			}
			try(exitOK, "上限なし", "潮見市", "--storage", "0", "--members", "0", "--connections", "0", "--requests", "0")
			if _, out := x.run("municipality list"); strings.Contains(out, "上限") {
				t.Error(out)
			}
		})
	}
}

// TestQuotaNeverStopsAMeeting: every limit of the municipality is long passed while a meeting is held: who has a seat signs in, files of the case are taken, words are typed and kept, the meeting is closed
// and its record sealed. What is no part of a meeting is refused with a word that says what to do, and the page 稼働状況 has warned.
func TestQuotaNeverStopsAMeeting(t *testing.T) {
	t.Parallel()
	h, address := servedHouse(t, io.Discard)
	session := (&caller{t: t, url: address}).ask(200, "GET", "/api/session", nil)
	name, password := session["municipality"].(object)["name"].(string), session["demoAccounts"].([]any)[0].(object)["password"]
	enter := func(want int, login string) (*caller, object) {
		t.Helper()
		c := &caller{t: t, url: address}
		out := c.ask(want, "POST", "/api/session", object{"login": login, "password": password})
		if a, ok := out["actor"].(object); ok {
			c.id, c.agency = a["id"].(string), a["agencyId"].(string)
		}
		return c, out
	}
	desk, _ := enter(200, "jimukyoku")
	chair, _ := enter(200, "kaicho")
	helper, _ := enter(200, "houkatsu")
	admin, _ := enter(200, "kanri")
	caseID, met, doc := ready(desk, chair, helper)
	uploaded(desk, caseID, 200)
	ws, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(address, "http")+"/hp", http.Header{"Cookie": {desk.cookie}})
	must(t, err)
	defer ws.Close()

	var b bytes.Buffer
	if code := Main(context.Background(), Process{Args: []string{"municipality", "quota", name, "--storage", "1B", "--members", "1", "--connections", "1", "--requests", "1", "--data", h.cfg.DataDir},
		Lookup: func(string) (string, bool) { return "", false }, Out: &b, Err: &b}); code != exitOK {
		t.Fatal(b.String())
	}
	says := func(what string, out object, word string) {
		t.Helper()
		if raw, _ := json.Marshal(out); !strings.Contains(string(raw), word) {
			t.Errorf("%s: %s", what, raw)
		}
	}
	says("a file", uploaded(desk, caseID, http.StatusRequestEntityTooLarge), "市の管理者に知らせてください")
	agencies := admin.ask(200, "GET", "/api/agencies", nil)["agencies"].([]any)
	says("an account", admin.ask(http.StatusConflict, "POST", "/api/users", object{"agencyId": agencies[0].(object)["id"], "login": "shinjin", "name": "新人 花子", "kana": "しんじん はなこ", "post": "", "roles": []string{"agency"},
		"password": "ながいあいことば2026年"}), "利用者が上限(1人)に達しています")
	_, out := enter(http.StatusServiceUnavailable, "houkatsu")
	says("signing in", out, "サインアウトを頼むか")
	enter(200, "kanri")
	for _, l := range h.status(t.Context(), access.Actor{Tenant: h.tenantOf(t), UserID: "u"}) {
		if l.Name == "quota" && (l.State != web.StatusWrong || !strings.Contains(l.What, "利用者の数が上限1人の") || !strings.Contains(l.Advice, "運用者に上限の引き上げ") || !strings.Contains(l.Advice, "止まりません")) {
			t.Errorf("%+v", l)
		}
	}
	must(t, h.quotas.Look(t.Context()))
	if h.quotas.Sound(t.Context()) == nil {
		t.Error("the monitor is not told")
	}

	desk.act(met, "reception", object{})
	helper, _ = enter(200, "houkatsu") // its agency sits
	uploaded(desk, caseID, 200)
	for _, c := range []*caller{desk, chair, helper} {
		c.ask(204, "POST", "/api/meetings/"+met+"/enter", object{"form": "room"})
		c.act(met, "secrecy", object{})
	}
	chair.act(met, "open", object{})
	second, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(address, "http")+"/hp", http.Header{"Cookie": {helper.cookie}})
	must(t, err)
	must(t, second.Close())
	desk.write(doc, met, true, func(d *ydoc.Doc, b *ydoc.Builder) { text(d, b, "situation", "夜間の見守りが要る") })
	person := desk.ask(200, "GET", "/api/cases/"+caseID, nil)["persons"].([]any)[0].(object)["id"].(string)
	minutesDoc := desk.ask(200, "POST", "/api/docs", object{"kind": "minutes", "ownerId": met, "meetingId": met, "personId": person, "item": "basic"})["doc"].(string)
	desk.write(minutesDoc, met, true, func(d *ydoc.Doc, b *ydoc.Builder) {
		text(d, b, "decision/decided000001/text", "週に二度、訪ねる")
		b.MapSet(d.Root("v"), "decision/decided000001/ord", "a0")
	})
	for _, a := range chair.ask(200, "GET", "/api/meetings/"+met, nil)["agenda"].([]any) {
		desk.act(met, "agenda_state", object{"id": a.(object)["id"], "state": "resolved"})
	}
	chair.act(met, "close", object{})
	if s := chair.ask(200, "GET", "/api/meetings/"+met, nil)["meeting"].(object)["status"]; s != "closed" && s != "confirming" {
		t.Errorf("the meeting is %v", s)
	}
	minutes := desk.act(met, "propose", object{"until": time.Now().AddDate(0, 0, 5).Format(time.DateOnly)})["minutes"].(object)["hash"]
	for _, c := range []*caller{desk, chair, helper} {
		c.act(met, "confirm", object{"hash": minutes, "ok": true})
	}
	chair.act(met, "final", object{"reason": "確認の期間を待たずに確定する"})
	if s := chair.ask(200, "GET", "/api/meetings/"+met, nil)["meeting"].(object)["status"]; s != "sealed" {
		t.Errorf("the record is %v", s)
	}
}

// ready calls a 支援会議 with a plan.
func ready(desk, chair, helper *caller) (caseID, met, doc string) {
	desk.t.Helper()
	day := func(n int) string { return time.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	agencies := []string{desk.agency, chair.agency, helper.agency}
	subject := object{"name": "渡邉 試子", "kana": "わたなべ ためしこ", "relation": "本人", "birth": "1950-04-01", "sex": "女", "subject": true}
	caseID = desk.ask(200, "POST", "/api/cases", object{"openedAt": day(-30), "persons": []any{subject}, "agencies": agencies})["id"].(string)
	person := desk.ask(200, "GET", "/api/cases/"+caseID, nil)["persons"].([]any)[0].(object)["id"].(string)
	plan := desk.ask(200, "POST", "/api/cases/"+caseID+"/plans", object{"previous": ""})["id"].(string)
	start := time.Now().Truncate(30 * time.Minute).Add(30 * time.Minute)
	met = desk.ask(200, "POST", "/api/cases/"+caseID+"/meetings", object{"type": "support", "mode": "support", "planId": plan, "title": "協議", "plannedStart": start, "plannedEnd": start.Add(time.Hour),
		"place": "会議室", "form": "room", "basis": "社会福祉法第106条の6", "reason": "同意が得られていないため", "agencies": agencies, "chairId": chair.id, "recorderId": desk.id,
		"agenda": []any{object{"title": "状況の共有", "purpose": "share", "point": "本人の様子", "item": "basic"}}})["id"].(string)
	doc = desk.ask(200, "POST", "/api/docs", object{"kind": "plan", "ownerId": plan, "meetingId": met, "personId": person, "item": "basic"})["doc"].(string)
	return caseID, met, doc
}

// uploaded uploads a file of a case.
func uploaded(c *caller, caseID string, want int) (out object) {
	c.t.Helper()
	var form bytes.Buffer
	mp := multipart.NewWriter(&form)
	_ = mp.WriteField("caseId", caseID)
	_ = mp.WriteField("purpose", "evidence")
	part, _ := mp.CreateFormFile("file", "同意書.pdf")
	_, _ = part.Write([]byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"))
	_ = mp.Close()
	status, raw := c.send("POST", "/api/files", mp.FormDataContentType(), nil, &form)
	if status != want {
		c.t.Fatalf("an upload: %d %s", status, raw)
	}
	_ = json.Unmarshal(raw, &out)
	return out
}

func (h *house) tenantOf(t *testing.T) string {
	t.Helper()
	list, err := h.store.ListMunicipalities(t.Context())
	must(t, err)
	return list[0].ID
}
