package app

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/audit"
	"kasane/internal/cases"
	"kasane/internal/config"
	"kasane/internal/demo"
	"kasane/internal/files"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/store"
)

// evidence has one case with n sheets in a data folder, sealed with the keys of cfg.
func evidence(t *testing.T, cfg config.Config, n int) (clerk access.Actor, ids []string) {
	t.Helper()
	ctx := context.Background()
	st, err := store.Open(ctx, store.Options{DataDir: cfg.DataDir, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if err := demo.Seed(ctx, st, papers.New(pdf.New(pdf.Options{})), time.Now()); err != nil {
		t.Fatal(err)
	}
	list, err := st.ListMunicipalities(ctx)
	if err != nil {
		t.Fatal(err)
	}
	clerk = access.Actor{Tenant: list[0].ID, UserID: "u1", AgencyID: "a1", Roles: []access.Role{access.RoleSecretariat}}
	cased, err := st.Cases(ctx, access.ScopeOf(clerk), cases.Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	keys, err := fileRing(cfg, files.LoadRing)
	if err != nil {
		t.Fatal(err)
	}
	s := files.New(st, keys, time.Now)
	for i := range n {
		f, err := s.Put(ctx, clerk, files.Upload{CaseID: cased[0].ID, Purpose: files.PurposeEvidence, Name: "同意書.pdf", Bytes: sheet(i)})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, f.ID)
	}
	return clerk, ids
}

func sheet(i int) []byte { return fmt.Appendf(nil, "%%PDF-1.4\n%%%d\ntrailer<<>>\n%%%%EOF\n", i) }

// opened counts the sheets that come back whole with the keys of cfg.
func opened(t *testing.T, cfg config.Config, clerk access.Actor, ids []string) (n int) {
	t.Helper()
	ctx := context.Background()
	st, err := store.Open(ctx, store.Options{DataDir: cfg.DataDir, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	keys, err := fileRing(cfg, files.LoadRing)
	if err != nil {
		t.Fatal(err)
	}
	s := files.New(st, files.NewTowns(st, keys, time.Now), time.Now)
	for i, id := range ids {
		if _, b, err := s.Get(ctx, clerk, id); err == nil && bytes.Equal(b, sheet(i)) {
			n++
		}
	}
	return n
}

func says(t *testing.T, wantCode int, want string, args ...string) string {
	t.Helper()
	code, out := run(t, args...)
	if code != wantCode || !strings.Contains(out, want) {
		t.Errorf("kasane %s: %d %s\nwant %d 「%s」", strings.Join(args, " "), code, out, wantCode, want)
	}
	return out
}

func TestKeysInTheDataFolder(t *testing.T) {
	t.Parallel()
	cfg := config.Config{DataDir: t.TempDir()}
	says(t, exitFail, "鍵を読めません", "keys", "--data", cfg.DataDir)
	says(t, exitFail, "鍵を読めません", "keys", "rotate", "--data", cfg.DataDir)
	if left, _ := os.ReadDir(cfg.DataDir); len(left) != 0 {
		t.Fatal("looking made files", left)
	}
	clerk, ids := evidence(t, cfg, 3)
	says(t, exitOK, "証憑 3 件", "keys", "--data", cfg.DataDir)
	says(t, exitUsage, "「keys burn」という命令はありません", "keys", "burn")
	old, err := files.ReadRing(cfg.DataDir)
	if err != nil {
		t.Fatal(err)
	}
	says(t, exitOK, "証憑 3 件と", "keys", "rotate", "--data", cfg.DataDir)
	out := says(t, exitOK, "前の鍵 "+old.IDs()[0].String()+"  証憑 0 件", "keys", "--data", cfg.DataDir)
	if !strings.Contains(out, "証憑 3 件") {
		t.Error(out)
	}
	if n := opened(t, cfg, clerk, ids); n != 3 {
		t.Errorf("%d of 3 open after the change", n)
	}
	says(t, exitOK, "だけになりました", "keys", "drop", "--data", cfg.DataDir)
	if ring, err := files.ReadRing(cfg.DataDir); err != nil || len(ring.IDs()) != 1 || ring.IDs()[0] == old.IDs()[0] {
		t.Error(err)
	}
	if n := opened(t, cfg, clerk, ids); n != 3 {
		t.Errorf("%d of 3 open with the new key alone", n)
	}
	if code, out := run(t, "verify", "--data", cfg.DataDir); code != exitOK {
		t.Error(out)
	}
	t.Run("stopped in the middle", func(t *testing.T) {
		before, err := files.AddKey(cfg.DataDir) // all that rotate had done
		if err != nil {
			t.Fatal(err)
		}
		says(t, exitFail, "先に kasane keys rotate", "keys", "drop", "--data", cfg.DataDir)
		says(t, exitOK, "証憑 3 件と認証アプリの鍵 0 件を新しい鍵 "+before.IDs()[0].String(), "keys", "rotate", "--data", cfg.DataDir)
	})
	t.Run("one municipality alone", func(t *testing.T) {
		was := townKeysOf(t, cfg, clerk.Tenant)
		says(t, exitFail, "という市町村はありません", "keys", "rotate", "--data", cfg.DataDir, "--municipality", "どこか市")
		says(t, exitOK, "証憑 3 件と認証アプリの鍵 0 件を重ね市 の新しい鍵で", "keys", "rotate", "--data", cfg.DataDir, "--municipality", "重ね市")
		now := townKeysOf(t, cfg, clerk.Tenant)
		if len(now) != len(was)+1 || opened(t, cfg, clerk, ids) != 3 {
			t.Errorf("%d keys, then %d; %d of 3 open", len(was), len(now), opened(t, cfg, clerk, ids))
		}
		says(t, exitOK, "外しました", "keys", "drop", "--data", cfg.DataDir)
		if now := townKeysOf(t, cfg, clerk.Tenant); len(now) != 1 || opened(t, cfg, clerk, ids) != 3 {
			t.Errorf("%d keys; %d of 3 open", len(now), opened(t, cfg, clerk, ids))
		}
	})
	t.Run("a key is gone", func(t *testing.T) {
		file := filepath.Join(cfg.DataDir, "keys", "files.key")
		if err := os.WriteFile(file, []byte(base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{1}, 32))), 0o600); err != nil {
			t.Fatal(err)
		}
		says(t, exitOK, "手元にない鍵", "keys", "--data", cfg.DataDir)
		says(t, exitFail, "開けませんでした", "keys", "rotate", "--data", cfg.DataDir)
		says(t, exitFail, "先に kasane keys rotate", "keys", "drop", "--data", cfg.DataDir)
	})
}

// With the key in the environment, servers keep running: new key beside the old one, everything sealed again, old key away. The audit log, whose key is
// drawn from the oldest file key, goes on under the same signature when the operator does as told.
func TestKeysOfSeveralServers(t *testing.T) {
	t.Parallel()
	cfg := config.Config{DataDir: t.TempDir()}
	key := func() string { return strings.TrimSpace(says(t, exitOK, "=", "keys", "new")) }
	env := map[string]string{}
	runs := func(wantCode int, want string, args ...string) string {
		t.Helper()
		var b bytes.Buffer
		code := Main(context.Background(), Process{Args: append(args, "--data", cfg.DataDir), Out: &b, Err: &b,
			Lookup: func(name string) (string, bool) { v, ok := env[name]; return v, ok }})
		if code != wantCode || !strings.Contains(b.String(), want) {
			t.Errorf("kasane %s: %d %s\nwant %d 「%s」", strings.Join(args, " "), code, &b, wantCode, want)
		}
		return b.String()
	}
	first, second := key(), key()
	if first == second {
		t.Fatal("the same key twice")
	}
	use := func(v string) { env["KASANE_FILE_KEY"], cfg.FileKey = v, v }
	use(first)
	clerk, ids := evidence(t, cfg, 2)
	runs(exitFail, "先頭に加えてください", "keys", "rotate")
	use(first + "," + second) // every server knows the new key before one seals with it
	runs(exitOK, "2 件", "keys")
	use(second + "," + first)
	if n := opened(t, cfg, clerk, ids); n != 2 {
		t.Errorf("%d of 2 open with both keys", n)
	}
	runs(exitFail, "先に kasane keys rotate", "keys", "drop")
	runs(exitOK, "証憑 2 件と", "keys", "rotate")
	runs(exitOK, "先頭の鍵", "keys", "drop")
	use(second)
	if n := opened(t, cfg, clerk, ids); n != 2 {
		t.Errorf("%d of 2 open with the new key alone", n)
	}

	signs := func(c config.Config) audit.PublicKey {
		t.Helper()
		c.DatabaseURL = "postgres://db/kasane" // on PostgreSQL the audit key is drawn from the file key
		s, err := openSigner(c)
		if err != nil {
			t.Fatal(err)
		}
		return s.Public()
	}
	was := signs(config.Config{FileKey: first})
	if signs(config.Config{FileKey: second + "," + first}).String() != was.String() {
		t.Error("a new key in front changed the signature of the audit log")
	}
	var told bytes.Buffer
	k := keeper{Process: Process{Out: &told, Err: &told}, cfg: config.Config{DatabaseURL: "postgres://db/kasane", FileKey: second + "," + first}}
	if k.ring, _ = files.ParseRing(k.cfg.FileKey); k.drop(context.Background()) != exitOK {
		t.Fatal(told.String())
	}
	_, after, ok := strings.Cut(told.String(), "KASANE_AUDIT_KEY=")
	if !ok || signs(config.Config{FileKey: second, AuditKey: strings.TrimSpace(after)}).String() != was.String() {
		t.Error("the key the operator is told does not continue the signature: ", told.String())
	}
}

// townKeysOf are the keys of a municipality's files.
func townKeysOf(t *testing.T, cfg config.Config, tenant string) []files.TownKey {
	t.Helper()
	st, err := store.Open(context.Background(), store.Options{DataDir: cfg.DataDir, ReadOnly: true, Now: time.Now})
	must(t, err)
	defer st.Close()
	list, err := st.TownKeys(context.Background(), tenant)
	must(t, err)
	return list
}
