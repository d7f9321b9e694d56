package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kasane/internal/backup"
	"kasane/internal/fault"
)

// Restore fills a database that does not exist yet (SQLite) or is empty (PostgreSQL) with what read gives it, all of it or nothing: read is handed the sink and
// returns when the stream has ended well. The schema becomes that of the backup; the next start brings it up to this version.
func Restore(ctx context.Context, o Options, read func(backup.Sink) error) error {
	if o.DatabaseURL != "" {
		return restoreInto(ctx, o, read)
	}
	return restoreFile(ctx, o, read)
}

// restoreFile builds the database beside its place and moves it there when it is whole.
func restoreFile(ctx context.Context, o Options, read func(backup.Sink) error) (err error) {
	place := filepath.Join(o.DataDir, FileName)
	if _, err := os.Stat(place); !errors.Is(err, fs.ErrNotExist) {
		if err == nil {
			err = fault.Newf(fault.Conflict, "%s にはデータベース(%s)がもうあります。控えは、空のフォルダーに戻します。今のものを残すなら、先にフォルダーの名前を変えてください。", o.DataDir, FileName)
		}
		return err
	}
	if err := makeDir(o.DataDir); err != nil {
		return err
	}
	temp, err := os.MkdirTemp(o.DataDir, "restore-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	inTemp := o
	inTemp.DataDir, inTemp.scratch = temp, true
	if err := restoreInto(ctx, inTemp, read); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(temp, FileName+"-wal")); !errors.Is(err, fs.ErrNotExist) { // the last to close empties it
		return errors.Join(err, errors.New("store: the new database has a log that was not written into it"))
	}
	if err := onDisk(filepath.Join(temp, FileName)); err != nil {
		return err
	}
	return os.Link(filepath.Join(temp, FileName), place) // refuses a name that was taken meanwhile, as a rename does not
}

// onDisk makes sure of every byte of a file, which its owner alone may read.
func onDisk(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Sync(), f.Close())
}

// restoreInto fills the database o names.
func restoreInto(ctx context.Context, o Options, read func(backup.Sink) error) error {
	s, err := openBare(ctx, o)
	if err != nil {
		return err
	}
	err = s.once(ctx, true, s.d.locking, func(t *tx) error { // once: a stream cannot be read again
		if err := s.mustBeEmpty(ctx, t); err != nil {
			return err
		}
		l := &loader{ctx: ctx, s: s, t: t}
		if err := read(l); err != nil {
			return err
		}
		return l.end()
	})
	return errors.Join(s.classify(err), s.Close())
}

// openBare opens a database without looking at its schema.
func openBare(ctx context.Context, o Options) (*Store, error) {
	s := newStore(o)
	open := s.openSQLite
	if o.DatabaseURL != "" {
		open = s.openPostgres
	}
	if err := open(ctx, o); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) mustBeEmpty(ctx context.Context, t *tx) error {
	tables, err := s.shapes(ctx, t)
	if err == nil && len(tables) > 0 {
		err = fault.New(fault.Conflict, "このデータベースには、もう表があります。控えは、空のデータベースに戻します。新しいデータベースを作り、DATABASE_URL をそこに向けてください。")
	}
	return err
}

// Rows of one INSERT: bounded by number, by the parameters an engine takes, and by size.
const (
	rowsAtOnce  = 200
	wordsAtOnce = 30_000
	bytesAtOnce = 4 << 20
)

// loader is the sink that fills a database.
type loader struct {
	ctx   context.Context
	s     *Store
	t     *tx
	known []tableShape
	table tableShape
	args  []any
	rows  int
	bytes int
}

// Begin makes the schema of the backup.
func (l *loader) Begin(h backup.Head) error {
	if h.Town != nil {
		return fault.Newf(fault.Invalid, "これは%sだけの書き出しです。kasane municipality import で取り込みます。", h.Town.Name)
	}
	steps, err := migrations()
	if err != nil {
		return err
	}
	for _, n := range h.Steps {
		if !slices.ContainsFunc(steps, func(m migration) bool { return m.version == n }) {
			return newerDatabase(n, steps[len(steps)-1].version)
		}
	}
	if _, err := l.t.exec(l.ctx, l.s.d.ddl.Replace(schemaVersionTable)); err != nil {
		return err
	}
	for _, step := range steps {
		if slices.Contains(h.Steps, step.version) {
			if err := l.s.step(l.ctx, l.t, step); err != nil {
				return err
			}
		}
	}
	if l.known, err = l.s.shapes(l.ctx, l.t); err != nil {
		return err
	}
	for i := len(l.known) - 1; i >= 0; i-- { // what the steps themselves put in
		if x := l.known[i]; x.Name != "schema_version" {
			if _, err := l.t.exec(l.ctx, "DELETE FROM "+x.Name); err != nil {
				return err
			}
		}
	}
	return nil
}

// File implements backup.Sink; files are not of the database.
func (l *loader) File(backup.File) error { return nil }

// Table implements backup.Sink. Only names of the schema reach a statement.
func (l *loader) Table(b backup.Table) error {
	if err := l.flush(); err != nil {
		return err
	}
	i := slices.IndexFunc(l.known, func(x tableShape) bool { return x.Name == b.Name })
	if i < 0 || slices.Contains(passing, b.Name) {
		return fmt.Errorf("store: a backup with a table %q", b.Name)
	}
	for j, c := range b.Columns {
		if !slices.Contains(l.known[i].Columns, c) || slices.Contains(b.Columns[:j], c) {
			return fmt.Errorf("store: a backup with a column %q of %s", c, b.Name)
		}
	}
	if len(b.Columns) != len(l.known[i].Columns) {
		return fmt.Errorf("store: a backup with %d columns of %s", len(b.Columns), b.Name)
	}
	l.table = tableShape{Table: backup.Table{Name: b.Name, Columns: slices.Clone(b.Columns)}}
	return nil
}

// Row implements backup.Sink.
func (l *loader) Row(row []any) error {
	for _, v := range row {
		switch v := v.(type) {
		case string:
			l.bytes += len(v)
		case []byte:
			l.bytes += len(v)
		}
	}
	l.args = append(l.args, row...)
	l.rows++
	if l.rows == rowsAtOnce || len(l.args)+len(row) > wordsAtOnce || l.bytes > bytesAtOnce {
		return l.flush()
	}
	return nil
}

func (l *loader) flush() error {
	if l.rows == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString("INSERT INTO " + l.table.Name + " (" + strings.Join(l.table.Columns, ", ") + ") VALUES ")
	for i := range l.args {
		switch {
		case i%len(l.table.Columns) > 0:
			b.WriteString(", ")
		case i > 0:
			b.WriteString("), (")
		default:
			b.WriteString("(")
		}
		fmt.Fprintf(&b, "$%d", i+1)
	}
	b.WriteString(")")
	n, err := l.t.exec(l.ctx, b.String(), l.args...)
	if err == nil && n != int64(l.rows) {
		err = fmt.Errorf("store: %d of %d rows were taken", n, l.rows)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", l.table.Name, err)
	}
	clear(l.args)
	l.args, l.rows, l.bytes = l.args[:0], 0, 0
	return nil
}

func (l *loader) end() error {
	if l.known == nil {
		return sql.ErrNoRows
	}
	return l.flush()
}
