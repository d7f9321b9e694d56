package app

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"kasane/internal/config"
	"kasane/internal/ydoc"
)

// What is said, typed and uploaded in the meeting of TestNoPersonalValueInTheProcessLog. Each is in nothing else.
const (
	saidName      = "渡邉\U000E0100 試子"
	saidKana      = "わたなべ ためしこ"
	saidAlias     = "ためちゃん通称"
	saidSituation = "夜間せん妄の疑い、鶯谷医院の見立て"
	saidNumber    = "1234-5678-9018"
	saidRow       = "瑠璃色の手すりの見守り"
	saidCell      = "週に二度、浴槽をまたぐ前に訪ねる"
	saidTitle     = "鶯谷の件の協議"
	saidPlace     = "北の離れの会議室"
	saidReason    = "乙姫通りで人違いがあったため"
	saidFile      = "渡邉試子同意書.pdf"
	saidPassword  = "まちがえたあいことば"
	saidSearch    = "かるがものさがしもの"
	saidGuest     = "客人 鷺沼"
	saidNote      = "書類を乙姫駅に忘れた"
)

// caller is one person at the HTTP interface.
type caller struct {
	t      *testing.T
	url    string
	http   http.Client
	cookie string
	id     string
	agency string
}

type object = map[string]any

// send makes a request and gives status and body.
func (c *caller) send(method, path, kind string, header http.Header, body io.Reader) (int, []byte) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, c.url+path, body)
	if err != nil {
		c.t.Fatal(err)
	}
	for k, v := range header {
		req.Header[k] = v
	}
	req.Header.Set("X-Kasane", "1")
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if c.cookie != "" {
		req.Header.Set("Cookie", c.cookie)
	}
	res, err := c.http.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	for _, k := range res.Cookies() {
		c.cookie = k.Name + "=" + k.Value
	}
	out, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return res.StatusCode, out
}

// ask makes a request that has to be answered with a status.
func (c *caller) ask(want int, method, path string, body any) (out object) {
	c.t.Helper()
	var r io.Reader
	kind := ""
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			c.t.Fatal(err)
		}
		r, kind = bytes.NewReader(raw), "application/json"
	}
	status, got := c.send(method, path, kind, nil, r)
	if status != want {
		c.t.Fatalf("%s %s: %d, want %d: %.400s", method, path, status, want, got)
	}
	_ = json.Unmarshal(got, &out)
	return out
}

func (c *caller) act(meeting, act string, params object) object {
	c.t.Helper()
	return c.ask(200, "POST", "/api/meetings/"+meeting+"/acts", object{"act": act, "params": params, "seq": 1 << 50})
}

// write sends a change of a document over a line of plain requests, and waits until the log has it, or refuses it.
func (c *caller) write(doc, meeting string, stored bool, change func(d *ydoc.Doc, b *ydoc.Builder)) {
	c.t.Helper()
	frame := func(parts ...any) []byte {
		b := str(nil, doc)
		for _, p := range parts {
			switch p := p.(type) {
			case int:
				b = binary.AppendUvarint(b, uint64(p))
			case string:
				b = str(b, p)
			case []byte:
				b = str(b, string(p))
			}
		}
		return b
	}
	d := ydoc.New()
	b := ydoc.NewBuilder(d, uint64(time.Now().UnixNano())&0xFFFFFFF)
	change(d, b)
	if b.Err() != nil {
		c.t.Fatal(b.Err())
	}
	_, raw := c.send("POST", "/hp/line", "application/octet-stream", nil, nil)
	var line struct{ Line string }
	if err := json.Unmarshal(raw, &line); err != nil {
		c.t.Fatalf("%v: %s", err, raw)
	}
	body := binary.AppendUvarint(nil, 1)
	for _, f := range [][]byte{frame(2, 0, meeting), frame(0, 0, []byte{0}), frame(0, 2, b.Update())} {
		body = str(body, string(f))
	}
	at := http.Header{"X-Kasane-Line": {line.Line}}
	if status, raw := c.send("POST", "/hp/line/up", "application/octet-stream", at, bytes.NewReader(body)); status != 200 {
		c.t.Fatalf("up: %d %s", status, raw)
	}
	ack, no := string(frame(8, 1)), string(frame(8, 0))
	have := 0
	for range 20 {
		h := http.Header{"X-Kasane-Line": {line.Line}, "X-Kasane-Have": {fmt.Sprint(have)}, "X-Kasane-Mode": {"poll"}, "X-Kasane-Wait": {"1"}}
		_, raw := c.send("POST", "/hp/line/down", "application/octet-stream", h, nil)
		for len(raw) > 0 {
			n, w := binary.Uvarint(raw[1:])
			f := string(raw[1+w : 1+w+int(n)])
			if raw[0] == 1 {
				have++
			}
			raw = raw[1+w+int(n):]
			if f == ack || f == no {
				if (f == ack) != stored {
					c.t.Fatalf("%s: stored %v, want %v", doc, f == ack, stored)
				}
				c.send("DELETE", "/hp/line", "", at, nil)
				return
			}
		}
	}
	c.t.Fatalf("%s: the change was not answered", doc)
}

func str(b []byte, s string) []byte { return append(binary.AppendUvarint(b, uint64(len(s))), s...) }

func text(d *ydoc.Doc, b *ydoc.Builder, key, s string) { b.TextInsert(d.Root("t:"+key), 0, s) }

// records is a log that is kept.
type records struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (r *records) Write(p []byte) (int, error) { r.mu.Lock(); defer r.mu.Unlock(); return r.b.Write(p) }
func (r *records) String() string              { r.mu.Lock(); defer r.mu.Unlock(); return r.b.String() }

// served is the whole program in demo mode, on a port of its own, with its log at the finest level.
func served(t *testing.T, log io.Writer) (address string) {
	t.Helper()
	_, address = servedHouse(t, log)
	return address
}

func servedHouse(t *testing.T, log io.Writer) (h *house, address string) {
	t.Helper()
	cfg := config.Defaults()
	cfg.DataDir, cfg.LogLevel, cfg.MetricsAddr = t.TempDir(), "debug", "127.0.0.1:0"
	ctx, stop := context.WithCancel(context.Background())
	h, err := build(ctx, cfg, slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})), time.Now, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.openMetrics(); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- h.run(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return h, "http://" + l.Addr().String()
}

// A whole meeting is held through HTTP, from the reception of the case to the sealed record, with people who mistype, look for names and send what is refused. Nothing of a
// person, and nothing that anybody wrote, stands in the log of the process, though it says everything it can say; nor in its metrics, and there no id of anybody or anything either.
func TestNoPersonalValueInTheProcessLog(t *testing.T) {
	t.Parallel()
	var log records
	h, address := servedHouse(t, &log)
	day := func(n int) string { return time.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	who := func(login string) *caller {
		c := &caller{t: t, url: address}
		session := c.ask(200, "GET", "/api/session", nil)
		password := session["demoAccounts"].([]any)[0].(object)["password"]
		a := c.ask(200, "POST", "/api/session", object{"login": login, "password": password})["actor"].(object)
		c.id, c.agency = a["id"].(string), a["agencyId"].(string)
		return c
	}
	desk, chair, helper := who("jimukyoku"), who("kaicho"), who("houkatsu")
	(&caller{t: t, url: address}).ask(401, "POST", "/api/session", object{"login": "乙姫の利用者", "password": saidPassword})

	// 受付
	agencies := []string{desk.agency, chair.agency, helper.agency}
	subject := object{"name": saidName, "kana": saidKana, "alias": saidAlias, "relation": "本人", "birth": "1950-04-01", "sex": "女", "subject": true}
	id := desk.ask(200, "POST", "/api/cases", object{"openedAt": day(-30), "persons": []any{subject}, "agencies": agencies})["id"].(string)
	kase := desk.ask(200, "GET", "/api/cases/"+id, nil)
	person := kase["persons"].([]any)[0].(object)["id"].(string)
	desk.ask(422, "POST", "/api/cases/"+id+"/persons", object{"name": saidName + "\u202e", "kana": saidKana, "relation": "本人"})
	desk.ask(422, "POST", "/api/cases/"+id+"/persons", object{"name": saidNumber, "kana": saidKana, "relation": "本人"})
	desk.ask(422, "POST", "/api/cases/"+id+"/persons", object{"name": saidName, "surprise": saidAlias})
	for _, q := range []string{saidName, saidKana, saidSearch} {
		desk.ask(200, "POST", "/api/cases/search", object{"q": q})
	}

	// 同意と証憑
	board := desk.ask(200, "GET", "/api/cases/"+id+"/consents", nil)
	var items []any
	for _, i := range board["items"].([]any) {
		items = append(items, i.(object)["code"])
	}
	scope := object{}
	for _, a := range agencies {
		scope[a] = items
	}
	var form bytes.Buffer
	mp := multipart.NewWriter(&form)
	_ = mp.WriteField("caseId", id)
	_ = mp.WriteField("purpose", "evidence")
	part, _ := mp.CreateFormFile("file", saidFile)
	_, _ = part.Write([]byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"))
	_ = mp.Close()
	status, raw := desk.send("POST", "/api/files", mp.FormDataContentType(), nil, &form)
	var file struct{ ID string }
	if err := json.Unmarshal(raw, &file); err != nil || status != 200 {
		t.Fatalf("%d %s %v", status, raw, err)
	}
	desk.ask(200, "POST", "/api/cases/"+id+"/consents", object{"personId": person, "state": "granted", "grantor": "self", "purposes": []string{"conference", "plan", "coordination"}, "scope": scope,
		"until": day(300), "method": "written", "methodNote": saidPlace, "explainedBy": "佐藤 恵", "explainedAt": time.Now().Add(-time.Hour).UTC().Format(time.RFC3339), "explainHow": saidReason,
		"formHash": board["formHash"], "evidenceFile": file.ID})
	desk.send("GET", "/api/files/"+file.ID, "", nil, nil)

	// プラン、招集、入室
	plan := desk.ask(200, "POST", "/api/cases/"+id+"/plans", object{"previous": ""})["id"].(string)
	start := time.Now().Truncate(30 * time.Minute).Add(30 * time.Minute)
	met := desk.ask(200, "POST", "/api/cases/"+id+"/meetings", object{"type": "layered", "mode": "layered", "planId": plan, "title": saidTitle, "plannedStart": start, "plannedEnd": start.Add(time.Hour),
		"place": saidPlace, "form": "room", "agencies": agencies, "chairId": chair.id, "recorderId": desk.id,
		"agenda": []any{object{"title": saidRow, "purpose": "policy", "point": saidSituation, "item": "basic"}}})["id"].(string)
	doc := desk.ask(200, "POST", "/api/docs", object{"kind": "plan", "ownerId": plan, "meetingId": met, "personId": person, "item": "basic"})["doc"].(string)
	link := chair.ask(200, "POST", "/api/meetings/"+met+"/guests", object{"name": saidGuest, "kana": "きゃくじん", "agencyId": helper.agency, "post": "医師"})
	_, token, _ := strings.Cut(link["url"].(string), "#")
	guest := &caller{t: t, url: address}
	guest.ask(401, "POST", "/api/guest/enter", object{"token": token, "pin": "000000", "name": saidGuest, "agency": saidPlace, "secrecy": true})
	desk.act(met, "reception", object{})
	for _, c := range []*caller{desk, chair, helper} {
		c.ask(204, "POST", "/api/meetings/"+met+"/enter", object{"form": "room"})
		c.act(met, "secrecy", object{})
	}
	chair.act(met, "open", object{})

	// 共同編集: text, rows, cells; a number that is refused; garbage
	const row = "quietaction01"
	desk.write(doc, met, true, func(d *ydoc.Doc, b *ydoc.Builder) {
		text(d, b, "situation", saidSituation)
		text(d, b, "action/"+row+"/text", saidRow)
		text(d, b, "cell/"+row+"/"+helper.agency+"/content", saidCell)
		v := d.Root("v")
		for _, kv := range [][2]string{{"lead", helper.agency}, {"after_lead", helper.agency}, {"action/" + row + "/ord", "a0"}, {"cell/" + row + "/" + helper.agency + "/code", "lead"},
			{"cell/" + row + "/" + helper.agency + "/due", day(60)}} {
			b.MapSet(v, kv[0], kv[1])
		}
	})
	desk.write(doc, met, false, func(d *ydoc.Doc, b *ydoc.Builder) { text(d, b, "wish", "番号は "+saidNumber) })
	desk.write(doc, met, false, func(d *ydoc.Doc, b *ydoc.Builder) { text(d, b, "nonsense", saidCell) })
	helper.write(doc, met, false, func(d *ydoc.Doc, b *ydoc.Builder) {
		text(d, b, "cell/"+row+"/"+chair.agency+"/content", saidCell)
	})

	// 引受、固定、合意、閉会
	view := helper.ask(200, "GET", "/api/plans/"+plan+"?meeting="+met, nil)
	hash := regexp.MustCompile(`"hash":"([0-9a-f]{64})"`).FindStringSubmatch(mustJSON(t, view["matrix"]))
	if hash == nil {
		t.Fatalf("no cell: %s", mustJSON(t, view["matrix"]))
	}
	helper.act(met, "role", object{"doc": doc, "actionId": row, "answer": "conditional", "reason": saidReason, "cellHash": hash[1]})
	chair.act(met, "freeze", object{})
	frozen := chair.ask(200, "GET", "/api/meetings/"+met, nil)["frozen"].(object)["hash"]
	for _, c := range []*caller{desk, chair, helper} {
		c.act(met, "answer", object{"hash": frozen, "answer": "agree"})
	}
	chair.act(met, "decide", object{"outcome": "agreed"})
	for _, a := range chair.ask(200, "GET", "/api/meetings/"+met, nil)["agenda"].([]any) {
		desk.act(met, "agenda_state", object{"id": a.(object)["id"], "state": "resolved"})
	}
	for _, path := range []string{"/api/plans/" + plan + "/pdf?kind=plan&meeting=" + met, "/api/meetings/" + met + "/minutes.pdf"} {
		if status, raw := desk.send("GET", path, "", nil, nil); status != 200 {
			t.Fatalf("%s: %d %s", path, status, raw)
		}
	}
	chair.act(met, "close", object{})
	minutes := desk.act(met, "propose", object{"until": day(5)})["minutes"].(object)["hash"]
	for _, c := range []*caller{desk, chair, helper} {
		c.act(met, "confirm", object{"hash": minutes, "ok": true})
	}

	// 記録、監査、漏えい
	desk.ask(200, "POST", "/api/archive/search", object{"q": saidTitle})
	desk.ask(200, "POST", "/api/incidents", object{"from": day(-1), "to": day(1), "actor": helper.id, "reason": "leak", "note": saidNote, "format": "json"})
	who("kansa").ask(200, "POST", "/api/audit/searches", object{"q": saidName})
	desk.send("GET", "/api/cases/"+url.PathEscape(saidName), "", nil, nil)
	desk.send("GET", "/api/cases?stage="+url.QueryEscape(saidSearch), "", nil, nil)

	var number string
	for _, r := range desk.ask(200, "GET", "/api/archive", nil)["records"].([]any) {
		if r.(object)["caseNumber"] == kase["case"].(object)["number"] && r.(object)["kind"] == "plan" {
			number = r.(object)["number"].(string)
		}
	}
	if number == "" {
		t.Error("the meeting left no record: it was not held to its end")
	}

	said := []string{saidName, saidKana, saidAlias, "1950-04-01", saidSituation, saidNumber, strings.ReplaceAll(saidNumber, "-", ""), saidRow, saidCell, saidTitle, saidPlace, saidReason, saidFile, saidPassword,
		saidSearch, saidGuest, saidNote, "乙姫", "鶯谷", "渡邉", token, link["pin"].(string) + `"`, desk.cookie[strings.Index(desk.cookie, "=")+1:]}
	got := log.String()
	for _, s := range said {
		for _, form := range []string{s, url.PathEscape(s), url.QueryEscape(s), strings.Trim(mustJSON(t, s), `"`)} {
			if i := strings.Index(got, form); i >= 0 {
				t.Errorf("%q stands in the log of the process: …%s…", s, got[max(0, i-200):min(len(got), i+100)])
				break
			}
		}
	}
	nothingPersonalInTheMetrics(t, h, address, append(said, id, person, plan, met, doc, file.ID, desk.id, chair.id, helper.id, desk.agency, helper.agency, number, "jimukyoku", "kaicho"))
	for _, must := range []string{`"level":"DEBUG"`, "realtime: update refused", `"pattern":"/api/meetings/{meeting}/acts"`} {
		if !strings.Contains(got, must) {
			t.Errorf("the log does not say %s: the test is blind", must)
		}
	}
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
