package store_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/community"
	"kasane/internal/consent"
	"kasane/internal/copies"
	"kasane/internal/fault"
	"kasane/internal/figures"
	"kasane/internal/files"
	"kasane/internal/handouts"
	"kasane/internal/imports"
	"kasane/internal/intake"
	"kasane/internal/joining"
	"kasane/internal/meeting"
	"kasane/internal/oversight"
	"kasane/internal/plans"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// Every exported method that takes a Scope is called with the zero scope and with those of strangers: nothing may come back,
// whatever id is asked for. With a scope that sees, each must find something, so that the test can fail.
func TestStrangersSeeNothing(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		sealed(t, w)
		if err := s.PutFile(ctx, files.File{ID: "f1", Tenant: tenant, CaseID: "c1", Name: "x"}, []byte("x"), w.Entry("f1", access.VerbFilePut)); err != nil {
			t.Fatal(err)
		}
		searched := w.Entry("s1", access.VerbCaseList)
		searched.Reason, searched.Hash = access.ReasonSearch, "mark"
		if err := s.AppendAudit(ctx, searched); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveOversightSettings(ctx, tenant, oversight.DefaultSettings(), w.Entry("s2", access.VerbAuditSettings)); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveIncident(ctx, oversight.Incident{ID: "i1", Tenant: tenant}, w.Entry("s3", access.VerbIncidentExport)); err != nil {
			t.Fatal(err)
		}
		kept := cases.Discretion{CaseID: "c1", Item: consent.ItemAbuse, Reason: "通報", By: "u1", At: storetest.Start}
		if err := s.SetDiscretion(ctx, tenant, kept, w.Entry("kept", access.VerbCaseDiscretion)); err != nil {
			t.Fatal(err)
		}
		if err := s.SetBar(ctx, tenant, cases.Bar{CaseID: "c1", UserID: "u2", Reason: "親族", By: "u1", At: storetest.Start}, w.Entry("bar", access.VerbCaseBar)); err != nil {
			t.Fatal(err)
		}
		urgent := consent.Emergency{ID: "f1", Tenant: tenant, CaseID: "c1", AgencyID: "a2", At: storetest.Start, Until: storetest.Start.Add(time.Hour)}
		if err := s.InsertEmergency(ctx, urgent, w.Entry("urgent", access.VerbEmergency)); err != nil {
			t.Fatal(err)
		}
		glass := consent.Glass{ID: "f1", Tenant: tenant, CaseID: "c1", UserID: "u1", At: storetest.Start, Until: storetest.Start.Add(time.Hour)}
		if err := s.InsertGlass(ctx, glass, w.Entry("glass", access.VerbGlassBreak)); err != nil {
			t.Fatal(err)
		}
		asked := plans.LeadOffer{ID: "f1", Tenant: tenant, CaseID: "c1", Kind: plans.LeadAfter, To: "f1", ByID: "u1", At: storetest.Start}
		if err := s.AddLeadOffer(ctx, asked, w.Entry("asked", access.VerbLeadOffer)); err != nil {
			t.Fatal(err)
		}
		reached(ctx, t, w, s)
		drafted := cases.Decision{ID: "f1", Tenant: tenant, CaseID: "c1", CaseVersion: 1, Note: "起案", Steps: []string{"課長"}, ByID: "u1", At: storetest.Start, State: cases.DecisionOpen}
		if err := s.AddDecision(ctx, drafted, w.Entry("drafted", access.VerbDecisionDraft)); err != nil {
			t.Fatal(err)
		}
		if _, made, err := s.TakeIn(ctx, takenIn("f1", "f1", "a2"), w.Entry("taken", access.VerbIntake)); err != nil || !made {
			t.Fatal(made, err)
		}
		found := cases.Screening{ID: "f1", Tenant: tenant, CaseID: "c1", CaseVersion: 1, Day: "2026-06-01", Result: "4", Reason: "理由", ByID: "u1", At: storetest.Start}
		if err := s.AddScreening(ctx, found, w.Entry("found", access.VerbScreening)); err != nil {
			t.Fatal(err)
		}
		paused := cases.Case{ID: takenIn("f1", "f1", "a2").Case.ID, Tenant: tenant, Stage: cases.StageSuspended, Version: 1, UpdatedAt: storetest.Start}
		until := func(cases.MoveFacts) (cases.Move, error) {
			return cases.Move{Step: cases.Step{Until: "2026-09-01"}}, nil
		}
		if err := s.MoveCase(ctx, paused, until, w.Entry("paused", access.VerbCaseUpdate)); err != nil {
			t.Fatal(err)
		}
		done := cases.Case{ID: "n2", Tenant: tenant, Number: "K2026-0092", Stage: cases.StageClosed, Version: 1, OpenedAt: storetest.Start, OpenedBy: "u1", UpdatedAt: storetest.Start}
		if err := s.CreateCase(ctx, done, nil, nil, w.Entry("done", access.VerbCaseCreate)); err != nil {
			t.Fatal(err)
		}
		asked2 := cases.Followup{ID: "f1", Tenant: tenant, CaseID: "n2", AgencyID: "a1", DueOn: "2026-06-02", MadeBy: "u1", MadeAt: storetest.Start, State: cases.FollowupPlanned}
		if err := s.AddFollowup(ctx, asked2, w.Entry("asked2", access.VerbFollowup)); err != nil {
			t.Fatal(err)
		}
		again := done
		again.ID, again.Number, again.Stage = "n3", "K2026-0093", cases.StageReceived
		if err := s.OpenAgain(ctx, again, nil, nil, cases.Former{Tenant: tenant, CaseID: "n3", FormerID: "n2", At: storetest.Start}, w.Entry("again", access.VerbCaseAgain)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.AddReferral(ctx, handedOver("f1", "c1", "a2", "a1"), w.Entry("referred", access.VerbReferral)); err != nil {
			t.Fatal(err)
		}
		spot := community.Place{ID: "f1", Name: "居場所", Kind: "ibasho", State: community.StateOpen, AgencyID: "a2", N: 1, At: storetest.Start}
		if err := s.SavePlace(ctx, tenant, spot, "", w.Entry("spot", access.VerbPlaceSave)); err != nil {
			t.Fatal(err)
		}
		joined := joining.Joining{ID: "f1", CaseID: "c1", PersonID: "p1", Item: consent.ItemProgress, AgencyID: "a2", OpenedOn: "2026-05-01", N: 1, At: storetest.Start}
		if err := s.AddJoining(ctx, tenant, joined, w.Entry("joined", access.VerbJoiningSave)); err != nil {
			t.Fatal(err)
		}
		listed := listed(w, "f2")
		if _, _, err := s.AddImport(ctx, listOf("f1", 1), []imports.NewCase{listed}, imports.Memory{}, w.Entry("import", access.VerbImport)); err != nil {
			t.Fatal(err)
		}
		sit := meeting.Called{Meeting: storetest.NewMeeting(tenant, "f1", ""), Audit: w.Entry("sit", access.VerbMeetingCreate)}
		if _, err := s.CreateSitting(ctx, meeting.Sitting{ID: "f1", Tenant: tenant, CreatedAt: storetest.Start, CreatedBy: "u1"}, []meeting.Called{sit}); err != nil {
			t.Fatal(err)
		}
		if err := s.PutHandout(ctx, handedOut("g1"), []byte("x"), w.Entry("h1", access.VerbHandoutGive)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.ReceiveHandout(ctx, tenant, handouts.Receipt{ID: "h1", HandoutID: "g1", At: storetest.Start}, w.Entry("h2", access.VerbHandoutOpen)); err != nil {
			t.Fatal(err)
		}
		g1, err := s.MeetingByID(ctx, access.ScopeOf(w.Holder), "g1")
		if err != nil {
			t.Fatal(err)
		}
		noted := meeting.Change{Tenant: tenant, MeetingID: "g1", Expect: g1.Seq, Meeting: g1, Audit: w.Entry("noted", access.VerbMeetingAct),
			Events: []meeting.Event{{Tenant: tenant, MeetingID: "g1", Seq: g1.Seq + 1, Kind: meeting.KindNote, At: storetest.Start, Data: []byte(`{"id":"n1","kind":"local","shared":true}`)}}}
		noted.Meeting.Seq++
		closed := storetest.Start
		noted.Meeting.ClosedAt = &closed
		if err := s.SaveAnswers(ctx, tenant, figures.Sheet{ID: "d1", CaseID: "c1"}, 1, []figures.Answer{{Field: "route", Code: "01"}}); err != nil {
			t.Fatal(err)
		}
		noted.EndVersion = &meeting.VersionEnd{PlanID: "pl1", N: 1, State: plans.VersionAgreed, At: storetest.Start}
		if _, err := s.RecordMeeting(ctx, noted); err != nil {
			t.Fatal(err)
		}
		other := storetest.NewWorld(t, s, "m2") // the same ids in another municipality
		records, err := s.ArchiveRecords(ctx, access.ScopeOf(w.Holder), archive.Query{})
		if err != nil || len(records) == 0 {
			t.Fatal(records, err)
		}
		given := copies.Copy{Tenant: tenant, RecordID: records[0].ID, N: 1, Kind: copies.KindRedacted, Purpose: "開示請求", At: storetest.Start, By: "u1"}
		if err := s.AddCopy(ctx, given, w.Entry("given", access.VerbArchiveCopy)); err != nil {
			t.Fatal(err)
		}
		ids := []string{"n2", "a1", "c1", "p1", "r1", "pl1", "g1", "f1", "K2026-0001", records[0].ID, records[0].Number, records[0].FileSHA256}
		proposed := archive.Disposal{ID: "f1", Tenant: tenant, State: archive.DisposalProposed, ProposedBy: "u1", ProposedAt: storetest.Start}
		if err := s.ProposeDisposal(ctx, access.ScopeOf(w.Holder), proposed, "2199-01-01", w.Entry("proposed", access.VerbArchivePropose)); err != nil {
			t.Fatal(err)
		}
		strangers := map[string]access.Scope{
			"zero":           {},
			"zero of tenant": {Tenant: tenant},
			"no tenant":      {All: true, AgencyID: "a2", MeetingID: "g1", CaseID: "c1", Archive: true, Audit: true},
			"no such tenant": {Tenant: "m9", All: true, AgencyID: "a2", MeetingID: "g1", CaseID: "c1", Archive: true, Audit: true},
			"no member":      {Tenant: tenant, AgencyID: "a3"},
			"other case":     {Tenant: tenant, CaseID: "c9"},
			"other meeting":  {Tenant: tenant, MeetingID: "g9"},
		}
		full := access.Scope{Tenant: tenant, All: true, Archive: true, Audit: true}
		typ, scopeType := reflect.TypeOf(s), reflect.TypeFor[access.Scope]()
		methods := 0
		for i := range typ.NumMethod() {
			m := typ.Method(i)
			at := -1
			for j := 1; j < m.Type.NumIn(); j++ {
				if m.Type.In(j) == scopeType {
					at = j
				}
			}
			if at < 0 || m.Type.NumOut() == 1 { // a write: keepingWrites
				continue
			}
			methods++
			for name, scope := range strangers {
				for _, id := range ids {
					if something(ctx, t, s, m, at, scope, id, name) {
						t.Errorf("%s: %s sees something of %s", m.Name, name, id)
					}
				}
			}
			seen := false
			for _, id := range ids {
				seen = something(ctx, t, s, m, at, full, id, "full") || seen
			}
			if !seen {
				t.Errorf("%s finds nothing with a scope that sees all: the test is blind", m.Name)
			}
		}
		for what, write := range keepingWrites(ctx, s, records[0].ID) {
			for name, scope := range strangers {
				if err := write(scope); err == nil {
					t.Errorf("%s: %s changes something", what, name)
				}
			}
			if err := write(full); fault.Is(err, fault.NotFound) {
				t.Errorf("%s finds nothing with a scope that sees all: the test is blind", what)
			}
		}
		if methods < 15 {
			t.Errorf("only %d methods take a scope", methods)
		}
		// The same ids exist in both municipalities: each sees its own.
		for tenant, scope := range map[string]access.Scope{tenant: access.ScopeOf(w.Holder), "m2": access.ScopeOf(other.Holder)} {
			if c, err := s.Case(ctx, scope, "c1"); err != nil || c.Tenant != tenant {
				t.Errorf("%s: %+v %v", tenant, c, err)
			}
			if m, err := s.MeetingByID(ctx, scope, "g1"); err != nil || m.Tenant != tenant {
				t.Errorf("%s: %+v %v", tenant, m, err)
			}
		}
	})
}

// keepingWrites are the writes that take a scope, about one record of the archive.
func keepingWrites(ctx context.Context, s *store.Store, record string) map[string]func(access.Scope) error {
	at, n := storetest.Start, 0
	entry := func() access.Entry {
		n++
		return access.Entry{ID: fmt.Sprint("keep", n), Tenant: tenant, Verb: access.VerbArchiveHold}
	}
	return map[string]func(access.Scope) error{
		"AddExtension": func(sc access.Scope) error {
			return s.AddExtension(ctx, sc, archive.Extension{ID: "x1", Record: record, Until: "2099-01-01", At: at}, entry())
		},
		"AddHold": func(sc access.Scope) error {
			return s.AddHold(ctx, sc, archive.Hold{ID: entry().ID, Record: record, At: at}, entry())
		},
		"ProposeDisposal": func(sc access.Scope) error {
			return s.ProposeDisposal(ctx, sc, archive.Disposal{ID: "x1", Tenant: tenant, Records: []archive.Record{{ID: record}}, ProposedAt: at}, "2099-01-01", entry())
		},
	}
}

// something calls a method with a scope and an id wherever it takes one, and tells whether anything came back.
func something(ctx context.Context, t *testing.T, s *store.Store, m reflect.Method, at int, scope access.Scope, id, who string) bool {
	t.Helper()
	in := []reflect.Value{reflect.ValueOf(s), reflect.ValueOf(ctx)}
	for j := 2; j < m.Type.NumIn(); j++ {
		switch p := m.Type.In(j); {
		case j == at:
			in = append(in, reflect.ValueOf(scope))
		case p.Kind() == reflect.Bool:
			in = append(in, reflect.ValueOf(false))
		case p.Kind() == reflect.Int: // a limit
			in = append(in, reflect.ValueOf(100))
		case p.Kind() == reflect.String:
			in = append(in, reflect.ValueOf(id))
		case p == reflect.TypeFor[access.Entry]():
			in = append(in, reflect.ValueOf(access.Entry{ID: access.NewID(storetest.Start), Tenant: tenant, Verb: access.VerbFileGet}))
		case p == reflect.TypeFor[consent.EndingQuery]():
			in = append(in, reflect.ValueOf(consent.EndingQuery{Until: storetest.Start.AddDate(10, 0, 0), Limit: 100}))
		case p == reflect.TypeFor[cases.Query](), p == reflect.TypeFor[meeting.Query](), p == reflect.TypeFor[archive.Query](),
			p == reflect.TypeFor[oversight.Query](), p == reflect.TypeFor[intake.Query](), p == reflect.TypeFor[intake.ReferralQuery](), p == reflect.TypeFor[joining.Query]():
			q := reflect.New(p).Elem()
			q.FieldByName("Limit").SetInt(100)
			in = append(in, q)
		case p == reflect.TypeFor[oversight.Ask]():
			in = append(in, reflect.ValueOf(oversight.Ask{Users: []string{id}, Cases: []string{id}, Docs: []string{id}}))
		case p == reflect.TypeFor[time.Time](): // from, to
			v := time.Time{}
			if j > 2 && m.Type.In(j-1) == p {
				v = storetest.Start.AddDate(100, 0, 0)
			}
			in = append(in, reflect.ValueOf(v))
		case p == reflect.TypeFor[[]string]():
			in = append(in, reflect.ValueOf([]string{"mark", "c1"}))
		case p == reflect.TypeFor[func(oversight.Look) error]():
			in = append(in, reflect.ValueOf(func(oversight.Look) error { return nil }))
		default:
			t.Fatalf("%s: teach the test to make a %s", m.Name, p)
		}
	}
	out := m.Func.Call(in)
	if err, _ := out[len(out)-1].Interface().(error); err != nil {
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s as %s: %v", m.Name, who, err)
		}
		return false
	}
	v := out[0]
	if v.Kind() == reflect.Slice || v.Kind() == reflect.Map {
		return v.Len() > 0
	}
	return !v.IsZero()
}
