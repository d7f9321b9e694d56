package app

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/jptime"
	"kasane/internal/live"
	"kasane/internal/live/livetest"
)

// say is free text of a meeting: everything people write beside the documents.
func (g *gathering) say(w *town, what string) string {
	return w.words.plant(secret{what: what, place: inMeeting, file: g.file.id, tenant: g.file.tenant, item: consent.ItemBasic, meeting: g.id})
}

// consent records a form of somebody: yes to some agencies and items, no, or not yet.
func (w *town) consent(f *household, person string, states ...consent.State) {
	state := pick(w, states)
	say := func(what string) string { return f.word(w, inRecord, what, person, consent.ItemBasic) }
	in := consent.Input{PersonID: person, State: state, Grantor: consent.GrantorSelf, PurposeNote: say("note on the purpose"), Method: consent.MethodWritten,
		MethodNote: say("words of a consent"), ExplainHow: say("how it was explained"), ExplainedBy: "説明者", ExplainedAt: w.now()}
	w.particulars(&in, say)
	if state == consent.StateGranted || state == consent.StatePartial {
		in.Purposes = most(w, []consent.Purpose{consent.PurposeConference, consent.PurposePlan, consent.PurposeCoordination})
		in.Scope = map[string][]consent.Item{}
		for _, agency := range most(w, f.agencies) {
			in.Scope[agency] = most(w, consent.Items())
		}
		if w.oneIn(4) {
			in.Others = some(w, consent.Items())
		}
		in.Until = w.today(pick(w, []int{0, 1, 100}))
		if w.oneIn(5) {
			in.From, in.Until = w.today(1), w.today(200)
		}
	}
	w.change(f.desk.in(""), fmt.Sprintf("consent of %s: %s %v others %v for %v from %q until %q", person, state, in.Scope, in.Others, in.Purposes, in.From, in.Until),
		http.MethodPost, "/api/cases/{case}/consents", "/api/cases/"+f.id+"/consents", in, func(x *facts, a answer) {
			var made struct{ ID string }
			a.into(&made)
			f.forms = append(f.forms, made.ID)
			begins, ends := in.From, in.Until
			if begins == "" {
				begins = w.today(0)
			}
			r := form{id: made.ID, person: person, said: state, purposes: in.Purposes, scope: in.Scope, others: in.Others, from: midnight(begins),
				spoken: midnight(min(begins, w.today(0)))}
			if ends != "" {
				r.until = midnight(ends).AddDate(0, 0, 1)
			}
			c := x.cases[f.id]
			c.forms = append(c.forms, r)
		})
}

func midnight(day string) time.Time {
	t, _ := time.ParseInLocation(time.DateOnly, day, jptime.JST)
	return t
}

// withdraw takes a consent back, in whole or in part.
func (w *town) withdraw(f *household) {
	if len(f.forms) == 0 {
		return
	}
	id := f.forms[len(f.forms)-1-w.rnd.IntN(min(3, len(f.forms)))]
	in := consent.WithdrawInput{Note: f.word(w, inRecord, "words of a withdrawal", "", consent.ItemBasic), ReceivedBy: f.word(w, inRecord, "who took a withdrawal", "", consent.ItemBasic)}
	if w.oneIn(2) {
		in.Agencies = some(w, f.agencies)
	}
	if w.oneIn(2) {
		in.Items = some(w, consent.Items())
	}
	w.change(f.desk.in(""), fmt.Sprintf("withdrawal of %s: agencies %v items %v", id, in.Agencies, in.Items), http.MethodPost, "/api/consents/{id}/withdraw",
		"/api/consents/"+id+"/withdraw", in, func(x *facts, _ answer) {
			c := x.cases[f.id]
			i := slices.IndexFunc(c.forms, func(r form) bool { return r.id == id })
			c.forms[i].taken = append(c.forms[i].taken, taking{agencies: in.Agencies, items: in.Items, known: len(c.forms)})
		})
}

// member brings an agency into a case, or takes it out.
func (w *town) member(f *household) {
	agency := pick(w, f.agencies)
	path := "/api/cases/" + f.id + "/members"
	if w.facts().cases[f.id].now[agency] {
		w.change(f.desk.in(""), "agency "+agency+" leaves the case", http.MethodDelete, "/api/cases/{case}/members/{id}", path+"/"+agency, struct{}{}, func(x *facts, _ answer) {
			delete(x.cases[f.id].now, agency)
		})
		return
	}
	note := w.words.plant(secret{what: "how an agency is involved", place: inNote, file: f.id, tenant: f.tenant, item: consent.ItemBasic, agency: agency})
	w.change(f.desk.in(""), "agency "+agency+" joins the case", http.MethodPost, "/api/cases/{case}/members", path, map[string]string{"agencyId": agency, "note": note},
		func(x *facts, _ answer) {
			x.cases[f.id].now[agency], x.cases[f.id].ever[agency] = true, true
		})
}

// flag sets or lifts 住所秘匿 and 特定機関に非開示, and who is 本人.
func (w *town) flag(f *household) {
	i := w.rnd.IntN(len(f.persons))
	p := w.facts().cases[f.id].persons[i]
	p.withheld = nil
	switch w.rnd.IntN(4) {
	case 0:
		p.hidden = !p.hidden
	case 1, 2:
		p.withheld = some(w, f.agencies)[:1]
	}
	in := f.names[p.id]
	in.Subject, in.AddressSecret, in.WithheldFrom = p.subject, p.hidden, p.withheld
	w.change(f.desk.in(""), fmt.Sprintf("person %s: address hidden %v, withheld from %v", p.id, p.hidden, p.withheld), http.MethodPut, "/api/cases/{case}/persons/{id}",
		"/api/cases/"+f.id+"/persons/"+p.id, in, func(x *facts, _ answer) { x.cases[f.id].persons[i] = p })
}

// bar keeps somebody from a case because of an interest in it, whatever the role; or lets them back.
func (w *town) bar(f *household) {
	p := w.someone()
	if w.oneIn(4) {
		p = w.as("city")
	}
	if p.guest() || p == f.desk || p.tenant != f.tenant {
		return
	}
	path := "/api/cases/" + f.id + "/bars"
	if w.facts().cases[f.id].barred[p.id] {
		w.change(f.desk.in(""), "lets "+p.login+" back to "+f.id, http.MethodDelete, "/api/cases/{case}/bars/{id}", path+"/"+p.id, struct{}{}, func(x *facts, _ answer) {
			delete(x.cases[f.id].barred, p.id)
		})
		return
	}
	w.change(f.desk.in(""), "keeps "+p.login+" from "+f.id, http.MethodPost, "/api/cases/{case}/bars", path,
		map[string]string{"userId": p.id, "reason": f.word(w, inRecord, "reason of a bar", "", consent.ItemBasic)}, func(x *facts, _ answer) { x.cases[f.id].barred[p.id] = true })
}

// urgent begins an emergency disclosure, or ends one.
func (w *town) urgent(f *household) {
	if list := w.facts().cases[f.id].urgent; len(list) > 0 && w.oneIn(2) {
		u := pick(w, list)
		w.change(f.desk.in(""), "ends the emergency "+u.id, http.MethodPost, "/api/emergencies/{id}/end", "/api/emergencies/"+u.id+"/end", struct{}{}, func(x *facts, _ answer) {
			c := x.cases[f.id]
			c.urgent = slices.DeleteFunc(c.urgent, func(o urgency) bool { return o.id == u.id })
		})
		return
	}
	u := urgency{agency: pick(w, f.agencies), persons: some(w, f.persons), items: some(w, consent.Items())}
	w.change(f.desk.in(""), fmt.Sprintf("an emergency: %s gets %v of %v", u.agency, u.items, u.persons), http.MethodPost, "/api/cases/{case}/emergencies",
		"/api/cases/"+f.id+"/emergencies", map[string]any{"agencyId": u.agency, "persons": u.persons, "items": u.items, "basis": "life",
			"reason": f.word(w, inRecord, "reason of an emergency", "", consent.ItemBasic), "hours": 5}, func(x *facts, a answer) {
			var made struct{ ID string }
			a.into(&made)
			u.id = made.ID
			x.cases[f.id].urgent = append(x.cases[f.id].urgent, u)
		})
}

// leave ends somebody's session: what comes over its sockets afterwards, or in answer to its cookie, must hold nothing.
func (w *town) leave(p *reader) {
	if p.guest() {
		return
	}
	old := *p
	end := func(x *facts, _ answer) { x.dead[old.session] = true }
	if w.oneIn(2) {
		w.change(p.in(""), "locks the desk", http.MethodPost, "/api/session/lock", "/api/session/lock", struct{}{}, end)
	} else {
		w.change(p.in(""), "signs out", http.MethodDelete, "/api/session", "/api/session", struct{}{}, end)
	}
	for _, path := range []string{"/api/cases/" + w.plans[0].file, "/api/plans/" + w.plans[0].id} {
		if a := w.get(old.in(""), "", path); a.status != http.StatusUnauthorized {
			w.t.Errorf("%s reads %s signed out: %d", p.login, path, a.status)
		}
	}
	w.signIn(p)
}

// sockets opens documents on lines of somebody, in several contexts: those that are shown, and those whose names were guessed or overheard.
func (w *town) sockets(p *reader) {
	contexts := []string{"", p.meeting}
	for _, g := range w.halls {
		contexts = append(contexts, g.id)
	}
	slices.Sort(contexts)
	for _, meeting := range some(w, slices.Compact(contexts)) {
		by := p.in(meeting)
		i := slices.IndexFunc(w.lines, func(l *line) bool { return l.by == by && l.only == "" && !l.ended() })
		if i < 0 {
			if w.dial(by, "") == nil {
				continue
			}
			i = len(w.lines) - 1
		}
		l := w.lines[i]
		names := some(w, w.docs)
		names = names[:min(len(names), 20)]
		w.note("%s opens %d documents in the context of %q", p.login, len(names), meeting)
		if meeting != "" {
			if m := w.facts().meetings[meeting]; m != nil && m.running && p.guest() { // who has an account says where they are first
				w.turn(time.Now(), func(x *facts) { x.meetings[meeting].there[p.id] = true })
			}
			l.open("m." + meeting)
		}
		for _, d := range names {
			l.open(d.name)
		}
		if w.oneIn(4) {
			w.dial(by, names[0].name)
		}
	}
}

// typing lets people type into what they have open for writing: a word each, which goes to everybody who has the document open.
func (w *town) typing(most int) {
	lines := slices.Clone(w.lines)
	w.loose.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	for _, l := range lines {
		names := l.opened(true)
		w.loose.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		for _, name := range names {
			i := slices.IndexFunc(w.docs, func(d document) bool { return d.name == name })
			if i < 0 || most == 0 {
				continue
			}
			if w.typ(l, w.docs[i]) {
				most--
			}
		}
	}
	w.judge()
}

// typ writes one word into a document.
func (w *town) typ(l *line, d document) bool {
	f := w.household(d.file)
	n := fmt.Sprintf("typed%06d", len(w.words.known))
	switch d.kind {
	case live.KindMinutes:
		kind := []string{"speech", "decision", "point", "homework", "local"}[w.loose.IntN(5)]
		field := map[string]string{"point": []string{"title", "content", "conclusion", "remaining"}[w.loose.IntN(4)]}[kind]
		if field == "" {
			field = "text"
		}
		word := w.words.plant(secret{what: kind + " of the minutes", place: inMinutes, file: f.id, tenant: f.tenant, person: d.person, item: d.item, meeting: d.owner})
		if kind == "homework" { // past its term, so that the red list has it once its meeting is over
			for _, v := range [][2]string{{"due", w.today(-3)}, {"agency", f.agencies[w.loose.IntN(len(f.agencies))]}} {
				if !l.write(d.name, func(c *livetest.Client) []byte { return c.Set("homework/"+n+"/"+v[0], v[1]) }) {
					return false
				}
			}
		}
		return l.row(d.name, kind+"/"+n, field, word)
	case live.KindPlan:
		kind := []string{"need", "goal", "action"}[w.loose.IntN(3)]
		if kind == "action" {
			f.actions = append(f.actions, action{id: n, doc: d.name, person: d.person, item: d.item})
		}
		return l.row(d.name, kind+"/"+n, "text", f.word(w, inPlan, kind+" typed", d.person, d.item))
	}
	return false
}

// row types a new row with one text.
func (l *line) row(name, at, field, word string) bool {
	return l.write(name, func(c *livetest.Client) []byte { return c.Set(at+"/ord", "b0") }) &&
		l.write(name, func(c *livetest.Client) []byte { return c.Type(at+"/"+field, word) })
}

func (w *town) household(id string) *household {
	all := append(slices.Clone(w.homes), w.doors...)
	return all[slices.IndexFunc(all, func(f *household) bool { return f.id == id })]
}

// people are those who may do something in the first municipality, guests included.
func (w *town) people(tenant string) []*reader {
	var out []*reader
	for _, p := range w.readers {
		if p.tenant == tenant {
			out = append(out, p)
		}
	}
	return out
}

// restart gives an account back what it lost when it was stopped, or stops it.
func (w *town) stopAccount(p *reader) {
	admin := w.as("admin")
	if p.guest() || p.tenant != admin.tenant || p == admin {
		return
	}
	set := func(disabled bool, tell func(x *facts, a answer)) {
		w.change(admin.in(""), fmt.Sprintf("account of %s stopped: %v", p.login, disabled), http.MethodPut, "/api/users/{id}", "/api/users/"+p.id, map[string]any{"agencyId": p.agency,
			"login": p.login, "name": p.name, "kana": "かな", "roles": []access.Role{p.role}, "disabled": disabled}, tell)
	}
	old := p.session
	set(true, func(x *facts, _ answer) { x.dead[old] = true })
	set(false, nil)
	w.signIn(p)
}
