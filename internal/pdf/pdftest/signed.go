package pdftest

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// timeStampOnly is the extended key usage of a time-stamp authority, which has to be critical.
var timeStampOnly = pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true,
	Value: []byte{0x30, 0x0a, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08}}

// Sig is what pdfsig says of a file. A wrong signature is no error of the program.
func Sig(t testing.TB, pdf []byte) string {
	t.Helper()
	cmd := exec.Command("pdfsig", "-nocert", Save(t, pdf))
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir()) // whatever the user of the machine trusts
	out, _ := cmd.CombinedOutput()
	return string(out)
}

// TrustedSig fails the test unless pdfsig finds one signature that is valid and over the whole file, and OpenSSL one that stands below the root.
func TrustedSig(t testing.TB, pdf []byte, root *x509.Certificate) {
	t.Helper()
	out := Sig(t, pdf)
	for _, want := range []string{"Signature is Valid.", "Total document signed", "ETSI.CAdES.detached"} {
		if !strings.Contains(out, want) {
			t.Errorf("pdfsig does not say %q:\n%s", want, out)
		}
	}
	if msg, ok := OpenSSL(t, pdf, root); !ok {
		t.Errorf("openssl cms: %s", msg)
	}
}

// OpenSSL has the signature of a file verified by somebody who believes the root alone.
func OpenSSL(t testing.TB, pdf []byte, root *x509.Certificate) (said string, ok bool) {
	t.Helper()
	i := bytes.LastIndex(pdf, []byte("/Contents <")) + len("/Contents ")
	j := i + bytes.IndexByte(pdf[i:], '>') + 1
	cms, err := hex.DecodeString(string(pdf[i+1 : j-1]))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	for name, b := range map[string][]byte{"cms": cms, "data": append(bytes.Clone(pdf[:i]), pdf[j:]...), "root.pem": PEM(root)} {
		if err := os.WriteFile(in(name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	msg, err := exec.Command("openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", in("cms"), "-content", in("data"),
		"-CAfile", in("root.pem"), "-purpose", "any", "-out", in("out")).CombinedOutput()
	return string(msg), err == nil
}
