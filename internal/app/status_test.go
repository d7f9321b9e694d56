package app

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/config"
	"kasane/internal/web"
)

// The page says what is so, and for what is not well what to do; nothing in it is a path or a word of a case.
func TestStatus(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	cfg := config.Defaults()
	cfg.DataDir = t.TempDir()
	h, err := build(ctx, cfg, slog.New(slog.DiscardHandler), time.Now, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer h.store.Close()
	towns, err := h.store.ListMunicipalities(ctx)
	if err != nil || len(towns) == 0 {
		t.Fatal(towns, err)
	}
	a := access.Actor{Tenant: towns[0].ID, UserID: "u"}
	line := func(name string) web.StatusLine {
		t.Helper()
		for _, l := range h.status(ctx, a) {
			if strings.Contains(l.What+l.Advice, cfg.DataDir) || l.What == "" || l.Label == "" || l.State != web.StatusFine && l.Advice == "" {
				t.Errorf("%+v", l)
			}
			if l.Name == name {
				return l
			}
		}
		t.Fatalf("no line %s", name)
		return web.StatusLine{}
	}
	expect := func(name, state string, words ...string) {
		t.Helper()
		l := line(name)
		if l.State != state {
			t.Errorf("%s: %+v, want %s", name, l, state)
		}
		for _, w := range words {
			if !strings.Contains(l.What+l.Advice, w) {
				t.Errorf("%s says %q %q, not %q", name, l.What, l.Advice, w)
			}
		}
	}
	if err := h.store.SequenceWaiting(ctx); err != nil {
		t.Fatal(err)
	}
	expect("database", web.StatusFine)
	expect("nodes", web.StatusFine, "1台")
	expect("sealing", web.StatusFine)
	expect("records", web.StatusFine)
	expect("audit", web.StatusFine, "令和")
	expect("signature", web.StatusFine, "まで")
	expect("backup", web.StatusLook, "設定されていません", "担当者")

	h.cfg.BackupDir = filepath.Join(cfg.DataDir, "backups")
	if err := makeBackupDir(h.cfg.BackupDir); err != nil {
		t.Fatal(err)
	}
	expect("backup", web.StatusLook, "まだ1つもありません")
	h.nightly.ended(errors.New("no room"))
	expect("backup", web.StatusWrong, "空き容量と権限")
	h.nightly.ended(nil)

	entry := a.Audit(time.Now().Add(-time.Hour), access.VerbSignIn, "")
	if err := h.store.AppendAudit(ctx, entry); err != nil {
		t.Fatal(err)
	}
	expect("audit", web.StatusWrong, "番号が付いていません", "失われていません")
	if err := h.store.Close(); err != nil {
		t.Fatal(err)
	}
	if l := line("database"); l.State != web.StatusWrong {
		t.Errorf("the database is gone: %+v", l)
	}
}

// What was slow is spoken of for a while: first that saving was, then that asking was.
func TestSpeed(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 1, 5, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		saved, asked time.Duration // ago
		want         verdict
		words        string
	}{
		{time.Hour, time.Hour, fine, "遅れはありません"},
		{time.Minute, time.Minute, look, "保存に時間がかかりました（動き始めてから7回）"},
		{time.Hour, time.Minute, look, "調べるのに時間がかかりました（動き始めてから9回）"},
	} {
		if got := speedOf(now, 7, now.Add(-c.saved), 9, now.Add(-c.asked)); got.verdict != c.want || !strings.Contains(got.what, c.words) || got.verdict != fine && got.advice == "" {
			t.Errorf("%+v", got)
		}
	}
	if got := speedOf(now, 0, time.Time{}, 0, time.Time{}); got.verdict != fine {
		t.Errorf("never slow: %+v", got)
	}
}
