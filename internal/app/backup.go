package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"kasane/internal/backup"
	"kasane/internal/config"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/store"
)

// backupKey makes the pair of keys backups are locked with.
func (p Process) backupKey(args []string) int {
	out := "kasane-backup.key"
	if _, code := p.configure("backup-key", args, func(f *flag.FlagSet) { f.StringVar(&out, "out", out, "") }); code != exitOK {
		return code
	}
	file, public, err := backup.NewKey(time.Now())
	if err != nil {
		return p.fail("鍵を作れません", err)
	}
	f, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		err = fault.Newf(fault.Conflict, "%s がもうあります。上書きはしません。--out で別の名前を指定してください。", out)
	}
	if err == nil {
		_, err = f.Write(file)
		err = errors.Join(err, f.Sync(), f.Close())
	}
	if err != nil {
		return p.fail("鍵を書けません", err)
	}
	fmt.Fprintf(p.Out, "%s に控えの鍵を作りました。サーバーとは別の場所に、2つ以上保管してください。これを失うと、控えは誰にも開けられません。\n公開鍵(KASANE_BACKUP_TO か --to に渡すもの):\n%s\n", out, public)
	return exitOK
}

// backup writes everything this installation holds into one locked file, beside a running server.
func (p Process) backup(ctx context.Context, args []string) int {
	defer leanHeap(p.Lookup)()
	var out, to string
	cfg, code := p.configure("backup", args, func(f *flag.FlagSet) {
		f.StringVar(&out, "out", "", "")
		f.StringVar(&to, "to", "", "")
	})
	if code != exitOK {
		return code
	}
	if to == "" {
		to = cfg.BackupTo
	}
	locks, err := backup.ParsePublic(to)
	if err != nil {
		return p.fail("控えの公開鍵がありません", err)
	}
	if out == "" {
		out = backupName(time.Now())
	}
	st, err := store.Open(ctx, store.Options{DataDir: cfg.DataDir, DatabaseURL: cfg.DatabaseURL, ReadOnly: true, Now: time.Now})
	if err != nil {
		return p.fail("記録を開けません", err)
	}
	defer st.Close()
	made, err := takeBackup(ctx, st, cfg, p.Version, locks, out)
	if err != nil {
		return p.fail("控えを書き出せません", err)
	}
	fmt.Fprintf(p.Out, "%s に控えを書き出しました。\n  %s の時点、%d行、ファイル%d個、%d バイト\n  SHA-256 %s\n", out, jptime.FormatDateTime(made.head.At), made.counts.All(), made.counts.Files, made.size, made.sum)
	return exitOK
}

// backupName is how a backup is called that was given no name. Names sort by time.
func backupName(at time.Time) string {
	return "kasane-" + at.In(jptime.JST).Format("20060102-150405") + ".backup"
}

// made is what was written.
type made struct {
	head   backup.Head
	counts backup.Counts
	size   int64
	sum    string
}

// takeBackup writes a backup. The file is there under its name when it is whole and on the disk.
func takeBackup(ctx context.Context, st *store.Store, cfg config.Config, version string, locks backup.Locks, out string) (m made, err error) {
	carried, err := carriedFiles(cfg)
	if err != nil {
		return m, err
	}
	part, err := os.OpenFile(out+".part", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return m, fault.Wrap(fault.Unavailable, err, "控えのファイルを作れません。置き場所と空き容量を確かめてください。")
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(part.Name()))
		}
	}()
	sum := sha256.New()
	if err := writeBackup(ctx, st, version, carried, locks, io.MultiWriter(part, sum), &m); err != nil {
		return m, errors.Join(err, part.Close())
	}
	info, err := part.Stat()
	if err := errors.Join(err, part.Sync(), part.Close()); err != nil {
		return m, err
	}
	m.size, m.sum = info.Size(), hex.EncodeToString(sum.Sum(nil))
	return m, os.Rename(part.Name(), out)
}

func writeBackup(ctx context.Context, st *store.Store, version string, carried []backup.File, locks backup.Locks, to io.Writer, m *made) error {
	locked, err := backup.Lock(to, locks)
	if err != nil {
		return err
	}
	w := backup.NewWriter(locked)
	if err := st.Dump(ctx, version, &withFiles{Sink: w, files: carried, head: &m.head}); err != nil {
		return err
	}
	if err := errors.Join(w.Close(), locked.Close()); err != nil {
		return err
	}
	m.counts = w.Counts()
	return nil
}

// withFiles puts the files between the head and the tables.
type withFiles struct {
	backup.Sink
	files []backup.File
	head  *backup.Head
}

func (w *withFiles) Begin(h backup.Head) error {
	*w.head = h
	if err := w.Sink.Begin(h); err != nil {
		return err
	}
	for _, f := range w.files {
		if err := w.Sink.File(f); err != nil {
			return err
		}
	}
	return nil
}

// restore brings a backup back: into a data folder without a database, or into an empty database. Then the records are verified.
func (p Process) restore(ctx context.Context, args []string) int {
	defer leanHeap(p.Lookup)()
	var from, key string
	cfg, code := p.configure("restore", args, func(f *flag.FlagSet) {
		f.StringVar(&from, "from", "", "")
		f.StringVar(&key, "key", "", "")
	})
	if code != exitOK {
		return code
	}
	if from == "" || key == "" {
		fmt.Fprintf(p.Err, "--from に控えのファイル、--key に控えの鍵のファイルを渡してください。\n\n%s", usage)
		return exitUsage
	}
	head, counts, notes, err := restoreBackup(ctx, &cfg, from, key)
	if err != nil {
		return p.fail("控えを戻せません。今あるものは何も変えていません", err)
	}
	at := jptime.FormatDateTime(head.At)
	fmt.Fprintf(p.Out, "%s の時点の控えを戻しました（%d行、ファイル%d個）。\n", at, counts.All(), counts.Files)
	for _, n := range notes {
		fmt.Fprintln(p.Out, "  "+n)
	}
	fmt.Fprintf(p.Out, "  この時点より後のことは入っていません。後で受けた同意の撤回・内容の変更、閲覧遮断、アカウントの停止は、使い始める前に、もう一度登録してください。\n  サインインはすべて切れています。\n記録を確かめます。\n")
	return p.afterRestore(ctx, cfg)
}

// afterRestore brings the schema up to this version and verifies everything.
func (p Process) afterRestore(ctx context.Context, cfg config.Config) int {
	st, err := store.Open(ctx, store.Options{DataDir: cfg.DataDir, DatabaseURL: cfg.DatabaseURL, Now: time.Now})
	if err != nil {
		return p.fail("戻したデータベースを開けません", err)
	}
	if err := st.Close(); err != nil {
		return p.fail("戻したデータベースを閉じられません", err)
	}
	return p.verifyStore(ctx, cfg, given{})
}

// restoreBackup fills the database and writes the files, both or neither, and gives what is to be done about the files; where no keys are set, cfg gets those of the backup.
func restoreBackup(ctx context.Context, cfg *config.Config, from, key string) (head backup.Head, counts backup.Counts, notes []string, err error) {
	raw, err := os.ReadFile(key)
	if err != nil {
		return head, counts, nil, fault.Wrap(fault.NotFound, err, "控えの鍵のファイルが読めません。--key を確かめてください。")
	}
	keys, err := backup.ParseKey(raw)
	if err != nil {
		return head, counts, nil, err
	}
	f, err := os.Open(from)
	if err != nil {
		return head, counts, nil, fault.Wrap(fault.NotFound, err, "控えのファイルが読めません。--from を確かめてください。")
	}
	defer f.Close()
	in, err := backup.Unlock(f, keys)
	if err != nil {
		return head, counts, nil, err
	}
	files := &filesBack{cfg: *cfg}
	err = store.Restore(ctx, store.Options{DataDir: cfg.DataDir, DatabaseURL: cfg.DatabaseURL, Now: time.Now}, func(to backup.Sink) error {
		files.Sink = to
		if head, counts, err = backup.Read(in, files); err != nil {
			return err
		}
		notes, err = files.write()
		return err
	})
	if err != nil {
		return head, counts, nil, errors.Join(err, files.undo())
	}
	if cfg.FileKey == "" {
		cfg.FileKey, cfg.AuditKey = files.env["KASANE_FILE_KEY"], files.env["KASANE_AUDIT_KEY"]
	}
	return head, counts, notes, nil
}

// copyTo copies everything from one database into another, of the same engine or the other one.
func (p Process) copyTo(ctx context.Context, args []string) int {
	defer leanHeap(p.Lookup)()
	var dir string
	cfg, code := p.configure("copy", args, func(f *flag.FlagSet) { f.StringVar(&dir, "to-data", "", "") })
	if code != exitOK {
		return code
	}
	url, _ := p.Lookup("KASANE_COPY_TO")
	if (dir == "") == (url == "") {
		fmt.Fprintf(p.Err, "写す先を1つだけ決めてください: SQLite なら --to-data フォルダー、PostgreSQL なら環境変数 KASANE_COPY_TO=postgres://…\n\n%s", usage)
		return exitUsage
	}
	carried, err := carriedFiles(cfg)
	if err != nil {
		return p.fail("鍵を読めません", err)
	}
	st, err := store.Open(ctx, store.Options{DataDir: cfg.DataDir, DatabaseURL: cfg.DatabaseURL, ReadOnly: true, Now: time.Now})
	if err != nil {
		return p.fail("記録を開けません", err)
	}
	defer st.Close()
	target := cfg
	target.DatabaseURL = url
	if target.FileKey, target.AuditKey = "", ""; dir != "" {
		target.DataDir, target.CADir = dir, ""
	}
	files := &filesBack{cfg: target}
	var head backup.Head
	var notes []string
	err = store.Restore(ctx, store.Options{DataDir: target.DataDir, DatabaseURL: url, Now: time.Now}, func(to backup.Sink) error {
		files.Sink = to
		if err := st.Dump(ctx, p.Version, &withFiles{Sink: files, files: carried, head: &head}); err != nil {
			return err
		}
		notes, err = files.write()
		return err
	})
	if err != nil {
		return p.fail("写せません。写す先には何も残していません", errors.Join(err, files.undo()))
	}
	where := "PostgreSQL"
	if dir != "" {
		where = filepath.Join(dir, store.FileName)
	}
	fmt.Fprintf(p.Out, "%s の時点の内容を %s に写しました。\n", jptime.FormatDateTime(head.At), where)
	for _, n := range notes {
		fmt.Fprintln(p.Out, "  "+n)
	}
	fmt.Fprintln(p.Out, "  写したあとに元のほうへ書かれたことは入っていません。元の Kasane は、写す前に止めておいてください。")
	return exitOK
}
