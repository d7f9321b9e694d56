package consent

import (
	"context"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

func TestEmergencyEnds(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 30, 1, 0, 0, 0, time.UTC)
	hour := func(h int) time.Time { return at.Add(time.Duration(h) * time.Hour) }
	second, taken := hour(3), hour(5)
	for name, c := range map[string]struct {
		e    Emergency
		want time.Time
	}{
		"unconfirmed, short":     {Emergency{At: at, Until: hour(2)}, hour(2)},
		"unconfirmed, long":      {Emergency{At: at, Until: hour(72)}, hour(24)},
		"confirmed":              {Emergency{At: at, Until: hour(72), ConfirmedAt: &second}, hour(72)},
		"confirmed, taken back":  {Emergency{At: at, Until: hour(72), ConfirmedAt: &second, EndedAt: &taken}, taken},
		"taken back when lapsed": {Emergency{At: at, Until: hour(4), EndedAt: &taken}, hour(4)},
	} {
		if got := c.e.Ends(); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		if c.e.Live(c.want) || !c.e.Live(c.want.Add(-time.Microsecond)) || c.e.Live(at.Add(-time.Microsecond)) {
			t.Errorf("%s: its bounds", name)
		}
	}
}

func TestEmergencyNeedsASecondPerson(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFake()
	now := time.Date(2026, 11, 30, 1, 0, 0, 0, time.UTC)
	s := NewService(f, nil, func() time.Time { return now })
	one := access.Actor{Tenant: "t", UserID: "u1", Name: "一", AgencyID: "a1", Roles: []access.Role{access.RoleSecretariat}}
	two := access.Actor{Tenant: "t", UserID: "u2", Name: "二", AgencyID: "a1", Roles: []access.Role{access.RoleCity}}
	f.parties = []Party{{PersonID: "p1"}, {PersonID: "p2"}}
	good := EmergencyInput{CaseID: "c", AgencyID: "a2", Persons: []string{"p1"}, Items: []Item{ItemHealth}, Basis: BasisLife, Reason: "意識がなく、同意を待てない。", Hours: 48}
	kind := func(what string, err error, want fault.Kind) {
		t.Helper()
		if err == nil || fault.KindOf(err) != want {
			t.Errorf("%s: %v, want %v", what, err, want)
		}
	}
	for field, change := range map[string]func(*EmergencyInput){
		"agencyId": func(i *EmergencyInput) { i.AgencyID = "" }, "persons": func(i *EmergencyInput) { i.Persons = nil },
		"items": func(i *EmergencyInput) { i.Items = []Item{"x"} }, "basis": func(i *EmergencyInput) { i.Basis = "x" },
		"hours": func(i *EmergencyInput) { i.Hours = 73 }, "reason": func(i *EmergencyInput) { i.Reason = " \n" },
	} {
		bad := good
		change(&bad)
		_, err := s.Disclose(ctx, one, bad)
		kind(field, err, fault.Invalid)
		if err != nil && !strings.Contains(err.Error(), "。") {
			t.Errorf("%s: %v", field, err)
		}
	}
	stranger := good
	stranger.Persons = []string{"p1", "p9"}
	_, err := s.Disclose(ctx, one, stranger)
	kind("a person of another case", err, fault.Invalid)
	_, err = s.Disclose(ctx, access.Actor{Tenant: "t", UserID: "u3", AgencyID: "a2", Roles: []access.Role{access.RoleAgency}}, good)
	kind("by an agency", err, fault.Forbidden)

	x, err := s.Disclose(ctx, one, good)
	if err != nil || !x.Ends().Equal(now.Add(24*time.Hour)) {
		t.Fatal(x, err)
	}
	_, err = s.ConfirmEmergency(ctx, one, x.ID)
	kind("one's own", err, fault.Conflict)
	now = now.Add(23 * time.Hour)
	if x, err = s.ConfirmEmergency(ctx, two, x.ID); err != nil || !x.Ends().Equal(x.Until) {
		t.Fatal(x, err)
	}
	_, err = s.ConfirmEmergency(ctx, two, x.ID)
	kind("twice", err, fault.Conflict)
	if x, err = s.EndEmergency(ctx, one, x.ID); err != nil || x.Live(now) {
		t.Fatal(x, err)
	}
	_, err = s.EndEmergency(ctx, one, x.ID)
	kind("ended twice", err, fault.Conflict)

	late, err := s.Disclose(ctx, one, good)
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(24 * time.Hour)
	_, err = s.ConfirmEmergency(ctx, two, late.ID)
	kind("a day later", err, fault.Conflict)
	list, err := s.EmergencyMonth(ctx, two, now.Add(-72*time.Hour), now, false)
	if err != nil || len(list) != 2 {
		t.Error(list, err)
	}
	var verbs []string
	for _, e := range f.audit {
		if e.Result == "ok" {
			verbs = append(verbs, string(e.Verb))
		}
		if strings.Contains(e.Reason, "意識") {
			t.Error("the reason stands in the audit log:", e)
		}
	}
	if got := strings.Join(verbs, " "); got != "consent.emergency consent.emergency_confirm consent.emergency_end consent.emergency" {
		t.Error(got)
	}
}
