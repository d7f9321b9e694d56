package store_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/oversight"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// fillLog writes n entries, gap apart, of 50 users at 150 cases, with one statement.
func fillLog(t testing.TB, s *store.Store, from time.Time, n int, gap time.Duration) {
	t.Helper()
	err := store.Exec(context.Background(), s, `INSERT INTO audit_entry
		(tenant, id, at, actor_id, agency_id, session_id, ip, verb, case_id, meeting_id, target, result, reason, hash)
		WITH RECURSIVE g(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM g WHERE i + 1 < $1)
		SELECT $2, substr(CAST(100000000 + i AS TEXT), 2) || '-entry-of-the-log', CAST($3 AS BIGINT) + i * CAST($4 AS BIGINT), 'u' || CAST(i % 50 AS TEXT), 'a' || CAST(i % 20 AS TEXT),
			'5f1d0c5a9b7e4d3c8f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d' || CAST(i % 90 AS TEXT), '192.0.2.' || CAST(i % 60 AS TEXT),
			CASE i % 10 WHEN 0 THEN 'case.list' WHEN 1 THEN 'case.open' WHEN 2 THEN 'meeting.read' WHEN 3 THEN 'plan.open' ELSE 'document.open' END,
			'c' || CAST(i * 31 / 7 % 150 AS TEXT), '', 'd' || CAST(i % 3000 AS TEXT), 'ok', '', '' FROM g`, int64(n), tenant, from.UnixMicro(), gap.Microseconds())
	if err != nil {
		t.Fatal(err)
	}
}

// BenchmarkOversight asks a log of a million entries of a year, on both engines. "peak-MB" is the most the Go heap held while it was asked.
func BenchmarkOversight(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		s, _ := storetest.Open(b, engine)
		storetest.NewWorld(b, s, tenant)
		const n = 1_000_000
		from := storetest.Start.Add(-365 * 24 * time.Hour)
		fillLog(b, s, from, n, 365*24*time.Hour/n)
		if engine == "postgres" {
			if err := store.Exec(context.Background(), s, `ANALYZE audit_entry`); err != nil {
				b.Fatal(err)
			}
		}
		ctx, to := context.Background(), storetest.Start
		year := oversight.Query{From: from, To: to, Limit: 100}
		for name, ask := range map[string]func() (int, error){
			"page of all": func() (int, error) { p, _, err := s.AuditPage(ctx, auditor, year); return len(p), err },
			"page of one user": func() (int, error) {
				q := year
				q.Actor = "u7"
				p, _, err := s.AuditPage(ctx, auditor, q)
				return len(p), err
			},
			"page that nothing passes": func() (int, error) {
				q := year
				q.Result = "denied"
				p, _, err := s.AuditPage(ctx, auditor, q)
				return len(p), err
			},
			"after hours": func() (int, error) {
				q := year
				q.Outside = &oversight.Hours{From: 510, To: 1035, OfficeDays: true}
				p, _, err := s.AuditPage(ctx, auditor, q)
				return len(p), err
			},
			"who saw a case, a year": func() (int, error) {
				q := year
				q.Case, q.Verbs = "c7", oversight.Looks()
				return s.EachLook(ctx, auditor, q, func(oversight.Look) error { return nil })
			},
			"every look of a year": func() (int, error) {
				q := year
				q.Verbs = oversight.Looks()
				return s.EachLook(ctx, auditor, q, func(oversight.Look) error { return nil })
			},
			"counts of a month": func() (int, error) {
				q := year
				q.From = to.Add(-30 * 24 * time.Hour)
				c, err := s.Tally(ctx, auditor, q)
				return len(c), err
			},
			"who searched": func() (int, error) {
				var marks []string
				for i := range 820 {
					marks = append(marks, fmt.Sprintf("%064d", i))
				}
				hits, err := s.Searches(ctx, auditor, year, marks)
				return len(hits), err
			},
		} {
			b.Run(engine+"/"+name, func(b *testing.B) {
				runtime.GC()
				peak := watchHeap()
				rows := 0
				for b.Loop() {
					var err error
					if rows, err = ask(); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(rows), "rows")
				b.ReportMetric(float64(peak())/1e6, "peak-MB")
			})
		}
	}
}

// watchHeap looks at the heap until it is asked for the most it saw.
func watchHeap() (peak func() uint64) {
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		var top uint64
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			top = max(top, m.HeapInuse)
			select {
			case <-stop:
				most <- top
				return
			case <-tick.C:
			}
		}
	}()
	return func() uint64 { close(stop); return <-most }
}

// BenchmarkAuditAppend is one entry brought into a log that has a hundred thousand: what the indexes cost.
func BenchmarkAuditAppend(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			s, clock := storetest.Open(b, engine)
			storetest.NewWorld(b, s, tenant)
			fillLog(b, s, storetest.Start.Add(-24*time.Hour), 100_000, time.Second/2)
			list := make([]access.Entry, 100)
			for b.Loop() {
				for i := range list {
					at := clock.Now()
					list[i] = access.Entry{ID: access.NewID(at), At: at, Tenant: tenant, ActorID: fmt.Sprint("u", i%50), AgencyID: "a1", Verb: access.VerbDocOpen, CaseID: "c1", Target: "d1", Result: "ok"}
				}
				if err := s.AppendAudit(context.Background(), list...); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(list)), "µs/entry")
		})
	}
}
