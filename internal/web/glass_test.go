package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

var breaking = map[string]any{"number": "K2025-0001", "basis": "life", "reason": "夜間に児童の安否を確かめる。担当と連絡がつかない。", "minutes": 30}

// other makes a second case of the municipality.
func (h *house) other(desk *browser) (made struct{ ID, Number string }) {
	h.t.Helper()
	desk.post("/api/cases", map[string]any{"persons": []any{map[string]any{"name": "別人", "kana": "べつじん", "relation": "本人", "subject": true}}, "agencies": []string{}}).into(h.t, &made)
	return made
}

// An administrator sees no case before, the one case within, and none after its time; never another one, and writes nothing.
func TestGlassThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, admin := h.as("secretariat"), h.as("sysadmin")
	var plan struct{ ID string }
	desk.post("/api/cases/"+h.caseID+"/plans", map[string]string{"previous": ""}).into(t, &plan)
	met := h.call(desk, plan.ID)
	elsewhere := h.other(desk)
	var otherPlan struct{ ID string }
	desk.post("/api/cases/"+elsewhere.ID+"/plans", map[string]string{"previous": ""}).into(t, &otherPlan)
	open := []string{"/api/cases/" + h.caseID, "/api/plans/" + plan.ID}
	closed := []string{"/api/cases/" + elsewhere.ID, "/api/plans/" + otherPlan.ID, "/api/cases/" + h.caseID + "?meeting=" + met, "/api/plans/" + plan.ID + "?meeting=" + met}
	for _, path := range append(open, closed...) {
		wantKind(t, "before: "+path, admin.get(path), fault.Forbidden)
	}
	for what, in := range map[string]map[string]any{"minutes": {"minutes": 241}, "basis": {"basis": ""}, "reason": {"reason": ""}, "number": {"number": ""}} {
		bad := map[string]any{}
		for k, v := range breaking {
			bad[k] = v
		}
		for k, v := range in {
			bad[k] = v
		}
		if a := admin.post("/api/glass", bad); a.kind() != fault.Invalid.String() || a.field() != what {
			t.Errorf("%s: %d %s", what, a.status, a.body)
		}
	}
	wantKind(t, "by a holder", desk.post("/api/glass", breaking), fault.Forbidden)
	var g glassBody
	admin.post("/api/glass", breaking).into(t, &g)
	if !g.Live || !g.MayEnd || g.Number != "K2025-0001" || g.Until.Sub(g.At) != 30*time.Minute {
		t.Fatalf("%+v", g)
	}
	var body caseBody
	a := admin.get(open[0])
	a.into(t, &body)
	if !strings.Contains(string(a.body), "渡邉") || body.Glass == nil || !body.Glass.Ends.Equal(g.Until) || body.Abilities != (caseAbilities{}) || len(body.Meetings) != 0 || len(body.Consent) != 0 || len(body.Plans) != 1 || len(body.Sections) == 0 {
		t.Errorf("%s", a.body)
	}
	for _, x := range body.Sections {
		if !x.Read || x.Write {
			t.Errorf("%+v", x)
		}
	}
	wantStatus(t, "the plan", admin.get(open[1]), http.StatusOK)
	for _, path := range closed {
		wantKind(t, "within: "+path, admin.get(path), fault.NotFound)
	}
	if a := h.as("secretariat").get(open[0]); strings.Contains(string(a.body), `"glass"`) {
		t.Error("a holder's page speaks of a glass")
	}
	h.nothingElse(admin, plan.ID, met)

	h.clock.Set(g.Until.Add(-time.Second)) // however often the clock was looked at before
	admin = h.as("sysadmin")
	wantStatus(t, "in its last second", admin.get(open[0]), http.StatusOK)
	h.clock.Advance(time.Second)
	for _, path := range append(open, closed...) {
		wantKind(t, "after: "+path, admin.get(path), fault.Forbidden)
	}
	reads := 0
	for _, e := range h.entries() {
		if e.ActorID != h.userID("sysadmin") || e.Result != "ok" {
			continue
		}
		switch e.Verb {
		case access.VerbCaseOpen, access.VerbPlanOpen:
			if reads++; e.Reason != access.ReasonBreakGlass || e.CaseID != h.caseID {
				t.Errorf("a reading without its mark: %+v", e)
			}
		case access.VerbGlassBreak:
			if e.Reason != "life" || e.CaseID != h.caseID || e.Hash == "" {
				t.Errorf("%+v", e)
			}
		}
		if strings.Contains(e.Reason, "児童") {
			t.Error("the reason stands in the audit log")
		}
	}
	if reads != 3 || strings.Contains(h.log.String(), "児童") {
		t.Errorf("%d readings in the log; the reason in the log of the process: %v", reads, strings.Contains(h.log.String(), "児童"))
	}
}

// nothingElse asks every other route as the administrator: what the role alone refuses is refused with a glass too.
func (h *house) nothingElse(admin *browser, plan, met string) {
	h.t.Helper()
	asked := 0
	for _, rt := range (&server{deps: h.deps}).routes() {
		plain := access.Actor{Tenant: "t", UserID: "u", Roles: []access.Role{access.RoleAdmin}}
		if rt.glass || access.Can(plain, rt.action) {
			continue
		}
		rt.pattern = strings.NewReplacer("{case}", h.caseID, "{plan}", plan, "{meeting}", met).Replace(rt.pattern)
		wantKind(h.t, "with a glass: "+rt.method+" "+rt.pattern, admin.try(rt), fault.Forbidden)
		asked++
	}
	if asked < 50 {
		h.t.Errorf("only %d routes are refused", asked)
	}
}

// Everybody who holds the record is told until somebody else has looked at it; the list is for them and the officer.
func TestGlassIsReviewed(t *testing.T) {
	t.Parallel()
	h := settled(t)
	admin := h.as("sysadmin")
	alarms := func(login string) (n int) {
		t.Helper()
		var got struct{ Alarms []alarmLine }
		a := h.as(login).get("/api/glass/alarm")
		a.into(t, &got)
		if strings.Contains(string(a.body), "児童") {
			t.Error("the alarm tells the reason")
		}
		return len(got.Alarms)
	}
	if alarms("city") != 0 {
		t.Fatal("an alarm before")
	}
	var g glassBody
	admin.post("/api/glass", breaking).into(t, &g)
	wantKind(t, "two at once", admin.post("/api/glass", breaking), fault.Conflict)
	if alarms("city") != 1 || alarms("secretariat") != 1 {
		t.Error("not everybody is told")
	}
	for _, login := range []string{"agency", "chair", "observer", "records", "auditor", "sysadmin"} {
		wantKind(t, login+" is told", h.as(login).get("/api/glass/alarm"), fault.Forbidden)
	}
	path := "/api/glass/" + g.ID
	fine := map[string]string{"finding": "proper", "note": "当直の記録と合っている。"}
	wantKind(t, "while it lasts", h.as("city").post(path+"/review", fine), fault.Conflict)
	wantKind(t, "an agency ends it", h.as("agency").post(path+"/end", map[string]any{}), fault.Forbidden)
	wantStatus(t, "a holder ends it", h.as("city").post(path+"/end", map[string]any{}), http.StatusOK)
	wantKind(t, "ended at once", admin.get("/api/cases/"+h.caseID), fault.Forbidden)
	wantKind(t, "by administrators", admin.post(path+"/review", fine), fault.Forbidden)

	// The administrator becomes a holder, too: still not by oneself.
	acc, err := h.store.AccountByLogin(t.Context(), h.tenant, "sysadmin")
	h.ok(err)
	_, err = h.raw.Exec(`UPDATE app_user SET roles = '["admin","city"]' WHERE id = ?`, acc.ID)
	h.ok(err)
	wantKind(t, "one's own", h.as("sysadmin").post(path+"/review", fine), fault.Conflict)
	if alarms("city") != 1 {
		t.Error("the alarm went before the review")
	}
	wantKind(t, "no finding", h.as("city").post(path+"/review", map[string]string{"note": "x"}), fault.Invalid)
	wantStatus(t, "review", h.as("secretariat").post(path+"/review", fine), http.StatusOK)
	wantKind(t, "twice", h.as("city").post(path+"/review", fine), fault.Conflict)
	if alarms("city") != 0 || alarms("secretariat") != 0 {
		t.Error("the alarm stays")
	}
	for _, login := range []string{"city", "secretariat", "auditor"} {
		var got struct{ Glasses []glassBody }
		h.as(login).get("/api/glass").into(t, &got)
		if len(got.Glasses) != 1 || got.Glasses[0].FindingLabel != "適切" || got.Glasses[0].Note != fine["note"] || got.Glasses[0].Reason == "" || got.Glasses[0].MayReview {
			t.Errorf("%s: %+v", login, got)
		}
	}
	wantKind(t, "the list, for an agency", h.as("agency").get("/api/glass"), fault.Forbidden)
}

// Who is kept from a case cannot break its glass, and one who is barred while it lasts is out at once.
func TestGlassAndBars(t *testing.T) {
	t.Parallel()
	h := settled(t)
	city, admin := h.as("city"), h.as("sysadmin")
	bar := map[string]string{"userId": h.userID("sysadmin"), "reason": "本人の親族"}
	var staff struct{ Staff []struct{ ID string } }
	city.get("/api/cases/"+h.caseID+"/bars").into(t, &staff)
	found := false
	for _, x := range staff.Staff {
		found = found || x.ID == bar["userId"]
	}
	if !found {
		t.Error("an administrator cannot be chosen")
	}
	admin.post("/api/glass", breaking).into(t, &glassBody{})
	wantStatus(t, "read", admin.get("/api/cases/"+h.caseID), http.StatusOK)
	wantStatus(t, "bar", city.post("/api/cases/"+h.caseID+"/bars", bar), http.StatusNoContent)
	wantKind(t, "barred meanwhile", admin.get("/api/cases/"+h.caseID), fault.NotFound)
	h.clock.Advance(time.Hour)
	wantKind(t, "barred before", h.as("sysadmin").post("/api/glass", breaking), fault.NotFound)
	unknown := h.as("sysadmin").post("/api/glass", map[string]any{"number": "K2025-9999", "basis": "life", "reason": "理由", "minutes": 30})
	barred := h.as("sysadmin").post("/api/glass", breaking)
	told := func(a answer) string { before, _, _ := strings.Cut(string(a.body), `"request"`); return before }
	if told(unknown) != told(barred) || !strings.Contains(told(barred), "見つかりません") {
		t.Errorf("a barred case is told apart from none: %s %s", unknown.body, barred.body)
	}
}
