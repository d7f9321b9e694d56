package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"sync/atomic"
	"time"
)

// sole is the one connection that writes to SQLite, with its statements kept prepared.
//
// It runs transactions itself and not by sql.Tx, and its statements without the caller's context: for every statement that may be cancelled the
// driver starts a goroutine to watch the context, and sql.Tx another for the transaction. A change typed by somebody takes four statements of some
// microseconds; waking a processor for each watcher cost more than all of them. Who waits for the connection can still be cancelled, and what was
// cancelled before its COMMIT is rolled back.
type sole struct {
	db    *sql.DB
	slow  *slow
	wait  *atomic.Int64 // nanoseconds spent waiting for a turn
	turn  chan struct{} // holds one while somebody has the connection, and what is below
	conn  *sql.Conn     // nil: not open
	stmts map[string]*sql.Stmt
	known map[string]bool // run once before: worth preparing
}

const (
	maxStatements = 512
	maxStatement  = 8 << 10 // bytes of text
)

func newSole(db *sql.DB, slow *slow, wait *atomic.Int64) *sole {
	return &sole{db: db, slow: slow, wait: wait, turn: make(chan struct{}, 1)}
}

// transact runs fn between BEGIN IMMEDIATE and COMMIT.
func (s *sole) transact(ctx context.Context, fn func(runner) error) error {
	if err := s.acquire(ctx); err != nil {
		return err
	}
	defer s.release()
	if err := s.open(ctx); err != nil {
		return err
	}
	run := soleRunner{s, context.WithoutCancel(ctx)}
	if _, err := run.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done { // fn failed, or panicked
			s.rollback(run)
		}
	}()
	if err := fn(run); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if _, err := run.ExecContext(ctx, "COMMIT"); err != nil {
		return &commitError{err}
	}
	done = true
	return nil
}

func (s *sole) acquire(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case s.turn <- struct{}{}:
		return nil
	default:
	}
	begun := time.Now()
	defer func() { s.wait.Add(int64(time.Since(begun))) }()
	select {
	case s.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *sole) release() { <-s.turn }

// open opens the connection, if it is not.
func (s *sole) open(ctx context.Context) (err error) {
	if s.conn != nil {
		return nil
	}
	s.stmts, s.known = map[string]*sql.Stmt{}, map[string]bool{}
	s.conn, err = s.db.Conn(ctx)
	return err
}

// rollback ends a transaction that is not to be. SQLite has often ended it by itself, when the disk is full for one: then there is nothing to roll back.
// A connection that may still be inside is thrown away.
func (s *sole) rollback(run soleRunner) {
	_, err := run.ExecContext(run.ctx, "ROLLBACK")
	if err == nil {
		return
	}
	if _, err := run.ExecContext(run.ctx, "BEGIN IMMEDIATE"); err == nil { // it was not inside
		if _, err := run.ExecContext(run.ctx, "ROLLBACK"); err == nil {
			return
		}
	}
	s.shut(true)
}

// shut closes the connection; broken ones do not go back into the pool.
func (s *sole) shut(broken bool) error {
	if s.conn == nil {
		return nil
	}
	var errs []error
	for _, stmt := range s.stmts {
		errs = append(errs, stmt.Close())
	}
	if broken {
		_ = s.conn.Raw(func(any) error { return driver.ErrBadConn })
	}
	err := s.conn.Close()
	if broken && errors.Is(err, sql.ErrConnDone) {
		err = nil
	}
	s.conn = nil
	return errors.Join(append(errs, err)...)
}

// Close waits for the transaction under way.
func (s *sole) Close() error {
	s.turn <- struct{}{}
	defer s.release()
	return s.shut(false)
}

// prepared gives the statement of a text, nil for one to be run as it is.
func (s *sole) prepared(query string) *sql.Stmt {
	stmt := s.stmts[query]
	if stmt != nil || len(query) > maxStatement || len(s.known) >= maxStatements {
		return stmt
	}
	if !s.known[query] {
		s.known[query] = true
		return nil
	}
	stmt, err := s.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil // running it tells why
	}
	s.stmts[query] = stmt
	return stmt
}

// soleRunner is the sole connection while it is held.
type soleRunner struct {
	*sole
	ctx context.Context // never ends
}

// ExecContext implements runner.
func (r soleRunner) ExecContext(_ context.Context, query string, args ...any) (sql.Result, error) {
	if stmt := r.prepared(query); stmt != nil {
		return stmt.ExecContext(r.ctx, args...)
	}
	return r.conn.ExecContext(r.ctx, query, args...)
}

// QueryContext implements runner.
func (r soleRunner) QueryContext(_ context.Context, query string, args ...any) (*sql.Rows, error) {
	if stmt := r.prepared(query); stmt != nil {
		return stmt.QueryContext(r.ctx, args...)
	}
	return r.conn.QueryContext(r.ctx, query, args...)
}

// QueryRowContext implements runner.
func (r soleRunner) QueryRowContext(_ context.Context, query string, args ...any) *sql.Row {
	if stmt := r.prepared(query); stmt != nil {
		return stmt.QueryRowContext(r.ctx, args...)
	}
	return r.conn.QueryRowContext(r.ctx, query, args...)
}
