package store_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/community"
	"kasane/internal/fault"
	"kasane/internal/figures"
	"kasane/internal/meeting"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// A place changes from the state it was seen in only, its days can be taken back, and everything stands with its entry or not at all.
func TestPlaces(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		lat, lng, capacity := 35.681236, -139.767125, 0
		first := community.Place{ID: "s1", Name: "居場所 𠮷野", Kind: "ibasho", Fields: []string{"kaigo", "kodomo"}, District: "東部", Address: "1丁目", Lat: &lat, Lng: &lng, Capacity: &capacity, Hours: "水曜\n午後",
			Contact: "運営の会", Terms: "どなたでも", State: community.StatePreparing, AgencyID: "a2", Note: "備考", IssueMeeting: "g1", IssueNote: "n2", N: 1, MadeAt: storetest.Start, At: storetest.Start, By: "u1", ByName: "事務 花子"}
		agencies, err := s.ListAgencies(ctx, tenant)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range agencies {
			if a.ID == "a2" {
				first.AgencyName = a.Name
			}
		}
		if err := s.SavePlace(ctx, tenant, first, community.IssueMaking, w.Entry("s1", access.VerbPlaceSave)); err != nil {
			t.Fatal(err)
		}
		issue := func(want meeting.IssueState) {
			t.Helper()
			if got, err := s.IssueMarks(ctx, tenant); err != nil || got["n2"].State != want || got["n2"].MeetingID != "g1" {
				t.Errorf("issue %+v %v, want %s", got, err, want)
			}
		}
		issue(community.IssueMaking)
		bare := community.Place{ID: "s2", Name: "空", Kind: "other", Fields: []string{}, State: community.StateOpen, AgencyID: "a1", N: 1, MadeAt: storetest.Start, At: storetest.Start, By: "u1", ByName: "x"}
		homeless := bare
		homeless.AgencyID = "none"
		if err := s.SavePlace(ctx, tenant, homeless, "", w.Entry("s2", access.VerbPlaceSave)); !fault.Is(err, fault.Invalid) {
			t.Errorf("of no agency: %v", err)
		}
		if err := s.SavePlace(ctx, tenant, bare, "", w.Entry("s1", access.VerbPlaceSave)); err == nil { // the entry is there already
			t.Error("a place without its entry")
		}
		if err := s.SavePlace(ctx, tenant, bare, "", w.Entry("s3", access.VerbPlaceSave)); err != nil {
			t.Fatal(err)
		}
		at := storetest.Start.Add(time.Hour)
		next := first
		next.State, next.OpenedAt, next.N, next.At, next.Lat, next.Lng, next.Capacity = community.StateOpen, &at, 2, at, nil, nil, nil
		if err := s.SavePlace(ctx, tenant, next, community.IssueMade, w.Entry("s4", access.VerbPlaceSave)); err != nil {
			t.Fatal(err)
		}
		issue(community.IssueMade)
		if err := s.SavePlace(ctx, tenant, next, "", w.Entry("s5", access.VerbPlaceSave)); !fault.Is(err, fault.Conflict) {
			t.Errorf("from a state that has passed: %v", err)
		}
		if got, err := s.Place(ctx, tenant, "s1"); err != nil || !reflect.DeepEqual(got, next) {
			t.Errorf("%+v %v, want %+v", got, err, next)
		}
		if list, err := s.Places(ctx, tenant); err != nil || len(list) != 2 || list[1].Capacity != nil || list[1].Fields == nil {
			t.Errorf("%+v %v", list, err)
		}
		if _, err := s.Place(ctx, "m2", "s1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("from another municipality: %v", err)
		}
		day := community.Day{ID: "d1", PlaceID: "s1", Day: "2026-05-01", Counts: community.Counts{Children: 1, Young: 2, Working: 3, Elder: 4}, Note: "春", At: at, By: "u1", ByName: "事務 花子"}
		if err := s.AddDay(ctx, tenant, day, w.Entry("y1", access.VerbPlaceDay)); err != nil {
			t.Fatal(err)
		}
		lost := day
		lost.ID, lost.PlaceID = "d2", "none"
		if err := s.AddDay(ctx, tenant, lost, w.Entry("y2", access.VerbPlaceDay)); !fault.Is(err, fault.NotFound) {
			t.Errorf("a day of no place: %v", err)
		}
		if got, err := s.PlaceDays(ctx, tenant, "s1"); err != nil || !reflect.DeepEqual(got, []community.Day{day}) {
			t.Errorf("%+v %v", got, err)
		}
		if err := s.DropDay(ctx, "m2", "s1", "d1", at, w.Entry("y3", access.VerbPlaceDayDrop)); !fault.Is(err, fault.NotFound) {
			t.Errorf("taken back from elsewhere: %v", err)
		}
		if err := s.DropDay(ctx, tenant, "s1", "d1", at, w.Entry("y4", access.VerbPlaceDayDrop)); err != nil {
			t.Fatal(err)
		}
		if err := s.DropDay(ctx, tenant, "s1", "d1", at, w.Entry("y5", access.VerbPlaceDayDrop)); !fault.Is(err, fault.NotFound) {
			t.Errorf("taken back twice: %v", err)
		}
		if got, err := s.PlaceDays(ctx, tenant, "s1"); err != nil || len(got) != 0 {
			t.Errorf("what was taken back: %+v %v", got, err)
		}
	})
}

// A link names a person of its case or nobody, and its result is told once from the state it was seen in.
func TestPlaceLinks(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		at := storetest.Start
		p := community.Place{ID: "s1", Name: "居場所", Kind: "ibasho", Fields: []string{}, State: community.StateOpen, AgencyID: "a2", N: 1, MadeAt: at, At: at, By: "u1", ByName: "x"}
		if err := s.SavePlace(ctx, tenant, p, "", w.Entry("s1", access.VerbPlaceSave)); err != nil {
			t.Fatal(err)
		}
		c, err := s.Case(ctx, access.ScopeOf(w.Holder), "c1")
		if err != nil {
			t.Fatal(err)
		}
		persons, err := s.Persons(ctx, access.ScopeOf(w.Holder), "c1")
		if err != nil || len(persons) == 0 {
			t.Fatal(persons, err)
		}
		agencies, err := s.ListAgencies(ctx, tenant)
		if err != nil {
			t.Fatal(err)
		}
		somebody := community.Link{ID: "l1", PlaceID: "s1", CaseID: "c1", CaseNumber: c.Number, PersonID: persons[0].ID, Name: persons[0].Name, Role: community.RoleParticipant, Since: "2026-05-01", AgencyID: agencies[0].ID,
			AgencyName: agencies[0].Name, By: "u1", ByName: "事務 花子", MadeAt: at, N: 1, At: at}
		resident := community.Link{ID: "l2", PlaceID: "s1", Role: community.RoleBearer, Since: "2026-05-02", AgencyID: agencies[0].ID, AgencyName: agencies[0].Name, By: "u1", ByName: "事務 花子", MadeAt: at, N: 1, At: at}
		for i, l := range []community.Link{somebody, resident} {
			if err := s.AddLink(ctx, tenant, l, w.Entry("l"+string(rune('a'+i)), access.VerbPlaceLink)); err != nil {
				t.Fatal(err)
			}
		}
		for what, change := range map[string]func(*community.Link){"no such person": func(l *community.Link) { l.PersonID = "none" }, "a person of another case": func(l *community.Link) { l.CaseID = "c9" },
			"no such place": func(l *community.Link) { l.PlaceID = "none" }} {
			l := somebody
			l.ID = "lx"
			change(&l)
			if err := s.AddLink(ctx, tenant, l, w.Entry("x"+what, access.VerbPlaceLink)); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if got, err := s.PlaceLinks(ctx, tenant, "s1"); err != nil || !reflect.DeepEqual(got, []community.Link{resident, somebody}) {
			t.Errorf("%+v %v, want %+v", got, err, []community.Link{resident, somebody})
		}
		a, err := s.FigureArea(ctx, allOf(tenant))
		want := figures.Area{Places: []figures.Place{{Kind: "ibasho", Open: true, Made: at}}, Links: []figures.PlaceLink{{Since: "2026-05-01", CaseID: "c1"}, {Since: "2026-05-02"}}}
		if err != nil || !reflect.DeepEqual(a, want) {
			t.Errorf("facts of the area: %+v %v", a, err)
		}
		if a, err := s.FigureArea(ctx, allOf("m2")); err != nil || !reflect.DeepEqual(a, figures.Area{}) {
			t.Errorf("of another municipality: %+v %v", a, err)
		}
		ended := somebody
		ended.Result, ended.ResultOn, ended.N, ended.At = community.ResultEnded, "2026-05-10", 2, at.Add(time.Hour)
		if err := s.SetLink(ctx, tenant, ended, w.Entry("r1", access.VerbPlaceResult)); err != nil {
			t.Fatal(err)
		}
		if err := s.SetLink(ctx, tenant, ended, w.Entry("r2", access.VerbPlaceResult)); !fault.Is(err, fault.Conflict) {
			t.Errorf("told twice: %v", err)
		}
		if got, err := s.PlaceLinks(ctx, tenant, "s1"); err != nil || !reflect.DeepEqual(got[1], ended) {
			t.Errorf("%+v %v, want %+v", got, err, ended)
		}
		if got, err := s.PlaceLinks(ctx, "m2", "s1"); err != nil || len(got) > 0 {
			t.Errorf("another municipality: %+v %v", got, err)
		}
	})
}
