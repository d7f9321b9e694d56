package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
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
	{"COLD", "cold open of a plan after a restart: snapshot and about 450 rows of log", 50, onlyKasane, cold},
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
	var failed error
	for _, t := range trials {
		if chosen(*scenarios, t.name) {
			failed = errors.Join(failed, b.try(t))
		}
	}
	b.printMeasures()
	return failed
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
	var failed error
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
		if err != nil { // one that fails is told, and the others are measured all the same
			printf("- %s: no figure: %v\n", s.name, err)
			failed = errors.Join(failed, fmt.Errorf("%s, %s: %w", t.name, s.name, err))
		}
	}
	b.judgeTrial(t.name, found)
	return failed
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
	run := &loadRun{load: l, results: map[string]result{}, commit: map[bool]commitCost{}}
	for _, s := range b.servers {
		calm(*patience)
		if err := b.awake(l.name, s, func() (err error) { run.results[s.name], err = l.run(s, b.d); return err }); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		if s.kasane() { // beside it in time: this machine is not the same a minute later
			pg := len(s.needs) > 0
			if _, ok := run.commit[pg]; !ok {
				var err error
				if run.commit[pg], err = b.commitCost(pg, l.updates, min(b.d, 4*time.Second)); err != nil {
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
	commit  map[bool]commitCost // by whether it is PostgreSQL
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
			printf("| one commit at this rate, %s | %s | %.1f | | | | %.1f | | | | | | |\n", map[bool]string{false: "SQLite", true: "PostgreSQL"}[pg], pair(c.percentiles), c.max, c.cpu*100)
		}
	}
}

func pair(p percentiles) string {
	if p.n == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f / %.2f", p.p50, p.p99)
}
