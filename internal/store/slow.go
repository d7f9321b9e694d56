package store

import (
	"context"
	"database/sql"
	"log/slog"
	"strings"
	"sync"
	"time"

	"kasane/internal/access"
)

// When a statement is slow, how often the same one is told of, and how much of its text.
const (
	slowQuery      = 500 * time.Millisecond
	slowQuietly    = time.Minute
	slowStatements = 256
	slowText       = 300
)

// slow (遅い問い合わせ) tells of statements that take long, by their text and the request they were run for. The text of a statement is ours: what somebody wrote
// is in its arguments, which are never said.
type slow struct {
	log   *slog.Logger
	limit time.Duration

	mu   sync.Mutex
	said map[string]time.Time // by text
	all  int64                // slow ones, told of or not
	last time.Time            // the newest
}

func newSlow(log *slog.Logger) *slow {
	return &slow{log: log, limit: slowQuery, said: map[string]time.Time{}}
}

// seen is told every statement, in the tests of this package.
var seen func(query string)

// note tells of a statement that took long, each at most once a minute: a disk that hangs makes all of them slow.
func (s *slow) note(ctx context.Context, query string, took time.Duration) {
	if seen != nil {
		seen(query)
	}
	if s == nil || took < s.limit {
		return
	}
	s.mu.Lock()
	s.all, s.last = s.all+1, time.Now()
	last, known := s.said[query]
	quiet := known && time.Since(last) < slowQuietly
	if !quiet {
		if len(s.said) >= slowStatements {
			clear(s.said)
		}
		s.said[query] = time.Now()
	}
	s.mu.Unlock()
	if quiet {
		return
	}
	text := strings.Join(strings.Fields(query), " ")
	s.log.WarnContext(ctx, "slow query", "request", access.RequestID(ctx), "ms", took.Milliseconds(), "query", text[:min(len(text), slowText)])
}

// Slow tells how many statements took long since the start of this process, and when the newest did.
func (s *Store) Slow() (n int64, last time.Time) {
	s.slow.mu.Lock()
	defer s.slow.mu.Unlock()
	return s.slow.all, s.slow.last
}

// observed is what tells of its slow statements.
type observed interface{ watched() *slow }

// slowOf is who is told; nil: nobody.
func slowOf(q any) *slow {
	if o, ok := q.(observed); ok {
		return o.watched()
	}
	return nil
}

// readPool is a pool of connections that tells of its slow statements.
type readPool struct {
	*sql.DB
	slow *slow
}

func (p readPool) watched() *slow { return p.slow }
func (q txRunner) watched() *slow { return q.slow }
func (s *sole) watched() *slow    { return s.slow }

// Load (負荷) is how much is waited for in the database, and what waits in it.
type Load struct {
	Waited       time.Duration // for a connection, all together since the start
	Sessions     int64         // that have not run out
	AuditWaiting int64         // entries without a leaf number
	Closings     int64         // meetings whose record is not sealed yet
	ClosingSince time.Time     // of the oldest of them; zero: there is none
}

// Load asks for it. It goes over indexes alone: a monitor asks several times a minute.
func (s *Store) Load(ctx context.Context) (l Load, err error) {
	l.Waited = s.waitedFor()
	var oldest int64
	err = s.r.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM session WHERE expires_at > $1),
		(SELECT COUNT(*) FROM audit_entry WHERE leaf IS NULL), (SELECT COUNT(*) FROM meeting_closing), (SELECT COALESCE(MIN(at), 0) FROM meeting_closing)`,
		micros(s.clock())).Scan(&l.Sessions, &l.AuditWaiting, &l.Closings, &oldest)
	if oldest > 0 {
		l.ClosingSince = at(oldest)
	}
	return l, s.classify(err)
}

// waitedFor is how long everybody together waited for a connection.
func (s *Store) waitedFor() time.Duration {
	d := s.r.Stats().WaitDuration + time.Duration(s.waited.Load())
	if s.pool != nil {
		d += s.pool.Stat().EmptyAcquireWaitTime()
	}
	return d
}

// Waits tells how many meetings of a municipality wait for their record to be sealed, and since when the oldest does.
func (s *Store) Waits(ctx context.Context, tenant string) (n int64, since time.Time, err error) {
	var oldest int64
	err = s.r.QueryRowContext(ctx, `SELECT COUNT(*), COALESCE(MIN(at), 0) FROM meeting_closing WHERE tenant = $1`, tenant).Scan(&n, &oldest)
	if oldest > 0 {
		since = at(oldest)
	}
	return n, since, s.classify(err)
}

// NewestCheckpoint is when the audit log of a municipality got its newest head, and since when the oldest entry waits for the next one; zero times: none.
func (s *Store) NewestCheckpoint(ctx context.Context, tenant string) (when, waits time.Time, err error) {
	var us, oldest int64
	err = s.r.QueryRowContext(ctx, `SELECT COALESCE((SELECT at FROM audit_checkpoint WHERE tenant = $1 ORDER BY size DESC LIMIT 1), 0),
		COALESCE((SELECT at FROM audit_entry WHERE tenant = $1 AND leaf IS NULL ORDER BY id LIMIT 1), 0)`, tenant).Scan(&us, &oldest)
	if us > 0 {
		when = at(us)
	}
	if oldest > 0 {
		waits = at(oldest)
	}
	return when, waits, s.classify(err)
}
