package store_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"kasane/internal/fault"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

func TestSecondProcessIsRefused(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	o := storetest.Options(t, "sqlite")
	s, err := store.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	makeDocs(t, s, "d1")
	if _, err := store.Open(ctx, o); !fault.Is(err, fault.Conflict) || !strings.Contains(fault.Message(err), "ほかの Kasane") {
		t.Errorf("second writer: %v", err)
	}
	ro := o
	ro.ReadOnly = true
	r, err := store.Open(ctx, ro)
	if err != nil {
		t.Fatalf("read-only beside a running server: %v", err)
	}
	if _, err := r.DocMeta(ctx, tenant, "d1"); err != nil {
		t.Error(err)
	}
	if err := r.PutSnapshot(ctx, tenant, "d1", 0, nil); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a read-only store wrote: %v", err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	again, err := store.Open(ctx, o)
	if err != nil {
		t.Fatalf("after close: %v", err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			ctx := context.Background()
			o := storetest.Options(t, engine)
			s, err := store.Open(ctx, o)
			if err != nil {
				t.Fatal(err)
			}
			if err := store.Exec(ctx, s, `INSERT INTO schema_version (version, name, at) VALUES (9999, 'future', 0)`); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			for _, readOnly := range []bool{false, true} {
				o.ReadOnly = readOnly
				if _, err := store.Open(ctx, o); !fault.Is(err, fault.Conflict) || !strings.Contains(fault.Message(err), "新しい版") {
					t.Errorf("newer database: %v", err)
				}
			}
		})
	}
}

// A read-only store reads beside a running one and writes nothing, on PostgreSQL as on SQLite.
func TestReadOnlyPostgres(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	o := storetest.Options(t, "postgres")
	s, err := store.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	makeDocs(t, s, "d1")
	o.ReadOnly = true
	r, err := store.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	if _, err := r.DocMeta(ctx, tenant, "d1"); err != nil {
		t.Error(err)
	}
	if _, err := r.NextNumber(ctx, tenant, "x"); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a read-only store wrote: %v", err)
	}
}

// Three nodes start at once on an empty database.
func TestMigrateAtOnce(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	o := storetest.Options(t, "postgres")
	s, err := store.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Exec(ctx, s, `DROP SCHEMA public CASCADE`); err != nil {
		t.Fatal(err)
	}
	if err := store.Exec(ctx, s, `CREATE SCHEMA public`); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			s, err := store.Open(ctx, o)
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestUnreachable(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	o := storetest.Options(t, "sqlite")
	o.DatabaseURL = "postgres://nobody:secret-password@127.0.0.1:1/none?connect_timeout=2"
	_, err := store.Open(ctx, o)
	if !fault.Is(err, fault.Unavailable) || strings.Contains(err.Error(), "secret-password") {
		t.Errorf("unreachable: %v", err)
	}
	o.DatabaseURL = "postgres://nobody:secret-password@:bad:/"
	_, err = store.Open(ctx, o)
	if !fault.Is(err, fault.Invalid) || strings.Contains(err.Error(), "secret-password") {
		t.Errorf("malformed: %v", err)
	}
	o = storetest.Options(t, "sqlite")
	o.ReadOnly = true
	if _, err := store.Open(ctx, o); !fault.Is(err, fault.NotFound) {
		t.Errorf("nothing to verify: %v", err)
	}
}

// The settings durability rests on are in force on the connection that writes.
func TestSQLiteSettings(t *testing.T) {
	t.Parallel()
	s, _ := storetest.Open(t, "sqlite")
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000"} {
		if got := store.Pragma(t, s, pragma); got != want {
			t.Errorf("%s is %s, want %s", pragma, got, want)
		}
	}
}

// What a killed process leaves behind (database and write-ahead log, no lock holder) can be verified and opened.
func TestVerifyAfterKill(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	o := storetest.Options(t, "sqlite")
	s, err := store.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	makeDocs(t, s, "d1")
	left := storetest.Options(t, "sqlite")
	for _, name := range []string{store.FileName, store.FileName + "-wal"} {
		b, err := os.ReadFile(filepath.Join(o.DataDir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(left.DataDir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, readOnly := range []bool{true, false} {
		left.ReadOnly = readOnly
		c, err := store.Open(ctx, left)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.DocMeta(ctx, tenant, "d1"); err != nil {
			t.Error(err)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}
}
