package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// PostgreSQL spreads a schema over several servers by a column, here the municipality (docs/scale.md). That asks two things: every key has the column in it, and
// every statement names it, so that one server answers. The tests here hold both.

// everywhere are the tables that stand whole on every server: small, and of no municipality, or found before anybody knows whose they are.
var everywhere = []string{"municipality", "node", "lease", "schema_version", "session"}

// strays are statements that cannot name a municipality, by words of theirs, each with its reason. They are asked of all servers.
var strays = map[string]string{
	"FROM case_file c WHERE NOT EXISTS (SELECT 1 FROM name_paired":                                                "which names were written before there were pairs: work in the background",
	"FROM archive_record r WHERE NOT EXISTS (SELECT 1 FROM archive_sig":                                           "which records await their seal: work in the background",
	"FROM joining WHERE state = ''":                                                                               "which 参加支援 were written before there was a list in pages: work in the background",
	"DELETE FROM sign_in_attempt WHERE locked_until <=":                                                           "what has run out is removed everywhere, once in a while",
	"SELECT DISTINCT tenant FROM audit_entry WHERE leaf IS NULL":                                                  "which municipalities have entries to be numbered: work in the background",
	"FROM job j JOIN municipality m":                                                                              "which work in the background may be taken: work in the background",
	"FROM webhook_delivery d JOIN webhook_endpoint e ON e.tenant = d.tenant AND e.id = d.endpoint_id JOIN agency": "for which addresses something waits to be sent: work in the background",
	"FROM webhook_delivery WHERE at <":                                                                            "what was sent long ago is forgotten everywhere, once an hour",
	"FROM webhook_endpoint e JOIN municipality m ON m.id = e.tenant WHERE e.off_at":                               "which municipalities want to be told of what ends by itself: work in the background",
	"FROM webhook_secret WHERE until_at":                                                                          "secrets that sign no longer are forgotten with it",
	"FROM meeting_closing WHERE lease_until":                                                                      "which meetings wait for their record: work in the background",
	"FROM archive_check c WHERE at = (SELECT MAX(m.at)":                                                           "how the nightly checks went: for who runs the installation",
	"FROM date_reply WHERE token_hash =":                                                                          "an answer to 日程調整 begins with a token alone",
	"WHERE k.hash =":                                                                                              "a system begins with a 連携用トークン alone",
	"FROM guest_link WHERE token_hash =":                                                                          "a guest begins with a token alone",
}

// statements are those the tests of this package ran.
var statements = struct {
	sync.Mutex
	seen map[string]bool
	now  []string // nil: nobody listens
}{seen: map[string]bool{}}

var spaces = regexp.MustCompile(`\s+`)

func watch(query string) {
	statements.Lock()
	defer statements.Unlock()
	statements.seen[query] = true
	if statements.now != nil {
		statements.now = append(statements.now, query)
	}
}

// heard are the statements that something runs; nothing else may run meanwhile.
func heard(do func()) []string {
	statements.Lock()
	statements.now = []string{}
	statements.Unlock()
	do()
	statements.Lock()
	defer statements.Unlock()
	now := statements.now
	statements.now = nil
	return now
}

var (
	tableOf   = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|UPDATE|INTO)\s+([a-z_]+)`)
	anchored  = regexp.MustCompile(`(?i)\btenant (= \$|IN \(|= [a-z]+\.id)`)
	namesIt   = regexp.MustCompile(`(?i)\btenant\b`)
	condition = regexp.MustCompile(`(?is)\b(?:WHERE|ON|USING)\b.*`)
)

// unplaced tells how many tables of a statement stand without their municipality; a rough count, which errs towards complaint.
func unplaced(query string, spread []string) int {
	tables := 0
	for _, m := range tableOf.FindAllStringSubmatch(query, -1) {
		if slices.Contains(spread, strings.ToLower(m[1])) {
			tables++
		}
	}
	if tables > 0 && !strings.HasPrefix(query, "INSERT") && !anchored.MatchString(query) {
		return tables
	}
	if insert := regexp.MustCompile(`(?is)^\s*INSERT INTO \w+\s*\(([^)]*)\)`).FindStringSubmatch(query); insert != nil && namesIt.MatchString(insert[1]) {
		tables--
	}
	return tables - len(namesIt.FindAllString(condition.FindString(query), -1))
}

// spreadTables are the tables with a municipality.
func spreadTables() (out []string) {
	files, _ := filepath.Glob("migrations/*.sql")
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			panic(err)
		}
		for _, m := range regexp.MustCompile(`CREATE TABLE (\w+)`).FindAllStringSubmatch(string(text), -1) {
			if !slices.Contains(everywhere, m[1]) {
				out = append(out, m[1])
			}
		}
	}
	return out
}

func TestMain(m *testing.M) {
	store.Watch(watch)
	code := m.Run()
	if lost := placed(); len(lost) > 0 {
		for _, l := range lost {
			fmt.Println("a statement that does not name the municipality of a table (docs/scale.md):", l)
		}
		code = 1
	}
	os.Exit(code)
}

// placed lists the statements that name a table without its municipality.
func placed() (lost []string) {
	statements.Lock()
	defer statements.Unlock()
	spread := spreadTables()
	for _, query := range slices.Sorted(maps.Keys(statements.seen)) {
		text := strings.TrimSpace(spaces.ReplaceAllString(query, " "))
		if strings.Contains(text, "CREATE TABLE") || strings.Contains(text, "ALTER TABLE") || strings.Contains(text, "CREATE INDEX") {
			continue
		}
		if strings.Contains(text, "1 = 0") { // an empty scope: nothing is asked for
			continue
		}
		known := func(s string) bool { return strings.Contains(text, s) }
		if unplaced(text, spread) > 0 && !slices.ContainsFunc(slices.Collect(maps.Keys(strays)), known) {
			lost = append(lost, text)
		}
	}
	return lost
}

// TestKeysCarryTheMunicipality: on PostgreSQL every primary key, unique index and foreign key of a table that is spread has the municipality in it.
func TestKeysCarryTheMunicipality(t *testing.T) {
	t.Parallel()
	db, err := sql.Open("pgx", storetest.Options(t, "postgres").DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(context.Background(), `
		SELECT t.relname, i.relname, pg_get_indexdef(x.indexrelid),
			EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'tenant' AND a.attnum = ANY (x.indkey))
		FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = t.relnamespace
		WHERE x.indisunique AND n.nspname = current_schema()
		UNION ALL
		SELECT t.relname, c.conname, pg_get_constraintdef(c.oid),
			EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'tenant' AND a.attnum = ANY (c.conkey))
			OR (SELECT relname FROM pg_class r WHERE r.oid = c.confrelid) IN ('municipality')
		FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
		WHERE c.contype = 'f' AND n.nspname = current_schema()`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	keys := 0
	for rows.Next() {
		var table, key, def string
		var has bool
		if err := rows.Scan(&table, &key, &def, &has); err != nil {
			t.Fatal(err)
		}
		if slices.Contains(everywhere, table) {
			continue
		}
		if keys++; !has {
			t.Errorf("%s: %s without the municipality: %s", table, key, def)
		}
	}
	if err := rows.Err(); err != nil || keys < 100 {
		t.Errorf("%d keys, %v", keys, err)
	}
}

// TestUnplaced: the check of the statements finds what it is for.
func TestUnplaced(t *testing.T) {
	t.Parallel()
	spread := []string{"case_file", "person"}
	for query, want := range map[string]bool{
		`SELECT 1 FROM case_file WHERE tenant = $1 AND id = $2`:                                                   false,
		`SELECT 1 FROM case_file WHERE id = $1`:                                                                   true,
		`SELECT 1 FROM case_file c JOIN person p ON p.tenant = c.tenant AND p.case_id = c.id WHERE c.tenant = $1`: false,
		`SELECT 1 FROM case_file c JOIN person p ON p.tenant = c.tenant AND p.case_id = c.id WHERE c.id = $1`:     true,
		`SELECT 1 FROM case_file c JOIN person p ON p.case_id = c.id WHERE c.tenant = $1`:                         true,
		`UPDATE person SET name = $1 WHERE id = $2`:                                                               true,
		`INSERT INTO person (tenant, id) VALUES ($1, $2)`:                                                         false,
		`SELECT 1 FROM municipality WHERE code = $1`:                                                              false,
	} {
		if got := unplaced(query, spread) > 0; got != want {
			t.Errorf("%s: %v", query, got)
		}
	}
}
