package webhooks

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// How long one request may take, and how much of an answer is read before the line is closed: what it says is of no interest, and is not kept.
const (
	sendWithin  = 10 * time.Second
	answerBytes = 4 << 10
)

// Sender hands requests over.
type Sender struct {
	client    *http.Client
	httpHosts []string
}

// NewSender makes one. httpHosts are the hosts that may be reached without TLS; roots are believed beside those of the system, nil = those alone.
func NewSender(g Guard, httpHosts []string, roots *x509.CertPool) *Sender {
	dialer := &net.Dialer{Timeout: sendWithin, Control: g.control}
	return &Sender{httpHosts: httpHosts, client: &http.Client{
		Timeout: sendWithin,
		// Nobody is followed: where a request is sent on to was not looked at by who set the address up.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{DialContext: dialer.DialContext, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots}, TLSHandshakeTimeout: sendWithin,
			// Each request is dialled, and so looked at, by itself; a proxy of the environment would dial for us what is not looked at.
			DisableKeepAlives: true, Proxy: nil, DisableCompression: true, MaxResponseHeaderBytes: 16 << 10},
	}}
}

// PlainAllowed tells whether a host may be reached without TLS.
func (s *Sender) PlainAllowed(u *url.URL) bool {
	return slices.Contains(s.httpHosts, strings.ToLower(u.Host)) || slices.Contains(s.httpHosts, strings.ToLower(u.Hostname()))
}

// result is what came of a request.
type result struct {
	code  int
	why   Why
	later time.Duration // the receiver asks to wait so long
}

// send hands one message over.
func (s *Sender) send(ctx context.Context, to, id, signed string, at time.Time, body []byte) result {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return result{why: WhyName}
	}
	if r.URL.Scheme != "https" && !s.PlainAllowed(r.URL) { // the setting was another one when it was saved
		return result{why: WhyPlain}
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Kasane-Webhooks")
	r.Header.Set("webhook-id", id)
	r.Header.Set("webhook-timestamp", strconv.FormatInt(at.Unix(), 10))
	r.Header.Set("webhook-signature", signed)
	a, err := s.client.Do(r)
	if err != nil {
		return result{why: whyOf(err)}
	}
	_, _ = io.CopyN(io.Discard, a.Body, answerBytes)
	_ = a.Body.Close()
	out := result{code: a.StatusCode}
	switch {
	case a.StatusCode >= 300 && a.StatusCode < 400:
		out.why = WhyRedirect
	case a.StatusCode < 200 || a.StatusCode >= 300:
		out.why = WhyAnswer
		if n, err := strconv.Atoi(a.Header.Get("Retry-After")); err == nil && n > 0 && n <= int(retryAfterMost/time.Second) && (a.StatusCode == http.StatusTooManyRequests || a.StatusCode == http.StatusServiceUnavailable) {
			out.later = time.Duration(n) * time.Second
		}
	}
	return out
}

// whyOf sorts an error of a request. Its text is not kept: it has the address in it, which may hold a password.
func whyOf(err error) Why {
	var refused *refusedAddress
	var name *net.DNSError
	var timeout interface{ Timeout() bool }
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	switch {
	case errors.As(err, &refused) && refused.private:
		return WhyPrivate
	case errors.As(err, &refused):
		return WhyInside
	case errors.As(err, &name) && !name.IsTimeout:
		return WhyName
	case errors.As(err, &verify), errors.As(err, &record), errors.As(err, &alert):
		return WhyTLS
	case errors.As(err, &timeout) && timeout.Timeout():
		return WhyTimeout
	}
	return WhyConnect
}
