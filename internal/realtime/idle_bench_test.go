package realtime_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/live"
	"kasane/internal/live/livetest"
	"kasane/internal/realtime"
)

// BenchmarkIdleConnections holds 2,000 connections that each have opened one document, two to a document, and say nothing. B/conn is what one takes of
// the server's heap and stacks, its room's half included; the kernel's buffers are not in it. The clients are bare sockets.
func BenchmarkIdleConnections(b *testing.B) {
	const rooms, each = 1000, 2
	store := livetest.NewMemory(time.Now)
	for i := range rooms {
		store.Seed(live.Meta{Tenant: tenant, ID: fmt.Sprintf("doc%d", i), Epoch: 1, Kind: live.KindPlan, CaseID: "c1", AccessVersion: 1})
	}
	hub := realtime.NewHub(realtime.Config{Documents: live.NewService(store, &gate{rights: map[string]live.Rights{}}, time.Now), Bus: realtime.NewLocalBus(),
		Now: time.Now, Log: slog.New(slog.DiscardHandler),
		Identify: func(r *http.Request) (access.Actor, error) { return actorOf(r.Header.Get("X-Session")), nil }})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- hub.Run(ctx) }()
	mux := http.NewServeMux()
	mux.Handle("/hp", hub.Hocuspocus())
	srv := httptest.NewServer(mux)
	for b.Loop() {
		before := memory()
		conns := make([]net.Conn, 0, rooms*each)
		for i := range rooms * each {
			conns = append(conns, idleClient(b, srv.Listener.Addr().String(), fmt.Sprintf("u%d", i), fmt.Sprintf("doc%d.1", i/each)))
		}
		for hub.Stats().Documents < rooms {
			time.Sleep(time.Millisecond)
		}
		b.ReportMetric(float64(memory()-before)/float64(len(conns)), "B/conn")
		for _, c := range conns {
			c.Close()
		}
		for hub.Stats().Connections > 0 {
			time.Sleep(time.Millisecond)
		}
	}
	cancel()
	<-ended
	srv.Close()
}

// idleClient shakes hands, opens a document, and reads until it has been told of its rights.
func idleClient(b *testing.B, addr, user, doc string) net.Conn {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		b.Fatal(err)
	}
	_, err = fmt.Fprintf(c, "GET /hp HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nX-Session: %s\r\n\r\n", addr, user)
	if err != nil {
		b.Fatal(err)
	}
	r := bufio.NewReaderSize(c, 512)
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			b.Fatal(err)
		}
		if strings.TrimSpace(line) == "" {
			break
		}
	}
	payload := append(pb(nil, []byte(doc)), 2, 0, 0)
	frame := append([]byte{0x82, 0x80 | byte(len(payload)), 0, 0, 0, 0}, payload...) // masked with zeros
	if _, err := c.Write(frame); err != nil {
		b.Fatal(err)
	}
	for range 2 { // authenticated, rights
		var head [2]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			b.Fatal(err)
		}
		n := int(head[1])
		if n == 126 {
			if _, err := io.ReadFull(r, head[:]); err != nil {
				b.Fatal(err)
			}
			n = int(head[0])<<8 | int(head[1])
		}
		if _, err := r.Discard(n); err != nil {
			b.Fatal(err)
		}
	}
	return c
}

func memory() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}
