//go:build unix

package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// giveToOwner gives what root has made in a data folder to whoever the folder belongs to: the server runs as that account, and a key or an order that root alone may read would keep it from its work.
func giveToOwner(dir string) error {
	if os.Geteuid() != 0 || dir == "" {
		return nil
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil // there is none
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok || owner.Uid == 0 {
		return nil
	}
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // done with, beside a running server
		}
		if err != nil || path == dir {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return nil
		}
		if of, ok := info.Sys().(*syscall.Stat_t); !ok || of.Uid != 0 {
			return nil
		}
		if err := os.Lchown(path, int(owner.Uid), int(owner.Gid)); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}
