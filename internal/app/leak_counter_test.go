package app

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
)

// The places of words that come before a plan, and after it.
const (
	inIntake   place = "intake"   // 相談の受付, as it was typed at the counter
	inReferral place = "referral" // reason of a つなぎ, and of an answer to it
	inCare     place = "care"     // 受け入れ側への支援: of a place, not of a case
	inKeeping  place = "keeping"  // why a record is kept longer, or must not go
)

// passing is a つなぎ as the test knows it.
type passing struct {
	id, from, to string
	accepted     bool
	over         bool // 辞退, or taken back
}

// waits: the receiver may still take it up.
func (p passing) waits() bool { return !p.accepted && !p.over }

// counters take 相談 in at agencies' own counters: one goes on to 支援決定 and is handed over, one ends there and is asked after (フォローアップ).
func (w *town) counters() {
	w.signIn(w.as("desk"))
	w.signIn(w.as("city"))
	w.change(w.as("admin").in(""), "sets a step of 決裁", http.MethodPut, "/api/decision-steps", "/api/decision-steps", map[string]any{"steps": []string{"課長"}}, nil)
	counters := some(w, []*reader{w.as("hokatsu"), w.as("kikan"), w.as("hokenjo"), w.as("gakko")})
	f := w.takeIn(counters[0], "joint")
	w.consent(f, f.persons[0], consent.StateGranted)
	w.decided(f)
	for range 3 {
		w.handOver(f, pick(w, []*reader{counters[0], f.desk}))
	}
	w.followedUp(w.takeIn(counters[len(counters)-1], "info"))
	w.judge()
}

// takeIn takes a 相談 in, with a word in everything that is typed there.
func (w *town) takeIn(by *reader, triage string) *household {
	w.t.Helper()
	f := &household{tenant: by.tenant, desk: w.as("desk"), counter: by.agency, agencies: w.homes[0].agencies}
	var ofPerson, ofHousehold []string
	say := func(what string, item consent.Item) string {
		word := w.words.plant(secret{what: what, place: inIntake, tenant: f.tenant, item: item, counter: by.agency})
		if ofPerson = append(ofPerson, word); item == consent.ItemFamily {
			ofPerson, ofHousehold = ofPerson[:len(ofPerson)-1], append(ofHousehold, word)
		}
		return word
	}
	kana := w.words.reading(secret{what: "reading at the counter", place: inIntake, tenant: f.tenant, item: consent.ItemBasic, counter: by.agency})
	ofPerson = append(ofPerson, kana)
	hidden := w.oneIn(4)
	f.called = say("name at the counter", consent.ItemBasic)
	var made struct{ CaseID, Number string }
	a := w.post(by.in(""), http.MethodPost, "/api/intakes", "/api/intakes", map[string]any{"id": access.NewID(time.Now()), "asker": "family", "askerName": say("name of who asked", consent.ItemFamily),
		"askerRelation": say("relation of who asked", consent.ItemFamily), "name": f.called, "kana": kana, "birth": "1950-02-03", "district": say("district at the counter", consent.ItemAddress),
		"contact": say("contact at the counter", consent.ItemAddress), "addressSecret": hidden, "route": "01", "trouble": say("主訴", consent.ItemProgress), "fields": []string{"care"}, "urgency": "week",
		"danger": w.oneIn(2), "consent": "yes", "triage": triage, "note": say("reason of a triage", consent.ItemProgress)})
	if !a.into(&made) {
		w.t.Fatalf("nothing is taken in: %d %s", a.status, a.body)
	}
	f.id, f.number = made.CaseID, made.Number
	d, err := w.h.cases.Get(w.t.Context(), f.desk.actor(), "", f.id)
	w.ok(err)
	f.persons = []string{d.Persons[0].ID}
	for _, word := range ofPerson {
		w.words.place(word, f.id, f.persons[0])
	}
	for _, word := range ofHousehold {
		w.words.place(word, f.id, "")
	}
	w.turn(time.Now(), func(x *facts) {
		x.cases[f.id] = &caseFacts{id: f.id, persons: []personFacts{{id: f.persons[0], subject: true, hidden: hidden}}, now: map[string]bool{by.agency: true}, ever: map[string]bool{by.agency: true},
			barred: map[string]bool{}}
	})
	w.doors = append(w.doors, f)
	w.note("%s takes %s in (%s)", by.login, f.number, triage)
	return f
}

// decided brings a case to its プラン案, asks for 支援決定 (起案) and has it marked: why is told to who holds the record.
func (w *town) decided(f *household) {
	path := "/api/cases/" + f.id
	progress := func(what string) string { return f.word(w, inOutreach, what, "", consent.ItemProgress) }
	for _, to := range []string{"intake", "assessment", "planning"} {
		var c struct{ Version int }
		w.get(f.desk.in(""), "/api/cases/{case}/course", path+"/course").into(&c)
		if to == "assessment" {
			w.must(w.change(f.desk.in(""), "screens "+f.number+" otherwise first", http.MethodPost, "/api/cases/{case}/screenings", path+"/screenings", map[string]any{"version": c.Version, "day": w.today(0),
				"result": "2", "grounds": []string{}, "to": progress("つなぎ先 of a スクリーニング"), "reason": progress("words of a first スクリーニング")}, nil))
			w.change(f.desk.in(""), "screens "+f.number, http.MethodPost, "/api/cases/{case}/screenings", path+"/screenings", map[string]any{"version": c.Version, "day": w.today(0), "result": "4",
				"grounds": []string{"01"}, "reason": progress("words of a スクリーニング")}, nil)
		}
		w.must(w.change(f.desk.in(""), "moves "+f.number+" to "+to, http.MethodPut, "/api/cases/{case}/stage", path+"/stage",
			map[string]any{"stage": to, "version": c.Version, "reason": progress("words of a move")}, nil))
	}
	w.must(w.change(f.desk.in(""), "asks for 支援決定 of "+f.number, http.MethodPost, "/api/cases/{case}/decisions", path+"/decisions", map[string]any{"note": f.held(w, "words of a 起案")}, nil))
	var v struct{ Decisions []struct{ ID string } }
	w.get(f.desk.in(""), "/api/cases/{case}/decisions", path+"/decisions").into(&v)
	w.must(w.change(w.as("city").in(""), "marks the 起案 of "+f.number, http.MethodPost, "/api/cases/{case}/decisions/{id}", path+"/decisions/"+v.Decisions[0].ID,
		map[string]any{"n": 1, "verdict": pick(w, []string{"approve", "return"}), "reason": f.held(w, "words of a 決裁")}, nil))
	w.must(w.change(f.desk.in(""), "keeps a class from the person of "+f.number, http.MethodPost, "/api/cases/{case}/discretions", path+"/discretions",
		map[string]any{"personId": f.persons[0], "item": consent.ItemFamily, "reason": f.held(w, "reason of 本人に非開示")}, nil))
}

// handOver sends a つなぎ with what its receiver may be given, and lets the receiver answer.
func (w *town) handOver(f *household, by *reader) {
	path := "/api/cases/" + f.id
	to := pick(w, slices.DeleteFunc(w.people(f.tenant), func(p *reader) bool { return p.role != access.RoleAgency || p.agency == by.agency }))
	var o struct {
		Parts []struct {
			Key string
			May bool
		}
	}
	at := by.in("")
	at.counter = true
	w.get(at, "/api/cases/{case}/referrals/options", path+"/referrals/options?to="+to.agency).into(&o)
	picks := []string{}
	for _, p := range o.Parts {
		if p.May && !w.oneIn(4) {
			picks = append(picks, p.Key)
		}
	}
	x := passing{id: access.NewID(time.Now()), from: by.agency, to: to.agency}
	say := func(what, agency string) string {
		return w.words.plant(secret{what: what, place: inReferral, file: f.id, tenant: f.tenant, item: consent.ItemBasic, agency: agency, passing: x.id})
	}
	a := w.change(by.in(""), "hands "+f.number+" over to "+to.agency, http.MethodPost, "/api/cases/{case}/referrals", path+"/referrals",
		map[string]any{"id": x.id, "to": to.agency, "picks": picks, "reason": say("reason of a つなぎ", by.agency), "wish": ""}, func(x0 *facts, _ answer) { x0.cases[f.id].passings = append(x0.cases[f.id].passings, x) })
	if a.status >= 300 { // it is of the case already, or one waits
		return
	}
	f.passings = append(f.passings, x.id)
	said, due := pick(w, []string{"accept", "check", "decline", ""}), ""
	if said == "check" {
		due = w.today(3)
	}
	if said == "" {
		return
	}
	w.change(to.in(""), said+": answers the つなぎ "+x.id, http.MethodPost, "/api/referrals/{id}", "/api/referrals/"+x.id,
		map[string]any{"answer": said, "reason": say("reason of an answer to a つなぎ", to.agency), "due": due}, func(x0 *facts, _ answer) {
			c := x0.cases[f.id]
			p := &c.passings[len(c.passings)-1]
			p.accepted, p.over = said == "accept", said == "decline"
			if p.accepted {
				c.now[to.agency], c.ever[to.agency] = true, true
			}
		})
}

// followedUp has two agencies of a case that has ended; one of them asks how somebody is, and the household is taken in again.
func (w *town) followedUp(f *household) {
	path := "/api/cases/" + f.id
	other := pick(w, slices.DeleteFunc(slices.Clone(f.agencies), func(a string) bool { return a == f.counter }))
	w.change(f.desk.in(""), "agency "+other+" joins "+f.number, http.MethodPost, "/api/cases/{case}/members", path+"/members", map[string]string{"agencyId": other, "note": ""},
		func(x *facts, _ answer) { x.cases[f.id].now[other], x.cases[f.id].ever[other] = true, true })
	w.must(w.change(f.desk.in(""), "plans a フォローアップ of "+f.number, http.MethodPost, "/api/cases/{case}/followups", path+"/followups", map[string]any{"agencyId": f.counter, "dueOn": w.today(0)}, nil))
	var list []struct{ ID string }
	w.get(f.desk.in(""), "/api/cases/{case}/followups", path+"/followups").into(&list)
	by := w.readers[slices.IndexFunc(w.readers, func(p *reader) bool { return p.agency == f.counter && p.role == access.RoleAgency })]
	note := w.words.plant(secret{what: "words of a フォローアップ", place: inOutreach, file: f.id, tenant: f.tenant, item: consent.ItemProgress, agency: by.agency})
	w.must(w.change(by.in(""), "asks how "+f.number+" is", http.MethodPost, "/api/cases/{case}/followups/{id}", path+"/followups/"+list[0].ID,
		map[string]any{"doneOn": w.today(0), "method": "phone", "result": "01", "note": note, "nextOn": w.today(30)}, nil))
	w.must(w.change(f.desk.in(""), "takes "+f.number+" in again", http.MethodPost, "/api/cases/{case}/again", path+"/again",
		map[string]any{"persons": f.persons, "reason": f.held(w, "reason of a 再受付")}, nil))
}

// must: what was tried was done.
func (w *town) must(a answer) {
	w.t.Helper()
	if a.status >= 300 {
		w.t.Fatalf("refused: %d %s\n%s", a.status, a.body, w.story())
	}
}

// doorGlances are all readings of the cases that began at a counter.
func (w *town) doorGlances(p *reader) (out []glance) {
	for _, f := range w.doors {
		path := "/api/cases/" + f.id
		get := func(pattern, path string) *asker {
			out = append(out, glance{p.in(""), http.MethodGet, pattern, path, nil})
			return &out[len(out)-1].by
		}
		for _, tail := range []string{"", "/view", "/course", "/outreach", "/reviews", "/followups", "/decisions", "/discretions", "/referrals", "/consents", "/papers", "/joinings"} {
			get("/api/cases/{case}"+tail, path+tail)
		}
		get("/api/cases/{case}/intake", path+"/intake").counter = true
		get("/api/cases/{case}/referrals/options", path+"/referrals/options?to="+pick(w, f.agencies)).counter = true
		get("/api/cases/{case}/sheets/{id}.pdf", path+"/sheets/uketsuke.pdf").copy = true
		get("/api/cases/{case}/sheets/{id}/file", path+"/sheets/uketsuke/file?fill=1&as=csv").copy = true
		get("/api/cases/{case}/screening.pdf", path+"/screening.pdf").copy = true
		for _, id := range f.passings {
			for pattern, tail := range map[string]string{"/api/referrals/{id}": "", "/api/referrals/{id}/sheet.pdf": "/sheet.pdf"} {
				by := get(pattern, "/api/referrals/"+id+tail)
				by.counter, by.passing, by.copy = true, id, tail != ""
			}
			get("/api/archive/{id}/texts", "/api/archive/"+f.id+"~referral~"+id+"/texts").copy = true
		}
		out = append(out, glance{p.in(""), http.MethodPost, "/api/intakes/similar", "/api/intakes/similar", map[string]any{"name": f.called, "kana": "", "birth": ""}})
		out[len(out)-1].by.counter = true
		out = append(out, glance{p.in(""), http.MethodPost, "/api/cases/search", "/api/cases/search", map[string]any{"q": f.called}})
	}
	slices.SortStableFunc(out, func(a, b glance) int { return strings.Compare(a.method+a.path, b.method+b.path) })
	return out
}

// doorsOf lets everybody try a part of them.
func (w *town) doorsOf(p *reader, most int) {
	all := w.doorGlances(p)
	w.rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	w.tryAll(p, all[:min(most, len(all))])
	w.judge()
}

// counted: what an agency typed at its own counter it reads there again – in its 受付 and in what it can hand over, nowhere else –, as long as it is of the case
// and the person is not kept from it; an address that is a secret no more.
func (c *caseFacts) counted(a asker, s *secret) bool {
	return a.counter && s.place == inIntake && s.counter == a.agency && c.now[a.agency] && a.meeting == "" && !(s.item == consent.ItemAddress && c.kept(s, "")) && !c.keptFrom(a.agency)
}

// keptFrom: somebody the case is for is 特定機関に非開示 for an agency.
func (c *caseFacts) keptFrom(agency string) bool {
	return slices.ContainsFunc(c.persons, func(p personFacts) bool { return p.subject && slices.Contains(p.withheld, agency) })
}

// handed: the words of a つなぎ go to who sent it and to whom it came, while it is not given back; what it holds, as far as consent gives it to the receiver now.
func (c *caseFacts) handed(a asker, s *secret, at time.Time) bool {
	if a.meeting != "" || a.guest() || a.role == access.RoleObserver || a.role == access.RoleAdmin {
		return false
	}
	if s.place == inReferral && s.agency == a.agency { // what it said itself, as long as it has to do with it
		return true
	}
	for _, p := range c.passings {
		taker := p.to == a.agency && !c.keptFrom(a.agency) && (p.waits() || p.accepted && c.now[a.agency])
		switch {
		case s.place == inReferral && s.passing == p.id:
			return taker || p.from == a.agency && c.now[a.agency]
		case s.place == inIntake && a.passing == p.id && taker:
			return !c.kept(s, a.agency) && (c.covers(s, a.agency, at, consent.PurposeCoordination) || c.covers(s, a.agency, at, consent.PurposePlan))
		}
	}
	return false
}

// ofPlace: what was done for those who take people in is read by who holds the record and by who keeps the place.
func ofPlace(a asker, s *secret) bool {
	return a.holds() || a.role == access.RoleAgency && a.agency == s.agency
}
