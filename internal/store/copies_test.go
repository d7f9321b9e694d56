package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/casesheets"
	"kasane/internal/copies"
	"kasane/internal/fault"
	"kasane/internal/papers"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// Copies of a record are counted without gaps, with the entry or not at all; whoever may not receive the record finds none.
func TestRecordCopies(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		sealed(t, w)
		list, err := s.ArchiveRecords(ctx, access.ScopeOf(w.Holder), archive.Query{})
		if err != nil || len(list) == 0 {
			t.Fatal(list, err)
		}
		id, sc := list[0].ID, access.ScopeOf(w.Holder)
		rec, err := s.CopySource(ctx, sc, id)
		if err != nil || rec.ID != id || archive.Sum(rec.Content) != rec.ContentSHA256 || len(rec.Parts) == 0 || !rec.PartsAsSealed() {
			t.Fatalf("%+v %v", rec, err)
		}
		made := time.Date(2026, 11, 25, 1, 2, 3, 0, time.UTC)
		c := copies.Copy{Tenant: tenant, RecordID: id, N: 1, Kind: copies.KindRedacted, Purpose: "開示請求", Marks: []papers.Mark{{No: 3, From: 1, To: 4, Ground: papers.GroundOther}},
			Sum: "s", SHA256: "f", Pages: 2, At: made, By: "u", ByName: "記録 担当"}
		before := store.Count(ctx, s, "audit_entry")
		add := func(c copies.Copy) error {
			return s.AddCopy(ctx, c, w.Holder.Audit(made, access.VerbArchiveCopy, id))
		}
		if err := add(c); err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{1, 3} {
			again := c
			again.N = n
			if err := add(again); !errors.Is(err, copies.ErrTaken) && !fault.Is(err, fault.Conflict) {
				t.Errorf("number %d: %v", n, err)
			}
		}
		c.N, c.Kind, c.AgencyID, c.AgencyName, c.Marks, c.Sum = 2, copies.KindAgency, "a", "○○包括", nil, ""
		if err := add(c); err != nil {
			t.Fatal(err)
		}
		if n := store.Count(ctx, s, "audit_entry"); n != before+2 {
			t.Errorf("two copies left %d entries", n-before)
		}
		got, err := s.Copies(ctx, sc, id)
		if err != nil || len(got) != 2 || got[0].N != 2 || got[0].AgencyName != "○○包括" || len(got[0].Marks) != 0 || got[1].Marks[0].To != 4 || got[1].Purpose != "開示請求" ||
			!got[1].At.Equal(made) || got[1].ByName != "記録 担当" {
			t.Fatalf("%+v %v", got, err)
		}
		c.N, c.Kind, c.AgencyID, c.AgencyName, c.PersonID, c.Person, c.Look = 3, copies.KindGiven, "", "", "p1", "本人", papers.LookEasy
		if err := add(c); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Copies(ctx, sc, id); err != nil || len(got) != 3 || got[0].PersonID != "p1" || got[0].Person != "本人" || got[0].AgencyID+got[0].AgencyName != "" || got[0].Look != papers.LookEasy {
			t.Errorf("for a person: %+v %v", got, err)
		}
		for _, sc := range []access.Scope{{}, access.ScopeOf(w.Member), {Tenant: "m9", Archive: true}, {Tenant: tenant, All: true}} {
			if _, err := s.CopySource(ctx, sc, id); !fault.Is(err, fault.NotFound) {
				t.Errorf("%+v gets the record: %v", sc, err)
			}
			if _, err := s.Copies(ctx, sc, id); !fault.Is(err, fault.NotFound) {
				t.Errorf("%+v sees the copies: %v", sc, err)
			}
		}
	})
}

// Copies of a paper of a case are counted for that paper alone, a sheet with those of its own dialog; whoever does not hold the case finds none.
func TestCaseCopies(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		sc := access.ScopeOf(w.Holder)
		made := time.Date(2026, 11, 25, 1, 2, 3, 0, time.UTC)
		review, sheet := copies.Ref{CaseID: "c1", Kind: copies.PaperReview, Of: "r1"}, copies.Ref{CaseID: "c1", Kind: copies.PaperSheet, Of: "uketsuke"}
		c := copies.Copy{Tenant: tenant, RecordID: review.String(), N: 1, Kind: copies.KindRedacted, Purpose: "開示請求", Marks: []papers.Mark{{No: 3, From: 1, To: 4, Ground: papers.GroundOther}}, Sum: "s", SHA256: "f", Pages: 2,
			At: made, By: "u", ByName: "担当"}
		add := func(c copies.Copy) error {
			return s.AddCopy(ctx, c, w.Holder.Audit(made, access.VerbArchiveCopy, c.RecordID).InCase("c1"))
		}
		before := store.Count(ctx, s, "audit_entry")
		if err := add(c); err != nil {
			t.Fatal(err)
		}
		if err := add(c); !errors.Is(err, copies.ErrTaken) {
			t.Errorf("the same number again: %v", err)
		}
		c.N, c.Kind, c.PersonID, c.Person, c.Look, c.Marks = 2, copies.KindGiven, "p1", "本人", papers.LookEasy, nil
		if err := add(c); err != nil {
			t.Fatal(err)
		}
		if err := s.AddSheetCopy(ctx, casesheets.Copy{Tenant: tenant, CaseID: "c1", Form: "uketsuke", N: 1, Kind: "agency", AgencyID: "a2", AgencyName: "包括", SHA256: "g", At: made}, w.Holder.Audit(made, access.VerbSheetPaper, "uketsuke").InCase("c1")); err != nil {
			t.Fatal(err)
		}
		c.RecordID, c.Kind, c.Person, c.PersonID, c.Look = sheet.String(), copies.KindRedacted, "", "", ""
		if err := add(c); err != nil {
			t.Fatal(err)
		}
		if n := store.Count(ctx, s, "audit_entry"); n != before+4 {
			t.Errorf("four copies left %d entries", n-before)
		}
		got, err := s.Copies(ctx, sc, review.String())
		if err != nil || len(got) != 2 || got[0].N != 2 || got[0].Person != "本人" || got[0].PersonID != "p1" || got[0].Look != papers.LookEasy || got[1].Marks[0].To != 4 || got[1].Purpose != "開示請求" || got[1].Pages != 2 || got[1].Sum != "s" {
			t.Fatalf("%+v %v", got, err)
		}
		if got, err = s.Copies(ctx, sc, sheet.String()); err != nil || len(got) != 2 || got[1].AgencyName != "包括" || got[0].N != 2 {
			t.Errorf("of a sheet: %+v %v", got, err)
		}
		for _, sc := range []access.Scope{{}, access.ScopeOf(w.Member), {Tenant: "m9", All: true}, {Tenant: tenant, Archive: true}, {Tenant: tenant, CaseID: "c1"}} {
			if _, err := s.Copies(ctx, sc, review.String()); !fault.Is(err, fault.NotFound) {
				t.Errorf("%+v sees the copies: %v", sc, err)
			}
		}
		c.RecordID, c.N = copies.Ref{CaseID: "c9", Kind: copies.PaperCourse}.String(), 1
		if err := add(c); err == nil {
			t.Error("a copy of a paper of a case that is not there is kept")
		}
	})
}
