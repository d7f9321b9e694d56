package ydoc

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"
)

// oracle is yjs in one node process (testdata/oracle). Requests may come from many goroutines; answers come in order.
type oracle struct {
	mu      sync.Mutex
	in      *bufio.Writer
	waiting chan chan [][]byte
}

// theOracle starts node once for all tests of the package: the process ends with the test binary.
var theOracle = sync.OnceValues(startOracle)

func startOracle() (*oracle, error) {
	const dir = "testdata/oracle"
	if _, err := exec.LookPath("node"); err != nil {
		return nil, fmt.Errorf("node is not installed, and the tests compare with yjs (node 20 or later): %w", err)
	}
	if _, err := os.Stat(dir + "/node_modules/yjs/package.json"); err != nil {
		return nil, fmt.Errorf("yjs is not installed: run make deps: %w", err)
	}
	cmd := exec.Command("node", "--expose-gc", "oracle.mjs")
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	o := &oracle{in: bufio.NewWriter(in), waiting: make(chan chan [][]byte, 64)}
	go o.read(bufio.NewReader(out))
	return o, nil
}

func (o *oracle) read(r io.Reader) {
	for answer := range o.waiting {
		pieces, err := readFrame(r)
		if err != nil {
			pieces = [][]byte{[]byte("error"), []byte("node ended: " + err.Error())}
		}
		answer <- pieces
	}
}

func readFrame(r io.Reader) ([][]byte, error) {
	var size uint32
	if err := binary.Read(r, binary.BigEndian, &size); err != nil {
		return nil, err
	}
	b := make([]byte, size)
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, err
	}
	pieces := make([][]byte, binary.BigEndian.Uint32(b))
	b = b[4:]
	for i := range pieces {
		n := binary.BigEndian.Uint32(b)
		pieces[i] = b[4 : 4+n]
		b = b[4+n:]
	}
	return pieces, nil
}

func (o *oracle) send(pieces [][]byte) chan [][]byte {
	body := binary.BigEndian.AppendUint32(nil, uint32(len(pieces)))
	for _, p := range pieces {
		body = append(binary.BigEndian.AppendUint32(body, uint32(len(p))), p...)
	}
	answer := make(chan [][]byte, 1)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiting <- answer
	o.in.Write(binary.BigEndian.AppendUint32(nil, uint32(len(body))))
	o.in.Write(body)
	o.in.Flush()
	return answer
}

// ask sends a command to yjs and fails the test if yjs fails.
func ask(t testing.TB, command string, args ...[]byte) [][]byte {
	t.Helper()
	o, err := theOracle()
	if err != nil {
		t.Fatal(err)
	}
	a := <-o.send(append([][]byte{[]byte(command)}, args...))
	if string(a[0]) != "ok" {
		t.Fatalf("yjs: %s", a[1])
	}
	return a[1:]
}

// history is a random concurrent history as yjs made it.
type history struct {
	GC    bool // the replicas collect garbage
	Style bool // texts have formats
	Modes []delivery
}

// delivery is the updates of a history in one order of arrival, and what yjs makes of it.
type delivery struct {
	Name    string
	Updates int
	Stuck   bool // yjs needed a second loading to integrate it all
	updates [][]byte
	json    string
	sv      []byte
	encoded []byte
}

func askHistory(t testing.TB, seed int) history {
	t.Helper()
	a := ask(t, "history", []byte(strconv.Itoa(seed)))
	var h history
	if err := json.Unmarshal(a[0], &h); err != nil {
		t.Fatal(err)
	}
	a = a[1:]
	for i := range h.Modes {
		m := &h.Modes[i]
		m.updates, a = a[:m.Updates], a[m.Updates:]
		m.json, m.sv, m.encoded, a = string(a[0]), a[1], a[2], a[3:]
	}
	return h
}

// envInt reads a setting of the test run.
func envInt(t testing.TB, name string, fallback int) int {
	t.Helper()
	s := os.Getenv(name)
	if s == "" {
		return fallback
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}
