//go:build unix

package store_test

import (
	"context"
	"fmt"
	"syscall"
	"testing"

	"kasane/internal/live"
	"kasane/internal/store/storetest"
)

// BenchmarkAppend is one change of one document, brought into the log: the time until it is durable, and the processor time this process takes for it. In
// "first" each change is the first of its author in its document.
func BenchmarkAppend(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		for _, docs := range []int{1, 1000} {
			for _, first := range []bool{false, true} {
				b.Run(fmt.Sprintf("%s/docs=%d/first=%t", engine, docs, first), func(b *testing.B) { benchmarkAppend(b, engine, docs, first) })
			}
		}
	}
}

func benchmarkAppend(b *testing.B, engine string, docs int, first bool) {
	s, _ := storetest.Open(b, engine)
	ids := make([]string, docs)
	for i := range ids {
		ids[i] = fmt.Sprintf("01JZ%022d", i*7919%docs)
	}
	makeDocs(b, s, ids...)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	client, begun := uint64(0), cpu()
	for b.Loop() {
		client++
		list := []live.Batch{batch(ids[client%uint64(docs)], client, "u1", "a change of some thirty bytes.")}
		if !first {
			list[0].Clients = nil
		}
		if out, err := s.AppendDocs(ctx, list); err != nil || out[0].Err != nil {
			b.Fatal(out, err)
		}
	}
	b.ReportMetric(float64(cpu()-begun)/float64(b.N)/1e3, "cpu-µs/op")
}

// cpu is the processor time of this process in nanoseconds.
func cpu() int64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return u.Utime.Nano() + u.Stime.Nano()
}
