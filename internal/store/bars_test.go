package store_test

import (
	"context"
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

// Whoever is kept from a case finds nothing of it, by whatever method that takes a Scope; the others still do.
func TestBarredSeeNothing(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		sealed(t, w)
		if err := s.PutFile(ctx, files.File{ID: "f1", Tenant: tenant, CaseID: "c1", Name: "x"}, []byte("x"), w.Entry("f1", access.VerbFilePut)); err != nil {
			t.Fatal(err)
		}
		ok := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		see := func(sc access.Scope) (n int) {
			one := func(found bool, err error) {
				if err != nil && !fault.Is(err, fault.NotFound) {
					t.Error(err)
				}
				if err == nil && found {
					n++
				}
			}
			_, err := s.Case(ctx, sc, "c1")
			one(true, err)
			list, err := s.Cases(ctx, sc, cases.Query{Limit: 9})
			one(len(list) > 0, err)
			_, err = s.Persons(ctx, sc, "c1")
			one(true, err)
			_, err = s.Consents(ctx, sc, "c1")
			one(true, err)
			_, err = s.FileMeta(ctx, sc, "f1")
			one(true, err)
			records, err := s.ArchiveRecords(ctx, sc, archive.Query{})
			one(len(records) > 0, err)
			meetings, err := s.ListMeetings(ctx, sc, meeting.Query{})
			one(len(meetings) > 0, err)
			_, err = s.MeetingByID(ctx, sc, "g1")
			one(true, err)
			_, err = s.PlanByID(ctx, sc, "pl1")
			one(true, err)
			_, err = s.Bars(ctx, sc, "c1")
			one(true, err)
			return n
		}
		holder := w.Holder
		holder.Roles = append(holder.Roles, access.RoleRecords)
		other := holder
		other.UserID = "u2"
		const all = 10
		if n := see(access.ScopeOf(holder)); n != all {
			t.Fatalf("a holder sees %d of %d", n, all)
		}
		b := cases.Bar{CaseID: "c1", UserID: holder.UserID, Reason: "親族", By: "u2", At: storetest.Start}
		before, err := gateCase(ctx, t, s, tenant, "c1", holder.AgencyID, holder.UserID)
		if ok(err); before.Barred {
			t.Error("barred before")
		}
		ok(s.SetBar(ctx, tenant, b, w.Entry("b1", access.VerbCaseBar)))
		if err := s.SetBar(ctx, tenant, b, w.Entry("b2", access.VerbCaseBar)); !fault.Is(err, fault.Conflict) {
			t.Errorf("twice: %v", err)
		}
		if err := s.SetBar(ctx, tenant, cases.Bar{CaseID: "c1", UserID: "nobody"}, w.Entry("b3", access.VerbCaseBar)); !fault.Is(err, fault.NotFound) {
			t.Errorf("nobody: %v", err)
		}
		if n := see(access.ScopeOf(holder)); n != 0 {
			t.Errorf("barred, and sees %d of %d", n, all)
		}
		if n := see(access.ScopeOf(other)); n != all {
			t.Errorf("a colleague sees %d of %d", n, all)
		}
		if g, err := gateCase(ctx, t, s, tenant, "c1", holder.AgencyID, holder.UserID); err != nil || !g.Barred {
			t.Error(g.Barred, err)
		}
		list, err := s.Bars(ctx, access.ScopeOf(other), "c1")
		if err != nil || len(list) != 1 || list[0] != b {
			t.Error(list, err)
		}
		ok(s.RemoveBar(ctx, tenant, "c1", holder.UserID, w.Entry("b4", access.VerbCaseUnbar)))
		if err := s.RemoveBar(ctx, tenant, "c1", holder.UserID, w.Entry("b5", access.VerbCaseUnbar)); !fault.Is(err, fault.NotFound) {
			t.Errorf("removed twice: %v", err)
		}
		if n := see(access.ScopeOf(holder)); n != all {
			t.Errorf("let in again, and sees %d of %d", n, all)
		}
	})
}

func TestEmergencies(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		x := filled[consent.Emergency]()
		x.Tenant, x.CaseID, x.AgencyID, x.ConfirmedAt, x.EndedAt, x.ConfirmedBy, x.ConfirmedName, x.EndedBy = tenant, "c1", "a2", nil, nil, "", "", ""
		x.Number, x.Agency, x.Count = "", "", 0 // of the lists only
		outside := x
		outside.ID, outside.AgencyID = "e9", "a3"
		if err := s.InsertEmergency(ctx, outside, w.Entry("m0", access.VerbEmergency)); !fault.Is(err, fault.Invalid) {
			t.Errorf("to an agency that is no member: %v", err)
		}
		if err := s.InsertEmergency(ctx, x, access.Entry{}); err == nil {
			t.Error("without an entry")
		}
		if err := s.InsertEmergency(ctx, x, w.Entry("m1", access.VerbEmergency)); err != nil {
			t.Fatal(err)
		}
		all := access.ScopeOf(w.Holder)
		got, err := s.Emergency(ctx, all, x.ID)
		same(t, "emergency", got, x, err)
		second := x.At.Add(time.Minute)
		x.ConfirmedAt, x.ConfirmedBy, x.ConfirmedName = &second, "u2", "二"
		if err := s.UpdateEmergency(ctx, x, w.Entry("m2", access.VerbEmergencyConfirm)); err != nil {
			t.Fatal(err)
		}
		third := x
		third.ConfirmedBy, third.ConfirmedAt = "u3", &x.Until
		if err := s.UpdateEmergency(ctx, third, w.Entry("m3", access.VerbEmergencyConfirm)); !fault.Is(err, fault.Conflict) {
			t.Errorf("confirmed by two: %v", err)
		}
		x.EndedAt, x.EndedBy = &second, "u1"
		if err := s.UpdateEmergency(ctx, x, w.Entry("m4", access.VerbEmergencyEnd)); err != nil {
			t.Fatal(err)
		}
		list, err := s.Emergencies(ctx, all, "c1", x.At, x.At.Add(time.Microsecond))
		x.Number, x.Agency = "K2026-0001", "社会福祉協議会"
		same(t, "list", list, []consent.Emergency{x}, err)
		for what, sc := range map[string]struct {
			access.Scope
			month, file int
		}{"who keeps the log": {access.Scope{Tenant: tenant, UserID: "u9", Audit: true}, 1, 0}, "an agency": {access.Scope{Tenant: tenant, UserID: "u9", AgencyID: "a2"}, 0, 0},
			"the archive": {access.Scope{Tenant: tenant, UserID: "u9", Archive: true}, 0, 0}, "another municipality": {access.Scope{Tenant: "m9", UserID: "u9", All: true, Audit: true}, 0, 0},
			"a holder": {all, 1, 1}} {
			month, err := s.Emergencies(ctx, sc.Scope, "", x.At, x.At.Add(time.Microsecond))
			file, ferr := s.Emergencies(ctx, sc.Scope, "c1", x.At, x.At.Add(time.Microsecond))
			if err != nil || ferr != nil || len(month) != sc.month || len(file) != sc.file {
				t.Errorf("%s: %d of the month, %d of the case; %v %v", what, len(month), len(file), err, ferr)
			}
		}
		if list, err = s.Emergencies(ctx, all, "", x.At.Add(time.Microsecond), x.At.Add(time.Hour)); err != nil || len(list) != 0 {
			t.Error(list, err)
		}
		if g, err := gateCase(ctx, t, s, tenant, "c1", "a2", ""); err != nil || len(g.Emergencies) != 1 || g.Emergencies[0].ID != x.ID {
			t.Error(g.Emergencies, err)
		}
	})
}
