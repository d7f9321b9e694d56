package realtime_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/live/livetest"
	"kasane/internal/realtime"
)

func TestMalformedFrames(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	good := n.dial("good").open(doc1, "").ready()
	name := pb(nil, []byte(doc1))
	for what, c := range map[string]struct {
		kind  int
		frame []byte
		code  int
	}{
		"empty":            {websocket.BinaryMessage, nil, realtime.CloseMalformed},
		"name too long":    {websocket.BinaryMessage, []byte{200, 'x'}, realtime.CloseMalformed},
		"name not UTF-8":   {websocket.BinaryMessage, []byte{1, 0xff, 3}, realtime.CloseMalformed},
		"unknown type":     {websocket.BinaryMessage, append(bytes.Clone(name), 99), realtime.CloseMalformed},
		"unknown step":     {websocket.BinaryMessage, append(bytes.Clone(name), 0, 7, 0), realtime.CloseMalformed},
		"update cut short": {websocket.BinaryMessage, append(bytes.Clone(name), 0, 2, 9, 1), realtime.CloseMalformed},
		"endless integer":  {websocket.BinaryMessage, bytes.Repeat([]byte{0xff}, 20), realtime.CloseMalformed},
		"presence":         {websocket.BinaryMessage, append(bytes.Clone(name), 1, 2, 255, 1), realtime.CloseMalformed},
		"text frame":       {websocket.TextMessage, []byte("hello"), realtime.CloseUnsupported},
		"too big":          {websocket.BinaryMessage, make([]byte, live.MaxUpdate+2000), realtime.CloseTooBig},
	} {
		b := n.dial("bad")
		b.open(doc1, "").ready()
		b.raw(c.kind, c.frame)
		b.until(what, func() bool { return b.closed != nil && b.closed.Code == c.code })
	}
	// An update or a state vector that is none ends that document only.
	b := n.dial("bad")
	for _, body := range [][]byte{pb([]byte{2}, []byte{1, 2, 3}), pb([]byte{0}, []byte{9})} {
		o := b.open(doc1, "").ready()
		b.send(doc1, 0, body)
		o.until("refused", func() bool { return o.isShut && o.closed == live.CodeMalformed })
	}
	good.typ("wish", "あ")
	good.until("nobody else suffers", func() bool { return good.acks == 1 && b.closed == nil })
	// Frames for documents never opened, or with nothing in them, are passed over.
	for _, kind := range []byte{0, 1, 3, 4, 5, 7, 9, 10} {
		body := []byte{0, 0}
		b.send("doc2.1", kind, body)
	}
	b.open("doc2.1", "").ready()
}

// TestTooBigIsTold: a client that reads only after all is sent still learns why it was cut; a socket closed on unread bytes would be reset.
func TestTooBigIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	w.actor.Store("big", actorOf("big"))
	ws, _, err := websocket.DefaultDialer.Dial(n.url+"/hp", http.Header{"X-Session": {"big"}})
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	if err := ws.WriteMessage(websocket.BinaryMessage, make([]byte, 8<<20)); err != nil {
		t.Fatalf("the server stopped reading: %v", err)
	}
	time.Sleep(200 * time.Millisecond)
	if _, _, err := ws.ReadMessage(); !websocket.IsCloseError(err, realtime.CloseTooBig) {
		t.Errorf("got %v", err)
	}
}

func TestSlowClient(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) {
		c.Limits = realtime.Limits{QueueBytes: 64 << 10, Messages: 1e6, Bytes: 1e9}
		c.Timing.WriteTimeout = 500 * time.Millisecond
	})
	a := n.dial("a").open(doc1, "").ready()
	// A client that opens the document and then reads nothing.
	w.actor.Store("slow", actorOf("slow"))
	dialer := websocket.Dialer{ReadBufferSize: 512}
	ws, _, err := dialer.Dial(n.url+"/hp", http.Header{"X-Session": {"slow"}})
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	if err := ws.NetConn().(*net.TCPConn).SetReadBuffer(4096); err != nil {
		t.Fatal(err)
	}
	name := pb(nil, []byte(doc1))
	for _, f := range [][]byte{append(bytes.Clone(name), 2, 0, 0), append(bytes.Clone(name), 0, 0, 1, 0)} {
		if err := ws.WriteMessage(websocket.BinaryMessage, f); err != nil {
			t.Fatal(err)
		}
	}
	deadline := time.Now().Add(20 * time.Second)
	big := strings.Repeat("あ", 1200)
	sent := 0
	for n.hub.Stats().Connections > 1 && time.Now().Before(deadline) {
		if sent < 20 || a.b.within(10*time.Millisecond, func() bool { return a.acks >= sent-20 }) {
			a.edit(func(c *livetest.Client) []byte { return c.Set("lead", big) })
			sent++
		}
	}
	if c := n.hub.Stats().Connections; c != 1 {
		t.Fatalf("%d connections after %d updates", c, sent)
	}
	a.until("the others go on", func() bool { return a.acks == sent })
	t.Logf("cut after %d updates of %d bytes", sent, len(big))
}

func TestPaceHoldsBackWithoutLoss(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Limits = realtime.Limits{Messages: 100, Bytes: 1e6} })
	a := n.dial("a").open(doc1, "").ready()
	const updates = 500
	begun := time.Now()
	for range updates {
		a.typ("wish", "x")
	}
	a.until("all acknowledged", func() bool { return a.acks == updates })
	if d := time.Since(begun); d < 800*time.Millisecond {
		t.Fatalf("%d messages in %v at 100 a second and 400 at once", updates, d)
	}
}

// TestStop: what was taken is committed and acknowledged before the connections are sent away.
func TestStop(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	a, b := n.dial("a").open(doc1, "").ready(), n.dial("b").open("doc2.1", "").ready()
	blocked, release := make(chan struct{}, 8), make(chan struct{})
	w.store.BeforeAppend(func([]live.Batch) error { blocked <- struct{}{}; <-release; return nil })
	a.typ("wish", "あ")
	<-blocked
	a.typ("wish", "い")
	time.Sleep(50 * time.Millisecond)
	stopped := make(chan struct{})
	go func() { n.stop(); close(stopped) }()
	time.Sleep(50 * time.Millisecond)
	if a.now().socket != nil {
		t.Fatal("sent away with a commit under way")
	}
	if _, err := n.tryDial("late"); err == nil {
		t.Fatal("a node that stops took a connection")
	}
	close(release)
	for _, o := range []*open{a, b} {
		o.until("sent away", func() bool { return o.b.closed != nil && o.b.closed.Code == realtime.CloseRestart })
	}
	<-stopped
	if a.now().acks != 2 || w.logText("doc1") != "あい" {
		t.Fatalf("%d acks, log %q", a.now().acks, w.logText("doc1"))
	}
}

// TestStopIsSpread: a node that stops sends its connections away one after the other, so that they do not stand at the next one's door all at once.
func TestStopIsSpread(t *testing.T) {
	t.Parallel()
	const people, spread = 24, 600 * time.Millisecond
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Timing.DrainSpread = spread })
	ends := make(chan time.Time, people)
	for i := range people {
		who := fmt.Sprint("p", i)
		w.actor.Store(who, actorOf(who))
		ws, _, err := websocket.DefaultDialer.Dial(n.url+"/hp", http.Header{"X-Session": {who}})
		if err != nil {
			t.Fatal(err)
		}
		defer ws.Close()
		go func() {
			for {
				if _, _, err := ws.ReadMessage(); err != nil {
					if !websocket.IsCloseError(err, realtime.CloseRestart) {
						t.Errorf("%s: %v", who, err)
					}
					ends <- time.Now()
					return
				}
			}
		}()
	}
	for n.hub.Stats().Connections < people { // the handshake is answered a moment before the node counts it
		time.Sleep(time.Millisecond)
	}
	begun := time.Now()
	n.stop()
	for k := range people {
		if after := (<-ends).Sub(begun); after < time.Duration(k)*spread/(people+1) { // however slow the machine is, none comes sooner
			t.Errorf("number %d of %d was sent away after %v of %v", k+1, people, after, spread)
		}
	}
}

func TestRoomIsEvictedAndCompacted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Timing.Evict = 100 * time.Millisecond; c.Timing.CompactRows = 20 })
	a := n.dial("a").open(doc1, "").ready()
	for range 30 {
		a.typ("wish", "x")
		a.b.mu.Lock()
		sent := len(a.replica.Text("wish"))
		a.b.mu.Unlock()
		a.until("acknowledged", func() bool { return a.acks == sent })
	}
	deadline := time.Now().Add(wait)
	for {
		l, err := w.store.LoadDoc(context.Background(), tenant, "doc1")
		if err != nil {
			t.Fatal(err)
		}
		if l.SnapSeq >= 20 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("no snapshot: at %d of %d", l.SnapSeq, l.Meta.Head)
		}
		time.Sleep(10 * time.Millisecond)
	}
	a.b.ws.Close()
	for n.hub.Stats().Rooms > 0 {
		if time.Now().After(deadline) {
			t.Fatal("room stays")
		}
		time.Sleep(10 * time.Millisecond)
	}
	b := n.dial("b").open(doc1, "").ready()
	if b.now().wish != strings.Repeat("x", 30) {
		t.Fatalf("reads %q", b.now().wish)
	}
}

// TestLoadFailure: no document comes of a failed load; the client is asked to come again, and nothing is stored.
func TestLoadFailure(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	store := &failingLoad{Memory: w.store}
	n := w.nodeOn(store)
	a := n.dial("a").open(doc1, "")
	a.until("asked to come again", func() bool { return a.b.closed != nil && a.b.closed.Code == realtime.CloseTryLater })
	if a.now().synced {
		t.Fatal("an empty document was served")
	}
	eventually(t, "the room is gone", func() bool { return n.hub.Stats().Rooms == 0 })
}

// TestBrokenDocument: one whose log does not load is denied; the other documents of the page go on.
func TestBrokenDocument(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.store.AppendDocs(context.Background(), []live.Batch{{Tenant: tenant, DocID: "doc1", Epoch: 1, Rows: []live.Row{{Update: []byte{9, 9}}}}}); err != nil {
		t.Fatal(err)
	}
	n := w.node(func(c *realtime.Config) { c.Log = slog.New(slog.DiscardHandler) })
	b := n.dial("a")
	broken, fine := b.open(doc1, ""), b.open("doc2.1", "").ready()
	broken.until("denied", func() bool { return broken.denied == "internal" })
	fine.typ("wish", "あ")
	fine.until("goes on", func() bool { return fine.acks == 1 })
	if b.socket() != nil || broken.now().synced || len(w.store.Rows(tenant, "doc1")) != 1 {
		t.Fatal("a broken document was served, stored or took the socket along")
	}
}

type failingLoad struct{ *livetest.Memory }

func (failingLoad) LoadDoc(context.Context, string, string) (live.Loaded, error) {
	return live.Loaded{}, fault.New(fault.Unavailable, "")
}

func TestDocumentsPerSocket(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Limits.Documents = 2 })
	b := n.dial("a")
	b.open("doc1.1", "").ready()
	o := b.open("doc2.1", "").ready()
	b.send("doc2.1", 7, nil) // closed by the client: there is room again
	time.Sleep(50 * time.Millisecond)
	b.open("doc3.1", "").ready()
	b.open("doc2.1", "")
	o.until("closed", func() bool { return b.closed != nil && b.closed.Code == realtime.CloseTooManyFrames })
}

// TestNothingIsLeft: connections and rooms that ended leave no goroutine behind.
func TestNothingIsLeft(t *testing.T) {
	w := newWorld(t)
	before := runtime.NumGoroutine()
	n := w.node(func(c *realtime.Config) { c.Timing.Evict = 50 * time.Millisecond })
	for i := range 20 {
		o := n.dial(string(rune('a'+i))).open(doc1, "").ready()
		o.typ("wish", "x")
		o.say(uint64(i), 0, `{}`)
		o.b.cable()
	}
	n.stop()
	deadline := time.Now().Add(wait)
	for runtime.NumGoroutine() > before+2 {
		if time.Now().After(deadline) {
			buf := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, %d before\n%s", runtime.NumGoroutine(), before, buf[:runtime.Stack(buf, true)])
		}
		time.Sleep(20 * time.Millisecond)
	}
}
