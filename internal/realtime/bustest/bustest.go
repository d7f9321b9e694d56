// Package bustest holds the contract of realtime.Bus as a suite of tests.
package bustest

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"kasane/internal/realtime"
)

const wait = 10 * time.Second

// Bus tests two nodes' ends of one bus; they may be the same. pair is called once per test.
func Bus(t *testing.T, pair func(t *testing.T) (a, b realtime.Bus)) {
	t.Helper()
	for _, c := range []struct {
		name string
		run  func(t *testing.T, a, b realtime.Bus)
	}{
		{"delivers to every node", testDelivers}, {"keeps topics apart", testTopics}, {"keeps the order of one call", testOrder},
		{"stops", testStop}, {"several listeners", testSeveral}, {"any bytes", testBytes}, {"many topics", testMany},
		{"cancelled", testCancelled}, {"at the same time", testConcurrent}, {"up", testUp},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := pair(t)
			c.run(t, a, b)
		})
	}
}

// Inbox is a listener that keeps what it hears, for tests.
type Inbox struct {
	mu   sync.Mutex
	msgs []string
	gaps int
}

// Listener gives the functions to subscribe with.
func (i *Inbox) Listener() realtime.Listener {
	return realtime.Listener{
		Message: func(b []byte) { i.mu.Lock(); i.msgs = append(i.msgs, string(b)); i.mu.Unlock() },
		Gap:     func() { i.mu.Lock(); i.gaps++; i.mu.Unlock() },
	}
}

// Messages are those heard so far, Gaps how often the subscription took effect.
func (i *Inbox) Messages() []string { i.mu.Lock(); defer i.mu.Unlock(); return slices.Clone(i.msgs) }

// Gaps tells how often the subscription took effect.
func (i *Inbox) Gaps() int { i.mu.Lock(); defer i.mu.Unlock(); return i.gaps }

// Until waits for a condition.
func Until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(wait)
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within %v", what, wait)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// Subscribe listens, and waits until the subscription is in effect.
func Subscribe(t *testing.T, b realtime.Bus, topic string) (*Inbox, func()) {
	t.Helper()
	in := &Inbox{}
	stop := b.Subscribe(topic, in.Listener())
	t.Cleanup(stop)
	Until(t, "subscription of "+topic, func() bool { return in.Gaps() > 0 })
	return in, stop
}

func publish(t *testing.T, b realtime.Bus, posts ...realtime.Post) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), wait)
	defer cancel()
	if err := b.Publish(ctx, posts...); err != nil {
		t.Fatal(err)
	}
}

// own gives a topic no other test uses: pairs may share a server, and what an earlier test posted may still be on its way between
// the nodes of a cluster when a later one subscribes.
func own(t *testing.T, topic string) string { return t.Name() + ":" + topic }

func post(topic, data string) realtime.Post { return realtime.Post{Topic: topic, Data: []byte(data)} }

func testDelivers(t *testing.T, a, b realtime.Bus) {
	in, other := mustSubscribe(t, a), mustSubscribe(t, b)
	publish(t, a, post(own(t, "x"), "1"))
	Until(t, "own node", func() bool { return len(in.Messages()) == 1 })
	Until(t, "other node", func() bool { return len(other.Messages()) == 1 })
	publish(t, b, post(own(t, "x"), "2"))
	Until(t, "back", func() bool { return slices.Equal(in.Messages(), []string{"1", "2"}) })
}

func mustSubscribe(t *testing.T, b realtime.Bus) *Inbox {
	t.Helper()
	in, _ := Subscribe(t, b, own(t, "x"))
	return in
}

func testTopics(t *testing.T, a, b realtime.Bus) {
	x, _ := Subscribe(t, b, own(t, "doc.1"))
	y, _ := Subscribe(t, b, own(t, "doc.10"))
	publish(t, a, post(own(t, "doc.10"), "y"), post(own(t, "doc.*"), "no"), post(own(t, "doc.1"), "x"))
	Until(t, "both", func() bool { return len(x.Messages()) == 1 && len(y.Messages()) == 1 })
	if x.Messages()[0] != "x" || y.Messages()[0] != "y" {
		t.Fatalf("%v %v", x.Messages(), y.Messages())
	}
}

func testOrder(t *testing.T, a, b realtime.Bus) {
	in := mustSubscribe(t, b)
	var posts []realtime.Post
	var want []string
	for i := range 300 {
		want = append(want, fmt.Sprint(i))
		posts = append(posts, post(own(t, "x"), want[i]))
	}
	publish(t, a, posts...)
	Until(t, "all", func() bool { return len(in.Messages()) == len(want) })
	if !slices.Equal(in.Messages(), want) {
		t.Fatalf("order: %v", in.Messages())
	}
}

func testStop(t *testing.T, a, b realtime.Bus) {
	in, stop := Subscribe(t, b, own(t, "x"))
	probe, _ := Subscribe(t, b, own(t, "probe"))
	stop()
	stop() // twice is once
	publish(t, a, post(own(t, "x"), "late"), post(own(t, "probe"), "p"))
	Until(t, "probe", func() bool { return len(probe.Messages()) == 1 })
	if m := in.Messages(); len(m) != 0 {
		t.Fatalf("heard %v after the end", m)
	}
	again := mustSubscribe(t, b)
	publish(t, a, post(own(t, "x"), "again"))
	Until(t, "again", func() bool { return slices.Contains(again.Messages(), "again") }) // and what was on its way, perhaps
}

func testSeveral(t *testing.T, a, b realtime.Bus) {
	one, stop := Subscribe(t, b, own(t, "x"))
	two := mustSubscribe(t, b)
	publish(t, a, post(own(t, "x"), "1"))
	Until(t, "both", func() bool { return len(one.Messages()) == 1 && len(two.Messages()) == 1 })
	stop()
	publish(t, a, post(own(t, "x"), "2"))
	Until(t, "the one that is left", func() bool { return len(two.Messages()) == 2 })
}

func testBytes(t *testing.T, a, b realtime.Bus) {
	in := mustSubscribe(t, b)
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	big := bytes.Repeat(all, 4096)
	publish(t, a, realtime.Post{Topic: own(t, "x"), Data: all}, realtime.Post{Topic: own(t, "x")}, realtime.Post{Topic: own(t, "x"), Data: big})
	Until(t, "all", func() bool { return len(in.Messages()) == 3 })
	if m := in.Messages(); m[0] != string(all) || m[1] != "" || m[2] != string(big) {
		t.Fatal("bytes changed")
	}
}

func testMany(t *testing.T, a, b realtime.Bus) {
	const topics = 400
	var boxes []*Inbox
	var posts []realtime.Post
	for i := range topics {
		in := &Inbox{}
		t.Cleanup(b.Subscribe(own(t, fmt.Sprint("many:", i)), in.Listener()))
		boxes = append(boxes, in)
		posts = append(posts, post(own(t, fmt.Sprint("many:", i)), fmt.Sprint(i)))
	}
	for _, in := range boxes {
		Until(t, "subscribed", func() bool { return in.Gaps() > 0 })
	}
	publish(t, a, posts...)
	for i, in := range boxes {
		Until(t, "heard", func() bool { return slices.Equal(in.Messages(), []string{fmt.Sprint(i)}) })
	}
}

func testCancelled(t *testing.T, a, _ realtime.Bus) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := a.Publish(ctx, post(own(t, "x"), "1")); err == nil {
		t.Fatal("posted for a caller that has gone")
	}
}

func testConcurrent(t *testing.T, a, b realtime.Bus) {
	in, _ := Subscribe(t, b, own(t, "steady"))
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for k := range 30 {
				stop := b.Subscribe(own(t, fmt.Sprint("flicker:", (i+k)%5)), (&Inbox{}).Listener())
				publish(t, a, post(own(t, "steady"), "x"), post(own(t, fmt.Sprint("flicker:", k%5)), "y"))
				stop()
			}
		})
	}
	wg.Wait()
	Until(t, "all", func() bool { return len(in.Messages()) == 120 })
}

func testUp(t *testing.T, a, b realtime.Bus) {
	Until(t, "up", func() bool { return a.Up() && b.Up() })
}
