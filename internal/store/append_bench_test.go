//go:build unix

package store_test

import (
	"context"
	"syscall"
	"testing"

	"kasane/internal/live"
	"kasane/internal/store/storetest"
)

// BenchmarkAppend is one change of one document, brought into the log: the time until it is durable, and the processor time this process takes for it.
func BenchmarkAppend(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			s, _ := storetest.Open(b, engine)
			makeDocs(b, s, "d1")
			list := []live.Batch{batch("d1", 1, "u1", "a change of some thirty bytes.")}
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			add := func() {
				if out, err := s.AppendDocs(ctx, list); err != nil || out[0].Err != nil {
					b.Fatal(out, err)
				}
				list[0].Clients = nil
			}
			add()
			begun := cpu()
			for b.Loop() {
				add()
			}
			b.ReportMetric(float64(cpu()-begun)/float64(b.N)/1e3, "cpu-µs/op")
		})
	}
}

// cpu is the processor time of this process in nanoseconds.
func cpu() int64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return u.Utime.Nano() + u.Stime.Nano()
}
