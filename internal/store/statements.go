package store

import (
	"context"
	"database/sql"
	"sync"
)

// statements keeps prepared statements of one pool by their text: SQLite parses and plans a statement anew each time it is run otherwise, which for
// a small append is most of its cost. pgx does the same by itself.
//
// A statement met for the first time is run as it is and prepared beside: a transaction cannot wait for another connection to be free.
type statements struct {
	db *sql.DB

	mu     sync.Mutex
	byText map[string]*sql.Stmt // nil: being prepared
	ended  bool
	work   sync.WaitGroup
}

func newStatements(db *sql.DB) *statements {
	return &statements{db: db, byText: map[string]*sql.Stmt{}}
}

// get gives the prepared statement of a text, nil when there is none yet.
func (s *statements) get(query string) *sql.Stmt {
	if s == nil || len(query) > maxStatement {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	stmt, known := s.byText[query]
	if !known && !s.ended && len(s.byText) < maxStatements {
		s.byText[query] = nil
		s.work.Go(func() { s.prepare(query) })
	}
	return stmt
}

func (s *statements) prepare(query string) {
	stmt, err := s.db.PrepareContext(context.Background(), query)
	if err != nil {
		return // it is run as it is for good, which tells its fault to the caller
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		_ = stmt.Close()
		return
	}
	s.byText[query] = stmt
}

// Close lets go of all statements; the pool must still be open.
func (s *statements) Close() error {
	s.mu.Lock()
	s.ended = true
	list := s.byText
	s.byText = nil
	s.mu.Unlock()
	s.work.Wait()
	for _, stmt := range list {
		if stmt != nil {
			_ = stmt.Close()
		}
	}
	return nil
}

// pooled runs single statements, prepared where possible.
type pooled struct {
	readPool
	p *statements
}

func (q pooled) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if stmt := q.p.get(query); stmt != nil {
		return stmt.QueryContext(ctx, args...)
	}
	return q.readPool.QueryContext(ctx, query, args...)
}

// txRunner runs statements in a transaction, prepared where possible.
type txRunner struct {
	t    *sql.Tx
	p    *statements // nil: the driver prepares by itself
	slow *slow
}

// ExecContext implements runner.
func (q txRunner) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if stmt := q.p.get(query); stmt != nil {
		return q.t.StmtContext(ctx, stmt).ExecContext(ctx, args...)
	}
	return q.t.ExecContext(ctx, query, args...)
}

// QueryContext implements runner.
func (q txRunner) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if stmt := q.p.get(query); stmt != nil {
		return q.t.StmtContext(ctx, stmt).QueryContext(ctx, args...)
	}
	return q.t.QueryContext(ctx, query, args...)
}

// QueryRowContext implements runner.
func (q txRunner) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if stmt := q.p.get(query); stmt != nil {
		return q.t.StmtContext(ctx, stmt).QueryRowContext(ctx, args...)
	}
	return q.t.QueryRowContext(ctx, query, args...)
}
