package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/text/encoding/japanese"

	"kasane/internal/access"
	"kasane/internal/config"
	"kasane/internal/consent"
	"kasane/internal/handouts"
	"kasane/internal/identity"
	"kasane/internal/live"
)

// liveGrace is how long after a change text may still come over a socket (docs/protocol.md: withdrawn within 2 s). A request has none.
const liveGrace = 2 * time.Second

// evening is the virtual time at which a run begins: 23:40 in Japan, so that a consent of today ends soon.
var evening = time.Date(2026, 6, 10, 14, 40, 0, 0, time.UTC)

// town is one run: a real server with two municipalities, the people, what was recorded, and what everybody received.
type town struct {
	t        *testing.T
	rnd      *rand.Rand
	loose    *rand.Rand // for what depends on when frames come
	h        *house
	url      string
	dir      string
	client   *http.Client
	words    *words
	behind   time.Duration // of the virtual clock before real time, at the start
	jumped   atomic.Int64
	stands   atomic.Bool // the clock of the server does not jump (to see that this is found)
	stop     func()
	readers  []*reader
	docs     []document
	plans    []planRef
	files    []string
	papers   []paper
	spots    []string // places of the 社会資源台帳
	works    []string // 処理 that somebody began
	reviewed []reviewRef
	homes    []*household
	halls    []*gathering
	doors    []*household       // cases that began at a counter
	unseated map[[2]string]bool // meeting and agency: it had a seat once
	lines    []*line

	past []chapter
	mu   sync.Mutex
	got  []heard
	leak string
	late atomic.Int64 // by how much this machine was late at most, in nanoseconds
	said []string

	served int           // whose turn it is to get a copy of a record
	apart  bool          // looked at is only whether a word crosses into another municipality
	host   string        // by which the requests come, "" = the address of the server
	bearer string        // 連携用トークン of the requests
	head   http.Header   // more of what requests say
	tried  []int         // what came of trying to change what belongs to another municipality
	untold bool          // the facts do not say what was carried (to see that it is looked for)
	harm   func(w *town) // what is broken on purpose, once the households are there
	counts counts
}

// chapter is a time in which nothing of the facts changed. It begins with the request that made it and lasts until the next one was answered.
type chapter struct {
	facts    *facts
	jumped   time.Duration
	from, to time.Time
}

// heard is something received in which secrets stand.
type heard struct {
	by       asker
	what     string
	words    []*secret
	from, to time.Time
	live     bool
}

type document struct {
	name, id, file, owner string // wire name, id, case, plan or meeting
	kind                  live.Kind
	person                string
	item                  consent.Item
}

type planRef struct{ id, file, tenant string }

// newTown builds a server in this process and lets people move in.
func newTown(t *testing.T, seed uint64) *town {
	t.Helper()
	w := &town{t: t, unseated: map[[2]string]bool{}, rnd: rand.New(rand.NewPCG(seed, 5)), loose: rand.New(rand.NewPCG(seed, 7)), dir: t.TempDir(), behind: time.Until(evening),
		client: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 64}}}
	w.words = newWords(rand.New(rand.NewPCG(seed, 6)))
	cfg := config.Defaults()
	cfg.DataDir = t.TempDir()
	cfg.Webhooks = "off"                                                     // they wait, and are looked at
	if quick, err := os.MkdirTemp("/dev/shm", "kasane-leaks-"); err == nil { // thousands of small commits: no test of the disk
		cfg.DataDir = quick
		t.Cleanup(func() { _ = os.RemoveAll(quick) })
	}
	code := ""
	var err error
	w.h, err = build(t.Context(), cfg, slog.New(slog.DiscardHandler), w.serverTime, false, func([]byte) string { code = "ABCD-EFGH-JKLM-NPQR"; return code })
	w.ok(err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	w.ok(err)
	w.url = "http://" + listener.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.h.run(ctx, listener) }()
	w.stop = sync.OnceFunc(func() {
		for _, l := range w.lines {
			l.close()
		}
		w.client.CloseIdleConnections()
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the server: %v", err)
		}
	})
	t.Cleanup(w.stop)
	w.past = []chapter{{facts: &facts{cases: map[string]*caseFacts{}, meetings: map[string]*meetingFacts{}, dead: map[string]bool{}, taken: map[string]bool{}, screenOnly: map[string]bool{}, days: handouts.DefaultDays}, from: time.Now()}}
	w.settle(code)
	w.watch()
	return w
}

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// now is the virtual time, as people live it; serverTime is the same unless the server's clock is broken on purpose.
func (w *town) now() time.Time { return time.Now().Add(w.behind + time.Duration(w.jumped.Load())) }

func (w *town) serverTime() time.Time {
	if w.stands.Load() {
		return time.Now().Add(w.behind)
	}
	return w.now()
}

// today is the day in Japan some days from now.
func (w *town) today(days int) string {
	return w.now().In(time.FixedZone("JST", 9*3600)).AddDate(0, 0, days).Format(time.DateOnly)
}

// settle makes two municipalities with agencies and one account of each role.
func (w *town) settle(code string) {
	w.t.Helper()
	ctx := w.t.Context()
	first, err := w.h.identity.Setup(ctx, identity.SetupInput{Code: code, Municipality: "潮見市", Agency: "福祉政策課", Name: "最初の管理者", Kana: "かな", Login: "setup", Password: "つゆくさの咲く道12"}, "")
	w.ok(err)
	second, _, _, err := w.h.identity.Found(ctx, identity.Founding{Name: "隣の町", Code: "999999", Agency: identity.AgencyInput{Name: "隣の福祉課", City: true},
		Admin: identity.UserInput{Login: "setup", Name: "隣の管理者", Roles: []access.Role{access.RoleAdmin, access.RoleCity}, Password: "つゆくさの咲く道12"}})
	w.ok(err)
	agencies := map[string]access.Agency{}
	for _, tenant := range []string{first.ID, second.ID} {
		list, err := w.h.store.ListAgencies(ctx, tenant)
		w.ok(err)
		agencies[tenant+"city"] = list[0]
		boss := access.Actor{Tenant: tenant, UserID: "test", Roles: []access.Role{access.RoleAdmin}}
		rules := identity.DefaultRules(false)
		rules.Copies = !w.oneIn(5)
		rules.IdleLockMinutes, rules.MeetingLockMinutes = 0, 0 // the clock jumps, and nobody is to be locked out by that
		w.ok(w.h.identity.SaveRules(ctx, boss, rules))
		w.facts().screenOnly[tenant] = !rules.Copies
		for _, name := range []string{"社協", "包括", "基幹", "保健所", "学校", "病院"} {
			agencies[tenant+name], err = w.h.identity.SaveAgency(ctx, boss, "", identity.AgencyInput{Name: name + "の機関", Short: name})
			w.ok(err)
		}
	}
	for _, p := range []struct {
		tenant, login, agency string
		role                  access.Role
	}{{first.ID, "desk", "社協", access.RoleSecretariat}, {first.ID, "city", "city", access.RoleCity}, {first.ID, "chair", "包括", access.RoleChair},
		{first.ID, "hokatsu", "包括", access.RoleAgency}, {first.ID, "kikan", "基幹", access.RoleAgency}, {first.ID, "hokenjo", "保健所", access.RoleAgency},
		{first.ID, "gakko", "学校", access.RoleAgency}, {first.ID, "observer", "病院", access.RoleObserver}, {first.ID, "records", "city", access.RoleRecords},
		{first.ID, "auditor", "city", access.RoleAuditor}, {first.ID, "admin", "包括", access.RoleAdmin},
		{second.ID, "desk2", "社協", access.RoleSecretariat}, {second.ID, "hokatsu2", "包括", access.RoleAgency}, {second.ID, "records2", "city", access.RoleRecords}} {
		g := agencies[p.tenant+p.agency]
		u := access.User{ID: access.NewID(w.now()), Tenant: p.tenant, AgencyID: g.ID, Login: p.login, Name: p.login + "さん", Kana: "かな", Roles: []access.Role{p.role}}
		w.ok(w.h.store.CreateUser(ctx, identity.Account{User: u}, access.Actor{Tenant: p.tenant, UserID: "test"}.Audit(w.now(), access.VerbUserSave, u.ID)))
		r := &reader{id: u.ID, tenant: p.tenant, agency: g.ID, agencyName: g.Name, name: u.Name, login: p.login, role: p.role}
		w.readers = append(w.readers, r)
		w.signIn(r)
	}
}

// signIn opens a session without the password: hashing it would only cost time here.
func (w *town) signIn(p *reader) {
	w.t.Helper()
	now := w.now()
	raw := sha256.Sum256([]byte(access.NewID(now)))
	token := base64.RawURLEncoding.EncodeToString(raw[:])
	sum := sha256.Sum256([]byte(token))
	p.session, p.cookie = hex.EncodeToString(sum[:]), token
	w.ok(w.h.store.CreateSession(w.t.Context(), identity.Session{Hash: p.session, Tenant: p.tenant, UserID: p.id, CreatedAt: now, LastSeen: now,
		ExpiresAt: now.Add(12 * time.Hour)}, identity.Follow{}, access.Actor{Tenant: p.tenant, UserID: p.id}.Audit(now, access.VerbSignIn, p.id)))
}

// as is somebody of the first municipality by login.
func (w *town) as(login string) *reader {
	return w.readers[slices.IndexFunc(w.readers, func(p *reader) bool { return p.login == login })]
}

func (p *reader) actor() access.Actor {
	return access.Actor{Tenant: p.tenant, UserID: p.id, SessionID: p.session, Name: p.name, AgencyID: p.agency, AgencyName: p.agencyName, Roles: []access.Role{p.role}}
}

func (p *reader) in(meeting string) asker {
	if p.guest() { // the context of a guest is always that of the link
		meeting = p.meeting
	}
	return asker{reader: p, session: p.session, meeting: meeting}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (a answer) into(v any) bool {
	return a.status == http.StatusOK && json.Unmarshal(a.body, v) == nil
}

// send makes a request with any body and looks for secrets in everything that comes back.
func (w *town) send(by asker, cookie, method, pattern, path, kind string, body io.Reader) answer {
	w.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, w.url+path, body)
	w.ok(err)
	req.Header.Set("X-Kasane", "1")
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	req.Host = w.host
	maps.Copy(req.Header, w.head)
	if w.bearer != "" {
		req.Header.Set("Authorization", "Bearer "+w.bearer)
	}
	if cookie != "" {
		req.AddCookie(&http.Cookie{Name: "kasane_session", Value: cookie})
	}
	begun := time.Now()
	res, err := w.client.Do(req)
	w.ok(err)
	defer res.Body.Close()
	a := answer{status: res.StatusCode, header: res.Header}
	a.body, err = io.ReadAll(res.Body)
	w.ok(err)
	if a.status == http.StatusInternalServerError {
		w.t.Errorf("%s %s by %s: %d %s\n%s", method, path, by.name, a.status, a.body, w.story())
	}
	if a.status == http.StatusTooManyRequests {
		w.counts.slowed++
	}
	var head bytes.Buffer
	_ = res.Header.Write(&head)
	found := append(w.words.find(a.body), w.words.find(head.Bytes())...)
	if bytes.HasPrefix(a.body, []byte("%PDF-")) && pattern != "/api/files/{id}" && !strings.Contains(pattern, "/handouts/") { // evidence holds its words as they are
		found = append(append(found, w.words.inStreams(a.body)...), w.words.inPaper(w.t, w.dir, a.body)...)
	}
	if bytes.HasPrefix(a.body, []byte("PK\x03\x04")) {
		found = append(found, w.words.inBook(a.body)...)
	}
	if strings.Contains(a.header.Get("Content-Type"), "Shift_JIS") {
		plain, err := japanese.ShiftJIS.NewDecoder().Bytes(a.body)
		w.ok(err)
		found = append(found, w.words.find(plain)...)
	}
	if len(found) > 0 {
		w.hear(heard{by: by, what: method + " " + path, words: found, from: begun, to: time.Now()})
	}
	return a
}

func (w *town) get(by asker, pattern, path string) answer {
	return w.send(by, by.cookie, http.MethodGet, pattern, path, "", nil)
}

func (w *town) post(by asker, method, pattern, path string, body any) answer {
	raw, err := json.Marshal(body)
	w.ok(err)
	return w.send(by, by.cookie, method, pattern, path, "application/json", bytes.NewReader(raw))
}

func (w *town) hear(h heard) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.got = append(w.got, h)
}

// facts are those of now, to be read only.
func (w *town) facts() *facts { return w.past[len(w.past)-1].facts }

// change makes a request that changes what is recorded; tell writes it into the facts when it was done.
func (w *town) change(by asker, what, method, pattern, path string, body any, tell func(f *facts, a answer)) answer {
	w.t.Helper()
	begun := time.Now()
	a := w.post(by, method, pattern, path, body)
	w.note("%s: %s → %d%s", by.login, what, a.status, reasonOf(a))
	if a.status < 300 && tell != nil {
		w.turn(begun, func(f *facts) { tell(f, a) })
	}
	w.judge()
	return a
}

func reasonOf(a answer) string {
	var e struct{ Error struct{ Message string } }
	if a.status < 300 || json.Unmarshal(a.body, &e) != nil {
		return ""
	}
	return " " + e.Error.Message
}

// turn begins a chapter with new facts.
func (w *town) turn(begun time.Time, tell func(f *facts)) {
	next := w.facts().clone()
	tell(next)
	w.past[len(w.past)-1].to = time.Now()
	w.past = append(w.past, chapter{facts: next, jumped: time.Duration(w.jumped.Load()), from: begun})
}

// jump puts the clock forward.
func (w *town) jump(d time.Duration) {
	w.note("the clock goes on by %v", d)
	begun := time.Now()
	w.jumped.Add(int64(d))
	w.turn(begun, func(*facts) {})
}

func (w *town) note(format string, args ...any) {
	w.said = append(w.said, fmt.Sprintf("%3d ", len(w.said))+fmt.Sprintf(format, args...))
}

// story is all that happened, with names in place of ids.
func (w *town) story() string {
	var names []string
	for _, p := range w.readers {
		names = append(names, p.agency, p.agencyName, p.id, p.login)
	}
	for i, f := range w.homes {
		names = append(names, f.id, fmt.Sprint("case", i+1), f.plan, fmt.Sprint("plan", i+1))
		for k, p := range f.persons {
			names = append(names, p, fmt.Sprintf("person%d.%d", i+1, k+1))
		}
	}
	for i, g := range w.halls {
		names = append(names, g.id, fmt.Sprint("meeting", i+1))
	}
	return strings.NewReplacer(names...).Replace(strings.Join(w.said, "\n"))
}

// judge compares what was received with what might be, and keeps the first leak.
func (w *town) judge() {
	w.mu.Lock()
	got := w.got
	w.got = nil
	w.mu.Unlock()
	for _, h := range got {
		if h.live {
			w.counts.frames++
		} else {
			w.counts.received++
		}
		for _, s := range h.words {
			if w.leak == "" && !w.allowed(h, s) {
				w.leak = fmt.Sprintf("%s (%s) received %v\nby %s\nin the context of meeting %q, at %v", h.by.login, h.by.role, s, h.what, h.by.meeting, h.to.Add(w.behind+time.Duration(w.jumped.Load())))
			}
		}
	}
}

// allowed looks at every chapter that touches the time of receiving, with the grace of sockets and what this machine itself was late.
func (w *town) allowed(h heard, s *secret) bool {
	if w.apart {
		return s.tenant == h.by.tenant
	}
	since := h.from
	if h.live {
		since = since.Add(-liveGrace - time.Duration(w.late.Load()))
	}
	for _, c := range slices.Backward(w.past) {
		if !c.to.IsZero() && c.to.Before(since) {
			return false
		}
		if c.from.After(h.to) {
			continue
		}
		first, last := since, h.to
		if c.from.After(first) {
			first = c.from
		}
		if !c.to.IsZero() && c.to.Before(last) {
			last = c.to
		}
		if c.facts.may(h.by, s, first.Add(w.behind+c.jumped)) || c.facts.may(h.by, s, last.Add(w.behind+c.jumped)) {
			return true
		}
	}
	return false
}
