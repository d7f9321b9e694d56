package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"kasane/internal/access"
	"kasane/internal/fault"
)

func TestPageHasItsNonce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	seen := map[string]bool{}
	for _, path := range []string{"/", "/cases/01abc", "/join", "/index.html", "/meetings/x/y"} {
		a := h.browser().get(path)
		csp := a.header.Get("Content-Security-Policy")
		m := regexp.MustCompile(`script-src 'self' 'nonce-([^']+)'`).FindStringSubmatch(csp)
		if a.status != 200 || m == nil || !strings.Contains(string(a.body), `content="`+m[1]+`"`) || strings.Contains(string(a.body), noncePlace) {
			t.Fatalf("%s: %d %s\n%s", path, a.status, csp, a.body)
		}
		if seen[m[1]] {
			t.Error("a nonce came twice")
		}
		seen[m[1]] = true
		for _, want := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("policy lacks %s", want)
			}
		}
		if strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") {
			t.Errorf("policy %s", csp)
		}
		if a.header.Get("Cache-Control") != "no-store" {
			t.Error("the page may be cached with its nonce")
		}
	}
}

func TestHeadersOnEveryAnswer(t *testing.T) {
	t.Parallel()
	h := settled(t)
	for _, path := range []string{"/", "/assets/app-1a2b.js", "/assets/none.js", "/api/session", "/api/nothing", "/api/cases", "/livez", "/readyz"} {
		a := h.browser().get(path)
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"} {
			if got := a.header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		for _, name := range []string{"Content-Security-Policy", "Permissions-Policy", "X-Request-Id", "Cache-Control", "Content-Type"} {
			if a.header.Get(name) == "" {
				t.Errorf("%s: no %s", path, name)
			}
		}
	}
}

func TestAssets(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browser()
	b.header = http.Header{"Accept-Encoding": {"br, gzip"}}
	a := b.get("/assets/app-1a2b.js")
	if a.header.Get("Content-Encoding") != "gzip" || !strings.Contains(a.header.Get("Cache-Control"), "immutable") ||
		a.header.Get("Content-Type") != "text/javascript; charset=utf-8" || a.header.Get("Vary") != "Accept-Encoding" {
		t.Errorf("%v", a.header)
	}
	z, err := gzip.NewReader(bytes.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := io.ReadAll(z); err != nil || !bytes.Equal(plain, dist["assets/app-1a2b.js"].Data) {
		t.Error("compressed differently", err)
	}
	b.header = http.Header{"Accept-Encoding": {"gzip;q=0"}}
	if a := b.get("/assets/app-1a2b.js"); a.header.Get("Content-Encoding") != "" || !bytes.Equal(a.body, dist["assets/app-1a2b.js"].Data) {
		t.Error("compressed against the wish")
	}
	b.header = http.Header{"If-None-Match": {a.header.Get("Etag")}}
	wantStatus(t, "known file", b.get("/assets/app-1a2b.js"), http.StatusNotModified)
	if a := b.get("/robots.txt"); a.header.Get("Cache-Control") != "no-cache" || a.status != 200 {
		t.Errorf("%v", a.header)
	}
	wantStatus(t, "missing asset is no page", b.get("/assets/old-9999.js"), http.StatusNotFound)
	wantStatus(t, "up and away", b.get("/assets/..%2f..%2fetc/passwd"), http.StatusNotFound)
	wantStatus(t, "post to a page", b.do(http.MethodPost, "/cases", nil, ""), http.StatusMethodNotAllowed)
	if a := b.get("/api/nothing"); a.kind() != "not_found" || a.header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Errorf("an unknown API answers %s", a.body)
	}
	wantKind(t, "wrong method", b.do(http.MethodPatch, "/api/session", nil, ""), fault.NotFound)
	if _, err := New(Deps{Dist: fstest.MapFS{}}); err == nil {
		t.Error("a client without index.html is served")
	}
}

// TestPackedFiles: what was built compressed is served as it is, and plain to who takes nothing else; the description that comes with it is for those who are signed in.
func TestPackedFiles(t *testing.T) {
	t.Parallel()
	script, described := []byte(strings.Repeat("console.log('重ね');", 100)), []byte(`{"openapi":"3.1.0","info":{"title":"`+strings.Repeat("重ね", 100)+`"}}`)
	pack := func(b []byte) *fstest.MapFile {
		var z bytes.Buffer
		w := gzip.NewWriter(&z)
		_, _ = w.Write(b)
		_ = w.Close()
		return &fstest.MapFile{Data: z.Bytes()}
	}
	built := fstest.MapFS{"index.html": dist["index.html"], "assets/app-5e6f.js.gz": pack(script), "openapi.json.gz": pack(described)}
	h := settled(t, func(d *Deps) { d.Dist = built })
	a := h.as("secretariat")
	for path, want := range map[string][]byte{"/assets/app-5e6f.js": script, "/api/openapi.json": described} {
		a.header = http.Header{"Accept-Encoding": {"gzip"}}
		packed := a.get(path)
		if packed.header.Get("Content-Encoding") != "gzip" || !bytes.Equal(packed.body, built[map[string]string{"/assets/app-5e6f.js": "assets/app-5e6f.js.gz", "/api/openapi.json": "openapi.json.gz"}[path]].Data) {
			t.Errorf("%s compressed: %v", path, packed.header)
		}
		a.header = http.Header{"Accept-Encoding": {"identity"}}
		if plain := a.get(path); plain.header.Get("Content-Encoding") != "" || !bytes.Equal(plain.body, want) || plain.header.Get("Content-Type") != packed.header.Get("Content-Type") {
			t.Errorf("%s plain: %v", path, plain.header)
		}
	}
	if page := h.browser().get("/openapi.json"); bytes.Contains(page.body, []byte("3.1.0")) || len(page.header.Get("Content-Encoding")) > 0 {
		t.Error("the description is served to everybody")
	}
	wantStatus(t, "the compressed name", a.get("/assets/app-5e6f.js.gz"), http.StatusNotFound)
	if _, err := New(Deps{Dist: fstest.MapFS{"index.html": dist["index.html"], "assets/app-5e6f.js.gz": {Data: []byte("no gzip")}}}); err == nil {
		t.Error("a file that does not unpack is served")
	}
}

func TestUnderAPrefix(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(d *Deps) { d.Settings.BasePath = "/kasane" })
	b := h.browser()
	if a := b.get("/kasane/cases/1"); a.status != 200 || !strings.Contains(string(a.body), `src="/kasane/assets/app-1a2b.js"`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	wantStatus(t, "asset", b.get("/kasane/assets/app-1a2b.js"), 200)
	wantStatus(t, "api", b.get("/kasane/api/session"), 200)
	wantStatus(t, "outside", b.get("/api/session"), http.StatusNotFound)
	wantStatus(t, "outside, alike", b.get("/kasanex"), http.StatusNotFound)
	wantStatus(t, "bare", b.get("/kasane"), http.StatusPermanentRedirect)
	a := b.post("/kasane/api/setup", map[string]string{"code": setupCode, "municipality": "市", "agency": "課", "name": "名", "kana": "", "login": "admin", "password": password})
	if !strings.Contains(a.header.Get("Set-Cookie"), "Path=/kasane/") {
		t.Errorf("%s %v", a.body, a.header)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	broken := errors.New("dial postgres://kasane:geheim@db: connection refused")
	h := newHouse(t, func(d *Deps) {
		d.Ready = []Check{
			{"database", "データベース", func(context.Context) error { return nil }, false},
			{"redis", "Redis", func(context.Context) error {
				return fault.Wrap(fault.Unavailable, broken, "Redisにつながりません。")
			}, false},
			{"disk", "ディスク", func(ctx context.Context) error { <-ctx.Done(); return broken }, false},
		}
	})
	b := h.browser()
	b.cookie = &http.Cookie{Name: cookieName, Value: "rubbish"}
	wantStatus(t, "livez", b.get("/livez"), http.StatusOK)
	a := b.get("/readyz")
	wantStatus(t, "readyz", a, http.StatusServiceUnavailable)
	if s := string(a.body); strings.Contains(s, "geheim") || !strings.Contains(s, "Redisにつながりません。") || !strings.Contains(s, `"ready":false`) {
		t.Errorf("%s", s)
	}
	noticed := newHouse(t, func(d *Deps) {
		d.Ready = []Check{{Name: "records", Label: "確定文書の照合", Notice: true, Run: func(context.Context) error { return fault.New(fault.Conflict, "問題があります。") }}}
	})
	if a := noticed.browser().get("/readyz"); a.status != 200 || !strings.Contains(string(a.body), `"ready":true`) || !strings.Contains(string(a.body), "問題があります。") || !strings.Contains(string(a.body), `"ok":false`) {
		t.Errorf("a notice: %d %s", a.status, a.body)
	}
	fine := newHouse(t)
	if a := fine.browser().get("/readyz"); a.status != 200 || !strings.Contains(string(a.body), `"checks":[]`) {
		t.Errorf("%s", a.body)
	}
}

func TestPanicBecomesAnAnswer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	s := &server{deps: h.deps}
	req := func(fn http.HandlerFunc) *answerRecorder {
		w := &answerRecorder{header: http.Header{}}
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		s.frame("/x", fn).ServeHTTP(w, r)
		return w
	}
	w := req(func(http.ResponseWriter, *http.Request) { panic("渡邉 正 の情報") })
	if w.status != 500 || !strings.Contains(w.body.String(), `"kind":"internal"`) || strings.Contains(w.body.String()+h.log.String(), "渡邉") {
		t.Errorf("%d %s", w.status, w.body.String())
	}
	defer func() {
		if recover() == nil {
			t.Error("the abort of the server was swallowed")
		}
	}()
	req(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
}

type answerRecorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answerRecorder) Header() http.Header         { return a.header }
func (a *answerRecorder) WriteHeader(s int)           { a.status = s }
func (a *answerRecorder) Write(b []byte) (int, error) { return a.body.Write(b) }

func TestSocketDoor(t *testing.T) {
	t.Parallel()
	var got access.Actor
	h := settled(t, func(d *Deps) {
		d.Realtime = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { got = access.ActorFrom(r.Context()) })
	})
	b := h.as("agency")
	for origin, want := range map[string]int{"https://evil.example": 403, "null": 403, h.http.URL: 200, "": 200} {
		b.header = http.Header{}
		if origin != "" {
			b.header.Set("Origin", origin)
		}
		for _, path := range []string{"/hp", "/yws/doc.1"} {
			got = access.Actor{}
			wantStatus(t, origin+path, b.get(path), want)
			if want == 200 && (got.AgencyID != h.welfare.ID || got.SessionID == "") {
				t.Errorf("actor %+v", got)
			}
		}
	}
	for method, path := range map[string]string{"POST": "/hp/line/down", "DELETE": "/hp/line"} {
		got = access.Actor{}
		b.header = http.Header{"Origin": {h.http.URL}}
		wantStatus(t, path, b.do(method, path, strings.NewReader(""), "application/octet-stream"), 200)
		if got.AgencyID != h.welfare.ID || got.SessionID == "" {
			t.Errorf("actor %+v", got)
		}
	}
	b.header = http.Header{"Sec-Fetch-Site": {"cross-site"}}
	wantStatus(t, "cross-site without origin", b.get("/hp"), 403)
	if wantStatus(t, "nobody", h.browser().get("/hp"), 200); got.UserID != "" {
		t.Errorf("%+v", got)
	}
}
