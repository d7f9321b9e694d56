package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"kasane/internal/backup"
)

// passing are the tables of the moment: what is going on, not what was written. They are not taken along. That sessions are among them is on purpose: whoever was
// signed out, or lost a password, between a backup and its return must not be signed in again by it.
// Nor is the copy of names for the search, which the next start makes anew; nor work in the background, which may be begun anew, and its results, which are copies.
var passing = []string{"session", "sign_in_attempt", "lease", "node", "schema_version", "name_pair", "name_paired", "job", "job_part"}

// tableShape is a table as the catalogue of the engine tells it.
type tableShape struct {
	backup.Table
	key   []string // primary key
	above []string // tables its rows point to
}

// Dump gives everything the database holds at one moment, beside whatever else goes on. version is of this program. It may take long; memory stays bounded by the
// largest row.
func (s *Store) Dump(ctx context.Context, version string, to backup.Sink) error {
	return s.classify(s.once(ctx, false, s.d.reading, func(t *tx) error { // once: what was given cannot be taken back
		steps, err := stepsDone(ctx, t)
		if err != nil {
			return err
		}
		if err := to.Begin(backup.Head{Format: backup.Format, At: t.now, Version: version, Engine: s.d.name, Steps: steps}); err != nil {
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
			if err := to.Table(x.Table); err != nil {
				return err
			}
			if err := dumpTable(ctx, t, x, to); err != nil {
				return fmt.Errorf("%s: %w", x.Name, err)
			}
		}
		return nil
	}))
}

// dumpTable gives the rows in the order of their key: two databases that hold the same give the same.
func dumpTable(ctx context.Context, t *tx, x tableShape, to backup.Sink) error {
	return dumpRows(ctx, t, x, to, "")
}

func stepsDone(ctx context.Context, t *tx) (out []int, err error) {
	err = t.query(ctx, func(scan func(...any) error) error {
		var n int
		err := scan(&n)
		out = append(out, n)
		return err
	}, `SELECT version FROM schema_version ORDER BY version`)
	return out, err
}

// shapes lists the tables, each behind those its rows point to.
func (s *Store) shapes(ctx context.Context, t *tx) ([]tableShape, error) {
	byName := map[string]*tableShape{}
	var names []string
	err := t.query(ctx, func(scan func(...any) error) error {
		var table, column string
		var key sql.NullInt64
		if err := scan(&table, &column, &key); err != nil {
			return err
		}
		x := byName[table]
		if x == nil {
			x = &tableShape{Table: backup.Table{Name: table}}
			byName[table], names = x, append(names, table)
		}
		x.Columns = append(x.Columns, column)
		if key.Int64 > 0 {
			for len(x.key) < int(key.Int64) {
				x.key = append(x.key, "")
			}
			x.key[key.Int64-1] = column
		}
		return nil
	}, s.d.columns)
	if err != nil {
		return nil, err
	}
	err = t.query(ctx, func(scan func(...any) error) error {
		var from, to string
		if err := scan(&from, &to); err != nil {
			return err
		}
		if from != to {
			byName[from].above = append(byName[from].above, to)
		}
		return nil
	}, s.d.references)
	if err != nil {
		return nil, err
	}
	return behindTheirs(byName, names)
}

// behindTheirs puts every table behind those it points to.
func behindTheirs(byName map[string]*tableShape, names []string) (out []tableShape, err error) {
	done := map[string]bool{}
	for len(out) < len(names) {
		before := len(out)
		for _, n := range names {
			x := byName[n]
			if done[n] || slices.ContainsFunc(x.above, func(a string) bool { return !done[a] }) {
				continue
			}
			if len(x.key) == 0 || slices.Contains(x.key, "") {
				return nil, fmt.Errorf("store: %s has no primary key", n)
			}
			done[n] = true
			out = append(out, *x)
		}
		if len(out) == before {
			return nil, fmt.Errorf("store: tables point to each other in a circle")
		}
	}
	return out, nil
}
