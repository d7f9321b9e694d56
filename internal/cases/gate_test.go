package cases

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
)

func agency(id string, roles ...access.Role) access.Actor {
	if len(roles) == 0 {
		roles = []access.Role{access.RoleAgency}
	}
	return access.Actor{Tenant: "t", UserID: "u-" + id, AgencyID: id, Roles: roles}
}

func guest(id, meeting string) access.Actor {
	a := agency(id, access.RoleGuest)
	a.GuestMeeting = meeting
	return a
}

func TestRights(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.consent(w.mother, []consent.Purpose{consent.PurposeConference, consent.PurposePlan}, map[string][]consent.Item{
		"a": {consent.ItemBasic, consent.ItemCare, consent.ItemAddress}, "x": {consent.ItemBasic}})
	plan := func(person string, i consent.Item) live.Meta { return w.doc(live.KindPlan, "plan", person, i) }
	sheet := w.doc(live.KindSection, w.mother, w.mother, consent.ItemCare)
	minutes := func(m string) live.Meta { return w.doc(live.KindMinutes, m, w.mother, consent.ItemBasic) }
	frozen := plan(w.mother, consent.ItemCare)
	frozen.Frozen = true
	mother, son := w.mother, w.son
	confirmedX := w.hall["m1/x"]
	confirmedX.Confirmed = true
	w.hall["m5/x"] = confirmedX
	notOpen := confirmedX
	notOpen.Open, notOpen.MayWrite = false, false
	w.hall["m6/x"], w.hall["m6/a"] = notOpen, notOpen
	other := w.hall["m2/a"]
	other.CaseID = "another case"
	w.hall["m7/a"] = other

	full := live.Rights{Read: true, Write: true}
	own := live.Rights{Read: true, Write: true, OwnAgencyOnly: true}
	read := func(reason string) live.Rights { return live.Rights{Read: true, Reason: reason} }
	no := func(reason string) live.Rights { return live.Rights{Reason: reason} }
	round := w.gate.Round() // one round over all who ask: everybody gets what the gate itself says
	for _, c := range []struct {
		name    string
		actor   access.Actor
		meeting string
		doc     live.Meta
		want    live.Rights
	}{
		{"holder, no meeting", secretary, "", plan(son, consent.ItemHealth), full},
		{"holder, sheet", secretary, "", sheet, full},
		{"holder, in a meeting that runs", secretary, "m1", plan(son, consent.ItemHealth), read("closed")}, // hall knows no facts for s
		{"holder, frozen", secretary, "", frozen, read("frozen")},
		{"holder, minutes of a closed meeting", secretary, "", minutes("m3"), read("closed")},
		{"city", agency("s", access.RoleCity), "", plan(son, consent.ItemAbuse), full},

		{"layered, covered", houkatsu, "m1", plan(mother, consent.ItemCare), own},
		{"layered, sheets are read only", houkatsu, "m1", sheet, read("role")},
		{"layered, frozen", houkatsu, "m1", frozen, read("frozen")},
		{"layered, item out of scope", houkatsu, "m1", plan(mother, consent.ItemHealth), no("consent")},
		{"layered, person without consent", houkatsu, "m1", plan(son, consent.ItemBasic), no("consent")},
		{"layered, agency out of scope", hokenjo, "m1", plan(mother, consent.ItemBasic), no("consent")},
		{"layered, household: its subjects agreed", houkatsu, "m1", plan("", consent.ItemBasic), own},
		{"layered, not invited", agency("z"), "m1", plan(mother, consent.ItemBasic), no("member")},
		{"layered, prepared but not open", agency("a"), "m6", plan(mother, consent.ItemCare), read("closed")},
		{"layered, observer", agency("a", access.RoleObserver), "m1", plan(mother, consent.ItemCare), read("role")},
		{"layered, guest not confirmed", guest("x", "m1"), "m1", plan(mother, consent.ItemBasic), no("secrecy")},
		{"layered, guest confirmed", guest("x", "m5"), "m5", plan(mother, consent.ItemBasic), own},
		{"layered, guest before it opens", guest("x", "m6"), "m6", plan(mother, consent.ItemBasic), no("closed")},
		{"guest in another meeting", guest("x", "m5"), "m2", plan(mother, consent.ItemBasic), no("member")},
		{"guest outside of meetings", guest("x", "m5"), "", plan(mother, consent.ItemBasic), no("member")},

		{"support, no consent needed", houkatsu, "m2", plan(son, consent.ItemHealth), own},
		{"support, own minutes", houkatsu, "m2", minutes("m2"), own},
		{"support, not a participant", hokenjo, "m2", plan(son, consent.ItemHealth), no("member")},
		{"support, over", houkatsu, "m3", plan(mother, consent.ItemBasic), no("closed")},
		{"a meeting of another case", houkatsu, "m7", plan(mother, consent.ItemBasic), no("member")},
		{"a meeting that is not there", houkatsu, "m9", plan(mother, consent.ItemBasic), no("member")},
		{"minutes of a 支援会議 opened in a 重層的支援会議", houkatsu, "m1", minutes("m2"), no("member")},
		{"minutes without a meeting", houkatsu, "", minutes("m1"), no("member")},

		{"no meeting, purpose plan", houkatsu, "", plan(mother, consent.ItemCare), read("role")},
		{"no meeting, item out of scope", houkatsu, "", plan(mother, consent.ItemHealth), no("consent")},
		{"no meeting, no member", agency("x"), "", plan(mother, consent.ItemBasic), no("member")},
		{"admin", agency("a", access.RoleAdmin), "", plan(mother, consent.ItemCare), no("member")},
		{"records", agency("a", access.RoleRecords), "m1", plan(mother, consent.ItemCare), no("member")},
		{"auditor", agency("a", access.RoleAuditor), "m2", plan(mother, consent.ItemCare), no("member")},
		{"a person of another case", houkatsu, "m2", plan("p9", consent.ItemBasic), no("member")},
	} {
		got, err := w.gate.Rights(ctx, c.actor, c.meeting, c.doc)
		if again, err2 := round.Rights(ctx, c.actor, c.meeting, c.doc); err2 != nil && err == nil || !again.Same(got) {
			t.Errorf("%s: %+v in a round, %+v alone (%v)", c.name, again, got, err2)
		}
		if err != nil || !got.Same(c.want) {
			t.Errorf("%s: %+v %v, want %+v", c.name, got, err, c.want)
		}
	}
	for _, e := range w.f.audit {
		if e.Verb == access.VerbGateDenied {
			t.Fatal("asking the gate wrote to the audit log: lists ask it for every document")
		}
	}
}

// TestRightsSayWhatEnded: something withdrawn or expired is told apart from what never was in scope.
func TestRightsSayWhatEnded(t *testing.T) {
	t.Parallel()
	for want, end := range map[string]func(*consent.Record){
		"withdrawn": func(r *consent.Record) {
			r.Withdrawals = []consent.Withdrawal{{At: r.From, Agencies: []string{"a"}, Items: []consent.Item{consent.ItemCare}}}
		},
		"expired": func(r *consent.Record) { r.Until = r.From.Add(time.Second) },
	} {
		w := newWorld(t)
		w.consent(w.mother, []consent.Purpose{consent.PurposeConference}, map[string][]consent.Item{"a": {consent.ItemBasic, consent.ItemCare}})
		end(&w.f.records[0])
		r, err := w.gate.Rights(ctx, houkatsu, "m1", w.doc(live.KindPlan, "plan", w.mother, consent.ItemCare))
		if err != nil || r != (live.Rights{Reason: want}) {
			t.Errorf("%s: %+v %v", want, r, err)
		}
	}
}

// TestRightsSayWhenTheyTurn: whoever reads by consent is asked about again when one begins or ends; those who hold the record are not.
func TestRightsSayWhenTheyTurn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.consent(w.mother, []consent.Purpose{consent.PurposeConference}, map[string][]consent.Item{"a": {consent.ItemCare}})
	doc := w.doc(live.KindPlan, "plan", w.mother, consent.ItemCare)
	if r, err := w.gate.Rights(ctx, houkatsu, "m1", doc); err != nil || !r.Read || !r.Until.Equal(w.f.records[0].Until) {
		t.Errorf("ends: %+v %v", r, err)
	}
	begins := clock.Add(time.Minute)
	w.f.records = append(w.f.records, consent.Record{ID: "later", PersonID: w.mother, State: consent.StateRefused, From: begins})
	if r, err := w.gate.Rights(ctx, houkatsu, "m1", doc); err != nil || !r.Read || !r.Until.Equal(begins) {
		t.Errorf("another begins: %+v %v", r, err)
	}
	w.f.emergencies = []consent.Emergency{{AgencyID: "a", At: clock.Add(-time.Hour), Until: clock.Add(30 * time.Second)}}
	if r, err := w.gate.Rights(ctx, houkatsu, "m1", doc); err != nil || !r.Read || !r.Until.Equal(clock.Add(30*time.Second)) {
		t.Errorf("an emergency ends: %+v %v", r, err)
	}
	if r, err := w.gate.Rights(ctx, secretary, "m1", doc); err != nil || !r.Read || !r.Until.IsZero() {
		t.Errorf("a holder: %+v %v", r, err)
	}
}

func TestRightsAcrossMunicipalities(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m := w.doc(live.KindPlan, "plan", w.mother, consent.ItemBasic)
	stranger := secretary
	stranger.Tenant = "u"
	if r, err := w.gate.Rights(ctx, stranger, "", m); err != nil || r.Read || r.Write {
		t.Errorf("%+v %v", r, err)
	}
	m.Tenant = "u"
	if r, err := w.gate.Rights(ctx, secretary, "", m); err != nil || r.Read {
		t.Errorf("%+v %v", r, err)
	}
	m.Tenant = ""
	if r, err := w.gate.Rights(ctx, access.Actor{}, "", m); err != nil || r.Read {
		t.Errorf("zero actor: %+v %v", r, err)
	}
	if _, err := w.gate.CanSee(ctx, stranger, "", w.c.ID, w.mother, consent.ItemBasic); !fault.Is(err, fault.NotFound) {
		t.Errorf("CanSee: %v", err)
	}
}

func TestRemovedAgencyLosesTheRunningMeeting(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m := w.doc(live.KindPlan, "plan", w.son, consent.ItemHealth)
	if r, _ := w.gate.Rights(ctx, houkatsu, "m2", m); !r.Write {
		t.Fatalf("before: %+v", r)
	}
	if err := w.RemoveMember(ctx, secretary, w.c.ID, "a"); err != nil {
		t.Fatal(err)
	}
	if r, _ := w.gate.Rights(ctx, houkatsu, "m2", m); r.Read {
		t.Errorf("after: %+v", r)
	}
}

func TestSecretAddressAndWithheld(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	every := map[string][]consent.Item{"a": consent.Items(), "b": consent.Items()}
	w.consent(w.mother, consent.Purposes(), every)
	w.consent(w.son, consent.Purposes(), every)
	see := func(a access.Actor, meeting, person string, i consent.Item) bool {
		t.Helper()
		d, err := w.gate.CanSee(ctx, a, meeting, w.c.ID, person, i)
		if err != nil {
			t.Fatal(err)
		}
		return d.Allow
	}
	if !see(houkatsu, "m1", w.mother, consent.ItemAddress) || !see(houkatsu, "m1", "", consent.ItemAddress) {
		t.Fatal("not secret, covered, and hidden")
	}
	w.f.persons[1].AddressSecret = true // the son's
	if see(houkatsu, "m1", w.son, consent.ItemAddress) || see(houkatsu, "m2", w.son, consent.ItemAddress) || see(houkatsu, "m2", "", consent.ItemAddress) {
		t.Error("a secret address is shown")
	}
	if !see(houkatsu, "m1", w.son, consent.ItemBasic) || !see(secretary, "", w.son, consent.ItemAddress) || !see(houkatsu, "m1", w.mother, consent.ItemAddress) {
		t.Error("secrecy of the address hides more than it should")
	}
	w.f.persons[0].WithheldFrom = []string{"a"}
	if see(houkatsu, "m1", w.mother, consent.ItemBasic) || see(houkatsu, "m2", w.mother, consent.ItemBasic) || see(houkatsu, "m1", "", consent.ItemBasic) {
		t.Error("withheld from this agency, and shown")
	}
	if !see(hokenjo, "m1", w.mother, consent.ItemBasic) || !see(houkatsu, "m1", w.son, consent.ItemBasic) {
		t.Error("withholding hides more than it should")
	}
}

func TestHouseholdNeedsEverySubject(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.f.persons[1].Subject = true
	w.consent(w.mother, consent.Purposes(), map[string][]consent.Item{"a": consent.Items()})
	d, err := w.gate.CanSee(ctx, houkatsu, "m1", w.c.ID, "", consent.ItemBasic)
	if err != nil || d.Allow {
		t.Errorf("one of two: %+v %v", d, err)
	}
	w.consent(w.son, consent.Purposes(), map[string][]consent.Item{"a": consent.Items()})
	if d, _ = w.gate.CanSee(ctx, houkatsu, "m1", w.c.ID, "", consent.ItemBasic); !d.Allow {
		t.Errorf("both: %+v", d)
	}
	w.f.persons[0].Subject, w.f.persons[1].Subject = false, false
	if d, _ = w.gate.CanSee(ctx, houkatsu, "m1", w.c.ID, "", consent.ItemBasic); d.Allow {
		t.Errorf("nobody to ask: %+v", d)
	}
}

func TestViewAs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.consent(w.mother, consent.Purposes(), map[string][]consent.Item{"a": {consent.ItemBasic}})
	v, err := w.gate.ViewAs(ctx, secretary, "m1", w.c.ID, "a")
	if err != nil {
		t.Fatal(err)
	}
	mine, err := w.gate.View(ctx, houkatsu, "m1", w.c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Persons) != 3 || len(v.Persons[0].Items) != len(consent.Items()) {
		t.Fatalf("%+v", v)
	}
	for i, p := range v.Persons {
		for j, c := range p.Items {
			if c != mine.Persons[i].Items[j] {
				t.Errorf("the agency sees %+v, the holder is told %+v", mine.Persons[i].Items[j], c)
			}
			if c.Allow != (c.Item == consent.ItemBasic && p.PersonID != w.son) || c.ReasonLabel == "" {
				t.Errorf("chip %+v", c)
			}
		}
	}
	if _, err := w.gate.ViewAs(ctx, houkatsu, "m1", w.c.ID, "b"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("an agency looks through another's eyes: %v", err)
	}
	if _, err := w.gate.View(ctx, agency("z"), "", w.c.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("a stranger's view: %v", err)
	}
	if v, _ := w.gate.ViewAs(ctx, secretary, "m2", w.c.ID, "a"); !v.Persons[2].Items[2].Allow || v.Mode != consent.ModeSupport {
		t.Errorf("支援会議: %+v", v.Persons[2].Items[2])
	}
}

// TestSecrecyIsASecret: an agency is not told that an address is 秘匿, or that a person is withheld from it; the holder is.
func TestSecrecyIsASecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	every := map[string][]consent.Item{"a": consent.Items()}
	w.consent(w.mother, consent.Purposes(), every)
	w.consent(w.son, consent.Purposes(), every)
	w.f.persons[0].WithheldFrom, w.f.persons[1].AddressSecret = []string{"a"}, true
	v, err := w.gate.View(ctx, houkatsu, "m1", w.c.ID)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := w.Sections(ctx, houkatsu, "m1", w.c.ID)
	if err != nil {
		t.Fatal(err)
	}
	d, err := w.Get(ctx, houkatsu, "m1", w.c.ID)
	if err != nil {
		t.Fatal(err)
	}
	said, err := json.Marshal([]any{v, lines, d})
	if err != nil || strings.Contains(string(said), `"secret"`) || strings.Contains(string(said), consent.ReasonSecret.Label()) {
		t.Errorf("the agency is told of a secret: %s %v", said, err)
	}
	for _, i := range v.Persons[1].Items {
		if i.Allow || i.ReasonLabel != "同意範囲外" {
			t.Errorf("%+v", i)
		}
	}
	if v, _ = w.gate.ViewAs(ctx, secretary, "m1", w.c.ID, "a"); v.Persons[1].Items[0].Reason != consent.ReasonSecret {
		t.Errorf("the holder is not told why: %+v", v.Persons[1].Items[0])
	}
}

// counted counts what is read of the household.
type counted struct {
	GateStore
	whole, self int
}

func (c *counted) GateCase(ctx context.Context, tenant, caseID, agencyID, userID string) (GateCase, error) {
	c.whole++
	return c.GateStore.GateCase(ctx, tenant, caseID, agencyID, userID)
}

func (c *counted) GateSelf(ctx context.Context, tenant, caseID, agencyID, userID string) (GateCase, error) {
	c.self++
	return c.GateStore.GateSelf(ctx, tenant, caseID, agencyID, userID)
}

func TestRoundReadsOnce(t *testing.T) {
	w := newWorld(t)
	store := &counted{GateStore: w.f}
	round := NewGatekeeper(store, w.hall, func() time.Time { return clock }).Round()
	for _, item := range []consent.Item{consent.ItemBasic, consent.ItemCare, consent.ItemHealth} {
		for _, who := range []access.Actor{houkatsu, secretary, agency("z"), houkatsu} {
			if _, err := round.Rights(ctx, who, "m1", w.doc(live.KindPlan, "plan", w.mother, item)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if store.whole != 1 || store.self != 2 {
		t.Errorf("the household was read %d times and three people's own part %d times beside it", store.whole, store.self)
	}
	w.f.bars = append(w.f.bars, Bar{CaseID: w.c.ID, UserID: houkatsu.UserID})
	if r, err := NewGatekeeper(store, w.hall, func() time.Time { return clock }).Round().Rights(ctx, houkatsu, "m1", w.doc(live.KindPlan, "plan", w.mother, consent.ItemBasic)); err != nil || r.Read {
		t.Errorf("the next round does not see what has changed: %+v %v", r, err)
	}
}
