package store_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/figures"
	"kasane/internal/meeting"
	"kasane/internal/outreach"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// What is counted is read alike on both engines, and of one municipality only.
func TestFactsOfFigures(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		w := storetest.NewWorld(t, s, "t1")
		storetest.NewWorld(t, s, "t2")
		gone := consent.Withdrawal{ID: "w1", RecordID: "r1", At: storetest.Start.Add(48 * time.Hour), By: "u1", ByName: "田中"}
		part := gone
		part.ID, part.At, part.Items = "w0", storetest.Start.Add(24*time.Hour), []consent.Item{consent.ItemIncome}
		for i, x := range []consent.Withdrawal{part, gone} {
			e := w.Withdrawn([]string{"e20", "e21"}[i], x)
			if err := s.Withdraw(ctx, "t1", x, nil, e); err != nil {
				t.Fatal(err)
			}
		}
		list, err := s.FigureCases(ctx, allOf("t1"))
		if err != nil || len(list) != 1 {
			t.Fatalf("%+v %v", list, err)
		}
		c := list[0]
		if c.ID != "c1" || c.Stage != cases.StageReceived || !c.Opened.Equal(storetest.Start) || c.Ended != nil || c.Sex != "女" || c.Birth != "1971-04" || !c.Addressed || len(c.Consents) != 1 {
			t.Errorf("%+v", c)
		}
		if x := c.Consents[0]; !x.From.Equal(storetest.Start) || x.Withdrawn == nil || !x.Withdrawn.Equal(gone.At) {
			t.Errorf("a withdrawal in part ends no consent, one in whole does: %+v", x)
		}
		if plans, err := s.FigurePlans(ctx, allOf("t1"), storetest.Start, storetest.Start.AddDate(1, 0, 0)); err != nil || len(plans) != 0 {
			t.Errorf("%+v %v", plans, err)
		}
		contact := triedEntry("x1")
		fixed := triedEntry("x2")
		fixed.Replaces, fixed.Met = "x1", []string{"self", "family"}
		course := triedEntry("x3")
		course.Kind, course.Method, course.Target = outreach.KindCourse, "09", "保健所"
		for _, x := range []outreach.Entry{contact, fixed, course} {
			x.Tenant = "t1"
			if _, err := s.AddOutreach(ctx, x, "", nil, w.Entry("o"+x.ID, access.VerbOutreachLog)); err != nil {
				t.Fatal(err)
			}
		}
		want := []figures.Contact{{CaseID: "c1", At: storetest.Start, Method: "visit", Met: true}}
		if got, err := s.FigureContacts(ctx, allOf("t1"), storetest.Start, storetest.Start.Add(time.Hour)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("a correction counts in place of what it corrects: %+v %v", got, err)
		}
		for _, q := range []struct {
			tenant string
			from   time.Time
		}{{"t2", storetest.Start}, {"t1", storetest.Start.Add(time.Minute)}} {
			if got, err := s.FigureContacts(ctx, allOf(q.tenant), q.from, q.from.Add(time.Hour)); err != nil || len(got) != 0 {
				t.Errorf("%s from %v: %+v %v", q.tenant, q.from, got, err)
			}
		}
		err = s.EachClosedMeeting(ctx, allOf("t1"), storetest.Start, storetest.Start.AddDate(1, 0, 0), func(m figures.Meeting, _ meeting.Meeting, _ []meeting.Event) error {
			t.Errorf("a meeting that was not closed: %+v", m)
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}
