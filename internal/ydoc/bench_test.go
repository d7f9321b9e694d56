package ydoc

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"
)

// edit is one step of a trace: delete del units at pos, then insert ins.
type edit struct {
	pos, del int
	ins      string
}

// trace is the edits of KASANE_TRACE, a gzipped editing trace in the form {"txns":[{"patches":[[pos, del, "ins"], …]}, …]}, or 20,000 made-up ones:
// typing with jumps of the caret and deletions.
func trace(b *testing.B) []edit {
	b.Helper()
	path := os.Getenv("KASANE_TRACE")
	if path == "" {
		return madeUpTrace()
	}
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	var file struct {
		Txns []struct{ Patches [][3]any }
	}
	if err := json.NewDecoder(z).Decode(&file); err != nil {
		b.Fatal(err)
	}
	var edits []edit
	for _, txn := range file.Txns {
		for _, p := range txn.Patches {
			edits = append(edits, edit{int(p[0].(float64)), int(p[1].(float64)), p[2].(string)})
		}
	}
	return edits
}

func madeUpTrace() []edit {
	r := rand.New(rand.NewPCG(1, 2))
	var edits []edit
	length, at := 0, 0
	for range 20_000 {
		if r.IntN(30) == 0 {
			at = r.IntN(length + 1)
		}
		if at > 0 && r.IntN(8) == 0 {
			at--
			length--
			edits = append(edits, edit{at, 1, ""})
			continue
		}
		edits = append(edits, edit{at, 0, "支"})
		at++
		length++
	}
	return edits
}

// typed gives the updates that an editor sends while the trace is typed, one an edit. Positions are found in a plain list of ids, so that this is
// independent of Builder.
func typed(edits []edit) [][]byte {
	const client = 1
	type char struct{ clock uint64 }
	var chars []char
	var clock uint64
	updates := make([][]byte, 0, len(edits))
	for _, e := range edits {
		if e.del > 0 {
			var ds deleteSet
			for _, c := range chars[e.pos : e.pos+e.del] {
				ds.add(0, span{uint32(c.clock), uint32(c.clock) + 1})
			}
			n := &names{clients: table[uint64]{list: []uint64{client}}}
			updates = append(updates, n.appendDeletes(putUint(nil, 0), ds.normalise(n.clientID)))
			chars = append(chars[:e.pos], chars[e.pos+e.del:]...)
		}
		if e.ins == "" {
			continue
		}
		it := text(e.ins)
		switch {
		case e.pos > 0 && e.pos < len(chars):
			it.after(client, chars[e.pos-1].clock).before(client, chars[e.pos].clock)
		case e.pos > 0:
			it.after(client, chars[e.pos-1].clock)
		case len(chars) > 0:
			it.before(client, chars[0].clock)
		default:
			it.in("t")
		}
		updates = append(updates, craft(client, clock, it))
		fresh := make([]char, it.length)
		for i := range fresh {
			fresh[i] = char{clock}
			clock++
		}
		chars = append(chars[:e.pos], append(fresh, chars[e.pos:]...)...)
	}
	return updates
}

// BenchmarkApply is one edit by one update, as a room gets them.
func BenchmarkApply(b *testing.B) {
	updates := typed(trace(b))
	b.ReportAllocs()
	d := New()
	i := 0
	for b.Loop() {
		if i == len(updates) {
			d, i = New(), 0
		}
		if _, err := d.Apply(updates[i]); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

// BenchmarkRefusal is the refusal of an update of 123 kB that would cost yjs a minute and a half: two replicas have each put 20,000
// characters at the head of one text. The document is as it was, so that every round meets the same.
func BenchmarkRefusal(b *testing.B) {
	d := apply(b, New(), prepend(1, 20_000))
	attack := prepend(2, 20_000)
	b.SetBytes(int64(len(attack)))
	for b.Loop() {
		if _, err := d.Apply(attack); !errors.Is(err, ErrBudget) {
			b.Fatal(err)
		}
	}
}

// BenchmarkTouched is what authorisation adds to an edit.
func BenchmarkTouched(b *testing.B) {
	updates := typed(trace(b))
	d := apply(b, New(), updates[:len(updates)-1]...)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := d.Touched(updates[len(updates)-1]); err != nil {
			b.Fatal(err)
		}
	}
}

func loaded(b *testing.B) (*Doc, []byte) {
	b.Helper()
	d := New()
	for _, u := range typed(trace(b)) {
		if _, err := d.Apply(u); err != nil {
			b.Fatal(err)
		}
	}
	state, err := d.Encode(nil)
	if err != nil {
		b.Fatal(err)
	}
	return d, state
}

// BenchmarkLoad is opening a document from its snapshot; heap is what it then takes.
func BenchmarkLoad(b *testing.B) {
	_, state := loaded(b)
	b.SetBytes(int64(len(state)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := New().ApplyWithBudget(state, Unlimited); err != nil {
			b.Fatal(err)
		}
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	docs := make([]*Doc, 10)
	for i := range docs {
		docs[i] = New()
		if _, err := docs[i].ApplyWithBudget(state, Unlimited); err != nil {
			b.Fatal(err)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	heap := float64(after.HeapAlloc-before.HeapAlloc) / 10
	b.ReportMetric(heap, "heap-B/doc")
	b.ReportMetric(heap/float64(docs[0].Structs()), "heap-B/struct")
	b.ReportMetric(float64(docs[0].Structs()), "structs")
}

// BenchmarkEncode is making a snapshot, or the answer to a client that has nothing.
func BenchmarkEncode(b *testing.B) {
	d, state := loaded(b)
	b.SetBytes(int64(len(state)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := d.Encode(nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCanonicalJSON is reading a document whole.
func BenchmarkCanonicalJSON(b *testing.B) {
	d, _ := loaded(b)
	for b.Loop() {
		d.CanonicalJSON()
	}
}
