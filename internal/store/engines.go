package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"kasane/internal/fault"
)

// FileName is the SQLite database inside the data directory.
const FileName = "kasane.db"

// openSQLite opens one writing connection and a read-only pool on DIR/kasane.db.
func (s *Store) openSQLite(ctx context.Context, o Options) error {
	s.d = sqliteDialect
	path := filepath.Join(o.DataDir, FileName)
	if o.ReadOnly {
		if _, err := os.Stat(path); err != nil {
			return fault.Wrap(fault.NotFound, err, "データベース "+FileName+" がありません。データディレクトリの場所を確かめてください。")
		}
	} else {
		if err := makeDir(o.DataDir); err != nil {
			return err
		}
		lock, err := lockFile(filepath.Join(o.DataDir, "kasane.lock"))
		if err != nil {
			return fault.Wrap(fault.Conflict, err,
				"このデータディレクトリはほかの Kasane が使っています。動いている Kasane を止めてから起動してください。")
		}
		s.close = append(s.close, lock.Close)
		pragmas := []string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)"}
		if o.scratch { // thrown away unless it becomes whole: written once, and brought to the disk at the end
			pragmas[1], pragmas[2] = "journal_mode(OFF)", "synchronous(OFF)"
		}
		w, err := sql.Open("sqlite", sqliteDSN(path, "rwc", pragmas...)+"&_txlock=immediate")
		if err != nil {
			return err
		}
		w.SetMaxOpenConns(1)
		s.close = append(s.close, w.Close)
		if err := w.PingContext(ctx); err != nil { // makes the file and its WAL before a reader looks for them
			return s.classify(err)
		}
		s.w, s.sole = w, newSole(w, s.slow, &s.waited)
		s.close = append(s.close, s.sole.Close)
	}
	r, err := sql.Open("sqlite", sqliteDSN(path, "ro", "busy_timeout(10000)", "query_only(ON)"))
	if err != nil {
		return err
	}
	r.SetMaxOpenConns(8)
	r.SetMaxIdleConns(8)
	s.close = append(s.close, r.Close)
	s.r, s.rp = readPool{r, s.slow}, newStatements(r)
	s.close = append(s.close, s.rp.Close)
	return s.classify(r.PingContext(ctx))
}

func sqliteDSN(path, mode string, pragmas ...string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()}
	return u.String() + "?" + url.Values{"mode": {mode}, "_pragma": pragmas}.Encode()
}

// openPostgres opens one pool for everything.
func (s *Store) openPostgres(ctx context.Context, o Options) error {
	s.d = postgresDialect
	cfg, err := pgxpool.ParseConfig(o.DatabaseURL)
	if err != nil {
		// The cause may quote the password of the connection string; it is not kept.
		return fault.New(fault.Invalid, "DATABASE_URL の形を確かめてください(postgres://利用者:パスワード@ホスト:5432/データベース名)。")
	}
	cfg.MaxConns = 16
	if o.MaxConns > 0 {
		cfg.MaxConns = int32(o.MaxConns)
	}
	cfg.MaxConnIdleTime = 5 * time.Minute
	params := cfg.ConnConfig.RuntimeParams
	params["application_name"] = "kasane"
	params["timezone"] = "UTC"
	params["idle_in_transaction_session_timeout"] = "60000"
	if o.ReadOnly {
		params["default_transaction_read_only"] = "on"
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return fault.Wrap(fault.Unavailable, err, "データベースの接続を準備できません。DATABASE_URL を確かめてください。")
	}
	s.close = append(s.close, func() error { return closePool(pool) })
	db := stdlib.OpenDBFromPool(pool)
	s.close = append(s.close, db.Close)
	s.r = readPool{db, s.slow}
	if !o.ReadOnly {
		s.w, s.pool = db, pool
	}
	if err := db.PingContext(ctx); err != nil {
		return fault.Wrap(fault.Unavailable, err, "データベースにつながりません。PostgreSQL が動いているか、DATABASE_URL を確かめてください。")
	}
	var encoding string
	if err := db.QueryRowContext(ctx, `SHOW server_encoding`).Scan(&encoding); err != nil {
		return s.classify(err)
	}
	if encoding != "UTF8" {
		return fault.Newf(fault.Invalid, "データベースの文字コードが %s です。UTF8 で作り直してください(氏名の文字が失われるため)。", encoding)
	}
	return nil
}

// closePool waits a bounded time: pgxpool waits for ever for a connection that was never given back.
func closePool(pool *pgxpool.Pool) error {
	done := make(chan struct{})
	go func() { pool.Close(); close(done) }()
	select {
	case <-done:
		return nil
	case <-time.After(5 * time.Second):
		return fmt.Errorf("store: %d connections were not returned", pool.Stat().AcquiredConns())
	}
}
