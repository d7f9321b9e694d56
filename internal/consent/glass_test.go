package consent

import (
	"context"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

func TestGlassEnds(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 30, 17, 0, 0, 0, time.UTC)
	soon, late := at.Add(10*time.Minute), at.Add(2*time.Hour)
	for name, c := range map[string]struct {
		g    Glass
		want time.Time
	}{
		"by itself":      {Glass{At: at, Until: at.Add(time.Hour)}, at.Add(time.Hour)},
		"taken back":     {Glass{At: at, Until: at.Add(time.Hour), EndedAt: &soon}, soon},
		"never extended": {Glass{At: at, Until: at.Add(time.Hour), EndedAt: &late}, at.Add(time.Hour)},
	} {
		if got := c.g.Ends(); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		if c.g.Live(c.want) || !c.g.Live(c.want.Add(-time.Microsecond)) || !c.g.Live(at) || c.g.Live(at.Add(-time.Microsecond)) {
			t.Errorf("%s: its bounds", name)
		}
	}
}

type glassWorld struct {
	*Service
	f                  *fake
	now                time.Time
	admin, other, desk access.Actor
	good               GlassInput
}

func newGlassWorld() *glassWorld {
	w := &glassWorld{f: newFake(), now: time.Date(2026, 11, 30, 17, 0, 0, 0, time.UTC),
		admin: access.Actor{Tenant: "t", UserID: "u1", Name: "一", AgencyID: "a1", Roles: []access.Role{access.RoleAdmin}},
		other: access.Actor{Tenant: "t", UserID: "u2", Name: "二", AgencyID: "a1", Roles: []access.Role{access.RoleAdmin}},
		desk:  access.Actor{Tenant: "t", UserID: "u3", Name: "三", AgencyID: "a1", Roles: []access.Role{access.RoleSecretariat}},
		good:  GlassInput{Number: "K2026-0001", Basis: BasisLife, Reason: "夜間に児童の安否を確かめる。担当の全員と連絡がつかない。", Minutes: 60}}
	w.Service = NewService(w.f, nil, func() time.Time { return w.now })
	return w
}

func wantFault(t *testing.T, what string, err error, want fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != want {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

// What is asked for must be whole, and only an administrator who does not hold the record anyway may ask; refused attempts are in the log.
func TestBreakGlassRefuses(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), newGlassWorld()
	for field, change := range map[string]func(*GlassInput){
		"number": func(i *GlassInput) { i.Number = " " }, "basis": func(i *GlassInput) { i.Basis = "x" }, "reason": func(i *GlassInput) { i.Reason = " \n" },
		"minutes": func(i *GlassInput) { i.Minutes = 241 }, "minutes below": func(i *GlassInput) { i.Minutes = -1 },
		"reason too long": func(i *GlassInput) { i.Reason = strings.Repeat("字", 501) },
	} {
		bad := w.good
		change(&bad)
		_, err := w.BreakGlass(ctx, w.admin, bad)
		wantFault(t, field, err, fault.Invalid)
	}
	for _, r := range []access.Role{access.RoleSecretariat, access.RoleCity, access.RoleAgency, access.RoleChair, access.RoleAuditor, access.RoleRecords, access.RoleStaffAdmin} {
		a := w.admin
		a.Roles = []access.Role{r}
		_, err := w.BreakGlass(ctx, a, w.good)
		wantFault(t, string(r), err, fault.Forbidden)
		if g, err := w.GlassNow(ctx, a); g != nil || err != nil {
			t.Errorf("%s: %v %v", r, g, err)
		}
	}
	both := w.admin
	both.Roles = append([]access.Role{access.RoleCity}, both.Roles...)
	_, err := w.BreakGlass(ctx, both, w.good)
	wantFault(t, "a holder", err, fault.Conflict)
	unknown := w.good
	unknown.Number = "K2026-0002"
	_, err = w.BreakGlass(ctx, w.admin, unknown)
	wantFault(t, "no such case", err, fault.NotFound)
	kept := w.admin
	kept.UserID = "barred"
	_, err = w.BreakGlass(ctx, kept, w.good)
	wantFault(t, "kept from it", err, fault.NotFound)
	denied := 0
	for _, e := range w.f.audit {
		if e.Verb == access.VerbGlassBreak && e.Result == "denied" && e.Reason == "not_found" {
			denied++
		}
	}
	if denied != 2 || len(w.f.glasses) != 0 {
		t.Errorf("%d attempts in the log, %d glasses", denied, len(w.f.glasses))
	}
}

// From breaking to the review by somebody else, with the log of it.
func TestGlassThroughItsLife(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), newGlassWorld()
	in := w.good
	in.Minutes = 0
	g, err := w.BreakGlass(ctx, w.admin, in)
	if err != nil || !g.Until.Equal(w.now.Add(time.Hour)) || g.CaseID != "c" {
		t.Fatal(g, err)
	}
	_, err = w.BreakGlass(ctx, w.admin, w.good)
	wantFault(t, "two at once", err, fault.Conflict)
	if now, err := w.GlassNow(ctx, w.admin); err != nil || now == nil || now.ID != g.ID {
		t.Error(now, err)
	}
	if now, _ := w.GlassNow(ctx, w.other); now != nil {
		t.Error("somebody else reads through it")
	}
	fine := ReviewInput{Finding: FindingProper, Note: "当直の記録と合っている。"}
	_, err = w.ReviewGlass(ctx, w.desk, g.ID, fine)
	wantFault(t, "reviewed while it lasts", err, fault.Conflict)
	_, err = w.EndGlass(ctx, w.other, g.ID)
	wantFault(t, "ended by another administrator", err, fault.NotFound)
	_, err = w.EndGlass(ctx, access.Actor{Tenant: "t", UserID: "u9", Roles: []access.Role{access.RoleAuditor}}, g.ID)
	wantFault(t, "ended by the auditor", err, fault.Forbidden)
	w.now = w.now.Add(time.Hour)
	if now, _ := w.GlassNow(ctx, w.admin); now != nil {
		t.Error("it did not end by itself")
	}
	_, err = w.EndGlass(ctx, w.desk, g.ID)
	wantFault(t, "ended when over", err, fault.Conflict)
	self := w.desk
	self.UserID = w.admin.UserID
	_, err = w.ReviewGlass(ctx, self, g.ID, fine)
	wantFault(t, "one's own", err, fault.Conflict)
	_, err = w.ReviewGlass(ctx, w.other, g.ID, fine)
	wantFault(t, "by an administrator", err, fault.Forbidden)
	for field, bad := range map[string]ReviewInput{"finding": {Note: "x"}, "unknown": {"fine", "x"}, "note": {FindingImproper, " "}} {
		_, err = w.ReviewGlass(ctx, w.desk, g.ID, bad)
		wantFault(t, field, err, fault.Invalid)
	}
	if open, err := w.Glasses(ctx, w.desk, true); err != nil || len(open) != 1 {
		t.Error(open, err)
	}
	if g, err = w.ReviewGlass(ctx, w.desk, g.ID, fine); err != nil || g.ReviewedBy != w.desk.UserID || g.Finding.Label() != "適切" {
		t.Error(g, err)
	}
	_, err = w.ReviewGlass(ctx, w.desk, g.ID, ReviewInput{FindingImproper, "x"})
	wantFault(t, "twice", err, fault.Conflict)
	if open, err := w.Glasses(ctx, w.desk, true); err != nil || len(open) != 0 {
		t.Error(open, err)
	}
	second, err := w.BreakGlass(ctx, w.admin, w.good)
	if err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(time.Minute)
	if second, err = w.EndGlass(ctx, w.admin, second.ID); err != nil || second.Live(w.now) {
		t.Error(second, err)
	}
	var verbs []string
	for _, e := range w.f.audit {
		if e.Result == "ok" {
			verbs = append(verbs, string(e.Verb)+"="+e.Reason)
		}
		if strings.Contains(e.Reason, "児童") {
			t.Error("the reason stands in the audit log:", e)
		}
	}
	if got := strings.Join(verbs, " "); got != "glass.break=life glass.review=proper glass.break=life glass.end=" {
		t.Error(got)
	}
	_, err = w.Glasses(ctx, w.admin, false)
	wantFault(t, "the list, by an administrator", err, fault.Forbidden)
}
