// Package simtest drives whole rooms under virtual time (模擬): browsers, two nodes, their bus and their database, and everything that may go wrong
// between them, by a seed. It looks at the invariants I1, I2, I3 and I7 of real time while it runs and at its end.
//
// One seed gives one course, to the byte: see fixed_test.go.
package simtest

import (
	"fmt"
	"hash/fnv"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kasane/internal/live"
)

// Seeds of every run: 1 to 80. A run of the tests finds what a change broke; new courses are looked for by KASANE_SIM_FIRST.
const fixed = 80

func number(t *testing.T, name string, otherwise uint64) uint64 {
	t.Helper()
	s := os.Getenv(name)
	if s == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// TestSimulation runs the fixed seeds; KASANE_SIM_SEED=n runs that one, KASANE_SIM_SEEDS=1000 so many from KASANE_SIM_FIRST (1)
// on. KASANE_SIM_STATE names a file that keeps the next seed, so that a long run can be taken up again.
func TestSimulation(t *testing.T) {
	var seeds []uint64
	state := os.Getenv("KASANE_SIM_STATE")
	switch {
	case os.Getenv("KASANE_SIM_SEED") != "":
		seeds, state = []uint64{number(t, "KASANE_SIM_SEED", 0)}, ""
	case os.Getenv("KASANE_SIM_SEEDS") != "":
		first := number(t, "KASANE_SIM_FIRST", 1)
		last := first + number(t, "KASANE_SIM_SEEDS", 0)
		if b, err := os.ReadFile(state); err == nil {
			if first, err = strconv.ParseUint(strings.TrimSpace(string(b)), 10, 64); err != nil {
				t.Fatalf("%s: %v", state, err)
			}
		}
		seeds = nil
		for s := first; s < last; s++ {
			seeds = append(seeds, s)
		}
	default:
		state = ""
		for seed := range uint64(fixed) {
			seeds = append(seeds, seed+1)
		}
	}
	for _, seed := range seeds {
		if !t.Run(fmt.Sprint(seed), func(t *testing.T) {
			if told, green := course(t, seed); !green {
				t.Error(told)
			} else if os.Getenv("KASANE_SIM_TRACE") != "" {
				t.Log(told)
			}
		}) {
			t.Logf("again: KASANE_SIM_SEED=%d go test -run TestSimulation ./internal/realtime/simtest", seed)
		}
		if state != "" && !t.Failed() { // a run taken up again begins with what failed
			if err := os.WriteFile(state, fmt.Append(nil, seed+1), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestSameSeed: one seed gives one course, in every run: the same faults, the same bytes to every client at the same instants, the same text in the log.
func TestSameSeed(t *testing.T) {
	for seed := uint64(1); seed <= 5; seed++ {
		one, _ := course(t, seed)
		two, _ := course(t, seed)
		if one != two || !strings.Contains(one, "heard ") {
			t.Errorf("seed %d: the courses differ:\n%s\n----\n%s", seed, one, two)
		}
	}
	one, _ := course(t, 1)
	if two, _ := course(t, 2); one == two {
		t.Error("two seeds give one course")
	}
}

// simulate runs one seed and gives its faults, the hash of what every client heard and when, and of what the log holds at the end.
func simulate(t *testing.T, seed uint64) (history []string, trace, state uint64) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, seed)
		for _, c := range w.clients {
			go c.run()
		}
		w.disturb()
		w.settle()
		synctest.Wait()
		w.check()
		for _, c := range w.clients {
			trace = trace*31 + c.trace
		}
		state = w.stateHash()
		w.end()
		synctest.Wait()
		history = w.history
		for _, f := range w.faults {
			t.Errorf("seed %d: %s", seed, f)
		}
		if t.Failed() {
			t.Logf("faults of seed %d:\n%s", seed, strings.Join(w.history, "\n"))
		}
	})
	return history, trace, state
}

// stateHash is of every row in the logs, in order.
func (w *world) stateHash() uint64 {
	h := fnv.New64a()
	for _, id := range docs {
		for _, row := range w.log.Rows(tenant, id) {
			fmt.Fprintf(h, "%s %d %s %x\n", id, row.Seq, row.ActorID, row.Update)
		}
	}
	return h.Sum64()
}

// disturb lets faults happen for a minute or two.
func (w *world) disturb() {
	for end := time.Now().Add(time.Duration(40+w.rnd.IntN(60)) * time.Second); time.Now().Before(end); {
		time.Sleep(time.Duration(100+w.rnd.IntN(2500)) * time.Millisecond)
		from := faults
		if w.mild {
			from = mild
		}
		f := from[w.rnd.IntN(len(from))]
		f.do(w, f.name)
		w.bounded()
	}
}

// settle ends every fault and lets everybody come home.
func (w *world) settle() {
	for _, id := range docs {
		for _, c := range w.clients {
			w.consent.set(c.user, id, nil)
		}
		w.change(id, func(m *live.Meta) { m.Frozen = false })
	}
	w.bus.mu.Lock()
	w.bus.drop, w.bus.double, w.bus.late = 0, 0, 0
	w.bus.mu.Unlock()
	for _, p := range w.places {
		if n := p.get(); n != nil {
			n.port.set(false, false)
			n.data.locked(func() {
				n.data.cut, n.data.crash, n.data.noAppend, n.data.lost, n.data.noRead = cutNone, crashNone, 0, 0, 0
				n.data.gate = cutNone
			})
			n.mu.Lock()
			n.jump = 0
			for _, l := range n.lines {
				l.swallow(false)
				l.delay(0)
			}
			n.mu.Unlock()
		}
	}
	for _, c := range w.clients {
		go c.order(func() { c.still, c.away = true, time.Time{} })
	}
	for range 240 { // pages that are frozen, clients that wait, nodes that start
		time.Sleep(time.Second)
		synctest.Wait()
		if w.calm() {
			break
		}
	}
	time.Sleep(45 * time.Second) // presence of nodes that died
}

// calm tells that everybody is connected and has everything stored.
func (w *world) calm() bool {
	for _, c := range w.clients {
		if c.line == nil || !c.still {
			return false
		}
		for _, o := range c.docs {
			if o.shut || o.asked == 0 || len(o.sent) > 0 || len(o.unsaved) > 0 {
				return false
			}
		}
	}
	return true
}

// bounded holds the nodes against I7 while they work.
func (w *world) bounded() {
	synctest.Wait()
	lines := 0
	for _, p := range w.places {
		n := p.get()
		if n == nil {
			continue
		}
		s := n.hub.Stats()
		lines += s.Connections
		if s.Rooms > len(docs) {
			w.fail("I7: %d rooms", s.Rooms)
		}
		if most := int64(s.Connections) * (queueBytes + 128<<10); s.QueuedBytes > most {
			w.fail("I7: %d bytes queued for %d connections", s.QueuedBytes, s.Connections)
		}
	}
	// the world's own: a reader and a page for each client, a dozen for each node, some for those that end
	if most := 100 + 8*(lines+len(w.clients)); runtime.NumGoroutine() > most {
		w.fail("I7: %d goroutines for %d connections", runtime.NumGoroutine(), lines)
	}
}

// end closes the browsers, then the nodes; what is left over is a leak, which the bubble reports.
func (w *world) end() {
	for _, c := range w.clients {
		close(c.quit)
	}
	time.Sleep(150 * time.Second) // longer than a dead line and an empty room are kept
	synctest.Wait()
	for i, p := range w.places {
		if s := p.get().hub.Stats(); s.Rooms != 0 || s.Connections != 0 || s.DocBytes != 0 || s.QueuedBytes != 0 {
			w.fail("I7: node %d keeps %d rooms, %d connections, %d bytes of documents, %d bytes queued", i, s.Rooms, s.Connections, s.DocBytes, s.QueuedBytes)
		}
		p.get().stop()
		<-p.get().ended
	}
}
