package store_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/figures"
	"kasane/internal/live"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// A sheet that was written in is read once; an older reading never takes the place of a newer one; a municipality counts its own cases, of the span asked for.
func TestTally(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		w := storetest.NewWorld(t, s, "t1")
		storetest.NewWorld(t, s, "t2")
		want := live.Meta{Tenant: "t1", ID: "sheet1", Epoch: 1, Kind: live.KindSection, CaseID: "c1", OwnerID: "c1", Item: "basic"}
		if _, err := s.EnsureDocs(ctx, []live.Meta{want}, w.Entry("ta1", access.VerbDocOpen)); err != nil {
			t.Fatal(err)
		}
		unread := func(tenant string) []figures.Sheet {
			t.Helper()
			list, err := s.UnreadSheets(ctx, tenant, 10)
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		if list := unread("t1"); len(list) != 0 {
			t.Errorf("nothing was written: %+v", list)
		}
		docs := live.NewService(s, nil, func() time.Time { return storetest.Start })
		write := func(v string) {
			t.Helper()
			if _, err := docs.ServerWrite(ctx, access.Actor{Tenant: "t1", UserID: "u1", Name: "田中", AgencyID: "a1", Roles: []access.Role{access.RoleSecretariat}}, "sheet1", func(b *live.Builder) error {
				b.Set("f/route", v)
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		write("01")
		list := unread("t1")
		if len(list) != 1 || list[0].ID != "sheet1" || list[0].CaseID != "c1" || list[0].Owner != "household" || list[0].Item != "basic" || len(unread("t2")) != 0 {
			t.Fatalf("%+v", list)
		}
		save := func(head int64, answers ...figures.Answer) {
			t.Helper()
			if err := s.SaveAnswers(ctx, "t1", list[0], head, answers); err != nil {
				t.Fatal(err)
			}
		}
		counted := func(tenant string, from time.Time, want ...figures.Answered) {
			t.Helper()
			if got, err := s.FigureAnswers(ctx, allOf(tenant), from, from.Add(24*time.Hour)); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s from %v: %+v %v, want %+v", tenant, from, got, err, want)
			}
		}
		first, second := figures.Answer{Field: "route", Code: "01"}, figures.Answer{Field: "route", Code: "02"}
		save(list[0].Head, first)
		if list := unread("t1"); len(list) != 0 {
			t.Errorf("read, and to be read again: %+v", list)
		}
		counted("t1", storetest.Start, figures.Answered{Answer: first, Count: 1})
		counted("t1", storetest.Start.Add(time.Minute))
		counted("t2", storetest.Start)
		write("02")
		if list := unread("t1"); len(list) != 1 {
			t.Errorf("written again: %+v", list)
		}
		save(list[0].Head+1, second)
		save(list[0].Head, first) // another node was slower
		counted("t1", storetest.Start, figures.Answered{Answer: second, Count: 1})
		save(list[0].Head + 2)
		counted("t1", storetest.Start)
	})
}
