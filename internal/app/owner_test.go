//go:build unix

package app

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestRootLeavesNothingOfItsOwn: the folder belongs to the account of the service, and root types the commands that make files in it. Who is not root makes them its own anyway.
func TestRootLeavesNothingOfItsOwn(t *testing.T) {
	t.Parallel()
	x := newSite(t, "", "")
	must(t, x.open().Close())
	account := os.Geteuid()
	if account == 0 {
		account = 61234
		must(t, filepath.WalkDir(x.dir, func(path string, _ fs.DirEntry, err error) error {
			must(t, err)
			return os.Chown(path, account, account)
		}))
	}
	for _, args := range [][]string{{"ca create", "--name", "潮見市"}, {"keys rotate"}, {"municipality add", "--name", "隣の町", "--code", "012033", "--agency", "福祉課", "--admin", "山田花子", "--login", "yamada"}, {"verify"}} {
		if code, out := x.run(args[0], args[1:]...); code != exitOK {
			t.Fatalf("%v: %d %s", args, code, out)
		}
		must(t, os.MkdirAll(ordersDir(x.cfg), 0o700))
		seen := 0
		must(t, filepath.WalkDir(x.dir, func(path string, d fs.DirEntry, err error) error {
			must(t, err)
			info, err := d.Info()
			must(t, err)
			seen++
			if uid := info.Sys().(*syscall.Stat_t).Uid; int(uid) != account && path != ordersDir(x.cfg) {
				t.Errorf("after %v %s belongs to %d", args, path, uid)
			}
			return nil
		}))
		if seen < 5 {
			t.Errorf("only %d files", seen)
		}
	}
	must(t, giveToOwner(x.dir)) // as an order does before it is read
	info, err := os.Stat(ordersDir(x.cfg))
	must(t, err)
	if uid := info.Sys().(*syscall.Stat_t).Uid; int(uid) != account {
		t.Errorf("the orders belong to %d", uid)
	}
}
