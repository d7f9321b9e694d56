package web

import (
	"net/http"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/forms"
	"kasane/internal/sheets"
)

// formChange asks one question more from a day on.
func (h *house) formChange(days int) sheets.Amendment {
	return sheets.Amendment{EffectiveFrom: h.clock.Now().In(jst).AddDate(0, 0, days).Format(time.DateOnly),
		Fields: []sheets.OwnField{{Form: "uketsuke", Section: "uke", Field: sheets.Field{ID: "own_pets", Label: "ペット", Type: sheets.TypeBool, Item: "basic", Owner: sheets.OwnerHousehold}}}}
}

func formBody(n int, c sheets.Amendment) map[string]any { return map[string]any{"n": n, "change": c} }

// A municipality adds a question: from that day on the forms have it, for cases of that day and later; nobody else's forms change.
func TestFormsOverHTTP(t *testing.T) {
	t.Parallel()
	h := settled(t)
	city := h.as("city")
	var d forms.Desk
	city.get("/api/forms").into(t, &d)
	if d.Versions == nil || len(d.Versions) != 0 || d.Draft.Change.Fields == nil || d.Today == "" || len(d.Draft.Set.Forms) == 0 || len(d.Draft.Open) == 0 {
		t.Fatalf("at first: %+v", d)
	}
	var p sheets.Draft
	city.post("/api/forms/preview", h.formChange(3)).into(t, &p)
	if f, _ := p.Set.Form("uketsuke"); f.Sections[0].Fields[len(f.Sections[0].Fields)-1].ID != "own_pets" {
		t.Error("the preview does not show the question")
	}
	late := h.formChange(-1)
	wantKind(t, "a day that is over", city.post("/api/forms", formBody(0, late)), fault.Invalid)
	wantKind(t, "no day", city.post("/api/forms", formBody(0, sheets.Amendment{})), fault.Invalid)
	city.post("/api/forms", formBody(0, h.formChange(3))).into(t, &forms.Version{})
	wantKind(t, "from a state that is not the last", city.post("/api/forms", formBody(0, h.formChange(3))), fault.Conflict)
	wantKind(t, "before one that is planned", city.post("/api/forms", formBody(1, h.formChange(2))), fault.Invalid)

	asks := func(day string) bool {
		var f sheets.Definition
		h.as("secretariat").get("/api/sheets/uketsuke"+day).into(t, &f)
		for _, x := range f.Sections[0].Fields {
			if x.ID == "own_pets" {
				return true
			}
		}
		return false
	}
	if asks("") || !asks("?date="+h.formChange(3).EffectiveFrom) {
		t.Error("the question does not come on its day")
	}
	wantStatus(t, "taken back", city.send(del, "/api/forms/1", nil), http.StatusNoContent)
	if asks("?date=" + h.formChange(3).EffectiveFrom) {
		t.Error("what was taken back still asks")
	}
	city.post("/api/forms", formBody(0, h.formChange(0))).into(t, &forms.Version{})
	if !asks("") || asks("?date="+h.formChange(-1).EffectiveFrom) {
		t.Error("a change of today does not apply today, or yesterday already")
	}
	wantKind(t, "taken back when it applies", city.send(del, "/api/forms/1", nil), fault.Conflict)
	gone := h.formChange(0)
	gone.Fields = nil
	wantKind(t, "lost", city.post("/api/forms", formBody(1, gone)), fault.Invalid)
	for _, who := range []string{"secretariat", "chair", "agency", "records"} {
		wantKind(t, who+" changes", h.as(who).post("/api/forms", formBody(1, h.formChange(0))), fault.Forbidden)
	}
	if n := h.count(string(access.VerbFormsPublish)); n != 2+4 { // two changes, four who were refused
		t.Errorf("%d entries of a change", n)
	}
	if n := h.count(string(access.VerbFormsWithdraw)); n != 1 {
		t.Errorf("%d entries of one taken back", n)
	}
}
