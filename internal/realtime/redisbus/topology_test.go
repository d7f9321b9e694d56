package redisbus_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kasane/internal/realtime"
	"kasane/internal/realtime/bustest"
	"kasane/internal/realtime/redisbus"
)

// port finds a free one.
func port(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, p, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// runRedis starts a redis-server with arguments, and waits until it answers.
func runRedis(t *testing.T, p string, args ...string) {
	t.Helper()
	cmd := exec.Command("redis-server", args...)
	cmd.Dir = t.TempDir()
	if err := cmd.Start(); err != nil {
		t.Fatalf("redis-server is needed for this test: %v", err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	bustest.Until(t, "redis on "+p, func() bool { return cli(p, "PING") == "PONG" })
}

func cli(p string, args ...string) string {
	out, err := exec.Command("redis-cli", append([]string{"-p", p}, args...)...).CombinedOutput()
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(out))
}

// contract runs the suite on an address.
func contract(t *testing.T, urls string) {
	open := func(t *testing.T) realtime.Bus {
		b, err := redisbus.Open(urls, slog.New(slog.NewTextHandler(io.Discard, nil)))
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		ended := make(chan struct{})
		go func() { defer close(ended); _ = b.Run(ctx) }()
		t.Cleanup(func() { cancel(); <-ended })
		return b
	}
	bustest.Bus(t, func(t *testing.T) (a, b realtime.Bus) { return open(t), open(t) })
}

func TestContractOnCluster(t *testing.T) {
	t.Parallel()
	var ports, busPorts []string
	for range 2 {
		p, bus := port(t), port(t)
		runRedis(t, p, "--port", p, "--bind", "127.0.0.1", "--cluster-enabled", "yes", "--cluster-port", bus, "--save", "")
		ports, busPorts = append(ports, p), append(busPorts, bus)
	}
	// Each half of the slots on one node, so that topics lie on both.
	for i, r := range []string{"0 8191", "8192 16383"} {
		if s := cli(ports[i], append([]string{"CLUSTER", "ADDSLOTSRANGE"}, strings.Fields(r)...)...); s != "OK" {
			t.Fatalf("slots: %s", s)
		}
		if s := cli(ports[i], "CLUSTER", "SET-CONFIG-EPOCH", fmt.Sprint(i+1)); s != "OK" {
			t.Fatalf("epoch: %s", s)
		}
	}
	if s := cli(ports[0], "CLUSTER", "MEET", "127.0.0.1", ports[1], busPorts[1]); s != "OK" {
		t.Fatalf("meet: %s", s)
	}
	for _, p := range ports {
		bustest.Until(t, "cluster", func() bool {
			return strings.Contains(cli(p, "CLUSTER", "INFO"), "cluster_state:ok")
		})
	}
	contract(t, "redis://127.0.0.1:"+ports[0]+",redis://127.0.0.1:"+ports[1])
}

func TestContractOnSentinel(t *testing.T) {
	t.Parallel()
	master, sentinel := port(t), port(t)
	runRedis(t, master, "--port", master, "--bind", "127.0.0.1", "--save", "")
	conf := filepath.Join(t.TempDir(), "sentinel.conf")
	text := fmt.Sprintf("port %s\nbind 127.0.0.1\nsentinel monitor kasane 127.0.0.1 %s 1\n", sentinel, master)
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	runRedis(t, sentinel, conf, "--sentinel")
	contract(t, "redis://127.0.0.1:"+sentinel+"?master_name=kasane")
}
