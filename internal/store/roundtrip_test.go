package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/files"
	"kasane/internal/identity"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/plans"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// filled makes a value whose every field is set, so that a field the store forgets is missed.
func filled[T any]() (v T) {
	n := 0
	fill(reflect.ValueOf(&v).Elem(), &n)
	return v
}

func fill(v reflect.Value, n *int) {
	*n++
	switch x := v.Addr().Interface().(type) {
	case *time.Time:
		*x = storetest.Start.Add(time.Duration(*n) * time.Hour)
		return
	case *json.RawMessage:
		*x = fmt.Appendf(nil, `{"n": %d}`, *n)
		return
	case *[]byte:
		*x = []byte{byte(*n), 0, 255}
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("\uFA10邉\U000E0100<&%d", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(1000 + *n))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, val := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, n)
		fill(val, n)
		v.SetMapIndex(key, val)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	default:
		panic("fill: " + v.Type().String())
	}
}

func same[T any](t *testing.T, what string, got, want T, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

// Everything that goes in comes out: every field of every stored type. A new field without a column fails here.
func TestEveryFieldIsKept(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		all := access.ScopeOf(w.Holder)
		ok := func(err error) {
			if err != nil {
				t.Helper()
				t.Fatal(err)
			}
		}
		n := 0
		e := func() access.Entry { n++; return w.Entry(fmt.Sprint("k", n), access.VerbCaseUpdate) }

		a := filled[access.Agency]()
		a.Tenant = tenant
		ok(s.SaveAgency(ctx, a, true, e()))
		agencies, err := s.ListAgencies(ctx, tenant)
		same(t, "agency", agencies[slices.IndexFunc(agencies, func(x access.Agency) bool { return x.ID == a.ID })], a, err)
		u := filled[identity.Account]()
		u.Tenant, u.AgencyID = tenant, a.ID
		ok(s.CreateUser(ctx, u, e()))
		gotU, err := s.GetUser(ctx, tenant, u.ID)
		same(t, "user", gotU, u, err)
		ses := filled[identity.Session]()
		ses.Tenant, ses.UserID, ses.GuestID = tenant, u.ID, ""
		ok(s.CreateSession(ctx, ses, identity.Follow{}, e()))
		_, err = s.FindPrincipal(ctx, ses.Hash)
		ok(err)
		rules := filled[identity.Rules]()
		ok(s.SaveRules(ctx, tenant, rules, e()))
		ok(s.SetChallenge(ctx, ses.Hash, ses.Challenge))
		ok(s.LockSession(ctx, ses.Hash, ses.LockedAt, e()))
		towns, err := s.ListMunicipalities(ctx)
		ok(err)
		town := towns[slices.IndexFunc(towns, func(m access.Municipality) bool { return m.ID == tenant })]
		p, err := s.FindPrincipal(ctx, ses.Hash)
		same(t, "principal", p, identity.Principal{Session: ses, User: u.User, Agency: a, Municipality: town, Set: &rules}, err)
		mine, err := s.ListSessions(ctx, tenant, u.ID)
		same(t, "sessions", mine, []identity.Session{ses}, err)
		fac := filled[identity.Factor]()
		fac.Tenant, fac.UserID = tenant, u.ID
		ok(s.AddFactors(ctx, []identity.Factor{fac}, nil, e()))
		factors, err := s.Factors(ctx, tenant, u.ID)
		same(t, "factors", factors, []identity.Factor{fac}, err)

		c, person, member := filled[cases.Case](), filled[cases.Person](), filled[cases.Member]()
		c.Tenant, person.Tenant, person.CaseID, member.CaseID, member.AgencyID = tenant, tenant, c.ID, c.ID, a.ID
		ok(s.CreateCase(ctx, c, []cases.Person{person}, []cases.Member{member}, e()))
		gotC, err := s.Case(ctx, all, c.ID)
		same(t, "case", gotC, c, err)
		persons, err := s.Persons(ctx, all, c.ID)
		same(t, "person", persons, []cases.Person{person}, err)
		members, err := s.Members(ctx, all, c.ID)
		same(t, "member", members, []cases.Member{member}, err)

		r := filled[consent.Record]()
		r.Tenant, r.CaseID, r.PersonID, r.Withdrawals = tenant, c.ID, person.ID, nil
		ok(s.InsertConsent(ctx, r, storetest.Shown(), e()))
		wd := filled[consent.Withdrawal]()
		wd.RecordID = r.ID
		ok(s.Withdraw(ctx, tenant, wd, nil, e()))
		r.Withdrawals = []consent.Withdrawal{wd}
		gotR, err := s.Consent(ctx, all, r.ID)
		same(t, "consent", gotR, r, err)
		f := filled[files.File]()
		f.Tenant, f.CaseID = tenant, c.ID
		ok(s.PutFile(ctx, f, []byte("x"), e()))
		gotF, err := s.FileMeta(ctx, all, f.ID)
		same(t, "file", gotF, f, err)

		pl := filled[plans.Plan]()
		pl.Tenant, pl.CaseID, pl.PreviousID = tenant, c.ID, ""
		_, err = s.CreatePlan(ctx, pl, nil, e())
		ok(err)
		pl.Round = 1
		gotPl, err := s.PlanByID(ctx, all, pl.ID)
		same(t, "plan", gotPl, pl, err)
		ra := filled[plans.RoleAnswer]()
		ra.Tenant, ra.PlanID = tenant, pl.ID
		ok(s.AddPlanAnswer(ctx, ra, e()))
		answers, err := s.PlanAnswers(ctx, tenant, pl.ID)
		same(t, "answer", answers, []plans.RoleAnswer{ra}, err)

		m := filled[meeting.Meeting]()
		m.Tenant, m.CaseID = tenant, c.ID
		ev := filled[meeting.Event]()
		ev.Tenant, ev.MeetingID, ev.Seq = tenant, m.ID, 1
		doc := live.Meta{Tenant: tenant, ID: "kd", Kind: live.KindMinutes, CaseID: c.ID, OwnerID: m.ID, Item: consent.ItemBasic}
		m, err = s.CreateMeeting(ctx, m, []live.Meta{doc}, []meeting.Event{ev}, e())
		ok(err)
		gotM, err := s.MeetingByID(ctx, all, m.ID)
		same(t, "meeting", gotM, m, err)
		events, err := s.MeetingEvents(ctx, tenant, m.ID, 0)
		same(t, "event", events, []meeting.Event{ev}, err)
		g := filled[identity.GuestLink]()
		g.Tenant, g.MeetingID, g.AgencyID = tenant, m.ID, a.ID
		ok(s.CreateGuest(ctx, g, e()))
		gotG, err := s.GetGuest(ctx, tenant, g.ID)
		same(t, "guest", gotG, g, err)

		v, cl, mv := filled[plans.Version](), filled[meeting.Closing](), filled[meeting.MinutesVersion]()
		v.Tenant, v.PlanID, v.CaseID = tenant, pl.ID, c.ID
		cl.Tenant, cl.MeetingID, mv.Tenant, mv.MeetingID, mv.EndedAt = tenant, m.ID, tenant, m.ID, nil
		m.Seq++
		_, err = s.RecordMeeting(ctx, meeting.Change{Tenant: tenant, MeetingID: m.ID, Expect: 1, Meeting: m, Events: []meeting.Event{ev}, NewVersion: &v, PutClosing: &cl, Minutes: &mv, Audit: e()})
		ok(err)
		gotM, err = s.MeetingByID(ctx, all, m.ID)
		same(t, "meeting after a change", gotM, m, err)
		gotV, err := s.PlanVersion(ctx, tenant, pl.ID, v.N)
		same(t, "version", gotV, v, err)
		gotCl, err := s.ClosingOf(ctx, tenant, m.ID)
		same(t, "closing", gotCl, cl, err)
		gotMv, err := s.MinutesVersion(ctx, tenant, m.ID, mv.N)
		same(t, "minutes", gotMv, mv, err)
		typ := filled[meeting.Type]()
		ok(s.SaveMeetingType(ctx, tenant, typ, false, e()))
		types, err := s.MeetingTypes(ctx, tenant)
		same(t, "type", types, []meeting.Type{typ}, err)

		paper := filled[meeting.Paper]()
		paper.Tenant, paper.MeetingID, paper.CaseID, paper.SHA256, paper.ContentSHA256, paper.PartsSHA256 = tenant, m.ID, c.ID, archive.Sum(paper.PDF), archive.Sum(paper.Content), archive.Sum(paper.Parts)
		m.Seq++
		rec, err := s.RecordMeeting(ctx, meeting.Change{Tenant: tenant, MeetingID: m.ID, Expect: 2, Meeting: m, Events: []meeting.Event{ev}, Seal: []meeting.Paper{paper}, Audit: e()})
		ok(err)
		got, err := s.ArchiveRecord(ctx, access.Scope{Tenant: tenant, Archive: true}, rec.Sealed[0].ID)
		want := archive.Record{Tenant: tenant, ID: rec.Sealed[0].ID, Seq: 1, Number: paper.Number, Kind: archive.Kind(paper.Kind), Title: paper.Title, State: archive.StateSealed,
			CaseID: c.ID, CaseNumber: paper.CaseNumber, MeetingID: m.ID, MeetingDay: paper.MeetingDay, Version: paper.Version, FileName: paper.FileName, FileSHA256: paper.SHA256,
			ContentSHA256: paper.ContentSHA256, Pages: paper.Pages, Size: 3, Renderer: paper.Renderer, Retention: archive.Keep(archive.ClassCase, paper.Retention, paper.SealedAt),
			SealedAt: paper.SealedAt, SealedBy: paper.SealedBy, AuditCheckpoint: paper.Checkpoint, Signature: paper.Signature, PartsSHA256: paper.PartsSHA256}
		want.ChainHash = archive.Chain(want)
		same(t, "record", got, want, err)
		sealed, err := s.SealedOf(ctx, tenant, m.ID)
		same(t, "sealed", sealed, rec.Sealed, err)
	})
}
