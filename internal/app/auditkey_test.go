package app

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kasane/internal/archive"
	"kasane/internal/audit"
	"kasane/internal/demo"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/store"
)

// run runs a command without any variable of the environment.
func run(t *testing.T, args ...string) (code int, out string) {
	t.Helper()
	var b bytes.Buffer
	code = Main(context.Background(), Process{Args: args, Lookup: func(string) (string, bool) { return "", false }, Out: &b, Err: &b})
	return code, b.String()
}

// A whole life: the key is made at the first start, an old paper shows that the log went on from it, a log cut off and signed anew is found by the
// data folder's note and by the paper, whoever holds the key.
func TestVerifyFromOutside(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg, code := Process{Args: nil, Lookup: func(string) (string, bool) { return "", false }, Err: io.Discard}.configure("verify", []string{"--data", dir})
	if code != exitOK {
		t.Fatal(code)
	}
	if code, out := run(t, "audit-key", "--data", dir); code != exitFail || !strings.Contains(out, "最初の起動") {
		t.Errorf("%d %s", code, out)
	}
	signer, err := openSigner(cfg)
	if err != nil {
		t.Fatal(err)
	}
	noted := openHeads(dir, slog.New(slog.DiscardHandler))
	st, err := store.Open(context.Background(), store.Options{DataDir: dir, Now: time.Now, Signer: signer, Signed: noted.signed})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if err := demo.Seed(ctx, st, papers.New(pdf.New(pdf.Options{})), time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := st.SequenceWaiting(ctx); err != nil {
		t.Fatal(err)
	}
	if err := noted.flush(); err != nil {
		t.Fatal(err)
	}
	var sheet []byte // a sealed record of the demo
	err = st.AtOneMoment(ctx, func(src archive.Source) error {
		list, err := src.ListMunicipalities(ctx)
		if err != nil {
			return err
		}
		return src.EachRecord(ctx, list[0].ID, func(k archive.Kept) error { sheet = k.File; return nil })
	})
	if err != nil || len(sheet) == 0 {
		t.Fatal(err, len(sheet))
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	paper := filepath.Join(t.TempDir(), "old.pdf")
	if err := os.WriteFile(paper, sheet, 0o600); err != nil {
		t.Fatal(err)
	}
	_, key := run(t, "audit-key", "--data", dir)
	if key = strings.TrimSpace(key); key != signer.Public().String() {
		t.Fatalf("the public key %q", key)
	}
	point, _, err := checkpointOf(paper)
	if err != nil || point.Size == 0 || !(audit.Keys{signer.Public()}).Signed(tenantOf(t, dir), point) {
		t.Fatalf("the paper's checkpoint: %+v %v", point, err)
	}
	good := [][]string{{"verify", "--data", dir}, {"verify", "--data", dir, "--checkpoint", paper}, {"verify", "--data", dir, "--key", key, "--checkpoint", point.Short()},
		{"verify", "--data", dir, "--checkpoint", point.String()}}
	for _, args := range good {
		if code, out := run(t, args...); code != exitOK || !strings.Contains(out, "続きです") {
			t.Errorf("%v: %d %s", args, code, out)
		}
	}
	forged := point
	forged.Root[0] ^= 1
	for name, c := range map[string]string{"another history": forged.Short(), "a signature moved": forged.String()} {
		if code, out := run(t, "verify", "--data", dir, "--checkpoint", c); code != exitFail || !strings.Contains(out, "到達点") {
			t.Errorf("%s: %d %s", name, code, out)
		}
	}
	for _, args := range [][]string{{"verify", "--data", dir, "--checkpoint", "x"}, {"verify", "--data", dir, "--key", "x"}, {"verify", "--data", dir, "--checkpoint", filepath.Join(dir, "kasane.db")}} {
		if code, out := run(t, args...); code != exitFail || !strings.Contains(out, "渡して") {
			t.Errorf("%v: %d %s", args, code, out)
		}
	}
	// An empty database in its place: the note of the data folder tells.
	if err := os.Remove(filepath.Join(dir, "kasane.db")); err != nil {
		t.Fatal(err)
	}
	st, err = store.Open(ctx, store.Options{DataDir: dir, Now: time.Now, Signer: signer})
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if code, out := run(t, "verify", "--data", dir); code != exitFail || !strings.Contains(out, "すべて失われています") {
		t.Errorf("an empty database: %d %s", code, out)
	}
}

func tenantOf(t *testing.T, dir string) string {
	t.Helper()
	as, err := readHeads(dir)
	if err != nil || len(as) != 1 {
		t.Fatal(as, err)
	}
	for tenant := range as {
		return tenant
	}
	return ""
}
