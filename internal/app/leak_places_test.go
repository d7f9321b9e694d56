package app

import (
	"net/http"

	"kasane/internal/joining"
)

// bringTo has the people of a household brought to a place of the 社会資源台帳: their names are on a page that every agency of the municipality opens.
func (w *town) bringTo(f *household) {
	w.t.Helper()
	var made struct{ ID string }
	desk := f.desk.in("")
	if !w.post(desk, http.MethodPost, "/api/places", "/api/places", map[string]any{"name": "地域の居場所", "kind": "ibasho", "fields": []string{"konkyu"}, "state": "open", "agencyId": f.desk.agency}).into(&made) {
		w.t.Fatal("the place was not made")
	}
	w.spots = append(w.spots, made.ID)
	w.must(w.post(desk, http.MethodPost, "/api/places/{place}/cares", "/api/places/"+made.ID+"/cares", map[string]any{"day": w.today(-1), "method": "phone",
		"body": w.words.plant(secret{what: "words of a 受け入れ側への支援", place: inCare, file: f.id, tenant: f.tenant, agency: f.desk.agency})}))
	for _, person := range f.persons {
		if a := w.post(desk, http.MethodPost, "/api/places/{place}/links", "/api/places/"+made.ID+"/links",
			map[string]any{"caseId": f.id, "personId": person, "role": pick(w, []string{"participant", "bearer"}), "since": w.today(-1)}); a.status >= 300 {
			w.t.Fatalf("nobody was brought there: %d %s", a.status, a.body)
		}
		w.accompany(f, person, made.ID)
	}
}

// accompany begins the 参加支援 of a person with words of a class, and goes to the place with them.
func (w *town) accompany(f *household, person, place string) {
	w.t.Helper()
	item := pick(w, joining.Items())
	path := "/api/cases/" + f.id + "/joinings"
	if a := w.post(f.desk.in(""), http.MethodPost, "/api/cases/{case}/joinings", path, map[string]any{"personId": person, "item": item, "needs": []string{"place"},
		"wish": f.word(w, inSheet, "wish of a 参加支援", person, item), "free": f.word(w, inSheet, "free days of a 参加支援", person, item), "district": f.word(w, inSheet, "district of a 参加支援", person, item), "openedOn": w.today(-1)}); a.status >= 300 {
		w.t.Fatalf("nobody was accompanied: %d %s", a.status, a.body)
	}
	var board struct {
		Joinings []struct {
			ID, PersonID string
			N            int
		}
	}
	w.get(f.desk.in(""), "/api/cases/{case}/joinings", path).into(&board)
	for _, j := range board.Joinings {
		if j.PersonID != person {
			continue
		}
		if a := w.post(f.desk.in(""), http.MethodPost, "/api/cases/{case}/joinings/{id}/steps", path+"/"+j.ID+"/steps", map[string]any{"kind": "trial", "placeId": place, "day": w.today(-1),
			"outcome": "want", "body": f.word(w, inSheet, "words of a 体験", person, item), "n": j.N}); a.status >= 300 {
			w.t.Fatalf("no 体験: %d %s", a.status, a.body)
		}
	}
}
