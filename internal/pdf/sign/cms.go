package sign

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha1" // names the certificate of an old time-stamp authority, nothing is signed over it
	"crypto/sha256"
	_ "crypto/sha512" // digests of time-stamp authorities
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	tags "golang.org/x/crypto/cryptobyte/asn1"
)

var (
	oidData          = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningCert   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12}
	oidSigningCertV2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidTimeStamp     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14}
	oidTSTInfo       = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	oidSHA256        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidSHA384        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 2}
	oidSHA512        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}
	oidECDSASHA256   = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}
	oidRSA           = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	oidPSS           = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}
)

// The frames of RFC 5652 as they are read.
type (
	contentInfo struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue `asn1:"explicit,tag:0"`
	}
	signedData struct {
		Version      int
		Digests      []pkix.AlgorithmIdentifier `asn1:"set"`
		Content      encapsulated
		Certificates asn1.RawValue `asn1:"optional,tag:0"`
		CRLs         asn1.RawValue `asn1:"optional,tag:1"`
		Signers      []signerInfo  `asn1:"set"`
	}
	encapsulated struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue `asn1:"optional,explicit,tag:0"`
	}
	signerInfo struct {
		Version   int
		ID        asn1.RawValue
		Digest    pkix.AlgorithmIdentifier
		Signed    asn1.RawValue `asn1:"optional,tag:0"`
		Algorithm pkix.AlgorithmIdentifier
		Signature []byte
		Unsigned  asn1.RawValue `asn1:"optional,tag:1"`
	}
	issuerAndSerial struct {
		Issuer asn1.RawValue
		Serial *big.Int
	}
	attribute struct {
		Type   asn1.ObjectIdentifier
		Values asn1.RawValue `asn1:"set"`
	}
)

// signature makes the SignedData over a digest. stamp gives the time-stamp token over the signature value, nil for none.
func signature(digest []byte, key *ecdsa.PrivateKey, chain []*x509.Certificate, stamp func(value []byte) ([]byte, error)) ([]byte, error) {
	signed, err := signedAttributes(digest, chain[0])
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(signed)
	value, err := key.Sign(rand.Reader, sum[:], crypto.SHA256)
	if err != nil {
		return nil, err
	}
	var token []byte
	if stamp != nil {
		if token, err = stamp(value); err != nil {
			return nil, err
		}
	}
	var b cryptobyte.Builder
	b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oidSignedData)
		b.AddASN1(tags.Tag(0).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
			b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1Int64(1)
				b.AddASN1(tags.SET, func(b *cryptobyte.Builder) { algorithm(b, oidSHA256) })
				b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(oidData) })
				b.AddASN1(tags.Tag(0).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
					for _, c := range sortedCertificates(chain) {
						b.AddBytes(c)
					}
				})
				b.AddASN1(tags.SET, func(b *cryptobyte.Builder) { signer(b, chain[0], signed, value, token) })
			})
		})
	})
	return b.Bytes()
}

func algorithm(b *cryptobyte.Builder, oid asn1.ObjectIdentifier) {
	b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(oid) })
}

// sortedCertificates are the certificates in the order DER asks of a set.
func sortedCertificates(chain []*x509.Certificate) (out [][]byte) {
	for _, c := range chain {
		out = append(out, c.Raw)
	}
	slices.SortFunc(out, bytes.Compare)
	return out
}

// signer writes the SignerInfo. signed is the set of signed attributes, whose tag changes to [0] here.
func signer(b *cryptobyte.Builder, cert *x509.Certificate, signed, value, token []byte) {
	b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddBytes(cert.RawIssuer)
			b.AddASN1BigInt(cert.SerialNumber)
		})
		algorithm(b, oidSHA256)
		b.AddBytes(append([]byte{0xA0}, signed[1:]...))
		algorithm(b, oidECDSASHA256)
		b.AddASN1OctetString(value)
		if token != nil {
			b.AddASN1(tags.Tag(1).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
				addAttribute(b, oidTimeStamp, func(b *cryptobyte.Builder) { b.AddBytes(token) })
			})
		}
	})
}

func addAttribute(b *cryptobyte.Builder, oid asn1.ObjectIdentifier, value cryptobyte.BuilderContinuation) {
	b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oid)
		b.AddASN1(tags.SET, value)
	})
}

// signedAttributes is the set that is signed: what kind of content, its digest, and whose certificate signs. PAdES wants no signing time here: it
// stands in the file.
func signedAttributes(digest []byte, cert *x509.Certificate) ([]byte, error) {
	var list [][]byte
	for _, a := range []struct {
		oid   asn1.ObjectIdentifier
		value cryptobyte.BuilderContinuation
	}{
		{oidContentType, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(oidData) }},
		{oidMessageDigest, func(b *cryptobyte.Builder) { b.AddASN1OctetString(digest) }},
		{oidSigningCertV2, func(b *cryptobyte.Builder) {
			sum := sha256.Sum256(cert.Raw) // SHA-256 is the default and is not named
			b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1OctetString(sum[:]) })
				})
			})
		}},
	} {
		var b cryptobyte.Builder
		addAttribute(&b, a.oid, a.value)
		one, err := b.Bytes()
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	slices.SortFunc(list, bytes.Compare)
	var b cryptobyte.Builder
	b.AddASN1(tags.SET, func(b *cryptobyte.Builder) { b.AddBytes(slices.Concat(list...)) })
	return b.Bytes()
}

// message is a SignedData that was read and whose signature is right.
type message struct {
	content  []byte // what it carries, nil when it is detached
	signer   *x509.Certificate
	others   []*x509.Certificate
	value    []byte // of the signature
	unsigned []attribute
}

var errMessage = errors.New("sign: not a signature as it must be")

// open reads a SignedData with one signer and checks its signature. digest is asked for the digest of the content by a hash; with nil the content is in it.
// Trust in the certificate is another question.
func open(der []byte, kind asn1.ObjectIdentifier, digest func(crypto.Hash) []byte) (*message, error) {
	var outer contentInfo
	var sd signedData
	if _, err := asn1.Unmarshal(der, &outer); err != nil || !outer.Type.Equal(oidSignedData) { // what follows is the filling of the gap
		return nil, fmt.Errorf("%w: no SignedData", errMessage)
	}
	if rest, err := asn1.Unmarshal(outer.Content.Bytes, &sd); err != nil || len(rest) > 0 {
		return nil, fmt.Errorf("%w: SignedData: %w", errMessage, orRest(err))
	}
	if len(sd.Signers) != 1 || !sd.Content.Type.Equal(kind) {
		return nil, fmt.Errorf("%w: %d signers of %s", errMessage, len(sd.Signers), sd.Content.Type)
	}
	certs, err := x509.ParseCertificates(sd.Certificates.Bytes)
	if err != nil {
		return nil, fmt.Errorf("%w: certificates: %w", errMessage, err)
	}
	s := sd.Signers[0]
	if !slices.ContainsFunc(sd.Digests, func(a pkix.AlgorithmIdentifier) bool { return a.Algorithm.Equal(s.Digest.Algorithm) }) {
		return nil, fmt.Errorf("%w: digests", errMessage)
	}
	m := &message{value: s.Signature}
	if digest == nil {
		if rest, err := asn1.Unmarshal(sd.Content.Content.Bytes, &m.content); err != nil || len(rest) > 0 {
			return nil, fmt.Errorf("%w: content: %w", errMessage, orRest(err))
		}
		digest = func(h crypto.Hash) []byte { return sum(h, m.content) }
	}
	if m.signer = s.find(certs); m.signer == nil {
		return nil, fmt.Errorf("%w: the certificate of the signer is missing", errMessage)
	}
	if use := m.signer.KeyUsage; use != 0 && use&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) == 0 {
		return nil, fmt.Errorf("%w: the certificate of the signer is not one for signatures", errMessage)
	}
	m.others = slices.DeleteFunc(certs, func(c *x509.Certificate) bool { return c == m.signer })
	if err := s.check(kind, m.signer, digest); err != nil {
		return nil, err
	}
	m.unsigned, err = attributes(s.Unsigned.Bytes)
	return m, err
}

func orRest(err error) error {
	if err == nil {
		return errors.New("bytes left over")
	}
	return err
}

func sum(h crypto.Hash, b []byte) []byte {
	w := h.New()
	w.Write(b)
	return w.Sum(nil)
}

// find is the certificate the signer names, by issuer and number or by the mark of its key.
func (s *signerInfo) find(certs []*x509.Certificate) *x509.Certificate {
	var named issuerAndSerial
	_, err := asn1.Unmarshal(s.ID.FullBytes, &named)
	byKey := s.ID.Class == asn1.ClassContextSpecific && s.ID.Tag == 0
	for _, c := range certs {
		if byKey && len(s.ID.Bytes) > 0 && bytes.Equal(s.ID.Bytes, c.SubjectKeyId) ||
			!byKey && err == nil && bytes.Equal(named.Issuer.FullBytes, c.RawIssuer) && named.Serial.Cmp(c.SerialNumber) == 0 {
			return c
		}
	}
	return nil
}

// check holds the signed attributes against content and certificate, and the signature against the attributes.
func (s *signerInfo) check(kind asn1.ObjectIdentifier, cert *x509.Certificate, digest func(crypto.Hash) []byte) error {
	hash, ok := hashOf(s.Digest.Algorithm)
	if !ok {
		return fmt.Errorf("%w: digest %s", errMessage, s.Digest.Algorithm)
	}
	list, err := attributes(s.Signed.Bytes)
	if err != nil {
		return err
	}
	var have asn1.ObjectIdentifier
	var want []byte
	if one(list, oidContentType, &have) != nil || !have.Equal(kind) || one(list, oidMessageDigest, &want) != nil {
		return fmt.Errorf("%w: signed attributes", errMessage)
	}
	if !namesCertificate(list, cert) {
		return fmt.Errorf("%w: the signature does not name its certificate", errMessage)
	}
	algorithm, ok := algorithmOf(hash, cert, s.Algorithm.Algorithm)
	if !ok {
		return fmt.Errorf("%w: algorithm %s", errMessage, s.Algorithm.Algorithm)
	}
	set := append([]byte{0x31}, s.Signed.FullBytes[1:]...)
	if err := cert.CheckSignature(algorithm, set, s.Signature); err != nil {
		return fmt.Errorf("%w: %w", errMessage, err)
	}
	if !bytes.Equal(want, digest(hash)) {
		return ErrChanged
	}
	return nil
}

func attributes(b []byte) (out []attribute, err error) {
	for len(b) > 0 {
		var a attribute
		if b, err = asn1.Unmarshal(b, &a); err != nil {
			return nil, fmt.Errorf("%w: attribute: %w", errMessage, err)
		}
		out = append(out, a)
	}
	return out, nil
}

// one reads the value of an attribute that must be there once.
func one(list []attribute, oid asn1.ObjectIdentifier, to any) error {
	found := slices.DeleteFunc(slices.Clone(list), func(a attribute) bool { return !a.Type.Equal(oid) })
	if len(found) != 1 {
		return fmt.Errorf("%w: attribute %s", errMessage, oid)
	}
	rest, err := asn1.Unmarshal(found[0].Values.Bytes, to)
	if err != nil || len(rest) > 0 {
		return fmt.Errorf("%w: attribute %s", errMessage, oid)
	}
	return nil
}

// namesCertificate tells whether the signed attributes hold the hash of the certificate (ESS): another one with the same key cannot be put in its place.
func namesCertificate(list []attribute, cert *x509.Certificate) bool {
	var v2 struct{ Certs []asn1.RawValue }
	if one(list, oidSigningCertV2, &v2) == nil && len(v2.Certs) > 0 {
		b, hash := v2.Certs[0].Bytes, crypto.SHA256
		var alg pkix.AlgorithmIdentifier
		if rest, err := asn1.Unmarshal(b, &alg); err == nil { // left out when it is SHA-256
			var ok bool
			if hash, ok = hashOf(alg.Algorithm); !ok {
				return false
			}
			b = rest
		}
		var named []byte
		_, err := asn1.Unmarshal(b, &named)
		return err == nil && bytes.Equal(named, sum(hash, cert.Raw))
	}
	var v1 struct{ Certs []asn1.RawValue }
	if one(list, oidSigningCert, &v1) != nil || len(v1.Certs) == 0 {
		return false
	}
	var named []byte
	_, err := asn1.Unmarshal(v1.Certs[0].Bytes, &named)
	old := sha1.Sum(cert.Raw)
	return err == nil && bytes.Equal(named, old[:])
}

func hashOf(oid asn1.ObjectIdentifier) (crypto.Hash, bool) {
	switch {
	case oid.Equal(oidSHA256):
		return crypto.SHA256, true
	case oid.Equal(oidSHA384):
		return crypto.SHA384, true
	case oid.Equal(oidSHA512):
		return crypto.SHA512, true
	}
	return 0, false
}

// algorithms are those a signer may name, by kind of key and digest. Of RSA, rsaEncryption alone leaves the digest to the field before.
var algorithms = []struct {
	key  x509.PublicKeyAlgorithm
	hash crypto.Hash
	oid  asn1.ObjectIdentifier
	use  x509.SignatureAlgorithm
}{
	{x509.ECDSA, crypto.SHA256, oidECDSASHA256, x509.ECDSAWithSHA256},
	{x509.ECDSA, crypto.SHA384, asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 3}, x509.ECDSAWithSHA384},
	{x509.ECDSA, crypto.SHA512, asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 4}, x509.ECDSAWithSHA512},
	{x509.RSA, crypto.SHA256, oidRSA, x509.SHA256WithRSA},
	{x509.RSA, crypto.SHA384, oidRSA, x509.SHA384WithRSA},
	{x509.RSA, crypto.SHA512, oidRSA, x509.SHA512WithRSA},
	{x509.RSA, crypto.SHA256, asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}, x509.SHA256WithRSA},
	{x509.RSA, crypto.SHA384, asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 12}, x509.SHA384WithRSA},
	{x509.RSA, crypto.SHA512, asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 13}, x509.SHA512WithRSA},
	{x509.RSA, crypto.SHA256, oidPSS, x509.SHA256WithRSAPSS},
	{x509.RSA, crypto.SHA384, oidPSS, x509.SHA384WithRSAPSS},
	{x509.RSA, crypto.SHA512, oidPSS, x509.SHA512WithRSAPSS},
}

func algorithmOf(h crypto.Hash, cert *x509.Certificate, oid asn1.ObjectIdentifier) (x509.SignatureAlgorithm, bool) {
	for _, a := range algorithms {
		if a.key == cert.PublicKeyAlgorithm && a.hash == h && a.oid.Equal(oid) {
			return a.use, true
		}
	}
	return 0, false
}
