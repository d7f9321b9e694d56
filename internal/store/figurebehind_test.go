package store_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/figures"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// allOf is the scope of who holds every case of a municipality.
func allOf(tenant string) access.Scope { return access.Scope{Tenant: tenant, All: true} }

// The way of a case through its stages is kept: each stage once as it is entered, however often something else of the case is written.
func TestStepsOfACase(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		w := storetest.NewWorld(t, s, "t1")
		storetest.NewWorld(t, s, "t2")
		want := []figures.Step{{CaseID: "c1", Stage: cases.StageReceived, At: storetest.Start}}
		for i, stage := range []cases.Stage{cases.StageIntake, cases.StageIntake, cases.StageClosed, cases.StageReceived} {
			c, err := s.Case(ctx, allOf("t1"), "c1")
			if err != nil {
				t.Fatal(err)
			}
			moved := c.Stage != stage
			c.Stage, c.UpdatedAt = stage, storetest.Start.Add(time.Duration(i+1)*time.Hour)
			if err := s.UpdateCase(ctx, c, w.Entry("f"+string(rune('a'+i)), access.VerbCaseUpdate)); err != nil {
				t.Fatal(err)
			}
			if moved {
				want = append(want, figures.Step{CaseID: "c1", Stage: stage, At: c.UpdatedAt})
			}
			c.Version = 1 // of long ago: nothing is written
			if err := s.UpdateCase(ctx, c, w.Entry("g"+string(rune('a'+i)), access.VerbCaseUpdate)); !fault.Is(err, fault.Conflict) {
				t.Errorf("an old version: %v", err)
			}
		}
		if got, err := s.FigureSteps(ctx, allOf("t1")); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v %v, want %+v", got, err, want)
		}
	})
}

// A case its reader is kept from is in none of what is counted for them, nor in the lists behind it; for others it is.
func TestFiguresWithoutABarredCase(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		w := storetest.NewWorld(t, s, "t1")
		if err := s.SetBar(ctx, "t1", cases.Bar{CaseID: "c1", UserID: "u1", Reason: "親族", By: "u2", At: storetest.Start}, w.Entry("b1", access.VerbCaseBar)); err != nil {
			t.Fatal(err)
		}
		count := func(sc access.Scope) (n [5]int) {
			t.Helper()
			list, err := s.FigureCases(ctx, sc)
			steps, err2 := s.FigureSteps(ctx, sc)
			lines, err3 := s.FigureLines(ctx, sc, []string{"c1"})
			net, err4 := s.FigureNetwork(ctx, sc, storetest.Start)
			if err != nil || err2 != nil || err3 != nil || err4 != nil {
				t.Fatal(err, err2, err3, err4)
			}
			for _, c := range list {
				n[4] += len(c.Consents)
			}
			n[0], n[1], n[2], n[3] = len(list), len(steps), len(lines), len(net.Members)
			return n
		}
		barred := allOf("t1")
		barred.UserID = "u1"
		if got := count(barred); got != [5]int{} {
			t.Errorf("of who is kept from the case: %v", got)
		}
		other := allOf("t1")
		other.UserID = "u2"
		if got := count(other); got != [5]int{1, 1, 1, 1, 1} {
			t.Errorf("of others: %v", got)
		}
	})
}

// Of two who change a target from the same number one wins, and what one of several meets with changes none of them.
func TestTargets(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		w := storetest.NewWorld(t, s, "t1")
		storetest.NewWorld(t, s, "t2")
		n := func(v int) *int { return &v }
		save := func(id string, year int, changes ...figures.TargetChange) error {
			return s.SaveTargets(ctx, w.Holder, year, changes, storetest.Start, w.Entry(id, access.VerbFiguresTarget))
		}
		is := func(tenant string, year int, want ...figures.Target) {
			t.Helper()
			if got, err := s.FigureTargets(ctx, tenant, year); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s %d: %+v %v, want %+v", tenant, year, got, err, want)
			}
		}
		if err := save("t01", 2026, figures.TargetChange{Figure: "opened", Value: n(40)}, figures.TargetChange{Figure: "ended", Value: n(0)}); err != nil {
			t.Fatal(err)
		}
		is("t1", 2026, figures.Target{Figure: "ended", Value: 0}, figures.Target{Figure: "opened", Value: 40})
		is("t1", 2027)
		is("t2", 2026)
		for id, c := range map[string]figures.TargetChange{"t02": {Figure: "opened", Value: n(50)}, "t03": {Figure: "opened", Was: n(39), Value: n(50)}, "t04": {Figure: "opened", Was: n(39)}} {
			if err := save(id, 2026, figures.TargetChange{Figure: "ended", Was: n(0)}, c); !fault.Is(err, fault.Conflict) {
				t.Errorf("%+v: %v", c, err)
			}
		}
		is("t1", 2026, figures.Target{Figure: "ended", Value: 0}, figures.Target{Figure: "opened", Value: 40})
		if err := save("t05", 2026, figures.TargetChange{Figure: "ended", Was: n(0)}, figures.TargetChange{Figure: "opened", Was: n(40), Value: n(50)}); err != nil {
			t.Fatal(err)
		}
		is("t1", 2026, figures.Target{Figure: "opened", Value: 50})
	})
}
