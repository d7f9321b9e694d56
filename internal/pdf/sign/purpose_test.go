package sign

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"math/big"
	"testing"
	"time"
)

// certificate makes one with its key that vouches for itself.
func certificate(t *testing.T, change func(*x509.Certificate)) Identity {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "x"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	change(c)
	cert, err := create(c, c, key, key)
	if err != nil {
		t.Fatal(err)
	}
	return Identity{Key: key, Chain: []*x509.Certificate{cert}}
}

// purposes is an extended key usage with these purposes.
func purposes(t *testing.T, critical bool, oids ...asn1.ObjectIdentifier) func(*x509.Certificate) {
	t.Helper()
	value, err := asn1.Marshal(oids)
	if err != nil {
		t.Fatal(err)
	}
	return func(c *x509.Certificate) {
		c.ExtraExtensions = []pkix.Extension{{Id: oidExtKeyUsage, Critical: critical, Value: value}}
	}
}

// A time stamp is believed of a certificate only that is for time stamps and nothing else, and says so critically (RFC 3161, 2.3).
func TestOnlyACertificateForStampsStamps(t *testing.T) {
	t.Parallel()
	stamps, mail, unknown := asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 8}, asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 4}, asn1.ObjectIdentifier{1, 2, 3, 4}
	for name, x := range map[string]struct {
		change func(*x509.Certificate)
		want   bool
	}{
		"stamps alone":           {purposes(t, true, stamps), true},
		"not critical":           {purposes(t, false, stamps), false},
		"mail too":               {purposes(t, true, stamps, mail), false},
		"something unknown too":  {purposes(t, true, stamps, unknown), false},
		"mail alone":             {purposes(t, true, mail), false},
		"everything":             {func(*x509.Certificate) {}, false},
		"everything, by any EKU": {purposes(t, true, asn1.ObjectIdentifier{2, 5, 29, 37, 0}), false},
	} {
		if got := onlyStamps(certificate(t, x.change).Chain[0]); got != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// A signature of a key that is not for signatures is none.
func TestOnlyACertificateForSignaturesSigns(t *testing.T) {
	t.Parallel()
	digest := make([]byte, 32)
	for name, x := range map[string]struct {
		use  x509.KeyUsage
		good bool
	}{
		"signatures":            {x509.KeyUsageDigitalSignature, true},
		"commitment":            {x509.KeyUsageContentCommitment, true},
		"nothing said":          {0, true},
		"encryption":            {x509.KeyUsageKeyEncipherment, false},
		"certificates (a root)": {x509.KeyUsageCertSign, false},
	} {
		id := certificate(t, func(c *x509.Certificate) { c.KeyUsage = x.use })
		der, err := signature(digest, id.Key, id.Chain, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = open(der, oidData, func(crypto.Hash) []byte { return digest })
		if (err == nil) != x.good || err != nil && !errors.Is(err, errMessage) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
