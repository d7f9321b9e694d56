package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"kasane/internal/fault"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one forward step of the schema. Steps are known by their numbers: one that comes later with a lower number is run, too.
type migration struct {
	version    int
	name, text string
}

// migrations lists the steps in order of their file names (0001_…, 0002_…). A number may be missing, none stands twice.
func migrations() ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql") // sorted
	if err != nil {
		return nil, err
	}
	steps := make([]migration, 0, len(names))
	for i, name := range names {
		var n int
		if _, err := fmt.Sscanf(name, "migrations/%04d_", &n); err != nil || n < 1 || i > 0 && n <= steps[i-1].version {
			return nil, fmt.Errorf("store: migration %s has no number of its own", name)
		}
		text, err := fs.ReadFile(migrationFiles, name)
		if err != nil {
			return nil, err
		}
		steps = append(steps, migration{n, name, string(text)})
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
	for _, step := range steps {
		err := s.lockingWrite(ctx, func(t *tx) error {
			if s.d.migrationLock != "" {
				if _, err := t.exec(ctx, s.d.migrationLock); err != nil {
					return err
				}
			}
			if _, err := t.exec(ctx, s.d.ddl.Replace(schemaVersionTable)); err != nil {
				return err
			}
			done, err := schemaVersions(ctx, t, steps)
			if err != nil || done[step.version] {
				return err
			}
			return s.step(ctx, t, step)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

const schemaVersionTable = `CREATE TABLE IF NOT EXISTS schema_version (version {INT} PRIMARY KEY, name {TEXT} NOT NULL, at {INT} NOT NULL) {END}`

// step goes one step and notes it.
func (s *Store) step(ctx context.Context, t *tx, step migration) error {
	if _, err := t.exec(ctx, s.d.ddl.Replace(step.text)); err != nil {
		return fmt.Errorf("%s: %w", step.name, err)
	}
	_, err := t.exec(ctx, `INSERT INTO schema_version (version, name, at) VALUES ($1,$2,$3)`, step.version, step.name, micros(t.now))
	return err
}

// checkVersion is migrate for a read-only store: it wants exactly this schema.
func (s *Store) checkVersion(ctx context.Context) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	return s.read(ctx, func(t *tx) error {
		done, err := schemaVersions(ctx, t, steps)
		if err != nil {
			return err
		}
		for _, step := range steps {
			if !done[step.version] {
				return fault.Newf(fault.Conflict, "データベースにはこの Kasane の版 %d がまだないため読めません。先に新しい Kasane を一度起動してください。", step.version)
			}
		}
		return nil
	})
}

// schemaVersions are the steps a database has gone. One that is none of ours was made by a newer Kasane.
func schemaVersions(ctx context.Context, t *tx, steps []migration) (map[int]bool, error) {
	done := map[int]bool{}
	err := t.query(ctx, func(scan func(...any) error) error {
		var v int
		if err := scan(&v); err != nil {
			return err
		}
		if !slices.ContainsFunc(steps, func(m migration) bool { return m.version == v }) {
			return newerDatabase(v, steps[len(steps)-1].version)
		}
		done[v] = true
		return nil
	}, `SELECT version FROM schema_version ORDER BY version DESC`)
	return done, err
}

func newerDatabase(have, want int) error {
	return fault.Newf(fault.Conflict,
		"データベースは新しい版の Kasane のもの(版 %d)です。この Kasane(版 %d)では開けません。新しい Kasane で起動してください。", have, want)
}
