package redisbus_test

import (
	"context"
	"encoding/binary"
	"io"
	"log/slog"
	"slices"
	"testing"
	"time"

	"kasane/internal/realtime"
	"kasane/internal/realtime/redisbus"
	"kasane/internal/realtime/redisbus/redistest"
)

// BenchmarkPublish is the way of a hint of 100 bytes from one node to another: from Publish to the listener, one after the other.
func BenchmarkPublish(b *testing.B) {
	for name, start := range map[string]func(b *testing.B) string{
		"one":     func(b *testing.B) string { return redistest.Start(b).URL() },
		"cluster": func(b *testing.B) string { return redistest.NewCluster(b, 3, 0).URL() },
	} {
		b.Run(name, func(b *testing.B) { benchPublish(b, start(b)) })
	}
}

func benchPublish(b *testing.B, urls string) {
	ctx, cancel := context.WithCancel(context.Background())
	var ends []chan struct{}
	node := func() *redisbus.Bus {
		bus, err := redisbus.Open(urls, slog.New(slog.NewTextHandler(io.Discard, nil)))
		if err != nil {
			b.Fatal(err)
		}
		ended := make(chan struct{})
		ends = append(ends, ended)
		go func() { defer close(ended); _ = bus.Run(ctx) }()
		return bus
	}
	defer func() {
		cancel()
		for _, e := range ends {
			<-e
		}
	}()
	from, to := node(), node()
	ready, heard := make(chan struct{}, 1), make(chan time.Time, 1)
	defer to.Subscribe("doc:t:1", realtime.Listener{Gap: func() { ready <- struct{}{} }, Message: func([]byte) { heard <- time.Now() }})()
	<-ready
	redistest.Until(b, "up", func() bool { return from.Up() && to.Up() })
	data := make([]byte, 100)
	times := make([]time.Duration, 0, b.N)
	b.ResetTimer()
	for i := range b.N {
		binary.BigEndian.PutUint64(data, uint64(i))
		begun := time.Now()
		if err := from.Publish(ctx, realtime.Post{Topic: "doc:t:1", Data: data}); err != nil {
			b.Fatal(err)
		}
		times = append(times, (<-heard).Sub(begun))
	}
	b.StopTimer()
	slices.Sort(times)
	at := func(q float64) float64 { return float64(times[int(q*float64(len(times)-1))]) / 1e6 }
	b.ReportMetric(at(0.5), "p50-ms")
	b.ReportMetric(at(0.99), "p99-ms")
}
