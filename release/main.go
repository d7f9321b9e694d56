// Command release makes the files of a release out of a tree that was built: archives for Linux and Windows, Debian packages, the list of what is inside (SBOM) and SHA256SUMS.
//
// It is run by `make release`. The same commit gives the same bytes, wherever and whenever it is made: times are those of the commit, owners are nobody, orders are fixed, paths of the
// machine are not in the binaries. `make release-check` makes everything twice and compares.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// target is a system a binary is made for.
type target struct{ os, arch, deb string } // deb: what Debian calls it, "" = no package

var targets = []target{{"linux", "amd64", "amd64"}, {"linux", "arm64", "arm64"}, {"windows", "amd64", ""}}

func (t target) binary() string {
	if t.os == "windows" {
		return "kasane.exe"
	}
	return "kasane"
}

// release is one release being made.
type release struct {
	root    string // of the tree
	out     string
	version string
	at      time.Time // of the commit
	log     func(format string, args ...any)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	r := release{root: ".", log: func(format string, args ...any) { fmt.Printf(format+"\n", args...) }}
	flag.StringVar(&r.version, "version", "", "version, as `git describe` gives it")
	flag.StringVar(&r.out, "out", "bin/release", "folder for the files")
	flag.Parse()
	if err := r.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// versionForm is what may stand in names of files and packages.
var versionForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.+~-]{0,60}$`)

func (r *release) run(ctx context.Context) (err error) {
	if !versionForm.MatchString(r.version) {
		return fmt.Errorf("version %q", r.version)
	}
	if _, err := os.Stat(filepath.Join(r.root, "frontend/dist/index.html")); err != nil {
		return errors.New("the client is not built: make frontend")
	}
	if r.at, err = commitTime(ctx, r.root); err != nil {
		return err
	}
	if err := errors.Join(os.RemoveAll(r.out), os.MkdirAll(r.out, 0o755)); err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "kasane-release-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	var first string
	for _, t := range targets {
		binary := filepath.Join(work, t.os+"-"+t.arch, t.binary())
		if err := r.build(ctx, t, binary); err != nil {
			return err
		}
		if first == "" {
			first = binary
		}
		if err := r.archive(t, binary); err != nil {
			return err
		}
		if t.deb != "" {
			if err := r.debian(ctx, t, binary, filepath.Join(work, "deb-"+t.arch)); err != nil {
				return err
			}
		}
	}
	if err := r.sbom(first); err != nil {
		return err
	}
	return r.sums()
}

// build compiles the program for a system. Nothing of this machine is in it: no paths, no state of the tree, no cgo.
func (r *release) build(ctx context.Context, t target, to string) error {
	r.log("build %s/%s", t.os, t.arch)
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-tags", "dist", "-ldflags", "-s -w -buildid= -X main.version="+r.version, "-o", to, "./cmd/kasane")
	cmd.Dir = r.root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+t.os, "GOARCH="+t.arch, "GOAMD64=v1", "GOARM64=v8.0", "GOFLAGS=-mod=readonly", "GOEXPERIMENT=")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}

// commitTime is when the commit was made; SOURCE_DATE_EPOCH wins, as everywhere.
func commitTime(ctx context.Context, root string) (time.Time, error) {
	text := os.Getenv("SOURCE_DATE_EPOCH")
	if text == "" {
		cmd := exec.CommandContext(ctx, "git", "log", "-1", "--format=%ct")
		cmd.Dir = root
		out, err := cmd.Output()
		if err != nil {
			return time.Time{}, fmt.Errorf("the time of the commit: %w", err)
		}
		text = strings.TrimSpace(string(out))
	}
	sec, err := strconv.ParseInt(text, 10, 64)
	return time.Unix(sec, 0).UTC(), err
}
