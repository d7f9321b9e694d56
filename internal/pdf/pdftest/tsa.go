package pdftest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TSA is a time-stamp authority (時刻認証局) on this machine: `openssl ts` behind HTTP.
type TSA struct {
	URL   string
	Root  *x509.Certificate
	Asked int // how often it was asked
}

// NewTSA starts one. spoil, when it is given, changes every answer; changes are pairs of a line of its
// configuration and what stands there instead.
func NewTSA(t testing.TB, spoil func([]byte) []byte, changes ...string) *TSA {
	t.Helper()
	dir := t.TempDir()
	out := &TSA{Root: tsaFiles(t, dir)}
	if err := os.WriteFile(filepath.Join(dir, "ts.cnf"), []byte(strings.NewReplacer(changes...).Replace(tsaConfig)), 0o600); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out.Asked++
		var query bytes.Buffer
		_, _ = query.ReadFrom(r.Body)
		if err := os.WriteFile(filepath.Join(dir, "q"), query.Bytes(), 0o600); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		cmd := exec.Command("openssl", "ts", "-reply", "-queryfile", "q", "-out", "a", "-config", "ts.cnf")
		cmd.Dir = dir
		if msg, err := cmd.CombinedOutput(); err != nil {
			http.Error(w, string(msg), http.StatusInternalServerError)
			return
		}
		answer, err := os.ReadFile(filepath.Join(dir, "a"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		if spoil != nil {
			answer = spoil(answer)
		}
		w.Header().Set("Content-Type", "application/timestamp-reply")
		_, _ = w.Write(answer)
	}))
	t.Cleanup(server.Close)
	out.URL = server.URL
	return out
}

const tsaConfig = `
[tsa]
default_tsa = tsa1
[tsa1]
dir = .
serial = ./serial
crypto_device = builtin
signer_cert = ./tsa.pem
signer_key = ./tsa.key
certs = ./root.pem
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`

// tsaFiles makes root, certificate and keys of the authority.
func tsaFiles(t testing.TB, dir string) *x509.Certificate {
	t.Helper()
	now := time.Now()
	make1 := func(name string, n int64, root *x509.Certificate, rootKey *ecdsa.PrivateKey) (*x509.Certificate, *ecdsa.PrivateKey) {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		c := &x509.Certificate{SerialNumber: big.NewInt(n), NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour), BasicConstraintsValid: true}
		c.Subject.CommonName = name
		parent, by := root, rootKey
		if root == nil {
			c.IsCA, c.KeyUsage, parent, by = true, x509.KeyUsageCertSign, c, key
		} else {
			c.KeyUsage = x509.KeyUsageDigitalSignature
			c.ExtraExtensions = append(c.ExtraExtensions, timeStampOnly)
		}
		der, err := x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, by)
		if err != nil {
			t.Fatal(err)
		}
		cert, err := x509.ParseCertificate(der)
		if err != nil {
			t.Fatal(err)
		}
		return cert, key
	}
	root, rootKey := make1("Test TSA root", 1, nil, nil)
	cert, key := make1("Test TSA", 2, root, rootKey)
	raw, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{
		"root.pem": PEM(root), "tsa.pem": PEM(cert), "tsa.key": pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw}),
		"ts.cnf": []byte(tsaConfig), "serial": []byte("01\n"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// PEM writes a certificate as text.
func PEM(c *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
}
