package store_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/audit"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/plans"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

func TestPlans(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		all, member := access.ScopeOf(w.Holder), access.ScopeOf(w.Member)
		want := plans.Plan{ID: "pl1", Tenant: tenant, CaseID: "c1", Round: 1, CreatedAt: storetest.Start, CreatedBy: "u1", CreatedFor: "a1"}
		if got, err := s.PlanByID(ctx, member, "pl1"); err != nil || got != want {
			t.Errorf("%+v %v", got, err)
		}
		l, err := s.LoadDoc(ctx, tenant, "d3")
		if err != nil || l.Meta.Head != 1 || len(l.Rows) != 1 || l.Rows[0].ActorName != "髙橋 \uFA10子" || l.Rows[0].AgencyName != "福祉課" || l.Clients[77] != "u1" {
			t.Errorf("first update %+v %v", l, err)
		}
		next := plans.Plan{ID: "pl2", Tenant: tenant, CaseID: "c1", PreviousID: "", CreatedAt: storetest.Start}
		if _, err := s.CreatePlan(ctx, next, nil, w.Entry("n1", access.VerbPlanCreate)); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second first plan: %v", err)
		}
		var won atomic.Int32
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				p := next
				p.ID, p.PreviousID = fmt.Sprint("pl2", i), "pl1"
				got, err := s.CreatePlan(ctx, p, nil, w.Entry(fmt.Sprint("p", i), access.VerbPlanCreate))
				if err == nil && got.Round == 2 {
					won.Add(1)
				} else if !fault.Is(err, fault.Conflict) {
					t.Errorf("%+v %v", got, err)
				}
			})
		}
		wg.Wait()
		list, err := s.PlansOfCase(ctx, all, "c1")
		if won.Load() != 1 || err != nil || len(list) != 2 || list[0].Round != 2 || list[1].ID != "pl1" {
			t.Errorf("%d won: %+v %v", won.Load(), list, err)
		}
		guest := access.Scope{Tenant: tenant, MeetingID: "g1"}
		if list, err := s.PlansOfCase(ctx, guest, "c1"); err != nil || len(list) != 1 || list[0].ID != "pl1" {
			t.Errorf("a guest sees %+v %v", list, err)
		}
		seat := access.Scope{Tenant: tenant, AgencyID: "a3"}
		if _, err := s.PlanByID(ctx, seat, "pl1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("an agency without seat: %v", err)
		}
		docs, err := s.OwnedDocs(ctx, tenant, live.KindPlan, "pl1")
		if err != nil || len(docs) != 2 || docs[0].ID != "d3" || docs[1].PersonID != "p1" {
			t.Errorf("%+v %v", docs, err)
		}
		a := plans.RoleAnswer{ID: "ra1", Tenant: tenant, PlanID: "pl1", DocID: "d3", ActionID: "x", AgencyID: "a2", AgencyName: "社協", Answer: plans.AnswerConditional, Reason: "週1回まで",
			Due: "2026-07-01", CellHash: "ch", UserID: "u2", UserName: "渡邉", UserPost: "主任", MeetingID: "g1", At: storetest.Start}
		if err := s.AddPlanAnswer(ctx, a, w.Entry("n2", access.VerbRoleAnswer)); err != nil {
			t.Fatal(err)
		}
		if got, err := s.PlanAnswers(ctx, tenant, "pl1"); err != nil || !reflect.DeepEqual(got, []plans.RoleAnswer{a}) {
			t.Errorf("%+v %v", got, err)
		}
		a.ID, a.PlanID = "ra2", "none"
		if err := s.AddPlanAnswer(ctx, a, w.Entry("n3", access.VerbRoleAnswer)); !fault.Is(err, fault.NotFound) {
			t.Errorf("answer to nothing: %v", err)
		}
		h, err := s.PlanHousehold(ctx, tenant, "c1")
		if err != nil || h.CaseNumber != "K2026-0001" || len(h.Persons) != 2 || len(h.Agencies) != 3 || h.Agencies[0].ID != "a2" || !h.Agencies[0].Member || h.Agencies[1].Member {
			t.Errorf("%+v %v", h, err)
		}
	})
}

// change is the next step of meeting g1 with one event.
func change(t *testing.T, w storetest.World, id string, edit func(*meeting.Change)) meeting.Change {
	t.Helper()
	m, err := w.Store.MeetingByID(context.Background(), access.ScopeOf(w.Holder), "g1")
	if err != nil {
		t.Fatal(err)
	}
	c := meeting.Change{Tenant: tenant, MeetingID: "g1", Expect: m.Seq, Meeting: m, Audit: w.Entry(id, access.VerbMeetingAct),
		Events: []meeting.Event{{Kind: meeting.KindPhase, At: storetest.Start, ActorID: "u1", ActorName: "髙橋", ActorPost: "係長", AgencyID: "a1", AgencyName: "福祉課", Data: []byte(`{"id":"sharing"}`)}}}
	if edit != nil {
		edit(&c)
	}
	c.Meeting.Seq = c.Expect + int64(len(c.Events))
	return c
}

func TestMeetings(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		member := access.ScopeOf(w.Member)
		want := storetest.NewMeeting(tenant, "g1", "pl1")
		want.No, want.Seq = 1, 1
		got, err := s.MeetingByID(ctx, member, "g1")
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v\nwant %+v %v", got, want, err)
		}
		second, err := s.CreateMeeting(ctx, storetest.NewMeeting(tenant, "g2", ""), nil, nil, w.Entry("n1", access.VerbMeetingCreate))
		if err != nil || second.No != 2 {
			t.Errorf("%+v %v", second, err)
		}
		lost := storetest.NewMeeting(tenant, "g3", "")
		lost.CaseID = "none"
		if _, err := s.CreateMeeting(ctx, lost, nil, nil, w.Entry("n2", access.VerbMeetingCreate)); !fault.Is(err, fault.NotFound) {
			t.Errorf("meeting of no case: %v", err)
		}
		opened := storetest.Start.Add(time.Hour)
		c := change(t, w, "n3", func(c *meeting.Change) {
			c.Meeting.Status, c.Meeting.Agencies, c.Meeting.OpenedAt, c.Meeting.Title = meeting.StatusOpen, []string{"a2", "a3"}, &opened, "改題"
		})
		if _, err := s.RecordMeeting(ctx, c); err != nil {
			t.Fatal(err)
		}
		if m, err := s.MeetingByID(ctx, access.Scope{Tenant: tenant, AgencyID: "a3"}, "g1"); err != nil || !reflect.DeepEqual(m, c.Meeting) {
			t.Errorf("%+v\nwant %+v %v", m, c.Meeting, err)
		}
		if _, err := s.RecordMeeting(ctx, c); !fault.Is(err, fault.Conflict) {
			t.Errorf("a stale act: %v", err)
		}
		events, err := s.MeetingEvents(ctx, tenant, "g1", 0)
		if err != nil || len(events) != 2 || events[1].Seq != 2 || events[1].ActorPost != "係長" || !events[1].At.Equal(storetest.Start) {
			t.Errorf("%+v %v", events, err)
		}
		for name, tc := range map[string]struct {
			scope access.Scope
			q     meeting.Query
			want  []string
		}{
			"all":       {access.ScopeOf(w.Holder), meeting.Query{}, []string{"g2", "g1"}},
			"seat":      {access.Scope{Tenant: tenant, AgencyID: "a3"}, meeting.Query{}, []string{"g1"}},
			"guest":     {access.Scope{Tenant: tenant, MeetingID: "g2"}, meeting.Query{}, []string{"g2"}},
			"status":    {member, meeting.Query{Statuses: []meeting.Status{meeting.StatusOpen, meeting.StatusClosed}}, []string{"g1"}},
			"case":      {member, meeting.Query{CaseID: "c9"}, nil},
			"later":     {member, meeting.Query{From: storetest.Start.Add(48 * time.Hour)}, nil},
			"before":    {member, meeting.Query{To: storetest.Start.Add(24 * time.Hour)}, nil},
			"in window": {member, meeting.Query{From: storetest.Start.Add(24 * time.Hour), To: storetest.Start.Add(25 * time.Hour), Limit: 1}, []string{"g2"}},
		} {
			list, err := s.ListMeetings(ctx, tc.scope, tc.q)
			var ids []string
			for _, l := range list {
				ids = append(ids, l.ID)
				if l.CaseNumber != "K2026-0001" || !slices.Equal(l.SubjectKana, []string{"たなか つかこ"}) || l.TypeName != "重層的支援会議" {
					t.Errorf("%s: %+v", name, l)
				}
			}
			if err != nil || !slices.Equal(ids, tc.want) {
				t.Errorf("%s: %v %v, want %v", name, ids, err, tc.want)
			}
			if n, err := s.CountMeetings(ctx, tc.scope, meeting.Query{CaseID: tc.q.CaseID, Statuses: tc.q.Statuses, From: tc.q.From, To: tc.q.To}); err != nil || n < len(ids) || tc.q.Limit == 0 && n != len(ids) {
				t.Errorf("%s: %d counted, %d listed, %v", name, n, len(ids), err)
			}
		}
		f, err := s.MeetingFacts(ctx, tenant, "c1")
		if err != nil || f.Municipality != "架空市m1" || f.Case.ID != "c1" || len(f.Persons) != 2 || len(f.Members) != 1 || len(f.Agencies) != 3 || len(f.Users) != 2 || len(f.Consents) != 1 {
			t.Errorf("%+v %v", f, err)
		}
		if _, err := s.MeetingFacts(ctx, "m2", "c1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("facts of another municipality: %v", err)
		}
		typ := meeting.BuiltInTypes()[1]
		typ.Name = "支援会議（改）"
		if err := s.SaveMeetingType(ctx, tenant, typ, false, w.Entry("n4", access.VerbAdminRead)); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveMeetingType(ctx, tenant, typ, false, w.Entry("n5", access.VerbAdminRead)); !fault.Is(err, fault.Conflict) {
			t.Errorf("type twice: %v", err)
		}
		typ.Agencies, typ.Retired = []string{"g1"}, true
		if err := s.SaveMeetingType(ctx, tenant, typ, true, w.Entry("n6", access.VerbAdminRead)); err != nil {
			t.Errorf("a version put right: %v", err)
		}
		if err := s.SaveMeetingType(ctx, "m2", typ, true, w.Entry("n4", access.VerbAdminRead)); err == nil { // the audit entry is there already
			t.Error("a version without its audit entry")
		}
		if types, err := s.MeetingTypes(ctx, tenant); err != nil || !reflect.DeepEqual(types, []meeting.Type{typ}) {
			t.Errorf("%+v %v", types, err)
		}
	})
}

// Of many exclusive acts on one state one happens; events have no gap.
func TestActsAtOnce(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		for round := range 3 {
			var won atomic.Int32
			var wg sync.WaitGroup
			changes := make([]meeting.Change, 6)
			for i := range changes {
				changes[i] = change(t, w, fmt.Sprintf("r%d-%d", round, i), nil)
			}
			for _, c := range changes {
				wg.Go(func() {
					_, err := s.RecordMeeting(ctx, c)
					if err == nil {
						won.Add(1)
					} else if !fault.Is(err, fault.Conflict) {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if won.Load() != 1 {
				t.Errorf("%d acts happened at once", won.Load())
			}
		}
		events, err := s.MeetingEvents(ctx, tenant, "g1", 0)
		if err != nil || len(events) != 4 || events[3].Seq != 4 {
			t.Errorf("%+v %v", events, err)
		}
	})
}

func TestFreezeAnswerThaw(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		record := func(id string, edit func(*meeting.Change)) (meeting.Recorded, error) {
			t.Helper()
			return s.RecordMeeting(ctx, change(t, w, id, edit))
		}
		version := &plans.Version{PlanID: "pl1", CaseID: "c1", N: 1, State: plans.VersionFreezing, MeetingID: "g1", FrozenAt: storetest.Start, FrozenBy: "u1",
			Docs: []plans.DocHead{{DocID: "d3", Epoch: 1}, {DocID: "d4", Epoch: 1, PersonID: "p1"}}}
		if _, err := record("n0", func(c *meeting.Change) {
			c.Freeze, c.FreezeAt, c.NewVersion = []string{"d3", "d4"}, map[string]int64{"d3": 0, "d4": 0}, version
		}); !fault.Is(err, fault.Conflict) {
			t.Errorf("frozen where the caller had not read: %v", err)
		}
		var rec meeting.Recorded
		if got := bumped(t, w, func() (err error) {
			rec, err = record("n1", func(c *meeting.Change) {
				c.Freeze, c.FreezeAt, c.NewVersion = []string{"d4", "d3"}, map[string]int64{"d3": 1}, version
			})
			return err
		}); !slices.Equal(got, []string{"d3", "d4"}) {
			t.Errorf("freezing bumped %v", got)
		}
		if !reflect.DeepEqual(rec.Heads, map[string]int64{"d3": 1, "d4": 0}) {
			t.Errorf("heads %v", rec.Heads)
		}
		v, err := s.PlanVersion(ctx, tenant, "pl1", 1)
		if err != nil || v.State != plans.VersionFreezing || v.Docs[0].Head != 1 || v.Docs[1].PersonID != "p1" || v.Canonical != nil || v.Hash != "" {
			t.Errorf("%+v %v", v, err)
		}
		if version.Docs[0].Head != 0 {
			t.Error("the caller's version was written to")
		}
		if _, err := record("n2", func(c *meeting.Change) { c.NewVersion = version }); !fault.Is(err, fault.Conflict) {
			t.Errorf("version twice: %v", err)
		}
		if _, err := record("n3", func(c *meeting.Change) { c.Freeze = []string{"none"} }); !fault.Is(err, fault.NotFound) {
			t.Errorf("freezing nothing: %v", err)
		}
		fixed := &plans.Version{PlanID: "pl1", N: 1, Hash: archive.Sum([]byte("{}")), Canonical: []byte("{}")}
		if _, err := record("n4", func(c *meeting.Change) { c.FixVersion = fixed }); err != nil {
			t.Fatal(err)
		}
		if _, err := record("n5", func(c *meeting.Change) { c.FixVersion = fixed }); !fault.Is(err, fault.Conflict) {
			t.Errorf("fixed twice: %v", err)
		}
		role := &plans.RoleAnswer{ID: "ra1", PlanID: "pl1", AgencyID: "a2", Answer: plans.AnswerAccept, At: storetest.Start}
		if got := bumped(t, w, func() error {
			_, err := record("n6", func(c *meeting.Change) { c.Role, c.BumpAccess, c.Freeze = role, true, []string{"d3"} })
			return err
		}); !slices.Equal(got, w.Docs) {
			t.Errorf("BumpAccess bumped %v", got)
		}
		end := &meeting.VersionEnd{PlanID: "pl1", N: 1, State: plans.VersionVoid, At: storetest.Start.Add(time.Hour)}
		if _, err := record("n7", func(c *meeting.Change) { c.EndVersion, c.Thaw = end, []string{"d3", "d4"} }); err != nil {
			t.Fatal(err)
		}
		if _, err := record("n8", func(c *meeting.Change) { c.EndVersion = end }); !fault.Is(err, fault.Conflict) {
			t.Errorf("ended twice: %v", err)
		}
		out, err := s.AppendDocs(ctx, []live.Batch{batch("d3", 5, "u1", "x")})
		if err != nil || out[0].Err != nil || out[0].To != 2 {
			t.Errorf("after the thaw: %+v %v", out, err)
		}
		list, err := s.PlanVersions(ctx, tenant, "pl1")
		if err != nil || len(list) != 1 || list[0].State != plans.VersionVoid || list[0].EndedAt == nil || list[0].Hash != fixed.Hash {
			t.Errorf("%+v %v", list, err)
		}
		if _, err := s.PlanVersion(ctx, tenant, "pl1", 2); !fault.Is(err, fault.NotFound) {
			t.Errorf("no such version: %v", err)
		}
		events, err := s.MeetingEvents(ctx, tenant, "g1", 1)
		if err != nil || len(events) != 4 {
			t.Errorf("a refused change left events: %d %v", len(events), err)
		}
	})
}

// A plan is agreed to as a whole: a document made while it is being frozen is either in the version or not made.
func TestFreezeAgainstNewDocument(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		late := live.Meta{Tenant: tenant, ID: "late", Kind: live.KindPlan, CaseID: "c1", OwnerID: "pl1", PersonID: "p1", Item: consent.ItemHealth}
		made, release, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		go func() { done <- store.HoldDoc(ctx, s, late, made, release) }()
		<-made
		frozen := make(chan error, 1)
		go func() { // the caller looked before "late" was there
			_, err := s.RecordMeeting(ctx, change(t, w, "f1", func(c *meeting.Change) { c.Freeze = []string{"d3", "d4"} }))
			frozen <- err
		}()
		time.Sleep(100 * time.Millisecond)
		close(release)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if err := <-frozen; !fault.Is(err, fault.Conflict) {
			t.Fatalf("a document was left out of the freeze: %v", err)
		}
		if _, err := s.RecordMeeting(ctx, change(t, w, "f2", func(c *meeting.Change) { c.Freeze = []string{"d3", "d4", "late"} })); err != nil {
			t.Fatal(err)
		}
		later := late
		later.ID, later.Item = "later", consent.ItemAbuse
		if _, err := s.EnsureDocs(ctx, []live.Meta{later}, w.Entry("f3", access.VerbDocOpen)); !fault.Is(err, fault.Conflict) {
			t.Errorf("a document was added to a frozen plan: %v", err)
		}
		if got, err := s.EnsureDocs(ctx, []live.Meta{late}, w.Entry("f4", access.VerbDocOpen)); err != nil || !got[0].Frozen {
			t.Errorf("one that is there: %+v %v", got, err)
		}
		sheet := live.Meta{Tenant: tenant, ID: "sheet", Kind: live.KindSection, CaseID: "c1", OwnerID: "p1", PersonID: "p1", Item: consent.ItemHealth}
		if _, err := s.EnsureDocs(ctx, []live.Meta{sheet}, w.Entry("f5", access.VerbDocOpen)); err != nil {
			t.Errorf("a sheet is no part of the plan: %v", err)
		}
	})
}

// Closing one meeting lets go of a plan that was not agreed; what another meeting has begun to ask about meanwhile stays as it is.
func TestThawAgainstAnotherMeeting(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		if _, err := s.CreateMeeting(ctx, storetest.NewMeeting(tenant, "g2", "pl1"), nil, []meeting.Event{{Kind: meeting.KindCreated, At: storetest.Start, ActorID: "u1", Data: []byte("{}")}},
			w.Entry("m0", access.VerbMeetingCreate)); err != nil {
			t.Fatal(err)
		}
		version := &plans.Version{PlanID: "pl1", CaseID: "c1", N: 1, State: plans.VersionFreezing, MeetingID: "g2", FrozenAt: storetest.Start, FrozenBy: "u1",
			Docs: []plans.DocHead{{DocID: "d3", Epoch: 1}, {DocID: "d4", Epoch: 1, PersonID: "p1"}}}
		if _, err := s.RecordMeeting(ctx, change(t, w, "m1", func(c *meeting.Change) {
			c.MeetingID, c.Expect, c.Freeze, c.NewVersion = "g2", 1, []string{"d3", "d4"}, version
		})); err != nil {
			t.Fatal(err)
		}
		if _, err := s.RecordMeeting(ctx, change(t, w, "m2", func(c *meeting.Change) { c.Thaw = []string{"d3", "d4"} })); !fault.Is(err, fault.Conflict) {
			t.Fatalf("thawed under another meeting's agreement: %v", err)
		}
		out, err := s.AppendDocs(ctx, []live.Batch{batch("d3", 5, "u1", "x")})
		if err != nil || !fault.Is(out[0].Err, fault.Conflict) {
			t.Errorf("written to while agreement is asked: %+v %v", out, err)
		}
	})
}

func paper(kind meeting.PaperKind, version int, text string) meeting.Paper {
	pdf, content, parts := []byte("%PDF "+text), []byte(`{"text":"`+text+`"}`), []byte(`{"parts":"`+text+`"}`)
	return meeting.Paper{Tenant: tenant, MeetingID: "g1", CaseID: "c1", CaseNumber: "K2026-0001", Kind: kind, Version: version, Number: fmt.Sprintf("重層第%s-%d号", kind, version), Title: "第1回 " + text,
		FileName: fmt.Sprintf("R080601_%s_v%d.pdf", kind, version), PDF: pdf, SHA256: archive.Sum(pdf), Content: content, ContentSHA256: archive.Sum(content), Parts: parts, PartsSHA256: archive.Sum(parts), Pages: 3, Retention: 5,
		MeetingDay: storetest.Start, SealedAt: storetest.Start.Add(time.Hour), SealedBy: "u1"}
}

func TestClosing(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		record := func(id string, edit func(*meeting.Change)) (meeting.Recorded, error) {
			t.Helper()
			return s.RecordMeeting(ctx, change(t, w, id, edit))
		}
		if cp, err := s.AuditCheckpoint(ctx, "m9"); cp != "" || err != nil {
			t.Errorf("checkpoint of an empty log: %q %v", cp, err)
		}
		cp, err := s.AuditCheckpoint(ctx, tenant)
		if c, perr := audit.ParseCheckpoint(cp); err != nil || perr != nil || c.Size != int64(store.Count(ctx, s, "audit_entry")) || c.Key == "" {
			t.Errorf("a checkpoint that leaves out what happened before it: %q %v %v", cp, err, perr)
		}
		closing := &meeting.Closing{Tenant: tenant, MeetingID: "g1", Seq: 2, At: storetest.Start.Add(time.Hour), By: "u1", Numbers: map[meeting.PaperKind]string{meeting.PaperMinutes: "重層第1号"},
			Checkpoint: "1:ab", Facts: []byte(`{}`), LeaseBy: "n1", LeaseUntil: storetest.Start.Add(2 * time.Hour)}
		if _, err := record("n1", func(c *meeting.Change) { c.PutClosing, c.Freeze = closing, w.Docs }); err != nil {
			t.Fatal(err)
		}
		want := *closing
		want.Heads = map[string]int64{"d1": 0, "d2": 0, "d3": 1, "d4": 0, "d5": 0}
		if got, err := s.ClosingOf(ctx, tenant, "g1"); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v\nwant %+v %v", got, want, err)
		}
		if _, err := record("n2", func(c *meeting.Change) { c.PutClosing = closing }); !fault.Is(err, fault.Conflict) {
			t.Errorf("closing twice: %v", err)
		}
		if list, err := s.LeaseClosings(ctx, "n2", storetest.Start.Add(time.Hour), storetest.Start.Add(3*time.Hour), 5); err != nil || len(list) != 0 {
			t.Errorf("a living lease was taken: %+v %v", list, err)
		}
		var taken atomic.Int32
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				list, err := s.LeaseClosings(ctx, fmt.Sprint("n", i), storetest.Start.Add(4*time.Hour), storetest.Start.Add(5*time.Hour), 5)
				if err != nil {
					t.Error(err)
				}
				for _, c := range list {
					taken.Add(1)
					if c.LeaseBy != fmt.Sprint("n", i) || !reflect.DeepEqual(c.Heads, want.Heads) {
						t.Errorf("%+v", c)
					}
				}
			})
		}
		wg.Wait()
		if taken.Load() != 1 {
			t.Errorf("%d nodes took one closing", taken.Load())
		}
		minutes := &meeting.MinutesVersion{N: 1, Hash: archive.Sum([]byte("m1")), Content: []byte("m1"), At: storetest.Start.Add(time.Hour)}
		rec, err := record("n3", func(c *meeting.Change) {
			c.DropClosing, c.Minutes, c.Seal = true, minutes, []meeting.Paper{paper(meeting.PaperPlan, 1, "プラン"), paper(meeting.PaperMatrix, 1, "役割分担表")}
			c.Meeting.Status = meeting.StatusClosed
		})
		if err != nil || len(rec.Sealed) != 2 {
			t.Fatalf("%+v %v", rec, err)
		}
		if _, err := record("n4", func(c *meeting.Change) { c.DropClosing = true }); !fault.Is(err, fault.Conflict) {
			t.Errorf("dropped twice: %v", err)
		}
		if _, err := s.ClosingOf(ctx, tenant, "g1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("still closing: %v", err)
		}
		if _, err := record("n5", func(c *meeting.Change) { c.Seal = []meeting.Paper{paper(meeting.PaperPlan, 1, "別のプラン")} }); !fault.Is(err, fault.Conflict) {
			t.Errorf("sealed twice: %v", err)
		}
		if sealed, err := s.SealedOf(ctx, tenant, "g1"); err != nil || !reflect.DeepEqual(sealed, rec.Sealed) {
			t.Errorf("%+v\nwant %+v %v", sealed, rec.Sealed, err)
		}
		if _, err := record("n6", func(c *meeting.Change) {
			c.Minutes = &meeting.MinutesVersion{N: 1, Content: []byte("x"), At: storetest.Start}
		}); !fault.Is(err, fault.Conflict) {
			t.Errorf("minutes twice: %v", err)
		}
		if _, err := record("n9", func(c *meeting.Change) {
			c.Minutes = &meeting.MinutesVersion{N: 2, Hash: archive.Sum([]byte("m2")), Content: []byte("m2"), PDF: []byte("p2"), SHA256: archive.Sum([]byte("p2")), At: storetest.Start.Add(2 * time.Hour)}
		}); err != nil {
			t.Fatal(err)
		}
		list, err := s.MinutesVersions(ctx, tenant, "g1")
		if err != nil || len(list) != 2 || list[0].EndedAt == nil || !list[0].EndedAt.Equal(storetest.Start.Add(2*time.Hour)) || list[1].EndedAt != nil {
			t.Errorf("%+v %v", list, err)
		}
		if v, err := s.MinutesVersion(ctx, tenant, "g1", 1); err != nil || string(v.Content) != "m1" || len(v.PDF) != 0 { // its names could not be printed
			t.Errorf("%+v %v", v, err)
		}
		if v, err := s.MinutesVersion(ctx, tenant, "g1", 2); err != nil || string(v.Content) != "m2" || string(v.PDF) != "p2" || v.SHA256 != archive.Sum([]byte("p2")) {
			t.Errorf("%+v %v", v, err)
		}
		if _, err := s.MinutesVersion(ctx, tenant, "g1", 3); !fault.Is(err, fault.NotFound) {
			t.Errorf("no such version: %v", err)
		}
	})
}
