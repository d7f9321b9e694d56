package ydoc

import (
	"fmt"
	"strings"
	"testing"
)

// plan is a document with a map, an array and a text: clients 1 and 2 wrote it.
//
//	m: goal text "ab" (1:0, 1:1-2), score 5 (1:3), rows array (1:4) of one map (1:5) with who "x" (1:6)
//	t: text "hello" (2:0-4)
func plan(t testing.TB) *Doc {
	d := New()
	m := d.Define("m", KindMap)
	b := NewBuilder(d, 1)
	b.MapSetText(m, "goal", "ab")
	b.MapSet(m, "score", 5)
	rows := b.MapSetArray(m, "rows")
	b.MapSet(b.ArrayPushMap(rows), "who", "x")
	b.Update()
	c := NewBuilder(d, 2)
	c.TextInsert(d.Root("t"), 0, "hello")
	c.Update()
	if b.Err() != nil || c.Err() != nil {
		t.Fatal(b.Err(), c.Err())
	}
	return d
}

func show(touches []Touch) string {
	var l []string
	for _, x := range touches {
		sign := "+"
		if x.Delete {
			sign = "-"
		}
		l = append(l, fmt.Sprintf("%s%d %s/%s %v", sign, x.Client, x.Root, strings.Join(x.Path, "/"), x.Kind))
	}
	return strings.Join(l, ", ")
}

func TestTouched(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		update []byte
		want   string
		err    error
	}{
		{"a new key", craft(9, 0, value(1).in("m").at("score2")), "+9 m/score2 any", nil},
		{"a key overwritten", craft(9, 0, value(1).after(1, 3)), "+9 m/score any", nil},
		{"text into a nested text", craft(9, 0, text("z").after(1, 1)), "+9 m/goal/~ string", nil},
		{"text between", craft(9, 0, text("z").after(1, 1).before(1, 2)), "+9 m/goal/~ string", nil},
		{"text of a root", craft(9, 0, text("z").before(2, 0)), "+9 t/~ string", nil},
		{"a row", craft(9, 0, nest(KindMap).after(1, 5), value("y").under(9, 0).at("who")), "+9 m/rows/# type, +9 m/rows/#/who any", nil},
		{"a cell", craft(9, 0, value("y").after(1, 6)), "+9 m/rows/#/who any", nil},
		{"a chain within the update", craft(9, 0, nest(KindMap).in("m").at("a"), nest(KindText).under(9, 0).at("b"), text("x").under(9, 1), text("y").after(9, 2)),
			"+9 m/a type, +9 m/a/b type, +9 m/a/b/~ string", nil},
		{"keys that look like signs", craft(9, 0, value(1).in("m").at("#"), value(1).in("m").at("~x"), value(1).in("m").at("@"), value(1).in("m").at(`\`)),
			`+9 m/\# any, +9 m/\~x any, +9 m/\@ any, +9 m/\\ any`, nil},
		{"an attribute of a text", craft(9, 0, value(1).under(1, 0).at("k")), "+9 m/goal/@k any", nil},
		{"an unknown root", craft(9, 0, value(1).in("evil").at("k")), "+9 evil/k any", nil},
		{"a format", craft(9, 0, format("b", "true").after(1, 1)), "+9 m/goal/~ format", nil},
		{"a subdocument", craft(9, 0, newItem(ContentDoc, append(putStr(nil, "g"), anyObject, 0), 1).in("m").at("d")), "+9 m/d doc", nil},
		{"deletion of another's text", deletion(2, 1, 3), "-2 t/~ string", nil},
		{"deletion of a field with all it holds", deletion(1, 0, 1), "-1 m/goal type", nil},
		{"what is known", craft(2, 0, text("hello").in("t")), "", nil},
		{"what is known in part", craft(2, 0, text("hello!").in("t")), "+2 t/~ string", nil},
		{"garbage of one's own", craft(9, 0, garbage(3)), "", nil},

		{"left here, right there", craft(9, 0, text("z").after(1, 1).before(2, 0)), "", ErrForged},
		{"left one key, right another", craft(9, 0, value(1).after(1, 3).before(1, 0)), "", ErrForged},
		{"the same within the update", craft(9, 0, text("a").in("t"), text("b").under(1, 0), text("c").after(9, 0).before(9, 1)), "", ErrForged},
		{"a known struct with another place", craft(2, 0, text("hello!").in("u")), "", ErrForged},
		{"inside what is no container", craft(9, 0, text("z").under(1, 3)), "", ErrForged},
		{"list content in a map", craft(9, 0, value(1).under(1, 5)), "", ErrForged},
		{"list content in a root map", craft(9, 0, value(1).in("m")), "", ErrForged},
		{"an entry in an array", craft(9, 0, value(1).under(1, 4).at("k")), "", ErrForged},
		{"a gap in the client's own clock", craft(2, 7, text("z").after(2, 4)), "", ErrGap},
		{"an unknown neighbour", craft(9, 0, text("z").after(7, 0)), "", ErrGap},
		{"an unknown container", craft(9, 0, text("z").under(7, 0)), "", ErrGap},
		{"deletion of the unknown", deletion(7, 0, 1), "", ErrGap},
		{"deletion beyond the known", deletion(2, 4, 6), "", ErrGap},
		{"no update", []byte{1}, "", ErrMalformed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := plan(t)
			before := string(d.CanonicalJSON())
			got, err := d.Touched(tt.update)
			if tt.err != nil {
				wantErr(t, err, tt.err)
			} else if err != nil || show(got) != tt.want {
				t.Errorf("%s, %v; want %s", show(got), err, tt.want)
			}
			if after := string(d.CanonicalJSON()); after != before || d.HasPending() || len(d.roots) != 2 {
				t.Errorf("asking changed the document: %s", after)
			}
		})
	}
}

// TestTouchedGone: what an offline editor sends for a field that was deleted meanwhile has no effect and is no forgery.
func TestTouchedGone(t *testing.T) {
	t.Parallel()
	d := plan(t)
	late := [][]byte{
		craft(9, 0, text("z").after(1, 1)),
		craft(9, 0, text("z").under(1, 0)),
		craft(9, 0, nest(KindMap).after(1, 5), value("y").under(9, 0).at("who")),
	}
	apply(t, d, deletion(1, 0, 1), deletion(1, 4, 5))
	for i, u := range late {
		if got, err := d.Touched(u); err != nil || len(got) > 0 {
			t.Errorf("%d: %s, %v", i, show(got), err)
		}
		e := reload(t, d)
		before := string(e.CanonicalJSON())
		apply(t, e, u)
		if after := string(e.CanonicalJSON()); after != before {
			t.Errorf("%d: %s, want %s", i, after, before)
		}
		checkIntegrity(t, e)
	}
	// One neighbour gone and one alive never were in one list.
	_, err := d.Touched(craft(9, 0, text("z").after(1, 1).before(2, 0)))
	wantErr(t, err, ErrForged)
}

// TestTouchedCircle: two clients whose structs stand on each other.
func TestTouchedCircle(t *testing.T) {
	t.Parallel()
	u := putUint(nil, 2)
	for _, c := range []uint64{9, 8} {
		u = labBlock(u, c, 0, text("x").after(17-c, 0))
	}
	u = append(u, 0)
	d := plan(t)
	_, err := d.Touched(u)
	wantErr(t, err, ErrForged)
	if apply(t, d, u); !d.HasPending() {
		t.Error("a circle was integrated")
	}
	// What waits could be set free by any update, unseen: such a document authorises nothing.
	_, err = d.Touched(craft(10, 0, value(1).in("m").at("k")))
	wantErr(t, err, ErrGap)
}

// TestTouchedLongChain: a hundred thousand structs, each after the last of another client.
func TestTouchedLongChain(t *testing.T) {
	t.Parallel()
	const n = 50_000
	blocks := map[uint64][]*item{}
	for i := range uint64(n) {
		for c := uint64(1); c <= 2; c++ {
			it := text("x")
			switch {
			case c == 2:
				it.after(1, i)
			case i > 0:
				it.after(2, i-1)
			default:
				it.in("t")
			}
			blocks[c] = append(blocks[c], it)
		}
	}
	u := putUint(nil, 2)
	for c := uint64(2); c >= 1; c-- {
		u = labBlock(u, c, 0, blocks[c]...)
	}
	u = append(u, 0)
	d := New()
	got, err := d.Touched(u)
	if err != nil || show(got) != "+2 t/~ string, +1 t/~ string" {
		t.Fatal(show(got), err)
	}
	if apply(t, d, u); d.Root("t").Len() != 2*n {
		t.Fatal(d.Root("t").Len())
	}
}
