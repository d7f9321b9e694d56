package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// label names the scenario and the server that run now.
var label = "start"

var (
	kasaneBin = flag.String("binary", "", "Kasane's binary (default bin/kasane of this checkout)")
	dataDir   = flag.String("data", "", "where databases are put (default: the system's temporary directory)")
	scenarios = flag.String("scenarios", "", "comma-separated names; default all: S1 … S6, MEETINGS, WRITE, JOIN, STORM, COLD, DEAF, IDLE")
	which     = flag.String("peers", "", "comma-separated names; default all: kasane-sqlite, kasane-postgres, kasane-2nodes, hocuspocus, y-websocket, relay; kasane-yws when asked for")
	seconds   = flag.Float64("seconds", 8, "length of each scenario")
	profile   = flag.String("profile", "", "run Kasane inside this program and write its profiles into this directory: SCENARIO-SERVER-NODE.cpu and .allocs")
	patience  = flag.Duration("calm", 0, "before each run wait until the rest of the machine is quiet, at most so long")
	record    = flag.String("record", "", "put what is printed into this file too, between <!-- bench-peers --> and <!-- end -->")
	plain     = flag.Bool("plain", false, "do not offer to take compressed messages, as browsers do")
	relayAt   = flag.String("relay", "", "serve the bare relay at this address")
)

func main() {
	if len(os.Args) > 2 && os.Args[1] == "kasane" {
		os.Exit(profiled(os.Args[2], os.Args[3:]))
	}
	flag.Parse()
	if *relayAt != "" {
		fmt.Fprintln(os.Stderr, serveRelay(*relayAt))
		os.Exit(1)
	}
	err := run()
	if *record != "" && strings.Contains(printed.String(), "### Measures") { // a trial without a figure says so in the record
		err = errors.Join(err, write(*record))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// root is the checkout: where go.mod lies.
func root() string {
	dir, _ := os.Getwd()
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
			return d
		}
		if d == filepath.Dir(d) {
			return dir
		}
	}
}

func chosen(list, name string) bool {
	if list == "" {
		return true
	}
	for s := range strings.SplitSeq(list, ",") {
		if strings.EqualFold(strings.TrimSpace(s), name) {
			return true
		}
	}
	return false
}

// printed is everything that was printed.
var printed strings.Builder

func printf(format string, args ...any) {
	fmt.Fprintf(io.MultiWriter(os.Stdout, &printed), format, args...)
}

// write puts what was printed into a document, in place of what an earlier run left there.
func write(path string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	const begin, end = "<!-- bench-peers -->\n", "<!-- end -->"
	head, rest, ok := strings.Cut(string(b), begin)
	_, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return fmt.Errorf("%s: %q and %q are missing", path, begin, end)
	}
	return os.WriteFile(path, []byte(head+begin+printed.String()+end+tail), 0o644)
}

func run() error {
	if *kasaneBin == "" {
		*kasaneBin = filepath.Join(root(), "bin", "kasane")
	}
	if _, err := os.Stat(*kasaneBin); err != nil {
		return fmt.Errorf("%s is missing: run `make build`", *kasaneBin)
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return err
	}
	limit.Cur = limit.Max
	_ = syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit)
	b := &bench{ctx: context.Background(), d: time.Duration(*seconds * float64(time.Second))}
	if *profile != "" {
		if err := os.MkdirAll(*profile, 0o755); err != nil {
			return err
		}
	}
	load1, _ := os.ReadFile("/proc/loadavg")
	cpu, _ := os.ReadFile("/proc/cpuinfo")
	_, model, _ := strings.Cut(string(cpu), "model name\t: ")
	model, _, _ = strings.Cut(model, "\n")
	node, _ := exec.Command("node", "--version").Output()
	revision, _ := exec.Command("git", "rev-parse", "--short", "HEAD").Output()
	printf("%s, revision %s; %d cores of %s, %s, node %s; %g s each; load average before: %s", time.Now().Format("2006-01-02 15:04"), bytes.TrimSpace(revision),
		runtime.NumCPU(), model, runtime.Version(), bytes.TrimSpace(node), *seconds, load1)
	return b.all()
}
