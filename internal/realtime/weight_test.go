package realtime_test

import (
	"strings"
	"testing"
	"time"

	"kasane/internal/realtime"
)

// TestDocumentsAreWeighed: a node says what its documents take, and forgets a document that nobody holds.
func TestDocumentsAreWeighed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Timing.Evict = 20 * time.Millisecond })
	a := n.dial("a").open(doc1, "").ready()
	before := n.hub.Stats()
	if before.Documents != 1 || before.DocBytes <= 0 {
		t.Fatalf("%d documents of %d bytes", before.Documents, before.DocBytes)
	}
	a.typ("wish", strings.Repeat("髙", 10_000))
	a.until("stored", func() bool { return a.acks == 1 })
	eventually(t, "it weighs more", func() bool { return n.hub.Stats().DocBytes >= before.DocBytes+10_000 })
	a.b.ws.Close()
	eventually(t, "nothing is held", func() bool {
		s := n.hub.Stats()
		return s.Rooms == 0 && s.Documents == 0 && s.DocBytes == 0 && s.QueuedBytes == 0
	})
}

// TestCrowded: above its limit a node ends rooms that nobody is in at once, opens no further document, and does again when there is room.
func TestCrowded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) {
		c.Timing.Evict = time.Hour
		c.Limits.ResidentBytes = 60_000
	})
	a := n.dial("a").open(doc1, "").ready()
	a.typ("wish", strings.Repeat("髙", 20_000)) // 60 kB as UTF-8
	a.until("stored", func() bool { return a.acks == 1 })
	eventually(t, "crowded", func() bool { return n.hub.Stats().DocBytes > 60_000 })
	b := n.dial("b")
	b.open("doc2.1", "")
	b.until("sent away to come again", func() bool { return b.closed != nil && b.closed.Code == realtime.CloseTryLater })
	a.typ("wish", "の言葉")
	a.until("who is there goes on", func() bool { return a.acks == 2 })
	c := n.dial("c").open(doc1, "").ready()
	c.until("and others join", func() bool { return strings.Contains(c.text("wish"), "の言葉") })
	a.b.ws.Close()
	c.b.ws.Close()
	eventually(t, "the empty room ends long before its time", func() bool { return n.hub.Stats().Rooms == 0 })
	n.dial("b").open("doc2.1", "").ready()
}

// TestSequence: who asks is told how far its changes are stored, after the acknowledgement; who does not ask is told nothing.
func TestSequence(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	a, b := n.dial("a").open(doc1, "").ready(), n.dial("b").open(doc1, "").ready()
	saved := func(o *open) (seqs []int64) {
		for _, x := range o.notices {
			if x["type"] == "saved" {
				seqs = append(seqs, int64(x["seq"].(float64)))
			}
		}
		return seqs
	}
	a.b.send(doc1, 5, pb(nil, []byte(`{"type":"seq"}`)))
	a.until("where the log stands", func() bool { s := saved(a); return len(s) == 1 && s[0] == 0 })
	b.typ("wish", "い")
	b.until("stored", func() bool { return b.acks == 1 })
	a.typ("wish", "あ")
	a.until("its own row", func() bool { s := saved(a); return a.acks == 1 && len(s) == 2 && s[1] == 2 })
	// What is sent again is in the log already: acknowledged, with where the log stands.
	state, err := a.replica.Doc.Encode(nil)
	if err != nil {
		t.Fatal(err)
	}
	a.b.send(doc1, 0, pb([]byte{1}, state))
	a.until("again", func() bool { s := saved(a); return a.acks == 2 && len(s) == 3 && s[2] == 2 })
	b.typ("wish", "う")
	b.until("stored", func() bool { return b.acks == 2 })
	if s := saved(b); len(s) != 0 {
		t.Fatalf("b never asked and was told %v", s)
	}
	for _, junk := range []string{"", "null", "[]", `{"type":1}`, `{"type":"other"}`, strings.Repeat("x", 1000)} {
		b.b.send(doc1, 5, pb(nil, []byte(junk)))
	}
	b.typ("wish", "え")
	b.until("nothing else means anything", func() bool { return b.acks == 3 && len(saved(b)) == 0 && b.b.closed == nil })
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(wait); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not within %v: %s", wait, what)
		}
	}
}
