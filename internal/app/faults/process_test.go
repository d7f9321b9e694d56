//go:build linux

package faults_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience is for what has to come true in the end, on a machine that has other things to do.
const patience = 60 * time.Second

// until waits for a condition and tells how long it took.
func until(t testing.TB, what string, ok func() bool, tell ...func() string) time.Duration {
	t.Helper()
	begun := time.Now()
	for !ok() {
		if time.Since(begun) > patience {
			for _, f := range tell {
				what += "\n" + f()
			}
			t.Fatalf("not within %v: %s", patience, what)
		}
		time.Sleep(10 * time.Millisecond)
	}
	return time.Since(begun)
}

// tail keeps the end of what a process writes.
type tail struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (w *tail) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.b.Len() > 1<<20 {
		w.b.Reset()
	}
	return w.b.Write(b)
}

func (w *tail) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.b.Bytes()
	return string(s[max(0, len(s)-8000):])
}

// process is a child of the test, which ends with it however it ends.
type process struct {
	cmd  *exec.Cmd
	log  tail
	ends chan struct{}
}

// begin starts a command, as another user if one is given.
func begin(t testing.TB, as *syscall.Credential, env []string, name string, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(name, args...), ends: make(chan struct{})}
	p.cmd.Env, p.cmd.Dir = append(surroundings(), env...), "/"
	p.cmd.Stdout, p.cmd.Stderr = &p.log, &p.log
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as, Pdeathsig: syscall.SIGKILL}
	if err := p.cmd.Start(); err != nil {
		t.Fatalf("%s is needed for this test: %v", name, err)
	}
	go func() { defer close(p.ends); _ = p.cmd.Wait() }()
	return p
}

func (p *process) ended() bool {
	select {
	case <-p.ends:
		return true
	default:
		return false
	}
}

// signal sends a signal; wait waits for the end.
func (p *process) signal(s syscall.Signal) { _ = p.cmd.Process.Signal(s) }

func (p *process) wait(t testing.TB) {
	t.Helper()
	select {
	case <-p.ends:
	case <-time.After(patience):
		t.Fatalf("%s does not end:\n%s", p.cmd.Path, &p.log)
	}
}

func (p *process) kill() {
	p.signal(syscall.SIGKILL)
	<-p.ends
}

// freePort finds a port outside of what the system gives to outgoing connections: nobody else takes it while its owner is away.
func freePort(t testing.TB) int {
	t.Helper()
	for range 100 {
		port := 22000 + rand.IntN(10000)
		if l, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(port)); err == nil {
			_ = l.Close()
			return port
		}
	}
	t.Fatal("no free port")
	return 0
}

// built is the program under test, built once from this tree, without the browser client.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "kasane-faults-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "kasane")
	if out, err := exec.Command("go", "build", "-o", path, "kasane/cmd/kasane").CombinedOutput(); err != nil {
		return path, fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, _ := built(); path != "" {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// node is one Kasane of the demo municipality.
type node struct {
	t    testing.TB
	url  string
	port int
	env  []string
	args []string
	*process
}

// newNode starts a Kasane and waits until it serves. It ends with the test.
func newNode(t testing.TB, data string, env ...string) *node {
	t.Helper()
	n := &node{t: t, port: freePort(t), env: append([]string{"DATABASE_URL=", "REDIS_URL=", "KASANE_LOG_LEVEL=warn"}, env...)}
	n.url = "http://127.0.0.1:" + strconv.Itoa(n.port)
	n.args = []string{"demo", "--addr", "127.0.0.1:" + strconv.Itoa(n.port), "--data", data}
	n.start()
	t.Cleanup(func() { n.kill() })
	return n
}

// start starts the node, again too, and waits until it answers.
func (n *node) start() {
	n.t.Helper()
	binary, err := built()
	if err != nil {
		n.t.Fatal(err)
	}
	n.process = begin(n.t, nil, n.env, binary, n.args...)
	until(n.t, "the node serves", func() bool {
		if n.ended() {
			n.t.Fatalf("the node ended:\n%s", &n.log)
		}
		res, err := http.Get(n.url + "/livez")
		if err != nil {
			return false
		}
		defer res.Body.Close()
		return res.StatusCode == http.StatusOK
	})
}

// trouble is what /readyz complains of, by the name of the check; nil when the node does not answer at all. The browser client is not in this build.
func (n *node) trouble() map[string]string {
	res, err := http.Get(n.url + "/readyz")
	if err != nil {
		return nil
	}
	defer res.Body.Close()
	var body struct {
		Checks []struct {
			Name, Message string
			OK            bool
		}
	}
	if json.NewDecoder(res.Body).Decode(&body) != nil {
		return nil
	}
	bad := map[string]string{}
	for _, c := range body.Checks {
		if !c.OK && c.Name != "client" {
			bad[c.Name] = c.Message
		}
	}
	return bad
}

// well waits until /readyz complains of nothing.
func (n *node) well() time.Duration {
	n.t.Helper()
	last := map[string]string{}
	begun := time.Now()
	for {
		if last = n.trouble(); last != nil && len(last) == 0 {
			return time.Since(begun)
		}
		if time.Since(begun) > patience {
			n.t.Fatalf("%s does not heal: %v\n%s", n.url, last, &n.log)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// surroundings is the environment of the tests without GOGC: how much a process may leave lying about is for the tests themselves, and what is
// measured here holds of one that nobody told.
func surroundings() []string {
	return slices.DeleteFunc(os.Environ(), func(e string) bool { return strings.HasPrefix(e, "GOGC=") })
}
