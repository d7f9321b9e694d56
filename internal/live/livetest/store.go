package livetest

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
)

// Store is the contract of live.Store. newStore gives a store for one test; seed makes documents exist in it, with the given Epoch, Frozen
// and AccessVersion and an empty log (Head 0).
func Store(t *testing.T, newStore func(t *testing.T) live.Store, seed func(t *testing.T, s live.Store, docs ...live.Meta)) {
	t.Helper()
	tests := []struct {
		name string
		run  func(*testing.T, *suite)
	}{
		{"meta and load", testMetaLoad}, {"append in order", testAppend}, {"idempotent rows are kept", testSameBytes},
		{"refusals leave the others", testRefusals}, {"client ids", testClients}, {"access version", testAccessVersion},
		{"since", testSince}, {"heads", testHeads}, {"snapshots", testSnapshots}, {"concurrent appends", testConcurrent},
		{"cancelled", testCancelled}, {"nothing to append", testNothing},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			s := &suite{T: t, s: newStore(t), ctx: t.Context()}
			s.seed = func(docs ...live.Meta) { seed(t, s.s, docs...) }
			c.run(t, s)
		})
	}
}

type suite struct {
	*testing.T
	s    live.Store
	ctx  context.Context
	seed func(...live.Meta)
}

const (
	home  = "t-one"
	other = "t-two"
)

func doc(id string) live.Meta {
	return live.Meta{Tenant: home, ID: id, Epoch: 1, Kind: live.KindPlan, CaseID: "case-1", OwnerID: "owner-" + id, PersonID: "person-1",
		Item: consent.ItemBasic, AccessVersion: 1}
}

func rows(updates ...string) []live.Row {
	out := make([]live.Row, len(updates))
	for i, u := range updates {
		out[i] = live.Row{Update: []byte(u), ActorID: "user-1", ActorName: "髙橋\uFA10 邉\U000E0100", AgencyID: "agency-1", AgencyName: "学校"}
	}
	return out
}

func batch(id string, updates ...string) live.Batch {
	return live.Batch{Tenant: home, DocID: id, Epoch: 1, Rows: rows(updates...)}
}

// append appends one batch that must be taken.
func (s *suite) append(b live.Batch) live.Appended {
	s.Helper()
	out, err := s.s.AppendDocs(s.ctx, []live.Batch{b})
	if err != nil || len(out) != 1 || out[0].Err != nil {
		s.Fatalf("append: %+v %v", out, err)
	}
	return out[0]
}

func (s *suite) head(id string) int64 {
	s.Helper()
	m, err := s.s.DocMeta(s.ctx, home, id)
	if err != nil {
		s.Fatal(err)
	}
	return m.Head
}

func testMetaLoad(t *testing.T, s *suite) {
	want := doc("d1")
	want.Epoch, want.AccessVersion = 3, 7
	s.seed(want)
	for _, read := range []func(string, string) (live.Meta, error){
		func(tenant, id string) (live.Meta, error) { return s.s.DocMeta(s.ctx, tenant, id) },
		func(tenant, id string) (live.Meta, error) {
			l, err := s.s.LoadDoc(s.ctx, tenant, id)
			if err == nil && (l.Snapshot != nil || l.SnapSeq != 0 || len(l.Rows) != 0 || len(l.Clients) != 0) {
				t.Errorf("new document holds %+v", l)
			}
			return l.Meta, err
		},
	} {
		if m, err := read(home, "d1"); err != nil || m != want {
			t.Errorf("got %+v, %v", m, err)
		}
		for _, k := range [][2]string{{home, "d2"}, {other, "d1"}, {"", "d1"}} {
			if _, err := read(k[0], k[1]); !fault.Is(err, fault.NotFound) {
				t.Errorf("%v: %v", k, err)
			}
		}
	}
}

func testAppend(t *testing.T, s *suite) {
	s.seed(doc("d1"), doc("d2"))
	a := s.append(batch("d1", "one", "two"))
	if a.From != 1 || a.To != 2 || a.At.IsZero() || a.At.Location() != time.UTC {
		t.Fatalf("first: %+v", a)
	}
	out, err := s.s.AppendDocs(s.ctx, []live.Batch{batch("d2", "x"), batch("d1", "three")})
	if err != nil || len(out) != 2 || out[0].From != 1 || out[0].To != 1 || out[1].From != 3 || out[1].To != 3 {
		t.Fatalf("outcomes in the order of the batches: %+v %v", out, err)
	}
	l, err := s.s.LoadDoc(s.ctx, home, "d1")
	if err != nil || l.Meta.Head != 3 || len(l.Rows) != 3 {
		t.Fatalf("loaded %+v %v", l, err)
	}
	for i, want := range []string{"one", "two", "three"} {
		r, w := l.Rows[i], rows(want)[0]
		if w.Seq, w.At = int64(i+1), r.At; r.Seq != w.Seq || string(r.Update) != want || r.ActorID != w.ActorID || r.ActorName != w.ActorName ||
			r.AgencyID != w.AgencyID || r.AgencyName != w.AgencyName {
			t.Errorf("row %d: %+v", i, r)
		}
	}
	if !l.Rows[0].At.Equal(a.At) || l.Rows[0].At.Nanosecond()%1000 != 0 {
		t.Errorf("time of row %v, of its append %v", l.Rows[0].At, a.At)
	}
}

func testSameBytes(t *testing.T, s *suite) {
	s.seed(doc("d1"))
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	big := bytes.Repeat(all, 4096)
	s.append(live.Batch{Tenant: home, DocID: "d1", Epoch: 1, Rows: []live.Row{{Update: all}, {Update: big}, {Update: all}}})
	got, err := s.s.Since(s.ctx, home, "d1", 0)
	if err != nil || len(got) != 3 || !bytes.Equal(got[0].Update, all) || !bytes.Equal(got[1].Update, big) || !bytes.Equal(got[2].Update, all) {
		t.Fatalf("bytes changed: %d rows, %v", len(got), err)
	}
}

func testRefusals(t *testing.T, s *suite) {
	frozen, old, fine := doc("frozen"), doc("old"), doc("fine")
	frozen.Frozen, old.Epoch = true, 2
	s.seed(frozen, old, fine)
	foreign := batch("fine", "x")
	foreign.Tenant = other
	out, err := s.s.AppendDocs(s.ctx, []live.Batch{batch("frozen", "x"), batch("fine", "a"), batch("old", "x"), batch("none", "x"), foreign})
	if err != nil || len(out) != 5 {
		t.Fatalf("%+v %v", out, err)
	}
	for i, want := range map[int]fault.Kind{0: fault.Conflict, 2: fault.Gone, 3: fault.NotFound, 4: fault.NotFound} {
		if !fault.Is(out[i].Err, want) {
			t.Errorf("batch %d: %v, want %v", i, out[i].Err, want)
		}
	}
	if out[1].Err != nil || out[1].To != 1 {
		t.Errorf("the good batch: %+v", out[1])
	}
	for id, want := range map[string]int64{"frozen": 0, "old": 0, "fine": 1} {
		if n := s.head(id); n != want {
			t.Errorf("head of %s is %d", id, n)
		}
		if got, err := s.s.Since(s.ctx, home, id, 0); err != nil || int64(len(got)) != want {
			t.Errorf("%s holds %d rows, %v", id, len(got), err)
		}
	}
}

func testClients(t *testing.T, s *suite) {
	s.seed(doc("d1"), doc("d2"))
	const large = 1<<53 - 1
	b := batch("d1", "a")
	b.Clients = map[uint64]string{7: "user-1", large: "user-1"}
	s.append(b)
	s.append(b) // naming them again is fine
	forged := batch("d1", "b", "c")
	forged.Clients = map[uint64]string{7: "user-2", 9: "user-2"}
	free := batch("d2", "b")
	free.Clients = map[uint64]string{7: "user-2"}
	out, err := s.s.AppendDocs(s.ctx, []live.Batch{forged, free})
	if err != nil || !fault.Is(out[0].Err, fault.Forbidden) || out[1].Err != nil {
		t.Fatalf("%+v %v", out, err)
	}
	l, err := s.s.LoadDoc(s.ctx, home, "d1")
	if err != nil || l.Meta.Head != 2 || len(l.Rows) != 2 || len(l.Clients) != 2 || l.Clients[7] != "user-1" || l.Clients[large] != "user-1" {
		t.Fatalf("after a forgery: %+v %v", l, err)
	}
	if a := s.append(batch("d1", "d")); a.From != 3 {
		t.Fatalf("the refused batch left a hole: %+v", a)
	}
}

func testAccessVersion(t *testing.T, s *suite) {
	d := doc("d1")
	d.AccessVersion = 5
	s.seed(d)
	for v, ok := range map[int64]bool{0: true, 4: false, 5: true, 6: false} {
		b := batch("d1", "a")
		b.AccessVersion = v
		out, err := s.s.AppendDocs(s.ctx, []live.Batch{b})
		if err != nil || len(out) != 1 {
			t.Fatal(err)
		}
		if got := out[0].Err == nil; got != ok || !ok && !fault.Is(out[0].Err, fault.Conflict) {
			t.Errorf("version %d: %v", v, out[0].Err)
		}
	}
	if n := s.head("d1"); n != 2 {
		t.Errorf("head is %d", n)
	}
}

func testSince(t *testing.T, s *suite) {
	s.seed(doc("d1"))
	s.append(batch("d1", "a", "b", "c"))
	for seq, want := range map[int64]string{-1: "abc", 0: "abc", 1: "bc", 2: "c", 3: "", 9: ""} {
		got, err := s.s.Since(s.ctx, home, "d1", seq)
		if err != nil {
			t.Fatal(err)
		}
		var sb bytes.Buffer
		for _, r := range got {
			sb.Write(r.Update)
		}
		if sb.String() != want {
			t.Errorf("since %d: %q", seq, sb.String())
		}
	}
	for _, k := range [][2]string{{other, "d1"}, {home, "none"}} {
		if got, err := s.s.Since(s.ctx, k[0], k[1], 0); len(got) != 0 || err != nil && !fault.Is(err, fault.NotFound) {
			t.Errorf("%v: %d rows, %v", k, len(got), err)
		}
	}
}

func testHeads(t *testing.T, s *suite) {
	frozen := doc("d2")
	frozen.Frozen, frozen.Epoch, frozen.AccessVersion = true, 4, 9
	s.seed(doc("d1"), frozen)
	s.append(batch("d1", "a"))
	got, err := s.s.Heads(s.ctx, home, []string{"d1", "none", "d2"})
	if err != nil || len(got) != 2 || got["d1"] != (live.Head{Head: 1, Epoch: 1, AccessVersion: 1}) ||
		got["d2"] != (live.Head{Epoch: 4, Frozen: true, AccessVersion: 9}) {
		t.Fatalf("%+v %v", got, err)
	}
	if got, err := s.s.Heads(s.ctx, other, []string{"d1"}); err != nil || len(got) != 0 {
		t.Fatalf("another municipality: %+v %v", got, err)
	}
	if got, err := s.s.Heads(s.ctx, home, nil); err != nil || len(got) != 0 {
		t.Fatalf("none: %+v %v", got, err)
	}
	many := make([]string, 3000)
	for i := range many {
		many[i] = fmt.Sprint("none-", i)
	}
	if got, err := s.s.Heads(s.ctx, home, append(many, "d1")); err != nil || len(got) != 1 {
		t.Fatalf("many: %d, %v", len(got), err)
	}
}

func testSnapshots(t *testing.T, s *suite) {
	s.seed(doc("d1"))
	s.append(batch("d1", "a", "b", "c"))
	put := func(seq int64, state string) {
		t.Helper()
		if err := s.s.PutSnapshot(s.ctx, home, "d1", seq, []byte(state)); err != nil {
			t.Fatalf("snapshot at %d: %v", seq, err)
		}
	}
	expect := func(seq int64, state string, left int) {
		t.Helper()
		l, err := s.s.LoadDoc(s.ctx, home, "d1")
		if err != nil || l.SnapSeq != seq || string(l.Snapshot) != state || len(l.Rows) != left || l.Meta.Head != 3 {
			t.Fatalf("want snapshot %q at %d and %d rows: %+v %v", state, seq, left, l, err)
		}
		if left > 0 && l.Rows[0].Seq != seq+1 {
			t.Fatalf("rows begin at %d", l.Rows[0].Seq)
		}
	}
	put(2, "two")
	expect(2, "two", 1)
	put(1, "older")
	expect(2, "two", 1)
	put(2, "same")
	expect(2, "two", 1)
	put(3, "three")
	expect(3, "three", 0)
	if err := s.s.PutSnapshot(s.ctx, home, "d1", 4, []byte("ahead")); err == nil {
		t.Fatal("snapshot of what is not committed was stored")
	}
	expect(3, "three", 0)
	if got, err := s.s.Since(s.ctx, home, "d1", 0); err != nil || len(got) != 3 {
		t.Fatalf("a snapshot removed rows: %d, %v", len(got), err)
	}
	if err := s.s.PutSnapshot(s.ctx, home, "none", 0, []byte("x")); err == nil {
		t.Fatal("snapshot of no document")
	}
}

func testConcurrent(t *testing.T, s *suite) {
	s.seed(doc("d1"), doc("d2"))
	const writers, each = 4, 10
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				// In opposite orders, which must not end in a circle of waiting.
				b := []live.Batch{batch("d1", fmt.Sprintf("%d-%d", w, i)), batch("d2", fmt.Sprintf("%d-%d", w, i))}
				if w%2 == 1 {
					b[0], b[1] = b[1], b[0]
				}
				out, err := s.s.AppendDocs(s.ctx, b)
				if err != nil || out[0].Err != nil || out[1].Err != nil {
					t.Errorf("append: %+v %v", out, err)
				}
			}
		})
	}
	wg.Wait()
	for _, id := range []string{"d1", "d2"} {
		got, err := s.s.Since(s.ctx, home, id, 0)
		if err != nil || len(got) != writers*each {
			t.Fatalf("%s: %d rows, %v", id, len(got), err)
		}
		next := [writers]int{}
		for i, r := range got {
			if r.Seq != int64(i+1) {
				t.Fatalf("%s: row %d has sequence %d", id, i, r.Seq)
			}
			var w, n int
			if _, err := fmt.Sscanf(string(r.Update), "%d-%d", &w, &n); err != nil || n != next[w] {
				t.Fatalf("%s: %q out of order", id, r.Update)
			}
			next[w]++
		}
	}
}

func testCancelled(t *testing.T, s *suite) {
	s.seed(doc("d1"))
	ctx, cancel := context.WithCancel(s.ctx)
	cancel()
	if _, err := s.s.AppendDocs(ctx, []live.Batch{batch("d1", "a")}); err == nil {
		t.Fatal("appended after the caller had gone")
	}
	if n := s.head("d1"); n != 0 {
		t.Fatalf("head is %d", n)
	}
}

func testNothing(t *testing.T, s *suite) {
	s.seed(doc("d1"))
	if out, err := s.s.AppendDocs(s.ctx, nil); err != nil || len(out) != 0 {
		t.Fatalf("%+v %v", out, err)
	}
}
