package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"
)

// loads are the scenarios of typing and moving; rooms are not used twice for long texts.
var loads = []load{
	{name: "S1", first: 0, rooms: 1, each: 50, updates: 50},
	{name: "S2", first: 1, rooms: 1, each: 50, updates: 250},
	{name: "S3", first: 10, rooms: 200, each: 5, updates: 200},
	{name: "S4", first: 10, rooms: 1000, each: 2, updates: 500},
	{name: "S5", first: 2, rooms: 1, each: 50, updates: 50, presence: 250},
	{name: "S6", first: 3, rooms: 1, each: 50, updates: 1000},
	{name: "MEETINGS", first: 10, rooms: 200, each: 12, updates: 1200},
}

// bench is one run of everything that was chosen.
type bench struct {
	ctx     context.Context
	d       time.Duration
	servers []*server
}

func (b *bench) all() error {
	for _, p := range peers {
		if !chosen(*which, p.name) {
			continue
		}
		s, err := p.start(b.ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		s.peer = p
		defer s.stop()
		b.servers = append(b.servers, s)
	}
	for _, s := range b.servers { // one at a time is awake
		if _, err := s.rooms(0, b.roomsNeeded()); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		s.sleep()
	}
	for _, l := range loads {
		if chosen(*scenarios, l.name) {
			if err := b.load(l); err != nil {
				return fmt.Errorf("%s: %w", l.name, err)
			}
		}
	}
	for _, x := range []struct {
		name string
		run  func(*server) (string, error)
		head string
	}{
		{"WRITE", writeUntilAll, "one write until all of 50 saw it"},
		{"JOIN", lateJoin, "late join: from the handshake to a synced text of 3,000 edits"},
		{"STORM", storm, "2,400 clients in 200 rooms dropped at once, all come back at once"},
		{"DEAF", deaf, "a client that never reads, 0.7 MB/s in its room of 50, 20 s"},
		{"IDLE", idle, "5,000 idle connections in 2,500 rooms"},
		{"COLD", cold, "cold open of a plan: 499 rows of log after a restart"},
	} {
		if !chosen(*scenarios, x.name) {
			continue
		}
		fmt.Printf("\n### %s: %s\n", x.name, x.head)
		for _, s := range b.servers {
			if err := b.awake(s, func() error {
				line, err := x.run(s)
				if line != "" {
					fmt.Printf("- %s: %s\n", s.name, line)
				}
				return err
			}); err != nil {
				return fmt.Errorf("%s, %s: %w", x.name, s.name, err)
			}
		}
	}
	return nil
}

func (b *bench) roomsNeeded() int {
	n := 10
	for _, l := range loads {
		if chosen(*scenarios, l.name) {
			n = max(n, l.first+l.rooms)
		}
	}
	for name, rooms := range map[string]int{"IDLE": 10 + 2500, "STORM": 210, "COLD": 70} {
		if chosen(*scenarios, name) {
			n = max(n, rooms)
		}
	}
	return n
}

// sleep ends the processes of a server; its data stay.
func (s *server) sleep() {
	for _, p := range s.nodes {
		p.stop()
	}
}

func (b *bench) awake(s *server, work func() error) error {
	if err := s.restart(); err != nil {
		return err
	}
	defer s.sleep()
	return work()
}

// load runs one scenario on every server and prints its table.
func (b *bench) load(l load) error {
	results := map[string]result{}
	for _, s := range b.servers {
		if err := b.awake(s, func() (err error) { results[s.name], err = l.run(s, b.d); return err }); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	commit := map[bool]percentiles{}
	for _, pg := range []bool{false, true} {
		var err error
		if commit[pg], err = commitLatency(b.ctx, pg, l.updates, min(b.d, 5*time.Second)); err != nil {
			return err
		}
	}
	what := fmt.Sprintf("%d × %d, %g edits/s", l.rooms, l.each, l.updates)
	if l.presence > 0 {
		what += fmt.Sprintf(", %g cursor moves/s", l.presence)
	}
	fmt.Printf("\n### %s: %s\n", l.name, what)
	fmt.Println("| server | edits p50 / p99 ms | max | ack p50 / p99 | cursors p50 / p99 | lost | CPU % | databases % | sent kB/s | RSS MB | CPU : Hocuspocus | p50, p99 : limit |")
	fmt.Println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
	hp, relay := results["hocuspocus"], results["relay"]
	for _, s := range b.servers {
		r := results[s.name]
		ratio, limit := "–", "–"
		if strings.HasPrefix(s.name, "kasane") {
			if hp.cpu > 0 {
				ratio = fmt.Sprintf("%.2f (%.2f with databases)", r.cpu/hp.cpu, (r.cpu+r.needsCPU)/hp.cpu)
			}
			if c := commit[len(s.needs) > 0]; relay.edits.n > 0 {
				limit = fmt.Sprintf("%.2f, %.2f", r.edits.p50/(c.p50+relay.edits.p50), r.edits.p99/(c.p99+relay.edits.p99))
			}
		}
		fmt.Printf("| %s | %.2f / %.2f | %.1f | %s | %s | %d | %.1f | %.1f | %.0f | %.0f | %s | %s |\n", s.name, r.edits.p50, r.edits.p99, r.edits.max,
			pair(r.acks), pair(r.presence), r.lost, r.cpu*100, r.needsCPU*100, r.bytes/1000, float64(r.rss)/1e6, ratio, limit)
	}
	fmt.Printf("| one commit at this rate: SQLite | %s | %.1f |\n| PostgreSQL | %s | %.1f |\n", pair(commit[false]), commit[false].max, pair(commit[true]), commit[true].max)
	return nil
}

func pair(p percentiles) string {
	if p.n == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f / %.2f", p.p50, p.p99)
}

// writeUntilAll types 100 characters, each when all have seen the one before.
func writeUntilAll(s *server) (string, error) {
	rooms, err := s.rooms(4, 1)
	if err != nil {
		return "", err
	}
	c, err := gather(s, rooms, 50, 128)
	defer c.leave()
	if err != nil {
		return "", err
	}
	var lat []int32
	for i := range 100 {
		t := time.Now()
		if err := c.typeOne(c.clients[i%len(c.clients)]); err != nil {
			return "", err
		}
		for !c.reached((i + 1) * 49) {
			if time.Since(t) > 10*time.Second {
				return "", fmt.Errorf("write %d is not everywhere after 10 s", i)
			}
			time.Sleep(100 * time.Microsecond)
		}
		lat = append(lat, int32(time.Since(t)/time.Microsecond))
	}
	return "p50 / p99 " + pair(percentilesOf(lat)) + " ms", nil
}

func (c *crowd) reached(want int) bool {
	got := 0
	for _, m := range c.clients {
		got += m.got
	}
	return got >= want
}

// lateJoin opens a document with a history 40 times, one after the other, while its writer stays.
func lateJoin(s *server) (string, error) {
	if s.name == "relay" {
		return "", nil
	}
	rooms, err := s.rooms(5, 1)
	if err != nil {
		return "", err
	}
	c, err := gather(s, rooms, 30, 128)
	defer c.leave()
	if err != nil {
		return "", err
	}
	if err := pace(600, 5*time.Second, func(i int) error { return c.typeOne(c.clients[i%len(c.clients)]) }); err != nil {
		return "", err
	}
	c.settle(3000*29, 10*time.Second)
	lat, err := joins(s, rooms[0], 40)
	return "p50 / p99 " + pair(lat) + " ms", err
}

func joins(s *server, room string, n int) (percentiles, error) {
	var lat []int32
	for i := range n {
		j := &crowd{s: s, base: time.Now()}
		m := &client{p: s.peer, room: room, queue: make(chan int64, 1)}
		t := time.Now()
		if err := j.join(m, s.addrs[i%len(s.addrs)]); err != nil {
			return percentiles{}, err
		}
		lat = append(lat, int32(time.Since(t)/time.Microsecond))
		m.w.c.Close()
		<-m.done
	}
	return percentilesOf(lat), nil
}

// storm cuts 2,400 connections and brings all back at once, without any jitter.
func storm(s *server) (string, error) {
	rooms, err := s.rooms(10, 200)
	if err != nil {
		return "", err
	}
	c, err := gather(s, rooms, 12, 4)
	defer func() { c.leave() }()
	if err != nil {
		return "", err
	}
	c.leave()
	t := time.Now()
	var all sync.WaitGroup
	errs := make(chan error, len(c.clients))
	lat := make([]int32, len(c.clients))
	for i, m := range c.clients {
		all.Go(func() {
			for try := 0; ; try++ {
				err := c.join(m, s.addrs[i%len(s.addrs)])
				if err == nil {
					break
				}
				if try == 20 {
					errs <- err
					return
				}
				time.Sleep(100 * time.Millisecond)
			}
			lat[i] = int32(time.Since(t) / time.Microsecond)
		})
	}
	all.Wait()
	select {
	case err := <-errs:
		return "", err
	default:
	}
	p := percentilesOf(lat)
	return fmt.Sprintf("all back and synced after %.2f s (half of them after %.2f s)", p.max/1000, p.p50/1000), nil
}

// deaf has one client that opens a document and then reads nothing, while three others set long values.
func deaf(s *server) (string, error) {
	rooms, err := s.rooms(6, 1)
	if err != nil {
		return "", err
	}
	c, err := gather(s, rooms, 50, 8192)
	defer c.leave()
	if err != nil {
		return "", err
	}
	w, err := dialWire(s.addrs[0], s.path(rooms[0]), s.cookie, 4096)
	if err != nil {
		return "", err
	}
	defer w.c.Close()
	if s.named {
		_ = w.write(s.auth(rooms[0]))
	}
	_ = w.write(s.step1(rooms[0]))
	time.Sleep(500 * time.Millisecond)
	before, most := s.rss(), int64(0)
	text := strings.Repeat("髙", 1200)
	keys := []string{"lead", "after_lead", "programs"}
	if err := pace(200, 20*time.Second, func(i int) error {
		m := c.clients[i%3]
		u := m.p.update(m.room, scalar(m.id, m.clock, keys[i%3], text))
		m.sent[m.clock].Store(c.now())
		m.clock++
		if i%20 == 0 {
			most = max(most, s.rss())
		}
		return m.w.write(u)
	}); err != nil {
		return "", err
	}
	c.settle(4000*49, 10*time.Second)
	var lat []int32
	got := 0
	for _, m := range c.clients {
		lat = append(lat, m.lat...)
		got += m.got
	}
	_ = w.c.SetReadDeadline(time.Now().Add(5 * time.Second))
	cut := "is still connected"
	for {
		if _, _, err := w.read(); err != nil {
			if !strings.Contains(err.Error(), "timeout") {
				cut = "was cut"
			}
			break
		}
	}
	return fmt.Sprintf("memory at most %+.0f MB, the deaf one %s; the others: p50 / p99 %s ms, %d lost", float64(most-before)/1e6, cut, pair(percentilesOf(lat)), 4000*49-got), nil
}

// idle holds 5,000 connections that say nothing.
func idle(s *server) (string, error) {
	rooms, err := s.rooms(10, 2500)
	if err != nil {
		return "", err
	}
	time.Sleep(time.Second)
	empty := s.rss()
	c, err := gather(s, rooms, 2, 1)
	defer c.leave()
	if err != nil {
		return "", err
	}
	time.Sleep(2 * time.Second)
	full, cpu, begun := s.rss(), s.cpuOf(s.nodes), time.Now()
	time.Sleep(5 * time.Second)
	return fmt.Sprintf("%.0f MB empty, %.0f MB with 5,000: %.1f kB each; CPU while idle %.1f %%", float64(empty)/1e6, float64(full)/1e6, float64(full-empty)/5000/1000,
		(s.cpuOf(s.nodes)-cpu)/time.Since(begun).Seconds()*100), nil
}

// cold writes 499 rows into each of 60 plans, starts the server anew and opens each.
func cold(s *server) (string, error) {
	if !strings.HasPrefix(s.name, "kasane") {
		return "", nil
	}
	rooms, err := s.rooms(10, 60)
	if err != nil {
		return "", err
	}
	c, err := gather(s, rooms, 1, 600)
	if err != nil {
		c.leave()
		return "", err
	}
	if err := pace(3000, 60*499*time.Second/3000, func(i int) error { return c.typeOne(c.clients[i%60]) }); err != nil {
		return "", err
	}
	time.Sleep(2 * time.Second)
	c.leave()
	s.sleep()
	if err := s.restart(); err != nil {
		return "", err
	}
	var lat []int32
	for _, room := range rooms {
		p, err := joins(s, room, 1)
		if err != nil {
			return "", err
		}
		lat = append(lat, int32(p.max*1000))
	}
	return "p50 / p99 " + pair(percentilesOf(lat)) + " ms, handshake included", nil
}
