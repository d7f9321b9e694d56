package web

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	auditlog "kasane/internal/audit"
	"kasane/internal/cases"
	"kasane/internal/casesheets"
	"kasane/internal/community"
	"kasane/internal/consent"
	"kasane/internal/copies"
	"kasane/internal/desk"
	"kasane/internal/fault"
	"kasane/internal/figures"
	"kasane/internal/files"
	"kasane/internal/firstrun"
	"kasane/internal/forms"
	"kasane/internal/gaiji"
	"kasane/internal/handouts"
	"kasane/internal/identity"
	"kasane/internal/imports"
	"kasane/internal/intake"
	"kasane/internal/joining"
	"kasane/internal/jptime"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/notice"
	"kasane/internal/outreach"
	"kasane/internal/oversight"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/plans"
	"kasane/internal/reviews"
	"kasane/internal/sheets"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
	"kasane/internal/webhooks"
)

const (
	password  = "つゆくさの咲く道12"
	setupCode = "ABCD-EFGH-IJKL-MNOP"
)

var dist = fstest.MapFS{
	"index.html":             {Data: []byte(`<html><meta name="csp-nonce" content="__NONCE__"><script type="module" src="/assets/app-1a2b.js"></script></html>`)},
	"assets/app-1a2b.js":     {Data: []byte(strings.Repeat("console.log('かさね');", 100))},
	"assets/font-3c4d.woff2": {Data: []byte("wOF2....")},
	"robots.txt":             {Data: []byte("User-agent: *\nDisallow: /\n")},
}

// house is the whole server on a real store, with two municipal accounts, one of each role, and one case.
type house struct {
	t        *testing.T
	store    *store.Store
	raw      *sql.DB // the same database, behind the store's back
	clock    *storetest.Clock
	deps     Deps
	ids      *identity.Service
	http     *httptest.Server
	log      *lockedBuffer
	tenant   string
	city     access.Agency
	welfare  access.Agency // 社協: member of the case
	stranger access.Agency // no member of anything
	caseID   string
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}
func (l *lockedBuffer) String() string { l.mu.Lock(); defer l.mu.Unlock(); return l.b.String() }

func newHouse(t *testing.T, changes ...func(*Deps)) *house {
	t.Helper()
	st, clock, raw := storetest.OpenRaw(t)
	h := &house{t: t, store: st, raw: raw, clock: clock, log: &lockedBuffer{}}
	ring, err := files.NewRing(bytes.Repeat([]byte{3}, files.KeySize))
	h.ok(err)
	h.ids = identity.New(st, identity.Options{Now: clock.Now, SetupCode: setupCode, Seal: ring})
	book, err := sheets.Builtin()
	h.ok(err)
	own := forms.NewService(st, book, slog.New(slog.DiscardHandler), clock.Now)
	gate := cases.NewGatekeeper(st, nil, clock.Now)
	docs := live.NewService(st, gate, clock.Now)
	planning := plans.NewService(st, docs, gate, clock.Now)
	engine := pdf.New(pdf.Options{})
	letters, printer := gaiji.NewService(st, engine, clock.Now), papers.New(engine)
	printer.DrawWith(letters)
	meetings := meeting.NewService(meeting.Ports{Store: st, Plans: planning, Docs: docs, Gate: gate, Print: printer, Books: book,
		Now: clock.Now, Node: "test"})
	gate.SetMeetings(meetings)
	h.deps = Deps{
		Log: slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug})), Now: clock.Now, Dist: dist,
		Gaiji: letters, Audit: st, Identity: h.ids, Files: files.New(st, ring, clock.Now), Handouts: handouts.New(st, gate, files.New(st, ring, clock.Now), clock.Now), Cases: cases.NewService(st, gate, own, clock.Now), Gate: gate, Docs: docs,
		Consent: consent.NewService(st, meetings, clock.Now), Sheets: own, Forms: own, Plans: planning, Meeting: meetings, Lists: st,
		Archive: archive.NewService(st, clock.Now),
	}
	words := auditlog.NewWords(bytes.Repeat([]byte{9}, 32))
	h.deps.Cases.MarkSearches(words)
	h.deps.Archive.MarkSearches(words)
	h.deps.Archive.PrintWith(printer)
	h.deps.Copies = copies.NewService(st, meetings, gate, h.ids, printer, clock.Now)
	h.deps.Intake = intake.New(st, gate, own, printer, words, clock.Now)
	h.deps.Imports = imports.New(st, h.deps.Intake, own, clock.Now)
	h.deps.Figures = figures.NewService(st, own, figures.NewTally(st, docs, own, func() string { return jptime.DateOf(clock.Now()).String() }), printer, clock.Now)
	h.deps.Outreach = outreach.New(st, gate, docs, own, clock.Now)
	h.deps.Community = community.NewService(st, gate, meetings, own, clock.Now)
	h.deps.Outreach.PrintWith(printer)
	h.deps.Reviews = reviews.New(st, gate, planning, own, clock.Now)
	h.deps.Reviews.PrintWith(printer)
	h.deps.CaseSheets = casesheets.New(st, gate, docs, h.ids, h.deps.Cases, own, printer, clock.Now)
	h.deps.Notices = notice.New(st, calledMeetings{meetings}, notice.Options{Sender: h.mails(), From: "kasane@shiomi.example", Origin: "https://kasane.example", Node: "test", Log: h.deps.Log, Now: clock.Now})
	h.deps.Jobs = h.works()
	h.deps.FirstRun = firstrun.New(st, h.ids, own, clock.Now)
	h.deps.Tokens = identity.NewTokens(st, clock.Now)
	h.deps.Webhooks = webhooks.New(st, webhooks.Options{On: true, Sender: webhooks.NewSender(webhooks.Guard{}, nil, nil), Log: h.deps.Log, Now: clock.Now,
		SealOf: func(context.Context, string) (webhooks.Sealer, error) { return ring, nil }})
	h.deps.Joining = joining.NewService(st, gate, own, clock.Now)
	h.deps.Oversight = oversight.NewService(st, words, nil, clock.Now)
	h.deps.Desk = desk.NewService(h.deps.Consent, st, printer, own, clock.Now)
	h.deps.Handouts.PrintWith(printer, meetings)
	h.deps.Copies.OpenCabinet(copies.Cabinet{Reviews: h.deps.Reviews, Sheets: h.deps.CaseSheets, Course: h.deps.Outreach, Meetings: meetings, Handouts: h.deps.Handouts, Consents: h.deps.Desk, Referrals: h.deps.Intake})
	for _, c := range changes {
		c(&h.deps)
	}
	handler, err := New(h.deps)
	h.ok(err)
	h.http = httptest.NewServer(handler)
	t.Cleanup(h.http.Close)
	return h
}

// settled sets up the municipality with one account per role; logins are the role names, "stranger" is of another agency.
func settled(t *testing.T, changes ...func(*Deps)) *house {
	t.Helper()
	h := newHouse(t, changes...)
	ctx := context.Background()
	m, err := h.ids.Setup(ctx, identity.SetupInput{Code: setupCode, Municipality: "潮見市", Agency: "福祉政策課", Name: "髙\uFA11 恵", Kana: "たかさき めぐみ",
		Login: "admin", Password: password}, "192.0.2.1")
	h.ok(err)
	h.tenant = m.ID
	list, err := h.store.ListAgencies(ctx, m.ID)
	h.ok(err)
	h.city = list[0]
	boss := access.Actor{Tenant: m.ID, UserID: "test", Roles: []access.Role{access.RoleAdmin}}
	h.welfare, err = h.ids.SaveAgency(ctx, boss, "", identity.AgencyInput{Name: "潮見市社会福祉協議会", Short: "社協", Category: "csw"})
	h.ok(err)
	h.stranger, err = h.ids.SaveAgency(ctx, boss, "", identity.AgencyInput{Name: "別の法人", Short: "別", Category: "other"})
	h.ok(err)
	// One hash for all: argon2id is slow on purpose.
	admin, err := h.store.AccountByLogin(ctx, m.ID, "admin")
	h.ok(err)
	for login, agency := range map[string]string{"secretariat": h.welfare.ID, "city": h.city.ID, "chair": h.city.ID, "agency": h.welfare.ID,
		"observer": h.welfare.ID, "records": h.city.ID, "auditor": h.city.ID, "sysadmin": h.city.ID, "stranger": h.stranger.ID} {
		role := access.Role(login)
		switch login {
		case "sysadmin":
			role = access.RoleAdmin
		case "stranger":
			role = access.RoleAgency
		}
		u := access.User{ID: access.NewID(h.clock.Now()), Tenant: m.ID, AgencyID: agency, Login: login, Name: login, Kana: "かな", Roles: []access.Role{role}}
		h.ok(h.store.CreateUser(ctx, identity.Account{User: u, PasswordHash: admin.PasswordHash}, boss.Audit(h.clock.Now(), access.VerbUserSave, u.ID)))
	}
	now := h.clock.Now()
	c := cases.Case{ID: access.NewID(now), Tenant: m.ID, Number: "K2025-0001", Stage: cases.StageReceived, Version: 1, OpenedAt: now, OpenedBy: "test", UpdatedAt: now}
	p := cases.Person{ID: access.NewID(now), Tenant: m.ID, CaseID: c.ID, Name: "渡邉\U000E0100 正", Kana: "わたなべ ただし", Relation: "本人", Subject: true}
	h.ok(h.store.CreateCase(ctx, c, []cases.Person{p}, []cases.Member{{CaseID: c.ID, AgencyID: h.welfare.ID, Since: now}},
		boss.Audit(now, access.VerbCaseCreate, c.ID).InCase(c.ID)))
	h.caseID = c.ID
	return h
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// browser is one client with its cookie.
type browser struct {
	h      *house
	cookie *http.Cookie
	header http.Header // set on every request, replaces what is there
}

func (h *house) browser() *browser { return &browser{h: h, header: http.Header{}} }

// as opens a session without the password: signing in is tested once, elsewhere it would only cost time.
func (h *house) as(login string) *browser {
	h.t.Helper()
	acc, err := h.store.AccountByLogin(context.Background(), h.tenant, login)
	h.ok(err)
	b := h.browser()
	now := h.clock.Now()
	token, hash := testToken(access.NewID(now))
	h.ok(h.store.CreateSession(context.Background(), identity.Session{Hash: hash, Tenant: h.tenant, UserID: acc.ID, CreatedAt: now, LastSeen: now,
		ExpiresAt: now.Add(12 * time.Hour)}, identity.Follow{}, access.Actor{Tenant: h.tenant, UserID: acc.ID}.Audit(now, access.VerbSignIn, acc.ID)))
	b.cookie = &http.Cookie{Name: cookieName, Value: token}
	return b
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (a answer) kind() string {
	var e struct {
		Error struct{ Kind, Message, Field string }
	}
	_ = json.Unmarshal(a.body, &e)
	return e.Error.Kind
}

func (a answer) field() string {
	var e struct{ Error struct{ Field string } }
	_ = json.Unmarshal(a.body, &e)
	return e.Error.Field
}

func (a answer) into(t *testing.T, v any) {
	t.Helper()
	if a.status != http.StatusOK {
		t.Fatalf("status %d: %s", a.status, a.body)
	}
	if err := json.Unmarshal(a.body, v); err != nil {
		t.Fatalf("%v: %s", err, a.body)
	}
}

func (b *browser) do(method, path string, body io.Reader, kind string) answer {
	b.h.t.Helper()
	var sent []byte
	if body != nil {
		var err error
		sent, err = io.ReadAll(body)
		b.h.ok(err)
		body = bytes.NewReader(sent)
	}
	req, err := http.NewRequestWithContext(context.Background(), method, b.h.http.URL+path, body)
	b.h.ok(err)
	req.Header.Set("X-Kasane", "1")
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	for k, v := range b.header {
		req.Header[k] = v
		if v == nil {
			req.Header.Del(k)
		}
	}
	if host := b.header.Get("Host"); host != "" {
		req.Host = host
	}
	if b.cookie != nil {
		req.AddCookie(b.cookie)
	}
	tr := &http.Transport{DisableCompression: true}
	defer tr.CloseIdleConnections()
	res, err := tr.RoundTrip(req)
	b.h.ok(err)
	defer res.Body.Close()
	for _, c := range res.Cookies() {
		if c.Name == cookieName {
			b.cookie = c
			if c.MaxAge < 0 {
				b.cookie = nil
			}
		}
	}
	out, err := io.ReadAll(res.Body)
	b.h.ok(err)
	a := answer{res.StatusCode, res.Header, out}
	holdTo(b.h.t, method, path, sent, kind, a)
	return a
}

func (b *browser) get(path string) answer { b.h.t.Helper(); return b.do(http.MethodGet, path, nil, "") }

func (b *browser) send(method, path string, body any) answer {
	b.h.t.Helper()
	raw, err := json.Marshal(body)
	b.h.ok(err)
	return b.do(method, path, bytes.NewReader(raw), "application/json")
}

func (b *browser) post(path string, body any) answer {
	b.h.t.Helper()
	return b.send(http.MethodPost, path, body)
}

func (b *browser) upload(caseID, name string, content []byte) answer {
	b.h.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	b.h.ok(form.WriteField("caseId", caseID))
	b.h.ok(form.WriteField("purpose", "evidence"))
	w, err := form.CreateFormFile("file", name)
	b.h.ok(err)
	_, err = w.Write(content)
	b.h.ok(err)
	b.h.ok(form.Close())
	return b.do(http.MethodPost, "/api/files", &body, form.FormDataContentType())
}

func wantStatus(t *testing.T, what string, a answer, status int) {
	t.Helper()
	if a.status != status {
		t.Errorf("%s: status %d, want %d: %.300s", what, a.status, status, a.body)
	}
}

func wantKind(t *testing.T, what string, a answer, kind fault.Kind) {
	t.Helper()
	if a.kind() != kind.String() || a.status != statusOf[kind] {
		t.Errorf("%s: %d %s, want %s: %.300s", what, a.status, a.kind(), kind, a.body)
	}
}
