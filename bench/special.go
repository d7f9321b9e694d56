package main

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// The scenarios that are not a steady load: joining, coming back, not reading, being idle.

// writeUntilAll types 100 characters, each when all have seen the one before.
func writeUntilAll(s *server) (string, figures, error) {
	rooms, err := s.rooms(4, 1)
	if err != nil {
		return "", nil, err
	}
	c, err := gather(s, rooms, 50, 128)
	defer c.leave()
	if err != nil {
		return "", nil, err
	}
	var lat []int32
	for i := range 100 {
		t := time.Now()
		if err := c.typeOne(c.clients[i%len(c.clients)]); err != nil {
			return "", nil, err
		}
		for !c.reached((i + 1) * 49) {
			if time.Since(t) > 10*time.Second {
				return "", nil, fmt.Errorf("write %d is not everywhere after 10 s", i)
			}
			time.Sleep(100 * time.Microsecond)
		}
		lat = append(lat, int32(time.Since(t)/time.Microsecond))
	}
	p := percentilesOf(lat)
	return "p50 / p99 " + pair(p) + " ms", figures{"p50": p.p50, "p99": p.p99}, nil
}

func (c *crowd) reached(want int) bool {
	got := 0
	for _, m := range c.clients {
		got += int(m.got.Load())
	}
	return got >= want
}

// lateJoin opens a document with a history 40 times, one after the other, while its writer stays.
func lateJoin(s *server) (string, figures, error) {
	rooms, err := s.rooms(5, 1)
	if err != nil {
		return "", nil, err
	}
	c, err := gather(s, rooms, 30, 128)
	defer c.leave()
	if err != nil {
		return "", nil, err
	}
	if err := pace(600, 5*time.Second, func(i int) error { return c.typeOne(c.clients[i%len(c.clients)]) }); err != nil {
		return "", nil, err
	}
	c.settle(3000*29, 10*time.Second)
	lat, err := joins(s, rooms[0], 40)
	return "p50 / p99 " + pair(lat) + " ms", figures{"p50": lat.p50, "p99": lat.p99}, err
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
func storm(s *server) (string, figures, error) {
	rooms, err := s.rooms(10, 200)
	if err != nil {
		return "", nil, err
	}
	c, err := gather(s, rooms, 12, 4)
	defer func() { c.leave() }()
	if err != nil {
		return "", nil, err
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
		return "", nil, err
	default:
	}
	p := percentilesOf(lat)
	return fmt.Sprintf("all back and synced after %.2f s (half of them after %.2f s)", p.max/1000, p.p50/1000), figures{"s": p.max / 1000}, nil
}

// deaf has one client that opens a document and then reads nothing, while three others set long values.
func deaf(s *server) (string, figures, error) {
	rooms, err := s.rooms(6, 1)
	if err != nil {
		return "", nil, err
	}
	c, err := gather(s, rooms, 50, 2048)
	defer c.leave()
	if err != nil {
		return "", nil, err
	}
	w, err := dialWire(s.addrs[0], s.path(rooms[0]), s.cookie, 4096)
	if err != nil {
		return "", nil, err
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
	const rate, d = 200, 30 * time.Second
	begun, cut, gone := time.Now(), time.Duration(0), 0
	if err := pace(rate, d, func(i int) error {
		m := c.clients[i%3]
		u := m.p.update(m.room, scalar(m.id, m.clock, keys[i%3], text))
		m.sent[m.clock].Store(c.now())
		m.clock++
		if i%20 == 0 {
			most = max(most, s.rss())
			switch { // five times: the kernel's list, read while it changes, may leave one out
			case held(s.addrs[0], w.c.LocalAddr().String()):
				gone, cut = 0, 0
			case gone == 0:
				gone, cut = 1, time.Since(begun)
			default:
				gone++
			}
		}
		return m.w.write(u)
	}); err != nil {
		return "", nil, err
	}
	want := rate * int(d.Seconds()) * 49
	c.settle(want, 10*time.Second)
	var lat []int32
	got := 0
	for _, m := range c.clients {
		lat = append(lat, m.lat...)
		got += int(m.got.Load())
	}
	told := "was never cut"
	if gone < 5 {
		cut = 0
	} else {
		told = fmt.Sprintf("was cut after %.0f s", cut.Seconds())
	}
	p := percentilesOf(lat)
	return fmt.Sprintf("memory at most %+.0f MB, the deaf one %s; the others: p50 / p99 %s ms, %d lost", float64(most-before)/1e6, told, pair(p), want-got),
		figures{"MB": float64(most-before) / 1e6, "cut": cut.Seconds(), "p99": p.p99, "lost": float64(want - got)}, nil
}

// held tells whether the server's side of a connection is still established.
func held(server, client string) bool {
	b, _ := os.ReadFile("/proc/net/tcp")
	mapped, _ := os.ReadFile("/proc/net/tcp6")
	_, from, _ := net.SplitHostPort(server)
	_, to, _ := net.SplitHostPort(client)
	local, remote := ":"+hexPort(from), ":"+hexPort(to)
	for line := range strings.Lines(string(b) + string(mapped)) {
		f := strings.Fields(line)
		if len(f) > 3 && strings.HasSuffix(f[1], local) && strings.HasSuffix(f[2], remote) {
			return f[3] == "01"
		}
	}
	return false
}

func hexPort(p string) string {
	n, _ := strconv.Atoi(p)
	return fmt.Sprintf("%04X", n)
}

// idle holds 5,000 connections that say nothing.
func idle(s *server) (string, figures, error) {
	rooms, err := s.rooms(10, 2500)
	if err != nil {
		return "", nil, err
	}
	time.Sleep(time.Second)
	empty := s.rss()
	c, err := gather(s, rooms, 2, 1)
	defer c.leave()
	if err != nil {
		return "", nil, err
	}
	time.Sleep(2 * time.Second)
	cpu, begun := s.cpuOf(s.nodes), time.Now()
	time.Sleep(5 * time.Second)
	full := s.rss() // of servers that have come to rest: what the rush left is garbage, and each collects it in its own time
	used, each := (s.cpuOf(s.nodes)-cpu)/time.Since(begun).Seconds()*100, float64(full-empty)/5000/1000
	return fmt.Sprintf("%.0f MB empty, %.0f MB with 5,000: %.1f kB each; CPU while idle %.1f %%", float64(empty)/1e6, float64(full)/1e6, each, used),
		figures{"empty": float64(empty) / 1e6, "MB": float64(full) / 1e6, "kB": each}, nil
}

// cold writes 940 rows into each of 40 plans, with a pause after 510 for the snapshot (500 rows or 256 kB), then kills the server three times and opens each
// after it has started again.
func cold(s *server) (string, figures, error) {
	rooms, err := s.rooms(10, 40)
	if err != nil {
		return "", nil, err
	}
	c, err := gather(s, rooms, 1, 1200)
	if err != nil {
		c.leave()
		return "", nil, err
	}
	const rate = 2500 // below what one client may send a second
	for _, rows := range []int{510, 430} {
		if err := pace(rate, time.Duration(rows*len(rooms))*time.Second/rate, func(i int) error { return c.typeOne(c.clients[i%len(rooms)]) }); err != nil {
			return "", nil, err
		}
		time.Sleep(3 * time.Second)
	}
	for _, m := range c.clients {
		if missing := len(m.queue); missing > 0 {
			return "", nil, fmt.Errorf("%s: %d edits are not acknowledged", m.room, missing)
		}
	}
	var lat []int32
	rows := ""
	for range 3 {
		s.kill()          // before anybody leaves: a room that ends in peace makes a snapshot first
		c.leave()         // of a server that is gone; leaving twice does nothing
		if s.data != "" { // read here: a room of the time before that was idle long enough has its snapshot already, and is no cold one
			few, many, err := behind(s.data, rooms)
			switch {
			case err != nil:
				return "", nil, err
			case few < 400 && len(lat) == 0:
				return "", nil, fmt.Errorf("only %d rows after a snapshot", few)
			case few >= 400:
				rows = fmt.Sprintf("; %d to %d rows after a snapshot", few, many)
			}
			if few < 400 {
				break
			}
		}
		if err := s.restart(); err != nil {
			return "", nil, err
		}
		for _, room := range rooms {
			p, err := joins(s, room, 1)
			if err != nil {
				return "", nil, err
			}
			lat = append(lat, int32(p.max*1000))
		}
	}
	p := percentilesOf(lat)
	line := fmt.Sprintf("p50 / p99 %s ms, handshake included; %d opens%s", pair(p), len(lat), rows)
	return line, figures{"p50": p.p50, "p99": p.p99}, nil
}
