package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"kasane/internal/fault"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one forward step of the schema; its number is its place in the list.
type migration struct {
	name, text string
}

// migrations lists the steps in order of their file names (0001_…, 0002_…).
func migrations() ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql") // sorted
	if err != nil {
		return nil, err
	}
	steps := make([]migration, 0, len(names))
	for i, name := range names {
		if !strings.HasPrefix(name, fmt.Sprintf("migrations/%04d_", i+1)) {
			return nil, fmt.Errorf("store: migration %s is out of order", name)
		}
		text, err := fs.ReadFile(migrationFiles, name)
		if err != nil {
			return nil, err
		}
		steps = append(steps, migration{name, string(text)})
	}
	return steps, nil
}

// migrate runs the missing steps, each in its own transaction. Several nodes may start at once: each step waits for
// the lock and looks again.
func (s *Store) migrate(ctx context.Context) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	for i := range len(steps) + 1 {
		err := s.lockingWrite(ctx, func(t *tx) error {
			if s.d.migrationLock != "" {
				if _, err := t.exec(ctx, s.d.migrationLock); err != nil {
					return err
				}
			}
			if _, err := t.exec(ctx, s.d.ddl.Replace(
				`CREATE TABLE IF NOT EXISTS schema_version (version {INT} PRIMARY KEY, name {TEXT} NOT NULL, at {INT} NOT NULL) {END}`)); err != nil {
				return err
			}
			have, err := schemaVersion(ctx, t)
			if err != nil {
				return err
			}
			if have > len(steps) {
				return newerDatabase(have, len(steps))
			}
			if i >= len(steps) || have > i {
				return nil
			}
			if _, err := t.exec(ctx, s.d.ddl.Replace(steps[i].text)); err != nil {
				return fmt.Errorf("%s: %w", steps[i].name, err)
			}
			_, err = t.exec(ctx, `INSERT INTO schema_version (version, name, at) VALUES ($1,$2,$3)`, i+1, steps[i].name, micros(t.now))
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// checkVersion is migrate for a read-only store: it wants exactly this schema.
func (s *Store) checkVersion(ctx context.Context) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	return s.read(ctx, func(t *tx) error {
		have, err := schemaVersion(ctx, t)
		switch {
		case err != nil:
			return err
		case have > len(steps):
			return newerDatabase(have, len(steps))
		case have < len(steps):
			return fault.Newf(fault.Conflict, "データベースの版(%d)がこの Kasane(%d)より古いため読めません。先に新しい Kasane を一度起動してください。", have, len(steps))
		}
		return nil
	})
}

func schemaVersion(ctx context.Context, t *tx) (int, error) {
	var v sql.NullInt64
	err := t.row(ctx, `SELECT MAX(version) FROM schema_version`).Scan(&v)
	return int(v.Int64), err
}

func newerDatabase(have, want int) error {
	return fault.Newf(fault.Conflict,
		"データベースは新しい版の Kasane のもの(版 %d)です。この Kasane(版 %d)では開けません。新しい Kasane で起動してください。", have, want)
}
