package store_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/live/livetest"
	"kasane/internal/meeting"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

func TestLiveContract(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			livetest.Store(t, func(t *testing.T) live.Store {
				s, _ := storetest.Open(t, engine)
				return s
			}, func(t *testing.T, s live.Store, docs ...live.Meta) {
				for _, m := range docs {
					st := s.(*store.Store)
					if m.OwnerID == "" {
						m.OwnerID = m.ID // one place each
					}
					if err := store.MakeDocs(context.Background(), st, m); err != nil {
						t.Fatal(err)
					}
					frozen := 0
					if m.Frozen {
						frozen = 1
					}
					if err := store.Exec(context.Background(), st, `UPDATE doc SET epoch = $1, frozen = $2, access_version = $3 WHERE tenant = $4 AND id = $5`,
						m.Epoch, frozen, m.AccessVersion, m.Tenant, m.ID); err != nil {
						t.Fatal(err)
					}
				}
			})
		})
	}
}

func world(t *testing.T, fn func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		fn(context.Background(), t, storetest.NewWorld(t, s, tenant), s)
	})
}

func versions(t *testing.T, s *store.Store, ids []string) []int64 {
	t.Helper()
	heads, err := s.Heads(context.Background(), tenant, ids)
	if err != nil {
		t.Fatal(err)
	}
	var out []int64
	for _, id := range ids {
		out = append(out, heads[id].AccessVersion)
	}
	return out
}

// bumped tells which documents a deed raised by one or more; the others must not move.
func bumped(t *testing.T, w storetest.World, deed func() error) []string {
	t.Helper()
	before := versions(t, w.Store, w.Docs)
	if err := deed(); err != nil {
		t.Fatal(err)
	}
	after := versions(t, w.Store, w.Docs)
	var out []string
	for i, id := range w.Docs {
		if after[i] > before[i] {
			out = append(out, id)
		}
	}
	return out
}

func TestCases(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		all, member := access.ScopeOf(w.Holder), access.ScopeOf(w.Member)
		c, err := s.Case(ctx, member, "c1")
		if err != nil || c.Number != "K2026-0001" || c.Version != 1 || !c.OpenedAt.Equal(storetest.Start) {
			t.Fatalf("%+v %v", c, err)
		}
		if err := s.CreateCase(ctx, cases.Case{ID: "c2", Tenant: tenant, Number: "K2026-0001"}, nil, nil, w.Entry("n1", access.VerbCaseCreate)); !fault.Is(err, fault.Conflict) {
			t.Errorf("number taken: %v", err)
		}
		if err := s.CreateCase(ctx, cases.Case{ID: "c2", Tenant: tenant, Number: "K2026-0002", Stage: cases.StageIntake, Version: 1}, nil, nil, w.Entry("n2", access.VerbCaseCreate)); err != nil {
			t.Fatal(err)
		}
		c.Stage, c.UpdatedAt = cases.StageIntake, storetest.Start.Add(time.Hour)
		if err := s.UpdateCase(ctx, c, w.Entry("n3", access.VerbCaseUpdate)); err != nil {
			t.Fatal(err)
		}
		if err := s.UpdateCase(ctx, c, w.Entry("n4", access.VerbCaseUpdate)); !fault.Is(err, fault.Conflict) {
			t.Errorf("stale update: %v", err)
		}
		c.ID = "none"
		if err := s.UpdateCase(ctx, c, w.Entry("n5", access.VerbCaseUpdate)); !fault.Is(err, fault.NotFound) {
			t.Errorf("update of nothing: %v", err)
		}
		for name, tc := range map[string]struct {
			scope access.Scope
			q     cases.Query
			want  []string
		}{
			"all":            {all, cases.Query{Limit: 10}, []string{"K2026-0002", "K2026-0001"}},
			"page":           {all, cases.Query{Limit: 1}, []string{"K2026-0002"}},
			"next page":      {all, cases.Query{Limit: 1, After: "K2026-0002"}, []string{"K2026-0001"}},
			"member":         {member, cases.Query{Limit: 10}, []string{"K2026-0001"}},
			"stage":          {all, cases.Query{Limit: 10, Stage: cases.StageIntake}, []string{"K2026-0002", "K2026-0001"}},
			"other stage":    {all, cases.Query{Limit: 10, Stage: cases.StageClosed}, nil},
			"agency":         {all, cases.Query{Limit: 10, AgencyID: "a2"}, []string{"K2026-0001"}},
			"number":         {all, cases.Query{Limit: 10, Number: "ｋ２０２６－０００２"}, []string{"K2026-0002"}},
			"variant":        {all, cases.Query{Limit: 10, Number: "塚子"}, []string{"K2026-0001"}},
			"variant saki":   {all, cases.Query{Limit: 10, Number: "崎夫"}, []string{"K2026-0001"}},
			"katakana":       {all, cases.Query{Limit: 10, Number: "タナカ　サキ"}, []string{"K2026-0001"}},
			"alias":          {all, cases.Query{Limit: 10, Number: "サキちゃん"}, []string{"K2026-0001"}},
			"across names":   {all, cases.Query{Limit: 10, Number: "塚子たなか"}, nil},
			"percent":        {all, cases.Query{Limit: 10, Number: "%"}, nil},
			"member by name": {member, cases.Query{Limit: 10, Number: "田中"}, nil},
			"guest":          {access.Scope{Tenant: tenant, MeetingID: "g1"}, cases.Query{Limit: 10}, []string{"K2026-0001"}},
			"archive only":   {access.Scope{Tenant: tenant, Archive: true}, cases.Query{Limit: 10}, nil},
			"other tenant":   {access.Scope{Tenant: "m2", All: true}, cases.Query{Limit: 10}, nil},
		} {
			list, err := s.Cases(ctx, tc.scope, tc.q)
			var got []string
			for _, c := range list {
				got = append(got, c.Number)
			}
			if err != nil || !slices.Equal(got, tc.want) {
				t.Errorf("%s: %v %v, want %v", name, got, err, tc.want)
			}
			if name == "member" && len(list) == 1 {
				l := list[0]
				if l.Persons != 2 || l.Agencies != 1 || !slices.Equal(l.SubjectKana, []string{"たなか つかこ"}) || l.NextMeeting == nil || !l.NextMeeting.Equal(storetest.Start.Add(24*time.Hour)) {
					t.Errorf("summary %+v", l)
				}
			}
		}
	})
}

// 特定機関に非開示: not even the first letter of a withheld subject stands in the lists of that agency.
func TestListsLeaveOutWithheldSubjects(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		p, err := s.Persons(ctx, access.ScopeOf(w.Holder), "c1")
		if err != nil {
			t.Fatal(err)
		}
		p[0].WithheldFrom = []string{"a2"}
		if err := s.SavePerson(ctx, p[0], w.Entry("n1", access.VerbPersonSave)); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			scope access.Scope
			want  int
		}{"holder": {access.ScopeOf(w.Holder), 1}, "withheld from": {access.ScopeOf(w.Member), 0}, "a guest": {access.Scope{Tenant: tenant, MeetingID: "g1"}, 0}} {
			list, err := s.Cases(ctx, c.scope, cases.Query{Limit: 10})
			if err != nil || len(list) != 1 || len(list[0].SubjectKana) != c.want {
				t.Errorf("%s, cases: %+v %v", name, list, err)
			}
			meetings, err := s.ListMeetings(ctx, c.scope, meeting.Query{})
			if err != nil || len(meetings) != 1 || len(meetings[0].SubjectKana) != c.want {
				t.Errorf("%s, meetings: %+v %v", name, meetings, err)
			}
		}
	})
}

func TestPersonsAndMembers(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		all := access.ScopeOf(w.Holder)
		persons, err := s.Persons(ctx, all, "c1")
		if err != nil || len(persons) != 2 || persons[1].Name != "田中 \uFA11夫" || !persons[1].AddressSecret || !slices.Equal(persons[1].WithheldFrom, []string{"a3"}) {
			t.Fatalf("%+v %v", persons, err)
		}
		p := persons[1]
		p.Name, p.Subject, p.WithheldFrom = "田邊\U000E0101", true, nil
		if got := bumped(t, w, func() error { return s.SavePerson(ctx, p, w.Entry("n1", access.VerbPersonSave)) }); !slices.Equal(got, w.Docs) {
			t.Errorf("saving a person bumped %v", got)
		}
		again, err := s.Persons(ctx, all, "c1")
		if err != nil || !reflect.DeepEqual(again[1], p) {
			t.Errorf("%+v, want %+v, %v", again[1], p, err)
		}
		if list, err := s.Cases(ctx, all, cases.Query{Number: "田辺", Limit: 5}); err != nil || len(list) != 1 {
			t.Errorf("the search copy did not follow: %v %v", list, err)
		}
		if err := s.CreateCase(ctx, cases.Case{ID: "c2", Tenant: tenant, Number: "x"}, nil, nil, w.Entry("n2", access.VerbCaseCreate)); err != nil {
			t.Fatal(err)
		}
		p.CaseID = "c2"
		if err := s.SavePerson(ctx, p, w.Entry("n3", access.VerbPersonSave)); !fault.Is(err, fault.Conflict) {
			t.Errorf("a person moved to another case: %v", err)
		}
		p.CaseID = "none"
		if err := s.SavePerson(ctx, p, w.Entry("n4", access.VerbPersonSave)); !fault.Is(err, fault.NotFound) {
			t.Errorf("a person of no case: %v", err)
		}
		m := cases.Member{CaseID: "c1", AgencyID: "a3", Since: storetest.Start.Add(time.Minute), Note: "面談"}
		if got := bumped(t, w, func() error { return s.AddMember(ctx, tenant, m, w.Entry("n5", access.VerbMemberAdd)) }); !slices.Equal(got, w.Docs) {
			t.Errorf("a new member bumped %v", got)
		}
		if err := s.AddMember(ctx, tenant, m, w.Entry("n6", access.VerbMemberAdd)); !fault.Is(err, fault.Conflict) {
			t.Errorf("member twice: %v", err)
		}
		m.AgencyID = "none"
		if err := s.AddMember(ctx, tenant, m, w.Entry("n7", access.VerbMemberAdd)); !fault.Is(err, fault.NotFound) {
			t.Errorf("unknown agency: %v", err)
		}
		until := storetest.Start.Add(time.Hour)
		if got := bumped(t, w, func() error {
			return s.RemoveMember(ctx, tenant, "c1", "a2", until, w.Entry("n8", access.VerbMemberRemove))
		}); !slices.Equal(got, w.Docs) {
			t.Errorf("a removed member bumped %v", got)
		}
		if err := s.RemoveMember(ctx, tenant, "c1", "a2", until, w.Entry("n9", access.VerbMemberRemove)); !fault.Is(err, fault.NotFound) {
			t.Errorf("removed twice: %v", err)
		}
		if _, err := s.Case(ctx, access.ScopeOf(w.Member), "c1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("a former member sees the case: %v", err)
		}
		g, err := gateCase(ctx, t, s, tenant, "c1", "a2", "")
		if err != nil || g.Member || !g.Removed || len(g.Persons) != 2 || len(g.Records) != 1 {
			t.Errorf("gate %+v %v", g, err)
		}
		if g, err := gateCase(ctx, t, s, tenant, "c1", "a1", ""); err != nil || g.Member || g.Removed {
			t.Errorf("gate %+v %v", g, err)
		}
		if _, err := gateCase(ctx, t, s, "m2", "c1", "a2", ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("gate of another municipality: %v", err)
		}
		back := cases.Member{CaseID: "c1", AgencyID: "a2", Since: until}
		if err := s.AddMember(ctx, tenant, back, w.Entry("na", access.VerbMemberAdd)); err != nil {
			t.Fatal(err)
		}
		members, err := s.Members(ctx, all, "c1")
		if err != nil || len(members) != 3 || members[0].Until == nil || !members[0].Until.Equal(until) || members[2].Until != nil {
			t.Errorf("%+v %v", members, err)
		}
	})
}

// Many ask for the same new documents at once: every place gets one document, and everybody the same one.
func TestEnsureDocsAtOnce(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		var mu sync.Mutex
		seen := map[string]bool{}
		var wg sync.WaitGroup
		for i := range 6 {
			wg.Go(func() {
				var want []live.Meta
				for _, item := range []consent.Item{consent.ItemBasic, consent.ItemHealth} {
					want = append(want, live.Meta{Tenant: tenant, ID: fmt.Sprintf("z%d%s", i, item), Kind: live.KindPlan, CaseID: "c1", OwnerID: "pl1", PersonID: "p2", Item: item})
				}
				got, err := s.EnsureDocs(ctx, want, w.Entry(fmt.Sprint("z", i), access.VerbDocOpen))
				if err != nil || len(got) != 2 || got[0].Item != consent.ItemBasic || got[1].Item != consent.ItemHealth || got[0].Epoch != 1 {
					t.Errorf("%+v %v", got, err)
					return
				}
				mu.Lock()
				seen[got[0].ID], seen[got[1].ID] = true, true
				mu.Unlock()
			})
		}
		wg.Wait()
		if len(seen) != 2 {
			t.Errorf("documents %v", seen)
		}
		if _, err := s.EnsureDocs(ctx, []live.Meta{{Tenant: tenant, ID: "zz", Kind: live.KindPlan, CaseID: "none", OwnerID: "pl1", Item: consent.ItemBasic, PersonID: "p9"}},
			w.Entry("zz", access.VerbDocOpen)); !fault.Is(err, fault.NotFound) {
			t.Errorf("documents of no case: %v", err)
		}
		if _, err := s.EnsureDocs(ctx, []live.Meta{{Tenant: tenant, ID: "zz", Kind: live.KindPlan, CaseID: "c9", OwnerID: "pl1", Item: consent.ItemBasic}},
			w.Entry("zz", access.VerbDocOpen)); !fault.Is(err, fault.Conflict) {
			t.Errorf("a document of another case: %v", err)
		}
	})
}

func TestNextNumber(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		var mu sync.Mutex
		var got []int
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() {
				for range 8 {
					n, err := s.NextNumber(ctx, tenant, "case/2026")
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					got = append(got, n)
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		slices.Sort(got)
		for i, n := range got {
			if n != i+1 {
				t.Fatalf("numbers %v", got)
			}
		}
		if n, err := s.NextNumber(ctx, "m2", "case/2026"); n != 1 || err != nil {
			t.Errorf("another municipality: %d %v", n, err)
		}
		if n, err := s.NextNumber(ctx, tenant, "case/2027"); n != 1 || err != nil {
			t.Errorf("another series: %d %v", n, err)
		}
	})
}

func TestConsents(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		member := access.ScopeOf(w.Member)
		r2 := storetest.NewConsent(tenant, "r2", "p2")
		r2.Signature, r2.RecordedAt = nil, r2.RecordedAt.Add(time.Minute)
		if got := bumped(t, w, func() error {
			return s.InsertConsent(ctx, r2, storetest.Shown(), w.Entry("n1", access.VerbConsentRecord))
		}); !slices.Equal(got, []string{"d2", "d3", "d5"}) {
			t.Errorf("consent of p2 bumped %v", got)
		}
		list, err := s.Consents(ctx, member, "c1")
		if err != nil || !reflect.DeepEqual(list, []consent.Record{storetest.NewConsent(tenant, "r1", "p1"), r2}) {
			t.Errorf("%+v %v", list, err)
		}
		bad := r2
		bad.ID = "r3"
		if err := s.InsertConsent(ctx, bad, storetest.Shown(), w.Entry("n2", access.VerbConsentRecord)); !fault.Is(err, fault.Conflict) {
			t.Errorf("number taken: %v", err)
		}
		bad.Number, bad.PersonID = "other", "p9"
		if err := s.InsertConsent(ctx, bad, storetest.Shown(), w.Entry("n3", access.VerbConsentRecord)); !fault.Is(err, fault.NotFound) {
			t.Errorf("no such person: %v", err)
		}
		bad.PersonID, bad.CaseID = "p1", "c9"
		if err := s.InsertConsent(ctx, bad, storetest.Shown(), w.Entry("n4", access.VerbConsentRecord)); !fault.Is(err, fault.NotFound) {
			t.Errorf("no such case: %v", err)
		}
		wd := consent.Withdrawal{ID: "w1", RecordID: "r1", At: storetest.Start.Add(time.Hour), By: "u1", ByName: "髙橋", EvidenceFile: "f1", EvidenceSHA256: "ab", Agencies: []string{"a2"},
			Items: []consent.Item{consent.ItemIncome}, Note: "電話で申出"}
		note := consent.Note{MeetingID: "g1", Kind: "withdrawn", At: wd.At, ActorID: "u1", ActorName: "髙橋", AgencyID: "a1", AgencyName: "福祉課", Data: []byte(`{"record":"x"}`)}
		if got := bumped(t, w, func() error {
			return s.Withdraw(ctx, tenant, wd, []consent.Note{note}, w.Entry("n5", access.VerbConsentWithdraw))
		}); !slices.Equal(got, []string{"d1", "d3", "d4", "d5"}) {
			t.Errorf("withdrawal of p1 bumped %v", got)
		}
		r, err := s.Consent(ctx, member, "r1")
		if err != nil || len(r.Withdrawals) != 1 || !reflect.DeepEqual(r.Withdrawals[0], wd) {
			t.Errorf("%+v %v", r.Withdrawals, err)
		}
		events, err := s.MeetingEvents(ctx, tenant, "g1", 1)
		if err != nil || len(events) != 1 || events[0].Seq != 2 || events[0].Kind != "withdrawn" || string(events[0].Data) != `{"record":"x"}` {
			t.Errorf("%+v %v", events, err)
		}
		if m, err := s.MeetingByID(ctx, member, "g1"); err != nil || m.Seq != 2 {
			t.Errorf("%+v %v", m, err)
		}
		note.MeetingID, wd.ID = "none", "w2"
		if err := s.Withdraw(ctx, tenant, wd, []consent.Note{note}, w.Entry("n6", access.VerbConsentWithdraw)); !fault.Is(err, fault.NotFound) {
			t.Errorf("note to no meeting: %v", err)
		}
		if r, _ := s.Consent(ctx, member, "r1"); len(r.Withdrawals) != 1 {
			t.Error("a failed withdrawal stayed")
		}
		wd.RecordID = "r9"
		if err := s.Withdraw(ctx, tenant, wd, nil, w.Entry("n7", access.VerbConsentWithdraw)); !fault.Is(err, fault.NotFound) {
			t.Errorf("withdrawal of nothing: %v", err)
		}
		parties, err := s.Parties(ctx, member, "c1")
		if err != nil || len(parties) != 2 || parties[0].PersonID != "p1" || parties[0].Kana != "たなか つかこ" || !parties[0].Subject {
			t.Errorf("%+v %v", parties, err)
		}
		names, err := s.AgencyNames(ctx, tenant, []string{"a2", "none"})
		if err != nil || !reflect.DeepEqual(names, map[string]string{"a2": "社会福祉協議会"}) {
			t.Errorf("%v %v", names, err)
		}
	})
}

// A meeting enters 受付 after the notes of a withdrawal were made: the withdrawal is not written without a note in it.
func TestWithdrawAgainstABeginningMeeting(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		wd := consent.Withdrawal{ID: "w1", RecordID: "r1", At: storetest.Start}
		note := consent.Note{MeetingID: "g1", Kind: "withdrawn", At: wd.At, ActorID: "u1", Data: []byte(`{}`)}
		m, err := s.MeetingByID(ctx, access.ScopeOf(w.Holder), "g1")
		if err != nil {
			t.Fatal(err)
		}
		m.Status = meeting.StatusReception
		made, release, began := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		go func() {
			began <- store.HoldChange(ctx, s, meeting.Change{Tenant: tenant, MeetingID: "g1", Meeting: m, Expect: m.Seq, BumpAccess: true,
				Events: []meeting.Event{{Kind: meeting.KindReception, At: wd.At, ActorID: "u1", Data: []byte(`{}`)}}}, made, release)
		}()
		<-made
		written := make(chan error, 1)
		go func() { written <- s.Withdraw(ctx, tenant, wd, nil, w.Entry("w1", access.VerbConsentWithdraw)) }()
		select {
		case err := <-written:
			t.Fatalf("it did not wait for the meeting that begins: %v", err)
		case <-time.After(200 * time.Millisecond):
		}
		close(release)
		late := <-written
		if err := <-began; err != nil {
			t.Fatal(err)
		}
		r, err := s.Consent(ctx, access.ScopeOf(w.Holder), "r1")
		if err != nil || len(r.Withdrawals) != 0 || !fault.Is(late, fault.Conflict) {
			t.Fatalf("withdrawn without a note: %v, %+v %v", late, r.Withdrawals, err)
		}
		if err := s.Withdraw(ctx, tenant, wd, []consent.Note{note}, w.Entry("w2", access.VerbConsentWithdraw)); err != nil {
			t.Errorf("with its note: %v", err)
		}
	})
}

// Consent is withdrawn while a document of the case is being made and is not committed yet: the document is not overlooked.
// Its first access version may never be one that the gate decided on before the withdrawal.
func TestWithdrawAgainstNewDocument(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		made, release, done := make(chan struct{}), make(chan struct{}), make(chan error, 2)
		go func() {
			done <- store.HoldDoc(ctx, s, live.Meta{Tenant: tenant, ID: "n1", Kind: live.KindPlan, CaseID: "c1", OwnerID: "o1", Item: consent.ItemBasic}, made, release)
		}()
		<-made
		withdrawn := make(chan struct{})
		go func() {
			done <- s.Withdraw(ctx, tenant, consent.Withdrawal{ID: "w1", RecordID: "r1", At: storetest.Start}, nil, w.Entry("w1", access.VerbConsentWithdraw))
			close(withdrawn)
		}()
		select {
		case <-withdrawn: // it went past the document: seen below
		case <-time.After(300 * time.Millisecond):
		}
		close(release)
		for range 2 {
			if err := <-done; err != nil {
				t.Fatal(err)
			}
		}
		if v := versions(t, s, []string{"n1"})[0]; v != 2 {
			t.Errorf("the new document stands at access version %d", v)
		}
	})
}
