package store

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"kasane/internal/audit"
	"kasane/internal/fault"
)

// Options say where the data lies.
type Options struct {
	// DataDir holds kasane.db and its lock; used when DatabaseURL is empty.
	DataDir string
	// DatabaseURL is a PostgreSQL connection string.
	DatabaseURL string
	// MaxConns bounds the PostgreSQL pool; 0 means 16.
	MaxConns int
	// ReadOnly opens beside a running server and writes nothing: no lock, no migration.
	ReadOnly bool
	Log      *slog.Logger
	Now      func() time.Time
	// Signer signs the checkpoints of the audit log; nil leaves them unsigned.
	Signer *audit.Signer
	// Signed is told every checkpoint, after its commit; nil: nobody is.
	Signed func(tenant string, c audit.Checkpoint)

	scratch bool // a database that is thrown away unless it becomes whole (SQLite)
}

// Store is the database. It is safe for concurrent use.
type Store struct {
	w     *sql.DB // one and the same pool on PostgreSQL as r
	r     readPool
	d     dialect
	pool  *pgxpool.Pool  // of PostgreSQL, when it may write
	sole  *sole          // the only connection of w; nil on PostgreSQL
	rp    *statements    // prepared on r; nil where the driver does so by itself
	close []func() error // last opened first closed
	log   *slog.Logger
	now   func() time.Time

	signer  *audit.Signer
	signed  func(tenant string, c audit.Checkpoint)
	written written
	noting  noting
	space   space
	slow    *slow
	waited  atomic.Int64 // nanoseconds spent waiting for the one writer of SQLite
}

// Open opens the database, brings its schema up to this version and takes the lock of the data directory.
// A database written by a newer Kasane, a data directory in use by another process, and an unreachable server are
// refused with a fault that says what to do.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Now == nil {
		return nil, errors.New("store: Options.Now is required")
	}
	s := newStore(o)
	open := s.openSQLite
	if o.DatabaseURL != "" {
		open = s.openPostgres
	} else if o.DataDir == "" {
		return nil, fault.New(fault.Invalid, "データを置く場所(データディレクトリ)が決まっていません。")
	}
	if err := open(ctx, o); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	migrate := s.migrate
	if o.ReadOnly {
		migrate = s.checkVersion
	}
	if err := migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if !o.ReadOnly {
		if err := errors.Join(s.indexOld(ctx), s.pairOld(ctx), s.standOld(ctx)); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	return s, nil
}

func newStore(o Options) *Store {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Store{log: o.Log, now: o.Now, signer: o.Signer, signed: o.Signed, slow: newSlow(o.Log)}
}

// Close closes the pools, then the lock.
func (s *Store) Close() error {
	var errs []error
	for i := len(s.close) - 1; i >= 0; i-- {
		errs = append(errs, s.close[i]())
	}
	s.close = nil
	return errors.Join(errs...)
}

// Ping tells whether the database answers, and took the last of what was to be written.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.classify(s.r.PingContext(ctx)); err != nil {
		return err
	}
	return s.space.trouble()
}

// Engine is "sqlite" or "postgres".
func (s *Store) Engine() string { return s.d.name }

// makeDir makes the data directory, readable by its owner alone.
func makeDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fault.Wrap(fault.Unavailable, err, "データディレクトリを作れません。場所と権限を確かめてください。")
	}
	return nil
}
