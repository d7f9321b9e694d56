package app

import (
	"net/http"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
)

// goOut lets somebody write down how they tried to reach a person, plan to go there today, and sometimes warn those who go.
func (w *town) goOut(f *household, p *reader) {
	if p.guest() {
		return
	}
	person, item := pick(w, append([]string{""}, f.persons...)), pick(w, consent.Items())
	say := func(at place, what, agency string) string {
		return w.words.plant(secret{what: what, place: at, file: f.id, tenant: f.tenant, person: person, item: item, agency: agency})
	}
	path := "/api/cases/" + f.id + "/outreach"
	w.change(p.in(""), "tries to reach "+person+", "+string(item), http.MethodPost, "/api/cases/{case}/outreach", path, map[string]any{
		"id": access.NewID(time.Now()), "by": p.id, "personId": person, "item": item, "at": w.now(), "method": "visit", "met": []string{"none"}, "place": "",
		"body": say(inOutreach, "words of an entry", p.agency), "relation": "found", "replaces": "", "visitId": "", "nextDay": w.today(0), "nextClock": "", "nextMine": w.oneIn(2)}, nil)
	if w.oneIn(2) {
		item = consent.ItemBasic
		person = ""
		w.change(p.in(""), "warns those who go to "+f.number, http.MethodPut, "/api/cases/{case}/outreach/safety", path+"/safety",
			map[string]any{"codes": []string{"dog"}, "note": say(inSafety, "warning of a visit", ""), "version": 0}, nil)
	}
}
