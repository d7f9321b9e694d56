package sign_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"

	"kasane/internal/pdf"
	"kasane/internal/pdf/pdftest"
	"kasane/internal/pdf/sign"
)

var words = sign.Words{Name: "〇〇市", Reason: "確定した記録の封印", Label: "電子署名"}

func paper(t testing.TB, at time.Time) []byte {
	t.Helper()
	e := pdf.New(pdf.Options{})
	d, err := e.Begin(context.Background(), pdf.Geometry{W: 210, H: 297, Left: 20, Right: 20, Top: 20, Bottom: 20})
	if err != nil {
		t.Fatal(err)
	}
	d.Heading(1, "会議録", pdf.Style{Size: 14})
	d.Para("/ByteRange [0 1 2 3]/Contents <00>", pdf.Style{Size: 10})
	r, err := e.Finish(context.Background(), d, pdf.Meta{Title: "/ByteRange [0 1 2 3]/Contents <00>/M (D:20260101000000+09'00')", Time: at})
	if err != nil {
		t.Fatal(err)
	}
	return r.PDF
}

type house struct {
	root, seal sign.Identity
	at         time.Time
}

func newHouse(t testing.TB, at time.Time) house {
	t.Helper()
	root, err := sign.NewRoot("〇〇市", 1, at)
	if err != nil {
		t.Fatal(err)
	}
	seal, err := sign.NewSeal("〇〇市", 1, at, root)
	if err != nil {
		t.Fatal(err)
	}
	return house{root, seal, at}
}

func (h house) put(t testing.TB, file []byte, at time.Time, stamp func([]byte) ([]byte, error)) []byte {
	t.Helper()
	out, err := sign.Put(file, h.seal, words, at, stamp)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSignedFile(t *testing.T) {
	t.Parallel()
	now := time.Now().Truncate(time.Second)
	h := newHouse(t, now)
	before := paper(t, now)
	out := h.put(t, before, now, nil)
	pdftest.Sound(t, out)
	pdftest.TrustedSig(t, out, h.root.Chain[0])
	if !bytes.HasPrefix(out, before) {
		t.Error("the file before the signature is not as it was")
	}
	s, err := sign.Read(out)
	if err != nil {
		t.Fatal(err)
	}
	if !s.Claimed.Equal(now) || s.Stamp != nil || s.Signer.Subject.CommonName != "〇〇市 記録の封印 1" {
		t.Errorf("%+v", s)
	}
	if err := s.Trusted(h.root.Chain); err != nil {
		t.Error(err)
	}
	if err := s.Trusted(newHouse(t, now).root.Chain); err == nil {
		t.Error("the root of another house is believed")
	}
	if _, err := sign.Read(before); !errors.Is(err, sign.ErrNone) {
		t.Errorf("a file without a signature: %v", err)
	}
}

// A root of somebody else is not taken by OpenSSL either, nor a file that was changed: the check is one.
func TestOpenSSLRefuses(t *testing.T) {
	t.Parallel()
	now := time.Now()
	h := newHouse(t, now)
	out := h.put(t, paper(t, now), now, nil)
	if said, ok := pdftest.OpenSSL(t, out, newHouse(t, now).root.Chain[0]); ok {
		t.Errorf("by another root: %s", said)
	}
	out[200] ^= 1
	if said, ok := pdftest.OpenSSL(t, out, h.root.Chain[0]); ok {
		t.Errorf("changed: %s", said)
	}
}

func lastXref(pdf []byte) string {
	return strings.Fields(string(pdf[bytes.LastIndex(pdf, []byte("startxref\n")):]))[1]
}

// Every kind of change is found, by us and by pdfsig.
func TestChangesAreFound(t *testing.T) {
	t.Parallel()
	now := time.Now()
	h := newHouse(t, now)
	out := h.put(t, paper(t, now), now, nil)
	flip := func(at int) []byte { b := bytes.Clone(out); b[at] ^= 1; return b }
	for _, at := range []int{200, len(out) / 3, bytes.Index(out, []byte("<pdf:Keywords>")) + 3} {
		if _, err := sign.Read(flip(at)); !errors.Is(err, sign.ErrChanged) {
			t.Errorf("byte %d changed: %v", at, err)
		}
	}
	if got := pdftest.Sig(t, flip(200)); !strings.Contains(got, "Digest Mismatch") {
		t.Errorf("pdfsig: %s", got)
	}
	for name, bad := range map[string][]byte{
		"bytes behind": append(bytes.Clone(out), "% more\n"...),
		"cut off":      out[:len(out)-3],
		"written to":   append(bytes.Clone(out), fmt.Sprintf("trailer\n<</Size 1/Root 1 0 R/Prev %s>>\nstartxref\n0\n%%%%EOF\n", lastXref(out))...),
		"other time":   bytes.Replace(out, []byte("/M (D:20"), []byte("/M (D:19"), 1),
		"other range":  bytes.Replace(out, []byte("/ByteRange [0 "), []byte("/ByteRange [0 1"), 1),
	} {
		if _, err := sign.Read(bad); err == nil || name == "written to" && !errors.Is(err, sign.ErrPart) {
			t.Errorf("%s: not found (%v)", name, err)
		}
	}
	at := bytes.LastIndex(out, []byte("/Contents <")) + len("/Contents <")
	end := at + len(bytes.TrimRight(out[at:at+8000], "0"))
	root := hex.AppendEncode(nil, h.root.Chain[0].Raw) // only comes along: who checks brings the root that is believed
	from := bytes.Index(out, root)
	for i := at; i < end-1; i += 37 { // in the signature itself
		if i >= from && i < from+len(root) {
			continue
		}
		if _, err := sign.Read(flip(i)); err == nil {
			t.Errorf("digit %d of the signature changed: not found", i-at)
		}
	}
}

// A certificate that ran out makes no signature wrong that was given before; one given after is not believed.
func TestCertificatesRunOut(t *testing.T) {
	t.Parallel()
	then := time.Now().AddDate(-sign.SealYears-1, 0, 0)
	h := newHouse(t, then)
	for _, c := range []struct {
		name string
		at   time.Time
		good bool
	}{
		{"in time", then.AddDate(1, 0, 0), true},
		{"after the end", then.AddDate(sign.SealYears, 0, 1), false},
		{"before the beginning", then.AddDate(0, 0, -1), false},
	} {
		s, err := sign.Read(h.put(t, paper(t, c.at), c.at, nil))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Trusted(h.root.Chain); (err == nil) != c.good {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func ask(t testing.TB, tsa *pdftest.TSA, nonce int64) func([]byte) ([]byte, error) {
	return func(value []byte) ([]byte, error) {
		q, err := sign.StampRequest(value, big.NewInt(7))
		if err != nil {
			return nil, err
		}
		r, err := http.Post(tsa.URL, "application/timestamp-query", bytes.NewReader(q))
		if err != nil {
			return nil, err
		}
		defer func() { _ = r.Body.Close() }()
		answer, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		token, _, err := sign.StampResponse(answer, value, big.NewInt(nonce))
		return token, err
	}
}

func TestTimeStamp(t *testing.T) {
	t.Parallel()
	now := time.Now()
	h := newHouse(t, now)
	for name, changes := range map[string][]string{"all fields": nil, "no accuracy": {"accuracy = secs:1\n", ""}, "fractions": {"accuracy = secs:1\n", "accuracy = millisecs:500, microsecs:100\n"},
		"ordered, no accuracy": {"accuracy = secs:1\n", "", "ordering = no", "ordering = yes"}, "named, no accuracy": {"accuracy = secs:1\n", "", "tsa_name = no", "tsa_name = yes"}} {
		t.Run(name, func(t *testing.T) { timeStamp(t, now, h, pdftest.NewTSA(t, nil, changes...)) })
	}
}

func timeStamp(t *testing.T, now time.Time, h house, tsa *pdftest.TSA) {
	out := h.put(t, paper(t, now), now.AddDate(0, 0, -9), ask(t, tsa, 7))
	pdftest.Sound(t, out)
	pdftest.TrustedSig(t, out, h.root.Chain[0])
	s, err := sign.Read(out)
	if err != nil || s.Stamp == nil || s.StampFail != nil {
		t.Fatalf("%+v %v", s, err)
	}
	if d := s.Time().Sub(now).Abs(); d > time.Minute {
		t.Errorf("the time stamp is %v away", d)
	}
	if err := s.Trusted(h.root.Chain); err != nil { // at the proven time, not at the claimed one, which is before the certificate
		t.Error(err)
	}
	if err := s.Stamp.Trusted([]*x509.Certificate{tsa.Root}); err != nil {
		t.Error(err)
	}
	if err := s.Stamp.Trusted(h.root.Chain); err == nil {
		t.Error("our root vouches for the time-stamp authority")
	}
}

func TestWrongTimeStamps(t *testing.T) {
	t.Parallel()
	now := time.Now()
	h := newHouse(t, now)
	file := paper(t, now)
	good := pdftest.NewTSA(t, nil)
	for name, stamp := range map[string]func([]byte) ([]byte, error){
		"another request": ask(t, good, 8),
		"another value":   func([]byte) ([]byte, error) { return ask(t, good, 7)([]byte("x")) },
		"garbage":         ask(t, pdftest.NewTSA(t, func([]byte) []byte { return []byte("no") }), 7),
		"refused":         ask(t, pdftest.NewTSA(t, func([]byte) []byte { return []byte{0x30, 5, 0x30, 3, 2, 1, 2} }), 7),
		"changed": ask(t, pdftest.NewTSA(t, func(b []byte) []byte {
			b[len(b)-1] ^= 1
			return b
		}), 7),
	} {
		out, err := sign.Put(file, h.seal, words, now, stamp)
		if name == "another value" && err == nil { // a token that is right and stands on a signature it was not made for
			s, err := sign.Read(out)
			if err != nil || s.Stamp != nil || s.StampFail == nil {
				t.Errorf("%s: %+v %v", name, s, err)
			}
			continue
		}
		if err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
