package notice

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/smtp"
	"net/textproto"
	"strings"
	"time"
)

// How the connection to the mail server is protected.
const (
	TLSStart = "starttls" // begun in clear, then TLS; refused without
	TLSFull  = "tls"
	TLSNone  = "none" // a server on this machine or in the same closed network
)

// sendWithin bounds one mail.
const sendWithin = 30 * time.Second

// SMTP (メールサーバー) is where mails are handed over.
type SMTP struct {
	Addr           string // host:port
	TLS            string
	User, Password string // "" = without signing in
	From           string // address
	Config         *tls.Config
}

// why is what kind of failure it was.
type why uint8

const (
	whyLater    why = iota // the server is away or busy: try again
	whySetup               // it does not take mails from us: somebody has to look at the settings; try again
	whyRefused             // it does not take mails for this address
	whyRejected            // it does not take this mail
	whyUnsure              // the line broke after the mail was handed over: nobody knows
)

// failure is why a mail was not sent. Its text has no address in it but the server's own.
type failure struct {
	why  why
	code int
	err  error
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// failed judges an error of a step: a lasting refusal means one thing, all else that it may be tried again.
func failed(step string, err error, lasting why) *failure {
	f := &failure{why: whyLater, err: fmt.Errorf("mail: %s: %w", step, err)}
	var answer *textproto.Error
	if errors.As(err, &answer) {
		// What the server says beside its code may name the address: only the code is kept.
		f.code, f.err = answer.Code, fmt.Errorf("mail: %s: the server answers %d", step, answer.Code)
		if answer.Code >= 500 {
			f.why = lasting
		}
	}
	return f
}

// Send hands one mail over; nil means that the server has taken it.
func (s *SMTP) Send(ctx context.Context, to string, message []byte) error {
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	c, f := s.connect(ctx)
	if f != nil {
		return f
	}
	defer func() { _ = c.Close() }()
	if err := c.Mail(s.From); err != nil {
		return failed("sender", err, whySetup)
	}
	if err := c.Rcpt(to); err != nil {
		return failed("recipient", err, whyRefused)
	}
	w, err := c.Data()
	if err != nil {
		return failed("data", err, whyRejected)
	}
	if _, err := w.Write(message); err != nil {
		return failed("data", err, whyRejected)
	}
	if err := w.Close(); err != nil {
		f := failed("end of data", err, whyRejected)
		if f.code == 0 {
			f.why = whyUnsure
		}
		return f
	}
	_ = c.Quit() // it has the mail
	return nil
}

// Check goes as far as the sender and hands nothing over: whether mails would be taken from us.
func (s *SMTP) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	c, f := s.connect(ctx)
	if f != nil {
		return f
	}
	defer func() { _ = c.Close() }()
	if err := c.Mail(s.From); err != nil {
		return failed("sender", err, whySetup)
	}
	_ = c.Reset()
	return c.Quit()
}

// connect opens a connection that is protected and signed in as set.
func (s *SMTP) connect(ctx context.Context) (*smtp.Client, *failure) {
	host, _, err := net.SplitHostPort(s.Addr)
	if err != nil {
		return nil, &failure{why: whySetup, err: err}
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", s.Addr)
	if err != nil {
		return nil, failed("connect", err, whySetup)
	}
	context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) }) // ends whatever is waited for
	secure := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	if s.Config != nil {
		secure = s.Config.Clone()
		secure.ServerName = host
	}
	if s.TLS == TLSFull {
		conn = tls.Client(conn, secure)
	}
	c, err := smtp.NewClient(conn, host)
	if err != nil {
		_ = conn.Close()
		return nil, failed("greeting", err, whySetup)
	}
	if f := s.begin(c, host, secure); f != nil {
		_ = c.Close()
		return nil, f
	}
	return c, nil
}

func (s *SMTP) begin(c *smtp.Client, host string, secure *tls.Config) *failure {
	if err := c.Hello(s.From[strings.LastIndexByte(s.From, '@')+1:]); err != nil {
		return failed("hello", err, whySetup)
	}
	if s.TLS == TLSStart {
		if ok, _ := c.Extension("STARTTLS"); !ok {
			return &failure{why: whySetup, err: errors.New("mail: the server offers no STARTTLS")}
		}
		if err := c.StartTLS(secure); err != nil {
			return failed("STARTTLS", err, whySetup)
		}
	}
	if s.User == "" {
		return nil
	}
	if err := c.Auth(smtp.PlainAuth("", s.User, s.Password, host)); err != nil {
		f := failed("sign-in", err, whySetup)
		if f.code == 0 { // what net/smtp refuses by itself: a password in clear
			f.why = whySetup
		}
		return f
	}
	return nil
}
