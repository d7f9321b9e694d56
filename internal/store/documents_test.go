package store_test

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"testing"

	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

const tenant = "m1"

func batch(doc string, client uint64, user string, updates ...string) live.Batch {
	b := live.Batch{Tenant: tenant, DocID: doc, Epoch: 1, Clients: map[uint64]string{client: user}}
	for _, u := range updates {
		b.Rows = append(b.Rows, live.Row{Update: []byte(u), ActorID: user, ActorName: "髙橋 \uFA10", AgencyID: "a1", AgencyName: "社協"})
	}
	return b
}

func makeDocs(t testing.TB, s *store.Store, ids ...string) {
	t.Helper()
	for _, id := range ids {
		m := live.Meta{Tenant: tenant, ID: id, Kind: live.KindPlan, CaseID: "c1", OwnerID: "plan-" + id, Item: consent.ItemBasic}
		if err := store.MakeDocs(context.Background(), s, m); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAppendAndLoad(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		makeDocs(t, s, "d1", "d2")
		out, err := s.AppendDocs(ctx, []live.Batch{batch("d2", 7, "u1", "x"), batch("d1", 7, "u1", "a", "b"), batch("d1", 8, "u2", "c")})
		if err != nil {
			t.Fatal(err)
		}
		want := [][2]int64{{1, 1}, {1, 2}, {3, 3}}
		for i, o := range out {
			if o.Err != nil || [2]int64{o.From, o.To} != want[i] || o.At.IsZero() {
				t.Errorf("batch %d: %+v, want %v", i, o, want[i])
			}
		}
		if err := s.PutSnapshot(ctx, tenant, "d1", 2, []byte("ab")); err != nil {
			t.Fatal(err)
		}
		if err := s.PutSnapshot(ctx, tenant, "d1", 1, []byte("a")); err != nil {
			t.Fatal(err)
		}
		if err := s.PutSnapshot(ctx, tenant, "d1", 9, []byte("z")); !fault.Is(err, fault.Invalid) {
			t.Errorf("snapshot beyond head: %v", err)
		}
		if err := s.PutSnapshot(ctx, tenant, "none", 0, nil); !fault.Is(err, fault.NotFound) {
			t.Errorf("snapshot of nothing: %v", err)
		}
		l, err := s.LoadDoc(ctx, tenant, "d1")
		if err != nil {
			t.Fatal(err)
		}
		if l.SnapSeq != 2 || string(l.Snapshot) != "ab" || len(l.Rows) != 1 || l.Rows[0].Seq != 3 || string(l.Rows[0].Update) != "c" ||
			l.Rows[0].ActorName != "髙橋 \uFA10" || l.Meta.Head != 3 || l.Clients[7] != "u1" || l.Clients[8] != "u2" || l.Meta.Epoch != 1 {
			t.Errorf("loaded %+v", l)
		}
		rows, err := s.Since(ctx, tenant, "d1", 0)
		if err != nil || len(rows) != 3 || !bytes.Equal(rows[1].Update, []byte("b")) {
			t.Errorf("since: %v %v", rows, err)
		}
		heads, err := s.Heads(ctx, tenant, []string{"d1", "d2", "none"})
		if err != nil || len(heads) != 2 || heads["d1"].Head != 3 || heads["d2"].Head != 1 {
			t.Errorf("heads: %v %v", heads, err)
		}
		if _, err := s.LoadDoc(ctx, "m2", "d1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("other municipality: %v", err)
		}
		if _, err := s.DocMeta(ctx, "m2", "d1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("other municipality: %v", err)
		}
	})
}

func TestAppendRefusals(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		makeDocs(t, s, "d1", "d2", "d3")
		if _, err := s.AppendDocs(ctx, []live.Batch{batch("d1", 1<<53+1, "u1", "a")}); err != nil {
			t.Fatal(err)
		}
		if err := store.SetFrozen(ctx, s, tenant, []string{"d3"}, true); err != nil {
			t.Fatal(err)
		}
		old := batch("d2", 5, "u1", "old")
		old.Epoch = 0
		foreign := batch("m2", 5, "u1", "x")
		foreign.DocID, foreign.Tenant = "d1", "m2"
		stolen := batch("d1", 1<<53+1, "u2", "stolen")
		stolen.Clients[99] = "u2"
		versioned := func(v int64) live.Batch {
			b := batch("d2", 5, "u1", "versioned")
			b.AccessVersion = v
			return b
		}
		out, err := s.AppendDocs(ctx, []live.Batch{stolen, old, batch("d3", 1, "u1", "late"), foreign,
			batch("d2", 5, "u1", "fine"), versioned(0), versioned(7), versioned(1)})
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []fault.Kind{fault.Forbidden, fault.Gone, fault.Conflict, fault.NotFound} {
			if !fault.Is(out[i].Err, want) {
				t.Errorf("batch %d: %v, want %v", i, out[i].Err, want)
			}
		}
		if out[4].Err != nil || out[4].To != 1 {
			t.Errorf("the good batch: %+v", out[4])
		}
		if out[5].Err != nil || !fault.Is(out[6].Err, fault.Conflict) || out[7].Err != nil || out[7].To != 3 {
			t.Errorf("access versions: %+v", out[5:])
		}
		l, err := s.LoadDoc(ctx, tenant, "d1")
		if err != nil || l.Meta.Head != 1 || len(l.Rows) != 1 || len(l.Clients) != 1 {
			t.Errorf("a refused batch left a trace: %+v %v", l, err)
		}
	})
}

// Many writers on few documents: every log ends gap-free and every row lies where its outcome says.
func TestAppendOrder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		docs := []string{"d1", "d2", "d3"}
		makeDocs(t, s, docs...)
		const writers, rounds = 8, 12
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for r := range rounds {
					text := fmt.Sprintf("%d/%d", w, r)
					var bs []live.Batch
					for i := range docs {
						bs = append(bs, batch(docs[(i+w)%len(docs)], uint64(100+w), fmt.Sprint("u", w), text+"a", text+"b"))
					}
					out, err := s.AppendDocs(ctx, bs)
					if err != nil {
						t.Error(err)
						return
					}
					for i, o := range out {
						if o.Err != nil || o.To-o.From != 1 {
							t.Errorf("outcome %+v", o)
							continue
						}
						rows, err := s.Since(ctx, tenant, bs[i].DocID, o.From-1)
						if err != nil || len(rows) < 2 || string(rows[0].Update) != text+"a" || rows[0].Seq != o.From {
							t.Errorf("row is not at %d: %v", o.From, err)
						}
					}
				}
			})
		}
		wg.Wait()
		for _, d := range docs {
			rows, err := s.Since(ctx, tenant, d, 0)
			if err != nil || len(rows) != writers*rounds*2 {
				t.Fatalf("%s: %d rows, %v", d, len(rows), err)
			}
			for i, r := range rows {
				if r.Seq != int64(i+1) {
					t.Fatalf("%s: gap at %d: %d", d, i+1, r.Seq)
				}
			}
		}
	})
}

// What freeze saw as the head is the end of the log: no append is later.
func TestFreezeAgainstAppend(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		makeDocs(t, s, "d1", "d2")
		var wg sync.WaitGroup
		for w := range 6 {
			wg.Go(func() {
				for range 200 {
					out, err := s.AppendDocs(ctx, []live.Batch{batch("d1", uint64(w), fmt.Sprint("u", w), "x"), batch("d2", uint64(w), fmt.Sprint("u", w), "y")})
					if err != nil {
						t.Error(err)
						return
					}
					if fault.Is(out[0].Err, fault.Conflict) && fault.Is(out[1].Err, fault.Conflict) {
						return
					}
					if (out[0].Err == nil) != (out[1].Err == nil) {
						t.Errorf("half frozen: %v %v", out[0].Err, out[1].Err)
					}
				}
			})
		}
		if err := store.SetFrozen(ctx, s, tenant, []string{"d2", "d1"}, true); err != nil {
			t.Fatal(err)
		}
		frozen, err := s.Heads(ctx, tenant, []string{"d1", "d2"})
		if err != nil {
			t.Fatal(err)
		}
		wg.Wait()
		after, err := s.Heads(ctx, tenant, []string{"d1", "d2"})
		if err != nil || after["d1"] != frozen["d1"] || after["d2"] != frozen["d2"] || !after["d1"].Frozen {
			t.Errorf("frozen at %v, later %v (%v)", frozen, after, err)
		}
		for d, h := range after {
			rows, err := s.Since(ctx, tenant, d, 0)
			if err != nil || int64(len(rows)) != h.Head {
				t.Errorf("%s: %d rows, head %d, %v", d, len(rows), h.Head, err)
			}
		}
	})
}

func BenchmarkAppendDocs(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			s, _ := storetest.Open(b, engine)
			makeDocs(b, s, "d1", "d2", "d3", "d4")
			for b.Loop() {
				var bs []live.Batch
				for i := range 4 {
					bs = append(bs, batch(fmt.Sprint("d", i+1), 1, "u1", "twenty bytes of change", "and another"))
				}
				if _, err := s.AppendDocs(context.Background(), bs); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
