//go:build linux

// Package faults_test lets the real program lose what it stands on, one thing after the other, while people type: PostgreSQL, Redis, the line between, a
// node, the room on the disk. After each, every acknowledged edit has to be there exactly once, in the log and on every screen; nobody may have been shown what is
// not stored; /readyz has to have said what was wrong; and nobody but the test may have restarted anything.
//
// KASANE_FAULT_ROUNDS rounds are run, with the seeds from KASANE_FAULT_SEED on: the order of the faults and their moments. By default one round, seed 1.
package faults_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"kasane/internal/live"
	"kasane/internal/live/livetest"
	"kasane/internal/realtime/redisbus/redistest"
	"kasane/internal/relaytest"
	"kasane/internal/store"
)

// stage is two nodes on PostgreSQL and Redis, with people at both. Node 0 reaches PostgreSQL by a relay.
type stage struct {
	t     *testing.T
	rnd   *rand.Rand
	pg    *postgres
	redis *redistest.Server
	line  *relaytest.Relay
	lose  atomic.Int32 // so many appends are still to be left without an answer
	nodes [2]*node
	crowd *crowd
}

func newStage(t *testing.T, seed uint64) *stage {
	s := &stage{t: t, rnd: rand.New(rand.NewPCG(seed, 1)), pg: newPostgres(t), redis: redistest.Start(t)}
	s.line = relaytest.Start(t, "tcp", s.pg.addr(), relaytest.Rules{Judge: s.judge})
	for i, addr := range []string{s.line.Addr(), s.pg.addr()} {
		s.nodes[i] = newNode(t, t.TempDir(), "DATABASE_URL="+s.pg.url(addr), "REDIS_URL="+s.redis.URL(), "KASANE_NODE=node"+strconv.Itoa(i),
			"KASANE_FILE_KEY="+base64.StdEncoding.EncodeToString(make([]byte, 32)))
	}
	for _, n := range s.nodes {
		n.well()
	}
	s.crowd = newCrowd(t, s.rnd, number("KASANE_FAULT_PEOPLE", 10), s.nodes[0].url, s.nodes[1].url)
	return s
}

// judge swallows the answers to appends, as often as asked. They are known by the words in them.
func (s *stage) judge(piece []byte) relaytest.Fate {
	if !bytes.Contains(piece, []byte("〔")) || s.lose.Add(-1) < 0 {
		return relaytest.Pass
	}
	return relaytest.Swallow
}

func number(env string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(env)); err == nil {
		return n
	}
	return otherwise
}

// complain waits until /readyz of the nodes, of all if none is named, complains of a check in words, and tells how long it took.
func (s *stage) complain(check, words string, nodes ...int) {
	s.t.Helper()
	for i, n := range s.nodes {
		if len(nodes) > 0 && !slices.Contains(nodes, i) {
			continue
		}
		last := ""
		d := until(s.t, fmt.Sprintf("node %d says what is wrong with %s", i, check), func() bool {
			said, yes := n.trouble()[check]
			last = said
			return yes
		})
		if !strings.Contains(last, words) {
			s.t.Errorf("node %d says of %s: %s", i, check, last)
		}
		s.t.Logf("node %d says so after %v", i, d.Round(time.Millisecond))
	}
}

// steady fails when a check complains.
func (s *stage) steady(check string) {
	s.t.Helper()
	for i, n := range s.nodes {
		if said, yes := n.trouble()[check]; yes {
			s.t.Errorf("node %d says of %s: %s", i, check, said)
		}
	}
}

// fault is one thing that happens while everybody types. It returns when what was taken away is given back.
type fault struct {
	name   string
	happen func(*stage)
}

var faults = []fault{
	{"PostgreSQL is killed", func(s *stage) {
		s.pg.kill()
		s.complain("database", "保存先")
		s.pg.start()
	}},
	{"PostgreSQL stops at once", func(s *stage) {
		s.pg.stop("immediate")
		s.complain("database", "保存先")
		s.pg.start()
	}},
	{"PostgreSQL is away for 20 s", func(s *stage) {
		begun := time.Now()
		s.pg.stop("fast")
		s.complain("database", "保存先")
		time.Sleep(time.Until(begun.Add(20 * time.Second)))
		s.complain("database", "保存先")
		s.pg.start()
	}},
	{"the answers to appends are lost", func(s *stage) {
		s.lose.Store(5)
		until(s.t, "five answers lost", func() bool { return s.lose.Load() <= 0 })
	}},
	{"the line to PostgreSQL falls silent", func(s *stage) {
		s.line.Mute()
		s.complain("database", "保存先", 0)
		s.crowd.progress("all go on by new connections")
	}},
	{"Redis is flushed", func(s *stage) {
		s.redis.Do("FLUSHALL")
		s.redis.Do("SCRIPT", "FLUSH")
		s.crowd.progress("all go on")
		s.steady("bus")
	}},
	{"Redis hangs", func(s *stage) {
		s.redis.Stop()
		s.complain("bus", "Redis")
		s.crowd.progress("all go on without Redis")
		s.steady("database")
		s.redis.Continue()
	}},
	{"Redis stops and starts", func(s *stage) {
		s.redis.Kill()
		s.complain("bus", "Redis")
		s.crowd.progress("all go on without Redis")
		s.steady("database")
		s.redis.Restart()
	}},
	{aNodeIsKilled, func(s *stage) {
		dead := s.nodes[s.rnd.IntN(2)]
		dead.kill()
		s.crowd.progress("all go on at the other node")
		// Somebody forgot its REDIS_URL: both say so, and each reads from the database what was written at the other.
		env := dead.env
		dead.env = append(slices.Clone(env), "REDIS_URL=")
		dead.start()
		s.complain("nodes", "REDIS_URL")
		s.crowd.progress("all go on at two nodes that cannot call each other")
		s.crowd.settle()
		s.crowd.typeOn()
		dead.signal(syscall.SIGTERM) // it signs off
		dead.wait(s.t)
		dead.env = env
		dead.start()
	}},
}

const aNodeIsKilled = "a node is killed, and comes again without Redis"

// TestFaults: two nodes.
func TestFaults(t *testing.T) {
	t.Parallel()
	first := number("KASANE_FAULT_SEED", 1)
	for seed := first; seed < first+number("KASANE_FAULT_ROUNDS", 1); seed++ {
		t.Run("seed "+strconv.Itoa(seed), func(t *testing.T) {
			s := newStage(t, uint64(seed))
			for _, i := range s.rnd.Perm(len(faults)) {
				if only := os.Getenv("KASANE_FAULT"); strings.Contains(faults[i].name, only) {
					t.Run(faults[i].name, func(t *testing.T) { s.suffer(t, faults[i]) })
				}
				if t.Failed() {
					return
				}
			}
			t.Logf("%d edits acknowledged, none lost, none doubled", s.crowd.edits)
		})
	}
}

// suffer lets a fault happen while everybody types, two of three leaving for good when it begins, and looks what is left.
func (s *stage) suffer(t *testing.T, f fault) {
	t.Cleanup(func(before *testing.T) func() { return func() { s.on(before) } }(s.t))
	s.on(t)
	before := [2]*process{s.nodes[0].process, s.nodes[1].process}
	s.crowd.progress("all type")
	time.Sleep(time.Duration(s.rnd.IntN(400)) * time.Millisecond)
	s.crowd.leave(300 * time.Millisecond)
	f.happen(s)
	begun := time.Now()
	for len(s.crowd.people) < number("KASANE_FAULT_PEOPLE", 10) {
		s.crowd.newcomer()
	}
	for _, n := range s.nodes {
		n.well()
	}
	ready := time.Since(begun)
	s.crowd.progress("all type again")
	until(t, "who was to leave has left", s.crowd.allLeft)
	t.Logf("well again after %v, everybody's words stored again after %v", ready.Round(time.Millisecond), time.Since(begun).Round(time.Millisecond))
	shown := s.crowd.settle()
	s.crowd.judge("on the screens", shown)
	for where, found := range s.stored() {
		if found != shown {
			t.Errorf("%s: %q; shown: %q", where, found, shown)
		}
	}
	for i, n := range s.nodes {
		if f.name != aNodeIsKilled && n.process != before[i] || n.ended() {
			t.Errorf("node %d had to be started again:\n%s", i, &n.log)
		}
	}
	s.crowd.goOn()
}

// on names the test that waits and fails.
func (s *stage) on(t *testing.T) { s.t, s.crowd.t, s.pg.t, s.nodes[0].t, s.nodes[1].t = t, t, t, t, t }

// stored is the text as the database has it: as a room would load it, and from the log alone.
func (s *stage) stored() map[string]string {
	s.t.Helper()
	st, err := store.Open(context.Background(), store.Options{DatabaseURL: s.pg.url(s.pg.addr()), ReadOnly: true, MaxConns: 2, Now: time.Now})
	if err != nil {
		s.t.Fatal(err)
	}
	defer st.Close()
	return texts(s.t, st, s.crowd.doc)
}

func texts(t testing.TB, st *store.Store, name string) map[string]string {
	t.Helper()
	ctx := context.Background()
	all, err := st.ListMunicipalities(ctx)
	if err != nil {
		t.Fatal(err)
	}
	id, _, _ := strings.Cut(name, ".")
	doc, err := live.NewService(st, nil, time.Now).ReadDocument(ctx, all[0].ID, id)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := st.Since(ctx, all[0].ID, id, 0)
	if err != nil {
		t.Fatal(err)
	}
	log := livetest.NewClient(1)
	for i, r := range rows {
		if r.Seq != int64(i)+1 {
			t.Fatalf("row %d of the log has the number %d", i+1, r.Seq)
		}
		if err := log.Apply(r.Update); err != nil {
			t.Fatal(err)
		}
	}
	return map[string]string{"stored": doc.Text(text), "in the log": log.Text(text)}
}
