//go:build linux

package faults_test

import (
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"kasane/internal/realtime/redisbus/redistest"
)

// held is what a node takes, now: memory in kB, and processor time in seconds since it began.
func (n *node) held(t testing.TB) (kB, seconds float64) {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", n.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kB, _ = strconv.ParseFloat(strings.Fields(rest)[0], 64)
		}
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", n.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	for _, i := range []int{11, 12} { // utime, stime
		ticks, _ := strconv.ParseFloat(fields[i], 64)
		seconds += ticks / 100
	}
	return kB, seconds
}

// idleFor is how long nodes in which nobody works are watched.
const idleFor = time.Minute

// idling is what an installation takes while nobody works: of a node memory and processor time, of the database its size, and what the nodes ask of it in a minute.
type idling struct{ kB, percent, size, commits, rows float64 }

// idle watches nodes for a while.
func idle(b *testing.B, pg *postgres, nodes []*node) (x idling) {
	b.Helper()
	asked := func() (commits, rows float64) {
		n, err := fmt.Sscanf(pg.ask("SELECT xact_commit || ' ' || tup_returned + tup_fetched FROM pg_stat_database WHERE datname = 'kasane'"), "%g %g", &commits, &rows)
		if n != 2 {
			b.Fatal(err)
		}
		return commits, rows
	}
	for _, n := range nodes {
		n.well()
		_, s := n.held(b)
		x.percent -= s
	}
	commits, rows := asked()
	time.Sleep(idleFor)
	x.commits, x.rows = asked()
	x.commits, x.rows = (x.commits-commits)/idleFor.Minutes(), (x.rows-rows)/idleFor.Minutes()
	count := float64(len(nodes))
	for _, n := range nodes {
		k, s := n.held(b)
		x.kB, x.percent = x.kB+k/count, x.percent+s
	}
	x.percent = x.percent / count / idleFor.Seconds() * 100
	x.size, _ = strconv.ParseFloat(pg.ask("SELECT pg_database_size('kasane') / 1024"), 64)
	return x
}

// BenchmarkIdleMunicipalities tells what a municipality costs in which nobody works: two nodes on PostgreSQL and Redis, KASANE_TOWNS (200) municipalities beside the
// demo.
func BenchmarkIdleMunicipalities(b *testing.B) {
	towns := number("KASANE_TOWNS", 200)
	pg, redis := newPostgres(b), redistest.Start(b)
	env := []string{"DATABASE_URL=" + pg.url(pg.addr()), "REDIS_URL=" + redis.URL(), "KASANE_FILE_KEY=" + base64.StdEncoding.EncodeToString(make([]byte, 32))}
	var nodes []*node
	for i := range 2 {
		nodes = append(nodes, newNode(b, b.TempDir(), append(env, "KASANE_NODE=node"+strconv.Itoa(i))...))
	}
	binary, err := built()
	if err != nil {
		b.Fatal(err)
	}
	before := idle(b, pg, nodes)
	for i := range towns {
		cmd := exec.Command(binary, "municipality", "add", "--data", b.TempDir(), "--name", fmt.Sprintf("町%d", i), "--code", fmt.Sprintf("9%05d", i), "--agency", "福祉課", "--admin", "山田", "--login", "yamada")
		cmd.Env = append(os.Environ(), env...)
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	}
	time.Sleep(2 * time.Minute) // what is done once for a new municipality is done
	with := idle(b, pg, nodes)
	for name, x := range map[string]idling{"before": before, "with": with} {
		b.ReportMetric(x.kB/1024, "MB-"+name)
		b.ReportMetric(x.percent, "cpu%-"+name)
		b.ReportMetric(x.commits, "transactions/min-"+name)
		b.ReportMetric(x.rows, "rows/min-"+name)
	}
	b.ReportMetric((with.kB-before.kB)/float64(towns), "kB/town")
	b.ReportMetric((with.size-before.size)/float64(towns), "kB-database/town")
	b.ReportMetric((with.rows-before.rows)/float64(towns), "rows/min/town")
	b.ReportMetric(0, "ns/op")
}
