package webhooks_test

import (
	"encoding/base64"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/files"
	"kasane/internal/oversight"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
	"kasane/internal/webhooks"
)

func newCase(o *office, id string) cases.Case {
	return cases.Case{ID: id, Tenant: "m1", Number: "K2026-" + id, Stage: cases.StageReceived, Version: 1, OpenedAt: o.now(), OpenedBy: "u1", UpdatedAt: o.now()}
}

func (o *office) okAsync(err error) {
	if err != nil {
		o.t.Error(err)
	}
}

// offStands: the log has one line more of an address that went off, with its reason.
func (o *office) offStands(reason string) {
	o.t.Helper()
	list, _, err := o.store.AuditPage(o.ctx, access.Scope{Tenant: "m1", All: true, Audit: true}, oversight.Query{Verbs: []access.Verb{access.VerbWebhookOff}, Limit: 50})
	o.ok(err)
	if !slices.ContainsFunc(list, func(e access.Entry) bool { return e.Verb == access.VerbWebhookOff && e.Reason == reason }) {
		o.t.Errorf("no line %s", reason)
	}
}

// Who is told: the municipality of everything it wants, an agency outside of its own cases and meetings, another municipality of nothing; a stopped agency and a suspended municipality not at all.
func TestReach(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		city, social, work, kind := newReceiver(t, false), newReceiver(t, true), newReceiver(t, true), newReceiver(t, true)
		o := newOffice(t, s, city)
		other := storetest.NewWorld(t, s, "m2")
		o.address(city, "a1", webhooks.KindCase, webhooks.KindCaseStage)
		o.address(social, "a2", webhooks.KindCase, webhooks.KindCaseStage)
		o.address(work, "a3", webhooks.KindCase, webhooks.KindCaseStage)
		o.address(kind, "a1", webhooks.KindCaseStage)
		count := func(what string, want ...int) {
			t.Helper()
			o.passes(time.Minute)
			o.posts()
			got := []int{len(city.since()), len(social.since()), len(work.since()), len(kind.since())}
			if !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", what, got, want)
			}
		}
		id := o.opens()
		count("a case of a2", 1, 1, 0, 0)
		o.ok(s.CreateCase(o.ctx, newCase(o, "alone"), nil, nil, o.entry(access.VerbCaseCreate).InCase("alone")))
		count("a case of nobody", 1, 0, 0, 0)
		e := other.Entry("m2-1", access.VerbCaseCreate).InCase("there")
		o.ok(s.CreateCase(o.ctx, cases.Case{ID: "there", Tenant: "m2", Number: "K1", Stage: cases.StageReceived, Version: 1, OpenedAt: o.now(), OpenedBy: "u1", UpdatedAt: o.now()}, nil, []cases.Member{{AgencyID: "a2", Since: o.now()}}, e))
		count("a case of another municipality", 0, 0, 0, 0)
		move := func() {
			c := newCase(o, id)
			c.Version = o.version(id)
			c.Stage = cases.StageIntake
			o.ok(s.MoveCase(o.ctx, c, func(cases.MoveFacts) (cases.Move, error) {
				return cases.Move{Step: cases.Step{ByID: "u1", ByName: "髙橋", AgencyName: "福祉課"}}, nil
			}, o.entry(access.VerbCaseUpdate).InCase(id)))
		}
		move()
		count("a stage", 1, 1, 0, 1)
		o.ok(s.SaveAgency(o.ctx, access.Agency{Tenant: "m1", ID: "a2", Name: "社会福祉協議会", Short: "社協", Category: "02"}, false, o.entry(access.VerbAgencySave)))
		o.opens()
		count("of a stopped agency", 1, 0, 0, 0)
		o.opens()
		o.ok(s.SuspendTown(o.ctx, "m1", true, o.entry(access.VerbTownSuspend)))
		count("of a suspended municipality", 0, 0, 0, 0)
		o.ok(s.SuspendTown(o.ctx, "m1", false, o.entry(access.VerbTownSuspend)))
		count("which goes on", 1, 0, 0, 0)
	})
}

// Two signatures while a secret is changed, one again after it; the old one is good for nothing then, and neither lies in the database as it is.
func TestNewSecret(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		r := newReceiver(t, false)
		o := newOffice(t, s, r)
		made := o.address(r, "a1", webhooks.KindCase)
		next, err := o.a.NewSecret(o.ctx, o.admin, made.Endpoint.ID, 24)
		o.ok(err)
		one := func() taken {
			t.Helper()
			o.opens()
			o.posts()
			got := r.since()
			if len(got) != 1 {
				t.Fatalf("%+v", got)
			}
			return got[0]
		}
		if x := one(); !x.verified(t, made.Secret) || !x.verified(t, next.Secret) || strings.Count(x.signature, "v1,") != 2 || next.Secret == made.Secret {
			t.Errorf("while both are good: %s", x.signature)
		}
		if until := o.endpoint(made.Endpoint.ID).OldUntil; until == nil || !until.Equal(o.now().Add(24*time.Hour)) {
			t.Error(until)
		}
		o.passes(24 * time.Hour)
		if x := one(); x.verified(t, made.Secret) || !x.verified(t, next.Secret) || strings.Count(x.signature, "v1,") != 1 {
			t.Errorf("afterwards: %s", x.signature)
		}
		third, err := o.a.NewSecret(o.ctx, o.admin, made.Endpoint.ID, 0)
		o.ok(err)
		if x := one(); x.verified(t, next.Secret) || !x.verified(t, third.Secret) {
			t.Errorf("at once: %s", x.signature)
		}
		list, err := s.SecretsAfter(o.ctx, noPlace, 100)
		o.ok(err)
		for _, x := range list {
			for _, secret := range []string{made.Secret, next.Secret, third.Secret} {
				if raw := keyOf(t, secret); strings.Contains(string(x.Sealed), string(raw)) || strings.Contains(string(x.Sealed), secret) {
					t.Error("a secret lies open")
				}
			}
		}
		o.ok(o.a.Tidy(o.ctx))
		if list, err = s.SecretsAfter(o.ctx, noPlace, 100); err != nil || len(list) != 1 {
			t.Errorf("%d secrets are kept: %v", len(list), err)
		}
		for _, hours := range []int{-1, 169} {
			if _, err := o.a.NewSecret(o.ctx, o.admin, made.Endpoint.ID, hours); !fault.Is(err, fault.Invalid) {
				t.Error(hours, err)
			}
		}
	})
}

// What can be entered: https, no way inside, kinds the agency may know; so many addresses and tests and no more; and by nobody but who administers.
func TestInput(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		r := newReceiver(t, false)
		o := newOffice(t, s, r)
		in := webhooks.Input{AgencyID: "a1", URL: "https://renkei.example.lg.jp/hook?k=1", Kinds: []webhooks.Kind{webhooks.KindCase}, On: true}
		bad := func(field string, change func(*webhooks.Input)) {
			t.Helper()
			x := in
			change(&x)
			_, err := o.a.Add(o.ctx, o.admin, x)
			if !fault.Is(err, fault.Invalid) || fault.Field(err) != field {
				t.Errorf("%+v: %v", x, err)
			}
		}
		for _, url := range []string{"", "renkei.example", "ftp://a.example/", "javascript:alert(1)", "https://", "https:///x", "https://u:p@a.example/", "https://a.example/#x", "https://a.example/#", "http://a.example/", "https://a.example/ x",
			"https://127.0.0.1/", "https://[::1]:8443/", "https://169.254.169.254/latest/meta-data", "https://10.0.0.1/", "https://192.168.1.1/", "https://0/", "https://127.1/", "https://0x7f.0.0.1/", "https://2130706433/", "https://127.0.0.1./", "https:a.example", "https://a.example/" + strings.Repeat("x", 500)} {
			bad("url", func(x *webhooks.Input) { x.URL = url })
		}
		bad("agencyId", func(x *webhooks.Input) { x.AgencyID = "nowhere" })
		bad("kinds", func(x *webhooks.Input) { x.Kinds = nil })
		bad("kinds", func(x *webhooks.Input) { x.Kinds = []webhooks.Kind{"no.such"} })
		bad("kinds", func(x *webhooks.Input) { x.Kinds = []webhooks.Kind{webhooks.KindTest} })
		bad("kinds", func(x *webhooks.Input) {
			x.AgencyID, x.Kinds = "a2", []webhooks.Kind{webhooks.KindCase, webhooks.KindSealed}
		})
		bad("note", func(x *webhooks.Input) { x.Note = strings.Repeat("あ", 61) })
		for _, role := range access.Roles() {
			a := o.admin
			if a.Roles = []access.Role{role}; role == access.RoleAdmin || role == access.RoleCity {
				continue
			}
			_, add := o.a.Add(o.ctx, a, in)
			_, desk := o.a.Desk(o.ctx, a)
			_, change := o.a.Change(o.ctx, a, "x", in)
			_, secret := o.a.NewSecret(o.ctx, a, "x", 1)
			_, sent := o.a.Deliveries(o.ctx, a, "x")
			for _, err := range []error{add, desk, change, secret, sent, o.a.Remove(o.ctx, a, "x"), o.a.Test(o.ctx, a, "x"), o.a.Again(o.ctx, a, "x", "y")} {
				if !fault.Is(err, fault.Forbidden) {
					t.Errorf("%s: %v", role, err)
				}
			}
		}
		var id string
		for range webhooks.EndpointsMost {
			made, err := o.a.Add(o.ctx, o.admin, in)
			o.ok(err)
			id = made.Endpoint.ID
		}
		if _, err := o.a.Add(o.ctx, o.admin, in); !fault.Is(err, fault.Conflict) {
			t.Error("one too many:", err)
		}
		for i := range webhooks.TestsMost {
			o.passes(time.Second)
			if err := o.a.Test(o.ctx, o.admin, id); err != nil {
				t.Error(i, err)
			}
		}
		if err := o.a.Test(o.ctx, o.admin, id); !fault.Is(err, fault.RateLimited) {
			t.Error("tests without an end:", err)
		}
		o.ok(o.a.Remove(o.ctx, o.admin, id))
		for _, err := range []error{o.a.Remove(o.ctx, o.admin, id), o.a.Test(o.ctx, o.admin, id)} {
			if !fault.Is(err, fault.NotFound) {
				t.Error(err)
			}
		}
		stranger := o.admin
		stranger.Tenant = "m2"
		d, err := o.a.Desk(o.ctx, o.admin)
		o.ok(err)
		for _, p := range d.Endpoints {
			_, change := o.a.Change(o.ctx, stranger, p.ID, in)
			_, sent := o.a.Deliveries(o.ctx, stranger, p.ID)
			for _, err := range []error{change, sent, o.a.Remove(o.ctx, stranger, p.ID), o.a.Test(o.ctx, stranger, p.ID)} {
				if !fault.Is(err, fault.NotFound) {
					t.Error("from another municipality:", err)
				}
			}
		}
	})
}

// A test goes out at once, once, and counts for nothing; an installation that does not send says so.
func TestTest(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		r := newReceiver(t, false)
		o := newOffice(t, s, r)
		made := o.address(r, "a1", webhooks.KindCase)
		r.answers(http.StatusTeapot)
		o.ok(o.a.Test(o.ctx, o.admin, made.Endpoint.ID))
		o.posts()
		got := r.since()
		if len(got) != 1 || got[0].message.Type != webhooks.KindTest || !got[0].verified(t, made.Secret) {
			t.Fatalf("%+v", got)
		}
		d := o.deliveries(made.Endpoint.ID)[0]
		if d.State != webhooks.StateFailed || d.Code != http.StatusTeapot || o.endpoint(made.Endpoint.ID).FailingSince != nil {
			t.Errorf("%+v", d)
		}
		still := newStill(o)
		if err := still.Test(o.ctx, o.admin, made.Endpoint.ID); !fault.Is(err, fault.Conflict) {
			t.Error(err)
		}
		o.opens()
		o.ok(still.Post(o.ctx))
		if got := r.since(); len(got) != 0 {
			t.Errorf("sent although nothing is to be: %+v", got)
		}
		o.passes(webhooks.KeptFor + time.Hour)
		o.ok(o.a.Tidy(o.ctx))
		if list := o.deliveries(made.Endpoint.ID); len(list) != 0 {
			t.Errorf("kept for ever: %+v", list)
		}
	})
}

func (o *office) version(id string) int64 {
	o.t.Helper()
	c, err := o.store.Case(o.ctx, access.Scope{Tenant: "m1", All: true}, id)
	o.ok(err)
	return c.Version
}

// newStill is a node of an installation that does not send.
func newStill(o *office) *webhooks.Service {
	return webhooks.New(o.store, webhooks.Options{Sender: webhooks.NewSender(webhooks.Guard{}, nil, nil), Log: slog.New(slog.DiscardHandler), Now: o.now})
}

var noPlace files.Place

func keyOf(t *testing.T, secret string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
