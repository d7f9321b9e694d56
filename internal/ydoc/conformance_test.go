package ydoc

import (
	"bytes"
	"strconv"
	"sync/atomic"
	"testing"
)

// TestConformance replays random concurrent histories in seven orders of delivery and compares with yjs: the content of every root, the state
// vector, and what yjs reads from our re-encoding. KASANE_SEEDS sets how many histories, KASANE_SEED the first.
func TestConformance(t *testing.T) {
	first, n := envInt(t, "KASANE_SEED", 1), envInt(t, "KASANE_SEEDS", 1000)
	t.Logf("seeds %d to %d", first, first+n-1)
	if _, err := theOracle(); err != nil {
		t.Fatal(err)
	}
	var next, replays, compared, equal, failures atomic.Int64
	t.Run("histories", func(t *testing.T) {
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
					equal.Add(int64(c.equal))
					failures.Add(int64(c.failures))
				}
			})
		}
	})
	t.Logf("%d replays, %d failures; of %d encodings with garbage collected %d are byte-identical to yjs's",
		replays.Load(), failures.Load(), compared.Load(), equal.Load())
}

type conformance struct {
	*testing.T
	seed                               int
	replays, compared, equal, failures int
}

func (c *conformance) fail(mode, what, got, want string) {
	c.failures++
	c.Errorf("KASANE_SEED=%d KASANE_SEEDS=1, %s: %s\n got %.2000s\nwant %.2000s", c.seed, mode, what, got, want)
}

func (c *conformance) run() {
	h := askHistory(c.T, c.seed)
	var encodings [][]byte
	var want []string
	var svs [][]byte
	for _, m := range h.Modes {
		c.replays++
		d := New()
		for i, u := range m.updates {
			before := d.HasPending()
			if m.Name == "in order" {
				if _, err := d.Touched(u); err != nil {
					c.fail(m.Name, "Touched", err.Error(), "")
				}
			}
			txn, err := d.Apply(u)
			if err != nil {
				c.fail(m.Name, "Apply", err.Error(), "")
				return
			}
			if m.Name == "in order" && before {
				c.fail(m.Name, "pending", "something", "nothing")
			}
			if i%5 == 0 {
				if txn, err = d.Apply(u); err != nil || !txn.Empty() {
					c.fail(m.Name, "the same update again", "changes something", "nothing")
				}
			}
		}
		if d.HasPending() {
			c.fail(m.Name, "pending", "something", "nothing")
		}
		if got := string(d.CanonicalJSON()); got != m.json {
			c.fail(m.Name, "content", got, m.json)
		}
		if got := d.StateVector(); !bytes.Equal(got, m.sv) {
			c.fail(m.Name, "state vector", string(got), string(m.sv))
		}
		b, err := d.Encode(nil)
		if err != nil {
			c.fail(m.Name, "Encode", err.Error(), "")
			return
		}
		if h.GC {
			c.compared++
			if bytes.Equal(b, m.encoded) {
				c.equal++
			}
		}
		if len(encodings) == 0 || !bytes.Equal(b, encodings[len(encodings)-1]) {
			encodings, want, svs = append(encodings, b), append(want, m.json), append(svs, m.sv)
		}
	}
	a := ask(c.T, "load", encodings...)
	for i := range encodings {
		if string(a[2*i]) != want[i] {
			c.fail("re-encoded", "content as yjs reads it", string(a[2*i]), want[i])
		}
		if !bytes.Equal(a[2*i+1], svs[i]) {
			c.fail("re-encoded", "state vector as yjs reads it", string(a[2*i+1]), string(svs[i]))
		}
	}
}
