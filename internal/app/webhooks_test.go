package app

import (
	"crypto/x509"
	"encoding/pem"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"kasane/internal/config"
	"kasane/internal/fault"
	"kasane/internal/webhooks"
)

// The certificates of receivers are those of the system and those that are named; a file that is none stops the start with a word.
func TestReceiverRoots(t *testing.T) {
	t.Parallel()
	if roots, err := receiverRoots(config.Config{}); roots != nil || err != nil {
		t.Error(roots, err)
	}
	dir := t.TempDir()
	for name, body := range map[string]string{"none.pem": "", "text.pem": "no certificate"} {
		must(t, os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600))
		if _, err := receiverRoots(config.Config{WebhookCA: filepath.Join(dir, name)}); !fault.Is(err, fault.Invalid) {
			t.Error(name, err)
		}
	}
	if _, err := receiverRoots(config.Config{WebhookCA: filepath.Join(dir, "lost.pem")}); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
	s := httptest.NewTLSServer(nil)
	defer s.Close()
	own := filepath.Join(dir, "own.pem")
	must(t, os.WriteFile(own, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600))
	roots, err := receiverRoots(config.Config{WebhookCA: own})
	must(t, err)
	if _, err := s.Certificate().Verify(x509.VerifyOptions{Roots: roots, DNSName: "example.com"}); err != nil {
		t.Error(err)
	}
}

// What the page 稼働状況 says of the addresses.
func TestFactWebhooks(t *testing.T) {
	t.Parallel()
	for want, x := range map[string]struct {
		h  webhooks.Health
		on bool
	}{"使っていません。": {on: true}, "送れています。": {webhooks.Health{On: 2}, true}, "このシステムは、外へ送らない設定（KASANE_WEBHOOKS）になっています。": {webhooks.Health{On: 1}, false},
		"止まった送信先が1件あります。": {webhooks.Health{On: 2, Failing: 1, Off: 1}, true}, "届いていない送信先が2件あります。": {webhooks.Health{On: 2, Failing: 2, GivenUp: 3}, true},
		"届かないまま送信をあきらめた通知が3件あります。": {webhooks.Health{On: 2, GivenUp: 3}, true}} {
		f := webhooksFound(x.h, x.on)
		if fineNow := f.verdict == fine; f.what != want || fineNow != (f.advice == "") {
			t.Errorf("%+v: %+v, want %s", x.h, f, want)
		}
	}
}
