package ydoc

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"testing"
)

// TestRelay: a replica that only ever gets what a transaction says it added has the same document, and never waits.
func TestRelay(t *testing.T) {
	t.Parallel()
	for seed := 7001; seed <= 7040; seed++ {
		for _, m := range askHistory(t, seed).Modes {
			d, relay := New(), New()
			var late []*Txn
			for _, u := range m.updates {
				txn, err := d.Apply(u)
				if err != nil {
					t.Fatal(err)
				}
				late = append(late, txn)
				if txn.Empty() {
					continue
				}
				if apply(t, relay, txn.Update()); relay.HasPending() {
					t.Fatalf("seed %d, %s: what a transaction added has a gap", seed, m.Name)
				}
				if got, want := relay.CanonicalJSON(), d.CanonicalJSON(); !bytes.Equal(got, want) {
					t.Fatalf("seed %d, %s:\n got %s\nwant %s", seed, m.Name, got, want)
				}
			}
			// Asked for late, when the document has gone on, they still make up the whole.
			again := New()
			for _, txn := range late {
				apply(t, again, txn.Update())
			}
			if got, want := again.CanonicalJSON(), d.CanonicalJSON(); !bytes.Equal(got, want) {
				t.Fatalf("seed %d, %s, late:\n got %s\nwant %s", seed, m.Name, got, want)
			}
		}
	}
}

// TestSync: replicas that know different parts become equal by what the other's state vector lacks, or by each other's stored state.
func TestSync(t *testing.T) {
	t.Parallel()
	for seed := 7101; seed <= 7140; seed++ {
		m := askHistory(t, seed).Modes[0]
		behind, whole := apply(t, New(), m.updates[:len(m.updates)/3]...), apply(t, New(), m.updates...)
		diff, err := whole.Encode(behind.StateVector())
		if err != nil {
			t.Fatal(err)
		}
		all, _ := whole.Encode(nil)
		if apply(t, behind, diff); len(diff) > len(all) {
			t.Errorf("seed %d: the difference has %d bytes, the whole %d", seed, len(diff), len(all))
		}
		even, odd := New(), New()
		for i, u := range m.updates {
			apply(t, []*Doc{even, odd}[i%2], u)
		}
		stored, _ := odd.Encode(nil)
		apply(t, even, stored)
		for name, d := range map[string]*Doc{"by state vector": behind, "by storage": even} {
			if got := string(d.CanonicalJSON()); d.HasPending() || got != m.json {
				t.Errorf("seed %d, %s:\n got %s\nwant %s", seed, name, got, m.json)
			}
			checkIntegrity(t, d)
		}
	}
}

// TestPendingStored: what waits is stored, with its holes, as yjs reads it.
func TestPendingStored(t *testing.T) {
	t.Parallel()
	first, gap, last := craft(1, 0, text("a").in("t")), craft(1, 1, text("b").after(1, 0)), craft(1, 2, text("c").after(1, 1))
	other := craft(2, 0, text("x").after(1, 1))
	for name, early := range map[string][][]byte{
		"hole":               {first, last},
		"nothing before":     {last},
		"another client":     {first, other},
		"deletion":           {first, deletion(1, 1, 3)},
		"deletion of nobody": {deletion(1, 0, 3)},
		"all":                {last, other, deletion(1, 1, 2)},
		"twice":              {last, other, last, other},
	} {
		d := apply(t, New(), early...)
		if !d.HasPending() {
			t.Fatalf("%s: nothing waits", name)
		}
		b, _ := d.Encode(nil)
		l := reload(t, d)
		again, _ := l.Encode(nil)
		if !bytes.Equal(b, again) {
			t.Errorf("%s: stored %x, then %x", name, b, again)
		}
		served, _ := d.Encode([]byte{0})
		if s := apply(t, New(), served); s.HasPending() {
			t.Errorf("%s: what is served waits", name)
		}
		rest := [][]byte{first, gap, last, other}
		apply(t, l, rest...)
		a := ask(t, "apply", append([][]byte{b}, rest...)...)
		if got := string(l.CanonicalJSON()); l.HasPending() || got != string(a[0]) {
			t.Errorf("%s:\n got %s\nwant %s", name, got, a[0])
		}
	}
}

// TestForeignKinds: content that our client never makes comes through unchanged, and reads.
func TestForeignKinds(t *testing.T) {
	t.Parallel()
	jsonText := func(l ...string) []byte {
		var b []byte
		for _, s := range l {
			b = putStr(b, s)
		}
		return b
	}
	u := craft(1, 0,
		newItem(ContentJSON, jsonText(`{"a":[1,null]}`, "undefined", `"\u3042"`), 3).in("a"),
		newItem(ContentBinary, []byte{1, 2, 255}, 1).after(1, 2),
		newItem(ContentDoc, append(putStr(nil, "guid"), anyObject, 0), 1).after(1, 3),
		nestNamed(KindElement, "P").in("x"),
		value("v").under(1, 5).at("id"),
		nest(KindXMLText).under(1, 5),
		text("in").under(1, 7),
		nestNamed(KindHook, "h").after(1, 5),
		newItem(ContentDeleted, nil, 4).after(1, 10),
		garbage(2),
	)
	// A hand-made update with the same values, split in the middle of the legacy list.
	d := apply(t, New(), u)
	apply(t, d, deletion(1, 1, 2))
	checkIntegrity(t, d)
	want := `{"a":{"list":[{"a":[1,null]},"あ",{"$bytes":"AQL/"},{"$doc":"guid"}]},"x":{"list":[{"$element":[{"$xmltext":[{"$s":"in"}]}],"$name":"P",` +
		`"$attrs":{"id":"v"}},{"$hook":[],"$name":"h"}]}}`
	if got := string(d.CanonicalJSON()); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if got := string(reload(t, d).CanonicalJSON()); got != want {
		t.Errorf("reloaded\n got %s\nwant %s", got, want)
	}
	got, err := json.Marshal(d.JSON())
	if want := `{"a":[{"a":[1,null]},"あ","AQL/",{"guid":"guid"}],"x":["\u003cp id=\"v\"\u003ein\u003c/p\u003e",{}]}`; err != nil || string(got) != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if got := d.Define("x", KindFragment).ToJSON(KindUnknown); got != `<p id="v">in</p>` {
		t.Errorf("xml %v", got)
	}
}

func TestReading(t *testing.T) {
	t.Parallel()
	d := plan(t)
	apply(t, d,
		craft(3, 0, text("支\U00020BB7").after(1, 1).before(1, 2), value(Undefined{}).in("m").at("u"), value([]byte{1}).in("m").at("bin")),
		craft(4, 0, format("bold", "true").after(1, 1).before(3, 0),
			format("bold", "null").after(1, 2),
			newItem(ContentEmbed, []byte(`{"n":1}`), 1).after(4, 1)))
	m := d.Root("m")
	goal := m.MapType("goal")
	if got := goal.Text(); got != "a支\U00020BB7b" || goal.Len() != 6 || goal.Kind() != KindText {
		t.Errorf("text %q of %d", got, goal.Len())
	}
	if got, want := d.TextRuns(goal), []Run{{"a", 1}, {"支\U00020BB7", 3}, {"b", 1}}; !reflect.DeepEqual(got, want) {
		t.Errorf("runs %v", got)
	}
	bold := map[string]any{"bold": true}
	if got, want := goal.Delta(), []Segment{{ContentString, "a", nil}, {ContentString, "支\U00020BB7b", bold}, {ContentEmbed, map[string]any{"n": 1.0}, nil}}; !reflect.DeepEqual(got, want) {
		t.Errorf("delta %v", got)
	}
	if got := m.MapKeys(); !slices.Equal(got, []string{"bin", "goal", "rows", "score", "u"}) {
		t.Errorf("keys %v", got)
	}
	if v, ok := m.MapGet("score"); v != 5 || !ok {
		t.Errorf("score %v", v)
	}
	if v, ok := m.MapGet("u"); v != (Undefined{}) || !ok {
		t.Errorf("undefined %v", v)
	}
	if _, ok := m.MapGet("none"); ok || m.MapType("score") != nil {
		t.Error("a key that is not there")
	}
	if c, ok := m.MapClient("bin"); c != 3 || !ok {
		t.Errorf("client %d", c)
	}
	if v, ok := m.MapType("rows").Get(0); !ok || v.(*Type).Kind() != KindMap {
		t.Errorf("row %v", v)
	}
	if _, ok := m.MapType("rows").Get(1); ok {
		t.Error("a row beyond the end")
	}
	if got := d.RootNames(); !slices.Equal(got, []string{"m", "t"}) {
		t.Errorf("roots %v", got)
	}
	got, err := json.Marshal(d.JSON())
	if want := `{"m":{"bin":"AQ==","goal":"a支𠮷b","rows":[{"who":"x"}],"score":5},"t":"hello"}`; err != nil || string(got) != want {
		t.Errorf("json %s, %v", got, err)
	}
	apply(t, d, deletion(1, 0, 1))
	if goal.Text() != "" || goal.Len() != 0 || d.TextRuns(goal) != nil {
		t.Error("a deleted text still reads")
	}
}

// TestCutPairs: an insertion within a surrogate pair destroys it on both sides, and is reported.
func TestCutPairs(t *testing.T) {
	t.Parallel()
	d := apply(t, New(), craft(1, 0, text("a\U00020BB7b").in("t")))
	txn, err := d.Apply(craft(2, 0, text("x").after(1, 1).before(1, 2)))
	if err != nil || txn.CutPairs() != 1 || d.Root("t").Text() != "a\uFFFDx\uFFFDb" {
		t.Errorf("%q, %d, %v", d.Root("t").Text(), txn.CutPairs(), err)
	}
	txn, err = d.Apply(craft(2, 1, text("y").after(1, 0)))
	if err != nil || txn.CutPairs() != 0 {
		t.Errorf("%d, %v", txn.CutPairs(), err)
	}
	if b, _ := d.Encode([]byte{1, 1, 2}); !bytes.Contains(b, []byte("\uFFFDb")) { // a client that has half of it
		t.Errorf("%x", b)
	}
}

func TestClients(t *testing.T) {
	t.Parallel()
	b, _ := plan(t).Encode(nil)
	if got, err := Clients(b); err != nil || !slices.Equal(got, []uint64{1, 2}) {
		t.Error(got, err)
	}
	if got, err := Clients(deletion(7, 0, 1)); err != nil || len(got) != 0 {
		t.Error(got, err)
	}
	_, err := Clients([]byte{1})
	wantErr(t, err, ErrMalformed)
}

func TestStateVector(t *testing.T) {
	t.Parallel()
	want := map[uint64]uint64{1: 5, 1 << 40: 3, maxSafe: maxSafe}
	if got, err := DecodeStateVector(EncodeStateVector(want)); err != nil || !reflect.DeepEqual(got, want) {
		t.Error(got, err)
	}
	for _, b := range [][]byte{nil, {1}, {2, 1, 1}, {0, 0}, {1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 1}} {
		_, err := DecodeStateVector(b)
		wantErr(t, err, ErrMalformed)
	}
	_, err := New().Encode([]byte{1})
	wantErr(t, err, ErrMalformed)
	if b, err := New().Encode([]byte{}); err == nil {
		t.Errorf("an empty vector is none, yet gave %x", b)
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	d := New()
	if d.Structs() != 0 || !bytes.Equal(d.CanonicalJSON(), []byte("{}")) {
		t.Error("an empty document is not empty")
	}
	d = plan(t)
	if d.Structs() != 7 || d.Size() < 7*100 || d.Size() > 7*1000 {
		t.Error(d.Structs(), d.Size())
	}
}

// TestTexts: nothing a person could have typed escapes a check.
func TestTexts(t *testing.T) {
	t.Parallel()
	u := craft(1, 0,
		text("content").in("root"),
		value(map[string]any{"object key": []any{"deep", 1, nil}}).in("m").at("key"),
		newItem(ContentJSON, putStr(nil, `{"json key":"json"}`), 1).in("a"),
		newItem(ContentEmbed, []byte(`["embed"]`), 1).after(1, 0),
		format("format", `"red"`).after(1, 0),
		nestNamed(KindElement, "element").after(1, 0),
		newItem(ContentDoc, append(putStr(nil, "guid"), anyString, 4, 'o', 'p', 't', 's'), 1).after(1, 0),
		newItem(ContentBinary, []byte("bytes"), 1).after(1, 0),
	)
	var got []string
	if err := Texts(u, func(s string) error { got = append(got, s); return nil }); err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	want := []string{"a", "content", "deep", "element", "embed", "format", "guid", "json", "json key", "key", "m", "object key", "opts", "red", "root"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if err := Texts(u, func(s string) error { return ErrForged }); err != ErrForged {
		t.Error(err)
	}
	wantErr(t, Texts([]byte{1}, nil), ErrMalformed)
}
