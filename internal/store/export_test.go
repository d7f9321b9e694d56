package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/live"
	"kasane/internal/meeting"
)

// MakeDocs makes documents for tests.
func MakeDocs(ctx context.Context, s *Store, docs ...live.Meta) error {
	return s.write(ctx, func(t *tx) error { return insertDocs(ctx, t, docs) })
}

// UpdateCase moves a case for tests, whatever its state table says.
func (s *Store) UpdateCase(ctx context.Context, c cases.Case, e access.Entry) error {
	return s.MoveCase(ctx, c, func(cases.MoveFacts) (cases.Move, error) { return cases.Move{}, nil }, e)
}

// EndCase ends a case for tests.
func (s *Store) EndCase(ctx context.Context, c cases.Case, end cases.End, e access.Entry) error {
	return s.MoveCase(ctx, c, func(cases.MoveFacts) (cases.Move, error) { return cases.Move{End: &end}, nil }, e)
}

// MakePlan gives a case its first plan, agreed or not.
func MakePlan(ctx context.Context, s *Store, tenant, caseID, id string, agreed bool) error {
	return s.write(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `INSERT INTO plan (tenant, id, case_id, round, previous_id, created_at, created_by, created_for) VALUES ($1,$2,$3,1,'',1,'u1','')`, tenant, id, caseID); err != nil || !agreed {
			return err
		}
		_, err := t.exec(ctx, `INSERT INTO plan_version (tenant, plan_id, n, case_id, state, hash, docs, meeting_id, frozen_at, frozen_by) VALUES ($1,$2,1,$3,'agreed','','[]','',1,'u1')`, tenant, id, caseID)
		return err
	})
}

// SetFrozen freezes documents for tests.
func SetFrozen(ctx context.Context, s *Store, tenant string, ids []string, frozen bool) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		_, err := setFrozen(ctx, t, tenant, ids, frozen)
		return err
	})
}

// Exec runs any statement for tests.
func Exec(ctx context.Context, s *Store, query string, args ...any) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		_, err := t.exec(ctx, ofTests+query, args...)
		return err
	})
}

// ofTests begins the statements that are not Kasane's own.
const ofTests = "/* test */ "

// Watch has every statement told from now on. It is called before the first test.
func Watch(tell func(query string)) {
	seen = func(query string) {
		if !strings.HasPrefix(query, ofTests) {
			tell(query)
		}
	}
}

// Count counts the rows of a table for tests.
func Count(ctx context.Context, s *Store, table string) (n int) {
	if err := s.r.QueryRowContext(ctx, `SELECT COUNT(*) FROM `+table).Scan(&n); err != nil {
		return -1
	}
	return n
}

// Dump gives every row of every table as text, sorted.
func Dump(t testing.TB, s *Store) map[string][]string {
	t.Helper()
	steps, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, step := range steps {
		for _, m := range regexp.MustCompile(`CREATE TABLE (\w+)`).FindAllStringSubmatch(step.text, -1) {
			rows, err := s.r.QueryContext(context.Background(), `SELECT * FROM `+m[1])
			if err != nil {
				t.Fatal(err)
			}
			columns, _ := rows.Columns()
			for rows.Next() {
				values, into := make([]any, len(columns)), make([]any, len(columns))
				for i := range values {
					into[i] = &values[i]
				}
				if err := rows.Scan(into...); err != nil {
					t.Fatal(err)
				}
				var b strings.Builder
				for i, v := range values {
					fmt.Fprintf(&b, "%s=%q ", columns[i], fmt.Sprint(v))
				}
				out[m[1]] = append(out[m[1]], b.String())
			}
			if err := rows.Close(); err != nil {
				t.Fatal(err)
			}
			slices.Sort(out[m[1]])
		}
	}
	return out
}

// Tampered does things to the database behind Kasane's back inside one transaction, lets fn look, and undoes them when fn fails.
func Tampered(ctx context.Context, s *Store, do [][]any, fn func(archive.Snapshots) error) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		for _, d := range do {
			if _, err := t.exec(ctx, ofTests+d[0].(string), d[1:]...); err != nil {
				return err
			}
		}
		return fn(inside{t})
	})
}

type inside struct{ t *tx }

func (i inside) AtOneMoment(_ context.Context, fn func(archive.Source) error) error {
	return fn(source(i))
}

// Inside is a write transaction, for statements as they come.
type Inside struct{ t *tx }

// Exec runs a statement.
func (i Inside) Exec(query string, args ...any) error {
	_, err := i.t.exec(context.Background(), ofTests+query, args...)
	return err
}

// Within runs fn in a write transaction.
func Within(ctx context.Context, s *Store, fn func(Inside) error) error {
	return s.write(ctx, func(t *tx) error { return fn(Inside{t}) })
}

// Pragma reads a setting of the writing connection.
func Pragma(t testing.TB, s *Store, name string) (v string) {
	t.Helper()
	if err := s.write(context.Background(), func(x *tx) error { return x.row(context.Background(), `PRAGMA `+name).Scan(&v) }); err != nil {
		t.Fatal(err)
	}
	return v
}

// HoldChange records a change of a meeting and keeps its transaction open until released.
func HoldChange(ctx context.Context, s *Store, c meeting.Change, made chan<- struct{}, release <-chan struct{}) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		var rec meeting.Recorded
		if err := errors.Join(advanceMeeting(ctx, t, c, &rec), lockDocuments(ctx, t, c, &rec)); err != nil {
			return err
		}
		close(made)
		<-release
		return nil
	})
}

// HoldDoc makes a document and keeps its transaction open until released.
func HoldDoc(ctx context.Context, s *Store, m live.Meta, made chan<- struct{}, release <-chan struct{}) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := makeDocs(ctx, t, []live.Meta{m}); err != nil {
			return err
		}
		close(made)
		<-release
		return nil
	})
}

// Numbers reads a column of numbers.
func Numbers(ctx context.Context, t testing.TB, s *Store, query string) (out []int64) {
	t.Helper()
	err := each(ctx, s.r, func(scan func(...any) error) error {
		var n int64
		err := scan(&n)
		out = append(out, n)
		return err
	}, ofTests+query)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// NoteCommits counts the commits of audit entries of reads.
func NoteCommits(s *Store) int {
	s.noting.mu.Lock()
	defer s.noting.mu.Unlock()
	return s.noting.commits
}

// TellSlow makes every statement slow, and says so to a log.
func TellSlow(s *Store, log *slog.Logger) { s.slow.log, s.slow.limit = log, 0 }

// TablesWith lists the tables that have a column.
func TablesWith(t testing.TB, s *Store, column string) (out []string) {
	t.Helper()
	err := s.read(context.Background(), func(x *tx) error {
		shapes, err := s.shapes(context.Background(), x)
		for _, shape := range shapes {
			if slices.Contains(shape.Columns, column) {
				out = append(out, shape.Name)
			}
		}
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatal(out, err)
	}
	return out
}

// TablesOfUndo are those 取消 knows of.
func TablesOfUndo() []string {
	out := slices.Concat(importedInto, besideCases)
	for _, a := range addedTo {
		out = append(out, a.table)
	}
	return out
}

// StandOld is what Open does for 参加支援 of older versions.
func StandOld(ctx context.Context, s *Store) error { return s.standOld(ctx) }
