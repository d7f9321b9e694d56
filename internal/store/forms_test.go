package store_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/forms"
	"kasane/internal/sheets"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// A change of the forms is kept with its entry or not at all, one after the other, and can be taken back before its day only.
func TestFormVersions(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		version := func(n int, from string) forms.Version {
			return forms.Version{N: n, At: storetest.Start.Add(time.Duration(n) * time.Second), By: "u1", ByName: "髙橋 𠮷子", Change: sheets.Amendment{EffectiveFrom: from,
				Fields:  []sheets.OwnField{{Form: "uketsuke", Section: "uke", Field: sheets.Field{ID: "own_a", Label: "𠮷野家<b>", Type: sheets.TypeBool, Item: "basic", Owner: sheets.OwnerHousehold}}},
				Changes: []sheets.FieldChange{{ID: "route", Label: "経路", Retired: true}}, Lists: []sheets.OwnList{{ID: "route", Codes: []sheets.Code{{Code: "own_x", Label: "電話"}}}}}}
		}
		stamp := func(tenant string) string {
			t.Helper()
			got, err := s.FormStamp(ctx, tenant)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		add := func(id string, v forms.Version) error {
			return s.AddFormVersion(ctx, tenant, v, w.Entry(id, access.VerbFormsPublish))
		}
		drop := func(id string, n int, today string) error {
			return s.DropFormVersion(ctx, tenant, n, today, w.Entry(id, access.VerbFormsWithdraw))
		}
		if got := stamp(tenant); got != "" {
			t.Errorf("stamp of nothing: %q", got)
		}
		a, b := version(1, "2026-12-01"), version(2, "2027-04-01")
		for id, v := range map[string]forms.Version{"f1": a} {
			if err := add(id, v); err != nil {
				t.Fatal(err)
			}
		}
		first := stamp(tenant)
		if err := add("f2", version(1, "2027-01-01")); !fault.Is(err, fault.Conflict) {
			t.Errorf("two first changes: %v", err)
		}
		if err := add("f3", version(3, "2027-01-01")); !fault.Is(err, fault.Conflict) {
			t.Errorf("a number left out: %v", err)
		}
		if err := add("f1", b); err == nil {
			t.Error("a change without its entry")
		}
		if err := add("f4", b); err != nil {
			t.Fatal(err)
		}
		if stamp(tenant) == first {
			t.Error("the stamp does not change")
		}
		got, err := s.FormVersions(ctx, tenant)
		if err != nil || !reflect.DeepEqual(got, []forms.Version{a, b}) {
			t.Errorf("%+v %v", got, err)
		}
		if got, err := s.FormVersions(ctx, "elsewhere"); err != nil || len(got) != 0 || stamp("elsewhere") != "" {
			t.Errorf("of another municipality: %+v %v", got, err)
		}
		for what, try := range map[string]func() error{
			"not the last": func() error { return drop("f5", 1, "2026-11-01") },
			"on its day":   func() error { return drop("f6", 2, "2027-04-01") },
			"of nobody":    func() error { return drop("f7", 9, "2026-11-01") },
			"of another municipality": func() error {
				return s.DropFormVersion(ctx, "elsewhere", 2, "2026-11-01", w.Entry("f8", access.VerbFormsWithdraw))
			},
		} {
			want := fault.Conflict
			if strings.HasPrefix(what, "of ") {
				want = fault.NotFound
			}
			if err := try(); !fault.Is(err, want) {
				t.Errorf("taken back %s: %v", what, err)
			}
		}
		second := stamp(tenant)
		if err := drop("f9", 2, "2027-03-31"); err != nil {
			t.Fatal(err)
		}
		again := version(2, "2027-05-01")
		again.At = again.At.Add(time.Minute)
		if err := add("f10", again); err != nil || stamp(tenant) == second {
			t.Errorf("another second one: %v, stamp %s", err, stamp(tenant))
		}
	})
}
