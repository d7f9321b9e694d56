package realtime_test

import (
	"testing"
	"time"

	"kasane/internal/live"
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
