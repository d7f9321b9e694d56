package web

import (
	"net/http"
	"strings"
	"testing"

	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/pdf/pdftest"
)

// screeningBody is a スクリーニング of the day before the scene.
func screeningBody(version int, result string) map[string]any {
	return map[string]any{"version": version, "day": "2026-01-05", "result": result, "grounds": []string{"01"}, "to": "", "confirmedOn": "", "reason": wordReason}
}

// opened opens a case and takes it into its インテーク.
func (h *house) opened(desk *browser, name string) string {
	h.t.Helper()
	var made struct{ ID string }
	desk.post("/api/cases", map[string]any{"persons": []any{map[string]any{"name": name, "relation": "本人", "subject": true}}}).into(h.t, &made)
	wantStatus(h.t, "intake", desk.send(http.MethodPut, "/api/cases/"+made.ID+"/stage", map[string]any{"stage": "intake", "version": 1}), http.StatusOK)
	return made.ID
}

func (s *scene) courses() {
	s.t.Helper()
	s.screened = s.opened(s.desk, "スクリーニングの人")
	wantStatus(s.t, "スクリーニング", s.desk.post("/api/cases/"+s.screened+"/screenings", screeningBody(2, "3")), http.StatusNoContent)
	var persons []string
	s.ended, persons = s.closed(s.desk, "終結の人")
	s.endedPerson = persons[0]
	wantStatus(s.t, "member", s.desk.post("/api/cases/"+s.ended+"/members", map[string]string{"agencyId": s.welfare.ID, "note": ""}), http.StatusNoContent)
	wantStatus(s.t, "フォローアップ", s.desk.post("/api/cases/"+s.ended+"/followups", map[string]string{"agencyId": s.welfare.ID, "dueOn": s.today()}), http.StatusNoContent)
	var list []cases.FollowupLine
	s.desk.get("/api/cases/"+s.ended+"/followups").into(s.t, &list)
	s.followed = list[0].ID
}

// closed opens a case and ends it at the counter; the ids of its persons come along.
func (h *house) closed(desk *browser, name string) (id string, persons []string) {
	h.t.Helper()
	var made struct{ ID string }
	desk.post("/api/cases", map[string]any{"persons": []any{map[string]any{"name": name, "kana": "しゅうけつ", "relation": "本人", "subject": true}}}).into(h.t, &made)
	wantStatus(h.t, "終結", desk.send(http.MethodPut, "/api/cases/"+made.ID+"/stage", map[string]any{"stage": "closed", "version": 1}), http.StatusOK)
	var page struct{ Persons []struct{ ID string } }
	desk.get("/api/cases/"+made.ID).into(h.t, &page)
	for _, p := range page.Persons {
		persons = append(persons, p.ID)
	}
	return made.ID, persons
}

func (s *scene) courseAsks(out map[string]ask) {
	for key, a := range map[string]ask{
		"GET /api/cases/{case}/course":          {login: "secretariat", path: "/api/cases/" + s.screened + "/course"},
		"GET /api/cases/{case}/screening.pdf":   {login: "secretariat", path: "/api/cases/" + s.screened + "/screening.pdf"},
		"POST /api/cases/{case}/screenings":     {login: "city", path: "/api/cases/" + s.screened + "/screenings", body: screeningBody(2, "4")},
		"GET /api/cases/{case}/followups":       {login: "agency", path: "/api/cases/" + s.ended + "/followups"},
		"POST /api/cases/{case}/followups":      {login: "agency", path: "/api/cases/" + s.ended + "/followups", body: map[string]string{"agencyId": s.welfare.ID, "dueOn": s.today()}},
		"POST /api/cases/{case}/followups/{id}": {login: "agency", path: "/api/cases/" + s.ended + "/followups/" + s.followed, body: ownWords(heardBody(s.today()))},
		"POST /api/cases/{case}/again":          {login: "secretariat", path: "/api/cases/" + s.ended + "/again", body: map[string]any{"persons": []string{s.endedPerson}, "reason": wordReason}},
		"PUT /api/cases/{case}/former":          {login: "secretariat", path: "/api/cases/" + s.screened + "/former", body: map[string]string{"number": "", "reason": wordReason}},
	} {
		out[key] = a
	}
}

// ownWords says something that no test looks for: an agency goes on reading what it wrote itself.
func ownWords(body map[string]any) map[string]any {
	body["note"] = "変わりない"
	return body
}

func heardBody(day string) map[string]any {
	return map[string]any{"drop": false, "doneOn": day, "method": "phone", "result": "01", "note": wordReason, "nextOn": ""}
}

// TestCourseThroughTheDoor: a case leaves its インテーク as the スクリーニング says, is broken off with a reason and a day, and everybody of the case sees the day, but the
// reason only as far as the gate goes.
func TestCourseThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, agency := h.as("secretariat"), h.as("agency")
	id := h.opened(desk, "中断の人")
	at := "/api/cases/" + id
	stage := func(body map[string]any) answer { return desk.send(http.MethodPut, at+"/stage", body) }
	if a := stage(map[string]any{"stage": "assessment", "version": 2}); a.kind() != fault.Conflict.String() || a.field() != "screening" {
		t.Errorf("without スクリーニング: %d %s", a.status, a.body)
	}
	wantStatus(t, "⑤", desk.post(at+"/screenings", map[string]any{"version": 2, "day": "2026-01-05", "result": "5", "reason": wordReason}), http.StatusNoContent)
	if a := stage(map[string]any{"stage": "suspended", "version": 2, "code": "08"}); a.kind() != fault.Invalid.String() || a.field() != "until" {
		t.Errorf("without a day: %d %s", a.status, a.body)
	}
	day := h.clock.Now().In(jst).AddDate(0, 1, 0).Format("2006-01-02")
	wantStatus(t, "中断", stage(map[string]any{"stage": "suspended", "version": 2, "code": "08", "until": day, "reason": wordReason}), http.StatusOK)
	for what, a := range map[string]answer{"a plan": desk.post(at+"/plans", map[string]string{"previous": ""})} {
		if a.kind() != fault.Conflict.String() || !strings.Contains(string(a.body), "再開") {
			t.Errorf("%s while it is broken off: %d %s", what, a.status, a.body)
		}
	}
	wantStatus(t, "member", desk.post(at+"/members", map[string]string{"agencyId": h.welfare.ID, "note": ""}), http.StatusNoContent)
	var own, theirs cases.Course
	desk.get(at+"/course").into(t, &own)
	a := agency.get(at + "/course")
	a.into(t, &theirs)
	if own.Until != day || own.DaysLate != 0 || len(own.Steps) != 2 || own.Steps[0].CodeLabel != "連絡不能" || own.Steps[0].Reason != wordReason || own.Closing == nil || len(own.Screenings) != 1 {
		t.Errorf("%+v", own)
	}
	if theirs.Until != day || len(theirs.Steps) != 2 || theirs.Steps[0].CodeLabel != "" || !theirs.Withheld || theirs.Closing != nil || len(theirs.Screenings) != 0 ||
		strings.Contains(string(a.body), wordReason) || strings.Contains(string(a.body), `"08"`) {
		t.Errorf("an agency without consent is told %s", a.body)
	}
	var list struct{ Cases []struct{ ID, Until string } }
	agency.get("/api/cases").into(t, &list)
	for _, c := range list.Cases {
		if (c.ID == id) != (c.Until == day) {
			t.Errorf("in the list: %+v", c)
		}
	}
	var late []cases.Paused
	desk.get("/api/overdue?of=pauses").into(t, &late)
	if len(late) != 0 {
		t.Errorf("before its day: %+v", late)
	}
	h.clock.Advance(40 * 24 * 3600e9)
	desk, agency = h.as("secretariat"), h.as("agency")
	for who, b := range map[string]*browser{"desk": desk, "agency": agency} {
		late = nil
		b.get("/api/overdue?of=pauses").into(t, &late)
		if len(late) != 1 || late[0].CaseID != id || late[0].Until != day || late[0].Days < 8 || late[0].Days > 10 {
			t.Errorf("%s, after its day: %+v", who, late)
		}
	}
	late = nil
	h.as("stranger").get("/api/overdue?of=pauses").into(t, &late)
	if len(late) != 0 {
		t.Errorf("an agency that is not of the case: %+v", late)
	}
	for _, login := range []string{"stranger", "observer"} {
		if got := h.as(login).get(at + "/course"); got.status < 400 {
			t.Errorf("%s: %d %s", login, got.status, got.body)
		}
	}
	wantStatus(t, "再開", stage(map[string]any{"stage": "assessment", "version": 3}), http.StatusOK)
	late = nil
	desk.get("/api/overdue?of=pauses").into(t, &late)
	if len(late) != 0 {
		t.Errorf("after 再開: %+v", late)
	}
	if a := stage(map[string]any{"stage": "closed", "version": 4}); a.kind() != fault.Invalid.String() || a.field() != "code" {
		t.Errorf("終結 without a reason: %d %s", a.status, a.body)
	}
	wantStatus(t, "終結", stage(map[string]any{"stage": "closed", "version": 4, "code": "04"}), http.StatusOK)
	if a := desk.post(at+"/plans", map[string]string{"previous": ""}); a.kind() != fault.Conflict.String() || !strings.Contains(string(a.body), "再受付") {
		t.Errorf("a plan after 終結: %d %s", a.status, a.body)
	}
}

// TestFiguresOnPaper: the 集計表 is there as a file of each kind, and of no other.
func TestFiguresOnPaper(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	for as, kind := range map[string]string{"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"} {
		for _, scope := range []string{"", "office"} {
			a := s.desk.get("/api/figures/file?as=" + as + "&for=" + scope)
			if a.status != http.StatusOK || a.header.Get("Content-Type") != kind || len(a.body) < 500 || !strings.Contains(a.header.Get("Content-Disposition"), "."+as) {
				t.Errorf("%s: %d %v, %d bytes", as, a.status, a.header, len(a.body))
			}
			if as == "pdf" {
				if says := pdftest.Text(t, a.body, "-raw"); strings.Contains(says, personName) || !strings.Contains(says, "集計表") {
					t.Errorf("the paper says %s", says)
				}
			}
		}
	}
	wantKind(t, "of another kind", s.desk.get("/api/figures/file?as=doc"), fault.Invalid)
	wantKind(t, "an agency", s.agency.get("/api/figures/file?as=pdf"), fault.Forbidden)
}
