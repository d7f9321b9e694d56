package store_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/firstrun"
	"kasane/internal/identity"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// What a municipality says of itself, and how far it has come: with its entry or not at all, and within its walls.
func TestFirstRun(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		storetest.NewWorld(t, s, "m2")
		ok := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		get := func(tenant string) firstrun.Kept {
			t.Helper()
			k, err := s.FirstRun(ctx, tenant)
			ok(err)
			return k
		}
		k := get(tenant)
		if !k.Demo || !k.Aside || k.Logo != "" || k.Marks != nil || k.Town.Code != tenant {
			t.Errorf("at first: %+v", k)
		}
		mark := func(step firstrun.Step, name string) firstrun.Mark {
			return firstrun.Mark{Step: step, At: storetest.Start, ByID: "u1", ByName: name}
		}
		ok(s.MarkStep(ctx, tenant, mark(firstrun.StepTown, "一"), true, w.Entry("f1", access.VerbFirstRun)))
		later := mark(firstrun.StepTown, "二")
		later.At = storetest.Start.Add(time.Hour)
		ok(s.MarkStep(ctx, tenant, later, true, w.Entry("f2", access.VerbFirstRun)))
		ok(s.MarkStep(ctx, tenant, mark(firstrun.StepLogo, "二"), true, w.Entry("f3", access.VerbFirstRun)))
		if err := s.MarkStep(ctx, tenant, mark(firstrun.StepKinds, "一"), true, w.Entry("f1", access.VerbFirstRun)); err == nil { // this entry is there already
			t.Error("a mark without its entry")
		}
		if k := get(tenant); !reflect.DeepEqual(k.Marks, []firstrun.Mark{mark(firstrun.StepLogo, "二"), mark(firstrun.StepTown, "一")}) {
			t.Errorf("marks: %+v", k.Marks)
		}
		ok(s.MarkStep(ctx, tenant, mark(firstrun.StepLogo, ""), false, w.Entry("f4", access.VerbFirstRun)))
		ok(s.PutAside(ctx, tenant, false, w.Entry("f5", access.VerbFirstRun)))
		ok(s.SaveTown(ctx, tenant, firstrun.Town{Name: "新架空市", Code: "131016", Since: 2026}, w.Entry("f6", access.VerbTownSave)))
		k = get(tenant)
		if k.Aside || k.Town != (firstrun.Town{Name: "新架空市", Code: "131016", Since: 2026}) || len(k.Marks) != 1 {
			t.Errorf("%+v", k)
		}
		err := s.SaveTown(ctx, "m2", firstrun.Town{Name: "別", Code: "131016"}, w.Entry("f7", access.VerbTownSave))
		if !fault.Is(err, fault.Conflict) || fault.Field(err) != "code" {
			t.Errorf("the code of another: %v", err)
		}
		for i, m := range []string{tenant, "m2"} { // two that do not know theirs
			ok(s.SaveTown(ctx, m, firstrun.Town{Name: "名"}, w.Entry([]string{"f8", "f9"}[i], access.VerbTownSave)))
		}
		if err := s.SaveTown(ctx, "none", firstrun.Town{Name: "名"}, w.Entry("fa", access.VerbTownSave)); !fault.Is(err, fault.NotFound) {
			t.Errorf("of nobody: %v", err)
		}
		for i, l := range []firstrun.Logo{{Picture: []byte{1}, Width: 2, Height: 3, Stamp: "s1"}, {Picture: []byte{4, 0}, Width: 5, Height: 6, Stamp: "s2"}} {
			ok(s.SaveLogo(ctx, tenant, l, mark("", "一"), w.Entry([]string{"fb", "fc"}[i], access.VerbTownLogo)))
			if got, err := s.Logo(ctx, tenant); err != nil || !reflect.DeepEqual(got, l) {
				t.Errorf("%+v %v", got, err)
			}
		}
		if k := get(tenant); k.Logo != "s2" || k.Width != 5 || k.Height != 6 {
			t.Errorf("%+v", k)
		}
		if k := get("m2"); k.Logo != "" || k.Marks != nil || !k.Aside {
			t.Errorf("of another: %+v", k)
		}
		if _, err := s.Logo(ctx, "m2"); !fault.Is(err, fault.NotFound) {
			t.Errorf("the mark of another: %v", err)
		}
		ok(s.DropLogo(ctx, tenant, w.Entry("fd", access.VerbTownLogo)))
		if _, err := s.Logo(ctx, tenant); !fault.Is(err, fault.NotFound) {
			t.Errorf("gone: %v", err)
		}
		if _, err := s.FirstRun(ctx, "none"); !fault.Is(err, fault.NotFound) {
			t.Errorf("nobody's: %v", err)
		}
	})
}

// Many agencies are saved together: one that cannot be leaves the others as they were.
func TestSaveAgenciesAllOrNone(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		new1 := access.Agency{Tenant: tenant, ID: "n1", Name: "なぎさ会", Short: "なぎさ", Active: true, Contact: "渚 砂", Phone: "012-345-6789"}
		a2 := access.Agency{Tenant: tenant, ID: "a2", Name: "社会福祉協議会", Short: "社協", Category: "02", Active: true, Phone: "119"}
		taken := access.Agency{Tenant: tenant, ID: "n2", Name: "なぎさ会", Short: "二", Active: true}
		saving := func(e string, a access.Agency, create bool) identity.AgencySaving {
			return identity.AgencySaving{Agency: a, Create: create, Entry: w.Entry(e, access.VerbAgencySave)}
		}
		before, err := s.ListAgencies(ctx, tenant)
		if err != nil {
			t.Fatal(err)
		}
		err = s.SaveAgencies(ctx, []identity.AgencySaving{saving("g1", new1, true), saving("g2", a2, false), saving("g3", taken, true)})
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("a name twice: %v", err)
		}
		if after, err := s.ListAgencies(ctx, tenant); err != nil || !reflect.DeepEqual(after, before) {
			t.Errorf("saved in part: %+v %v", after, err)
		}
		if err := s.SaveAgencies(ctx, []identity.AgencySaving{saving("g1", new1, true), saving("g2", a2, false)}); err != nil {
			t.Fatal(err)
		}
		after, err := s.ListAgencies(ctx, tenant)
		if err != nil || len(after) != len(before)+1 {
			t.Fatal(after, err)
		}
		for _, want := range []access.Agency{new1, a2} {
			found := false
			for _, got := range after {
				found = found || reflect.DeepEqual(got, want)
			}
			if !found {
				t.Errorf("%+v is not among %+v", want, after)
			}
		}
	})
}
