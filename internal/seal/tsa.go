package seal

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/url"
	"sync"
	"time"

	"kasane/internal/pdf/sign"
)

// TSA (時刻認証局) is asked for time stamps. One that does not answer is left alone for a while: a meeting that closes must not wait for it again and again.
type TSA struct {
	url    string
	roots  []*x509.Certificate // none: whoever answers is believed to be the authority
	client *http.Client
	now    func() time.Time

	mu   sync.Mutex
	rest time.Time // not asked before
}

// How long an answer may take, and how long an authority that gave none is left alone.
const (
	answerWithin = 5 * time.Second
	restAfter    = 2 * time.Minute
	answerLimit  = 64 << 10
)

// NewTSA makes a client. Nothing is sent yet.
func NewTSA(address string, roots []*x509.Certificate, now func() time.Time) *TSA {
	return &TSA{url: address, roots: roots, client: &http.Client{Timeout: answerWithin}, now: now}
}

// Address is where it is, without user and password.
func (t *TSA) Address() string {
	u, err := url.Parse(t.url)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host + u.Path
}

// stamp asks for a token over a signature value.
func (t *TSA) stamp(ctx context.Context, value []byte) (token []byte, err error) {
	t.mu.Lock()
	resting := t.now().Before(t.rest)
	t.mu.Unlock()
	if resting {
		return nil, fmt.Errorf("seal: the time-stamp authority did not answer a moment ago")
	}
	if token, err = t.ask(ctx, value); err != nil && ctx.Err() == nil {
		t.mu.Lock()
		t.rest = t.now().Add(restAfter)
		t.mu.Unlock()
	}
	return token, err
}

func (t *TSA) ask(ctx context.Context, value []byte) ([]byte, error) {
	nonce, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 63))
	if err != nil {
		return nil, err
	}
	query, err := sign.StampRequest(value, nonce)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.url, bytes.NewReader(query))
	if err != nil {
		return nil, fmt.Errorf("seal: the address of the time-stamp authority cannot be used")
	}
	req.Header.Set("Content-Type", "application/timestamp-query")
	res, err := t.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("seal: the time-stamp authority: %w", hideURL(err))
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(res.Body, answerLimit))
	if err != nil {
		return nil, fmt.Errorf("seal: the time-stamp authority: %w", err)
	}
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("seal: the time-stamp authority answers %d", res.StatusCode)
	}
	token, s, err := sign.StampResponse(answer, value, nonce)
	if err != nil {
		return nil, err
	}
	if len(t.roots) > 0 {
		if err := s.Trusted(t.roots); err != nil {
			return nil, fmt.Errorf("seal: the time-stamp authority is not the one that was configured: %w", err)
		}
	}
	return token, nil
}

// hideURL takes the address, which may hold a password, out of an error.
func hideURL(err error) error {
	if u, ok := err.(*url.Error); ok {
		return u.Err
	}
	return err
}
