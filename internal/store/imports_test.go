package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/imports"
	"kasane/internal/intake"
	"kasane/internal/live"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// listed is a row of a list on its way in.
func listed(w storetest.World, id string) imports.NewCase {
	at := storetest.Start
	e := w.Entry("e"+id, access.VerbCaseCreate).InCase(id)
	e.Reason = access.ReasonImport
	return imports.NewCase{Row: 2, Mark: "mark" + id, Entry: e,
		Case:    cases.Case{ID: id, Tenant: tenant, Stage: cases.StageReceived, Version: 1, OpenedAt: at.AddDate(-1, 0, 0), OpenedBy: "u1", UpdatedAt: at},
		Persons: []cases.Person{{ID: "p" + id, Tenant: tenant, CaseID: id, Ord: 1, Name: "𠮷田 髙\uFA11", Relation: "本人", Subject: true, UpdatedAt: at}},
		Members: []cases.Member{{CaseID: id, AgencyID: "a2", Since: at}},
		Docs: []intake.NewDoc{{Meta: live.Meta{Tenant: tenant, ID: "d" + id, Epoch: 1, Kind: live.KindSection, CaseID: id, OwnerID: "p" + id, PersonID: "p" + id, Item: consent.ItemProgress},
			Initial: []byte{0, 0}, Clients: map[uint64]string{7: "u1"}}}}
}

func listOf(id string, made int) imports.Batch {
	return imports.Batch{ID: id, Tenant: tenant, FileName: "名簿.xlsx", FileHash: "h" + id, ByID: "u1", ByName: "事務", At: storetest.Start, Rows: 3, Made: made, Refused: 1, State: imports.StateDone}
}

// An import is all of its cases or none; a row comes in once; 取消 takes away what nobody has worked on, and the log of what was typed stays provable.
func TestImports(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		all := access.ScopeOf(w.Holder)
		memory := imports.Memory{Columns: map[string]string{"氏名": "name"}, Words: map[string]map[string]string{"f/route": {"電話": "02"}}}
		add := func(b imports.Batch, list ...imports.NewCase) (imports.Batch, bool, error) {
			return s.AddImport(ctx, b, list, memory, w.Entry("i"+b.ID+list[0].Case.ID, access.VerbImport))
		}
		b, made, err := add(listOf("b1", 2), listed(w, "ca"), listed(w, "cb"))
		if err != nil || !made || b.First == "" || b.First == b.Last {
			t.Fatal(b, made, err)
		}
		if again, made, err := add(listOf("b1", 2), listed(w, "cx")); err != nil || made || again.First != b.First {
			t.Errorf("sent twice: %+v %v %v", again, made, err)
		}
		twice := listed(w, "cd")
		twice.Mark = "markca"
		if _, _, err := add(listOf("b2", 2), listed(w, "cc"), twice); !fault.Is(err, fault.Conflict) {
			t.Errorf("a row that came in before: %v", err)
		}
		if list, err := s.Cases(ctx, all, cases.Query{Number: "𠮷田", Limit: 9}); err != nil || len(list) != 2 || list[0].Number != b.Last {
			t.Errorf("%+v %v", list, err)
		}
		if m, err := s.ImportMemory(ctx, tenant); err != nil || m.Words["f/route"]["電話"] != "02" || m.Columns["氏名"] != "name" {
			t.Errorf("%+v %v", m, err)
		}
		if taken, err := s.ImportMarks(ctx, tenant, []string{"markca", "markcc"}); err != nil || !taken["markca"] || taken["markcc"] {
			t.Errorf("%v %v", taken, err)
		}
		if _, err := s.AuditCheckpoint(ctx, tenant); err != nil { // what was typed is in the tree
			t.Fatal(err)
		}
		undo := func(id string) (imports.Undone, error) {
			return s.UndoImport(ctx, imports.Undoing{Scope: all, ID: "b1", ByName: "事務", At: storetest.Start.Add(time.Hour), Each: func(c string) access.Entry {
				return w.Entry(id+c, access.VerbImportUndo).InCase(c)
			}}, w.Entry(id, access.VerbImportUndo))
		}
		if err := s.AppendAudit(ctx, w.Entry("looked", access.VerbCaseOpen).InCase("ca")); err != nil {
			t.Fatal(err)
		}
		if _, err := s.EnsureDocs(ctx, []live.Meta{{Tenant: tenant, ID: "empty", Kind: live.KindSection, CaseID: "ca", OwnerID: "ca", Item: consent.ItemBasic}}, w.Entry("docs", access.VerbDocOpen)); err != nil {
			t.Fatal(err) // somebody opened the sheet and wrote nothing
		}
		if _, err := s.AppendDocs(ctx, []live.Batch{{Tenant: tenant, DocID: "dcb", Epoch: 1, Rows: []live.Row{{Update: []byte{0, 0}, ActorID: "u1"}}}}); err != nil {
			t.Fatal(err)
		}
		u, err := undo("u1")
		if err != nil || u.Removed != 1 || len(u.Kept) != 1 || u.Kept[0].CaseID != "cb" || u.Kept[0].Why != "書き込みがある" || u.Batch.State != imports.StatePartly || u.Batch.Kept != 1 {
			t.Fatalf("%+v %v", u, err)
		}
		if _, err := s.Case(ctx, all, "ca"); !fault.Is(err, fault.NotFound) {
			t.Errorf("the case stands: %v", err)
		}
		if n := store.Count(ctx, s, "name_pair WHERE case_id = 'ca'"); n != 0 || store.Count(ctx, s, "name_pair WHERE case_id = 'cb'") == 0 {
			t.Errorf("%d pairs of letters stay", n)
		}
		rep, err := archive.Verify(ctx, s, tenant, storetest.Trust())
		if err != nil || !rep.OK {
			t.Errorf("%+v %v", rep.Problems, err)
		}
		// Whoever is barred from the case neither takes it away nor reads its number.
		if err := s.SetBar(ctx, tenant, cases.Bar{CaseID: "cb", UserID: w.Holder.UserID, Reason: "親族", By: "u2", At: storetest.Start}, w.Entry("bar", access.VerbCaseBar)); err != nil {
			t.Fatal(err)
		}
		if u, err := undo("u2"); err != nil || u.Removed != 0 || u.Others != 1 || len(u.Kept) != 0 {
			t.Errorf("%+v %v", u, err)
		}
		if list, err := s.Imports(ctx, all); err != nil || len(list) != 1 || list[0].State != imports.StatePartly || list[0].UndoneAt == nil {
			t.Errorf("%+v %v", list, err)
		}
		if _, err := s.UndoImport(ctx, imports.Undoing{Scope: access.ScopeOf(w.Member), ID: "b1"}, w.Entry("no", access.VerbImportUndo)); !fault.Is(err, fault.NotFound) {
			t.Errorf("an agency: %v", err)
		}
	})
}

// A forged 取消 of a case that did not come in with a list hides nothing.
func TestForgedUndoHidesNothing(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		if _, err := s.AppendDocs(ctx, []live.Batch{{Tenant: tenant, DocID: "d1", Epoch: 1, Rows: []live.Row{{Update: []byte{0, 0}, ActorID: "u1"}}}}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.AuditCheckpoint(ctx, tenant); err != nil {
			t.Fatal(err)
		}
		if err := s.AppendAudit(ctx, w.Entry("forged", access.VerbImportUndo).InCase("c1")); err != nil {
			t.Fatal(err)
		}
		if _, err := s.AuditCheckpoint(ctx, tenant); err != nil {
			t.Fatal(err)
		}
		if err := store.Exec(ctx, s, `UPDATE doc_update SET actor_name = 'x' WHERE doc_id = 'd1'`); err != nil {
			t.Fatal(err)
		}
		if rep, err := archive.Verify(ctx, s, tenant, storetest.Trust()); err != nil || rep.OK {
			t.Errorf("%+v %v", rep, err)
		}
	})
}

// Every table that names a case is one an import writes, one in which somebody adds to the case, or no part of it: 取消 overlooks none.
func TestUndoKnowsEveryTable(t *testing.T) {
	t.Parallel()
	s, _ := storetest.Open(t, "sqlite")
	known := store.TablesOfUndo()
	for _, table := range store.TablesWith(t, s, "case_id") {
		if !slices.Contains(known, table) {
			t.Errorf("%s names a case; say in importundo.go what it means for 取消", table)
		}
	}
	if len(known) < 20 {
		t.Error(fmt.Sprint("only ", len(known)))
	}
}
