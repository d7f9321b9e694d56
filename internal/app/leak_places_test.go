package app

import "net/http"

// bringTo has the people of a household brought to a place of the 社会資源台帳: their names are on a page that every agency of the municipality opens.
func (w *town) bringTo(f *household) {
	w.t.Helper()
	var made struct{ ID string }
	desk := f.desk.in("")
	if !w.post(desk, http.MethodPost, "/api/places", "/api/places", map[string]any{"name": "地域の居場所", "kind": "ibasho", "fields": []string{"konkyu"}, "state": "open", "agencyId": f.desk.agency}).into(&made) {
		w.t.Fatal("the place was not made")
	}
	w.spots = append(w.spots, made.ID)
	for _, person := range f.persons {
		if a := w.post(desk, http.MethodPost, "/api/places/{place}/links", "/api/places/"+made.ID+"/links",
			map[string]any{"caseId": f.id, "personId": person, "role": pick(w, []string{"participant", "bearer"}), "since": w.today(-1)}); a.status >= 300 {
			w.t.Fatalf("nobody was brought there: %d %s", a.status, a.body)
		}
	}
}
