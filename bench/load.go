package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// load is what is done to a server in one scenario.
type load struct {
	name     string
	first    int // number of the first room
	rooms    int
	each     int     // clients in a room
	updates  float64 // characters typed a second, by all together
	presence float64 // cursors moved a second
}

// result is what one run of a load measured. Latencies are in milliseconds.
type result struct {
	edits, presence, acks percentiles
	lost                  int     // deliveries that never came
	cpu, needsCPU         float64 // of one core
	bytes                 float64 // sent by the server, a second
	rss                   int64
	others                float64 // processor time of everybody else on the machine, of one core: a disturbed run
}

type percentiles struct {
	n        int
	p50, p99 float64
	max      float64
}

func percentilesOf(us []int32) percentiles {
	if len(us) == 0 {
		return percentiles{}
	}
	slices.Sort(us)
	at := func(q float64) float64 { return float64(us[min(int(q*float64(len(us))), len(us)-1)]) / 1000 }
	return percentiles{len(us), at(0.5), at(0.99), float64(us[len(us)-1]) / 1000}
}

// client is one person in a room.
type client struct {
	w      *wire
	p      *peer
	room   string
	id     uint64
	clock  uint64
	moves  uint64
	sent   []atomic.Int64 // when each character was typed
	moved  []atomic.Int64
	synced chan struct{}
	once   sync.Once
	queue  chan int64 // when the updates not yet acknowledged were sent

	// of its reader
	lat, seen, acked []int32
	bytes            int64
	got              atomic.Int64
	err              error
	done             chan struct{}
}

// crowd is the people of one run.
type crowd struct {
	s       *server
	clients []*client
	byID    map[uint64]*client
	base    time.Time
	measure atomic.Bool
}

func (c *crowd) now() int64 { return int64(time.Since(c.base)) + 1 }

// gather connects everybody and waits until each has its document. capacity is how many characters one of them may type.
func gather(s *server, rooms []string, each, capacity int) (*crowd, error) {
	c := &crowd{s: s, byID: map[uint64]*client{}, base: time.Now()}
	for _, room := range rooms {
		for range each {
			id := rand.Uint64N(1<<32-1) + 1
			for c.byID[id] != nil {
				id++
			}
			m := &client{p: s.peer, room: room, id: id, sent: make([]atomic.Int64, capacity), moved: make([]atomic.Int64, capacity),
				queue: make(chan int64, capacity+1)}
			c.byID[id] = m
			c.clients = append(c.clients, m)
		}
	}
	return c, c.connect()
}

// connect brings everybody to the server, 64 at a time, alternating over its nodes.
func (c *crowd) connect() error {
	errs := make(chan error, len(c.clients))
	turn := make(chan struct{}, 64)
	var all sync.WaitGroup
	for i, m := range c.clients {
		turn <- struct{}{}
		all.Go(func() {
			defer func() { <-turn }()
			if err := c.join(m, c.s.addrs[i%len(c.s.addrs)]); err != nil {
				errs <- err
			}
		})
	}
	all.Wait()
	select {
	case err := <-errs:
		return err
	default:
		return nil
	}
}

// join connects one and waits for its document.
func (c *crowd) join(m *client, addr string) error {
	var err error
	if m.w, err = dialWire(addr, c.s.path(m.room), c.s.cookie, 0); err != nil {
		return err
	}
	m.synced, m.once, m.done, m.err = make(chan struct{}), sync.Once{}, make(chan struct{}), nil
	go c.listen(m)
	if m.p.named {
		if err := m.w.write(m.p.auth(m.room)); err != nil {
			return err
		}
	}
	if err := m.w.write(m.p.step1(m.room)); err != nil {
		return err
	}
	select {
	case <-m.synced:
		return nil
	case <-m.done:
		return fmt.Errorf("%s: %w", m.room, m.err)
	case <-time.After(60 * time.Second):
		return fmt.Errorf("%s is not synced after 60 s", m.room)
	}
}

// listen is the reader of one client.
func (c *crowd) listen(m *client) {
	defer close(m.done)
	for {
		b, size, err := m.w.read()
		if err != nil {
			m.err = err
			return
		}
		at := c.now()
		if c.measure.Load() {
			m.bytes += int64(size)
		}
		switch kind, body := m.p.parse(b); kind {
		case kindSynced:
			m.once.Do(func() { close(m.synced) })
		case kindAck:
			select {
			case t := <-m.queue:
				m.acked = append(m.acked, int32((at-t)/1000))
			default:
			}
		case kindUpdate:
			id, clock, n := firstStruct(body)
			if from := c.byID[id]; from != nil && from != m {
				for k := clock; k < clock+n && k < uint64(len(from.sent)); k++ {
					if t := from.sent[k].Load(); t > 0 {
						m.lat = append(m.lat, int32((at-t)/1000))
						m.got.Add(1)
					}
				}
			}
		case kindAwareness:
			c.see(m, body, at)
		}
	}
}

// see finds the marks of the generator in a presence message, which may carry several people.
func (c *crowd) see(m *client, body []byte, at int64) {
	r := reader{body}
	for n := r.uint(); n > 0 && len(r.b) > 0; n-- {
		id := r.uint()
		r.uint()
		state := r.bytes()
		from := c.byID[id]
		i := bytes.Index(state, []byte(`"n":`))
		if from == nil || from == m || i < 0 {
			continue
		}
		digits := state[i+4:]
		end := bytes.IndexFunc(digits, func(c rune) bool { return c < '0' || c > '9' })
		k, err := strconv.Atoi(string(digits[:max(end, 0)]))
		if err != nil || k >= len(from.moved) {
			continue
		}
		if t := from.moved[k].Load(); t > 0 {
			m.seen = append(m.seen, int32((at-t)/1000))
		}
	}
}

// typeOne types one character.
func (c *crowd) typeOne(m *client) error {
	u := m.p.update(m.room, letter(m.id, m.clock))
	t := c.now()
	m.sent[m.clock].Store(t)
	m.clock++
	if m.p.named {
		select {
		case m.queue <- t:
		default:
		}
	}
	return m.w.write(u)
}

func (c *crowd) moveOne(m *client) error {
	state := fmt.Appendf(nil, `{"user":{"name":"山田"},"caret":{"key":"wish","anchor":{"type":null,"item":{"client":%d,"clock":1}}},"n":%d}`, m.id, m.moves)
	f := m.p.awareness(m.room, m.id, m.moves+1, state)
	m.moved[m.moves].Store(c.now())
	m.moves++
	return m.w.write(f)
}

// pace calls f so often a second for the given time, evenly. When the machine is late it catches up.
func pace(rate float64, d time.Duration, f func(i int) error) error {
	begun := time.Now()
	for i := 0; ; i++ {
		at := time.Duration(float64(i) / rate * float64(time.Second))
		if at >= d {
			return nil
		}
		if wait := at - time.Since(begun); wait > 0 {
			time.Sleep(wait)
		}
		if err := f(i); err != nil {
			return err
		}
	}
}

// leave cuts all connections, without a word.
func (c *crowd) leave() {
	for _, m := range c.clients {
		if m.w != nil {
			m.w.c.Close()
			<-m.done
		}
	}
}

// run does one load to a server.
func (l load) run(s *server, d time.Duration) (result, error) {
	rooms, err := s.rooms(l.first, l.rooms)
	if err != nil {
		return result{}, err
	}
	people := l.rooms * l.each
	capacity := int((l.updates+l.presence)*d.Seconds())/min(people, 50)*3 + 64
	c, err := gather(s, rooms, l.each, capacity)
	defer c.leave()
	if err != nil {
		return result{}, err
	}
	time.Sleep(300 * time.Millisecond)
	order := rand.Perm(people)
	c.measure.Store(true)
	s.window("begin")
	cpu, needs, others, begun := s.cpuOf(s.nodes), s.cpuOf(s.needs), othersCPU(), time.Now()
	moving := make(chan error, 1)
	go func() {
		if l.presence == 0 {
			moving <- nil
			return
		}
		moving <- pace(l.presence, d, func(i int) error { return c.moveOne(c.clients[order[i%people]]) })
	}()
	typed := 0
	if err := pace(l.updates, d, func(i int) error { typed++; return c.typeOne(c.clients[order[i%people]]) }); err != nil {
		return result{}, err
	}
	if err := <-moving; err != nil {
		return result{}, err
	}
	took := time.Since(begun).Seconds()
	r := result{cpu: (s.cpuOf(s.nodes) - cpu) / took, needsCPU: (s.cpuOf(s.needs) - needs) / took, rss: s.rss(),
		others: max(othersCPU()-others, 0) / took}
	c.measure.Store(false)
	s.window("end")
	c.settle(typed*(l.each-1), 15*time.Second)
	c.leave()
	var lat, seen, acked []int32
	got := 0
	for _, m := range c.clients {
		lat, seen, acked = append(lat, m.lat...), append(seen, m.seen...), append(acked, m.acked...)
		r.bytes += float64(m.bytes) / took
		got += int(m.got.Load())
	}
	r.edits, r.presence, r.acks, r.lost = percentilesOf(lat), percentilesOf(seen), percentilesOf(acked), typed*(l.each-1)-got
	return r, nil
}

// settle waits until everything has come, or nothing comes any more.
func (c *crowd) settle(want int, limit time.Duration) {
	for end, last, quiet := time.Now().Add(limit), -1, 0; time.Now().Before(end) && quiet < 20; time.Sleep(50 * time.Millisecond) {
		got := 0
		for _, m := range c.clients {
			got += int(m.got.Load())
		}
		if got >= want {
			return
		}
		if got == last {
			quiet++
		} else {
			last, quiet = got, 0
		}
	}
}
