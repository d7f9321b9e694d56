package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/files"
	"kasane/internal/meeting"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

func TestGlasses(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		number := caseNumber(ctx, t, s)
		conflict := func(what string, err error) {
			t.Helper()
			if !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: %v", what, err)
			}
		}
		id, err := s.GlassCase(ctx, tenant, "u1", number)
		same(t, "case", id, "c1", err)
		for _, c := range [][3]string{{tenant, "u1", "K2026-9999"}, {"m9", "u1", number}, {tenant, "u1", ""}} {
			if id, err := s.GlassCase(ctx, c[0], c[1], c[2]); !fault.Is(err, fault.NotFound) {
				t.Errorf("%v: %q %v", c, id, err)
			}
		}
		g := filled[consent.Glass]()
		g.Tenant, g.CaseID, g.UserID, g.Number, g.At = tenant, "c1", "u1", number, storetest.Start
		g.Until = g.At.Add(time.Hour)
		g.EndedBy, g.EndedAt, g.ReviewedBy, g.ReviewedName, g.ReviewedAt, g.Finding, g.Note = "", nil, "", "", nil, "", ""
		if err := s.InsertGlass(ctx, g, access.Entry{}); err == nil {
			t.Error("without an entry")
		}
		if docs := bumped(t, w, func() error { return s.InsertGlass(ctx, g, w.Entry("g1", access.VerbGlassBreak)) }); len(docs) == 0 {
			t.Error("no document was looked at again")
		}
		second := g
		second.ID, second.At = "second", g.Until.Add(-time.Microsecond)
		second.Until = second.At.Add(time.Hour)
		conflict("two open", s.InsertGlass(ctx, second, w.Entry("g2", access.VerbGlassBreak)))
		all, officer := access.ScopeOf(w.Holder), access.Scope{Tenant: tenant, UserID: "u2", Audit: true}
		got, err := s.Glass(ctx, all, g.ID)
		same(t, "glass", got, g, err)
		list, err := s.Glasses(ctx, officer, true)
		same(t, "open, for the officer", list, []consent.Glass{g}, err)
		facts, err := gateCase(ctx, t, s, tenant, "c1", "a1", "u1")
		same(t, "facts of the gate", facts.Glasses, []consent.Glass{g}, err)
		if facts, err = gateCase(ctx, t, s, tenant, "c1", "a1", "u2"); err != nil || facts.Glasses != nil {
			t.Error("facts of somebody else:", facts.Glasses, err)
		}

		// When its time is over the next may begin, and the first has its own end.
		second.At, second.Until = g.Until, g.Until.Add(time.Hour)
		if err := s.InsertGlass(ctx, second, w.Entry("g3", access.VerbGlassBreak)); err != nil {
			t.Fatal(err)
		}
		g.EndedAt = &g.Until
		conflict("end of what is over", s.EndGlass(ctx, g, w.Entry("g4", access.VerbGlassEnd)))
		ended := second.At.Add(time.Minute)
		second.EndedAt, second.EndedBy = &ended, "u2"
		if docs := bumped(t, w, func() error { return s.EndGlass(ctx, second, w.Entry("g5", access.VerbGlassEnd)) }); len(docs) == 0 {
			t.Error("no document was looked at again at its end")
		}
		list, err = s.OwnGlasses(ctx, tenant, "u1")
		same(t, "own", list, []consent.Glass{second, g}, err)

		self := g
		self.ReviewedBy, self.ReviewedAt, self.Finding = "u1", &ended, consent.FindingProper
		conflict("reviewed by who broke it", s.ReviewGlass(ctx, self, w.Entry("g6", access.VerbGlassReview)))
		g.ReviewedBy, g.ReviewedName, g.ReviewedAt, g.Finding, g.Note = "u2", "二", &ended, consent.FindingImproper, "\uFA10 待てた。"
		if err := s.ReviewGlass(ctx, g, w.Entry("g7", access.VerbGlassReview)); err != nil {
			t.Fatal(err)
		}
		again := g
		again.ReviewedBy, again.Finding = "u3", consent.FindingProper
		conflict("reviewed twice", s.ReviewGlass(ctx, again, w.Entry("g8", access.VerbGlassReview)))
		list, err = s.Glasses(ctx, all, false)
		same(t, "all", list, []consent.Glass{second, g}, err)
		list, err = s.Glasses(ctx, all, true)
		same(t, "open", list, []consent.Glass{second}, err)

		// Whoever is kept from the case cannot break it, and a holder who is sees no line of it.
		if err := s.SetBar(ctx, tenant, cases.Bar{CaseID: "c1", UserID: "u1", Reason: "親族", By: "u2", At: storetest.Start}, w.Entry("bar", access.VerbCaseBar)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.GlassCase(ctx, tenant, "u1", number); !fault.Is(err, fault.NotFound) {
			t.Errorf("barred: %v", err)
		}
		if list, err = s.Glasses(ctx, access.Scope{Tenant: tenant, UserID: "u1", All: true}, false); err != nil || len(list) != 0 {
			t.Error("a barred holder:", list, err)
		}
	})
}

func caseNumber(ctx context.Context, t *testing.T, s *store.Store) string {
	t.Helper()
	c, err := s.Case(ctx, access.Scope{Tenant: tenant, All: true}, "c1")
	if err != nil {
		t.Fatal(err)
	}
	return c.Number
}

// A scope of one case sees that case with its household, agencies and plans; nothing of another one, and of its own no meeting, file, record or log.
func TestScopeOfOneCase(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		sealed(t, w)
		if err := s.PutFile(ctx, files.File{ID: "f1", Tenant: tenant, CaseID: "c1", Name: "x"}, []byte("x"), w.Entry("f1", access.VerbFilePut)); err != nil {
			t.Fatal(err)
		}
		see := func(sc access.Scope) (seen []string) {
			one := func(what string, found bool, err error) {
				if err != nil && !fault.Is(err, fault.NotFound) {
					t.Error(what, err)
				}
				if err == nil && found {
					seen = append(seen, what)
				}
			}
			_, err := s.Case(ctx, sc, "c1")
			one("case", true, err)
			_, err = s.Persons(ctx, sc, "c1")
			one("persons", true, err)
			_, err = s.Members(ctx, sc, "c1")
			one("members", true, err)
			_, err = s.PlanByID(ctx, sc, "pl1")
			one("plan", true, err)
			plans, err := s.PlansOfCase(ctx, sc, "c1")
			one("plans", len(plans) > 0, err)
			meetings, err := s.ListMeetings(ctx, sc, meeting.Query{})
			one("meetings", len(meetings) > 0, err)
			_, err = s.MeetingByID(ctx, sc, "g1")
			one("meeting", true, err)
			_, err = s.FileMeta(ctx, sc, "f1")
			one("file", true, err)
			records, err := s.ArchiveRecords(ctx, sc, archive.Query{})
			one("records", len(records) > 0, err)
			glasses, err := s.Glasses(ctx, sc, false)
			one("glasses", len(glasses) > 0, err)
			return seen
		}
		want := []string{"case", "persons", "members", "plan", "plans"}
		if got := see(access.Scope{Tenant: tenant, UserID: "u1", CaseID: "c1"}); !slices.Equal(got, want) {
			t.Errorf("sees %v, want %v", got, want)
		}
		for name, sc := range map[string]access.Scope{"another case": {Tenant: tenant, UserID: "u1", CaseID: "c2"}, "no municipality": {CaseID: "c1"},
			"another municipality": {Tenant: "m9", CaseID: "c1"}} {
			if got := see(sc); len(got) != 0 {
				t.Errorf("%s: sees %v", name, got)
			}
		}
	})
}
