// Package redistest runs Redis servers for tests: one, with Sentinels, or a Cluster.
package redistest

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// patience is for what servers decide among themselves (elections), on a machine that has other things to do.
const patience = 60 * time.Second

// Until waits for a condition.
func Until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within %v", what, patience)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// Server is one redis-server on 127.0.0.1.
type Server struct {
	Port string
	t    testing.TB
	args []string
	dir  string
	cmd  *exec.Cmd
	ends chan struct{}
}

// freePort finds a port outside of what the system gives to outgoing connections: nobody else takes it while the server is away.
func freePort(t testing.TB) string {
	t.Helper()
	for range 100 {
		p := strconv.Itoa(10000 + rand.IntN(12000))
		if l, err := net.Listen("tcp", "127.0.0.1:"+p); err == nil {
			l.Close()
			return p
		}
	}
	t.Fatal("no free port")
	return ""
}

// Start starts a server with further arguments and waits until it answers. It ends with the test.
func Start(t testing.TB, args ...string) *Server {
	t.Helper()
	s := &Server{t: t, args: args, dir: t.TempDir()}
	t.Cleanup(s.Kill)
	for range 5 {
		s.Port = freePort(t)
		if s.begin() {
			return s
		}
	}
	t.Fatal("redis-server does not start")
	return nil
}

// begin is false when the process ended, for instance because another test took the port.
func (s *Server) begin() bool {
	s.t.Helper()
	args := append(append([]string{}, s.args...), "--port", s.Port, "--bind", "127.0.0.1")
	if len(s.args) == 0 || s.args[len(s.args)-1] != "--sentinel" {
		args = append(args, "--save", "", "--appendonly", "no", "--dir", s.dir)
	}
	s.cmd = exec.Command("redis-server", args...)
	s.cmd.Dir = s.dir
	if err := s.cmd.Start(); err != nil {
		s.t.Fatalf("redis-server is needed for this test: %v", err)
	}
	ended := make(chan struct{})
	s.ends = ended
	go func(c *exec.Cmd) { defer close(ended); _ = c.Wait() }(s.cmd)
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		select {
		case <-ended:
			return false
		default:
		}
		if s.CLI("PING") == "PONG" && s.CLI("INFO", "server") != "" && strings.Contains(s.CLI("INFO", "server"), "process_id:"+strconv.Itoa(s.cmd.Process.Pid)) {
			return true
		}
	}
	return false
}

// Kill ends the server as a power cut would.
func (s *Server) Kill() {
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Kill()
	<-s.ends
	s.cmd = nil
}

// Restart starts a killed server again at its address.
func (s *Server) Restart() {
	s.t.Helper()
	if !s.begin() {
		s.t.Fatal("redis-server does not start again")
	}
}

// Stop lets the server hang: it keeps its connections and does nothing. Continue lets it go on.
func (s *Server) Stop() { _ = s.cmd.Process.Signal(syscall.SIGSTOP) }

// Continue lets a stopped server go on.
func (s *Server) Continue() { _ = s.cmd.Process.Signal(syscall.SIGCONT) }

// Addr is host:port, URL an address for redisbus.
func (s *Server) Addr() string { return "127.0.0.1:" + s.Port }

// URL is an address for redisbus.
func (s *Server) URL() string { return "redis://" + s.Addr() }

// CLI runs one command by redis-cli and returns what it printed, errors too.
func (s *Server) CLI(args ...string) string {
	out, err := exec.Command("redis-cli", append([]string{"-p", s.Port}, args...)...).CombinedOutput()
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(out))
}

// Do is CLI for a command that has to answer OK.
func (s *Server) Do(args ...string) {
	s.t.Helper()
	if out := s.CLI(args...); out != "OK" {
		s.t.Fatalf("%s on %s: %s", strings.Join(args, " "), s.Port, out)
	}
}

// Names lists the channels of Kasane that somebody listens to at a server, heartbeats aside; sharded ones too.
func Names(s *Server) (names []string) {
	if s.cmd == nil {
		return nil
	}
	for _, kind := range []string{"CHANNELS", "SHARDCHANNELS"} {
		for _, name := range strings.Fields(s.CLI("PUBSUB", kind, "kasane:*")) {
			if strings.HasPrefix(name, "kasane:") && !strings.Contains(name, "beat:") {
				names = append(names, name)
			}
		}
	}
	return names
}

// Topic is the topic of a channel.
func Topic(channel string) string {
	if _, topic, sharded := strings.Cut(channel, "}:"); sharded {
		return topic
	}
	return strings.TrimPrefix(channel, "kasane:")
}

// Channel is the channel of a topic that somebody listens to.
func Channel(topic string, servers ...*Server) string {
	for _, s := range servers {
		for _, name := range Names(s) {
			if Topic(name) == topic {
				return name
			}
		}
	}
	return ""
}

// Subscribers counts the connections that listen, by topic.
func Subscribers(servers ...*Server) map[string]int {
	count := map[string]int{}
	for _, s := range servers {
		for _, name := range Names(s) {
			kind := "NUMSUB"
			if strings.Contains(name, "}:") {
				kind = "SHARDNUMSUB"
			}
			f := strings.Fields(s.CLI("PUBSUB", kind, name))
			if n, err := strconv.Atoi(f[len(f)-1]); err == nil {
				count[Topic(name)] += n
			}
		}
	}
	return count
}

// Watched is a master with a replica under Sentinels.
type Watched struct {
	Servers   []*Server // the first is the master at the start
	Sentinels []*Server
}

// Sentinel starts a master, a replica and three sentinels that lose patience after a second.
func Sentinel(t testing.TB) *Watched {
	t.Helper()
	w := &Watched{Servers: []*Server{Start(t)}}
	master := w.Servers[0]
	w.Servers = append(w.Servers, Start(t, "--replicaof", "127.0.0.1 "+master.Port))
	Until(t, "replica", func() bool { return strings.Contains(master.CLI("INFO", "replication"), "state=online") })
	for range 3 {
		conf := filepath.Join(t.TempDir(), "sentinel.conf")
		text := fmt.Sprintf("sentinel monitor kasane 127.0.0.1 %s 2\nsentinel down-after-milliseconds kasane 1000\nsentinel failover-timeout kasane 5000\n", master.Port)
		if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		w.Sentinels = append(w.Sentinels, Start(t, conf, "--sentinel"))
	}
	for _, s := range w.Sentinels {
		Until(t, "sentinels know each other", func() bool {
			return strings.Contains(s.CLI("INFO", "sentinel"), "status=ok,address=127.0.0.1:"+master.Port+",slaves=1,sentinels=3")
		})
	}
	return w
}

// URL is an address for redisbus.
func (w *Watched) URL() string {
	return w.Sentinels[0].URL() + "?master_name=kasane&addr=" + w.Sentinels[1].Addr() + "&addr=" + w.Sentinels[2].Addr()
}

// Master is the master the sentinels agree on; nil while they do not.
func (w *Watched) Master() (m *Server) {
	for _, s := range w.Servers {
		if s.cmd == nil || !strings.Contains(s.CLI("ROLE"), "master") {
			continue
		}
		for _, x := range w.Sentinels {
			if !strings.Contains(x.CLI("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "kasane"), s.Port) {
				return nil
			}
		}
		return s
	}
	return nil
}

// Cluster is a Redis Cluster.
type Cluster struct {
	t       testing.TB
	Servers []*Server // masters first, as they were at the start
}

// NewCluster starts masters that share the slots, and replicas: one each for the first of them. args are for every server.
func NewCluster(t testing.TB, masters, replicas int, args ...string) *Cluster {
	t.Helper()
	c := &Cluster{t: t}
	var busPorts []string
	for range masters + replicas {
		bus := freePort(t)
		busPorts = append(busPorts, bus)
		c.Servers = append(c.Servers, Start(t, append([]string{"--cluster-enabled", "yes", "--cluster-port", bus, "--cluster-node-timeout", "1000",
			"--cluster-replica-validity-factor", "0"}, args...)...))
	}
	for i, s := range c.Servers {
		s.Do("CLUSTER", "SET-CONFIG-EPOCH", strconv.Itoa(i+1))
		if i < masters {
			s.Do("CLUSTER", "ADDSLOTSRANGE", strconv.Itoa(i*16384/masters), strconv.Itoa((i+1)*16384/masters-1))
		}
		if i > 0 {
			c.Servers[0].Do("CLUSTER", "MEET", "127.0.0.1", s.Port, busPorts[i])
		}
	}
	for _, s := range c.Servers {
		Until(t, "cluster", func() bool {
			return strings.Contains(s.CLI("CLUSTER", "INFO"), "cluster_known_nodes:"+strconv.Itoa(len(c.Servers))) && !strings.Contains(s.CLI("CLUSTER", "NODES"), "handshake")
		})
	}
	for i := range replicas {
		c.Servers[masters+i].Do("CLUSTER", "REPLICATE", c.Servers[i].CLI("CLUSTER", "MYID"))
		Until(t, "replica", func() bool { return strings.Contains(c.Servers[i].CLI("INFO", "replication"), "state=online") })
	}
	c.Settle()
	return c
}

// Settle waits until all that live say that all is well.
func (c *Cluster) Settle() {
	c.t.Helper()
	for _, s := range c.Servers {
		if s.cmd != nil {
			Until(c.t, "cluster is well", func() bool {
				nodes := s.CLI("CLUSTER", "NODES")
				return strings.Contains(s.CLI("CLUSTER", "INFO"), "cluster_state:ok") && !strings.Contains(nodes, "disconnected") && !strings.Contains(nodes, "fail")
			})
		}
	}
}

// URL is an address for redisbus.
func (c *Cluster) URL() string {
	var list []string
	for _, s := range c.Servers {
		list = append(list, s.URL())
	}
	return strings.Join(list, ",")
}

func (c *Cluster) alive() *Server {
	for _, s := range c.Servers {
		if s.cmd != nil {
			return s
		}
	}
	c.t.Fatal("no server is left")
	return nil
}

// Owner is the master of a channel's slot.
func (c *Cluster) Owner(channel string) *Server {
	c.t.Helper()
	slot, err := strconv.Atoi(c.alive().CLI("CLUSTER", "KEYSLOT", channel))
	if err != nil {
		c.t.Fatal(err)
	}
	for _, s := range c.Servers {
		if s.cmd == nil {
			continue
		}
		for _, line := range strings.Split(s.CLI("CLUSTER", "NODES"), "\n") {
			if f := strings.Fields(line); len(f) > 8 && strings.Contains(f[2], "myself,master") && holds(f[8:], slot) {
				return s
			}
		}
	}
	return nil
}

func holds(ranges []string, slot int) bool {
	for _, r := range ranges {
		from, to, more := strings.Cut(r, "-")
		a, err := strconv.Atoi(from)
		b := a
		if more {
			b, _ = strconv.Atoi(to)
		}
		if err == nil && a <= slot && slot <= b {
			return true
		}
	}
	return false
}

// Move gives the slot of a channel to another master.
func (c *Cluster) Move(channel string, to *Server) {
	c.t.Helper()
	from := c.Owner(channel)
	slot := from.CLI("CLUSTER", "KEYSLOT", channel)
	to.Do("CLUSTER", "SETSLOT", slot, "IMPORTING", from.CLI("CLUSTER", "MYID"))
	from.Do("CLUSTER", "SETSLOT", slot, "MIGRATING", to.CLI("CLUSTER", "MYID"))
	for _, s := range []*Server{to, from} {
		s.Do("CLUSTER", "SETSLOT", slot, "NODE", to.CLI("CLUSTER", "MYID"))
	}
	for _, s := range c.Servers {
		if s.cmd != nil && s != to && s != from && strings.Contains(s.CLI("ROLE"), "master") {
			s.Do("CLUSTER", "SETSLOT", slot, "NODE", to.CLI("CLUSTER", "MYID"))
		}
	}
}

// With and Without change the arguments of a server for its next Restart.
func (s *Server) With(args ...string) { s.args = append(append([]string{}, s.args...), args...) }

// Without takes the last n arguments away.
func (s *Server) Without(n int) { s.args = s.args[:len(s.args)-n] }
