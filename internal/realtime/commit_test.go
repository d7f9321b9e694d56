package realtime_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/live/livetest"
	"kasane/internal/realtime"
)

func TestEditReachesOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	a, b := n.dial("a").open(doc1, "").ready(), n.dial("b").open(doc1, "").ready()
	a.typ("wish", "家で暮らしたい𠮷")
	a.until("acknowledged", func() bool { return a.acks == 1 })
	b.until("shown", func() bool { return b.text("wish") == "家で暮らしたい𠮷" })
	if a.now().scope != "read-write" || w.logText("doc1") != "家で暮らしたい𠮷" {
		t.Fatalf("scope %q, log %q", a.now().scope, w.logText("doc1"))
	}
	rows := w.store.Rows(tenant, "doc1")
	if len(rows) != 1 || rows[0].ActorID != "a" || rows[0].AgencyID != "ag-a" || rows[0].ActorName != "氏名 a" {
		t.Fatalf("rows %+v", rows)
	}
}

// TestCommitThenShow holds the store: nobody may learn of the change before it is in the log.
func TestCommitThenShow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	a, b := n.dial("a").open(doc1, "").ready(), n.dial("b").open(doc1, "").ready()
	blocked, release := make(chan struct{}, 8), make(chan struct{})
	w.store.BeforeAppend(func([]live.Batch) error { blocked <- struct{}{}; <-release; return nil })
	a.typ("wish", "あ")
	<-blocked
	c := n.dial("c").open(doc1, "") // comes while the change is integrated but not stored
	b.b.never("shown before it was stored", 200*time.Millisecond, func() bool { return b.text("wish") != "" })
	a.b.never("acknowledged before it was stored", 50*time.Millisecond, func() bool { return a.acks > 0 })
	c.b.never("answered from an uncommitted document", 50*time.Millisecond, func() bool { return c.synced })
	close(release)
	a.until("acknowledged", func() bool { return a.acks == 1 })
	b.until("shown", func() bool { return b.text("wish") == "あ" })
	c.until("synced", func() bool { return c.synced && c.text("wish") == "あ" })
}

// TestGroupCommit: what comes while a commit is in flight goes into the next one, of all documents together and in order.
func TestGroupCommit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	var open []*open
	for _, name := range []string{"doc1.1", "doc2.1", "doc3.1"} {
		open = append(open, n.dial("u-"+name[:4]).open(name, "").ready())
	}
	blocked, release := make(chan struct{}, 8), make(chan struct{})
	w.store.BeforeAppend(func([]live.Batch) error { blocked <- struct{}{}; <-release; return nil })
	before := len(w.store.Appends())
	open[0].typ("wish", "0")
	<-blocked
	const letters = "abcdefghij"
	for _, o := range open {
		for _, l := range letters {
			o.typ("wish", string(l))
		}
	}
	time.Sleep(150 * time.Millisecond) // all frames are in their rooms
	close(release)
	for i, o := range open {
		want := len(letters)
		if i == 0 {
			want++
		}
		o.until("acknowledged", func() bool { return o.acks == want })
	}
	calls := w.store.Appends()[before:]
	// 31 changes: one alone, the first of the two other documents together, the rest of each in one batch.
	if len(calls) > 6 || calls[0] != 1 {
		t.Fatalf("batches of each append: %v", calls)
	}
	if slices.Max(calls) < 2 {
		t.Fatalf("documents were not committed together: %v", calls)
	}
	for id, want := range map[string]string{"doc1": "0" + letters, "doc2": letters, "doc3": letters} {
		if got := w.logText(id); got != want {
			t.Errorf("%s reads %q", id, got)
		}
	}
}

func TestCommitFailure(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	a, b := n.dial("a").open(doc1, "").ready(), n.dial("b").open(doc1, "").ready()
	w.store.BeforeAppend(func([]live.Batch) error { return fault.New(fault.Unavailable, "disk full") })
	a.typ("wish", "あ")
	for _, o := range []*open{a, b} {
		o.until("sent away", func() bool { return o.b.closed != nil && o.b.closed.Code == realtime.CloseTryLater })
	}
	if a.now().acks != 0 || b.now().wish != "" || len(w.store.Rows(tenant, "doc1")) != 0 {
		t.Fatal("something of a failed commit was shown")
	}
	w.store.BeforeAppend(nil)
	again := n.dial("a").openAs(doc1, "", a.replica).ready() // the provider sends all it has
	if w.logText("doc1") != "あ" || again.now().wish != "あ" {
		t.Fatalf("after coming again: log %q, client %q", w.logText("doc1"), again.now().wish)
	}
}

// lossy commits and then says that it failed, as a connection lost at the wrong moment does.
type lossy struct {
	*livetest.Memory
	fail atomic.Bool
}

func (s *lossy) AppendDocs(ctx context.Context, b []live.Batch) ([]live.Appended, error) {
	out, err := s.Memory.AppendDocs(ctx, b)
	if s.fail.Load() {
		return nil, fault.New(fault.Unavailable, "connection reset")
	}
	return out, err
}

func TestCommitWithUnknownOutcome(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	store := &lossy{Memory: w.store}
	n := w.nodeOn(store)
	a := n.dial("a").open(doc1, "").ready()
	store.fail.Store(true)
	a.typ("wish", "あ")
	a.until("sent away", func() bool { return a.b.closed != nil })
	if a.now().socket.Code != realtime.CloseTryLater || a.now().acks != 0 {
		t.Fatalf("closed %v, %d acks", a.now().socket, a.now().acks)
	}
	store.fail.Store(false)
	again := n.dial("a").openAs(doc1, "", a.replica).ready()
	if rows := w.store.Rows(tenant, "doc1"); len(rows) != 1 || again.now().wish != "あ" {
		t.Fatalf("sent again: %d rows, %q", len(rows), again.now().wish)
	}
}

// TestResendIsAcknowledgedWithoutRow: the same update twice.
func TestResendIsAcknowledgedWithoutRow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	a := n.dial("a").open(doc1, "").ready()
	a.b.mu.Lock()
	u := a.replica.Type("wish", "あ")
	a.b.mu.Unlock()
	for range 3 {
		a.b.send(doc1, 0, pb([]byte{2}, u))
	}
	a.until("acknowledged", func() bool { return a.acks == 3 })
	if rows := w.store.Rows(tenant, "doc1"); len(rows) != 1 {
		t.Fatalf("%d rows", len(rows))
	}
}

// TestGapIsAskedFor: an update that depends on one the server never got.
func TestGapIsAskedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	a := n.dial("a").open(doc1, "").ready()
	before := a.now().asked
	a.b.mu.Lock()
	a.replica.Type("wish", "失われた")
	a.b.mu.Unlock()
	a.typ("wish", "続き")
	a.until("asked and acknowledged", func() bool { return a.asked == before+1 && a.acks == 1 })
	if w.logText("doc1") != "失われた続き" {
		t.Fatalf("log %q", w.logText("doc1"))
	}
	a.b.never("acknowledged twice", 100*time.Millisecond, func() bool { return a.acks > 1 })
}

func TestRefusedUpdateTouchesNobodyElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	w.gate.set("a", live.Rights{Read: true, Write: true, OwnAgencyOnly: true})
	ba := n.dial("a")
	a, a2 := ba.open(doc1, "").ready(), ba.open("doc2.1", "").ready()
	b := n.dial("b").open(doc1, "").ready()

	// b's change waits in the same batch when a's is refused after it was integrated.
	blocked, release := make(chan struct{}, 8), make(chan struct{})
	w.store.BeforeAppend(func([]live.Batch) error { blocked <- struct{}{}; <-release; return nil })
	b.typ("wish", "い")
	<-blocked
	b.typ("wish", "ろ")
	time.Sleep(50 * time.Millisecond)
	a.typ("wish", "bad\u202e")
	time.Sleep(50 * time.Millisecond)
	close(release)
	a.until("refused", func() bool { return a.isShut && a.nacks == 1 && a.notice("refused") != nil })
	refused := a.now().notice("refused")
	if refused["reason"] != live.CodeText || refused["doc"] != doc1 || !strings.Contains(refused["message"].(string), "貼り付け") || a.now().closed != live.CodeText {
		t.Fatalf("refusal %v, CLOSE %q", refused, a.now().closed)
	}
	b.until("acknowledged all the same", func() bool { return b.acks == 2 })
	if got := w.logText("doc1"); got != "いろ" {
		t.Fatalf("log %q", got)
	}
	a.typ("wish", "late") // what is still on its way is passed over
	a2.typ("wish", "別の文書")
	a2.until("the other document goes on", func() bool { return a2.acks == 1 })
	if ba.socket() != nil || a.now().acks != 0 {
		t.Fatalf("socket %v, acks %d", ba.closed, a.acks)
	}

	// Another agency's cell is refused before it is integrated; a new session of the same document is possible.
	fresh := ba.open(doc1, "").ready()
	fresh.edit(func(c *livetest.Client) []byte { return c.Set("cell/action0001/ag-b/code", "main") })
	fresh.until("refused", func() bool { return fresh.isShut && fresh.closed == live.CodeColumn })
	if s := n.hub.Stats(); s.Refused != 2 || s.Reloads != 1 {
		t.Fatalf("refused %d, reloads %d", s.Refused, s.Reloads)
	}
}

func TestForgedClientIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	a := n.dial("a").open(doc1, "").ready()
	a.typ("wish", "あ")
	a.until("acknowledged", func() bool { return a.acks == 1 })
	forger := livetest.NewClient(a.replica.ID)
	a.b.mu.Lock()
	all, err := a.replica.Doc.Encode([]byte{0})
	a.b.mu.Unlock()
	if err != nil || forger.Apply(all) != nil {
		t.Fatal(err)
	}
	m := n.dial("m").openAs(doc1, "", forger).ready()
	m.typ("wish", "偽")
	m.until("refused", func() bool { return m.isShut && m.closed == live.CodeForged })
	if w.logText("doc1") != "あ" {
		t.Fatalf("log %q", w.logText("doc1"))
	}
}

// TestReadOnly: a reader may send what the server has, nothing else.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	w.gate.set("r", live.Rights{Read: true, Reason: "closed"})
	a := n.dial("a").open(doc1, "").ready()
	a.typ("wish", "あ")
	a.until("acknowledged", func() bool { return a.acks == 1 })
	r := n.dial("r").open(doc1, "").ready()
	if r.now().scope != "readonly" || r.now().notice("rights")["write"] != false || r.now().notice("rights")["reason"] != "closed" {
		t.Fatalf("scope %q, notices %v", r.now().scope, r.now().notices)
	}
	if a.now().notice("rights")["user"] == r.now().notice("rights")["user"] || r.now().notice("rights")["user"] == "" {
		t.Fatalf("rights name the user of the socket: %v, %v", a.now().notice("rights"), r.now().notice("rights"))
	}
	r.typ("wish", "x")
	r.until("refused", func() bool { return r.isShut && r.closed == "closed" })
	if w.logText("doc1") != "あ" {
		t.Fatalf("log %q", w.logText("doc1"))
	}
}

func TestManyWritersOneDocument(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	const writers, each = 8, 40
	var open []*open
	for i := range writers {
		open = append(open, n.dial(string(rune('a'+i))).open(doc1, "").ready())
	}
	var wg sync.WaitGroup
	for i, o := range open {
		wg.Go(func() {
			for range each {
				o.typ("wish", string(rune('a'+i)))
			}
		})
	}
	wg.Wait()
	for _, o := range open {
		o.until("acknowledged", func() bool { return o.acks == each })
	}
	want := w.logText("doc1")
	if len(want) != writers*each {
		t.Fatalf("log holds %d letters", len(want))
	}
	for _, o := range open {
		o.until("converged", func() bool { return o.text("wish") == want })
	}
}
