package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"time"

	"kasane/internal/backup"
	"kasane/internal/fault"
	"kasane/internal/jptime"
)

// When the nightly backup is due, how old the newest may get before it is told, and how long one node has the work to itself.
const (
	backupHour  = 1
	backupOld   = 36 * time.Hour
	backupLease = 2 * time.Hour
)

// backupForm is the name of a backup this program gave, with its time in Japan.
var backupForm = regexp.MustCompile(`^kasane-(\d{8}-\d{6})\.backup$`)

// nightly (夜間の控え) writes a backup into a folder each night and keeps the newest. What it did can be seen in the folder: nothing else is remembered.
type nightly struct {
	h   *house
	now func() time.Time

	mu   sync.Mutex
	last error // of the newest attempt on this node
}

func (n *nightly) on() bool { return n.h.cfg.BackupDir != "" }

// step writes a backup when one is due.
func (n *nightly) step(ctx context.Context) error {
	if !n.on() {
		return nil
	}
	now := n.now()
	list, err := backupsIn(n.h.cfg.BackupDir)
	if err == nil && !backupDue(list, now) {
		n.ended(nil) // here or on another node
		return nil
	}
	if err == nil {
		var mine bool
		if mine, err = n.h.store.TakeLease(ctx, "", "backup", n.h.self, now, now.Add(backupLease)); err == nil && !mine {
			return nil
		}
	}
	if err == nil {
		err = n.take(ctx, list, now)
		if e := n.h.store.EndLease(context.WithoutCancel(ctx), "", "backup", n.h.self); err == nil {
			err = e
		}
	}
	n.ended(err)
	return err
}

// ended remembers how it went.
func (n *nightly) ended(err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.last = err
}

func (n *nightly) take(ctx context.Context, list []backupFile, now time.Time) error {
	locks, err := backup.ParsePublic(n.h.cfg.BackupTo)
	if err != nil {
		return err
	}
	out := filepath.Join(n.h.cfg.BackupDir, backupName(now))
	made, err := takeBackup(ctx, n.h.store, n.h.cfg, n.h.version, locks, out)
	if err != nil {
		return err
	}
	n.h.log.InfoContext(ctx, "backup written", "file", out, "bytes", made.size, "rows", made.counts.All(), "sha256", made.sum)
	for _, old := range list[:max(0, len(list)+1-n.h.cfg.BackupKeep)] { // only when a new one is whole
		if err := os.Remove(filepath.Join(n.h.cfg.BackupDir, old.name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// sound is the line of /readyz: what the 課 has to know before the day it needs a backup.
func (n *nightly) sound(context.Context) error {
	if !n.on() {
		return nil
	}
	n.mu.Lock()
	last := n.last
	n.mu.Unlock()
	list, err := backupsIn(n.h.cfg.BackupDir)
	switch {
	case last != nil || err != nil:
		return fault.Wrap(fault.Unavailable, errors.Join(last, err), "夜間の控えを書き出せませんでした。KASANE_BACKUP_DIR のフォルダーの空き容量と権限を確かめてください。10分ごとにやり直します。")
	case len(list) == 0:
		return nil // the first is on its way
	case n.now().Sub(list[len(list)-1].at) > backupOld:
		return fault.Newf(fault.Unavailable, "最後の控えは %s のものです。夜間の控えが書き出されていません。", jptime.FormatDateTime(list[len(list)-1].at))
	}
	return nil
}

// newest is when the newest backup was made; false when there is none.
func (n *nightly) newest() (time.Time, bool) {
	if !n.on() {
		return time.Time{}, false
	}
	list, err := backupsIn(n.h.cfg.BackupDir)
	if err != nil || len(list) == 0 {
		return time.Time{}, false
	}
	return list[len(list)-1].at, true
}

type backupFile struct {
	name string
	at   time.Time
}

// backupsIn are the backups of a folder, oldest first. What has another name is not ours.
func backupsIn(dir string) (out []backupFile, err error) {
	list, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, d := range list {
		m := backupForm.FindStringSubmatch(d.Name())
		if m == nil || !d.Type().IsRegular() {
			continue
		}
		at, err := time.ParseInLocation("20060102-150405", m[1], jptime.JST)
		if err != nil {
			continue
		}
		out = append(out, backupFile{d.Name(), at})
	}
	slices.SortFunc(out, func(a, b backupFile) int { return a.at.Compare(b.at) })
	return out, nil
}

// backupDue tells whether there is none of this night yet.
func backupDue(list []backupFile, now time.Time) bool {
	local := now.In(jptime.JST)
	night := time.Date(local.Year(), local.Month(), local.Day(), backupHour, 0, 0, 0, jptime.JST)
	if local.Before(night) {
		night = night.AddDate(0, 0, -1)
	}
	return len(list) == 0 || list[len(list)-1].at.Before(night)
}

// makeBackupDir makes the folder of the backups at the start, when it is to be made: a mistake is seen at once.
func makeBackupDir(dir string) error {
	if dir == "" {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fault.Wrap(fault.Unavailable, err, fmt.Sprintf("控えのフォルダー(KASANE_BACKUP_DIR)を作れません: %s", dir))
	}
	return nil
}
