package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/plans"
	"kasane/internal/seedtest"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// made are ids the store gives by itself: those of sealed records, which their hashes contain, and the audit entries about them.
var made = regexp.MustCompile(`(^| )(id|replaces|prev_hash|chain_hash|leaf_hash|root|peaks|target|hash|leaf)="[^"]*"`)

// The same random commands on both engines give the same answers and leave the same rows.
func TestEnginesAgree(t *testing.T) {
	t.Parallel()
	first := seedtest.Seed(t)
	var updates, records, events atomic.Int64
	t.Cleanup(func() {
		if updates.Load() == 0 || records.Load() == 0 || events.Load() < 15 {
			t.Errorf("the commands did little: %d updates, %d records, %d events", updates.Load(), records.Load(), events.Load())
		}
	})
	for seed := first; seed < first+3; seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			var answers [2][]string
			var dumps [2]map[string][]string
			for i, engine := range []string{"sqlite", "postgres"} {
				s, clock := storetest.Open(t, engine)
				w := storetest.NewWorld(t, s, tenant)
				answers[i] = play(t, rand.New(rand.NewPCG(seed, 7)), w, clock)
				dumps[i] = store.Dump(t, s)
			}
			for i := range answers[0] {
				if answers[0][i] != answers[1][i] {
					t.Fatalf("command %d:\nsqlite   %s\npostgres %s", i, answers[0][i], answers[1][i])
				}
			}
			delete(dumps[0], "schema_version")
			for table, rows := range dumps[0] {
				a, b := masked(table, rows), masked(table, dumps[1][table])
				if a != b {
					t.Errorf("table %s differs:\nsqlite\n%s\npostgres\n%s", table, a, b)
				}
			}
			updates.Add(int64(len(dumps[0]["doc_update"])))
			records.Add(int64(len(dumps[0]["archive_record"])))
			events.Add(int64(len(dumps[0]["meeting_event"])))
		})
	}
}

func masked(table string, rows []string) string {
	var out []string
	for _, r := range rows {
		if table == "archive_record" || table == "archive_head" || table == "audit_checkpoint" || table == "audit_entry" && strings.Contains(r, `verb="archive.seal"`) {
			r = made.ReplaceAllString(r, "")
		}
		if table == "audit_entry" {
			r = regexp.MustCompile(`(leaf|leaf_hash)="[^"]*"`).ReplaceAllString(r, "")
		}
		out = append(out, r)
	}
	return strings.Join(out, "\n")
}

// play runs random commands and gives what each answered.
func play(t *testing.T, rnd *rand.Rand, w storetest.World, clock *storetest.Clock) (answers []string) {
	ctx, s := context.Background(), w.Store
	pick := func(list ...string) string { return list[rnd.IntN(len(list))] }
	all := access.ScopeOf(w.Holder)
	scopes := []access.Scope{all, access.ScopeOf(w.Member), {Tenant: tenant, MeetingID: "g1"}, {Tenant: tenant, AgencyID: "a3"}, {}}
	for n := range 220 {
		at := storetest.Start.Add(time.Duration(n) * time.Minute)
		clock.Set(at) // one engine may look at it more often than the other
		e := w.Entry(fmt.Sprintf("q%03d", n), access.VerbCaseUpdate)
		var got any
		var err error
		scope := scopes[rnd.IntN(len(scopes))]
		switch rnd.IntN(19) {
		case 0:
			got, err = s.AppendDocs(ctx, []live.Batch{batch(pick("d1", "d3", "dx"), rnd.Uint64()%3, pick("u1", "u2"), "x", "y"), batch(pick("d2", "d3"), 9, pick("u1", "u2"), "z")})
			for i := range got.([]live.Appended) {
				got.([]live.Appended)[i].At = time.Time{}
			}
		case 1:
			err = s.SavePerson(ctx, cases.Person{ID: pick("p1", "p2", "p3"), Tenant: tenant, CaseID: pick("c1", "cx"), Ord: rnd.IntN(4), Name: pick("田中", "髙\uFA11", "𠮷野", ""), Kana: pick("たなか", "さき"), Subject: rnd.IntN(2) == 0, UpdatedAt: at}, e)
		case 2:
			err = s.AddMember(ctx, tenant, cases.Member{CaseID: "c1", AgencyID: pick("a1", "a2", "a3", "ax"), Since: at}, e)
		case 3:
			err = s.RemoveMember(ctx, tenant, "c1", pick("a1", "a2", "a3"), at, e)
		case 4:
			r := storetest.NewConsent(tenant, fmt.Sprint("r", rnd.IntN(12)), pick("p1", "p2", "p9"))
			r.RecordedAt = at
			err = s.InsertConsent(ctx, r, storetest.Shown(), w.Recorded(e.ID, r))
		case 5:
			wd := consent.Withdrawal{ID: fmt.Sprint("w", n), RecordID: fmt.Sprint("r", rnd.IntN(12)), At: at}
			err = s.Withdraw(ctx, tenant, wd, []consent.Note{{MeetingID: "g1", Kind: "withdrawn", At: at}}, w.Withdrawn(e.ID, wd))
		case 6:
			got, err = s.EnsureDocs(ctx, []live.Meta{{Tenant: tenant, ID: fmt.Sprintf("n%03d", n), Kind: live.KindSection, CaseID: "c1", OwnerID: pick("p1", "p2"), PersonID: pick("p1", "p2"), Item: consent.Items()[rnd.IntN(5)]}}, e)
		case 7:
			got, err = s.Cases(ctx, scope, cases.Query{Number: pick("", "田", "ﾀﾅｶ", "崎", "2026", "_", "'"), Limit: 5})
		case 8:
			got, err = s.Persons(ctx, scope, pick("c1", "cx"))
		case 9:
			got, err = s.Consents(ctx, scope, "c1")
		case 10, 11, 12:
			got, err = act(rnd, w, at, e)
		case 13:
			got, err = s.ListMeetings(ctx, scope, meeting.Query{Statuses: []meeting.Status{meeting.StatusDraft, meeting.Status(pick("open", "closed"))}})
		case 14:
			got, err = s.BeginAttempt(ctx, tenant, []identity.AttemptKey{{Key: pick("k1", "k2"), Limit: 3}, {Key: "k3", Limit: 9}}, time.Hour, time.Hour, at)
		case 15:
			got, err = s.PlansOfCase(ctx, scope, "c1")
		case 16:
			err = s.UpdateCase(ctx, cases.Case{ID: "c1", Tenant: tenant, Stage: cases.StageIntake, Version: int64(1 + rnd.IntN(4)), UpdatedAt: at}, e)
		case 17:
			err = s.SaveAgency(ctx, access.Agency{Tenant: tenant, ID: pick("a3", "a4", "a5"), Name: pick("甲", "乙", "福祉課"), Active: true}, rnd.IntN(2) == 0, e)
		case 18:
			got, err = s.NextNumber(ctx, tenant, pick("a", "b"))
		}
		answers = append(answers, fmt.Sprintf("%d %+v %v %s", n, got, fault.KindOf(err), fault.Message(err)))
		if err != nil && fault.KindOf(err) == fault.Internal {
			t.Errorf("command %d: %v", n, err)
		}
		clock.Advance(time.Second)
	}
	rep, err := archive.Verify(ctx, s, tenant, storetest.Trust())
	if err != nil || !rep.OK {
		t.Errorf("%+v %v", rep, err)
	}
	return answers
}

// act is one random change of the meeting.
func act(rnd *rand.Rand, w storetest.World, at time.Time, e access.Entry) (any, error) {
	ctx, s := context.Background(), w.Store
	m, err := s.MeetingByID(ctx, access.ScopeOf(w.Holder), "g1")
	if err != nil {
		return nil, err
	}
	m.Status = meeting.Statuses()[rnd.IntN(4)]
	c := meeting.Change{Tenant: tenant, MeetingID: "g1", Expect: m.Seq - int64(rnd.IntN(5)/4), Meeting: m, Audit: e, BumpAccess: rnd.IntN(3) == 0,
		Events: []meeting.Event{{Kind: meeting.KindPhase, At: at, ActorID: "u1"}}}
	n := 1 + rnd.IntN(3)
	switch rnd.IntN(7) {
	case 0:
		c.Freeze = []string{"d3", "d4"}
		c.NewVersion = &plans.Version{PlanID: "pl1", CaseID: "c1", N: n, State: plans.VersionFreezing, FrozenAt: at, Docs: []plans.DocHead{{DocID: "d3"}}}
	case 1:
		c.FixVersion = &plans.Version{PlanID: "pl1", N: n, Hash: archive.Sum([]byte("{}")), Canonical: []byte("{}")}
	case 2:
		c.Thaw, c.EndVersion = []string{"d3"}, &meeting.VersionEnd{PlanID: "pl1", N: n, State: plans.VersionVoid, At: at}
	case 3:
		c.PutClosing, c.Freeze = &meeting.Closing{Seq: 1, At: at}, []string{"d5"}
	case 4:
		c.DropClosing = true
	case 5:
		c.Minutes = &meeting.MinutesVersion{N: n, Hash: archive.Sum([]byte("m")), Content: []byte("m"), At: at}
	case 6:
		c.Seal = []meeting.Paper{paper(meeting.PaperKind([]string{"plan", "matrix"}[rnd.IntN(2)]), n, "紙")}
	}
	c.Meeting.Seq = c.Expect + 1
	rec, err := s.RecordMeeting(ctx, c)
	for i := range rec.Sealed {
		rec.Sealed[i].ID = ""
	}
	return rec, err
}
