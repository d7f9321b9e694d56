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
		w.change(p.in(""), "writes 支援経過 of "+person+", "+string(item), http.MethodPost, "/api/cases/{case}/outreach", path, map[string]any{
			"id": access.NewID(time.Now()), "by": p.id, "kind": "course", "personId": person, "item": item, "at": w.now(), "method": "09", "met": []string{},
			"body": say(inOutreach, "words of a 支援経過", p.agency), "target": say(inOutreach, "target of a 支援経過", p.agency), "nextStep": say(inOutreach, "next step of a 支援経過", p.agency)}, nil)
	}
	if p.holds() || w.oneIn(2) { // refused as long as no plan was agreed to
		kind, verdict := "monitor", "continue"
		if p.holds() {
			kind, verdict = "evaluation", "replan"
		}
		id := access.NewID(time.Now())
		said := map[string]any{}
		for _, k := range []string{"change", "voice", "found", "view", "after"} {
			said[k] = say(inOutreach, k+" of a review", p.agency)
		}
		w.change(p.in(""), "says how the plan of "+f.number+" went", http.MethodPost, "/api/cases/{case}/reviews", "/api/cases/"+f.id+"/reviews", map[string]any{
			"id": id, "by": p.id, "kind": kind, "day": w.today(0), "goals": w.goals(f, kind), "verdict": verdict, "nextDay": w.today(30), "personId": person, "item": item, "replaces": "",
			"said": said}, func(*facts, answer) { w.reviewed = append(w.reviewed, reviewRef{f.id, id}) })
	}
	w.moveOn(f)
	if w.oneIn(2) {
		item = consent.ItemBasic
		person = ""
		w.change(p.in(""), "warns those who go to "+f.number, http.MethodPut, "/api/cases/{case}/outreach/safety", path+"/safety",
			map[string]any{"codes": []string{"dog"}, "note": say(inSafety, "warning of a visit", ""), "version": 0}, nil)
	}
}

// moveOn takes the case a stage on: to its インテーク, through a スクリーニング and out of it, each with words.
func (w *town) moveOn(f *household) {
	var c struct {
		Stage   string
		Version int
	}
	path := "/api/cases/" + f.id
	w.get(f.desk.in(""), "/api/cases/{case}/course", path+"/course").into(&c)
	words := func(what string) string {
		return w.words.plant(secret{what: what, place: inOutreach, file: f.id, tenant: f.tenant, item: consent.ItemProgress})
	}
	to := map[string]string{"received": "intake", "intake": "seeking", "seeking": "assessment"}[c.Stage]
	if c.Stage == "intake" {
		w.change(f.desk.in(""), "screens "+f.number, http.MethodPost, "/api/cases/{case}/screenings", path+"/screenings",
			map[string]any{"version": c.Version, "day": w.today(0), "result": "3", "grounds": []string{"01"}, "reason": words("words of a スクリーニング")}, nil)
	}
	if to != "" {
		w.change(f.desk.in(""), "moves "+f.number+" to "+to, http.MethodPut, "/api/cases/{case}/stage", path+"/stage",
			map[string]any{"stage": to, "version": c.Version, "reason": words("words of a move")}, nil)
	}
}

// reviewRef is a モニタリング or 評価 that was kept.
type reviewRef struct{ file, id string }

// goals are the marks of an 評価: of every goal of the plan that was agreed to.
func (w *town) goals(f *household, kind string) []map[string]string {
	out := []map[string]string{}
	if kind != "evaluation" {
		return out
	}
	var b struct{ Goals []struct{ ID string } }
	w.get(f.desk.in(""), "/api/cases/{case}/reviews", "/api/cases/"+f.id+"/reviews").into(&b)
	for _, g := range b.Goals {
		out = append(out, map[string]string{"goal": g.ID, "code": "part"})
	}
	return out
}
