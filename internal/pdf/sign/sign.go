package sign

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"kasane/internal/pdf/pdfa"
)

// Identity is who signs: the key, its certificate, and what leads up to the root, which is the last.
type Identity struct {
	Key   *ecdsa.PrivateKey
	Chain []*x509.Certificate
}

// Words are what the field of the signature says in clear.
type Words struct {
	Name, Reason, Label string
}

// The room kept free for a signature: certificates of ours are small, a time-stamp token brings those of its authority.
const (
	room        = 4_000
	roomStamped = 16_000
)

// Put signs an archive file. The bytes of the file stay; the signature is a section behind them. stamp, when there is one, gives the time-stamp token
// over the signature value; its error is returned as it is, and nothing is signed.
func Put(pdf []byte, id Identity, w Words, at time.Time, stamp func(value []byte) ([]byte, error)) ([]byte, error) {
	s := pdfa.Seal{Name: w.Name, Reason: w.Reason, Label: w.Label, Time: at, Room: room}
	if stamp != nil {
		s.Room = roomStamped
	}
	out, gap, err := pdfa.AddSeal(pdf, s)
	if err != nil {
		return nil, err
	}
	cms, err := signature(digestAround(out, gap)(crypto.SHA256), id.Key, id.Chain, stamp)
	if err != nil {
		return nil, err
	}
	if len(cms) > s.Room {
		return nil, fmt.Errorf("sign: the signature has %d bytes, there is room for %d", len(cms), s.Room)
	}
	hex.Encode(out[gap.From+1:], cms)
	return out, nil
}

func digestAround(pdf []byte, gap pdfa.Gap) func(crypto.Hash) []byte {
	return func(h crypto.Hash) []byte {
		w := h.New()
		w.Write(pdf[:gap.From])
		w.Write(pdf[gap.To:])
		return w.Sum(nil)
	}
}

// Errors of Read.
var (
	ErrNone    = errors.New("sign: no signature")            // 署名なし
	ErrChanged = errors.New("sign: the file was changed")    // 署名のあとに変えられた
	ErrPart    = errors.New("sign: not the whole is signed") // 署名の範囲がファイルの全体ではない
)

// Signature (電子署名) is what was read of a signed file. It is right; whether its certificates are to be trusted, Trusted tells.
type Signature struct {
	Claimed   time.Time // when, by the clock of the signer
	Signer    *x509.Certificate
	others    []*x509.Certificate
	Stamp     *Stamp // nil when there is none
	StampFail error  // a time stamp that is there and wrong
}

// Time is when the signature was made: proven by its time stamp, else claimed.
func (s *Signature) Time() time.Time {
	if s.Stamp != nil {
		return s.Stamp.Time
	}
	return s.Claimed
}

// Trusted tells whether the certificate of the signer stands below one of the roots, at the time of the signature: that it ran out later changes nothing.
func (s *Signature) Trusted(roots []*x509.Certificate) error {
	return chains(s.Signer, s.others, roots, s.Time(), x509.ExtKeyUsageAny)
}

var (
	reSignature = regexp.MustCompile(`/ByteRange \[0 (\d{1,10}) (\d{1,10}) (\d{1,10}) *\]/Contents <([0-9a-f]*)>/M \(D:(\d{14})([+-]\d\d)'(\d\d)'\)`)
)

// Read finds the signature of a file and checks it: ErrNone, ErrPart, ErrChanged, or what is wrong with it.
func Read(pdf []byte) (*Signature, error) {
	first, err := pdfa.Unsealed(pdf)
	if err != nil || len(first) == len(pdf) {
		return nil, ErrNone
	}
	m := reSignature.FindSubmatchIndex(pdf[len(first):])
	if m == nil {
		if reSignature.Match(first) { // signed, and written to behind the signature
			return nil, ErrPart
		}
		return nil, ErrNone
	}
	text := func(i int) string { return string(pdf[len(first)+m[2*i] : len(first)+m[2*i+1]]) }
	number := func(i int) int { n, _ := strconv.Atoi(text(i)); return n }
	gap := pdfa.Gap{From: number(1), To: number(2)}
	if gap.From != len(first)+m[8]-1 || gap.To != len(first)+m[9]+1 || gap.To+number(3) != len(pdf) {
		return nil, ErrPart
	}
	cms, err := hex.DecodeString(text(4))
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	msg, err := open(cms, oidData, digestAround(pdf, gap))
	if err != nil {
		return nil, err
	}
	s := &Signature{Signer: msg.signer, others: msg.others}
	if s.Claimed, err = time.Parse("20060102150405-0700", text(5)+text(6)+text(7)); err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	for _, a := range msg.unsigned {
		if a.Type.Equal(oidTimeStamp) {
			stamp, _, err := readStamp(a.Values.Bytes, msg.value)
			if s.StampFail = err; err == nil {
				s.Stamp = &stamp
			}
		}
	}
	return s, nil
}
