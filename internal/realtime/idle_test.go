package realtime_test

import (
	"encoding/json"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// idleCut is the silence after which many a proxy of an office ends a connection: the default of nginx.
const idleCut = 60 * time.Second

// TestStockClientsAlone: the stock clients, as their packages set them up, keep their connection for 90 seconds though nobody writes, through a proxy
// that cuts what is silent in one direction for 60. Both give up themselves when they hear nothing for 30. The times are those of a real installation.
func TestStockClientsAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	s := newStock(t, n, "ws://"+impatient(t, strings.TrimPrefix(n.url, "ws://"), idleCut), "alone")
	s.expect("synced")
	var cuts struct{ Hocuspocus, Ywebsocket int }
	if err := json.Unmarshal(s.expect("cuts").Value, &cuts); err != nil || cuts.Hocuspocus+cuts.Ywebsocket != 0 {
		t.Fatalf("connections lost: %+v, %v", cuts, err)
	}
	s.expect("still taken")
	s.expect("done")
}

// TestImpatient: the proxy of these tests does cut.
func TestImpatient(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	c, err := net.Dial("tcp", impatient(t, strings.TrimPrefix(n.url, "ws://"), 100*time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, err := c.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("not cut: %v", err)
	}
}

// impatient relays to address and cuts a connection that is silent in one direction for so long; it gives its own address.
func impatient(t *testing.T, address string, silence time.Duration) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", address)
			if err != nil {
				_ = near.Close()
				continue
			}
			go carry(near, far, silence)
			go carry(far, near, silence)
		}
	}()
	return l.Addr().String()
}

func carry(to, from net.Conn, silence time.Duration) {
	defer to.Close()
	defer from.Close()
	b := make([]byte, 32<<10)
	for {
		_ = from.SetReadDeadline(time.Now().Add(silence))
		n, err := from.Read(b)
		if err != nil {
			return
		}
		if _, err := to.Write(b[:n]); err != nil {
			return
		}
	}
}
