package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// debVersion is a version as Debian orders it: tags v1.2.0 become 1.2.0, what comes after a tag is later than it, a commit without a tag earlier than everything.
func debVersion(v string) string {
	v = strings.TrimPrefix(v, "v")
	if v == "" || v[0] < '0' || v[0] > '9' || regexp.MustCompile(`^[0-9a-f]{7,40}(-dirty)?$`).MatchString(v) {
		v = "0~" + v
	}
	return strings.ReplaceAll(v, "-", "+")
}

// debian lays out a package and has dpkg-deb pack it, without root: owners are written, not taken from the disk.
func (r *release) debian(ctx context.Context, t target, binary, dir string) error {
	files, err := r.debFiles(t, binary)
	if err != nil {
		return err
	}
	for _, e := range files {
		if err := r.place(dir, e); err != nil {
			return err
		}
	}
	if err := r.agedAll(dir); err != nil {
		return err
	}
	name := fmt.Sprintf("kasane_%s_%s.deb", debVersion(r.version), t.deb)
	cmd := exec.CommandContext(ctx, "dpkg-deb", "--root-owner-group", "-Zxz", "--uniform-compression", "--threads-max=1", "--build", dir, filepath.Join(r.out, name))
	cmd.Env = append(os.Environ(), fmt.Sprintf("SOURCE_DATE_EPOCH=%d", r.at.Unix()))
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("dpkg-deb: %w: %s", err, out)
	}
	r.log("write %s", name)
	return nil
}

// debFiles are the files of the package by their place.
func (r *release) debFiles(t target, binary string) (list []entry, err error) {
	info, err := os.Stat(binary)
	if err != nil {
		return nil, err
	}
	unit, err := os.ReadFile(filepath.Join(r.root, "deploy/kasane.service"))
	if err != nil {
		return nil, err
	}
	packaged := bytes.Replace(unit, []byte("ExecStart=/usr/local/bin/kasane "), []byte("ExecStart=/usr/bin/kasane "), 1)
	if bytes.Equal(unit, packaged) {
		return nil, errors.New("the unit does not start /usr/local/bin/kasane")
	}
	packaged = regexp.MustCompile(`(?m)^#.*\n(?:#.*\n)*\[Unit\]`).ReplaceAll(packaged, []byte("[Unit]")) // how to install it by hand
	control := fmt.Sprintf(`Package: kasane
Version: %s
Architecture: %s
Maintainer: Kasane <kasane@localhost>
Installed-Size: %d
Depends: passwd
Recommends: ca-certificates
Suggests: nginx, postgresql, redis-server
Section: web
Priority: optional
Description: 重ね(Kasane): meetings of 重層的支援体制整備事業
 Runs a 重層的支援会議: agencies edit the support plan together, consent decides
 what anyone sees, records come out as sealed PDFs. One program with one folder.
`, debVersion(r.version), t.deb, info.Size()/1024+200)
	list = []entry{{name: "DEBIAN/control", body: []byte(control), mode: 0o644}, {name: "DEBIAN/conffiles", body: []byte("/etc/kasane.env\n"), mode: 0o644},
		{name: "usr/bin/kasane", from: binary, mode: 0o755}, {name: "usr/lib/systemd/system/kasane.service", body: packaged, mode: 0o644}}
	for name, from := range map[string]string{"DEBIAN/postinst": "deploy/debian/postinst", "DEBIAN/prerm": "deploy/debian/prerm", "DEBIAN/postrm": "deploy/debian/postrm"} {
		list = append(list, entry{name: name, from: filepath.Join(r.root, from), mode: 0o755})
	}
	list = append(list, entry{name: "etc/kasane.env", from: filepath.Join(r.root, "deploy/kasane.env.example"), mode: 0o640})
	for _, p := range papers {
		if p != "deploy/kasane.service" && p != "deploy/kasane.env.example" {
			list = append(list, entry{name: "usr/share/doc/kasane/" + strings.TrimPrefix(strings.TrimPrefix(p, "docs/"), "deploy/"), from: filepath.Join(r.root, p), mode: 0o644})
		}
	}
	slices.SortFunc(list, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	return list, nil
}

func (r *release) place(dir string, e entry) error {
	to := filepath.Join(dir, e.name)
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	body := e.body
	if e.from != "" {
		var err error
		if body, err = os.ReadFile(e.from); err != nil {
			return err
		}
	}
	if err := os.WriteFile(to, body, os.FileMode(e.mode)); err != nil {
		return err
	}
	return os.Chmod(to, os.FileMode(e.mode)) // whatever the umask is
}

// agedAll gives everything the time of the commit, and folders the mode of folders.
func (r *release) agedAll(dir string) error {
	var all []string
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			err = os.Chmod(p, 0o755)
		}
		all = append(all, p)
		return err
	})
	for _, p := range slices.Backward(all) {
		err = errors.Join(err, os.Chtimes(p, r.at, r.at))
	}
	return err
}
