package ydoc

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// TestConformance replays random concurrent histories in seven orders of delivery and compares with yjs: the content of every root, the state
// vector, our encoding byte by byte where yjs collects garbage too, and what yjs reads from it. KASANE_SEEDS sets how many histories, KASANE_SEED
// the first; KASANE_CONFORMANCE_STATE names a file that keeps the next seed, so that a long run can be taken up again.
func TestConformance(t *testing.T) {
	first, n := envInt(t, "KASANE_SEED", 1), envInt(t, "KASANE_SEEDS", 400)
	state := os.Getenv("KASANE_CONFORMANCE_STATE")
	if b, err := os.ReadFile(state); state != "" && err == nil {
		done, err := strconv.Atoi(strings.TrimSpace(string(b)))
		if err != nil {
			t.Fatalf("%s: %v", state, err)
		}
		first, n = max(first, done), max(0, first+n-max(first, done))
	}
	t.Logf("seeds %d to %d", first, first+n-1)
	if _, err := theOracle(); err != nil {
		t.Fatal(err)
	}
	const chunk = 500 // after so many the state is kept
	for ; n > 0; first, n = first+chunk, n-chunk {
		if !histories(t, first, min(n, chunk)) {
			return
		}
		if state != "" {
			if err := os.WriteFile(state, strconv.AppendInt(nil, int64(first+min(n, chunk)), 10), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// histories compares n histories from first on and tells whether all were alike.
func histories(t *testing.T, first, n int) bool {
	var next, replays, compared, failures atomic.Int64
	t.Run(fmt.Sprintf("%d-%d", first, first+n-1), func(t *testing.T) {
		for worker := range 4 { // node works on some while we work on others
			t.Run(strconv.Itoa(worker), func(t *testing.T) {
				t.Parallel()
				for failures.Load() < 10 {
					i := int(next.Add(1)) - 1
					if i >= n {
						return
					}
					c := conformance{T: t, seed: first + i}
					c.run()
					replays.Add(int64(c.replays))
					compared.Add(int64(c.compared))
					failures.Add(int64(c.failures))
				}
			})
		}
	})
	t.Logf("%d replays, %d failures; %d encodings compared byte by byte", replays.Load(), failures.Load(), compared.Load())
	return failures.Load() == 0
}

type conformance struct {
	*testing.T
	seed                        int
	replays, compared, failures int
}

func (c *conformance) fail(mode, what, got, want string) {
	c.Helper()
	c.failures++
	c.Errorf("KASANE_SEED=%d KASANE_SEEDS=1, %s: %s\n got %.2000s\nwant %.2000s", c.seed, mode, what, got, want)
}

func (c *conformance) run() {
	h := askHistory(c.T, c.seed)
	var encodings [][]byte
	var read []delivery
	for _, m := range h.Modes {
		c.replays++
		d := c.replay(m)
		if d == nil {
			return
		}
		c.compare(m, "", d)
		b, err := d.Encode(nil)
		if err != nil {
			c.fail(m.Name, "Encode", err.Error(), "")
			return
		}
		if m.Stuck {
			c.Logf("KASANE_SEED=%d, %s: yjs got stuck", c.seed, m.Name)
		} else if h.GC {
			if c.compared++; !bytes.Equal(b, m.encoded) {
				c.fail(m.Name, "encoding", hex.EncodeToString(b), hex.EncodeToString(m.encoded))
			}
		}
		if len(encodings) == 0 || !bytes.Equal(b, encodings[len(encodings)-1]) {
			encodings, read = append(encodings, b), append(read, m)
		}
	}
	a := ask(c.T, "load", encodings...)
	for i, m := range read {
		if got := string(a[2*i]); got != m.json {
			c.fail(m.Name, "content as yjs reads our encoding", got, m.json)
		}
		if !bytes.Equal(a[2*i+1], m.sv) {
			c.fail(m.Name, "state vector as yjs reads our encoding", hex.EncodeToString(a[2*i+1]), hex.EncodeToString(m.sv))
		}
	}
}

// replay applies the updates of m as they arrive. On the way it holds that an update that comes again changes nothing, that those in order
// resolve and leave nothing pending, and that a document stored while it waits goes on the same.
func (c *conformance) replay(m delivery) *Doc {
	d := New()
	var stored *Doc
	for i, u := range m.updates {
		if m.Name == "in order" {
			if _, err := d.Touched(u); err != nil {
				c.fail(m.Name, "Touched", err.Error(), "no error")
			}
		}
		if _, err := d.Apply(u); err != nil {
			c.fail(m.Name, "Apply", err.Error(), "no error")
			return nil
		}
		if m.Name == "in order" && d.HasPending() {
			c.fail(m.Name, "pending", "something", "nothing")
		}
		if i%5 == 0 {
			if txn, err := d.Apply(u); err != nil || !txn.Empty() {
				c.fail(m.Name, "the same update again", "a change", "none")
			}
		}
		switch {
		case i == len(m.updates)/2:
			stored = reload(c.T, d)
		case stored != nil:
			if _, err := stored.Apply(u); err != nil {
				c.fail(m.Name, "Apply after storage", err.Error(), "no error")
			}
		}
	}
	checkIntegrity(c.T, d)
	c.compare(m, " after storage", stored)
	return d
}

func (c *conformance) compare(m delivery, when string, d *Doc) {
	if d.HasPending() {
		c.fail(m.Name, "pending"+when, "something", "nothing")
	}
	if got := string(d.CanonicalJSON()); got != m.json {
		c.fail(m.Name, "content"+when, got, m.json)
	}
	if got := d.StateVector(); !bytes.Equal(got, m.sv) {
		c.fail(m.Name, "state vector"+when, hex.EncodeToString(got), hex.EncodeToString(m.sv))
	}
}
