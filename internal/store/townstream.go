package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/audit"
	"kasane/internal/backup"
	"kasane/internal/fault"
)

// townColumn is the column that says of which municipality the rows of a table are; "" where it is of none.
func (x tableShape) townColumn() string {
	switch {
	case x.Name == "municipality":
		return "id"
	case slices.Contains(x.Columns, "tenant"):
		return "tenant"
	}
	return ""
}

// DumpTown is Dump of one municipality: its rows of every table, and none of another.
func (s *Store) DumpTown(ctx context.Context, version string, m backup.Town, to backup.Sink) error {
	return s.classify(s.once(ctx, false, s.d.reading, func(t *tx) error {
		steps, err := stepsDone(ctx, t)
		if err != nil {
			return err
		}
		if err := to.Begin(backup.Head{Format: backup.TownFormat, At: t.now, Version: version, Engine: s.d.name, Steps: steps, Town: &m}); err != nil {
			return err
		}
		tables, err := s.shapes(ctx, t)
		if err != nil {
			return err
		}
		for _, x := range tables {
			if slices.Contains(passing, x.Name) {
				continue
			}
			column := x.townColumn()
			if column == "" {
				return fmt.Errorf("store: %s does not say whose its rows are", x.Name)
			}
			if err := to.Table(x.Table); err != nil {
				return err
			}
			if err := dumpRows(ctx, t, x, to, " WHERE "+column+" = $1", m.ID); err != nil {
				return fmt.Errorf("%s: %w", x.Name, err)
			}
		}
		return nil
	}))
}

// RestoreTown adds a municipality that read gives, all of it or nothing. Its id, name and code must be free; no row of another is touched. origin is where its log
// was signed before; e stands in its log.
func (s *Store) RestoreTown(ctx context.Context, origin audit.PublicKey, e func(access.Municipality) access.Entry, read func(backup.Sink) error) (m access.Municipality, err error) {
	err = s.classify(s.once(ctx, true, s.d.locking, func(t *tx) error { // once: a stream cannot be read again
		if s.d.migrationLock != "" { // one at a time
			if _, err := t.exec(ctx, s.d.migrationLock); err != nil {
				return err
			}
		}
		l := &townLoader{loader: loader{ctx: ctx, s: s, t: t}}
		if err := read(l); err != nil {
			return err
		}
		if err := l.end(); err != nil {
			return err
		}
		var us int64
		if err := t.row(ctx, `UPDATE municipality SET suspended_at = NULL, quota = '' WHERE id = $1 RETURNING id, name, code, demo, created_at`, l.town).
			Scan(&m.ID, &m.Name, &m.Code, &m.Demo, &us); err != nil {
			return err
		}
		m.CreatedAt = at(us)
		if _, err := t.exec(ctx, `INSERT INTO municipality_origin (tenant, size, public_key, at) SELECT $1, COALESCE(MAX(size), 0), $2, CAST($3 AS BIGINT) FROM audit_checkpoint WHERE tenant = $1
			ON CONFLICT (tenant, size) DO UPDATE SET public_key = excluded.public_key, at = excluded.at`, m.ID, origin.String(), micros(t.now)); err != nil {
			return err
		}
		return t.audit(ctx, e(m))
	}))
	if err != nil {
		return m, err
	}
	if err := s.pairOld(ctx); err != nil {
		return m, err
	}
	_, err = s.AuditCheckpoint(ctx, m.ID) // from here on this installation signs, and speaks for what was before
	return m, err
}

// townLoader is the sink that fills in one municipality.
type townLoader struct {
	loader
	town  string
	whose int // the column that says so
}

// Begin looks whether the municipality can come.
func (l *townLoader) Begin(h backup.Head) error {
	if h.Town == nil || h.Town.ID == "" {
		return fault.New(fault.Invalid, "1つの市町村の書き出しではありません。すべての控えは kasane restore で戻します。")
	}
	l.town = h.Town.ID
	steps, err := stepsDone(l.ctx, l.t)
	if err != nil {
		return err
	}
	if !slices.Equal(steps, h.Steps) {
		return fault.Newf(fault.Conflict, "書き出した Kasane(%s)と、この Kasane の版が違います。両方を同じ版にしてから、もう一度書き出してください。", h.Version)
	}
	if l.known, err = l.s.shapes(l.ctx, l.t); err != nil {
		return err
	}
	var n int
	if err := l.t.row(l.ctx, `SELECT COUNT(*) FROM municipality WHERE id = $1 OR name = $2 OR code = $3 AND code <> ''`, h.Town.ID, h.Town.Name, h.Town.Code).Scan(&n); err != nil {
		return err
	}
	if n > 0 {
		return fault.Newf(fault.Conflict, "%sか、同じ名称・団体コードの市町村が、もうあります。", h.Town.Name)
	}
	for _, x := range l.known { // what is left of a municipality that was here before would mix with it
		column := x.townColumn()
		if column == "" || slices.Contains(passing, x.Name) {
			continue
		}
		if err := l.t.row(l.ctx, "SELECT COUNT(*) FROM (SELECT 1 FROM "+x.Name+" WHERE "+column+" = $1 LIMIT 1) r", l.town).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return fault.Newf(fault.Conflict, "%s の行が、表 %s に残っています。", h.Town.Name, x.Name)
		}
	}
	return nil
}

// Table implements backup.Sink.
func (l *townLoader) Table(b backup.Table) error {
	if err := l.loader.Table(b); err != nil {
		return err
	}
	i := slices.IndexFunc(l.known, func(x tableShape) bool { return x.Name == b.Name })
	l.whose = slices.Index(b.Columns, l.known[i].townColumn())
	if l.whose < 0 {
		return fmt.Errorf("store: %s has no municipality", b.Name)
	}
	return nil
}

// Row implements backup.Sink. A row of another municipality ends it: nothing of those that are here may be written over.
func (l *townLoader) Row(row []any) error {
	if of, _ := row[l.whose].(string); of != l.town {
		return fault.Newf(fault.Invalid, "ファイルに、ほかの市町村の行が入っています(%s)。取り込みませんでした。", l.table.Name)
	}
	return l.loader.Row(row)
}

// TownCounts is how many rows of each table are of a municipality, the tables of the moment included.
func (s *Store) TownCounts(ctx context.Context, tenant string) (map[string]int64, error) {
	out := map[string]int64{}
	err := s.read(ctx, func(t *tx) error {
		clear(out)
		tables, err := s.shapes(ctx, t)
		if err != nil {
			return err
		}
		for _, x := range tables {
			if column := x.townColumn(); column != "" {
				var n int64
				if err := t.row(ctx, "SELECT COUNT(*) FROM "+x.Name+" WHERE "+column+" = $1", tenant).Scan(&n); err != nil {
					return err
				}
				if n > 0 {
					out[x.Name] = n
				}
			}
		}
		return nil
	})
	return out, err
}

// dumpRows gives the rows of a table that a condition picks, in the order of their key.
func dumpRows(ctx context.Context, t *tx, x tableShape, to backup.Sink, where string, args ...any) error {
	row := make([]any, len(x.Columns))
	into := make([]any, len(x.Columns))
	for i := range row {
		into[i] = &row[i]
	}
	return t.query(ctx, func(scan func(...any) error) error {
		if err := scan(into...); err != nil {
			return err
		}
		err := to.Row(row)
		clear(row) // a large file is let go of before the next one comes
		return err
	}, "SELECT "+strings.Join(x.Columns, ", ")+" FROM "+x.Name+where+" ORDER BY "+strings.Join(x.key, ", "), args...)
}
