package store_test

import (
	"context"
	"reflect"
	"testing"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/figures"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// What is counted of the stages: the last スクリーニング of an インテーク, moves in their order, 再受付 as a new case and what was heard; of the own municipality alone.
func TestCoursesToCount(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		at := storetest.Start
		try := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		c, err := s.Case(ctx, access.ScopeOf(w.Holder), "c1")
		try(err)
		for i, result := range []string{"3", "4"} {
			x := cases.Screening{ID: []string{"s1", "s2"}[i], Tenant: tenant, CaseID: "c1", CaseVersion: c.Version, Day: "2026-06-01", Result: result, At: at}
			try(s.AddScreening(ctx, x, w.Entry("c"+x.ID, access.VerbScreening)))
		}
		for i, to := range []cases.Stage{cases.StageSuspended, cases.StageClosed} {
			c.Stage, c.UpdatedAt = to, at.AddDate(0, 0, i)
			code := func(cases.MoveFacts) (cases.Move, error) { return cases.Move{Step: cases.Step{Code: "08"}}, nil }
			try(s.MoveCase(ctx, c, code, w.Entry("m"+string(to), access.VerbCaseUpdate)))
			c.Version++
		}
		again := cases.Case{ID: "n3", Tenant: tenant, Number: "K2026-0093", Stage: cases.StageReceived, Version: 1, OpenedAt: at.AddDate(0, 0, 2), OpenedBy: "u1", UpdatedAt: at}
		try(s.OpenAgain(ctx, again, nil, nil, cases.Former{Tenant: tenant, CaseID: "n3", FormerID: "c1", At: at}, w.Entry("again", access.VerbCaseAgain)))
		f := cases.Followup{ID: "f1", Tenant: tenant, CaseID: "c1", AgencyID: "a2", DueOn: "2026-06-02", MadeBy: "u1", MadeAt: at, State: cases.FollowupPlanned}
		try(s.AddFollowup(ctx, f, w.Entry("f1", access.VerbFollowup)))
		f.State, f.Result, f.DoneOn, f.DoneAt = cases.FollowupDone, "04", "2026-06-03", &at
		try(s.DoFollowup(ctx, f, nil, w.Entry("f2", access.VerbFollowup)))
		want := figures.Courses{Screenings: []figures.Screened{{Day: "2026-06-01", Result: "4"}}, Again: []figures.AgainFrom{{FormerID: "c1", At: at.AddDate(0, 0, 2)}},
			Followups: []figures.Heard{{Day: "2026-06-03", Result: "04"}}, Moves: []figures.Moved{}}
		got, err := s.FigureCourses(ctx, tenant, "u1", at.AddDate(0, 0, -1), at.AddDate(0, 1, 0))
		try(err)
		if len(got.Moves) != 2 || got.Moves[0].To != cases.StageSuspended || got.Moves[1].From != cases.StageSuspended || got.Moves[1].Code != "08" {
			t.Errorf("%+v", got.Moves)
		}
		got.Moves = []figures.Moved{}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, want %+v", got, want)
		}
		if got, err := s.FigureCourses(ctx, "m2", "", at.AddDate(-1, 0, 0), at.AddDate(1, 0, 0)); err != nil || !reflect.DeepEqual(got, figures.Courses{}) {
			t.Errorf("of another municipality: %+v %v", got, err)
		}
	})
}
