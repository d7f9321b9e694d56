package redisbus_test

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/realtime"
	"kasane/internal/realtime/bustest"
	"kasane/internal/realtime/redisbus"
	"kasane/internal/realtime/redisbus/redistest"
)

// open makes a running bus.
func open(t *testing.T, urls string, change ...func(*redisbus.Bus)) *redisbus.Bus {
	t.Helper()
	b, err := redisbus.Open(urls, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range change {
		f(b)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("run: %v", err)
			}
		case <-time.After(20 * time.Second):
			t.Error("bus does not stop")
		}
	})
	return b
}

// contract runs the suite on an address.
func contract(t *testing.T, urls string) {
	bustest.Bus(t, func(t *testing.T) (a, b realtime.Bus) { return open(t, urls), open(t, urls) })
}

// listening subscribes b to topics, and gives what it hears.
func listening(t *testing.T, b *redisbus.Bus, topics ...string) map[string]*bustest.Inbox {
	t.Helper()
	boxes := map[string]*bustest.Inbox{}
	for _, topic := range topics {
		boxes[topic], _ = bustest.Subscribe(t, b, topic)
	}
	return boxes
}

// carries checks that posts of a reach everybody who listens, once the bus is up.
func carries(t *testing.T, a, b *redisbus.Bus, boxes map[string]*bustest.Inbox, word string) {
	t.Helper()
	redistest.Until(t, "both up", func() bool { return a.Up() && b.Up() })
	for topic := range boxes {
		if err := a.Publish(context.Background(), realtime.Post{Topic: topic, Data: []byte(word)}); err != nil {
			t.Fatal(err)
		}
	}
	for topic, in := range boxes {
		bustest.Until(t, "heard on "+topic, func() bool { return slices.Contains(in.Messages(), word) })
	}
}

// healed waits until the subscriptions were lost and came back.
func healed(t *testing.T, boxes map[string]*bustest.Inbox, gaps int) {
	t.Helper()
	for topic, in := range boxes {
		redistest.Until(t, "gap of "+topic, func() bool { return in.Gaps() >= gaps })
	}
}

var topics = []string{"doc:t:1", "doc:t:2", "doc:t:3", "doc:t:4", "doc:t:5", "doc:t:6", "room:t:m.1", "sessions"}

// TestCluster: the contract, sharded; then slots move.
func TestCluster(t *testing.T) {
	t.Parallel()
	c := redistest.NewCluster(t, 3, 0)
	contract(t, c.URL())
	b := open(t, c.URL())
	boxes := listening(t, b, topics...)
	seen := 0
	for i, s := range c.Servers {
		n := len(strings.Fields(s.CLI("PUBSUB", "SHARDCHANNELS", "kasane:*")))
		if n == 0 {
			t.Errorf("server %d carries nothing", i)
		}
		if plain := s.CLI("PUBSUB", "CHANNELS", "kasane:*"); plain != "" {
			t.Errorf("server %d has plain subscriptions: %s", i, plain)
		}
		seen += n
	}
	if want := len(topics) + len(redisbus.Tags); seen != want {
		t.Errorf("%d sharded subscriptions, want %d", seen, want)
	}
	slotsMove(t, c, b, boxes)
}

// TestContractOnOldCluster: servers before Redis 7 do not know SPUBLISH.
func TestContractOnOldCluster(t *testing.T) {
	t.Parallel()
	c := redistest.NewCluster(t, 2, 0, "--rename-command", "SPUBLISH", "")
	contract(t, c.URL())
}

// TestClusterIsUpgraded: while one server does not know sharded pub/sub nobody shards; afterwards all do, without a restart of Kasane.
func TestClusterIsUpgraded(t *testing.T) {
	t.Parallel()
	c := redistest.NewCluster(t, 2, 0)
	old := c.Servers[1]
	old.Kill()
	old.With("--rename-command", "SPUBLISH", "")
	old.Restart()
	c.Settle() // a message between servers whose link is not up yet is lost, as Redis may do
	often := func(b *redisbus.Bus) { b.AskOften(100 * time.Millisecond) }
	a, b := open(t, c.URL(), often), open(t, c.URL(), often)
	boxes := listening(t, b, topics...)
	carries(t, a, b, boxes, "plain")
	old.Kill()
	old.Without(3)
	old.Restart()
	sharded := func() (n int) {
		for _, s := range c.Servers {
			n += len(strings.Fields(s.CLI("PUBSUB", "SHARDCHANNELS", "kasane:*")))
		}
		return n
	}
	redistest.Until(t, "both shard", func() bool { return sharded() == len(topics)+2*len(redisbus.Tags) })
	c.Settle()
	carries(t, a, b, boxes, "sharded")
}

// slotsMove: the server takes the subscriptions of a slot away; they are made anew at its new owner.
func slotsMove(t *testing.T, c *redistest.Cluster, b *redisbus.Bus, boxes map[string]*bustest.Inbox) {
	t.Helper()
	a := open(t, c.URL())
	carries(t, a, b, boxes, "before")
	from, to := c.Servers[0], c.Servers[1]
	moved := map[string]*bustest.Inbox{}
	for _, name := range redistest.Names(from) {
		moved[redistest.Topic(name)] = nil
		if c.Owner(name) == from { // else its lane has moved already
			c.Move(name, to)
		}
	}
	for topic := range moved {
		moved[topic] = boxes[topic]
	}
	if len(moved) == 0 || len(moved) == len(boxes) {
		t.Fatalf("all topics on one side: %d of %d move", len(moved), len(boxes))
	}
	healed(t, moved, 2)
	carries(t, a, b, boxes, "after")
	redistest.Until(t, "all at the other server", func() bool { return len(redistest.Names(to)) >= len(moved) })
	redistest.Until(t, "nothing is left behind", func() bool { return len(redistest.Names(from)) == 0 })
}

// TestShardFailsOver: a server hangs, its replica takes over, and the lanes of the shard follow; the others are not disturbed.
func TestShardFailsOver(t *testing.T) {
	t.Parallel()
	c := redistest.NewCluster(t, 3, 1)
	a, b := open(t, c.URL()), open(t, c.URL())
	boxes := listening(t, b, topics...)
	carries(t, a, b, boxes, "before")
	hit, spared := map[string]*bustest.Inbox{}, map[string]*bustest.Inbox{}
	dead := strings.Join(redistest.Names(c.Servers[0]), " ") + " "
	for topic, in := range boxes {
		if strings.Contains(dead, ":"+topic+" ") {
			hit[topic] = in
		} else {
			spared[topic] = in
		}
	}
	if len(hit) == 0 || len(spared) == 0 {
		t.Fatalf("all topics on one side: %v", dead)
	}
	c.Servers[0].Stop()
	redistest.Until(t, "said to be down", func() bool { return !a.Up() && !b.Up() })
	time.Sleep(600 * time.Millisecond) // by one lane; the others of the shard notice within the time between two heartbeats
	var posts []realtime.Post
	for topic := range boxes {
		posts = append(posts, realtime.Post{Topic: topic, Data: []byte("meanwhile")})
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	begun := time.Now()
	_ = a.Publish(ctx, posts...) // some fail, unless the replica was quick
	if d := time.Since(begun); d > time.Second {
		t.Errorf("one shard that hangs holds up the others' posts for %v", d)
	}
	for topic, in := range spared {
		bustest.Until(t, "heard on "+topic, func() bool { return slices.Contains(in.Messages(), "meanwhile") })
	}
	healed(t, hit, 2)
	carries(t, a, b, boxes, "after")
	for topic, in := range spared {
		if in.Gaps() != 1 {
			t.Errorf("%s was made anew without need", topic)
		}
	}
}

// TestSentinel: the contract; then the master is replaced. The old one lives on for seconds, and takes pings and subscriptions as before; but nothing is
// posted there any more.
func TestSentinel(t *testing.T) {
	t.Parallel()
	w := redistest.Sentinel(t)
	contract(t, w.URL())
	a, b := open(t, w.URL()), open(t, w.URL())
	boxes := listening(t, b, topics...)
	carries(t, a, b, boxes, "before")
	w.Sentinels[0].Do("SENTINEL", "FAILOVER", "kasane")
	redistest.Until(t, "subscribed at the new master", func() bool { return len(redistest.Names(w.Servers[1])) == len(topics) })
	healed(t, boxes, 2)
	carries(t, a, b, boxes, "after")
}

// TestTagsAreSpread: each lane has its own sixteenth of the slots.
func TestTagsAreSpread(t *testing.T) {
	t.Parallel()
	for i, tag := range redisbus.Tags {
		var crc uint16 // XMODEM, as Redis Cluster has it
		for _, b := range []byte(tag) {
			crc ^= uint16(b) << 8
			for range 8 {
				if crc&0x8000 != 0 {
					crc = crc<<1 ^ 0x1021
				} else {
					crc <<= 1
				}
			}
		}
		if slot := int(crc) % 16384; slot/1024 != i {
			t.Errorf("%s: slot %d is not in sixteenth %d", tag, slot, i)
		}
	}
}
