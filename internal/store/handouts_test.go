package store_test

import (
	"context"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/files"
	"kasane/internal/handouts"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

func handedOut(id string) handouts.Handout {
	return handouts.Handout{MeetingID: "g1", AgendaID: "ag", PersonID: "p1", Item: consent.ItemHealth, ByName: "髙\uFA11", ByAgency: "市",
		File: files.File{ID: id, Tenant: tenant, CaseID: "c1", Purpose: files.PurposeHandout, Name: "資料.pdf", Type: "application/pdf", Size: 5, SHA256: "ab", CreatedBy: "u1", CreatedAt: storetest.Start}}
}

func TestHandouts(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		all := access.ScopeOf(w.Holder)
		if err := s.PutHandout(ctx, handedOut("h1"), []byte("bytes"), w.Entry("e1", access.VerbHandoutGive)); err != nil {
			t.Fatal(err)
		}
		lost := handedOut("h2")
		lost.MeetingID = "g9"
		before := store.Count(ctx, s, "audit_entry")
		if err := s.PutHandout(ctx, lost, []byte("bytes"), w.Entry("e2", access.VerbHandoutGive)); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
		got, err := s.Handouts(ctx, all, "g1")
		if err != nil || len(got) != 1 || got[0] != handedOut("h1") {
			t.Fatalf("%+v %v", got, err)
		}
		if f, err := s.FileMeta(ctx, all, "h1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("a hand-out is read as evidence: %+v %v", f, err)
		}
		r := handouts.Receipt{ID: "r1", HandoutID: "h1", UserID: "u1", UserName: "髙\uFA11", AgencyID: "a1", AgencyName: "市", Deed: handouts.DeedView, At: storetest.Start}
		if b, err := s.ReceiveHandout(ctx, tenant, r, w.Entry("e3", access.VerbHandoutOpen)); err != nil || string(b) != "bytes" {
			t.Fatal(b, err)
		}
		if err := s.TakeBackHandout(ctx, tenant, "h1", storetest.Start.Add(time.Hour), w.Entry("e4", access.VerbHandoutTakeBack)); err != nil {
			t.Fatal(err)
		}
		if n := store.Count(ctx, s, "audit_entry"); n != before+2 {
			t.Errorf("%d entries", n-before)
		}
		r.ID = "r2"
		if b, err := s.ReceiveHandout(ctx, tenant, r, w.Entry("e5", access.VerbHandoutOpen)); !fault.Is(err, fault.NotFound) || b != nil {
			t.Error("received after it was taken back", err)
		}
		if _, err := s.Handout(ctx, all, "g1", "h1"); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
		if list, err := s.Handouts(ctx, all, "g1"); err != nil || len(list) != 0 {
			t.Errorf("what was taken back is handed out: %+v %v", list, err)
		}
		if book, err := s.HandoutBook(ctx, all, "g1"); err != nil || len(book) != 1 || book[0].File.ID != "h1" || book[0].TakenBack == nil || !book[0].TakenBack.Equal(storetest.Start.Add(time.Hour)) {
			t.Errorf("the book: %+v %v", book, err)
		}
		for _, sc := range []access.Scope{{}, {Tenant: tenant, AgencyID: "a3"}, {Tenant: "m9", All: true}} {
			if book, err := s.HandoutBook(ctx, sc, "g1"); err != nil || len(book) != 0 {
				t.Errorf("%+v reads the book: %+v %v", sc, book, err)
			}
		}
		if list, err := s.HandoutReceipts(ctx, all, "g1"); err != nil || len(list) != 1 || list[0].ID != "r1" || list[0].At != storetest.Start {
			t.Errorf("%+v %v", list, err)
		}
		if n := store.Count(ctx, s, "audit_entry"); n != before+2 {
			t.Errorf("a refusal left an entry: %d", n-before)
		}
		if n, err := s.HandoutDays(ctx, tenant); n != handouts.DefaultDays || err != nil {
			t.Error(n, err)
		}
		for _, n := range []int{0, 30} {
			if err := s.SaveHandoutDays(ctx, tenant, n, w.Entry("d"+string(rune('a'+n)), access.VerbHandoutDays)); err != nil {
				t.Fatal(err)
			}
			if got, err := s.HandoutDays(ctx, tenant); got != n || err != nil {
				t.Error(got, err)
			}
		}
		if n, err := s.HandoutDays(ctx, "m9"); n != handouts.DefaultDays || err != nil {
			t.Error("another municipality", n, err)
		}
	})
}
