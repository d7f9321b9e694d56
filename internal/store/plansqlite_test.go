package store_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

var parameter = regexp.MustCompile(`\$(\d+)`)

// walked are the ways on which a hot question may go through a municipality on SQLite: in the order of the answer, until a page is full, or through what is few.
var walked = map[string]string{
	"case_number":                         "cases by number, newest first, until a page is full",
	"meeting_start":                       "meetings by day, newest first, until a page is full",
	"intake_newest":                       "受付, newest first, until a page is full",
	"sqlite_autoindex_webhook_endpoint_1": "addresses of systems: ten of a municipality at most",
	"sqlite_autoindex_lead_offer_1":       "offers of 主担当: one or two of a case, and small",
}

// TestHotQueriesGoByIndexes: SQLite does not tell how many rows it looked at, as PostgreSQL does in TestHotQueriesStayFlat, but by which ways it goes: no hot question reads a table from its beginning
// to its end, or all there is of a municipality but on the ways above. Its plans do not depend on how much there is.
func TestHotQueriesGoByIndexes(t *testing.T) { // not parallel: nothing else may run while it listens
	ctx := context.Background()
	o := storetest.Options(t, "sqlite")
	o.Now = (&storetest.Clock{}).Now
	s, err := store.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	storetest.NewWorld(t, s, "t1")
	raw, err := sql.Open("sqlite", filepath.Join(o.DataDir, store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	for name, ask := range hot(s) {
		asked := heard(func() {
			if err := ask(ctx); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		})
		if len(asked) == 0 {
			t.Errorf("%s asks nothing", name)
		}
		for _, q := range asked {
			for _, way := range waysOf(t, raw, q) {
				index := regexp.MustCompile(`^SEARCH \S+ (?:EXISTS )?USING (?:COVERING )?INDEX (\S+) \(tenant=\?\)`).FindStringSubmatch(way)
				if scan := strings.HasPrefix(way, "SCAN ") && way != "SCAN CONSTANT ROW"; scan || index != nil && walked[index[1]] == "" {
					t.Errorf("%s: %s\n%s", name, way, q)
				}
			}
		}
	}
	if ways := waysOf(t, raw, `SELECT id FROM plan WHERE tenant = $1 AND created_for = $2`); len(ways) != 1 || !strings.HasSuffix(ways[0], "(tenant=?)") {
		t.Errorf("a question without an index of its own: %q", ways)
	}
}

// waysOf is how SQLite would answer a statement.
func waysOf(t *testing.T, raw *sql.DB, statement string) (ways []string) {
	t.Helper()
	rows, err := raw.Query("EXPLAIN QUERY PLAN "+parameter.ReplaceAllString(statement, "?$1"), make([]any, len(parameter.FindAllString(statement, -1)))...)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var way string
		if err := rows.Scan(&id, &parent, &unused, &way); err != nil {
			t.Fatal(err)
		}
		ways = append(ways, way)
	}
	return ways
}
