package sign

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"
)

// The frames of RFC 3161.
type (
	imprint struct {
		Hash   pkix.AlgorithmIdentifier
		Digest []byte
	}
	stampRequest struct {
		Version  int
		Imprint  imprint
		Nonce    *big.Int
		WithCert bool
	}
	stampResponse struct {
		Status statusInfo
		Token  asn1.RawValue `asn1:"optional"`
	}
	statusInfo struct {
		Status int
		Text   asn1.RawValue  `asn1:"optional"`
		Fail   asn1.BitString `asn1:"optional"`
	}
	accuracy struct { // typed: an optional element of any kind would swallow the nonce of an authority that gives none
		Seconds int `asn1:"optional"`
		Millis  int `asn1:"optional,tag:0"`
		Micros  int `asn1:"optional,tag:1"`
	}
	stampInfo struct {
		Version   int
		Policy    asn1.ObjectIdentifier
		Imprint   imprint
		Serial    *big.Int
		Time      time.Time     `asn1:"generalized"`
		Accuracy  accuracy      `asn1:"optional"`
		Ordering  bool          `asn1:"optional"`
		Nonce     *big.Int      `asn1:"optional"`
		Authority asn1.RawValue `asn1:"optional,tag:0"`
		More      asn1.RawValue `asn1:"optional,tag:1"`
	}
)

// Stamp (時刻認証) is a time-stamp token that was read and is right.
type Stamp struct {
	Time      time.Time
	Authority *x509.Certificate
	others    []*x509.Certificate
}

// StampRequest is what is sent to a time-stamp authority for a signature value; nonce ties the answer to it.
func StampRequest(value []byte, nonce *big.Int) ([]byte, error) {
	sum := sha256.Sum256(value)
	return asn1.Marshal(stampRequest{Version: 1, Imprint: imprint{pkix.AlgorithmIdentifier{Algorithm: oidSHA256}, sum[:]}, Nonce: nonce, WithCert: true})
}

// StampResponse takes the token out of the answer of a time-stamp authority; one for another value or another request is refused.
func StampResponse(answer, value []byte, nonce *big.Int) (token []byte, s Stamp, err error) {
	var r stampResponse
	if rest, err := asn1.Unmarshal(answer, &r); err != nil || len(rest) > 0 {
		return nil, s, fmt.Errorf("sign: the answer of the time-stamp authority cannot be read: %w", orRest(err))
	}
	if r.Status.Status > 1 {
		return nil, s, fmt.Errorf("sign: the time-stamp authority refuses, status %d", r.Status.Status)
	}
	token = r.Token.FullBytes
	s, info, err := readStamp(token, value)
	if err != nil {
		return nil, s, err
	}
	if info.Nonce == nil || info.Nonce.Cmp(nonce) != 0 {
		return nil, s, errors.New("sign: the time stamp is for another request")
	}
	return token, s, nil
}

// readStamp checks a token over a signature value.
func readStamp(token, value []byte) (s Stamp, info stampInfo, err error) {
	m, err := open(token, oidTSTInfo, nil)
	if err != nil {
		return s, info, fmt.Errorf("time stamp: %w", err)
	}
	if rest, err := asn1.Unmarshal(m.content, &info); err != nil || len(rest) > 0 {
		return s, info, fmt.Errorf("time stamp: %w", orRest(err))
	}
	hash, ok := hashOf(info.Imprint.Hash.Algorithm)
	if !ok || !bytes.Equal(sum(hash, value), info.Imprint.Digest) {
		return s, info, errors.New("sign: the time stamp is for something else")
	}
	if !onlyStamps(m.signer) {
		return s, info, errors.New("sign: the certificate of the time stamp is not one for time stamps")
	}
	if at := info.Time; at.Before(m.signer.NotBefore) || at.After(m.signer.NotAfter) {
		return s, info, errors.New("sign: the certificate of the time stamp was not valid at its time")
	}
	return Stamp{Time: info.Time, Authority: m.signer, others: m.others}, info, nil
}

var oidExtKeyUsage = asn1.ObjectIdentifier{2, 5, 29, 37}

// onlyStamps tells whether a certificate is for time stamps and nothing else, in the words of RFC 3161, 2.3: the purpose stands alone and is critical.
func onlyStamps(c *x509.Certificate) bool {
	critical := slices.ContainsFunc(c.Extensions, func(e pkix.Extension) bool { return e.Id.Equal(oidExtKeyUsage) && e.Critical })
	return critical && slices.Equal(c.ExtKeyUsage, []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}) && len(c.UnknownExtKeyUsage) == 0
}

// Trusted tells whether the authority of the stamp stands below one of the roots, at the time it names.
func (s Stamp) Trusted(roots []*x509.Certificate) error {
	return chains(s.Authority, s.others, roots, s.Time, x509.ExtKeyUsageTimeStamping)
}

// chains checks that a certificate stands below one of the roots at a time.
func chains(cert *x509.Certificate, others, roots []*x509.Certificate, at time.Time, use x509.ExtKeyUsage) error {
	opts := x509.VerifyOptions{Roots: x509.NewCertPool(), Intermediates: x509.NewCertPool(), CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{use}}
	for _, c := range roots {
		opts.Roots.AddCert(c)
	}
	for _, c := range others {
		opts.Intermediates.AddCert(c)
	}
	_, err := cert.Verify(opts)
	return err
}
