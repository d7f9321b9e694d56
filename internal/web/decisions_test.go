package web

import (
	"net/http"
	"strings"
	"testing"

	"kasane/internal/cases"
	"kasane/internal/fault"
)

// planning opens a case and takes it as far as its プラン案.
func (h *house) planning(desk *browser, name string) string {
	h.t.Helper()
	var made struct{ ID string }
	desk.post("/api/cases", map[string]any{"persons": []any{map[string]any{"name": name, "relation": "本人", "subject": true}}}).into(h.t, &made)
	for i, stage := range []string{"intake", "assessment", "planning"} {
		if stage == "assessment" {
			wantStatus(h.t, "スクリーニング", desk.post("/api/cases/"+made.ID+"/screenings", screeningBody(2, "4")), http.StatusNoContent)
		}
		wantStatus(h.t, stage, desk.send(http.MethodPut, "/api/cases/"+made.ID+"/stage", map[string]any{"stage": stage, "version": i + 1}), http.StatusOK)
	}
	return made.ID
}

func (s *scene) decisions() {
	s.t.Helper()
	wantStatus(s.t, "steps", s.city.send(http.MethodPut, "/api/decision-steps", map[string]any{"steps": []string{"課長"}}), http.StatusNoContent)
	s.planned, s.deciding = s.planning(s.desk, "プランの人"), s.planning(s.desk, "決裁の人")
	wantStatus(s.t, "起案", s.desk.post("/api/cases/"+s.deciding+"/decisions", map[string]string{"note": wordReason}), http.StatusNoContent)
	var v cases.DecisionView
	s.desk.get("/api/cases/"+s.deciding+"/decisions").into(s.t, &v)
	s.decision = v.Decisions[0].ID
}

func (s *scene) decisionAsks(out map[string]ask) {
	for key, a := range map[string]ask{
		"GET /api/cases/{case}/decisions":       {login: "secretariat", path: "/api/cases/" + s.deciding + "/decisions"},
		"POST /api/cases/{case}/decisions":      {login: "secretariat", path: "/api/cases/" + s.planned + "/decisions", body: map[string]string{"note": wordReason}},
		"POST /api/cases/{case}/decisions/{id}": {login: "city", path: "/api/cases/" + s.deciding + "/decisions/" + s.decision, body: map[string]any{"n": 1, "verdict": "approve", "reason": wordReason}},
		"GET /api/decision-steps":               {login: "city", path: "/api/decision-steps"},
		"PUT /api/decision-steps":               {login: "city", path: "/api/decision-steps", body: map[string]any{"steps": []string{"課長"}}},
	} {
		out[key] = a
	}
}

// TestDecisionThroughTheDoor: where the municipality has steps, a case goes to 支援決定 only after each of them has approved, in order, each by somebody else,
// and by nobody who asked; an approval is of the case as it stood.
func TestDecisionThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, city := h.as("secretariat"), h.as("city")
	boss := h.second("chief")
	stage := func(id, to string, version int) answer {
		return desk.send(http.MethodPut, "/api/cases/"+id+"/stage", map[string]any{"stage": to, "version": version})
	}
	free := h.planning(desk, "決裁なし")
	wantStatus(t, "without steps", stage(free, "decided", 4), http.StatusOK)
	for what, steps := range map[string][]string{"twice the same": {"課長", "課長"}, "empty": {" "}, "too many": strings.Split("一二三四五六七八九", "")} {
		if a := city.send(http.MethodPut, "/api/decision-steps", map[string]any{"steps": steps}); a.status != http.StatusUnprocessableEntity || a.field() != "steps" {
			t.Errorf("%s: %d %s", what, a.status, a.body)
		}
	}
	wantKind(t, "steps by the desk", desk.send(http.MethodPut, "/api/decision-steps", map[string]any{"steps": []string{}}), fault.Forbidden)
	wantStatus(t, "steps", city.send(http.MethodPut, "/api/decision-steps", map[string]any{"steps": []string{"係長", "課長"}}), http.StatusNoContent)
	id := h.planning(desk, "決裁の人")
	at := "/api/cases/" + id + "/decisions"
	view := func() (v cases.DecisionView) { t.Helper(); desk.get(at).into(t, &v); return v }
	mark := func(b *browser, n int, verdict, reason string) answer {
		return b.post(at+"/"+view().Decisions[0].ID, map[string]any{"n": n, "verdict": verdict, "reason": reason})
	}
	if a := stage(id, "decided", 4); a.kind() != fault.Conflict.String() || a.field() != "stage" || !strings.Contains(string(a.body), "決裁") {
		t.Errorf("without 起案: %d %s", a.status, a.body)
	}
	wantStatus(t, "起案", desk.post(at, map[string]string{"note": "初回プランによる支援を決定してよいか"}), http.StatusNoContent)
	wantKind(t, "a second one", desk.post(at, map[string]string{"note": "もう一度"}), fault.Conflict)
	wantKind(t, "who asked", mark(desk, 1, "approve", ""), fault.Forbidden)
	wantKind(t, "returned without a reason", mark(city, 1, "return", "　"), fault.Invalid)
	wantStatus(t, "係長", mark(city, 1, "approve", ""), http.StatusNoContent)
	wantKind(t, "the same again", mark(city, 2, "approve", ""), fault.Forbidden)
	wantKind(t, "half approved", stage(id, "decided", 4), fault.Conflict)
	wantStatus(t, "差戻し", mark(boss, 2, "return", "期間を足す"), http.StatusNoContent)
	if v := view(); v.Decided || !v.MayDraft || v.Decisions[0].State != cases.DecisionReturned || len(v.Decisions[0].Marks) != 2 {
		t.Errorf("%+v", v)
	}
	wantStatus(t, "起案 anew", desk.post(at, map[string]string{"note": "期間を足した"}), http.StatusNoContent)
	wantStatus(t, "係長", mark(city, 1, "approve", ""), http.StatusNoContent)
	wantStatus(t, "課長", mark(boss, 2, "approve", "条件なし"), http.StatusNoContent)
	if v := view(); !v.Decided || v.MayDraft {
		t.Errorf("%+v", v)
	}
	wantStatus(t, "back to the assessment", stage(id, "assessment", 4), http.StatusOK)
	wantStatus(t, "and to the plan", stage(id, "planning", 5), http.StatusOK)
	wantKind(t, "by the approval of what stood before", stage(id, "decided", 6), fault.Conflict)
	for _, login := range []string{"agency", "stranger", "observer", "records"} {
		refused(t, login, h.as(login).get(at), fault.Forbidden)
	}
	wantStatus(t, "bar", city.post("/api/cases/"+id+"/bars", map[string]string{"userId": h.userID("secretariat"), "reason": "親族"}), http.StatusNoContent)
	wantKind(t, "who is barred", desk.get(at), fault.NotFound)
}
