package ydoc

import (
	"bytes"
	"math"
	"strings"
	"testing"
)

// steps are changes of a server, each with what the document then reads like in yjs.
var steps = []struct {
	name string
	do   func(*Builder, *Doc)
	want string
}{
	{"values", func(b *Builder, d *Doc) {
		m := d.Root("m")
		b.MapSet(m, "s", "邉\U000E0100")
		b.MapSet(m, "n", 5)
		b.MapSet(m, "f", 0.1)
		b.MapSet(m, "big", BigInt(-7))
		b.MapSet(m, "u", Undefined{})
		b.MapSet(m, "null", nil)
		b.MapSet(m, "b", []byte{1, 2})
		b.MapSet(m, "o", map[string]any{"z": []any{true, -1, 1 << 40, math.NaN(), []byte{3}}, "a": []string{"x"}})
	}, `{"m":{"map":{"b":{"$bytes":"AQI="},"big":{"$bigint":"-7"},"f":0.1,"n":5,"null":null,"o":{"a":["x"],"z":[true,-1,1099511627776,{"$number":"NaN"},` +
		`{"$bytes":"Aw=="}]},"s":"邉󠄀","u":{"$undefined":true}}}}`},
	{"overwriting and deleting keys", func(b *Builder, d *Doc) {
		m := d.Root("m")
		for _, k := range []string{"s", "f", "big", "u", "null", "b", "o", "missing"} {
			b.MapDelete(m, k)
		}
		b.MapSet(m, "n", 6)
		b.MapSet(m, "n", 7)
	}, `{"m":{"map":{"n":7}}}`},
	{"nested types", func(b *Builder, d *Doc) {
		m := d.Root("m")
		b.MapDelete(m, "n")
		rows := b.MapSetArray(m, "rows")
		b.ArrayPush(rows, "a", 1)
		row := b.ArrayPushMap(rows)
		b.MapSetText(row, "text", "支援")
		b.MapSetMap(row, "inner")
		b.MapSet(b.ArrayInsertMap(rows, 1), "k", false)
		b.ArrayInsertText(rows, 0, "first")
	}, `{"m":{"map":{"rows":{"$array":[{"$text":[{"$s":"first"}]},"a",{"$map":{"k":false}},1,{"$map":{"inner":{"$map":{}},"text":{"$text":[{"$s":"支援"}]}}}]}}}}`},
	{"deleting in an array", func(b *Builder, d *Doc) {
		b.ArrayDelete(d.Root("m").MapType("rows"), 1, 4)
	}, `{"m":{"map":{"rows":{"$array":[{"$text":[{"$s":"first"}]}]}}}}`},
	{"text in the middle", func(b *Builder, d *Doc) {
		x := b.MapSetText(d.Root("m"), "rows", "hello")
		b.TextInsert(x, 2, "\U00020BB7")
		b.TextInsert(x, 4, "-")
		b.TextInsert(x, 0, "[")
		b.TextInsert(x, x.Len(), "]")
		b.TextInsert(x, 1, "")
	}, `{"m":{"map":{"rows":{"$text":[{"$s":"[he𠮷-llo]"}]}}}}`},
	{"text deleted", func(b *Builder, d *Doc) {
		x := d.Root("m").MapType("rows")
		b.TextDelete(x, 1, 4)
		b.TextDelete(x, 0, 1)
		b.TextDelete(x, x.Len()-1, 1)
		b.TextDelete(x, 1, 0)
	}, `{"m":{"map":{"rows":{"$text":[{"$s":"-llo"}]}}}}`},
	{"roots", func(b *Builder, d *Doc) {
		b.MapDelete(d.Root("m"), "rows")
		b.ArrayPush(d.Root("a"), 1, "x")
		b.ArrayInsert(d.Root("a"), 1, []any{})
		b.TextInsert(d.Root("t"), 0, "かな")
	}, `{"a":{"list":[1,[],"x"]},"t":{"list":[{"$s":"かな"}]}}`},
}

func TestBuilder(t *testing.T) {
	t.Parallel()
	d, replica := New(), New()
	var updates [][]byte
	for i, s := range steps {
		b := NewBuilder(d, uint64(100+i%2))
		s.do(b, d)
		if b.Err() != nil {
			t.Fatalf("%s: %v", s.name, b.Err())
		}
		u := b.Update()
		updates = append(updates, u)
		if touches, err := replica.Touched(u); err != nil || len(touches) == 0 {
			t.Errorf("%s: touches %v, %v", s.name, touches, err)
		}
		apply(t, replica, u)
		checkIntegrity(t, d)
		if got := string(d.CanonicalJSON()); got != s.want {
			t.Errorf("%s:\n got %s\nwant %s", s.name, got, s.want)
		}
		if got := string(replica.CanonicalJSON()); got != s.want {
			t.Errorf("%s, another replica:\n got %s\nwant %s", s.name, got, s.want)
		}
		if a := ask(t, "apply", updates...); string(a[0]) != s.want || !bytes.Equal(a[1], d.StateVector()) {
			t.Errorf("%s, yjs:\n got %s\nwant %s", s.name, a[0], s.want)
		}
	}
}

// TestBuilderOnForeign edits, on the server, histories that yjs made: the result is what yjs reads from history and update.
func TestBuilderOnForeign(t *testing.T) {
	t.Parallel()
	for seed := 5001; seed <= 5030; seed++ {
		m := askHistory(t, seed).Modes[0]
		d := apply(t, New(), m.updates...)
		b := NewBuilder(d, 1<<50)
		b.MapSet(d.Root("m"), "k0", "server")
		b.MapSetText(d.Root("m"), "k1", "server")
		b.ArrayPush(d.Root("a"), "server")
		b.ArrayInsert(d.Root("a"), d.Root("a").Len()/2, 1, 2)
		b.ArrayDelete(d.Root("a"), 0, 2)
		b.TextInsert(d.Root("t"), 0, "start")
		b.TextInsert(d.Root("t"), d.Root("t").Len(), "end")
		b.TextDelete(d.Root("t"), 1, 3)
		if b.Err() != nil {
			t.Fatalf("seed %d: %v", seed, b.Err())
		}
		a := ask(t, "apply", append(m.updates, b.Update())...)
		if got := string(d.CanonicalJSON()); got != string(a[0]) {
			t.Errorf("seed %d:\n got %s\nwant %s", seed, got, a[0])
		}
		checkIntegrity(t, d)
	}
}

func TestBuilderRefuses(t *testing.T) {
	t.Parallel()
	deep := any("x")
	for range maxNesting + 2 {
		deep = []any{deep}
	}
	tests := []struct {
		name string
		do   func(*Builder, *Doc)
		want error // nil: any
	}{
		{"beyond a text", func(b *Builder, d *Doc) { b.TextInsert(d.Root("t"), 4, "x") }, ErrRange},
		{"before a text", func(b *Builder, d *Doc) { b.TextInsert(d.Root("t"), -1, "x") }, ErrRange},
		{"within a surrogate pair", func(b *Builder, d *Doc) { b.TextInsert(d.Root("t"), 2, "x") }, ErrRange},
		{"deletion that halves a pair", func(b *Builder, d *Doc) { b.TextDelete(d.Root("t"), 0, 2) }, ErrRange},
		{"deletion from within a pair", func(b *Builder, d *Doc) { b.TextDelete(d.Root("t"), 2, 1) }, ErrRange},
		{"deletion beyond the end", func(b *Builder, d *Doc) { b.TextDelete(d.Root("t"), 1, 3) }, ErrRange},
		{"negative deletion", func(b *Builder, d *Doc) { b.TextDelete(d.Root("t"), 1, -1) }, ErrRange},
		{"text of broken bytes", func(b *Builder, d *Doc) { b.TextInsert(d.Root("t"), 0, "\xff") }, nil},
		{"value of broken bytes", func(b *Builder, d *Doc) { b.MapSet(d.Root("m"), "k", "\xff") }, nil},
		{"key of broken bytes", func(b *Builder, d *Doc) { b.MapSet(d.Root("m"), "\xff", 1) }, nil},
		{"inner key of broken bytes", func(b *Builder, d *Doc) { b.MapSet(d.Root("m"), "k", map[string]any{"\xff": 1}) }, nil},
		{"value of a foreign sort", func(b *Builder, d *Doc) { b.MapSet(d.Root("m"), "k", struct{}{}) }, nil},
		{"integer JavaScript lacks", func(b *Builder, d *Doc) { b.MapSet(d.Root("m"), "k", 1<<53+1) }, nil},
		{"value that nests too deeply", func(b *Builder, d *Doc) { b.MapSet(d.Root("m"), "k", deep) }, nil},
		{"type of another kind", func(b *Builder, d *Doc) { b.MapSet(d.Root("t"), "k", 1) }, nil},
		{"no type", func(b *Builder, d *Doc) { b.ArrayPushMap(nil) }, ErrGone},
		{"type of another document", func(b *Builder, d *Doc) { b.MapSet(New().Root("m"), "k", 1) }, ErrGone},
		{"deleted type", func(b *Builder, d *Doc) {
			n := d.Root("m").MapType("n")
			b.MapDelete(d.Root("m"), "n")
			b.MapSet(n, "k", 1)
		}, ErrGone},
		{"client out of range", func(b *Builder, d *Doc) { *b = *NewBuilder(d, 1<<53) }, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := New()
			b := NewBuilder(d, 1)
			b.TextInsert(d.Root("t"), 0, "a\U00020BB7")
			b.MapSetMap(d.Root("m"), "n")
			b.Update()
			before := d.StateVector()
			tt.do(b, d)
			if b.Err() == nil {
				t.Fatal("no error")
			}
			if tt.want != nil {
				wantErr(t, b.Err(), tt.want)
			}
			b.TextInsert(d.Root("t"), 0, "after an error")
			if b.Update() != nil || !bytes.Equal(before, d.StateVector()) {
				t.Error("work went on after an error")
			}
		})
	}
}

// TestBuilderDeep: nesting has an end, on the server too.
func TestBuilderDeep(t *testing.T) {
	t.Parallel()
	d := New()
	b := NewBuilder(d, 1)
	m := d.Root("m")
	for range maxDepth + 1 {
		m = b.MapSetMap(m, "k")
	}
	wantErr(t, b.Err(), ErrBudget)
	if !strings.Contains(b.Err().Error(), "deeply") {
		t.Error(b.Err())
	}
}
