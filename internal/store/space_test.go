package store_test

import (
	"context"
	"database/sql"
	"net/url"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// TestReadOnlyForAWhile: a PostgreSQL that may only be read, as a standby or one that ran out of room, is away for whoever writes: Unavailable and in
// words, also to /readyz, never Internal. (SQLite without room: internal/app/faults.)
func TestReadOnlyForAWhile(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	o := storetest.Options(t, "postgres")
	s, err := store.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	makeDocs(t, s, "d1")
	admin, err := sql.Open("pgx", o.DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	u, err := url.Parse(o.DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	name := `"` + strings.TrimPrefix(u.Path, "/") + `"`
	for _, q := range []string{`ALTER DATABASE ` + name + ` SET default_transaction_read_only = on`,
		`SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`} {
		if _, err := admin.ExecContext(ctx, q); err != nil {
			t.Fatal(err)
		}
	}
	for what, write := range map[string]func() error{
		"write": func() error { return s.Heartbeat(ctx, "n1", "redis") },
		"append": func() error {
			_, err := s.AppendDocs(ctx, []live.Batch{batch("d1", 1, "u1", "one")})
			return err
		},
	} {
		for range 20 { // the first may meet connections that ended
			if err = write(); strings.Contains(fault.Message(err), "保存できません") {
				break
			}
		}
		if !fault.Is(err, fault.Unavailable) || !strings.Contains(fault.Message(err), "保存できません") {
			t.Errorf("%s: %v is %v", what, err, fault.KindOf(err))
		}
	}
	if _, err := s.DocMeta(ctx, tenant, "d1"); err != nil {
		t.Errorf("reading goes on: %v", err)
	}
	if err := s.Ping(ctx); !strings.Contains(fault.Message(err), "保存できません") {
		t.Errorf("Ping says %v", err)
	}
}
