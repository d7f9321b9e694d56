package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/backup"
	"kasane/internal/config"
	"kasane/internal/demo"
	"kasane/internal/files"
	"kasane/internal/live"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// site is an installation on one engine.
type site struct {
	t   *testing.T
	env map[string]string
	dir string
	cfg config.Config
}

// newSite names a fresh place; on PostgreSQL the database is as template says.
func newSite(t *testing.T, url, fileKey string) site {
	t.Helper()
	x := site{t: t, env: map[string]string{}, dir: t.TempDir()}
	if url != "" {
		x.env["DATABASE_URL"], x.env["KASANE_FILE_KEY"] = url, fileKey
	}
	var code int
	if x.cfg, code = (Process{Lookup: x.lookup, Err: io.Discard}).configure("verify", []string{"--data", x.dir}); code != exitOK {
		t.Fatal(code)
	}
	return x
}

func (x site) lookup(name string) (string, bool) { v, ok := x.env[name]; return v, ok }

// run runs a command of this installation.
func (x site) run(command string, args ...string) (code int, out string) {
	var b bytes.Buffer
	code = Main(context.Background(), Process{Args: slices.Concat(strings.Fields(command), []string{"--data", x.dir}, args), Lookup: x.lookup, Out: &b, Err: &b, Version: "test"})
	return code, b.String()
}

func (x site) open() *store.Store {
	x.t.Helper()
	if _, err := fileRing(x.cfg, files.LoadRing); err != nil {
		x.t.Fatal(err)
	}
	signer, err := openSigner(x.cfg)
	if err != nil {
		x.t.Fatal(err)
	}
	heads := openHeads(x.dir, slog.New(slog.DiscardHandler))
	st, err := store.Open(context.Background(), store.Options{DataDir: x.dir, DatabaseURL: x.cfg.DatabaseURL, Now: time.Now, Signer: signer, Signed: heads.signed})
	if err != nil {
		x.t.Fatal(err)
	}
	x.t.Cleanup(func() { _ = st.Close() })
	return st
}

// rows is what a database holds, as one stream without its head.
func (x site) rows() []byte {
	x.t.Helper()
	st, err := store.Open(context.Background(), store.Options{DataDir: x.dir, DatabaseURL: x.cfg.DatabaseURL, ReadOnly: true, Now: time.Now})
	if err != nil {
		x.t.Fatal(err)
	}
	defer func() { _ = st.Close() }()
	var l lines
	if err := st.Dump(context.Background(), "test", &l); err != nil {
		x.t.Fatal(err)
	}
	return l.Bytes()
}

// lines is a sink that writes everything down but the head.
type lines struct{ bytes.Buffer }

func (l *lines) Begin(backup.Head) error { return nil }
func (l *lines) File(backup.File) error  { return nil }
func (l *lines) Table(t backup.Table) error {
	fmt.Fprintf(l, "\n%s %s\n", t.Name, t.Columns)
	return nil
}
func (l *lines) Row(r []any) error { fmt.Fprintf(l, "%q\n", r); return nil }

const drillKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

// A drill: a meeting is written in while the backup is taken, the installation is lost, the backup is brought back on either engine. Whatever was 保存済み before the
// backup began is there, the log has no gap, the audit log verifies. Records are in TestCopyThereAndBack: their
// papers take long to print.
func TestBackupDrill(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, from, to string }{{"SQLite", "sqlite", "sqlite"}, {"PostgreSQL to SQLite", "postgres", "sqlite"}, {"SQLite to PostgreSQL", "sqlite", "postgres"}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			url := map[string]string{}
			if c.from == "postgres" {
				url["from"] = storetest.Options(t, "postgres").DatabaseURL
			}
			if c.to == "postgres" {
				url["to"] = storetest.Empty(t)
			}
			drill(t, newSite(t, url["from"], drillKey), newSite(t, url["to"], ""))
		})
	}
}

func drill(t *testing.T, from, to site) {
	ctx := context.Background()
	key := filepath.Join(t.TempDir(), "away.key")
	code, out := from.run("backup-key", "--out", key)
	public := strings.TrimSpace(out[strings.LastIndex(strings.TrimSpace(out), "\n")+1:])
	if code != exitOK || !strings.HasPrefix(public, "age1") {
		t.Fatalf("%d %s", code, out)
	}
	st := from.open()
	w := startWriter(t, st)
	w.wait(3)
	before := w.saved()
	file := filepath.Join(t.TempDir(), "kasane.backup")
	if code, out := from.run("backup", "--out", file, "--to", public); code != exitOK {
		t.Fatalf("%d %s", code, out)
	}
	w.wait(before + 3) // it was written all the while
	w.stop()
	if raw, err := os.ReadFile(file); err != nil || bytes.Contains(raw, []byte("架空市")) || bytes.Contains(raw, []byte("files.key")) {
		t.Errorf("in clear: %v", err)
	}

	to.env["KASANE_BACKUP_TO"] = public
	if code, out = to.run("restore", "--from", file, "--key", key); code != exitOK || !strings.Contains(out, "後で受けた同意の撤回") || strings.Contains(out, "×") {
		t.Fatalf("%d %s", code, out)
	}
	if to.cfg.DatabaseURL != "" {
		to.takeKeys()
	}
	want, err := fileRing(from.cfg, files.ReadRing)
	if err != nil {
		t.Fatal(err)
	}
	if have, err := fileRing(to.cfg, files.ReadRing); err != nil || !slices.Equal(have.IDs(), want.IDs()) {
		t.Errorf("the keys of the evidence files are not back: %v", err)
	}
	back := to.open()
	got, err := back.Since(ctx, w.tenant, w.doc, 0)
	if err != nil || len(got) < before || len(got) > w.saved() {
		t.Errorf("%d rows are back; %d were saved before, %d at the end; %v", len(got), before, w.saved(), err)
	}
	for i, r := range got {
		if r.Seq != int64(i)+1 || string(r.Update) != w.row(i) {
			t.Fatalf("row %d is %d %q", i+1, r.Seq, r.Update)
		}
	}
	refusals(t, to, file, key)
}

// takeKeys does what the operator is told: the keys become settings.
func (x *site) takeKeys() {
	x.t.Helper()
	raw, err := os.ReadFile(filepath.Join(x.dir, keysEnv))
	if err != nil {
		x.t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		x.env[name] = value
	}
	x.cfg.FileKey, x.cfg.AuditKey = x.env["KASANE_FILE_KEY"], x.env["KASANE_AUDIT_KEY"]
	if code, out := x.run("keys"); code != exitOK || x.cfg.AuditKey == "" {
		x.t.Errorf("the keys: %d %s", code, out)
	}
}

// refusals: what is there is never written over, and what cannot be read changes nothing.
func refusals(t *testing.T, there site, file, key string) {
	t.Helper()
	before := there.rows()
	if code, out := there.run("restore", "--from", file, "--key", key); code != exitFail || !strings.Contains(out, "何も変えていません") {
		t.Errorf("over a database: %d %s", code, out)
	}
	empty := newSite(t, "", "")
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(t.TempDir(), "cut")
	if err := os.WriteFile(cut, raw[:len(raw)*3/4], 0o600); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "other.key")
	if code, out := empty.run("backup-key", "--out", other); code != exitOK {
		t.Fatalf("%d %s", code, out)
	}
	for name, args := range map[string][]string{"cut off": {"--from", cut, "--key", key}, "another key": {"--from", file, "--key", other}, "no file": {"--from", cut + "x", "--key", key}, "no backup": {"--from", key, "--key", key}} {
		code, out := empty.run("restore", args...)
		left, err := os.ReadDir(empty.dir)
		if code != exitFail || !strings.Contains(out, "何も変えていません") || err != nil || len(leftovers(left)) > 0 {
			t.Errorf("%s: %d %s %v %v", name, code, out, left, err)
		}
	}
	strange := newSite(t, storetest.Empty(t), "HRwbGhkYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgEAHx4=")
	if code, out := strange.run("restore", "--from", file, "--key", key); code != exitFail || !strings.Contains(out, "KASANE_FILE_KEY") || !strings.Contains(out, "何も変えていません") {
		t.Errorf("with other keys in the settings: %d %s", code, out)
	}
	blocked := newSite(t, "", "")
	must(t, os.WriteFile(filepath.Join(blocked.dir, "keys"), nil, 0o600)) // where the folder of the keys should be
	code, out := blocked.run("restore", "--from", file, "--key", key)
	if left, err := os.ReadDir(blocked.dir); code != exitFail || !strings.Contains(out, "何も変えていません") || err != nil || !slices.Equal(leftovers(left), []string{"keys"}) {
		t.Errorf("no place for the keys: %d %s %v", code, out, left)
	}
	if !bytes.Equal(before, there.rows()) {
		t.Error("a refusal changed something")
	}
}

// leftovers are the files that are not the lock.
func leftovers(list []os.DirEntry) (out []string) {
	for _, d := range list {
		if d.Name() != "kasane.lock" {
			out = append(out, d.Name())
		}
	}
	return out
}

// Copied to the other engine and back, everything is the same: every row of every table, every file, and the log still verifies.
func TestCopyThereAndBack(t *testing.T) {
	t.Parallel()
	a := newSite(t, "", "")
	st := a.open()
	ctx := context.Background()
	if err := demo.Seed(ctx, st, papers.New(pdf.New(pdf.Options{})), time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := st.SequenceWaiting(ctx); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	url := storetest.Empty(t)
	a.env["KASANE_COPY_TO"] = url
	if code, out := a.run("copy"); code != exitOK || !strings.Contains(out, keysEnv) {
		t.Fatalf("%d %s", code, out)
	}
	b := newSite(t, url, "")
	b.dir = a.dir
	b.cfg.DataDir = a.dir
	b.takeKeys()
	want := a.rows()
	if got := b.rows(); !bytes.Equal(want, got) {
		t.Error("on PostgreSQL it is not the same")
	}
	if code, out := b.run("verify"); code != exitOK {
		t.Errorf("%d %s", code, out)
	}
	c := newSite(t, "", "")
	if code, out := b.run("copy", "--to-data", c.dir); code != exitOK {
		t.Fatalf("%d %s", code, out)
	}
	if got := c.rows(); !bytes.Equal(want, got) {
		t.Error("back on SQLite it is not the same")
	}
	if code, out := c.run("verify"); code != exitOK || strings.Contains(out, "鍵が見つからない") {
		t.Errorf("%d %s", code, out)
	}
	if code, out := b.run("copy", "--to-data", c.dir); code != exitFail || !strings.Contains(out, "何も残していません") {
		t.Errorf("over a database: %d %s", code, out)
	}
	for _, args := range [][]string{nil, {"--to-data", t.TempDir()}} {
		if code, _ := a.run("copy", args...); (code == exitUsage) != (len(args) > 0) { // with KASANE_COPY_TO: two places named
			t.Errorf("%v: %d", args, code)
		}
	}
}

// The backup opens without Kasane, by the program age, when it is there: the form is that of its specification.
func TestBackupOpensWithoutKasane(t *testing.T) {
	t.Parallel()
	a := newSite(t, "", "")
	if err := a.open().Close(); err != nil {
		t.Fatal(err)
	}
	key, file := filepath.Join(t.TempDir(), "k"), filepath.Join(t.TempDir(), "b")
	_, out := a.run("backup-key", "--out", key)
	public := out[strings.Index(out, "age1"):]
	a.env["KASANE_BACKUP_TO"] = public
	if code, out := a.run("backup", "--out", file); code != exitOK {
		t.Fatalf("%d %s", code, out)
	}
	raw, err := os.ReadFile(file)
	if err != nil || !bytes.HasPrefix(raw, []byte("age-encryption.org/v1\n-> X25519 ")) {
		t.Fatalf("%v %.60q", err, raw)
	}
	if sum, err := exec.Command("sha256sum", file).Output(); err != nil || len(sum) < 64 {
		t.Fatal(err)
	}
	if code, out := a.run("backup", "--out", filepath.Join(t.TempDir(), "no", "such", "place")); code != exitFail || !strings.Contains(out, "置き場所") {
		t.Errorf("%d %s", code, out)
	}
	delete(a.env, "KASANE_BACKUP_TO")
	if code, out := a.run("backup"); code != exitFail || !strings.Contains(out, "kasane backup-key") {
		t.Errorf("in clear: %d %s", code, out)
	}
	if code, out := a.run("backup-key", "--out", key); code != exitFail || !strings.Contains(out, "上書きはしません") {
		t.Errorf("over a key: %d %s", code, out)
	}
}

// writer types into a document without a pause.
type writer struct {
	t           *testing.T
	tenant, doc string
	n           chan int // how many rows are saved
	done        chan struct{}
	ended       chan struct{}
}

func startWriter(t *testing.T, st *store.Store) *writer {
	t.Helper()
	ctx := context.Background()
	w := &writer{t: t, tenant: "drill", doc: "d1", n: make(chan int, 1), done: make(chan struct{}), ended: make(chan struct{})}
	storetest.NewWorld(t, st, w.tenant)
	w.n <- 0
	go func() {
		defer close(w.ended)
		for i := 0; ; i++ {
			select {
			case <-w.done:
				return
			default:
			}
			out, err := st.AppendDocs(ctx, []live.Batch{{Tenant: w.tenant, DocID: w.doc, Epoch: 1, Rows: []live.Row{{Update: []byte(w.row(i)), ActorID: "u"}}}})
			if err != nil || out[0].Err != nil {
				t.Errorf("row %d: %v %v", i, err, out)
				return
			}
			<-w.n
			w.n <- i + 1
			time.Sleep(time.Millisecond)
		}
	}()
	return w
}

func (w *writer) row(i int) string { return fmt.Sprintf("row %d", i) }

func (w *writer) saved() int { n := <-w.n; w.n <- n; return n }

func (w *writer) wait(n int) {
	w.t.Helper()
	for end := time.Now().Add(time.Minute); w.saved() < n; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			w.t.Fatal("the writer stands still")
		}
	}
}

func (w *writer) stop() { close(w.done); <-w.ended }
