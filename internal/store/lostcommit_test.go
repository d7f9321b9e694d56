package store_test

import (
	"bytes"
	"context"
	"sync/atomic"
	"testing"

	"kasane/internal/live"
	"kasane/internal/relaytest"
)

// cutter stands between Kasane and PostgreSQL. While armed it passes a COMMIT on, waits for its answer, and cuts the line
// instead of giving it back ("read committed" is no COMMIT); with before set it cuts instead of passing it on. An append in one trip has no COMMIT: it is
// known by what it carries.
type cutter struct {
	armed, before atomic.Bool
	trip          []byte
	cut           atomic.Int32
}

func (c *cutter) judge(piece []byte) relaytest.Fate {
	if !c.armed.Load() || !bytes.Contains(piece, []byte("commit\x00")) && !bytes.Contains(piece, c.trip) {
		return relaytest.Pass
	}
	c.cut.Add(1)
	if c.before.Load() {
		return relaytest.Cut
	}
	return relaytest.Swallow
}

// The line dies while a COMMIT is under way. What was committed is told to be; what was not is an error; neither is there twice.
func TestLostCommit(t *testing.T) {
	t.Run("in one trip", func(t *testing.T) { testLostCommit(t, false, "carried") })
	t.Run("one by one", func(t *testing.T) { testLostCommit(t, true, "no trip") })
}

func testLostCommit(t *testing.T, clients bool, trip string) {
	t.Parallel()
	ctx := context.Background()
	c := &cutter{trip: []byte(trip)}
	s, _ := byRelay(t, relaytest.Rules{Judge: c.judge})
	makeDocs(t, s, "d1", "d2")
	send := func(text string) ([]live.Appended, error) {
		text = "carried " + text
		one, two := batch("d1", 1, "u1", text, text+"b"), batch("d2", 1, "u2", text)
		if !clients { // bound already: such a batch does not go in one trip
			one.Clients, two.Clients = nil, nil
		}
		return s.AppendDocs(ctx, []live.Batch{one, two})
	}
	if _, err := s.AppendDocs(ctx, []live.Batch{batch("d1", 1, "u1", "one", "two"), batch("d2", 1, "u2", "one")}); err != nil {
		t.Fatal(err)
	}
	c.armed.Store(true)
	out, err := send("answered to nobody")
	if err != nil || len(out) != 2 || out[0].To != 4 || out[1].To != 2 {
		t.Errorf("a committed batch: %+v %v", out, err)
	}
	c.before.Store(true)
	if out, err := send("never arrived"); err == nil {
		t.Errorf("a batch that never arrived: %+v", out)
	}
	c.armed.Store(false)
	if c.cut.Load() < 2 {
		t.Fatalf("the line was cut %d times", c.cut.Load())
	}
	rows, err := s.Since(ctx, tenant, "d1", 0)
	if err != nil || len(rows) != 4 || string(rows[3].Update) != "carried answered to nobodyb" {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	if out, err := send("after"); err != nil || out[0].From != 5 {
		t.Errorf("afterwards: %+v %v", out, err)
	}
}
