package redisbus

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"kasane/internal/realtime"
)

const (
	beatEvery  = 500 * time.Millisecond
	beatExpire = 2 * time.Second
	keepEvery  = 250 * time.Millisecond
	// confirmWait is how long Redis may take to confirm a subscription. The library passes over an error in its place.
	confirmWait = 5 * time.Second
	downWait    = 500 * time.Millisecond
	// A connection that held for so long is not part of a series of failures.
	steady   = 10 * time.Second
	maxPause = time.Second
)

var (
	errDeaf        = errors.New("redisbus: posts are taken but not heard")
	errUnconfirmed = errors.New("redisbus: a subscription was not confirmed")
	errTaken       = errors.New("redisbus: a subscription was taken away") // its slot moved to another shard
)

// line is one subscription connection after the other, for all topics or for those of one lane. What is subscribed belongs to a connection: whatever is wrong
// with one, it is closed and the next begins with nothing. Trying to mend one (the library does) would leave it where it is wrong to be: on the
// old owner of a slot, on a demoted master, on a server that vanished without a word.
type line struct {
	bus     *Bus
	sharded bool
	prefix  string // of its channels
	wake    chan struct{}

	heard   atomic.Int64 // when its own heartbeat was last heard, Unix nanoseconds; 0 = not by this connection, or a post failed since
	known   atomic.Bool  // it was heard at least once
	unheard atomic.Int64 // since when heartbeats were taken by Redis and not heard; 0 = not waiting

	// under bus.mu
	changed     map[string]struct{}  // names of topics to be looked at
	unconfirmed map[string]time.Time // channels asked for
	leaving     map[string]int       // unsubscriptions under way, by channel
}

func newLine(b *Bus, sharded bool, tag string) *line {
	l := &line{bus: b, sharded: sharded, prefix: prefix, wake: make(chan struct{}, 1)}
	if sharded {
		l.prefix = prefix + "{" + tag + "}:"
	}
	l.changed = map[string]struct{}{}
	return l
}

// run keeps a connection until ctx ends.
func (l *line) run(ctx context.Context) {
	var work sync.WaitGroup
	work.Go(func() { l.heartbeat(ctx) })
	defer work.Wait()
	for failures := 0; ctx.Err() == nil; failures++ {
		begun := time.Now()
		err := l.session(ctx)
		l.heard.Store(0)
		if ctx.Err() != nil {
			return
		}
		if time.Since(begun) > steady {
			failures = 0
		}
		if cluster, ok := l.bus.client.(*redis.ClusterClient); ok {
			cluster.ReloadState(ctx) // the slot may have another owner
		}
		if failures == 0 {
			l.bus.log.Warn("redisbus: subscription lost, is being made anew", "error", err)
		} else {
			l.bus.log.Debug("redisbus: subscription lost again", "error", err)
		}
		pause := min(50*time.Millisecond<<min(failures, 5), maxPause)
		pause = pause/2 + rand.N(pause) // all nodes lose a server at the same moment
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// session is the life of one connection.
func (l *line) session(ctx context.Context) error {
	// Nothing is connected yet: in a Cluster the first channel decides to which server.
	ps := l.bus.client.Subscribe(ctx)
	defer ps.Close()
	l.bus.begin(l)
	if err := l.subscribe(ctx, ps, []string{l.prefix + l.bus.beat}); err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	var work sync.WaitGroup
	work.Go(func() {
		cancel(l.keep(ctx, ps))
		_ = ps.Close() // ends Receive
	})
	defer work.Wait()
	defer cancel(nil)
	for {
		m, err := ps.Receive(ctx)
		if err == nil {
			err = l.take(m)
		}
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
		if err != nil {
			return err
		}
	}
}

func (l *line) subscribe(ctx context.Context, ps *redis.PubSub, channels []string) error {
	if l.sharded {
		return ps.SSubscribe(ctx, channels...)
	}
	return ps.Subscribe(ctx, channels...)
}

func (l *line) unsubscribe(ctx context.Context, ps *redis.PubSub, channels []string) error {
	if l.sharded {
		return ps.SUnsubscribe(ctx, channels...)
	}
	return ps.Unsubscribe(ctx, channels...)
}

// keep brings what is subscribed in line with what is wanted, until something is wrong with the connection or ctx ends.
func (l *line) keep(ctx context.Context, ps *redis.PubSub) error {
	t := time.NewTicker(keepEvery)
	defer t.Stop()
	for {
		add, remove := l.bus.difference(l)
		if len(remove) > 0 {
			if err := l.unsubscribe(ctx, ps, remove); err != nil {
				return err
			}
		}
		if len(add) > 0 {
			if err := l.subscribe(ctx, ps, add); err != nil {
				return err
			}
		}
		if len(add)+len(remove) > 0 {
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-l.wake:
		case <-t.C:
			if since := l.unheard.Load(); since != 0 && time.Since(time.Unix(0, since)) > beatExpire {
				return errDeaf
			}
			if l.bus.overdue(l) {
				return errUnconfirmed
			}
		}
	}
}

// take hands on what came.
func (l *line) take(m any) error {
	switch m := m.(type) {
	case *redis.Message:
		name := strings.TrimPrefix(m.Channel, l.prefix)
		if name == l.bus.beat {
			l.heard.Store(time.Now().UnixNano())
			l.known.Store(true)
			l.unheard.Store(0)
			return nil
		}
		for _, x := range l.bus.listeners(name) {
			x.Message([]byte(m.Payload))
		}
	case *redis.Subscription:
		switch m.Kind {
		case "subscribe", "ssubscribe":
			for _, x := range l.bus.confirm(l, m.Channel) {
				x.Gap()
			}
		case "unsubscribe", "sunsubscribe":
			if !l.bus.left(l, m.Channel) {
				return errTaken
			}
		}
	}
	return nil
}

// heartbeat posts to oneself. Each line has its own: one shard that hangs must not silence the others.
func (l *line) heartbeat(ctx context.Context) {
	t := time.NewTicker(beatEvery)
	defer t.Stop()
	for {
		if l.post(ctx, beatExpire, []realtime.Post{{Topic: l.bus.beat}}) == nil {
			l.unheard.CompareAndSwap(0, time.Now().UnixNano())
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

// publish posts for others. While the line, up once, is down, which heartbeats go on trying, it waits only a moment: hints for other shards queue behind.
func (l *line) publish(ctx context.Context, posts []realtime.Post) error {
	if l.known.Load() && !l.up() {
		return l.post(ctx, downWait, posts)
	}
	return l.post(ctx, netWait, posts)
}

func (l *line) post(ctx context.Context, atMost time.Duration, posts []realtime.Post) error {
	limited, cancel := context.WithTimeout(ctx, atMost)
	defer cancel()
	err := l.send(limited, posts)
	if err != nil {
		l.heard.Store(0) // down, until this node hears itself again
	}
	return err
}

// send is one round trip.
func (l *line) send(ctx context.Context, posts []realtime.Post) error {
	cluster, ok := l.bus.client.(*redis.ClusterClient)
	if !ok || l.sharded {
		return l.pipeline(ctx, l.bus.client, posts)
	}
	// Any server of the cluster would take them, and each another one: only by one do the posts of a topic stay in order.
	groups := map[*redis.Client][]realtime.Post{}
	for _, x := range posts {
		c, err := cluster.MasterForKey(ctx, l.prefix+x.Topic)
		if err != nil {
			return err
		}
		groups[c] = append(groups[c], x)
	}
	for c, group := range groups {
		if err := l.pipeline(ctx, c, group); err != nil {
			return err
		}
	}
	return nil
}

func (l *line) pipeline(ctx context.Context, c redis.Cmdable, posts []realtime.Post) error {
	_, err := c.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, x := range posts {
			if l.sharded {
				p.SPublish(ctx, l.prefix+x.Topic, x.Data)
			} else {
				p.Publish(ctx, l.prefix+x.Topic, x.Data)
			}
		}
		return nil
	})
	return err
}

// up tells that this node has heard itself lately.
func (l *line) up() bool {
	at := l.heard.Load()
	return at != 0 && time.Since(time.Unix(0, at)) < beatExpire
}

func (l *line) stir() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}
