package seal_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kasane/internal/fault"
	"kasane/internal/pdf"
	"kasane/internal/pdf/pdfa"
	"kasane/internal/pdf/pdftest"
	"kasane/internal/pdf/sign"
	"kasane/internal/seal"
)

var engine = pdf.New(pdf.Options{})

// press prints the note of a record and nothing else, and counts.
func press(t testing.TB, times *int) func(string) ([]byte, error) {
	return func(note string) ([]byte, error) {
		*times++
		d, err := engine.Begin(context.Background(), pdf.Geometry{W: 210, H: 297, Left: 20, Right: 20, Top: 20, Bottom: 20})
		if err != nil {
			t.Fatal(err)
		}
		d.Heading(1, "会議録", pdf.Style{Size: 14})
		d.Para(note, pdf.Style{Size: 9})
		r, err := engine.Finish(context.Background(), d, pdf.Meta{Title: "会議録", Time: time.Unix(1_800_000_000, 0)})
		return r.PDF, err
	}
}

type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func create(t testing.TB, c *clock) (string, *seal.Authority) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "ca")
	a, err := seal.Create(dir, "〇〇市", c.at)
	if err != nil {
		t.Fatal(err)
	}
	return dir, a
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func put(t testing.TB, s *seal.Sealer) (seal.Sealed, string) {
	t.Helper()
	times := 0
	out, err := s.Seal(context.Background(), press(t, &times))
	if err != nil {
		t.Fatal(err)
	}
	pdftest.Sound(t, out.PDF)
	return out, pdftest.Ink(pdftest.Text(t, out.PDF))
}

func TestAuthorityLifeInAFolder(t *testing.T) {
	t.Parallel()
	c := &clock{time.Now()}
	dir, a := create(t, c)
	if list := a.Loose(); len(list) > 0 || a.Name() != "〇〇市" || len(a.Roots()) != 1 || len(a.Seals()) != 1 {
		t.Errorf("%v %s", list, a.Name())
	}
	if err := os.Chmod(filepath.Join(dir, "seal-0001.key"), 0o644); err != nil {
		t.Fatal(err)
	}
	if list := a.Loose(); len(list) != 1 {
		t.Errorf("a key everybody can read is not told: %v", list)
	}
	if _, err := seal.Create(dir, "〇〇市", c.at); !fault.Is(err, fault.Conflict) {
		t.Errorf("made over another: %v", err)
	}
	if _, err := seal.Create(t.TempDir(), " ", c.at); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a name: %v", err)
	}
	if _, err := seal.Open(t.TempDir()); !errors.Is(err, seal.ErrNone) {
		t.Error(err)
	}
	s := seal.NewSealer(dir, nil, c.now, quiet())
	old, _ := put(t, s)

	c.at = c.at.AddDate(4, 0, 0)
	if err := a.Renew(c.at, false, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "seal-0001.key")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the key that no longer signs is still there")
	}
	newer, text := put(t, s)
	if !strings.Contains(text, "記録の封印2") {
		t.Errorf("the new certificate does not sign: %s", text)
	}
	elsewhere := filepath.Join(t.TempDir(), "root.key")
	if err := os.Rename(filepath.Join(dir, "root-0001.key"), elsewhere); err != nil {
		t.Fatal(err)
	}
	if a.HasRootKey() {
		t.Error("the key of the root is told to be there")
	}
	if err := a.Renew(c.at, false, ""); !fault.Is(err, fault.NotFound) || !strings.Contains(fault.Message(err), "--root-key") {
		t.Errorf("without the key of the root: %v", err)
	}
	if err := a.Renew(c.at, false, filepath.Join(dir, "seal-0002.key")); !fault.Is(err, fault.Invalid) {
		t.Errorf("with another key: %v", err)
	}
	if err := a.Renew(c.at, false, elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := a.Renew(c.at, true, ""); err != nil {
		t.Fatal(err)
	}
	newest, _ := put(t, s)
	if a, err := seal.Open(dir); err != nil || len(a.Roots()) != 2 || len(a.Seals()) != 4 {
		t.Fatalf("%v", err)
	}
	for name, f := range map[string]seal.Sealed{"oldest": old, "newer": newer, "newest": newest} { // all of them go on being right
		if got := seal.Check(f.PDF, seal.Trust{Roots: a.Roots()}); !got.Known || got.Problem != "" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := seal.Check(newest.PDF, seal.Trust{Roots: a.Roots()[:1]}); got.Known || !strings.Contains(got.Problem, "ルート証明書") {
		t.Errorf("the old root vouches for the new one: %+v", got)
	}
}

// What a record says of its signature is so.
func TestWhatARecordSaysOfItsSignature(t *testing.T) {
	t.Parallel()
	c := &clock{time.Now()}
	dir, a := create(t, c)
	good := pdftest.NewTSA(t, nil)
	wrong := pdftest.NewTSA(t, func(b []byte) []byte { return b[:20] })
	gone, err := net.Listen("tcp", "127.0.0.1:0") // nobody listens there any more
	if err != nil {
		t.Fatal(err)
	}
	_ = gone.Close()
	late := &clock{c.at.AddDate(sign.SealYears, 1, 0)}
	for _, x := range []struct {
		name  string
		s     *seal.Sealer
		state seal.State
		says  []string
	}{
		{"no authority", seal.NewSealer(t.TempDir(), nil, c.now, quiet()), seal.None, []string{"電子署名：なし", "認証局が設定されて"}},
		{"signed", seal.NewSealer(dir, nil, c.now, quiet()), seal.Signed, []string{"電子署名：あり", "〇〇市記録の封印1", "時刻認証：なし"}},
		{"stamped", seal.NewSealer(dir, seal.NewTSA(good.URL, []*x509.Certificate{good.Root}, c.now), c.now, quiet()), seal.Stamped, []string{"電子署名：あり", "時刻認証：あり"}},
		{"TSA answers nonsense", seal.NewSealer(dir, seal.NewTSA(wrong.URL, nil, c.now), c.now, quiet()), seal.Unstamped, []string{"電子署名：あり", "時刻認証：なし", "応答が得られません"}},
		{"TSA is another one", seal.NewSealer(dir, seal.NewTSA(good.URL, a.Roots(), c.now), c.now, quiet()), seal.Unstamped, []string{"応答が得られません"}},
		{"TSA is gone", seal.NewSealer(dir, seal.NewTSA("http://"+gone.Addr().String(), nil, c.now), c.now, quiet()), seal.Unstamped, []string{"応答が得られません"}},
		{"run out", seal.NewSealer(dir, nil, late.now, quiet()), seal.Expired, []string{"電子署名：なし", "有効期間の外"}},
	} {
		out, text := put(t, x.s)
		if out.State != x.state || !out.State.Known() {
			t.Errorf("%s: %q, want %q", x.name, out.State, x.state)
		}
		for _, want := range x.says {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the record does not say %s: %s", x.name, want, text)
			}
		}
		got := seal.Check(out.PDF, seal.Trust{Roots: a.Roots(), TSARoots: []*x509.Certificate{good.Root}})
		if got.Signed != x.state.HasSignature() || got.Stamped != x.state.HasStamp() || got.Problem != "" || got.Known != got.Signed {
			t.Errorf("%s: %+v", x.name, got)
		}
	}
}

// An authority for time stamps that does not answer is not asked again at once.
func TestTSAIsLeftAlone(t *testing.T) {
	t.Parallel()
	c := &clock{time.Now()}
	dir, _ := create(t, c)
	tsa := pdftest.NewTSA(t, func(b []byte) []byte { return nil })
	s := seal.NewSealer(dir, seal.NewTSA(tsa.URL, nil, c.now), c.now, quiet())
	for range 3 {
		if out, _ := put(t, s); out.State != seal.Unstamped {
			t.Error(out.State)
		}
	}
	if tsa.Asked != 1 {
		t.Errorf("asked %d times", tsa.Asked)
	}
	c.at = c.at.Add(3 * time.Minute)
	put(t, s)
	if tsa.Asked != 2 {
		t.Errorf("asked %d times in all", tsa.Asked)
	}
}

// The same paper is the same before it is signed, whatever the signature.
func TestSameBytesBeforeTheSignature(t *testing.T) {
	t.Parallel()
	c := &clock{time.Now()}
	dir, _ := create(t, c)
	s := seal.NewSealer(dir, nil, c.now, quiet())
	first, _ := put(t, s)
	second, _ := put(t, s)
	if bytes.Equal(first.PDF, second.PDF) {
		t.Error("two signatures are the same: the test shows nothing")
	}
	a, err := pdfa.Unsealed(first.PDF)
	b, err2 := pdfa.Unsealed(second.PDF)
	if err != nil || err2 != nil || !bytes.Equal(a, b) {
		t.Errorf("%v %v", err, err2)
	}
}

func TestWithoutASealer(t *testing.T) {
	t.Parallel()
	times := 0
	out, err := (*seal.Sealer)(nil).Seal(context.Background(), press(t, &times))
	if err != nil || out.State != seal.Before || times != 1 {
		t.Errorf("%v %v %d", out.State, err, times)
	}
	broken := errors.New("printing")
	if _, err := seal.NewSealer(t.TempDir(), nil, time.Now, quiet()).Seal(context.Background(), func(string) ([]byte, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
}

// A command that was cut off between key and certificate leaves nothing in the way of the next one.
func TestAfterACrashOfRenewal(t *testing.T) {
	t.Parallel()
	c := &clock{time.Now()}
	dir, a := create(t, c)
	orphan := filepath.Join(dir, "seal-0002.key")
	if err := os.WriteFile(orphan, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := a.Renew(c.at, false, ""); err == nil || !strings.Contains(err.Error(), "1分") {
		t.Errorf("beside a command that runs: %v", err)
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(orphan, old, old); err != nil {
		t.Fatal(err)
	}
	if err := a.Renew(c.at, false, ""); err != nil {
		t.Fatal(err)
	}
	out, _ := put(t, seal.NewSealer(dir, nil, c.now, quiet()))
	if got := seal.Check(out.PDF, seal.Trust{Roots: a.Roots()}); out.State != seal.Signed || !got.Known || got.Problem != "" {
		t.Errorf("%s %+v", out.State, got)
	}
	if rest, _ := filepath.Glob(filepath.Join(dir, ".*")); len(rest) > 0 {
		t.Errorf("left over: %v", rest)
	}
}

// A stamp proves its time only by an authority that is believed.
func TestStampOfNobodyKnown(t *testing.T) {
	t.Parallel()
	c := &clock{time.Now()}
	dir, a := create(t, c)
	tsa, other := pdftest.NewTSA(t, nil), pdftest.NewTSA(t, nil)
	out, _ := put(t, seal.NewSealer(dir, seal.NewTSA(tsa.URL, nil, c.now), c.now, quiet()))
	for name, x := range map[string]struct {
		roots   []*x509.Certificate
		known   bool
		problem bool
		says    string
	}{
		"believed":     {[]*x509.Certificate{tsa.Root}, true, false, "存在したことが示されています"},
		"none given":   {nil, false, false, "時刻認証局のルート証明書が渡されていない"},
		"another one":  {[]*x509.Certificate{other.Root}, false, true, "信頼する時刻認証局のものではありません"},
		"ours instead": {a.Roots(), false, true, "信頼する時刻認証局のものではありません"},
	} {
		got := seal.Check(out.PDF, seal.Trust{Roots: a.Roots(), TSARoots: x.roots})
		if !got.Stamped || got.StampKnown != x.known || (got.Problem != "") != x.problem || !strings.Contains(got.Words, x.says) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestCheckTellsWhatIsWrong(t *testing.T) {
	t.Parallel()
	c := &clock{time.Now()}
	dir, a := create(t, c)
	out, _ := put(t, seal.NewSealer(dir, nil, c.now, quiet()))
	_, other := create(t, c)
	flipped := bytes.Clone(out.PDF)
	flipped[300] ^= 1
	for name, x := range map[string]struct {
		pdf  []byte
		by   seal.Trust
		says string
	}{
		"right":        {out.PDF, seal.Trust{Roots: a.Roots()}, "電子署名は正しく"},
		"no root":      {out.PDF, seal.Trust{}, "ルート証明書が渡されていない"},
		"other root":   {out.PDF, seal.Trust{Roots: other.Roots()}, "信頼するルート証明書のもとで"},
		"changed":      {flipped, seal.Trust{Roots: a.Roots()}, "変えられています"},
		"bytes behind": {append(bytes.Clone(out.PDF), " "...), seal.Trust{Roots: a.Roots()}, "書き足されています"},
	} {
		if got := seal.Check(x.pdf, x.by); !strings.Contains(got.Words, x.says) || (got.Problem == "") != (name == "right" || name == "no root") {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
