package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"kasane/internal/consent"
	"kasane/internal/fault"
)

// Somebody kept from a case is answered on every route that names it as if there were none, whatever their role would let them do; a colleague with
// the same role is not.
func TestBarredOnEveryRoute(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, city := h.as("secretariat"), h.as("city")
	met := h.call(desk, "")
	var file struct{ ID string }
	desk.upload(h.caseID, "同意書.pdf", pdfBytes).into(t, &file)
	wantKind(t, "oneself", city.post("/api/cases/"+h.caseID+"/bars", map[string]string{"userId": h.userID("city")}), fault.Invalid)
	wantKind(t, "an agency bars", h.as("agency").post("/api/cases/"+h.caseID+"/bars", map[string]string{"userId": h.userID("city")}), fault.Forbidden)
	if a := city.post("/api/cases/"+h.caseID+"/bars", map[string]string{"userId": h.userID("secretariat"), "reason": "本人の親族"}); a.status != http.StatusNoContent {
		t.Fatalf("%d %s", a.status, a.body)
	}
	asked := 0
	for _, rt := range (&server{deps: h.deps}).routes() {
		if !strings.Contains(rt.pattern, "{case}") {
			continue
		}
		path := strings.ReplaceAll(rt.pattern, "{case}", h.caseID)
		var a answer
		switch {
		case rt.method == get:
			a = desk.get(fill(path))
		case rt.method == del:
			a = desk.do(rt.method, fill(path), nil, "")
		case rt.multipart:
			a = desk.do(rt.method, fill(path), strings.NewReader("--x--\r\n"), "multipart/form-data; boundary=x")
		default:
			a = desk.do(rt.method, fill(path), strings.NewReader("{}"), "application/json")
		}
		wantKind(t, "barred: "+rt.method+" "+rt.pattern, a, fault.NotFound)
		asked++
	}
	if asked < 12 {
		t.Errorf("only %d routes name a case", asked)
	}
	for _, path := range []string{"/api/meetings/" + met, "/api/files/" + file.ID} {
		wantKind(t, "barred: "+path, desk.get(path), fault.NotFound)
		if a := city.get(path); a.status != http.StatusOK {
			t.Errorf("a colleague: %s %d", path, a.status)
		}
	}
	wantKind(t, "barred: the pick-list", desk.get("/api/meetings/"+met+"/carry"), fault.NotFound)
	wantKind(t, "a colleague's pick-list, in a 支援会議", city.get("/api/meetings/"+met+"/carry"), fault.Conflict)
	var list struct{ Cases []struct{ ID string } }
	if desk.get("/api/cases").into(t, &list); len(list.Cases) != 0 {
		t.Errorf("in the list: %+v", list)
	}
	if city.get("/api/cases").into(t, &list); len(list.Cases) != 1 {
		t.Errorf("a colleague's list: %+v", list)
	}
	var found struct {
		Bars  []struct{ UserID, Reason string }
		Staff []struct{ ID string }
	}
	city.get("/api/cases/"+h.caseID+"/bars").into(t, &found)
	if len(found.Bars) != 1 || found.Bars[0].Reason != "本人の親族" || len(found.Staff) < 4 {
		t.Errorf("%+v", found)
	}
	if a := city.do(del, "/api/cases/"+h.caseID+"/bars/"+h.userID("secretariat"), nil, ""); a.status != http.StatusNoContent {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := desk.get("/api/cases/" + h.caseID); a.status != http.StatusOK {
		t.Errorf("let in again: %d %s", a.status, a.body)
	}
}

// A 緊急開示 opens its items of its persons to its agency at once and closes them by itself; the reason stands in no log.
func TestEmergencyThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, city, agency := h.as("secretariat"), h.as("city"), h.as("agency")
	var person string
	h.ok(h.raw.QueryRow(`SELECT id FROM person WHERE case_id = ?`, h.caseID).Scan(&person))
	sees := func(item consent.Item) (allow bool, reason string) {
		t.Helper()
		var v struct {
			Persons []struct {
				PersonID string
				Items    []struct {
					Item   consent.Item
					Allow  bool
					Reason string
				}
			}
		}
		agency.get("/api/cases/"+h.caseID+"/view").into(t, &v)
		for _, p := range v.Persons {
			for _, i := range p.Items {
				if p.PersonID == person && i.Item == item {
					return i.Allow, i.Reason
				}
			}
		}
		t.Fatal("no such chip")
		return false, ""
	}
	before, _ := sees(consent.ItemJustice)
	if before {
		t.Fatal("seen before: the test is blind")
	}
	in := map[string]any{"agencyId": h.welfare.ID, "persons": []string{person}, "items": []string{"justice"}, "basis": "life", "reason": "すぐに安否を確かめる必要がある。", "hours": 48}
	wantKind(t, "by an agency", agency.post("/api/cases/"+h.caseID+"/emergencies", in), fault.Forbidden)
	var x struct{ ID string }
	desk.post("/api/cases/"+h.caseID+"/emergencies", in).into(t, &x)
	if allow, reason := sees(consent.ItemJustice); !allow || reason != "emergency" {
		t.Errorf("%v %s", allow, reason)
	}
	if allow, reason := sees(consent.ItemAbuse); allow {
		t.Errorf("another item is open: %s", reason)
	}
	wantKind(t, "one's own word", desk.post("/api/emergencies/"+x.ID+"/confirm", map[string]any{}), fault.Conflict)
	wantKind(t, "an agency's word", agency.post("/api/emergencies/"+x.ID+"/confirm", map[string]any{}), fault.Forbidden)
	h.clock.Advance(23 * time.Hour)
	agency = h.as("agency")
	if allow, _ := sees(consent.ItemJustice); !allow {
		t.Error("closed before the day was over")
	}
	h.clock.Advance(time.Hour)
	city, agency = h.as("city"), h.as("agency")
	if allow, _ := sees(consent.ItemJustice); allow {
		t.Error("nobody confirmed it for a day, and it is open")
	}
	wantKind(t, "a word too late", city.post("/api/emergencies/"+x.ID+"/confirm", map[string]any{}), fault.Conflict)
	var month struct {
		Emergencies []struct {
			ID, Number, Agency string
			Lapsed             bool
		}
	}
	city.get("/api/emergencies?month="+h.clock.Now().Add(-24*time.Hour).In(time.FixedZone("", 9*3600)).Format("2006-01")).into(t, &month)
	if len(month.Emergencies) != 1 || !month.Emergencies[0].Lapsed {
		t.Errorf("%+v", month)
	}
	var c struct{ Case struct{ Number string } }
	city.get("/api/cases/"+h.caseID).into(t, &c)
	if m := month.Emergencies[0]; c.Case.Number == "" || m.Number != c.Case.Number || m.Agency != h.welfare.Name {
		t.Errorf("case and agency of the list: %+v", m)
	}
	wantKind(t, "no month", city.get("/api/emergencies"), fault.Invalid)
	var logged int
	h.ok(h.raw.QueryRow(`SELECT COUNT(*) FROM audit_entry WHERE reason LIKE '%安否%'`).Scan(&logged))
	if logged != 0 || strings.Contains(h.log.String(), "安否") {
		t.Error("the reason stands in a log")
	}
}
