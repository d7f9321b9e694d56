package store_test

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"kasane/internal/access"
	"kasane/internal/community"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/figures"
	"kasane/internal/joining"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// Of a person and class one is open; each step follows the state it was seen in, and is in the コーディネート of its place or nowhere.
func TestJoinings(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		at, all := storetest.Start, access.ScopeOf(w.Holder)
		p := community.Place{ID: "s1", Name: "居場所", Kind: "ibasho", Fields: []string{}, State: community.StateOpen, AgencyID: "a2", N: 1, MadeAt: at, At: at, By: "u1", ByName: "x"}
		if err := s.SavePlace(ctx, tenant, p, "", w.Entry("s1", access.VerbPlaceSave)); err != nil {
			t.Fatal(err)
		}
		j := joining.Joining{ID: "j1", CaseID: "c1", PersonID: "p1", Item: consent.ItemProgress, Needs: []string{"place"}, Fields: []string{"kaigo"}, Aim: "ibasho", Wish: "お茶", Free: "水曜", District: "東部", AgencyID: "a2",
			OpenedOn: "2026-05-01", N: 1, At: at, By: "u1", ByName: "事務 花子"}
		if err := s.AddJoining(ctx, tenant, j, w.Entry("j1", access.VerbJoiningSave)); err != nil {
			t.Fatal(err)
		}
		again := j
		again.ID = "j2"
		if err := s.AddJoining(ctx, tenant, again, w.Entry("j2", access.VerbJoiningSave)); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second one: %v", err)
		}
		again.Item = consent.ItemHealth
		if err := s.AddJoining(ctx, tenant, again, w.Entry("j1", access.VerbJoiningSave)); err == nil {
			t.Error("one without its entry")
		}
		again.PersonID = "none"
		if err := s.AddJoining(ctx, tenant, again, w.Entry("j3", access.VerbJoiningSave)); !fault.Is(err, fault.NotFound) {
			t.Errorf("of nobody: %v", err)
		}
		step := func(id string, kind joining.Kind, outcome string, n int) error {
			x := joining.Step{ID: id, JoiningID: "j1", Kind: kind, PlaceID: "s1", Day: "2026-05-02", Outcome: outcome, Body: "x", AgencyName: "社協", By: "u1", ByName: "事務 花子", At: at}
			if kind == joining.KindEnd {
				x.PlaceID = ""
			}
			next := j
			next.N = n
			return s.AddStep(ctx, tenant, next, x, "a2", w.Entry("e"+id, access.VerbJoiningStep))
		}
		if err := step("x1", joining.KindStart, "", 2); err != nil {
			t.Fatal(err)
		}
		if err := step("x2", joining.KindStart, "", 2); !fault.Is(err, fault.Conflict) {
			t.Errorf("from a state that has passed: %v", err)
		}
		if taken, err := s.Taken(ctx, tenant); err != nil || !reflect.DeepEqual(taken, map[string]int{"s1": 1}) {
			t.Errorf("%v %v", taken, err)
		}
		changed := j
		changed.Wish, changed.N = "編み物", 3
		if err := s.SaveJoining(ctx, tenant, changed, w.Entry("j4", access.VerbJoiningSave)); err != nil {
			t.Fatal(err)
		}
		if err := step("x3", joining.KindStop, joining.Unfit, 4); err != nil {
			t.Fatal(err)
		}
		if links, err := s.PlaceLinks(ctx, tenant, "s1"); err != nil || len(links) != 1 || links[0].Result != community.ResultUnfit || links[0].ResultOn != "2026-05-02" || links[0].PersonID != "p1" || links[0].Item != consent.ItemProgress {
			t.Errorf("%+v %v", links, err)
		}
		if err := step("x4", joining.KindEnd, "wish", 5); err != nil {
			t.Fatal(err)
		}
		if err := step("x5", joining.KindTrial, "want", 6); !fault.Is(err, fault.Conflict) {
			t.Errorf("after its end: %v", err)
		}
		again = j
		again.ID = "j5"
		if err := s.AddJoining(ctx, tenant, again, w.Entry("j5", access.VerbJoiningSave)); err != nil {
			t.Errorf("anew: %v", err)
		}
		list, err := s.Joinings(ctx, all, "c1")
		if err != nil || len(list) != 2 || list[0].ID != "j1" || list[0].Wish != "編み物" || list[0].EndedOn != "2026-05-02" || len(list[0].Steps) != 3 || list[0].Steps[0].PlaceName != "居場所" || list[0].Steps[2].PlaceID != "" {
			t.Fatalf("%+v %v", list, err)
		}
		holder := access.ScopeOf(w.Holder)
		page := func(q joining.Query) (ids []string) {
			list, err := s.JoiningPage(ctx, holder, q)
			if err != nil {
				t.Fatal(err)
			}
			for _, j := range list {
				ids = append(ids, fmt.Sprint(j.ID, " ", j.Standing(), " ", j.LastOn(), " ", len(j.Steps)))
			}
			return ids
		}
		third := again
		third.ID, third.Item, third.OpenedOn = "j6", consent.ItemFamily, "2026-04-01"
		if err := s.AddJoining(ctx, tenant, third, w.Entry("j6", access.VerbJoiningSave)); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			for _, c := range []struct {
				q    joining.Query
				want []string
			}{
				{joining.Query{Limit: 5}, []string{"j6 looking 2026-04-01 0", "j5 looking 2026-05-01 0"}},
				{joining.Query{Limit: 1}, []string{"j6 looking 2026-04-01 0"}},
				{joining.Query{Limit: 5, After: joining.Cursor{LastOn: "2026-04-01", ID: "j6"}}, []string{"j5 looking 2026-05-01 0"}},
				{joining.Query{Limit: 5, State: joining.StateEnded}, []string{"j1 ended 2026-05-02 3"}},
				{joining.Query{Limit: 5, State: joining.StateUsing}, nil},
			} {
				if got := page(c.q); !slices.Equal(got, c.want) {
					t.Errorf("%+v: %q, want %q", c.q, got, c.want)
				}
			}
			if n, err := s.CountJoinings(ctx, holder); err != nil || !maps.Equal(n, map[joining.State]int{joining.StateLooking: 2, joining.StateEnded: 1}) {
				t.Errorf("%v %v", n, err)
			}
			// as they came out of an older version, and once more
			if err := store.Exec(ctx, s, `UPDATE joining SET state = '', last_on = '' WHERE tenant = $1`, tenant); err != nil {
				t.Fatal(err)
			}
			if err := store.StandOld(ctx, s); err != nil {
				t.Fatal(err)
			}
		}
		if list, err := s.JoiningPage(ctx, access.Scope{Tenant: "m9", All: true}, joining.Query{Limit: 5}); err != nil || len(list) != 0 {
			t.Errorf("another municipality: %v %v", list, err)
		}
		a, err := s.FigureArea(ctx, allOf(tenant))
		want := figures.Joining{CaseID: "c1", PersonID: "p1", Opened: "2026-05-01", Ended: "2026-05-02", Steps: []figures.JoiningStep{{Kind: "start", PlaceID: "s1", Day: "2026-05-02"}, {Kind: "stop", PlaceID: "s1", Day: "2026-05-02"}, {Kind: "end", Day: "2026-05-02"}}}
		if err != nil || len(a.Joined) != 3 || !reflect.DeepEqual(a.Joined[1], want) {
			t.Errorf("%+v %v, want %+v", a.Joined, err, want)
		}
		care := community.Care{ID: "k1", PlaceID: "s1", Day: "2026-05-02", Method: "visit", Body: "送迎", AgencyName: "社協", By: "u1", ByName: "事務 花子", At: at}
		if err := s.AddCare(ctx, tenant, care, w.Entry("k1", access.VerbPlaceCare)); err != nil {
			t.Fatal(err)
		}
		if got, err := s.PlaceCares(ctx, tenant, "s1"); err != nil || !reflect.DeepEqual(got, []community.Care{care}) {
			t.Errorf("%+v %v", got, err)
		}
		care.ID, care.PlaceID = "k2", "none"
		if err := s.AddCare(ctx, tenant, care, w.Entry("k2", access.VerbPlaceCare)); !fault.Is(err, fault.NotFound) {
			t.Errorf("of no place: %v", err)
		}
	})
}
