package app

import (
	"bytes"
	"context"
	"crypto/x509"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/demo"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/pdf/pdftest"
	"kasane/internal/seal"
	"kasane/internal/store"
)

// The authority by its commands.
func TestCACommands(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	folder := filepath.Join(dir, "keys", "ca")
	root := filepath.Join(t.TempDir(), "root.pem")
	for _, x := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"ca"}, exitFail, "kasane ca create"},
		{[]string{"ca", "export"}, exitFail, "認証局がありません"},
		{[]string{"ca", "create"}, exitUsage, "--name"},
		{[]string{"ca", "destroy"}, exitUsage, "という命令はありません"},
		{[]string{"ca", "create", "--name", "〇〇市"}, exitOK, "公表してください"},
		{[]string{"ca", "create", "--name", "〇〇市"}, exitFail, "もうあります"},
		{[]string{"ca", "show"}, exitOK, "認証局 〇〇市"},
		{[]string{"ca", "renew"}, exitOK, "署名用証明書 2"},
		{[]string{"ca", "renew", "--root"}, exitOK, "ルート証明書 2"},
		{[]string{"ca", "export", "--out", root}, exitOK, "2件"},
		{[]string{"ca", "export", "--out", root}, exitFail, "同じ名前"},
		{[]string{"ca", "export"}, exitOK, "BEGIN CERTIFICATE"},
	} {
		code, out := run(t, append(x.args, "--data", dir)...)
		if code != x.code || !strings.Contains(out, x.says) {
			t.Errorf("%v: %d %s", x.args, code, out)
		}
	}
	raw, err := os.ReadFile(root)
	if err != nil {
		t.Fatal(err)
	}
	if list, err := seal.Certificates(raw); err != nil || len(list) != 2 {
		t.Errorf("%v", err)
	}
	info, err := os.Stat(folder)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v %v", info.Mode(), err)
	}
	if err := os.Chmod(filepath.Join(folder, "root-0002.key"), 0o640); err != nil {
		t.Fatal(err)
	}
	if _, out := run(t, "ca", "--data", dir); !strings.Contains(out, "chmod 600") {
		t.Errorf("a key others can read: %s", out)
	}
}

// signedTown is a data folder with the records of the demo, each of them signed and stamped, and the root of the time-stamp authority in a file.
func signedTown(t *testing.T) (dir, tsaRoot string, root *x509.Certificate) {
	t.Helper()
	dir = t.TempDir()
	tsa := pdftest.NewTSA(t, nil)
	tsaRoot = filepath.Join(t.TempDir(), "tsa.pem")
	if err := os.WriteFile(tsaRoot, pdftest.PEM(tsa.Root), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, code := Process{Lookup: func(string) (string, bool) { return "", false }, Err: io.Discard}.configure("verify", []string{"--data", dir})
	if code != exitOK {
		t.Fatal(code)
	}
	cfg.TSAURL, cfg.TSARoots = tsa.URL, tsaRoot
	log := slog.New(slog.DiscardHandler)
	sealer, err := openSealer(cfg, log, time.Now, true)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := openSigner(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	st, err := store.Open(ctx, store.Options{DataDir: dir, Now: time.Now, Signer: signer})
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Seed(ctx, st, papers.New(pdf.New(pdf.Options{})), time.Now(), demo.SealedBy(sealer)); err != nil {
		t.Fatal(err)
	}
	if err := st.SequenceWaiting(ctx); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	a, err := seal.Open(caDir(cfg))
	if err != nil {
		t.Fatal(err)
	}
	return dir, tsaRoot, a.Roots()[0]
}

// What the records desk is told of the signature: of a record that is kept, and of a file that was changed.
func deskIsTold(t *testing.T, dir string, root *x509.Certificate) {
	t.Helper()
	ctx := context.Background()
	st, err := store.Open(ctx, store.Options{DataDir: dir, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.Close() }()
	var k archive.Kept
	err = st.AtOneMoment(ctx, func(src archive.Source) error {
		list, err := src.ListMunicipalities(ctx)
		if err != nil {
			return err
		}
		return src.EachRecord(ctx, list[0].ID, func(x archive.Kept) error { k = x; return nil })
	})
	if err != nil {
		t.Fatal(err)
	}
	desk := archive.NewService(st, time.Now)
	desk.Believe(func() archive.Trust { return archive.Trust{Signatures: seal.Trust{Roots: []*x509.Certificate{root}}} })
	who := access.Actor{Tenant: k.Tenant, UserID: "u", AgencyID: "a", Roles: []access.Role{access.RoleRecords}}
	m, err := desk.Match(ctx, who, k.FileSHA256, "")
	if err != nil || m.Signature == nil || !m.Signature.Known || !m.Signature.Stamped || m.Record.Signature != seal.Stamped.Label() {
		t.Errorf("a record that is kept: %+v %v", m, err)
	}
	spoiled := bytes.Clone(k.File)
	spoiled[500] ^= 1
	if m, err = desk.MatchFile(ctx, who, spoiled); err != nil || m.Outcome != archive.MatchAltered || m.Signature == nil || m.Signature.Problem == "" {
		t.Errorf("a file that was changed: %+v %v", m, err)
	}
	if m, err = desk.Match(ctx, who, archive.Sum(spoiled), k.Number); err != nil || m.Signature != nil {
		t.Errorf("only the hash of a changed file: %+v %v", m, err)
	}
	rep, err := desk.VerifyAll(ctx, who, k.ID)
	if err != nil || rep.Signature == nil || !rep.Signature.Known {
		t.Errorf("one record: %+v %v", rep, err)
	}
}

// The records of a town, from outside: by our commands, by pdfsig and qpdf, by the root that was published and by another one.
func TestSignedRecordsFromOutside(t *testing.T) {
	t.Parallel()
	dir, tsaRoot, root := signedTown(t)
	code, out := run(t, "verify", "--data", dir)
	if code != exitOK || !strings.Contains(out, "電子署名のある文書") || strings.Contains(out, "署名なし") || strings.Contains(out, "時刻認証 0件") {
		t.Errorf("%d %s", code, out)
	}
	deskIsTold(t, dir, root)
	to := filepath.Join(t.TempDir(), "out")
	if code, out := run(t, "export", "--data", dir, "--out", to); code != exitOK {
		t.Fatalf("%d %s", code, out)
	}
	packs, err := filepath.Glob(filepath.Join(to, "*"))
	if err != nil || len(packs) != 1 {
		t.Fatal(packs, err)
	}
	pack := packs[0]
	readme, err := os.ReadFile(filepath.Join(pack, "README.ja.txt"))
	if err != nil || !bytes.Contains(readme, []byte(seal.Print(root))) || bytes.Contains(readme, []byte("%!")) {
		t.Errorf("%v\n%s", err, readme)
	}
	inside := filepath.Join(pack, "data", "certificates", "root.pem")
	if raw, err := os.ReadFile(inside); err != nil || !bytes.Equal(raw, pdftest.PEM(root)) {
		t.Errorf("the root of the package: %v", err)
	}
	files, err := filepath.Glob(filepath.Join(pack, "data", "pdf", "*.pdf"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for i, f := range files {
		file, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if c := seal.Check(file, seal.Trust{Roots: []*x509.Certificate{root}}); c.Problem != "" || !c.Known || !c.Stamped {
			t.Errorf("%s: %+v", f, c)
		}
		if i < 2 { // the programs of others are slow to start
			pdftest.Sound(t, file)
			pdftest.TrustedSig(t, file, root)
			if text := pdftest.Ink(pdftest.Text(t, file)); !strings.Contains(text, "電子署名：あり") || !strings.Contains(text, "時刻認証：あり") {
				t.Errorf("%s does not say that it is signed", f)
			}
		}
	}
	stranger, err := seal.Create(filepath.Join(t.TempDir(), "ca"), "別の市", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "other.pem")
	if err := os.WriteFile(other, seal.PEM(stranger.Roots()...), 0o600); err != nil {
		t.Fatal(err)
	}
	empty := t.TempDir()
	for _, x := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--root", inside}, exitOK, "時刻認証をした者は確かめていません"},
		{[]string{"--root", inside, "--tsa-root", tsaRoot}, exitOK, "すべて確定時のままです"},
		{[]string{"--root", inside, "--tsa-root", other}, exitFail, "信頼する時刻認証局のものではありません"},
		{nil, exitOK, "包みの中のルート証明書で"},
		{[]string{"--root", other}, exitFail, "ルート証明書のもとで"},
		{[]string{"--root", filepath.Join(pack, "bagit.txt")}, exitFail, "証明書を読めません"},
	} {
		code, out := run(t, append([]string{"verify", "--package", pack, "--data", empty}, x.args...)...)
		if code != x.code || !strings.Contains(out, x.says) {
			t.Errorf("%v: %d %s", x.args, code, out)
		}
		if known := slices.Contains(x.args, tsaRoot); known && strings.Contains(out, "時刻認証をした者は確かめていません") {
			t.Errorf("%v: the authority is known: %s", x.args, out)
		}
	}
}
