package web

import (
	"encoding/json"
	"net/http"
	"reflect"
	"testing"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// TestSeenThroughTheDoor: 「この機関から見ると」 of the holder and the page somebody of that agency really gets, side by side through a meeting's whole
// course, with and without consent, after a withdrawal and after the agency has left: the same persons, members and records.
func TestSeenThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, chair := h.as("secretariat"), h.as("chair")
	people := map[string]*browser{h.welfare.ID: h.as("agency"), h.stranger.ID: h.as("stranger")}
	type page struct {
		Persons  []map[string]any
		Members  []map[string]any
		Sections []map[string]any
	}
	compared, shown := 0, 0
	same := func(when, meeting string) {
		t.Helper()
		for id, b := range people {
			a := b.get("/api/cases/" + h.caseID + "?meeting=" + meeting)
			var view struct {
				Seen *struct {
					Inside bool
					page
				}
			}
			raw := desk.get("/api/cases/" + h.caseID + "/view?agency=" + id + "&meeting=" + meeting)
			raw.into(t, &view)
			if view.Seen == nil || view.Seen.Inside != (a.status == http.StatusOK) {
				t.Fatalf("%s: the agency gets %d, the holder is told %s", when, a.status, raw.body)
			}
			compared++
			if a.status != http.StatusOK {
				wantKind(t, when, a, fault.NotFound)
				continue
			}
			var mine page
			a.into(t, &mine)
			for _, s := range mine.Sections {
				if s["read"] == true {
					shown++
				}
				s["doc"] = "" // the name of a document is for who opens it
			}
			if !reflect.DeepEqual(mine, view.Seen.page) {
				t.Errorf("%s:\nthe agency gets %v\nthe holder is told %v", when, mine, view.Seen.page)
			}
		}
	}
	same("without consent", "")
	rec := h.given(desk)
	same("with consent", "")
	var plan struct{ ID string }
	desk.post("/api/cases/"+h.caseID+"/plans", map[string]string{"previous": ""}).into(t, &plan)
	met := h.call(desk, plan.ID)
	same("支援会議, in preparation", met)
	chair.must(met, "reception", map[string]any{})
	people[h.welfare.ID].post("/api/meetings/"+met+"/enter", map[string]string{"form": "room"})
	people[h.welfare.ID].must(met, "secrecy", map[string]any{})
	same("支援会議, received and confirmed", met)
	same("outside of the meeting that runs", "")
	chair.post("/api/meetings/"+met+"/enter", map[string]string{"form": "room"})
	chair.must(met, "secrecy", map[string]any{})
	chair.must(met, "open", map[string]any{})
	same("支援会議, open", met)
	desk.post("/api/consents/"+rec.ID+"/withdraw", map[string]any{"agencies": []string{h.welfare.ID}, "items": []string{"care"}})
	same("after a withdrawal", "")
	same("after a withdrawal, in the meeting", met)
	wantStatus(t, "agency leaves", desk.do(http.MethodDelete, "/api/cases/"+h.caseID+"/members/"+h.welfare.ID, nil, ""), http.StatusNoContent)
	same("after the agency has left", "")
	same("after the agency has left, in the meeting", met)
	if compared < 18 || shown < 8 {
		t.Errorf("%d pages compared, %d records shown: the test hardly looks", compared, shown)
	}
	// Nobody else looks through another's eyes, and one's own strip comes without it.
	agency := h.as("chair")
	wantKind(t, "another's eyes", agency.get("/api/cases/"+h.caseID+"/view?agency="+h.stranger.ID), fault.Forbidden)
	var own map[string]json.RawMessage
	if a := h.as("agency").get("/api/cases/" + h.caseID + "/view?agency=" + h.welfare.ID); a.status == http.StatusOK {
		a.into(t, &own)
		if own["seen"] != nil {
			t.Error("an agency is shown itself through the holder's eyes")
		}
	}
	if n := h.count(string(access.VerbConsentRead)); n < 2 {
		t.Errorf("%d entries", n)
	}
}
