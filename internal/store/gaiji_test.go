package store_test

import (
	"context"
	"reflect"
	"testing"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/gaiji"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// A 外字 is kept with its entry or not at all, changes only from the state it was seen in, and stays in its municipality.
func TestGaiji(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		stamp := func(tenant string) string {
			t.Helper()
			got, err := s.GaijiStamp(ctx, tenant)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		check := func(what string, want ...gaiji.Letter) {
			t.Helper()
			if got, err := s.Gaiji(ctx, tenant); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %+v %v, want %+v", what, got, err, want)
			}
		}
		save := func(id string, l gaiji.Letter) error {
			return s.SaveGaiji(ctx, tenant, l, w.Entry(id, access.VerbGaijiSave))
		}
		check("at first")
		if got := stamp(tenant); got != "" {
			t.Errorf("stamp of nothing: %q", got)
		}
		a := gaiji.Letter{ID: "a", Text: "邊\U000E01EF", Kind: gaiji.KindMJ, Code: "MJ000001", Reading: "なべ", Note: "戸籍から", Picture: []byte{0x89, 0, 1}, N: 1, At: storetest.Start, By: "u1", ByName: "記録 花子"}
		b := a
		b.ID, b.Text = "b", "\U0002B740"
		for id, l := range map[string]gaiji.Letter{"x1": a, "x2": b} {
			if err := save(id, l); err != nil {
				t.Fatal(err)
			}
		}
		check("two", a, b)
		first := stamp(tenant)
		twice := a
		twice.ID = "c"
		if err := save("x3", twice); !fault.Is(err, fault.Conflict) {
			t.Errorf("the same letter twice: %v", err)
		}
		b2 := b
		b2.N, b2.Text, b2.Retired = 2, "\U0002B741", true
		if err := save("x1", b2); err == nil { // the entry is there already
			t.Error("a change without its entry")
		}
		taken := b2
		taken.Text = a.Text
		if err := save("x4", taken); !fault.Is(err, fault.Conflict) {
			t.Errorf("the letter of another one: %v", err)
		}
		if err := save("x5", b2); err != nil {
			t.Fatal(err)
		}
		if err := save("x6", b2); !fault.Is(err, fault.Conflict) {
			t.Errorf("from a state that has passed: %v", err)
		}
		check("changed", a, b2)
		if second := stamp(tenant); second == first || second == "" {
			t.Errorf("stamps %q and %q", first, second)
		}
		if got, err := s.Gaiji(ctx, "m2"); err != nil || len(got) != 0 || stamp("m2") != "" {
			t.Errorf("another municipality: %v %v", got, err)
		}
	})
}
