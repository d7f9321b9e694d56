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

// BenchmarkIdleMunicipalities tells what a municipality costs in which nobody works: two nodes on PostgreSQL and Redis, KASANE_TOWNS (200) municipalities beside the
// demo.
func BenchmarkIdleMunicipalities(b *testing.B) {
	towns, idle := number("KASANE_TOWNS", 200), 30*time.Second
	pg, redis := newPostgres(b), redistest.Start(b)
	env := []string{"DATABASE_URL=" + pg.url(pg.addr()), "REDIS_URL=" + redis.URL(), "KASANE_FILE_KEY=" + base64.StdEncoding.EncodeToString(make([]byte, 32))}
	var nodes []*node
	for i := range 2 {
		nodes = append(nodes, newNode(b, b.TempDir(), append(env, "KASANE_NODE=node"+strconv.Itoa(i))...))
	}
	measure := func() (kB, percent, size float64) {
		var before, after float64
		for _, n := range nodes {
			n.well()
			_, s := n.held(b)
			before += s
		}
		time.Sleep(idle)
		for _, n := range nodes {
			k, s := n.held(b)
			kB, after = kB+k/2, after+s
		}
		size, _ = strconv.ParseFloat(pg.ask("SELECT pg_database_size('kasane') / 1024"), 64)
		return kB, (after - before) / 2 / idle.Seconds() * 100, size
	}
	binary, err := built()
	if err != nil {
		b.Fatal(err)
	}
	kB, percent, size := measure()
	for i := range towns {
		cmd := exec.Command(binary, "municipality", "add", "--data", b.TempDir(), "--name", fmt.Sprintf("町%d", i), "--code", fmt.Sprintf("9%05d", i), "--agency", "福祉課", "--admin", "山田", "--login", "yamada")
		cmd.Env = append(os.Environ(), env...)
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	}
	kB2, percent2, size2 := measure()
	b.ReportMetric(kB/1024, "MB-before")
	b.ReportMetric((kB2-kB)/float64(towns), "kB/town")
	b.ReportMetric(percent, "cpu%-before")
	b.ReportMetric(percent2, "cpu%-with")
	b.ReportMetric((size2-size)/float64(towns), "kB-database/town")
	b.ReportMetric(0, "ns/op")
}
