package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is one server under test.
type process struct {
	cmd   *exec.Cmd
	input io.Writer
	log   bytes.Buffer
	done  chan struct{}
}

// start runs a command; it dies with this program.
func start(env []string, dir, name string, args ...string) (*process, error) {
	p := &process{cmd: exec.Command(name, args...), done: make(chan struct{})}
	p.cmd.Env, p.cmd.Dir = append(os.Environ(), env...), dir
	p.cmd.Stdout, p.cmd.Stderr = &p.log, &p.log
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	var err error
	if p.input, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { _ = p.cmd.Wait(); close(p.done) }()
	return p, nil
}

func (p *process) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(20 * time.Second):
		_ = p.cmd.Process.Kill()
		<-p.done
	}
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// ready waits until something listens, or an address answers 200.
func (p *process) ready(addr, path string) error {
	end := time.Now().Add(60 * time.Second)
	for time.Now().Before(end) {
		select {
		case <-p.done:
			return fmt.Errorf("%s ended:\n%s", p.cmd.Path, p.log.String())
		default:
		}
		if path == "" {
			if c, err := net.DialTimeout("tcp", addr, time.Second); err == nil {
				c.Close()
				return nil
			}
		} else if res, err := http.Get("http://" + addr + path); err == nil {
			_, _ = io.Copy(io.Discard, res.Body)
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(30 * time.Millisecond)
	}
	return fmt.Errorf("%s is not ready:\n%.2000s", p.cmd.Path, p.log.String())
}

// family lists a process and all below it.
func family(pid int) []int {
	parents := map[int]int{}
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, f := range stats {
		b, err := os.ReadFile(f)
		if err != nil {
			continue
		}
		fields := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
		id, _ := strconv.Atoi(filepath.Base(filepath.Dir(f)))
		parents[id], _ = strconv.Atoi(fields[1])
	}
	out := []int{pid}
	for i := 0; i < len(out); i++ {
		for id, parent := range parents {
			if parent == out[i] && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// cpu is the processor time a process and those below it have used.
func (p *process) cpu() time.Duration {
	var ticks int64
	for _, pid := range family(p.cmd.Process.Pid) {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			continue
		}
		fields := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
		for _, i := range []int{11, 12} { // utime, stime
			n, _ := strconv.ParseInt(fields[i], 10, 64)
			ticks += n
		}
	}
	return time.Duration(ticks) * (time.Second / 100)
}

// othersCPU is the processor time in seconds that everything outside this bench has used: other programs, and the kernel for nobody in particular.
func othersCPU() float64 {
	b, _ := os.ReadFile("/proc/stat")
	line, _, _ := strings.Cut(string(b), "\n")
	var ticks int64
	for i, f := range strings.Fields(line) {
		if i >= 1 && i <= 8 && i != 4 && i != 5 { // all but idle and iowait
			n, _ := strconv.ParseInt(f, 10, 64)
			ticks += n
		}
	}
	self := &process{cmd: &exec.Cmd{Process: &os.Process{Pid: os.Getpid()}}}
	return float64(ticks)/100 - self.cpu().Seconds()
}

// calm waits, at most so long, until the rest of the machine takes less than a fifth of a core.
func calm(limit time.Duration) {
	for end := time.Now().Add(limit); time.Now().Before(end); {
		before := othersCPU()
		time.Sleep(2 * time.Second)
		if othersCPU()-before < 0.4 {
			return
		}
	}
}

// rss is the resident memory of the process itself, in bytes.
func (p *process) rss() int64 {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/statm", p.cmd.Process.Pid))
	fields := strings.Fields(string(b))
	if len(fields) < 2 {
		return 0
	}
	n, _ := strconv.ParseInt(fields[1], 10, 64)
	return n * int64(os.Getpagesize())
}

var temps []string

// tempDir makes a directory that is removed when the bench ends.
func tempDir(what string) (string, error) {
	dir, err := os.MkdirTemp(*dataDir, "kasane-bench-"+what+"-")
	temps = append(temps, dir)
	return dir, err
}

func removeTemp() {
	for _, dir := range temps {
		_ = os.RemoveAll(dir)
	}
}

// postgres starts a throw-away server with durable commits, and gives its address.
func postgres(ctx context.Context) (*process, string, error) {
	bins, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(bins) == 0 {
		return nil, "", fmt.Errorf("PostgreSQL is missing: run `make deps`")
	}
	bin := filepath.Dir(bins[len(bins)-1])
	dir, err := tempDir("pg")
	if err != nil {
		return nil, "", err
	}
	as := func(args ...string) []string {
		if os.Geteuid() == 0 { // it refuses to run as root
			return append([]string{"runuser", "-u", "postgres", "--"}, args...)
		}
		return args
	}
	if os.Geteuid() == 0 {
		if out, err := exec.Command("chown", "postgres", dir).CombinedOutput(); err != nil {
			return nil, "", fmt.Errorf("chown: %w: %s", err, out)
		}
	}
	data := filepath.Join(dir, "data")
	init := as(filepath.Join(bin, "initdb"), "-D", data, "-U", "kasane", "-A", "trust", "-E", "UTF8", "--locale=C")
	cmd := exec.CommandContext(ctx, init[0], init[1:]...)
	cmd.Dir = "/"
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, "", fmt.Errorf("initdb: %w: %s", err, out)
	}
	port, err := freePort()
	if err != nil {
		return nil, "", err
	}
	run := as(filepath.Join(bin, "postgres"), "-D", data, "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-k", dir)
	p, err := start(nil, "/", run[0], run[1:]...)
	if err != nil {
		return nil, "", err
	}
	if err := p.ready("127.0.0.1:"+strconv.Itoa(port), ""); err != nil {
		return nil, "", err
	}
	for range 100 {
		if err = exec.Command(filepath.Join(bin, "createdb"), "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-U", "kasane", "kasane").Run(); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	return p, fmt.Sprintf("postgres://kasane@127.0.0.1:%d/kasane?sslmode=disable", port), err
}
