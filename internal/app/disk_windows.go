package app

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// freeBytes is what this user may still write below a folder.
func freeBytes(dir string) (uint64, bool) {
	p, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, false
	}
	var free uint64
	return free, windows.GetDiskFreeSpaceEx(p, &free, nil, nil) == nil
}

// sameDisk tells whether two folders lie on one drive.
func sameDisk(a, b string) (same, ok bool) {
	x, err := filepath.Abs(a)
	y, err2 := filepath.Abs(b)
	return strings.EqualFold(filepath.VolumeName(x), filepath.VolumeName(y)), err == nil && err2 == nil
}

// openFiles has no limit here that one would meet.
func openFiles() (uint64, bool) { return 0, false }
