//go:build linux

package faults_test

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
)

// postgres is a PostgreSQL of the test's own, whose commits are durable: fsync is on.
type postgres struct {
	t    testing.TB
	as   *syscall.Credential
	bin  string
	data string
	port int
	*process
}

// newPostgres makes a cluster with an empty database "kasane" and starts it.
func newPostgres(t testing.TB) *postgres {
	t.Helper()
	bins, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(bins) == 0 {
		t.Fatal("PostgreSQL is missing: run `make deps`")
	}
	slices.Sort(bins)
	dir, err := os.MkdirTemp("", "kasane-pg-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	p := &postgres{t: t, bin: filepath.Dir(bins[len(bins)-1]), data: filepath.Join(dir, "data"), port: freePort(t)}
	if os.Geteuid() == 0 { // it refuses to run as root
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Fatal(err)
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		p.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	p.run("initdb", "-D", p.data, "-U", "kasane", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	p.start()
	t.Cleanup(func() { p.signal(syscall.SIGQUIT); p.wait(t) })
	p.run("createdb", "-h", "127.0.0.1", "-p", strconv.Itoa(p.port), "-U", "kasane", "kasane")
	return p
}

// run runs one of PostgreSQL's programs to its end.
func (p *postgres) run(name string, args ...string) {
	p.t.Helper()
	cmd := exec.Command(filepath.Join(p.bin, name), args...)
	cmd.Dir, cmd.SysProcAttr = "/", &syscall.SysProcAttr{Credential: p.as}
	if out, err := cmd.CombinedOutput(); err != nil {
		p.t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

// start starts the server, again too, until it answers. After a SIGKILL its children need a moment to notice; until then it refuses.
func (p *postgres) start() {
	p.t.Helper()
	p.process = nil
	until(p.t, "PostgreSQL answers", func() bool {
		if p.process == nil || p.ended() {
			p.process = begin(p.t, p.as, []string{"LC_ALL=C"}, filepath.Join(p.bin, "postgres"), "-D", p.data, "-k", filepath.Dir(p.data),
				"-h", "127.0.0.1", "-p", strconv.Itoa(p.port), "-c", "max_connections=100", "-c", "log_min_messages=fatal")
		}
		return exec.Command(filepath.Join(p.bin, "pg_isready"), "-q", "-h", "127.0.0.1", "-p", strconv.Itoa(p.port)).Run() == nil
	})
}

// stop is `pg_ctl stop` in one of its modes.
func (p *postgres) stop(mode string) {
	p.t.Helper()
	p.run("pg_ctl", "-D", p.data, "-m", mode, "-w", "stop")
	p.wait(p.t)
}

func (p *postgres) addr() string { return "127.0.0.1:" + strconv.Itoa(p.port) }

// url is the database by way of an address.
func (p *postgres) url(addr string) string {
	return fmt.Sprintf("postgres://kasane@%s/kasane?sslmode=disable", addr)
}
