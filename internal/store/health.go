package store

import (
	"context"
	"strings"
	"time"
)

// Health is what an operator wants to know of the database itself.
type Health struct {
	Version string        // of the engine
	Bytes   int64         // on the disk
	Answer  time.Duration // of the smallest question
	Away    time.Duration // its clock before ours; 0 on SQLite, which has none
	Damage  string        // what a check of the file found, "" when it is whole or was not checked
}

// Health asks the database. On SQLite it reads the whole file once.
func (s *Store) Health(ctx context.Context) (h Health, err error) {
	if s.d.name == postgresDialect.name {
		err = s.postgresHealth(ctx, &h)
	} else {
		err = s.sqliteHealth(ctx, &h)
	}
	if err != nil {
		return h, s.classify(err)
	}
	begun := time.Now()
	var one int
	err = s.r.QueryRowContext(ctx, `SELECT 1`).Scan(&one)
	h.Answer = time.Since(begun)
	return h, s.classify(err)
}

func (s *Store) sqliteHealth(ctx context.Context, h *Health) error {
	if err := s.r.QueryRowContext(ctx, `SELECT 'SQLite ' || sqlite_version(), p.page_count * z.page_size FROM pragma_page_count p, pragma_page_size z`).Scan(&h.Version, &h.Bytes); err != nil {
		return err
	}
	var found []string
	err := each(ctx, s.r, func(scan func(...any) error) error {
		var line string
		err := scan(&line)
		if line != "ok" {
			found = append(found, line)
		}
		return err
	}, `PRAGMA quick_check(3)`)
	h.Damage = strings.Join(found, "; ")
	return err
}

func (s *Store) postgresHealth(ctx context.Context, h *Health) error {
	var us int64
	before := time.Now()
	err := s.r.QueryRowContext(ctx, `SELECT 'PostgreSQL ' || current_setting('server_version'), pg_database_size(current_database()),
		(extract(epoch FROM clock_timestamp()) * 1000000)::bigint`).Scan(&h.Version, &h.Bytes, &us)
	if err != nil {
		return err
	}
	middle := before.Add(time.Since(before) / 2)
	h.Away = time.UnixMicro(us).Sub(middle)
	return nil
}
