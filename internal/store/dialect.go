package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"kasane/internal/fault"
)

// dialect is the seam between the engines: all that cannot be written alike.
type dialect struct {
	name string
	// ddl replaces the {WORDS} of a migration.
	ddl *strings.Replacer
	// migrationLock is run first in the transaction of a migration; "" where the writer is alone anyway.
	migrationLock string
	// position is the substring test: position(haystack, needle) > 0.
	position string
	// ordinary is the isolation of ordinary writes, locking that of the append, freeze and consent paths.
	ordinary, locking, reading sql.TxOptions
	class                      func(error) class
	// columns lists table, column and place in the primary key of every table; references which table points to which.
	columns, references string
	// refuses says what keeps the database from writing, for people; "" when an error means something else.
	refuses func(error) string
}

// class is what an engine's error means to us.
type class uint8

const (
	classOther       class = iota
	classRetry             // serialization failure or deadlock: the transaction may be run again
	classUnique            // a row with this key exists
	classReference         // a row it points to does not exist
	classUnavailable       // the database cannot be reached or cannot write
)

var sqliteDialect = dialect{
	name:     "sqlite",
	ddl:      strings.NewReplacer("{TEXT}", "TEXT", "{INT}", "INTEGER", "{BLOB}", "BLOB", "{END}", "STRICT", "{KEYED}", "STRICT, WITHOUT ROWID"),
	position: "instr",
	reading:  sql.TxOptions{ReadOnly: true},
	class:    sqliteClass,
	columns: `SELECT m.name, c.name, c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY m.name, c.name`,
	references: `SELECT DISTINCT m.name, f."table" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY 1, 2`,
	refuses:    sqliteRefuses,
}

// Text is compared by bytes on both engines, whatever the locale of the PostgreSQL server.
var postgresDialect = dialect{
	name:          "postgres",
	ddl:           strings.NewReplacer("{TEXT}", `TEXT COLLATE "C"`, "{INT}", "BIGINT", "{BLOB}", "BYTEA", " {END}", "", " {KEYED}", ""),
	migrationLock: "SELECT pg_advisory_xact_lock(5642187301)",
	position:      "strpos",
	ordinary:      sql.TxOptions{Isolation: sql.LevelSerializable},
	locking:       sql.TxOptions{Isolation: sql.LevelReadCommitted},
	reading:       sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
	class:         postgresClass,
	columns: `SELECT c.relname::text, a.attname::text, array_position(i.indkey::int[], a.attnum::int) + 1
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
		LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
		WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname::text COLLATE "C", a.attname::text COLLATE "C"`,
	references: `SELECT DISTINCT c.relname::text, r.relname::text FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
		WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace ORDER BY 1, 2`,
	refuses: postgresRefuses,
}

func sqliteClass(err error) class {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return classOther
	}
	switch code := e.Code(); code {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return classUnique
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return classReference
	default:
		switch code & 0xff {
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			return classRetry
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY:
			return classUnavailable
		}
	}
	return classOther
}

func postgresClass(err error) class {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		var ne net.Error
		var ce *pgconn.ConnectError
		if errors.As(err, &ne) || errors.As(err, &ce) || pgconn.SafeToRetry(err) || isAny(err, net.ErrClosed, io.EOF, io.ErrUnexpectedEOF, driver.ErrBadConn) {
			return classUnavailable // a server that is killed ends its connections without a word
		}
		return classOther
	}
	switch e.Code {
	case "40001", "40P01": // serialization_failure, deadlock_detected
		return classRetry
	case "23505": // unique_violation
		return classUnique
	case "23503": // foreign_key_violation
		return classReference
	}
	if e.Code == "25006" { // a server that may only be read, for a while: a standby, or one whose disk is full
		return classUnavailable
	}
	switch e.Code[:2] {
	case "08", "53", "57", "58": // connection, resources, shutdown, system
		return classUnavailable
	}
	return classOther
}

func isAny(err error, targets ...error) bool {
	return slices.ContainsFunc(targets, func(target error) bool { return errors.Is(err, target) })
}

// classify turns an engine's error into a fault. Faults, and errors of the caller's context, pass unchanged.
func (s *Store) classify(err error) error {
	var f *fault.Error
	switch {
	case err == nil, errors.As(err, &f), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, sql.ErrNoRows):
		return fault.Wrap(fault.NotFound, err, "")
	case errors.Is(err, sql.ErrConnDone):
		return fault.Wrap(fault.Unavailable, err, "")
	}
	switch s.d.class(err) {
	case classRetry, classUnique:
		return fault.Wrap(fault.Conflict, err, "")
	case classReference:
		return fault.Wrap(fault.Invalid, err, "指定されたものが見つかりません。画面を更新して確かめてください。")
	case classUnavailable:
		return fault.Wrap(fault.Unavailable, err, s.d.refuses(err))
	default:
		return fault.Wrap(fault.Internal, err, "")
	}
}
