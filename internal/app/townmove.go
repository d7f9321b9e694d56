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
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/audit"
	"kasane/internal/backup"
	"kasane/internal/config"
	"kasane/internal/fault"
	"kasane/internal/files"
	"kasane/internal/identity"
	"kasane/internal/jptime"
	"kasane/internal/seal"
	"kasane/internal/store"
	"kasane/internal/webhooks"
)

// movedRoots holds the root certificates of installations from which municipalities came: their records bear signatures made there.
const movedRoots = "keys/moved-roots.crt"

// townWords are the words of `kasane municipality export|import|suspend|resume|delete`.
type townWords struct {
	out, to, key string
	without      bool
	export       string
}

// takeName takes the one word that belongs to no flag out of the words of a call, wherever it stands; bare are the flags without a value.
func takeName(args []string, bare ...string) (name string, rest []string) {
	for i := 0; i < len(args); i++ {
		switch a := args[i]; {
		case a == "" || a[0] != '-':
			if name == "" && a != "" {
				name = a
				continue
			}
			rest = append(rest, a)
		case strings.Contains(a, "=") || slices.Contains(bare, a) || i+1 == len(args):
			rest = append(rest, a)
		default:
			rest = append(rest, a, args[i+1])
			i++
		}
	}
	return name, rest
}

// townNamed finds a municipality by its name, code or id.
func townNamed(ctx context.Context, st *store.Store, name string) (access.Municipality, error) {
	list, err := st.ListMunicipalities(ctx)
	if err != nil {
		return access.Municipality{}, err
	}
	var found []access.Municipality
	for _, m := range list {
		if name != "" && (m.Name == name || m.Code == name || m.ID == name) {
			found = append(found, m)
		}
	}
	switch len(found) {
	case 0:
		return access.Municipality{}, fault.Newf(fault.NotFound, "「%s」という市町村はありません。kasane municipality で一覧を見られます。", name)
	case 1:
		return found[0], nil
	}
	return access.Municipality{}, fault.Newf(fault.Conflict, "「%s」が2つ以上あります。団体コードで指定してください。", name)
}

// townExport writes one municipality into a locked file, beside a running server.
func (p Process) townExport(ctx context.Context, args []string) int {
	name, args := takeName(args)
	var w townWords
	cfg, code := p.configure("municipality export", args, func(f *flag.FlagSet) {
		f.StringVar(&w.out, "out", "", "")
		f.StringVar(&w.to, "to", "", "")
	})
	if code != exitOK {
		return code
	}
	if name == "" || w.out == "" {
		fmt.Fprintf(p.Err, "市町村の名称(または団体コード)と、--out に書き出すファイルを指定してください。\n例: kasane municipality export 潮見市 --out shiomi.kasane\n")
		return exitUsage
	}
	if w.to == "" {
		w.to = cfg.BackupTo
	}
	locks, err := backup.ParsePublic(w.to)
	if err != nil {
		return p.fail("書き出しの公開鍵がありません", err)
	}
	if _, err := os.Stat(w.out); !errors.Is(err, fs.ErrNotExist) {
		return p.fail("書き出せません", fault.Newf(fault.Conflict, "%s がもうあります。上書きはしません。別の名前を指定してください。", w.out))
	}
	st, err := store.Open(ctx, store.Options{DataDir: cfg.DataDir, DatabaseURL: cfg.DatabaseURL, ReadOnly: true, Now: time.Now})
	if err != nil {
		return p.fail("記録を開けません", err)
	}
	defer st.Close()
	m, err := townNamed(ctx, st, name)
	if err != nil {
		return p.fail("書き出せません", err)
	}
	made, err := takeTown(ctx, st, cfg, p.Version, m, locks, w.out)
	if err != nil {
		return p.fail("書き出せません。ファイルは残していません", err)
	}
	fmt.Fprintf(p.Out, "%s を %s に書き出しました。ほかの市町村のものは入っていません。\n  %s の時点、%d行、%d バイト\n  SHA-256 %s\n",
		m.Name, w.out, jptime.FormatDateTime(made.head.At), made.counts.All(), made.size, made.sum)
	if err := keepReceipt(cfg, m, w.out, made); err != nil {
		fmt.Fprintf(p.Err, "書き出したことを %s に控えられません。削除のときは --without-export が要ります(%v)。\n", cfg.DataDir, err)
	}
	fmt.Fprintln(p.Out, "  この時点より後に書かれたことは入っていません。移すときは、先に kasane municipality suspend で利用を止めてください。")
	return exitOK
}

// takeTown writes the file. It is there under its name when it is whole and on the disk.
func takeTown(ctx context.Context, st *store.Store, cfg config.Config, version string, m access.Municipality, locks backup.Locks, out string) (done made, err error) {
	to, err := newTownSink(ctx, st, cfg, m)
	if err != nil {
		return done, err
	}
	part, err := os.OpenFile(out+".part", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return done, fault.Wrap(fault.Unavailable, err, "ファイルを作れません。置き場所と空き容量を確かめてください。")
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(part.Name()))
		}
	}()
	sum := sha256.New()
	err = func() error {
		locked, err := backup.Lock(io.MultiWriter(part, sum), locks)
		if err != nil {
			return err
		}
		w := backup.NewWriter(locked)
		to.Sink, to.head = w, &done.head
		if err := st.DumpTown(ctx, version, backup.Town{ID: m.ID, Name: m.Name, Code: m.Code, Key: to.public}, to); err != nil {
			return err
		}
		done.counts = w.Counts()
		return errors.Join(w.Close(), locked.Close())
	}()
	if err != nil {
		return done, errors.Join(err, part.Close())
	}
	info, err := part.Stat()
	if err := errors.Join(err, part.Sync(), part.Close()); err != nil {
		return done, err
	}
	done.size, done.sum = info.Size(), hex.EncodeToString(sum.Sum(nil))
	return done, os.Rename(part.Name(), out)
}

// townSink makes the rows independent of the installation they leave: the keys of the municipality go in clear (the whole file is locked), and what the installation's own
// keys sealed, before municipalities had keys, is sealed with the municipality's.
type townSink struct {
	backup.Sink
	towns  *files.Towns
	move   files.Mover
	roots  []backup.File
	public string
	head   *backup.Head
	table  backup.Table
}

func newTownSink(ctx context.Context, st *store.Store, cfg config.Config, m access.Municipality) (*townSink, error) {
	ring, err := fileRing(cfg, files.ReadRing)
	if err != nil {
		return nil, fault.Wrap(fault.NotFound, err, "証憑の鍵を読めません。--data のフォルダーか KASANE_FILE_KEY を確かめてください。")
	}
	seed, err := auditSeed(cfg, files.ReadKeyFile)
	if err != nil {
		return nil, fault.Wrap(fault.NotFound, err, "監査ログの鍵がありません。--data のフォルダーか KASANE_AUDIT_KEY を確かめてください。")
	}
	signer, err := audit.NewSigner(seed)
	if err != nil {
		return nil, err
	}
	t := &townSink{towns: files.NewTowns(st, ring, time.Now), public: signer.Public().String()}
	own, err := st.TownKeys(ctx, m.ID)
	if err == nil && !slices.ContainsFunc(own, func(k files.TownKey) bool { return k.Purpose == files.KeyOfFiles }) {
		err = fault.New(fault.Conflict, "この市町村には、まだ自分の鍵がありません。新しい Kasane を一度起動してから書き出してください。")
	}
	if err != nil {
		return nil, err
	}
	whole, err := t.towns.RingOf(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	t.move = files.NewMover(whole, ring)
	roots, err := rootsOf(cfg)
	if len(roots) > 0 {
		t.roots = []backup.File{{Name: movedRoots, Mode: 0o644, Data: roots}}
	}
	return t, err
}

// rootsOf are the root certificates an installation believes for its records, as text.
func rootsOf(cfg config.Config) ([]byte, error) {
	moved, err := os.ReadFile(filepath.Join(cfg.DataDir, filepath.FromSlash(movedRoots)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	switch a, err := seal.Open(caDir(cfg)); {
	case err == nil:
		return append(moved, seal.PEM(a.Roots()...)...), nil
	case !errors.Is(err, seal.ErrNone):
		return nil, err
	}
	return moved, nil
}

// Begin implements backup.Sink.
func (t *townSink) Begin(h backup.Head) error {
	*t.head = h
	if err := t.Sink.Begin(h); err != nil {
		return err
	}
	for _, f := range t.roots {
		if err := t.File(f); err != nil {
			return err
		}
	}
	return nil
}

// Table implements backup.Sink.
func (t *townSink) Table(b backup.Table) error {
	t.table = b
	return t.Sink.Table(b)
}

func (t *townSink) at(row []any, column string) *any {
	return &row[slices.Index(t.table.Columns, column)]
}

func (t *townSink) text(row []any, column string) string {
	s, _ := (*t.at(row, column)).(string)
	return s
}

// Row implements backup.Sink.
func (t *townSink) Row(row []any) (err error) {
	switch {
	case t.table.Name == "municipality_key":
		sealed := t.at(row, "wrapped")
		k := files.TownKey{Tenant: t.text(row, "tenant"), ID: t.text(row, "id"), Purpose: t.text(row, "purpose"), Wrapped: (*sealed).([]byte)}
		*sealed, err = t.towns.Unwrap(k)
	case t.table.Name == "file_blob":
		sealed := t.at(row, "sealed")
		f := files.File{Tenant: t.text(row, "tenant"), CaseID: t.text(row, "case_id"), ID: t.text(row, "id"), SHA256: t.text(row, "sha256")}
		*sealed, err = t.move.File(f, (*sealed).([]byte))
	case t.table.Name == "factor" && t.text(row, "kind") == string(identity.FactorTOTP):
		sealed := t.at(row, "sealed")
		*sealed, err = t.move.Secret(identity.SecretPlace(t.text(row, "tenant"), t.text(row, "id")), (*sealed).([]byte))
	case t.table.Name == "webhook_secret":
		sealed := t.at(row, "sealed")
		*sealed, err = t.move.Secret(webhooks.SecretPlace(t.text(row, "tenant"), t.text(row, "id")), (*sealed).([]byte))
	}
	if err != nil {
		return err
	}
	return t.Sink.Row(row)
}
