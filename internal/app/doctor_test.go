package app

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kasane/internal/jptime"
	"kasane/internal/seal"
	"kasane/internal/store/storetest"
)

// asked is what the doctor answers to one question.
func asked(t *testing.T, d *doctor, label string) (worst verdict, text string) {
	t.Helper()
	for _, q := range questions {
		if q.label != label {
			continue
		}
		ctx, cancel := context.WithTimeout(context.Background(), askWithin)
		defer cancel()
		for _, f := range q.ask(ctx, d) {
			worst = max(worst, f.verdict)
			text += f.verdict.String() + f.what + f.advice + "\n"
			if f.verdict != fine && f.advice == "" {
				t.Errorf("%s: %s, and not what to do", label, f.what)
			}
		}
		return worst, text
	}
	t.Fatalf("no question %s", label)
	return
}

func TestDoctorFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	x := newSite(t, "", "")
	if err := x.open().Close(); err != nil {
		t.Fatal(err)
	}
	now, room, slow := time.Date(2026, 6, 1, 12, 0, 0, 0, jptime.JST), uint64(20<<30), 2*time.Millisecond
	d := &doctor{Process: Process{Out: io.Discard, Err: io.Discard}, cfg: x.cfg, now: func() time.Time { return now },
		free: func(string) (uint64, bool) { return room, true },
		sync: func(string) (time.Duration, error) { return slow, nil }}
	want := func(label string, v verdict, says string) {
		t.Helper()
		if got, text := asked(t, d, label); got != v || !strings.Contains(text, says) {
			t.Errorf("%s: %v %s", label, got, text)
		}
	}
	want("設定", fine, "誤りはありません")
	want("データベース", fine, "SQLite")
	want("鍵", fine, "証憑の鍵 1個")
	want("氏名の文字", fine, "𠮷")
	want("時計", fine, "令和8年6月1日")
	want("電子署名", look, "kasane ca create")
	want("控え", look, "KASANE_BACKUP_TO")
	want("ディスク", fine, "空き 20.0 GB")
	room = 4 << 30
	want("ディスク", look, "少なくなっています")
	room = 400 << 20
	want("ディスク", wrong, "すぐに空きを作って")
	room, slow = 20<<30, 40*time.Millisecond
	want("ディスク", look, "保存が遅いディスク")

	d.cfg.Addr = "nowhere"
	want("設定", wrong, "KASANE_ADDR")
	now = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	want("時計", wrong, "時計を合わせて")
	now = time.Date(2026, 6, 1, 12, 0, 0, 0, jptime.JST)
	key := filepath.Join(x.dir, "keys", "files.key")
	must(t, os.Chmod(key, 0o644), os.Chmod(x.dir, 0o755))
	want("鍵", wrong, "chmod 600")
	want("データフォルダー", look, "chmod 700")
	must(t, os.WriteFile(key, []byte("x"), 0o600))
	want("鍵", wrong, "読めません")

	if _, err := seal.Create(caDir(x.cfg), "〇〇市", now); err != nil {
		t.Fatal(err)
	}
	want("電子署名", fine, "令和13年")
	now = now.AddDate(4, 11, 0)
	want("電子署名", look, "まもなく期限")
	now = now.AddDate(1, 0, 0)
	want("電子署名", wrong, "期限が切れています")

	d.cfg.BackupDir = filepath.Join(x.dir, "none")
	want("控え", wrong, "読めません")
	must(t, makeBackupDir(d.cfg.BackupDir))
	want("控え", look, "まだ1つもありません")
	must(t, os.WriteFile(filepath.Join(d.cfg.BackupDir, backupName(now.Add(-time.Hour))), nil, 0o600))
	want("控え", look, "同じディスク")
	now = now.Add(48 * time.Hour)
	want("控え", wrong, "書き出されていません")
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// A file that is damaged is found, and nothing that is missing is made.
func TestDoctorOnDamageAndNothing(t *testing.T) {
	t.Parallel()
	x := newSite(t, "", "")
	st := x.open()
	storetest.NewWorld(t, st, "w")
	must(t, st.Close())
	file := filepath.Join(x.dir, "kasane.db")
	raw, err := os.ReadFile(file)
	must(t, err)
	for at := 4096 * 3; at < len(raw); at += 4096 { // pages behind the schema
		copy(raw[at:], bytes.Repeat([]byte{0xff}, 64))
	}
	must(t, os.WriteFile(file, raw, 0o600))
	if code, out := x.run("doctor"); code != exitFail || !strings.Contains(out, "× データベース") {
		t.Errorf("%d %s", code, out)
	}
	empty := filepath.Join(t.TempDir(), "none")
	var b bytes.Buffer
	Main(context.Background(), Process{Args: []string{"doctor", "--data", empty}, Lookup: x.lookup, Out: &b, Err: &b})
	if _, err := os.Stat(empty); !os.IsNotExist(err) || strings.Count(b.String(), "最初の起動で作られます") != 3 || strings.Contains(b.String(), "× データベース") {
		t.Errorf("before the first start: %s %v", b.String(), err)
	}
}

func TestDoctorOnPostgres(t *testing.T) {
	t.Parallel()
	x := newSite(t, storetest.Options(t, "postgres").DatabaseURL, drillKey)
	d := &doctor{Process: Process{Out: io.Discard, Err: io.Discard}, cfg: x.cfg, now: time.Now, free: freeBytes, sync: syncTime}
	if v, text := asked(t, d, "データベース"); v == wrong || !strings.Contains(text, "PostgreSQL") {
		t.Errorf("%v %s", v, text)
	}
	if v, text := asked(t, d, "ノードの構成"); v != fine || !strings.Contains(text, "0台") {
		t.Errorf("%v %s", v, text)
	}
	d.cfg.RedisURL = "redis://127.0.0.1:1/0"
	if v, text := asked(t, d, "Redis"); v != wrong || !strings.Contains(text, "つながりません") {
		t.Errorf("%v %s", v, text)
	}
	d.cfg.DatabaseURL = "postgres://kasane:himitsu@127.0.0.1:1/x"
	if v, text := asked(t, d, "データベース"); v != wrong || strings.Contains(text, "himitsu") {
		t.Errorf("%v %s", v, text)
	}
}

// The way of a browser: a proxy that takes the upgrade out, one that leads nowhere, and a server itself.
func TestDoctorThroughAProxy(t *testing.T) {
	t.Parallel()
	d := &doctor{now: time.Now, free: freeBytes, sync: syncTime}
	if v, text := asked(t, d, "プロキシ"); v != fine || !strings.Contains(text, "--url") {
		t.Errorf("%v %s", v, text)
	}
	behind := func(upgrade bool, alive int) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.URL.Path == "/livez":
				w.WriteHeader(alive)
			case upgrade && r.Header.Get("Upgrade") == "websocket":
				w.Header().Set("Upgrade", "websocket")
				w.Header().Set("Connection", "Upgrade")
				w.WriteHeader(http.StatusSwitchingProtocols)
			default:
				w.WriteHeader(http.StatusBadRequest)
			}
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	for _, x := range []struct {
		url  string
		v    verdict
		says string
	}{
		{behind(true, 200) + "/", fine, "WebSocketが通ります"},
		{behind(false, 200), look, "deploy/nginx.conf"},
		{behind(true, 502), wrong, "KASANE_BASE_PATH"},
		{"http://127.0.0.1:1", wrong, "つながりません"},
		{"kasane.example.lg.jp", wrong, "https://…"},
	} {
		d.url = x.url
		if v, text := asked(t, d, "プロキシ"); v != x.v || !strings.Contains(text, x.says) {
			t.Errorf("%s: %v %s", x.url, v, text)
		}
	}
}
