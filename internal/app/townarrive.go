package app

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/audit"
	"kasane/internal/backup"
	"kasane/internal/config"
	"kasane/internal/fault"
	"kasane/internal/files"
	"kasane/internal/seal"
	"kasane/internal/store"
)

// townImport takes a municipality in that another installation wrote out.
func (p Process) townImport(ctx context.Context, args []string) int {
	from, args := takeName(args)
	var w townWords
	cfg, code := p.configure("municipality import", args, func(f *flag.FlagSet) { f.StringVar(&w.key, "key", "", "") })
	if code != exitOK {
		return code
	}
	if from == "" || w.key == "" {
		fmt.Fprintf(p.Err, "書き出したファイルと、--key に控えの鍵のファイルを指定してください。\n例: kasane municipality import shiomi.kasane --key kasane-backup.key\n")
		return exitUsage
	}
	heads := openHeads(cfg.DataDir, slog.New(slog.DiscardHandler))
	st, ring, err := p.openToWrite(ctx, cfg, heads)
	if err != nil {
		return p.fail("記録を開けません(SQLite のときは、先に Kasane を止めてください)", err)
	}
	defer st.Close()
	m, roots, err := takeIn(ctx, st, files.NewTowns(st, ring, time.Now), from, w.key)
	if err != nil {
		return p.fail("取り込めません。今あるものは何も変えていません", err)
	}
	if err := errors.Join(heads.flush(), addRoots(cfg, roots)); err != nil {
		return p.fail("市町村は取り込みましたが、証明書か到達点のファイルを書けません", err)
	}
	fmt.Fprintf(p.Out, "%s を取り込みました。利用者は、これまでのログイン名とパスワードでサインインできます。記録を確かめます。\n", m.Name)
	trust, err := p.trust(cfg, given{})
	if err != nil {
		return p.fail("監査ログの鍵を読めません", err)
	}
	rep, err := archive.VerifyTown(ctx, st, m, p.Out, trust)
	if err != nil {
		return p.fail("調べている途中で読めなくなりました", err)
	}
	if len(roots) > 0 && cfg.DatabaseURL != "" {
		fmt.Fprintf(p.Out, "  移る前の電子署名のルート証明書を %s に置きました。ほかのノードの同じ場所にも置いてください。\n", filepath.Join(cfg.DataDir, filepath.FromSlash(movedRoots)))
	}
	if !rep.OK {
		return exitFail
	}
	return exitOK
}

// openToWrite opens the store as a server does, for a command.
func (p Process) openToWrite(ctx context.Context, cfg config.Config, heads *heads) (*store.Store, files.Ring, error) {
	ring, err := fileRing(cfg, files.LoadRing)
	if err != nil {
		return nil, ring, err
	}
	signer, err := openSigner(cfg)
	if err != nil {
		return nil, ring, err
	}
	st, err := store.Open(ctx, store.Options{DataDir: cfg.DataDir, DatabaseURL: cfg.DatabaseURL, Now: time.Now, Log: slog.New(slog.DiscardHandler), Signer: signer, Signed: heads.signed})
	return st, ring, err
}

// takeIn reads the file into the database and gives the root certificates that came along.
func takeIn(ctx context.Context, st *store.Store, towns *files.Towns, from, key string) (m access.Municipality, roots []byte, err error) {
	raw, err := os.ReadFile(key)
	if err != nil {
		return m, nil, fault.Wrap(fault.NotFound, err, "控えの鍵のファイルが読めません。--key を確かめてください。")
	}
	keys, err := backup.ParseKey(raw)
	if err != nil {
		return m, nil, err
	}
	head, err := headOf(from, keys)
	if err != nil {
		return m, nil, err
	}
	if head.Town == nil {
		return m, nil, fault.New(fault.Invalid, "1つの市町村の書き出しではありません。すべての控えは kasane restore で戻します。")
	}
	public, err := audit.ParsePublicKey(head.Town.Key)
	if err != nil {
		return m, nil, fault.Wrap(fault.Invalid, err, "書き出した設置の検証鍵が読めません。")
	}
	in, end, err := openLocked(from, keys)
	if err != nil {
		return m, nil, err
	}
	defer end()
	entry := func(m access.Municipality) access.Entry {
		e := access.System(m.ID).Audit(time.Now(), access.VerbTownImport, m.ID)
		e.Hash = public.ID()
		return e
	}
	back := &townBack{towns: towns}
	m, err = st.RestoreTown(ctx, public, entry, func(to backup.Sink) error {
		back.Sink = to
		_, _, err := backup.Read(in, back)
		return err
	})
	return m, back.roots, err
}

// errHead ends the reading after the head.
var errHead = errors.New("app: the head is known")

type headOnly struct{ backup.Sink }

func (headOnly) Begin(backup.Head) error { return errHead }

func headOf(from string, keys backup.Keys) (backup.Head, error) {
	in, end, err := openLocked(from, keys)
	if err != nil {
		return backup.Head{}, err
	}
	defer end()
	h, _, err := backup.Read(in, headOnly{})
	if errors.Is(err, errHead) {
		err = nil
	}
	return h, err
}

func openLocked(from string, keys backup.Keys) (io.Reader, func(), error) {
	f, err := os.Open(from)
	if err != nil {
		return nil, nil, fault.Wrap(fault.NotFound, err, "書き出したファイルが読めません。場所と名前を確かめてください。")
	}
	in, err := backup.Unlock(f, keys)
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	return in, func() { _ = f.Close() }, nil
}

// townBack seals the keys of the municipality with those of the installation it comes to.
type townBack struct {
	backup.Sink
	towns *files.Towns
	table backup.Table
	roots []byte
}

// File implements backup.Sink.
func (b *townBack) File(f backup.File) error {
	if f.Name != movedRoots {
		return fault.Newf(fault.Invalid, "書き出しに、知らないファイル(%.60q)が入っています。", f.Name)
	}
	if _, err := seal.Certificates(f.Data); err != nil {
		return err
	}
	b.roots = f.Data
	return nil
}

// Table implements backup.Sink.
func (b *townBack) Table(t backup.Table) error {
	b.table = backup.Table{Name: t.Name, Columns: slices.Clone(t.Columns)}
	return b.Sink.Table(t)
}

// Row implements backup.Sink.
func (b *townBack) Row(row []any) error {
	if b.table.Name == "municipality_key" {
		t := townSink{table: b.table}
		for _, c := range []string{"tenant", "id", "purpose", "wrapped"} {
			if !slices.Contains(b.table.Columns, c) {
				return fault.New(fault.Invalid, "市町村の鍵が読めません。")
			}
		}
		plain, ok := (*t.at(row, "wrapped")).([]byte)
		if !ok || len(plain) != files.KeySize {
			return fault.New(fault.Invalid, "市町村の鍵が読めません。")
		}
		k := files.TownKey{Tenant: t.text(row, "tenant"), ID: t.text(row, "id"), Purpose: t.text(row, "purpose")}
		*t.at(row, "wrapped") = b.towns.Wrap(k, plain)
	}
	return b.Sink.Row(row)
}

// addRoots puts root certificates to those of earlier moves.
func addRoots(cfg config.Config, roots []byte) error {
	if len(roots) == 0 {
		return nil
	}
	path := filepath.Join(cfg.DataDir, filepath.FromSlash(movedRoots))
	have, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) || bytes.Contains(have, roots) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	tmp := path + ".new"
	if err := os.WriteFile(tmp, append(have, roots...), 0o644); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}
