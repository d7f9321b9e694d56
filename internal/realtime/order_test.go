package realtime_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kasane/internal/live"
	"kasane/internal/live/livetest"
)

// TestAQuestionDoesNotOvertakeAnAcknowledgement: clients tell by the order of the answers which of their updates was stored and which is asked for again.
func TestAQuestionDoesNotOvertakeAnAcknowledgement(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	a := n.dial("a").open(doc1, "").ready()
	blocked, release := make(chan struct{}, 8), make(chan struct{})
	w.store.BeforeAppend(func([]live.Batch) error { blocked <- struct{}{}; <-release; return nil })
	a.typ("wish", "あ")
	<-blocked
	asked := a.now().asked
	a.b.mu.Lock()
	a.replica.Type("risk", "い") // lost on its way
	a.b.mu.Unlock()
	a.typ("risk", "う")
	a.b.never("asked before what came first is stored", 150*time.Millisecond, func() bool { return a.asked > asked })
	close(release)
	a.until("asked, and all of it stored", func() bool { return a.asked > asked && a.acks >= 2 })
}

// TestRowsAreShownAsTheyAreStored: what the log brings while a change here is not committed must not be told as it looks beside that change. Both set one
// key; what members are told would delete a value that they have not, and may never get. A browser keeps such a deletion and sends it with each answer.
func TestRowsAreShownAsTheyAreStored(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n, far := w.node(), w.node()
	a, b := n.dial("a").open(doc1, "").ready(), n.dial("b").open(doc1, "").ready()
	c := far.dial("c").open(doc1, "").ready()
	a.edit(func(r *livetest.Client) []byte { return r.Set("lead", "zero") })
	for _, o := range []*open{b, c} {
		o.until("seen", func() bool { return strings.Contains(o.replica.State(), "zero") })
	}
	blocked, release := make(chan struct{}, 8), make(chan struct{})
	var first atomic.Bool
	w.store.BeforeAppend(func([]live.Batch) error {
		if first.CompareAndSwap(false, true) {
			blocked <- struct{}{}
			<-release
		}
		return nil
	})
	a.edit(func(r *livetest.Client) []byte { return r.Set("lead", "here") })
	<-blocked
	c.edit(func(r *livetest.Client) []byte { return r.Set("lead", "there") })
	b.until("the other node's value", func() bool { return strings.Contains(b.replica.State(), "there") })
	b.b.mu.Lock()
	pending := b.replica.Doc.HasPending()
	b.b.mu.Unlock()
	close(release)
	if pending {
		t.Error("told to delete what is not in the log")
	}
	for _, o := range []*open{a, b, c} {
		o.until("the same everywhere", func() bool { return strings.Contains(o.replica.State(), "there") && !o.replica.Doc.HasPending() })
	}
}
