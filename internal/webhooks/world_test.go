package webhooks_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/files"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
	"kasane/internal/webhooks"
)

// taken is a request as the receiver got it.
type taken struct {
	id, signature string
	at            time.Time
	body          string
	message       webhooks.Message
}

// receiver is the system of a municipality: a real server with TLS, and a mood.
type receiver struct {
	*httptest.Server
	mu    sync.Mutex
	says  func(http.ResponseWriter, *http.Request)
	taken []taken
}

func newReceiver(t *testing.T, plain bool) *receiver {
	t.Helper()
	r := &receiver{}
	h := http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, err := io.ReadAll(q.Body)
		if err != nil || q.Method != http.MethodPost || q.Header.Get("Content-Type") != "application/json" || q.Header.Get("User-Agent") != "Kasane-Webhooks" {
			t.Errorf("%s %v %v", q.Method, q.Header, err)
		}
		for name := range q.Header { // nothing of ours goes along
			switch name {
			case "Connection", "Content-Type", "Content-Length", "User-Agent", "Webhook-Id", "Webhook-Timestamp", "Webhook-Signature":
			default:
				t.Errorf("a header that nobody asked for: %s", name)
			}
		}
		secs, _ := strconv.ParseInt(q.Header.Get("webhook-timestamp"), 10, 64)
		x := taken{id: q.Header.Get("webhook-id"), signature: q.Header.Get("webhook-signature"), at: time.Unix(secs, 0).UTC(), body: string(body)}
		dec := json.NewDecoder(bytes.NewReader(body))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&x.message); err != nil {
			t.Errorf("%s: %v", body, err)
		}
		r.mu.Lock()
		says := r.says
		r.taken = append(r.taken, x)
		r.mu.Unlock()
		if says != nil {
			says(w, q)
		}
	})
	if r.Server = httptest.NewUnstartedServer(h); plain {
		r.Start()
	} else {
		r.StartTLS()
	}
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) answers(code int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.says = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func (r *receiver) does(f func(http.ResponseWriter, *http.Request)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.says = f
}

// since gives what came since it was asked last.
func (r *receiver) since() []taken {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := r.taken
	r.taken = nil
	return out
}

// verified judges a request as a receiver does, by its own means: one of the signatures is right.
func (x taken) verified(t *testing.T, secret string) bool {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		t.Fatal(err)
	}
	m := hmac.New(sha256.New, key)
	fmt.Fprintf(m, "%s.%d.%s", x.id, x.at.Unix(), x.body)
	for word := range strings.FieldsSeq(x.signature) {
		version, sum, _ := strings.Cut(word, ",")
		if got, err := base64.StdEncoding.DecodeString(sum); version == "v1" && err == nil && hmac.Equal(got, m.Sum(nil)) {
			return true
		}
	}
	return false
}

// office is a municipality of two agencies outside and one of its own, on one engine, with two nodes.
type office struct {
	t     *testing.T
	ctx   context.Context
	store *store.Store
	w     storetest.World
	clock time.Time
	mu    sync.Mutex
	a, b  *webhooks.Service
	admin access.Actor
	log   bytes.Buffer
	n     int
}

func newOffice(t *testing.T, s *store.Store, r *receiver, change ...func(*webhooks.Options)) *office {
	t.Helper()
	o := &office{t: t, ctx: context.Background(), store: s, w: storetest.NewWorld(t, s, "m1"), clock: storetest.Start.Add(time.Hour)}
	o.admin = access.Actor{Tenant: "m1", UserID: "u1", Name: "管理者", AgencyID: "a1", Roles: []access.Role{access.RoleAdmin}}
	ring, err := files.NewRing(bytes.Repeat([]byte{7}, files.KeySize))
	o.ok(err)
	roots := x509.NewCertPool()
	if c := r.Certificate(); c != nil {
		roots.AddCert(c)
	}
	node := func() *webhooks.Service {
		opt := webhooks.Options{On: true, Sender: webhooks.Unguarded(webhooks.NewSender(webhooks.Guard{}, []string{"127.0.0.1"}, roots), 5*time.Second), Guard: webhooks.Guard{Own: none}, Log: slog.New(slog.NewTextHandler(&lockedLog{o: o}, nil)),
			Now: o.now, SealOf: func(context.Context, string) (webhooks.Sealer, error) { return ring, nil }}
		for _, c := range change {
			c(&opt)
		}
		return webhooks.New(s, opt)
	}
	o.a, o.b = node(), node()
	return o
}

type lockedLog struct{ o *office }

func (l *lockedLog) Write(p []byte) (int, error) {
	l.o.mu.Lock()
	defer l.o.mu.Unlock()
	return l.o.log.Write(p)
}

func (o *office) now() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.clock
}

func (o *office) passes(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.clock = o.clock.Add(d)
}

func (o *office) ok(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// address sets one up, straight in the store: that of the receiver is one no setting would allow.
func (o *office) address(r *receiver, agency string, kinds ...webhooks.Kind) webhooks.Made {
	o.t.Helper()
	made, err := o.a.Add(o.ctx, o.admin, webhooks.Input{AgencyID: agency, URL: "https://receiver.example/hook?key=planted-key", Kinds: kinds, On: true})
	o.ok(err)
	p, err := o.store.Webhook(o.ctx, "m1", made.Endpoint.ID, o.now())
	o.ok(err)
	p.URL = r.URL + "/hook?key=planted-key"
	o.ok(o.store.SaveWebhook(o.ctx, p, o.entry(access.VerbWebhookSave)))
	return made
}

func (o *office) entry(v access.Verb) access.Entry {
	o.n++
	return o.w.Entry(fmt.Sprintf("%s-%05d", o.w.Tenant, o.n), v)
}

// opens takes a case in, with agency a2; its id is told.
func (o *office) opens() string {
	o.t.Helper()
	o.n++
	id := fmt.Sprintf("case%04d", o.n)
	o.ok(o.store.CreateCase(o.ctx, cases.Case{ID: id, Tenant: o.w.Tenant, Number: "K2026-1" + id[4:], Stage: cases.StageReceived, Version: 1, OpenedAt: o.now(), OpenedBy: "u1", UpdatedAt: o.now()},
		[]cases.Person{{ID: "p" + id, Ord: 1, Name: "植田 秘密子", Kana: "うえた ひみつこ", Relation: "本人", Subject: true}}, []cases.Member{{AgencyID: "a2", Since: o.now()}}, o.entry(access.VerbCaseCreate).InCase(id)))
	return id
}

// posts lets both nodes send.
func (o *office) posts() {
	o.t.Helper()
	o.ok(o.a.Post(o.ctx))
	o.ok(o.b.Post(o.ctx))
}

func (o *office) deliveries(id string) []webhooks.Sent {
	o.t.Helper()
	list, err := o.a.Deliveries(o.ctx, o.admin, id)
	o.ok(err)
	return list
}

func (o *office) endpoint(id string) webhooks.Endpoint {
	o.t.Helper()
	p, err := o.store.Webhook(o.ctx, "m1", id, o.now())
	o.ok(err)
	return p
}
