package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/files"
	"kasane/internal/intake"
	"kasane/internal/meeting"
	"kasane/internal/plans"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
	"kasane/internal/webhooks"
)

// hookWorld sets an address up for each agency, which wants everything, and gives what waits for one since it was asked last.
func hookWorld(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) func(agency string) []string {
	t.Helper()
	var all []webhooks.Kind
	for _, k := range webhooks.Choices() {
		all = append(all, k.ID)
	}
	for _, agency := range []string{"a1", "a2", "a3"} {
		p := webhooks.Endpoint{Tenant: w.Tenant, ID: "h" + agency, AgencyID: agency, URL: "https://renkei.example/", Kinds: all, At: storetest.Start}
		x := webhooks.Secret{Tenant: w.Tenant, ID: "s" + agency, EndpointID: p.ID, Sealed: []byte("sealed " + agency), At: storetest.Start}
		if err := s.AddWebhook(ctx, p, x, 10, w.Entry("hook"+agency, access.VerbWebhookSave)); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[string]bool{}
	return func(agency string) (out []string) {
		t.Helper()
		list, err := s.WebhookDeliveries(ctx, w.Tenant, "h"+agency, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range slices.Backward(list) {
			if seen[agency+d.ID] {
				continue
			}
			seen[agency+d.ID] = true
			var m webhooks.Message
			if err := json.Unmarshal([]byte(d.Body), &m); err != nil || m.Type != d.Kind || m.Data.CaseID == "" {
				t.Errorf("%v: %s", err, d.Body)
			}
			out = append(out, fmt.Sprint(m.Type, " ", m.Data.ID))
		}
		return out
	}
}

// Every event is written by the store method that makes it true, for those it reaches, and by none that failed.
func TestWebhookEvents(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		told := hookWorld(ctx, t, w, s)
		n := 0
		entry := func(v access.Verb) access.Entry {
			n++
			return w.Entry(fmt.Sprintf("k%03d", n), v).InCase("c1")
		}
		expect := func(what string, err error, city, member, outside []string) {
			t.Helper()
			if err != nil {
				t.Errorf("%s: %v", what, err)
			}
			for agency, want := range map[string][]string{"a1": city, "a2": member, "a3": outside} {
				if got := slices.Sorted(slices.Values(told(agency))); !slices.Equal(got, want) {
					t.Errorf("%s, %s: told %v, want %v", what, agency, got, want)
				}
			}
		}
		both := func(list ...string) ([]string, []string, []string) { return list, list, nil }
		record := func(kind meeting.Kind, data string, edit func(*meeting.Change)) error {
			n++
			_, err := s.RecordMeeting(ctx, change(t, w, fmt.Sprintf("k%03d", n), func(c *meeting.Change) {
				c.Events[0].Kind, c.Events[0].Data = kind, []byte(data)
				if edit != nil {
					edit(c)
				}
			}))
			return err
		}
		for _, c := range []struct {
			kind       meeting.Kind
			data, want string
		}{{meeting.KindOpened, `{}`, "meeting.opened g1"}, {meeting.KindClosed, `{}`, "meeting.closed g1"}, {meeting.KindCancelled, `{"reason":"雪"}`, "meeting.cancelled g1"},
			{meeting.KindEdited, `{"plannedStart":"2026-07-01T00:00:00Z"}`, "meeting.rescheduled g1"}, {meeting.KindEdited, `{"title":"植田家の会議"}`, ""}, {meeting.KindPhase, `{"id":"sharing"}`, ""}} {
			var want []string
			if c.want != "" {
				want = []string{c.want}
			}
			expect(string(c.kind)+c.data, record(c.kind, c.data, nil), want, want, nil)
		}
		v := plans.Version{Tenant: tenant, PlanID: "pl1", CaseID: "c1", N: 1, State: plans.VersionFreezing, MeetingID: "g1", FrozenAt: storetest.Start, FrozenBy: "u1"}
		end := func(state plans.VersionState) error {
			defer func() { v.N++ }()
			return record(meeting.KindPhase, `{"id":"x"}`, func(c *meeting.Change) {
				x := v
				c.NewVersion, c.EndVersion = &x, &meeting.VersionEnd{PlanID: "pl1", N: v.N, State: state, At: storetest.Start}
			})
		}
		expectTwo := func(what string, err error, want string) {
			t.Helper()
			city, member, outside := both(want)
			expect(what, err, city, member, outside)
		}
		expectTwo("not agreed", end(plans.VersionVoid), "plan.agreement_void pl1")
		expectTwo("agreed", end(plans.VersionAgreed), "plan.agreed pl1")
		stale := change(t, w, "stale", func(c *meeting.Change) { c.Events[0].Kind = meeting.KindClosed; c.Expect-- })
		if _, err := s.RecordMeeting(ctx, stale); !fault.Is(err, fault.Conflict) {
			t.Error(err)
		}
		expect("what was refused", nil, nil, nil, nil)

		next := storetest.NewConsent(tenant, "r2", "p1")
		expectTwo("a consent", s.InsertConsent(ctx, next, storetest.Shown(), w.Recorded("k-r2", next)), "consent.changed r2")
		wd := consent.Withdrawal{ID: "w1", RecordID: "r2", At: storetest.Start, By: "u1", ByName: "髙橋"}
		expectTwo("a withdrawal", s.Withdraw(ctx, tenant, wd, nil, w.Withdrawn("k-w1", wd).InCase("c1")), "consent.changed r2")

		r := intake.Referral{ID: "f1", Tenant: tenant, CaseID: "c1", From: "a1", FromName: "福祉課", To: "a3", ToName: "就労支援センター", Reason: "植田さんのこと", ByID: "u1", ByName: "髙橋", At: storetest.Start, State: intake.StateAsked}
		three := func(what string, err error, want ...string) { t.Helper(); expect(what, err, want, want, want) }
		_, err := s.AddReferral(ctx, r, entry(access.VerbReferral))
		three("つなぎ", err, "referral.sent f1")
		three("受領", s.AnswerReferral(ctx, r, intake.Answer{Tenant: tenant, ID: "fa1", ReferralID: "f1", Word: intake.WordAccept, UserID: "u3", UserName: "渡邉", AgencyID: "a3", AgencyName: "就労支援センター", At: storetest.Start}, entry(access.VerbReferralAnswer)), "referral.answered f1")
		o := plans.LeadOffer{ID: "o1", Tenant: tenant, CaseID: "c1", Kind: plans.LeadNow, From: "a1", FromName: "福祉課", To: "a2", ToName: "社協", Note: "秘密", ByID: "u1", At: storetest.Start}
		three("主担当, now that a3 is of the case", s.AddLeadOffer(ctx, o, entry(access.VerbLeadOffer)), "lead.offered x")
		c, err := s.Case(ctx, access.ScopeOf(w.Holder), "c1")
		if err != nil {
			t.Fatal(err)
		}
		c.Stage, c.UpdatedAt = cases.StageIntake, storetest.Start.Add(time.Hour)
		step := func(cases.MoveFacts) (cases.Move, error) {
			return cases.Move{Step: cases.Step{ByID: "u1", ByName: "髙橋", AgencyName: "福祉課"}}, nil
		}
		three("a stage", s.MoveCase(ctx, c, step, entry(access.VerbCaseUpdate)), "case.stage_changed c1")
		if err := s.RemoveMember(ctx, tenant, "c1", "a3", storetest.Start.Add(time.Hour), entry(access.VerbMemberRemove)); err != nil {
			t.Fatal(err)
		}
		_, err = s.CreateMeeting(ctx, storetest.NewMeeting(tenant, "g9", ""), nil, nil, entry(access.VerbMeetingCreate).InMeeting("g9"))
		expect("a meeting of a2", err, []string{"meeting.called x"}, []string{"meeting.called x"}, nil)
		for _, c := range []struct {
			from, to time.Duration
			want     int
		}{{-time.Hour, 0, 2}, {0, time.Hour, 0}, {-time.Hour, -time.Minute, 0}} {
			until := next.Until
			list, err := s.EndedConsents(ctx, tenant, until.Add(c.from), until.Add(c.to))
			if err != nil || len(list) != c.want {
				t.Errorf("%v: %+v %v", c, list, err)
			}
			for range 2 {
				if err := s.TellWebhooks(ctx, list); err != nil {
					t.Error(err)
				}
			}
		}
		ended := []string{"consent.changed r1", "consent.changed r2"}
		expect("consents that ended, once", nil, ended, ended, nil)
		if wanted, err := s.WebhooksWanted(ctx); err != nil || len(wanted[tenant]) != len(webhooks.Choices()) {
			t.Errorf("%v %v", wanted, err)
		}
		expect("廃棄", s.AppendAudit(ctx, entry(access.VerbArchiveDispose)), []string{"record.disposed x"}, nil, nil)
	})
}

// An address for which much waits hides no other, and gets no more of a round than its share.
func TestWebhooksAreClaimedInTurn(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		hookWorld(ctx, t, w, s)
		test := func(agency string, n int) {
			t.Helper()
			for i := range n {
				id := fmt.Sprintf("%s-%03d", agency, i)
				d := webhooks.Delivery{Tenant: tenant, EndpointID: "h" + agency, ID: id, Kind: webhooks.KindTest, Body: "{}", At: storetest.Start, State: webhooks.StateWaiting, Due: storetest.Start.Add(time.Duration(i) * time.Millisecond)}
				if err := s.TestWebhook(ctx, d, storetest.Start, 1000, w.Entry("t"+id, access.VerbWebhookTest)); err != nil {
					t.Fatal(err)
				}
			}
		}
		test("a1", 30)
		test("a3", 2)
		now := storetest.Start.Add(time.Hour)
		for _, want := range []map[string]int{{"ha1": 4, "ha3": 2}, {"ha1": 4}, {"ha1": 4}} {
			list, err := s.ClaimWebhooks(ctx, now, now.Add(time.Minute), 8, 4)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]int{}
			for _, o := range list {
				got[o.EndpointID]++
				if o.Tries != 1 || len(o.Secrets) != 1 || o.URL == "" {
					t.Errorf("%+v", o)
				}
			}
			if !maps.Equal(got, want) {
				t.Errorf("claimed %v, want %v", got, want)
			}
		}
	})
}

// The secrets that sign are found, sealed anew and bound as those of authenticator apps are.
func TestWebhookSecretsAreResealed(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		hookWorld(ctx, t, w, s)
		var got []string
		for after := (files.Place{}); ; {
			list, err := s.SecretsAfter(ctx, after, 1)
			if err != nil {
				t.Fatal(err)
			}
			if len(list) == 0 {
				break
			}
			after = list[0].Place
			got = append(got, fmt.Sprintf("%s %s %t", after.ID, list[0].Sealed, list[0].Bound == webhooks.SecretPlace(tenant, after.ID)))
		}
		if !slices.Equal(got, []string{"sa1 sealed a1 true", "sa2 sealed a2 true", "sa3 sealed a3 true"}) {
			t.Error(got)
		}
		place := files.Place{Tenant: tenant, ID: "sa2"}
		for i, c := range []struct {
			was  string
			want bool
		}{{"other", false}, {"sealed a2", true}, {"sealed a2", false}} {
			if ok, err := s.ResealSecret(ctx, place, []byte(c.was), []byte("new"), w.Entry(fmt.Sprint("z", i), access.VerbFileReseal)); ok != c.want || err != nil {
				t.Error(i, ok, err)
			}
		}
		if list, err := s.SecretsAfter(ctx, files.Place{Tenant: tenant, ID: "sa1"}, 1); err != nil || string(list[0].Sealed) != "new" {
			t.Error(list, err)
		}
	})
}
