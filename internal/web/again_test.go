package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"kasane/internal/cases"
	"kasane/internal/fault"
)

// TestFollowupThroughTheDoor: after 終結 somebody asks how the person is, on a day that turns red when it is over; what was heard is read as far as the gate goes.
func TestFollowupThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, agency := h.as("city"), h.as("agency") // the secretariat is of the same agency as the latter
	open := h.opened(desk, "続く人")
	id, _ := h.closed(desk, "見守る人")
	at := "/api/cases/" + id + "/followups"
	day := func(n int) string { return h.clock.Now().In(jst).AddDate(0, 0, n).Format(time.DateOnly) }
	plan := map[string]string{"agencyId": h.welfare.ID, "dueOn": day(10)}
	if a := desk.post(at, plan); a.kind() != fault.Invalid.String() || a.field() != "agencyId" {
		t.Errorf("an agency that is not of the case: %d %s", a.status, a.body)
	}
	wantStatus(t, "member", desk.post("/api/cases/"+id+"/members", map[string]string{"agencyId": h.welfare.ID, "note": ""}), http.StatusNoContent)
	wantKind(t, "in a case that goes on", desk.post("/api/cases/"+open+"/followups", map[string]string{"agencyId": h.city.ID, "dueOn": day(10)}), fault.Conflict)
	wantKind(t, "for another agency", agency.post(at, map[string]string{"agencyId": h.city.ID, "dueOn": day(10)}), fault.Forbidden)
	wantKind(t, "in the past", desk.post(at, map[string]string{"agencyId": h.welfare.ID, "dueOn": day(-1)}), fault.Invalid)
	wantStatus(t, "plan", desk.post(at, plan), http.StatusNoContent)
	lines := func(b *browser) (l []cases.FollowupLine) { t.Helper(); b.get(at).into(t, &l); return l }
	late := func(b *browser) (l []cases.LateFollowup) {
		t.Helper()
		b.get("/api/overdue?of=followups").into(t, &l)
		return l
	}
	if got := lines(agency); len(got) != 1 || !got[0].MayDo || got[0].DaysLate != 0 || len(late(agency)) != 0 {
		t.Fatalf("%+v", got)
	}
	h.clock.Advance(13 * 24 * time.Hour)
	desk, agency = h.as("city"), h.as("agency")
	for who, b := range map[string]*browser{"desk": desk, "agency": agency} {
		if got := late(b); len(got) != 1 || got[0].CaseID != id || got[0].Days != 3 {
			t.Errorf("%s: %+v", who, got)
		}
	}
	if got := late(h.as("stranger")); len(got) != 0 {
		t.Errorf("an agency that is not of the case: %+v", got)
	}
	one := at + "/" + lines(desk)[0].ID
	for field, spoil := range map[string]any{"method": "boat", "result": "77", "doneOn": day(1), "nextOn": day(-1)} {
		body := heardBody(day(0))
		body[field] = spoil
		if a := agency.post(one, body); a.kind() != fault.Invalid.String() || a.field() != field {
			t.Errorf("%s: %d %s", field, a.status, a.body)
		}
	}
	body := heardBody(day(0))
	body["nextOn"] = day(90)
	wantStatus(t, "what the desk heard", desk.post(one, body), http.StatusNoContent)
	wantKind(t, "twice", agency.post(one, body), fault.Conflict)
	if got := lines(desk); len(got) != 2 || got[0].State != cases.FollowupPlanned || got[0].DueOn != day(90) || got[1].Note != wordReason || got[1].ResultLabel == "" {
		t.Errorf("%+v", got)
	}
	if got := lines(agency); len(got) != 2 || !got[1].Withheld || got[1].Note != "" || got[1].ResultLabel != "" || got[1].MethodLabel != "" {
		t.Errorf("without consent: %+v", got)
	}
	own := at + "/" + lines(agency)[0].ID
	wantStatus(t, "its own", agency.post(own, heardBody(day(0))), http.StatusNoContent)
	if got := lines(agency); got[0].Note != wordReason {
		t.Errorf("its own words: %+v", got)
	}
	if got := late(desk); len(got) != 0 {
		t.Errorf("all done: %+v", got)
	}
}

// TestAgainThroughTheDoor: a closed case is taken in again as a new one; both know of each other, and who may not see the one learns nothing of it in the other. What
// protects somebody comes along, nothing else.
func TestAgainThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, city := h.as("secretariat"), h.as("city")
	was, persons := h.closed(desk, "戻った人")
	number := func(id string) string {
		var p struct{ Case struct{ Number string } }
		desk.get("/api/cases/"+id).into(t, &p)
		return p.Case.Number
	}
	old := number(was)
	person := map[string]any{"name": "戻った人", "kana": "もどった", "relation": "本人", "subject": true, "addressSecret": true, "withheldFrom": []string{h.stranger.ID}}
	wantStatus(t, "住所秘匿", desk.send(http.MethodPut, "/api/cases/"+was+"/persons/"+persons[0], person), http.StatusOK)
	wantStatus(t, "本人に非開示", desk.post("/api/cases/"+was+"/discretions", map[string]string{"personId": persons[0], "item": "abuse", "reason": "通報"}), http.StatusNoContent)
	wantStatus(t, "member", desk.post("/api/cases/"+was+"/members", map[string]string{"agencyId": h.welfare.ID, "note": ""}), http.StatusNoContent)
	body := map[string]any{"persons": persons, "reason": wordReason}
	for what, c := range map[string]struct {
		body  map[string]any
		field string
	}{"nobody": {map[string]any{"persons": []string{}, "reason": "x"}, "persons"}, "no reason": {map[string]any{"persons": persons, "reason": " "}, "reason"}} {
		if a := desk.post("/api/cases/"+was+"/again", c.body); a.kind() != fault.Invalid.String() || a.field() != c.field {
			t.Errorf("%s: %d %s", what, a.status, a.body)
		}
	}
	running := h.opened(desk, "続く人")
	wantKind(t, "of a case that goes on", desk.post("/api/cases/"+running+"/again", body), fault.Conflict)
	var made struct{ ID, Number string }
	a := desk.post("/api/cases/"+was+"/again", body)
	wantStatus(t, "再受付", a, http.StatusOK)
	a.into(t, &made)
	course := func(b *browser, id string) (c cases.Course) {
		t.Helper()
		b.get("/api/cases/"+id+"/course").into(t, &c)
		return c
	}
	if c := course(desk, made.ID); c.Former == nil || c.Former.CaseID != was || c.Former.Reason != wordReason || c.Stage != cases.StageReceived {
		t.Errorf("%+v", c.Former)
	}
	if c := course(desk, was); len(c.Later) != 1 || c.Later[0].Number != made.Number {
		t.Errorf("%+v", c.Later)
	}
	var page struct {
		Persons []struct {
			ID            string
			AddressSecret bool
			WithheldFrom  []string
		}
		Members []any
	}
	desk.get("/api/cases/"+made.ID).into(t, &page)
	if len(page.Persons) != 1 || !page.Persons[0].AddressSecret || len(page.Persons[0].WithheldFrom) != 1 || len(page.Members) != 0 || page.Persons[0].ID == persons[0] {
		t.Errorf("%+v", page)
	}
	twin := h.opened(desk, "戻った人")
	for _, id := range []string{made.ID, was} {
		var d struct{ Lines []struct{ CaseID string } }
		desk.get("/api/cases/"+id+"/doubles").into(t, &d)
		if len(d.Lines) != 1 || d.Lines[0].CaseID != twin {
			t.Errorf("重複のおそれ of %s: %+v", id, d.Lines)
		}
	}
	if a := desk.get("/api/cases/" + made.ID + "/discretions"); !strings.Contains(string(a.body), page.Persons[0].ID) {
		t.Errorf("本人に非開示 stays behind: %s", a.body)
	}
	// An agency of the former case alone, and one of the later alone.
	if got := h.as("agency").get("/api/cases/" + was + "/course"); strings.Contains(string(got.body), made.Number) || strings.Contains(string(got.body), made.ID) {
		t.Errorf("of a case it is not of: %s", got.body)
	}
	wantStatus(t, "member", desk.post("/api/cases/"+made.ID+"/members", map[string]string{"agencyId": h.stranger.ID, "note": ""}), http.StatusNoContent)
	if got := h.as("stranger").get("/api/cases/" + made.ID + "/course"); strings.Contains(string(got.body), old) || strings.Contains(string(got.body), was) || strings.Contains(string(got.body), wordReason) {
		t.Errorf("of a case it is not of: %s", got.body)
	}
	// By hand, and not in a circle; who is barred from the former one is barred from the later one.
	wantStatus(t, "link", desk.send(http.MethodPut, "/api/cases/"+running+"/former", map[string]string{"number": old, "reason": ""}), http.StatusNoContent)
	if a := desk.send(http.MethodPut, "/api/cases/"+was+"/former", map[string]string{"number": old}); a.kind() != fault.Invalid.String() || a.field() != "number" {
		t.Errorf("to itself: %d %s", a.status, a.body)
	}
	wantStatus(t, "終結", desk.send(http.MethodPut, "/api/cases/"+made.ID+"/stage", map[string]any{"stage": "closed", "version": 1}), http.StatusOK)
	if a := desk.send(http.MethodPut, "/api/cases/"+was+"/former", map[string]string{"number": made.Number}); a.kind() != fault.Invalid.String() || a.field() != "number" {
		t.Errorf("in a circle: %d %s", a.status, a.body)
	}
	wantStatus(t, "taken back", desk.send(http.MethodPut, "/api/cases/"+running+"/former", map[string]string{"number": ""}), http.StatusNoContent)
	if c := course(desk, running); c.Former != nil {
		t.Errorf("taken back: %+v", c.Former)
	}
	wantStatus(t, "bar", city.post("/api/cases/"+was+"/bars", map[string]string{"userId": h.userID("secretariat"), "reason": "親族"}), http.StatusNoContent)
	if c := course(desk, made.ID); c.Former != nil {
		t.Errorf("who is barred from the former case: %+v", c.Former)
	}
	wantStatus(t, "link", city.send(http.MethodPut, "/api/cases/"+running+"/former", map[string]string{"number": old, "reason": ""}), http.StatusNoContent)
	wantKind(t, "who is barred from the former case, in the later one", desk.get("/api/cases/"+running), fault.NotFound)
	if a := desk.send(http.MethodPut, "/api/cases/"+made.ID+"/former", map[string]string{"number": old}); a.kind() != fault.Invalid.String() || a.field() != "number" {
		t.Errorf("linked by who is barred: %d %s", a.status, a.body)
	}
}
