// Package redisbus is realtime.Bus on Redis: one server, Sentinel or Cluster. Redis carries hints only, by PUBLISH; nothing is ever
// stored there, and Kasane runs on, a second slower, while it is away.
//
// One goroutine (Run) owns the subscription connection: it brings what is subscribed in line with what is wanted, so that nobody who subscribes waits for the
// network. Each (re)subscription is confirmed by Redis and told to its listeners as a gap. Whether the bus is up is found by hearing oneself.
package redisbus

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"kasane/internal/realtime"
)

const (
	prefix     = "kasane:"
	beatEvery  = 500 * time.Millisecond
	beatExpire = 2 * time.Second
)

// Bus is one node's end.
type Bus struct {
	client redis.UniversalClient
	log    *slog.Logger
	beat   string       // topic of this node's own heartbeat
	heard  atomic.Int64 // when it was last heard, Unix nanoseconds; 0 = never or lost
	wake   chan struct{}

	mu     sync.Mutex
	topics map[string]*topic
}

// topic is what is wanted of a Redis channel, and what is so.
type topic struct {
	listeners  map[*realtime.Listener]struct{}
	subscribed bool // asked for; go-redis asks again after each reconnection
	confirmed  bool
}

var _ realtime.Bus = (*Bus)(nil)

// Open makes a bus from addresses. It does not connect: Run does, and goes on trying.
//
//	redis://[user:password@]host:port[/db]     one server; rediss:// with TLS; unix:///path/to/socket
//	redis://…:26379?master_name=<name>[&addr=host:port…]     Sentinel, the user and password being the sentinels'
//	redis://host1:port,redis://host2:port …    Cluster; one address with ?cluster=true is one too
func Open(urls string, log *slog.Logger) (*Bus, error) {
	redis.SetLogger(libraryLog{log}) // the library has one for the whole process, and writes to stderr without
	client, err := newClient(urls)
	if err != nil {
		return nil, err
	}
	var id [8]byte
	_, _ = rand.Read(id[:]) // never fails since Go 1.24
	b := &Bus{client: client, log: log, beat: "beat:" + hex.EncodeToString(id[:]), wake: make(chan struct{}, 1), topics: map[string]*topic{}}
	b.Subscribe(b.beat, realtime.Listener{Message: func([]byte) { b.heard.Store(time.Now().UnixNano()) }, Gap: func() {}})
	return b, nil
}

// libraryLog takes what go-redis has to say.
type libraryLog struct{ log *slog.Logger }

func (l libraryLog) Printf(_ context.Context, format string, v ...any) {
	l.log.Debug("redisbus: " + fmt.Sprintf(format, v...))
}

func newClient(urls string) (redis.UniversalClient, error) {
	list := strings.Split(urls, ",")
	first, err := url.Parse(strings.TrimSpace(list[0]))
	if err != nil {
		return nil, fmt.Errorf("redisbus: address is no URL") // the cause would hold the password
	}
	q := first.Query()
	if q.Has("master_name") {
		o, err := redis.ParseFailoverURL(first.String())
		if err != nil {
			return nil, fmt.Errorf("redisbus: Sentinel address: %w", err)
		}
		return redis.NewFailoverClient(o), nil
	}
	cluster := len(list) > 1 || q.Get("cluster") == "true"
	q.Del("cluster")
	first.RawQuery = q.Encode()
	if !cluster {
		o, err := redis.ParseURL(first.String())
		if err != nil {
			return nil, fmt.Errorf("redisbus: address: %w", err)
		}
		return redis.NewClient(o), nil
	}
	o, err := redis.ParseClusterURL(first.String())
	if err != nil {
		return nil, fmt.Errorf("redisbus: Cluster address: %w", err)
	}
	for _, s := range list[1:] {
		u, err := url.Parse(strings.TrimSpace(s))
		if err != nil || u.Host == "" {
			return nil, fmt.Errorf("redisbus: an address of the cluster is no URL")
		}
		o.Addrs = append(o.Addrs, u.Host)
	}
	return redis.NewClusterClient(o), nil
}

// Run connects, keeps the subscriptions and hands messages out until ctx ends; then it closes the client and returns nil.
func (b *Bus) Run(ctx context.Context) error {
	ps := b.client.Subscribe(ctx)
	messages := ps.ChannelWithSubscriptions(redis.WithChannelSize(4096), redis.WithChannelHealthCheckInterval(time.Second),
		redis.WithChannelPingTimeout(2*time.Second), redis.WithChannelSendTimeout(5*time.Second))
	var work sync.WaitGroup
	work.Go(func() { b.reconcile(ctx, ps) })
	work.Go(func() { b.heartbeat(ctx) })
	work.Go(func() {
		for m := range messages {
			b.dispatch(m)
		}
	})
	<-ctx.Done()
	err := ps.Close() // ends messages
	work.Wait()
	if cerr := b.client.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		b.log.Warn("redisbus: closing", "error", err)
	}
	return nil
}

// reconcile subscribes to what is wanted and unsubscribes from what is not.
func (b *Bus) reconcile(ctx context.Context, ps *redis.PubSub) {
	for {
		add, remove := b.difference()
		for _, list := range []struct {
			names []string
			do    func(context.Context, ...string) error
		}{{remove, ps.Unsubscribe}, {add, ps.Subscribe}} {
			if len(list.names) == 0 {
				continue
			}
			if err := list.do(ctx, list.names...); err != nil && ctx.Err() == nil {
				b.log.Warn("redisbus: subscribing failed, will be tried again", "error", err)
			}
		}
		if len(add)+len(remove) > 0 {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-b.wake:
		}
	}
}

// difference takes at most a few hundred topics that have to change.
func (b *Bus) difference() (add, remove []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for name, t := range b.topics {
		switch {
		case len(add)+len(remove) >= 256:
			return add, remove
		case len(t.listeners) > 0 && !t.subscribed:
			t.subscribed = true
			add = append(add, prefix+name)
		case len(t.listeners) == 0:
			if t.subscribed {
				remove = append(remove, prefix+name)
			}
			delete(b.topics, name)
		}
	}
	return add, remove
}

// heartbeat posts to oneself.
func (b *Bus) heartbeat(ctx context.Context) {
	t := time.NewTicker(beatEvery)
	defer t.Stop()
	for {
		limited, cancel := context.WithTimeout(ctx, beatExpire)
		_ = b.Publish(limited, realtime.Post{Topic: b.beat})
		cancel()
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

func (b *Bus) dispatch(m any) {
	switch m := m.(type) {
	case *redis.Message:
		for _, l := range b.listeners(m.Channel, false) {
			l.Message([]byte(m.Payload))
		}
	case *redis.Subscription:
		if m.Kind == "subscribe" {
			for _, l := range b.listeners(m.Channel, true) {
				l.Gap()
			}
		}
	}
}

func (b *Bus) listeners(channel string, confirmed bool) []*realtime.Listener {
	b.mu.Lock()
	defer b.mu.Unlock()
	t := b.topics[strings.TrimPrefix(channel, prefix)]
	if t == nil {
		return nil
	}
	t.confirmed = t.confirmed || confirmed
	out := make([]*realtime.Listener, 0, len(t.listeners))
	for l := range t.listeners {
		out = append(out, l)
	}
	return out
}

// Publish implements realtime.Bus: one round trip for all, in a cluster one for each node.
func (b *Bus) Publish(ctx context.Context, posts ...realtime.Post) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	cluster, ok := b.client.(*redis.ClusterClient)
	if !ok {
		return b.published(pipeline(ctx, b.client, posts))
	}
	// Any node would take them, and each another one: only by one node do the posts of a topic stay in order.
	groups := map[*redis.Client][]realtime.Post{}
	for _, x := range posts {
		c, err := cluster.MasterForKey(ctx, prefix+x.Topic)
		if err != nil {
			return b.published(err)
		}
		groups[c] = append(groups[c], x)
	}
	for c, group := range groups {
		if err := pipeline(ctx, c, group); err != nil {
			return b.published(err)
		}
	}
	return nil
}

func pipeline(ctx context.Context, c redis.Cmdable, posts []realtime.Post) error {
	_, err := c.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, x := range posts {
			p.Publish(ctx, prefix+x.Topic, x.Data)
		}
		return nil
	})
	return err
}

// published takes a failure as a sign that the bus is down, until this node hears itself again.
func (b *Bus) published(err error) error {
	if err == nil {
		return nil
	}
	b.heard.Store(0)
	return fmt.Errorf("redisbus: publish: %w", err)
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
	b.mu.Unlock()
	if already {
		l.Gap()
	}
	b.stir()
	return func() {
		b.mu.Lock()
		delete(t.listeners, p)
		b.mu.Unlock()
		b.stir()
	}
}

func (b *Bus) stir() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// Up implements realtime.Bus: this node has heard itself lately.
func (b *Bus) Up() bool {
	at := b.heard.Load()
	return at != 0 && time.Since(time.Unix(0, at)) < beatExpire
}
