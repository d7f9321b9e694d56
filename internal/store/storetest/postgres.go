package storetest

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx" for CREATE DATABASE

	"kasane/internal/store"
)

// cluster is the PostgreSQL of this test binary: KASANE_TEST_PG_URL, or a throw-away one started on first use.
var cluster struct {
	once     sync.Once
	err      error
	admin    *sql.DB
	url      func(database string) string
	template string
	n        atomic.Int64
	guard    *exec.Cmd // kept, so that its pipe stays open
}

// database makes a fresh database from the migrated template and drops it at the end of the test.
func database(t testing.TB) string {
	t.Helper()
	return databaseFrom(t, "")
}

// Empty gives the address of a PostgreSQL database without a table.
func Empty(t testing.TB) string {
	t.Helper()
	return databaseFrom(t, "template0")
}

func databaseFrom(t testing.TB, template string) string {
	t.Helper()
	ctx := context.Background()
	cluster.once.Do(func() { cluster.err = start(ctx) })
	if cluster.err != nil {
		t.Fatalf("storetest: PostgreSQL is needed (install it, or set KASANE_TEST_PG_URL): %v", cluster.err)
	}
	name := fmt.Sprintf("%s_%d", cluster.template, cluster.n.Add(1))
	if template == "" {
		template = cluster.template
	}
	if _, err := cluster.admin.ExecContext(ctx, fmt.Sprintf(`CREATE DATABASE %s TEMPLATE %s`, name, template)); err != nil {
		t.Fatalf("storetest: %v", err)
	}
	t.Cleanup(func() {
		if _, err := cluster.admin.ExecContext(ctx, fmt.Sprintf(`DROP DATABASE IF EXISTS %s WITH (FORCE)`, name)); err != nil {
			t.Logf("storetest: %v", err)
		}
	})
	return cluster.url(name)
}

func start(ctx context.Context) error {
	base := os.Getenv("KASANE_TEST_PG_URL")
	if base == "" {
		var err error
		if base, err = startServer(); err != nil {
			return err
		}
	}
	u, err := url.Parse(base)
	if err != nil {
		return fmt.Errorf("KASANE_TEST_PG_URL: %w", err)
	}
	cluster.url = func(database string) string {
		v := *u
		v.Path = "/" + database
		return v.String()
	}
	cluster.template = fmt.Sprintf("kasane_t%d_%d", os.Getpid(), time.Now().UnixNano()%1e9)
	if cluster.admin, err = sql.Open("pgx", u.String()); err != nil {
		return err
	}
	if _, err := cluster.admin.ExecContext(ctx, `CREATE DATABASE `+cluster.template); err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Options{DatabaseURL: cluster.url(cluster.template), MaxConns: 2, Now: time.Now})
	if err != nil {
		return err
	}
	return s.Close()
}

// startServer starts a cluster that ends with this process, however it ends: the guard reads a pipe that only this
// process holds open, stops the server at its end and removes the directory.
func startServer() (string, error) {
	bins, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(bins) == 0 {
		if p, err := exec.LookPath("initdb"); err == nil {
			bins = []string{p}
		} else {
			return "", fmt.Errorf("no initdb in /usr/lib/postgresql/*/bin or PATH")
		}
	}
	slices.Sort(bins)
	bin := filepath.Dir(bins[len(bins)-1])
	dir, err := os.MkdirTemp("", "kasane-pg-")
	if err != nil {
		return "", err
	}
	script := strings.NewReplacer("BIN", bin, "DIR", dir).Replace(`
set -e
export LC_ALL=C
BIN/initdb -D DIR/data -U postgres -A trust -E UTF8 --locale=C --no-sync -N >DIR/log 2>&1
BIN/postgres -D DIR/data -k DIR -c listen_addresses= -c fsync=off -c max_connections=200 -c shared_buffers=64MB \
  -c full_page_writes=off -c max_wal_size=256MB >>DIR/log 2>&1 </dev/null &
pid=$!
for i in $(seq 600); do
  if BIN/pg_isready -q -h DIR; then echo ready; break; fi
  kill -0 $pid || exit 1
  sleep 0.05
done
set +e
cat >/dev/null
kill -INT $pid
wait $pid
rm -rf DIR
`)
	cmd := exec.Command("sh", "-c", script)
	if os.Geteuid() == 0 { // PostgreSQL refuses to run as root
		if out, err := exec.Command("chown", "postgres", dir).CombinedOutput(); err != nil {
			return "", fmt.Errorf("chown: %w: %s", err, out)
		}
		cmd = exec.Command("runuser", "-u", "postgres", "--", "sh", "-c", script)
	}
	cmd.Dir = "/"
	if _, err := cmd.StdinPipe(); err != nil { // held open for the life of this process
		return "", err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || strings.TrimSpace(line) != "ready" {
		log, _ := os.ReadFile(filepath.Join(dir, "log"))
		return "", fmt.Errorf("postgres did not start: %v\n%s", err, log)
	}
	cluster.guard = cmd
	return "postgres://postgres@/postgres?host=" + url.QueryEscape(dir), nil
}
