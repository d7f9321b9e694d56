package realtime_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kasane/internal/live"
	"kasane/internal/live/livetest"
	"kasane/internal/realtime"
)

// TestOverHTTP runs the tests of connections, rights and commits on lines over plain HTTP: the same frames, the same answers.
func TestOverHTTP(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]func(*testing.T){
		"EditReachesOthers": TestEditReachesOthers, "CommitThenShow": TestCommitThenShow, "GroupCommit": TestGroupCommit, "CommitFailure": TestCommitFailure,
		"CommitWithUnknownOutcome": TestCommitWithUnknownOutcome, "FreezeAndThaw": TestFreezeAndThaw, "WriteRacesFreeze": TestWriteRacesFreeze,
		"WriteRacesRevocation": TestWriteRacesRevocation, "RevocationWithoutBus": TestRevocationWithoutBus, "ConsentEndsByTime": TestConsentEndsByTime,
		"GateFails": TestGateFails, "OpeningIsDeniedAndAudited": TestOpeningIsDeniedAndAudited, "NewEpoch": TestNewEpoch, "DocumentIsGone": TestDocumentIsGone,
		"SessionEnds": TestSessionEnds, "RecheckNow": TestRecheckNow, "NotSignedIn": TestNotSignedIn, "PaceHoldsBackWithoutLoss": TestPaceHoldsBackWithoutLoss,
		"Stop": TestStop, "RoomIsEvictedAndCompacted": TestRoomIsEvictedAndCompacted, "LoadFailure": TestLoadFailure, "BrokenDocument": TestBrokenDocument,
		"DocumentsPerSocket": TestDocumentsPerSocket, "ResendIsAcknowledgedWithoutRow": TestResendIsAcknowledgedWithoutRow, "GapIsAskedFor": TestGapIsAskedFor,
		"RefusedUpdateTouchesNobodyElse": TestRefusedUpdateTouchesNobodyElse, "ForgedClientIsRefused": TestForgedClientIsRefused, "ReadOnly": TestReadOnly,
		"ManyWritersOneDocument": TestManyWritersOneDocument, "MeetingChannel": TestMeetingChannel, "Attendance": TestAttendance, "Presence": TestPresenceIsMerged,
		"KeepAlive": TestKeepAlive, "TwoNodes": TestTwoNodes, "ClientMovesToANodeThatLags": TestClientMovesToANodeThatLags,
	} {
		for _, mode := range []string{"stream", "poll"} {
			t.Run(mode+"/"+name, test)
		}
	}
}

// hold opens a line for somebody who makes every request by hand.
func (w *world) hold(n *node, user string) *httpCarrier {
	w.t.Helper()
	w.actor.Store(user, actorOf(user))
	c := &httpCarrier{url: "http" + strings.TrimPrefix(n.url, "ws"), header: http.Header{"X-Session": {user}}}
	c.ctx, c.stop = context.WithCancel(context.Background())
	w.t.Cleanup(c.stop)
	res, body, err := c.ask(http.MethodPost, "", nil, nil)
	if err != nil || res.StatusCode != http.StatusCreated {
		w.t.Fatalf("opening: %v %v", res, err)
	}
	var v struct{ Line string }
	if err := json.Unmarshal(body, &v); err != nil || len(v.Line) != 43 {
		w.t.Fatalf("opening: %s %v", body, err)
	}
	c.id = v.Line
	return c
}

func (n *node) untilConnections(want int) {
	n.w.t.Helper()
	for deadline := time.Now().Add(wait); n.hub.Stats().Connections != want; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			n.w.t.Fatalf("%d connections, expected %d", n.hub.Stats().Connections, want)
		}
	}
}

func frame(name string, kind byte, body []byte) []byte {
	return append(append(pb(nil, []byte(name)), kind), body...)
}

// asks are the frames that open a document.
func asks(name string) [][]byte {
	return [][]byte{frame(name, 2, pb([]byte{0}, nil)), frame(name, 0, pb([]byte{0}, []byte{0}))}
}

// wantUp sends frames and expects an answer.
func (c *httpCarrier) wantUp(t *testing.T, first uint64, status int, taken uint64, frames ...[]byte) {
	t.Helper()
	s, n, err := c.up(first, frames...)
	if err != nil || s != status || n != taken {
		t.Fatalf("up from %d: status %d, taken %d, %v; expected %d, %d", first, s, n, err, status, taken)
	}
}

// poll asks for what comes after number have; it gives the frames, and the code of the end of the line, if it is one.
func (c *httpCarrier) poll(t *testing.T, have uint64) (frames [][]byte, code int) {
	t.Helper()
	res, body, err := c.down("poll", have)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("poll: %v %v", res, err)
	}
	r := &byteReader{bytes.NewReader(body)}
	for {
		kind, b, err := record(r)
		if err != nil {
			return frames, code
		}
		switch kind {
		case 1:
			frames = append(frames, b)
		case 2:
			code = int(binary.BigEndian.Uint16(b))
		}
	}
}

// pollFor polls, acknowledging what it gets, until a frame begins with what is looked for.
func (c *httpCarrier) pollFor(t *testing.T, prefix []byte) {
	t.Helper()
	for deadline := time.Now().Add(wait); time.Now().Before(deadline); {
		frames, code := c.poll(t, c.have)
		c.have += uint64(len(frames))
		if slices.ContainsFunc(frames, func(f []byte) bool { return bytes.HasPrefix(f, prefix) }) {
			return
		}
		if code != 0 {
			t.Fatalf("closed with %d", code)
		}
	}
	t.Fatalf("no frame that begins with %q", prefix)
}

func acks(frames [][]byte) (n int) {
	for _, f := range frames {
		if bytes.Equal(f, frame(doc1, 8, []byte{1})) {
			n++
		}
	}
	return n
}

// TestLineTakesOnce: a request that is made again is applied once, a gap is not skipped.
func TestLineTakesOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	c := w.hold(n, "a")
	c.wantUp(t, 1, http.StatusOK, 2, asks(doc1)...)
	c.pollFor(t, frame(doc1, 0, []byte{0})) // the server's own question is the last of the welcome
	replica := livetest.NewClient(7_000_001)
	var typed [][]byte
	for range 4 {
		typed = append(typed, frame(doc1, 0, pb([]byte{2}, replica.Type("wish", "あ"))))
	}
	c.wantUp(t, 5, http.StatusConflict, 2, typed[2:]...)
	c.wantUp(t, 3, http.StatusOK, 4, typed[:2]...)
	c.wantUp(t, 3, http.StatusOK, 4, typed[:2]...)
	c.wantUp(t, 1, http.StatusOK, 4, asks(doc1)...)
	c.wantUp(t, 3, http.StatusOK, 6, typed...)
	c.wantUp(t, 7, http.StatusOK, 6)
	for got, deadline := 0, time.Now().Add(wait); got < 4; {
		frames, _ := c.poll(t, c.have)
		c.have += uint64(len(frames))
		if got += acks(frames); got > 4 || time.Now().After(deadline) {
			t.Fatalf("%d acknowledgements of 4 frames", got)
		}
	}
	if got := w.logText("doc1"); got != "ああああ" {
		t.Fatalf("log %q", got)
	}
}

// TestLineDeliversAgain: what was not acknowledged comes again, in the same order; what was does not, and cannot be asked for.
func TestLineDeliversAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	c := w.hold(n, "a")
	c.wantUp(t, 1, http.StatusOK, 2, asks(doc1)...)
	var first [][]byte
	for deadline := time.Now().Add(wait); len(first) < 3; {
		if first, _ = c.poll(t, 0); time.Now().After(deadline) {
			t.Fatalf("%d frames", len(first))
		}
	}
	again, _ := c.poll(t, 0)
	rest, _ := c.poll(t, 2)
	for i, f := range first {
		if !bytes.Equal(again[i], f) || i >= 2 && !bytes.Equal(rest[i-2], f) {
			t.Fatalf("frame %d differs", i)
		}
	}
	for _, have := range []uint64{1, 1000} { // said already to have two; never sent a thousand
		if res, _, err := c.down("poll", have); err != nil || res.StatusCode != http.StatusConflict {
			t.Fatalf("have %d: %v %v", have, res, err)
		}
	}
	// The word of what it has comes with frames up, too.
	if res, _, err := c.ask(http.MethodPost, "/up", upBody(3), http.Header{"X-Kasane-Have": {"3"}}); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%v %v", res, err)
	}
	if res, _, err := c.down("poll", 2); err != nil || res.StatusCode != http.StatusConflict {
		t.Fatalf("acknowledged with frames up: %v %v", res, err)
	}
}

// TestLineBelongsToItsSession: to anybody else it does not exist.
func TestLineBelongsToItsSession(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	c := w.hold(n, "a")
	same := actorOf("a")
	same.SessionID = "another session of a"
	w.actor.Store("a2", same)
	w.actor.Store("b", actorOf("b"))
	for session, want := range map[string]int{"b": http.StatusNotFound, "a2": http.StatusNotFound, "nobody": http.StatusUnauthorized} {
		for _, path := range []string{"/up", "/down", ""} {
			method := http.MethodPost
			if path == "" {
				method = http.MethodDelete
			}
			res, _, err := c.ask(method, path, upBody(1, asks(doc1)...), http.Header{"X-Session": {session}, "X-Kasane-Have": {"0"}})
			if err != nil || res.StatusCode != want {
				t.Fatalf("%s %s%s: %v %v", session, method, path, res, err)
			}
		}
	}
	for _, id := range []string{"", "x", c.id + "x"} {
		if res, _, err := c.ask(http.MethodPost, "/up", upBody(1), http.Header{"X-Kasane-Line": {id + " "}}); err != nil || res.StatusCode != http.StatusNotFound {
			t.Fatalf("line %q: %v %v", id, res, err)
		}
	}
	if res, _, err := c.ask(http.MethodPost, "/up", upBody(1), http.Header{"Origin": {"https://evil.example"}}); err != nil || res.StatusCode != http.StatusForbidden {
		t.Fatalf("another origin: %v %v", res, err)
	}
	c.wantUp(t, 1, http.StatusOK, 2, asks(doc1)...)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	n.untilConnections(0)
}

func TestLineRefusesMalformedRequests(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	big := bytes.Repeat([]byte{0}, live.MaxUpdate+2000)
	for what, x := range map[string]struct {
		body []byte
		code int
	}{
		"empty":           {nil, realtime.CloseMalformed},
		"no number":       {pb([]byte{0}, []byte("x")), realtime.CloseMalformed},
		"frame cut short": {[]byte{1, 9, 1}, realtime.CloseMalformed},
		"endless integer": {append([]byte{1}, bytes.Repeat([]byte{0xff}, 20)...), realtime.CloseMalformed},
		"no frame":        {pb([]byte{1}, []byte{200, 'x'}), realtime.CloseMalformed},
		"frame too big":   {pb([]byte{1}, big), realtime.CloseTooBig},
		"request too big": {pb([]byte{1}, bytes.Repeat(big, 3)), realtime.CloseTooBig},
	} {
		c := w.hold(n, "a")
		res, body, err := c.ask(http.MethodPost, "/up", bytes.NewReader(x.body), nil)
		var v struct{ Code int }
		if err != nil || res.StatusCode != http.StatusGone || json.Unmarshal(body, &v) != nil || v.Code != x.code {
			t.Fatalf("%s: %v %s %v", what, res, body, err)
		}
		if _, code := c.poll(t, 0); code != x.code {
			t.Fatalf("%s: line closed with %d", what, code)
		}
	}
	for _, have := range []string{"", "-1", "x", "99999999999999999999"} {
		if res, _, err := w.hold(n, "b").ask(http.MethodPost, "/down", nil, http.Header{"X-Kasane-Have": {have}}); err != nil || res.StatusCode != http.StatusBadRequest {
			t.Fatalf("have %q: %v %v", have, res, err)
		}
	}
}

// TestLineStreamBegins: the first record comes before there is anything to tell, unbuffered as far as it can be said; a new request ends the
// one before.
func TestLineStreamBegins(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	c := w.hold(n, "a")
	first, _, err := c.down("stream", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Body.Close()
	if first.Header.Get("X-Accel-Buffering") != "no" || first.Header.Get("Cache-Control") != "no-store, no-transform" || first.Header.Get("Content-Encoding") != "" {
		t.Fatalf("headers %v", first.Header)
	}
	if kind, b, err := record(&byteReader{first.Body}); err != nil || kind != 0 || len(b) != 0 {
		t.Fatalf("first record %d %x %v", kind, b, err)
	}
	second, _, err := c.down("stream", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Body.Close()
	if rest, err := io.ReadAll(first.Body); err != nil || len(rest) != 0 {
		t.Fatalf("the first request goes on: %x %v", rest, err)
	}
	c.wantUp(t, 1, http.StatusOK, 2, asks(doc1)...)
	r := &byteReader{second.Body}
	for range 2 {
		if _, _, err := record(r); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLineSlowReader: a client that takes nothing down costs a bounded queue and is cut; the others go on.
func TestLineSlowReader(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Limits = realtime.Limits{QueueBytes: 64 << 10, Messages: 1e6, Bytes: 1e9} })
	slow := w.hold(n, "slow")
	slow.wantUp(t, 1, http.StatusOK, 2, asks(doc1)...)
	slow.pollFor(t, frame(doc1, 0, []byte{0}))
	a := n.dial("a").open(doc1, "").ready()
	big := strings.Repeat("あ", 1200)
	sent := 0
	for ; sent < 40 && n.hub.Stats().SlowClients == 0; sent++ {
		a.edit(func(c *livetest.Client) []byte { return c.Set("lead", big) })
		a.until("acknowledged", func() bool { return a.acks == sent+1 })
	}
	if sent < 64<<10/len(big) || sent > 30 {
		t.Fatalf("cut after %d updates of %d bytes", sent, len(big))
	}
	frames, code := slow.poll(t, slow.have)
	if code != realtime.CloseTryLater || len(frames) != 0 {
		t.Fatalf("%d frames, closed with %d", len(frames), code)
	}
	n.untilConnections(1)
}

// TestLineForgotten: a line from which nothing is heard ends, also while a request down is open; one that asks stays.
func TestLineForgotten(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) {
		c.Timing.PongWait, c.Timing.KeepAlive, c.Timing.LinePoll = 400*time.Millisecond, 50*time.Millisecond, 20*time.Millisecond
	})
	silent, asking := w.hold(n, "a"), w.hold(n, "b")
	for _, c := range []*httpCarrier{silent, asking} {
		c.wantUp(t, 1, http.StatusOK, 2, asks(doc1)...)
	}
	stream, _, err := silent.down("stream", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	ended := make(chan struct{})
	go func() { _, _ = io.Copy(io.Discard, stream.Body); close(ended) }()
	for over := false; !over; {
		frames, _ := asking.poll(t, asking.have)
		asking.have += uint64(len(frames))
		select {
		case <-ended:
			over = true
		default:
		}
	}
	n.untilConnections(1)
	if res, _, err := silent.down("poll", 0); err != nil || res.StatusCode != http.StatusNotFound {
		t.Fatalf("a forgotten line: %v %v", res, err)
	}
	asking.poll(t, asking.have)
}

// TestLineKeepsNothingWithdrawn: text that waits for a client is not given out after the right to read it has ended.
func TestLineKeepsNothingWithdrawn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	c := w.hold(n, "a")
	c.wantUp(t, 1, http.StatusOK, 4, slices.Concat(asks(doc1), asks("doc2.1"))...)
	c.pollFor(t, frame(doc1, 0, []byte{0}))
	bb := n.dial("b")
	one, two := bb.open(doc1, "").ready(), bb.open("doc2.1", "").ready()
	one.typ("wish", "秘密の言葉")
	two.typ("wish", "見てよい言葉")
	bb.until("stored", func() bool { return one.acks == 1 && two.acks == 1 })
	w.gate.set("a doc1", live.Rights{Reason: "withdrawn"}) // of doc2 the node may ask at any time
	w.change("doc1", func(m *live.Meta) { m.AccessVersion++ })
	for deadline := time.Now().Add(wait); n.hub.Stats().Withdrawn == 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not withdrawn")
		}
	}
	w.gate.set("a doc1", live.Rights{Read: true})
	var all []byte
	for deadline := time.Now().Add(wait); !bytes.Contains(all, frame(doc1, 7, pb(nil, []byte("withdrawn")))); {
		frames, code := c.poll(t, c.have)
		c.have += uint64(len(frames))
		if all = append(all, bytes.Join(frames, nil)...); code != 0 || time.Now().After(deadline) {
			t.Fatalf("closed with %d, or never: %q", code, all)
		}
	}
	if bytes.Contains(all, []byte("秘密")) || !bytes.Contains(all, []byte("見てよい")) {
		t.Fatalf("got %q", all)
	}
}

// TestLineBodyThatHangs: a request whose body stops on its way makes place for the one the client sends instead.
func TestLineBodyThatHangs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	c := w.hold(n, "a")
	body, rest := io.Pipe()
	defer rest.Close()
	hung := make(chan int, 1)
	go func() {
		res, _, err := c.ask(http.MethodPost, "/up", body, nil)
		if err != nil {
			hung <- 0
			return
		}
		hung <- res.StatusCode
	}()
	if _, err := rest.Write([]byte{1, 9}); err != nil {
		t.Fatal(err)
	}
	c.wantUp(t, 1, http.StatusOK, 2, asks(doc1)...)
	rest.CloseWithError(io.ErrUnexpectedEOF)
	if status := <-hung; status == http.StatusOK {
		t.Fatal("half a request was taken")
	}
}

func TestLinesOfOneSession(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node(func(c *realtime.Config) { c.Limits.Lines = 3 })
	var lines []*httpCarrier
	for range 3 {
		lines = append(lines, w.hold(n, "a"))
	}
	if res, _, err := lines[0].ask(http.MethodPost, "", nil, nil); err != nil || res.StatusCode != http.StatusTooManyRequests || res.Header.Get("Retry-After") == "" {
		t.Fatalf("%v %v", res, err)
	}
	w.hold(n, "b")
	if err := lines[0].Close(); err != nil {
		t.Fatal(err)
	}
	w.hold(n, "a")
	full := w.node(func(c *realtime.Config) { c.Limits.Connections = 1 })
	one := w.hold(full, "a")
	if res, _, err := one.ask(http.MethodPost, "", nil, nil); err != nil || res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" {
		t.Fatalf("%v %v", res, err)
	}
}

// TestLinesLeaveNothing: no goroutine belongs to a line, and none is left when lines have ended in whatever way.
func TestLinesLeaveNothing(t *testing.T) {
	w := newWorld(t)
	before := runtime.NumGoroutine()
	n := w.node(func(c *realtime.Config) { c.Timing.Evict = 50 * time.Millisecond })
	settled := func(most int) {
		t.Helper()
		http.DefaultClient.CloseIdleConnections()
		for deadline := time.Now().Add(wait); runtime.NumGoroutine() > most; time.Sleep(20 * time.Millisecond) {
			if time.Now().After(deadline) {
				buf := make([]byte, 1<<20)
				t.Fatalf("%d goroutines, at most %d expected\n%s", runtime.NumGoroutine(), most, buf[:runtime.Stack(buf, true)])
			}
		}
	}
	running := runtime.NumGoroutine() + 2
	var lines []*httpCarrier
	for i := range 200 {
		c := w.hold(n, "u"+strconv.Itoa(i))
		c.wantUp(t, 1, http.StatusOK, 2, asks(doc1)...)
		lines = append(lines, c)
	}
	settled(running + 8) // the room's own
	for i, c := range lines {
		switch i % 3 {
		case 0:
			if err := c.Close(); err != nil {
				t.Fatal(err)
			}
		case 1:
			n.hub.EndSession(tenant, "s-u"+strconv.Itoa(i))
			if _, code := c.poll(t, 0); code != realtime.CloseSignedOut {
				t.Fatalf("closed with %d", code)
			}
		}
	}
	n.stop()
	settled(before + 2)
}
