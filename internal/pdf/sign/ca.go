package sign

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"time"
)

// How long the certificates are valid. A record is kept thirty years at most; its signature is judged at the time it was made.
const (
	RootYears = 40
	SealYears = 5
)

// NewRoot makes the root (認証局) of an installation: the n-th of this name. ECDSA P-256: Adobe Reader, poppler and OpenSSL verify it, a key is made at once.
func NewRoot(name string, n int, at time.Time) (Identity, error) {
	key, serial, err := newKey()
	if err != nil {
		return Identity{}, err
	}
	t := &x509.Certificate{
		SerialNumber: serial, Subject: subject(name, "記録の認証局", n), NotBefore: begin(at), NotAfter: begin(at).AddDate(RootYears, 0, 0),
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign, IsCA: true, MaxPathLenZero: true, BasicConstraintsValid: true, SubjectKeyId: keyMark(key),
	}
	cert, err := create(t, t, key, key)
	return Identity{Key: key, Chain: []*x509.Certificate{cert}}, err
}

// NewSeal makes the n-th signing certificate (記録の封印) below a root.
func NewSeal(name string, n int, at time.Time, root Identity) (Identity, error) {
	key, serial, err := newKey()
	if err != nil {
		return Identity{}, err
	}
	until := begin(at).AddDate(SealYears, 0, 0)
	if end := root.Chain[0].NotAfter; until.After(end) {
		until = end
	}
	t := &x509.Certificate{
		SerialNumber: serial, Subject: subject(name, "記録の封印", n), NotBefore: begin(at), NotAfter: until,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment, BasicConstraintsValid: true, SubjectKeyId: keyMark(key),
	}
	cert, err := create(t, root.Chain[0], key, root.Key)
	return Identity{Key: key, Chain: append([]*x509.Certificate{cert}, root.Chain...)}, err
}

func create(t, parent *x509.Certificate, key, by *ecdsa.PrivateKey) (*x509.Certificate, error) {
	der, err := x509.CreateCertificate(rand.Reader, t, parent, &key.PublicKey, by)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

func newKey() (*ecdsa.PrivateKey, *big.Int, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 126))
	return key, serial.Add(serial, big.NewInt(1)), err
}

// begin is a little earlier than now: the clocks of several nodes differ.
func begin(at time.Time) time.Time { return at.UTC().Truncate(time.Minute).Add(-10 * time.Minute) }

func subject(name, what string, n int) pkix.Name {
	return pkix.Name{Country: []string{"JP"}, Organization: []string{name}, CommonName: fmt.Sprintf("%s %s %d", name, what, n)}
}

func keyMark(key *ecdsa.PrivateKey) []byte {
	raw, err := key.PublicKey.Bytes()
	if err != nil {
		return nil // a key of P-256 has bytes
	}
	s := sha256.Sum256(raw)
	return s[:20]
}
