package notice

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// mailServer is a real one: STARTTLS or TLS, a password, and moods.
type mailServer struct {
	addr string
	pool *x509.CertPool

	mu    sync.Mutex
	got   map[string]string // by recipient: the mail
	moods map[string]error  // what a recipient is answered with
	tls   bool              // of the last mail
	cut   bool              // the line breaks after the mail was handed over
	conns []net.Conn
}

type mailSession struct {
	s    *mailServer
	c    *smtp.Conn
	to   []string
	auth bool
	must bool
}

func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

func serveMail(t *testing.T, full, offerTLS, password bool) *mailServer {
	t.Helper()
	cert, pool := certificate(t)
	m := &mailServer{pool: pool, got: map[string]string{}, moods: map[string]error{}}
	srv := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &mailSession{s: m, c: c, must: password}, nil }))
	srv.Domain, srv.AllowInsecureAuth = "mail.example", false
	conf := &tls.Config{Certificates: []tls.Certificate{cert}}
	if offerTLS {
		srv.TLSConfig = conf
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m.addr = l.Addr().String()
	if full {
		l = tls.NewListener(l, conf)
	}
	done := make(chan struct{})
	go func() { _ = srv.Serve(l); close(done) }()
	t.Cleanup(func() { _ = srv.Close(); <-done })
	return m
}

func (x *mailSession) AuthMechanisms() []string { return []string{sasl.Plain} }
func (x *mailSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "kasane" || password != "ひみつ" {
			return smtp.ErrAuthFailed
		}
		x.auth = true
		return nil
	}), nil
}
func (x *mailSession) Reset()        { x.to = nil }
func (x *mailSession) Logout() error { return nil }
func (x *mailSession) Mail(from string, _ *smtp.MailOptions) error {
	if x.must && !x.auth {
		return smtp.ErrAuthRequired
	}
	if from != "kasane@shiomi.example" {
		return &smtp.SMTPError{Code: 553, Message: "sender"}
	}
	return nil
}

func (x *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	x.to = append(x.to, to)
	return x.s.moods[to]
}

func (x *mailSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	for _, to := range x.to {
		x.s.got[to] += string(raw)
	}
	_, x.s.tls = x.c.TLSConnectionState()
	if x.s.cut {
		_ = x.c.Conn().Close()
	}
	return x.s.moods["data"]
}

func (m *mailServer) sender(mode, user, password string) *SMTP {
	return &SMTP{Addr: m.addr, TLS: mode, User: user, Password: password, From: "kasane@shiomi.example", Config: &tls.Config{RootCAs: m.pool, MinVersion: tls.VersionTLS12}}
}

func reason(t *testing.T, err error) (why, int) {
	t.Helper()
	var f *failure
	if !errors.As(err, &f) {
		t.Fatalf("not judged: %v", err)
	}
	return f.why, f.code
}

// A mail goes out under TLS, with the password; never in clear where TLS was asked for.
func TestSMTP(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	message := letter{from: "kasane@shiomi.example", to: "a@b.example", name: "かさね", subject: "今朝の件数", body: "・1件\n.\n..終わり", leave: "https://k.example/account", at: time.Now()}.bytes()
	for _, mode := range []string{TLSStart, TLSFull} {
		m := serveMail(t, mode == TLSFull, true, true)
		if err := m.sender(mode, "kasane", "ひみつ").Send(ctx, "a@b.example", message); err != nil {
			t.Fatalf("%s: %v", mode, err)
		}
		if got := m.got["a@b.example"]; !m.tls || got != string(message) {
			t.Errorf("%s: under TLS %v:\n%s", mode, m.tls, got)
		}
		if err := m.sender(mode, "kasane", "ひみつ").Check(ctx); err != nil {
			t.Errorf("%s: check: %v", mode, err)
		}
		for what, s := range map[string]*SMTP{"a wrong password": m.sender(mode, "kasane", "ちがう"), "no password": m.sender(mode, "", "")} {
			if w, code := reason(t, s.Send(ctx, "a@b.example", message)); w != whySetup || code < 500 {
				t.Errorf("%s, %s: %d %d", mode, what, w, code)
			}
		}
		stranger := m.sender(mode, "kasane", "ひみつ")
		stranger.Config = nil // the certificate is nobody's we know
		if err := stranger.Send(ctx, "a@b.example", message); err == nil || strings.Count(m.got["a@b.example"], "Message-ID") != 1 {
			t.Errorf("%s: handed over to a server with an unknown certificate: %v", mode, err)
		}
	}
	bare := serveMail(t, false, false, false)
	if w, _ := reason(t, bare.sender(TLSStart, "", "").Send(ctx, "a@b.example", message)); w != whySetup || bare.got["a@b.example"] != "" {
		t.Errorf("sent in clear: %d", w)
	}
	if err := bare.sender(TLSNone, "", "").Send(ctx, "a@b.example", message); err != nil || bare.tls {
		t.Errorf("without TLS, as set: %v", err)
	}
}

// What the server answers decides what becomes of the notice; its words, which may hold the address, are not kept.
func TestAnswersOfTheServer(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for _, c := range []struct {
		name, at string
		answer   *smtp.SMTPError
		want     why
	}{
		{"no such mailbox", "a@b.example", &smtp.SMTPError{Code: 550, Message: "a@b.example unknown"}, whyRefused},
		{"greylisting", "a@b.example", &smtp.SMTPError{Code: 451, Message: "a@b.example later"}, whyLater},
		{"full", "a@b.example", &smtp.SMTPError{Code: 452, Message: "full"}, whyLater},
		{"this mail is not taken", "data", &smtp.SMTPError{Code: 554, Message: "spam"}, whyRejected},
		{"busy", "data", &smtp.SMTPError{Code: 421, Message: "busy"}, whyLater},
	} {
		m := serveMail(t, false, false, false)
		m.moods[c.at] = c.answer
		err := m.sender(TLSNone, "", "").Send(ctx, "a@b.example", []byte("Subject: x\r\n\r\nx\r\n"))
		if w, code := reason(t, err); w != c.want || code != c.answer.Code || strings.Contains(err.Error(), "a@b") {
			t.Errorf("%s: %d %d %v", c.name, w, code, err)
		}
	}
	m := serveMail(t, false, false, false)
	wrong := m.sender(TLSNone, "", "")
	wrong.From = "other@shiomi.example"
	if w, code := reason(t, wrong.Send(ctx, "a@b.example", []byte("x"))); w != whySetup || code != 553 {
		t.Errorf("a sender that is not allowed: %d %d", w, code)
	}
	m.cut = true
	if w, _ := reason(t, m.sender(TLSNone, "", "").Send(ctx, "a@b.example", []byte("Subject: x\r\n\r\nx\r\n"))); w != whyUnsure {
		t.Errorf("cut after the mail was handed over: %d", w)
	}
	hangs, err := net.Listen("tcp", "127.0.0.1:0") // and says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer hangs.Close()
	stopped, stop := context.WithCancel(ctx)
	stop()
	waits, end := context.WithTimeout(ctx, 50*time.Millisecond)
	defer end()
	for _, ctx := range []context.Context{stopped, waits} {
		if w, _ := reason(t, (&SMTP{Addr: hangs.Addr().String(), TLS: TLSNone, From: "kasane@shiomi.example"}).Send(ctx, "a@b.example", []byte("x"))); w != whyLater {
			t.Errorf("a server that says nothing: %d", w)
		}
	}
	gone := &SMTP{Addr: "127.0.0.1:1", TLS: TLSNone, From: "kasane@shiomi.example"}
	if w, _ := reason(t, gone.Send(ctx, "a@b.example", []byte("x"))); w != whyLater {
		t.Errorf("no server: %d", w)
	}
}
