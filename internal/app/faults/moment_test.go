//go:build linux

package faults_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"kasane/internal/live"
	"kasane/internal/store"
)

// ask runs one statement and gives what it answers.
func (p *postgres) ask(statement string) string {
	p.t.Helper()
	return p.in("kasane", statement)
}

// in does the same in a database that is named.
func (p *postgres) in(database, statement string) string {
	p.t.Helper()
	out, err := exec.Command(filepath.Join(p.bin, "psql"), "-AtqX", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", strconv.Itoa(p.port), "-U", "kasane", "-d", database, "-c", statement).CombinedOutput()
	if err != nil {
		p.t.Fatalf("%s: %v\n%s", statement, err, out)
	}
	return strings.TrimSpace(string(out))
}

// configure adds settings to a cluster that is not running.
func (p *postgres) configure(lines ...string) {
	p.t.Helper()
	f, err := os.OpenFile(filepath.Join(p.data, "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		p.t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString("\n" + strings.Join(lines, "\n") + "\n"); err != nil {
		p.t.Fatal(err)
	}
}

// own gives a file or a folder to the user PostgreSQL runs as.
func (p *postgres) own(path string) {
	p.t.Helper()
	if p.as == nil {
		return
	}
	if err := os.Chown(path, int(p.as.Uid), int(p.as.Gid)); err != nil {
		p.t.Fatal(err)
	}
}

// rows are the rows of the log of a document, in order; it is an error if a number is missing.
func (p *postgres) rows(doc string) (out []live.Row) {
	p.t.Helper()
	ctx := context.Background()
	st, err := store.Open(ctx, store.Options{DatabaseURL: p.url(p.addr()), ReadOnly: true, MaxConns: 2, Now: time.Now})
	if err != nil {
		p.t.Fatal(err)
	}
	defer st.Close()
	all, err := st.ListMunicipalities(ctx)
	if err != nil {
		p.t.Fatal(err)
	}
	id, _, _ := strings.Cut(doc, ".")
	if out, err = st.Since(ctx, all[0].ID, id, 0); err != nil {
		p.t.Fatal(err)
	}
	for i, r := range out {
		if r.Seq != int64(i)+1 {
			p.t.Fatalf("row %d of the log has the number %d", i+1, r.Seq)
		}
	}
	return out
}

// TestReturnToAMoment follows "PostgreSQL: back to a moment" of docs/operations.md: a base backup is taken while people type, the write-ahead log is kept, somebody
// deletes what they should not, and the database goes back to the moment before. Everything committed until then is there, nothing of later, the log and the audit
// log are whole, and Kasane runs on it.
func TestReturnToAMoment(t *testing.T) {
	pg := newPostgres(t)
	kept := filepath.Join(filepath.Dir(pg.data), "wal")
	if err := os.Mkdir(kept, 0o700); err != nil {
		t.Fatal(err)
	}
	pg.own(kept)
	pg.stop("fast")
	pg.configure("archive_mode = on", fmt.Sprintf(`archive_command = 'test ! -f "%s/%%f" && cp "%%p" "%s/%%f"'`, kept, kept))
	pg.start()
	env := []string{"DATABASE_URL=" + pg.url(pg.addr()), "KASANE_FILE_KEY=" + base64.StdEncoding.EncodeToString(make([]byte, 32))}
	n := newNode(t, t.TempDir(), env...)
	crowd := newCrowd(t, rand.New(rand.NewPCG(1, 1)), 3, n.url)
	crowd.progress("all type before the base backup")
	base := filepath.Join(filepath.Dir(pg.data), "base")
	pg.run("pg_basebackup", "-h", "127.0.0.1", "-p", strconv.Itoa(pg.port), "-U", "kasane", "-D", base, "-c", "fast", "-X", "fetch")
	crowd.progress("all type after it")

	before := pg.rows(crowd.doc)
	moment := pg.ask("SELECT clock_timestamp()")
	crowd.progress("all type on, for a moment is not the end")
	for _, p := range crowd.people {
		p.vanish()
	}
	n.signal(syscall.SIGTERM)
	n.wait(t)
	after := pg.rows(crowd.doc)
	pg.ask("DELETE FROM doc_update")
	pg.ask("SELECT pg_switch_wal()")
	pg.stop("fast") // which waits for the log to be kept

	back := *pg
	back.data = base
	back.configure(fmt.Sprintf(`restore_command = 'cp "%s/%%f" "%%p"'`, kept), "recovery_target_time = '"+moment+"'", "recovery_target_action = 'promote'", "archive_mode = off")
	signal := filepath.Join(base, "recovery.signal")
	if err := os.WriteFile(signal, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	pg.own(signal)
	back.start()
	t.Cleanup(func() { back.signal(syscall.SIGQUIT); back.wait(t) })
	until(t, "PostgreSQL has gone back", func() bool { return back.ask("SELECT pg_is_in_recovery()") == "f" })

	got := back.rows(crowd.doc)
	if len(got) < len(before) || len(got) >= len(after) {
		t.Errorf("%d rows are back; %d were there at the moment, %d at the accident", len(got), len(before), len(after))
	}
	for i, r := range before {
		if string(got[i].Update) != string(r.Update) {
			t.Fatalf("row %d is another one", i+1)
		}
	}
	n.start()
	n.well()
	again := newCrowd(t, rand.New(rand.NewPCG(2, 1)), 2, n.url)
	again.progress("people type in what came back")
	verify(t, env)
}

// verify runs `kasane verify` on a database.
func verify(t *testing.T, env []string) {
	t.Helper()
	binary, err := built()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary, "verify", "--data", t.TempDir())
	cmd.Env = append(os.Environ(), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("verify: %v\n%s", err, out)
	}
}
