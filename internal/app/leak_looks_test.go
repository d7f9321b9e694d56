package app

import (
	"net/http"
	"os"
	"regexp"
	"slices"
	"testing"

	"kasane/internal/access"
)

// glance is one request of the reading kind.
type glance struct {
	by      asker
	method  string
	pattern string
	path    string
	body    any
}

// glances are all readings somebody could try: every route, every id there is, in every context.
func (w *town) glances(p *reader) []glance {
	var out []glance
	contexts := []string{""}
	for _, g := range w.halls {
		contexts = append(contexts, g.id)
	}
	get := func(meeting, pattern, path string) {
		out = append(out, glance{p.in(meeting), http.MethodGet, pattern, path, nil})
	}
	post := func(meeting, pattern, path string, body any) {
		out = append(out, glance{p.in(meeting), http.MethodPost, pattern, path, body})
	}
	for _, path := range []string{"/livez", "/readyz", "/api/session", "/api/agencies", "/api/users", "/api/directory", "/api/sheets", "/api/codes", "/api/cases", "/api/meeting-types", "/api/meeting-types/versions", "/api/local-issues", "/api/figures", "/api/joinings", "/api/figures/network", "/api/figures/funnel", "/api/figures/targets", "/api/openapi.json", "/api/tokens", "/api/webhooks", "/api/status", "/api/jobs", "/api/account/notices", "/api/notices/refused", "/api/archive",
		"/api/oidc/start", "/api/oidc/callback", "/api/account", "/api/sign-in-rules", "/api/consents/ending", "/api/consent-texts", "/api/audit/options", "/api/incidents", "/api/glass", "/api/glass/own", "/api/glass/alarm", "/api/handout-days",
		"/api/archive/classes", "/api/archive/check", "/api/archive/ending", "/api/disposals", "/api/gaiji", "/api/forms", "/api/imports", "/api/intakes", "/api/referrals", "/api/referral-days", "/api/decision-steps", "/api/town", "/api/town/logo", "/api/first-run"} {
		get("", path, path)
	}
	get("", "/api/figures/file", "/api/figures/file?as=csv")
	get("", "/api/figures/cases", "/api/figures/cases?figure="+pick(w, []string{"running", "opened", "outreach-cases", "join-people", "intakes"}))
	get("", "/api/figures/cases", "/api/figures/cases?figure=standing&row=received")
	get("", "/api/overdue", "/api/overdue?of=leads")
	get("", "/api/overdue", "/api/overdue?of=roles")
	get("", "/api/overdue", "/api/overdue?of=referrals")
	get("", "/api/overdue", "/api/overdue")
	out[len(out)-1].by.any = true // tasks of meetings that are over, each as its own gate lets it be read
	get("", "/api/overdue", "/api/overdue?of=monitoring")
	get("", "/api/outreach/day", "/api/outreach/day?of="+pick(w, []string{"me", "agency"}))
	if list, err := w.h.store.Webhooks(w.t.Context(), w.readers[0].tenant, w.now()); err == nil && len(list) > 0 {
		get("", "/api/webhooks/{id}/deliveries", "/api/webhooks/"+list[len(list)-1].ID+"/deliveries")
	}
	get("", "/api/users/{id}/sessions", "/api/users/"+pick(w, w.readers).id+"/sessions")
	get("", "/api/sheets/{id}", "/api/sheets/uketsuke")
	get("", "/api/sheets/{id}/blank.pdf", "/api/sheets/assessment/blank.pdf")
	for _, id := range w.spots {
		get("", "/api/places/{place}", "/api/places/"+id)
	}
	post("", "/api/places/search", "/api/places/search", map[string]any{"q": "", "state": "all"})
	for _, f := range w.homes {
		path := "/api/cases/" + f.id
		get("", "/api/cases/{case}/consents", path+"/consents")
		get("", "/api/cases/{case}/consents/form.pdf", path+"/consents/form.pdf?person="+pick(w, f.persons))
		post("", "/api/cases/{case}/persons/{id}/seen", path+"/persons/"+pick(w, f.persons)+"/seen", map[string]any{})
		get("", "/api/cases/{case}/intake", path+"/intake")
		get("", "/api/cases/{case}/doubles", path+"/doubles")
		get("", "/api/cases/{case}/decisions", path+"/decisions")
		get("", "/api/cases/{case}/referrals", path+"/referrals")
		get("", "/api/cases/{case}/referrals/options", path+"/referrals/options?to="+pick(w, w.readers).agency)
		if f.referral != "" {
			get("", "/api/referrals/{id}", "/api/referrals/"+f.referral)
			get("", "/api/referrals/{id}/sheet.pdf", "/api/referrals/"+f.referral+"/sheet.pdf")
		}
		post("", "/api/intakes/similar", "/api/intakes/similar", map[string]any{"name": f.names[f.persons[0]].Name, "kana": "", "birth": ""})
		get("", "/api/cases/{case}/sheets/{id}.pdf", path+"/sheets/"+pick(w, []string{"uketsuke", "assessment", "outreach_plan", "joining_plan"})+".pdf")
		out[len(out)-1].by.copy = true
		get("", "/api/cases/{case}/sheets/{id}.pdf", path+"/sheets/assessment.pdf?for="+pick(w, f.agencies))
		out[len(out)-1].by.copy = true
		get("", "/api/cases/{case}/screening.pdf", path+"/screening.pdf")
		out[len(out)-1].by.copy = true
		get("", "/api/cases/{case}/sheets/{id}/file", path+"/sheets/"+pick(w, []string{"uketsuke", "assessment", "outreach_plan", "joining_plan"})+"/file?as="+[]string{"xlsx", "csv", "csv932"}[len(out)%3])
		out[len(out)-1].by.copy = true
		get("", "/api/cases/{case}/sheets/{id}/file", path+"/sheets/"+pick(w, []string{"uketsuke", "assessment", "outreach_plan", "joining_plan"})+"/file?fill=1&as="+[]string{"csv", "xlsx"}[len(out)%2]+"&for="+pick(w, append([]string{""}, f.agencies...)))
		out[len(out)-1].by.copy = true
		get("", "/api/cases/{case}/sheets/{id}/anonymous", path+"/sheets/"+pick(w, []string{"uketsuke", "assessment"})+"/anonymous")
		out[len(out)-1].by.copy = true
		get("", "/api/cases/{case}/papers", path+"/papers")
		of := f.id + "~" + pick(w, []string{"course~", "screening~", "sheet~uketsuke", "sheet~assessment", "sheet~outreach_plan", "consent~" + pick(w, append([]string{"none"}, f.forms...))})
		get("", "/api/archive/{id}/copies", "/api/archive/"+of+"/copies")
		out[len(out)-1].by.copy = true
		get("", "/api/archive/{id}/texts", "/api/archive/"+of+"/texts")
		out[len(out)-1].by.copy = true
		get("", "/api/cases/{case}/bars", path+"/bars")
		get("", "/api/cases/{case}/discretions", path+"/discretions")
		get("", "/api/cases/{case}/emergencies", path+"/emergencies")
		get("", "/api/emergencies", "/api/emergencies?month="+w.today(0)[:7])
		get("", "/api/emergencies/export", "/api/emergencies/export?month="+w.today(0)[:7])
		for _, id := range f.forms[max(0, len(f.forms)-2):] {
			get("", "/api/consents/{id}/form.pdf", "/api/consents/"+id+"/form.pdf")
			get("", "/api/consents/{id}/receipt.pdf", "/api/consents/"+id+"/receipt.pdf")
			get("", "/api/consents/{id}/export", "/api/consents/"+id+"/export?as="+pick(w, []string{"ts27560", "fhir"}))
		}
		for _, report := range []string{"entries", "export", "seen", "hours", "mass", "monthly"} {
			post("", "/api/audit/"+report, "/api/audit/"+report, map[string]any{"case": f.number})
		}
		name := []rune(f.names[f.persons[0]].Name)
		post("", "/api/audit/searches", "/api/audit/searches", map[string]any{"q": string(name[:3])}) // a part of the word, as a part of a name
		post("", "/api/incidents", "/api/incidents", map[string]any{"case": f.number, "from": w.today(-1), "to": w.today(0), "reason": "drill", "note": f.whyFor(w, p), "format": pick(w, []string{"csv", "json"})})
		post("", "/api/cases/search", "/api/cases/search", map[string]any{"q": f.names[f.persons[0]].Name})
		post("", "/api/archive/search", "/api/archive/search", map[string]any{"q": "会議"})
		for _, c := range contexts {
			get(c, "/api/cases/{case}", path+"?meeting="+c)
			get(c, "/api/cases/{case}/view", path+"/view?meeting="+c)
			get(c, "/api/cases/{case}/view", path+"/view?agency="+pick(w, f.agencies)+"&meeting="+c)
			get(c, "/api/cases/{case}/leads", path+"/leads?meeting="+c)
			get("", "/api/cases/{case}/joinings", path+"/joinings")
			get("", "/api/cases/{case}/outreach", path+"/outreach?meeting="+c)
			get("", "/api/cases/{case}/course", path+"/course?meeting="+c)
			get("", "/api/cases/{case}/followups", path+"/followups?meeting="+c)
			get("", "/api/cases/{case}/reviews", path+"/reviews?meeting="+c)
			get("", "/api/cases/{case}/course.pdf", path+"/course.pdf?meeting="+c)
			out[len(out)-1].by.copy = true
			get(c, "/api/plans/{plan}", "/api/plans/"+f.plan+"?meeting="+c)
			get(c, "/api/plans/{plan}/diff", "/api/plans/"+f.plan+"/diff?from=1&meeting="+c)
			for _, kind := range []string{"plan", "matrix"} {
				get(c, "/api/plans/{plan}/pdf", "/api/plans/"+f.plan+"/pdf?kind="+kind+"&meeting="+c)
			}
			if i := len(out) - 1; c == "" {
				out[i].by.any, out[i-1].by.any = true, true
			}
			table := glance{p.in(c), http.MethodGet, "/api/plans/{plan}/matrix", "/api/plans/" + f.plan + "/matrix?as=" + []string{"xlsx", "csv", "csv932"}[len(out)%3] + pick(w, []string{"", "&kind=plan"}) + "&meeting=" + c, nil}
			table.by.copy, table.by.any = true, c == ""
			out = append(out, table)
		}
		list := glance{p.in(""), http.MethodGet, "/api/meetings", "/api/meetings?case=" + f.id, nil}
		list.by.any = true
		out = append(out, list)
	}
	for _, g := range w.halls {
		path := "/api/meetings/" + g.id
		get(g.id, "/api/meetings/{meeting}", path)
		get(g.id, "/api/meetings/{meeting}/guests", path+"/guests")
		get(g.id, "/api/meetings/{meeting}/invitation.ics", path+"/invitation.ics")
		get(g.id, "/api/meetings/{meeting}/carry", path+"/carry")
		get(g.id, "/api/meetings/{meeting}/followup", path+"/followup")
		out[len(out)-1].by.any = true // what earlier meetings left to be done, each as its own gate lets it be read
		get(g.id, "/api/meetings/{meeting}/prep", path+"/prep")
		get(g.id, "/api/meetings/{meeting}/dates", path+"/dates")
		get(g.id, "/api/meetings/{meeting}/prep.pdf", path+"/prep.pdf")
		get("", "/api/archive/{id}/texts", "/api/archive/"+g.file.id+"~prep~"+g.id+"/texts")
		out[len(out)-1].by.copy = true
		blank := pick(w, []string{"", "?blank=1"})
		get(g.id, "/api/meetings/{meeting}/attendance.pdf", path+"/attendance.pdf"+blank)
		get(g.id, "/api/meetings/{meeting}/secrecy.pdf", path+"/secrecy.pdf"+blank)
		get(g.id, "/api/meetings/{meeting}/handouts.pdf", path+"/handouts.pdf"+blank)
		for pattern, tail := range map[string]string{"/api/meetings/{meeting}/minutes.pdf": "/minutes.pdf", "/api/meetings/{meeting}/minutes/{n}.pdf": "/minutes/" + pick(w, []string{"1", "2"}) + ".pdf"} {
			paper := glance{p.in(g.id), http.MethodGet, pattern, path + tail, nil}
			paper.by.paper = true
			out = append(out, paper)
		}
		slices.SortStableFunc(out[len(out)-2:], func(a, b glance) int { return len(a.path) - len(b.path) })
	}
	for _, r := range w.reviewed {
		get("", "/api/cases/{case}/reviews/{id}/sheet.pdf", "/api/cases/"+r.file+"/reviews/"+r.id+"/sheet.pdf")
		out[len(out)-1].by.copy = true
	}
	out = append(append(out, w.paperGlances(p)...), w.doorGlances(p)...)
	docs := some(w, w.docs)
	for _, d := range docs[:min(8, len(docs))] {
		c := pick(w, contexts)
		path := "/api/docs/" + d.name
		get(c, "/api/docs/{id}/history", path+"/history?meeting="+c)
		get(c, "/api/docs/{id}/history/{seq}", path+"/history/1?meeting="+c)
		get(c, "/api/docs/{id}/diff", path+"/diff?from=0&to=1&meeting="+c)
		post(c, "/api/docs/{id}/restore", path+"/restore?meeting="+c, map[string]any{"seq": 0, "keys": []string{}, "plan": ""})
	}
	for _, id := range w.files {
		get("", "/api/files/{id}", "/api/files/"+id)
	}
	for _, id := range w.works {
		get("", "/api/jobs/{id}", "/api/jobs/"+id)
		if p != w.as("records") { // they have what they asked for, made of files that are looked at by themselves
			get("", "/api/jobs/{id}/result", "/api/jobs/"+id+"/result")
		}
	}
	for _, r := range w.sealed() {
		file := glance{p.in(""), http.MethodGet, "/api/archive/{id}/file", "/api/archive/" + r.ID + "/file", nil}
		if p.role == access.RoleRecords && p.tenant == w.as("records").tenant { // the records staff keep what was sealed; what may stand in it is looked at by itself
			continue
		}
		out = append(out, file)
		get("", "/api/archive/{id}/keeping", "/api/archive/"+r.ID+"/keeping")
		get("", "/api/archive/{id}/copies", "/api/archive/"+r.ID+"/copies")
		get("", "/api/archive/{id}/texts", "/api/archive/"+r.ID+"/texts")
	}
	return out
}

// look lets somebody try a part of everything.
func (w *town) look(p *reader, most int) {
	all := w.glances(p)
	w.rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	all = all[:min(most, len(all))]
	w.note("%s (%s) looks at %d things", p.login, p.role, len(all))
	if !p.guest() { // with a session of its own, for whose pace is bounded
		w.signIn(p)
	}
	for _, g := range all {
		g.by.reader, g.by.session = p, p.session
		w.try(g)
	}
	w.judge()
}

// sealedLine is a record in the archive.
type sealedLine struct{ ID, MeetingID, Kind, Number string }

// sealed lists the archive as the desk reads it.
func (w *town) sealed() []sealedLine {
	var list struct{ Records []sealedLine }
	w.get(w.as("desk").in(""), "/api/archive", "/api/archive").into(&list)
	return slices.DeleteFunc(list.Records, func(r sealedLine) bool { return r.ID == "" })
}

// records holds every sealed file against what might be sealed when its meeting closed.
func (w *town) records() {
	for _, r := range w.sealed() {
		keeper := w.as("records")
		if m := w.facts().meetings[r.MeetingID]; m != nil && w.facts().cases[m.file].barred[keeper.id] { // kept from this case: the desk reads the same file
			if a := w.get(keeper.in(""), "/api/archive/{id}/file", "/api/archive/"+r.ID+"/file"); a.status != http.StatusNotFound {
				w.t.Errorf("record %s is given to somebody who is kept from its case: %d", r.Number, a.status)
			}
			keeper = w.as("desk")
		}
		a := w.send(keeper.in(""), keeper.cookie, http.MethodGet, "/api/archive/{id}/file", "/api/archive/"+r.ID+"/file", "", nil)
		w.mu.Lock()
		got := w.got
		w.got = nil
		w.mu.Unlock()
		m := w.facts().meetings[r.MeetingID]
		if a.status != http.StatusOK || m == nil {
			w.t.Errorf("record %s: %d", r.Number, a.status)
			continue
		}
		w.counts.sealed++
		for _, h := range got {
			for _, s := range h.words {
				if w.counts.inRecords++; !m.sealable(s, r.Kind == "minutes") && w.leak == "" {
					w.leak = "the sealed " + r.Kind + " of meeting " + m.id + " holds " + s.String()
				}
			}
		}
	}
}

// someone is mostly one of those who may see a part of things, and sometimes anybody.
func (w *town) someone() *reader {
	if w.oneIn(5) {
		return pick(w, w.readers)
	}
	return pick(w, slices.DeleteFunc(w.people(w.readers[0].tenant), func(p *reader) bool {
		return p.role == access.RoleRecords || p.role == access.RoleAuditor || p.role == access.RoleAdmin || p.role == access.RoleCity
	}))
}

// pick is one of several, by the seed.
func pick[T any](w *town, list []T) T { return list[w.rnd.IntN(len(list))] }

// some are a random part of several, at least one.
func some[T any](w *town, list []T) []T {
	list = slices.Clone(list)
	w.rnd.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list[:1+w.rnd.IntN(len(list))]
}

// most are about three of four.
func most[T any](w *town, list []T) []T {
	out := slices.DeleteFunc(slices.Clone(list), func(T) bool { return w.oneIn(4) })
	if len(out) == 0 {
		return some(w, list)
	}
	return out
}

// oneIn is true once in n times.
func (w *town) oneIn(n int) bool { return w.rnd.IntN(n) == 0 }

// TestEveryReadingIsTried holds the readings above against the table of routes: a new GET route has to be tried here.
func TestEveryReadingIsTried(t *testing.T) {
	t.Parallel()
	table, err := os.ReadFile("../web/routes.go")
	if err != nil {
		t.Fatal(err)
	}
	var source []byte
	for _, name := range []string{"leak_looks_test.go", "leak_papers_test.go"} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		source = append(source, b...)
	}
	rows := regexp.MustCompile(`method: get, pattern: "([^"]+)"`).FindAllSubmatch(table, -1)
	if len(rows) < 25 {
		t.Fatalf("%d rows of the table were read", len(rows))
	}
	for _, row := range rows {
		if !regexp.MustCompile(`"` + regexp.QuoteMeta(string(row[1])) + `"`).Match(source) {
			t.Errorf("GET %s is in the table of routes, and nobody tries it in the leak test", row[1])
		}
	}
}
