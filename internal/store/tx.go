package store

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"strings"
	"time"
	"unicode/utf8"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/webhooks"
)

// attempts bounds how often a transaction is run when others get in its way; the waits between sum up to about a second.
const attempts = 12

// tx is one transaction with its one clock.
type tx struct {
	q   runner
	d   *dialect
	now time.Time
}

// runner runs statements inside a transaction.
type runner interface {
	querier
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// write runs an ordinary mutation: serializable, run again a bounded number of times when it lost against another.
// fn may run several times and must set its results anew each time.
func (s *Store) write(ctx context.Context, fn func(*tx) error) error {
	return s.run(ctx, true, s.d.ordinary, fn)
}

// lockingWrite runs a mutation whose locks are document rows, taken in the order of their ids.
func (s *Store) lockingWrite(ctx context.Context, fn func(*tx) error) error {
	return s.run(ctx, true, s.d.locking, fn)
}

// read runs several reads on one snapshot.
func (s *Store) read(ctx context.Context, fn func(*tx) error) error {
	return s.run(ctx, false, s.d.reading, fn)
}

func (s *Store) run(ctx context.Context, write bool, opts sql.TxOptions, fn func(*tx) error) error {
	if write && s.w == nil {
		return fault.New(fault.Unavailable, "読み取り専用で開いているため書き込めません。")
	}
	for n := 1; ; n++ {
		err := s.once(ctx, write, opts, fn)
		if write {
			s.space.note(&s.d, err)
		}
		if err == nil || n == attempts || s.d.class(err) != classRetry || ctx.Err() != nil {
			return s.classify(err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(1+rand.IntN(1<<min(n, 8))) * time.Millisecond):
		}
	}
}

func (s *Store) once(ctx context.Context, write bool, opts sql.TxOptions, fn func(*tx) error) error {
	if write && s.sole != nil {
		return s.sole.transact(ctx, func(q runner) error { return fn(&tx{q: q, d: &s.d, now: s.clock()}) })
	}
	db, prepared := s.r.DB, s.rp
	if write {
		db, prepared = s.w, nil
	}
	t, err := db.BeginTx(ctx, &opts)
	if err != nil {
		return err
	}
	defer func() { _ = t.Rollback() }()
	if err := fn(&tx{q: txRunner{t, prepared, s.slow}, d: &s.d, now: s.clock()}); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return &commitError{err}
	}
	return nil
}

// commitError says that the answer to a COMMIT did not come: it may have happened.
type commitError struct{ cause error }

func (e *commitError) Error() string { return "commit: " + e.cause.Error() }
func (e *commitError) Unwrap() error { return e.cause }

// clock is now in the precision the database keeps.
func (s *Store) clock() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// exec runs a statement and tells how many rows it touched.
func (t *tx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	if err := checkText(args); err != nil {
		return 0, err
	}
	begun := time.Now()
	res, err := t.q.ExecContext(ctx, query, args...)
	slowOf(t.q).note(ctx, query, time.Since(begun))
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// must runs a statement that has to touch exactly one row; none is a fault of the kind and message given.
func (t *tx) must(ctx context.Context, missing *fault.Error, query string, args ...any) error {
	n, err := t.exec(ctx, query, args...)
	if err == nil && n == 0 {
		return missing
	}
	return err
}

// row is the one row a statement returns; Scan gives sql.ErrNoRows if there is none.
type row struct {
	r   *sql.Row
	err error
}

// Scan reads the columns.
func (r row) Scan(into ...any) error {
	if r.err != nil {
		return r.err
	}
	return r.r.Scan(into...)
}

// row runs a statement that returns at most one row.
func (t *tx) row(ctx context.Context, query string, args ...any) row {
	if err := checkText(args); err != nil {
		return row{err: err}
	}
	begun := time.Now()
	r := t.q.QueryRowContext(ctx, query, args...)
	slowOf(t.q).note(ctx, query, time.Since(begun))
	return row{r: r}
}

// query calls fn for every row of a statement.
func (t *tx) query(ctx context.Context, fn func(scan func(...any) error) error, query string, args ...any) error {
	if err := checkText(args); err != nil {
		return err
	}
	return each(ctx, t.q, fn, query, args...)
}

// orMissing turns "no row" into the fault given; without one it is no error.
func orMissing(err error, missing *fault.Error) error {
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if missing == nil {
		return nil
	}
	return missing
}

// querier is what a pool and a transaction have in common.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func each(ctx context.Context, q querier, fn func(scan func(...any) error) error, query string, args ...any) error {
	begun, ours := time.Now(), time.Duration(0)
	defer func() { slowOf(q).note(ctx, query, time.Since(begun)-ours) }()
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		taken := time.Now()
		err := fn(rows.Scan)
		ours += time.Since(taken) // what is done with a row, sent to somebody for one, is not the database's
		if err != nil {
			return err
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

// audit writes the entry of the mutation, and the event it is for the systems that are told of it. An entry without identity or of no municipality is a bug of the caller and
// stops the mutation.
func (t *tx) audit(ctx context.Context, e access.Entry) error {
	if e.ID == "" || e.Tenant == "" || e.Verb == "" {
		return errors.New("store: mutation without an audit entry")
	}
	_, err := t.exec(ctx, `INSERT INTO audit_entry
		(tenant, id, at, actor_id, agency_id, session_id, ip, verb, case_id, meeting_id, target, result, reason, hash)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`,
		e.Tenant, e.ID, micros(e.At), e.ActorID, e.AgencyID, e.SessionID, e.IP, string(e.Verb),
		e.CaseID, e.MeetingID, e.Target, e.Result, e.Reason, e.Hash)
	if err != nil {
		return err
	}
	if ev, ok := webhooks.OfEntry(e); ok {
		return t.tell(ctx, ev)
	}
	return nil
}

// checkText refuses what one engine would store and the other not.
func checkText(args []any) error {
	for _, a := range args {
		if s, ok := a.(string); ok && (!utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0) {
			return fault.New(fault.Invalid, "使えない文字が含まれています。入力し直してください。")
		}
	}
	return nil
}
