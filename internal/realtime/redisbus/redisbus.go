// Package redisbus is realtime.Bus on Redis: one server, Sentinel or Cluster. Redis carries hints only, by PUBLISH or, in a Cluster of Redis 7, SPUBLISH;
// nothing is ever stored there, and Kasane runs on, a second slower, while it is away.
//
// A line (line.go) owns a subscription connection: it brings what is subscribed in line with what is wanted, so that nobody who subscribes waits for the
// network. There is one line; with sharded pub/sub one for each lane (lanes.go). Each (re)subscription is confirmed by Redis and told to its
// listeners as a gap. Whether the bus is up is found by hearing oneself, on every line; a line that does not hear itself is made anew.
package redisbus

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"kasane/internal/realtime"
)

const (
	prefix   = "kasane:"
	askPause = 500 * time.Millisecond
)

// Bus is one node's end.
type Bus struct {
	client redis.UniversalClient
	log    *slog.Logger
	beat   string // topic of this node's own heartbeat
	// askEvery is how often a Cluster is asked again whether it can shard: servers are upgraded one by one, and nodes started at different times
	// must come to the same answer.
	askEvery time.Duration
	ready    chan struct{} // closed when it is known how to post

	mu     sync.Mutex
	topics map[string]*topic
	lines  []*line // one, or one for each lane; none before ready
}

// topic is what is wanted of a Redis channel, and what is so on the present connection.
type topic struct {
	listeners  map[*realtime.Listener]struct{}
	subscribed bool // asked for
	confirmed  bool
}

var _ realtime.Bus = (*Bus)(nil)

// Open makes a bus from addresses. It does not connect: Run does, and goes on trying.
//
//	redis://[user:password@]host:port[/db]     one server; rediss:// with TLS; unix:///path/to/socket
//	redis://[user:password@]host:26379?master_name=<name>[&addr=host:port…][&username=…&password=…]     Sentinel: before the @ the sentinels' user
//	and password, in the query those of Redis
//	redis://host1:port,redis://host2:port …    Cluster; one address with ?cluster=true is one too
func Open(urls string, log *slog.Logger) (*Bus, error) {
	redis.SetLogger(libraryLog{log}) // the library has one for the whole process, and writes to stderr without
	client, err := newClient(urls)
	if err != nil {
		return nil, err
	}
	var id [8]byte
	_, _ = rand.Read(id[:]) // never fails since Go 1.24
	return &Bus{client: client, log: log, beat: "beat:" + hex.EncodeToString(id[:]), askEvery: 10 * time.Second, ready: make(chan struct{}),
		topics: map[string]*topic{}}, nil
}

// Run connects, keeps the subscriptions and hands messages out until ctx ends; then it closes the client and returns nil.
func (b *Bus) Run(ctx context.Context) error {
	for sharded := b.ask(ctx); ctx.Err() == nil; {
		sharded = b.serve(ctx, sharded)
	}
	if err := b.client.Close(); err != nil {
		b.log.Warn("redisbus: closing", "error", err)
	}
	return nil
}

// ask finds out whether posts are sharded, as soon as anybody answers.
func (b *Bus) ask(ctx context.Context) bool {
	cluster, ok := b.client.(*redis.ClusterClient)
	for ok && ctx.Err() == nil {
		limited, cancel := context.WithTimeout(ctx, netWait)
		sharded, err := canShard(limited, cluster)
		cancel()
		if err == nil {
			return sharded
		}
		b.log.Debug("redisbus: no server of the cluster answers", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(askPause):
		}
	}
	return false // one server: sharding would change nothing
}

// serve keeps the lines until ctx ends or the Cluster answers otherwise; then it returns the new answer.
func (b *Bus) serve(ctx context.Context, sharded bool) bool {
	ctx, cancel := context.WithCancel(ctx)
	var work sync.WaitGroup
	defer work.Wait()
	defer cancel()
	for _, l := range b.lay(sharded) {
		work.Go(func() { l.run(ctx) })
	}
	cluster, ok := b.client.(*redis.ClusterClient)
	if !ok {
		<-ctx.Done()
		return sharded
	}
	for {
		select {
		case <-ctx.Done():
			return sharded
		case <-time.After(b.askEvery):
		}
		limited, done := context.WithTimeout(ctx, netWait)
		now, err := canShard(limited, cluster)
		done()
		if err == nil && now != sharded {
			b.log.Info("redisbus: the cluster was changed", "sharded", now)
			return now
		}
	}
}

// lay makes new lines.
func (b *Bus) lay(sharded bool) []*line {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.lines) == 0 {
		close(b.ready)
	}
	b.lines = nil
	if sharded {
		for _, tag := range tags {
			b.lines = append(b.lines, newLine(b, true, tag))
		}
	} else {
		b.lines = []*line{newLine(b, false, "")}
	}
	return b.lines
}

// lineOf is the line of a topic, nil before ready. Under mu.
func (b *Bus) lineOf(name string) *line {
	switch len(b.lines) {
	case 0:
		return nil
	case 1:
		return b.lines[0]
	}
	return b.lines[laneOf(name)]
}

// begin forgets what earlier connections of a line had subscribed.
func (b *Bus) begin(l *line) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for name, t := range b.topics {
		if b.lineOf(name) == l {
			t.subscribed, t.confirmed = false, false
			l.changed[name] = struct{}{}
		}
	}
	l.leaving = map[string]int{}
	l.unconfirmed = map[string]time.Time{l.prefix + b.beat: time.Now()}
	l.unheard.Store(0)
}

// difference takes at most a few hundred channels that have to change.
func (b *Bus) difference(l *line) (add, remove []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for name := range l.changed {
		if len(add)+len(remove) >= 256 {
			break
		}
		delete(l.changed, name)
		t, channel := b.topics[name], l.prefix+name
		switch {
		case t == nil:
		case len(t.listeners) > 0 && !t.subscribed:
			t.subscribed = true
			l.unconfirmed[channel] = time.Now()
			add = append(add, channel)
		case len(t.listeners) == 0:
			if t.subscribed {
				l.leaving[channel]++
				delete(l.unconfirmed, channel)
				remove = append(remove, channel)
			}
			delete(b.topics, name)
		}
	}
	return add, remove
}

// overdue tells that Redis has not confirmed something for too long.
func (b *Bus) overdue(l *line) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, at := range l.unconfirmed {
		if time.Since(at) > confirmWait {
			return true
		}
	}
	return false
}

// confirm notes that a channel is subscribed, and gives those to tell.
func (b *Bus) confirm(l *line, channel string) []*realtime.Listener {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(l.unconfirmed, channel)
	t := b.topics[channel[len(l.prefix):]]
	if t == nil || !t.subscribed {
		return nil
	}
	t.confirmed = true
	return t.all()
}

// left notes that a channel is not subscribed any more; false: nobody had asked for that.
func (b *Bus) left(l *line, channel string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if l.leaving[channel] == 0 {
		return false
	}
	if l.leaving[channel]--; l.leaving[channel] == 0 {
		delete(l.leaving, channel)
	}
	return true
}

func (b *Bus) listeners(name string) []*realtime.Listener {
	b.mu.Lock()
	defer b.mu.Unlock()
	if t := b.topics[name]; t != nil {
		return t.all()
	}
	return nil
}

func (t *topic) all() []*realtime.Listener {
	out := make([]*realtime.Listener, 0, len(t.listeners))
	for l := range t.listeners {
		out = append(out, l)
	}
	return out
}

// Publish implements realtime.Bus: one round trip for all, in a Cluster one for each shard or lane.
func (b *Bus) Publish(ctx context.Context, posts ...realtime.Post) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-b.ready:
	case <-ctx.Done():
		return fmt.Errorf("redisbus: publish: not connected yet: %w", ctx.Err())
	}
	groups := map[*line][]realtime.Post{}
	b.mu.Lock()
	for _, x := range posts {
		l := b.lineOf(x.Topic)
		groups[l] = append(groups[l], x)
	}
	b.mu.Unlock()
	failed := make(chan error, len(groups))
	var work sync.WaitGroup
	for l, group := range groups {
		if len(groups) == 1 {
			failed <- l.publish(ctx, group)
			break
		}
		work.Go(func() { failed <- l.publish(ctx, group) })
	}
	work.Wait()
	close(failed)
	var err error
	for e := range failed {
		err = errors.Join(err, e)
	}
	if err != nil {
		return fmt.Errorf("redisbus: publish: %w", err)
	}
	return nil
}

// Subscribe implements realtime.Bus. It never waits.
func (b *Bus) Subscribe(name string, l realtime.Listener) func() {
	p := &l
	b.mu.Lock()
	t := b.topics[name]
	if t == nil {
		t = &topic{listeners: map[*realtime.Listener]struct{}{}}
		b.topics[name] = t
	}
	t.listeners[p] = struct{}{}
	already := t.confirmed
	b.touched(name)
	b.mu.Unlock()
	if already {
		l.Gap()
	}
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(t.listeners, p)
		b.touched(name)
	}
}

// touched lets the line of a topic look at it. Under mu.
func (b *Bus) touched(name string) {
	if l := b.lineOf(name); l != nil {
		l.changed[name] = struct{}{}
		l.stir()
	}
}

// Up implements realtime.Bus.
func (b *Bus) Up() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range b.lines {
		if !l.up() {
			return false
		}
	}
	return len(b.lines) > 0
}
