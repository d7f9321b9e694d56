//go:build linux

package faults_test

import (
	"context"
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

// smallDisk is a file system of its own for the data of a node, so that it can be filled; "" on a machine where nobody may mount one.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
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
	data, ways := smallDisk(t), []string{"the disk is full", "the files may not grow"}
	if data == "" {
		data, ways = t.TempDir(), ways[1:]
	}
	n := newNode(t, data)
	n.well()
	var all struct{ Cases []struct{ ID string } }
	cookie := signIn(t, n.url, logins[0])
	get(t, n.url+"/api/cases", cookie, &all)
	c := newCrowd(t, rand.New(rand.NewPCG(uint64(number("KASANE_FAULT_SEED", 1)), 2)), number("KASANE_FAULT_PEOPLE", 10), n.url)
	for _, way := range ways {
		t.Run(way, func(t *testing.T) {
			t.Cleanup(func(before *testing.T) func() { return func() { n.t, c.t = before, before } }(n.t.(*testing.T)))
			n.t, c.t = t, t
			c.progress("all type")
			c.leave(300 * time.Millisecond)
			before := n.process
			free := func() {}
			if way == "the disk is full" {
				free = fill(t, data)
			} else {
				free = limit(t, n.cmd.Process.Pid)
			}
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
			for where, found := range n.stored(t, data, c.doc) {
				if found != shown {
					t.Errorf("%s: %q; shown: %q", where, found, shown)
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

// stored is the text as the database has it.
func (n *node) stored(t *testing.T, data, doc string) map[string]string {
	t.Helper()
	st, err := store.Open(context.Background(), store.Options{DataDir: data, ReadOnly: true, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	return texts(t, st, doc)
}
