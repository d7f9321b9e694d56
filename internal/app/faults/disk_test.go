//go:build linux

package faults_test

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"kasane/internal/store"
)

// smallDisk is a file system of its own in a folder, so that it can be filled; "" on a machine where nobody may mount one.
func smallDisk(t *testing.T, in string) string {
	t.Helper()
	dir, err := os.MkdirTemp(in, "disk-")
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=96m,mode=700"); err != nil {
		t.Logf("no disk of its own: %v", err)
		return ""
	}
	t.Cleanup(func() { _ = unix.Unmount(dir, unix.MNT_DETACH) })
	return dir
}

// fill leaves no byte on the disk of a directory; what it gives empties it again.
func fill(t *testing.T, dir string) func() {
	t.Helper()
	path := filepath.Join(dir, "ballast")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for piece := make([]byte, 1<<20); err == nil; {
		_, err = f.Write(piece)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	return func() { _ = os.Remove(path) }
}

// limit lets a process write nothing beyond the first megabyte of any file, as a quota does; what it gives lifts that.
func limit(t *testing.T, pid int) func() {
	t.Helper()
	set := func(n uint64) {
		var now unix.Rlimit
		if err := unix.Prlimit(pid, unix.RLIMIT_FSIZE, nil, &now); err != nil {
			t.Fatal(err)
		}
		if err := unix.Prlimit(pid, unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: min(n, now.Max), Max: now.Max}, nil); err != nil {
			t.Fatal(err)
		}
	}
	set(1 << 20)
	return func() { set(unix.RLIM_INFINITY) }
}

// TestDiskIsFull: a node on SQLite whose disk takes nothing any more while people type. It says so where operators look and to who asks for something
// to be written, acknowledges nothing that is not stored, and goes on by itself when there is room.
func TestDiskIsFull(t *testing.T) {
	t.Parallel()
	data := smallDisk(t, t.TempDir())
	narrow := []narrowing{{"the files may not grow", func(t *testing.T, n *node) func() { return limit(t, n.cmd.Process.Pid) }}}
	if data == "" {
		data = t.TempDir()
	} else {
		narrow = append(narrow, narrowing{"the disk is full", func(t *testing.T, _ *node) func() { return fill(t, data) }})
	}
	noRoom(t, newNode(t, data), narrow, store.Options{DataDir: data})
}

// TestDiskOfPostgreSQLIsFull is the same where the database is a server: its disk is full, and it says so by its code for it (53100).
func TestDiskOfPostgreSQLIsFull(t *testing.T) {
	t.Parallel()
	pg := newPostgres(t)
	disk := smallDisk(t, filepath.Dir(pg.data))
	narrow := []narrowing{{"the server says that its disk is full", func(t *testing.T, _ *node) func() {
		t.Cleanup(func(before testing.TB) func() { return func() { pg.t = before } }(pg.t))
		pg.t = t
		return pg.saysFull()
	}}}
	if disk != "" {
		pg.own(disk)
		pg.moveTo(disk)
		narrow = append(narrow, narrowing{"the disk is full", func(t *testing.T, _ *node) func() { return fill(t, disk) }})
	}
	n := newNode(t, t.TempDir(), "DATABASE_URL="+pg.url(pg.addr()), "KASANE_FILE_KEY="+base64.StdEncoding.EncodeToString(make([]byte, 32)))
	noRoom(t, n, narrow, store.Options{DatabaseURL: pg.url(pg.addr()), MaxConns: 2})
}

// moveTo lays the tables on a disk of their own. The write-ahead log stays where it was: without room for that the server ends, which is another fault.
func (p *postgres) moveTo(disk string) {
	p.t.Helper()
	p.in("postgres", "CREATE TABLESPACE small LOCATION '"+disk+"'")
	p.in("postgres", "ALTER DATABASE kasane SET TABLESPACE small")
}

// saysFull lets every row of the logs be refused with the code of a full disk, for a machine on which no small disk can be had; what it gives ends that.
func (p *postgres) saysFull() func() {
	p.t.Helper()
	p.ask(`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100', MESSAGE = 'could not extend file: No space left on device'; END $$`)
	for _, table := range []string{"doc_update", "audit_entry"} {
		p.ask("CREATE TRIGGER no_room BEFORE INSERT ON " + table + " EXECUTE FUNCTION no_room()")
	}
	return func() { p.ask("DROP FUNCTION no_room CASCADE") }
}

// narrowing is a way to run out of room; what it gives makes room again.
type narrowing struct {
	name string
	take func(*testing.T, *node) func()
}

// noRoom lets people type into a plan on a node, takes the room away in every way there is and gives it back, and looks what is left in the database.
func noRoom(t *testing.T, n *node, ways []narrowing, where store.Options) {
	n.well()
	var all struct{ Cases []struct{ ID string } }
	cookie := signIn(t, n.url, logins[0])
	get(t, n.url+"/api/cases", cookie, &all)
	c := newCrowd(t, rand.New(rand.NewPCG(uint64(number("KASANE_FAULT_SEED", 1)), 2)), number("KASANE_FAULT_PEOPLE", 10), n.url)
	where.ReadOnly, where.Now = true, time.Now
	for _, way := range ways {
		t.Run(way.name, func(t *testing.T) {
			t.Cleanup(func(before *testing.T) func() { return func() { n.t, c.t = before, before } }(n.t.(*testing.T)))
			n.t, c.t = t, t
			c.progress("all type")
			c.leave(300 * time.Millisecond)
			before := n.process
			free := way.take(t, n)
			defer func() { free() }()
			n.outOfRoom(t, cookie, "/api/cases/"+all.Cases[0].ID)
			until(t, "everybody was sent away, nothing acknowledged", c.allTurnedAway, c.states)

			free()
			begun := time.Now()
			free = func() {}
			for len(c.people) < number("KASANE_FAULT_PEOPLE", 10) {
				c.newcomer()
			}
			n.well()
			t.Logf("well again after %v", time.Since(begun).Round(time.Millisecond))
			c.progress("all type again")
			until(t, "who was to leave has left", c.allLeft)
			shown := c.settle()
			c.judge("on the screens", shown)
			for place, found := range stored(t, where, c.doc) {
				if found != shown {
					t.Errorf("%s: %q; shown: %q", place, found, shown)
				}
			}
			if n.process != before || n.ended() {
				t.Errorf("the node had to be started again:\n%s", &n.log)
			}
			c.goOn()
		})
		if t.Failed() {
			return
		}
	}
}

// outOfRoom waits until the node complains, and looks at something: a look has to stand in the log before anything is shown.
func (n *node) outOfRoom(t *testing.T, cookie, path string) {
	t.Helper()
	said := ""
	d := until(t, "the node says what is wrong", func() bool {
		var yes bool
		said, yes = n.trouble()["database"]
		return yes
	})
	if !strings.Contains(said, "保存できません") || !strings.Contains(said, "空き") {
		t.Errorf("the node says: %s", said)
	}
	t.Logf("after %v: %s", d.Round(time.Millisecond), said)
	if res, err := http.Get(n.url + "/livez"); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("it does not live: %v, %v", res, err)
	}
	told := ""
	until(t, "who asks is told so, too", func() bool {
		req, _ := http.NewRequest(http.MethodGet, n.url+path, nil)
		req.Header.Set("Cookie", cookie)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, _ := io.ReadAll(res.Body)
		told = res.Status + " " + string(body)
		return res.StatusCode == http.StatusServiceUnavailable && strings.Contains(told, "空き")
	}, func() string { return told })
}

// allTurnedAway tells that everybody who is there was sent away since they were last asked: what they typed is not saved.
func (c *crowd) allTurnedAway() bool {
	for _, p := range c.people {
		p.mu.Lock()
		away, wrong := p.away, p.wrong
		p.mu.Unlock()
		if wrong != nil {
			c.t.Fatalf("person %d: %v", p.number, wrong)
		}
		if away == 0 {
			return false
		}
	}
	for _, p := range c.people {
		p.mu.Lock()
		p.away = 0
		p.mu.Unlock()
	}
	return true
}

// stored is the text as a database has it.
func stored(t *testing.T, where store.Options, doc string) map[string]string {
	t.Helper()
	st, err := store.Open(context.Background(), where)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	return texts(t, st, doc)
}
