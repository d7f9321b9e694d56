package simtest

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// What synctest leaves to chance is the runtime's: the order of ready cases in a select, of maps, of goroutines, and when one of them has run for long
// enough. So seeds run in a program of their own, whose runtime has one stream of random numbers for all that, begun by the seed, one processor,
// no garbage collection and no preemption by the clock on the wall. Then one seed is one course, to the byte and the nanosecond, in every run.
//
// The program is this package, built with a few lines of Go's runtime replaced (-overlay).

// patch replaces one piece of a file of the runtime.
type patch struct{ file, old, new string }

var patches = []patch{
	{"rand.go", "\tglobalRand.state.Init(*seed)\n", "\tclear(seed[:])\n\tseed[0] = 1\n\tglobalRand.state.Init(*seed)\n"},
	{"rand.go", "func rand() uint64 {\n", "func rand() uint64 {\n\tif gp := getg(); gp != gp.m.g0 && gp != gp.m.gsignal {\n\t\treturn fixedRand()\n\t}\n"},
	{"rand.go", "func cheaprand() uint32 {\n", "func cheaprand() uint32 {\n\tif gp := getg(); gp != gp.m.g0 && gp != gp.m.gsignal {\n\t\treturn uint32(fixedRand())\n\t}\n"},
	{"rand.go", "var readRandomFailed bool\n", `var readRandomFailed bool

var fixedState uint64

//go:nosplit
func fixedRand() uint64 {
	fixedState += 0xa0761d6478bd642f
	hi, lo := math.Mul64(fixedState, fixedState^0xe7037ed1a0b428db)
	return hi ^ lo
}

func fixedSeed() {
	for _, c := range []byte(gogetenv("KASANE_SIM_SEED")) {
		fixedState = fixedState*10 + uint64(c)
	}
}
`},
	{"proc.go", "\tgoenvs()\n", "\tgoenvs()\n\tfixedSeed()\n"},
	{"proc.go", "const haveSysmon = GOARCH != \"wasm\"", "const haveSysmon = false"},
}

// program builds the program once, for all tests.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "kasane-sim-")
	if err != nil {
		return "", err
	}
	built = dir
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", err
	}
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	for _, p := range patches {
		from := filepath.Join(strings.TrimSpace(string(root)), "src", "runtime", p.file)
		to := filepath.Join(dir, p.file)
		read := from
		if overlay.Replace[from] != "" {
			read = to
		}
		b, err := os.ReadFile(read)
		if err != nil {
			return "", err
		}
		if strings.Count(string(b), p.old) != 1 {
			return "", fmt.Errorf("the runtime of this Go is another: %q is not once in %s", p.old, from)
		}
		if err := os.WriteFile(to, []byte(strings.Replace(string(b), p.old, p.new, 1)), 0o600); err != nil {
			return "", err
		}
		overlay.Replace[from] = to
	}
	b, err := json.Marshal(overlay)
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(dir, "overlay.json"), b, 0o600); err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "sim.test")
	if out, err := exec.Command("go", "test", "-c", "-overlay", filepath.Join(dir, "overlay.json"), "-o", bin, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return bin, nil
})

// built is where the program lies.
var built string

func TestMain(m *testing.M) {
	code := m.Run()
	if built != "" {
		_ = os.RemoveAll(built)
	}
	os.Exit(code)
}

// course runs one seed in the program and gives what it tells: its faults, its hashes, what was wrong.
func course(t *testing.T, seed uint64) (told string, green bool) {
	t.Helper()
	bin, err := program()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(bin, "-test.run=^TestCourse$", "-test.v", "-test.timeout=5m")
	c.Env = []string{fmt.Sprintf("KASANE_SIM_SEED=%d", seed), "GOMAXPROCS=1", "GOGC=off", "GODEBUG=asyncpreemptoff=1", "KASANE_SIM_COURSE=1"}
	out, err := c.CombinedOutput()
	told, _, _ = strings.Cut(string(out), "--- ") // what follows has times of the wall in it
	if err != nil {
		told = string(out)
	}
	return told, err == nil
}

// TestCourse is what the program runs.
func TestCourse(t *testing.T) {
	if os.Getenv("KASANE_SIM_COURSE") == "" {
		t.Skip("TestSimulation runs it")
	}
	history, trace, state := simulate(t, number(t, "KASANE_SIM_SEED", 0))
	fmt.Printf("%s\nheard %016x, stored %016x\n", strings.Join(history, "\n"), trace, state)
}
