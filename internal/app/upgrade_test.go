package app

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/backup"
	"kasane/internal/demo"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// content is what a database holds: a sink of its dump, and a source of it.
type content struct {
	head   backup.Head
	tables []backup.Table
	rows   map[string][][]any
}

func (c *content) Begin(h backup.Head) error { c.head = h; return nil }
func (c *content) File(backup.File) error    { return nil }
func (c *content) Table(t backup.Table) error {
	c.tables = append(c.tables, backup.Table{Name: t.Name, Columns: slices.Clone(t.Columns)})
	return nil
}

func (c *content) Row(r []any) error {
	row := slices.Clone(r)
	for i, v := range row {
		if b, ok := v.([]byte); ok {
			row[i] = bytes.Clone(b)
		}
	}
	name := c.tables[len(c.tables)-1].Name
	c.rows[name] = append(c.rows[name], row)
	return nil
}

func contentOf(t *testing.T, st *store.Store) *content {
	t.Helper()
	c := &content{rows: map[string][][]any{}}
	if err := st.Dump(context.Background(), "test", c); err != nil {
		t.Fatal(err)
	}
	return c
}

// column gives the place of a column, or -1.
func (c *content) column(table, name string) int {
	for _, t := range c.tables {
		if t.Name == table {
			return slices.Index(t.Columns, name)
		}
	}
	return -1
}

// at is the same content in a schema that has only these columns: what later steps brought is not there.
func (c *content) at(steps []int, columns map[string][]string) *content {
	out := &content{head: c.head, rows: map[string][][]any{}}
	out.head.Steps = steps
	for _, t := range c.tables {
		have := columns[t.Name]
		if len(have) == 0 {
			continue
		}
		out.tables = append(out.tables, backup.Table{Name: t.Name, Columns: have})
		for _, row := range c.rows[t.Name] {
			var cut []any
			for _, name := range have {
				cut = append(cut, row[slices.Index(t.Columns, name)])
			}
			out.rows[t.Name] = append(out.rows[t.Name], cut)
		}
	}
	return out
}

func (c *content) write(to backup.Sink) error {
	if err := to.Begin(c.head); err != nil {
		return err
	}
	for _, t := range c.tables {
		if err := to.Table(t); err != nil {
			return err
		}
		for _, row := range c.rows[t.Name] {
			if err := to.Row(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// columnsAt are the tables of an earlier schema, as SQLite tells them.
func columnsAt(t *testing.T, head backup.Head, steps []int) map[string][]string {
	t.Helper()
	dir, out := t.TempDir(), map[string][]string{}
	head.Steps = steps
	empty := &content{head: head}
	must(t, store.Restore(context.Background(), store.Options{DataDir: dir, Now: time.Now}, empty.write))
	db, err := sql.Open("sqlite", filepath.Join(dir, store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.Query(`SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.cid`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var table, column string
		must(t, rows.Scan(&table, &column))
		out[table] = append(out[table], column)
	}
	must(t, rows.Err())
	return out
}

// filled is what a step itself writes into a column it brings, from the row as it was before; other columns take the default of the schema.
var filled = map[string]func(field func(name string) any) any{
	"guest_link.admitted_at": func(f func(string) any) any { return f("used_at") },
	"case_file.ended_at": func(f func(string) any) any {
		if f("stage") == "closed" {
			return f("updated_at")
		}
		return nil
	},
}

// enrich adds what the demo has none of and a step looks at: a case that is over, and a guest who came by a link.
func (c *content) enrich() {
	over := c.rows["case_file"][0]
	over[c.column("case_file", "stage")] = "closed"
	over[c.column("case_file", "ended_at")] = over[c.column("case_file", "updated_at")]
	user := c.rows["app_user"][0]
	place := slices.IndexFunc(c.tables, func(t backup.Table) bool { return t.Name == "guest_link" })
	var row []any
	for _, name := range c.tables[place].Columns {
		switch {
		case name == "tenant" || name == "agency_id":
			row = append(row, user[c.column("app_user", name)])
		case name == "revoked_at":
			row = append(row, nil)
		case strings.HasSuffix(name, "_at") || name == "attempts" || name == "carried":
			row = append(row, int64(7))
		default:
			row = append(row, "x")
		}
	}
	c.rows["guest_link"] = append(c.rows["guest_link"], row)
}

// written are tables a step fills from others.
var written = []string{"consent_text"}

// TestUpgradeFromEachSchema brings the demo municipality, as a database of every earlier schema would hold it, up to this version: no row is lost or changed, new
// columns hold what their step says, and the log verifies. On PostgreSQL those schemas after which a step changes tables that are there.
func TestUpgradeFromEachSchema(t *testing.T) {
	t.Parallel()
	now := signedSite(t, "")
	st := now.open()
	must(t, demo.Seed(context.Background(), st, papers.New(pdf.New(pdf.Options{})), time.Now()))
	must(t, st.SequenceWaiting(context.Background()))
	all := contentOf(t, st)
	must(t, st.Close())
	all.enrich()
	steps := all.head.Steps
	if len(steps) < 38 {
		t.Fatalf("steps %v", steps)
	}
	for i := range steps {
		old := steps[:i+1]
		was := all.at(old, columnsAt(t, all.head, old))
		t.Run(fmt.Sprintf("from %04d", steps[i]), func(t *testing.T) {
			t.Parallel()
			t.Run("SQLite", func(t *testing.T) { upgrade(t, signedSite(t, ""), was, all) })
			if i+1 < len(steps) && alters(t, steps[i+1]) {
				t.Run("PostgreSQL", func(t *testing.T) { upgrade(t, signedSite(t, storetest.Empty(t)), was, all) })
			}
		})
	}
}

// signedSite is an installation whose log every other one of the test can verify.
func signedSite(t *testing.T, url string) site {
	t.Helper()
	x := newSite(t, url, drillKey)
	x.env["KASANE_AUDIT_KEY"], x.cfg.AuditKey = drillKey, drillKey
	return x
}

// alters tells whether a step changes tables that are there already.
func alters(t *testing.T, step int) bool {
	t.Helper()
	found, err := filepath.Glob(fmt.Sprintf("../store/migrations/%04d_*.sql", step))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	text, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(string(text), "ALTER TABLE") || strings.Contains(string(text), "DROP ")
}

func upgrade(t *testing.T, to site, was, all *content) {
	t.Helper()
	o := store.Options{DataDir: to.dir, DatabaseURL: to.cfg.DatabaseURL, Now: time.Now}
	must(t, store.Restore(context.Background(), o, was.write))
	st := to.open()
	is := contentOf(t, st)
	must(t, st.Close())
	if !slices.Equal(is.head.Steps, all.head.Steps) {
		t.Errorf("steps gone %v", is.head.Steps)
	}
	for _, table := range was.tables {
		if !slices.Contains(written, table.Name) {
			sameRows(t, table, was, is)
		}
	}
	if len(was.rows["consent_record"]) > 0 && len(is.rows["consent_text"]) == 0 {
		t.Error("the texts of the consents are not there")
	}
	verifies(t, to, was, all)
}

// verifies checks the log after the upgrade. Records lack in an older schema what their hash covers today, which verify must tell, of each that has it and of nothing else.
func verifies(t *testing.T, x site, was, all *content) {
	t.Helper()
	if was.column("audit_checkpoint", "sig") < 0 {
		return // nothing was signed yet
	}
	faults := 0
	if len(was.rows["archive_record"]) > 0 && was.column("archive_record", "parts_sha256") < 0 { // those whose parts that schema could not keep
		for _, row := range all.rows["archive_record"] {
			if row[all.column("archive_record", "parts_sha256")] != "" {
				faults++
			}
		}
	}
	code, out := x.run("verify")
	if strings.Count(out, "×") != faults || strings.Count(out, "文書の記録(番号・件名・日時など)が確定時のものと異なります") != faults || (code == exitOK) != (faults == 0) {
		t.Errorf("verify: %d %s", code, out)
	}
}

// sameRows compares a table before and after: the columns it had, and what came into the others.
func sameRows(t *testing.T, table backup.Table, was, is *content) {
	t.Helper()
	before, after := was.rows[table.Name], is.rows[table.Name]
	if len(before) != len(after) {
		t.Errorf("%s: %d rows were there, %d are", table.Name, len(before), len(after))
		return
	}
	for i, row := range before {
		for j, name := range table.Columns {
			if got := after[i][is.column(table.Name, name)]; !reflect.DeepEqual(got, row[j]) {
				t.Errorf("%s.%s of row %d was %v and is %v", table.Name, name, i+1, row[j], got)
				return
			}
		}
		field := func(name string) any { return row[slices.Index(table.Columns, name)] }
		for name, fill := range filled {
			of, column, _ := strings.Cut(name, ".")
			if of != table.Name || slices.Contains(table.Columns, column) {
				continue
			}
			if got, want := after[i][is.column(of, column)], fill(field); !reflect.DeepEqual(got, want) {
				t.Errorf("%s of row %d is %v, want %v", name, i+1, got, want)
			}
		}
	}
}
