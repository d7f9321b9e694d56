package ydoc

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"testing"
)

// yjsPosition is a relative position as yjs makes it, and where it finds it.
type yjsPosition struct {
	Item      []uint64 // the id of the list's struct
	Root      string   // or the name of the list
	Index     int
	Assoc     int64
	Encoded   string
	Now, Then *struct {
		Item  []uint64
		Root  string
		Index int
	}
}

func typeOf(t *testing.T, d *Doc, item []uint64, root string) *Type {
	t.Helper()
	if item == nil {
		return d.Root(root)
	}
	it := d.find(ID{item[0], item[1]})
	if it == nil || it.typ() == nil {
		t.Fatalf("no type at %v", item)
	}
	return it.typ()
}

// TestRelativePositions compares with yjs: every position of every list of a document, as bytes and as the place found, before and after
// others have edited.
func TestRelativePositions(t *testing.T) {
	t.Parallel()
	first, n := envInt(t, "KASANE_SEED", 1), min(envInt(t, "KASANE_SEEDS", 40), 2000)
	positions, gone, moved := 0, 0, 0
	for seed := first; seed < first+n; seed++ {
		m := askHistory(t, seed).Modes[0]
		before := apply(t, New(), m.updates[:len(m.updates)/2]...)
		after := apply(t, New(), m.updates...)
		one, _ := before.Encode(nil)
		two, _ := after.Encode(nil)
		var want []yjsPosition
		if err := json.Unmarshal(ask(t, "positions", one, two)[0], &want); err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			positions++
			p, err := before.RelativePosition(typeOf(t, before, w.Item, w.Root), w.Index, w.Assoc)
			if err != nil {
				t.Fatal(err)
			}
			if got := hex.EncodeToString(p.Encode()); got != w.Encoded {
				t.Fatalf("KASANE_SEED=%d: position %d of %v%s, %d: got %s, want %s", seed, w.Index, w.Item, w.Root, w.Assoc, got, w.Encoded)
			}
			q, err := DecodeRelativePosition(p.Encode())
			if err != nil || q != p {
				t.Fatalf("decoded %v, %v; want %v", q, err, p)
			}
			found := func(d *Doc) string {
				ty, i, ok := d.Resolve(p)
				if !ok {
					return "nowhere"
				}
				if ty.item == nil {
					return fmt.Sprint(ty.name, i)
				}
				return fmt.Sprint(d.id(ty.item.id), i)
			}
			now, then := "nowhere", "nowhere"
			if w.Now != nil {
				now = placeOf(w.Now.Item, w.Now.Root, w.Now.Index)
			}
			if w.Then != nil {
				then = placeOf(w.Then.Item, w.Then.Root, w.Then.Index)
			}
			if found(before) != now || found(after) != then {
				t.Fatalf("KASANE_SEED=%d: %s is at %s and %s, want %s and %s", seed, w.Encoded, found(before), found(after), now, then)
			}
			if then == "nowhere" {
				gone++
			} else if then != now {
				moved++
			}
		}
	}
	t.Logf("%d positions; %d moved, of %d nothing was left", positions, moved, gone)
	if moved < positions/20 || gone == 0 {
		t.Error("too few for the test to mean anything")
	}
}

func placeOf(item []uint64, root string, index int) string {
	if item == nil {
		return fmt.Sprint(root, index)
	}
	return fmt.Sprint(ID{item[0], item[1]}, index)
}

func TestRelativePositionRefused(t *testing.T) {
	t.Parallel()
	d := plan(t)
	for _, i := range []int{-1, 6} {
		_, err := d.RelativePosition(d.Root("t"), i, 0)
		wantErr(t, err, ErrRange)
	}
	for _, b := range [][]byte{nil, {3, 0}, {0, 1}, {1, 5, 'a'}, {1, 1, 0xff, 0}, {2, 1, 1, 0, 0}} {
		_, err := DecodeRelativePosition(b)
		wantErr(t, err, ErrMalformed)
	}
	for name, p := range map[string]RelativePosition{
		"unknown client":  {id: ID{7, 0}},
		"unknown element": {id: ID{2, 5}},
		"far clock":       {id: ID{2, 1 << 40}},
		"entry of a map":  {id: ID{1, 3}},
		"unknown root":    {in: inRoot, root: "none"},
		"no type":         {in: inType, id: ID{2, 0}},
	} {
		if ty, i, ok := d.Resolve(p); ok {
			t.Errorf("%s: found %v at %d", name, ty.name, i)
		}
	}
	if len(d.roots) != 2 {
		t.Error("asking made a root")
	}
}
