package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"strconv"
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
	ctx      context.Context
	d        time.Duration
	servers  []*server
	pg       *process // of the commit's latency
	pgURL    string
	runs     []*loadRun
	measures []measure
}

// trial is a scenario that is not a load: what it prints, and what its measures are taken from.
type trial struct {
	name, head string
	rooms      int // numbers of rooms it uses, counted from 0
	on         func(*peer) bool
	run        func(*server) (string, figures, error)
}

// figures are what a trial found, by name.
type figures map[string]float64

func everybody(*peer) bool { return true }
func servers(p *peer) bool { return p.name != "relay" }
func singles(p *peer) bool {
	return p.name == "kasane-sqlite" || p.name == "hocuspocus" || p.name == "y-websocket"
}
func onlyKasane(p *peer) bool { return p.name == "kasane-sqlite" || p.name == "kasane-postgres" }
func (p *peer) kasane() bool  { return strings.HasPrefix(p.name, "kasane") }
func (b *bench) on(n string) *server {
	for _, s := range b.servers {
		if s.name == n {
			return s
		}
	}
	return nil
}

var trials = []trial{
	{"WRITE", "one write until all of 50 saw it", 10, everybody, writeUntilAll},
	{"JOIN", "late join: from the handshake to a synced text of 3,000 edits", 10, servers, lateJoin},
	{"STORM", "2,400 clients in 200 rooms dropped at once, all come back at once", 210, servers, storm},
	{"COLD", "cold open of a plan after a restart: snapshot and about 490 rows of log", 50, onlyKasane, cold},
	{"DEAF", "a client that never reads, 0.7 MB/s in its room of 50, 30 s", 10, singles, deaf},
	{"IDLE", "5,000 idle connections in 2,500 rooms", 2510, singles, idle},
}

func (b *bench) all() error {
	defer b.stop()
	for _, p := range peers {
		if !chosen(*which, p.name) || (p.extra && *which == "") {
			continue
		}
		s, err := p.start(b.ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		s.peer = p
		b.servers = append(b.servers, s)
	}
	for _, s := range b.servers { // one at a time is awake
		if _, err := s.rooms(0, b.roomsNeeded(s.peer)); err != nil {
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
	for _, t := range trials {
		if chosen(*scenarios, t.name) {
			if err := b.try(t); err != nil {
				return fmt.Errorf("%s, %w", t.name, err)
			}
		}
	}
	b.printMeasures()
	return nil
}

func (b *bench) stop() {
	for _, s := range b.servers {
		s.stop()
	}
	if b.pg != nil {
		b.pg.stop()
	}
	removeTemp()
}

// try runs a trial on every server it is for.
func (b *bench) try(t trial) error {
	printf("\n### %s: %s\n", t.name, t.head)
	found := map[string]figures{}
	for _, s := range b.servers {
		if !t.on(s.peer) {
			continue
		}
		calm(*patience)
		err := b.awake(t.name, s, func() error {
			line, f, err := t.run(s)
			if err == nil {
				printf("- %s: %s\n", s.name, line)
				found[s.name] = f
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	b.judgeTrial(t.name, found)
	return nil
}

func (b *bench) roomsNeeded(p *peer) int {
	n := 10
	for _, l := range loads {
		if chosen(*scenarios, l.name) {
			n = max(n, l.first+l.rooms)
		}
	}
	for _, t := range trials {
		if chosen(*scenarios, t.name) && t.on(p) {
			n = max(n, t.rooms)
		}
	}
	return n
}

// kill ends them as a power cut would.
func (s *server) kill() {
	for _, p := range s.nodes {
		_ = p.cmd.Process.Kill()
		<-p.done
	}
}

// sleep ends the processes of a server; its data stay.
func (s *server) sleep() {
	for _, p := range s.nodes {
		p.stop()
	}
}

func (b *bench) awake(scenario string, s *server, work func() error) error {
	label = scenario + "-" + s.name
	if err := s.restart(); err != nil {
		return err
	}
	defer s.sleep()
	return work()
}

// load runs one scenario on every server and prints its table.
func (b *bench) load(l load) error {
	run := &loadRun{load: l, results: map[string]result{}, commit: map[bool]percentiles{}}
	for _, s := range b.servers {
		calm(*patience)
		if err := b.awake(l.name, s, func() (err error) { run.results[s.name], err = l.run(s, b.d); return err }); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		if s.kasane() { // beside it in time: this machine is not the same a minute later
			pg := len(s.needs) > 0
			if _, ok := run.commit[pg]; !ok {
				var err error
				if run.commit[pg], err = b.commitLatency(pg, l.updates, min(b.d, 4*time.Second)); err != nil {
					return err
				}
			}
		}
	}
	run.print(b.servers)
	b.runs = append(b.runs, run)
	b.judgeLoad(run)
	return nil
}

// loadRun is one scenario on all servers.
type loadRun struct {
	load
	results map[string]result
	commit  map[bool]percentiles // by whether it is PostgreSQL
}

// limit is what no server gets under that has a change in a log before it shows it: a commit, and the passing on.
func (r *loadRun) limit(s *server) (percentiles, bool) {
	relay, c := r.results["relay"].edits, r.commit[len(s.needs) > 0]
	return percentiles{p50: relay.p50 + c.p50, p99: relay.p99 + c.p99}, relay.n > 0 && c.n > 0
}

func (r *loadRun) print(servers []*server) {
	what := fmt.Sprintf("%d × %d, %g edits/s", r.rooms, r.each, r.updates)
	if r.load.presence > 0 {
		what += fmt.Sprintf(", %g cursor moves/s", r.load.presence)
	}
	printf("\n### %s: %s\n\n", r.name, what)
	printf("| server | edits p50 / p99 ms | max | ack p50 / p99 | cursors p50 / p99 | lost | CPU %% | databases %% | sent kB/s | RSS MB | CPU : Hocuspocus | p50, p99 : limit | others %% |\n")
	printf("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n")
	hp := r.results["hocuspocus"]
	for _, s := range servers {
		x := r.results[s.name]
		ratio, limit := "–", "–"
		if s.kasane() {
			if hp.cpu > 0 {
				ratio = fmt.Sprintf("%.2f", x.cpu/hp.cpu)
				if x.needsCPU > 0 {
					ratio += fmt.Sprintf(" (%.2f with databases)", (x.cpu+x.needsCPU)/hp.cpu)
				}
			}
			if l, ok := r.limit(s); ok {
				limit = fmt.Sprintf("%.2f, %.2f", x.edits.p50/l.p50, x.edits.p99/l.p99)
			}
		}
		printf("| %s | %.2f / %.2f | %.1f | %s | %s | %d | %.1f | %.1f | %.0f | %.0f | %s | %s | %.0f |\n", s.name, x.edits.p50, x.edits.p99, x.edits.max,
			pair(x.acks), pair(x.presence), x.lost, x.cpu*100, x.needsCPU*100, x.bytes/1000, float64(x.rss)/1e6, ratio, limit, x.others*100)
	}
	for _, pg := range []bool{false, true} {
		if c := r.commit[pg]; c.n > 0 {
			printf("| one commit at this rate, %s | %s | %.1f | | | | | | | | | | |\n", map[bool]string{false: "SQLite", true: "PostgreSQL"}[pg], pair(c), c.max)
		}
	}
}

func pair(p percentiles) string {
	if p.n == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f / %.2f", p.p50, p.p99)
}

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
	full, cpu, begun := s.rss(), s.cpuOf(s.nodes), time.Now()
	time.Sleep(5 * time.Second)
	used, each := (s.cpuOf(s.nodes)-cpu)/time.Since(begun).Seconds()*100, float64(full-empty)/5000/1000
	return fmt.Sprintf("%.0f MB empty, %.0f MB with 5,000: %.1f kB each; CPU while idle %.1f %%", float64(empty)/1e6, float64(full)/1e6, each, used),
		figures{"empty": float64(empty) / 1e6, "MB": float64(full) / 1e6, "kB": each}, nil
}

// cold writes 1,000 rows into each of 40 plans, with a pause after 510 for the snapshot, then kills the server three times and opens each
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
	for _, rows := range []int{510, 480} {
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
	c.leave()
	var lat []int32
	for range 3 {
		s.kill() // at once: a room that ends in peace makes a snapshot first
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
	line := "p50 / p99 " + pair(p) + " ms, handshake included"
	if s.data != "" {
		few, many, err := behind(s.data, rooms)
		if err != nil {
			return "", nil, err
		}
		if few < 450 {
			return "", nil, fmt.Errorf("only %d rows after a snapshot", few)
		}
		line += fmt.Sprintf("; %d to %d rows after a snapshot", few, many)
	}
	return line, figures{"p50": p.p50, "p99": p.p99}, nil
}
