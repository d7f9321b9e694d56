package app

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/backup"
	"kasane/internal/jptime"
)

func names(t *testing.T, dir string) (out []string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		out = append(out, d.Name())
	}
	return out
}

// One backup a night, whatever node makes it; the newest stay, what is not ours stays, and trouble is told and heals.
func TestNightlyBackup(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	_, public, err := backup.NewKey(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	x := newSite(t, "", "")
	x.cfg.BackupTo, x.cfg.BackupDir, x.cfg.BackupKeep = public, filepath.Join(x.dir, "backups"), 2
	at := time.Date(2026, 6, 1, 23, 0, 0, 0, jptime.JST)
	st := x.open()
	node := func(name string) *nightly {
		h := &house{cfg: x.cfg, log: slog.New(slog.DiscardHandler), self: name, store: st}
		return &nightly{h: h, now: func() time.Time { return at }}
	}
	a, b := node("a"), node("b")
	if err := a.step(ctx); err == nil {
		t.Error("no folder: nothing said")
	}
	if err := a.sound(ctx); err == nil || !strings.Contains(err.Error(), "控えを書き出せませんでした") {
		t.Errorf("after a failure: %v", err)
	}
	if err := makeBackupDir(x.cfg.BackupDir); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(x.cfg.BackupDir, "kasane-before-upgrade.backup"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		hours int // later
		by    *nightly
		want  []string
	}{
		{0, a, []string{"20260601-230000"}}, // the first: at once
		{0, b, []string{"20260601-230000"}},
		{1, a, []string{"20260601-230000"}},                    // midnight
		{2, b, []string{"20260601-230000", "20260602-020000"}}, // past one
		{20, a, []string{"20260601-230000", "20260602-020000"}},
		{6, a, []string{"20260602-020000", "20260603-040000"}},
	} {
		at = at.Add(time.Duration(c.hours) * time.Hour)
		if err := c.by.step(ctx); err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, w := range c.want {
			want = append(want, "kasane-"+w+".backup")
		}
		if got := names(t, x.cfg.BackupDir); !slices.Equal(got, append(want, "kasane-before-upgrade.backup")) {
			t.Errorf("%v: %v", at, got)
		}
		if err := c.by.sound(ctx); err != nil {
			t.Errorf("%v: %v", at, err)
		}
	}
	a.last = errors.New("no room") // here, while b wrote one: what is there counts
	if err := a.step(ctx); err != nil || a.sound(ctx) != nil {
		t.Errorf("after another node wrote it: %v %v", err, a.sound(ctx))
	}
	at = at.Add(37 * time.Hour)
	if err := b.sound(ctx); err == nil || !strings.Contains(err.Error(), "令和8年6月3日") {
		t.Errorf("none for two nights: %v", err)
	}
}
